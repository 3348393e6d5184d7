//! What stands on every page: page numbers and running heads.

use std::collections::BTreeMap;

use super::super::document::{LeftOut, Reason};
use super::lines::{Line, lines, number_pages, usual_gap};

/// How many lines at each edge of a page may be of its head or foot.
const EDGE: usize = 2;
/// On fewer pages nothing is said to repeat.
const FEWEST_PAGES: usize = 3;

/// A text without the heads, feet and numbers of its pages, and these.
pub(super) fn without_furniture(text: &str) -> (String, Vec<LeftOut>) {
    let mut lines = lines(text);
    if usual_gap(&lines) > 0 {
        number_pages(&mut lines);
    }
    let has_pages = lines.last().is_some_and(|line| line.page + 1 >= FEWEST_PAGES);
    let reasons = if has_pages { on_pages(&lines) } else { Vec::new() };
    let reasons = if reasons.iter().any(Option::is_some) { reasons } else { in_sequence(&lines) };
    if reasons.iter().all(Option::is_some) {
        return (text.to_owned(), Vec::new());
    }
    let taken = lines.into_iter().zip(reasons).filter_map(|(line, reason)| Some((line.number, line.text, reason?)));
    take_out(text, taken.collect())
}

fn take_out(text: &str, taken: Vec<(usize, String, Reason)>) -> (String, Vec<LeftOut>) {
    let has_feeds = text.contains('\u{c}');
    let mut taken = taken.into_iter().peekable();
    let mut left_out = Vec::new();
    let mut numbers = 0..;
    let mut pages: Vec<Vec<&str>> = Vec::new();
    for page in text.split('\u{c}') {
        pages.push(Vec::new());
        for (line, number) in page.split('\n').zip(&mut numbers) {
            let Some((_, text, reason)) = taken.next_if(|(taken, ..)| *taken == number) else {
                if let Some(page) = pages.last_mut() {
                    page.push(line);
                }
                continue;
            };
            left_out.push(LeftOut { text, reason });
            // Where a text has no form feeds, its page numbers say where pages end.
            if reason == Reason::Folio && !has_feeds {
                pages.push(Vec::new());
            }
        }
    }
    (pages.iter().map(|page| page.join("\n")).collect::<Vec<_>>().join("\u{c}"), left_out)
}

/// By what the edges of pages have in common.
fn on_pages(lines: &[Line]) -> Vec<Option<Reason>> {
    let edges = edges(lines);
    let pages = lines.last().map_or(0, |line| line.page + 1);
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for edge in &edges {
        for at in &edge.lines {
            *counts.entry((edge.is_top, shape(&lines[*at].text))).or_default() += 1;
        }
    }
    let reason = |at: usize, is_top: bool| {
        let text = &lines[at].text;
        let shape = shape(text);
        let has_words = shape.chars().any(char::is_alphabetic);
        let count = counts.get(&(is_top, shape)).copied().unwrap_or_default();
        // Left and right pages may have different heads.
        let repeats = count >= FEWEST_PAGES && count * 10 >= pages * 3;
        match folio(text) {
            Some(_) => (repeats || says_page(text)).then_some(Reason::Folio),
            None => (repeats && has_words).then_some(Reason::RunningHead),
        }
    };
    let mut reasons = vec![None; lines.len()];
    for edge in edges {
        // What is inside of the text is text.
        for (at, reason) in edge.lines.iter().map_while(|at| Some((*at, reason(*at, edge.is_top)?))) {
            reasons[at] = Some(reason);
        }
    }
    reasons
}

/// The first or the last lines of a page, the outermost first.
struct Edge {
    lines: Vec<usize>,
    is_top: bool,
}

fn edges(lines: &[Line]) -> Vec<Edge> {
    let mut found = Vec::new();
    let mut start = 0;
    for page in lines.chunk_by(|a, b| a.page == b.page) {
        let end = start + page.len();
        let top = (start + EDGE).min(end);
        found.push(Edge { lines: (start..top).collect(), is_top: true });
        found.push(Edge { lines: (end.saturating_sub(EDGE).max(top)..end).rev().collect(), is_top: false });
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
        if says_page(&lines[at].text) || (is_chain && chain.binary_search(&at).is_ok()) {
            reasons[at] = Some(Reason::Folio);
        }
    }
    heads_beside(lines, &mut reasons);
    reasons
}

/// The longest run of numbers that count by one.
fn longest_count(numbers: &[(usize, u32)]) -> Vec<usize> {
    /// A page has more lines.
    const FEWEST_LINES: usize = 12;
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
