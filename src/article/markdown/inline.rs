//! Text in a line: runs, emphasis, links.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::{MAX_DEPTH, MAX_PARAGRAPH, Reader, html_error, is_block, is_safe_link};
use crate::diagnostic::MarkdownError;
use crate::issue::{Inline, Run, plain_text};

impl Reader<'_> {
    /// Inline runs of something that starts at `range`; none, with an error, where they are longer than can be set.
    pub(super) fn bounded_inlines(&mut self, range: &Range<usize>) -> Vec<Inline> {
        let content = self.inlines();
        self.bounded(content, range)
    }

    pub(super) fn bounded(&mut self, content: Vec<Inline>, range: &Range<usize>) -> Vec<Inline> {
        if plain_text(&content).len() <= MAX_PARAGRAPH {
            return content;
        }
        self.error(MarkdownError::TooLong { limit: MAX_PARAGRAPH }, range.start..range.start + 1);
        Vec::new()
    }

    /// Inline runs up to a block or to the end of what they stand in, which is left to the caller.
    fn inlines(&mut self) -> Vec<Inline> {
        self.inlines_after(Vec::new(), false)
    }

    /// The same, going on from what has been read; up to the end of the line alone, if so wanted.
    pub(super) fn inlines_after(&mut self, mut content: Vec<Inline>, one_line: bool) -> Vec<Inline> {
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::SoftBreak | Event::HardBreak if one_line => break,
                Event::End(_) | Event::Rule | Event::Html(_) => break,
                Event::Start(tag) if is_block(tag) => break,
                _ => {}
            }
            let Some((event, range)) = self.events.next() else { break };
            match event {
                Event::Text(text) => {
                    self.look_for_broken_syntax(&range);
                    push_text(&mut content, &text, self.absolute(&range));
                }
                Event::SoftBreak => push_text(&mut content, " ", self.absolute(&range)),
                Event::HardBreak => content.push(Inline::Break),
                Event::Start(tag) => self.inline_container(tag, range, &mut content),
                Event::FootnoteReference(name) => self.reference(&name, range, &mut content),
                Event::InlineHtml(html) => self.error(html_error(&html), range),
                Event::Code(_) => self.error(MarkdownError::Code, range),
                _ => self.error(MarkdownError::Other { construct: "inline" }, range),
            }
        }
        content
    }

    fn inline_container(&mut self, tag: Tag<'_>, range: Range<usize>, content: &mut Vec<Inline>) {
        if self.depth >= MAX_DEPTH {
            self.error(MarkdownError::TooDeep { limit: MAX_DEPTH }, range);
            self.skip();
            return;
        }
        self.depth += 1;
        let inner = self.inlines();
        self.events.next();
        self.depth -= 1;
        match tag {
            Tag::Emphasis => content.push(Inline::Emphasis(inner)),
            Tag::Strong => content.push(Inline::Strong(inner)),
            Tag::Link { link_type, dest_url, id, title } => {
                self.links_used.insert(id.to_lowercase());
                if !title.is_empty() {
                    self.error(MarkdownError::LinkTitle, range.clone());
                }
                self.link(link_type, &dest_url, inner, range, content);
            }
            Tag::Image { dest_url, title, id, .. } => {
                self.links_used.insert(id.to_lowercase());
                self.image(&dest_url, &title, inner, range);
            }
            _ => self.error(MarkdownError::Other { construct: "inline" }, range),
        }
    }

    fn link(&mut self, kind: LinkType, url: &str, inner: Vec<Inline>, range: Range<usize>, content: &mut Vec<Inline>) {
        let url = if kind == LinkType::Email { format!("mailto:{url}") } else { url.to_owned() };
        if !is_safe_link(&url) {
            self.error(MarkdownError::BadLink { url }, range);
        } else if plain_text(&inner).trim().is_empty() {
            self.error(MarkdownError::EmptyLink, range);
        } else {
            content.push(Inline::Link { url, content: inner });
        }
    }
}

/// Adds text to the last run where it goes on, so that a letter and its mark are never parted. A tab is a space.
pub(super) fn push_text(content: &mut Vec<Inline>, text: &str, range: Range<usize>) {
    let text = text.replace('\t', " ");
    let Some(Inline::Text(last)) = content.last_mut() else {
        content.push(Inline::Text(Run { text: text.nfc().collect(), range }));
        return;
    };
    last.range.end = range.end;
    // Only a mark at the start of a piece can change what stands before it.
    if text.chars().next().is_some_and(|first| canonical_combining_class(first) != 0) {
        last.text = last.text.chars().chain(text.chars()).nfc().collect();
    } else {
        last.text.extend(text.nfc());
    }
}
