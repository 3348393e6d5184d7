//! The reader of PDF files.
//!
//! A PDF says where its letters stand. Where it also says what belongs together (its structure tree), that is believed;
//! otherwise words, lines, columns and paragraphs are found by geometry.

mod album;
mod collect;
mod compose;
mod content;
mod draft;
mod flow;
mod footnotes;
mod geometry;
mod glyphs;
mod grid;
mod guard;
mod hyphens;
mod info;
mod jpeg;
mod labels;
mod letters;
mod lines;
mod links;
mod loose;
mod measure;
mod order;
mod pages;
mod paragraphs;
mod pictures;
mod pixels;
mod running;
mod spans;
mod strings;
mod structure;
mod survey;
mod tables;
mod tagged;
mod walk;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use self::album::Album;
use self::glyphs::Glyph;
use self::pages::Drawn;
use crate::import::document::{Block, Document, Doubt, DoubtKind, ImportError};

/// No PDF takes longer to read.
const TIME: Duration = Duration::from_secs(10);
/// How much of it may pass before pictures are no longer decoded.
const PICTURE_TIME: Duration = Duration::from_secs(6);
/// For objects that are nested as deep as the interpreter allows.
const STACK: usize = 64 << 20;

/// Reads a PDF file.
///
/// # Errors
/// Where the file is none, is locked, damaged or hostile, or holds no letters.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    guard::check(bytes)?;
    let bytes = bytes.to_vec();
    let (answer, result) = mpsc::channel();
    // In a thread of its own: what hangs or breaks there does so without its caller.
    thread::Builder::new()
        .stack_size(STACK)
        // Nobody waits for an answer that comes too late.
        .spawn(move || drop(answer.send(document(bytes))))
        .map_err(|error| ImportError::Damaged(error.to_string()))?;
    match result.recv_timeout(TIME) {
        Ok(document) => document,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(ImportError::TooLarge),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(ImportError::Damaged("it contradicts itself".to_owned())),
    }
}

fn document(bytes: Vec<u8>) -> Result<Document, ImportError> {
    let pdf = pages::open(bytes)?;
    let drawn = pages::draw(&pdf, PICTURE_TIME)?;
    let mut album = Album::new(&drawn.gallery);
    let by_tags = structure::read(&pdf).and_then(|tree| tagged::read(&tree, &drawn.pages, &drawn.fonts, &mut album));
    let mut document = match by_tags {
        Some(found) => by_tags_and_rest(found, &drawn, &mut album),
        None => by_geometry(&drawn, &mut album),
    };
    footnotes::settle(&mut document.blocks, &mut document.notes);
    document.doubts.extend(pages::doubts(&drawn));
    document.pictures = album.pictures;
    document.properties = info::properties(&pdf);
    Ok(document)
}

fn by_geometry(drawn: &Drawn, album: &mut Album<'_>) -> Document {
    album.pictures.clear();
    let mut doubts = Vec::new();
    let pictures = album::pictures(&drawn.pages, &mut doubts);
    let found = geometry::read(&drawn.pages, &drawn.fonts, |_, _, _| true, pictures, album);
    doubts.extend(found.doubts);
    Document { blocks: found.blocks, left_out: found.left_out, doubts, ..Document::default() }
}

/// What the structure tree holds, and at the end what it has forgotten.
fn by_tags_and_rest(mut found: tagged::Found, drawn: &Drawn, album: &mut Album<'_>) -> Document {
    if found.is_short {
        let forgotten = |page: usize, index: usize, glyph: &Glyph| {
            !glyph.artifact && !found.taken.get(page).and_then(|taken| taken.get(index)).is_some_and(|taken| *taken)
        };
        let none = drawn.pages.iter().map(|_| Vec::new()).collect();
        let rest = geometry::read(&drawn.pages, &drawn.fonts, forgotten, none, album);
        let first = rest.blocks.iter().find_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text()),
            _ => None,
        });
        if let Some(about) = first {
            found.doubts.push(Doubt { kind: DoubtKind::Order, about });
        }
        found.blocks.extend(rest.blocks);
        for left in rest.left_out {
            if !found.left_out.contains(&left) {
                found.left_out.push(left);
            }
        }
    }
    Document {
        blocks: found.blocks,
        notes: found.notes,
        left_out: found.left_out,
        doubts: found.doubts,
        ..Document::default()
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
