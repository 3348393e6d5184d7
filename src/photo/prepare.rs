//! Prepares photos for their places: those of the same content once, several at a time.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::cache::{Cache, Content, Key};
use super::format::Format;
use super::inspect::Inspected;
use super::memory_limit::MemoryLimit;
use super::part::Part;
use super::plan::{Level, Plan, Sizes, plan_part};
use super::process::process;
use super::{MAX_BYTES, MAX_MEMORY, unread, unreadable, with_findings};
use crate::diagnostic::{Finding, PhotoError, WithDiagnostics};
use crate::fs::IssueFolder;
use crate::issue::PhotoFile;
use crate::progress::Progress;

/// A photo as it goes into the PDF.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What it was made of.
    pub key: Key,
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
    /// Whether it is sure to be what a camera took, and no chart or drawing.
    pub is_photograph: bool,
    /// Pixels as seen across what is shown of the author's file; `None` for drawings, which have none.
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
    /// Prepared photos of earlier builds in this run.
    pub kept: &'a Kept,
}

/// Prepared photos by what they were made of.
pub type Kept = HashMap<Key, Prepared>;

/// What is to be made of the photos that show the same part of the same content.
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
) -> WithDiagnostics<Vec<Option<Prepared>>> {
    let mut jobs = jobs(photos, inspected, settings);
    // The heaviest first, so that no thread is left with one at the end.
    jobs.sort_by_key(|job| Reverse(job.inspected.facts.pixels()));
    let (memory, count, all) = (MemoryLimit::new(MAX_MEMORY), AtomicUsize::new(0), jobs.len());
    progress.photos(0, all);
    let done: HashMap<_, _> = jobs
        .par_iter()
        .with_max_len(1)
        .filter(|_| !progress.is_stopped())
        .map(|job| {
            let result = carry_out(folder, job, settings, &memory);
            progress.photos(count.fetch_add(1, Ordering::Relaxed) + 1, all);
            ((job.inspected.content, job.plan.part), result)
        })
        .collect();
    if let Some(cache) = settings.cache {
        cache.prune();
    }
    let results = photos.iter().zip(inspected).map(|(photo, inspected)| {
        let Inspected { facts, content } = inspected.as_ref()?;
        let result = done.get(&(*content, Part::of(facts, photo.crop)))?.clone();
        Some(result.map(|prepared| Prepared { original: photo.path.clone(), ..prepared }))
    });
    with_findings(results.collect(), photos)
}

/// One job for each part of each content, with a plan for all places where that stands.
fn jobs<'a>(photos: &'a [PhotoFile], inspected: &[Option<Inspected>], settings: Settings<'_>) -> Vec<Job<'a>> {
    let mut first = HashMap::new();
    let mut found = Vec::new();
    for (index, (photo, inspected)) in photos.iter().zip(inspected).enumerate() {
        let Some(inspected) = *inspected else { continue };
        let part = Part::of(&inspected.facts, photo.crop);
        let at = *first.entry((inspected.content, part)).or_insert_with(|| {
            found.push((index, inspected, part, Vec::new()));
            found.len() - 1
        });
        found[at].3.extend(photo.calls.iter().map(|(_, usage)| *usage));
    }
    let job = |(index, inspected, part, uses): (usize, Inspected, Part, Vec<_>)| {
        let plan = plan_part(&inspected.facts, part, &uses, &settings.sizes, settings.level);
        Job { index, path: &photos[index].path, inspected, plan }
    };
    found.into_iter().map(job).collect()
}

fn carry_out(
    folder: &IssueFolder,
    job: &Job<'_>,
    Settings { cache, kept, .. }: Settings<'_>,
    memory: &MemoryLimit,
) -> Result<Prepared, Finding> {
    let Job { path, inspected: Inspected { facts, content }, plan, .. } = job;
    let key = Key::new(content, plan);
    let place = |extension: &str| format!("/photos/{:03}.{extension}", job.index + 1);
    if let Some(kept) = kept.get(&key) {
        let extension = kept.path.rsplit_once('.').map_or("", |(_, extension)| extension);
        return Ok(Prepared { original: (*path).to_owned(), path: place(extension), ..kept.clone() });
    }
    let done = match cache.and_then(|cache| cache.get(&key)) {
        Some(done) => done,
        None => memory.with(facts.memory_for(plan.pixels()) + facts.bytes, || {
            let bytes = folder.read(path, MAX_BYTES).map_err(|error| unread(path, error))?;
            if Content::of(&bytes) != *content {
                return Err(unreadable(path, PhotoError::Changed));
            }
            let done = process(&bytes, facts, plan).map_err(|error| unreadable(path, error))?;
            if let Some(cache) = cache {
                cache.put(&key, &done);
            }
            Ok(done)
        })?,
    };
    Ok(Prepared {
        key,
        original: (*path).to_owned(),
        path: place(done.file.extension),
        bytes: Arc::new(done.file.bytes),
        weight: done.file.weight,
        width: done.width,
        height: done.height,
        is_photograph: facts.format.is_photograph(),
        original_width: (facts.format != Format::Svg).then_some(plan.part.width),
    })
}

/// How many bytes the photos take in the PDF, as far as it is known before.
pub fn weight(photos: &[Prepared]) -> u64 {
    let unique: HashMap<_, _> = photos.iter().map(|photo| (&photo.path, photo.weight)).collect();
    unique.values().sum()
}
