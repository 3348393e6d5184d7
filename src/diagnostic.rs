//! What the phases find: a [`Finding`] with its facts, and its place.
//!
//! Findings carry facts, never sentences: `messages` puts them into words, `terminal` shows them. `codes` is the registry
//! of what they are called.

mod address;
mod codes;
mod errors;
mod finding;
mod import;
mod lints;
mod mail;
mod photo;
mod recipients;
mod syntax;

pub use address::{AddressError, BadAddress, RecipientNameError};
pub use codes::{Code, Fix};
pub use errors::{
    ArchiveError, Damage, EncodingError, FileError, FrontMatterError, LayoutError, LayoutExcess, LeftOut,
    MarkdownError, NameError, ValueError, ValueKind,
};
pub use finding::Finding;
pub use import::{DoubtKind, ImportError, Reason};
pub use lints::{ListLint, PastedLint, QuoteLint, StrayKind, StyleKind, TextLint};
pub use mail::{DkimKeyError, MailError, TemplateFault};
pub use photo::{DrawingError, DrawingLimit, PhotoError, PhotoSize};
pub use recipients::{ListError, ListFinding};
pub use syntax::SyntaxErrorKind;

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
    pub finding: Finding,
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
    /// A warning outside the issue.
    pub fn warning_elsewhere(finding: Finding) -> Self {
        Self { severity: Severity::Warning, ..Self::error_elsewhere(finding) }
    }

    /// An error at a place in a text.
    pub fn error(finding: Finding, place: Place) -> Self {
        Self { severity: Severity::Error, finding, location: Location::Place(place), fix: None }
    }

    /// A warning at a place in a text.
    pub fn warning(finding: Finding, place: Place) -> Self {
        Self { severity: Severity::Warning, ..Self::error(finding, place) }
    }

    /// A warning about a file as a whole.
    pub fn warning_in_file(finding: Finding, file: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error_in_file(finding, file) }
    }

    /// An error about a file as a whole.
    pub fn error_in_file(finding: Finding, file: impl Into<String>) -> Self {
        Self { severity: Severity::Error, finding, location: Location::File(file.into()), fix: None }
    }

    /// An error that is not about a file of the issue.
    pub fn error_elsewhere(finding: Finding) -> Self {
        Self { severity: Severity::Error, finding, location: Location::Elsewhere, fix: None }
    }

    /// The code of section 3 of the contract, in kebab case.
    pub fn code(&self) -> &'static str {
        self.finding.code().as_str()
    }
}

/// Whether any finding stops the build.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// A value, and what was found on the way to it. Reading never fails: it returns what it understood.
#[derive(Debug)]
pub struct WithDiagnostics<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
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
/// misses alone: who misses more has mistyped a folder's name, and not in every file's.
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
