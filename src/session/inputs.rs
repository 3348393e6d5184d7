//! What a session has read: the issue, its layout, the facts about its photos, and the findings on the way. It is read
//! again on request, and what has not changed is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::context::Options;
use crate::check::{self, OwnWords};
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::fs::{Entry, IssueFolder, OWN_LAYOUT_MAIN};
use crate::issue::{Issue, PhotoFile};
use crate::layout::{self, Layout};
use crate::lock::{self, Lock};
use crate::photo::{self, Inspected, Sizes};
use crate::reading::{self, Reading};
use crate::source::Text;
use crate::workspace::Workspace;

/// What is known of an issue before anything is made of it.
pub(super) struct Inputs {
    /// `None` where there is no manifest.
    pub issue: Option<Issue>,
    /// `None` where it cannot be found or read.
    pub layout: Option<Arc<Layout>>,
    /// Every photo once, in order of first call.
    pub photos: Vec<PhotoFile>,
    /// What each of them is; `None` where that cannot be told, with a finding.
    pub inspected: Vec<Option<Inspected>>,
    /// Texts as they were read, in order: what an archive keeps.
    pub texts: Vec<(String, Vec<u8>)>,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
    layout_files: LayoutFiles,
    /// How the files of photos stood in their folder when they were looked at.
    photo_entries: BTreeMap<String, Entry>,
    read_at: SystemTime,
}

/// What a layout was found by: while this is the same, so is the layout.
#[derive(PartialEq)]
struct LayoutFiles {
    name: String,
    entries: Vec<Entry>,
}

/// What has changed in an issue since it was read before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Manifest and articles whose bytes are other than before, that are new or gone: paths in the issue.
    pub texts: BTreeSet<String>,
    /// Photos of which the same is true.
    pub photos: BTreeSet<String>,
    pub layout: bool,
}

impl Changes {
    /// Whether all is as before.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Inputs {
    /// Reads an issue; of what was read before, layout and photos that have not changed are kept. Texts are read anew,
    /// for they are small, and a file system may not tell that one has changed.
    pub(super) fn read(folder: &IssueFolder, options: &Options, before: Option<&Self>) -> Self {
        let read_at = SystemTime::now();
        let read = reading::read(folder);
        let mut diagnostics = read.diagnostics;
        let Reading { issue, photos, layout: asked, texts } = read.value;

        let entries = photos.iter().filter_map(|photo| Some((photo.path.clone(), folder.entry(&photo.path)?)));
        let photo_entries: BTreeMap<_, _> = entries.collect();
        let known = |path: &str| before?.known_photo(path, photo_entries.get(path)?);
        let ((layout, layout_files), inspected) = rayon::join(
            || find_layout(folder, options, asked.as_ref(), before),
            || photo::inspect_all(folder, &photos, known),
        );
        diagnostics.extend(layout.as_ref().err().cloned());
        let layout = layout.ok();
        diagnostics.extend(inspected.diagnostics);
        let both = issue.as_ref().zip(layout.as_ref());
        diagnostics.extend(both.map(|(issue, layout)| layout::check(issue, layout)).unwrap_or_default());
        let inspected = inspected.value;
        Self { issue, layout, photos, inspected, texts, diagnostics, layout_files, photo_entries, read_at }
    }

    /// Whether nothing found so far is an error.
    pub(super) fn is_sound(&self) -> bool {
        !has_errors(&self.diagnostics)
    }

    /// How large the layout places photos.
    pub(super) fn sizes(&self) -> Sizes {
        self.layout.as_ref().map_or_else(Sizes::default, |layout| layout.spec.sizes)
    }

    /// The warnings about an issue that can be set. In one with errors, files that no article names say nothing.
    pub(super) fn lints(&self, folder: &IssueFolder) -> Vec<Diagnostic> {
        let Some(issue) = &self.issue else { return Vec::new() };
        let mut found = if self.is_sound() { check::unlisted(issue, folder) } else { Vec::new() };
        let own_words = OwnWords::new(issue, &Workspace::of(folder).words());
        found.extend(check::texts(issue, own_words));
        let counts_items = self.layout.as_ref().is_some_and(|layout| layout.counts_items());
        found.extend(check::list_numbers(issue, counts_items));
        found.extend(check::articles(issue));
        found.extend(check::photos(issue, folder, &self.photos, &self.inspected, &self.sizes()));
        self.leave_out_ignored(&mut found);
        found
    }

