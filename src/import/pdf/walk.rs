//! Goes through the structure tree and takes what its elements point to.

use super::content::Contents;
use super::draft::{Cell, Draft, Part, Row, Text};
use super::flow::SetLine;
use super::glyphs::{Font, Page};
use super::labels;
use super::lines::{Line, fragments, lines};
use super::measure::{Measure, Stand};
use super::spans::{Source, text};
use super::structure::{Kid, Kind, Node, Tree};
use crate::import::document::{Alignment, Doubt, DoubtKind, ListItem, Look, Role};

/// The reader stops at elements that are nested deeper.
const DEPTH: usize = 90;

/// What is found so far.
pub(super) struct Walk<'t> {
    tree: &'t Tree,
    pages: &'t [Page],
    fonts: &'t [Font],
    pub(super) contents: Contents,
    pub(super) notes: Vec<Vec<Draft>>,
    pub(super) doubts: Vec<Doubt>,
    /// For every page, which of its glyphs have been taken.
    pub(super) taken: Vec<Vec<bool>>,
}

/// What the elements around say of a paragraph.
#[derive(Debug, Clone, Default)]
struct Around {
    level: Option<u8>,
    role: Option<Role>,
    /// How many lists it stands in.
    lists: u8,
    /// The item of a list that its first paragraph is.
    item: Option<ListItem>,
    alignment: Option<String>,
}

/// Blocks, and the paragraph that is still open.
#[derive(Default)]
struct Blocks {
    done: Vec<Draft>,
    /// Glyphs by page, in the order of the file, and notes between them.
    open: Vec<Run>,
    /// Pictures inside the open paragraph: they follow it.
    pictures: Vec<Draft>,
}

enum Run {
    Glyphs { page: usize, glyphs: Vec<usize> },
    Note(usize),
}

impl<'t> Walk<'t> {
    pub(super) fn new(tree: &'t Tree, pages: &'t [Page], fonts: &'t [Font]) -> Self {
        let taken = pages.iter().map(|page| vec![false; page.glyphs.len()]).collect();
        let contents = Contents::of(pages);
        Self { tree, pages, fonts, contents, notes: Vec::new(), doubts: Vec::new(), taken }
    }

    /// The blocks of the whole tree.
    pub(super) fn document(&mut self) -> Vec<Draft> {
        let mut blocks = Blocks::default();
        self.inside(0, &mut Around::default(), &mut blocks, DEPTH);
        blocks.done
    }

