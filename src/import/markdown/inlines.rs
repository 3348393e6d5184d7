//! A paragraph of Markdown as it is put together.

use crate::import::document::{Inline, Look, Paragraph, Span, Style};

/// How often each look has been begun and not ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Emphasis {
    pub(super) bold: usize,
    pub(super) italic: usize,
    pub(super) underlined: usize,
    pub(super) raised: usize,
    pub(super) lowered: usize,
    /// The addresses of links, the innermost last; `None` for those that stay in the document.
    pub(super) links: Vec<Option<String>>,
}

impl Emphasis {
    pub(super) fn style(&self) -> Style {
        Style {
            bold: self.bold > 0,
            italic: self.italic > 0,
            underlined: self.underlined > 0,
            raised: self.raised > 0,
            lowered: self.lowered > 0,
            ..Style::default()
        }
    }

    fn link(&self) -> Option<&str> {
        self.links.last().and_then(Option::as_deref)
    }

    /// How many bytes of addresses the next piece of text copies.
    pub(super) fn link_length(&self) -> usize {
        self.link().map_or(0, str::len)
    }
}

/// A paragraph that has begun.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) paragraph: Paragraph,
}

impl Line {
    pub(super) fn new(look: Look) -> Self {
        Self { paragraph: Paragraph { inlines: Vec::new(), look } }
    }

    pub(super) fn text(&mut self, text: &str, emphasis: &Emphasis) {
        if text.is_empty() {
            return;
        }
        let style = emphasis.style();
        let link = emphasis.link();
        match self.paragraph.inlines.last_mut() {
            Some(Inline::Text(span)) if span.style == style && span.link.as_deref() == link => span.text.push_str(text),
            _ => {
                let span = Span { text: text.to_owned(), style, link: link.map(str::to_owned) };
                self.paragraph.inlines.push(Inline::Text(span));
            }
        }
    }

    /// Adds text in which all white space is one space, as HTML has it.
    pub(super) fn flowing(&mut self, text: &str, emphasis: &Emphasis) {
        let has_space = match self.paragraph.inlines.last() {
            Some(Inline::Text(span)) => span.text.ends_with(' '),
            Some(Inline::Break) | None => true,
            Some(_) => false,
        };
        let is_space = |sign: char| matches!(sign, ' ' | '\t' | '\n' | '\r');
        let mut collapsed = String::with_capacity(text.len());
        for word in text.split(is_space) {
            if !(collapsed.ends_with(' ') || collapsed.is_empty() && has_space) {
                collapsed.push(' ');
            }
            collapsed.push_str(word);
        }
        // The first word has no space before it but what the text has.
        let collapsed = if text.starts_with(is_space) { collapsed.as_str() } else { collapsed.trim_start_matches(' ') };
        self.text(collapsed, emphasis);
    }

    /// The paragraph without white space at its ends; `None` where nothing is left.
    pub(super) fn finish(mut self) -> Option<Paragraph> {
        let inlines = &mut self.paragraph.inlines;
        while let Some(last) = inlines.last_mut() {
            match last {
                Inline::Text(span) => {
                    let length = span.text.trim_end_matches([' ', '\n', '\t']).len();
                    span.text.truncate(length);
                    if length > 0 {
                        break;
                    }
                }
                Inline::Break => {}
                Inline::Note(_) | Inline::Picture(_) => break,
            }
            inlines.pop();
        }
        (!inlines.is_empty()).then_some(self.paragraph)
    }
}
