//! Photos that are too coarse for their place, say nothing of what they show or who took them, or are not used.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Finding};
use crate::fs::{IssueFolder, is_of_own_layout};
use crate::issue::{Article, Inline, Issue, PhotoFile, PhotoUse, normal_path, plain_text};
use crate::photo::{COARSE, Format, Inspected, Part, Sizes, placed_width, stand_in};
use crate::source::Place;

/// Pixels per inch below which a photo looks coarse on paper.
const SHARP: f64 = 120.0;

const MM_PER_INCH: f64 = 25.4;

/// Every warning about the photos of an issue. `sizes` are those at which its layout places them.
pub fn photos(
    issue: &Issue,
    folder: &IssueFolder,
    photos: &[PhotoFile],
    inspected: &[Option<Inspected>],
    sizes: &Sizes,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (photo, inspected) in photos.iter().zip(inspected) {
        let Some(inspected) = inspected else { continue };
        let coarse = photo.calls.iter().filter_map(|(place, usage)| {
            Some(Diagnostic::warning(low_resolution(photo, inspected, *usage, sizes)?, place.clone()))
        });
        found.extend(coarse);
    }
    let is_drawing = |photo: usize| {
        inspected.get(photo).and_then(Option::as_ref).is_some_and(|inspected| inspected.facts.format == Format::Svg)
    };
    if let Some((cover, photo)) = issue.manifest.cover.as_ref().zip(issue.cover)
        && let Some((place, _)) = photos[photo].calls.iter().find(|(_, usage)| *usage == PhotoUse::Cover)
    {
        let caption = cover.caption.as_ref().map(|caption| caption.value.as_str()).unwrap_or_default();
        let credited = cover.credit.is_some() || is_drawing(photo);
        found.extend(silent(&photos[photo].path, place, caption, credited));
    }
    for article in issue.articles() {
        for photo in article.photos() {
            if is_drawing(photo.photo) && is_stand_in(folder, &photos[photo.photo].path) {
                let finding = Finding::PhotoStandIn { path: photos[photo.photo].path.clone() };
                found.push(Diagnostic::warning(finding, photo.place.clone()));
                continue;
            }
            let credited = photo.credit.is_some() || is_drawing(photo.photo) || byline_names_photographer(article);
            found.extend(silent(&photos[photo.photo].path, &photo.place, &caption(&photo.caption), credited));
        }
    }
    found.extend(unused(folder, photos));
    found
}

/// Whether a drawing is the grey one that stands in for a photo.
fn is_stand_in(folder: &IssueFolder, path: &str) -> bool {
    folder.read(path, stand_in::LONGEST).is_ok_and(|bytes| stand_in::is_stand_in(&bytes))
}

/// The caption, with what its notes refer to left out.
fn caption(content: &[Inline]) -> String {
    plain_text(content).trim().to_owned()
}

fn low_resolution(photo: &PhotoFile, inspected: &Inspected, usage: PhotoUse, sizes: &Sizes) -> Option<Finding> {
    if inspected.facts.format == Format::Svg {
        return None;
    }
    let part = Part::of(&inspected.facts, photo.crop);
    let pixels = part.width;
    let width_at = |ppi: f64| f64::from(pixels) * MM_PER_INCH / ppi;
    let placed = placed_width(&part, &[usage], sizes).min(width_at(COARSE));
    let (ppi, good) = (width_at(1.0) / placed, width_at(SHARP));
    (ppi < SHARP).then(|| Finding::PhotoLowResolution {
        path: photo.path.clone(),
        pixels,
        ppi: ppi as u32,
        placed: placed.round() as u32,
        good: good as u32,
        column_would_do: usage == PhotoUse::Page && placed_width(&part, &[PhotoUse::Column], sizes) <= good,
    })
}

/// What a photo does not say: what it shows, who took it.
fn silent(path: &str, place: &Place, caption: &str, credited: bool) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if caption.is_empty() {
        findings.push(Finding::PhotoWithoutCaption { path: path.to_owned() });
    }
    if !credited && !names_photographer(caption) {
        findings.push(Finding::PhotoWithoutCredit { path: path.to_owned() });
    }
    findings.into_iter().map(|finding| Diagnostic::warning(finding, place.clone())).collect()
}

/// `Bài, ảnh: Anh Khoa` credits every photo of its article.
fn byline_names_photographer(article: &Article) -> bool {
    article.author.as_ref().is_some_and(|author| {
        let author = author.value.to_lowercase();
        author.split(|c: char| !c.is_alphanumeric()).any(|word| ["ảnh", "photo", "photos"].contains(&word))
    })
}

/// `(Ảnh: Anh Khoa)` at the end of a caption is a credit, if not where it should stand.
fn names_photographer(caption: &str) -> bool {
    let caption = caption.to_lowercase();
    ["ảnh:", "ảnh :", "(ảnh", "photo:", "(photo", "nguồn:", "source:"].iter().any(|mark| caption.contains(mark))
}

/// Photos that lie in the folder and stand nowhere. Those of a layout that the issue carries are its own.
fn unused(folder: &IssueFolder, photos: &[PhotoFile]) -> Vec<Diagnostic> {
    let used: HashSet<_> = photos.iter().map(|photo| normal_path(&photo.path)).collect();
    let files = folder.files().into_iter().filter(|name| Format::is_photo_name(name) && !is_of_own_layout(name));
    let files = files.filter(|name| !used.contains(&normal_path(name)));
    files.map(|path| Diagnostic::warning_in_file(Finding::PhotoUnused { path: path.clone() }, path)).collect()
}
