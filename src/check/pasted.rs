//! Markup that came along when text was pasted, or that Markdown does not take for any: it would be printed as typed.

use std::ops::Range;

use super::Report;
use super::passages::{Line, Passage};
use crate::diagnostic::{PastedLint, TextLint};

const STARS: &str = "**";

/// `**Hỏi: **` and a `**` that is never closed.
pub(super) fn stars(passage: &Passage, report: &mut Report) {
    let found: Vec<_> = stray_stars(passage).collect();
    let mut at = 0;
    while let Some(open) = found.get(at) {
        let pair = found.get(at + 1).and_then(|close| Some((open.start..close.end, strong(passage, open, close)?)));
        match pair {
            Some((range, meant)) => {
                let error = TextLint::PastedMarkup(PastedLint::SpacedStars { meant: meant.trim_end().to_owned() });
                report.fixable(passage, range, error, &meant);
                at += 2;
            }
            None => {
                report.found(passage, open.clone(), TextLint::PastedMarkup(PastedLint::Stars));
                at += 1;
            }
        }
    }
}

/// Pairs of stars that are text. Longer runs hide something, as those of a telephone number do.
fn stray_stars(passage: &Passage) -> impl Iterator<Item = Range<usize>> {
    let text = &passage.text;
    text.match_indices(STARS).map(|(at, _)| at..at + STARS.len()).filter(move |range| {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let is_longer = before == Some('*') || after == Some('*');
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        // (**) refers to a note.
        let is_meant = is_digit(before) && is_digit(after) || before == Some('(') && after == Some(')');
        !is_longer && !is_meant && passage.is_verbatim(range) && !passage.is_escaped(range)
    })
}

/// What was meant by two pairs of stars that are text for the spaces inside of them, or for the want of one behind;
/// `None` where that is not sure.
fn strong(passage: &Passage, open: &Range<usize>, close: &Range<usize>) -> Option<String> {
    let text = &passage.text;
    let inner = &text[open.end..close.start];
    let before = text[..open.start].chars().next_back();
    let after = text[close.end..].chars().next();
    let is_word = |c: char| c.is_alphanumeric();
    let is_glued = inner.ends_with(|c: char| !is_word(c)) && after.is_some_and(is_word);
    let is_spaced = inner.trim() != inner || is_glued;
    // Between two spaces, stars may be a sign of their own, as in a ** b.
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let (first, last) = (inner.chars().next(), inner.chars().next_back());
    let stands_alone = [before, first, last, after].into_iter().all(is_space);
    let is_sure = passage.is_markdown()
        && !stands_alone
        && is_spaced
        && inner.contains(is_word)
        && !inner.contains(['*', '\n'])
        && !before.is_some_and(is_word)
        && passage.is_verbatim(&(open.start..close.end));
    let space = if after.is_some_and(is_word) { " " } else { "" };
    is_sure.then(|| format!("{STARS}{}{STARS}{space}", inner.trim()))
}

/// `#Đầu đề`: a heading without the space that makes it one.
pub(super) fn hashes(passage: &Passage, report: &mut Report) {
    for line in passage.lines() {
        let rest = line.text.trim_start_matches('#');
        let level = line.text.len() - rest.len();
        let is_line_of_tags = line.text.split_whitespace().all(|word| word.starts_with('#')) && line.text.contains(' ');
        let is_first = line.before.chars().all(|c| c.is_whitespace() || c == '>');
        if !(1..=6).contains(&level) || !rest.starts_with(char::is_alphabetic) || is_line_of_tags || !is_first {
            continue;
        }
        let word = rest.split_whitespace().next().unwrap_or_default();
        let range = line.at..line.at + level + word.len();
        let error = TextLint::PastedMarkup(PastedLint::Hash { level });
        // One alone may be a tag of a social network; deeper levels there are none.
        if (2..=3).contains(&level) && line.before.is_empty() {
            report.fixable(passage, range, error, &format!("{} {word}", &line.text[..level]));
        } else {
            report.found(passage, range, error);
        }
    }
}

/// `<o:p>` and other tags of Word.
pub(super) fn tags(passage: &Passage, report: &mut Report) {
    for range in word_tags(&passage.text) {
        if !passage.is_escaped(&range) {
            let error = TextLint::PastedMarkup(PastedLint::WordTag { tag: passage.text[range.clone()].to_owned() });
            report.fixable(passage, range, error, "");
        }
    }
}

fn word_tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    const NAMES: [&str; 6] = ["o:", "w:", "v:", "m:", "x:", "st1:"];
    text.match_indices('<').filter_map(|(at, _)| {
        let inner = &text[at + 1..];
        let inner = &inner[..inner.find(['<', '>', '\n']).filter(|&end| inner[end..].starts_with('>'))?];
        let name = inner.trim_start_matches('/');
        let is_tag = NAMES.iter().any(|prefix| {
            name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        is_tag.then_some(at..at + inner.len() + 2)
    })
}

/// `<https://b.vn/c d>`: an address with a space in it, which is no link.
pub(super) fn addresses(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for (at, _) in text.match_indices("<http") {
        let rest = &text[at + 1..];
        let Some(length) = rest.find(['<', '>', '\n']).filter(|&end| rest[end..].starts_with('>')) else { continue };
        let address = &rest[..length];
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        let range = at..at + length + 2;
        if is_web && address.contains(char::is_whitespace) && passage.is_markdown() && !passage.is_escaped(&range) {
            report.found(passage, range, TextLint::PastedMarkup(PastedLint::SpacedAddress));
        }
    }
}

/// Lines with tabs inside: the rows of a table, run together.
pub(super) fn tabs(passage: &Passage, report: &mut Report) {
    let rows: Vec<_> = passage.lines().filter_map(|line| Some((line, cells(&line)?))).collect();
    let is_table = |(line, count): &(Line<'_>, usize)| {
        *count > 2 || rows.iter().filter(|(_, other)| other == count).nth(1).is_some() && line.text.contains('\t')
    };
    if let Some((line, _)) = rows.iter().find(|row| is_table(row)) {
        report.found(passage, line.at..line.at + line.text.len(), TextLint::PastedMarkup(PastedLint::Tabs));
    }
}

/// How many cells a row of tabs has; `None` where it is none. A tab behind a bullet or a label parts no cells.
fn cells(line: &Line<'_>) -> Option<usize> {
    let (first, rest) = line.text.split_once('\t')?;
    let is_label = first == "o" || first.chars().count() <= 3 && !first.chars().all(char::is_alphanumeric);
    let row = if is_label { rest } else { line.text };
    let count = row.split('\t').filter(|cell| !cell.trim().is_empty()).count();
    (count > 1).then_some(count)
}
