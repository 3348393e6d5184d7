//! Footnotes: what stands small at the foot of a page with a raised mark of the text in front of it.

use crate::import::document::{Block, Inline, Paragraph, Span};

/// Notes are set at most at this share of the size of the text.
const SMALL: f32 = 0.95;
/// How many blocks a note may stand after its mark.
const FAR: usize = 200;

/// A raised mark in the text.
#[derive(Debug, Clone, PartialEq)]
struct Mark {
    block: usize,
    inline: usize,
    text: String,
    /// The note that it refers to.
    note: Option<usize>,
}

/// Moves notes that stand in the text into the notes, and puts references to all notes where their marks are. The notes
/// come out in the order of their marks.
pub(super) fn settle(blocks: &mut Vec<Block>, notes: &mut Vec<Vec<Block>>) {
    let mut marks = marks(blocks);
    for (number, note) in notes.iter_mut().enumerate() {
        let found = first_text(note)
            .and_then(|text| marks.iter_mut().find(|mark| mark.note.is_none() && begins(text, &mark.text)));
        if let Some(mark) = found {
            mark.note = Some(number);
            drop_mark(note, &mark.text);
        }
    }
    let size = main_size(blocks);
    let mut moved: Vec<usize> = Vec::new();
    for index in 0..blocks.len() {
        if let Some((length, mark)) = note_at(blocks, index, size, &marks) {
            let mut note: Vec<Block> = blocks.get(index..index + length).unwrap_or_default().to_vec();
            if let Some(mark) = marks.get_mut(mark) {
                mark.note = Some(notes.len());
                drop_mark(&mut note, &mark.text);
            }
            moved.extend(index..index + length);
            notes.push(note);
        }
    }
    refer(blocks, &marks);
    let mut index = 0;
    blocks.retain(|_| {
        index += 1;
        moved.binary_search(&(index - 1)).is_err()
    });
    in_order(blocks, notes);
}

/// The raised marks of paragraphs: numbers and stars, but for those of units.
fn marks(blocks: &[Block]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (block, paragraph) in paragraphs(blocks) {
        let mut before = "";
        for (inline, part) in paragraph.inlines.iter().enumerate() {
            let Inline::Text(span) = part else { continue };
            let text = span.text.trim();
            if span.style.raised && is_mark(text) && !before.is_empty() && !ends_in_unit(before) {
                marks.push(Mark { block, inline, text: text.to_owned(), note: None });
            }
            before = &span.text;
        }
    }
    marks
}

fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = (usize, &Paragraph)> {
    blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Paragraph(paragraph) => Some((index, paragraph)),
        _ => None,
    })
}

fn is_mark(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '[', ']']);
    let is_number = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    !text.is_empty() && (is_number || text.chars().all(|letter| matches!(letter, '*' | '†' | '‡')))
}

/// A raised number after one of these is a power.
fn ends_in_unit(text: &str) -> bool {
    let word = text.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    matches!(word, "m" | "km" | "cm" | "mm" | "dm" | "hm")
}

fn first_text(blocks: &[Block]) -> Option<&str> {
    match blocks.first()? {
        Block::Paragraph(paragraph) => paragraph.inlines.iter().find_map(|inline| match inline {
            Inline::Text(span) => Some(span.text.as_str()),
            _ => None,
        }),
        _ => None,
    }
}

