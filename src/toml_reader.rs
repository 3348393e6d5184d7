//! TOML with places: tables are read key by key, and every mistake is found at once.
//!
//! The keys that a reader asks for are the keys that exist; [`Table::finish`] reports the others.

mod date;
mod lines;
mod recovery;
mod scan;
mod syntax;
mod table;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

pub use date::Date;
pub(crate) use date::date_meant;
pub use lines::is_curly;
use recovery::{broken_lines, tell_of_misplaced};
use syntax::Stumble;
pub use table::{Table, one_line};

use crate::diagnostic::{Diagnostic, SyntaxErrorKind};
use crate::source::{Place, Source};

/// Where findings are gathered while several tables of one text are open.
pub type Findings = RefCell<Vec<Diagnostic>>;

/// Most errors of the parser that are looked into: one mistake often makes many.
const MAX_STUMBLES: usize = 60;

/// Why a text is not TOML, and where that must be corrected.
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    pub place: Place,
}

/// Parses the part of a source at `range` as TOML, and reads it with `read`. Syntax errors are returned as they are,
/// for they have another code in a manifest than in an article; what could be understood is read all the same.
pub fn parse<T>(
    source: &Arc<Source>,
    range: Range<usize>,
    findings: &Findings,
    read: impl FnOnce(Table<'_>) -> T,
) -> (T, Vec<SyntaxError>) {
    let offset = range.start;
    let text = &source.text()[range.clone()];
    let (table, errors) = DeTable::parse_recoverable(text);
    let at = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    let mut stumbles: Vec<_> =
        errors.iter().take(MAX_STUMBLES).map(|error| Stumble { words: error.message(), at: at(error) }).collect();
    let place = |range: Range<usize>| Place::new(source, range.start + offset..range.end + offset);
    let mistakes = syntax::mistakes(text, &mut stumbles);
    let errors: Vec<_> = mistakes.into_iter().map(|(kind, range)| SyntaxError { kind, place: place(range) }).collect();
    let root_keys = RefCell::default();
    let broken = broken_lines(source, &errors, stumbles.iter().map(|stumble| stumble.at + offset));
    let root = Table {
        source,
        offset,
        table: table.get_ref(),
        place: Place::new(source, range.start..range.start),
        path: None,
        findings,
        known: Vec::new(),
        root_keys: &root_keys,
        broken: &broken,
    };
    let value = read(root);
    tell_of_misplaced(&mut findings.borrow_mut(), &root_keys.borrow());
    (value, errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(text: &str, read: impl FnOnce(Table<'_>) -> T) -> (T, Vec<String>) {
        let source = Source::new("issue.toml", text);
        let findings = Findings::default();
        let (value, errors) = parse(&source, 0..text.len(), &findings, read);
        assert!(errors.is_empty());
        let codes = findings.into_inner().iter().map(|d| format!("{:?}", d.finding)).collect();
        (value, codes)
    }

    #[test]
    fn keys_not_asked_for_are_reported_with_the_nearest() {
        let ((), found) = read("titel = 'a'\ntitle = 'b'", |mut table| {
            table.required_text("title");
            table.finish();
        });
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("nearest: Some(\"title\")"), "{found:?}");
    }

    #[test]
    fn text_is_nfc_and_one_line() {
        let (text, _) = read("about = \"\"\"\nHo\u{300}a\n  bình \"\"\"", |mut table| table.text("about"));
        assert_eq!(text.map(|text| text.value), Some("Hòa bình".into()));
    }

    #[test]
    fn a_date_is_a_day_alone() {
        let (date, found) = read("date = 2022-11-08", |mut table| table.required_date("date"));
        assert_eq!(date.map(|date| date.value), Some(Date { year: 2022, month: 11, day: Some(8) }));
        assert!(found.is_empty());
        for bad in ["date = 2022-11-08T10:00:00", "date = '8/11/2022'", "date = 2022"] {
            assert_eq!(read(bad, |mut table| table.required_date("date").is_some()).1.len(), 1, "{bad}");
        }
    }
}
