//! Titles that no contents name: by the levels that the file gives its headings, or by their look alone.

use std::ops::Range;

use super::contents::line;
use super::line::{Line, Piece};
use super::phrases::{ending_source, is_contents_heading, is_imprint, may_be_name, names_author, numbered, source};
use crate::import::document::Role;

/// What the text of a document mostly looks like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BodyLook {
    /// In points; 0 where no line says it.
    pub size: f32,
    pub is_centred: bool,
    pub is_bold: bool,
    pub is_italic: bool,
}

impl BodyLook {
    pub(super) fn of(pieces: &[Piece]) -> Self {
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        let (mut all, mut centred, mut bold, mut italic) = (0, 0, 0, 0);
        for line in pieces.iter().filter_map(line) {
            let length = line.length();
            all += length;
            centred += if line.is_centred() { length } else { 0 };
            bold += if line.bold { length } else { 0 };
            italic += if line.italic { length } else { 0 };
            match sizes.iter_mut().find(|(size, _)| (size - line.size).abs() < 0.26) {
                Some((_, count)) => *count += length,
                None => sizes.push((line.size, length)),
            }
        }
        let size = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size);
        let most = |count: usize| count * 2 > all;
        Self { size, is_centred: most(centred), is_bold: most(bold), is_italic: most(italic) }
    }

    pub(super) fn is_larger(&self, line: &Line) -> bool {
        self.size > 0.0 && line.size > self.size + 0.6
    }

    /// Whether a line stands out as headings do.
    pub(super) fn stands_out(&self, line: &Line) -> bool {
        line.look.level.is_some()
            || line.has_role(Role::Title)
            || (line.bold && !self.is_bold)
            || self.is_larger(line)
            || (line.is_centred() && line.capitals && !self.is_centred)
    }
}

/// Longest title, in characters.
pub(super) const LONGEST_TITLE: usize = 260;

/// Longest title that is not likely to be a lead, in characters.
pub(super) const LONGEST_SHORT_TITLE: usize = 150;

/// Where titles and sections are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    Section(Range<usize>),
    Title(Range<usize>),
}

/// Titles by the levels that the file itself gives; none where it gives none.
pub(super) fn by_level(pieces: &[Piece]) -> Vec<Head> {
    let level = |at: usize| line(&pieces[at]).filter(|line| line.length() <= LONGEST_TITLE).and_then(|l| l.look.level);
    let heads: Vec<(usize, u8)> = (0..pieces.len()).filter_map(|at| Some((at, level(at)?))).collect();
    let Some(top) = heads.iter().map(|(_, level)| *level).min() else { return Vec::new() };
    let mut found = Vec::new();
    let mut in_section = None;
    for (index, &(at, level)) in heads.iter().enumerate() {
        let below = heads.get(index + 1).filter(|(_, next)| *next > level);
        let has_title_below = below.is_some_and(|(next, _)| is_bare(pieces, at + 1..*next));
        if level == top && has_title_below {
            in_section = below.map(|(_, next)| *next);
            found.push(Head::Section(at..at + 1));
        } else if level == top || in_section == Some(level) {
            if level == top {
                in_section = None;
            }
            found.push(Head::Title(at..at + 1));
        }
    }
    found
}

/// Whether nothing stands there that could be the text of an article: at most one short line.
pub(super) fn is_bare(pieces: &[Piece], range: Range<usize>) -> bool {
    let mut short = 0;
    for piece in &pieces[range] {
        match piece {
            Piece::Line(line) if line.length() <= 70 => short += 1,
            Piece::Line(_) | Piece::Table(_) | Piece::Picture(_) => return false,
            _ => {}
        }
    }
    short <= 1
}

/// A look that several lines share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Signature {
    size: i32,
    bold: bool,
    italic: bool,
    centred: bool,
    level: Option<u8>,
}

impl Signature {
    pub(super) fn of(line: &Line) -> Self {
        // Half points, as word processors count.
        #[expect(clippy::cast_possible_truncation, reason = "sizes of type are small")]
        let size = (line.size * 2.0).round() as i32;
        Self { size, bold: line.bold, italic: line.italic, centred: line.is_centred(), level: line.look.level }
    }

