//! Text that was typed for fonts from before Unicode becomes Unicode.
//!
//! A font's name is a weak witness: offices set TCVN3 in Times New Roman and Unicode in .VnTime. So the words decide, each
//! together with its neighbours: `evidence` says how well a word fits each reading, `choice` finds the readings of all
//! words that fit best together, where a change of reading costs something and costs less where a paragraph ends or the
//! font changes. Then the votes of all words of a font correct what its name made believe, and the choice is made again.

mod capitals;
mod choice;
mod clean;
mod evidence;
mod fonts;
mod lines;
mod rewrite;
mod spelling;
mod words;

use std::sync::Arc;

use super::document::{Document, Doubt, DoubtKind};
use choice::{Step, choose};
pub(super) use clean::windows_1252;
use evidence::{Evidence, Judge};
use fonts::Votes;
use lines::{Slot, for_each_line};
use words::{Token, tokens};

/// How many places a document is doubted at; further ones say nothing new.
const MOST_DOUBTS: usize = 10;

/// How a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Unicode = 0,
    Tcvn3 = 1,
    Vni = 2,
}

const READINGS: [Reading; 3] = [Reading::Unicode, Reading::Tcvn3, Reading::Vni];

/// Decodes what was typed in TCVN3 or VNI, takes away what nobody sees (soft hyphens, characters without width), and
/// normalises all text to NFC. Adds a doubt for the first decoded words, and for each place that could be read either way.
pub(super) fn to_unicode(document: &mut Document) {
    let words = gather(document);
    let readings = decide(&words);
    rewrite::rewrite(document, &readings);
    let (decoded, undecided) = doubtful(document, &words, &readings);
    document
        .doubts
        .extend(decoded.into_iter().chain(undecided).map(|about| Doubt { kind: DoubtKind::Encoding, about }));
}

/// A word: where it stands and what speaks for each reading of it.
struct Word {
    line: usize,
    font: Option<Arc<str>>,
    evidence: Evidence,
}

/// All words of all text, in order.
fn gather(document: &mut Document) -> Vec<Word> {
    let mut judge = Judge::default();
    let mut words = Vec::new();
    let mut line = 0;
    for_each_line(document, &mut |slots: &mut [Slot<'_>]| {
        for slot in slots.iter_mut() {
            clean::name_controls(slot.text);
        }
        let (characters, found) = tokens(slots);
        for Token { range, slot } in found {
            let evidence = judge.evidence(&characters[range]);
            words.push(Word { line, font: slots[slot].font.clone(), evidence });
        }
        line += 1;
    });
    words
}

/// The reading of each word.
fn decide(words: &[Word]) -> Vec<Reading> {
    if words.iter().all(|word| !word.evidence.speaks_for_legacy()) {
        return vec![Reading::Unicode; words.len()];
    }
    let mut votes = Votes::default();
    let mut readings = Vec::new();
    // By the names of the fonts, then by what the first choice found in them.
    for _ in 0..2 {
        let steps = words.iter().enumerate().map(|(i, word)| {
            let before = i.checked_sub(1).and_then(|i| words.get(i));
            let (new_line, new_font) = before.map_or((true, true), |b| (b.line != word.line, b.font != word.font));
            let prior = if new_line || new_font { votes.prior(word.font.as_deref()) } else { [0.0; 3] };
            Step { costs: word.evidence.costs_with(prior), change: change_cost(new_line, new_font) }
        });
        readings = choose(steps);
        votes = Votes::count(words.iter().zip(&readings).map(|(w, r)| (w.font.as_deref(), &w.evidence, *r)));
    }
    readings
}

/// What it costs to read a word in another way than the word before it.
fn change_cost(new_line: bool, new_font: bool) -> f32 {
    match (new_line, new_font) {
        (true, _) => 4.0,
        (false, true) => 4.0,
        (false, false) => 8.0,
    }
}

/// The first words that were decoded, and those of the lines that could be read either way.
fn doubtful(document: &mut Document, words: &[Word], readings: &[Reading]) -> (Option<String>, Vec<String>) {
    let line_of_first = words.iter().zip(readings).find(|(w, r)| **r != Reading::Unicode && w.evidence.is_any());
    let line_of_first = line_of_first.map(|(word, _)| word.line);
    let undecided = undecided_lines(words, readings);
    let (mut decoded, mut places, mut line) = (None, Vec::new(), 0);
    for_each_line(document, &mut |slots| {
        if Some(line) == line_of_first {
            decoded = Some(first_words(slots));
        } else if undecided.binary_search(&line).is_ok() {
            places.push(first_words(slots));
        }
        line += 1;
    });
    (decoded, places)
}

/// The lines that were left as they are although something in them reads better in another way.
fn undecided_lines(words: &[Word], readings: &[Reading]) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(first) = words.get(start) {
        let length = words[start..].iter().take_while(|word| word.line == first.line).count();
        let here = start..start + length;
        let stays = readings[here.clone()].iter().all(|reading| *reading == Reading::Unicode);
        if stays && Evidence::sum(words[here.clone()].iter().map(|word| &word.evidence)).is_doubtful() {
            lines.push(first.line);
        }
        start = here.end;
    }
    lines.truncate(MOST_DOUBTS);
    lines
}

/// Enough of a line to know it again.
fn first_words(slots: &[Slot<'_>]) -> String {
    const MANY: usize = 8;
    let text: String = slots.iter().map(|slot| slot.text.as_str()).collect();
    text.split_whitespace().take(MANY).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
