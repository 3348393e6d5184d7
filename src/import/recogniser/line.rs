//! The blocks of a document as one row of pieces, each with what its look says at a glance.

use super::phrases::is_folio;
use crate::import::document::{Alignment, Block, Document, Inline, Look, Paragraph, Role, Row, Span, Table, text_of};

/// A part of the document in reading order.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Line(Line),
    Table(Table),
    /// A picture of the document.
    Picture(usize),
    Rule,
    PageBreak,
    /// The end of a cell of a table that merely arranges the page.
    CellEnd,
    /// The start and the end of a frame around text.
    FrameStart,
    FrameEnd,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub inlines: Vec<Inline>,
    /// Its words, with single spaces between.
    pub text: String,
    pub look: Look,
    /// The size of most of its letters, in points; 0 where nothing says it.
    pub size: f32,
    /// Whether nearly all of its letters are so.
    pub bold: bool,
    pub italic: bool,
    /// Whether all of its letters are capitals, as typed or as set.
    pub capitals: bool,
}

impl Line {
    pub(super) fn new(inlines: Vec<Inline>, look: Look) -> Self {
        let text = plain(&inlines);
        let measured = Measured::of(&inlines);
        let typed = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
        Self {
            capitals: typed || measured.share(measured.capitals),
            size: measured.size,
            bold: measured.share(measured.bold),
            italic: measured.share(measured.italic),
            inlines,
            text,
            look,
        }
    }

    /// How many letters and other signs it has.
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }

    pub(super) fn is_centred(&self) -> bool {
        self.look.alignment == Alignment::Centre
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.look.alignment == Alignment::End
    }

    pub(super) fn has_role(&self, role: Role) -> bool {
        self.look.role == Some(role)
    }
}

/// Words with single spaces between, and none at the ends.
pub(super) fn spaced(text: &str) -> String {
    // A no-break space holds words together, and stays.
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim_matches('\u{a0}').to_owned()
}

/// The words of inline text; a break is a space.
pub(super) fn plain(inlines: &[Inline]) -> String {
    spaced(&text_of(inlines))
}

/// How many letters of a line are in which style.
#[derive(Default)]
struct Measured {
    letters: usize,
    bold: usize,
    italic: usize,
    capitals: usize,
    size: f32,
}

impl Measured {
    fn of(inlines: &[Inline]) -> Self {
        let mut measured = Self::default();
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for span in inlines.iter().filter_map(span) {
            let letters = span.text.chars().filter(|c| c.is_alphanumeric()).count();
            measured.letters += letters;
            measured.bold += if span.style.bold { letters } else { 0 };
            measured.italic += if span.style.italic { letters } else { 0 };
            measured.capitals += if span.style.capitals { letters } else { 0 };
            match sizes.iter_mut().find(|(size, _)| (*size - span.style.size).abs() < 0.26) {
                Some((_, count)) => *count += letters,
                None => sizes.push((span.style.size, letters)),
            }
        }
        measured.size = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size);
        measured
    }

    /// Nearly all: a full stop or a name may be in another style.
    fn share(&self, count: usize) -> bool {
        self.letters > 0 && count * 20 >= self.letters * 17
    }
}

fn span(inline: &Inline) -> Option<&Span> {
    match inline {
        Inline::Text(span) => Some(span),
        _ => None,
    }
}

/// All pieces of a document.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::new();
    add_blocks(&document.blocks, &mut pieces);
    pieces
}

pub(super) fn add_blocks(blocks: &[Block], pieces: &mut Vec<Piece>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => add_paragraph(paragraph, pieces),
            Block::Table(table) => add_table(table, pieces),
            Block::PageBreak => pieces.push(Piece::PageBreak),
            Block::Rule => pieces.push(Piece::Rule),
        }
    }
}

/// A paragraph as lines: pictures stand by themselves, and two breaks one after the other are as good as a new paragraph.
fn add_paragraph(paragraph: &Paragraph, pieces: &mut Vec<Piece>) {
    let mut inlines: Vec<Inline> = Vec::new();
    let end = |inlines: &mut Vec<Inline>, pieces: &mut Vec<Piece>| {
        while matches!(inlines.last(), Some(Inline::Break)) {
            inlines.pop();
        }
        let line = Line::new(std::mem::take(inlines), paragraph.look.clone());
        let has_note = line.inlines.iter().any(|inline| matches!(inline, Inline::Note(_)));
        if !line.text.is_empty() || has_note {
            pieces.push(Piece::Line(line));
        }
    };
    for inline in &paragraph.inlines {
        match inline {
            Inline::Picture(index) => {
                end(&mut inlines, pieces);
                pieces.push(Piece::Picture(*index));
            }
            Inline::Break if inlines.is_empty() => {}
            Inline::Break if matches!(inlines.last(), Some(Inline::Break)) => end(&mut inlines, pieces),
            other => inlines.push(other.clone()),
        }
    }
    end(&mut inlines, pieces);
}

