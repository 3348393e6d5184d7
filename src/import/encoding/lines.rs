//! Every text of a document, line by line.
//!
//! A line is what is read together: a paragraph, a title among the properties, a piece that was left out.

use std::sync::Arc;

use super::super::document::{Block, Document, Inline, Paragraph, Properties};

/// A deeper nesting of tables than any reader gives; what is deeper stays as it is.
const DEEPEST: usize = 64;

/// A piece of a line in one style.
pub(super) struct Slot<'a> {
    pub(super) text: &'a mut String,
    pub(super) font: Option<Arc<str>>,
    /// Whether something that is no text stands before it: a break, a picture, the number of a list item.
    pub(super) is_apart: bool,
}

/// Calls `act` for every line, always in the same order.
pub(super) fn for_each_line(document: &mut Document, act: &mut dyn FnMut(&mut [Slot<'_>])) {
    blocks(&mut document.blocks, act, 0);
    for note in &mut document.notes {
        blocks(note, act, 0);
    }
    for picture in &mut document.pictures {
        plain(picture.description.as_mut(), act);
    }
    for left_out in &mut document.left_out {
        plain(Some(&mut left_out.text), act);
    }
    for doubt in &mut document.doubts {
        plain(Some(&mut doubt.about), act);
    }
    let Properties { title, author, keywords, language: _ } = &mut document.properties;
    for text in [title, author, keywords] {
        plain(text.as_mut(), act);
    }
}

fn blocks(blocks_here: &mut [Block], act: &mut dyn FnMut(&mut [Slot<'_>]), depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for block in blocks_here {
        match block {
            Block::Paragraph(one) => paragraph(one, act),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    blocks(&mut cell.blocks, act, depth + 1);
                }
            }
            Block::PageBreak | Block::Rule => {}
        }
    }
}

fn paragraph(paragraph: &mut Paragraph, act: &mut dyn FnMut(&mut [Slot<'_>])) {
    let font = paragraph.inlines.iter().find_map(|inline| match inline {
        Inline::Text(span) => span.style.font.clone(),
        _ => None,
    });
    let number = paragraph.look.list.as_mut().and_then(|item| item.number.as_mut());
    let mut slots: Vec<Slot<'_>> = number.map(|text| Slot { text, font, is_apart: true }).into_iter().collect();
    let mut is_apart = true;
    for inline in &mut paragraph.inlines {
        match inline {
            Inline::Text(span) => {
                slots.push(Slot { text: &mut span.text, font: span.style.font.clone(), is_apart });
                is_apart = false;
            }
            Inline::Break | Inline::Note(_) | Inline::Picture(_) => is_apart = true,
        }
    }
    act(&mut slots);
}

fn plain(text: Option<&mut String>, act: &mut dyn FnMut(&mut [Slot<'_>])) {
    if let Some(text) = text {
        act(&mut [Slot { text, font: None, is_apart: true }]);
    }
}
