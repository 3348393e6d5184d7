//! Marks of tones: on a letter that never bears one (`câù`), or now on one letter, now on another (`hòa` and `hoà`), which
//! are both right, but not in one issue.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::Report;
use super::passages::Passage;
use super::words::words;
use crate::diagnostic::TextLint;
use crate::vietnamese::{Placement, Syllable, Tone};

/// Where a syllable was written.
struct Written<'a> {
    passage: &'a Passage,
    range: Range<usize>,
}

/// The places of one syllable in the whole issue, by where its mark stands.
#[derive(Default)]
struct Places<'a> {
    first: Vec<Written<'a>>,
    second: Vec<Written<'a>>,
}

/// Reports marks on letters that never bear them, and syllables that have theirs now here, now there: the rarer, or where
/// both are as common, the one in the style that is rarer in the whole issue.
pub(super) fn tones(passages: &[Passage], report: &mut Report) {
    let mut syllables = HashMap::<(String, Tone), Places<'_>>::new();
    // A text has few words, many times each.
    let mut known = FxHashMap::<&str, Option<(Syllable, Placement)>>::default();
    for passage in passages {
        let is_pinyin = passage.text.contains(is_of_pinyin);
        for range in words(&passage.text).filter(|range| !passage.is_address(range)) {
            let word = &passage.text[range.clone()];
            // Nothing but vowels side by side can be marked in two ways.
            if word.is_ascii() {
                continue;
            }
            let marked = known.entry(word).or_insert_with(|| {
                let syllable = Syllable::apart(word)?;
                let placement = syllable.placement().filter(|placement| *placement != Placement::Only)?;
                Some((syllable, placement))
            });
            let Some((syllable, placement)) = marked else { continue };
            match *placement {
                Placement::Wrong { belongs } if !(is_pinyin && is_plain(syllable)) => {
                    misplaced(passage, range, syllable, belongs, report);
                }
                Placement::First | Placement::Second => {
                    let places = syllables.entry((syllable.letters.clone(), syllable.tone)).or_default();
                    let written = Written { passage, range };
                    if *placement == Placement::First {
                        places.first.push(written);
                    } else {
                        places.second.push(written);
                    }
                }
                _ => {}
            }
        }
    }
    mixed(syllables.into_values().collect(), report);
}

/// Chinese in Latin letters has marks of its own, such as those of huì.
fn is_of_pinyin(character: char) -> bool {
    "āēīōūǖǎěǐǒǔǚ".contains(character)
}

/// Whether nothing in a syllable but its tone tells that it is Vietnamese.
fn is_plain(syllable: &Syllable) -> bool {
    syllable.letters.is_ascii()
}

fn misplaced(passage: &Passage, range: Range<usize>, syllable: &Syllable, belongs: usize, report: &mut Report) {
    let found = passage.text[range.clone()].to_owned();
    let mark = match syllable.tone {
        Tone::Level => return,
        Tone::Grave => '\u{300}',
        Tone::Acute => '\u{301}',
        Tone::Tilde => '\u{303}',
        Tone::Hook => '\u{309}',
        Tone::Dot => '\u{323}',
    };
    // The letters as they were typed, in capitals or not.
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let bare: String = found.nfd().filter(|c| !is_tone(c)).nfc().collect();
    let letters = bare.chars().enumerate();
    let marked: String = letters
        .flat_map(|(index, letter)| std::iter::once(letter).chain((index == belongs).then_some(mark)))
        .nfc()
        .collect();
    let error = TextLint::MisplacedTone { found, meant: marked.clone() };
    report.fixable(passage, range, error, &marked);
}

fn mixed(syllables: Vec<Places<'_>>, report: &mut Report) {
    let (first, second) = syllables
        .iter()
        .fold((0, 0), |(first, second), places| (first + places.first.len(), second + places.second.len()));
    for Places { first: on_first, second: on_second } in syllables {
        let votes = (on_first.len(), first).cmp(&(on_second.len(), second));
        let (usual, rarer) = if votes.is_ge() { (on_first, on_second) } else { (on_second, on_first) };
        let Some(word) = usual.first().map(|written| written.passage.text[written.range.clone()].to_lowercase()) else {
            continue;
        };
        for Written { passage, range } in rarer {
            let found = passage.text[range.clone()].to_owned();
            let error = TextLint::MixedTonePlacement { found, usual: word.clone(), count: usual.len() };
            report.found(passage, range, error);
        }
    }
}
