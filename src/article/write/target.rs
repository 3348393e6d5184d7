//! What stands between the parentheses of links and photos: addresses, paths, and credits.

use super::escape::ends_entity;

/// Deepest parentheses that are written as they are.
const MAX_NESTED: usize = 3;

/// The path of a photo. What would end it, or be read as something else, is written with percent signs, which reading
/// takes away.
pub(super) fn path(path: &str) -> String {
    let mut text = String::new();
    for (at, c) in path.char_indices() {
        let is_code = |next: &[u8]| next.len() == 2 && next.iter().all(|b| b.is_ascii_hexdigit() || *b == b'+');
        let is_coded = c == '%' && path.as_bytes().get(at + 1..at + 3).is_some_and(is_code);
        let is_special = matches!(c, '(' | ')' | '<' | '>' | '\\' | '"' | '&' | ':');
        if is_coded || is_special || c.is_whitespace() || c.is_control() {
            text.push_str(&percent(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// The address of a link.
pub(super) fn url(url: &str) -> String {
    let is_balanced = is_balanced(url);
    let mut text = String::new();
    for (at, c) in url.char_indices() {
        match c {
            c if c.is_whitespace() || c.is_control() => text.push_str(&percent(c)),
            '(' | ')' if is_balanced => text.push(c),
            '(' | ')' | '\\' | '<' | '>' => text.extend(['\\', c]),
            '&' if ends_entity(&url[at + 1..]) => text.push_str("\\&"),
            c => text.push(c),
        }
    }
    text
}

fn is_balanced(url: &str) -> bool {
    let mut open = 0_usize;
    for c in url.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
        if open > MAX_NESTED {
            return false;
        }
    }
    open == 0
}

/// The credit of a photo, with quotes around it that need no backslashes inside, where there are such.
pub(super) fn credit(credit: &str) -> String {
    let quote = if credit.contains('"') && !credit.contains('\'') { '\'' } else { '"' };
    let mut text = String::from(quote);
    for (at, c) in credit.char_indices() {
        let rest = &credit[at + c.len_utf8()..];
        match c {
            '\\' if rest.starts_with(|next: char| !next.is_ascii_punctuation()) => text.push('\\'),
            '\\' => text.push_str("\\\\"),
            '&' if ends_entity(rest) => text.push_str("\\&"),
            c if c == quote => text.extend(['\\', c]),
            c if c.is_control() => text.push_str(&format!("&#{};", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push(quote);
    text
}

fn percent(c: char) -> String {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect()
}
