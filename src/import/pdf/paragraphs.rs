//! Where one paragraph ends and the next begins.

use super::flow::{Element, SetLine};
use super::glyphs::{Page, Placed};
use super::measure::{Stand, first_word};
use super::tables::Ruled;

/// A paragraph as its lines, or what stands between paragraphs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Lines(Vec<SetLine>),
    Picture { page: usize, placed: Placed },
    Table { page: usize, table: Ruled },
}

impl Piece {
    /// The pages that it starts and ends on.
    pub(super) fn pages(&self) -> (usize, usize) {
        match self {
            Self::Lines(lines) => (lines.first().map_or(0, |line| line.page), lines.last().map_or(0, |line| line.page)),
            Self::Picture { page, .. } | Self::Table { page, .. } => (*page, *page),
        }
    }
}

/// An indent of this share of the letters' size starts a paragraph.
const INDENT: f32 = 0.7;
/// So much more room between lines than usual divides paragraphs, as a share of the letters' size.
const SPACE: f32 = 0.15;
/// Letters that differ by this share in size belong to different paragraphs.
const OTHER_SIZE: f32 = 0.08;
/// The share of a line that may be left empty to even out the lines of a title.
const EVENED: f32 = 0.4;
/// How far ahead the rest of a paragraph is looked for that a photo or a note interrupts.
const AHEAD: usize = 8;

/// Puts lines together to paragraphs.
pub(super) fn paragraphs(pages: &[Page], elements: Vec<Element>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Vec<SetLine> = Vec::new();
    let mut elements = elements.into_iter().peekable();
    while let Some(element) = elements.next() {
        match element {
            Element::Line(line) => {
                let next = match elements.peek() {
                    Some(Element::Line(next)) => Some(next),
                    _ => None,
                };
                if !open.is_empty() && begins(pages, &open, &line, next) {
                    pieces.push(Piece::Lines(std::mem::take(&mut open)));
                }
                open.push(line);
            }
            Element::Picture { page, placed } => {
                close(&mut pieces, &mut open);
                pieces.push(Piece::Picture { page, placed });
            }
            Element::Table { page, table } => {
                close(&mut pieces, &mut open);
                pieces.push(Piece::Table { page, table });
            }
        }
    }
    close(&mut pieces, &mut open);
    resumed(pages, pieces)
}

fn close(pieces: &mut Vec<Piece>, open: &mut Vec<SetLine>) {
    if !open.is_empty() {
        pieces.push(Piece::Lines(std::mem::take(open)));
    }
}

/// Whether a line begins a new paragraph after these.
fn begins(pages: &[Page], lines: &[SetLine], line: &SetLine, next: Option<&SetLine>) -> bool {
    let Some(last) = lines.last() else { return true };
    if differs(last, line) || has_room(pages, last, line) || is_entry(last) || is_row(last) || is_row(line) {
        return true;
    }
    if last.column != line.column {
        return !goes_on(lines, line);
    }
    let step = line.line.y - last.line.y;
    if step > last.measure.reach(line.line.size, SPACE) {
        return true;
    }
    stands_apart(lines, line) || is_indented(lines, line, next) || is_next_item(lines, line)
}

/// Whether the letters are of another kind: larger, or bold and the others not.
fn differs(a: &SetLine, b: &SetLine) -> bool {
    let large = a.line.size.max(b.line.size);
    (a.line.size - b.line.size).abs() > large * OTHER_SIZE
        || (weight(a), weight(b)) == (Some(true), Some(false))
        || (weight(a), weight(b)) == (Some(false), Some(true))
}

/// Whether all of a line is bold, or none; `None` if it is mixed.
fn weight(line: &SetLine) -> Option<bool> {
    let mut spans = line.text.spans.iter().filter(|span| span.text.chars().any(char::is_alphanumeric));
    let first = spans.next()?.style.bold;
    spans.all(|span| span.style.bold == first).then_some(first)
}

