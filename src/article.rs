//! An article: TOML front matter between `+++` lines, then Markdown.

mod markdown;
pub mod write;

use markdown::has_numbers;
pub use markdown::{MARKDOWN, MAX_CELLS, MarkerKind, cells, is_safe_link, marker};

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Choices, Diagnostic, Finding, FrontMatterError, ValueError, WithDiagnostics};
use crate::issue::{
    Article, AspectRatio, Block, Crop, Focus, PhotoFile, PhotoRef, PhotoUse, Rank, normal_path, placeholder,
};
use crate::source::{Place, Source, Text};
use crate::toml_reader::{Findings, Table, parse};

const FENCE: &str = "+++";

/// The photos of an issue, each part that is shown once, gathered while its articles are read.
#[derive(Debug, Default)]
pub struct PhotoCalls {
    pub files: Vec<PhotoFile>,
    /// Where in `files` a part of a path is.
    known: HashMap<(String, Option<Crop>), PhotoRef>,
}

impl PhotoCalls {
    /// Notes that a photo is called for, and returns its index.
    pub fn add(&mut self, path: &str, crop: Option<Crop>, place: Place, usage: PhotoUse) -> PhotoRef {
        let part = (normal_path(path), crop);
        let index = *self.known.entry(part).or_insert_with_key(|(path, crop)| {
            self.files.push(PhotoFile { path: path.clone(), crop: *crop, calls: Vec::new() });
            self.files.len() - 1
        });
        self.files[index].calls.push((place, usage));
        index
    }
}

/// Keys of the front matter.
struct FrontMatter {
    title: Option<Text>,
    contents_title: Option<Text>,
    kicker: Option<Text>,
    lead: Option<Text>,
    rank: Option<Rank>,
    author: Option<Text>,
    source: Option<Text>,
    source_url: Option<Text>,
    photos: Vec<PhotoSettings>,
}

/// A `[photos."path"]` table.
struct PhotoSettings {
    path: Text,
    alt: Option<Text>,
    usage: PhotoUse,
    /// Whether the author gave its width.
    has_width: bool,
    crop: Option<AspectRatio>,
    focus: Focus,
}

/// Reads the text of an article. The value is `None` where it has no front matter.
pub fn read(source: &Arc<Source>, photos: &mut PhotoCalls) -> WithDiagnostics<Option<Article>> {
    let (front_range, body_range) = match split(source.text()) {
        Ok(ranges) => ranges,
        Err((error, range)) => {
            let place = Place::new(source, range);
            let diagnostics = vec![Diagnostic::error(Finding::FrontMatter(error), place)];
            return WithDiagnostics { value: None, diagnostics };
        }
    };

    let findings = Findings::default();
    let (front, errors) = parse(source, front_range, &findings, read_front_matter);
    let mut diagnostics = findings.into_inner();
    if !errors.is_empty() {
        diagnostics = errors.into_iter().map(syntax_error).collect();
    }

    let body = markdown::read(source, body_range.clone(), &front.photos, photos);
    diagnostics.extend(body.diagnostics);
    diagnostics.extend(settings_without_photo(&front.photos, &body.value.shown));

    let mut blocks = body.value.blocks;
    if front.rank == Some(Rank::Lead) {
        widen_first_photo(&mut blocks, &front.photos, photos);
    }

    let article = Article {
        source: Arc::clone(source),
        body: body_range,
        title: front.title.unwrap_or_else(|| placeholder(source)),
        contents_title: front.contents_title,
        kicker: front.kicker,
        lead: front.lead,
        rank: front.rank,
        author: front.author,
        credit_source: front.source,
        source_url: front.source_url,
        blocks,
        notes: body.value.notes,
    };
    WithDiagnostics { value: Some(article), diagnostics }
}

/// A lead story shows its first photo across the columns, unless its author says otherwise of any.
fn widen_first_photo(blocks: &mut [Block], settings: &[PhotoSettings], calls: &mut PhotoCalls) {
    if settings.iter().any(|setting| setting.has_width) {
        return;
    }
    let first = blocks.iter_mut().find_map(|block| match block {
        Block::Photo(photo) => Some(photo),
        _ => None,
    });
    let Some(photo) = first else { return };
    photo.usage = PhotoUse::Page;
    let calls = calls.files.get_mut(photo.photo).into_iter().flat_map(|file| &mut file.calls);
    calls.filter(|(place, _)| place.range == photo.place.range).for_each(|(_, usage)| *usage = PhotoUse::Page);
}

fn syntax_error(error: crate::toml_reader::SyntaxError) -> Diagnostic {
    Diagnostic::error(Finding::FrontMatter(FrontMatterError::Syntax(error.kind)), error.place)
}

/// The bytes of front matter and of the body.
type Parts = (Range<usize>, Range<usize>);

