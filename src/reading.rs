//! From an issue folder to an [`Issue`]: the manifest, the articles it lists, the photos they call for.
//!
//! Everything that is wrong is found in one go; the issue itself comes out only where it can be set.

use std::collections::HashMap;
use std::sync::Arc;

use crate::article::{self, PhotoCalls};
use crate::diagnostic::{
    Choices, Diagnostic, EncodingError, FileError, Finding, MarkdownError, ValueError, WithDiagnostics, nearest,
};
use crate::fs::{IssueFolder, MANIFEST, ReadError};
use crate::issue::{Article, Issue, Manifest, PhotoFile, PhotoRef, PhotoUse, Section, is_foreign_path, normal_path};
use crate::manifest;
use crate::source::{Place, Source, Text};

/// Largest text file that is read, in bytes: some 4,000 pages.
const MAX_TEXT: u64 = 16_000_000;

/// What was read: the issue, unless there is no manifest, and the photos that it calls for.
#[derive(Debug)]
pub struct Reading {
    pub issue: Option<Issue>,
    /// Every photo once, in order of first call.
    pub photos: Vec<PhotoFile>,
    pub layout: Option<Text>,
    /// Texts that were read, with their bytes, in order: what an archive keeps.
    pub texts: Vec<(String, Vec<u8>)>,
}

/// Reads a whole issue.
pub fn read(folder: &IssueFolder) -> WithDiagnostics<Reading> {
    let mut reader = Reader {
        folder,
        diagnostics: Vec::new(),
        photos: PhotoCalls::default(),
        texts: Vec::new(),
        articles: None,
        cells: 0,
    };
    let manifest = reader.manifest();
    let layout = manifest.as_ref().and_then(|manifest| manifest.layout.clone());
    let issue = manifest.map(|manifest| reader.issue(manifest));
    let value = Reading { issue, photos: reader.photos.files, layout, texts: reader.texts };
    WithDiagnostics { value, diagnostics: reader.diagnostics }
}

struct Reader<'a> {
    folder: &'a IssueFolder,
    diagnostics: Vec<Diagnostic>,
    photos: PhotoCalls,
    texts: Vec<(String, Vec<u8>)>,
    /// The articles that may be meant by those that are missing.
    articles: Option<Choices>,
    /// Of all tables so far.
    cells: usize,
}

