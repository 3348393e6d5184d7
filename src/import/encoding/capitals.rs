//! Capitals that TCVN3 cannot write: it has none of letters with a tone, so that Ủy ban is typed as ủy ban.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::super::document::Document;
use super::lines::{Slot, for_each_line};

/// Gives words their capitals back in a document that was typed in TCVN3: at the start of paragraphs and sentences, and
/// in names that stand elsewhere with a capital, whose mark was put on the second letter for that (Uỷ ban).
pub(super) fn restore(document: &mut Document) {
    let mut names = HashSet::new();
    for_each_line(document, &mut |slots| names.extend(capital_names(&characters(slots))));
    for_each_line(document, &mut |slots| {
        let mut line = characters(slots);
        if raise(&mut line, &names) {
            let mut rest = line.into_iter();
            for slot in slots {
                let count = slot.text.chars().count();
                *slot.text = rest.by_ref().take(count).collect();
            }
        }
    });
}

fn characters(slots: &[Slot<'_>]) -> Vec<char> {
    slots.iter().flat_map(|slot| slot.text.chars()).collect()
}

/// A word and the one behind it, without what differs between two ways to write them.
type Pair = (String, String);

/// The words of a line: where each starts and ends.
fn words(line: &[char]) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, character) in line.iter().enumerate() {
        if !character.is_alphanumeric() {
            continue;
        }
        match words.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => words.push((at, at + 1)),
        }
    }
    words
}

fn capital_names(line: &[char]) -> Vec<Pair> {
    let words = words(line);
    let pairs = words.windows(2).filter(|pair| line[pair[0].0].is_uppercase());
    pairs.map(|pair| (plain(&line[pair[0].0..pair[0].1]), plain(&line[pair[1].0..pair[1].1]))).collect()
}

/// A word in small letters with its marks behind all of them: uỷ and ủy are one.
fn plain(word: &[char]) -> String {
    let decomposed: Vec<char> = word.iter().flat_map(|c| c.to_lowercase()).nfd().collect();
    let is_tone = |c: &&char| matches!(**c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let letters = decomposed.iter().filter(|c| !is_tone(c));
    letters.chain(decomposed.iter().filter(is_tone)).collect()
}

/// Raises words of a line; whether there were any.
fn raise(line: &mut [char], names: &HashSet<Pair>) -> bool {
    let words = words(line);
    let mut is_raised = false;
    for (index, &(start, end)) in words.iter().enumerate() {
        if !has_no_capital(line[start]) {
            continue;
        }
        let is_name = words
            .get(index + 1)
            .is_some_and(|&(next, next_end)| names.contains(&(plain(&line[start..end]), plain(&line[next..next_end]))));
        if is_name || starts_sentence(&line[..start]) {
            line[start] = line[start].to_uppercase().next().unwrap_or(line[start]);
            is_raised = true;
        }
    }
    is_raised
}

/// Whether TCVN3 has a letter as a small one alone: those with a tone.
fn has_no_capital(letter: char) -> bool {
    let mut parts = [letter].into_iter().nfd();
    letter.is_lowercase() && parts.any(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
}

/// Whether what stands before a word ends a sentence, or is no word at all.
fn starts_sentence(before: &[char]) -> bool {
    let is_opening = |c: &char| c.is_whitespace() || matches!(*c, '“' | '"' | '(' | '«' | '‘' | '\'');
    let last = before.iter().rev().find(|c| !is_opening(c));
    let has_space = before.last().is_none_or(is_opening);
    match last {
        None => true,
        Some('.' | '!' | '?' | '…') => has_space,
        Some('-' | '–' | '+' | '*' | '•') => before.iter().all(|c| !c.is_alphanumeric()),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(text: &str, other: &str) -> String {
        let names = capital_names(&other.chars().collect::<Vec<_>>()).into_iter().collect();
        let mut line: Vec<char> = text.chars().collect();
        raise(&mut line, &names);
        line.into_iter().collect()
    }

    #[test]
    fn sentences_begin_with_capitals() {
        assert_eq!(raised("ở xã. ủy ban họp; ấp Ba", ""), "Ở xã. Ủy ban họp; ấp Ba");
        assert_eq!(raised("- ứng dụng số", ""), "- Ứng dụng số");
        assert_eq!(raised("họp ở xã", ""), "họp ở xã");
    }

    #[test]
    fn names_are_those_of_elsewhere() {
        assert_eq!(raised("xin ủy ban xã ủy quyền", "Uỷ ban xã"), "xin Ủy ban xã ủy quyền");
    }
}
