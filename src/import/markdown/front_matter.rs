//! Front matter: what is said of an article before its text.

use std::collections::HashMap;

use super::yaml::{self, Entry};
use crate::import::document::{
    Alignment, Block, Inline, LeftOut, Look, Paragraph, Properties, Reason, Role, Span, Style,
};

/// What is said before the text.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    entries: Vec<Entry>,
    /// What is said of photos, by their paths.
    photos: HashMap<String, String>,
}

/// What a key is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Kicker,
    Title,
    Subtitle,
    Lead,
    Author,
    Source,
    SourceAddress,
    Keywords,
    Language,
}

const TOPICS: [(Topic, &[&str]); 9] = [
    (Topic::Kicker, &["kicker", "chuyên mục"]),
    (Topic::Title, &["title", "headline", "tiêu đề", "tiêu-đề", "tựa đề", "tít"]),
    (Topic::Subtitle, &["subtitle", "tiêu đề phụ", "phụ đề"]),
    (Topic::Lead, &["lead", "lede", "sapo", "description", "summary", "excerpt", "abstract", "mô tả", "tóm tắt"]),
    (Topic::Author, &["author", "authors", "byline", "tác giả"]),
    (Topic::Source, &["source", "nguồn"]),
    (Topic::SourceAddress, &["source_url", "source-url", "canonical_url"]),
    (Topic::Keywords, &["keywords", "tags", "từ khóa"]),
    (Topic::Language, &["lang", "language"]),
];

/// Divides a text into its front matter and the rest.
pub(super) fn split(text: &str) -> (FrontMatter, &str) {
    let found = fenced(text, "+++", &["+++"]).and_then(|(front, body)| Some((from_toml(front)?, body)));
    let found = found.or_else(|| {
        let (front, body) = fenced(text, "---", &["---", "..."])?;
        Some((FrontMatter { entries: yaml::entries(front)?, photos: HashMap::new() }, body))
    });
    found.unwrap_or_else(|| (FrontMatter::default(), text))
}

/// What stands between a first line and the next that ends it, and what follows.
fn fenced<'t>(text: &'t str, start: &str, ends: &[&str]) -> Option<(&'t str, &'t str)> {
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != start {
        return None;
    }
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            return Some((rest.get(..length)?, rest.get(length + line.len()..)?));
        }
        length += line.len();
    }
    None
}

fn from_toml(text: &str) -> Option<FrontMatter> {
    let table: toml::Table = text.parse().ok()?;
    let mut front = FrontMatter::default();
    for (key, value) in &table {
        match value {
            toml::Value::Table(photos) if key == "photos" => {
                for (path, settings) in photos {
                    if let Some(alt) = settings.get("alt").and_then(toml::Value::as_str) {
                        front.photos.insert(path.clone(), alt.to_owned());
                    }
                }
            }
            value => front.entries.push(Entry { key: key.to_lowercase(), values: texts(value) }),
        }
    }
    Some(front)
}

/// The texts of a value, at any depth, for TOML that has been read is not deep.
fn texts(value: &toml::Value) -> Vec<String> {
    match value {
        toml::Value::String(text) => vec![text.trim().to_owned()],
        toml::Value::Array(values) => values.iter().flat_map(texts).collect(),
        toml::Value::Table(table) => table.values().flat_map(texts).collect(),
        value => vec![value.to_string()],
    }
}

impl FrontMatter {
    /// What is said of photos for those who cannot see them, by their paths.
    pub(super) fn photo_descriptions(&self) -> HashMap<String, String> {
        self.photos.clone()
    }

    pub(super) fn properties(&self) -> Properties {
        Properties {
            title: self.value(Topic::Title, " "),
            author: self.value(Topic::Author, ", "),
            keywords: self.value(Topic::Keywords, ", "),
            language: self.value(Topic::Language, " "),
        }
    }

    /// The paragraphs that stand before the text. A title that the text has as a heading does not come twice.
    pub(super) fn head(&self, body: &[Block], left_out: &mut Vec<LeftOut>) -> Vec<Block> {
        let mut head = Vec::new();
        if let Some(kicker) = self.value(Topic::Kicker, " ") {
            head.push(paragraph(kicker, Look::default(), Style::default()));
        }
        for (topic, role) in [(Topic::Title, Role::Title), (Topic::Subtitle, Role::Subtitle)] {
            let Some(text) = self.value(topic, " ") else { continue };
            if has_heading(body, &text) {
                left_out.push(LeftOut { text, reason: Reason::Repeated });
            } else {
                let look = Look { role: Some(role), ..Look::default() };
                head.push(paragraph(text, look, Style { bold: role == Role::Title, ..Style::default() }));
            }
        }
        if let Some(lead) = self.value(Topic::Lead, "\n") {
            head.push(paragraph(lead, Look::default(), Style { bold: true, ..Style::default() }));
        }
        let others = self.entries.iter().filter(|entry| topic(&entry.key).is_none() && !entry.values.is_empty());
        left_out.extend(others.map(|entry| {
            let text = format!("{}: {}", entry.key, entry.values.join(", "));
            LeftOut { text, reason: Reason::Comment }
        }));
        head
    }

    /// The paragraphs that stand after the text.
    pub(super) fn foot(&self) -> Vec<Block> {
        let mut foot = Vec::new();
        let look = || Look { alignment: Alignment::End, ..Look::default() };
        if let Some(author) = self.value(Topic::Author, ", ") {
            foot.push(paragraph(author, look(), Style { bold: true, ..Style::default() }));
        }
        let address = self.value(Topic::SourceAddress, " ");
        if let Some(source) = self.value(Topic::Source, ", ").or_else(|| address.clone()) {
            let has_label = source.to_lowercase().starts_with("nguồn");
            let source = if has_label { source } else { format!("Nguồn: {source}") };
            let mut block = paragraph(source, look(), Style { italic: true, ..Style::default() });
            if let Block::Paragraph(paragraph) = &mut block {
                let link = address.filter(|address| address.starts_with("http"));
                for inline in &mut paragraph.inlines {
                    if let Inline::Text(span) = inline {
                        span.link.clone_from(&link);
                    }
                }
            }
            foot.push(block);
        }
        foot
    }

    fn value(&self, wanted: Topic, separator: &str) -> Option<String> {
        let entries = self.entries.iter().filter(|entry| topic(&entry.key) == Some(wanted));
        let values: Vec<&str> = entries.flat_map(|entry| &entry.values).map(String::as_str).collect();
        (!values.is_empty()).then(|| values.join(separator))
    }
}

fn topic(key: &str) -> Option<Topic> {
    TOPICS.iter().find(|(_, names)| names.contains(&key)).map(|(topic, _)| *topic)
}

fn has_heading(body: &[Block], text: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(text);
    body.iter().any(|block| match block {
        Block::Paragraph(paragraph) => paragraph.look.level.is_some() && plain(&paragraph.text()) == wanted,
        _ => false,
    })
}

fn paragraph(text: String, look: Look, style: Style) -> Block {
    let mut inlines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !inlines.is_empty() {
            inlines.push(Inline::Break);
        }
        inlines.push(Inline::Text(Span { text: line.to_owned(), style: style.clone(), link: None }));
    }
    Block::Paragraph(Paragraph { inlines, look })
}
