//! The marked content of the pages: what the elements of the structure tree point to.

use rustc_hash::FxHashMap;

use super::glyphs::{Area, Page, Placed};
use super::pictures::is_picture;

/// A figure and its picture cover one another by this share.
const SHARED: f32 = 0.6;

/// What one piece of marked content holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marked {
    /// Indices of glyphs of its page.
    pub(super) glyphs: Vec<usize>,
    pub(super) pictures: Vec<Placed>,
}

/// All marked content that no element has taken yet.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Pictures outside of the text by the word of their page: a figure may claim one by its place.
    loose: Vec<(usize, Placed)>,
    marked: FxHashMap<(usize, i32), Marked>,
}

impl Contents {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut loose = Vec::new();
        let mut marked: FxHashMap<(usize, i32), Marked> = FxHashMap::default();
        for (number, page) in pages.iter().enumerate() {
            for (index, glyph) in page.glyphs.iter().enumerate() {
                if let Some(mcid) = glyph.mcid.filter(|_| !glyph.artifact) {
                    marked.entry((number, mcid)).or_default().glyphs.push(index);
                }
            }
            for placed in page.pictures.iter().filter(|placed| is_picture(placed.area)) {
                match placed.mcid.filter(|_| !placed.artifact) {
                    Some(mcid) => marked.entry((number, mcid)).or_default().pictures.push(placed.clone()),
                    None => loose.push((number, placed.clone())),
                }
            }
        }
        Self { loose, marked }
    }

    /// Takes a piece; a second element gets nothing.
    pub(super) fn take(&mut self, page: usize, mcid: i32) -> Marked {
        self.marked.remove(&(page, mcid)).unwrap_or_default()
    }

    /// Takes the loose picture that fills this part of a page.
    pub(super) fn claim(&mut self, page: usize, area: Area) -> Option<Placed> {
        let found = self.loose.iter().position(|(number, placed)| {
            let shared = placed.area.meet(area).size();
            *number == page && shared > placed.area.size() * SHARED && shared > area.size() * SHARED
        })?;
        Some(self.loose.swap_remove(found).1)
    }

    /// The pictures that nothing has taken, page by page.
    pub(super) fn rest(&mut self) -> Vec<(usize, Placed)> {
        let mut rest = std::mem::take(&mut self.loose);
        // Sorted below: the order of the map does not show.
        rest.extend(
            std::mem::take(&mut self.marked)
                .into_iter()
                .flat_map(|((page, _), marked)| marked.pictures.into_iter().map(move |placed| (page, placed))),
        );
        rest.sort_by_key(|(page, placed)| (*page, placed.after, placed.picture));
        rest
    }

    /// Whether a piece waits to be taken.
    pub(super) fn holds(&self, page: usize, mcid: i32) -> bool {
        self.marked.contains_key(&(page, mcid))
    }
}
