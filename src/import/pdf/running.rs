//! Running heads and feet, and page numbers: what stands at the same place of several pages, near their edges.

use rustc_hash::FxHashMap;

use super::glyphs::Page;
use super::lines::{Fragment, Line, lines};
use super::spans::words;
use crate::import::document::{LeftOut, Reason};

/// The part of a page at its top and at its bottom where running heads and feet stand.
const MARGIN: f32 = 0.13;
/// How many lines of them there are at most.
const LINES: usize = 4;
/// How far apart the same head may stand on two pages.
const NEAR: f32 = 4.0;

/// A line near the edge of a page.
struct Candidate {
    page: usize,
    /// How many lines stand between it and the edge of the page, and which edge that is.
    depth: usize,
    is_top: bool,
    y: f32,
    text: String,
    /// With every number as one sign.
    pattern: String,
    line: Line,
}

/// Takes running heads, feet and folios out of the pages, and says what they were: every text once.
pub(super) fn take(pages: &[Page], fragments: &mut [Vec<Fragment>]) -> Vec<LeftOut> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (number, (page, own)) in pages.iter().zip(fragments.iter()).enumerate() {
        candidates.extend(near_edges(number, page, own));
    }
    let repeated = outermost(&candidates, repeated(&candidates, pages.len()));
    let all: usize = fragments.iter().map(Vec::len).sum();
    let gone: usize =
        candidates.iter().zip(&repeated).filter(|(_, gone)| **gone).map(|(line, _)| line.line.fragments.len()).sum();
    if gone >= all {
        return Vec::new();
    }
    let mut left_out: Vec<LeftOut> = Vec::new();
    for (candidate, is_repeated) in candidates.iter().zip(repeated) {
        let folio = is_folio(&candidate.text);
        if !is_repeated {
            continue;
        }
        if let Some(own) = fragments.get_mut(candidate.page) {
            own.retain(|fragment| !candidate.line.fragments.contains(fragment));
        }
        let reason = if folio { Reason::Folio } else { Reason::RunningHead };
        let entry = LeftOut { text: candidate.text.clone(), reason };
        if !left_out.contains(&entry) {
            left_out.push(entry);
        }
    }
    left_out
}

/// The first and the last lines of a page, if they stand near its edges.
fn near_edges(number: usize, page: &Page, fragments: &[Fragment]) -> Vec<Candidate> {
    let (top, bottom) = (page.height * MARGIN, page.height * (1.0 - MARGIN));
    let outer: Vec<Fragment> =
        fragments.iter().filter(|fragment| fragment.y < top || fragment.y > bottom).cloned().collect();
    let lines = lines(outer);
    let is_top = |line: &Line| line.y < top;
    let heads = lines.iter().filter(|line| is_top(line)).take(LINES);
    let feet = lines.iter().rev().filter(|line| !is_top(line)).take(LINES);
    let candidate = |depth: usize, line: &Line| {
        let text = words(page, line);
        let (y, is_top) = (line.y, is_top(line));
        Candidate { page: number, depth, is_top, y, pattern: pattern(&text), text, line: line.clone() }
    };
    let heads: Vec<Candidate> = heads.enumerate().map(|(depth, line)| candidate(depth, line)).collect();
    heads.into_iter().chain(feet.enumerate().map(|(depth, line)| candidate(depth, line))).collect()
}

/// Which of them stand at the same place of enough pages.
fn repeated(candidates: &[Candidate], pages: usize) -> Vec<bool> {
    let mut by_pattern: FxHashMap<&str, Vec<(usize, f32)>> = FxHashMap::default();
    for candidate in candidates {
        by_pattern.entry(&candidate.pattern).or_default().push((candidate.page, candidate.y));
    }
    let enough = (pages / 8).clamp(2, 4);
    candidates
        .iter()
        .map(|candidate| {
            let Some(places) = by_pattern.get(candidate.pattern.as_str()) else { return false };
            let mut at: Vec<usize> =
                places.iter().filter(|(_, y)| (y - candidate.y).abs() < NEAR).map(|(page, _)| *page).collect();
            at.dedup();
            at.len() >= enough || (is_folio(&candidate.text) && follows(candidates, candidate))
        })
        .collect()
}

/// Only what has nothing of the text between itself and the edge of the page.
fn outermost(candidates: &[Candidate], repeated: Vec<bool>) -> Vec<bool> {
    let mut kept: Vec<bool> = Vec::with_capacity(repeated.len());
    for (index, candidate) in candidates.iter().enumerate() {
        let outer = index.checked_sub(1).filter(|_| candidate.depth > 0);
        let is_free = outer.is_none_or(|outer| {
            kept.get(outer) == Some(&true)
                && candidates.get(outer).is_some_and(|other| other.is_top == candidate.is_top)
        });
        kept.push(is_free && repeated.get(index) == Some(&true));
    }
    kept
}

/// Whether the page before or after has the number before or after at the same height.
fn follows(candidates: &[Candidate], folio: &Candidate) -> bool {
    let Some(number) = number(&folio.text) else { return false };
    candidates.iter().any(|other| {
        let step = other.page as i64 - folio.page as i64;
        step != 0
            && step.abs() <= 3
            && (other.y - folio.y).abs() < NEAR
            && self::number(&other.text) == Some(number + step)
    })
}

/// Whether a line is a page number and nothing else: `7`, `- 7 -`, `Trang 7`, `7/12`.
pub(super) fn is_folio(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_number = |word: &String| word.len() <= 4 && word.chars().all(|letter| letter.is_ascii_digit());
    let is_roman = |word: &String| word.len() <= 6 && word.chars().all(|letter| "ivxlc".contains(letter));
    match words.as_slice() {
        [] => false,
        [one] => is_number(one) || is_roman(one),
        [name, rest @ ..] if ["trang", "page", "tr", "p"].contains(&name.as_str()) => {
            rest.len() <= 3 && rest.first().is_some_and(is_number)
        }
        [a, b] => is_number(a) && is_number(b) && text.contains('/'),
        _ => false,
    }
}

fn number(text: &str) -> Option<i64> {
    let digits: String =
        text.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if !letter.is_ascii_digit() {
            pattern.extend(letter.to_lowercase());
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    pattern
}

#[cfg(test)]
mod tests;
