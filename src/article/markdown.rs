//! Markdown → blocks and inline runs. What a bulletin cannot set is an error with its place; nothing is dropped.

mod inline;
mod list;
mod marker;
mod photos;
mod references;
mod table;

pub use marker::{Kind as MarkerKind, marker};
pub(crate) use table::has_numbers;
pub use table::{MAX_CELLS, cells};

use std::collections::{HashMap, HashSet};
use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TextMergeWithOffset};

use super::{PhotoCalls, PhotoSettings};
use crate::diagnostic::{Diagnostic, Finding, MarkdownError, WithDiagnostics};
use crate::issue::{Block, ChartShape, Inline, PhotoBlock, plain_text};
use crate::source::{Place, Source};

/// What is read beside plain CommonMark.
pub const MARKDOWN: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// Lists, quotes and emphasis nested deeper than this are no text that anybody reads, and might be an attack.
const MAX_DEPTH: usize = 8;

/// Longest paragraph, heading or cell, in bytes: about ten pages.
const MAX_PARAGRAPH: usize = 50_000;

/// Most errors that are told of one article: after so many it is no article.
const MAX_ERRORS: usize = 200;

/// The body of an article.
pub(super) struct Body {
    pub blocks: Vec<Block>,
    /// Footnotes in order of first reference.
    pub notes: Vec<Vec<Block>>,
    /// Paths of the photos shown.
    pub shown: Vec<String>,
}

/// Reads the Markdown at `range` of a source.
pub(super) fn read(
    source: &Arc<Source>,
    range: Range<usize>,
    settings: &[PhotoSettings],
    photos: &mut PhotoCalls,
) -> WithDiagnostics<Body> {
    let settings = settings.iter().rev().map(|settings| (settings.path.value.as_str(), settings)).collect();
    let text = &source.text()[range.clone()];
    let parser = Parser::new_ext(text, MARKDOWN);
    let definitions: Vec<_> =
        parser.reference_definitions().iter().map(|(name, link)| (name.to_owned(), link.span.clone())).collect();
    let mut reader = Reader {
        source,
        offset: range.start,
        events: TextMergeWithOffset::new(parser.into_offset_iter()).peekable(),
        settings,
        photos,
        shown: Vec::new(),
        images: Vec::new(),
        references: Vec::new(),
        referred: HashMap::new(),
        definitions: Vec::new(),
        defined: HashSet::new(),
        links_used: HashSet::new(),
        link_names: definitions.iter().map(|(name, _)| name.to_lowercase()).collect(),
        chart: None,
        depth: 0,
        inside: Inside::Article,
        diagnostics: Vec::new(),
    };
    let blocks = reader.blocks();
    let notes = reader.settle_notes();
    reader.report_unused_links(&definitions);
    let value = Body { blocks, notes, shown: reader.shown };
    WithDiagnostics { value, diagnostics: reader.diagnostics }
}

/// Whether an address may be a link in a PDF: web, mail or telephone, and nothing that runs or opens files.
pub fn is_safe_link(url: &str) -> bool {
    let rest = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    });
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// What the reader is in, to tell which blocks may stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Article,
    /// A box of an article.
    Box,
    /// A quote or a list.
    Container,
    Footnote,
}

struct Image {
    photo: PhotoBlock,
    range: Range<usize>,
}

/// A `[!chart …]` whose table is still to come.
struct ChartHead {
    shape: ChartShape,
    title: Vec<Inline>,
    range: Range<usize>,
}

