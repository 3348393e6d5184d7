//! The facts of problems that come in several kinds.

use super::SyntaxFault;
use crate::vietnamese::Encoding;

/// What is wrong with front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum FrontMatterFault {
    /// The file does not start with `+++`.
    Missing,
    /// The file starts with `---` instead.
    Hyphens,
    /// There is no second `+++` line.
    Unclosed,
    /// Something stands before the first `+++`: blank lines, or text.
    NotFirst,
    /// A line that is nearly `+++`.
    Fence,
    /// It is not TOML.
    Syntax(SyntaxFault),
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueFault {
    WrongType {
        expected: ValueKind,
        found: ValueKind,
    },
    Empty,
    NotADate,
    /// A day in quotes or in another form; `meant` is it as it must be written.
    DateForm {
        meant: String,
        is_quoted: bool,
    },
    /// `#rgb` or `#rrggbb` is expected.
    NotAColour,
    /// Text of this colour on white, or white on it, is hard to read; the contrast in tenths (45 is needed).
    LowContrast {
        tenths: u32,
    },
    NotASize,
    NotALanguage,
    NotAnEmail,
    NotAWebAddress,
    NotOneOf {
        choices: Vec<String>,
        nearest: Option<String>,
    },
    /// Neither `articles` nor a section lists an article.
    NoArticles,
    /// A table of photo settings names a photo that the article does not show.
    PhotoNotShown {
        nearest: Option<String>,
    },
    /// The file given is not a Markdown file.
    NotMarkdown,
    /// Longer than any value may be, in bytes.
    TooLong {
        limit: usize,
    },
}

/// The types of TOML values, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    Text,
    TextOrInteger,
    Integer,
    Float,
    Boolean,
    Date,
    DateTime,
    List,
    ListOfTexts,
    ListOfTables,
    Table,
}

/// What in an article cannot be set.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkdownFault {
    Html,
    /// `<br>`, which has a form of its own in Markdown.
    HtmlBreak,
    /// A `#` heading: the article's title is that level.
    TitleHeading,
    /// A heading below `###`.
    DeepHeading,
    EmptyHeading,
    /// Text underlined with `---` or `===`, which makes it a heading to Markdown.
    UnderlinedHeading,
    Code,
    /// Text indented by four spaces or a tab is code to Markdown.
    IndentedCode,
    /// A photo in the middle of a paragraph.
    InlinePhoto,
    /// A photo inside a quote, list, table or footnote.
    NestedPhoto,
    /// `![…](…)` that Markdown does not take for a photo, mostly for a space in the path.
    BrokenPhoto,
    /// A credit in quotes that are not straight.
    CurlyCredit {
        meant: String,
    },
    /// A photo from the web.
    RemotePhoto,
    /// A heading or table where only text can be, such as in a footnote.
    NestedBlock,
    /// `[^name]` without a `[^name]: text`.
    FootnoteUndefined {
        name: String,
    },
    /// `[^name]: text` that nothing refers to.
    FootnoteUnused {
        name: String,
    },
    FootnoteTwice {
        name: String,
    },
    FootnoteNested,
    /// `[name]: address` that nothing refers to.
    LinkUnused {
        name: String,
    },
    /// A link that is neither `http`, `https`, `mailto` nor `tel`.
    BadLink {
        url: String,
    },
    EmptyLink,
    /// `[…](…)` that Markdown does not take for a link, mostly for a space in the address.
    BrokenLink {
        meant: Option<String>,
    },
    /// A link with a title, which nobody would see on paper.
    LinkTitle,
    /// A row of a table with more cells than its header.
    LongRow {
        columns: usize,
    },
    /// A table with more columns than paper has room for.
    WideTable {
        limit: usize,
    },
    /// More cells in tables, in one or in all of an issue, than can be set; those of wide tables count twice.
    LargeTables {
        limit: usize,
    },
    /// Nested deeper than the limit.
    TooDeep {
        limit: usize,
    },
    /// A paragraph longer than the limit, in bytes.
    TooLong {
        limit: usize,
    },
    /// A construct that the parser knows and a bulletin does not.
    Other {
        construct: &'static str,
    },
}

