//! What can still be read of a text that is not TOML everywhere, and what then need not be told.

use std::ops::Range;

use super::SyntaxError;
use super::lines::line_around;
use crate::diagnostic::{Diagnostic, Finding, SyntaxErrorKind, ValueError};
use crate::source::Source;

/// The lines where the parser stumbled, from where the mistake is: what it made of them is not what the author meant.
pub(super) fn broken_lines(
    source: &Source,
    errors: &[SyntaxError],
    stumbles: impl Iterator<Item = usize>,
) -> Vec<Range<usize>> {
    let line = |at: usize| line_around(source.text(), at);
    let swallows = |error: &&SyntaxError| {
        matches!(error.kind, SyntaxErrorKind::UnclosedList { .. } | SyntaxErrorKind::UnclosedLongText { .. })
    };
    let rest = errors.iter().find(swallows).map(|error| line(error.place.range.start).start..source.text().len());
    stumbles.map(line).chain(errors.iter().map(|error| line(error.place.range.start))).chain(rest).collect()
}

/// Keys of the top of the file that stand below the heading of a table: each is told of once, as what stands too low,
/// and not as missing besides.
pub(super) fn tell_of_misplaced(findings: &mut Vec<Diagnostic>, root_keys: &[&'static str]) {
    let mut misplaced = Vec::new();
    for finding in findings.iter_mut() {
        if let Finding::UnknownKey { key, table: Some(_), belongs_on_top, .. } = &mut finding.finding
            && root_keys.contains(&key.as_str())
        {
            *belongs_on_top = true;
            misplaced.push(key.clone());
        }
    }
    findings.retain(|finding| match &finding.finding {
        Finding::MissingKey { key, table: None } => !misplaced.iter().any(|other| other == key),
        Finding::BadValue { key, error: ValueError::NoArticles } => !misplaced.contains(key),
        _ => true,
    });
}
