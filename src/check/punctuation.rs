//! Quotes that do not close, marks that stand twice.

use super::Report;
use super::passages::Passage;
use crate::diagnostic::{QuoteLint, TextLint};

/// Quotes that are not closed, not opened, or closed by another kind than opened them. `next` is the passage behind it:
/// speech of several paragraphs opens each and closes the last.
pub(super) fn quotes(passage: &Passage, next: Option<&Passage>, report: &mut Report) {
    let text = &passage.text;
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, quote) in text.char_indices() {
        let before = text[..at].chars().next_back();
        let after = text[at + quote.len_utf8()..].chars().next();
        let top = open.last().map(|&(_, quote)| quote);
        let mut wrong = |at: usize, quote: char, error| {
            report.found(passage, at..at + quote.len_utf8(), TextLint::UnbalancedQuotes(error));
        };
        match (quote, top) {
            ('“' | '«', _) => open.push((at, quote)),
            ('”', Some('“')) | ('»', Some('«')) | ('"', Some('"')) => drop(open.pop()),
            ('”', Some('"')) => {
                if let Some((at, quote)) = open.pop() {
                    wrong(at, quote, QuoteLint::Mixed);
                }
            }
            ('”' | '»', _) => wrong(at, quote, QuoteLint::NotOpened),
            // 15" is a length.
            ('"', None) if before.is_some_and(|c| c.is_ascii_digit()) => {}
            ('"', Some('“'))
                if after.is_none_or(|c| !c.is_alphanumeric()) && before.is_some_and(|c| !c.is_whitespace()) =>
            {
                open.pop();
                wrong(at, quote, QuoteLint::Mixed);
            }
            ('"', _) => open.push((at, quote)),
            _ => {}
        }
    }
    let goes_on = |at: usize| {
        text[..at].trim().is_empty()
            && next.is_some_and(|next| next.file() == passage.file() && next.text.trim_start().starts_with('“'))
    };
    for (at, quote) in open.into_iter().filter(|&(at, quote)| quote != '“' || !goes_on(at)) {
        report.found(passage, at..at + quote.len_utf8(), TextLint::UnbalancedQuotes(QuoteLint::NotClosed));
    }
}

/// How many dots are seen.
fn dots(run: &str) -> usize {
    run.chars().map(|c| if c == '…' { 3 } else { 1 }).sum()
}

/// `,,`, `..`, `…..`: a mark too many; not an ellipsis, the end mark `./.` or dots to write upon.
pub(super) fn repeated(passage: &Passage, report: &mut Report) {
    /// So many dots are a line to write upon; two ellipses are none yet.
    const LINE: usize = 6;
    let text = &passage.text;
    let mut at = 0;
    while let Some(start) = text[at..].find([',', ';', '.', '…']).map(|found| at + found) {
        let first = text[start..].chars().next().unwrap_or_default();
        let is_same = |c: char| if ".…".contains(first) { ".…".contains(c) } else { c == first };
        let run = &text[start..text.len() - text[start..].trim_start_matches(is_same).len()];
        let end = start + run.len();
        at = end;
        let count = run.chars().count();
        let is_fine = match run {
            "..." | "…" => true,
            _ if ".…".contains(first) => count == 1 || count >= LINE || dots(run) > LINE + 2,
            _ => count == 1,
        };
        // ../folder is a path.
        let is_path = run == ".." && text[end..].starts_with(['/', '\\']) && !text[end..].starts_with("/.");
        if !is_fine && !is_path && !passage.is_address(&(start..end)) {
            report.found(passage, start..end, TextLint::RepeatedPunctuation { found: run.to_owned() });
        }
    }
}
