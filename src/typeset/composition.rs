//! The composition of the pages: which piece of the issue stands where.
//!
//! typst fills columns one after the other. What should stand at the head of a column, how much of a photo is cropped so
//! that columns end level, on which page a section begins: a layout that marks its pieces leaves that to this module.
//! `galley` reads their heights off a first setting, `search` finds the cheapest of all ways to place them by the prices
//! in `cost`, `orders` writes what was found for the layout, which sets the pages once more.

mod cost;
mod decision;
mod galley;
mod measure;
mod orders;
mod search;

use serde_json::Value;
use typst_layout::PagedDocument;

use decision::Decision;
use galley::{Galley, Piece, Shape};
use search::{Found, Search};

/// A composition: orders for the layout, and what should come of them.
pub(super) struct Composition {
    galley: Galley,
    found: Found,
    /// The number of pages that the issue should have.
    target: Option<usize>,
    /// How often it was corrected.
    corrections: usize,
}

/// What is kept from one setting of an issue to the next, so that what has not changed is not searched again: the first
/// search, and those after each correction.
#[derive(Default)]
pub(super) struct Searches {
    searches: Vec<Search>,
}

impl Searches {
    /// Composes the galleys of an issue, if possible in `target` pages. `None` where the layout cannot be composed.
    pub(super) fn compose(&mut self, galleys: &PagedDocument, target: Option<usize>) -> Option<Composition> {
        let galley = galley::read(galleys)?;
        let found = self.find(&galley, target, 0);
        Some(Composition { galley, found, target, corrections: 0 })
    }

    fn find(&mut self, galley: &Galley, target: Option<usize>, corrections: usize) -> Found {
        if self.searches.len() <= corrections {
            self.searches.resize_with(corrections + 1, Search::default);
        }
        self.searches[corrections].run(galley, target).unwrap_or_default()
    }
}

/// A piece that begins elsewhere than was meant.
struct Difference {
    zone: usize,
    piece: usize,
    /// By how much what stands above it is taller than was thought.
    by: f64,
}

/// What an editor should know of the pages. Pages count from 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Remark {
    /// A photo, by article and block counted from 0, stands on another page than the text around its call.
    PhotoFar { article: usize, block: usize, page: usize, called: usize },
    /// The last page is filled to so many hundredths.
    NearlyEmpty { page: usize, percent: u32 },
    /// The issue has not as many pages as it should.
    NotFitted { wanted: usize, pages: usize },
}

impl Composition {
    /// What could not be mended.
    pub(super) fn remarks(&self, document: &PagedDocument) -> Vec<Remark> {
        /// A page filled less than this looks like a mistake.
        const NEARLY_EMPTY: f64 = 0.3;
        let pages = document.pages().len();
        let mut remarks = self.far_photos(document);
        let filled = self.found.last_filled;
        // One page alone is as long as it is.
        let is_alone = pages <= self.galley.front_pages + 1;
        if !self.found.decisions.is_empty() && filled < NEARLY_EMPTY && !is_alone {
            remarks.push(Remark::NearlyEmpty { page: pages, percent: (filled * 100.0).round() as u32 });
        }
        let wanted = self.target.filter(|&wanted| wanted != pages);
        remarks.extend(wanted.map(|wanted| Remark::NotFitted { wanted, pages }));
        remarks
    }

    fn far_photos(&self, document: &PagedDocument) -> Vec<Remark> {
        let places = galley::places(document);
        let page_of = |piece: &Piece| places.get(&(piece.article.clone(), piece.key.clone())).map(|place| place.0 + 1);
        let is_photo = |piece: &Piece| matches!(piece.shape, Shape::Photo { .. } | Shape::Wide { .. });
        let mut remarks = Vec::new();
        for pieces in self.galley.zones.iter().map(|zone| &zone.pieces) {
            for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_photo(piece)) {
                let is_of_article = |other: &&Piece| other.article == piece.article && !is_photo(other);
                let before = pieces[..index].iter().rev().find(is_of_article).and_then(page_of);
                let after = pieces[index..].iter().find(is_of_article).and_then(page_of);
                let number = |text: &str, prefix: &str| text.strip_prefix(prefix)?.parse::<usize>().ok();
                let (Some(page), Some(first), Some(article), Some(block)) =
                    (page_of(piece), before, number(&piece.article, "article-"), number(&piece.key, "b"))
                else {
                    continue;
                };
                let called = after.unwrap_or(first);
                if !(first..=called.max(first)).contains(&page) && article > 0 {
                    remarks.push(Remark::PhotoFar { article: article - 1, block, page, called: first });
                }
            }
        }
        remarks
    }

    /// How often it was corrected.
    pub(super) fn corrections(&self) -> usize {
        self.corrections
    }

    /// What the layout is told. Where no composition was found, every section opens a page and all else falls as it
    /// will.
    pub(super) fn orders(&self) -> Value {
        orders::write(&self.galley, &self.found.decisions)
    }

    /// Looks for the first piece that does not stand where it was meant to, takes the height of the one above it from
    /// the pages, and composes anew. Whether there was one.
    pub(super) fn correct(&mut self, document: &PagedDocument, searches: &mut Searches) -> bool {
        let Some(Difference { zone, piece, by }) = self.first_difference(document) else { return false };
        // Above the first piece of a zone stands none whose height could be wrong.
        let above = piece.checked_sub(1).and_then(|above| self.galley.zones.get_mut(zone)?.pieces.get_mut(above));
        let Some(above) = above else { return false };
        above.add_height(by);
        self.corrections += 1;
        self.found = searches.find(&self.galley, self.target, self.corrections);
        true
    }

    /// The first piece that begins elsewhere than was meant.
    fn first_difference(&self, document: &PagedDocument) -> Option<Difference> {
        let places = galley::places(document);
        let geometry = &self.galley.geometry;
        let mut zone = 0;
        self.found.decisions.iter().find_map(|decision| {
            if let Decision::Zone { index, .. } = decision {
                zone = usize::from(*index);
            }
            let Decision::At { piece, page, column, y } = *decision else { return None };
            let (piece, page, column) = (usize::from(piece), usize::from(page), usize::from(column));
            let it = self.galley.zones.get(zone)?.pieces.get(piece)?;
            let &(real_page, x, real_y) = places.get(&(it.article.clone(), it.key.clone()))?;
            let real_column = ((x - geometry.left) / geometry.step + 0.5) as usize;
            let by = real_y - geometry.top - f64::from(y);
            let is_in_column = (real_page, real_column) == (page + self.galley.front_pages, column);
            match is_in_column {
                true if by.abs() < 0.5 => None,
                true => Some(Difference { zone, piece, by }),
                false => Some(Difference { zone, piece, by: geometry.line }),
            }
        })
    }
}
