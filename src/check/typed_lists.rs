//! Lists that were typed or pasted with bullets and letters of their own. Markdown knows none of these for a list and runs
//! the lines together into one paragraph.

use super::Report;
use super::passages::{Line, Passage};
use crate::diagnostic::{PastedLint, TextLint};

/// Marks that are bullets wherever a line begins with them. Word writes its own as characters of private use.
fn is_bullet(mark: char) -> bool {
    matches!(mark, '•' | '‣' | '◦' | '▪' | '■' | '●' | '◆' | '❖' | '►' | '➢' | '➤' | '·' | '\u{f000}'..='\u{f0ff}')
}

/// Marks that may begin a line for other reasons, such as speech; they are wrong where lines are run together.
fn is_dash(mark: char) -> bool {
    matches!(mark, '–' | '—' | '‐' | '‑' | '−' | '-' | '+' | '§' | '✓' | '✔')
}

/// A line that begins with a mark: the mark, and the bytes of it with the white space behind.
fn marked(line: &Line<'_>, is_mark: fn(char) -> bool) -> Option<(char, usize)> {
    let mark = line.text.chars().next()?;
    let rest = &line.text[mark.len_utf8()..];
    // Word's second bullet is a letter in another font, with a tab behind it.
    let is_mark = is_mark(mark) || mark == 'o' && rest.starts_with('\t') && is_mark('•');
    let item = rest.trim_start();
    // A hyphen before a number is its sign.
    let is_sign = "-+−".contains(mark) && item.starts_with(|c: char| c.is_ascii_digit());
    let is_item = item.starts_with(|c: char| c.is_alphanumeric() || "“\"‘'(«".contains(c));
    let is_first = is_indent(line.before);
    (is_mark && is_item && !is_sign && is_first).then(|| (mark, line.text.len() - item.len()))
}

/// Whether nothing stands on a line before its text but indents and marks of quotes.
fn is_indent(before: &str) -> bool {
    before.chars().all(|c| c.is_whitespace() || c == '>')
}

/// Where in the text bullets stand, in order.
pub(super) fn bullets_of(passage: &Passage) -> Vec<usize> {
    passage.lines().filter(|line| marked(line, is_bullet).is_some()).map(|line| line.at).collect()
}

/// `• một`: a line with a bullet, whether it is run together with others or not.
pub(super) fn bullets(passage: &Passage, report: &mut Report) {
    let lines: Vec<_> = passage.lines().collect();
    let found = |line: &Line<'_>| marked(line, is_bullet);
    let count = lines.iter().filter(|line| found(line).is_some()).count();
    if count == 0 {
        return;
    }
    // Bullets inside of lines part words, and one of these may happen to begin a line.
    let parts_words = passage.text.chars().filter(|&c| is_bullet(c)).count() > count;
    if parts_words && found(&lines[0]).is_none() {
        return;
    }
    for line in &lines {
        if let Some((mark, length)) = found(line) {
            let is_sure = !parts_words && (line.at == 0 || line.goes_on);
            item(passage, &lines[0], line, length, is_sure, PastedLint::Bullet { mark }, report);
        }
    }
}

/// Reports the mark of an item, and that `- ` was meant where that is sure.
fn item(
    passage: &Passage,
    first: &Line<'_>,
    line: &Line<'_>,
    length: usize,
    is_sure: bool,
    error: PastedLint,
    report: &mut Report,
) {
    /// Deeper than this Markdown takes no mark of a list for one.
    const INDENT: usize = 3;
    let (range, error) = (line.at..line.at + length, TextLint::PastedMarkup(error));
    let indent = line.before.rsplit('>').next().unwrap_or_default();
    let is_deep = indent.len() > INDENT || indent.contains('\t');
    let is_top = first.before.is_empty() && !line.before.contains('>');
    // What begins with a number of its own would be a list in a list.
    let is_plain = label(&line.text[length..]).is_none();
    if !is_sure || !is_plain || is_deep && !is_top {
        report.found(passage, range, error);
    } else if is_deep && passage.is_verbatim(&range) {
        report.fixable_at(passage.place_from(&range, line.before.len()), error, "- ".to_owned());
    } else {
        report.fixable(passage, range, error, "- ");
    }
}

/// `– một` and `– hai` on lines that are run together.
pub(super) fn dashes(passage: &Passage, report: &mut Report) {
    let lines: Vec<_> = passage.lines().collect();
    let marks: Vec<_> = lines.iter().map(|line| marked(line, is_dash)).collect();
    // A line of running text may begin with a dash by accident; not behind the end of a sentence or another item.
    let mut together = Vec::new();
    for index in 1..lines.len() {
        let follows_item = marks[0].is_some() || together.last() == Some(&(index - 1));
        let follows_end = lines[index - 1].text.ends_with(['.', ':', ';', '?', '!', '…', '”']);
        if marks[index].is_some() && lines[index].goes_on && (follows_item || follows_end) {
            together.push(index);
        }
    }
    let Some(&second) = together.first() else { return };
    let items: Vec<_> = (0..lines.len()).filter(|&index| marks[index].is_some()).collect();
    let is_list = items.len() > 1 && items.windows(2).all(|pair| is_item_before(&lines, pair[0], pair[1]));
    for index in if is_list { items } else { vec![second] } {
        if let Some((mark, length)) = marks[index] {
            item(passage, &lines[0], &lines[index], length, is_list, PastedLint::Dash { mark }, report);
        }
    }
}

