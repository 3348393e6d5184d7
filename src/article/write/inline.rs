//! Text in a line → Markdown that is read as the same text. Whether it is, is tried: where the marks of emphasis stand
//! so that Markdown does not know them for such, other marks are taken, then punctuation stands outside of the emphasis,
//! and last the text stands without. The text itself stays as it is.

use super::escape::{Where, join};
use super::markers::{STYLES, Style, pieces};
use super::{same, tidy};
use crate::article::{PhotoCalls, markdown};
use crate::issue::{Block, Inline};
use crate::source::Source;

/// The Markdown of a tidy text.
pub(super) fn write(content: &[Inline], place: Where) -> String {
    let written = |content: &[Inline], style: Style| join(&pieces(content, style, place == Where::Caption), place);
    let settled = |content: &[Inline]| {
        STYLES.iter().map(|style| written(content, *style)).find(|text| is_read_as(text, content, place))
    };
    settled(content)
        .or_else(|| settled(&tidy::content(&without_punctuation(content))))
        .unwrap_or_else(|| written(&plain(content), STYLES[0]))
}

/// Whether Markdown is read as a text.
fn is_read_as(text: &str, content: &[Inline], place: Where) -> bool {
    let block = match place {
        Where::Paragraph => text.to_owned(),
        Where::Heading => format!("## {text}"),
        Where::Cell => format!("| {text} |\n|---|"),
        Where::Caption => format!("![{text}](a)"),
    };
    let notes = highest_note(content);
    // So that they are counted as in the article, they are all referred to before the text.
    let references: String = (1..=notes).map(|name| format!("[^{name}] ")).collect();
    let definitions: String = (1..=notes).map(|name| format!("\n\n[^{name}]: a")).collect();
    let source = Source::new("", format!("{references}\n\n{block}{definitions}"));
    let found = markdown::read(&source, 0..source.text().len(), &[], &mut PhotoCalls::default());
    let skipped = usize::from(notes > 0);
    found.diagnostics.is_empty()
        && found.value.blocks.len() == skipped + 1
        && found.value.blocks.last().and_then(content_of).is_some_and(|read| same::content(read, content))
}

fn content_of(block: &Block) -> Option<&[Inline]> {
    match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => Some(content),
        Block::Table(table) => table.header.first().map(Vec::as_slice),
        Block::Photo(photo) => Some(&photo.caption),
        _ => None,
    }
}

/// How many footnotes a text refers to, if it refers to all up to the last.
fn highest_note(content: &[Inline]) -> usize {
    let notes = content.iter().map(|inline| match inline {
        Inline::Footnote(index) => index + 1,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { content: inner, .. } => highest_note(inner),
        Inline::Text(_) | Inline::Break => 0,
    });
    notes.max().unwrap_or_default()
}

/// The text with the punctuation at the ends of emphasis outside of it, as in `(*a*)` for `*(a)*`.
fn without_punctuation(content: &[Inline]) -> Vec<Inline> {
    let mut all = Vec::new();
    for inline in content {
        match inline {
            Inline::Emphasis(inner) => narrowed(&mut all, without_punctuation(inner), Inline::Emphasis),
            Inline::Strong(inner) => narrowed(&mut all, without_punctuation(inner), Inline::Strong),
            other => tidy::add(&mut all, other.clone()),
        }
    }
    all
}

fn narrowed(all: &mut Vec<Inline>, mut inner: Vec<Inline>, kind: fn(Vec<Inline>) -> Inline) {
    let is_outside = |c: char| !c.is_alphanumeric();
    if let Some(Inline::Text(first)) = inner.first_mut() {
        let kept = first.text.trim_start_matches(is_outside).len();
        let rest = first.text.split_off(first.text.len() - kept);
        tidy::add(all, tidy::run(std::mem::replace(&mut first.text, rest)));
    }
    let behind = match inner.last_mut() {
        Some(Inline::Text(last)) => last.text.split_off(last.text.trim_end_matches(is_outside).len()),
        _ => String::new(),
    };
    inner.retain(|inline| !matches!(inline, Inline::Text(run) if run.text.is_empty()));
    if !inner.is_empty() {
        tidy::add(all, kind(inner));
    }
    tidy::add(all, tidy::run(behind));
}

/// The text without emphasis.
fn plain(content: &[Inline]) -> Vec<Inline> {
    let mut all = Vec::new();
    for inline in content {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) => {
                plain(inner).into_iter().for_each(|inline| tidy::add(&mut all, inline));
            }
            Inline::Link { url, content } => {
                tidy::add(&mut all, Inline::Link { url: url.clone(), content: plain(content) });
            }
            other => tidy::add(&mut all, other.clone()),
        }
    }
    all
}