    fn node(&self, index: usize) -> Option<&'t Node> {
        self.tree.nodes.get(index)
    }

    /// Everything inside of an element, as blocks of their own.
    fn inside(&mut self, index: usize, around: &mut Around, blocks: &mut Blocks, depth: usize) {
        let Some(node) = self.node(index).filter(|_| depth > 0) else { return };
        let outer = around.alignment.clone();
        if node.alignment.is_some() {
            around.alignment.clone_from(&node.alignment);
        }
        for kid in ordered(self.tree, node) {
            match kid {
                Kid::Content { page, mcid } => self.content(page, mcid, blocks, None),
                Kid::Node(kid) => self.element(kid, around, blocks, depth - 1),
            }
        }
        self.close(around, blocks);
        around.alignment = outer;
    }

    fn element(&mut self, index: usize, around: &mut Around, blocks: &mut Blocks, depth: usize) {
        let Some(node) = self.node(index).filter(|_| depth > 0) else { return };
        let plain = Around { item: None, ..around.clone() };
        match node.kind {
            Kind::Inline | Kind::Reference => self.inline(index, blocks, around, depth),
            Kind::Note => self.note(index, blocks, depth),
            Kind::Figure | Kind::Formula if !blocks.open.is_empty() => self.figure(node, index, blocks, around, depth),
            Kind::Label if around.lists > 0 => self.label(index, around, blocks, depth),
            kind => {
                self.close(around, blocks);
                match kind {
                    Kind::Figure | Kind::Formula => self.figure(node, index, blocks, around, depth),
                    Kind::Table => self.table(node, blocks, &plain, depth),
                    Kind::Item => {
                        let item = ListItem { level: around.lists.saturating_sub(1), number: None };
                        let mut inner = Around { item: Some(item), ..around.clone() };
                        self.inside(index, &mut inner, blocks, depth);
                    }
                    Kind::List => {
                        let mut inner = Around { lists: around.lists.saturating_add(1).min(20), ..plain };
                        self.inside(index, &mut inner, blocks, depth);
                    }
                    Kind::Group | Kind::Paragraph | Kind::Body => {
                        self.inside(index, around, blocks, depth);
                    }
                    Kind::Heading(level) => {
                        self.inside(index, &mut Around { level: Some(level), ..plain }, blocks, depth);
                    }
                    Kind::Artifact => {}
                    _ => {
                        let role = match kind {
                            Kind::Title => Some(Role::Title),
                            Kind::Caption => Some(Role::Caption),
                            Kind::Quote => Some(Role::Quote),
                            Kind::Contents => Some(Role::Contents),
                            _ => around.role,
                        };
                        self.inside(index, &mut Around { role, ..plain }, blocks, depth);
                    }
                }
            }
        }
    }

    /// What stands in a line of text.
    fn inline(&mut self, index: usize, blocks: &mut Blocks, around: &mut Around, depth: usize) {
        let Some(node) = self.node(index).filter(|_| depth > 0) else { return };
        for kid in &node.kids {
            match *kid {
                Kid::Content { page, mcid } => self.content(page, mcid, blocks, node.alternative.clone()),
                Kid::Node(kid) => self.element(kid, around, blocks, depth - 1),
            }
        }
    }

    fn content(&mut self, page: usize, mcid: i32, blocks: &mut Blocks, description: Option<String>) {
        if !self.contents.holds(page, mcid) {
            return;
        }
        let marked = self.contents.take(page, mcid);
        if let Some(taken) = self.taken.get_mut(page) {
            for index in &marked.glyphs {
                if let Some(glyph) = taken.get_mut(*index) {
                    *glyph = true;
                }
            }
        }
        for placed in marked.pictures {
            blocks.pictures.push(Draft::Picture { page, placed, description: description.clone() });
        }
        match blocks.open.last_mut() {
            Some(Run::Glyphs { page: last, glyphs }) if *last == page => glyphs.extend(marked.glyphs),
            _ if marked.glyphs.is_empty() => {}
            _ => blocks.open.push(Run::Glyphs { page, glyphs: marked.glyphs }),
        }
    }

    /// Ends the open paragraph.
    fn close(&mut self, around: &mut Around, blocks: &mut Blocks) {
        let mut parts: Vec<Part> = Vec::new();
        for run in std::mem::take(&mut blocks.open) {
            match run {
                Run::Note(note) => parts.push(Part::Note(note)),
                Run::Glyphs { page, glyphs } => {
                    let lines = self.lines(page, &glyphs);
                    match parts.last_mut() {
                        Some(Part::Lines(before)) => before.extend(lines),
                        _ if lines.is_empty() => {}
                        _ => parts.push(Part::Lines(lines)),
                    }
                }
            }
        }
        if !parts.is_empty() {
            let mut text = Text { parts, look: self.look(around), is_aligned: around.alignment.is_some() };
            if let Some(item) = &mut text.look.list {
                labels::take(item, &mut text.parts);
                around.item = None;
            }
            if text.lines().next().is_some() || text.parts.iter().any(|part| matches!(part, Part::Note(_))) {
                blocks.done.push(Draft::Paragraph(text));
            }
        }
        blocks.done.append(&mut blocks.pictures);
    }

    fn look(&self, around: &Around) -> Look {
        let alignment = match around.alignment.as_deref() {
            Some("Center") => Alignment::Centre,
            Some("End") => Alignment::End,
            Some("Justify") => Alignment::Justify,
            _ => Alignment::Start,
        };
        Look { level: around.level, role: around.role, list: around.item.clone(), alignment, ..Look::default() }
    }

    /// Lines of glyphs in the order of the file: it starts anew at the top of another column.
    fn lines(&self, number: usize, glyphs: &[usize]) -> Vec<SetLine> {
        let Some(page) = self.pages.get(number) else { return Vec::new() };
        let source = Source { page, fonts: self.fonts };
        let mut columns: Vec<Vec<usize>> = Vec::new();
        let mut last: Option<(f32, i16)> = None;
        for index in glyphs {
            let Some(glyph) = page.glyphs.get(*index) else { continue };
            let is_new = last.is_none_or(|(y, turn)| glyph.y < y - glyph.size * 1.2 || glyph.turn != turn);
            match columns.last_mut().filter(|_| !is_new) {
                Some(column) => column.push(*index),
                None => columns.push(vec![*index]),
            }
            last = Some((glyph.y, glyph.turn));
        }
        let measure = Measure { left: 0.0, right: 0.0, leading: 0.0, size: 0.0 };
        let set = |line: Line| {
            let text = text(source, &line);
            SetLine { page: number, column: 0, measure, stand: Stand::Left, line, text }
        };
        columns.into_iter().flat_map(|column| lines(fragments(page, column))).map(set).collect()
    }

    fn figure(&mut self, node: &'t Node, index: usize, blocks: &mut Blocks, around: &mut Around, depth: usize) {
        let mut inner = Blocks::default();
        let mut own = Around { item: None, level: None, ..around.clone() };
        self.inside(index, &mut own, &mut inner, depth);
        let is_empty = inner.done.is_empty();
        if let Some((page, area)) = node.place.filter(|_| is_empty)
            && let Some(placed) = self.contents.claim(page, area)
        {
            inner.done.push(Draft::Picture { page, placed, description: None });
        }
        let has_picture = inner.done.iter().any(|draft| matches!(draft, Draft::Picture { .. }));
        let kind = if node.kind == Kind::Formula { Some(DoubtKind::Formula) } else { None };
        let kind = kind.or_else(|| (!has_picture).then(|| DoubtKind::Object("drawing".to_owned())));
        if let Some(kind) = kind {
            self.doubts.push(Doubt { kind, about: node.alternative.clone().unwrap_or_default() });
        }
        for draft in &mut inner.done {
            if let Draft::Picture { description, .. } = draft
                && description.is_none()
            {
                description.clone_from(&node.alternative);
            }
        }
        if blocks.open.is_empty() {
            blocks.done.append(&mut inner.done)
        } else {
            blocks.pictures.append(&mut inner.done)
        }
    }

    /// A note stands apart; its place in the text is where its element is.
    fn note(&mut self, index: usize, blocks: &mut Blocks, depth: usize) {
        let mut inner = Blocks::default();
        let number = self.notes.len();
        self.notes.push(Vec::new());
        self.inside(index, &mut Around::default(), &mut inner, depth);
        if let Some(note) = self.notes.get_mut(number) {
            *note = inner.done;
        }
        blocks.open.push(Run::Note(number));
    }

    /// The mark of an item of a list.
    fn label(&mut self, index: usize, around: &mut Around, blocks: &mut Blocks, depth: usize) {
        let mut inner = Blocks::default();
        self.inside(index, &mut Around::default(), &mut inner, depth);
        let words: Vec<String> = inner
            .done
            .iter()
            .filter_map(|draft| match draft {
                Draft::Paragraph(text) => Some(text.lines().map(|line| line.text.plain()).collect::<String>()),
                _ => None,
            })
            .collect();
        if let Some(item) = &mut around.item {
            item.number = labels::number(&words.concat());
        }
        blocks.pictures.extend(inner.done.into_iter().filter(|draft| matches!(draft, Draft::Picture { .. })));
    }

    fn table(&mut self, node: &'t Node, blocks: &mut Blocks, around: &Around, depth: usize) {
        let mut rows: Vec<Row> = Vec::new();
        self.rows(node, false, &mut rows, blocks, around, depth);
        let first = rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks).find_map(page_of);
        if rows.iter().any(|row| !row.cells.is_empty()) {
            blocks.done.push(Draft::Table { page: first.unwrap_or_default(), rows });
        }
    }

    fn rows(
        &mut self,
        node: &'t Node,
        head: bool,
        rows: &mut Vec<Row>,
        blocks: &mut Blocks,
        around: &Around,
        depth: usize,
    ) {
        if depth == 0 {
            return;
        }
        for kid in &node.kids {
            let Kid::Node(index) = *kid else { continue };
            let Some(kid) = self.node(index) else { continue };
            match kid.kind {
                Kind::Rows { head } => self.rows(kid, head, rows, blocks, around, depth - 1),
                Kind::Row => {
                    let row = self.row(kid, head, around, depth - 1);
                    rows.push(row);
                }
                _ => self.element(index, &mut around.clone(), blocks, depth - 1),
            }
        }
    }

    fn row(&mut self, node: &'t Node, head: bool, around: &Around, depth: usize) -> Row {
        let mut row = Row { cells: Vec::new(), is_header: head };
        let mut heads = 0;
        for kid in &node.kids {
            let Kid::Node(index) = *kid else { continue };
            let Some(kid) = self.node(index) else { continue };
            heads += usize::from(kid.kind == Kind::Cell { head: true });
            let mut inner = Blocks::default();
            self.inside(index, &mut Around { alignment: None, ..around.clone() }, &mut inner, depth);
            row.cells.push(Cell { blocks: inner.done, columns: kid.columns, rows: kid.rows });
        }
        row.is_header |= heads > 0 && heads == row.cells.len();
        row
    }
}

/// The page that a block starts on.
pub(super) fn page_of(draft: &Draft) -> Option<usize> {
    match draft {
        Draft::Paragraph(text) => text.first_page(),
        Draft::Picture { page, .. } | Draft::Table { page, .. } => Some(*page),
    }
}

/// The kids of an element, a figure before its caption: some programs write the caption first wherever it is printed.
fn ordered(tree: &Tree, node: &Node) -> Vec<Kid> {
    let kind = |kid: &Kid| match kid {
        Kid::Node(index) => tree.nodes.get(*index).map(|node| node.kind),
        Kid::Content { .. } => None,
    };
    let mut kids = node.kids.clone();
    let mut index = 0;
    while index + 1 < kids.len() {
        if kind(&kids[index]) == Some(Kind::Caption) && kind(&kids[index + 1]) == Some(Kind::Figure) {
            kids.swap(index, index + 1);
            index += 1;
        }
        index += 1;
    }
    kids
}
