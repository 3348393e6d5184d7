//! Tables.

use std::collections::BTreeMap;

use super::body::is_struck_off;
use super::draft::{Flow, beginning, is_blank_block};
use super::story::{Story, choice};
use super::values::{switch, value};
use crate::import::document::{Block, Cell, DoubtKind, ImportError, Row, Table};
use crate::import::xml::Element;

/// How many columns a cell may cover; Word's tables have 63 at most.
const MAX_COLUMNS: usize = 1024;

/// A table that is being read.
#[derive(Default)]
struct Grid {
    table: Table,
    /// The cells that go on in the next row: by their column, their row and their place in it.
    open: BTreeMap<usize, (usize, usize)>,
    /// The column where the next cell starts.
    column: usize,
}

impl Story<'_, '_> {
    pub(super) fn table(&mut self, flow: &mut Flow, element: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        let style = element.at(&["w:tblPr", "w:tblStyle"]).and_then(|style| style.attribute("w:val"));
        self.tables.push(self.shared.styles.table(style).unwrap_or_default());
        let mut grid = Grid::default();
        let read = self.rows(&mut grid, element, deleted);
        self.tables.pop();
        read?;
        if grid.table.rows.is_empty() {
            return Ok(());
        }
        let cells = || grid.table.rows.iter().flat_map(|row| &row.cells);
        let is_merged = cells().any(|cell| cell.columns > 1 || cell.rows > 1);
        let is_nested = cells().any(|cell| cell.blocks.iter().any(|block| matches!(block, Block::Table(_))));
        let table = Block::Table(grid.table);
        if is_merged || is_nested {
            self.doubt(DoubtKind::Table, &beginning(std::slice::from_ref(&table)));
        }
        flow.push(table);
        Ok(())
    }

    fn rows(&mut self, grid: &mut Grid, parent: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        for element in parent.elements() {
            match element.name() {
                "w:tr" => self.row(grid, element, deleted)?,
                "w:del" | "w:moveFrom" => self.rows(grid, element, true)?,
                "mc:AlternateContent" => {
                    if let Some(form) = choice(element) {
                        self.rows(grid, form, deleted)?;
                    }
                }
                name if name.ends_with("Pr") => {}
                _ => self.rows(grid, element, deleted)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, grid: &mut Grid, element: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        let properties = element.child("w:trPr");
        let deleted = deleted || is_struck_off(properties);
        let is_header = properties.and_then(|properties| switch(properties, "w:tblHeader")) == Some(true);
        let before = properties.and_then(|properties| number(properties, "w:gridBefore")).unwrap_or(0);
        grid.table.rows.push(Row { cells: Vec::new(), is_header });
        grid.column = 0;
        if before > 0 && !deleted {
            grid.start(Cell { blocks: Vec::new(), columns: before, rows: 1 }, false);
        }
        self.cells(grid, element, deleted)?;
        if deleted && grid.table.rows.last().is_some_and(|row| row.cells.is_empty()) {
            grid.table.rows.pop();
        }
        Ok(())
    }

    fn cells(&mut self, grid: &mut Grid, parent: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        for element in parent.elements() {
            match element.name() {
                "w:tc" => self.cell(grid, element, deleted)?,
                "mc:AlternateContent" => {
                    if let Some(form) = choice(element) {
                        self.cells(grid, form, deleted)?;
                    }
                }
                name if name.ends_with("Pr") || name == "w:tblPrEx" => {}
                _ => self.cells(grid, element, deleted)?,
            }
        }
        Ok(())
    }

    fn cell(&mut self, grid: &mut Grid, element: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        let properties = element.child("w:tcPr");
        let deleted = deleted || is_struck_off(properties);
        let mut flow = Flow::default();
        self.flow(&mut flow, element, deleted)?;
        let mut blocks = flow.finish();
        if blocks.iter().all(is_blank_block) {
            blocks.clear();
        }
        if deleted {
            return Ok(());
        }
        let columns = properties.and_then(|properties| number(properties, "w:gridSpan")).unwrap_or(1).max(1);
        let merged = |name: &str| {
            let merge = properties?.child(name)?;
            Some(merge.attribute("w:val").unwrap_or("continue"))
        };
        let cell = Cell { blocks, columns, rows: 1 };
        match (merged("w:vMerge"), merged("w:hMerge")) {
            (_, Some("continue")) => grid.widen(cell),
            (Some("continue"), _) => grid.lengthen(cell),
            (vertical, _) => grid.start(cell, vertical == Some("restart")),
        }
        Ok(())
    }
}

impl Grid {
    /// A cell that starts here, and may go on below.
    fn start(&mut self, cell: Cell, goes_on: bool) {
        let end = self.column + cell.columns;
        while let Some((&column, _)) = self.open.range(self.column..end).next() {
            self.open.remove(&column);
        }
        let place = self.table.rows.len().saturating_sub(1);
        let Some(row) = self.table.rows.last_mut() else { return };
        if goes_on {
            self.open.insert(self.column, (place, row.cells.len()));
        }
        row.cells.push(cell);
        self.column = end;
    }

    /// The rest of a cell that started above. What stands in it is hidden in Word, and kept.
    fn lengthen(&mut self, rest: Cell) {
        let above = self.open.get(&self.column).copied();
        let height = self.table.rows.len();
        let started = above.and_then(|(row, cell)| Some((row, self.table.rows.get_mut(row)?.cells.get_mut(cell)?)));
        match started {
            Some((row, cell)) => {
                cell.rows = height - row;
                cell.blocks.extend(rest.blocks);
                self.column += rest.columns;
            }
            None => self.start(rest, true),
        }
    }

    /// The rest of a cell that started to the left.
    fn widen(&mut self, rest: Cell) {
        match self.table.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => {
                cell.columns += rest.columns;
                cell.blocks.extend(rest.blocks);
                self.column += rest.columns;
            }
            None => self.start(rest, false),
        }
    }
}

fn number(properties: Element<'_>, name: &str) -> Option<usize> {
    let number: usize = value(properties, name)?.trim().parse().ok()?;
    Some(number.min(MAX_COLUMNS))
}
