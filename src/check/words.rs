//! The words of a text.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// The ranges of the words of a text: letters, with the marks that belong to them.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |c: char| c.is_alphabetic() || is_combining_mark(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let length = text[start..].find(|c| !is_letter(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}
