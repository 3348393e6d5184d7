//! Ellipses of three points or of one character, quotes that are straight or curly.

use super::{Passage, StyleKind, Tallies};

pub(super) fn count<'a>(passage: &'a Passage, tallies: &mut Tallies<'a>) {
    let text = &passage.text;
    for (at, mark) in text.char_indices().filter(|(_, c)| ".…\"“".contains(*c)) {
        let (before, after) = (&text[..at], &text[at + mark.len_utf8()..]);
        match mark {
            '.' if after.starts_with("..") && !before.ends_with(['.', '…']) && !after[2..].starts_with(['.', '…']) =>
            {
                tallies.add(StyleKind::Ellipses, "...", passage, at..at + 3);
            }
            '…' if !before.ends_with(['.', '…']) && !after.starts_with(['.', '…']) => {
                tallies.add(StyleKind::Ellipses, "…", passage, at..at + mark.len_utf8());
            }
            // 15" is a length. A pair is counted once.
            '"' if after.starts_with(char::is_alphanumeric) && !before.ends_with(char::is_alphanumeric) => {
                tallies.add(StyleKind::Quotes, "\"", passage, at..at + 1);
            }
            '“' => tallies.add(StyleKind::Quotes, "“", passage, at..at + mark.len_utf8()),
            _ => {}
        }
    }
}
