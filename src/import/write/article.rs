//! An article as the model that the project writes down.

use std::sync::Arc;

use super::photos::Photos;
use crate::import::bulletin::{Article, Block, Figure, List};
use crate::import::document::{self, Inline, Span};
use crate::issue::{self, Alignment, PhotoUse, Run, placeholder};
use crate::source::{Place, Source, Text};

/// Most columns of a table that can be set.
const MOST_COLUMNS: usize = 24;

/// Longest paragraph that an article may have, in bytes.
const LONGEST_PARAGRAPH: usize = 40_000;

/// A numbered item of more characters is a paragraph.
const LONG_ITEM: usize = 60;

/// Turns an article into that of an issue; its photos go to `photos`.
/// `cells` counts those of all tables of the issue.
pub(super) fn convert(article: &Article, photos: &mut Photos, cells: &mut usize) -> issue::Article {
    // What is written stands nowhere yet.
    let source = Source::new("", "");
    let mut converter = Converter { source: Arc::clone(&source), photos, cells };
    let blocks = converter.blocks(&article.blocks);
    let notes = article.notes.iter().map(|note| converter.note(note)).collect();
    let text = |value: &str| placeholder(&source).map(|_| value.to_owned());
    let some = |value: &Option<String>| value.as_deref().map(text);
    issue::Article {
        source: Arc::clone(&source),
        body: 0..0,
        title: text(&article.title),
        contents_title: some(&article.contents_title),
        kicker: some(&article.kicker),
        lead: some(&article.lead),
        rank: None,
        author: some(&article.author),
        credit_source: some(&article.source),
        source_url: some(&article.source_url),
        blocks,
        notes,
    }
}

struct Converter<'a> {
    source: Arc<Source>,
    photos: &'a mut Photos,
    cells: &'a mut usize,
}

impl Converter<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<issue::Block> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    /// A footnote, in which nothing but text can be.
    fn note(&mut self, blocks: &[Block]) -> Vec<issue::Block> {
        let mut note = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => {
                    note.push(issue::Block::Paragraph(inlines(&without_notes(content))));
                }
                Block::List(_) | Block::Quote(_) => note.extend(self.block(block)),
                Block::Box { title, blocks } => {
                    note.push(issue::Block::Paragraph(inlines(title)));
                    note.extend(self.note(blocks));
                }
                Block::Table(table) => note.extend(rows_as_text(table)),
                Block::Figure(figure) => note.push(issue::Block::Paragraph(inlines(&figure.caption))),
                Block::Rule => {}
            }
        }
        let mut text = String::new();
        issue::each_run(&note, &mut |run| text.push_str(&run.text));
        // A note that says nothing is none to Markdown, and somebody refers to it.
        if text.trim().is_empty() { vec![issue::Block::Paragraph(vec![run("…")])] } else { note }
    }

    fn block(&mut self, block: &Block) -> Vec<issue::Block> {
        match block {
            Block::Paragraph(content) => paragraphs(inlines(content)),
            Block::Heading { level, content } => {
                vec![issue::Block::Heading { level: *level, content: inlines(&plain(content)) }]
            }
            Block::List(list) => vec![issue::Block::List(self.list(list))],
            Block::Quote(blocks) => vec![issue::Block::Quote(self.blocks(blocks))],
            Block::Box { title, blocks } => {
                vec![issue::Block::Box { title: inlines(&plain(title)), blocks: self.blocks(blocks) }]
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => vec![issue::Block::Photo(self.figure(figure))],
            Block::Rule => vec![issue::Block::Break],
        }
    }

    fn list(&mut self, list: &List) -> issue::List {
        let number = |text: &String| Run { text: text.clone(), range: 0..0 };
        let start = list.numbers.first().and_then(|first| first.trim_end_matches(['.', ')']).parse().ok());
        let items: Vec<_> = list.items.iter().map(|item| self.blocks(item)).collect();
        let numbers = if start.is_some() { list.numbers.iter().map(number).collect() } else { Vec::new() };
        // Numbered paragraphs stand apart as paragraphs do.
        let is_long = |item: &Vec<issue::Block>| matches!(item.first(), Some(issue::Block::Paragraph(text)) if issue::plain_text(text).chars().count() > LONG_ITEM);
        let tight = start.is_none() || !items.iter().any(is_long);
        issue::List { start, numbers, tight, items }
    }

    /// A table; its rows as text, where it has more columns or cells than can be set.
    fn table(&mut self, table: &document::Table) -> Vec<issue::Block> {
        let width = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.columns.max(1)).sum::<usize>()).max();
        let Some(width) = width.filter(|width| *width > 0) else { return Vec::new() };
        // Cells of wide tables count twice.
        let cells = width * table.rows.len() * 2;
        if width > MOST_COLUMNS || *self.cells + cells > crate::article::MAX_CELLS {
            return rows_as_text(table);
        }
        *self.cells += cells;
        let mut rows = grid(table, width).into_iter();
        let header = rows.next().unwrap_or_default();
        vec![issue::Block::Table(issue::Table {
            columns: vec![Alignment::Default; width],
            header,
            rows: rows.collect(),
        })]
    }

    fn figure(&mut self, figure: &Figure) -> issue::PhotoBlock {
        let place = Place::new(&self.source, 0..0);
        let photo = self.photos.add(figure.picture.as_ref(), &place);
        let text = |value: &str| Text { value: value.to_owned(), place: place.clone() };
        let alt = figure.picture.as_ref().and_then(super::photos::description);
        let caption = inlines(&without_notes(&plain(&figure.caption)));
        let is_said = alt.as_ref().is_some_and(|alt| *alt == issue::plain_text(&caption));
        issue::PhotoBlock {
            photo,
            caption,
            credit: figure.credit.as_deref().map(text),
            alt: alt.filter(|_| !is_said).as_deref().map(text),
            usage: PhotoUse::Column,
            crop: figure.picture.as_ref().and_then(super::photos::crop),
            focus: figure.picture.as_ref().map(super::photos::focus).unwrap_or_default(),
            place,
        }
    }
}