/// Whether all of a line is slanted, as captions are.
fn slant(line: &SetLine) -> bool {
    line.text.spans.iter().filter(|span| !span.text.trim().is_empty()).all(|span| span.style.italic)
}

/// Whether a line is set smaller, as notes and captions are.
fn is_small(line: &SetLine, than: &SetLine) -> bool {
    line.line.size < than.line.size * (1.0 - OTHER_SIZE)
}

/// Whether a line was ended on purpose: the first word of the next one had room on it. Lines of titles are evened out,
/// so that a word that goes on in small letters may have had room.
fn has_room(pages: &[Page], last: &SetLine, line: &SetLine) -> bool {
    let Some(page) = pages.get(line.page) else { return true };
    let text = last.text.plain();
    let space = if text.ends_with('-') { 0.0 } else { last.line.size * 0.22 };
    let word = first_word(page, &line.line);
    let room = last.measure.room(&last.line, last.stand);
    let ends = ends_sentence(&text, ".;:!?…");
    if ends && word > last.measure.width() * 0.5 {
        // A long address says nothing.
        return true;
    }
    let is_caption = slant(last) && slant(line) && last.stand == Stand::Centre && line.stand == Stand::Centre;
    let starts_small = line.text.plain().chars().next().is_some_and(char::is_lowercase);
    let goes_on = !ends && (starts_small || is_caption);
    let is_evened = goes_on && last.column == line.column && room < last.measure.width() * EVENED;
    word + space + last.line.size * 0.1 < room && !is_evened
}

/// Whether a line ends in a page number after leaders: an entry of a table of contents.
fn is_entry(line: &SetLine) -> bool {
    let text = line.text.plain();
    let rest = text.trim_end().trim_end_matches(|letter: char| letter.is_ascii_digit());
    rest.len() < text.trim_end().len()
        && (rest.ends_with('\t') || rest.trim_end().ends_with("...") || rest.trim_end().ends_with(['…', '_']))
}

/// Whether a line has wide gaps, as the rows of a table have that is set without rules. One gap after the mark of a list is
/// none.
fn is_row(line: &SetLine) -> bool {
    let text = line.text.plain();
    let gaps = text.matches('\t').count();
    gaps > usize::from(mark(&text).is_some())
}

/// Whether one of the two is centred or at the right, and the other cannot be.
fn stands_apart(lines: &[SetLine], line: &SetLine) -> bool {
    let stand = line.stand;
    let stands = || lines.iter().map(|line| line.stand);
    match stand {
        Stand::Centre | Stand::Right => stands().any(|other| other != stand && other != Stand::Full),
        Stand::Left => stands().any(|other| matches!(other, Stand::Centre)),
        Stand::Full => false,
    }
}

fn is_indented(lines: &[SetLine], line: &SetLine, next: Option<&SetLine>) -> bool {
    let may_be_centred = line.is_inset() && lines.iter().all(|line| matches!(line.stand, Stand::Centre | Stand::Full));
    if matches!(line.stand, Stand::Centre | Stand::Right) || may_be_centred {
        return false;
    }
    let Some(last) = lines.last() else { return true };
    let (before, here) = (last.offset(), line.offset());
    let em = line.line.size;
    if lines.len() == 1 {
        // Further right than the first line: a hanging indent, if it goes on like that.
        let is_hanging = || {
            starts_with_mark(last)
                || next.is_some_and(|next| next.column == line.column && (next.offset() - here).abs() < 2.0)
        };
        return here - before > em * INDENT && !is_hanging();
    }
    here - before > em * INDENT || (before - here > em * INDENT && lines.len() > 1)
}

/// Whether a list goes on with its next item.
fn is_next_item(lines: &[SetLine], line: &SetLine) -> bool {
    let Some(first) = lines.first() else { return false };
    let same = mark(&first.text.plain()).zip(mark(&line.text.plain())).is_some_and(|(a, b)| a == b);
    let ends = lines.last().is_some_and(|last| ends_sentence(&last.text.plain(), ".;:,!?…"));
    same && ends && (first.offset() - line.offset()).abs() < 2.0
}