/// Whether a text begins with a mark, and not with a longer number.
fn begins(text: &str, mark: &str) -> bool {
    text.trim_start().strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// Takes the mark off the beginning of a note.
fn drop_mark(note: &mut Vec<Block>, mark: &str) {
    let Some(Block::Paragraph(paragraph)) = note.first_mut() else { return };
    let Some(Inline::Text(span)) = paragraph.inlines.first_mut() else { return };
    if let Some(rest) = span.text.trim_start().strip_prefix(mark) {
        span.text = rest.trim_start_matches(['.', ')', ' ', '\t', '\u{A0}']).to_owned();
    }
    if span.text.is_empty() {
        paragraph.inlines.remove(0);
        if let Some(Inline::Text(next)) = paragraph.inlines.first_mut() {
            next.text = next.text.trim_start().to_owned();
        }
    }
    if paragraph.inlines.is_empty() && note.len() > 1 {
        note.remove(0);
    }
}

/// The size of most letters.
fn main_size(blocks: &[Block]) -> f32 {
    let mut counts: Vec<(f32, usize)> = Vec::new();
    for (_, paragraph) in paragraphs(blocks) {
        for span in spans(paragraph) {
            match counts.iter().position(|(size, _)| (size - span.style.size).abs() < 0.1) {
                Some(known) => counts[known].1 += span.text.len(),
                None if counts.len() < 200 => counts.push((span.style.size, span.text.len())),
                None => {}
            }
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size)
}

fn spans(paragraph: &Paragraph) -> impl Iterator<Item = &Span> {
    paragraph.inlines.iter().filter_map(|inline| match inline {
        Inline::Text(span) => Some(span),
        _ => None,
    })
}

/// If a note begins here: how many blocks it has, and its mark. The mark may be a paragraph of its own.
fn note_at(blocks: &[Block], index: usize, size: f32, marks: &[Mark]) -> Option<(usize, usize)> {
    let Some(Block::Paragraph(paragraph)) = blocks.get(index) else { return None };
    if paragraph.look.list.is_some() || paragraph.look.level.is_some() {
        return None;
    }
    let text = paragraph.text();
    let is_alone = is_mark(text.trim());
    let body = if is_alone {
        match blocks.get(index + 1) {
            Some(Block::Paragraph(next)) => next,
            _ => return None,
        }
    } else {
        paragraph
    };
    let largest = spans(body).map(|span| span.style.size).fold(0.0, f32::max);
    if largest == 0.0 || largest > size * SMALL {
        return None;
    }
    let mark = marks.iter().position(|mark| {
        mark.note.is_none() && mark.block < index && mark.block + FAR > index && begins(&text, &mark.text)
    })?;
    Some((if is_alone { 2 } else { 1 }, mark))
}

/// Puts references in the places of marks, and takes away those that stand without one.
fn refer(blocks: &mut [Block], marks: &[Mark]) {
    let known: Vec<usize> = marks.iter().filter_map(|mark| mark.note).collect();
    for block in blocks.iter_mut() {
        if let Block::Paragraph(paragraph) = block {
            // A mark that is not found stays a letter, and the reference stays where the file has it.
            let is_double = |inline: &Inline| matches!(inline, Inline::Note(note) if known.contains(note));
            if paragraph.inlines.iter().any(is_double) {
                let rest = paragraph.inlines.iter().filter(|inline| !is_double(inline)).count();
                if rest == 0 {
                    paragraph.inlines.clear();
                }
            }
        }
    }
    for mark in marks {
        if let (Some(note), Some(Block::Paragraph(paragraph))) = (mark.note, blocks.get_mut(mark.block))
            && let Some(inline) = paragraph.inlines.get_mut(mark.inline)
        {
            let ends_with_space = matches!(inline, Inline::Text(span) if span.text.ends_with(' '));
            *inline = Inline::Note(note);
            if ends_with_space && let Some(Inline::Text(next)) = paragraph.inlines.get_mut(mark.inline + 1) {
                next.text.insert(0, ' ');
            }
        }
    }
}

/// Numbers the notes by their references; those without any come last.
fn in_order(blocks: &mut Vec<Block>, notes: &mut Vec<Vec<Block>>) {
    blocks.retain(|block| !matches!(block, Block::Paragraph(paragraph) if paragraph.inlines.is_empty()));
    let mut order: Vec<usize> = Vec::new();
    each_note(blocks, &mut |note| {
        if !order.contains(note) {
            order.push(*note);
        }
    });
    order.extend((0..notes.len()).filter(|note| !order.contains(note)).collect::<Vec<_>>());
    let mut old: Vec<Option<Vec<Block>>> = std::mem::take(notes).into_iter().map(Some).collect();
    for note in &order {
        notes.extend(old.get_mut(*note).and_then(Option::take));
    }
    each_note(blocks, &mut |note| {
        if let Some(place) = order.iter().position(|old| old == note) {
            *note = place;
        }
    });
}

fn each_note(blocks: &mut [Block], visit: &mut impl FnMut(&mut usize)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                for inline in &mut paragraph.inlines {
                    if let Inline::Note(note) = inline {
                        visit(note);
                    }
                }
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    each_note(&mut cell.blocks, visit);
                }
            }
            Block::PageBreak | Block::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests;
