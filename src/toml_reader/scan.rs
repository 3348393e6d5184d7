//! Where a byte of a TOML text stands: inside of a string, of brackets, or of neither.

use std::ops::Range;

/// A string, with its quotes.
pub(super) struct Quoted {
    pub range: Range<usize>,
    pub quote: &'static str,
    pub is_closed: bool,
}

/// What stands before a byte.
#[derive(Default)]
pub(super) struct Scan {
    /// The string that the byte is inside of.
    pub inside: Option<Quoted>,
    /// The last string before it.
    pub last: Option<Quoted>,
    /// Brackets of lists and inline tables that are open there.
    pub brackets: Vec<(usize, char)>,
    /// Where the last character before it ends that is neither space nor note.
    pub value_end: usize,
}

/// Looks at a text up to `at`.
pub(super) fn scan(text: &str, at: usize) -> Scan {
    let mut scan = Scan::default();
    let mut position = 0;
    let mut starts_line = true;
    while let Some(next) = text[position..].chars().next().filter(|_| position < at) {
        let length = next.len_utf8();
        match next {
            '\n' => starts_line = true,
            ' ' | '\t' | '\r' => {}
            '#' => {
                position = line_end(text, position);
                continue;
            }
            '[' if starts_line && scan.brackets.is_empty() => {
                position = line_end(text, position);
                scan.value_end = position.min(at);
                continue;
            }
            '"' | '\'' => {
                let string = string(text, position);
                position = string.range.end;
                if string.range.end > at || (!string.is_closed && string.range.end >= at) {
                    scan.inside = Some(string);
                    return scan;
                }
                scan.value_end = position;
                scan.last = Some(string);
                starts_line = false;
                continue;
            }
            _ => {
                match next {
                    '[' | '{' => scan.brackets.push((position, next)),
                    ']' | '}' => drop(scan.brackets.pop()),
                    _ => {}
                }
                scan.value_end = position + length;
                starts_line = false;
            }
        }
        position += length;
    }
    scan
}

/// The string that starts at a quote.
fn string(text: &str, start: usize) -> Quoted {
    let rest = &text[start..];
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let quote = quotes.into_iter().find(|quote| rest.starts_with(quote)).unwrap_or("\"");
    let is_long = quote.len() == 3;
    let mut characters = rest.char_indices().skip(quote.len());
    while let Some((at, c)) = characters.next() {
        if c == '\\' && quote.starts_with('"') && (is_long || !rest[at + 1..].starts_with(['\r', '\n'])) {
            characters.next();
        } else if c == '\n' && !is_long {
            return Quoted { range: start..start + rest[..at].trim_end_matches('\r').len(), quote, is_closed: false };
        } else if rest[at..].starts_with(quote) {
            // Up to two quotes may stand before those that close a long text.
            let more = rest[at + quote.len()..].bytes().take(2).take_while(|b| is_long && quote.as_bytes()[0] == *b);
            let end = at + quote.len() + more.count();
            return Quoted { range: start..start + end, quote, is_closed: true };
        }
    }
    Quoted { range: start..text.len(), quote, is_closed: false }
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |newline| from + newline)
}
