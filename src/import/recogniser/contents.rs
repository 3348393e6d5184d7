//! The contents page: which pieces are its lines, and which lines of the text it names.

use std::collections::HashMap;
use std::ops::Range;

use super::line::{Line, Piece};
use super::phrases::{bullet, bullet_sign, entry, is_contents_heading, is_folio, key, split_entries, title_variants};
use crate::import::document::{Inline, Role, text_of};

/// The contents of a bulletin.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The pieces that are its heading and its lines.
    pub pieces: Vec<usize>,
    pub entries: Vec<Entry>,
}

/// A line of the contents.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Without bullet, leaders and page.
    pub text: String,
    /// Whether it has a bullet, or a page: lines without are sections where others have.
    pub is_marked: bool,
    pub is_bold: bool,
    pub is_capitals: bool,
}

/// Lines of the text that an entry names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    /// An entry may run over several lines of the contents.
    pub entries: Range<usize>,
    /// A title may be typed as several paragraphs.
    pub pieces: Range<usize>,
    /// Whether both have the same words.
    pub is_exact: bool,
}

/// Longest line of contents, in characters.
const LONGEST_ENTRY: usize = 300;

/// Most lines of contents that are made sense of.
const MOST_ENTRIES: usize = 600;

/// Finds the contents.
pub(super) fn find(pieces: &[Piece]) -> Option<Contents> {
    let by_role: Vec<_> = (0..pieces.len()).filter(|&at| is_contents_line(&pieces[at])).collect();
    let heading = pieces.iter().position(|piece| line(piece).is_some_and(|line| is_contents_heading(&line.text)));
    let mut found: Vec<usize> = heading.into_iter().collect();
    if by_role.is_empty() {
        found.extend(lines_below(pieces, heading?));
    } else {
        found.extend(&by_role);
    }
    let lines = found.iter().filter_map(|&at| line(&pieces[at]));
    let entries = lines.flat_map(as_entries).take(MOST_ENTRIES).collect();
    Some(Contents { pieces: found, entries })
}

fn is_contents_line(piece: &Piece) -> bool {
    line(piece).is_some_and(|line| line.has_role(Role::Contents) && !is_contents_heading(&line.text))
}

/// The lines that follow the heading of the contents, until something stands there that no contents have.
fn lines_below(pieces: &[Piece], heading: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate().skip(heading + 1) {
        match piece {
            // A heading in a cell of its own has its lines in the next.
            Piece::CellEnd if found.is_empty() => {}
            Piece::CellEnd if pieces[at..].iter().take(3).any(has_page_alone) => {}
            Piece::Rule => {}
            Piece::Line(line) if line.length() > LONGEST_ENTRY || is_sentence(line) => break,
            Piece::Line(line) => {
                let typed = text_of(&line.inlines);
                let (text, has_page) = entry(&typed);
                let key = key(text);
                // The first title of the text comes again here: the contents are over.
                if !has_page && !key.is_empty() && keys.contains(&key) {
                    break;
                }
                keys.push(key);
                found.push(at);
            }
            _ => break,
        }
    }
    found
}

fn has_page_alone(piece: &Piece) -> bool {
    line(piece).is_some_and(|line| is_folio(&line.text))
}

/// Whether a line is running text: long, and a whole sentence.
fn is_sentence(line: &Line) -> bool {
    line.length() > 160 && line.text.ends_with('.') && line.text.matches(". ").count() >= 1
}

pub(super) fn line(piece: &Piece) -> Option<&Line> {
    match piece {
        Piece::Line(line) => Some(line),
        _ => None,
    }
}

/// Entries with bullets that have run together.
fn split_bullets(text: &str) -> Vec<String> {
    let Some(sign) = bullet_sign(text).filter(|sign| *sign != '-' && *sign != '–') else {
        return vec![text.to_owned()];
    };
    let between = format!(" {sign} ");
    text.trim().split(&between).map(|entry| format!("{sign} {}", entry.trim_start_matches([sign, ' ']))).collect()
}

