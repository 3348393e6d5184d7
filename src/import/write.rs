//! A bulletin → the files of an issue, or of articles for one that is there.

mod article;
mod names;
mod photos;

use std::path::Path;
use std::sync::Arc;

use self::names::{free, leading_number, slug};
use self::photos::Photos;
use super::bulletin::{self, Bulletin};
use super::document::{Doubt, DoubtKind};
use crate::article::write;
use crate::fs::MANIFEST;
use crate::issue::{ImprintRow, Manifest, Masthead, SectionEntry, placeholder};
use crate::manifest;
use crate::source::{Source, Text};
use crate::toml_reader::Date;

/// What is wanted of the new issue, in place of what its source says.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    pub date: Option<Date>,
    pub number: Option<String>,
    pub layout: Option<String>,
    /// What stands above a line of front matter that is a guess, in the language of the user.
    pub note: &'static str,
}

/// An issue that articles are added to.
#[derive(Debug)]
pub struct Existing {
    pub manifest: Manifest,
    /// Paths of all of its files.
    pub files: Vec<String>,
}

/// What is to be written.
#[derive(Debug)]
pub(super) struct Files {
    /// Text of the manifest: new, or as a change of the one that is there.
    pub manifest: String,
    /// The articles: their paths and their texts.
    pub articles: Vec<(String, String)>,
    pub photos: Vec<(String, Vec<u8>)>,
    /// How many photos are stand-ins for those that the source does not hold.
    pub stand_ins: usize,
    /// Doubtes of the recogniser and of the writer: the path of the article that each is about, or none.
    pub doubts: Vec<(Option<String>, Doubt)>,
}

/// Writes a bulletin down. `fallback` is what a bulletin without a name is called.
pub(super) fn files(
    bulletin: &Bulletin,
    wishes: &Wishes,
    existing: Option<&Existing>,
    fallback: Fallback<'_>,
) -> Files {
    let mut writer = Writer::new(existing, wishes.note);
    writer.doubts.extend(bulletin.doubts.iter().map(|doubt| (None, doubt.clone())));
    let sections: Vec<_> = bulletin.sections.iter().map(|section| writer.section(section)).collect();
    let manifest = match existing {
        Some(existing) => writer.added(existing, sections),
        None => writer.manifest(bulletin.masthead.as_ref(), wishes, sections, fallback),
    };
    let photos = writer.photos;
    Files {
        manifest,
        articles: writer.articles,
        photos: photos.contents,
        stand_ins: photos.stand_ins,
        doubts: writer.doubts,
    }
}

/// What stands in for what the source does not say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fallback<'a> {
    pub title: &'a str,
    pub date: Date,
}

struct Writer {
    note: &'static str,
    /// How many articles come before, and how many digits their numbers have.
    number: usize,
    digits: usize,
    taken: Vec<String>,
    articles: Vec<(String, String)>,
    photos: Photos,
    /// Cells of all tables so far.
    cells: usize,
    doubts: Vec<(Option<String>, Doubt)>,
}

/// A section with the paths of its articles.
type Listed = (Option<String>, Vec<String>);

impl Writer {
    fn new(existing: Option<&Existing>, note: &'static str) -> Self {
        let taken = existing.map(|existing| existing.files.clone()).unwrap_or_default();
        let listed = existing.iter().flat_map(|existing| &existing.manifest.sections).flat_map(|s| &s.articles);
        let numbers: Vec<_> = listed.filter_map(|path| leading_number(&path.value)).collect();
        let photos = Photos::beside(taken.clone());
        Self {
            note,
            number: numbers.iter().map(|(number, _)| *number).max().unwrap_or_default(),
            digits: numbers.iter().map(|(_, digits)| *digits).max().unwrap_or(2),
            taken,
            articles: Vec::new(),
            photos,
            cells: 0,
            doubts: Vec::new(),
        }
    }

    fn section(&mut self, section: &bulletin::Section) -> Listed {
        (section.title.clone(), section.articles.iter().map(|article| self.article(article)).collect())
    }

    /// Writes an article; its path.
    fn article(&mut self, article: &bulletin::Article) -> String {
        self.number += 1;
        let slug = slug(&article.title);
        let stem = format!("{:0width$}-{slug}", self.number, width = self.digits);
        let path = free(&stem, "md", &mut self.taken);
        self.photos.stem.clone_from(&slug);
        let converted = article::convert(article, &mut self.photos, &mut self.cells);
        let text = write::write(&converted, &self.photos.files);
        self.articles.push((path.clone(), with_notes(&text, &article.doubts, self.note)));
        self.doubts.extend(article.doubts.iter().map(|doubt| (Some(path.clone()), doubt.clone())));
        path
    }

