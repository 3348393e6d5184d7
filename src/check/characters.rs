//! Characters that look right and are wrong: Ð for Đ, letters typed in parts, characters that nobody sees.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::Report;
use super::passages::Passage;
use super::typed_lists;
use super::words::words;
use crate::diagnostic::{StrayKind, TextLint};
use crate::vietnamese::Syllable;

/// Ð and ð (eth, of Icelandic) or Ɖ (of Ewe) where Đ and đ are meant: in a word that is Vietnamese with these, or in an
/// abbreviation. The letter named by itself is what its author means.
pub(super) fn eths(passage: &Passage, report: &mut Report) {
    if !passage.text.contains(is_eth) {
        return;
    }
    for word in words(&passage.text).filter(|word| is_typed_with_eth(&passage.text[word.clone()])) {
        for (at, found) in passage.text[word.clone()].match_indices(is_eth) {
            let start = word.start + at;
            let found = found.chars().next().unwrap_or_default();
            let meant = if found.is_uppercase() { "Đ" } else { "đ" };
            report.fixable(passage, start..start + found.len_utf8(), TextLint::EthForD { found }, meant);
        }
    }
}

fn is_eth(character: char) -> bool {
    matches!(character, 'Ð' | 'ð' | 'Ɖ' | 'ɖ')
}

/// Whether a word becomes Vietnamese when each of these letters is a Đ.
fn is_typed_with_eth(word: &str) -> bool {
    if !word.contains(is_eth) || word.chars().count() < 2 {
        return false;
    }
    let meant: String =
        word.chars().map(|c| if is_eth(c) { if c.is_uppercase() { 'Đ' } else { 'đ' } } else { c }).collect();
    let is_abbreviation = !meant.chars().all(|c| c == 'Đ') && meant.chars().all(|c| c == 'Đ' || c.is_ascii_uppercase());
    is_abbreviation || Syllable::of(&meant).is_some()
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
        let meant = composed_text(&passage.text[range.clone()]);
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
        // Most letters are whole.
        if end - start == first.len_utf8() && matches!(first, '\0'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}') {
            continue;
        }
        let cluster = &text[start..end];
        if composed(cluster).ne(cluster.chars()) {
            found.push(start..end);
        }
    }
    found
}

/// A letter with its marks as Vietnamese has it: that of the tone comes behind that of the vowel, whichever was typed
/// first. Unicode leaves the two in the order in which they were typed.
fn composed(cluster: &str) -> impl Iterator<Item = char> {
    let is_of_vowel = |c: &char| matches!(c, '\u{302}' | '\u{306}');
    let letters: Vec<char> = cluster.nfd().collect();
    let bears = |letter: char, mark: char| unicode_normalization::char::compose(letter, mark).is_some();
    let base = letters.first().copied().unwrap_or_default();
    let marks = letters.get(1..).unwrap_or_default();
    let (of_vowel, others): (Vec<char>, Vec<char>) =
        marks.iter().partition(|mark| is_of_vowel(mark) && "aeoAEO".contains(base) && bears(base, **mark));
    let whole: Vec<char> = std::iter::once(base).chain(of_vowel).chain(others).nfc().collect();
    whole.into_iter()
}

/// A text with every letter in one.
fn composed_text(text: &str) -> String {
    let mut whole = String::new();
    let mut at = 0;
    for range in decomposed_ranges(text) {
        whole.push_str(&text[at..range.start]);
        whole.extend(composed(&text[range.clone()]));
        at = range.end;
    }
    whole + &text[at..]
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
    for (at, found) in text.char_indices().filter(|(_, c)| is_stray(*c) || is_odd_space(*c)) {
        let (before, after) = (text[..at].chars().next_back(), text[at + found.len_utf8()..].chars().next());
        let is_rtl = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{590}'..='\u{8ff}'));
        let is_meant = found == '\u{200d}' && joins(before, after)
            || matches!(found, '\u{200b}'..='\u{200f}') && (is_rtl(before) || is_rtl(after));
        if is_meant || bullets.binary_search(&at).is_ok() {
            continue;
        }
        let range = at..at + found.len_utf8();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let is_glyph = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_stray(c));
        if is_odd_space(found) {
            // Beside a figure it may be meant: 1 000 or 30 °C. Beside another space it is one too many.
            let is_between_words = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit());
            if is_between_words(before) && is_between_words(after) {
                report.fixable(passage, range, TextLint::StrayControl { found, kind: StrayKind::Space }, " ");
            }
        } else if found == '\u{fffd}' || is_private(found) && is_letter(before) && is_letter(after) {
            // It stands for a letter that nobody knows.
            report.found(passage, range, TextLint::StrayControl { found, kind: StrayKind::LostLetter });
        } else {
            // What stood for a space or a mark leaves a space; what is nothing leaves nothing.
            let parted = found.is_control() || is_private(found);
            let meant = if parted && is_glyph(before) && is_glyph(after) { " " } else { "" };
            report.fixable(passage, range, TextLint::StrayControl { found, kind: StrayKind::Invisible }, meant);
        }
    }
}

fn is_stray(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(character, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}' | '\u{fffd}')
        || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        || is_private(character)
}

/// Spaces of a width of their own, in which search does not find a space.
pub(super) fn is_odd_space(character: char) -> bool {
    matches!(character, '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}')
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