    /// What stands out more comes first.
    fn prominence(&self) -> (i32, bool, bool) {
        (self.size, self.centred, self.bold)
    }
}

/// Titles by their look: the most prominent look whose lines begin what looks like articles.
pub(super) fn by_look(pieces: &[Piece], body: &BodyLook, is_free: impl Fn(usize) -> bool) -> Vec<Head> {
    let is_candidate =
        |at: usize| is_free(at) && line(&pieces[at]).is_some_and(|line| may_be_title(line) && body.stands_out(line));
    let candidates: Vec<usize> = (0..pieces.len()).filter(|&at| is_candidate(at)).collect();
    let mut signatures: Vec<Signature> = Vec::new();
    for signature in candidates.iter().filter_map(|&at| line(&pieces[at])).map(Signature::of) {
        if !signatures.contains(&signature) {
            signatures.push(signature);
        }
    }
    signatures.sort_by_key(|signature| std::cmp::Reverse(signature.prominence()));
    let mut sections = None;
    for signature in signatures {
        let of_it = candidates.iter().copied().filter(|&at| has_look(&pieces[at], signature));
        let titles = runs(pieces, of_it);
        if are_sections(pieces, body, &candidates, &titles, signature) {
            sections = Some(signature);
            continue;
        }
        if titles.len() >= 2 && are_articles(pieces, &titles) {
            return with_sections(pieces, body, titles, sections, &is_free);
        }
    }
    Vec::new()
}

/// Whether lines of a look are sections: right under most of them another line stands that looks like a title, and there
/// are more lines like that one.
fn are_sections(
    pieces: &[Piece],
    body: &BodyLook,
    candidates: &[usize],
    lines: &[Range<usize>],
    look: Signature,
) -> bool {
    let below = |range: &Range<usize>| {
        let next = candidates.iter().copied().find(|&at| at >= range.end && !has_look(&pieces[at], look))?;
        let next_line = line(&pieces[next])?;
        // A bold lead is no title.
        let is_title = next_line.length() <= LONGEST_SHORT_TITLE && !next_line.text.ends_with('.');
        (is_bare(pieces, range.end..next) && is_title && body.stands_out(next_line)).then(|| Signature::of(next_line))
    };
    let looks: Vec<Signature> = lines.iter().filter_map(below).collect();
    let count = |look: &Signature| looks.iter().filter(|other| *other == look).count();
    let Some(title) = looks.iter().copied().max_by_key(count) else { return false };
    let same = count(&title);
    let others = candidates.iter().filter(|&&at| has_look(&pieces[at], title)).count();
    !lines.is_empty() && same * 2 >= lines.len() && others > lines.len()
}

/// Whether what stands above a line is the end of an article: a byline, a source, a page break.
pub(super) fn follows_end(pieces: &[Piece], at: usize) -> bool {
    for piece in pieces[..at].iter().rev() {
        match piece {
            Piece::PageBreak | Piece::Rule => return true,
            Piece::Line(line) if source(&line.text).is_some() || names_author(&line.text) => return true,
            Piece::Line(line) if line.is_at_end() && line.length() <= 80 => return true,
            // A section or a kicker stands between.
            Piece::Line(line) if line.length() <= 60 && !line.text.ends_with('.') => {}
            _ => return false,
        }
    }
    true
}

fn has_look(piece: &Piece, signature: Signature) -> bool {
    line(piece).is_some_and(|line| Signature::of(line) == signature)
}

/// Whether a line may be a title at all.
pub(super) fn may_be_title(line: &Line) -> bool {
    (4..=LONGEST_TITLE).contains(&line.length())
        && line.text.chars().any(char::is_alphabetic)
        && !line.is_at_end()
        && line.look.list.is_none()
        && !matches!(line.look.role, Some(Role::Caption | Role::Contents | Role::Quote))
        && !line.text.ends_with([';', ':'])
        && !is_contents_heading(&line.text)
        && source(&line.text).is_none()
        && !names_author(&line.text)
        && (!is_imprint(&line.text) || line.look.level.is_some() || line.bold || line.is_centred())
}

