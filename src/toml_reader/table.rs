//! A table of TOML, read key by key: what is missing, of another type or unknown is reported with its place.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::{Date, Findings, date_meant};
use crate::diagnostic::{Diagnostic, Finding, Severity, ValueError, ValueKind, nearest};
use crate::source::{Place, Source, Spanned, Text};

/// Longest text of a value, in bytes: what is longer belongs into an article, and would take long to set.
const MAX_TEXT: usize = 10_000;

/// A TOML table being read.
pub struct Table<'a> {
    pub(super) source: &'a Arc<Source>,
    /// Where the TOML text starts in its source.
    pub(super) offset: usize,
    pub(super) table: &'a DeTable<'a>,
    /// The table's name in the file, where a missing key is reported.
    pub(super) place: Place,
    /// Dotted name of the table; `None` at the top of the file.
    pub(super) path: Option<String>,
    pub(super) findings: &'a Findings,
    pub(super) known: Vec<&'static str>,
    /// The keys that were asked for at the top of the file.
    pub(super) root_keys: &'a RefCell<Vec<&'static str>>,
    /// Lines with a mistake, in bytes of the source.
    pub(super) broken: &'a [Range<usize>],
}

impl<'a> Table<'a> {
    /// Text that must be there and not be empty.
    pub fn required_text(&mut self, key: &'static str) -> Option<Text> {
        let value = self.required(key)?;
        let text = self.as_text(key, value)?;
        if text.value.is_empty() {
            self.bad_value(key, ValueError::Empty, text.place);
            return None;
        }
        Some(text)
    }

    /// Text that may be there; empty text counts as none, so that a form may be left unfilled.
    pub fn text(&mut self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        self.as_text(key, value).filter(|text| !text.value.is_empty())
    }

    /// Text or a whole number, as text.
    pub fn text_or_integer(&mut self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        let place = self.place_of(&value.span());
        match value.get_ref() {
            DeValue::Integer(number) => {
                let digits = number.as_str().replace('_', "");
                let value = i128::from_str_radix(&digits, number.radix()).map_or(digits, |value| value.to_string());
                Some(Spanned { value, place })
            }
            DeValue::String(_) => self.as_text(key, value).filter(|text| !text.value.is_empty()),
            other => {
                self.wrong_type(key, ValueKind::TextOrInteger, other, place);
                None
            }
        }
    }

