//! A paragraph as it is put together.

use super::formats::Letters;
use crate::import::document::{Block, Inline, Span};
use crate::import::symbols;

/// What stands in a paragraph, and what hangs on it.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) inlines: Vec<Inline>,
    /// Text that is not shown.
    pub(super) hidden: String,
    /// Whether all of the paragraph is not shown.
    pub(super) is_hidden: bool,
    /// What stands in frames that hang on the paragraph.
    pub(super) frames: Vec<Frame>,
    /// Whether there is a sign that nothing gives a letter for.
    pub(super) has_unknown_sign: bool,
    /// Whether white space has just been written, which takes up what follows.
    has_space: bool,
    is_started: bool,
    /// Whether a formula has just been written: what keeps it off the next word is the margin of its frame.
    is_after_formula: bool,
}

/// A frame with text.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) blocks: Vec<Block>,
    /// Whether it stands in the line like a letter.
    pub(super) is_in_line: bool,
}

/// How text looks, and where it links to.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) letters: Letters,
    pub(super) link: Option<std::rc::Rc<str>>,
}

impl Line {
    /// Adds text as it stands in the file, where all white space is one space, and none at the start.
    pub(super) fn text(&mut self, text: &str, run: &Run) {
        let mut collapsed = String::with_capacity(text.len());
        if self.is_after_formula && text.starts_with(char::is_alphanumeric) {
            collapsed.push(' ');
        }
        self.is_after_formula &= text.is_empty();
        for letter in text.chars() {
            let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r');
            if !is_space {
                collapsed.push(letter);
            } else if self.is_started && !self.has_space {
                collapsed.push(' ');
            } else {
                continue;
            }
            self.has_space = is_space;
            self.is_started = true;
        }
        self.exact(&collapsed, run);
    }

    /// Adds the letters of a formula, apart from the words beside it.
    pub(super) fn formula(&mut self, letters: &str, run: &Run) {
        let is_after_word = match self.inlines.last() {
            Some(Inline::Text(span)) => span.text.ends_with(char::is_alphanumeric),
            _ => false,
        };
        if is_after_word {
            self.text(" ", run);
        }
        self.text(letters, run);
        self.is_after_formula = true;
    }

    /// Adds signs that are not taken up by white space around them.
    pub(super) fn sign(&mut self, sign: &str, run: &Run) {
        self.exact(sign, run);
        self.is_started = true;
        self.has_space = false;
    }

    pub(super) fn line_break(&mut self, run: &Run) {
        if run.letters.hidden {
            self.hidden.push('\n');
        } else {
            self.inlines.push(Inline::Break);
        }
        self.is_started = true;
        self.has_space = false;
    }

    /// Adds what is no text.
    pub(super) fn object(&mut self, inline: Inline) {
        self.inlines.push(inline);
        self.is_started = true;
        self.has_space = false;
    }

    fn exact(&mut self, text: &str, run: &Run) {
        if text.is_empty() {
            return;
        }
        if run.letters.hidden {
            self.hidden.push_str(text);
            return;
        }
        let style = &run.letters.style;
        let (text, has_unknown) = symbols::letters(text, style.font.as_deref());
        self.has_unknown_sign |= has_unknown;
        match self.inlines.last_mut() {
            Some(Inline::Text(span)) if span.style == *style && span.link.as_deref() == run.link.as_deref() => {
                span.text.push_str(&text);
            }
            _ => {
                let link = run.link.as_deref().map(str::to_owned);
                self.inlines.push(Inline::Text(Span { text, style: style.clone(), link }));
            }
        }
    }

    /// Takes away the white space at the end.
    pub(super) fn finish(&mut self) {
        if let Some(Inline::Text(span)) = self.inlines.last_mut().filter(|_| self.has_space) {
            if span.text.ends_with(' ') {
                span.text.pop();
            }
            if span.text.is_empty() {
                self.inlines.pop();
            }
        }
    }

    /// Whether there is nothing in it, and never was.
    pub(super) fn is_blank(&self) -> bool {
        self.frames.is_empty()
            && self.hidden.is_empty()
            && self.inlines.iter().all(|inline| match inline {
                Inline::Text(span) => span.text.trim().is_empty(),
                Inline::Break => true,
                Inline::Note(_) | Inline::Picture(_) => false,
            })
    }

    /// All words of the paragraph itself.
    pub(super) fn words(&self) -> String {
        let texts = self.inlines.iter().map(|inline| match inline {
            Inline::Text(span) => span.text.as_str(),
            Inline::Break => " ",
            Inline::Note(_) | Inline::Picture(_) => "",
        });
        texts.collect()
    }

    /// Adds a frame, if there is something in it.
    pub(super) fn add_frame(&mut self, blocks: Vec<Block>, is_in_line: bool) {
        if !blocks.is_empty() {
            self.frames.push(Frame { blocks, is_in_line });
        }
    }

    /// Takes note of words that are not shown.
    pub(super) fn hide(&mut self, words: &str) {
        if !self.hidden.is_empty() {
            self.hidden.push(' ');
        }
        self.hidden.push_str(words);
    }
}
