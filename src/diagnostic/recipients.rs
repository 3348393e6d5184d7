//! What is wrong with a list, as facts for messages.

use super::{BadAddress, RecipientNameError};

/// What is wrong at a place of a list. Line and column count from 1, columns in characters; what concerns the whole file is
/// at 1, 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFinding {
    pub line: usize,
    pub column: usize,
    pub error: ListError,
}

/// What is wrong in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListError {
    /// A workbook of Excel or LibreOffice: to be saved as "CSV UTF-8".
    Workbook,
    /// Another kind of file: what it seems to be, if that can be told.
    NotAList(Option<&'static str>),
    /// Bytes that are not UTF-8: probably saved as "CSV" instead of "CSV UTF-8".
    NotUtf8,
    /// In bytes.
    TooLarge {
        limit: usize,
    },
    TooMany {
        limit: usize,
    },
    /// No address at all.
    Empty,
    /// A header, and no row below it.
    NoRows,
    /// A table whose header has no `email`: the columns that it has, and the line of a row below that could be the header.
    NoEmailColumn {
        columns: Vec<String>,
        header: Option<usize>,
    },
    /// Several columns for the address: their names.
    SeveralEmailColumns {
        columns: Vec<String>,
    },
    /// A table that has rows at once, and no header.
    NoHeader,
    /// A row without an address: what else stands in it.
    NoAddress {
        row: String,
    },
    /// More cells than the header has: probably a comma that belongs to a name.
    TooManyCells {
        columns: usize,
    },
    /// A quotation mark at the start of a cell that nothing closes: all that follows would be one cell.
    UnclosedQuote,
    /// Text after the quotation mark that ends a cell.
    TextAfterQuote,
    /// An address: what was written.
    Address {
        text: String,
        error: BadAddress,
    },
    /// The name in its own column: what was written.
    Name {
        text: String,
        error: RecipientNameError,
    },
    /// Letters of names were lost when the list was saved; the first such name, and in how many rows.
    LettersLost {
        text: String,
        rows: usize,
    },
    /// So many further errors.
    More {
        count: usize,
    },
}
