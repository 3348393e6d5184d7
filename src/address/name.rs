//! Names of recipients: letters for people, and nothing that a mail program could take for more.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::RecipientNameError;

/// Longest name, in characters. A line of a message holds 998 bytes, and one long word cannot be folded.
const LONGEST: usize = 200;

/// What UTF-8 looks like where a program took it for Windows-1252, in letters of Vietnamese.
const GARBLED: [&str; 6] = ["á»", "áº", "Ä‘", "Äƒ", "Æ°", "Æ¡"];

/// Whether a character takes no room, and no letter's shape hangs on it.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether a character ends a line, or steers a program.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text without blanks and invisible characters around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// The name in a text: in NFC, with single spaces.
///
/// # Errors
///
/// Says what a name cannot have.
pub fn name(text: &str) -> Result<Option<String>, RecipientNameError> {
    let text = trimmed(text);
    if text.chars().any(is_control) {
        return Err(RecipientNameError::Control);
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(RecipientNameError::TooLong { limit: LONGEST });
    }
    // Joiners shape the letters of other scripts.
    let is_kept = |c: &char| matches!(c, '\u{200c}' | '\u{200d}') || !is_invisible(*c);
    let visible: String = text.chars().filter(is_kept).nfc().collect();
    let name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_damaged(&name) {
        return Err(RecipientNameError::Damaged);
    }
    Ok(Some(name).filter(|name| name.chars().any(|c| !is_invisible(c))))
}

/// Whether letters are lost. Nobody has a question mark in the name.
fn is_damaged(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let is_lost = letters.windows(2).any(|pair| matches!(pair, ['?', c] | [c, '?'] if c.is_alphabetic()));
    is_lost || name.contains('\u{fffd}') || GARBLED.iter().any(|garbled| name.contains(garbled))
}
