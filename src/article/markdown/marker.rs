//! `[!box]`, `[!pull]` and `[!chart bar]` at the head of a quote or a paragraph: what makes more of it than Markdown has
//! signs for.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::inline::push_text;
use super::{ChartHead, Inside, MAX_PARAGRAPH, Reader};
use crate::diagnostic::{MarkdownError, nearest};
use crate::issue::{Block, ChartShape, Inline, plain_text};

/// A mark in brackets, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker<'a> {
    pub name: &'a str,
    /// What stands behind the name, within the brackets.
    pub argument: &'a str,
    /// Of the whole, with its brackets, in bytes.
    pub length: usize,
}

/// Longest text between the brackets, in bytes: what is longer is a sentence.
const MAX_LENGTH: usize = 60;

/// The marker that a text begins with.
pub fn marker(text: &str) -> Option<Marker<'_>> {
    let rest = text.strip_prefix("[!")?;
    let inner = &rest[..rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '-'))?];
    let behind = rest[inner.len()..].strip_prefix(']')?;
    // Then it is a link.
    let is_link = behind.starts_with(['(', '[']);
    if is_link || inner.len() > MAX_LENGTH || !inner.starts_with(char::is_alphabetic) {
        return None;
    }
    let (name, argument) = inner.split_once(' ').unwrap_or((inner, ""));
    Some(Marker { name, argument: argument.trim(), length: inner.len() + "[!]".len() })
}

/// What a marker can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Box,
    Pull,
    Chart,
}

const KINDS: [(&str, Kind); 3] = [("box", Kind::Box), ("pull", Kind::Pull), ("chart", Kind::Chart)];

const SHAPES: [ChartShape; 2] = [ChartShape::Bar, ChartShape::Line];

impl Marker<'_> {
    /// What it is; `None` where there is no such thing. A capital letter is what a telephone makes of a small one.
    pub fn kind(&self) -> Option<Kind> {
        KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(self.name)).map(|(_, kind)| *kind)
    }

    fn unknown(&self) -> MarkdownError {
        let nearest = nearest(self.name, KINDS.map(|(name, _)| name));
        MarkdownError::UnknownMarker { name: self.name.to_owned(), nearest }
    }
}

