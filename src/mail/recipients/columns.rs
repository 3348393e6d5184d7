//! Which columns of a table are for the address and the name.

use super::table::Cell;
use crate::vietnamese::without_marks;

/// What the column for the address is called, without marks and hyphens.
const EMAIL: [&str; 12] = [
    "email",
    "mail",
    "email address",
    "emails",
    "dia chi email",
    "dia chi mail",
    "dia chi thu dien tu",
    "thu dien tu",
    "hop thu",
    "hop thu dien tu",
    "dia chi thu",
    "email lien he",
];

/// What the column for the name is called; the first of these that is there is taken.
const NAME: [&str; 8] =
    ["name", "ho va ten", "ho ten", "full name", "ten day du", "ten nguoi nhan", "nguoi nhan", "ten"];

/// The columns that count, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) email: usize,
    pub(super) name: Option<usize>,
    /// How many columns the header has.
    pub(super) all: usize,
}

/// The columns of a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header {
    Columns(Columns),
    NoEmail,
    /// Names of all columns for the address.
    SeveralEmails(Vec<String>),
}

pub(super) fn of(cells: &[Cell]) -> Header {
    let names: Vec<String> = cells.iter().map(|cell| plain(&cell.text)).collect();
    let is_email = |name: &String| EMAIL.contains(&name.as_str());
    let emails: Vec<usize> = (0..).zip(&names).filter(|(_, name)| is_email(name)).map(|(at, _)| at).collect();
    let name = NAME.iter().find_map(|known| names.iter().position(|name| name == known));
    match emails.as_slice() {
        [] => Header::NoEmail,
        [email] => Header::Columns(Columns { email: *email, name, all: names.len() }),
        several => {
            let typed = several.iter().filter_map(|at| cells.get(*at));
            Header::SeveralEmails(typed.map(|cell| cell.text.trim().to_owned()).collect())
        }
    }
}

/// The name of a column, however it was typed: `Địa chỉ E-mail (*)` is `dia chi email`.
fn plain(text: &str) -> String {
    let letters = without_marks(text).to_lowercase().replace(['-', '\u{2010}', '\u{2011}'], "");
    let words: Vec<&str> = letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
