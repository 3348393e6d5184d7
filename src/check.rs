//! What the eye misses: warnings about an issue that can be set, and had better be looked at once more.
//!
//! `passages` gathers the texts, and `words` parts them; `characters`, `spacing`, `missing`, `ranges`, `quotes`,
//! `punctuation`, `numbers`, `tones`, `legacy`, `pasted`, `typed_lists` and `placeholders` look for one kind of mistake
//! each; `lists`, `contents` and `photos` look at the issue as a whole; `fix` corrects what can be corrected safely. On
//! clean text none of them says a word.

mod characters;
mod contents;
mod fix;
mod legacy;
mod lists;
mod missing;
mod numbers;
mod passages;
mod pasted;
mod photos;
mod placeholders;
mod punctuation;
mod quotes;
mod ranges;
mod spacing;
mod tones;
mod typed_lists;
mod words;

use std::ops::Range;

pub use contents::{articles, unlisted};
pub use fix::{Change, FixedFile, ROUNDS, apply_fixes, mend};
pub use lists::numbers as list_numbers;
use passages::{Passage, passages};
pub use photos::photos;

use crate::diagnostic::{Diagnostic, Finding, TextLint};
use crate::issue::Issue;
use crate::source::Place;

/// Every warning about the texts of an issue.
pub fn texts(issue: &Issue) -> Vec<Diagnostic> {
    let is_vietnamese = issue.manifest.language.primary == "vi";
    let mut report = Report::default();
    let mut readable = passages(issue);
    placeholders::placeholders(issue, &readable, &mut report);
    if is_vietnamese {
        // What is typed in another encoding looks full of mistakes, and must not be corrected one by one.
        readable.retain_mut(|passage| legacy::legacy(passage, &mut report));
        tones::tones(&readable, &mut report);
        readable.iter().for_each(|passage| numbers::grouping(passage, &mut report));
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
    report.found
}

/// What was found so far.
#[derive(Default)]
struct Report {
    found: Vec<Diagnostic>,
}

impl Report {
    /// A mistake that its author must mend.
    fn found(&mut self, passage: &Passage, range: Range<usize>, error: TextLint) {
        if passage.is_set_aside(&range) {
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
        if passage.is_set_aside(&range) {
            return;
        }
        let fix = passage.is_verbatim(&range).then(|| meant.to_owned());
        let warning = Diagnostic::warning(Finding::Text(error), passage.place(&range));
        self.found.push(Diagnostic { fix, ..warning });
    }
}