    /// A whole number from `least` to `most`.
    pub fn integer(&mut self, key: &'static str, least: u32, most: u32) -> Option<u32> {
        let value = self.get(key)?;
        let place = self.place_of(&value.span());
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong_type(key, ValueKind::Integer, value.get_ref(), place);
            return None;
        };
        let digits = number.as_str().replace('_', "");
        let number = u32::from_str_radix(&digits, number.radix()).ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.bad_value(key, ValueError::NotInRange { least, most }, place);
        }
        number
    }

    /// One of a few words, as what it stands for.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        if let Some((_, meant)) = choices.iter().find(|(word, _)| *word == text.value) {
            return Some(*meant);
        }
        let words = || choices.iter().map(|(word, _)| *word);
        let nearest = nearest(&text.value, words());
        self.bad_value(
            key,
            ValueError::NotOneOf { choices: words().map(str::to_owned).collect(), nearest },
            text.place,
        );
        None
    }

    /// A list of texts; none where the key is missing.
    pub fn texts(&mut self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            let place = self.place_of(&value.span());
            self.wrong_type(key, ValueKind::ListOfTexts, value.get_ref(), place);
            return Vec::new();
        };
        let texts: Vec<_> = list.iter().filter_map(|item| self.as_text(key, item)).collect();
        for text in texts.iter().filter(|text| text.value.is_empty()) {
            self.bad_value(key, ValueError::Empty, text.place.clone());
        }
        texts.into_iter().filter(|text| !text.value.is_empty()).collect()
    }

    /// A day, or a month alone in quotes, that must be there.
    pub fn required_date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let value = self.required(key)?;
        let place = self.place_of(&value.span());
        match value.get_ref() {
            DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
                (Some(date), None) if date.year >= 1 => {
                    let value = Date { year: date.year, month: date.month, day: Some(date.day) };
                    Some(Spanned { value, place })
                }
                _ => {
                    self.bad_value(key, ValueError::NotADate, place);
                    None
                }
            },
            DeValue::String(text) => {
                if let Some(value) = Date::month(text) {
                    return Some(Spanned { value, place });
                }
                let error = date_meant(text).map_or(ValueError::NotADate, |meant| {
                    // A month keeps its quotes.
                    let is_quoted = !meant.starts_with('"');
                    ValueError::DateForm { meant, is_quoted }
                });
                self.bad_value(key, error, place);
                None
            }
            other => {
                self.wrong_type(key, ValueKind::Date, other, place);
                None
            }
        }
    }

    /// A table that may be there.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'a>> {
        let (name, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(self.child(key, name, table)),
            other => {
                let place = self.place_of(&value.span());
                self.wrong_type(key, ValueKind::Table, other, place);
                None
            }
        }
    }

    /// A table that must be there.
    pub fn required_table(&mut self, key: &'static str) -> Option<Table<'a>> {
        if self.entry(key).is_none() {
            self.missing(key);
            return None;
        }
        self.table(key)
    }

    /// A list of tables (`[[key]]`); none where the key is missing.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let place = self.place_of(&value.span());
        let DeValue::Array(list) = value.get_ref() else {
            let full = self.full_name(key);
            self.wrong_type(&full, ValueKind::ListOfTables, value.get_ref(), place);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in list.iter() {
            let span = item.span();
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.child(key, span, table)),
                other => {
                    let place = self.place_of(&span);
                    self.wrong_type(key, ValueKind::Table, other, place);
                }
            }
        }
        tables
    }

    /// Every entry of a table whose keys the author chooses, as texts; others are of the wrong type.
    pub fn free_texts(self) -> Vec<(Text, Text)> {
        let entries = self.table.iter().filter_map(|(key, value)| {
            let name = self.key_text(key);
            let value = self.as_text(&name.value, value)?;
            Some((name, value))
        });
        entries.collect()
    }

    /// Every entry of a table whose keys the author chooses, as tables; others are of the wrong type.
    pub fn free_tables(self) -> Vec<(Text, Table<'a>)> {
        let mut tables = Vec::new();
        for (key, value) in self.table.iter() {
            let name = self.key_text(key);
            match value.get_ref() {
                DeValue::Table(table) => {
                    let child = self.child(&name.value, key.span(), table);
                    tables.push((name, child));
                }
                other => {
                    let place = self.place_of(&value.span());
                    self.wrong_type(&name.value, ValueKind::Table, other, place);
                }
            }
        }
        tables
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        for (key, _) in self.table.iter() {
            let name = self.key_text(key);
            if !self.known.contains(&name.value.as_str()) {
                let finding = Finding::UnknownKey {
                    nearest: nearest(&name.value, self.known.iter().copied()),
                    known: self.known.iter().map(|&known| known.to_owned()).collect(),
                    key: name.value,
                    table: self.path.clone(),
                    belongs_on_top: false,
                };
                self.findings.borrow_mut().push(Diagnostic::error(finding, name.place));
            }
        }
    }

    /// Where a key stands, if it does.
    pub fn place_of_key(&self, key: &str) -> Option<Place> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(name, _)| self.place_of(&name.span()))
    }

    /// How many errors have been found so far.
    pub fn errors(&self) -> usize {
        self.findings.borrow().iter().filter(|found| found.severity == Severity::Error).count()
    }

    /// Warns that a list is empty or missing, and that its table is left out for it.
    pub fn warn_empty(&self, key: &str) {
        let finding = Finding::BadValue { key: self.full_name(key), error: ValueError::Empty };
        let place = self.place_of_key(key).unwrap_or_else(|| self.place.clone());
        let warning = Diagnostic { severity: Severity::Warning, ..Diagnostic::error(finding, place) };
        self.findings.borrow_mut().push(warning);
    }

    /// Reports a value that cannot be meant.
    pub fn bad_value(&self, key: &str, error: ValueError, place: Place) {
        let finding = Finding::BadValue { key: key.to_owned(), error };
        self.findings.borrow_mut().push(Diagnostic::error(finding, place));
    }

    fn required(&mut self, key: &'static str) -> Option<&'a toml::Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            self.missing(key);
        }
        value
    }

    fn missing(&self, key: &'static str) {
        let finding = Finding::MissingKey { key, table: self.path.clone() };
        self.findings.borrow_mut().push(Diagnostic::error(finding, self.place.clone()));
    }

    fn get(&mut self, key: &'static str) -> Option<&'a toml::Spanned<DeValue<'a>>> {
        self.entry(key).map(|(_, value)| value)
    }

    fn entry(&mut self, key: &'static str) -> Option<(Range<usize>, &'a toml::Spanned<DeValue<'a>>)> {
        if !self.known.contains(&key) {
            self.known.push(key);
            if self.path.is_none() {
                self.root_keys.borrow_mut().push(key);
            }
        }
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((name.span(), value))
    }

    fn child(&self, key: &str, name: Range<usize>, table: &'a DeTable<'a>) -> Table<'a> {
        let path = self.full_name(key);
        Table {
            source: self.source,
            offset: self.offset,
            table,
            place: self.place_of(&name),
            path: Some(path),
            findings: self.findings,
            known: Vec::new(),
            root_keys: self.root_keys,
            broken: self.broken,
        }
    }

    fn full_name(&self, key: &str) -> String {
        match &self.path {
            Some(path) => format!("{path}.{key}"),
            None => key.to_owned(),
        }
    }

    fn as_text(&self, key: &str, value: &toml::Spanned<DeValue<'_>>) -> Option<Text> {
        let place = self.place_of(&value.span());
        let is_broken = |line: &Range<usize>| line.start <= place.range.end && place.range.start <= line.end;
        if self.broken.iter().any(is_broken) {
            return None;
        }
        match value.get_ref() {
            DeValue::String(text) if text.len() > MAX_TEXT => {
                self.bad_value(key, ValueError::TooLong { limit: MAX_TEXT }, place);
                None
            }
            DeValue::String(text) => Some(Spanned { value: one_line(text), place }),
            other => {
                self.wrong_type(key, ValueKind::Text, other, place);
                None
            }
        }
    }

    fn key_text(&self, key: &toml::Spanned<std::borrow::Cow<'_, str>>) -> Text {
        Spanned { value: key.get_ref().nfc().collect(), place: self.place_of(&key.span()) }
    }

    fn wrong_type(&self, key: &str, expected: ValueKind, found: &DeValue<'_>, place: Place) {
        self.bad_value(key, ValueError::WrongType { expected, found: kind(found) }, place);
    }

    fn place_of(&self, span: &Range<usize>) -> Place {
        Place::new(self.source, span.start + self.offset..span.end + self.offset)
    }
}

fn kind(value: &DeValue<'_>) -> ValueKind {
    match value {
        DeValue::String(_) => ValueKind::Text,
        DeValue::Integer(_) => ValueKind::Integer,
        DeValue::Float(_) => ValueKind::Float,
        DeValue::Boolean(_) => ValueKind::Boolean,
        DeValue::Datetime(datetime) if datetime.time.is_none() => ValueKind::Date,
        DeValue::Datetime(_) => ValueKind::DateTime,
        DeValue::Array(_) => ValueKind::List,
        DeValue::Table(_) => ValueKind::Table,
    }
}

/// NFC, trimmed, with line breaks (and the spaces around them) as one space: a value is a line of the bulletin,
/// however the author broke it in the file. A tab is a space.
pub fn one_line(text: &str) -> String {
    let lines = text.trim().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ").replace('\t', " ").nfc().collect()
}
