//! Import: the files that reporters send and archives hold (Word, OpenDocument, PDF, text, Markdown) → articles and photos
//! of an issue.
//!
//! A reader for each kind of file ([`docx`], [`odt`], [`pdf`], [`text`], [`markdown`]; [`office`] has LibreOffice turn old
//! Word files into new ones) gives one model, a [`document`]: styled blocks in reading order. [`encoding`] turns what was
//! typed in fonts from before Unicode into Unicode. The [`recogniser`] tells what the blocks are for, and makes a
//! [`bulletin`] of them, which is [`write`](mod@write)n down as files.
//!
//! No word is lost in silence: [`words`] holds every word of the source against the files that were made, and what is not
//! in them is named, with the reason.

mod base64;
mod bulletin;
mod document;
mod docx;
mod encoding;
mod kind;
mod markdown;
mod numbers;
mod odt;
mod office;
mod package;
mod pdf;
mod picture_format;
mod printed;
mod recogniser;
mod repair;
mod report;
mod style_names;
mod symbols;
mod text;
mod utf;
mod words;
mod write;
mod xml;

use std::path::PathBuf;

pub use kind::SourceKind;
pub use report::{Counts, Report};
pub use write::{Existing, Wishes};

use bulletin::{Article, Bulletin};
use document::{Doubt, DoubtKind, ImportError, LeftOut};
use recogniser::{Kind, recognise};
use write::{Fallback, Files, title_of_file};

use crate::toml_reader::Date;

/// A file to import.
pub struct SourceFile<'a> {
    /// As it was typed.
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    /// Opens a file beside it, by a path relative to it, for text that shows pictures so.
    pub beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// What was made of the sources, and has not been written anywhere yet.
#[derive(Debug)]
pub struct Import {
    files: Files,
    /// Every text of the sources.
    source_texts: Vec<String>,
    left_out: Vec<LeftOut>,
    /// Whether articles are added to an issue, whose manifest is not of this import.
    is_added: bool,
}

/// Reads files and makes articles of them: a new issue, or more articles for one. `today` stands in for a date that
/// nothing tells. Fails with the place of the file that cannot be read among the sources, or with none.
pub fn import(
    sources: &[SourceFile<'_>],
    wishes: &Wishes,
    existing: Option<&Existing>,
    today: Date,
) -> Result<Import, (Option<usize>, ImportError)> {
    let kind = if sources.len() > 1 { Kind::OneArticle } else { Kind::Any };
    let mut whole = Bulletin::default();
    let mut source_texts = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let mut document = kind::read(source).map_err(|error| (Some(index), error))?;
        encoding::to_unicode(&mut document);
        let texts = words::texts(&document);
        if texts.iter().all(|text| words::words(text).is_empty()) && document.pictures.is_empty() {
            return Err((Some(index), ImportError::Empty));
        }
        source_texts.extend(texts);
        source_texts.extend(document.left_out.iter().map(|left| left.text.clone()));
        let mut bulletin = recognise(&document, kind);
        bulletin.doubts.extend(document.doubts);
        name(&mut bulletin, source);
        append(&mut whole, bulletin);
    }
    if whole.sections.iter().all(|section| section.articles.is_empty()) {
        return Err((None, ImportError::NoArticle));
    }
    let title = sources.first().map(|source| title_of_file(&source.path)).unwrap_or_default();
    let date = sources.iter().find_map(|source| kind::month_of_name(&source.path)).unwrap_or(today);
    let files = write::files(&whole, wishes, existing, Fallback { title: &title, date });
    Ok(Import { files, source_texts, left_out: whole.left_out, is_added: existing.is_some() })
}

/// Gives articles without a title the name of their file.
fn name(bulletin: &mut Bulletin, source: &SourceFile<'_>) {
    let is_unnamed = |article: &&mut Article| words::words(&article.title).is_empty();
    for article in bulletin.sections.iter_mut().flat_map(|section| &mut section.articles).filter(is_unnamed) {
        article.title = title_of_file(&source.path);
        article.doubts.push(Doubt { kind: DoubtKind::Title, about: article.title.clone() });
    }
}

/// Adds what a further source has.
fn append(whole: &mut Bulletin, bulletin: Bulletin) {
    whole.masthead = whole.masthead.take().or(bulletin.masthead);
    whole.left_out.extend(bulletin.left_out);
    whole.doubts.extend(bulletin.doubts);
    for section in bulletin.sections {
        match whole.sections.last_mut() {
            Some(last) if last.title == section.title => last.articles.extend(section.articles),
            _ => whole.sections.push(section),
        }
    }
}

impl Import {
    /// The manifest: of the new issue, or of the one that is added to.
    pub fn manifest(&self) -> &str {
        &self.files.manifest
    }

    /// The articles and photos: paths relative to the issue folder, and what goes there.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let articles = self.files.articles.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        articles.chain(self.files.photos.iter().cloned()).collect()
    }

    /// Whether articles are added to an issue that is there.
    pub fn is_added(&self) -> bool {
        self.is_added
    }

    /// Paths of the articles, in printing order.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.files.articles.iter().map(|(path, _)| path.as_str())
    }
}
