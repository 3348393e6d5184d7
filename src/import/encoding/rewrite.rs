//! Writes the decided readings back into the spans that the words were cut into.

use unicode_normalization::{UnicodeNormalization, char::compose, is_nfc};

use super::super::document::Document;
use super::evidence::is_legacy;
use super::lines::{Slot, for_each_line};
use super::spelling::{Spelling, as_typed};
use super::words::{Token, tokens};
use super::{Reading, capitals, clean, fonts};
use crate::vietnamese::Encoding;

/// Rewrites every text of a document: one reading for each of its words.
pub(super) fn rewrite(document: &mut Document, readings: &[Reading]) {
    let mut rest = readings.iter().copied();
    for_each_line(document, &mut |slots| {
        let (characters, found) = tokens(slots);
        let fonts: Vec<_> = slots.iter().map(|slot| slot.font.clone()).collect();
        let mut meant: Vec<Option<char>> = characters.iter().copied().map(Some).collect();
        for Token { range, slot } in found {
            let reading = rest.next().unwrap_or(Reading::Unicode);
            let font = fonts[slot].as_deref();
            let before = range.start.checked_sub(1).and_then(|at| characters.get(at).copied());
            word(&characters[range.clone()], reading, font, before, &mut meant[range]);
        }
        remove_unseen(&mut meant);
        write_back(slots, &meant);
        compose_across(slots);
    });
    let tcvn3 = readings.iter().filter(|reading| **reading == Reading::Tcvn3).count();
    if tcvn3 * 2 > readings.len() {
        capitals::restore(document);
    }
}

/// Decodes one word in place; where two characters make a letter, the second is gone.
fn word(characters: &[char], reading: Reading, font: Option<&str>, before: Option<char>, meant: &mut [Option<char>]) {
    let encoding = match reading {
        Reading::Unicode => return,
        Reading::Tcvn3 => Encoding::Tcvn3,
        Reading::Vni => Encoding::Vni,
    };
    if !characters.iter().all(char::is_ascii)
        && let Some(spelling) = spelling(characters, encoding, font, before)
    {
        let mut at = 0;
        for (letter, typed) in spelling.letters {
            meant[at..at + typed].fill(None);
            meant[at] = letter;
            at += typed;
        }
    }
    if reading == Reading::Tcvn3 && font.is_some_and(fonts::prints_capitals) {
        for letter in meant.iter_mut() {
            *letter = letter.map(|c| c.to_uppercase().next().unwrap_or(c));
        }
    }
}

/// A word that is not ASCII alone; `None` where it is to stay as it is.
fn spelling(characters: &[char], encoding: Encoding, font: Option<&str>, before: Option<char>) -> Option<Spelling> {
    let typed = as_typed(characters);
    let spelling = Spelling::of(&typed, encoding)?;
    let is_meant = if typed.iter().any(|c| c.is_alphabetic()) {
        font.is_some_and(|font| fonts::is_named_for(font, encoding)) || is_legacy(&typed, &spelling)
    } else {
        is_letter(&typed, before)
    };
    is_meant.then_some(spelling)
}

/// Whether marks without any letter beside them are letters all the same: `5.000®` is 5.000đ, `¸` is á; a fraction, a
/// multiplication sign, a bullet stay.
fn is_letter(typed: &[char], before: Option<char>) -> bool {
    let follows_digit = before.is_some_and(|c| c.is_ascii_digit());
    match typed {
        ['®'] => true,
        ['§' | '«' | '¬' | '¸' | 'µ' | '¹' | '¶'] => !follows_digit,
        [] | [_] => false,
        // More than one: `«¸` is no sign of anything else.
        _ => true,
    }
}

fn remove_unseen(meant: &mut [Option<char>]) {
    let mut before = None;
    for character in meant.iter_mut() {
        if character.is_some_and(|c| clean::is_unseen(c, before)) {
            *character = None;
        }
        before = character.or(before);
    }
}

fn write_back(slots: &mut [Slot<'_>], meant: &[Option<char>]) {
    let mut rest = meant;
    for slot in slots.iter_mut() {
        let (here, after) = rest.split_at(slot.text.chars().count().min(rest.len()));
        rest = after;
        let text: String = here.iter().flatten().collect();
        *slot.text = if is_nfc(&text) { text } else { text.nfc().collect() };
    }
}

/// A mark at the start of a span belongs to the letter at the end of the one before.
fn compose_across(slots: &mut [Slot<'_>]) {
    for at in 1..slots.len() {
        let (before, from) = slots.split_at_mut(at);
        let (Some(left), Some(right)) = (before.iter_mut().rev().find(|slot| !slot.text.is_empty()), from.first_mut())
        else {
            continue;
        };
        while !right.is_apart
            && let (Some(letter), Some(mark)) = (left.text.chars().next_back(), right.text.chars().next())
            && unicode_normalization::char::canonical_combining_class(mark) != 0
            && let Some(composed) = joined(letter, mark)
        {
            left.text.pop();
            left.text.push(composed);
            right.text.remove(0);
        }
    }
}

/// A letter with a further mark, in whatever order the marks are: ạ and a circumflex are ậ.
fn joined(letter: char, mark: char) -> Option<char> {
    compose(letter, mark).or_else(|| {
        let mut both = [letter, mark].into_iter().nfc();
        both.next().filter(|_| both.next().is_none())
    })
}
