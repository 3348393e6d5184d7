//! Words of a new issue's template that nobody has replaced, and articles without text.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Report;
use super::passages::{Passage, markdown};
use crate::diagnostic::{Diagnostic, Finding, TextLint};
use crate::issue::{Article, Block, Issue};
use crate::source::{Source, Text};
use crate::template;

/// Keys of the template whose values only stand in for what the office itself must say. Others, such as the label
/// `Chịu trách nhiệm nội dung`, may well stay.
const KEYS: [(&str, &[&str]); 3] = [
    ("masthead", &["title", "subtitle", "publisher", "about"]),
    ("cover", &["caption", "credit", "alt"]),
    ("article", &["lead", "author", "source"]),
];

/// What the template says, as far as it is to be replaced.
struct Words {
    values: HashSet<&'static str>,
    passages: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (front, body) = template::ARTICLE.rsplit_once("+++\n").unwrap_or_default();
    let values = values("", template::MANIFEST).chain(values("article", front)).chain([template::ARTICLE_TITLE]);
    let mut passages = Vec::new();
    // The photo is a line of text until somebody takes its backslashes away.
    for body in [body.to_owned(), body.replace('\\', "")] {
        let source = Source::new("", body);
        markdown(&source, 0..source.text().len(), &mut passages);
    }
    Words { values: values.collect(), passages: passages.into_iter().map(|passage| passage.text).collect() }
});

/// The values of `KEYS` in a text of TOML, be their lines commented out or not.
fn values(table: &'static str, text: &'static str) -> impl Iterator<Item = &'static str> {
    let mut table = table;
    text.lines().filter_map(move |line| {
        let line = line.trim_start_matches(['#', ' ']);
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_start_matches('[').split(']').next().unwrap_or_default();
        }
        let (key, rest) = line.split_once(" = \"")?;
        let is_stand_in = KEYS.iter().any(|(known, keys)| *known == table && keys.contains(&key));
        rest.split('"').next().filter(|_| is_stand_in)
    })
}

/// Reports what the template said, each value, and in each article its first passage; and articles without text.
pub(super) fn placeholders(issue: &Issue, passages: &[Passage], report: &mut Report) {
    let masthead = &issue.manifest.masthead;
    let cover = issue.manifest.cover.iter().flat_map(|cover| [&cover.caption, &cover.credit, &cover.alt]);
    let parts = [&masthead.subtitle, &masthead.publisher, &masthead.about].into_iter().chain(cover).flatten();
    std::iter::once(&masthead.title).chain(parts).for_each(|text| value(text, report));
    for article in issue.articles() {
        article.front_texts().for_each(|text| value(text, report));
        if !has_text(article) {
            let finding = Finding::Text(TextLint::ArticleWithoutText);
            report.found.push(Diagnostic::warning(finding, article.title.place.clone()));
        }
    }
    let mut reported = HashSet::new();
    for passage in passages.iter().filter(|passage| passage.is_markdown()) {
        if WORDS.passages.contains(&passage.text) && reported.insert(passage.file()) {
            let words = TextLint::Placeholder { words: passage.text.clone() };
            report.found(passage, 0..passage.text.len(), words);
        }
    }
}

fn value(text: &Text, report: &mut Report) {
    if WORDS.values.contains(text.value.as_str()) {
        let finding = Finding::Text(TextLint::Placeholder { words: text.value.clone() });
        report.found.push(Diagnostic::warning(finding, text.place.clone()));
    }
}

/// Whether an article says anything beside its title, be it with photos alone.
fn has_text(article: &Article) -> bool {
    article.lead.is_some() || article.blocks.iter().any(|block| !matches!(block, Block::Break))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_known_and_what_may_stay_is_not() {
        for words in ["Tên bản tin", "Tên cơ quan", "Tên tác giả", "Tên bài viết", "Chú thích ảnh bìa."]
        {
            assert!(WORDS.values.contains(words), "{words}");
        }
        for words in ["Bản tin", "Ban Biên tập", "Chịu trách nhiệm nội dung", "Số đặc biệt", "Tin nổi bật"]
        {
            assert!(!WORDS.values.contains(words), "{words}");
        }
        for words in ["Đoạn mở đầu của bài. Giữa hai đoạn có một dòng trống.", "ý thứ nhất;", "Chú thích ảnh."]
        {
            assert!(WORDS.passages.contains(words), "{words}: {:?}", WORDS.passages);
        }
    }
}
