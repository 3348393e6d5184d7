//! Looks at photo files: what they are, and whether they can be printed.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::cache::Content;
use super::examine::examine;
use super::facts::Facts;
use super::format::Format;
use super::memory_limit::MemoryLimit;
use super::{MAX_BYTES, MAX_MEMORY, unread, unreadable, with_findings};
use crate::diagnostic::{Choices, Finding, PhotoSize, ValueError, WithDiagnostics};
use crate::fs::IssueFolder;
use crate::issue::PhotoFile;

/// A photo has fewer pixels than this.
const TOO_MANY_PIXELS: u64 = 100_000_000;

/// About how many bytes one decoder may take: more than a photo of the most pixels needs in eight bits a channel.
const MAX_PHOTO_MEMORY: u64 = 1_200_000_000;

/// About how many bytes it takes to look at a photo: its file, and for some formats more than that.
const INSPECTION: u64 = 75_000_000;

/// What a photo file is, before anything is done to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inspected {
    pub facts: Facts,
    pub content: Content,
}

/// Looks at every photo, but for those of which it is `known` what they are. One that cannot be read is `None`, with a
/// finding wherever it is called for.
pub fn inspect_all(
    folder: &IssueFolder,
    photos: &[PhotoFile],
    known: impl Fn(&str) -> Option<Inspected> + Sync,
) -> WithDiagnostics<Vec<Option<Inspected>>> {
    let memory = MemoryLimit::new(MAX_MEMORY);
    // Fresh memory for every file would take longer than to read and hash it.
    let buffers = Mutex::new(Vec::new());
    let inspect = |photo: &PhotoFile| {
        if let Some(known) = known(&photo.path) {
            return Some(uncropped_drawing(photo, known));
        }
        let free = || buffers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut buffer: Vec<u8> = free().pop().unwrap_or_default();
        let result = memory.with(INSPECTION, || inspect(folder, &photo.path, &mut buffer));
        free().push(buffer);
        Some(result.and_then(|inspected| uncropped_drawing(photo, inspected)))
    };
    let mut results: Vec<_> = photos.par_iter().with_max_len(1).map(inspect).collect();
    name_nearest(folder, &mut results);
    with_findings(results, photos)
}

/// Says of photos that are not there which file may be meant, in their order and for the first of them.
fn name_nearest(folder: &IssueFolder, results: &mut [Option<Result<Inspected, Finding>>]) {
    let mut choices = None;
    for result in results.iter_mut().flatten() {
        if let Err(Finding::PhotoMissing { path, nearest }) = result {
            let choices = choices.get_or_insert_with(|| {
                Choices::new(folder.files().into_iter().filter(|file| !file.ends_with(".md")).collect())
            });
            *nearest = choices.nearest(path);
        }
    }
}

/// What goes into the PDF of a drawing is all of it, whatever would be seen.
fn uncropped_drawing(photo: &PhotoFile, inspected: Inspected) -> Result<Inspected, Finding> {
    if inspected.facts.format == Format::Svg && photo.crop.is_some() {
        let key = format!("photos.\"{}\".crop", photo.path);
        return Err(Finding::BadValue { key, error: ValueError::CropOfDrawing });
    }
    Ok(inspected)
}

fn inspect(folder: &IssueFolder, path: &str, bytes: &mut Vec<u8>) -> Result<Inspected, Finding> {
    folder.read_into(path, MAX_BYTES, bytes).map_err(|error| unread(path, error))?;
    let facts = examine(bytes).map_err(|error| unreadable(path, error))?;
    if let Some(limit) = pixel_limit(&facts) {
        let (width, height) = (u64::from(facts.width), u64::from(facts.height));
        let size = PhotoSize::Pixels { width, height, limit };
        return Err(Finding::PhotoTooLarge { path: path.to_owned(), size });
    }
    Ok(Inspected { facts, content: Content::of(bytes) })
}

/// How many pixels a photo may have that has too many of them.
fn pixel_limit(facts: &Facts) -> Option<u64> {
    if facts.pixels() >= TOO_MANY_PIXELS {
        return Some(TOO_MANY_PIXELS);
    }
    // With a few bytes a pixel more, fewer fit into memory.
    let share = || u128::from(facts.pixels()) * u128::from(MAX_PHOTO_MEMORY) / u128::from(facts.memory);
    (facts.memory > MAX_PHOTO_MEMORY).then(|| share() as u64)
}
