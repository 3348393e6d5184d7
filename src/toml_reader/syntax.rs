//! What the author of a text that is no TOML has done, from what the parser says and what stands there.
//!
//! The parser tells where it stumbled, often far behind the place that must be changed, and in words for programmers.
//! Here the lines themselves are looked at: which kind of mistake it is, and where.

use std::ops::Range;

use super::lines::{
    BLANKS, colon, element_around, entry, example, has_header, header, is_curly, is_key, is_key_letter, is_unseen,
    line_around, line_number, quoted, with_key,
};
use super::scan::{Quoted, Scan, scan};
use crate::diagnostic::SyntaxErrorKind;

/// Most errors that are told of one text: beyond that, the rest is noise.
const MAX_ERRORS: usize = 20;

/// What the parser stumbled over: its words, and the byte where.
pub(super) struct Stumble<'a> {
    pub words: &'a str,
    pub at: usize,
}

/// A mistake and the bytes where it must be corrected.
pub(super) type Mistake = (SyntaxErrorKind, Range<usize>);

/// The mistakes behind what the parser stumbled over, without those that only follow from an earlier one.
pub(super) fn mistakes(text: &str, stumbles: &mut [Stumble<'_>]) -> Vec<Mistake> {
    stumbles.sort_by_key(|stumble| stumble.at);
    let mut found: Vec<Mistake> = Vec::new();
    // The last line that an earlier mistake accounts for, and the table whose heading is wrong.
    let mut accounted = None;
    let mut bad_header = None;
    for stumble in stumbles {
        let at = text.floor_char_boundary(stumble.at);
        let (error, range) = classify(text, at, stumble.words);
        let line = line_number(text, range.start);
        let is_known = found.iter().any(|(_, earlier)| line_number(text, earlier.start) == line);
        let is_rest = accounted.is_some_and(|last| line <= last + 1) && follows(&error);
        let is_of_bad_header = stumble.words.starts_with("duplicate")
            && bad_header
                .is_some_and(|header| text.get(header..range.start).is_none_or(|between| !has_header(between)));
        if is_rest {
            accounted = Some(line);
        }
        if is_known || is_rest || is_of_bad_header {
            continue;
        }
        if matches!(error, SyntaxErrorKind::UnclosedQuote { .. } | SyntaxErrorKind::NotAnEntry) {
            accounted = Some(line);
        }
        use SyntaxErrorKind::{DuplicateTable, LineEnd, UnclosedHeader};
        if matches!(error, DuplicateTable { .. } | UnclosedHeader { .. } | LineEnd) {
            bad_header = Some(line_around(text, range.start).end);
        }
        // What comes behind is read as part of it.
        let swallows = matches!(error, SyntaxErrorKind::UnclosedList { .. } | SyntaxErrorKind::UnclosedLongText { .. });
        found.push((error, range));
        if swallows || found.len() == MAX_ERRORS {
            break;
        }
    }
    found
}

/// Whether a mistake may be the rest of a text that was broken over several lines.
fn follows(error: &SyntaxErrorKind) -> bool {
    use SyntaxErrorKind::{BadKey, Colon, MissingEquals, NotAnEntry};
    matches!(error, NotAnEntry | MissingEquals { .. } | BadKey { .. } | Colon { .. })
}

fn classify(text: &str, at: usize, words: &str) -> Mistake {
    let scanned = scan(text, at);
    if let Some(mistake) = scanned.inside.as_ref().and_then(|string| in_string(text, at, words, string)) {
        return mistake;
    }
    if !scanned.brackets.is_empty() {
        return in_brackets(text, at, words, &scanned);
    }
    in_line(text, at, words, &scanned)
}

/// A mistake inside of a text: one that never ends, an escape that is none, a character that cannot be.
fn in_string(text: &str, at: usize, words: &str, string: &Quoted) -> Option<Mistake> {
    let typed = &text[string.range.clone()];
    if !string.is_closed && string.quote.len() == 3 {
        let line = line_around(text, string.range.start);
        let end = line.start + text[line.clone()].trim_end().len();
        return Some((SyntaxErrorKind::UnclosedLongText { quote: string.quote }, string.range.start..end));
    }
    let is_escape =
        ["missing escaped", "too few unicode", "invalid value"].iter().any(|start| words.starts_with(start));
    if is_escape {
        let content = typed.trim_start_matches(string.quote).trim_end_matches(string.quote);
        let before = text.get(string.range.start..at).unwrap_or_default();
        let slash = before.rfind('\\').map_or(at, |found| string.range.start + found);
        return Some((SyntaxErrorKind::Backslash { typed: example(content) }, slash..slash + 1));
    }
    match text[at..].chars().next().filter(|c| c.is_control() && *c != '\n') {
        Some('\r') if string.is_closed => Some((SyntaxErrorKind::LineEnd, at..at + 1)),
        Some(found) if found != '\r' => Some((SyntaxErrorKind::StrayCharacter { found }, at..at + found.len_utf8())),
        _ => (!string.is_closed).then(|| unclosed_quote(text, string.range.start, string.quote)),
    }
}

/// A text in one line that is not closed: the place is the end of the line, where the quote is missing.
fn unclosed_quote(text: &str, start: usize, quote: &str) -> Mistake {
    let end = start + text[start..line_around(text, start).end].trim_end().len();
    let typed = &text[start..end];
    if let Some(last) = typed.chars().last().filter(|c| is_curly(*c) && typed.len() > c.len_utf8()) {
        let content = typed.trim_start_matches(quote).trim_matches(is_curly);
        let meant = with_key(text, start, &quoted(content));
        return (SyntaxErrorKind::CurlyQuotes { meant }, end - last.len_utf8()..end);
    }
    // "C:\anh\" does not end, for its last quote is one of the text.
    if typed.len() > 2 && quote == "\"" && typed.ends_with("\\\"") {
        let content = &typed[1..typed.len() - 1];
        return (SyntaxErrorKind::Backslash { typed: example(content) }, end - 2..end);
    }
    (SyntaxErrorKind::UnclosedQuote { quote: if quote == "'" { '\'' } else { '"' } }, end..end)
}

/// A mistake inside of a list or of an inline table.
fn in_brackets(text: &str, at: usize, words: &str, scanned: &Scan) -> Mistake {
    let closing_of = |bracket| if bracket == '{' { '}' } else { ']' };
    for (index, (open, bracket)) in scanned.brackets.iter().enumerate() {
        let next = scanned.brackets.get(index + 1).map_or(at, |(next, _)| *next);
        if goes_on_behind(text, *open, next, *bracket) {
            return (SyntaxErrorKind::UnclosedList { closing: closing_of(*bracket) }, *open..open + 1);
        }
    }
    let (innermost, bracket) = scanned.brackets.last().copied().unwrap_or((at, '['));
    let closing = closing_of(bracket);
    if words.starts_with("unclosed") {
        return (SyntaxErrorKind::UnclosedList { closing }, innermost..innermost + 1);
    }
    let other = if bracket == '{' { ']' } else { '}' };
    if text[at..].starts_with(other) {
        return (SyntaxErrorKind::UnclosedList { closing }, at..at + 1);
    }
    let element = element_around(text, at, innermost);
    if words.starts_with("missing comma") {
        // "01.md, "02.md": the comma went into the text, for its quote is missing.
        if let Some(string) = scanned.last.as_ref().filter(|string| string.range.end == scanned.value_end) {
            let typed = text[string.range.clone()].trim_end_matches(string.quote).trim_end();
            if typed.ends_with(',') && string.quote.len() == 1 {
                let end = string.range.start + typed.len() - 1;
                return (
                    SyntaxErrorKind::UnclosedQuote { quote: string.quote.chars().next().unwrap_or('"') },
                    end..end + 1,
                );
            }
        }
        return (SyntaxErrorKind::MissingComma, scanned.value_end..scanned.value_end);
    }
    if words.starts_with("duplicate") {
        let length = text[at..].find(|c: char| !is_key_letter(c)).unwrap_or(0);
        let key = text[at..at + length].to_owned();
        return (SyntaxErrorKind::DuplicateKey { key, first_line: line_number(text, at) }, at..at + length);
    }
    if words.starts_with("extra comma") {
        return (SyntaxErrorKind::ExtraComma, at..at + 1);
    }
    let typed = text[element.clone()].trim();
    if let Some((key, value)) = colon(typed).filter(|_| bracket == '{') {
        let start = element.end - text[element.clone()].trim_start().len();
        return (
            SyntaxErrorKind::Colon { meant: format!("{key} = {}", meant_value(key, value)) },
            start..start + typed.len(),
        );
    }
    let (key, value) = match entry(&text[element.clone()]) {
        Some((key, value)) if bracket == '{' => {
            (key.trim_start(), element.start + value.start..element.start + value.end)
        }
        _ => ("", element),
    };
    value_error(text, key, value).unwrap_or((SyntaxErrorKind::Other, at..line_around(text, at).end.max(at)))
}

/// Whether the manifest goes on with another key or table before a list is closed.
fn goes_on_behind(text: &str, open: usize, at: usize, bracket: char) -> bool {
    let mut start = line_around(text, open).end + 1;
    let end = line_around(text, at).end;
    while start < end {
        let line = line_around(text, start);
        let typed = text[line.clone()].trim();
        let before = text[..line.start].trim_end();
        // In braces, a key without a comma before it may also be one that lacks just that.
        let is_apart = bracket == '[' || !(before.ends_with([',', '{']) || text[line.start..].contains('}'));
        let is_entry = is_apart && entry(typed).is_some_and(|(key, _)| is_key(key));
        if is_entry || header(typed).is_some_and(|name| is_key(name) && !name.starts_with(['"', '\''])) {
            return true;
        }
        start = line.end + 1;
    }
    false
}

/// A mistake in a line of its own.
fn in_line(text: &str, at: usize, words: &str, scanned: &Scan) -> Mistake {
    let line = line_around(text, at);
    let typed = text[line.clone()].trim_end();
    let start = line.start + (typed.len() - typed.trim_start_matches(BLANKS).len());
    let whole = start..line.start + typed.len();
    let typed = typed.trim_start_matches(BLANKS);

    // Behind a long text that began on an earlier line: was that meant to end before?
    if let Some(long) =
        scanned.last.as_ref().filter(|string| string.range.start < line.start && string.range.end > line.start)
    {
        let content = text[long.range.clone()].trim_end_matches(long.quote).trim_end();
        if content.ends_with('=') {
            let opening = line_around(text, long.range.start);
            return (SyntaxErrorKind::UnclosedLongText { quote: long.quote }, long.range.start..opening.end);
        }
        let rest = long.range.end..whole.end.max(long.range.end);
        return (SyntaxErrorKind::TextBehindValue { found: example(text[rest.clone()].trim()) }, rest);
    }
    if words.starts_with("duplicate") || words.starts_with("cannot extend") {
        return duplicate(text, &whole, typed);
    }
    if words.starts_with("carriage return") {
        return (SyntaxErrorKind::LineEnd, at..at + 1);
    }
    if matches!(typed, "+++" | "---") {
        return (SyntaxErrorKind::Fence, whole);
    }
    if let Some(note) = typed.strip_prefix("//") {
        return (SyntaxErrorKind::SlashNote { meant: example(&format!("# {}", note.trim())) }, whole);
    }
    if typed.starts_with('[') {
        return header_error(typed, whole);
    }
    if let Some((key, value)) = colon(typed) {
        return (SyntaxErrorKind::Colon { meant: format!("{key} = {}", meant_value(key, value)) }, whole);
    }
    let Some((key, value)) = entry(typed) else { return no_entry(typed, whole) };
    if let Some((at, found)) = typed[..key.len()].char_indices().find(|(_, c)| is_unseen(*c)) {
        return (SyntaxErrorKind::StrayCharacter { found }, start + at..start + at + found.len_utf8());
    }
    if key.is_empty() {
        return (SyntaxErrorKind::NotAnEntry, whole);
    }
    if !is_key(key) {
        return (SyntaxErrorKind::BadKey { key: example(key) }, start..start + key.len());
    }
    let value = start + value.start..start + value.end;
    value_error(text, key, value).unwrap_or((SyntaxErrorKind::Other, whole))
}

/// A key or a table that was there before.
fn duplicate(text: &str, whole: &Range<usize>, typed: &str) -> Mistake {
    let first = |wanted: &dyn Fn(&str) -> bool, from: usize| {
        let before = &text[from..whole.start];
        let found = before.lines().position(|line| wanted(line.trim()))?;
        Some(line_number(text, from) + found)
    };
    if let Some(name) = header(typed) {
        let is_same = |line: &str| header(line) == Some(name) || (entry(line).is_some_and(|(key, _)| key == name));
        let first_line = first(&is_same, 0).unwrap_or(1);
        return (SyntaxErrorKind::DuplicateTable { name: name.to_owned(), first_line }, whole.clone());
    }
    let key = entry(typed).map_or(typed, |(key, _)| key);
    let table = text[..whole.start].rfind("\n[").map_or(0, |at| at + 1);
    let is_same = |line: &str| entry(line).is_some_and(|(other, _)| other == key);
    match first(&is_same, table) {
        Some(first_line) => {
            (SyntaxErrorKind::DuplicateKey { key: example(key), first_line }, whole.start..whole.start + key.len())
        }
        None => (SyntaxErrorKind::Other, whole.clone()),
    }
}

fn header_error(typed: &str, whole: Range<usize>) -> Mistake {
    let name = typed.trim_start_matches('[').split([']', '#']).next().unwrap_or_default().trim();
    if name.is_empty() {
        return (SyntaxErrorKind::NotAnEntry, whole);
    }
    if !is_key(name) {
        return (SyntaxErrorKind::BadKey { key: example(name) }, whole);
    }
    let (open, close) = if typed.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
    let meant = format!("{open}{name}{close}");
    match typed.strip_prefix(&meant) {
        Some(rest) if rest.trim() == "]" => (SyntaxErrorKind::UnclosedHeader { meant: format!("[[{name}]]") }, whole),
        Some(rest) if !rest.trim().is_empty() => {
            (SyntaxErrorKind::TextBehindValue { found: example(rest.trim()) }, whole.start + meant.len()..whole.end)
        }
        _ => (SyntaxErrorKind::UnclosedHeader { meant }, whole),
    }
}

/// A line without a `=`.
fn no_entry(typed: &str, whole: Range<usize>) -> Mistake {
    if let Some((at, found)) = typed.char_indices().find(|(_, c)| matches!(c, '＝' | '：') || is_unseen(*c)) {
        return (SyntaxErrorKind::StrayCharacter { found }, whole.start + at..whole.start + at + found.len_utf8());
    }
    let end = typed.find(|c: char| !is_key_letter(c)).unwrap_or(typed.len());
    let rest = typed[end..].trim_start();
    let is_value = rest.is_empty()
        || rest.starts_with(['"', '\'', '[', '{', '“'])
        || rest.starts_with(|c: char| c.is_ascii_digit());
    if end > 0 && is_value && !typed[..end].starts_with('-') {
        let key = typed[..end].to_owned();
        return (SyntaxErrorKind::MissingEquals { key }, whole.start + end..whole.start + end);
    }
    (SyntaxErrorKind::NotAnEntry, whole)
}

/// What is wrong with a value; none where nothing is, as far as can be seen.
fn value_error(text: &str, key: &str, range: Range<usize>) -> Option<Mistake> {
    let typed = text[range.clone()].trim_end();
    let start = range.start + (typed.len() - typed.trim_start_matches(BLANKS).len());
    let typed = typed.trim_start_matches(BLANKS);
    let whole = start..start + typed.len();
    let entry = |value: &str| if key.is_empty() { value.to_owned() } else { format!("{key} = {value}") };
    let first = typed.chars().next().unwrap_or('#');
    if first == '#' {
        let at = text[..start].trim_end().len();
        return Some((SyntaxErrorKind::MissingValue { key: key.to_owned() }, at..at));
    }
    if is_unseen(first) {
        return Some((SyntaxErrorKind::StrayCharacter { found: first }, start..start + first.len_utf8()));
    }
    if first == '=' {
        return Some((SyntaxErrorKind::ExtraEquals, start..start + 1));
    }
    if key == "date" && !matches!(first, '"' | '\'') {
        return Some((SyntaxErrorKind::DateForm { key: key.to_owned(), meant: super::date_meant(typed) }, whole));
    }
    if is_curly(first) {
        let content = typed.trim_matches(|c| is_curly(c) || c == '"');
        return Some((SyntaxErrorKind::CurlyQuotes { meant: entry(&quoted(content)) }, whole));
    }
    if first == '"' || first == '\'' {
        let string = scan(text, start + 1).inside?;
        if !string.is_closed {
            return Some(match string.quote.len() {
                3 => in_string(text, start, "", &string)?,
                _ => unclosed_quote(text, start, string.quote),
            });
        }
        let rest = text.get(string.range.end..range.end)?;
        if let Some((at, found)) = rest.char_indices().find(|(_, c)| is_unseen(*c) && *c != '\r') {
            let at = string.range.end + at;
            return Some((SyntaxErrorKind::StrayCharacter { found }, at..at + found.len_utf8()));
        }
        let behind = string.range.end + (rest.len() - rest.trim_start().len())..whole.end;
        if rest.trim().is_empty() || rest.trim().starts_with('#') {
            return None;
        }
        let is_entry = self::entry(rest.trim()).is_some_and(|(key, _)| is_key(key));
        if rest.contains(first) && !is_entry {
            let content = typed.trim_end_matches([';', ',']);
            let content = content.strip_prefix(first).unwrap_or(content);
            let content = content.strip_suffix(first).unwrap_or(content);
            let is_doubled = content.starts_with(first) && content.ends_with(first);
            let content = if is_doubled { content.trim_matches(first) } else { content };
            return Some((SyntaxErrorKind::QuoteInside { meant: entry(&quoted(content)) }, whole));
        }
        return Some((SyntaxErrorKind::TextBehindValue { found: example(rest.trim()) }, behind));
    }
    if first == '[' || first == '{' {
        let close = typed.rfind([']', '}']).map_or(typed.len(), |at| at + 1);
        let found = example(typed[close..].trim());
        if found.is_empty() || found.starts_with('#') {
            return None;
        }
        return Some((SyntaxErrorKind::TextBehindValue { found }, start + close..whole.end));
    }
    let bare = typed.split(" #").next().unwrap_or(typed).trim_end();
    let content = bare.trim_matches(|c| c == '"' || is_curly(c));
    Some((SyntaxErrorKind::UnquotedText { meant: entry(&quoted(content)) }, start..start + bare.len()))
}

/// How a value behind a colon is written behind a `=`.
fn meant_value(key: &str, value: &str) -> String {
    let value = value.trim();
    if key == "date" {
        let bare = value.trim_matches(|c| matches!(c, '"' | '\'') || is_curly(c));
        return super::date_meant(bare).unwrap_or_else(|| "2026-11-28".to_owned());
    }
    let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) && !value.starts_with('0');
    if value.is_empty() {
        return "\"…\"".to_owned();
    }
    if value.starts_with(['"', '\'', '[', '{']) || is_number {
        return example(value);
    }
    quoted(value.trim_matches(is_curly))
}
