//! Everything that can be found in an issue.

use super::{
    ArchiveError, Code, DoubtKind, EncodingError, FileError, FrontMatterError, ImportError, LayoutError, LayoutExcess,
    LeftOut, ListLint, MailError, MarkdownError, NameError, PhotoError, PhotoSize, Reason, SyntaxErrorKind, TextLint,
    ValueError,
};

/// Everything that can be wrong with an issue, with the facts that a message needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// `issue.toml` is not TOML.
    ManifestSyntax(SyntaxErrorKind),
    /// There is no `issue.toml` where an issue was named.
    ManifestMissing {
        folder: String,
    },
    /// The front matter of an article is not there, not closed or not TOML.
    FrontMatter(FrontMatterError),
    /// A key that nobody reads. `table` is `None` at the top of the file, `known` are the keys of that table;
    /// `belongs_on_top` where it is a key of the top that stands below the heading of a table.
    UnknownKey {
        key: String,
        nearest: Option<String>,
        known: Vec<String>,
        table: Option<String>,
        belongs_on_top: bool,
    },
    /// A key that must be there. `table` is `None` at the top of the file.
    MissingKey {
        key: &'static str,
        table: Option<String>,
    },
    /// A key has a value that cannot be meant.
    BadValue {
        key: String,
        error: ValueError,
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
    UnsupportedMarkdown(MarkdownError),
    NotUtf8(EncodingError),
    PhotoMissing {
        path: String,
        nearest: Option<String>,
    },
    PhotoUnreadable {
        path: String,
        error: PhotoError,
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
    /// A page, counted from 1, of which next to nothing is used: so much, in percent.
    PageNearlyEmpty {
        page: usize,
        percent: u32,
    },
    /// What stands here finds no place, so that the pages of the whole issue fall as they will.
    PagesNotComposed,
    /// The issue has another number of pages than it was asked to have.
    PagesNotFitted {
        wanted: u32,
        pages: u32,
    },
    /// A photo that stands on another page than the text that calls for it; pages are counted from 1.
    PhotoFar {
        page: usize,
        called: usize,
    },
    PhotoWithoutCaption {
        path: String,
    },
    PhotoWithoutCredit {
        path: String,
    },
    /// A photo in the folder that no article shows.
    /// The grey stand-in for a photo that the source of an import did not hold.
    PhotoStandIn {
        path: String,
    },
    /// What keeps an issue from being mailed.
    MailFailed(MailError),
    /// Messages are larger than the server takes: its limit, in bytes.
    MailTooLarge {
        limit: u64,
    },
    /// An address whose domain looks like a slip, and what was probably meant.
    RecipientDoubt {
        address: String,
        meant: String,
    },
    /// An address that is on the lists twice, and where it was first.
    RecipientTwice {
        address: String,
        first: String,
    },
    /// A file that cannot be imported: its path as it was typed.
    ImportFailed {
        path: String,
        error: ImportError,
    },
    /// Something of an import that somebody should look at, and the words that it is about.
    ImportDoubt {
        kind: DoubtKind,
        about: String,
    },
    /// Words of a source that are not in the issue.
    ImportLeftOut {
        reason: Reason,
        text: String,
    },
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
        error: LayoutError,
        article: Option<String>,
    },
    /// A layout that an issue or a PDF brings along, beyond what such a layout may take.
    LayoutLimit {
        excess: LayoutExcess,
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
        error: FileError,
    },
    /// The output cannot be written.
    OutputFailed {
        path: String,
        error: FileError,
    },
    /// The desk cannot listen on this port of the machine. The detail is the system's own wording.
    NoPort {
        port: u16,
        is_taken: bool,
        detail: String,
    },
    /// The program itself failed (a panic). The detail is what it said last, in English; it may be empty.
    Internal {
        detail: String,
    },
    /// A PDF out of which no issue can be taken.
    Archive {
        path: String,
        error: ArchiveError,
    },
    /// A file that an archive could not give back.
    ArchiveName {
        path: String,
        error: NameError,
    },
    /// A file of the folder that does not go into the archive.
    ArchiveLeftOut {
        path: String,
        reason: LeftOut,
    },
    /// More files than an archive may have.
    ArchiveTooMany {
        limit: usize,
    },
    /// Files that together are larger than an archive may have.
    ArchiveTooLarge,
    /// A finished archive does not give back what went into it.
    ArchiveNotWhole,
    /// A lint of a text.
    Text(TextLint),
    /// An ordered list whose numbers nobody expects.
    ListNumbers(ListLint),
    /// An article in the folder that the manifest does not list.
    ArticleUnlisted {
        path: String,
    },
    /// An article that names neither an author nor a source.
    ArticleWithoutSource,
    /// A title that fills the contents, in characters; `is_short_form` where it is a `contents_title` already.
    ContentsTitleLong {
        characters: usize,
        limit: usize,
        is_short_form: bool,
    },
}

