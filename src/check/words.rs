//! The words of a text.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Whether a character is a letter or one of its marks. Most are ASCII or of Vietnamese, and need no table.
fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => character.is_ascii_alphabetic(),
        '\u{d7}' | '\u{f7}' => false,
        '\u{c0}'..='\u{24f}' | '\u{1ea0}'..='\u{1ef9}' => true,
        _ => character.is_alphabetic() || is_combining_mark(character),
    }
}

/// The ranges of the words of a text: letters, with the marks that belong to them.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let length = text[start..].find(|c: char| !is_letter(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}
