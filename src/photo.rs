//! Photos: from the file the photographer sent to what goes into the PDF.
//!
//! `facts` looks at a file (`drawing`, where it is one) and `plan` decides what becomes of it without touching a pixel; `budget` says how good all
//! can be. `process` carries a plan out: `decode`, `colour`, `encode`, or `strip` where the file will do as it is.
//! `cache` keeps what was made, `permits` bounds what is made at once.

mod budget;
mod cache;
mod colour;
mod decode;
mod drawing;
mod encode;
mod facts;
mod jpeg;
mod permits;
mod plan;
mod process;
mod strip;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

pub use budget::{STEPS, Search, level};
pub use cache::{Cache, Content, Key};
pub use facts::{Facts, Format, examine};
use permits::Permits;
pub use plan::{COARSE, Encoding, Level, Plan, Sizes, placed_width, plan};
pub use process::{Done, process};

use crate::diagnostic::{Choices, Diagnostic, FileFault, Found, PhotoFault, PhotoSize, Problem};
use crate::fs::{IssueFolder, ReadFault};
use crate::issue::PhotoFile;
use crate::progress::Progress;

/// Largest photo file, in bytes.
pub const MAX_BYTES: u64 = 200_000_000;

/// A photo has fewer pixels than this.
const TOO_MANY_PIXELS: u64 = 100_000_000;

/// About how many bytes all decoders together may take.
const MAX_MEMORY: u64 = 600_000_000;

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

/// A photo as it goes into the PDF.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The author's file, relative to the issue folder.
    pub original: String,
    /// Where the layout finds it, such as `/photos/001.jpg`: numbered, for every path that typst meets stays in
    /// memory for good. Files of the same content share one.
    pub path: String,
    pub bytes: Arc<Vec<u8>>,
    /// How many bytes it takes in the PDF; 0 for drawings, of which it is not known before.
    pub weight: u64,
    /// Pixels as seen, of the prepared photo.
    pub width: u32,
    pub height: u32,
    /// Pixels as seen across the author's file; `None` for drawings, which have none.
    pub original_width: Option<u32>,
}

/// How photos are to be prepared.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// Largest sizes at which the layout places photos.
    pub sizes: Sizes,
    pub level: Level,
    /// Prepared photos of earlier runs.
    pub cache: Option<&'a Cache>,
}

/// Looks at every photo. One that cannot be read is `None`, with a finding wherever it is called for.
pub fn inspect_all(folder: &IssueFolder, photos: &[PhotoFile]) -> Found<Vec<Option<Inspected>>> {
    let permits = Permits::new(MAX_MEMORY);
    // Fresh memory for every file would take longer than to read and hash it.
    let buffers = Mutex::new(Vec::new());
    let inspect = |photo: &PhotoFile| {
        let free = || buffers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut buffer: Vec<u8> = free().pop().unwrap_or_default();
        let result = permits.with(INSPECTION, || inspect(folder, &photo.path, &mut buffer));
        free().push(buffer);
        Some(result)
    };
    let mut results: Vec<_> = photos.par_iter().with_max_len(1).map(inspect).collect();
    name_nearest(folder, &mut results);
    with_findings(results, photos)
}

/// Says of photos that are not there which file may be meant, in their order and for the first of them.
fn name_nearest(folder: &IssueFolder, results: &mut [Option<Result<Inspected, Problem>>]) {
    let mut choices = None;
    for result in results.iter_mut().flatten() {
        if let Err(Problem::PhotoMissing { path, nearest }) = result {
            let choices = choices.get_or_insert_with(|| {
                Choices::new(folder.files().into_iter().filter(|file| !file.ends_with(".md")).collect())
            });
            *nearest = choices.nearest(path);
        }
    }
}

fn inspect(folder: &IssueFolder, path: &str, bytes: &mut Vec<u8>) -> Result<Inspected, Problem> {
    folder.read_into(path, MAX_BYTES, bytes).map_err(|fault| unread(path, fault))?;
    let facts = examine(bytes).map_err(|fault| unreadable(path, fault))?;
    if facts.pixels() >= TOO_MANY_PIXELS {
        let (width, height) = (u64::from(facts.width), u64::from(facts.height));
        let size = PhotoSize::Pixels { width, height, limit: TOO_MANY_PIXELS };
        return Err(Problem::PhotoTooLarge { path: path.to_owned(), size });
    }
    if facts.memory > MAX_PHOTO_MEMORY {
        let (width, height) = (u64::from(facts.width), u64::from(facts.height));
        let limit = (u128::from(facts.pixels()) * u128::from(MAX_PHOTO_MEMORY) / u128::from(facts.memory)) as u64;
        let size = PhotoSize::Pixels { width, height, limit };
        return Err(Problem::PhotoTooLarge { path: path.to_owned(), size });
    }
    Ok(Inspected { facts, content: Content::of(bytes) })
}

/// What is to be made of the photos that have the same content.
struct Job<'a> {
    /// The first of them, counted from 0.
    index: usize,
    path: &'a str,
    inspected: Inspected,
    plan: Plan,
}

