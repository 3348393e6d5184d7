//! What the characters of a word stand for.

use crate::vietnamese::{Encoding, Syllable, letters};

const SOFT_HYPHEN: char = '\u{ad}';

/// A word as it was meant.
pub(super) struct Spelling {
    /// Each letter, and how many characters were typed for it; no letter for what was typed by mistake.
    pub(super) letters: Vec<(Option<char>, usize)>,
    pub(super) is_syllable: bool,
}

impl Spelling {
    /// `None` where a word has characters that the encoding does not have.
    pub(super) fn of(typed: &[char], encoding: Encoding) -> Option<Self> {
        let plain = Self::without(typed, &[], encoding)?;
        if plain.is_syllable || encoding == Encoding::Vni || !typed.contains(&SOFT_HYPHEN) {
            return Some(plain);
        }
        // The letter ư of TCVN3 is a soft hyphen. Where it makes no syllable it may be a hyphen that was typed as such,
        // or that a program doubled.
        let stray = stray_hyphens(typed);
        let mut others = stray.iter().filter_map(|dropped| Self::without(typed, dropped, encoding));
        let better = others.find(|spelling| spelling.is_syllable);
        better.or_else(|| Self::without(typed, stray.first()?, encoding)).or(Some(plain))
    }

    pub(super) fn word(&self) -> String {
        self.letters.iter().filter_map(|(letter, _)| *letter).collect()
    }

    fn without(typed: &[char], dropped: &[usize], encoding: Encoding) -> Option<Self> {
        let kept: Vec<char> =
            typed.iter().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, c)| *c).collect();
        let mut found: Vec<(Option<char>, usize)> =
            letters(&kept, encoding)?.iter().map(|letter| (Some(letter.letter), letter.typed)).collect();
        // Soft hyphens are letters of one character, so places and letters are the same up to the first of them.
        for at in dropped {
            found.insert((*at).min(found.len()), (None, 1));
        }
        raise(&mut found);
        let mut spelling = Self { letters: found, is_syllable: false };
        spelling.is_syllable = is_syllable(&spelling.word());
        Some(spelling)
    }
}

/// Which soft hyphens may be too many, in the order in which that is likely: doubled ones and those in front; all at the
/// edges; all.
fn stray_hyphens(typed: &[char]) -> [Vec<usize>; 3] {
    let all: Vec<usize> = typed.iter().enumerate().filter(|(_, c)| **c == SOFT_HYPHEN).map(|(at, _)| at).collect();
    let first = typed.iter().take_while(|c| **c == SOFT_HYPHEN).count();
    let last = typed.len() - typed.iter().rev().take_while(|c| **c == SOFT_HYPHEN).count();
    let is_doubled = |at: usize| at.checked_sub(1).is_some_and(|before| typed[before] == SOFT_HYPHEN);
    let pick = |is_stray: &dyn Fn(usize) -> bool| all.iter().copied().filter(|at| is_stray(*at)).collect();
    [pick(&|at| at < first || is_doubled(at)), pick(&|at| at < first || at >= last), all.clone()]
}

/// TCVN3 has no capitals with a tone: who typed capitals left these letters small.
fn raise(found: &mut [(Option<char>, usize)]) {
    let typed_small = |c: char| c.is_lowercase() && !c.is_ascii();
    let word = || found.iter().filter_map(|(letter, _)| *letter);
    let capitals = word().filter(|c| c.is_uppercase()).count();
    if capitals >= 2 && word().all(|c| c.is_uppercase() || typed_small(c)) {
        for (letter, _) in found {
            *letter = letter.map(|c| c.to_uppercase().next().unwrap_or(c));
        }
    }
}

/// The bytes of Latin-1 that were typed, where a program gave them other names: PDFs by the names of glyphs, symbol fonts
/// by the private use area.
pub(super) fn as_typed(word: &[char]) -> Vec<char> {
    let has_letter = word.iter().any(|c| c.is_ascii_alphabetic() || matches!(c, '®' | '§'));
    word.iter().map(|c| if has_letter { byte_of(*c) } else { *c }).collect()
}

fn byte_of(character: char) -> char {
    match character {
        // Minus and bullet operator, of ư and ã in what old versions of Distiller made.
        '\u{2212}' => SOFT_HYPHEN,
        '\u{2219}' => '·',
        'μ' => 'µ',
        '\u{f0a0}'..='\u{f0ff}' => char::from_u32(u32::from(character) - 0xf000).unwrap_or(character),
        _ => character,
    }
}

/// Whether a word is Vietnamese.
pub(super) fn is_syllable(word: &str) -> bool {
    Syllable::of(word).is_some()
}

/// Whether a word is syllables without spaces between them.
pub(super) fn is_several_syllables(word: &str) -> bool {
    const LONGEST_SYLLABLE: usize = 7;
    const LONGEST: usize = 40;
    let letters: Vec<char> = word.chars().collect();
    if letters.len() > LONGEST {
        return false;
    }
    let mut ends = vec![false; letters.len() + 1];
    ends[0] = true;
    for start in 0..letters.len() {
        if !ends[start] {
            continue;
        }
        for end in start + 2..=(start + LONGEST_SYLLABLE).min(letters.len()) {
            let part: String = letters[start..end].iter().collect();
            ends[end] |= is_syllable(&part);
        }
    }
    ends[letters.len()]
}
