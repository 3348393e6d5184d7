//! A paragraph while it is being read, and the blocks that are read around it.

use std::sync::Arc;

use super::formats::{Layers, RunLook};
use crate::import::document::{Block, Inline, Look, Paragraph, Span, Style};

/// A paragraph that is not over.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// How runs look here before they say anything.
    pub(super) layers: Layers,
    /// What stands before the last break of a page or column.
    pub(super) pieces: Vec<Piece>,
    pub(super) inlines: Vec<Inline>,
    /// Text that is struck off or hidden.
    pub(super) deleted: String,
    /// How much was printed before the last of it.
    pub(super) deleted_at: (usize, usize, usize),
    /// What stands beside the text and is anchored here: text boxes, the text of drawings.
    pub(super) beside: Vec<Block>,
    /// Whether a table of contents put it here.
    pub(super) is_contents: bool,
    /// Whether it has the number of the page.
    pub(super) has_folio: bool,
}

/// A part of a paragraph that is broken by pages or columns.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) inlines: Vec<Inline>,
    /// Whether a page ends here; if not, a column.
    pub(super) ends_page: bool,
}

/// Where a run stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Here {
    pub(super) look: RunLook,
    pub(super) link: Option<Arc<str>>,
    /// Whether a tracked change has struck it off.
    pub(super) is_deleted: bool,
}

impl Here {
    /// Whether what stands here is not printed.
    pub(super) fn is_lost(&self) -> bool {
        self.is_deleted || self.look.hidden
    }
}

impl Draft {
    pub(super) fn push(&mut self, text: &str, style: &Style, link: Option<&str>) {
        if text.is_empty() {
            return;
        }
        // Word divides text anywhere: after corrections, at every save.
        if let Some(Inline::Text(last)) = self.inlines.last_mut()
            && last.style == *style
            && last.link.as_deref() == link
        {
            last.text.push_str(text);
            return;
        }
        self.inlines.push(Inline::Text(Span {
            text: text.to_owned(),
            style: style.clone(),
            link: link.map(str::to_owned),
        }));
    }

    /// Adds text that is not printed; what is printed in between sets it apart from what was lost before.
    pub(super) fn lose(&mut self, text: &str) {
        let place = self.place();
        if self.deleted_at != place && !self.deleted.is_empty() {
            self.deleted.push(' ');
        }
        self.deleted_at = place;
        self.deleted.push_str(text);
    }

    /// How much is printed so far: pieces, inlines, and bytes of the last of them.
    pub(super) fn place(&self) -> (usize, usize, usize) {
        let length = match self.inlines.last() {
            Some(Inline::Text(span)) => span.text.len(),
            _ => 0,
        };
        (self.pieces.len(), self.inlines.len(), length)
    }

    /// The text that was printed since a place.
    pub(super) fn since(&self, (pieces, inlines, length): (usize, usize, usize)) -> String {
        let (inlines, length) = if self.pieces.len() == pieces { (inlines, length) } else { (0, 0) };
        let mut text = String::new();
        for (place, inline) in self.inlines.iter().enumerate().skip(inlines.saturating_sub(1)) {
            let Inline::Text(span) = inline else { continue };
            let start = if place + 1 == inlines { length } else { 0 };
            text.push_str(span.text.get(start..).unwrap_or_default());
        }
        text
    }

    /// Ends a page or a column.
    pub(super) fn break_off(&mut self, ends_page: bool) {
        self.pieces.push(Piece { inlines: std::mem::take(&mut self.inlines), ends_page });
    }
}

/// Blocks that are being read one after the other.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    carried: Option<Carried>,
    /// Whether the last paragraph stood in a frame.
    pub(super) in_frame: bool,
}

/// A paragraph that goes on in the next one.
#[derive(Debug)]
struct Carried {
    paragraph: Paragraph,
    is_drop_cap: bool,
}

impl Flow {
    /// Keeps a paragraph back because the next one goes on with it: its mark is struck off, or it is a drop cap.
    pub(super) fn carry(&mut self, inlines: Vec<Inline>, look: Look, is_drop_cap: bool) {
        if !inlines.is_empty() {
            self.carried = Some(Carried { paragraph: Paragraph { inlines, look }, is_drop_cap });
        }
    }

    /// Puts what was kept back in front of a paragraph.
    pub(super) fn join(&mut self, inlines: &mut Vec<Inline>) {
        let Some(carried) = self.carried.take() else { return };
        let mut whole = carried.paragraph.inlines;
        if carried.is_drop_cap {
            let style = inlines.iter().find_map(|inline| match inline {
                Inline::Text(span) => Some(span.style.clone()),
                _ => None,
            });
            if let Some(style) = style {
                shrink(&mut whole, &style);
            }
        }
        for inline in std::mem::take(inlines) {
            append(&mut whole, inline);
        }
        *inlines = whole;
    }

    /// A block that no paragraph can go on in.
    pub(super) fn push(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// Puts what was kept back down as a paragraph.
    pub(super) fn flush(&mut self) {
        if let Some(carried) = self.carried.take() {
            self.blocks.push(Block::Paragraph(carried.paragraph));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}

/// Gives a drop cap the look of the word that it begins.
fn shrink(inlines: &mut [Inline], style: &Style) {
    for inline in inlines {
        if let Inline::Text(span) = inline {
            span.style = style.clone();
        }
    }
}

fn append(inlines: &mut Vec<Inline>, inline: Inline) {
    if let (Some(Inline::Text(last)), Inline::Text(span)) = (inlines.last_mut(), &inline)
        && last.style == span.style
        && last.link == span.link
    {
        last.text.push_str(&span.text);
        return;
    }
    inlines.push(inline);
}

/// Whether nothing is to be seen of these.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(span) => span.text.trim().is_empty(),
        Inline::Break => true,
        Inline::Note(_) | Inline::Picture(_) => false,
    })
}

/// Whether nothing is to be seen of a block.
pub(super) fn is_blank_block(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => is_blank(&paragraph.inlines),
        Block::PageBreak => true,
        Block::Table(_) | Block::Rule => false,
    }
}

/// The first words of blocks.
pub(super) fn beginning(blocks: &[Block]) -> String {
    let first = blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()).filter(|text| !text.trim().is_empty()),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            Some(cells.map(|cell| beginning(&cell.blocks)).find(|text| !text.is_empty()).unwrap_or_default())
        }
        Block::PageBreak | Block::Rule => None,
    });
    super::values::beginning(&first.unwrap_or_default())
}
