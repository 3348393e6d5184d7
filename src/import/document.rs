//! A file of another program as its reader finds it: styled blocks in reading order, that nobody has made sense of yet.
//!
//! Every reader gives this model, and the recogniser reads nothing else. A reader says what the file says and how it
//! looks; what a paragraph is *for* (a title, a lead, a caption) is not its business, except where the file itself names
//! it by a style or a tag.

use std::sync::Arc;

pub(crate) use crate::diagnostic::{DoubtKind, ImportError, Reason};

/// One file, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Document {
    /// In reading order.
    pub blocks: Vec<Block>,
    /// Foot- and endnotes, in the order of their first reference; [`Inline::Note`] points here.
    pub notes: Vec<Vec<Block>>,
    /// [`Inline::Picture`] points here.
    pub pictures: Vec<Picture>,
    /// Words of the file that are in none of the above, and why.
    pub left_out: Vec<LeftOut>,
    /// What the reader is not sure of.
    pub doubts: Vec<Doubt>,
    pub properties: Properties,
}

/// What a file says of itself. Empty texts are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Properties {
    pub title: Option<String>,
    pub author: Option<String>,
    pub keywords: Option<String>,
    /// A BCP 47 tag.
    pub language: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    Table(Table),
    /// What follows starts on a new page: a typed page break, a section break, the next page of a PDF. Never inside a
    /// paragraph that goes on over the page.
    PageBreak,
    /// A rule across the text.
    Rule,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Paragraph {
    pub inlines: Vec<Inline>,
    pub look: Look,
}

/// How a paragraph stands. Lengths are in points (1/72 inch).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Look {
    /// Where the file itself says that this is a heading (style, outline level, tag): its level from 1. A style for the
    /// title of the whole document is [`Role::Title`].
    pub level: Option<u8>,
    /// Where the file names what this is.
    pub role: Option<Role>,
    pub alignment: Alignment,
    /// The left edge, from that of the text.
    pub indent: f32,
    /// How much further right the first line starts; negative for a hanging indent.
    pub first_line: f32,
    /// Whether the file itself says that this is an item of a list (numbering, list style, tag). Bullets and numbers that
    /// were typed by hand are text.
    pub list: Option<ListItem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Subtitle,
    Caption,
    Quote,
    /// A line of a generated table of contents.
    Contents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Alignment {
    #[default]
    Start,
    Centre,
    End,
    Justify,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// How deep it is nested, from 0.
    pub level: u8,
    /// Its number as it is printed (`1.`, `a)`, `IV.`); `None` for a bullet.
    pub number: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Inline {
    Text(Span),
    /// A line break that was typed.
    Break,
    /// A reference to [`Document::notes`].
    Note(usize),
    /// A picture of [`Document::pictures`] that stands here or is anchored here.
    Picture(usize),
}

/// A run of text in one style. A tab is `\t`; a soft hyphen that merely divides a word is left out, a non-breaking hyphen
/// is U+2011, a no-break space U+00A0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub text: String,
    pub style: Style,
    /// The address that it links to (http, https, mailto, tel); links inside the document are none.
    pub link: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Style {
    /// In points; 0 where nothing says it.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
    /// Set as capitals, whatever the letters are (`w:caps`; not small capitals). The text keeps its letters.
    pub capitals: bool,
    pub raised: bool,
    pub lowered: bool,
    /// The name of the font, as the file gives it.
    pub font: Option<Arc<str>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    /// Whether the file says that this row is a heading of the table.
    pub is_header: bool,
}

/// A cell; one that is merged stands once, where it starts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub blocks: Vec<Block>,
    /// How many columns and rows it covers, from 1.
    pub columns: usize,
    pub rows: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    /// The file of the picture, byte for byte as the source holds it.
    pub bytes: Arc<[u8]>,
    /// Its extension, by content: `jpg`, `png`, `gif`, `tif`, `webp`, `svg`; others (`emf`, `wmf`) cannot be shown.
    pub extension: &'static str,
    /// The part that is shown, as shares of its width and height from the top left; `None` for all of it.
    pub crop: Option<Part>,
    /// What the file says for those who cannot see it.
    pub description: Option<String>,
    /// How large it stands, in points; 0 where nothing says it.
    pub width: f32,
    pub height: f32,
}

/// A part of a picture: shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// Words of the source that are not in the issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub text: String,
    pub reason: Reason,
}

/// Something that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub kind: DoubtKind,
    /// The words that it is about, or the first of them.
    pub about: String,
}

impl Paragraph {
    /// Its words, with a space for every line break.
    pub(crate) fn text(&self) -> String {
        text_of(&self.inlines)
    }
}

/// The words of inline text as they are; a break is a space, and notes and pictures part no words.
pub(crate) fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(span) => text.push_str(&span.text),
            Inline::Break => text.push(' '),
            Inline::Note(_) | Inline::Picture(_) => {}
        }
    }
    text
}
