//! Blocks of a tagged file before their lines are joined: first all lines of the document have to be known.

use super::flow::SetLine;
use super::glyphs::Placed;
use crate::import::document::Look;

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Draft {
    Paragraph(Text),
    Picture { page: usize, placed: Placed, description: Option<String> },
    Table { page: usize, rows: Vec<Row> },
}

/// A paragraph: its parts and what the file says of its look.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Text {
    pub(super) parts: Vec<Part>,
    pub(super) look: Look,
    /// Whether the look has the file's own word for the alignment.
    pub(super) is_aligned: bool,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Lines that follow one another.
    Lines(Vec<SetLine>),
    /// A reference to a note.
    Note(usize),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) is_header: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Draft>,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Text {
    /// Its lines, notes aside.
    pub(super) fn lines(&self) -> impl Iterator<Item = &SetLine> {
        self.parts.iter().flat_map(|part| match part {
            Part::Lines(lines) => lines.as_slice(),
            Part::Note(_) => &[],
        })
    }

    /// The page that it starts on.
    pub(super) fn first_page(&self) -> Option<usize> {
        self.lines().next().map(|line| line.page)
    }

    pub(super) fn last_page(&self) -> Option<usize> {
        self.lines().last().map(|line| line.page)
    }
}

/// Shows every line of these blocks to someone who may change it.
pub(super) fn each_line(drafts: &mut [Draft], visit: &mut impl FnMut(&mut SetLine)) {
    for draft in drafts {
        match draft {
            Draft::Paragraph(text) => {
                for part in &mut text.parts {
                    if let Part::Lines(lines) = part {
                        lines.iter_mut().for_each(&mut *visit);
                    }
                }
            }
            Draft::Picture { .. } => {}
            Draft::Table { rows, .. } => {
                for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
                    each_line(&mut cell.blocks, visit);
                }
            }
        }
    }
}
