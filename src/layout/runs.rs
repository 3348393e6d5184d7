//! Text → runs that a layout sets without looking into them: plain text, tokens to keep on one line, addresses as
//! links.

use linkify::{LinkFinder, LinkKind};
use serde_json::{Value, json};

use unicode_normalization::char::canonical_combining_class;

use super::nonbreaking::nonbreaking_spans;

/// How many characters surely fit on a line: what is longer may be broken, even where that is ugly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineBudget {
    /// A column of text.
    Line,
    /// A cell of a table.
    Cell,
}

impl LineBudget {
    fn characters(self) -> usize {
        match self {
            Self::Line => 32,
            Self::Cell => 14,
        }
    }
}

/// The runs of a text. `link` tells whether addresses in it become links: not inside a link.
pub(super) fn runs(text: &str, link: bool, budget: LineBudget) -> Vec<Value> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let mut runs = Vec::new();
    let mut done = 0;
    // Most texts have none, and need not be searched.
    let may_link = text.contains("://") || text.contains('@');
    for found in may_link.then(|| finder.links(text)).into_iter().flatten() {
        // Closing marks of Vietnamese text are none of an address.
        let address = found.as_str().trim_end_matches(CLOSING);
        let url = match found.kind() {
            LinkKind::Email => format!("mailto:{address}"),
            _ if is_web(address) => address.to_owned(),
            _ => continue,
        };
        push_text(&mut runs, &text[done..found.start()], budget);
        done = found.start() + address.len();
        let mut shown = Vec::new();
        let is_email = url.starts_with("mailto:");
        if is_email && address.chars().count() <= budget.characters() {
            shown.push(keep(address));
        } else {
            push_breakable(&mut shown, address, budget);
        }
        if link {
            runs.push(json!({ "kind": "link", "url": url, "content": shown }));
        } else {
            runs.extend(shown);
        }
    }
    push_text(&mut runs, &text[done..], budget);
    runs
}

/// What ends a quotation or a clause, and never an address.
const CLOSING: [char; 7] = ['”', '’', '»', '«', '…', '–', '—'];

/// Of all schemes, only those of the web are linked without being asked for.
fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

fn push_text(runs: &mut Vec<Value>, text: &str, budget: LineBudget) {
    let mut start = 0;
    for range in
        nonbreaking_spans(text).into_iter().filter(|range| text[range.clone()].chars().count() <= budget.characters())
    {
        push_breakable(runs, &text[start..range.start], budget);
        start = range.end;
        runs.push(keep(&text[range]));
    }
    push_breakable(runs, &text[start..], budget);
}

/// Plain text, with chances of a break in words that are longer than a line may be.
fn push_breakable(runs: &mut Vec<Value>, text: &str, budget: LineBudget) {
    let mut start = 0;
    for at in breaks_in_long_words(text, budget.characters()) {
        runs.push(plain(&text[start..at]));
        runs.push(json!({ "kind": "may-break" }));
        start = at;
    }
    if start < text.len() {
        runs.push(plain(&text[start..]));
    }
}

/// Where words of more than `budget` characters may be broken: behind a sign that joins their parts, or, where there is
/// none for long, anywhere.
fn breaks_in_long_words(text: &str, budget: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut word = 0;
    let mut since = 0;
    let mut starts = text.char_indices().peekable();
    while let Some((at, character)) = starts.next() {
        if character.is_whitespace() {
            (word, since) = (0, 0);
            continue;
        }
        if word == 0 {
            word = text[at..].split(char::is_whitespace).next().map_or(0, |word| word.chars().count());
        }
        since += 1;
        let end = at + character.len_utf8();
        let ends_here = starts.peek().is_none_or(|(_, next)| next.is_whitespace());
        let is_joint = matches!(character, '/' | '.' | '-' | '_' | '@');
        // A mark must not be parted from its letter.
        let splits_letter = starts.peek().is_some_and(|(_, next)| canonical_combining_class(*next) != 0);
        if word > budget && !ends_here && !splits_letter && (is_joint && since > 2 || since >= budget) {
            breaks.push(end);
            since = 0;
        }
    }
    breaks
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
        let found = runs("Gửi về bbt@tanhai.example, xem https://tanhai.example/a.", true, LineBudget::Line);
        let urls: Vec<_> = found.iter().filter_map(|run| run["url"].as_str()).collect();
        assert_eq!(urls, ["mailto:bbt@tanhai.example", "https://tanhai.example/a"]);
        let quoted = runs("“https://tanhai.example/b”, xem HTTPS://tanhai.example/c…", true, LineBudget::Line);
        let urls: Vec<_> = quoted.iter().filter_map(|run| run["url"].as_str()).collect();
        assert_eq!(urls, ["https://tanhai.example/b", "HTTPS://tanhai.example/c"]);
        assert!(runs("bbt@tanhai.example", false, LineBudget::Line).iter().all(|run| run["url"].is_null()));
    }

    #[test]
    fn tokens_are_runs_of_their_own() {
        let found = runs("số 19-NQ/TW, từ", true, LineBudget::Line);
        let kinds: Vec<_> = found.iter().map(|run| (run["kind"].as_str().unwrap_or_default(), text_of(run))).collect();
        assert_eq!(kinds, [("text", "số "), ("keep", "19-NQ/TW,"), ("text", " từ")]);
    }

    #[test]
    fn long_words_may_break_behind_their_joints() {
        let name = "Bao_cao_tong_ket_nam_2026_cua_tinh_Tan_Hai.docx";
        let found = runs(&format!("tệp {name} đây"), true, LineBudget::Line);
        assert!(found.iter().filter(|run| run["kind"] == "may-break").count() >= 5);
        assert_eq!(found.iter().map(text_of).collect::<String>(), format!("tệp {name} đây"));
        let endless = "x".repeat(100);
        assert_eq!(breaks_in_long_words(&endless, 32), [32, 64, 96]);
        assert!(breaks_in_long_words("một hai ba", 32).is_empty());
    }

    #[test]
    fn text_is_kept_to_the_letter() {
        for text in ["a  b", "19-NQ/TW, www.x.y", "ftp://x.y x@y", "", " 8/12 \u{a0}9/12\t", "–", "2021 - 2030"] {
            assert_eq!(runs(text, true, LineBudget::Line).iter().map(text_of).collect::<String>(), text);
        }
    }
}
