//! Mends what can be fixed safely, and nothing else: every byte outside of the spans stays as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, FileError, Finding, Location};
use crate::fs::{IssueFolder, ReadError};
use crate::source::{Place, Source};

/// After so many rounds nothing is left that one fix could uncover for another.
pub const ROUNDS: usize = 8;

/// A file with its mistakes fixed.
#[derive(Debug)]
pub struct FixedFile {
    pub source: Arc<Source>,
    /// Its new text, without the byte order mark that the file may start with.
    pub text: String,
    pub changes: Vec<Change>,
}

/// What was put in place of what.
#[derive(Debug, Clone)]
pub struct Change {
    pub code: &'static str,
    pub place: Place,
    pub to: String,
}

/// The files of these findings with all fixes carried out; those that overlap an earlier one are left for another run.
pub fn apply_fixes(diagnostics: &[Diagnostic]) -> Vec<FixedFile> {
    let mut files: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(to), Location::Place(place)) = (&diagnostic.fix, &diagnostic.location) {
            let change = Change { code: diagnostic.code(), place: place.clone(), to: to.clone() };
            files.entry(place.source.name()).or_default().push(change);
        }
    }
    files.into_values().filter_map(fix_file).collect()
}

fn fix_file(mut changes: Vec<Change>) -> Option<FixedFile> {
    changes.sort_by_key(|change| (change.place.range.start, change.place.range.end));
    let source = Arc::clone(&changes.first()?.place.source);
    let mut text = String::with_capacity(source.text().len());
    let mut at = 0;
    changes.retain(|change| {
        let range = &change.place.range;
        let Some(before) = source.text().get(at..range.start) else { return false };
        text.push_str(before);
        text.push_str(&change.to);
        at = range.end;
        true
    });
    text.push_str(&source.text()[at..]);
    Some(FixedFile { source, text, changes })
}

/// Carries out all fixes. Each file is written whole; one that has changed since it was read is left alone.
pub fn mend(folder: &IssueFolder, diagnostics: &[Diagnostic]) -> Result<Vec<Change>, Diagnostic> {
    const MARK: &str = "\u{feff}";
    let mut changes = Vec::new();
    for fixed in apply_fixes(diagnostics) {
        let name = fixed.source.name();
        let failed = |error| {
            let path = folder.shown().join(name).display().to_string();
            Diagnostic::error_in_file(Finding::OutputFailed { path, error }, name)
        };
        // As it was read, or it is left alone: a file that has grown is another, too.
        let text = fixed.source.text();
        let typed = folder.read(name, (MARK.len() + text.len()) as u64).map_err(|error| match error {
            ReadError::File(FileError::TooLarge { .. }) | ReadError::Outside => failed(FileError::Changed),
            ReadError::File(error) => failed(error),
            ReadError::NotFound => failed(FileError::NotFound),
        })?;
        let mark = match typed.strip_suffix(text.as_bytes()) {
            Some(b"") => "",
            Some(before) if before == MARK.as_bytes() => MARK,
            _ => return Err(failed(FileError::Changed)),
        };
        folder.replace(name, format!("{mark}{}", fixed.text).as_bytes()).map_err(failed)?;
        changes.extend(fixed.changes);
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, TextLint};

    fn finding(source: &Arc<Source>, range: std::ops::Range<usize>, to: &str) -> Diagnostic {
        let warning = Diagnostic::warning(Finding::Text(TextLint::DoubleSpace), Place::new(source, range));
        Diagnostic { fix: Some(to.to_owned()), ..warning }
    }

    #[test]
    fn only_the_spans_change_and_overlaps_wait() {
        let source = Source::new("a.md", "một  hai\r\nba ,bốn");
        let found = [
            finding(&source, 14..15, ""),
            finding(&source, 5..7, " "),
            finding(&source, 6..8, "x"),
            finding(&source, 0..0, ""),
        ];
        let fixed = apply_fixes(&found);
        assert_eq!(fixed[0].text, "một hai\r\nba,bốn");
        assert_eq!(fixed[0].changes.len(), 3);
    }
}
