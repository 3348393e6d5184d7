//! Characters that look right and are wrong: Ð for Đ, letters typed in parts, characters that nobody sees.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::Report;
use super::passages::Passage;
use super::typed_lists;
use crate::diagnostic::TextLint;

/// Ð and ð (eth, of Icelandic) or Ɖ (of Ewe) where Đ and đ are meant.
pub(super) fn eths(passage: &Passage, report: &mut Report) {
    for (at, found) in passage.text.char_indices() {
        let meant = match found {
            'Ð' | 'Ɖ' => "Đ",
            'ð' | 'ɖ' => "đ",
            _ => continue,
        };
        // In Vietnamese, đ begins a syllable; in Icelandic, ð never begins a word.
        let before = passage.text[..at].chars().next_back();
        let begins = before.is_none_or(|c| !c.is_alphabetic() || c.is_uppercase());
        if begins {
            report.fixable(passage, at..at + found.len_utf8(), TextLint::EthForD { found }, meant);
        }
    }
}

/// Letters in several parts, or in parts of which some could be one.
pub(super) fn decomposed(passage: &Passage, report: &mut Report) {
    /// More than so many in a text, and it was all typed so: one finding is enough.
    const MANY: usize = 4;
    let found = decomposed_ranges(&passage.text);
    let runs = match (found.first(), found.last()) {
        (Some(first), Some(last)) if found.len() > MANY && passage.is_verbatim(&(first.start..last.end)) => {
            std::iter::once(first.start..last.end).collect()
        }
        _ => found,
    };
    for range in runs {
        let meant: String = passage.text[range.clone()].nfc().collect();
        report.fixable(passage, range, TextLint::NotNfc { meant: shortened(&meant) }, &meant);
    }
}

fn decomposed_ranges(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        let mut end = start + first.len_utf8();
        while let Some(&(at, mark)) = characters.peek() {
            if canonical_combining_class(mark) == 0 {
                break;
            }
            end = at + mark.len_utf8();
            characters.next();
        }
        let cluster = &text[start..end];
        if cluster.nfc().ne(cluster.chars()) {
            found.push(start..end);
        }
    }
    found
}

/// The beginning of a long text, for a message.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let head: String = text.chars().take(SHOWN).collect();
    format!("{head}…")
}

/// Characters that leave no mark, or none that means anything outside of one program.
pub(super) fn stray(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    // What stands for a bullet is found as one.
    let bullets = typed_lists::bullets_of(passage);
    for (at, found) in text.char_indices() {
        let (before, after) = (text[..at].chars().next_back(), text[at + found.len_utf8()..].chars().next());
        if !is_stray(found) || found == '\u{200d}' && joins(before, after) || bullets.binary_search(&at).is_ok() {
            continue;
        }
        // What stood for a space or a mark leaves a space; what is nothing leaves nothing.
        let parted = found.is_control() || is_private(found);
        let is_glyph = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_stray(c));
        let meant = if parted && is_glyph(before) && is_glyph(after) { " " } else { "" };
        report.fixable(passage, at..at + found.len_utf8(), TextLint::StrayControl { found }, meant);
    }
}

fn is_stray(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(character, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
        || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        || is_private(character)
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

/// Whether a joiner makes one sign of two, as emoji are made.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let is_emoji = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'))
    };
    is_emoji(before) && is_emoji(after)
}