/// Lines right below one another are one title.
pub(super) fn runs(pieces: &[Piece], lines: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in lines {
        match runs.last_mut() {
            Some(last) if last.end == at && last.len() < 4 && belong_together(&pieces[at - 1], &pieces[at]) => {
                last.end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn belong_together(first: &Piece, next: &Piece) -> bool {
    let (Some(first), Some(next)) = (line(first), line(next)) else { return false };
    first.capitals == next.capitals && !first.text.ends_with('.') && numbered(&next.text).is_none()
}

/// Whether what these titles begin are articles and not the parts of one: most end with a byline or a source, or begin
/// on a page of their own.
fn are_articles(pieces: &[Piece], titles: &[Range<usize>]) -> bool {
    if titles.is_empty() {
        return false;
    }
    let ends: Vec<usize> = titles.iter().skip(1).map(|title| title.start).chain([pieces.len()]).collect();
    // The last one may be signed for the whole.
    let parts = titles.iter().zip(&ends).take(titles.len() - 1);
    let signed = parts.filter(|(title, end)| is_signed(&pieces[title.end..**end])).count();
    let opened = titles.iter().filter(|title| is_after_break(pieces, title.start)).count();
    let has_text = titles.iter().zip(&ends).filter(|(title, end)| has_text(&pieces[title.end..**end])).count();
    (signed * 2 >= titles.len() - 1 || opened * 2 > titles.len()) && has_text * 2 > titles.len()
}

/// Whether one of the last lines is a byline or a source.
pub(super) fn is_signed(pieces: &[Piece]) -> bool {
    let last = pieces.iter().rev().filter_map(line).take(4);
    let mut signs = last.filter(|line| {
        source(&line.text).is_some()
            || names_author(&line.text)
            || ending_source(&line.text).is_some_and(|(before, _)| may_be_name(before) || names_author(before))
            || (line.is_at_end() && line.length() <= 80)
            || ((line.is_at_end() || line.bold) && may_be_name(&line.text))
    });
    signs.next().is_some()
}

fn is_after_break(pieces: &[Piece], at: usize) -> bool {
    pieces[..at]
        .iter()
        .rev()
        .take_while(|piece| !matches!(piece, Piece::Line(line) if line.length() > 70))
        .any(|piece| matches!(piece, Piece::PageBreak))
}

fn has_text(pieces: &[Piece]) -> bool {
    pieces.iter().filter_map(line).any(|line| line.length() > 80)
}

/// Lines that stand out above a title, with nothing between, and say a section.
fn with_sections(
    pieces: &[Piece],
    body: &BodyLook,
    titles: Vec<Range<usize>>,
    sections: Option<Signature>,
    is_free: &impl Fn(usize) -> bool,
) -> Vec<Head> {
    let mut heads = Vec::new();
    for title in titles {
        if let Some(at) = line_above(pieces, title.start).filter(|&at| is_free(at))
            && let (Some(above), Some(first)) = (line(&pieces[at]), line(&pieces[title.start]))
            && sections.map_or_else(|| is_section(above, first, body), |look| Signature::of(above) == look)
        {
            heads.push(Head::Section(at..at + 1));
        }
        heads.push(Head::Title(title));
    }
    heads
}

/// The line right above, over page breaks and rules.
pub(super) fn line_above(pieces: &[Piece], at: usize) -> Option<usize> {
    let above =
        pieces[..at].iter().rposition(|piece| !matches!(piece, Piece::PageBreak | Piece::Rule | Piece::CellEnd))?;
    line(&pieces[above]).map(|_| above)
}

/// Whether a line above a title names a section: in capitals, larger, or of a higher level.
pub(super) fn is_section(above: &Line, title: &Line, body: &BodyLook) -> bool {
    let is_higher = above.look.level.is_some_and(|level| title.look.level.is_none_or(|own| level < own));
    may_be_title(above)
        && above.length() <= 80
        && !may_be_author(above, body)
        && !above.text.ends_with(['.', '!', '?'])
        && (is_higher
            || (above.capitals && !title.capitals)
            || (body.stands_out(above) && above.size > title.size + 0.6))
}

/// Whether a line may be the byline of the article above.
fn may_be_author(line: &Line, body: &BodyLook) -> bool {
    may_be_name(&line.text) && line.look.level.is_none() && !body.is_larger(line) && !line.is_centred()
}
