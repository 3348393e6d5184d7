//! The lines of a text in TOML: what stands in them, and how it would be written.

use std::ops::Range;

/// What TOML takes for space; other spaces are characters that cannot stand there.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

/// Longest text that is shown back as an example, in characters.
const MAX_EXAMPLE: usize = 60;

/// `key: value`, of a key that looks like one.
pub(super) fn colon(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let is_short =
        !key.is_empty() && key.chars().count() <= 30 && !key.contains(['=', '"', '\'', '“', '.', ',', '[', '{', '#']);
    (is_short && (value.is_empty() || !value.starts_with("//"))).then_some((key, value))
}

/// The key of a line, and the bytes of its value; none where there is no `=` outside of quotes.
pub(super) fn entry(line: &str) -> Option<(&str, Range<usize>)> {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '=') => return Some((line[..at].trim_end_matches(BLANKS), at + 1..line.len())),
            (None, '#') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The name in a line such as `[name]` or `[[name]]`.
pub(super) fn header(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('[')?;
    let rest = rest.strip_prefix('[').unwrap_or(rest);
    let (name, behind) = rest.split_once(']')?;
    let behind = behind.trim_start_matches(']').trim();
    (behind.is_empty() || behind.starts_with('#')).then(|| name.trim())
}

pub(super) fn has_header(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('['))
}

/// Whether TOML takes this for a key: bare or quoted parts with dots between them.
pub(super) fn is_key(key: &str) -> bool {
    let is_quoted = |part: &str| {
        part.len() >= 2 && ['"', '\''].iter().any(|quote| part.starts_with(*quote) && part.ends_with(*quote))
    };
    let is_bare = |part: &str| !part.is_empty() && part.chars().all(is_key_letter);
    is_quoted(key) || key.contains(['"', '\'']) || key.split('.').all(|part| is_bare(part.trim()))
}

pub(super) fn is_key_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Quotes that word processors put in place of straight ones.
pub fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '″' | '＂')
}

/// A space that is none, or a character that nobody sees.
pub(super) fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\t')
        || (c.is_whitespace() && !c.is_ascii())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A text as TOML has it, in the quotes that need no escapes.
pub(super) fn quoted(text: &str) -> String {
    let text = example(text.trim());
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// As much of a text as an example needs.
pub(super) fn example(text: &str) -> String {
    match text.char_indices().nth(MAX_EXAMPLE) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A value with the key of its line, where it has one.
pub(super) fn with_key(text: &str, at: usize, value: &str) -> String {
    let line = text[line_around(text, at)].trim_start();
    match entry(line) {
        Some((key, _)) if is_key(key) => format!("{key} = {value}"),
        _ => value.to_owned(),
    }
}

/// The element of a list that a byte belongs to.
pub(super) fn element_around(text: &str, at: usize, open: usize) -> Range<usize> {
    let line = line_around(text, at);
    let from = (open + 1).max(line.start).min(at);
    let start = text[from..at].rfind([',', '[', '{']).map_or(from, |comma| from + comma + 1);
    let end = text[at..line.end.max(at)].find([',', ']', '}']).map_or(line.end.max(at), |comma| at + comma);
    start..end
}

/// The line that a byte belongs to, without its end.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// The number of a line, counted from 1.
pub(super) fn line_number(text: &str, at: usize) -> usize {
    text[..text.floor_char_boundary(at)].matches('\n').count() + 1
}
