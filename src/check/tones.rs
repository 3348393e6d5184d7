//! Tone marks that stand now on one letter, now on another: `hòa` and `hoà`. Both styles are right, the mixture is not.

use std::collections::HashMap;
use std::ops::Range;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::{Syllable, Tone};

/// Where a syllable was written.
struct Written<'a> {
    /// How many passages stand before it.
    index: usize,
    passage: &'a Passage,
    range: Range<usize>,
}

/// A syllable in the whole issue: letters and tone, then each place of the mark with where it is written so.
type Syllables<'a> = HashMap<(String, Tone), HashMap<usize, Vec<Written<'a>>>>;

/// Finds syllables with their mark in several places, and reports the rarer.
pub(super) fn mixed(passages: &[Passage], report: &mut Report) {
    let mut syllables = Syllables::new();
    for (index, passage) in passages.iter().enumerate() {
        for range in words(&passage.text).filter(|range| !passage.is_address(range)) {
            let word = &passage.text[range.clone()];
            // Nothing but vowels side by side can be marked in two ways.
            if word.is_ascii() {
                continue;
            }
            let Some(Syllable { letters, tone, marked: Some(marked) }) = Syllable::apart(word) else { continue };
            let places = syllables.entry((letters, tone)).or_default();
            places.entry(marked).or_default().push(Written { index, passage, range });
        }
    }
    let mut mixtures: Vec<_> = syllables.into_values().filter(|places| places.len() > 1).collect();
    for places in &mut mixtures {
        let mut styles: Vec<_> = places.drain().map(|(_, written)| written).collect();
        // The commoner first; of two that are as common, the one that was met first.
        let first = |written: &[Written<'_>]| (written[0].index, written[0].range.start);
        styles.sort_by_key(|written| (std::cmp::Reverse(written.len()), first(written)));
        let usual = &styles[0][0];
        let usual_word = usual.passage.text[usual.range.clone()].to_lowercase();
        for written in styles[1..].iter().flatten() {
            let found = written.passage.text[written.range.clone()].to_owned();
            let error = TextLint::MixedTonePlacement { found, usual: usual_word.clone(), count: styles[0].len() };
            report.found(written.passage, written.range.clone(), error);
        }
    }
}

/// The ranges of the words of a text: letters, with the marks that belong to them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let length = text[start..].find(|c| !is_letter(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}
