//! Whether a list is one of lines or a table, and how the table is separated.

use super::columns::{self, Columns, Header};
use super::table::{Cell, Rows};
use super::{ListError, ListFinding, Spot, lines, quote};
use crate::address::{Mailbox, trimmed};

/// What separates cells: Excel in Vietnamese, Excel in English, and "Unicode text".
const SEPARATORS: [char; 3] = [';', ',', '\t'];

/// How many rows below the first may be the header in truth.
const ROWS_ABOVE: usize = 20;

/// Most columns that an error names.
const MOST_NAMES: usize = 30;

pub(super) enum Form<'a> {
    /// One address a line; the first line that counts, from 0, and the header above it if there is one.
    Lines {
        first: usize,
        header: Option<Spot>,
    },
    Table(Table<'a>),
}

/// A table of which the header is read.
pub(super) struct Table<'a> {
    pub(super) columns: Columns,
    /// Where the header is.
    pub(super) header: Spot,
    /// What follows it.
    pub(super) rows: Rows<'a>,
}

/// The form of a list. `file` is its name.
pub(super) fn of<'a>(text: &'a str, file: &str) -> Result<Form<'a>, ListFinding> {
    let (separator, first) = declared_separator(text);
    let separators = separator.as_ref().map_or(SEPARATORS.as_slice(), std::slice::from_ref);
    let tables = separators.iter().filter_map(|separator| table(Rows::new(text, *separator, first)));
    // One column alone looks the same with any separator.
    if let Some(table) = tables.max_by_key(width) {
        return table.map(|table| match table.columns.all {
            1 => Form::Lines { first: table.header.line, header: Some(table.header) },
            _ => Form::Table(table),
        });
    }
    let Some((at, line)) = text.split('\n').enumerate().skip(first).find(|(_, line)| lines::is_read(line)) else {
        return Ok(Form::Lines { first, header: None });
    };
    let error = |error| Err(ListFinding { line: at + 1, column: 1, error });
    if line.contains(['@', '＠']) {
        let is_row = Mailbox::parse(line).is_err() && separators.iter().any(|separator| is_row(line, *separator));
        return if is_row { error(ListError::NoHeader) } else { Ok(Form::Lines { first, header: None }) };
    }
    let cells = separators.iter().map(|separator| cells(line, *separator)).max_by_key(Vec::len).unwrap_or_default();
    let is_table = cells.len() > 1 || separator.is_some() || is_table_name(file);
    if !is_table {
        return Ok(Form::Lines { first, header: None });
    }
    let names = cells.iter().map(|cell| quote(&cell.text)).filter(|name| !name.is_empty());
    let columns = names.take(MOST_NAMES).collect();
    error(ListError::NoEmailColumn { columns, header: header_below(text, at, separators) })
}

/// `sep=;` in the first line, which only Excel reads: the separator, and at which line (from 0) to go on.
fn declared_separator(text: &str) -> (Option<char>, usize) {
    let line = text.split('\n').next().unwrap_or_default().trim_matches('"');
    let declared = line.split_at_checked(4).filter(|(key, _)| key.eq_ignore_ascii_case("sep="));
    match declared.and_then(|(_, rest)| rest.chars().next()) {
        // Other columns may make a row of it: sep=;;;
        Some(separator) if separator != '"' => (Some(separator), 1),
        _ => (None, 0),
    }
}

/// The table, if its header names a column for addresses.
fn table(mut rows: Rows<'_>) -> Option<Result<Table<'_>, ListFinding>> {
    while let Some(row) = rows.next() {
        let row = row.ok()?;
        if row.is_blank() {
            continue;
        }
        let is_comment = row.cells.first().is_some_and(|cell| cell.text.starts_with('#'));
        match columns::of(&row.cells) {
            Header::Columns(columns) => return Some(Ok(Table { columns, header: row.last, rows })),
            Header::SeveralEmails(columns) => {
                let error = ListError::SeveralEmailColumns { columns };
                return Some(Err(ListFinding { line: row.first.line, column: row.first.column, error }));
            }
            Header::NoEmail if is_comment => {}
            Header::NoEmail => return None,
        }
    }
    None
}

/// How many columns a table has: the right separator finds most.
fn width(table: &Result<Table<'_>, ListFinding>) -> usize {
    table.as_ref().map_or(usize::MAX, |table| table.columns.all)
}

/// The cells of a single line.
fn cells(line: &str, separator: char) -> Vec<Cell> {
    Rows::new(line, separator, 0).next().and_then(Result::ok).map(|row| row.cells).unwrap_or_default()
}

/// Whether a line is a row of a table: a cell that is an address beside others that are none.
fn is_row(line: &str, separator: char) -> bool {
    let mut cells = cells(line, separator);
    cells.retain(|cell| !trimmed(&cell.text).is_empty());
    let addresses = cells.iter().filter(|cell| cell.text.contains('@')).count();
    cells.len() > 1 && addresses == 1 && cells.iter().any(|cell| Mailbox::parse(&cell.text).is_ok())
}

fn is_table_name(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv")
}

/// The line (from 1) of a header below a title of the table.
fn header_below(text: &str, at: usize, separators: &[char]) -> Option<usize> {
    let lines = text.split('\n').enumerate().skip(at + 1).take(ROWS_ABOVE);
    let is_header = |line: &str| {
        let known = |separator: &char| matches!(columns::of(&cells(line, *separator)), Header::Columns(_));
        separators.iter().any(known)
    };
    lines.into_iter().find(|(_, line)| is_header(line)).map(|(at, _)| at + 1)
}
