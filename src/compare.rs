//! The pages of an archive beside those that its source builds: text, pictures, number, order, and all that shows.
//!
//! Bytes that differ may say the same, where another program has written the file anew; and a file may carry the right
//! sources and the wrong pages. So both PDFs are read into plain data, and page is held against page.

mod align;
mod canonical;
mod content;
mod resolve;
mod snapshot;

use std::collections::BTreeSet;

use align::{Aligned, align};
use snapshot::{Note, NoteKind, Page};
pub use snapshot::{Snapshot, read};

use crate::lock::Difference;

/// A PDF that is none, or has more in it than is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// What is expected to be alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// All that shows: the same versions made both of the same sources.
    Everything,
    /// Text and pictures, though the versions are the same: the sources differ.
    OtherSources,
    /// Text and pictures: other versions set pages otherwise.
    OtherVersions,
}

/// What a comparison has found.
#[derive(Debug, Default)]
pub struct Comparison {
    pub differences: Vec<Difference>,
    /// Whether every page says what it should, and nothing was added that can show.
    pub reads_the_same: bool,
    /// Whether every page has the text that it should have, in the order.
    pub same_text: bool,
}

/// What a file has in place of what was built of its source.
pub fn compare(file: &Snapshot, built: &Snapshot, likeness: Likeness) -> Comparison {
    let keys = |snapshot: &Snapshot| -> Vec<_> { snapshot.pages.iter().map(Page::key).collect() };
    let words = |snapshot: &Snapshot, page: usize| trigrams(&snapshot.pages[page].drawn.text);
    let aligned = align(&keys(file), &keys(built), |a, b| alike(&words(file, a), &words(built, b)));
    let is_same_list = aligned.iter().all(|pair| matches!(pair, Aligned::Pair(a, b) if a == b));
    let mut found = Vec::new();
    let (mut other_looks, mut other_links) = (Vec::new(), Vec::new());
    for pair in &aligned {
        match *pair {
            Aligned::Removed(page) => found.push(Difference::PageRemoved(page + 1)),
            Aligned::Added(page) => found.push(Difference::PageAdded(page + 1)),
            Aligned::Pair(a, b) | Aligned::Moved(a, b) => {
                if matches!(pair, Aligned::Moved(..)) {
                    found.push(Difference::PageMoved(a + 1, b + 1));
                }
                let (one, other) = (&file.pages[a], &built.pages[b]);
                if one.drawn.text != other.drawn.text {
                    found.push(Difference::PageText(a + 1));
                }
                if one.drawn.pictures != other.drawn.pictures {
                    found.push(Difference::PagePicture(a + 1));
                }
                if one.drawn == other.drawn && one.look != other.look {
                    other_looks.push(a + 1);
                }
                if notes_differ(one, other, NoteKind::Shown) {
                    found.push(Difference::PageNote(a + 1));
                }
                // Links of another text are others; and where pages are missing, links within the document cannot lead
                // where they did.
                let inside = is_same_list && notes_differ(one, other, NoteKind::Inside);
                if one.drawn == other.drawn && (inside || notes_differ(one, other, NoteKind::Outside)) {
                    other_links.push(a + 1);
                }
            }
        }
    }
    let same_text = is_same_list && !found.iter().any(|found| matches!(found, Difference::PageText(_)));
    if likeness == Likeness::Everything {
        found.extend(other_looks.into_iter().map(Difference::PageLook));
        found.extend(other_links.into_iter().map(Difference::PageLink));
    } else if !other_looks.is_empty() || !other_links.is_empty() {
        found.push(Difference::LookUnknown);
    }
    found.extend(parts(file, built, likeness, is_same_list));
    if file.revisions > 1 {
        found.push(Difference::Update(file.revisions - 1));
    }
    if !file.is_sound {
        found.push(Difference::Appended);
    }
    let shows = |difference: &Difference| match difference {
        Difference::Document(part) => !is_silent(part),
        Difference::Update(_) | Difference::Appended => false,
        // What cannot be judged is vouched for by nobody, whatever the file says of the versions that made it.
        _ => true,
    };
    Comparison { reads_the_same: !found.iter().any(shows), differences: found, same_text }
}

impl Page {
    /// What the page is known by.
    fn key(&self) -> canonical::Hash {
        let pictures = self.drawn.pictures.concat();
        canonical::hash(b'y', &[self.drawn.text.as_bytes(), &[0], &pictures].concat())
    }
}

/// Whether other things of a kind lie on a page than should.
fn notes_differ(file: &Page, built: &Page, kind: NoteKind) -> bool {
    let of = |page: &Page| -> Vec<(canonical::Hash, Vec<usize>)> {
        let mut notes: Vec<_> = page.notes.iter().filter(|note| note.kind == kind).map(Note::key).collect();
        notes.sort_unstable();
        notes
    };
    of(file) != of(built)
}

impl Note {
    fn key(&self) -> (canonical::Hash, Vec<usize>) {
        (self.hash, self.targets.clone())
    }
}

/// What differs beside the pages.
fn parts(file: &Snapshot, built: &Snapshot, likeness: Likeness, is_same_list: bool) -> Vec<Difference> {
    let names: BTreeSet<_> = file.parts.keys().chain(built.parts.keys()).collect();
    let differs = |name: &&String| match likeness {
        Likeness::Everything => file.parts.get(*name) != built.parts.get(*name),
        // What is new and shows is no matter of versions.
        _ => !built.parts.contains_key(*name) && !is_silent(name),
    };
    // Where pages are missing, what leads to them cannot be as it was.
    let follows = |name: &str| ["Outlines", "StructTreeRoot", "Names/Dests", "PageLabels"].contains(&name);
    let named = names.into_iter().filter(differs).filter(|name| is_same_list || !follows(name));
    named.map(|name| Difference::Document(name.clone())).collect()
}

/// Whether a part of a document shows on no page.
fn is_silent(part: &str) -> bool {
    let parts = [
        "Metadata",
        "Outlines",
        "PageLabels",
        "Names/Dests",
        "Lang",
        "ViewerPreferences",
        "OutputIntents",
        "MarkInfo",
        "PageMode",
        "PageLayout",
        "AF",
        "Names/EmbeddedFiles",
    ];
    part.starts_with("Info/") || parts.contains(&part)
}

/// Every three letters that follow one another.
fn trigrams(text: &str) -> BTreeSet<[char; 3]> {
    let letters: Vec<_> = text.chars().collect();
    letters.windows(3).filter_map(|three| three.try_into().ok()).collect()
}

/// How much of two texts is the same, from 0 to 1.
fn alike(a: &BTreeSet<[char; 3]>, b: &BTreeSet<[char; 3]>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