/// Whether a line and the next one with a dash are items of a list. What ends like a sentence may as well be speech,
/// of which each turn is a paragraph.
fn is_item_before(lines: &[Line<'_>], index: usize, next: usize) -> bool {
    let end = lines[next - 1].text;
    let begins = lines[next].text.chars().find(|c| c.is_alphanumeric());
    let is_same = lines[index].text.chars().next() == lines[next].text.chars().next();
    let is_open = !end.ends_with(['.', ':', '?', '!', '…', '”', '"']) && begins.is_some_and(char::is_uppercase);
    is_same && lines[next].goes_on && (end.ends_with([';', ',']) || is_open)
}

/// What is typed before an item: its place in the order of such labels, and the text.
#[derive(Debug, PartialEq)]
struct Label<'a> {
    /// `1`, `A` or `a`; how many numbers; the mark behind.
    kind: (char, usize, char),
    place: usize,
    text: &'a str,
}

/// Letters in the order in which lists count them, in Vietnamese (a, b, c, d, đ, e, g) and elsewhere (c, d, e, f, g).
const LETTERS: &str = "abcdđefghijklmnopqrstuvwxyz";

/// `a)`, `1/`, `2.`, `1.2.` at the beginning of a text.
fn label(text: &str) -> Option<Label<'_>> {
    let length = text.find([' ', '\t', '\u{a0}'])?;
    let label = &text[..length];
    let mark = label.chars().next_back().filter(|c| ")/.".contains(*c))?;
    let inner = &label[..label.len() - 1];
    let (script, parts, place) = match inner.chars().next()? {
        first if first.is_ascii_digit() => {
            let parts: Vec<_> = inner.split('.').collect();
            let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            let last = parts.last().filter(|_| parts.iter().all(is_number))?;
            ('1', parts.len(), last.parse().ok()?)
        }
        first if inner.len() == first.len_utf8() => {
            let place = LETTERS.chars().position(|letter| first.to_lowercase().eq([letter]))?;
            (if first.is_uppercase() { 'A' } else { 'a' }, 1, place)
        }
        _ => return None,
    };
    Some(Label { kind: (script, parts, mark), place, text: label })
}

/// Whether a label follows another: `b)` comes behind `a)`, `đ)` or `e)` behind `d)`; a list may leave numbers out.
fn follows(label: &Label<'_>, before: &Label<'_>) -> bool {
    let is_number = label.kind.0 == '1';
    let step = label.place.saturating_sub(before.place);
    label.kind == before.kind && (step == 1 || step == 2 || is_number && step > 0)
}

/// `a) một` and `b) hai` on lines that are run together.
pub(super) fn labels(passage: &Passage, report: &mut Report) {
    let lines: Vec<_> = passage.lines().collect();
    if lines.len() < 2 {
        return;
    }
    // The number of an item of Markdown stands before its text.
    let whole = |line: &Line<'_>| format!("{}{}", line.before.trim_start_matches([' ', '\t', '>', '*']), line.text);
    let texts: Vec<_> = lines.iter().map(whole).collect();
    let labels: Vec<_> = texts.iter().map(|text| label(text)).collect();
    let mut before: Option<usize> = None;
    let mut is_chained = vec![false; lines.len()];
    for (index, found) in labels.iter().enumerate() {
        let Some(found) = found else { continue };
        if let Some(before) = before
            && labels[before].as_ref().is_some_and(|before| follows(found, before))
        {
            (is_chained[before], is_chained[index]) = (true, true);
        }
        before = Some(index);
    }
    for index in 1..lines.len() {
        let (line, Some(label)) = (&lines[index], &labels[index]) else { continue };
        let follows_end = lines[index - 1].text.ends_with(['.', ':', ';', '?', '!']);
        if !line.goes_on || !(is_chained[index] || follows_end) {
            continue;
        }
        // Within a sentence, A. is the name of somebody.
        let is_initial = label.text.starts_with(char::is_uppercase) && label.text.ends_with('.');
        if is_initial && !follows_end {
            continue;
        }
        let markup = line.before.trim_start_matches([' ', '\t', '>']);
        let range = line.at..line.at + label.text.len() - markup.len().min(label.text.len());
        let error = TextLint::PastedMarkup(PastedLint::Label { label: label.text.to_owned() });
        // An empty line makes a paragraph of it, where nothing is nested.
        let is_top = lines[0].before.is_empty() && line.before.is_empty();
        if is_chained[index] && is_top && passage.is_verbatim(&range) {
            report.fixable_at(passage.place(&range), error, format!("{}{}", passage.line_end(), label.text));
        } else {
            report.found(passage, range, error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_each_other() {
        let follow = |first: &str, second: &str| {
            let (first, second) = (label(first).expect("a label"), label(second).expect("a label"));
            follows(&second, &first)
        };
        for (first, second) in [
            ("a) x", "b) x"),
            ("d) x", "đ) x"),
            ("đ) x", "e) x"),
            ("e) x", "g) x"),
            ("1/ x", "2/ x"),
            ("1.9. x", "1.10. x"),
            ("A. x", "B. x"),
        ] {
            assert!(follow(first, second), "{first} {second}");
        }
        for (first, second) in [
            ("b) x", "a) x"),
            ("a) x", "b/ x"),
            ("3) x", "1) x"),
            ("a) x", "d) x"),
            ("1. x", "1.2. x"),
            ("a) x", "B) x"),
            ("a) x", "1) x"),
        ] {
            assert!(!follow(first, second), "{first} {second}");
        }
        for other in ["a x", "ab) x", "2026. x", "12/5/2026 x", ") x", "1.2x. x", "a)", "Mr. x"] {
            assert_eq!(label(other), None, "{other}");
        }
    }
}
