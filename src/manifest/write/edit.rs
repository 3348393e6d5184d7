//! Keys of a TOML table that get other values, and leave the rest of their lines as it is.

use toml_edit::visit_mut::{VisitMut, visit_inline_table_mut};
use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::source::Text;
use crate::toml_reader::one_line;

/// Changes of a document.
#[derive(Debug, Default)]
pub(super) struct Edit {
    /// Whether anything has changed yet.
    pub has_changed: bool,
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'a> {
    /// One that the reader asks for: an empty text is as good as none.
    Known(&'a str),
    /// One that the author chooses: an empty text is one.
    Free(&'a str),
}

impl Edit {
    /// Sets a key, or takes it away. A value that says the same stays as it is written.
    pub(super) fn value(
        &mut self,
        table: &mut dyn TableLike,
        key: Key<'_>,
        is_same: impl Fn(&Value) -> bool,
        new: Option<Value>,
    ) {
        let (Key::Known(name) | Key::Free(name)) = key;
        let old = table.get(name).and_then(Item::as_value);
        let Some(mut new) = new else {
            // A form may be left unfilled.
            let is_unfilled = matches!(key, Key::Known(_)) && old.and_then(Value::as_str).is_some_and(is_blank);
            if !is_unfilled {
                self.remove(table, name);
            }
            return;
        };
        if old.is_some_and(is_same) {
            return;
        }
        self.has_changed = true;
        match table.get_mut(name) {
            Some(item) => {
                if let Some(old) = item.as_value() {
                    *new.decor_mut() = old.decor().clone();
                }
                *item = Item::Value(new);
            }
            None => drop(table.insert(name, Item::Value(new))),
        }
    }

    /// Sets a key to words; to none where there are none.
    pub(super) fn words(&mut self, table: &mut dyn TableLike, key: Key<'_>, words: Option<&str>) {
        let words = words.map(one_line);
        let is_same = |value: &Value| value.as_str().map(one_line) == words;
        let new = words.as_deref().filter(|words| matches!(key, Key::Free(_)) || !words.is_empty()).map(Value::from);
        self.value(table, key, is_same, new);
    }

    pub(super) fn text(&mut self, table: &mut dyn TableLike, key: &str, text: Option<&Text>) {
        self.words(table, Key::Known(key), text.map(|text| text.value.as_str()));
    }

    /// Sets a key to a list of texts.
    pub(super) fn texts(&mut self, table: &mut dyn TableLike, key: &str, texts: &[&Text]) {
        let texts: Vec<_> = texts.iter().map(|text| one_line(&text.value)).collect();
        match table.get_mut(key).and_then(Item::as_array_mut) {
            Some(list) if !texts.is_empty() => self.list(list, &texts),
            // An empty list is left unfilled.
            Some(list) if list.is_empty() => {}
            Some(_) => self.remove(table, key),
            None if texts.is_empty() => {}
            None => self.value(table, Key::Known(key), |_| false, Some(Value::Array(new_list(key, &texts)))),
        }
    }

    /// Changes a list text by text, so that each keeps its line and the note behind it.
    fn list(&mut self, list: &mut Array, texts: &[String]) {
        for (index, text) in texts.iter().enumerate() {
            match list.get_mut(index) {
                Some(old) if old.as_str().map(one_line).as_ref() == Some(text) => continue,
                Some(old) => {
                    let mut new = Value::from(text);
                    *new.decor_mut() = old.decor().clone();
                    *old = new;
                }
                None => add(list, text),
            }
            self.has_changed = true;
        }
        while list.len() > texts.len() {
            list.remove(list.len() - 1);
            self.has_changed = true;
        }
    }

    /// Takes a key away, with the note right above it. A note that a blank line parts from the key stays, above what
    /// follows.
    pub(super) fn remove(&mut self, table: &mut dyn TableLike, key: &str) {
        let above = table.key(key).and_then(|key| key.leaf_decor().prefix()).and_then(|prefix| prefix.as_str());
        let kept = above.and_then(|above| above.rfind("\n\n").map(|at| above[..at + 2].to_owned()));
        let next = table.iter().skip_while(|(name, _)| *name != key).nth(1).map(|(name, _)| name.to_owned());
        if table.remove(key).is_none() {
            return;
        }
        self.has_changed = true;
        if let (Some(kept), Some(next)) = (kept, next) {
            set_above(table, &next, &kept);
        }
    }

    /// A table of the root, which is made where it is missing.
    pub(super) fn table<'a>(&mut self, root: &'a mut DocumentMut, key: &str) -> Option<&'a mut dyn TableLike> {
        if !root.contains_key(key) {
            self.has_changed = true;
            let mut table = Table::new();
            if !root.is_empty() {
                table.decor_mut().set_prefix("\n");
            }
            root.insert(key, Item::Table(table));
        }
        root.get_mut(key)?.as_table_like_mut()
    }
}

/// Puts a note above a key, or above the heading of a table.
fn set_above(table: &mut dyn TableLike, key: &str, note: &str) {
    let add = |decor: &mut Decor| {
        let own = decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        decor.set_prefix(format!("{note}{}", own.trim_start_matches('\n')));
    };
    match table.get_mut(key) {
        Some(Item::Table(table)) if !table.is_dotted() => add(table.decor_mut()),
        Some(Item::ArrayOfTables(list)) => list.iter_mut().take(1).for_each(|table| add(table.decor_mut())),
        _ => {
            if let Some(mut key) = table.key_mut(key) {
                add(key.leaf_decor_mut());
            }
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Adds a text to a list: below the last where that has a line of its own.
fn add(list: &mut Array, text: &str) {
    let mut new = Value::from(text);
    if let Some(last) = list.iter().last() {
        let prefix = last.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or(" ");
        let blank: String = prefix.rsplit('\n').next().unwrap_or_default().to_owned();
        let prefix = if prefix.contains('\n') { format!("\n{blank}") } else { " ".to_owned() };
        new.decor_mut().set_prefix(prefix);
    }
    list.push_formatted(new);
}

/// A list as people write it: articles one to a line, where there are several.
fn new_list(key: &str, texts: &[String]) -> Array {
    let mut list = Array::from_iter(texts.iter().map(String::as_str));
    if key == "articles" && texts.len() > 1 {
        list.iter_mut().for_each(|value| value.decor_mut().set_prefix("\n  "));
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    list
}

/// Spaces tables in braces to which a key has come anew: no note can be in them.
pub(super) struct Spacing;

impl VisitMut for Spacing {
    fn visit_inline_table_mut(&mut self, table: &mut InlineTable) {
        let is_new = |key: &str| table.key(key).is_some_and(|key| key.leaf_decor().prefix().is_none());
        if table.iter().any(|(key, _)| is_new(key)) {
            table.fmt();
        }
        visit_inline_table_mut(self, table);
    }
}