impl Finding {
    /// What it is called.
    pub fn code(&self) -> Code {
        match self {
            Self::ManifestSyntax(_) => Code::ManifestSyntax,
            Self::ManifestMissing { .. } => Code::ManifestMissing,
            Self::FrontMatter(_) => Code::FrontMatter,
            Self::UnknownKey { .. } => Code::UnknownKey,
            Self::MissingKey { .. } => Code::MissingKey,
            Self::BadValue { .. } => Code::BadValue,
            Self::ArticleMissing { .. } => Code::ArticleMissing,
            Self::ArticleListedTwice { .. } => Code::ArticleListedTwice,
            Self::UnsupportedMarkdown(_) => Code::UnsupportedMarkdown,
            Self::NotUtf8(_) => Code::NotUtf8,
            Self::PhotoMissing { .. } => Code::PhotoMissing,
            Self::PhotoUnreadable { .. } => Code::PhotoUnreadable,
            Self::PhotoTooLarge { .. } => Code::PhotoTooLarge,
            Self::PhotoLowResolution { .. } => Code::PhotoLowResolution,
            Self::PageNearlyEmpty { .. } => Code::PageNearlyEmpty,
            Self::PagesNotComposed => Code::PagesNotComposed,
            Self::PagesNotFitted { .. } => Code::PagesNotFitted,
            Self::PhotoFar { .. } => Code::PhotoFar,
            Self::PhotoWithoutCaption { .. } => Code::PhotoWithoutCaption,
            Self::PhotoWithoutCredit { .. } => Code::PhotoWithoutCredit,
            Self::PhotoUnused { .. } => Code::PhotoUnused,
            Self::PhotoStandIn { .. } => Code::PhotoStandIn,
            Self::MailFailed(_) => Code::MailFailed,
            Self::MailTooLarge { .. } => Code::MailTooLarge,
            Self::RecipientDoubt { .. } => Code::RecipientDoubt,
            Self::RecipientTwice { .. } => Code::RecipientTwice,
            Self::ImportFailed { .. } => Code::ImportFailed,
            Self::ImportDoubt { .. } => Code::ImportDoubt,
            Self::ImportLeftOut { .. } => Code::ImportLeftOut,
            Self::Archive { .. } => Code::Unreadable,
            Self::ArchiveName { .. }
            | Self::ArchiveLeftOut { .. }
            | Self::ArchiveTooMany { .. }
            | Self::ArchiveTooLarge
            | Self::ArchiveNotWhole => Code::ArchiveName,
            Self::Text(lint) => lint.code(),
            Self::ListNumbers(_) => Code::ListNumbers,
            Self::ArticleUnlisted { .. } => Code::ArticleUnlisted,
            Self::ArticleWithoutSource => Code::ArticleWithoutSource,
            Self::ContentsTitleLong { .. } => Code::ContentsTitleLong,
            Self::OutsideIssue { .. } => Code::OutsideIssue,
            Self::MissingGlyph { .. } => Code::MissingGlyph,
            Self::LayoutMissing { .. } => Code::LayoutMissing,
            Self::LayoutError { .. } => Code::LayoutError,
            Self::LayoutLimit { .. } => Code::LayoutLimit,
            Self::SizeBudget { .. } => Code::SizeBudget,
            Self::PdfStandard { .. } => Code::PdfStandard,
            Self::Unreadable { .. } => Code::Unreadable,
            Self::OutputFailed { .. } | Self::NoPort { .. } => Code::OutputFailed,
            Self::Internal { .. } => Code::InternalError,
        }
    }
}
