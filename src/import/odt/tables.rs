//! Tables.

use super::Reader;
use super::body::{Context, first_words, page_break};
use super::styles::Family;
use super::words;
use crate::import::document::{Block, Cell, DoubtKind, ImportError, Reason, Row, Table};
use crate::import::xml::Element;

/// How many columns or rows a cell may cover.
const MOST_COVERED: usize = 1000;
/// Longest text of cells that are said to be repeated: what people repeat is empty, or a sign.
const LONGEST_REPEATED: usize = 200;

impl Reader<'_> {
    pub(super) fn table(
        &mut self,
        element: Element<'_>,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        let style = self.styles.get(Family::Table, element.attribute("table:style-name"));
        if context.is_page() && (style.paragraph.break_before == Some(true) || style.starts_page) {
            page_break(into);
        }
        let mut table = Table::default();
        self.rows(element, false, &mut table.rows)?;
        let cells = || table.rows.iter().flat_map(|row| &row.cells);
        let is_plain = cells().all(|cell| {
            cell.columns == 1 && cell.rows == 1 && !cell.blocks.iter().any(|block| matches!(block, Block::Table(_)))
        });
        let is_empty = table.rows.is_empty();
        let block = Block::Table(table);
        if !is_plain {
            self.doubt(DoubtKind::Table, &first_words(&block));
        }
        if !is_empty {
            into.push(block);
        }
        if context.is_page() && style.paragraph.break_after == Some(true) {
            page_break(into);
        }
        Ok(())
    }

    fn rows(&mut self, parent: Element<'_>, is_header: bool, rows: &mut Vec<Row>) -> Result<(), ImportError> {
        for child in parent.elements() {
            match child.name() {
                "table:table-row" => self.row(child, is_header, rows)?,
                "table:table-header-rows" => self.rows(child, true, rows)?,
                "table:table-column"
                | "table:table-columns"
                | "table:table-header-columns"
                | "table:table-column-group" => {}
                _ => self.rows(child, is_header, rows)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, element: Element<'_>, is_header: bool, rows: &mut Vec<Row>) -> Result<(), ImportError> {
        let mut cells = Vec::new();
        for child in element.elements() {
            match child.name() {
                "table:table-cell" => self.cell(child, &mut cells)?,
                // Words may be left in a cell that another one covers.
                "table:covered-table-cell" => self.leave_out(words::all(child), Reason::Deleted),
                _ => {}
            }
        }
        let row = Row { cells, is_header };
        let copies = self.copies(element, "table:number-rows-repeated", &row.cells);
        rows.extend(std::iter::repeat_n(row, copies));
        Ok(())
    }

    fn cell(&mut self, element: Element<'_>, cells: &mut Vec<Cell>) -> Result<(), ImportError> {
        let mut blocks = Vec::new();
        self.blocks(element, &mut blocks, Context::inner())?;
        let covered = |name: &str| count(element, name).min(MOST_COVERED);
        let cell = Cell {
            blocks,
            columns: covered("table:number-columns-spanned"),
            rows: covered("table:number-rows-spanned"),
        };
        let copies = self.copies(element, "table:number-columns-repeated", std::slice::from_ref(&cell));
        cells.extend(std::iter::repeat_n(cell, copies));
        Ok(())
    }

    /// How often something stands that is said to be repeated, within bounds.
    fn copies(&mut self, element: Element<'_>, name: &str, cells: &[Cell]) -> usize {
        let wanted = count(element, name);
        if wanted == 1 {
            return 1;
        }
        let is_light = cells.iter().flat_map(|cell| &cell.blocks).all(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text().len() <= LONGEST_REPEATED && paragraph.inlines.len() <= 3,
            _ => false,
        });
        let cost = (wanted - 1).saturating_mul(cells.len().max(1));
        if is_light && cost <= self.cell_budget {
            self.cell_budget -= cost;
            return wanted;
        }
        let words = cells.iter().flat_map(|cell| &cell.blocks).map(first_words).find(|words| !words.is_empty());
        if let Some(words) = words {
            self.doubt(DoubtKind::Table, &words);
        }
        1
    }
}

fn count(element: Element<'_>, name: &str) -> usize {
    element.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}
