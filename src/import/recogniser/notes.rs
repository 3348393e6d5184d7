//! The footnotes of an article.

use crate::import::bulletin::{Article, Block};
use crate::import::document::{self, Document, Inline};

/// Gives an article the notes that it refers to, in its own order; `convert` makes blocks of what a note says.
pub(super) fn take_notes(article: &mut Article, document: &Document, convert: impl Fn(&Document) -> Vec<Block>) {
    let mut known: Vec<usize> = Vec::new();
    renumber(&mut article.blocks, &mut known);
    // No note refers to another.
    for index in known {
        let blocks = document.notes.get(index).cloned().unwrap_or_default();
        article.notes.push(convert(&Document { blocks, pictures: document.pictures.clone(), ..Document::default() }));
    }
}

fn renumber(blocks: &mut [Block], known: &mut Vec<usize>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => renumber_inlines(content, known),
            Block::List(list) => list.items.iter_mut().for_each(|item| renumber(item, known)),
            Block::Quote(blocks) => renumber(blocks, known),
            Block::Box { title, blocks } => {
                renumber_inlines(title, known);
                renumber(blocks, known);
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    renumber_cell(&mut cell.blocks, known);
                }
            }
            Block::Figure(figure) => renumber_inlines(&mut figure.caption, known),
            Block::Rule => {}
        }
    }
}

fn renumber_cell(blocks: &mut [document::Block], known: &mut Vec<usize>) {
    for block in blocks {
        match block {
            document::Block::Paragraph(paragraph) => renumber_inlines(&mut paragraph.inlines, known),
            document::Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    renumber_cell(&mut cell.blocks, known);
                }
            }
            _ => {}
        }
    }
}

fn renumber_inlines(inlines: &mut [Inline], known: &mut Vec<usize>) {
    for inline in inlines {
        if let Inline::Note(index) = inline {
            let place = known.iter().position(|other| other == index).unwrap_or_else(|| {
                known.push(*index);
                known.len() - 1
            });
            *index = place;
        }
    }
}