/// A table stays one where it holds data; one that arranges the page is the text of its cells, one after the other.
fn add_table(table: &Table, pieces: &mut Vec<Piece>) {
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let is_frame = cells().count() == 1;
    if is_frame {
        let blocks = cells().flat_map(|cell| &cell.blocks).cloned().collect::<Vec<_>>();
        let has_picture = blocks.iter().any(shows_picture);
        let mut inner = Vec::new();
        add_blocks(&blocks, &mut inner);
        // A band behind one short line is no frame around text.
        let is_band = matches!(&inner[..], [Piece::Line(line)] if line.length() <= 80);
        if has_picture || is_band {
            pieces.extend(inner);
        } else {
            pieces.push(Piece::FrameStart);
            pieces.extend(inner);
            pieces.push(Piece::FrameEnd);
        }
    } else if is_contents(table) {
        pieces.extend(table.rows.iter().filter_map(contents_row));
    } else if is_arrangement(table) {
        for cell in cells() {
            add_blocks(&cell.blocks, pieces);
            pieces.push(Piece::CellEnd);
        }
    } else {
        pieces.push(Piece::Table(table.clone()));
    }
}

/// Whether a table is the contents: most of its rows end with a page.
fn is_contents(table: &Table) -> bool {
    let last = |row: &Row| row.cells.last().map(|cell| cell_text(&cell.blocks)).unwrap_or_default();
    let pages = table.rows.iter().filter(|row| row.cells.len() >= 2 && is_folio(&last(row))).count();
    let texts =
        table.rows.iter().filter(|row| row.cells.iter().any(|cell| cell_text(&cell.blocks).chars().count() > 12));
    let has_heading = table
        .rows
        .iter()
        .take(2)
        .flat_map(|row| &row.cells)
        .any(|cell| super::phrases::is_contents_heading(&cell_text(&cell.blocks)));
    let widest = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    // Tables of figures end with numbers, too, but have a row of words above them all.
    let is_list = widest <= 3 && pages * 2 >= table.rows.len() && texts.count() * 2 >= table.rows.len();
    table.rows.len() >= 3 && is_list && (has_heading || is_rising(table))
}

/// Whether the last cells of a table are pages, none before the one above.
fn is_rising(table: &Table) -> bool {
    let pages = table.rows.iter().filter_map(|row| cell_text(&row.cells.last()?.blocks).trim().parse::<u32>().ok());
    let pages: Vec<u32> = pages.collect();
    pages.len() >= 3 && pages.is_sorted() && pages.iter().all(|page| *page < 400)
}

fn cell_text(blocks: &[Block]) -> String {
    let texts: Vec<_> = blocks.iter().filter_map(block_text).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

/// A row of the contents as a line.
fn contents_row(row: &Row) -> Option<Piece> {
    let mut inlines: Vec<Inline> = Vec::new();
    for cell in &row.cells {
        let text = cell.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.inlines.clone()),
            _ => None,
        });
        let text: Vec<Inline> = text.flatten().collect();
        if plain(&text).is_empty() {
            continue;
        }
        if !inlines.is_empty() {
            inlines.push(Inline::Text(Span { text: "\t".to_owned(), style: Default::default(), link: None }));
        }
        inlines.extend(text);
    }
    let look = Look { role: Some(Role::Contents), ..Look::default() };
    let line = Line::new(inlines, look);
    (!line.text.is_empty()).then_some(Piece::Line(line))
}

/// Whether a table arranges text and pictures on the page: few cells, and in one of them more than any figure has.
fn is_arrangement(table: &Table) -> bool {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    if cells().any(|cell| cell.blocks.iter().any(shows_picture)) {
        return columns <= 4;
    }
    let is_full = |blocks: &[Block]| {
        let texts = blocks.iter().filter_map(block_text).filter(|text| !text.is_empty());
        let (count, longest) =
            texts.fold((0, 0), |(count, longest), text| (count + 1, longest.max(text.chars().count())));
        count >= 4 || (count >= 2 && longest >= 300)
    };
    columns <= 3 && table.rows.len() <= 3 && cells().any(|cell| is_full(&cell.blocks))
}

fn block_text(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph) => Some(plain(&paragraph.inlines)),
        _ => None,
    }
}

fn shows_picture(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.inlines.iter().any(|inline| matches!(inline, Inline::Picture(_))),
        Block::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.blocks.iter().any(shows_picture))
        }
        Block::PageBreak | Block::Rule => false,
    }
}
