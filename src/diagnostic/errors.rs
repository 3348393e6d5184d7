//! The facts of findings that come in several kinds.

use super::SyntaxErrorKind;

/// What is wrong with front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum FrontMatterError {
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
    Syntax(SyntaxErrorKind),
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueError {
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
    /// Neither an address nor a name with one.
    NotAMailbox,
    /// Neither an https address nor one of e-mail.
    NotForUnsubscribing,
    NotAWebAddress,
    NotOneOf {
        choices: Vec<String>,
        nearest: Option<String>,
    },
    /// A whole number outside of these.
    NotInRange {
        least: u32,
        most: u32,
    },
    /// `W:H` is expected, and nothing out of all proportion.
    NotAnAspectRatio,
    /// A drawing is to be cropped, which has no pixels.
    CropOfDrawing,
    /// No article of the issue has this path.
    NotAnArticle {
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
pub enum MarkdownError {
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
    /// `[!name]` at the head of a quote, of which nobody knows what it is.
    UnknownMarker {
        name: String,
        nearest: Option<String>,
    },
    /// `[!box]` or `[!pull]` at the head of a paragraph that is no quote.
    MarkerOutsideQuote {
        name: String,
    },
    /// `[!box]` or `[!pull]` with nothing in it.
    EmptyBox {
        name: String,
    },
    /// A chart of a shape that there is not; the shape may be empty.
    UnknownChart {
        shape: String,
        nearest: Option<String>,
    },
    /// `[!chart …]` without a table right below.
    ChartWithoutTable,
    /// A chart whose table has no number, but for its first column.
    ChartWithoutNumbers,
    /// A construct that the parser knows and a bulletin does not.
    Other {
        construct: &'static str,
    },
}

/// What is wrong with the bytes of a text file.
#[derive(Debug, Clone, PartialEq)]
pub enum EncodingError {
    /// Bytes that are not UTF-8.
    Invalid,
    /// NUL bytes: UTF-16, or not a text at all.
    Nul,
}

/// Why a file cannot be read or written.
#[derive(Debug, Clone, PartialEq)]
pub enum FileError {
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

/// Why a file cannot be given back by an archive, and so cannot go into one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
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
pub enum ArchiveError {
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

/// What is wrong with a layout.
#[derive(Debug, Clone, PartialEq)]
pub enum LayoutError {
    /// Its code fails, in typst's own (English) words. `built_in` is the name of the layout where the code that fails
    /// is built in, and lies in no file that its author could open.
    Typst { message: String, hints: Vec<String>, built_in: Option<String> },
    /// `layout.toml` cannot be read, in the parser's own (English) words.
    Specification { message: String },
    /// A font that it needs is not there.
    FontMissing { family: String },
    /// A default of `[colours]` that is no colour.
    NotAColour { key: String, value: String },
    /// A size of `[photos]` that is not from 1 to `most` millimetres.
    PhotoSizes { most: u32 },
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
