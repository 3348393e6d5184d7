//! What the editors wrote, read and resolved: the model that every later stage works on. No input or output here.

mod crop;
mod text;

pub use crop::{AspectRatio, Crop, Focus};
pub use text::{each_run, plain_text};

use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::source::{Place, Source, Spanned, Text};
use crate::toml_reader::Date;

/// A whole issue.
#[derive(Debug)]
pub struct Issue {
    /// Name of the issue folder.
    pub name: String,
    pub manifest: Manifest,
    /// In printing order; articles without a section come first, in a section without a title. None is empty.
    pub sections: Vec<Section>,
    /// The photo of the manifest's cover, and its logo.
    pub cover: Option<PhotoRef>,
    pub logo: Option<PhotoRef>,
    /// The articles that page one announces, in the order given: places in [`Issue::articles`], from 0.
    pub teasers: Vec<usize>,
}

/// `issue.toml`.
#[derive(Debug)]
pub struct Manifest {
    pub source: Arc<Source>,
    pub date: Date,
    pub number: Option<Text>,
    pub title: Option<Text>,
    pub layout: Option<Text>,
    pub language: Language,
    /// The lists of articles, in printing order; those without a section come first.
    pub sections: Vec<SectionEntry>,
    /// Paths of the articles that page one announces.
    pub teasers: Vec<Text>,
    pub masthead: Masthead,
    pub cover: Option<Cover>,
    /// The budget of the `email` profile, in bytes.
    pub max_size: Option<u64>,
    /// How many pages the issue should have.
    pub pages: Option<u32>,
    pub keywords: Vec<Text>,
    /// How the issue is mailed, where the command line does not say otherwise.
    pub mail: MailDefaults,
    /// Codes of warnings that this issue does not want to hear of.
    pub ignored: Vec<Text>,
    /// Words that are right here.
    pub words: Vec<Text>,
    /// Keys and values of `[style]`; a layout says which keys it has.
    pub style: Vec<(Text, Text)>,
}

/// A BCP 47 tag, as far as typesetting needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    pub tag: String,
    /// Two or three lower-case letters.
    pub primary: String,
    /// Two upper-case letters.
    pub region: Option<String>,
}

#[derive(Debug)]
pub struct Masthead {
    pub title: Text,
    pub overline: Option<Text>,
    pub subtitle: Option<Text>,
    pub publisher: Option<Text>,
    pub about: Option<Text>,
    /// The path of a photo.
    pub logo: Option<Text>,
    pub imprint: Vec<ImprintRow>,
}

#[derive(Debug)]
pub struct ImprintRow {
    pub label: Text,
    pub text: Option<Text>,
    pub email: Option<Text>,
    pub url: Option<Text>,
    pub phone: Option<Text>,
}

#[derive(Debug)]
pub struct Cover {
    /// The path of the photo.
    pub photo: Text,
    pub caption: Option<Text>,
    pub credit: Option<Text>,
    pub alt: Option<Text>,
}

/// `[mail]`.
#[derive(Debug, Default)]
pub struct MailDefaults {
    /// Who writes, such as `Bản tin <bantin@tanhai.example>`.
    pub from: Option<Text>,
    /// Who gets the answers.
    pub reply_to: Option<Text>,
    pub subject: Option<Text>,
    /// A paragraph above the contents.
    pub intro: Option<Text>,
    /// How to get no more of these: an https address, or one of e-mail.
    pub unsubscribe: Option<Text>,
}

/// A section as the manifest lists it.
#[derive(Debug)]
pub struct SectionEntry {
    pub title: Option<Text>,
    /// Paths of articles; at least one.
    pub articles: Vec<Text>,
}

/// A section with its articles.
#[derive(Debug)]
pub struct Section {
    pub title: Option<Text>,
    pub articles: Vec<Article>,
}

#[derive(Debug)]
pub struct Article {
    pub source: Arc<Source>,
    /// The bytes of the source that are its Markdown.
    pub body: Range<usize>,
    pub title: Text,
    pub contents_title: Option<Text>,
    pub kicker: Option<Text>,
    pub lead: Option<Text>,
    pub rank: Option<Rank>,
    pub author: Option<Text>,
    pub credit_source: Option<Text>,
    pub source_url: Option<Text>,
    pub blocks: Vec<Block>,
    /// Footnotes, in order of first reference.
    pub notes: Vec<Vec<Block>>,
}

/// How much room an article gets among the others of its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The lead story.
    Lead,
    /// A short item among others.
    Brief,
}

impl Rank {
    pub const ALL: [Self; 2] = [Self::Lead, Self::Brief];

    /// The word used in front matter and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Brief => "brief",
        }
    }
}

/// Index into the photos of the issue, which `reading` gathers.
pub type PhotoRef = usize;