/// Prepares the photos that were inspected, on as many threads as the current rayon pool has. Those that cannot be
/// prepared are `None`, with a finding wherever they are called for; when it is stopped, all that were left, without.
pub fn prepare_all(
    folder: &IssueFolder,
    photos: &[PhotoFile],
    inspected: &[Option<Inspected>],
    settings: Settings<'_>,
    progress: &dyn Progress,
) -> Found<Vec<Option<Prepared>>> {
    let mut jobs = jobs(photos, inspected, settings);
    // The heaviest first, so that no thread is left with one at the end.
    jobs.sort_by_key(|job| Reverse(job.inspected.facts.pixels()));
    let (permits, count, all) = (Permits::new(MAX_MEMORY), AtomicUsize::new(0), jobs.len());
    progress.photos(0, all);
    let done: HashMap<_, _> = jobs
        .par_iter()
        .with_max_len(1)
        .filter(|_| !progress.is_stopped())
        .map(|job| {
            let result = carry_out(folder, job, settings.cache, &permits);
            progress.photos(count.fetch_add(1, Ordering::Relaxed) + 1, all);
            (job.inspected.content, result)
        })
        .collect();
    if let Some(cache) = settings.cache {
        cache.prune();
    }
    let results = photos.iter().zip(inspected).map(|(photo, inspected)| {
        let result = done.get(&inspected.as_ref()?.content)?.clone();
        Some(result.map(|prepared| Prepared { original: photo.path.clone(), ..prepared }))
    });
    with_findings(results.collect(), photos)
}

/// One job for each content, with a plan for all places where photos of that content stand.
fn jobs<'a>(photos: &'a [PhotoFile], inspected: &[Option<Inspected>], settings: Settings<'_>) -> Vec<Job<'a>> {
    let mut first = HashMap::new();
    let mut found = Vec::new();
    for (index, (photo, inspected)) in photos.iter().zip(inspected).enumerate() {
        let Some(inspected) = *inspected else { continue };
        let at = *first.entry(inspected.content).or_insert_with(|| {
            found.push((index, inspected, Vec::new()));
            found.len() - 1
        });
        found[at].2.extend(photo.calls.iter().map(|(_, usage)| *usage));
    }
    let job = |(index, inspected, uses): (usize, Inspected, Vec<_>)| {
        let plan = plan(&inspected.facts, &uses, &settings.sizes, settings.level);
        Job { index, path: &photos[index].path, inspected, plan }
    };
    found.into_iter().map(job).collect()
}

fn carry_out(
    folder: &IssueFolder,
    job: &Job<'_>,
    cache: Option<&Cache>,
    permits: &Permits,
) -> Result<Prepared, Problem> {
    let Job { path, inspected: Inspected { facts, content }, plan, .. } = job;
    let key = Key::new(content, plan);
    let done = match cache.and_then(|cache| cache.get(&key)) {
        Some(done) => done,
        None => permits.with(facts.memory + facts.bytes, || {
            let bytes = folder.read(path, MAX_BYTES).map_err(|fault| unread(path, fault))?;
            if Content::of(&bytes) != *content {
                return Err(unreadable(path, PhotoFault::Changed));
            }
            let done = process(&bytes, facts, plan).map_err(|fault| unreadable(path, fault))?;
            if let Some(cache) = cache {
                cache.put(&key, &done);
            }
            Ok(done)
        })?,
    };
    Ok(Prepared {
        original: (*path).to_owned(),
        path: format!("/photos/{:03}.{}", job.index + 1, done.file.extension),
        bytes: Arc::new(done.file.bytes),
        weight: done.file.weight,
        width: done.width,
        height: done.height,
        original_width: (facts.format != Format::Svg).then_some(facts.width),
    })
}

/// What came of each photo, with a finding at every call of those of which nothing came. What was not tried has none.
fn with_findings<T>(results: Vec<Option<Result<T, Problem>>>, photos: &[PhotoFile]) -> Found<Vec<Option<T>>> {
    let mut diagnostics = Vec::new();
    let value = results.into_iter().zip(photos).map(|(result, photo)| match result? {
        Ok(value) => Some(value),
        Err(problem) => {
            let places = photo.calls.iter().map(|(place, _)| place.clone());
            diagnostics.extend(places.map(|place| Diagnostic::error(problem.clone(), place)));
            None
        }
    });
    let value = value.collect();
    Found { value, diagnostics }
}

/// How many bytes the photos take in the PDF, as far as it is known before.
pub fn weight(photos: &[Prepared]) -> u64 {
    let unique: HashMap<_, _> = photos.iter().map(|photo| (&photo.path, photo.weight)).collect();
    unique.values().sum()
}

fn unreadable(path: &str, fault: PhotoFault) -> Problem {
    Problem::PhotoUnreadable { path: path.to_owned(), fault }
}

/// Why a photo file cannot be read at all.
fn unread(path: &str, fault: ReadFault) -> Problem {
    match fault {
        ReadFault::Outside => Problem::OutsideIssue { path: path.to_owned() },
        ReadFault::NotFound => Problem::PhotoMissing { path: path.to_owned(), nearest: None },
        ReadFault::File(FileFault::TooLarge { limit }) => {
            Problem::PhotoTooLarge { path: path.to_owned(), size: PhotoSize::Bytes { bytes: limit + 1, limit } }
        }
        ReadFault::File(fault) => Problem::PhotoUnreadable { path: path.to_owned(), fault: PhotoFault::File(fault) },
    }
}

/// A decoder's words, as a fault.
fn broken(error: impl std::fmt::Display) -> PhotoFault {
    PhotoFault::Broken(error.to_string())
}
