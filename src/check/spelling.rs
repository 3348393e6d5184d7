//! Words that are no syllable of Vietnamese, and words that run together.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Report;
use super::passages::Passage;
use super::words::words;
use crate::diagnostic::TextLint;
use crate::vietnamese::{Misspelling, misspelling};

/// Reports words in small letters that are no syllable, nor a foreign word by their shape.
pub(super) fn spelling(passages: &[Passage], report: &mut Report) {
    // A text has few words, many times each.
    let mut known = FxHashMap::default();
    passages.iter().for_each(|passage| passage_spelling(passage, &mut known, report));
}

fn passage_spelling<'a>(
    passage: &'a Passage,
    known: &mut FxHashMap<&'a str, Option<Misspelling>>,
    report: &mut Report,
) {
    let text = &passage.text;
    let is_foreign_text = text.contains(is_of_pinyin);
    for range in words(text) {
        let word = &text[range.clone()];
        // Letters typed in parts are told of as such.
        let is_candidate = !word.is_ascii() && is_small(word) && !word.contains(is_combining);
        let is_sound =
            |known: &mut FxHashMap<&'a str, _>| known.entry(word).or_insert_with(|| misspelling(word)).is_none();
        if !is_candidate || is_sound(known) || is_part(text, &range) || passage.is_address(&range) {
            continue;
        }
        let found = word.to_owned();
        match known.get(word).cloned().flatten() {
            Some(Misspelling::Glued { first, second }) => {
                report.found(passage, range, TextLint::GluedWords { found, meant: format!("{first} {second}") });
            }
            Some(Misspelling::NoSyllable { nearest }) if !is_foreign_text => {
                report.found(passage, range, TextLint::InvalidSyllable { found, nearest });
            }
            _ => {}
        }
    }
}

/// Whether a word begins small and is no name with a large letter of its own, such as eBay; bướcTự is two words.
fn is_small(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.filter(|c| c.is_uppercase()).count() <= 1
}

fn is_combining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// Letters with macrons stand in Chinese, Japanese and Indian words, whose others have marks too.
fn is_of_pinyin(character: char) -> bool {
    "āēīōūǖěǐǒǔǚṃṇṣṭḍḥ".contains(character)
}

/// Whether a word is part of a longer one, a code or a name of a file: ki-lô-mét, m²/người, d'été.
fn is_part(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || "-‑_@/\\'’&#".contains(c);
    let before = text[..range.start].chars().next_back().is_some_and(|c| joins(c) && c != '/');
    let mut rest = text[range.end..].chars();
    let next = rest.next();
    let after = next.is_some_and(|c| joins(c) && c != '/');
    // The name of a host: đườngđi.vn.
    let is_host = next == Some('.') && rest.next().is_some_and(|c| c.is_ascii_lowercase());
    before || after || is_host
}