struct Note {
    name: String,
    blocks: Vec<Block>,
    range: Range<usize>,
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    /// Where the Markdown starts in its source.
    offset: usize,
    events: Peekable<TextMergeWithOffset<'a, OffsetIter<'a>>>,
    /// By the paths of their photos.
    settings: HashMap<&'a str, &'a PhotoSettings>,
    photos: &'a mut PhotoCalls,
    shown: Vec<String>,
    /// Photos met in the paragraph being read.
    images: Vec<Image>,
    /// Names of the footnotes referred to, in order of first reference.
    references: Vec<(String, Range<usize>)>,
    /// Where in `references` a name is.
    referred: HashMap<String, usize>,
    definitions: Vec<Note>,
    /// Names of the footnotes in `definitions`.
    defined: HashSet<String>,
    links_used: HashSet<String>,
    /// Names of the links that are defined, in small letters.
    link_names: HashSet<String>,
    /// The chart that was announced by the block before.
    chart: Option<ChartHead>,
    depth: usize,
    inside: Inside,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Blocks up to the end of what they stand in, which is left to the caller.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = self.events.peek() {
            let range = range.clone();
            if self.chart.is_some() && !matches!(event, Event::Start(Tag::Table(_))) {
                self.end_chart();
                continue;
            }
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_block(tag) => self.block(&mut blocks),
                Event::Rule => {
                    self.events.next();
                    blocks.push(Block::Break);
                }
                Event::Html(html) => {
                    let error = html_error(html);
                    self.events.next();
                    self.error(error, range);
                }
                _ => self.paragraph(range, &mut blocks),
            }
        }
        self.end_chart();
        blocks
    }

    /// One block, from its start to its end.
    fn block(&mut self, blocks: &mut Vec<Block>) {
        let Some((Event::Start(tag), range)) = self.events.next() else { return };
        if self.depth >= MAX_DEPTH {
            self.error(MarkdownError::TooDeep { limit: MAX_DEPTH }, range.start..range.start + 1);
            self.skip();
            return;
        }
        self.depth += 1;
        match tag {
            Tag::Paragraph => self.paragraph(range, blocks),
            Tag::Heading { level, .. } => self.heading(level, range, blocks),
            Tag::BlockQuote(_) => self.quote(blocks),
            Tag::List(start) => self.list(start, blocks),
            Tag::Table(columns) => self.table(&columns, range, blocks),
            Tag::FootnoteDefinition(name) => self.note(&name, range),
            Tag::CodeBlock(kind) => {
                let error = match kind {
                    pulldown_cmark::CodeBlockKind::Indented => MarkdownError::IndentedCode,
                    pulldown_cmark::CodeBlockKind::Fenced(_) => MarkdownError::Code,
                };
                self.error(error, range);
                self.skip_inner();
            }
            Tag::HtmlBlock => {
                let error = html_error(&self.source.text()[self.absolute(&range)]);
                self.error(error, range);
                self.skip_inner();
            }
            _ => {
                self.error(MarkdownError::Other { construct: "block" }, range);
                self.skip_inner();
            }
        }
        self.events.next();
        self.depth -= 1;
    }

    fn within(&mut self, inside: Inside) -> Vec<Block> {
        let outer = self.inside;
        if outer != Inside::Footnote {
            self.inside = inside;
        }
        let blocks = self.blocks();
        self.inside = outer;
        blocks
    }

    /// A paragraph; one that holds photos and nothing else becomes those photos.
    fn paragraph(&mut self, range: Range<usize>, blocks: &mut Vec<Block>) {
        if range.len() > MAX_PARAGRAPH {
            self.error(MarkdownError::TooLong { limit: MAX_PARAGRAPH }, range.start..range.start + 1);
            self.skip_inner();
            return;
        }
        if !self.marked_paragraph(&range, blocks) {
            self.paragraph_after(Vec::new(), range, blocks);
        }
    }

    /// What is left of a paragraph whose beginning has been read.
    fn paragraph_after(&mut self, start: Vec<Inline>, range: Range<usize>, blocks: &mut Vec<Block>) {
        let content = self.inlines_after(start, false);
        let content = self.bounded(content, &range);
        let images = std::mem::take(&mut self.images);
        let has_text = content.iter().any(|inline| match inline {
            Inline::Text(run) => !run.text.trim().is_empty(),
            Inline::Break => false,
            _ => true,
        });
        if images.is_empty() {
            if !content.is_empty() {
                blocks.push(Block::Paragraph(content));
            }
            return;
        }
        for image in images {
            if has_text {
                self.error(MarkdownError::InlinePhoto, image.range);
            } else if self.inside != Inside::Article {
                self.error(MarkdownError::NestedPhoto, image.range);
            } else {
                blocks.push(Block::Photo(image.photo));
            }
        }
        if has_text {
            blocks.push(Block::Paragraph(content));
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>, blocks: &mut Vec<Block>) {
        let content = self.bounded_inlines(&range);
        self.reject_images();
        let range = trimmed(self.source, self.offset, range);
        let is_underlined = !self.source.text()[self.absolute(&range)].trim_start().starts_with('#');
        if is_underlined {
            self.error(MarkdownError::UnderlinedHeading, range);
        } else if self.inside != Inside::Article {
            self.error(MarkdownError::NestedBlock, range);
        } else if plain_text(&content).trim().is_empty() {
            self.error(MarkdownError::EmptyHeading, range);
        } else {
            match level {
                HeadingLevel::H1 => self.error(MarkdownError::TitleHeading, range),
                HeadingLevel::H2 => blocks.push(Block::Heading { level: 2, content }),
                HeadingLevel::H3 => blocks.push(Block::Heading { level: 3, content }),
                _ => self.error(MarkdownError::DeepHeading, range),
            }
        }
    }

    /// Skips to the end of what was just started, and past it.
    fn skip(&mut self) {
        self.skip_inner();
        self.events.next();
    }

    /// Skips to the end of what was just started.
    fn skip_inner(&mut self) {
        let mut open = 0_usize;
        while let Some((event, _)) = self.events.peek() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 0 => return,
                Event::End(_) => open -= 1,
                _ => {}
            }
            self.events.next();
        }
    }

    fn error(&mut self, error: MarkdownError, range: Range<usize>) {
        if self.diagnostics.len() >= MAX_ERRORS {
            return;
        }
        let place = Place::new(self.source, self.absolute(&range));
        self.diagnostics.push(Diagnostic::error(Finding::UnsupportedMarkdown(error), place));
    }

    /// A range of the Markdown as one of the source, in whole letters.
    fn absolute(&self, range: &Range<usize>) -> Range<usize> {
        self.source.whole(range.start + self.offset..range.end + self.offset)
    }
}

fn html_error(html: &str) -> MarkdownError {
    let tag = html.trim_start().trim_start_matches(['<', '/']).to_ascii_lowercase();
    let is_break = tag.strip_prefix("br").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    if is_break { MarkdownError::HtmlBreak } else { MarkdownError::Html }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// A block's range without the white space behind it.
fn trimmed(source: &Source, offset: usize, range: Range<usize>) -> Range<usize> {
    let whole = source.whole(range.start + offset..range.end + offset);
    let length = source.text()[whole].trim_end().len();
    range.start..range.start + length
}

#[cfg(test)]
mod tests;
