//! The texts of an issue as their authors typed them, piece by piece, so that a finding has its place to the character.

use std::ops::Range;
use std::sync::Arc;

use linkify::LinkFinder;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::article::{MARKDOWN, MarkerKind, marker};
use crate::issue::{Article, Issue};
use crate::source::{Place, Source, Text};
use crate::toml_reader::one_line;

/// A text that is read in one go: a paragraph, a heading, a cell, a caption, a value of front matter or manifest.
#[derive(Debug)]
pub(super) struct Passage {
    source: Arc<Source>,
    /// As it was typed (not in NFC), without markup; a soft line break is a space, a hard one a line feed.
    pub text: String,
    pieces: Vec<RelayMessage>,
    /// Where in `text` the lines of a paragraph begin; none in values of front matter and manifest.
    starts: Vec<LineStart>,
    /// Bytes of `text` that are addresses, in which other rules hold.
    addresses: Vec<Range<usize>>,
    /// Bytes of `text` of which one thing is wrong, and nothing else is to be said.
    set_aside: Vec<Range<usize>>,
}

/// The beginning of a line, in the text.
#[derive(Debug, Clone, Copy)]
struct LineStart {
    at: usize,
    /// Whether the author broke the line there, so that it begins a line on the page, too.
    is_broken: bool,
}

/// A line of a paragraph, as it was typed in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Where it begins, in the text of the passage.
    pub at: usize,
    /// Without markup and without spaces at its end.
    pub text: &'a str,
    /// What stands before it on its line of the file: indents, marks of quotes and lists, opening markup.
    pub before: &'a str,
    /// Whether it follows another line that it is run together with on the page.
    pub goes_on: bool,
}

/// A stretch of the text, and where it was typed; as it stands here, or otherwise, as an escape.
#[derive(Debug)]
struct RelayMessage {
    text: Range<usize>,
    typed: Range<usize>,
    is_verbatim: bool,
}

impl Passage {
    fn new(source: &Arc<Source>) -> Self {
        let (text, pieces, starts, addresses, set_aside) = Default::default();
        Self { source: Arc::clone(source), text, pieces, starts, addresses, set_aside }
    }

    /// A paragraph, or another text of an article's body.
    fn of_lines(source: &Arc<Source>) -> Self {
        Self { starts: vec![LineStart { at: 0, is_broken: true }], ..Self::new(source) }
    }

    /// Ends a line, with `text` in place of its end.
    fn break_line(&mut self, text: &str, typed: Range<usize>) {
        self.push(text, typed);
        self.starts.push(LineStart { at: self.text.len(), is_broken: text == "\n" });
    }

    fn push(&mut self, text: &str, typed: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        let is_verbatim = self.source.text().get(typed.clone()) == Some(text);
        let text = start..self.text.len();
        match self.pieces.last_mut() {
            // Text that goes on as it was typed is one piece, whatever events it came in.
            Some(last) if last.is_verbatim && is_verbatim && last.typed.end == typed.start => {
                last.text.end = text.end;
                last.typed.end = typed.end;
            }
            _ => self.pieces.push(RelayMessage { text, typed, is_verbatim }),
        }
    }

    fn finish(mut self, passages: &mut Vec<Self>) {
        if self.text.trim().is_empty() {
            return;
        }
        let mut finder = LinkFinder::new();
        finder.url_must_have_scheme(true);
        self.addresses = finder.links(&self.text).map(|link| link.start()..link.end()).collect();
        passages.push(self);
    }

