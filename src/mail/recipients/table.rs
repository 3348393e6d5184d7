//! Tables of comma-separated values, cell by cell.
//!
//! The `csv` crate takes a quotation mark that nothing closes for a cell that goes on to the end of the file: all
//! recipients below would be lost in silence. Here that is an error, and every cell knows its line.

use super::form::Table;
use super::{ListError, Reading, Spot, quote};
use crate::address::{name, trimmed};

/// Most cells of a row that are kept; Excel has 16,384 columns.
const MOST_CELLS: usize = 1000;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) spot: Spot,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) first: Spot,
    /// Where the row ends: the same line, if no cell has line breaks.
    pub(super) last: Spot,
    /// Whether cells that say something were not kept.
    has_more: bool,
}

impl Row {
    pub(super) fn is_blank(&self) -> bool {
        self.named_cells().is_empty() && !self.has_more
    }

    /// The cells up to the last that says something.
    pub(super) fn named_cells(&self) -> &[Cell] {
        let last = self.cells.iter().rposition(|cell| !trimmed(&cell.text).is_empty());
        last.and_then(|last| self.cells.get(..=last)).unwrap_or_default()
    }

    /// What the row says, for an error to quote.
    fn quote(&self) -> String {
        let texts = self.cells.iter().map(|cell| trimmed(&cell.text)).filter(|text| !text.is_empty());
        quote(&texts.take(10).collect::<Vec<_>>().join(", "))
    }
}

/// The rows of a table. After an error in one, those below it are read on, as far as they can be told apart.
#[derive(Clone)]
pub(super) struct Rows<'a> {
    rest: &'a str,
    here: Spot,
    separator: char,
    has_ended: bool,
}

/// What is wrong with a row, and where.
pub(super) type RowError = (Spot, ListError);

impl<'a> Rows<'a> {
    /// The rows from a line (from 0) on.
    pub(super) fn new(text: &'a str, separator: char, first: usize) -> Self {
        let mut rest = text;
        for _ in 0..first {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
        Self { rest, here: Spot { line: first + 1, column: 1 }, separator, has_ended: false }
    }

    /// Takes what comes before a character that `ends` it, or all.
    fn take_until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let at = self.rest.find(ends).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        match taken.rsplit_once('\n') {
            Some((before, last)) => {
                let line = self.here.line + before.matches('\n').count() + 1;
                self.here = Spot { line, column: last.chars().count() + 1 };
            }
            None => self.here.column += taken.chars().count(),
        }
        taken
    }

    fn take_char(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        self.here = match c {
            '\n' => Spot { line: self.here.line + 1, column: 1 },
            _ => Spot { column: self.here.column + 1, ..self.here },
        };
        Some(c)
    }

    /// Goes on to the next line.
    fn skip_line(&mut self) {
        self.take_until(|c| c == '\n');
        self.take_char();
    }

    fn cell(&mut self) -> Result<Cell, RowError> {
        let separator = self.separator;
        let spot = self.here;
        let start = self.rest.trim_start_matches(' ');
        if start.starts_with('"') && separator != '"' {
            self.take_until(|c| c == '"');
            return self.quoted_cell();
        }
        let text = self.take_until(|c| c == separator || c == '\n').to_owned();
        Ok(Cell { text, spot })
    }

    fn quoted_cell(&mut self) -> Result<Cell, RowError> {
        let quote = self.here;
        self.take_char();
        let spot = self.here;
        let mut text = String::new();
        loop {
            text.push_str(self.take_until(|c| c == '"'));
            if self.take_char().is_none() {
                self.has_ended = true;
                return Err((quote, ListError::UnclosedQuote));
            }
            if !self.rest.starts_with('"') {
                break;
            }
            self.take_char();
            text.push('"');
        }
        let separator = self.separator;
        self.take_until(|c| c != ' ');
        let after = self.here;
        match self.rest.chars().next() {
            Some(c) if c != separator && c != '\n' => {
                self.skip_line();
                Err((after, ListError::TextAfterQuote))
            }
            _ => Ok(Cell { text, spot }),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended || self.rest.is_empty() {
            return None;
        }
        let mut row = Row { cells: Vec::new(), first: self.here, last: self.here, has_more: false };
        loop {
            match self.cell() {
                Ok(cell) if row.cells.len() < MOST_CELLS => row.cells.push(cell),
                Ok(cell) => row.has_more |= !trimmed(&cell.text).is_empty(),
                Err(error) => return Some(Err(error)),
            }
            row.last = self.here;
            // A separator, the end of the line, or of the list.
            if self.take_char().is_none_or(|c| c == '\n') {
                return Some(Ok(row));
            }
        }
    }
}

/// Reads the rows below the header.
pub(super) fn read(table: Table<'_>, reading: &mut Reading) {
    let header = table.header;
    let mut is_empty = true;
    for row in table.rows {
        match row {
            Ok(row) if row.is_blank() => continue,
            Ok(row) => {
                if !read_row(&row, &table.columns, reading) {
                    break;
                }
            }
            Err((spot, error)) => reading.error(spot, error),
        }
        is_empty = false;
    }
    if is_empty {
        reading.error(header, ListError::NoRows);
    }
}

/// Reads a row; false where there are too many.
fn read_row(row: &Row, columns: &super::columns::Columns, reading: &mut Reading) -> bool {
    let cell = |at: usize| row.cells.get(at).filter(|cell| !trimmed(&cell.text).is_empty());
    if row.named_cells().len() > columns.all || row.has_more {
        let spot = row.cells.get(columns.all).map_or(row.first, |cell| cell.spot);
        reading.error(spot, ListError::TooManyCells { columns: columns.all });
        return true;
    }
    let name_cell = columns.name.and_then(cell);
    let name = name_cell.map_or(Ok(None), |cell| name(&cell.text));
    if let (Err(error), Some(cell)) = (&name, name_cell) {
        reading.bad_name(cell.spot, &cell.text, *error);
    }
    match cell(columns.email) {
        Some(cell) => reading.address(cell.spot, &cell.text, name.unwrap_or_default()),
        None => {
            reading.error(row.first, ListError::NoAddress { row: row.quote() });
            true
        }
    }
}