/// What is wrong with the bytes of a text file.
#[derive(Debug, Clone, PartialEq)]
pub enum EncodingFault {
    /// Bytes that are not UTF-8.
    Invalid,
    /// NUL bytes: UTF-16, or not a text at all.
    Nul,
}

/// Why a photo cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoFault {
    Empty,
    /// The content is none of the formats.
    UnknownFormat,
    /// HEIC or AVIF: known, but not read.
    Heif,
    /// The file cannot be read at all.
    File(FileFault),
    /// A drawing that shows another file.
    LinkedImage,
    /// A drawing that cannot be printed as it is.
    Drawing(DrawingFault),
    /// A JPEG in so many passes over its pixels that it is as good as endless.
    TooManyScans {
        scans: usize,
    },
    /// A decoder met what it was not made for.
    DecoderFailed,
    /// A kind of a known format that is not read; the detail is the decoder's own (English) wording.
    Unsupported(String),
    /// It begins well and is broken further on; the detail is the decoder's own (English) wording.
    Broken(String),
    /// The file was written to while it was being read.
    Changed,
}

/// Why a drawing cannot be printed as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawingFault {
    /// An element that is not drawn, such as `foreignObject`: text or pictures would be missing.
    NotDrawn { element: String },
    /// A program, which on paper does nothing.
    Script,
    /// It is drawn inside itself.
    Circular,
    /// A picture inside the drawing is damaged, or is not of the kind that the drawing says.
    InnerPicture,
    /// It would take too long, or too much memory, to draw.
    TooMuch(DrawingLimit),
}

impl From<DrawingFault> for PhotoFault {
    fn from(fault: DrawingFault) -> Self {
        Self::Drawing(fault)
    }
}

/// What a drawing has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawingLimit {
    /// The file is too large.
    Bytes,
    /// One element has too many attributes.
    Attributes,
    /// Abbreviations (`&name;`) of abbreviations.
    Entities,
    /// Elements in elements.
    Depth,
    /// Style sheets.
    Style,
    /// Shapes, counted as often as they are drawn.
    Parts,
    /// Text.
    Letters,
    /// Pictures inside the drawing.
    Pictures,
    /// Blurs, shadows and the like.
    Filters,
    /// Tiles of patterns.
    /// Coordinates or scales beyond all proportion.
    Extent,
    Patterns,
}

/// How large a photo is that is too large.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoSize {
    Pixels { width: u64, height: u64, limit: u64 },
    Bytes { bytes: u64, limit: u64 },
}

/// Why a file cannot be read or written.
#[derive(Debug, Clone, PartialEq)]
pub enum FileFault {
    /// The file, or the folder for it, is not there.
    NotFound,
    Denied,
    /// A folder stands where a file is needed.
    IsFolder,
    /// A pipe, a device or the like.
    NotAFile,
    /// The device is full.
    Full,
    /// Over the size that is read, in bytes.
    TooLarge {
        limit: u64,
    },
    /// The output would replace a file of the issue.
    IsInput,
    /// The output would replace a file that is no PDF.
    NotAPdf,
    /// The output would be a new file of the issue that is not called a PDF.
    NotNamedPdf,
    /// Two issues would write the same file.
    Clash,
    /// It was written to since it was read.
    Changed,
    /// Something is there already that must not be replaced.
    Exists,
    /// Anything else, in the words of the operating system.
    Other(String),
}

/// A slip in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextFault {
    /// Ð, ð, Ɖ or ɖ for Đ or đ.
    EthForD {
        found: char,
    },
    /// Letters typed in several parts; `meant` is (the beginning of) what they make.
    NotNfc {
        meant: String,
    },
    /// Text typed in fonts from before Unicode, and what it says.
    LegacyEncoding {
        encoding: Encoding,
        converted: String,
    },
    /// A syllable whose mark stands on another letter `count` times in the issue.
    MixedTonePlacement {
        found: String,
        usual: String,
        count: usize,
    },
    UnbalancedQuotes(QuoteFault),
    /// A space at one side of the hyphen of a range.
    RangeSpacing {
        meant: String,
    },
    SpaceBeforePunctuation {
        mark: char,
    },
    DoubleSpace,
    RepeatedPunctuation {
        found: String,
    },
    /// A point at the thousands in the wrong place.
    NumberGrouping {
        found: String,
    },
    MissingSpaceAfterPunctuation {
        mark: String,
    },
    /// A character that nobody sees.
    StrayControl {
        found: char,
    },
    PastedMarkup(PastedFault),
    /// Words of a new issue's template.
    Placeholder {
        words: String,
    },
    /// An article that has nothing but its title.
    ArticleWithoutText,
}

