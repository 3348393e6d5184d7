//! Tables.

use std::ops::Range;

use pulldown_cmark::{Alignment as MarkdownAlignment, Event, Tag};

use super::{ChartHead, Inside, Reader, trimmed};
use crate::diagnostic::MarkdownError;
use crate::figure::{self, DecimalMark};
use crate::issue::{Alignment, Block, Chart, Inline, Table, plain_text};

/// Most columns of a table: on A4 paper, more are narrower than a word.
pub(super) const MAX_COLUMNS: usize = 24;

/// Most cells of all tables of an issue. Each takes about 75 kB until the issue is set, and twice that in a wide table.
pub const MAX_CELLS: usize = 12_000;

/// Columns from which on a table is wide.
const WIDE: usize = 12;

/// How many cells the tables of an article count as.
pub fn cells(blocks: &[Block]) -> usize {
    let count = |block: &Block| match block {
        Block::Table(table) => weight(table),
        Block::Chart(chart) => weight(&chart.table),
        Block::Quote(blocks) | Block::Pull(blocks) | Block::Box { blocks, .. } => cells(blocks),
        Block::List(list) => list.items.iter().map(|item| cells(item)).sum(),
        _ => 0,
    };
    blocks.iter().map(count).sum()
}

/// How many cells a table counts as.
fn weight(table: &Table) -> usize {
    let cells: usize = table.rows.iter().chain([&table.header]).map(Vec::len).sum();
    if table.columns.len() > WIDE { cells * 2 } else { cells }
}

impl Reader<'_> {
    /// A table, from its first row to its end.
    pub(super) fn table(&mut self, columns: &[MarkdownAlignment], range: Range<usize>, blocks: &mut Vec<Block>) {
        let columns = columns.iter().map(|column| match column {
            MarkdownAlignment::None => Alignment::Default,
            MarkdownAlignment::Left => Alignment::Left,
            MarkdownAlignment::Center => Alignment::Center,
            MarkdownAlignment::Right => Alignment::Right,
        });
        let mut table = Table { columns: columns.collect(), header: Vec::new(), rows: Vec::new() };
        while let Some((Event::Start(part), row)) = self.events.peek() {
            let is_head = matches!(part, Tag::TableHead);
            let row = trimmed(self.source, self.offset, row.clone());
            self.events.next();
            // The parser drops what a row has too much.
            if cell_count(&self.source.text()[self.absolute(&row)]) > table.columns.len() {
                self.error(MarkdownError::LongRow { columns: table.columns.len() }, row);
            }
            let cells = self.cells();
            self.events.next();
            if is_head {
                table.header = cells;
            } else {
                table.rows.push(cells);
            }
        }
        if table.columns.len() > MAX_COLUMNS {
            self.error(MarkdownError::WideTable { limit: MAX_COLUMNS }, range.clone());
        } else if weight(&table) > MAX_CELLS {
            self.error(MarkdownError::LargeTables { limit: MAX_CELLS }, range.clone());
        }
        let chart = self.chart.take();
        if self.inside == Inside::Footnote {
            self.error(MarkdownError::NestedBlock, range);
            return;
        }
        blocks.push(match chart {
            Some(ChartHead { shape, title, .. }) => {
                if !has_numbers(&table) {
                    self.error(MarkdownError::ChartWithoutNumbers, range);
                }
                Block::Chart(Chart { shape, title, table })
            }
            None => Block::Table(table),
        });
    }

    fn cells(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), range)) = self.events.peek() {
            let range = range.clone();
            self.events.next();
            cells.push(self.bounded_inlines(&range));
            self.reject_images();
            self.events.next();
        }
        cells
    }
}

/// Whether there is anything to draw: a number outside of the first column.
pub(crate) fn has_numbers(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| row.iter().skip(1));
    cells.any(|cell| figure::parse(&plain_text(cell), DecimalMark::Comma).is_some())
}

/// How many cells a row of a table has in the author's text.
fn cell_count(row: &str) -> usize {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    // Bars at the end, with nothing between them, are no cells that anybody would miss.
    let inner = inner.trim_end_matches(|c: char| c == '|' || c.is_whitespace());
    let is_bar = |at: usize| !inner[..at].ends_with('\\');
    inner.match_indices('|').filter(|(at, _)| is_bar(*at)).count() + 1
}