fn starts_with_mark(line: &SetLine) -> bool {
    mark(&line.text.plain()).is_some()
}

/// The kind of mark that a line starts with: a bullet, a number, a letter.
pub(super) fn mark(text: &str) -> Option<char> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    words.next()?;
    if let [bullet] = first.chars().collect::<Vec<_>>().as_slice()
        && "-–—•▪◦➢✓*+o".contains(*bullet)
    {
        return Some(*bullet);
    }
    let body = first.strip_suffix(['.', ')', '/'])?;
    let body = body.strip_prefix('(').unwrap_or(body);
    if !body.is_empty() && body.len() <= 3 && body.chars().all(|letter| letter.is_ascii_digit()) {
        return Some('1');
    }
    let mut letters = body.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_lowercase() => Some('a'),
        _ => None,
    }
}

fn ends_sentence(text: &str, marks: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '»', ')', ' ', '’']);
    text.chars().next_back().is_some_and(|letter| marks.contains(letter))
}

/// Whether a paragraph goes on in the next column.
fn goes_on(lines: &[SetLine], line: &SetLine) -> bool {
    let Some(last) = lines.last() else { return false };
    let (stand, before) = (line.stand, last.stand);
    if stand == Stand::Centre || before == Stand::Centre {
        return matches!(stand, Stand::Centre | Stand::Full) && matches!(before, Stand::Centre | Stand::Full);
    }
    // Of a single line nobody can tell whether it ends because it is full.
    let starts_anew = line.text.plain().chars().next().is_some_and(char::is_uppercase);
    if lines.len() == 1 && starts_anew && ends_sentence(&last.text.plain(), ".!?…") {
        return false;
    }
    let hanging = if lines.len() > 1 { last.offset().max(0.0) } else { 0.0 };
    let is_below = lines.len() > 1 && (line.line.area.x0 - last.line.area.x0).abs() < 2.0;
    let is_level = is_below || line.offset() - hanging < line.line.size * INDENT;
    is_level && !(starts_with_mark(line) && ends_sentence(&last.text.plain(), ".;:!?"))
}

/// Puts the rest of a paragraph to its beginning where a photo, a caption or a note stands between them: the beginning
/// ends in the middle of a sentence at the end of a column, and the rest starts with a small letter in another.
fn resumed(pages: &[Page], mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut index = 0;
    while index < pieces.len() {
        if let Some(rest) = rest_of(pages, &pieces, index)
            && let Piece::Lines(more) = pieces.remove(rest)
        {
            if let Some(Piece::Lines(lines)) = pieces.get_mut(index) {
                lines.extend(more);
            }
            continue;
        }
        index += 1;
    }
    pieces
}

fn rest_of(pages: &[Page], pieces: &[Piece], index: usize) -> Option<usize> {
    let Some(Piece::Lines(lines)) = pieces.get(index) else { return None };
    let last = lines.last()?;
    let goes_on_below = pieces.iter().skip(index + 1).take(AHEAD).any(|piece| {
        matches!(piece, Piece::Lines(more) if more.iter().any(|line| line.column == last.column && !is_small(line, last)))
    });
    if goes_on_below
        || matches!(last.stand, Stand::Centre | Stand::Right)
        || ends_sentence(&last.text.plain(), ".;:!?…")
    {
        return None;
    }
    let is_rest = |piece: &Piece| match piece {
        Piece::Lines(more) => more.first().is_some_and(|line| {
            line.column != last.column
                && line.page <= last.page + 1
                && line.text.plain().chars().next().is_some_and(char::is_lowercase)
                && !differs(last, line)
                && slant(last) == slant(line)
                && !has_room(pages, last, line)
                && goes_on(lines, line)
        }),
        _ => false,
    };
    // What follows at once was judged before, by more than its first letter.
    let found = pieces.iter().skip(index + 2).take(AHEAD).position(is_rest)?;
    Some(index + 2 + found)
}

#[cfg(test)]
mod tests;