/// A photo file of the issue, or a part of one: where two parts of a file are shown, there are two of these.
#[derive(Debug)]
pub struct PhotoFile {
    /// Relative to the issue folder.
    pub path: String,
    /// The part that is shown; all of it where there is none.
    pub crop: Option<Crop>,
    /// Everywhere that the author calls for it, and where on the page it then stands; never empty.
    pub calls: Vec<(Place, PhotoUse)>,
}

/// Where on the page a photo stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhotoUse {
    Column,
    Page,
    Cover,
    Logo,
}

#[derive(Debug)]
pub enum Block {
    Paragraph(Vec<Inline>),
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    List(List),
    Quote(Vec<Block>),
    /// What stands apart from the text, under a title that may be empty.
    Box {
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
    /// Words of the article that are set large.
    Pull(Vec<Block>),
    Table(Table),
    Chart(Chart),
    /// A thematic break.
    Break,
    Photo(PhotoBlock),
}

#[derive(Debug)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// The number of each item of an ordered list as it was typed, with the mark behind it: `5.`, `7)`.
    pub numbers: Vec<Run>,
    /// Whether no blank line stands between its items.
    pub tight: bool,
    pub items: Vec<Vec<Block>>,
}

#[derive(Debug)]
pub struct Table {
    pub columns: Vec<Alignment>,
    pub header: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A table that is drawn: its first column has the labels, every other one the figures of a series.
#[derive(Debug)]
pub struct Chart {
    pub shape: ChartShape,
    /// May be empty.
    pub title: Vec<Inline>,
    pub table: Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartShape {
    Bar,
    Line,
}

impl ChartShape {
    /// The word used in Markdown and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Line => "line",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    Default,
    Left,
    Center,
    Right,
}

#[derive(Debug)]
pub struct PhotoBlock {
    pub photo: PhotoRef,
    /// Where the author calls for it: the path of the photo.
    pub place: Place,
    pub caption: Vec<Inline>,
    pub credit: Option<Text>,
    pub alt: Option<Text>,
    pub usage: PhotoUse,
    /// The proportions that the author gave it.
    pub crop: Option<AspectRatio>,
    pub focus: Focus,
}

#[derive(Debug, Clone)]
pub enum Inline {
    Text(Run),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Link {
        url: String,
        content: Vec<Inline>,
    },
    /// A hard line break.
    Break,
    /// A reference to a footnote: index into [`Article::notes`].
    Footnote(usize),
}

/// A run of text, in NFC, and its bytes in the article's source.
#[derive(Debug, Clone)]
pub struct Run {
    pub text: String,
    pub range: Range<usize>,
}

/// Stands in for a text whose absence has been reported: an issue with an error is checked further, and never set.
pub fn placeholder(source: &Arc<Source>) -> Text {
    Spanned { value: String::new(), place: Place::new(source, 0..0) }
}

impl Issue {
    /// Every article, in printing order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.sections.iter().flat_map(|section| &section.articles)
    }
}

impl Issue {
    /// What the manifest says in words that are printed, without numbers and addresses.
    pub fn manifest_texts(&self) -> Vec<&Text> {
        let manifest = &self.manifest;
        let masthead = &manifest.masthead;
        let mut texts: Vec<_> = vec![&masthead.title];
        texts.extend(
            [&manifest.title, &masthead.overline, &masthead.subtitle, &masthead.publisher, &masthead.about]
                .into_iter()
                .flatten(),
        );
        texts.extend(masthead.imprint.iter().flat_map(|row| std::iter::once(&row.label).chain(&row.text)));
        texts.extend(manifest.cover.iter().flat_map(|cover| [&cover.caption, &cover.credit]).flatten());
        texts.extend(self.sections.iter().filter_map(|section| section.title.as_ref()));
        texts
    }
}

impl Article {
    /// What the front matter says in words that are printed, without addresses.
    pub fn front_texts(&self) -> impl Iterator<Item = &Text> {
        let more = [&self.contents_title, &self.kicker, &self.lead, &self.author, &self.credit_source];
        std::iter::once(&self.title).chain(more.into_iter().flatten())
    }

    /// Its photos, in printing order.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoBlock> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Photo(photo) => Some(photo),
            _ => None,
        })
    }
}

/// Whether a path is one of a drive or of another machine, such as `C:\\anh\\a.jpg`: on every system, for an issue that
/// builds on one alone is none.
pub fn is_foreign_path(path: &str) -> bool {
    let path = path.trim_start_matches(['<', ' ']);
    let is_drive = matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let is_file_url = path.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    is_drive || is_file_url || path.starts_with("\\\\")
}

/// A path of the issue in the one form that paths are compared in: NFC, without empty and `.` parts.
pub fn normal_path(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    format!("{root}{}", parts.join("/")).nfc().collect()
}

impl Masthead {
    /// A masthead with a title alone.
    pub fn with_title(title: Text) -> Self {
        Self { title, overline: None, subtitle: None, publisher: None, about: None, logo: None, imprint: Vec::new() }
    }
}

impl<T> Spanned<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), place: self.place }
    }
}