/// A paragraph, or several where it is longer than one may be.
fn paragraphs(content: Vec<issue::Inline>) -> Vec<issue::Block> {
    let length = issue::plain_text(&content).len();
    if length <= LONGEST_PARAGRAPH {
        return vec![issue::Block::Paragraph(content)];
    }
    let text = issue::plain_text(&content);
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let limit = rest.floor_char_boundary(LONGEST_PARAGRAPH);
        let space = rest[..limit].rfind(". ").map(|at| at + 1).or_else(|| rest[..limit].rfind(' '));
        let cut =
            if rest.len() <= LONGEST_PARAGRAPH { rest.len() } else { space.filter(|at| *at > 0).unwrap_or(limit) };
        parts.push(issue::Block::Paragraph(vec![run(rest[..cut].trim())]));
        rest = &rest[cut..];
    }
    parts
}

fn run(text: &str) -> issue::Inline {
    issue::Inline::Text(Run { text: text.to_owned(), range: 0..0 })
}

/// Inline text without bold and italic letters, as where everything is.
fn plain(content: &[Inline]) -> Vec<Inline> {
    let plain = |inline: &Inline| match inline {
        Inline::Text(span) => {
            let mut span = span.clone();
            (span.style.bold, span.style.italic) = (false, false);
            Inline::Text(span)
        }
        other => other.clone(),
    };
    content.iter().map(plain).collect()
}

fn without_notes(content: &[Inline]) -> Vec<Inline> {
    content.iter().filter(|inline| !matches!(inline, Inline::Note(_))).cloned().collect()
}

/// Inline text with its bold, italic and linked parts. Where all of it is bold, nothing is.
pub(super) fn inlines(content: &[Inline]) -> Vec<issue::Inline> {
    let spans = || content.iter().filter_map(span).filter(|span| !span.text.trim().is_empty());
    let all_italic = spans().all(|span| span.style.italic);
    let mut all: Vec<issue::Inline> = Vec::new();
    let mut before: Option<&Span> = None;
    for inline in content {
        let converted = match inline {
            Inline::Text(span) => {
                let text = raised(span, before);
                before = Some(span);
                styled(span, &text, all_italic)
            }
            Inline::Break => issue::Inline::Break,
            Inline::Note(index) => issue::Inline::Footnote(*index),
            // Pictures were taken out of the text before.
            Inline::Picture(_) => continue,
        };
        all.push(converted);
    }
    all
}

