//! Texts as they can be shown: names of files and words of texts may hold what a terminal takes for a command.

use std::borrow::Cow;

/// Whether a terminal shows a character, and does not obey it. Marks of writing direction can make a line read as
/// another.
pub(super) fn is_safe(c: char) -> bool {
    !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// A text with a visible sign in place of every character that a terminal would obey, but for ends of lines and tabs.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| is_safe(c) || matches!(c, '\n' | '\t');
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_kept(c) { c } else { sign(c) }).collect())
}

/// As [`safe`] for what is beyond ASCII, with signs that take as many bytes, so that places stay where they are.
pub(super) fn same_length(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| is_safe(c) || matches!(c, '\n' | '\t' | '\r');
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let signs = |c: char| match c.len_utf8() {
        _ if is_kept(c) => c,
        // Renderers of findings have signs of their own for these.
        1 => c,
        2 => '¿',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(signs).collect())
}

/// The sign for a character that is not shown: Unicode has one for each of the oldest.
fn sign(c: char) -> char {
    match u32::from(c) {
        old @ 0..0x20 => char::from_u32(0x2400 + old).unwrap_or('\u{fffd}'),
        0x7f => '␡',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        let bad = "a\u{1b}[31m\u{9b}2J\u{7f}\u{202e}\r\u{7}đ\n\tb";
        assert_eq!(safe(bad), "a␛[31m\u{fffd}2J␡\u{fffd}␍␇đ\n\tb");
        assert_eq!(same_length(bad).len(), bad.len());
        assert!(same_length(bad).chars().all(|c| is_safe(c) || c.is_ascii()));
        assert!(matches!(safe("Bản tin"), Cow::Borrowed(_)));
    }
}
