//! `chính.Năm`: marks without the space that belongs behind them.

use std::ops::Range;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::Syllable;

/// `chính.Năm`, `Điều 51.Công`, `(nay)là`: words that run together behind a mark.
pub(super) fn missing(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for (at, mark) in text.match_indices(['.', ',', ';', ':', '!', '?', ')', '”']) {
        let before = last_word(&text[..at]);
        let after = first_word(&text[at + mark.len()..]);
        let range = at - before.len()..at + mark.len() + after.len();
        let is_glued = match mark {
            ")" | "”" => is_word(after) && closes(&text[..at], mark),
            "." if before.is_empty() => follows_number(&text[..at], after),
            _ => glues(before, mark, after),
        };
        if is_glued && !passage.is_address(&range) && !is_host_or_file(text, &range) {
            // A number that a mark stands behind is shown with it, a closing mark by itself.
            let start = if before.is_empty() && mark == "." { at - digits_before(&text[..at]) } else { range.start };
            let start = if mark == ")" || mark == "”" { at } else { start };
            report.found(passage, start..range.end, TextLint::MissingSpaceAfterPunctuation { mark: mark.to_owned() });
        }
    }
}

fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphabetic).len()..]
}

fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(char::is_alphabetic).len()]
}

fn digits_before(text: &str) -> usize {
    text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len()
}

/// Whether a closing mark closes something that began as a word of its own, or a label such as `a)`.
fn closes(before: &str, mark: &str) -> bool {
    /// What is opened further back, in bytes, is not looked for.
    const FAR: usize = 2_000;
    let opening = if mark == ")" { '(' } else { '“' };
    let mut start = before.len().saturating_sub(FAR);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = &before[start..];
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    if mark == ")" && (1..=2).contains(&line.chars().count()) && line.chars().all(char::is_alphanumeric) {
        return true;
    }
    // anh(chị) and f(x) are written close on purpose.
    before.rfind(opening).is_some_and(|at| before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
}

/// `Điều 51.Công`: the number of an article of law or of a paragraph, and its heading.
fn follows_number(before: &str, after: &str) -> bool {
    /// Words before the number of a part of a text.
    const PARTS: [&str; 14] = [
        "điều",
        "chương",
        "mục",
        "phần",
        "bài",
        "câu",
        "bảng",
        "hình",
        "khoản",
        "phụ lục",
        "biểu",
        "mẫu",
        "tiết",
        "ảnh",
    ];
    /// Longer numbers are years, or parts of a code.
    const LONGEST: usize = 3;
    let digits = digits_before(before);
    let outer = &before[..before.len() - digits];
    let is_number = (1..=LONGEST).contains(&digits);
    let is_first = outer.trim().is_empty() || outer.ends_with('\n');
    let is_named = outer.strip_suffix(' ').is_some_and(|outer| {
        let outer = outer.to_lowercase();
        PARTS.iter().any(|part| outer.ends_with(part))
    });
    is_number && (is_first || is_named) && after.starts_with(char::is_uppercase) && is_word(after)
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
