//! Marks that stand twice.

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;
use crate::vietnamese::Syllable;

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

/// Two marks of which one is too many.
const PAIRS: [&str; 9] = [",.", ".,", ";,", ",;", ";.", "::", ":,", ":.", ". ."];

/// `,.`, `;,`, `. .`: two marks where one is meant.
pub(super) fn pairs(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for pair in PAIRS {
        for (at, _) in text.match_indices(pair) {
            let (before, after) = (&text[..at], &text[at + pair.len()..]);
            let range = at..at + pair.len();
            let is_of_others = |c: char| ".,;:…".contains(c);
            // Part of a longer run, a path, a name in a program or a number is something else.
            let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || "”\")]".contains(c));
            let goes_on = after.trim_start().starts_with(['.', '…']) || before.trim_end().ends_with(is_of_others);
            let follows_word = before.ends_with(|c: char| c.is_alphanumeric() || "”\")]%".contains(c));
            let is_wrong = ends && follows_word && !goes_on && !(pair == ".," && ends_abbreviation(before));
            if is_wrong && !passage.is_address(&range) {
                report.found(passage, range, TextLint::RepeatedPunctuation { found: pair.to_owned() });
            }
        }
    }
}

/// Whether a point behind a text may be that of an abbreviation: `v.v.,`, `Co.,`, `TP.,` have it before a comma.
fn ends_abbreviation(before: &str) -> bool {
    let word = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    // Co. is one; a word with marks is none.
    let is_plain = word.starts_with(char::is_lowercase) || !word.is_ascii();
    let is_word = word.chars().count() > 1 && Syllable::of(word).is_some() && is_plain;
    let is_mark = word.is_empty() && before.ends_with(|c: char| c.is_ascii_digit() || "”\")]%".contains(c));
    !is_word && !is_mark
}
