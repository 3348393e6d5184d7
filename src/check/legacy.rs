//! Text typed in TCVN3 or VNI fonts, which reads as nonsense in any other.

use std::ops::Range;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::{Encoding, Syllable, decode};

/// Reports the stretch of a text that was typed so, with what it says. Whether there is one.
pub(super) fn legacy(passage: &Passage, report: &mut Report) -> bool {
    let stretch = |encoding| stretch(passage, encoding).map(|(range, count)| (range, count, encoding));
    let found = [Encoding::Tcvn3, Encoding::Vni].into_iter().filter_map(stretch).max_by_key(|(_, count, _)| *count);
    let Some((range, _, encoding)) = found else { return false };
    let converted = convert(&passage.text[range.clone()], encoding);
    report.found(passage, range, TextLint::LegacyEncoding { encoding, converted });
    true
}

/// From the first to the last word that is Vietnamese only in this encoding, and how many there are; `None` where they
/// may be accidents: fewer than two, or not clearly more than words that are something else.
fn stretch(passage: &Passage, encoding: Encoding) -> Option<(Range<usize>, usize)> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut others = 0;
    for range in tokens(&passage.text).filter(|range| !passage.is_address(range)) {
        let word = &passage.text[range.clone()];
        if word.is_ascii() {
            continue;
        }
        let decoded =
            decode(word, encoding).filter(|decoded| reads_as_vietnamese(decoded) && !reads_as_vietnamese(word));
        match decoded {
            Some(_) => found.push(range),
            None => others += 1,
        }
    }
    let is_clear = found.len() >= 2 && found.len() > others;
    is_clear.then(|| {
        let (first, last) = (found[0].start, found[found.len() - 1].end);
        // At its end may stand words that could be read either way.
        let further = tokens(&passage.text).skip_while(|range| range.start < last);
        let either = further.take_while(|range| {
            let word = &passage.text[range.clone()];
            decode(word, encoding).is_some_and(|decoded| reads_as_vietnamese(&decoded))
        });
        (first..either.last().map_or(last, |range| range.end), found.len())
    })
}

/// Whether the letters of a word are a syllable of the language.
fn reads_as_vietnamese(word: &str) -> bool {
    Syllable::of(word.trim_matches(|c: char| c.is_ascii_punctuation())).is_some()
}

fn convert(text: &str, encoding: Encoding) -> String {
    let mut converted = String::new();
    let mut at = 0;
    for range in tokens(text) {
        converted.push_str(&text[at..range.start]);
        let word = &text[range.clone()];
        converted.push_str(&decode(word, encoding).unwrap_or_else(|| word.to_owned()));
        at = range.end;
    }
    converted + &text[at..]
}

/// The ranges of what stands between spaces and ASCII marks. The letters of these encodings may look like marks.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_outer = |c: char| c.is_ascii_punctuation() || (c.is_whitespace() && c != '\u{a0}');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c| !is_outer(c))?;
        let length = text[start..].find(is_outer).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}
