//! How the end of one line goes on at the start of the next: with a space, with nothing, or without the hyphen that
//! merely divides a word.

use rustc_hash::FxHashSet;

use super::spans::Text;

/// How two lines of a paragraph join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    Space,
    Nothing,
    /// The hyphen goes.
    Divided,
}

/// What the lines of a document say about how it breaks them.
#[derive(Debug, Clone, Default)]
pub(super) struct Habits {
    /// Words that stand whole within a line, in lower case, with their hyphens.
    words: FxHashSet<String>,
    lines: usize,
    spaced: usize,
    hyphened: usize,
    /// How often a soft hyphen stands within a line, where it divides nothing: it is a letter of TCVN3.
    soft: usize,
    /// How often two numbers stand within a line with a space after the hyphen between them, and how often without: of
    /// two years, and of others.
    years: [usize; 2],
    numbers: [usize; 2],
}

/// A document writes a space at the end of a line that breaks at one if at least this share of its lines has it: the
/// last lines of paragraphs have none.
const SPACED: f32 = 0.3;
/// A document divides words if at least this share of its lines ends in a hyphen.
const HYPHENED: f32 = 0.02;

impl Habits {
    /// Takes a line into account.
    pub(super) fn learn(&mut self, text: &Text) {
        let plain = text.plain();
        self.lines += 1;
        self.spaced += usize::from(text.ends_with_space);
        self.hyphened += usize::from(divided(&plain).is_some_and(|word| word.is_ascii()));
        self.learn_ranges(&plain);
        self.soft += plain.trim_end_matches('\u{AD}').matches('\u{AD}').count();
        // The first and the last word may be parts.
        let mut words: Vec<&str> = plain.split_whitespace().collect();
        if words.len() > 2 {
            words.pop();
            self.words.extend(words.iter().skip(1).map(|word| bare(word).to_lowercase()));
        }
    }

    fn learn_ranges(&mut self, line: &str) {
        for (at, _) in line.match_indices('-') {
            let before =
                line.get(..at).map_or(0, |before| before.chars().rev().take_while(char::is_ascii_digit).count());
            let after = line.get(at + 1..).unwrap_or_default();
            let rest = after.strip_prefix(' ').unwrap_or(after);
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            if before > 0 && digits > 0 {
                let counts = if before == 4 && digits == 4 { &mut self.years } else { &mut self.numbers };
                // A month and a year are no range.
                if (before == 4) == (digits == 4) {
                    counts[usize::from(rest.len() == after.len())] += 1;
                }
            }
        }
    }

    /// Whether the document writes a space after the hyphen between two such numbers.
    fn is_loose(&self, before: usize, after: usize) -> bool {
        let [loose, tight] = if before == 4 { self.years } else { self.numbers };
        (before == 4) == (after == 4) && loose > tight
    }

    /// Whether a line that breaks at a space says so.
    pub(super) fn is_spaced(&self) -> bool {
        self.lines > 10 && self.spaced as f32 >= self.lines as f32 * SPACED
    }

    fn hyphenates(&self) -> bool {
        self.hyphened as f32 >= (self.lines as f32 * HYPHENED).max(1.5)
    }

    pub(super) fn join(&self, before: &Text, after: &Text) -> Join {
        let (left, right) = (before.plain(), after.plain());
        if left.ends_with('\u{AD}') && self.soft < 3 {
            return Join::Divided;
        }
        if before.ends_with_space {
            return Join::Space;
        }
        let Some(first) = right.chars().next() else { return Join::Space };
        if let Some(word) = divided(&left) {
            return self.hyphen(word, &right, first);
        }
        let Some(last) = left.chars().next_back() else { return Join::Space };
        let is_tied = matches!(last, '–' | '—' | '/' | '\u{2011}') && follows_letter(&left) && first.is_alphanumeric();
        if (is_tied && self.is_spaced()) || is_address(&left, first) {
            return Join::Nothing;
        }
        if is_tied
            && matches!(last, '–' | '—')
            && left.chars().rev().nth(1).is_some_and(|letter| letter.is_ascii_digit())
        {
            return Join::Nothing;
        }
        Join::Space
    }

    fn hyphen(&self, word: &str, right: &str, first: char) -> Join {
        if !first.is_alphanumeric() {
            return Join::Space;
        }
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
        let before = word.chars().rev().take_while(char::is_ascii_digit).count();
        if before > 0 && first.is_ascii_digit() && !self.is_spaced() && self.is_loose(before, digits(right)) {
            return Join::Space;
        }
        let next: String = right.chars().take_while(|letter| letter.is_alphabetic()).collect();
        let whole = format!("{word}-{next}").to_lowercase();
        if self.words.contains(&whole) || !first.is_lowercase() || next.is_empty() {
            return Join::Nothing;
        }
        if self.words.contains(&format!("{word}{next}").to_lowercase()) {
            return Join::Divided;
        }
        // Vietnamese words are never divided: a hyphen beside such a letter was typed.
        let may_divide = word.is_ascii() && next.is_ascii() && word.len() > 1 && next.len() > 1;
        let is_word = word.chars().all(char::is_alphabetic) && word.chars().skip(1).all(char::is_lowercase);
        if may_divide && is_word && self.hyphenates() { Join::Divided } else { Join::Nothing }
    }
}

/// The part of a word before the hyphen that ends a line, if that hyphen follows a letter or a digit.
fn divided(line: &str) -> Option<&str> {
    let rest = line.strip_suffix(['-', '\u{2010}'])?;
    let word = rest.rsplit(|letter: char| !letter.is_alphanumeric()).next()?;
    (!word.is_empty()).then_some(word)
}

fn follows_letter(line: &str) -> bool {
    line.chars().rev().nth(1).is_some_and(char::is_alphanumeric)
}

/// Whether an address of the web is broken here.
fn is_address(line: &str, first: char) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_open = word.ends_with(['/', '.', '-', '_', '?', '=', '&', '@', '%']);
    (word.contains("://") || word.starts_with("www.") || word.contains('@'))
        && is_open
        && first.is_ascii()
        && !first.is_ascii_uppercase()
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests;
