//! What an import has to say: what it is not sure of, what it has left out, and how many words came through.

use super::document::{DoubtKind, LeftOut, Reason};
use super::{Import, printed, words};
use crate::diagnostic::{Diagnostic, Finding, Location, Severity};
use crate::fs::MANIFEST;
use crate::source::{Place, Source};

/// How much came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub articles: usize,
    pub photos: usize,
    /// Words of the sources.
    pub words: usize,
    /// Of these, in the new files.
    pub kept: usize,
    /// The others: each is named by a finding.
    pub left_out: usize,
}

/// What an import has to say.
#[derive(Debug)]
pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
    pub counts: Counts,
}

impl Import {
    /// Holds the sources against the files, and says what somebody should know.
    pub fn report(&self) -> Report {
        let mut issue: Vec<String> =
            self.files.articles.iter().flat_map(|(path, text)| printed::article(path, text)).collect();
        if !self.is_added {
            issue.extend(printed::manifest(&self.files.manifest));
        }
        let named: Vec<String> = self.left_out.iter().map(|left| left.text.clone()).collect();
        let balance = words::balance(&self.source_texts, &issue, &named);
        let mut diagnostics = self.doubts();
        let lost = balance.lost.into_iter().map(|text| LeftOut { text, reason: Reason::Unplaced });
        let left_out = self.left_out.iter().cloned().chain(lost);
        diagnostics.extend(left_out.map(|left| {
            let finding = Finding::ImportLeftOut { reason: left.reason, text: left.text };
            warning(finding, Location::Elsewhere)
        }));
        let counts = Counts {
            articles: self.files.articles.len(),
            photos: self.files.photos.len(),
            words: balance.words,
            kept: balance.kept,
            left_out: balance.words - balance.kept,
        };
        Report { diagnostics, counts }
    }

    /// Every doubt, at its place in the new files where it has one.
    fn doubts(&self) -> Vec<Diagnostic> {
        let sources: Vec<_> =
            self.files.articles.iter().map(|(path, text)| Source::new(path.as_str(), text.as_str())).collect();
        let manifest = Source::new(MANIFEST, self.files.manifest.as_str());
        let find = |path: Option<&String>, about: &str| {
            let own = sources.iter().filter(|source| path.is_none_or(|path| source.name() == path.as_str()));
            let mut places = own.filter_map(|source| place_of(about, source));
            let named = || path.map_or(Location::Elsewhere, |path| Location::File(path.clone()));
            places.next().map_or_else(named, Location::Place)
        };
        let doubts = self.files.doubts.iter().map(|(path, doubt)| {
            let location = match doubt.kind {
                DoubtKind::Masthead | DoubtKind::Date if !self.is_added => {
                    let key = if doubt.kind == DoubtKind::Date { "date" } else { "[masthead]" };
                    place_of(key, &manifest).map_or(Location::File(MANIFEST.to_owned()), Location::Place)
                }
                _ => find(path.as_ref(), &doubt.about),
            };
            warning(Finding::ImportDoubt { kind: doubt.kind.clone(), about: doubt.about.clone() }, location)
        });
        doubts.collect()
    }
}

fn warning(finding: Finding, location: Location) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, finding, location, fix: None }
}

/// Where the first words of a text stand. In a file they may be marked, so that fewer are looked for where all are not
/// found.
fn place_of(text: &str, source: &std::sync::Arc<Source>) -> Option<Place> {
    let words: Vec<&str> = text.split_whitespace().take(8).collect();
    (1..=words.len()).rev().filter(|count| *count == words.len() || *count >= 3).find_map(|count| {
        let wanted = words.get(..count)?.join(" ");
        let start = source.text().find(&wanted)?;
        Some(Place::new(source, start..start + wanted.len()))
    })
}
