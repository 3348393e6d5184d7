//! Text typed in TCVN3 or VNI fonts, which reads as nonsense in any other.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::{Encoding, Syllable, decode};

/// Reports the stretches of a text that were typed so, with what they say. `false` where all of the text was.
pub(super) fn legacy(passage: &mut Passage, known: &mut Known, report: &mut Report) -> bool {
    // Both encodings write what shows as Latin letters beyond ASCII.
    if !passage.text.contains(|c| ('\u{80}'..='\u{ff}').contains(&c)) {
        return true;
    }
    let tried = [Encoding::Tcvn3, Encoding::Vni].map(|encoding| (encoding, Words::of(passage, encoding, known)));
    let Some((encoding, words)) = tried.into_iter().max_by_key(|(_, words)| words.count(Kind::Typed)) else {
        return true;
    };
    let others = words.count(Kind::Either) + words.count(Kind::Other);
    let is_whole = words.count(Kind::Typed) >= 2 && words.count(Kind::Typed) > others;
    let stretches = if is_whole { words.whole().into_iter().collect() } else { words.stretches() };
    for range in stretches {
        let converted = convert(&passage.text[range.clone()], encoding);
        report.found(passage, range.clone(), TextLint::LegacyEncoding { encoding, converted });
        passage.set_aside(range);
    }
    !is_whole
}

/// What a word can be in an encoding.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Vietnamese in this encoding, and in no other.
    Typed,
    /// Vietnamese in this encoding, too.
    Either,
    /// The same in every encoding.
    Ascii,
    /// Something else.
    Other,
}

/// What words can be that were met before: a text has few, many times each.
#[derive(Default)]
pub(super) struct Known(FxHashMap<(String, Encoding), Kind>);

impl Known {
    fn kind(&mut self, word: &str, encoding: Encoding) -> Kind {
        if word.is_ascii() {
            return Kind::Ascii;
        }
        // Most words of today's text have letters that no old encoding shows.
        if word.chars().any(|c| c > '\u{ff}') {
            return Kind::Other;
        }
        *self.0.entry((word.to_owned(), encoding)).or_insert_with(|| kind(word, encoding))
    }
}

/// The words of a text, and what each can be.
struct Words(Vec<(Range<usize>, Kind)>);

impl Words {
    fn of(passage: &Passage, encoding: Encoding, known: &mut Known) -> Self {
        let ranges = tokens(&passage.text).filter(|range| !passage.is_address(range));
        let kinds = ranges.map(|range| {
            let kind = known.kind(&passage.text[range.clone()], encoding);
            (range, kind)
        });
        Self(kinds.collect())
    }

    fn count(&self, wanted: Kind) -> usize {
        self.0.iter().filter(|(_, kind)| *kind == wanted).count()
    }

    /// From the first word that was typed so to the last, with words behind it that can be read either way.
    fn whole(&self) -> Option<Range<usize>> {
        let first = self.0.iter().position(|(_, kind)| *kind == Kind::Typed)?;
        let last = self.0.iter().rposition(|(_, kind)| *kind == Kind::Typed)?;
        Some(self.0[first].0.start..self.with_either_behind(last))
    }

    /// Runs of words that make sense in this encoding alone, with no more than two between them that could be read either
    /// way.
    fn stretches(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut run: Option<(usize, usize, usize)> = None;
        for (index, (_, kind)) in self.0.iter().enumerate() {
            match (kind, run) {
                (Kind::Typed, Some((first, last, count))) if index - last <= 3 => run = Some((first, index, count + 1)),
                (Kind::Typed, ended) => {
                    found.extend(ended);
                    run = Some((index, index, 1));
                }
                (Kind::Other, ended) => {
                    found.extend(ended);
                    run = None;
                }
                (Kind::Either | Kind::Ascii, _) => {}
            }
        }
        found.extend(run);
        found.retain(|(_, _, count)| *count >= 2);
        found.into_iter().map(|(first, last, _)| self.0[first].0.start..self.with_either_behind(last)).collect()
    }

    /// Where the words end that follow one and could be read either way.
    fn with_either_behind(&self, last: usize) -> usize {
        let further = self.0[last..].iter().skip(1).take_while(|(_, kind)| *kind == Kind::Either);
        further.last().map_or(self.0[last].0.end, |(range, _)| range.end)
    }
}

fn kind(word: &str, encoding: Encoding) -> Kind {
    let is_typed = decode(word, encoding).is_some_and(|decoded| reads_as_vietnamese(&decoded));
    match (is_typed, is_cased(word) && reads_as_vietnamese(word)) {
        (true, false) => Kind::Typed,
        (true, true) => Kind::Either,
        _ => Kind::Other,
    }
}

/// Whether the letters of a word are large and small as those of words are: what TCVN3 shows as a large letter often
/// stands amid small ones.
fn is_cased(word: &str) -> bool {
    let mut rest = word.chars().skip(1).filter(|c| c.is_alphabetic()).peekable();
    let is_large = rest.peek().is_some_and(|c| c.is_uppercase());
    rest.all(|c| c.is_uppercase() == is_large) && (!is_large || word.starts_with(|c: char| !c.is_lowercase()))
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
