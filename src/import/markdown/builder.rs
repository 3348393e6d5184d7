//! From what the parser of Markdown says to blocks.

mod html;
mod picture;

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Alignment as Side, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::Opener;
use super::images::Images;
use super::inlines::{Emphasis, Line};
use super::lists::List;
use crate::import::document::{
    Alignment, Block, Cell, Document, ImportError, Inline, ListItem, Look, Role, Row, Table,
};

/// What is read beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);
/// How deep blocks and emphasis may be nested. Nobody nests ten.
const MOST_DEPTH: usize = 100;
/// Room for addresses: each piece of a link has its own copy.
const LINK_BUDGET: usize = 64 << 20;
/// How far a level of a list or a quote is set in, in points.
const STEP: f32 = 18.0;

/// A document that grows.
pub(super) struct Builder<'a> {
    document: Document,
    images: Images<'a>,
    /// What the front matter says of photos, by their addresses.
    photo_descriptions: HashMap<String, String>,
    /// Where blocks go: into the document, or what has begun in it; the innermost last.
    targets: Vec<Vec<Block>>,
    line: Option<Line>,
    emphasis: Emphasis,
    quotes: usize,
    lists: Vec<List>,
    /// The item that has begun and has no paragraph yet.
    item: Option<ListItem>,
    level: Option<u8>,
    tables: Vec<OpenTable>,
    /// Where notes are, by their names.
    notes: HashMap<String, usize>,
    /// The notes that have begun, the innermost last.
    open_notes: Vec<Option<usize>>,
    /// HTML and code are read whole.
    raw: Option<String>,
    /// The picture that has begun, and how many are within one another.
    image: Option<picture::OpenImage>,
    images_open: usize,
    /// The pictures of the line.
    shown: Vec<picture::Shown>,
    /// The blocks of HTML that have begun, and how what is in them stands.
    html_blocks: Vec<(String, Alignment)>,
    link_budget: usize,
    depth: usize,
}

/// A table that has begun.
#[derive(Debug, Default)]
struct OpenTable {
    table: Table,
    sides: Vec<Side>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(open: &'a Opener<'a>, photo_descriptions: HashMap<String, String>) -> Self {
        Self {
            document: Document::default(),
            images: Images::new(open),
            photo_descriptions,
            targets: vec![Vec::new()],
            line: None,
            emphasis: Emphasis::default(),
            quotes: 0,
            lists: Vec::new(),
            item: None,
            level: None,
            tables: Vec::new(),
            notes: HashMap::new(),
            open_notes: Vec::new(),
            raw: None,
            image: None,
            images_open: 0,
            shown: Vec::new(),
            html_blocks: Vec::new(),
            link_budget: LINK_BUDGET,
            depth: 0,
        }
    }