impl Reader<'_> {
    fn manifest(&mut self) -> Option<Manifest> {
        let bytes = match self.folder.read(MANIFEST, MAX_TEXT) {
            Ok(bytes) => bytes,
            Err(error) => {
                let finding = match error {
                    ReadError::Outside => Finding::OutsideIssue { path: MANIFEST.into() },
                    ReadError::NotFound => {
                        Finding::ManifestMissing { folder: self.folder.shown().display().to_string() }
                    }
                    ReadError::File(error) => Finding::Unreadable { path: MANIFEST.into(), error },
                };
                self.diagnostics.push(Diagnostic::error_in_file(finding, MANIFEST));
                return None;
            }
        };
        let source = self.text(MANIFEST, bytes)?;
        let found = manifest::read(&source);
        self.diagnostics.extend(found.diagnostics);
        Some(found.value)
    }

    /// The text of a file; `None`, with a finding at the very byte, where it is none.
    fn text(&mut self, path: &str, bytes: Vec<u8>) -> Option<Arc<Source>> {
        let source = Source::new(path, String::from_utf8_lossy(&bytes));
        let bad = match std::str::from_utf8(&bytes) {
            Err(error) => Some((EncodingError::Invalid, error.valid_up_to())),
            Ok(text) => text.find('\0').map(|at| (EncodingError::Nul, at)),
        };
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { '\u{feff}'.len_utf8() } else { 0 };
        self.texts.push((path.to_owned(), bytes));
        let Some((error, at)) = bad else { return Some(source) };
        let at = at.saturating_sub(mark);
        let finding = Finding::NotUtf8(error);
        self.diagnostics.push(Diagnostic::error(finding, Place::new(&source, at..at + 1)));
        None
    }

    /// Resolves what a manifest names.
    fn issue(&mut self, manifest: Manifest) -> Issue {
        let cover = manifest.cover.as_ref().and_then(|cover| self.photo(&cover.photo, PhotoUse::Cover));
        let logo = manifest.masthead.logo.as_ref().and_then(|logo| self.photo(logo, PhotoUse::Logo));
        let mut seen = HashMap::new();
        let mut sections = Vec::new();
        for entry in &manifest.sections {
            let articles = entry.articles.iter().filter_map(|path| self.article(path, &mut seen)).collect();
            sections.push(Section { title: entry.title.clone(), articles });
        }
        sections.retain(|section| !section.articles.is_empty());
        let teasers = self.teasers(&manifest.teasers, &sections, seen.keys().map(String::as_str).collect());
        Issue { name: self.folder.name(), manifest, sections, cover, logo, teasers }
    }

    /// Where the articles stand that page one announces. `listed` are the paths of all that the manifest lists: of one
    /// that cannot be read, that has been said.
    fn teasers(&mut self, paths: &[Text], sections: &[Section], mut listed: Vec<&str>) -> Vec<usize> {
        listed.sort_unstable();
        let articles = sections.iter().flat_map(|section| &section.articles);
        let places: HashMap<_, _> = articles.map(|article| article.source.name()).zip(0..).collect();
        let mut seen = HashMap::new();
        let mut teasers = Vec::new();
        for path in paths {
            let name = normal_path(&path.value);
            if listed.binary_search(&name.as_str()).is_err() {
                let error = ValueError::NotAnArticle { nearest: nearest(&name, listed.iter().copied()) };
                self.error(Finding::BadValue { key: "teasers".into(), error }, path);
            } else if let Some(&first_line) = seen.get(&name) {
                self.error(Finding::ArticleListedTwice { path: name, first_line }, path);
            } else {
                teasers.extend(places.get(name.as_str()));
                seen.insert(name, path.place.start().line);
            }
        }
        teasers
    }

    /// A photo that the manifest calls for.
    fn photo(&mut self, path: &Text, usage: PhotoUse) -> Option<PhotoRef> {
        if is_foreign_path(&path.value) {
            self.error(Finding::OutsideIssue { path: path.value.clone() }, path);
            return None;
        }
        Some(self.photos.add(&path.value, None, path.place.clone(), usage))
    }

    fn article(&mut self, path: &Text, seen: &mut HashMap<String, usize>) -> Option<Article> {
        let name = &normal_path(&path.value);
        if let Some(&first_line) = seen.get(name) {
            self.error(Finding::ArticleListedTwice { path: name.to_owned(), first_line }, path);
            return None;
        }
        seen.insert(name.to_owned(), path.place.start().line);
        if is_foreign_path(&path.value) {
            self.error(Finding::OutsideIssue { path: path.value.clone() }, path);
            return None;
        }
        let bytes = match self.folder.read(name, MAX_TEXT) {
            Ok(bytes) => bytes,
            Err(error) => {
                let finding = match error {
                    ReadError::Outside => Finding::OutsideIssue { path: path.value.clone() },
                    ReadError::NotFound | ReadError::File(FileError::IsFolder | FileError::NotAFile) => {
                        Finding::ArticleMissing { path: name.to_owned(), nearest: self.nearest_article(name) }
                    }
                    ReadError::File(error) => Finding::Unreadable { path: name.to_owned(), error },
                };
                self.error(finding, path);
                return None;
            }
        };
        if !name.to_lowercase().ends_with(".md") {
            let finding = Finding::BadValue { key: "articles".into(), error: ValueError::NotMarkdown };
            self.error(finding, path);
            return None;
        }
        let source = self.text(name, bytes)?;
        let found = article::read(&source, &mut self.photos);
        self.diagnostics.extend(found.diagnostics);
        self.count_cells(found.value.as_ref(), path);
        found.value
    }

    fn nearest_article(&mut self, path: &str) -> Option<String> {
        let choices = self.articles.get_or_insert_with(|| {
            let is_article =
                |file: &String| file.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"));
            Choices::new(self.folder.files().into_iter().filter(is_article).collect())
        });
        choices.nearest(path)
    }

    /// Tables of many articles take as much memory as one of all their cells: the article in which it is too much is
    /// named, once. One that has too much by itself is named where its table stands.
    fn count_cells(&mut self, article: Option<&Article>, path: &Text) {
        let cells = article.map_or(0, |article| article::cells(&article.blocks));
        let before = self.cells;
        self.cells = before.saturating_add(cells);
        let limit = article::MAX_CELLS;
        if before <= limit && self.cells > limit {
            self.error(Finding::UnsupportedMarkdown(MarkdownError::LargeTables { limit }), path);
        }
    }

    fn error(&mut self, finding: Finding, text: &Text) {
        self.diagnostics.push(Diagnostic::error(finding, text.place.clone()));
    }
}
