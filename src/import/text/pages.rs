//! What stands on every page: page numbers and running heads.

use std::collections::BTreeMap;

use super::super::document::{LeftOut, Reason};
use super::lines::Line;

/// How many lines at each edge of a page may be of its head or foot.
const EDGE: usize = 2;
/// On fewer pages nothing is said to repeat.
const FEWEST_PAGES: usize = 3;

/// Takes the heads, feet and numbers of pages out of the lines.
pub(super) fn remove_furniture(lines: &mut Vec<Line>) -> Vec<LeftOut> {
    let reasons =
        if lines.last().is_some_and(|line| line.page + 1 >= FEWEST_PAGES) { on_pages(lines) } else { Vec::new() };
    let reasons = if reasons.iter().any(Option::is_some) { reasons } else { in_sequence(lines) };
    take_out(lines, &reasons)
}

fn take_out(lines: &mut Vec<Line>, reasons: &[Option<Reason>]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    // Where a text has no form feeds, its page numbers say where pages end.
    let mut pages = 0;
    let mut last_page = 0;
    for (mut line, reason) in std::mem::take(lines).into_iter().zip(reasons.iter().chain(std::iter::repeat(&None))) {
        match reason {
            Some(reason) => {
                left_out.push(LeftOut { text: line.text, reason: *reason });
                pages += usize::from(*reason == Reason::Folio && line.page == last_page);
            }
            None => {
                last_page = line.page;
                line.page += pages;
                kept.push(line);
            }
        }
    }
    *lines = kept;
    left_out
}

/// By what the edges of pages have in common.
fn on_pages(lines: &[Line]) -> Vec<Option<Reason>> {
    let edges = edges(lines);
    let pages = lines.last().map_or(0, |line| line.page + 1);
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (at, is_top) in &edges {
        *counts.entry((*is_top, shape(&lines[*at].text))).or_default() += 1;
    }
    let mut reasons = vec![None; lines.len()];
    for (at, is_top) in edges {
        let shape = shape(&lines[at].text);
        let count = counts.get(&(is_top, shape.clone())).copied().unwrap_or_default();
        // Left and right pages may have different heads.
        let repeats = count >= FEWEST_PAGES && count * 10 >= pages * 3;
        let is_number = folio(&lines[at].text).is_some();
        if is_number && (repeats || says_page(&lines[at].text)) {
            reasons[at] = Some(Reason::Folio);
        } else if repeats && shape.chars().any(char::is_alphabetic) {
            reasons[at] = Some(Reason::RunningHead);
        }
    }
    reasons
}

/// The first and last lines of each page: which, and whether it is at the top.
fn edges(lines: &[Line]) -> Vec<(usize, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    for page in lines.chunk_by(|a, b| a.page == b.page) {
        let end = start + page.len();
        let top = start..(start + EDGE).min(end);
        let bottom = end.saturating_sub(EDGE).max(top.end)..end;
        found.extend(top.map(|at| (at, true)).chain(bottom.map(|at| (at, false))));
        start = end;
    }
    found
}

/// A line with every number as one sign.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for character in text.to_lowercase().chars() {
        match character {
            c if c.is_ascii_digit() => {
                if !shape.ends_with('#') {
                    shape.push('#');
                }
            }
            c if c.is_whitespace() => {}
            c => shape.push(c),
        }
    }
    shape
}

/// Without form feeds: numbers that count up line by line through the text, and what repeats beside them.
fn in_sequence(lines: &[Line]) -> Vec<Option<Reason>> {
    let numbers: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, folio(&line.text)?))).collect();
    let mut reasons = vec![None; lines.len()];
    let chain = longest_count(&numbers);
    let is_chain = chain.len() >= FEWEST_PAGES;
    for (at, _) in numbers {
        if says_page(&lines[at].text) || (is_chain && chain.contains(&at)) {
            reasons[at] = Some(Reason::Folio);
        }
    }
    heads_beside(lines, &mut reasons);
    reasons
}

/// The longest run of numbers that count by one.
fn longest_count(numbers: &[(usize, u32)]) -> Vec<usize> {
    /// A page has more lines.
    const FEWEST_LINES: usize = 5;
    let mut best: Vec<usize> = Vec::new();
    // By the last number of each run.
    let mut runs: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, number) in numbers.iter().copied() {
        let before = number.checked_sub(1).and_then(|before| runs.remove(&before)).unwrap_or_default();
        let continues = before.last().is_some_and(|last| at - last > FEWEST_LINES);
        let mut run = if continues { before } else { Vec::new() };
        run.push(at);
        if run.len() > best.len() {
            best.clone_from(&run);
        }
        runs.insert(number, run);
    }
    best
}

/// Lines beside page numbers that are the same beside several of them.
fn heads_beside(lines: &[Line], reasons: &mut [Option<Reason>]) {
    let folios: Vec<usize> =
        reasons.iter().enumerate().filter(|(_, reason)| reason.is_some()).map(|(at, _)| at).collect();
    let beside =
        folios.iter().flat_map(|at| [at.checked_sub(1), Some(at + 1)]).flatten().filter(|at| *at < lines.len());
    let beside: Vec<usize> = beside.collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for at in &beside {
        *counts.entry(shape(&lines[*at].text)).or_default() += 1;
    }
    for at in beside {
        if reasons[at].is_none() && counts.get(&shape(&lines[at].text)).is_some_and(|count| *count >= FEWEST_PAGES) {
            reasons[at] = Some(Reason::RunningHead);
        }
    }
}

/// The number of a page, where a line is nothing else: `12`, `- 12 -`, `Trang 12`, `12/40`.
fn folio(text: &str) -> Option<u32> {
    const LONGEST: usize = 20;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let inner =
        lower.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '.' | '~' | '[' | ']') || c.is_whitespace());
    let inner = ["trang số", "trang", "page", "tr."].iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner);
    let number = inner.trim_matches([' ', ':']);
    let number =
        number.split_once(['/', '|']).map_or(number, |(number, of)| if is_number(of.trim()) { number } else { "" });
    let number = number.trim();
    is_number(number).then(|| number.parse().ok()).flatten()
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a page number says what it is.
fn says_page(text: &str) -> bool {
    let lower = text.to_lowercase();
    folio(text).is_some() && (lower.contains("trang") || lower.contains("page"))
}
