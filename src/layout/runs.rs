//! Text → runs that a layout sets without looking into them: plain text, tokens to keep on one line, addresses as
//! links.

use linkify::{LinkFinder, LinkKind};
use serde_json::{Value, json};

use super::keep::kept;

/// An e-mail address up to this length stays on one line. In characters.
const MAX_EMAIL: usize = 30;

/// The runs of a text. `link` tells whether addresses in it become links: not inside a link.
pub fn runs(text: &str, link: bool) -> Vec<Value> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let mut runs = Vec::new();
    for span in finder.spans(text) {
        match span.kind() {
            Some(LinkKind::Email) => {
                let short = span.as_str().chars().count() <= MAX_EMAIL;
                let shown = if short { keep(span.as_str()) } else { plain(span.as_str()) };
                runs.push(address(shown, link, format!("mailto:{}", span.as_str())));
            }
            Some(_) if is_web(span.as_str()) => {
                runs.push(address(plain(span.as_str()), link, span.as_str().to_owned()));
            }
            _ => push_text(&mut runs, span.as_str()),
        }
    }
    runs
}

/// Of all schemes, only those of the web are linked without being asked for.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn address(shown: Value, link: bool, url: String) -> Value {
    if link { json!({ "kind": "link", "url": url, "content": [shown] }) } else { shown }
}

fn push_text(runs: &mut Vec<Value>, text: &str) {
    let mut start = 0;
    for range in kept(text) {
        if start < range.start {
            runs.push(plain(&text[start..range.start]));
        }
        start = range.end;
        runs.push(keep(&text[range]));
    }
    if start < text.len() {
        runs.push(plain(&text[start..]));
    }
}

fn plain(text: &str) -> Value {
    json!({ "kind": "text", "text": text })
}

fn keep(text: &str) -> Value {
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
    fn tokens_are_runs_of_their_own() {
        let found = runs("số 19-NQ/TW, từ", true);
        let kinds: Vec<_> = found.iter().map(|run| (run["kind"].as_str().unwrap_or_default(), text_of(run))).collect();
        assert_eq!(kinds, [("text", "số "), ("keep", "19-NQ/TW,"), ("text", " từ")]);
    }

    #[test]
    fn text_is_kept_to_the_letter() {
        for text in ["a  b", "19-NQ/TW, www.x.y", "ftp://x.y x@y", "", " 8/12 \u{a0}9/12\t", "–", "2021 - 2030"] {
            assert_eq!(runs(text, true).iter().map(text_of).collect::<String>(), text);
        }
    }
}