    /// Reads a text.
    pub(super) fn read(&mut self, text: &str) -> Result<(), ImportError> {
        self.find_notes(text);
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(ImportError::TooDeep);
                    }
                    self.start(tag, text.get(range).unwrap_or_default());
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.end(tag)?;
                }
                event => self.piece(event)?,
            }
        }
        self.end_line();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Document {
        self.end_line();
        self.document.blocks = self.targets.into_iter().flatten().collect();
        self.document
    }

    fn start(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::Emphasis => self.emphasis.italic += 1,
            Tag::Strong => self.emphasis.bold += 1,
            Tag::Link { link_type, dest_url, .. } => {
                let is_mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let url = if is_mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                self.start_link(&url);
            }
            Tag::Image { dest_url, title, .. } => self.start_image(&dest_url, &title),
            // Struck text is text.
            Tag::Strikethrough => {}
            tag => {
                // A line that belongs to an item without being a paragraph ends where another block begins.
                self.end_line();
                self.start_block(tag, source);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::Heading { level, .. } => self.level = Some(level as u8),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(start) => {
                self.item = None;
                self.lists.push(List::new(start));
            }
            Tag::Item => {
                let level = self.lists.len().saturating_sub(1);
                self.item = self.lists.last_mut().map(|list| list.item(level, source));
            }
            Tag::FootnoteDefinition(label) => {
                self.open_notes.push(self.notes.get(&*label).copied());
                self.targets.push(Vec::new());
            }
            Tag::Table(sides) => self.tables.push(OpenTable { table: Table::default(), sides }),
            Tag::TableHead | Tag::TableRow => {
                if let Some(open) = self.tables.last_mut() {
                    let is_header = matches!(tag, Tag::TableHead);
                    open.table.rows.push(Row { cells: Vec::new(), is_header });
                }
            }
            Tag::TableCell => self.targets.push(Vec::new()),
            Tag::CodeBlock(kind) => {
                self.raw = Some(String::new());
                if let CodeBlockKind::Fenced(language) = kind {
                    self.leave_out(&language);
                }
            }
            Tag::HtmlBlock => self.raw = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), ImportError> {
        match tag {
            TagEnd::Emphasis => self.emphasis.italic = self.emphasis.italic.saturating_sub(1),
            TagEnd::Strong => self.emphasis.bold = self.emphasis.bold.saturating_sub(1),
            TagEnd::Link => {
                self.emphasis.links.pop();
            }
            TagEnd::Image => self.end_image()?,
            TagEnd::Strikethrough => {}
            TagEnd::HtmlBlock => {
                let html = self.raw.take().unwrap_or_default();
                self.html(&html, true)?;
                self.end_line();
                self.html_blocks.clear();
            }
            TagEnd::CodeBlock => self.end_code(),
            tag => {
                self.end_line();
                self.end_block(tag);
            }
        }
        Ok(())
    }

    fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.level = None,
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => self.end_item(),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Table => {
                if let Some(open) = self.tables.pop() {
                    self.add(Block::Table(open.table));
                }
            }
            _ => {}
        }
    }

    /// What is no tag.
    fn piece(&mut self, event: Event<'_>) -> Result<(), ImportError> {
        match event {
            Event::Text(text) => self.text(&text)?,
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.html(&html, true)?,
            },
            Event::InlineHtml(html) => self.html(&html, false)?,
            Event::SoftBreak => self.text(" ")?,
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.end_line();
                self.add(Block::Rule);
            }
            Event::FootnoteReference(label) => self.note_reference(&label)?,
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text)?,
            Event::TaskListMarker(is_done) => self.text(if is_done { "[x] " } else { "[ ] " })?,
            Event::Start(_) | Event::End(_) => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ImportError> {
        if let Some(raw) = &mut self.raw {
            raw.push_str(text);
        } else if let Some(image) = &mut self.image {
            image.description.push_str(text);
        } else {
            self.charge_link()?;
            let emphasis = std::mem::take(&mut self.emphasis);
            self.line().text(text, &emphasis);
            self.emphasis = emphasis;
        }
        Ok(())
    }

    fn line_break(&mut self) {
        match &mut self.image {
            Some(image) => image.description.push(' '),
            None => self.line().paragraph.inlines.push(Inline::Break),
        }
    }

    /// The line that has begun, or a new one.
    fn line(&mut self) -> &mut Line {
        if self.line.is_none() {
            let look = self.look();
            self.line = Some(Line::new(look));
        }
        self.line.get_or_insert_default()
    }

    fn look(&mut self) -> Look {
        let depth = self.lists.len() + self.quotes;
        let list = self.item.take();
        let open = self.tables.last();
        let column = open.and_then(|open| open.table.rows.last()).map_or(0, |row| row.cells.len());
        let side = open.and_then(|open| open.sides.get(column));
        Look {
            level: self.level,
            role: (self.quotes > 0).then_some(Role::Quote),
            alignment: match side {
                Some(Side::Center) => Alignment::Centre,
                Some(Side::Right) => Alignment::End,
                _ => self.html_blocks.last().map_or(Alignment::Start, |(_, alignment)| *alignment),
            },
            indent: STEP * f32::from(u16::try_from(depth).unwrap_or(u16::MAX)),
            first_line: if list.is_some() { -STEP } else { 0.0 },
            list,
        }
    }

    fn end_line(&mut self) {
        if let Some(line) = self.line.take() {
            self.add_paragraph(line.finish());
            // What was begun in a paragraph ends with it.
            self.emphasis = Emphasis::default();
        }
    }

    fn add(&mut self, block: Block) {
        if let Some(target) = self.targets.last_mut() {
            target.push(block);
        }
    }

    /// An item may be empty: it is there all the same.
    fn end_item(&mut self) {
        if self.item.is_some() {
            let line = Line::new(self.look());
            self.add(Block::Paragraph(line.paragraph));
        }
    }

    fn end_cell(&mut self) {
        let blocks = self.targets.pop().unwrap_or_default();
        if let Some(row) = self.tables.last_mut().and_then(|open| open.table.rows.last_mut()) {
            row.cells.push(Cell { blocks, columns: 1, rows: 1 });
        }
    }

    /// Code is text, a line for each of its own. What stands apart are paragraphs: many who set in the first line of a
    /// paragraph do not know that this makes code of it.
    fn end_code(&mut self) {
        let code = self.raw.take().unwrap_or_default();
        for line in code.lines() {
            if line.trim().is_empty() {
                self.end_line();
                continue;
            }
            if self.line.is_some() {
                self.line().paragraph.inlines.push(Inline::Break);
            }
            self.line().text(line.trim_end(), &Emphasis::default());
        }
        self.end_line();
    }

    fn start_link(&mut self, address: &str) {
        let leads_out = ["https:", "http:", "mailto:", "tel:"]
            .iter()
            .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        self.emphasis.links.push(leads_out.then(|| address.to_owned()));
    }

    fn charge_link(&mut self) -> Result<(), ImportError> {
        let length = self.emphasis.link_length();
        self.link_budget = self.link_budget.checked_sub(length).ok_or(ImportError::TooLarge)?;
        Ok(())
    }

    /// Finds the notes that are defined, in the order in which they are referred to.
    fn find_notes(&mut self, text: &str) {
        let (mut referred, mut defined) = (Vec::new(), Vec::new());
        for event in Parser::new_ext(text, OPTIONS) {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => defined.push(label.into_string()),
                Event::FootnoteReference(label) => referred.push(label.into_string()),
                _ => {}
            }
        }
        let is_defined: HashSet<&String> = defined.iter().collect();
        let referred = referred.iter().filter(|label| is_defined.contains(*label));
        for label in referred.chain(&defined) {
            let next = self.notes.len();
            self.notes.entry(label.clone()).or_insert(next);
        }
        self.document.notes = vec![Vec::new(); self.notes.len()];
    }

    fn end_note(&mut self) {
        let blocks = self.targets.pop().unwrap_or_default();
        let note = self.open_notes.pop().flatten().and_then(|place| self.document.notes.get_mut(place));
        if let Some(note) = note {
            note.extend(blocks);
        }
    }

    fn note_reference(&mut self, label: &str) -> Result<(), ImportError> {
        match self.notes.get(label) {
            Some(&place) => self.line().paragraph.inlines.push(Inline::Note(place)),
            None => self.text(&format!("[^{label}]"))?,
        }
        Ok(())
    }
}
