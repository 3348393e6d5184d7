//! The words of a line, whatever spans they are cut into.

use std::ops::Range;

use super::lines::Slot;

/// A word: a range of the characters of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    /// The slot of its first character.
    pub(super) slot: usize,
}

/// The characters of a line, and what stands in it between spaces, digits and marks. The letters of legacy encodings
/// include most marks of Latin-1, so these do not divide words.
pub(super) fn tokens(slots: &[Slot<'_>]) -> (Vec<char>, Vec<Token>) {
    let mut characters: Vec<char> = Vec::new();
    let mut found: Vec<Token> = Vec::new();
    let mut is_inside = false;
    for (slot, piece) in slots.iter().enumerate() {
        is_inside &= !piece.is_apart;
        let is_symbol = piece.font.as_deref().is_some_and(is_symbol_font);
        for character in piece.text.chars() {
            let at = characters.len();
            characters.push(character);
            match found.last_mut().filter(|_| is_inside) {
                _ if divides(character) || (is_symbol && is_private(character)) => is_inside = false,
                Some(token) => token.range.end = at + 1,
                None => {
                    found.push(Token { range: at..at + 1, slot });
                    is_inside = true;
                }
            }
        }
    }
    (characters, found)
}

/// Whether the private characters of a font are signs, not the letters of a font that was taken for one of signs.
fn is_symbol_font(font: &str) -> bool {
    let font = font.to_lowercase();
    ["symbol", "wingdings", "webdings"].iter().any(|name| font.contains(name))
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}')
}

fn divides(character: char) -> bool {
    match character {
        // Without width: they stand inside words.
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => false,
        '\u{2000}'..='\u{206f}' | '\u{e000}'..='\u{f09f}' => true,
        _ => character.is_whitespace() || character.is_ascii_punctuation() || character.is_ascii_digit(),
    }
}
