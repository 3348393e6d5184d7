//! Text → runs that a layout sets without looking into them: plain text and addresses as links.

use linkify::{LinkFinder, LinkKind};
use serde_json::{Value, json};

/// The runs of a text. `link` tells whether addresses in it become links: not inside a link.
pub fn runs(text: &str, link: bool) -> Vec<Value> {
    if !link {
        return vec![plain(text)];
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let spans = finder.spans(text).map(|span| match span.kind() {
        Some(LinkKind::Email) => linked(format!("mailto:{}", span.as_str()), span.as_str()),
        Some(_) if is_web(span.as_str()) => linked(span.as_str().to_owned(), span.as_str()),
        _ => plain(span.as_str()),
    });
    spans.collect()
}

/// Of all schemes, only those of the web are linked without being asked for.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn plain(text: &str) -> Value {
    json!({ "kind": "text", "text": text })
}

fn linked(url: String, text: &str) -> Value {
    json!({ "kind": "link", "url": url, "content": [plain(text)] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links() {
        let found = runs("Gửi về bbt@tanhai.example, xem https://tanhai.example/a.", true);
        let urls: Vec<_> = found.iter().filter_map(|run| run["url"].as_str()).collect();
        assert_eq!(urls, ["mailto:bbt@tanhai.example", "https://tanhai.example/a"]);
    }

    #[test]
    fn text_is_kept_to_the_letter() {
        for text in ["a  b", "19-NQ/TW, www.x.y", "ftp://x.y x@y", ""] {
            let joined: String = runs(text, true)
                .iter()
                .map(|run| run["text"].as_str().or(run["content"][0]["text"].as_str()).unwrap_or_default().to_owned())
                .collect();
            assert_eq!(joined, text);
        }
    }
}
