//! What the stages find: a problem, with its arguments, and its place.
//!
//! Findings carry facts, never sentences: `messages` puts them into words, `terminal` shows them.

use crate::source::Place;

/// How grave a finding is. Only errors stop a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub severity: Severity,
    pub problem: Problem,
    pub location: Location,
}

/// Where a finding is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A range in a text.
    Place(Place),
    /// A file as a whole: its path relative to the issue folder.
    File(String),
    /// Outside the issue, such as the output.
    Elsewhere,
}

impl Diagnostic {
    /// An error at a place in a text.
    pub fn error(problem: Problem, place: Place) -> Self {
        Self { severity: Severity::Error, problem, location: Location::Place(place) }
    }

    /// A warning at a place in a text.
    pub fn warning(problem: Problem, place: Place) -> Self {
        Self { severity: Severity::Warning, ..Self::error(problem, place) }
    }

    /// A warning about a file as a whole.
    pub fn warning_in_file(problem: Problem, file: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error_in_file(problem, file) }
    }

    /// An error about a file as a whole.
    pub fn error_in_file(problem: Problem, file: impl Into<String>) -> Self {
        Self { severity: Severity::Error, problem, location: Location::File(file.into()) }
    }

    /// An error that is not about a file of the issue.
    pub fn error_elsewhere(problem: Problem) -> Self {
        Self { severity: Severity::Error, problem, location: Location::Elsewhere }
    }

    /// The code of section 3 of the contract, in kebab case.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }
}

/// Whether any finding stops the build.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// A value, and what was found on the way to it. Reading never fails: it returns what it understood.
#[derive(Debug)]
pub struct Found<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

/// Everything that can be wrong with an issue, with the facts that a message needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// `issue.toml` is not TOML. The detail is the TOML parser's own (English) wording.
    ManifestSyntax {
        detail: String,
    },
    /// There is no `issue.toml` where an issue was named.
    ManifestMissing {
        folder: String,
    },
    /// The front matter of an article is not there, not closed or not TOML.
    FrontMatter(FrontMatterFault),
    /// A key that nobody reads. `known` are the keys of that table.
    UnknownKey {
        key: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    /// A key that must be there. `table` is `None` at the top of the file.
    MissingKey {
        key: &'static str,
        table: Option<String>,
    },
    /// A key has a value that cannot be meant.
    BadValue {
        key: String,
        fault: ValueFault,
    },
    ArticleMissing {
        path: String,
        nearest: Option<String>,
    },
    /// `first_line` is the line of `issue.toml` that lists the article first.
    ArticleListedTwice {
        path: String,
        first_line: usize,
    },
    UnsupportedMarkdown(MarkdownFault),
    NotUtf8(EncodingFault),
    PhotoMissing {
        path: String,
        nearest: Option<String>,
    },
    PhotoUnreadable {
        path: String,
        fault: PhotoFault,
    },
    /// More pixels or bytes than a photo may have.
    PhotoTooLarge {
        path: String,
        size: PhotoSize,
    },
    /// A photo with too few pixels for its place: pixels across, pixels per inch as placed, the width at which it is
    /// placed and the one up to which it would be good, in millimetres; whether a column is no wider than that.
    PhotoLowResolution {
        path: String,
        pixels: u32,
        ppi: u32,
        placed: u32,
        good: u32,
        column_would_do: bool,
    },
    PhotoWithoutCaption {
        path: String,
    },
    PhotoWithoutCredit {
        path: String,
    },
    /// A photo in the folder that no article shows.
    PhotoUnused {
        path: String,
    },
    /// A path that leaves the issue folder.
    OutsideIssue {
        path: String,
    },
    /// A character that no font of the layout has.
    MissingGlyph {
        character: char,
        fonts: Vec<String>,
    },
    LayoutMissing {
        name: String,
        nearest: Option<String>,
        available: Vec<String>,
    },
    /// An error inside a layout. `article` is the file of the article being set, where that is known.
    LayoutError {
        detail: String,
        hints: Vec<String>,
        article: Option<String>,
    },
    /// The PDF is over its budget. Sizes in bytes; `heaviest` are the photos that weigh most.
    SizeBudget {
        bytes: u64,
        budget: u64,
        heaviest: Vec<(String, u64)>,
    },
    /// The PDF would break a standard. The detail is the PDF writer's own (English) wording.
    PdfStandard {
        detail: String,
        hints: Vec<String>,
        article: Option<String>,
    },
    /// A file of the issue cannot be read, though it is there.
    Unreadable {
        path: String,
        fault: FileFault,
    },
    /// The output cannot be written.
    OutputFailed {
        path: String,
        fault: FileFault,
    },
}

