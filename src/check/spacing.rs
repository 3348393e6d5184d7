//! Spaces that are too many, too few or in the wrong place.

use std::ops::Range;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::Syllable;

/// Two spaces or more between two words, and spaces before a mark that stands close to its word.
pub(super) fn spaces(passage: &Passage, report: &mut Report) {
    for range in runs_of_spaces(&passage.text) {
        let (before, after) = (&passage.text[..range.start], &passage.text[range.end..]);
        // At the ends of a text or a line they leave no mark.
        if before.is_empty() || before.ends_with('\n') || after.is_empty() || after.starts_with('\n') {
            continue;
        }
        if let Some(mark) = misplaced_mark(before, after) {
            report.fixable(passage, range, TextLint::SpaceBeforePunctuation { mark }, "");
        } else if range.len() > 1 && passage.is_verbatim(&range) {
            report.fixable(passage, range, TextLint::DoubleSpace, " ");
        }
    }
}

fn runs_of_spaces(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices([' ', '\t']) {
        match runs.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The mark behind a space that should stand close to the word before it.
fn misplaced_mark(before: &str, after: &str) -> Option<char> {
    let word_end = before.chars().next_back().filter(|c| c.is_alphanumeric() || "%)]”\"".contains(*c))?;
    let mut rest = after.chars();
    let mark = rest.next()?;
    let next = rest.next();
    let ends_word = next.is_none_or(|c| c.is_whitespace() || "”\")]".contains(c));
    let is_misplaced = match mark {
        ',' | ';' => next.is_none_or(|c| !c.is_ascii_digit()) && next != Some(mark),
        // `./.` and an ellipsis stand where their author puts them; `.NET` is a name.
        '.' | '?' | '!' => ends_word,
        // 16 : 9 is a ratio.
        ':' => ends_word && !(word_end.is_ascii_digit() && starts_with_digit(&after[1..])),
        ')' | ']' | '”' => true,
        _ => false,
    };
    is_misplaced.then_some(mark)
}

fn starts_with_digit(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// `2019- 2021`: a range with a space at one side of its hyphen.
pub(super) fn ranges(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for (at, hyphen) in text.match_indices(['-', '–']) {
        let (before, after) = (&text[..at], &text[at + hyphen.len()..]);
        let (left, right) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
        if (left.len() == before.len()) == (right.len() == after.len()) {
            continue;
        }
        let (Some(from), Some(to)) = (number_before(left), number_after(right)) else { continue };
        let range = left.len() - from.len()..text.len() - right.len() + to.len();
        let digits = |number: &str| number.bytes().filter(u8::is_ascii_digit).count();
        let is_telephone = from.starts_with('0') && digits(from) + digits(to) >= 9;
        if !is_telephone && !passage.is_address(&range) {
            let meant = format!("{from}{hyphen}{to}");
            report.fixable(passage, range, TextLint::RangeSpacing { meant: meant.clone() }, &meant);
        }
    }
}

/// The number at the end of a text, unless it is part of a word or code.
fn number_before(text: &str) -> Option<&str> {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit() || ".,/".contains(c)).len();
    let number = text[start..].trim_start_matches(['.', ',', '/']);
    let before = text[..text.len() - number.len()].chars().next_back();
    let is_free = before.is_none_or(|c| !c.is_alphanumeric() && !"-–/.,+".contains(c));
    (is_free && number.ends_with(|c: char| c.is_ascii_digit())).then_some(number)
}

/// The number at the start of a text, likewise.
fn number_after(text: &str) -> Option<&str> {
    let end = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || ".,/".contains(c)).len();
    let number = text[..end].trim_end_matches(['.', ',', '/']);
    let after = text[number.len()..].chars().next();
    let is_free = after.is_none_or(|c| !c.is_alphanumeric() && !"-–".contains(c));
    (is_free && number.starts_with(|c: char| c.is_ascii_digit())).then_some(number)
}

/// `chính.Năm`: two sentences without a space between them.
pub(super) fn missing(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for (at, mark) in text.match_indices(['.', ',', ';', ':', '!', '?']) {
        let (before, after) = (last_word(&text[..at]), first_word(&text[at + 1..]));
        let range = at - before.len()..at + 1 + after.len();
        if glues(before, mark, after) && !passage.is_address(&range) && !is_host_or_file(text, &range) {
            report.found(passage, range, TextLint::MissingSpaceAfterPunctuation { mark: mark.to_owned() });
        }
    }
}

fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphabetic).len()..]
}

fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(char::is_alphabetic).len()]
}

/// Whether a mark between two words should have had a space behind it: only where both read as Vietnamese, so that
/// abbreviations, names of files and the like are left alone.
fn glues(before: &str, mark: &str, after: &str) -> bool {
    let is_capital = after.starts_with(char::is_uppercase);
    let ends_low = before.ends_with(char::is_lowercase);
    let (left, right) = (is_word(before), is_word(after));
    match mark {
        // TP.Cần, Q.Thái end in a capital, Tp.Cần in no syllable; a capital behind a full stop begins a sentence.
        "." => left && ends_low && is_capital && (right || after.chars().count() > 1),
        ":" => left && ends_low && right && (is_capital || !before.is_ascii()),
        _ => left && right,
    }
}

/// Whether letters are a syllable of Vietnamese and more than one letter, which may stand for anything.
fn is_word(letters: &str) -> bool {
    letters.chars().count() > 1 && Syllable::of(letters).is_some()
}

/// Whether a range is part of the name of a host or a file: more of it follows without a space.
fn is_host_or_file(text: &str, range: &Range<usize>) -> bool {
    let is_joint = |c: char| "./@_\\".contains(c);
    let before = text[..range.start].ends_with(is_joint);
    let mut rest = text[range.end..].chars();
    let after = rest.next().is_some_and(is_joint) && rest.next().is_some_and(char::is_alphanumeric);
    before || after
}
