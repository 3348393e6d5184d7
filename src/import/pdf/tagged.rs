//! The document by its structure tree.

use super::album::Album;
use super::compose;
use super::draft::{Draft, Part, Text, each_line};
use super::flow::SetLine;
use super::geometry::leave_out;
use super::glyphs::{Area, Font, Page};
use super::hyphens::Habits;
use super::lines::{fragments, lines};
use super::loose;
use super::measure::{Measure, edges_of_page};
use super::spans::words;
use super::structure::Tree;
use super::walk::{Walk, page_of};
use crate::import::document::{Alignment, Block, Cell, Doubt, Inline, LeftOut, Look, Paragraph, Row, Table};

/// A tree that misses more than this share of the letters is not believed.
const MISSED: f32 = 0.1;

/// What the tree gives.
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Vec<Block>>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) doubts: Vec<Doubt>,
    /// For every page, which of its glyphs the tree holds.
    pub(super) taken: Vec<Vec<bool>>,
    /// Whether letters are missing in it.
    pub(super) is_short: bool,
}

/// Reads the tree; `None` if it misses too much of the text.
pub(super) fn read(tree: &Tree, pages: &[Page], fonts: &[Font], album: &mut Album<'_>) -> Option<Found> {
    let mut walk = Walk::new(tree, pages, fonts);
    let mut drafts = walk.document();
    let missed = missed(pages, &walk.taken);
    let all: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    if missed as f32 > all as f32 * MISSED {
        return None;
    }
    loose::insert(&mut drafts, walk.contents.rest(), pages);
    let mut notes = std::mem::take(&mut walk.notes);
    let habits = measure(&mut drafts, &mut notes);
    let mut finish = Finish { habits: &habits, album };
    let blocks = finish.blocks(drafts, true);
    let notes = notes.into_iter().map(|note| finish.blocks(note, false)).collect();
    Some(Found {
        blocks,
        notes,
        left_out: artifacts(pages),
        doubts: walk.doubts,
        taken: walk.taken,
        is_short: missed > 0,
    })
}

/// How many letters the tree misses.
fn missed(pages: &[Page], taken: &[Vec<bool>]) -> usize {
    let of_page = |(page, taken): (&Page, &Vec<bool>)| {
        let glyphs = page.glyphs.iter().zip(taken);
        glyphs.filter(|(glyph, taken)| !**taken && !glyph.artifact && !page.is_space(glyph)).count()
    };
    pages.iter().zip(taken).map(of_page).sum()
}

/// Gives every line the edges of its column, and learns how the document breaks lines.
fn measure(drafts: &mut [Draft], notes: &mut [Vec<Draft>]) -> Habits {
    let mut habits = Habits::default();
    let mut texts: Vec<(usize, f32, f32, usize)> = Vec::new();
    collect(drafts, &mut texts);
    for note in notes.iter() {
        collect(note, &mut texts);
    }
    let edges = edges_of_page(&texts);
    let cells = cells_of(drafts);
    let mut settle = |line: &mut SetLine| {
        habits.learn(&line.text);
        let area = line.line.area;
        let cell = cells.iter().find(|cell| cell.0 == line.page && cell.1.holds(area.x0, line.line.y));
        let (left, right) = match cell {
            Some((_, cell)) => (cell.x0, cell.x1),
            None => edges.around(line.page, area),
        };
        line.measure = Measure { left, right, leading: line.line.size * 1.3, size: line.line.size };
        line.stand = line.measure.alone(&line.line);
    };
    each_line(drafts, &mut settle);
    for note in notes {
        each_line(note, &mut settle);
    }
    habits
}

/// The columns of tables: page, and what the text of all cells in it covers.
fn cells_of(drafts: &[Draft]) -> Vec<(usize, Area)> {
    let mut cells: Vec<(usize, usize, Area)> = Vec::new();
    for draft in drafts {
        let Draft::Table { rows, .. } = draft else { continue };
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for column in 0..columns.min(100) {
            let own = rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| cell.columns == 1);
            let lines = own.flat_map(|cell| &cell.blocks).flat_map(|block| match block {
                Draft::Paragraph(text) => text.lines().collect::<Vec<_>>(),
                _ => Vec::new(),
            });
            for line in lines {
                match cells.iter_mut().rev().take(columns).find(|(page, own, _)| *page == line.page && *own == column) {
                    Some((_, _, area)) => *area = area.join(line.line.area),
                    None => cells.push((line.page, column, line.line.area)),
                }
            }
        }
    }
    cells.into_iter().map(|(page, _, area)| (page, area)).collect()
}