/// What is wrong with front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum FrontMatterFault {
    /// The file does not start with `+++`.
    Missing,
    /// The file starts with `---` instead.
    Hyphens,
    /// There is no second `+++` line.
    Unclosed,
    /// It is not TOML; the detail is the TOML parser's own (English) wording.
    Syntax(String),
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
    BrokenLink,
    /// A link with a title, which nobody would see on paper.
    LinkTitle,
    /// A row of a table with more cells than its header.
    LongRow {
        columns: usize,
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
    /// A kind of a known format that is not read; the detail is the decoder's own (English) wording.
    Unsupported(String),
    /// It begins well and is broken further on; the detail is the decoder's own (English) wording.
    Broken(String),
    /// The file was written to while it was being read.
    Changed,
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
    /// Two issues would write the same file.
    Clash,
    /// Something is there already that must not be replaced.
    Exists,
    /// Anything else, in the words of the operating system.
    Other(String),
}

impl Problem {
    /// The code of section 3 of the contract, in kebab case. `unreadable` and `output-failed` are not in the
    /// contract, which names no code for files that the system does not let us read or write.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ManifestSyntax { .. } => "manifest-syntax",
            Self::ManifestMissing { .. } => "manifest-missing",
            Self::FrontMatter(_) => "front-matter",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::BadValue { .. } => "bad-value",
            Self::ArticleMissing { .. } => "article-missing",
            Self::ArticleListedTwice { .. } => "article-listed-twice",
            Self::UnsupportedMarkdown(_) => "unsupported-markdown",
            Self::NotUtf8(_) => "not-utf8",
            Self::PhotoMissing { .. } => "photo-missing",
            Self::PhotoUnreadable { .. } => "photo-unreadable",
            Self::PhotoTooLarge { .. } => "photo-too-large",
            Self::PhotoLowResolution { .. } => "photo-low-resolution",
            Self::PhotoWithoutCaption { .. } => "photo-without-caption",
            Self::PhotoWithoutCredit { .. } => "photo-without-credit",
            Self::PhotoUnused { .. } => "photo-unused",
            Self::OutsideIssue { .. } => "outside-issue",
            Self::MissingGlyph { .. } => "missing-glyph",
            Self::LayoutMissing { .. } => "layout-missing",
            Self::LayoutError { .. } => "layout-error",
            Self::SizeBudget { .. } => "size-budget",
            Self::PdfStandard { .. } => "pdf-standard",
            Self::Unreadable { .. } => "unreadable",
            Self::OutputFailed { .. } => "output-failed",
        }
    }
}

/// The choice that is near enough to be meant, if any.
pub fn nearest<'a>(word: &str, choices: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase();
    choices
        .into_iter()
        .map(|choice| (strsim::jaro_winkler(&word, &choice.to_lowercase()), choice))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, choice)| choice.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_slips_and_not_strangers() {
        assert_eq!(nearest("titel", ["title", "lead"]), Some("title".into()));
        assert_eq!(nearest("Kicker", ["title", "kicker"]), Some("kicker".into()));
        assert_eq!(nearest("colour", ["title", "lead"]), None);
    }
}