impl<'a> Reader<'a> {
    /// The marker at the head of a paragraph that begins at `start`.
    fn marker_at(&self, start: usize) -> Option<Marker<'a>> {
        let (before, text) = self.source.text().split_at(self.absolute(&(start..start)).start);
        let marker = marker(text).filter(|_| !before.ends_with('\\'))?;
        let is_link = self.link_names.contains(&text[1..marker.length - 1].to_lowercase());
        (!is_link).then_some(marker)
    }

    /// A quote, or what a marker makes of it.
    pub(super) fn quote(&mut self, blocks: &mut Vec<Block>) {
        let head = match self.events.peek() {
            Some((Event::Start(Tag::Paragraph), range)) if range.len() <= MAX_PARAGRAPH => range.clone(),
            _ => 0..0,
        };
        let marker = self.marker_at(head.start).filter(|marker| !head.is_empty() && marker.kind() != Some(Kind::Chart));
        let Some(marker) = marker else {
            let quoted = self.within(Inside::Container);
            blocks.push(Block::Quote(quoted));
            return;
        };
        let at = head.start..head.start + marker.length;
        if marker.kind().is_none() {
            self.error(marker.unknown(), at);
        } else if self.inside != Inside::Article {
            self.error(MarkdownError::NestedBlock, at);
        }
        self.events.next();
        let outer = self.inside;
        if outer != Inside::Footnote {
            self.inside = if marker.kind() == Some(Kind::Box) { Inside::Box } else { Inside::Container };
        }
        blocks.push(self.marked_quote(marker, head));
        self.inside = outer;
    }

    /// A quote that begins with a marker, which stands in the paragraph `head`.
    fn marked_quote(&mut self, marker: Marker<'_>, head: Range<usize>) -> Block {
        let errors_before = self.diagnostics.len();
        let (mut title, mut inner) = (Vec::new(), Vec::new());
        let mut start = self.behind_marker(marker);
        if marker.kind() == Some(Kind::Box) {
            title = trimmed_end(self.inlines_after(std::mem::take(&mut start), true));
            self.reject_images();
        }
        if start.is_empty() && matches!(self.events.peek(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.events.next();
        }
        match self.events.peek() {
            // What is left of it may have a marker of its own.
            Some((event, range)) if start.is_empty() && !matches!(event, Event::End(_)) => {
                let rest = range.start..head.end;
                self.paragraph(rest, &mut inner);
            }
            _ => self.paragraph_after(start, head.clone(), &mut inner),
        }
        self.events.next();
        inner.extend(self.blocks());
        // Where something stands there that cannot, that has been said.
        if inner.is_empty() && marker.kind().is_some() && self.diagnostics.len() == errors_before {
            let at = head.start..head.start + marker.length;
            self.error(MarkdownError::EmptyBox { name: marker.name.to_owned() }, at);
        }
        match marker.kind() {
            Some(Kind::Box) => Block::Box { title, blocks: inner },
            Some(Kind::Pull) => Block::Pull(inner),
            _ => Block::Quote(inner),
        }
    }

    /// Reads a paragraph with a marker at its head; tells whether it was one. What is no marker for certain is text.
    pub(super) fn marked_paragraph(&mut self, range: &Range<usize>, blocks: &mut Vec<Block>) -> bool {
        let Some(marker) = self.marker_at(range.start) else { return false };
        let at = range.start..range.start + marker.length;
        let error = match marker.kind() {
            Some(Kind::Chart) if matches!(self.inside, Inside::Article | Inside::Box) => None,
            Some(Kind::Chart) => Some(MarkdownError::NestedBlock),
            Some(_) => Some(MarkdownError::MarkerOutsideQuote { name: marker.name.to_owned() }),
            None => match marker.unknown() {
                MarkdownError::UnknownMarker { nearest: None, .. } => return false,
                error => Some(error),
            },
        };
        let shape = SHAPES.into_iter().find(|shape| shape.as_str().eq_ignore_ascii_case(marker.argument));
        let error = error.or_else(|| {
            let nearest = nearest(marker.argument, SHAPES.map(ChartShape::as_str));
            shape.is_none().then(|| MarkdownError::UnknownChart { shape: marker.argument.to_owned(), nearest })
        });
        let start = self.behind_marker(marker);
        let title = trimmed_end(self.inlines_after(start, false));
        self.reject_images();
        if plain_text(&title).len() > MAX_PARAGRAPH {
            self.error(MarkdownError::TooLong { limit: MAX_PARAGRAPH }, range.start..range.start + 1);
        }
        match (error, shape) {
            (None, Some(shape)) => self.chart = Some(ChartHead { shape, title, range: at }),
            (error, _) => {
                blocks.push(Block::Paragraph(title));
                error.into_iter().for_each(|error| self.error(error, at.clone()));
            }
        }
        true
    }

    /// Says of a chart that no table follows it.
    pub(super) fn end_chart(&mut self) {
        if let Some(head) = self.chart.take() {
            self.error(MarkdownError::ChartWithoutTable, head.range);
        }
    }

    /// Goes past a marker; returns the text that stands right behind it.
    fn behind_marker(&mut self, marker: Marker<'_>) -> Vec<Inline> {
        let mut content = Vec::new();
        if let Some((Event::Text(text), range)) = self.events.next() {
            let rest = text.get(marker.length..).unwrap_or_default().trim_start();
            // Where it was typed otherwise, its end is at least where it was.
            let range = range.start + marker.length..range.end;
            self.look_for_broken_syntax(&range);
            if !rest.is_empty() {
                push_text(&mut content, rest, self.absolute(&range));
            }
        }
        content
    }
}

/// A text without the white space at its end.
fn trimmed_end(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(run)) = content.last_mut() {
        run.text.truncate(run.text.trim_end().len());
        if run.text.is_empty() {
            content.pop();
        }
    }
    content
}