/// Splits an article; the error comes with the bytes where it is.
fn split(text: &str) -> Result<Parts, (FrontMatterError, Range<usize>)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != FENCE {
        let error = if first.trim() == "---" {
            // Other programs fence front matter with hyphens.
            FrontMatterError::Hyphens
        } else if is_nearly_fence(first) {
            FrontMatterError::Fence
        } else if first.trim().is_empty()
            && lines.find(|line| !line.trim().is_empty()).is_some_and(|l| l.trim() == FENCE)
        {
            FrontMatterError::NotFirst
        } else {
            FrontMatterError::Missing
        };
        return Err((error, 0..first.trim_end().len()));
    }
    let start = first.len();
    let mut at = start;
    let mut nearly = None;
    for line in lines {
        if line.trim_end() == FENCE {
            return Ok((start..at, at + line.len()..text.len()));
        }
        if nearly.is_none() && (is_nearly_fence(line) || line.trim() == "---") {
            nearly = Some(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    Err(match nearly {
        Some(range) => (FrontMatterError::Fence, range),
        None => (FrontMatterError::Unclosed, 0..FENCE.len()),
    })
}

/// Whether a line is meant as a fence and is none: a plus too many or too few, spaces, other signs of plus.
fn is_nearly_fence(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= 2 && line.chars().all(|c| matches!(c, '+' | '＋' | ' ')) && line.contains(['+', '＋'])
}

fn read_front_matter(mut table: Table<'_>) -> FrontMatter {
    let front = FrontMatter {
        title: table.required_text("title"),
        contents_title: table.text("contents_title"),
        kicker: table.text("kicker"),
        lead: table.text("lead"),
        rank: table.one_of("rank", &Rank::ALL.map(|rank| (rank.as_str(), rank))),
        author: table.text("author"),
        source: table.text("source"),
        source_url: read_source_url(&mut table),
        photos: table.table("photos").map(read_photo_settings).unwrap_or_default(),
    };
    table.finish();
    front
}

fn read_source_url(table: &mut Table<'_>) -> Option<Text> {
    let text = table.text("source_url")?;
    if is_safe_link(&text.value) {
        return Some(text);
    }
    table.bad_value("source_url", ValueError::NotAWebAddress, text.place);
    None
}

fn read_photo_settings(table: Table<'_>) -> Vec<PhotoSettings> {
    table
        .free_tables()
        .into_iter()
        .map(|(path, mut settings)| {
            let alt = settings.text("alt");
            let widths = [("column", PhotoUse::Column), ("page", PhotoUse::Page)];
            let width = settings.one_of("width", &widths);
            let crop = read_crop(&mut settings);
            let focus = settings.one_of("focus", &Focus::ALL.map(|focus| (focus.as_str(), focus))).unwrap_or_default();
            settings.finish();
            let usage = width.unwrap_or(PhotoUse::Column);
            let path = path.map(|path| normal_path(&path));
            PhotoSettings { path, alt, usage, has_width: width.is_some(), crop, focus }
        })
        .collect()
}

fn read_crop(settings: &mut Table<'_>) -> Option<AspectRatio> {
    let text = settings.text("crop")?;
    let ratio = AspectRatio::parse(&text.value);
    if ratio.is_none() {
        settings.bad_value("crop", ValueError::NotAnAspectRatio, text.place);
    }
    ratio
}

/// Settings for photos that the article does not show: most likely a mistake in the path.
fn settings_without_photo(settings: &[PhotoSettings], shown: &[String]) -> Vec<Diagnostic> {
    let known: HashSet<_> = shown.iter().collect();
    let mut choices = Choices::new(shown.to_vec());
    settings
        .iter()
        .filter(|setting| !known.contains(&setting.path.value))
        .map(|setting| {
            let error = ValueError::PhotoNotShown { nearest: choices.nearest(&setting.path.value) };
            let finding = Finding::BadValue { key: format!("photos.\"{}\"", setting.path.value), error };
            Diagnostic::error(finding, setting.path.place.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_split_off() {
        let text = "+++\r\ntitle = 'a'\r\n+++\r\nText";
        let (front, body) = split(text).expect("well formed");
        assert_eq!(&text[front], "title = 'a'\r\n");
        assert_eq!(&text[body], "Text");
    }

    #[test]
    fn front_matter_must_be_there_and_closed() {
        assert!(matches!(split(""), Err((FrontMatterError::Missing, _))));
        assert!(matches!(split("Text"), Err((FrontMatterError::Missing, _))));
        assert!(matches!(split("+++\ntitle = 'a'\n"), Err((FrontMatterError::Unclosed, _))));
    }

    #[test]
    fn the_same_photo_is_counted_once() {
        let source = Source::new("a.md", "x");
        let mut calls = PhotoCalls::default();
        let first = calls.add("photos/a.jpg", None, Place::new(&source, 0..1), PhotoUse::Column);
        let again = calls.add("./photos/a.jpg", None, Place::new(&source, 0..1), PhotoUse::Page);
        assert_eq!(first, again);
        let crop = AspectRatio::parse("16:9").map(|ratio| Crop { ratio, focus: Focus::Top });
        assert_ne!(first, calls.add("photos/a.jpg", crop, Place::new(&source, 0..1), PhotoUse::Page));
        let uses: Vec<_> = calls.files[first].calls.iter().map(|(_, usage)| *usage).collect();
        assert_eq!(uses, [PhotoUse::Column, PhotoUse::Page]);
    }
}
