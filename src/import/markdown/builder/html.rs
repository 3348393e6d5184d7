//! Raw HTML in the midst of Markdown.

use super::picture::OpenImage;
use super::{Builder, MOST_DEPTH};
use crate::import::document::{Alignment, Block, ImportError, LeftOut, Reason};
use crate::import::markdown::html::{Piece, Tag, pieces};

impl Builder<'_> {
    /// Adds the words of HTML. `is_block` where it stands by itself, and white space at its ends means nothing.
    pub(super) fn html(&mut self, html: &str, is_block: bool) -> Result<(), ImportError> {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) if is_block && self.line.is_none() && text.trim().is_empty() => {}
                Piece::Text(text) => self.flowing(&text)?,
                Piece::Comment(comment) => self.leave_out(comment),
                Piece::Tag(tag) => self.tag(&tag)?,
            }
        }
        Ok(())
    }

    fn flowing(&mut self, text: &str) -> Result<(), ImportError> {
        if let Some(image) = &mut self.image {
            image.description.push_str(text);
            return Ok(());
        }
        self.charge_link()?;
        let emphasis = std::mem::take(&mut self.emphasis);
        self.line().flowing(text, &emphasis);
        self.emphasis = emphasis;
        Ok(())
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), ImportError> {
        let step = |count: usize| if tag.is_end { count.saturating_sub(1) } else { count + 1 };
        let emphasis = &mut self.emphasis;
        match tag.name.as_str() {
            "b" | "strong" => emphasis.bold = step(emphasis.bold),
            "i" | "em" => emphasis.italic = step(emphasis.italic),
            "u" | "ins" => emphasis.underlined = step(emphasis.underlined),
            "sup" => emphasis.raised = step(emphasis.raised),
            "sub" => emphasis.lowered = step(emphasis.lowered),
            "a" if tag.is_end => {
                emphasis.links.pop();
            }
            "a" => self.start_link(&tag.attribute("href").unwrap_or_default()),
            "br" => self.line_break(),
            "hr" => {
                self.end_line();
                self.add(Block::Rule);
            }
            "img" if !tag.is_end => {
                let get = |name: &str| tag.attribute(name).unwrap_or_default();
                self.add_image(OpenImage { address: get("src"), title: get("title"), description: get("alt") })?;
            }
            "blockquote" => {
                self.end_line();
                self.quotes = step(self.quotes);
            }
            _ if tag.is_block() => self.block_tag(tag),
            _ => {}
        }
        Ok(())
    }

    fn block_tag(&mut self, tag: &Tag<'_>) {
        self.end_line();
        if let Some(level) = tag.name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            self.level = (!tag.is_end).then_some(level);
        }
        if tag.is_end {
            let place = self.html_blocks.iter().rposition(|(name, _)| *name == tag.name);
            self.html_blocks.truncate(place.unwrap_or(self.html_blocks.len()));
        } else if self.html_blocks.len() < MOST_DEPTH {
            let around = self.html_blocks.last().map_or(Alignment::Start, |(_, alignment)| *alignment);
            self.html_blocks.push((tag.name.clone(), alignment(tag).unwrap_or(around)));
        }
    }

    /// Takes note of what is no text.
    pub(super) fn leave_out(&mut self, remark: &str) {
        let text = remark.trim();
        if !text.is_empty() {
            self.document.left_out.push(LeftOut { text: text.to_owned(), reason: Reason::Comment });
        }
    }
}

/// How a block says that it stands; `None` where it says nothing.
fn alignment(tag: &Tag<'_>) -> Option<Alignment> {
    if tag.name == "center" {
        return Some(Alignment::Centre);
    }
    let style = tag.attribute("style").unwrap_or_default().replace(' ', "").to_lowercase();
    let side = tag.attribute("align").or_else(|| Some(style.split_once("text-align:")?.1.to_owned()))?;
    let side = side.split(|sign: char| !sign.is_ascii_alphabetic()).next().unwrap_or_default();
    match side.to_lowercase().as_str() {
        "center" => Some(Alignment::Centre),
        "right" | "end" => Some(Alignment::End),
        "justify" => Some(Alignment::Justify),
        "left" | "start" => Some(Alignment::Start),
        _ => None,
    }
}
