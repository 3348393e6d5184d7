//! Abbreviations that the issue never explains.
//!
//! Of names such as VNPT nobody wants to be told. So an abbreviation is found only where its words stand somewhere in the
//! issue, or where it has a letter that nothing but Vietnamese has; and not where everybody knows it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Passage, Report};
use crate::check::words::words;
use crate::diagnostic::TextLint;
use crate::vietnamese::Syllable;

/// What readers of a bulletin know.
const KNOWN: &str = "UBND HĐND HĐQT MTTQ HĐBT BCH BTV ĐBQH BHXH BHYT BHTN CNTT KHCN THPT THCS TNHH MTV CTCP HTX CLB HLV TNCS HCM \
    TPHCM VNĐ QĐND CAND CSGT PCCC NXB ĐHQG CSVN XHCN CHXHCN TCN SCN BBT VHTT LĐTBXH GDĐT TTXVN NSND NSƯT TDTT ATGT KCN ĐBSCL";

/// The fewest letters of an abbreviation, the most, and how often it must stand in the issue.
const SHORTEST: usize = 3;
const LONGEST: usize = 6;
const OFTEN: usize = 2;

/// Where an abbreviation stands, and what is known of it.
struct Abbreviation<'a> {
    count: usize,
    passage: &'a Passage,
    first: Range<usize>,
    is_explained: bool,
}

/// Reports abbreviations that stand nowhere beside their words, each once.
pub(in crate::check) fn abbreviations(passages: &[Passage], report: &mut Report) {
    let mut found = BTreeMap::<String, Abbreviation<'_>>::new();
    for passage in passages {
        let text = &passage.text;
        for range in words(text).filter(|range| is_abbreviation(passage, range)) {
            let is_explained = is_explained(text, &range);
            let first = range.clone();
            let new = Abbreviation { count: 0, passage, first, is_explained: false };
            let abbreviation = found.entry(text[range].to_owned()).or_insert(new);
            abbreviation.count += 1;
            abbreviation.is_explained |= is_explained;
        }
    }
    found.retain(|_, abbreviation| abbreviation.count >= OFTEN && !abbreviation.is_explained);
    if found.is_empty() {
        return;
    }
    let mut phrases = Phrases::new();
    for passage in passages {
        expansions(passage, &found, &mut phrases);
    }
    for (short, Abbreviation { count, passage, first, .. }) in found {
        let words = phrases.remove(&short).and_then(|phrases| most_frequent(&short, phrases));
        if words.is_some() || short.contains('Đ') {
            report.found(passage, first, TextLint::UnexplainedAbbreviation { found: short, count, words });
        }
    }
}

/// By abbreviation, the phrases with its first letters, and how often each stands in the issue.
type Phrases = BTreeMap<String, BTreeMap<String, usize>>;

/// The phrase that an abbreviation may stand for: few letters begin many phrases, so it must be one of the issue's own.
fn most_frequent(short: &str, phrases: BTreeMap<String, usize>) -> Option<String> {
    /// Phrases of three words that begin so are too many.
    const FEWEST_LETTERS: usize = 4;
    let is_long = short.chars().count() >= FEWEST_LETTERS || short.contains('Đ');
    let (phrase, count) = phrases.into_iter().max_by_key(|(_, count)| *count)?;
    (is_long && count >= OFTEN && !phrase.is_ascii()).then_some(phrase)
}

fn is_abbreviation(passage: &Passage, range: &Range<usize>) -> bool {
    let text = &passage.text;
    let word = &text[range.clone()];
    let count = word.chars().count();
    let is_letter = |c: char| c.is_ascii_uppercase() || c == 'Đ';
    if !(SHORTEST..=LONGEST).contains(&count) || !word.chars().all(is_letter) || passage.is_address(range) {
        return false;
    }
    // By itself it is somebody's credit.
    if text.trim() == word {
        return false;
    }
    // Part of a code: 45/QĐ-TTg.
    let joins = |c: char| c.is_alphanumeric() || "-/_&.".contains(c);
    let before = text[..range.start].chars().next_back().is_some_and(joins);
    let after = text[range.end..].chars().next().is_some_and(|c| joins(c) && c != '.');
    let is_roman = word.chars().all(|c| "IVXLCDM".contains(c));
    // Within a line in large letters a word may be any.
    let is_large = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let neighbours = [text[..range.start].split_whitespace().next_back(), text[range.end..].split_whitespace().next()];
    let is_known = KNOWN.split_ascii_whitespace().any(|known| known == word);
    let is_amid_large = neighbours.into_iter().flatten().any(|word| is_large(word.trim_matches(['(', ')', ',', '.'])));
    !before && !after && !is_roman && !is_known && !is_amid_large && Syllable::of(word).is_none()
}

/// Whether an abbreviation stands in brackets behind its words, before them, or behind a word that says so.
fn is_explained(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end_matches(['“', '"', ' ']);
    let after = text[range.end..].trim_start_matches(['”', '"']);
    let is_named = ["(", "là", "tắt", ":"].iter().any(|end| before.ends_with(end)) || before.is_empty();
    is_named && after.starts_with([')', ':', ',', ';']) || after.starts_with(" (") || after.starts_with(" là ")
}

/// Counts phrases whose first letters are those of an abbreviation.
fn expansions(passage: &Passage, found: &BTreeMap<String, Abbreviation<'_>>, phrases: &mut Phrases) {
    let text = &passage.text;
    let all: Vec<_> = words(text).collect();
    let initials: Vec<char> = all.iter().map(|range| initial(&text[range.clone()])).collect();
    for count in SHORTEST..=LONGEST {
        for (window, ranges) in initials.windows(count).zip(all.windows(count)) {
            let short: String = window.iter().collect();
            let is_joined = || ranges.windows(2).all(|pair| &text[pair[0].end..pair[1].start] == " ");
            let is_word = |range: &Range<usize>| text[range.clone()].chars().any(char::is_lowercase);
            if found.contains_key(&short) && is_joined() && ranges.iter().all(is_word) {
                let phrase = text[ranges[0].start..ranges[count - 1].end].to_lowercase();
                *phrases.entry(short).or_default().entry(phrase).or_default() += 1;
            }
        }
    }
}

/// The first letter of a word as abbreviations have it: large, and without marks.
fn initial(word: &str) -> char {
    use unicode_normalization::UnicodeNormalization;
    let first = word.chars().next().unwrap_or_default();
    let plain = first.nfd().next().unwrap_or(first);
    plain.to_uppercase().next().unwrap_or(plain)
}
