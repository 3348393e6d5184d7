//! Plain text: what archives keep of a bulletin when its files are lost.
//!
//! Nothing but the line ends says what belongs together, and most of them are those of the print. Lines are joined to
//! paragraphs by how much room they left (`measure`), by how they end and start (`marks`), by the space between them, and
//! by the list of contents, which names the titles (`contents`).

mod bytes;
mod columns;
mod contents;
mod lines;
mod marks;
mod measure;
mod pages;
mod paragraphs;
mod width;

use super::document::{Block, Document, Doubt, DoubtKind, ImportError, Inline, Look, Paragraph, Role, Span, Style};
use super::encoding::to_unicode;
use contents::Contents;
use lines::Line;

/// Text of which so much stands in lines longer than any page is wide has a paragraph on each line.
const LONG_LINES_OF_TEN: usize = 5;
const LONGEST_SET_LINE: usize = 160;
/// No bulletin has more; a line takes some hundred bytes while it is read.
const MOST_BYTES: usize = 16 << 20;
const MOST_LINES: usize = 300_000;

/// Reads a text file in whatever encoding.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLarge);
    }
    let decoded = bytes::decoded(bytes)?;
    let text = lines::even_ends(&decoded.text);
    if text.bytes().filter(|byte| matches!(byte, b'\n' | b'\x0c')).count() > MOST_LINES {
        return Err(ImportError::TooLarge);
    }
    let (text, left_out) = pages::without_furniture(&text);
    let (text, columns) = columns::apart(&text);
    let mut lines = lines::lines(&text);
    if lines.is_empty() {
        return Err(ImportError::NoText);
    }
    let usual_gap = lines::usual_gap(&lines);
    if usual_gap > 0 {
        lines::number_pages(&mut lines);
    }
    let mut document = Document { left_out, ..Document::default() };
    decode_legacy(&mut lines, &mut document);
    document.blocks = blocks(&lines, usual_gap);
    let doubts = columns.into_iter().map(|about| Doubt { kind: DoubtKind::Order, about });
    document.doubts.extend(doubts);
    if decoded.is_damaged {
        let about = lines.iter().find(|line| line.text.contains(char::REPLACEMENT_CHARACTER));
        let about = about.map(|line| line.text.clone()).unwrap_or_default();
        document.doubts.push(Doubt { kind: DoubtKind::Signs, about });
    }
    Ok(document)
}

/// What was typed in TCVN3 or VNI must be Unicode before anybody asks whether it starts with a capital.
fn decode_legacy(lines: &mut [Line], document: &mut Document) {
    let blocks = lines.iter_mut().map(|line| paragraph(std::mem::take(&mut line.text), Look::default()));
    document.blocks = blocks.collect();
    to_unicode(document);
    for (line, block) in lines.iter_mut().zip(std::mem::take(&mut document.blocks)) {
        if let Block::Paragraph(paragraph) = block {
            line.text = paragraph.text();
        }
    }
}

/// The lines as paragraphs.
fn blocks(lines: &[Line], usual_gap: usize) -> Vec<Block> {
    let contents = contents::find(lines).unwrap_or_default();
    let known = known(lines, &contents);
    let ends = if is_paragraph_a_line(lines) {
        known.iter().map(|known| known.unwrap_or(true)).collect()
    } else {
        paragraphs::ends(lines, &measure::measured(lines, usual_gap), usual_gap, &known)
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (at, is_end) in ends.into_iter().enumerate() {
        if is_end || at + 1 == lines.len() {
            if start > 0 && lines[start].page != lines[start - 1].page {
                found.push(Block::PageBreak);
            }
            found.push(whole(&lines[start..=at], look(start, &contents)));
            start = at + 1;
        }
    }
    found
}

fn is_paragraph_a_line(lines: &[Line]) -> bool {
    let length = |line: &Line| line.text.chars().count();
    let total: usize = lines.iter().map(length).sum();
    // The address of a page is one word, however long.
    let is_long = |line: &&Line| length(line) > LONGEST_SET_LINE && line.text.contains(' ');
    let long: usize = lines.iter().filter(is_long).map(length).sum();
    long * 10 >= total * LONG_LINES_OF_TEN
}

/// Where the contents say that something ends, or goes on.
fn known(lines: &[Line], contents: &Contents) -> Vec<Option<bool>> {
    let mut known = vec![None; lines.len()];
    let mut set = |at: Option<usize>, is_end| {
        if let Some(place) = at.and_then(|at| known.get_mut(at)) {
            *place = Some(is_end);
        }
    };
    if !contents.list.is_empty() {
        set(contents.list.start.checked_sub(1), true);
        set(contents.list.end.checked_sub(1), true);
        for at in contents.list.clone() {
            let has_next = lines.get(at + 1).is_some_and(|next| marks::is_bullet(&next.text));
            if has_next || lines.get(at).is_some_and(|line| contents::ends_with_folio(&line.text)) {
                set(Some(at), true);
            }
        }
    }
    for range in contents.entries.iter().chain(&contents.titles) {
        set(range.start.checked_sub(1), true);
        for at in range.clone() {
            set(Some(at), at + 1 == range.end);
        }
    }
    known
}

/// What the contents say that a paragraph is.
fn look(first: usize, contents: &Contents) -> Look {
    let is_title = contents.titles.iter().any(|title| title.start == first);
    let is_entry = contents.list.contains(&first);
    Look { level: is_title.then_some(1), role: is_entry.then_some(Role::Contents), ..Look::default() }
}

fn whole(lines: &[Line], look: Look) -> Block {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() && !marks::is_cut(&text, &line.text) {
            text.push(' ');
        }
        marks::push_even(&mut text, &line.text);
    }
    paragraph(text, look)
}

fn paragraph(text: String, look: Look) -> Block {
    let inlines = vec![Inline::Text(Span { text, style: Style::default(), link: None })];
    Block::Paragraph(Paragraph { inlines, look })
}

#[cfg(test)]
mod tests;