/// The edges of paragraphs of several lines: page, left, right, number of lines.
fn collect(drafts: &[Draft], texts: &mut Vec<(usize, f32, f32, usize)>) {
    for draft in drafts {
        match draft {
            Draft::Paragraph(text) => collect_text(text, texts),
            Draft::Picture { .. } => {}
            Draft::Table { rows, .. } => {
                for cell in rows.iter().flat_map(|row| &row.cells) {
                    collect(&cell.blocks, texts);
                }
            }
        }
    }
}

fn collect_text(text: &Text, texts: &mut Vec<(usize, f32, f32, usize)>) {
    let lines: Vec<&SetLine> = text.lines().collect();
    // One column at a time: a line that is higher than the one before starts another.
    for column in lines.chunk_by(|a, b| a.page == b.page && a.line.y < b.line.y) {
        let area = column.iter().map(|line| line.line.area).reduce(Area::join);
        if let (Some(area), Some(first)) = (area, column.first()) {
            texts.push((first.page, area.x0, area.x1, column.len()));
        }
    }
}

/// What the pages call decoration: running heads and folios.
fn artifacts(pages: &[Page]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for page in pages {
        let glyphs = page.glyphs.iter().enumerate().filter(|(_, glyph)| glyph.artifact).map(|(index, _)| index);
        for line in lines(fragments(page, glyphs)) {
            leave_out(&mut left_out, words(page, &line));
        }
    }
    left_out
}

/// Makes blocks of drafts.
struct Finish<'f, 'g> {
    habits: &'f Habits,
    album: &'f mut Album<'g>,
}

impl Finish<'_, '_> {
    fn blocks(&mut self, drafts: Vec<Draft>, breaks: bool) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut last = 0;
        for draft in drafts {
            let page = page_of(&draft).unwrap_or(last);
            if breaks && page > last && !blocks.is_empty() {
                blocks.push(Block::PageBreak);
            }
            last = last.max(page);
            match draft {
                Draft::Paragraph(text) => {
                    last = last.max(text.last_page().unwrap_or(last));
                    blocks.push(Block::Paragraph(self.paragraph(text)));
                }
                Draft::Picture { placed, description, .. } => blocks.extend(self.album.block(&placed, description)),
                Draft::Table { rows, .. } => {
                    let rows = rows.into_iter().map(|row| self.row(row)).collect();
                    blocks.push(Block::Table(Table { rows }));
                }
            }
        }
        blocks
    }

    fn row(&mut self, row: super::draft::Row) -> Row {
        let cells = row.cells.into_iter().map(|cell| Cell {
            blocks: self.blocks(cell.blocks, false),
            columns: cell.columns,
            rows: cell.rows,
        });
        Row { cells: cells.collect(), is_header: row.is_header }
    }

    fn paragraph(&self, text: Text) -> Paragraph {
        let lines: Vec<SetLine> = text.lines().cloned().collect();
        let seen = compose::look(&lines);
        let alignment = if text.is_aligned { text.look.alignment } else { seen.alignment };
        let is_item = text.look.list.is_some();
        let alignment = match alignment {
            Alignment::Centre | Alignment::End if is_item && !text.is_aligned => Alignment::Start,
            alignment => alignment,
        };
        let (indent, first_line) = match alignment {
            _ if is_item => (0.0, 0.0),
            Alignment::Start | Alignment::Justify => (seen.indent, seen.first_line),
            Alignment::Centre | Alignment::End => (0.0, 0.0),
        };
        let look = Look { alignment, indent, first_line, ..text.look };
        let mut inlines = Vec::new();
        for part in &text.parts {
            match part {
                Part::Lines(lines) => inlines.extend(compose::inlines(self.habits, lines)),
                Part::Note(note) => inlines.push(Inline::Note(*note)),
            }
        }
        Paragraph { inlines, look }
    }
}