    /// The manifest of an issue that gets more articles: behind those that it has.
    fn added(&self, existing: &Existing, sections: Vec<Listed>) -> String {
        let source = Arc::clone(&existing.manifest.source);
        let text = |value: String| placeholder(&source).map(|_| value);
        // Read once more, for a manifest is no value that can be copied.
        let mut manifest = manifest::read(&source).value;
        for (title, paths) in sections {
            let same = manifest
                .sections
                .iter()
                .position(|section| section.title.as_ref().map(|title| &title.value) == title.as_ref());
            let last = manifest.sections.len().checked_sub(1);
            let place = if title.is_some() { same } else { last };
            let paths = paths.into_iter().map(text);
            match place.and_then(|place| manifest.sections.get_mut(place)) {
                Some(section) => section.articles.extend(paths),
                None => {
                    let section = SectionEntry { title: title.map(text), articles: paths.collect() };
                    manifest.sections.push(section);
                }
            }
        }
        manifest::write::write(&manifest, source.text()).unwrap_or_else(|_| source.text().to_owned())
    }

    /// A manifest from nothing.
    fn manifest(
        &mut self,
        masthead: Option<&bulletin::Masthead>,
        wishes: &Wishes,
        sections: Vec<Listed>,
        fallback: Fallback<'_>,
    ) -> String {
        let source = Source::new(MANIFEST, "");
        let text = |value: &str| placeholder(&source).map(|_| value.to_owned());
        let none = bulletin::Masthead::default();
        let found = masthead.unwrap_or(&none);
        let date = wishes.date.or(found.date.map(|date| Date { year: date.year, month: date.month, day: date.day }));
        if date.is_none() {
            let about = format!("{:02}/{}", fallback.date.month, fallback.date.year);
            self.doubts.push((None, Doubt { kind: DoubtKind::Date, about }));
        }
        let mut manifest = manifest::read(&source).value;
        manifest.date = date.unwrap_or(fallback.date);
        manifest.number = wishes.number.as_deref().or(found.number.as_deref()).map(text);
        manifest.layout = wishes.layout.as_deref().map(text);
        manifest.sections = sections
            .into_iter()
            .map(|(title, paths)| SectionEntry {
                title: title.as_deref().map(text),
                articles: paths.iter().map(|path| text(path)).collect(),
            })
            .collect();
        manifest.masthead = masthead_of(found, fallback.title, &text);
        manifest::write::write(&manifest, "").unwrap_or_default()
    }
}

fn masthead_of(found: &bulletin::Masthead, title: &str, text: &dyn Fn(&str) -> Text) -> Masthead {
    let some = |value: &Option<String>| value.as_deref().map(text);
    let mut masthead = Masthead::with_title(text(found.title.as_deref().unwrap_or(title)));
    masthead.overline = some(&found.overline);
    masthead.subtitle = some(&found.subtitle);
    masthead.about = some(&found.about);
    masthead.imprint = found
        .imprint
        .iter()
        .map(|row| ImprintRow {
            label: text(&row.label),
            text: some(&row.text),
            email: some(&row.email),
            url: some(&row.url),
            phone: None,
        })
        .collect();
    masthead
}

/// Puts a note above each line of the front matter that is no more than likely.
fn with_notes(text: &str, doubts: &[Doubt], note: &str) -> String {
    let mut noted = String::new();
    let mut is_front = true;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        is_front &= index == 0 || !line.starts_with("+++");
        let key = line.split('=').next().unwrap_or_default().trim();
        if is_front && doubts.iter().any(|doubt| key_of(&doubt.kind) == Some(key)) {
            noted.push_str("# ");
            noted.push_str(note);
            noted.push('\n');
        }
        noted.push_str(line);
    }
    noted
}

/// The key of the front matter that a guess is about.
fn key_of(kind: &DoubtKind) -> Option<&'static str> {
    match kind {
        DoubtKind::Title => Some("title"),
        DoubtKind::ContentsTitle => Some("contents_title"),
        DoubtKind::Lead => Some("lead"),
        DoubtKind::Author => Some("author"),
        _ => None,
    }
}

/// What a bulletin is called that does not say it: by the name of its file.
pub(super) fn title_of_file(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let words = stem.replace(['_', '-'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.chars().any(char::is_alphabetic) { "Bản tin".to_owned() } else { words }
}