/// Marks that a program or a typist puts into a text, and that Markdown does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PastedFault {
    /// A bullet at the beginning of a line.
    Bullet { mark: char },
    /// A dash at the beginning of a line that is run together with the one before.
    Dash { mark: char },
    /// `b)` at the beginning of such a line.
    Label { label: String },
    /// `**` that is not closed, or opens nothing.
    Stars,
    /// Stars with a space on their inner side; `meant` is what they should be.
    SpacedStars { meant: String },
    /// So many `#` without a space behind them.
    Hash { level: usize },
    /// A tag of Word.
    WordTag { tag: String },
    /// Columns made with tabs.
    Tabs,
    /// An address in angle brackets with a space in it.
    SpacedAddress,
}

/// What is wrong with the numbers of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFault {
    /// The number of the item before once more.
    Repeated { found: String },
    /// A number smaller than the one before.
    Falling { before: String, found: String },
    /// The layout counts for itself.
    Recounted { typed: String, printed: String },
}

/// What is wrong with a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFault {
    NotClosed,
    NotOpened,
    /// Opened with one kind, closed with another.
    Mixed,
}

impl TextFault {
    /// The code of section 3 of the contract.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EthForD { .. } => "eth-for-d",
            Self::NotNfc { .. } => "not-nfc",
            Self::LegacyEncoding { .. } => "legacy-encoding",
            Self::MixedTonePlacement { .. } => "mixed-tone-placement",
            Self::UnbalancedQuotes(_) => "unbalanced-quotes",
            Self::RangeSpacing { .. } => "range-spacing",
            Self::SpaceBeforePunctuation { .. } => "space-before-punctuation",
            Self::DoubleSpace => "double-space",
            Self::RepeatedPunctuation { .. } => "repeated-punctuation",
            Self::NumberGrouping { .. } => "number-grouping",
            Self::MissingSpaceAfterPunctuation { .. } => "missing-space-after-punctuation",
            Self::StrayControl { .. } => "stray-control",
            Self::PastedMarkup(_) => "pasted-markup",
            Self::Placeholder { .. } | Self::ArticleWithoutText => "placeholder",
        }
    }
}

/// Why a file cannot be given back by an archive, and so cannot go into one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameFault {
    /// A character that some file system has in no name.
    Character(char),
    /// Windows takes away a space or a full stop at the end of a name.
    Ending,
    /// A name that means something else: a device of Windows, the folder of a version control.
    Reserved(String),
    /// Longer than a name or a path may be, in bytes.
    TooLong { limit: usize },
    /// A part of the path has no name, or leads elsewhere.
    NoName,
    /// Not Unicode.
    NotUnicode,
    /// Many systems take it for another file or folder that is there; the same name where only the letters are composed
    /// otherwise.
    Clash { other: String },
}

/// Why a file of the issue folder is no part of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A PDF, which is what issues become.
    Pdf,
    /// A hidden file or folder.
    Hidden,
    /// A link to another file or folder.
    Link,
    /// A pipe or device.
    Special,
    /// A folder whose files cannot be listed.
    Closed,
}

/// What of a PDF is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It is no PDF at all.
    NoPdf,
    /// Its tables or objects are not where they should be.
    Structure,
    /// The list of attached files runs in a circle.
    Tree,
    /// An attached file has no name, or no content.
    File,
    /// Something is packed in a way that nobody here can unpack.
    Packing,
}

/// Why nothing can be taken out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveFault {
    /// No PDF, or a damaged one.
    Damaged(Damage),
    Encrypted,
    /// A PDF without the files of an issue.
    NotOurs,
    /// A name that would leave the folder, or that two files have.
    BadName(String),
    /// More, or larger files than any issue has.
    TooLarge,
}

/// What a layout has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutExcess {
    /// The limit.
    Time { seconds: u64 },
    /// The limit.
    Memory { bytes: u64 },
    /// It is so deeply nested, or otherwise such, that typst did not come to an end by itself.
    Crash,
}
