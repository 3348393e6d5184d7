//! Lists of recipients: one address a line, or a table that Excel has saved.

mod columns;
mod doubles;
mod form;
mod lines;
mod table;
#[cfg(test)]
mod tests;
mod text;

use crate::address::{Address, Mailbox};
use crate::diagnostic::{AddressError, BadAddress, ListError, ListFinding, RecipientNameError};

pub use doubles::{Double, without_doubles};
use form::Form;

/// Largest list, in bytes.
pub const LARGEST_LIST: usize = 5_000_000;

/// Most recipients of a list.
pub const MOST_RECIPIENTS: usize = 100_000;

/// Most errors that are told one by one.
const MOST_ERRORS: usize = 1000;

/// Longest text that an error quotes, in characters.
const LONGEST_QUOTE: usize = 100;

/// Somebody who is to get a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub name: Option<String>,
    pub address: Address,
    pub place: Place,
}

/// Where an address was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the command line.
    Typed,
    /// In a list: its file, line and column, the latter two from 1.
    List { file: String, line: usize, column: usize },
}

/// A place within the list that is read; line and column count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    line: usize,
    column: usize,
}

impl Recipient {
    /// Reads an address that was typed on the command line.
    ///
    /// # Errors
    ///
    /// Says what is wrong, and what was probably meant.
    pub fn typed(text: &str) -> Result<Self, BadAddress> {
        Mailbox::parse(text).map(|Mailbox { name, address }| Self { name, address, place: Place::Typed })
    }

    /// As people read it: `Tên <a@b.example>`.
    pub fn shown(&self) -> String {
        Mailbox { name: self.name.clone(), address: self.address.clone() }.shown()
    }
}

/// Reads a list: one address a line, where lines that start with `#` are left out, or a table with a header. `file` is its
/// name as it was typed.
///
/// # Errors
///
/// All that is wrong, in the order of the list.
pub fn read_list(file: &str, bytes: &[u8]) -> Result<Vec<Recipient>, Vec<ListFinding>> {
    let mut reading = Reading::default();
    match text::decode(bytes) {
        Ok(text) => match form::of(&text, file) {
            Ok(Form::Lines { first, header }) => lines::read(&text, first, header, &mut reading),
            Ok(Form::Table(header)) => table::read(header, &mut reading),
            Err(error) => reading.errors.push(error),
        },
        Err(error) => reading.errors.push(error),
    }
    reading.finish(file)
}

/// The text of a list, as its findings count lines; `None` where it has none.
pub fn text(bytes: &[u8]) -> Option<String> {
    text::decode(bytes).ok()
}

/// What was found so far.
#[derive(Default)]
struct Reading {
    recipients: Vec<(Mailbox, Spot)>,
    errors: Vec<ListFinding>,
    /// Errors beyond those that are kept.
    more_errors: usize,
    /// Rows whose names lost letters, and which of the errors names the first.
    damaged_rows: usize,
    damaged: Option<usize>,
}

impl Reading {
    fn error(&mut self, spot: Spot, error: ListError) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(ListFinding { line: spot.line, column: spot.column, error });
        } else {
            self.more_errors += 1;
        }
    }

    /// Letters are lost in the whole list, or in none of it: it is told once.
    fn damaged(&mut self, spot: Spot, text: &str) {
        self.damaged_rows += 1;
        if self.damaged.is_none() && self.errors.len() < MOST_ERRORS {
            self.damaged = Some(self.errors.len());
            self.error(spot, ListError::LettersLost { text: quote(text), rows: 1 });
        }
    }

    fn bad_name(&mut self, spot: Spot, text: &str, error: RecipientNameError) {
        match error {
            RecipientNameError::Damaged => self.damaged(spot, text),
            _ => self.error(spot, ListError::Name { text: quote(text), error }),
        }
    }

    /// Reads an address; false where there are too many.
    fn address(&mut self, spot: Spot, text: &str, name: Option<String>) -> bool {
        if self.recipients.len() >= MOST_RECIPIENTS {
            self.error(spot, ListError::TooMany { limit: MOST_RECIPIENTS });
            return false;
        }
        match Mailbox::parse(text) {
            Ok(mailbox) => {
                let mailbox = Mailbox { name: name.or(mailbox.name), address: mailbox.address };
                self.recipients.push((mailbox, spot));
            }
            Err(BadAddress { error: AddressError::Name(RecipientNameError::Damaged), .. }) => {
                self.damaged(spot, text);
            }
            Err(error) => self.error(spot, ListError::Address { text: quote(text), error }),
        }
        true
    }

    fn finish(mut self, file: &str) -> Result<Vec<Recipient>, Vec<ListFinding>> {
        let damaged = self.damaged.and_then(|at| self.errors.get_mut(at));
        if let Some(ListFinding { error: ListError::LettersLost { rows, .. }, .. }) = damaged {
            *rows = self.damaged_rows;
        }
        if self.errors.is_empty() && self.recipients.is_empty() {
            self.errors.push(ListFinding { line: 1, column: 1, error: ListError::Empty });
        }
        if self.more_errors > 0 {
            let line = self.errors.last().map_or(1, |error| error.line);
            self.errors.push(ListFinding { line, column: 1, error: ListError::More { count: self.more_errors } });
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let place = |spot: Spot| Place::List { file: file.to_owned(), line: spot.line, column: spot.column };
        let recipient = |(mailbox, spot): (Mailbox, Spot)| Recipient {
            name: mailbox.name,
            address: mailbox.address,
            place: place(spot),
        };
        Ok(self.recipients.into_iter().map(recipient).collect())
    }
}

/// The beginning of a text, on one line, for an error to quote.
fn quote(text: &str) -> String {
    let text = text.trim();
    let start: String = text.chars().take(LONGEST_QUOTE).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if start.len() < text.len() { start + "…" } else { start }
}
