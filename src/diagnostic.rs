//! What the stages find: a problem, with its arguments, and its place.
//!
//! Findings carry facts, never sentences: `messages` puts them into words, `terminal` shows them.

mod faults;
mod photo;
mod syntax;
mod text;

pub use faults::{
    ArchiveFault, Damage, EncodingFault, FileFault, FrontMatterFault, LayoutExcess, LeftOut, MarkdownFault, NameFault,
    ValueFault, ValueKind,
};
pub use photo::{DrawingFault, DrawingLimit, PhotoFault, PhotoSize};
pub use syntax::SyntaxFault;
pub use text::{ListFault, PastedFault, QuoteFault, TextFault};

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
    /// What to put in place of the text there, where that is safe.
    pub fix: Option<String>,
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
        Self { severity: Severity::Error, problem, location: Location::Place(place), fix: None }
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
        Self { severity: Severity::Error, problem, location: Location::File(file.into()), fix: None }
    }

    /// An error that is not about a file of the issue.
    pub fn error_elsewhere(problem: Problem) -> Self {
        Self { severity: Severity::Error, problem, location: Location::Elsewhere, fix: None }
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
    /// `issue.toml` is not TOML.
    ManifestSyntax(SyntaxFault),
    /// There is no `issue.toml` where an issue was named.
    ManifestMissing {
        folder: String,
    },
    /// The front matter of an article is not there, not closed or not TOML.
    FrontMatter(FrontMatterFault),
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
        fault: FileFault,
    },
    /// The output cannot be written.
    OutputFailed {
        path: String,
        fault: FileFault,
    },
    /// The program itself failed (a panic). The detail is what it said last, in English; it may be empty.
    Internal {
        detail: String,
    },
    /// A PDF out of which no issue can be taken.
    Archive {
        path: String,
        fault: ArchiveFault,
    },
    /// A file that an archive could not give back.
    ArchiveName {
        path: String,
        fault: NameFault,
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
    /// A slip in a text.
    Text(TextFault),
    /// An ordered list whose numbers nobody expects.
    ListNumbers(ListFault),
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

impl Problem {
    /// The code of section 3 of the contract, in kebab case. `internal-error` is not in the
    /// contract, which names no code for a failure of the program itself.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ManifestSyntax(_) => "manifest-syntax",
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
            Self::Archive { .. } => "unreadable",
            Self::ArchiveName { .. }
            | Self::ArchiveLeftOut { .. }
            | Self::ArchiveTooMany { .. }
            | Self::ArchiveTooLarge
            | Self::ArchiveNotWhole => "archive-name",
            Self::Text(fault) => fault.code(),
            Self::ListNumbers(_) => "list-numbers",
            Self::ArticleUnlisted { .. } => "article-unlisted",
            Self::ArticleWithoutSource => "article-without-source",
            Self::ContentsTitleLong { .. } => "contents-title-long",
            Self::OutsideIssue { .. } => "outside-issue",
            Self::MissingGlyph { .. } => "missing-glyph",
            Self::LayoutMissing { .. } => "layout-missing",
            Self::LayoutError { .. } => "layout-error",
            Self::LayoutLimit { .. } => "layout-limit",
            Self::SizeBudget { .. } => "size-budget",
            Self::PdfStandard { .. } => "pdf-standard",
            Self::Unreadable { .. } => "unreadable",
            Self::OutputFailed { .. } => "output-failed",
            Self::Internal { .. } => "internal-error",
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

/// The files that may be meant where many are missed. Each answer goes through them all, so it is given for the first
/// misses alone: who misses more has slipped in a folder's name, and not in every file's.
#[derive(Debug)]
pub struct Choices {
    names: Vec<String>,
    left: usize,
}

impl Choices {
    /// Most answers.
    const ANSWERS: usize = 50;

    pub fn new(names: Vec<String>) -> Self {
        Self { names, left: Self::ANSWERS }
    }

    /// See [`nearest`].
    pub fn nearest(&mut self, word: &str) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        nearest(word, self.names.iter().map(String::as_str))
    }
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

    #[test]
    fn so_many_misses_are_answered_and_no_more() {
        let mut choices = Choices::new(vec!["photos/hinh-1.jpg".into()]);
        let answers = (0..1000).filter(|n| choices.nearest(&format!("photos/hinh-{n}.jpg")).is_some()).count();
        assert_eq!(answers, Choices::ANSWERS);
    }
}
