//! From an issue folder to an [`Issue`]: the manifest, the articles it lists, the photos they call for.
//!
//! Everything that is wrong is found in one go; the issue itself comes out only where it can be set.

use std::collections::HashMap;
use std::sync::Arc;

use crate::article::{self, PhotoCalls};
use crate::diagnostic::{Choices, Diagnostic, EncodingFault, FileFault, Found, MarkdownFault, Problem, ValueFault};
use crate::fs::{IssueFolder, MANIFEST, ReadFault};
use crate::issue::{
    Article, Cover, Issue, Manifest, Masthead, PhotoFile, PhotoRef, PhotoUse, Section, is_foreign_path, normal_path,
    unsaid,
};
use crate::manifest::{self, RawManifest, RawMasthead};
use crate::source::{Place, Source, Text};
use crate::tables::Date;

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
pub fn read(folder: &IssueFolder) -> Found<Reading> {
    let mut reader = Reader {
        folder,
        diagnostics: Vec::new(),
        photos: PhotoCalls::default(),
        texts: Vec::new(),
        articles: None,
        cells: 0,
    };
    let raw = reader.manifest();
    let layout = raw.as_ref().and_then(|(_, raw)| raw.layout.clone());
    let issue = raw.map(|(source, raw)| reader.issue(source, raw));
    let value = Reading { issue, photos: reader.photos.files, layout, texts: reader.texts };
    Found { value, diagnostics: reader.diagnostics }
}

/// Stands in for a date whose absence has been reported.
const UNSAID_DATE: Date = Date { year: 1, month: 1, day: 1 };

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
    fn manifest(&mut self) -> Option<(Arc<Source>, RawManifest)> {
        let bytes = match self.folder.read(MANIFEST, MAX_TEXT) {
            Ok(bytes) => bytes,
            Err(fault) => {
                let problem = match fault {
                    ReadFault::Outside => Problem::OutsideIssue { path: MANIFEST.into() },
                    ReadFault::NotFound => {
                        Problem::ManifestMissing { folder: self.folder.shown().display().to_string() }
                    }
                    ReadFault::File(fault) => Problem::Unreadable { path: MANIFEST.into(), fault },
                };
                self.diagnostics.push(Diagnostic::error_in_file(problem, MANIFEST));
                return None;
            }
        };
        let source = self.text(MANIFEST, bytes)?;
        let found = manifest::read(&source);
        self.diagnostics.extend(found.diagnostics);
        Some((source, found.value))
    }

    /// The text of a file; `None`, with a finding at the very byte, where it is none.
    fn text(&mut self, path: &str, bytes: Vec<u8>) -> Option<Arc<Source>> {
        let source = Source::new(path, String::from_utf8_lossy(&bytes));
        let bad = match std::str::from_utf8(&bytes) {
            Err(error) => Some((EncodingFault::Invalid, error.valid_up_to())),
            Ok(text) => text.find('\0').map(|at| (EncodingFault::Nul, at)),
        };
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { '\u{feff}'.len_utf8() } else { 0 };
        self.texts.push((path.to_owned(), bytes));
        let Some((fault, at)) = bad else { return Some(source) };
        let at = at.saturating_sub(mark);
        let problem = Problem::NotUtf8(fault);
        self.diagnostics.push(Diagnostic::error(problem, Place::new(&source, at..at + 1)));
        None
    }

    fn issue(&mut self, source: Arc<Source>, raw: RawManifest) -> Issue {
        let cover = raw.cover.and_then(|cover| {
            let photo = self.photo(cover.photo?, PhotoUse::Cover)?;
            Some(Cover { photo, caption: cover.caption, credit: cover.credit, alt: cover.alt })
        });
        let masthead = self.masthead(raw.masthead, &source);

        let mut seen = HashMap::new();
        let mut sections = Vec::new();
        for section in raw.sections {
            let articles = section.articles.iter().filter_map(|path| self.article(path, &mut seen)).collect();
            sections.push(Section { title: section.title, articles });
        }
        sections.retain(|section| !section.articles.is_empty());

        let manifest = Manifest {
            source,
            date: raw.date.map_or(UNSAID_DATE, |date| date.value),
            number: raw.number,
            title: raw.title,
            layout: raw.layout,
            language: raw.language,
            masthead,
            cover,
            max_size: raw.max_size,
            keywords: raw.keywords,
            style: raw.style,
        };
        Issue { name: self.folder.name(), manifest, sections }
    }

    fn masthead(&mut self, raw: Option<RawMasthead>, source: &Arc<Source>) -> Masthead {
        let Some(raw) = raw else { return Masthead::with_title(unsaid(source)) };
        Masthead {
            title: raw.title.unwrap_or_else(|| unsaid(source)),
            overline: raw.overline,
            subtitle: raw.subtitle,
            publisher: raw.publisher,
            about: raw.about,
            logo: raw.logo.and_then(|logo| self.photo(logo, PhotoUse::Logo)),
            imprint: raw.imprint,
        }
    }

    /// A photo that the manifest calls for.
    fn photo(&mut self, path: Text, usage: PhotoUse) -> Option<PhotoRef> {
        if is_foreign_path(&path.value) {
            self.error(Problem::OutsideIssue { path: path.value.clone() }, &path);
            return None;
        }
        Some(self.photos.add(&path.value, path.place, usage))
    }

    fn article(&mut self, path: &Text, seen: &mut HashMap<String, usize>) -> Option<Article> {
        let name = &normal_path(&path.value);
        if let Some(&first_line) = seen.get(name) {
            self.error(Problem::ArticleListedTwice { path: name.to_owned(), first_line }, path);
            return None;
        }
        seen.insert(name.to_owned(), path.place.start().line);
        if is_foreign_path(&path.value) {
            self.error(Problem::OutsideIssue { path: path.value.clone() }, path);
            return None;
        }
        let bytes = match self.folder.read(name, MAX_TEXT) {
            Ok(bytes) => bytes,
            Err(fault) => {
                let problem = match fault {
                    ReadFault::Outside => Problem::OutsideIssue { path: path.value.clone() },
                    ReadFault::NotFound | ReadFault::File(FileFault::IsFolder | FileFault::NotAFile) => {
                        Problem::ArticleMissing { path: name.to_owned(), nearest: self.nearest_article(name) }
                    }
                    ReadFault::File(fault) => Problem::Unreadable { path: name.to_owned(), fault },
                };
                self.error(problem, path);
                return None;
            }
        };
        if !name.to_lowercase().ends_with(".md") {
            let problem = Problem::BadValue { key: "articles".into(), fault: ValueFault::NotMarkdown };
            self.error(problem, path);
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
            self.error(Problem::UnsupportedMarkdown(MarkdownFault::LargeTables { limit }), path);
        }
    }

    fn error(&mut self, problem: Problem, text: &Text) {
        self.diagnostics.push(Diagnostic::error(problem, text.place.clone()));
    }
}
