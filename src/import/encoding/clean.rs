//! What is taken out of any text, and what is named by its proper character.

/// Windows-1252, from 0x80 to 0x9F; U+0000 where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// What a byte from 0x80 to 0x9F is on Windows; other characters stay.
pub(in crate::import) fn windows_1252(character: char) -> char {
    let index = u32::from(character).checked_sub(0x80).and_then(|index| usize::try_from(index).ok());
    match index.and_then(|index| WINDOWS_1252.get(index)) {
        Some('\0') | None => character,
        Some(meant) => *meant,
    }
}

/// Programs that read Windows-1252 as Latin-1 leave control characters that nobody types.
pub(super) fn name_controls(text: &mut String) {
    if text.chars().any(|c| matches!(c, '\u{80}'..='\u{9f}')) {
        *text = text.chars().map(windows_1252).collect();
    }
}

/// Whether a character is never seen and may go. Joiners stay between signs that are no letters, such as emoji.
pub(super) fn is_unseen(character: char, before: Option<char>) -> bool {
    match character {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        '\u{200c}' | '\u{200d}' => before.is_none_or(|before| before < '\u{2000}'),
        _ => false,
    }
}