fn span(inline: &Inline) -> Option<&Span> {
    match inline {
        Inline::Text(span) => Some(span),
        _ => None,
    }
}

fn styled(span: &Span, text: &str, all_italic: bool) -> issue::Inline {
    let mut inline = run(text);
    if let Some(url) = span.link.as_ref().filter(|url| crate::article::is_safe_link(url) && !text.trim().is_empty()) {
        inline = issue::Inline::Link { url: url.clone(), content: vec![inline] };
    }
    if span.style.italic && !all_italic {
        inline = issue::Inline::Emphasis(vec![inline]);
    }
    if span.style.bold {
        inline = issue::Inline::Strong(vec![inline]);
    }
    inline
}

/// The raised figures of squares and cubes as signs of their own: `m2` is another thing than m².
fn raised(span: &Span, before: Option<&Span>) -> String {
    let is_unit = before.is_some_and(|before| {
        let last = before.text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        !before.style.raised && matches!(last, "m" | "km" | "cm" | "dm" | "mm")
    });
    match span.text.trim() {
        "2" if span.style.raised && is_unit => span.text.replace('2', "²"),
        "3" if span.style.raised && is_unit => span.text.replace('3', "³"),
        _ => span.text.clone(),
    }
}

/// The cells of a table, each where it starts; what merged cells cover is empty.
fn grid(table: &document::Table, width: usize) -> Vec<Vec<Vec<issue::Inline>>> {
    let mut rows = Vec::new();
    // For each column: how many more rows a cell from above covers.
    let mut covered = vec![0_usize; width];
    for row in &table.rows {
        let mut cells: Vec<Vec<issue::Inline>> = Vec::new();
        let mut given = row.cells.iter();
        while cells.len() < width {
            if let Some(left) = covered.get_mut(cells.len()).filter(|left| **left > 0) {
                *left -= 1;
                cells.push(Vec::new());
                continue;
            }
            let Some(cell) = given.next() else { break };
            let first = cells.len();
            let columns = cell.columns.clamp(1, width - first);
            cells.push(cell_text(&cell.blocks));
            cells.resize(first + columns, Vec::new());
            covered[first..first + columns].fill(cell.rows.max(1) - 1);
        }
        // Cells beyond the grid keep their words in the last one.
        for cell in given {
            if let Some(last) = cells.last_mut() {
                last.push(run(" "));
                last.extend(cell_text(&cell.blocks));
            }
        }
        cells.resize(width, Vec::new());
        rows.push(cells);
    }
    rows
}

/// The text of a cell on one line.
fn cell_text(blocks: &[document::Block]) -> Vec<issue::Inline> {
    let mut all = Vec::new();
    for block in blocks {
        let text = match block {
            document::Block::Paragraph(paragraph) => {
                let number = paragraph.look.list.as_ref().and_then(|list| list.number.as_deref());
                let number = number.map(|number| run(&format!("{number} ")));
                number.into_iter().chain(inlines(&paragraph.inlines)).collect()
            }
            document::Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell_text(&cell.blocks));
                let mut texts = Vec::new();
                for cell in cells.filter(|cell| !cell.is_empty()) {
                    if !texts.is_empty() {
                        texts.push(run(" "));
                    }
                    texts.extend(cell);
                }
                texts
            }
            document::Block::PageBreak | document::Block::Rule => Vec::new(),
        };
        if !all.is_empty() && !text.is_empty() {
            all.push(run(" "));
        }
        all.extend(text);
    }
    all
}

/// The rows of a table as paragraphs.
fn rows_as_text(table: &document::Table) -> Vec<issue::Block> {
    let rows = table.rows.iter().map(|row| {
        let mut text = Vec::new();
        for cell in row.cells.iter().map(|cell| cell_text(&cell.blocks)).filter(|cell| !cell.is_empty()) {
            if !text.is_empty() {
                text.push(run(" · "));
            }
            text.extend(cell);
        }
        text
    });
    rows.filter(|row| !row.is_empty()).map(issue::Block::Paragraph).collect()
}
