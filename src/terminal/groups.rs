//! Findings of one kind in one file, together: fifty times the same letter is one thing to do.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::messages::{self, Lang};

/// A finding that is shown, and the lines of those in the same file that say the same.
pub(super) struct Group<'a> {
    pub first: &'a Diagnostic,
    pub others: Vec<usize>,
}

/// Puts warnings that say the same of one file together, at the place of the first. Each error is shown by itself.
pub(super) fn groups<'a>(found: Vec<&'a Diagnostic>, lang: Lang) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = HashMap::<(String, &str, String), usize>::new();
    for diagnostic in found {
        let (Severity::Warning | Severity::Info, Location::Place(place)) = (diagnostic.severity, &diagnostic.location)
        else {
            groups.push(Group { first: diagnostic, others: Vec::new() });
            continue;
        };
        let says = messages::describe(&diagnostic.finding, lang).text;
        let next = groups.len();
        let index = *known.entry((place.source.name().to_owned(), diagnostic.code(), says)).or_insert(next);
        match groups.get_mut(index) {
            Some(group) => group.others.push(place.start().line),
            None => groups.push(Group { first: diagnostic, others: Vec::new() }),
        }
    }
    groups
}

impl Group<'_> {
    /// How many others there are, and where.
    pub(super) fn more(&self, lang: Lang) -> Option<String> {
        /// More lines nobody reads.
        const SHOWN: usize = 8;
        let mut lines = self.others.clone();
        lines.dedup();
        let shown: Vec<_> = lines.iter().take(SHOWN).map(usize::to_string).collect();
        let shown = shown.join(", ") + if lines.len() > SHOWN { ", …" } else { "" };
        (!lines.is_empty()).then(|| messages::more_places(self.others.len(), &shown, lang))
    }
}
