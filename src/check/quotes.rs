//! Quotes that do not close, or that close what was not opened.

use super::Report;
use super::passages::Passage;
use crate::diagnostic::{QuoteLint, TextLint};

/// A quote that has no partner in its passage.
struct Single {
    at: usize,
    quote: char,
    error: QuoteLint,
    /// Whether the quotation may go on over paragraphs: it opens where a passage begins or behind a colon, or closes
    /// where one ends.
    may_go_on: bool,
}

/// Reports quotes that are not closed, not opened, or closed by another kind than opened them. A quotation may run over
/// paragraphs, as that of an article of law does, and speech of several paragraphs opens each and closes the last.
pub(super) fn quotes(passages: &[Passage], report: &mut Report) {
    let mut open: Vec<(usize, Single)> = Vec::new();
    let mut wrong: Vec<(usize, Single)> = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if index > 0 && passages[index - 1].file() != passage.file() {
            wrong.append(&mut open);
        }
        for single in singles(passage) {
            match single.error {
                QuoteLint::NotClosed if single.may_go_on => open.push((index, single)),
                QuoteLint::NotOpened if single.may_go_on && !open.is_empty() => drop(open.pop()),
                _ => wrong.push((index, single)),
            }
        }
    }
    wrong.extend(open);
    wrong.retain(|(index, single)| !goes_on_in_next(passages, *index, single));
    wrong.sort_by_key(|(index, single)| (*index, single.at));
    for (index, single) in wrong {
        let range = single.at..single.at + single.quote.len_utf8();
        report.found(&passages[index], range, TextLint::UnbalancedQuotes(single.error));
    }
}

/// Whether a quotation that fills its passage is opened once more in the next.
fn goes_on_in_next(passages: &[Passage], index: usize, single: &Single) -> bool {
    let passage = &passages[index];
    single.error == QuoteLint::NotClosed
        && single.quote == '“'
        && passage.text[..single.at].trim().is_empty()
        && passages
            .get(index + 1)
            .is_some_and(|next| next.file() == passage.file() && next.text.trim_start().starts_with('“'))
}

/// The quotes of a passage that have no partner in it.
fn singles(passage: &Passage) -> Vec<Single> {
    let text = &passage.text;
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut found = Vec::new();
    for (at, quote) in text.char_indices().filter(|(_, c)| "“”«»\"".contains(*c)) {
        let (before, after) = (&text[..at], &text[at + quote.len_utf8()..]);
        let top = open.last().map(|&(_, quote)| quote);
        let mut wrong = |at: usize, quote: char, error, may_go_on| found.push(Single { at, quote, error, may_go_on });
        match (quote, top) {
            // Close to no word, it is an arrow: Trang chủ » Tin tức.
            ('«', _) if after.starts_with(' ') => {}
            ('»', top) if top != Some('«') && (before.is_empty() || before.ends_with(' ')) => {}
            ('“' | '«', _) => open.push((at, quote)),
            ('”', Some('“')) | ('»', Some('«')) | ('"', Some('"')) => drop(open.pop()),
            ('”', Some('"')) => {
                if let Some((at, quote)) = open.pop() {
                    wrong(at, quote, QuoteLint::Mixed, false);
                }
            }
            ('”' | '»', _) => wrong(at, quote, QuoteLint::NotOpened, ends_passage(after)),
            // 15" is a length, and (") names the mark.
            ('"', None) if before.ends_with(|c: char| c.is_ascii_digit()) => {}
            ('"', None) if before.ends_with('(') && after.starts_with(')') => {}
            ('"', None) if closes_word(before, after) => wrong(at, quote, QuoteLint::NotOpened, ends_passage(after)),
            ('"', Some('“')) if closes_word(before, after) => {
                open.pop();
                wrong(at, quote, QuoteLint::Mixed, false);
            }
            ('"', _) => open.push((at, quote)),
            _ => {}
        }
    }
    found.extend(open.into_iter().map(|(at, quote)| {
        let may_go_on = begins_passage(&text[..at]);
        Single { at, quote, error: QuoteLint::NotClosed, may_go_on }
    }));
    found.sort_by_key(|single| single.at);
    found
}

/// Whether a straight quote stands behind a word, and not before one.
fn closes_word(before: &str, after: &str) -> bool {
    let is_behind_word = before.chars().next_back().is_some_and(|c| !c.is_whitespace() && !"([:".contains(c));
    is_behind_word && !after.starts_with(char::is_alphanumeric)
}

/// Whether nothing stands before a quote that opens a quotation of paragraphs: nothing at all, a label, or a colon.
fn begins_passage(before: &str) -> bool {
    let before = before.trim_end();
    let is_label = before.chars().nth(3).is_none() && before.ends_with([')', '.', '-', '–', '/']);
    before.is_empty() || is_label || before.ends_with(':')
}

/// Whether nothing but marks stands behind a quote.
fn ends_passage(after: &str) -> bool {
    /// More marks than any sentence ends with, in bytes.
    const MARKS: usize = 40;
    after.len() <= MARKS && !after.contains(char::is_alphanumeric)
}