    /// Leaves out the warnings that the issue does not want to hear of.
    pub(super) fn leave_out_ignored(&self, found: &mut Vec<Diagnostic>) {
        let ignored = self.issue.as_ref().map(|issue| issue.manifest.ignored.as_slice()).unwrap_or_default();
        found.retain(|found| {
            found.severity == Severity::Error || !ignored.iter().any(|code| code.value == found.code())
        });
    }

    /// What is other than it was.
    pub(super) fn changes_since(&self, before: &Self) -> Changes {
        let texts = |inputs: &Self| -> BTreeMap<_, _> { inputs.texts.iter().cloned().collect() };
        let photos = |inputs: &Self| -> BTreeMap<_, _> {
            let contents = inputs.inspected.iter().map(|inspected| inspected.map(|inspected| inspected.content));
            inputs.photos.iter().map(|photo| photo.path.clone()).zip(contents).collect()
        };
        let is_same_layout = match (&self.layout, &before.layout) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, then) || now.is_same(then),
            (now, then) => now.is_none() && then.is_none(),
        };
        Changes {
            texts: differing(&texts(self), &texts(before)),
            photos: differing(&photos(self), &photos(before)),
            layout: !is_same_layout,
        }
    }

    /// What is known of a photo whose file stands in its folder as it did before.
    fn known_photo(&self, path: &str, entry: &Entry) -> Option<Inspected> {
        let is_same = self.photo_entries.get(path) == Some(entry) && is_settled(entry, self.read_at);
        let index = self.photos.iter().position(|photo| photo.path == path).filter(|_| is_same)?;
        *self.inspected.get(index)?
    }
}

/// Finds the layout, unless it is that of before.
fn find_layout(
    folder: &IssueFolder,
    options: &Options,
    asked: Option<&Text>,
    before: Option<&Inputs>,
) -> (Result<Arc<Layout>, Diagnostic>, LayoutFiles) {
    let forced = options.layout.clone().or_else(|| pinned_layout(folder));
    let asked = asked.filter(|_| forced.is_none());
    let name = forced.or_else(|| asked.map(|text| text.value.clone())).unwrap_or_else(|| layout::DEFAULT.to_owned());
    let files = LayoutFiles { name, entries: folder.layout_entries() };
    let same = before.filter(|before| {
        before.layout_files == files && files.entries.iter().all(|entry| is_settled(entry, before.read_at))
    });
    if let Some(layout) = same.and_then(|before| before.layout.clone()) {
        return (Ok(layout), files);
    }
    let found = layout::find(&Workspace::of(folder), Some(folder), &files.name, asked);
    (found.map(Arc::new), files)
}

/// The name of the layout that an issue taken out of an archive carries, which may be another than its manifest names.
fn pinned_layout(folder: &IssueFolder) -> Option<String> {
    const MAX_LOCK: u64 = 10_000_000;
    let lock = folder.read(lock::FILE, MAX_LOCK).ok()?;
    let carries_layout = folder.read(OWN_LAYOUT_MAIN, photo::MAX_BYTES).is_ok();
    let lock = Lock::read(std::str::from_utf8(&lock).ok()?)?;
    carries_layout.then_some(lock.layout.name)
}

/// Whether a file that was read at a time cannot have been written to since without its entry telling: file systems keep
/// times in steps, of two seconds at the most.
fn is_settled(entry: &Entry, read_at: SystemTime) -> bool {
    const STEP: Duration = Duration::from_secs(2);
    read_at.duration_since(entry.modified).is_ok_and(|age| age > STEP)
}

/// The keys whose values differ, or that only one of the two has.
fn differing<V: PartialEq>(now: &BTreeMap<String, V>, then: &BTreeMap<String, V>) -> BTreeSet<String> {
    let keys = now.keys().chain(then.keys());
    keys.filter(|key| now.get(*key) != then.get(*key)).cloned().collect()
}
