//! Text → runs that a layout sets without looking into them: plain text, tokens to keep on one line, addresses as
//! links.

use linkify::{LinkFinder, LinkKind};
use serde_json::{Value, json};

/// A longer token is better broken than kept: it may not fit into a column.
const MAX_KEPT: usize = 30;

/// The runs of a text. `link` tells whether addresses in it become links: not inside a link.
pub fn runs(text: &str, link: bool) -> Vec<Value> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let mut runs = Vec::new();
    for span in finder.spans(text) {
        match span.kind() {
            Some(LinkKind::Email) => push_address(&mut runs, link, format!("mailto:{}", span.as_str()), span.as_str()),
            Some(_) if is_web(span.as_str()) => push_address(&mut runs, link, span.as_str().to_owned(), span.as_str()),
            _ => push_tokens(&mut runs, span.as_str()),
        }
    }
    runs
}

/// Of all schemes, only those of the web are linked without being asked for.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn push_address(runs: &mut Vec<Value>, link: bool, url: String, text: &str) {
    let is_email = url.starts_with("mailto:");
    let shown = if is_email && text.chars().count() <= MAX_KEPT { kept(text) } else { plain(text) };
    runs.push(if link { json!({ "kind": "link", "url": url, "content": [shown] }) } else { shown });
}

/// Document numbers, dates and ranges (`19-NQ/TW`, `21/11/2022`, `2021-2025`) are never broken over lines.
fn push_tokens(runs: &mut Vec<Value>, text: &str) {
    let mut start = 0;
    for (at, token) in tokens(text) {
        if is_kept(token) {
            if start < at {
                runs.push(plain(&text[start..at]));
            }
            runs.push(kept(token));
            start = at + token.len();
        }
    }
    if start < text.len() {
        runs.push(plain(&text[start..]));
    }
}

/// The parts of a text between white space, with their offsets.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(char::is_whitespace).scan(0, move |at, token| {
        let start = *at;
        let rest = &text[start + token.len()..];
        *at = start + token.len() + rest.chars().next().map_or(0, char::len_utf8);
        Some((start, token))
    })
}

/// Whether a token has a hyphen or slash inside a word, where a line could break, and a digit or capital that makes
/// it a number or a code rather than two words.
fn is_kept(token: &str) -> bool {
    let word = token.trim_matches(|c: char| !c.is_alphanumeric());
    let has_joint = word.contains(['-', '/', '–']);
    let is_code = word.chars().any(|c| c.is_ascii_digit() || c.is_uppercase());
    has_joint && is_code && token.chars().count() <= MAX_KEPT
}

fn plain(text: &str) -> Value {
    json!({ "kind": "text", "text": text })
}

fn kept(text: &str) -> Value {
    json!({ "kind": "keep", "text": text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(run: &Value) -> &str {
        run["text"].as_str().or(run["content"][0]["text"].as_str()).unwrap_or_default()
    }

    #[test]
    fn addresses_become_links() {
        let found = runs("Gửi về bbt@tanhai.example, xem https://tanhai.example/a.", true);
        let urls: Vec<_> = found.iter().filter_map(|run| run["url"].as_str()).collect();
        assert_eq!(urls, ["mailto:bbt@tanhai.example", "https://tanhai.example/a"]);
        assert!(runs("bbt@tanhai.example", false).iter().all(|run| run["url"].is_null()));
    }

    #[test]
    fn numbers_and_codes_are_kept_whole() {
        let found = runs("Nghị quyết số 19-NQ/TW, ngày 21/11/2022 (giai đoạn 2021-2025) về thu - chi và/hoặc", true);
        let kept: Vec<_> = found.iter().filter(|run| run["kind"] == "keep").map(text_of).collect();
        assert_eq!(kept, ["19-NQ/TW,", "21/11/2022", "2021-2025)"]);
    }

    #[test]
    fn text_is_kept_to_the_letter() {
        for text in ["a  b", "19-NQ/TW, www.x.y", "ftp://x.y x@y", "", " 8/12 \u{a0}9/12\t", "–"] {
            assert_eq!(runs(text, true).iter().map(text_of).collect::<String>(), text);
        }
    }
}
