//! Spaces that are too many or in the wrong place.

use std::ops::Range;

use super::Report;
use super::characters::is_odd_space;
use super::passages::Passage;
use crate::diagnostic::TextLint;

/// Two spaces or more between two words, and spaces before a mark that stands close to its word, or behind one that
/// opens.
pub(super) fn spaces(passage: &Passage, report: &mut Report) {
    let opening = opening_quotes(&passage.text);
    for range in runs_of_spaces(&passage.text) {
        let (before, after) = (&passage.text[..range.start], &passage.text[range.end..]);
        // At the ends of a text or a line they leave no mark.
        if before.is_empty() || before.ends_with('\n') || after.is_empty() || after.starts_with('\n') {
            continue;
        }
        let count = passage.text[range.clone()].chars().count();
        if let Some(mark) = misplaced_mark(before, after) {
            report.fixable(passage, range, TextLint::SpaceBeforePunctuation { mark }, "");
        } else if let Some(mark) = opening_mark(before, after, &opening) {
            report.fixable(passage, range, TextLint::SpaceBehindOpening { mark }, "");
        } else if count > 1 && passage.is_verbatim(&range) {
            report.fixable(passage, range, TextLint::DoubleSpace, " ");
        }
    }
}

/// Spaces and tabs in a row, with those among them that are not the common one: `a\u{a0}b` is a space of its own right,
/// beside a common one it is too many.
fn runs_of_spaces(text: &str) -> Vec<Range<usize>> {
    let is_common = |c: char| c == ' ' || c == '\t';
    let is_space = |c: char| is_common(c) || c == '\u{a0}' || c == '\u{202f}' || is_odd_space(c);
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_space).map(|found| at + found) {
        at = text[start..].find(|c| !is_space(c)).map_or(text.len(), |length| start + length);
        if text[start..at].contains(is_common) {
            runs.push(start..at);
        }
    }
    runs
}

/// Where straight quotes stand that open: every other one, where their number is even.
fn opening_quotes(text: &str) -> Vec<usize> {
    let quotes: Vec<_> = text.match_indices('"').map(|(at, _)| at).collect();
    if quotes.len() % 2 == 1 { Vec::new() } else { quotes.into_iter().step_by(2).collect() }
}

/// The mark before a space that should stand close to the word behind it.
fn opening_mark(before: &str, after: &str, opening: &[usize]) -> Option<char> {
    let mark = before.chars().next_back()?;
    let outer = before[..before.len() - mark.len_utf8()].chars().next_back();
    let opens = match mark {
        // :( is a face.
        '(' | '[' => outer.is_none_or(|c| c.is_whitespace() || "“\"(".contains(c)),
        '“' => true,
        '"' => {
            opening.binary_search(&(before.len() - 1)).is_ok() && outer.is_none_or(|c| c.is_whitespace() || c == '(')
        }
        _ => false,
    };
    let is_word = after.starts_with(|c: char| c.is_alphanumeric() || "“\"".contains(c));
    (opens && is_word).then_some(mark)
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