    /// The lines of a paragraph that have text; none of a value.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let ends = self.starts.iter().skip(1).map(|next| next.at).chain([self.text.len()]);
        self.starts.iter().zip(ends).enumerate().filter_map(|(index, (start, end))| {
            let text = self.text[start.at..end].trim_end();
            let before = &self.source.text()[..self.typed(start.at, true).start];
            let before = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
            let goes_on = index > 0 && !start.is_broken;
            (!text.is_empty()).then_some(Line { at: start.at, text, before, goes_on })
        })
    }

    /// Whether it has lines of its own in the file: it is no value of front matter or manifest.
    pub(super) fn is_markdown(&self) -> bool {
        !self.starts.is_empty()
    }

    /// Whether a range of the text stands behind a backslash, by which the author says that it is meant so.
    pub(super) fn is_escaped(&self, range: &Range<usize>) -> bool {
        self.source.text()[..self.typed(range.start, true).start].ends_with('\\')
    }

    /// A place in the file that begins `back` bytes before a range of the text.
    pub(super) fn place_from(&self, range: &Range<usize>, back: usize) -> Place {
        let place = self.place(range);
        Place::new(&self.source, place.range.start - back.min(place.range.start)..place.range.end)
    }

    /// How the file ends its lines.
    pub(super) fn line_end(&self) -> &'static str {
        if self.source.text().contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        self.source.name()
    }

    /// Where a range of the text was typed; as a whole where it was typed otherwise.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        let start = self.typed(range.start, true).start;
        let end = if range.is_empty() { start } else { self.typed(range.end - 1, false).end };
        Place::new(&self.source, start..end.max(start))
    }

    /// Whether a range of the text was typed as it stands here, so that it can be replaced there.
    pub(super) fn is_verbatim(&self, range: &Range<usize>) -> bool {
        // Pieces stand one behind the other.
        let first = self.pieces.partition_point(|piece| piece.text.end < range.end);
        let mut candidates = self.pieces[first..].iter().take_while(|piece| piece.text.start <= range.start);
        candidates.any(|piece| piece.is_verbatim)
    }

    /// Whether any of a range belongs to an address.
    pub(super) fn is_address(&self, range: &Range<usize>) -> bool {
        let first = self.addresses.partition_point(|address| address.end <= range.start);
        self.addresses.get(first).is_some_and(|address| address.start < range.end)
    }

    /// Leaves a range out of whatever else is looked for.
    pub(super) fn set_aside(&mut self, range: Range<usize>) {
        self.set_aside.push(range);
    }

    /// Whether any of a range is left out of what is looked for.
    pub(super) fn is_set_aside(&self, range: &Range<usize>) -> bool {
        // They are set aside from the first to the last.
        let next = self.set_aside.partition_point(|aside| aside.end <= range.start);
        self.set_aside.get(next).is_some_and(|aside| aside.start < range.end.max(range.start + 1))
    }

    /// Where the byte at `at` was typed: exactly, or the whole escape that it came of.
    fn typed(&self, at: usize, is_start: bool) -> Range<usize> {
        let piece = self.pieces.partition_point(|piece| piece.text.end <= at);
        match self.pieces.get(piece).or(self.pieces.last()) {
            Some(piece) if piece.is_verbatim => {
                let typed = piece.typed.start + at.saturating_sub(piece.text.start);
                if is_start { typed..piece.typed.end } else { piece.typed.start..typed + 1 }
            }
            Some(piece) => piece.typed.clone(),
            None => 0..0,
        }
    }
}

/// Every passage of an issue, file by file, in reading order.
pub(super) fn passages(issue: &Issue) -> Vec<Passage> {
    let mut passages = Vec::new();
    let manifest = &issue.manifest;
    let cover = manifest.cover.as_ref().and_then(|cover| cover.alt.as_ref());
    let mail = [&manifest.mail.subject, &manifest.mail.intro].into_iter().flatten();
    let texts = issue.manifest_texts().into_iter().chain(cover).chain(&manifest.keywords).chain(mail);
    texts.for_each(|text| value(text, &mut passages));
    for article in issue.articles() {
        let photos: Vec<_> = article.photos().collect();
        let alts = photos.iter().filter_map(|photo| photo.alt.as_ref());
        article.front_texts().chain(alts).for_each(|text| value(text, &mut passages));
        photos.iter().filter_map(|photo| photo.credit.as_ref()).for_each(|text| credit(text, &mut passages));
        body(article, &mut passages);
    }
    passages
}

/// A string of TOML, between its quotes.
fn value(text: &Text, passages: &mut Vec<Passage>) {
    let typed = text.place.text();
    let quotes = [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)];
    let between = quotes.into_iter().find_map(|(quote, escapes)| {
        let inner = typed.strip_prefix(quote)?.strip_suffix(quote)?;
        Some((quote.len()..quote.len() + inner.len(), escapes))
    });
    let (inner, escapes) = between.unwrap_or((0..typed.len(), false));
    letters(text, inner, escapes, passages);
}

/// The credit of a photo. Its place is what stands between the quotes of Markdown, whatever quotes it has itself; or the
/// whole photo, where the credit was not typed as it reads.
fn credit(text: &Text, passages: &mut Vec<Passage>) {
    let typed = text.place.text();
    if one_line(typed) == text.value {
        return letters(text, 0..typed.len(), false, passages);
    }
    let mut passage = Passage::new(&text.place.source);
    passage.push(&text.value, text.place.range.clone());
    passage.finish(passages);
}

