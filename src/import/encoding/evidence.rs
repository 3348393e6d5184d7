//! What a word says of how it was typed.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::spelling::{Spelling, as_typed, is_several_syllables, is_syllable};
use crate::vietnamese::Encoding;

/// The longest word that is looked at; longer ones are no words.
const LONGEST: usize = 40;

/// A word that is a syllable of Vietnamese in this reading.
const SYLLABLE: f32 = 2.0;
/// A word that may be of another language, or an abbreviation.
const FOREIGN: f32 = 6.0;
/// The same, where the reading is one of Vietnamese fonts alone, in which nobody types other languages.
const NOT_VIETNAMESE: f32 = 8.0;
/// A word that no language has: a superscript or a paragraph sign in front of a letter.
const ODD: f32 = 11.0;
/// A word that cannot have been typed so.
const IMPOSSIBLE: f32 = 13.0;
/// How much better than Unicode another reading must be for a line to be doubtful.
const DOUBTFUL: f32 = 8.0;

/// What each reading of a word costs, in the order of [`super::Reading`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence([f32; 3]);

impl Evidence {
    /// Whether the word says anything.
    pub(super) fn is_any(&self) -> bool {
        self.0 != [0.0; 3]
    }

    /// Whether another reading than Unicode is better.
    pub(super) fn speaks_for_legacy(&self) -> bool {
        self.gain() > 0.0
    }

    pub(super) fn costs_with(&self, prior: [f32; 3]) -> [f32; 3] {
        let [unicode, tcvn3, vni] = self.0;
        [unicode + prior[0], tcvn3 + prior[1], vni + prior[2]]
    }

    pub(super) fn sum<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        Self(all.fold([0.0; 3], |sum, one| one.costs_with(sum)))
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.gain() >= DOUBTFUL
    }

    fn gain(&self) -> f32 {
        let [unicode, tcvn3, vni] = self.0;
        unicode - tcvn3.min(vni)
    }
}

/// Judges words, each only once.
#[derive(Debug, Default)]
pub(super) struct Judge {
    known: HashMap<Vec<char>, Evidence>,
}

impl Judge {
    pub(super) fn evidence(&mut self, word: &[char]) -> Evidence {
        if word.iter().all(char::is_ascii) || word.len() > LONGEST {
            return Evidence::default();
        }
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let evidence = judge(word);
        self.known.insert(word.to_vec(), evidence);
        evidence
    }
}

fn judge(word: &[char]) -> Evidence {
    // A mark by itself is a bullet, a currency, a quotation mark as often as a letter.
    if !word.iter().any(|c| c.is_alphabetic()) {
        return Evidence::default();
    }
    let typed = as_typed(word);
    let unicode = as_unicode(word, &typed);
    Evidence([unicode, as_legacy(&typed, Encoding::Tcvn3), as_legacy(&typed, Encoding::Vni)])
}

fn as_unicode(word: &[char], typed: &[char]) -> f32 {
    let seen: String = word.iter().copied().filter(|c| *c != '\u{ad}').nfc().collect();
    if is_odd(typed) {
        ODD
    } else if is_syllable(&seen) {
        SYLLABLE
    } else {
        FOREIGN
    }
}

fn as_legacy(typed: &[char], encoding: Encoding) -> f32 {
    match Spelling::of(typed, encoding) {
        None => IMPOSSIBLE,
        Some(spelling) if spelling.is_syllable => SYLLABLE,
        Some(_) => NOT_VIETNAMESE,
    }
}

/// Whether there are marks where no language has them: in front of a letter, or straight behind a small one.
fn is_odd(typed: &[char]) -> bool {
    typed.windows(2).enumerate().any(|(at, pair)| {
        let [first, second] = [pair[0], pair[1]];
        let is_in_front = second.is_alphabetic();
        match first {
            '¸' | '¹' | '»' | '¼' | '½' | '¾' | '¶' | '§' | '¨' | '©' | '®' | '¬' | '¦' => is_in_front,
            // These open: a question, a quotation, a price, a unit.
            '¡' | 'ª' | '«' | '£' | '¥' | '¢' | '¤' | 'µ' => is_in_front && at > 0,
            // In VNI ơ or ư with a tone; no language puts these side by side.
            'ô' | 'ö' | 'Ô' | 'Ö' => matches!(second, 'ø' | 'ù' | 'û' | 'õ' | 'ï' | 'Ø' | 'Ù' | 'Û' | 'Õ' | 'Ï'),
            _ => first.is_ascii_lowercase() && matches!(second, '¸' | '¬' | '¶' | '¨' | 'µ'),
        }
    })
}

/// Whether a word among words of a legacy encoding is one of them, and not a foreign name that was typed in another font.
pub(super) fn is_legacy(typed: &[char], spelling: &Spelling) -> bool {
    let is_abbreviation = || spelling.letters.iter().all(|(letter, _)| letter.is_none_or(char::is_uppercase));
    spelling.is_syllable || is_odd(typed) || is_abbreviation() || is_several_syllables(&spelling.word())
}
