//! Texts as a mistake of the hand, a paste or somebody with bad intentions leaves them.

use crate::damage::{Random, damaged};

/// A text with pieces of syntax, odd characters and pieces of itself in wrong places; now and then with broken bytes.
pub(crate) fn garbled(text: &str, tokens: &[&str], random: &mut Random) -> Vec<u8> {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(characters.len() + 1);
        let end = (at + 1 + random.below(12)).min(characters.len());
        match random.below(8) {
            0..=2 => {
                let token: Vec<char> = one_of(tokens, random).chars().collect();
                let replaced = if random.below(2) == 0 { at..at } else { at..end };
                drop(characters.splice(replaced, token));
            }
            3 => drop(characters.drain(at..end)),
            4 => characters.truncate(at),
            5 => {
                let piece: Vec<char> = characters[at..end].to_vec();
                let other = random.below(characters.len() + 1);
                drop(characters.splice(other..other, piece));
            }
            6 => {
                let token: Vec<char> = one_of(tokens, random).chars().collect();
                let many = token.repeat(1 + random.below(300));
                drop(characters.splice(at..at, many));
            }
            // A line goes, or comes twice.
            _ => {
                let starts = characters[..at].iter().rposition(|c| *c == '\n').map_or(0, |line| line + 1);
                let ends = characters[at..].iter().position(|c| *c == '\n').map_or(characters.len(), |line| at + line);
                let line: Vec<char> = characters[starts..ends].iter().copied().chain(['\n']).collect();
                let with = if random.below(2) == 0 { Vec::new() } else { line.repeat(2) };
                drop(characters.splice(starts..ends, with));
            }
        }
    }
    let bytes = characters.into_iter().collect::<String>().into_bytes();
    if random.below(10) == 0 { damaged(&bytes, random) } else { bytes }
}

fn one_of<'a>(tokens: &[&'a str], random: &mut Random) -> &'a str {
    tokens[random.below(tokens.len())]
}