/// The entries of a line: several where lines or pages of the contents have run together in one paragraph.
fn as_entries(line: &Line) -> Vec<Entry> {
    if is_contents_heading(&line.text) || is_folio(&line.text) {
        return Vec::new();
    }
    let texts = line.inlines.split(|inline| *inline == Inline::Break).map(text_of);
    let texts = texts.flat_map(|text| split_bullets(&text));
    let texts: Vec<String> = texts.flat_map(|text| split_entries(&text)).collect();
    let entries = texts.iter().filter_map(|typed| {
        let (text, has_page) = entry(typed);
        let is_marked = bullet(typed).is_some() || has_page || line.look.list.is_some();
        let text = super::line::spaced(text);
        let is_capitals = !text.chars().any(char::is_lowercase);
        (!key(&text).is_empty() && !is_folio(&text)).then_some(Entry {
            text,
            is_marked,
            is_bold: line.bold,
            is_capitals,
        })
    });
    entries.collect()
}

impl Contents {
    /// Where the text has what the entries name, in order. `is_free` tells which pieces may be titles at all.
    /// `may_differ` tells which may be one in other words.
    pub(super) fn anchors(
        &self,
        pieces: &[Piece],
        is_free: impl Fn(usize) -> bool,
        may_differ: impl Fn(usize) -> bool,
    ) -> Vec<Anchor> {
        // What stands before contents at the front is the masthead, which may have the words of a section.
        let first = self.pieces.first().copied().unwrap_or_default();
        let last = self.pieces.last().copied().unwrap_or_default();
        let is_behind = |at: usize| first * 2 > pieces.len() || at > last;
        let index = Index::new(pieces, |at| is_free(at) && is_behind(at), may_differ);
        let mut candidates: Vec<(Anchor, u32)> = Vec::new();
        for start in 0..self.entries.len() {
            for length in 1..=3.min(self.entries.len() - start) {
                let entries = start..start + length;
                let text = self.joined(&entries);
                let found = index.find(&text, length == 1);
                candidates.extend(found.into_iter().map(|(range, score)| {
                    let is_exact = key(&text) == index.key_of(pieces, &range);
                    // Page one may announce it with the same words.
                    let looks =
                        u32::from(looks_like_title(pieces, &range)) * 3 + u32::from(is_above_text(pieces, &range)) * 2;
                    let anchor = Anchor { entries: entries.clone(), pieces: range, is_exact };
                    (anchor, score * u32::try_from(length).unwrap_or(1) + looks)
                }));
            }
        }
        chain(candidates)
    }

    /// The words of one or several entries.
    pub(super) fn joined(&self, entries: &Range<usize>) -> String {
        let texts: Vec<_> = self.entries[entries.clone()].iter().map(|entry| entry.text.as_str()).collect();
        texts.join(" ")
    }
}

/// The lines that may be titles, by their letters.
struct Index {
    by_key: HashMap<String, Vec<Range<usize>>>,
    lines: Vec<(Range<usize>, String)>,
}

/// How alike two titles must be that are not the same.
const ALIKE: f64 = 0.84;

impl Index {
    fn new(pieces: &[Piece], is_free: impl Fn(usize) -> bool, may_differ: impl Fn(usize) -> bool) -> Self {
        let mut index = Self { by_key: HashMap::new(), lines: Vec::new() };
        for start in 0..pieces.len() {
            let mut text = String::new();
            for at in start..(start + 3).min(pieces.len()) {
                let Some(line) = line(&pieces[at]).filter(|line| is_free(at) && line.length() <= LONGEST_ENTRY) else {
                    break;
                };
                if at > start && !goes_on(&pieces[start], line) {
                    break;
                }
                text = if text.is_empty() { line.text.clone() } else { format!("{text} {}", line.text) };
                let key = key(&text);
                index.by_key.entry(key.clone()).or_default().push(start..at + 1);
                if at == start && may_differ(at) {
                    index.lines.push((start..at + 1, key));
                }
            }
        }
        index
    }