/// What was typed at `inner` of a place, letter by letter.
fn letters(text: &Text, inner: Range<usize>, escapes: bool, passages: &mut Vec<Passage>) {
    let typed = text.place.text();
    let start = text.place.range.start;
    let mut passage = Passage::new(&text.place.source);
    let mut at = inner.start;
    while at < inner.end {
        let (decoded, length) = next_of_value(&typed[at..inner.end], escapes);
        passage.push(&decoded, start + at..start + at + length);
        at += length;
    }
    passage.finish(passages);
}

/// The next characters of a TOML string, and how many bytes they take in the file.
fn next_of_value(rest: &str, escapes: bool) -> (String, usize) {
    let Some(first) = rest.chars().next() else { return (String::new(), rest.len().max(1)) };
    // A line break, with what indents the next line, is a space.
    if first == '\n' || first == '\r' {
        return (" ".to_owned(), rest.len() - rest.trim_start().len());
    }
    if first != '\\' || !escapes {
        return (first.to_string(), first.len_utf8());
    }
    let hex = |digits: usize| {
        let number = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        Some((char::from_u32(number)?.to_string(), 2 + digits))
    };
    match rest.as_bytes().get(1) {
        Some(b'x') => hex(2).unwrap_or((String::new(), 2)),
        Some(b'u') => hex(4).unwrap_or((String::new(), 2)),
        Some(b'U') => hex(8).unwrap_or((String::new(), 2)),
        Some(b'"') => ("\"".to_owned(), 2),
        Some(b'\\') => ("\\".to_owned(), 2),
        Some(b' ' | b'\t' | b'\r' | b'\n') => (String::new(), 1 + rest[1..].len() - rest[1..].trim_start().len()),
        Some(byte) if byte.is_ascii() => (" ".to_owned(), 2),
        _ => (String::new(), 1),
    }
}

/// The paragraphs, headings, cells, captions and notes of an article.
fn body(article: &Article, passages: &mut Vec<Passage>) {
    markdown(&article.source, article.body.clone(), passages);
}

/// The passages of the Markdown at `range` of a source.
pub(super) fn markdown(source: &Arc<Source>, range: Range<usize>, passages: &mut Vec<Passage>) {
    let text = &source.text()[range.clone()];
    let offset = range.start;
    // A passage may stand within another: a caption in its paragraph.
    let mut open = vec![Passage::of_lines(source)];
    // Where the marker of a box or a chart ends that was met last, and whether the line behind it is a title.
    let (mut marker_end, mut is_title) = (0, false);
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        let typed = range.start + offset..range.end + offset;
        let Some(passage) = open.last_mut() else { return };
        match event {
            Event::Start(tag) if opens_passage(&tag) => {
                if let Some(marker) = marker(&source.text()[typed.start..]).filter(|_| tag == Tag::Paragraph) {
                    let rest = &source.text()[typed.start + marker.length..];
                    marker_end = typed.start + marker.length + rest.len() - rest.trim_start_matches(' ').len();
                    is_title = marker.kind() == Some(MarkerKind::Box);
                }
                open.push(Passage::of_lines(source));
            }
            Event::End(tag) if closes_passage(tag) => {
                is_title = false;
                if let Some(passage) = open.pop() {
                    passage.finish(passages);
                }
            }
            // Text outside of paragraphs, such as that of a tight list, ends where its container does.
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => {
                std::mem::replace(passage, Passage::of_lines(source)).finish(passages);
            }
            Event::Text(_) if typed.end <= marker_end => {}
            Event::Text(text) if typed.start < marker_end => {
                passage.push(text.get(marker_end - typed.start..).unwrap_or_default(), marker_end..typed.end);
            }
            Event::Text(text) | Event::Code(text) => passage.push(&text, typed),
            Event::SoftBreak | Event::HardBreak if is_title => {
                is_title = false;
                std::mem::replace(passage, Passage::of_lines(source)).finish(passages);
            }
            Event::SoftBreak => passage.break_line(" ", typed),
            Event::HardBreak => passage.break_line("\n", typed),
            _ => {}
        }
    }
    open.into_iter().for_each(|passage| passage.finish(passages));
}

fn opens_passage(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::Image { .. } | Tag::Item)
}

fn closes_passage(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Image | TagEnd::Item)
}
