//! What the eye misses: warnings about an issue that can be set, and had better be looked at once more.
//!
//! `passages` gathers the texts, and `words` parts them; `characters`, `spacing`, `missing`, `ranges`, `quotes`,
//! `punctuation`, `numbers`, `tones`, `legacy`, `pasted`, `typed_lists` and `placeholders` look for one kind of mistake
//! each; `lists`, `contents` and `photos` look at the issue as a whole; `fix` corrects what can be corrected safely. On
//! clean text none of them says a word.

mod characters;
mod company;
mod contents;
mod fix;
mod legacy;
mod lists;
mod missing;
mod numbers;
mod own_words;
mod passages;
mod pasted;
mod photos;
mod placeholders;
mod punctuation;
mod quotes;
mod ranges;
mod repeats;
mod sentences;
mod spacing;
mod spelling;
mod style;
mod tones;
mod typed_lists;
mod words;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub use contents::{articles, unlisted};
pub use fix::{Change, FixedFile, ROUNDS, apply_fixes, mend};
pub use lists::numbers as list_numbers;
pub use own_words::OwnWords;
use passages::{Passage, passages};
pub use photos::photos;

use crate::diagnostic::{Diagnostic, Finding, Location, TextLint};
use crate::issue::Issue;
use crate::source::Place;

/// Every warning about the texts of an issue.
pub fn texts(issue: &Issue, own: OwnWords) -> Vec<Diagnostic> {
    let is_vietnamese = issue.manifest.language.primary == "vi";
    let mut report = Report { own, ..Report::default() };
    let mut readable = passages(issue);
    let files = in_order(&readable);
    placeholders::placeholders(issue, &readable, &mut report);
    if is_vietnamese {
        // What is typed in another encoding looks full of mistakes, and must not be corrected one by one.
        let mut known = legacy::Known::default();
        readable.retain_mut(|passage| legacy::legacy(passage, &mut known, &mut report));
        tones::tones(&readable, &mut report);
        spelling::spelling(&readable, &mut report);
        company::suspects(&readable, &mut report);
        for passage in &readable {
            numbers::grouping(passage, &mut report);
            repeats::repeats(passage, &mut report);
            sentences::lower_case(passage, &mut report);
        }
    }
    quotes::quotes(&readable, &mut report);
    for passage in &readable {
        typed_lists::bullets(passage, &mut report);
        typed_lists::dashes(passage, &mut report);
        typed_lists::labels(passage, &mut report);
        pasted::stars(passage, &mut report);
        pasted::hashes(passage, &mut report);
        pasted::tags(passage, &mut report);
        pasted::addresses(passage, &mut report);
        pasted::tabs(passage, &mut report);
        characters::eths(passage, &mut report);
        characters::decomposed(passage, &mut report);
        characters::stray(passage, &mut report);
        spacing::spaces(passage, &mut report);
        ranges::ranges(passage, &mut report);
        missing::missing(passage, &mut report);
        punctuation::repeated(passage, &mut report);
        punctuation::pairs(passage, &mut report);
    }
    if is_vietnamese {
        style::mixtures(&readable, &mut report);
        style::abbreviations(&readable, &mut report);
    }
    let mut found = report.found;
    found.sort_by_key(|found| match &found.location {
        Location::Place(place) => (files.get(place.source.name()).copied(), place.range.start),
        _ => (None, 0),
    });
    found
}

/// The place of each file in the order in which they are read.
fn in_order(passages: &[Passage]) -> HashMap<String, usize> {
    let mut files = HashMap::new();
    for passage in passages {
        if !files.contains_key(passage.file()) {
            files.insert(passage.file().to_owned(), files.len());
        }
    }
    files
}

/// What was found so far.
#[derive(Default)]
struct Report {
    found: Vec<Diagnostic>,
    /// What is right, whatever is found in it.
    own: OwnWords,
}

impl Report {
    /// Whether nothing is to be said of a range.
    fn is_meant(&self, passage: &Passage, range: &Range<usize>) -> bool {
        passage.is_set_aside(range) || self.own.cover(&passage.text, range)
    }

    /// Whether something was found at a place of a text.
    fn has_found(&self, passage: &Passage, range: &Range<usize>) -> bool {
        let place = passage.place(range);
        self.found.iter().any(|found| match &found.location {
            Location::Place(other) => {
                Arc::ptr_eq(&other.source, &place.source)
                    && other.range.start < place.range.end
                    && place.range.start < other.range.end
            }
            _ => false,
        })
    }

    /// A mistake that its author must mend.
    fn found(&mut self, passage: &Passage, range: Range<usize>, error: TextLint) {
        if self.is_meant(passage, &range) {
            return;
        }
        self.found.push(Diagnostic::warning(Finding::Text(error), passage.place(&range)));
    }

    /// A mistake that can be corrected by putting `meant` in place of the text at a place in the file.
    fn fixable_at(&mut self, place: Place, error: TextLint, meant: String) {
        self.found.push(Diagnostic { fix: Some(meant), ..Diagnostic::warning(Finding::Text(error), place) });
    }

    /// A mistake that can be corrected by putting `meant` in its place.
    fn fixable(&mut self, passage: &Passage, range: Range<usize>, error: TextLint, meant: &str) {
        if self.is_meant(passage, &range) {
            return;
        }
        let fix = passage.is_verbatim(&range).then(|| meant.to_owned());
        let warning = Diagnostic::warning(Finding::Text(error), passage.place(&range));
        self.found.push(Diagnostic { fix, ..warning });
    }
}