    fn key_of(&self, pieces: &[Piece], range: &Range<usize>) -> String {
        let texts: Vec<_> = pieces[range.clone()].iter().filter_map(line).map(|line| line.text.as_str()).collect();
        key(&texts.join(" "))
    }

    /// The lines with these words, and how sure each is; those with nearly these words where there is none.
    fn find(&self, text: &str, may_differ: bool) -> Vec<(Range<usize>, u32)> {
        let wanted = key(text);
        if let Some(found) = self.by_key.get(&wanted) {
            return found.iter().map(|range| (range.clone(), 20)).collect();
        }
        let variants = title_variants(text);
        if let Some(found) = variants.iter().find_map(|text| self.by_key.get(&key(text))) {
            return found.iter().map(|range| (range.clone(), 18)).collect();
        }
        if !may_differ || wanted.chars().count() < 8 {
            return Vec::new();
        }
        let near = |(range, key): &(Range<usize>, String)| {
            let (short, long) = (key.len().min(wanted.len()), key.len().max(wanted.len()));
            let begins = key.starts_with(&wanted) && (short * 2 >= long || wanted.split(' ').count() >= 3);
            let is_part = begins || (short * 3 >= long && is_shorter_form(&wanted, key));
            let is_alike = short * 10 >= long * 7 && strsim::normalized_levenshtein(key, &wanted) >= ALIKE;
            match (is_alike, is_part) {
                (true, _) => Some((range.clone(), 12)),
                (false, true) => Some((range.clone(), 8)),
                (false, false) => None,
            }
        };
        self.lines.iter().filter_map(near).collect()
    }
}

/// Whether a title of the contents is the one of the text with words left out.
fn is_shorter_form(short: &str, long: &str) -> bool {
    let mut words = long.split(' ');
    short.split(' ').count() >= 3 && short.split(' ').all(|word| words.any(|other| other == word))
}

/// Whether a line may be the second half of a title that another begins.
fn goes_on(first: &Piece, next: &Line) -> bool {
    line(first).is_some_and(|first| {
        first.bold == next.bold
            && first.look.alignment == next.look.alignment
            && (first.size - next.size).abs() < 0.6
            && first.look.level == next.look.level
            && !first.text.ends_with(['.', ':', ';'])
    })
}

fn looks_like_title(pieces: &[Piece], range: &Range<usize>) -> bool {
    pieces[range.clone()]
        .iter()
        .filter_map(line)
        .all(|line| line.bold || line.is_centred() || line.capitals || line.look.level.is_some())
}

/// Whether running text follows within a few lines.
fn is_above_text(pieces: &[Piece], range: &Range<usize>) -> bool {
    pieces.get(range.end..).unwrap_or_default().iter().take(5).filter_map(line).any(|line| line.length() > 160)
}

/// The best chain of anchors in which entries and lines both go on. Every candidate has a score.
fn chain(mut candidates: Vec<(Anchor, u32)>) -> Vec<Anchor> {
    candidates.sort_by_key(|(anchor, _)| (anchor.pieces.start, anchor.pieces.end, anchor.entries.start));
    // For every candidate: the best score of a chain that ends with it, and the one before it in that chain.
    let mut best: Vec<(u32, Option<usize>)> = Vec::new();
    for (at, (anchor, score)) in candidates.iter().enumerate() {
        let before = (0..at).filter(|&before| {
            let (earlier, _) = &candidates[before];
            earlier.pieces.end <= anchor.pieces.start && earlier.entries.end <= anchor.entries.start
        });
        let previous = before.max_by_key(|&before| (best[before].0, std::cmp::Reverse(before)));
        best.push((score + previous.map_or(0, |before| best[before].0), previous));
    }
    let mut at = (0..best.len()).max_by_key(|&at| (best[at].0, std::cmp::Reverse(at)));
    let mut anchors = Vec::new();
    while let Some(last) = at {
        anchors.push(candidates[last].0.clone());
        at = best[last].1;
    }
    anchors.reverse();
    anchors
}
