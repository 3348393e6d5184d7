//! Sentences that begin with a small letter.

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::Syllable;

/// Words of Vietnamese that are abbreviations where a point stands behind them.
const ABBREVIATIONS: &str = "no co sa tho la ing am em chi tu ta th ba đt tt đc kt";

/// `đã hoàn thành. tiếp theo`
pub(super) fn lower_case(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for (at, _) in text.match_indices(". ") {
        let (before, rest) = (&text[..at], text[at + 2..].trim_start_matches(' '));
        let last = &before[before.trim_end_matches(char::is_alphabetic).len()..];
        let first = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        let start = text.len() - rest.len();
        let range = start..start + first.len();
        // What goes on behind the word without a space is a name or a label: tcnn.vn, a).
        let after = rest[first.len()..].chars().next();
        let is_whole = after.is_none_or(|c| c.is_whitespace() || ",;:".contains(c));
        let is_sentence = ends_sentence(before, last) && first.starts_with(char::is_lowercase);
        if is_sentence && is_whole && is_plain_word(first) && !passage.is_address(&range) {
            report.found(passage, range, TextLint::LowerCaseAfterFullStop { word: first.to_owned() });
        }
    }
}

/// Whether a full stop behind a word ends a sentence, and no abbreviation, initial, label or ellipsis.
fn ends_sentence(before: &str, last: &str) -> bool {
    if last.is_empty() {
        return before.ends_with(['%', ')', '”']) || ends_with_year(before);
    }
    let outer = before[..before.len() - last.len()].chars().next_back();
    let is_joined = outer.is_some_and(|c| c.is_alphanumeric() || "./-&".contains(c));
    let is_abbreviation = ABBREVIATIONS.split_ascii_whitespace().any(|known| known == last.to_lowercase());
    // A name with marks is no abbreviation, and neither is a small word.
    let is_whole = last.starts_with(char::is_lowercase) || !last.is_ascii();
    is_whole && is_plain_word(last) && !is_joined && !is_abbreviation
}

/// Whether a year stands at the end of a text; shorter numbers may be labels.
fn ends_with_year(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    text.len() - rest.len() == 4 && rest.ends_with([' ', '-', '/']) && rest.trim().contains(' ')
}

/// Whether letters are a whole word: a syllable of two letters or more.
fn is_plain_word(word: &str) -> bool {
    word.chars().nth(1).is_some() && Syllable::of(word).is_some()
}
