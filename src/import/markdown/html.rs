//! Raw HTML in Markdown: its words, and the few tags that say how they look.

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    Text(String),
    Tag(Tag<'h>),
    Comment(&'h str),
}

/// A tag that HTML knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// In small letters.
    pub(super) name: String,
    pub(super) is_end: bool,
    attributes: &'h str,
}

/// Tags that begin or end a paragraph.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
];
/// Other tags.
const INLINES: [&str; 54] = [
    "a", "abbr", "acronym", "area", "audio", "b", "base", "big", "br", "button", "canvas", "cite", "code", "col",
    "colgroup", "del", "dfn", "em", "embed", "font", "hr", "i", "iframe", "img", "input", "ins", "kbd", "label",
    "link", "mark", "meta", "object", "picture", "q", "s", "samp", "script", "small", "source", "span", "strike",
    "strong", "style", "sub", "sup", "svg", "tbody", "tfoot", "thead", "title", "tt", "u", "ul", "video",
];

impl Tag<'_> {
    pub(super) fn is_block(&self) -> bool {
        BLOCKS.contains(&self.name.as_str()) || matches!(self.name.as_str(), "ul" | "tbody" | "thead" | "tfoot")
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '/');
            let end = rest.find(|sign: char| sign.is_whitespace() || sign == '=').unwrap_or(rest.len());
            let (found, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=') {
                Some(value) => value_and_rest(value.trim_start()),
                None => ("", after),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(letters(value));
            }
            if found.is_empty() && after.len() >= rest.len() {
                return None;
            }
            rest = after;
        }
    }
}

fn value_and_rest(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Divides HTML into its pieces. What only looks like a tag is text; what scripts and style sheets hold is nothing.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        text.push_str(&letters(before));
        let Some((piece, after)) = markup(from) else {
            text.push('<');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        rest = match &piece {
            Some(Piece::Tag(tag)) if !tag.is_end && matches!(tag.name.as_str(), "script" | "style") => {
                after_element(after, &tag.name)
            }
            _ => after,
        };
        pieces.extend(piece);
    }
    text.push_str(&letters(rest));
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// The comment or tag that a text starts with, and what follows it.
fn markup(text: &str) -> Option<(Option<Piece<'_>>, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let (comment, after) = comment.split_once("-->").unwrap_or((comment, ""));
        return Some((Some(Piece::Comment(comment)), after));
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        return text.split_once('>').map(|(_, after)| (None, after));
    }
    let inner = text.strip_prefix('<')?;
    let (inner, is_end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let length = inner.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner.get(..length)?.to_ascii_lowercase();
    if !BLOCKS.contains(&name.as_str()) && !INLINES.contains(&name.as_str()) {
        return None;
    }
    let end = end_of_tag(inner)?;
    let attributes = inner.get(length..end)?;
    Some((Some(Piece::Tag(Tag { name, is_end, attributes })), inner.get(end + 1..)?))
}

/// Where a tag ends; a sign within quotes does not end it.
fn end_of_tag(text: &str) -> Option<usize> {
    /// No tag that people write is longer.
    const LONGEST: usize = 20_000;
    let mut quote = None;
    for (place, sign) in text.char_indices().take(LONGEST) {
        match (sign, quote) {
            ('>', None) => return Some(place),
            ('"' | '\'', None) => quote = Some(sign),
            _ if quote == Some(sign) => quote = None,
            _ => {}
        }
    }
    None
}

fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let end = format!("</{name}");
    let mut places = text.match_indices('<').map(|(place, _)| place);
    let place =
        places.find(|place| text.get(*place..place + end.len()).is_some_and(|found| found.eq_ignore_ascii_case(&end)));
    place.and_then(|place| text.get(place..)).unwrap_or_default()
}

/// A text with letters for the references in it.
fn letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        let reference = from.get(1..).and_then(|name| name.split_once(';')).filter(|(name, _)| name.len() <= 10);
        match reference.and_then(|(name, after)| Some((letter(name)?, after))) {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain + rest
}

fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok());
        return code.and_then(char::from_u32).filter(|letter| *letter != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "shy" => '\u{AD}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "times" => '×',
        "deg" => '°',
        "copy" => '©',
        "reg" => '®',
        "euro" => '€',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn words(html: &str) -> String {
        let pieces = pieces(html);
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Tag(tag) => format!("[{}{}]", if tag.is_end { "/" } else { "" }, tag.name),
            Piece::Comment(comment) => format!("(({comment}))"),
        });
        texts.collect()
    }

    #[test]
    fn tags_comments_and_letters_are_told_apart() {
        assert_eq!(words("<P align='a>b'>Một &amp; hai<br/>ba</p>"), "[p]Một & hai[br]ba[/p]");
        assert_eq!(words("<!-- ghi chú -->chữ<!DOCTYPE html>"), "(( ghi chú ))chữ");
        assert_eq!(
            words("<script>if (a < b) {}</script>sau<style>p {}</STYLE>"),
            "[script][/script]sau[style][/style]"
        );
        assert_eq!(words("&#272;&#x1EA3;ng &khong; &nbsp;"), "Đảng &khong; \u{A0}");
    }

    #[test]
    fn what_only_looks_like_a_tag_is_text() {
        assert_eq!(words("a < b <Họ tên> <ten> <b"), "a < b <Họ tên> <ten> <b");
    }

    #[test]
    fn attributes_are_found_in_every_form() {
        let pieces = pieces("<img alt=\"Chợ &lt;nổi&gt;\" hidden src = 'a b.jpg' width=30 />");
        let [Piece::Tag(tag)] = &pieces[..] else { panic!("{pieces:?}") };
        let expected = [("alt", "Chợ <nổi>"), ("src", "a b.jpg"), ("WIDTH", "30"), ("hidden", "")];
        for (name, value) in expected {
            assert_eq!(tag.attribute(name).as_deref(), Some(value));
        }
        assert_eq!(tag.attribute("title"), None);
    }
}
