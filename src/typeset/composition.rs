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
mod refit;
mod search;
mod spread;

use serde_json::Value;
use typst_layout::PagedDocument;

use decision::Decision;
use galley::{Galley, Piece, Places, Shape};
use search::{Found, Search, Stuck};

/// A composition: orders for the layout, and what should come of them.
pub(super) struct Composition {
    galley: Galley,
    found: Found,
    /// Where no composition was found: what found no place, or came out otherwise every time.
    stuck: Option<Stuck>,
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

/// An issue that is to be composed.
pub(super) struct Galleys(Galley);

impl Galleys {
    /// Reads galleys that a layout has set. `None` where it cannot be composed.
    pub(super) fn read(document: &PagedDocument) -> Option<Self> {
        galley::read(document).map(Self)
    }

    /// Orders for setting the paragraphs that might become a line shorter or longer; `None` where there are none.
    pub(super) fn probes(&self) -> Option<Value> {
        refit::probes(&self.0)
    }

    /// Learns from what was set by these orders.
    pub(super) fn learn(&mut self, probes: &PagedDocument) {
        if let Some(probes) = galley::read(probes) {
            refit::apply(&mut self.0, probes);
        }
    }
}

impl Searches {
    /// Composes the galleys of an issue, if possible in `target` pages.
    pub(super) fn compose(&mut self, galleys: Galleys, target: Option<usize>) -> Composition {
        let Galleys(galley) = galleys;
        let (found, stuck) = self.find(&galley, target, 0);
        Composition { galley, found, stuck, target, corrections: 0 }
    }

    fn find(&mut self, galley: &Galley, target: Option<usize>, corrections: usize) -> (Found, Option<Stuck>) {
        if self.searches.len() <= corrections {
            self.searches.resize_with(corrections + 1, Search::default);
        }
        match self.searches[corrections].run(galley, target) {
            Ok(found) => (found, None),
            Err(stuck) => (Found::default(), Some(stuck)),
        }
    }
}

/// Places that differ by less, in points, are the same.
const EXACT: f64 = 0.5;

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
    /// The pages fall as they will, for this article, and this block if it is one, has no place: both counted from 0.
    NotComposed { article: usize, block: Option<usize> },
}

/// The number in a name such as `article-3`.
fn numbered(name: &str, prefix: &str) -> Option<usize> {
    name.strip_prefix(prefix)?.parse().ok()
}

/// Where the pieces of a composed document stand.
pub(super) fn places(document: &PagedDocument) -> Places {
    galley::places(document)
}

impl Composition {
    /// What could not be mended in so many pages.
    pub(super) fn remarks(&self, places: &Places, pages: usize) -> Vec<Remark> {
        let mut remarks = self.far_photos(places);
        let filled = self.found.last_filled;
        // One page alone is as long as it is.
        let is_alone = pages <= self.front_pages(places) + 1;
        if !self.found.decisions.is_empty() && filled < cost::NEARLY_EMPTY && !is_alone {
            remarks.push(Remark::NearlyEmpty { page: pages, percent: (filled * 100.0).round() as u32 });
        }
        let wanted = self.target.filter(|&wanted| wanted != pages);
        remarks.extend(wanted.map(|wanted| Remark::NotFitted { wanted, pages }));
        remarks.extend(self.not_composed());
        remarks
    }

    fn not_composed(&self) -> Option<Remark> {
        let Stuck { zone, piece } = self.stuck?;
        let piece = self.galley.zones.get(zone)?.pieces.get(piece)?;
        let article = numbered(&piece.article, "article-")?.checked_sub(1)?;
        Some(Remark::NotComposed { article, block: numbered(&piece.key, "b") })
    }

    fn far_photos(&self, places: &Places) -> Vec<Remark> {
        let page_of = |piece: &Piece| places.get(&(piece.article.clone(), piece.key.clone())).map(|place| place.0 + 1);
        let can_move = |piece: &Piece| matches!(piece.shape, Shape::Photo(_) | Shape::Wide(_));
        let is_photo = |piece: &Piece| can_move(piece) && !piece.aside;
        let mut remarks = Vec::new();
        for pieces in self.galley.zones.iter().map(|zone| &zone.pieces) {
            for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_photo(piece)) {
                let is_of_article = |other: &&Piece| other.article == piece.article && !can_move(other);
                let before = pieces[..index].iter().rev().find(is_of_article).and_then(page_of);
                let after = pieces[index..].iter().find(is_of_article).and_then(page_of);
                let (Some(page), Some(first), Some(article), Some(block)) =
                    (page_of(piece), before, numbered(&piece.article, "article-"), numbered(&piece.key, "b"))
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

    /// Whether every piece stands where it was meant to.
    pub(super) fn is_as_meant(&self, places: &Places) -> bool {
        self.first_difference(places, EXACT).is_none() && self.other_front(places).is_none()
    }

    /// The same, but for what nobody sees and what is set over nothing else.
    pub(super) fn is_nearly_as_meant(&self, places: &Places) -> bool {
        self.first_difference(places, 0.3 * self.galley.geometry.line).is_none()
    }

    /// How many pages stand before the articles, where that was thought to be another number and matters.
    fn other_front(&self, places: &Places) -> Option<usize> {
        self.target?;
        let front_pages = self.front_pages(places);
        (front_pages != self.galley.front_pages).then_some(front_pages)
    }

    /// Takes the height of what stands above the first piece that is elsewhere than it was meant to from the pages, and
    /// composes anew.
    pub(super) fn correct(&mut self, places: &Places, searches: &mut Searches) {
        self.corrections += 1;
        self.galley.front_pages = self.other_front(places).unwrap_or(self.galley.front_pages);
        if let Some(Difference { zone, piece, by }) = self.first_difference(places, EXACT)
            && let Some(zone) = self.galley.zones.get_mut(zone)
        {
            match piece.checked_sub(1).and_then(|above| zone.pieces.get_mut(above)) {
                Some(above) => above.add_height(by),
                None => zone.head.iter_mut().for_each(|head| head.height += by),
            }
        }
        (self.found, self.stuck) = searches.find(&self.galley, self.target, self.corrections);
    }

    /// Lets everything fall as it will: what was meant for other heights would be set over something else.
    pub(super) fn give_up(&mut self, places: &Places) {
        self.stuck = self.first_difference(places, EXACT).map(|it| Stuck { zone: it.zone, piece: it.piece });
        self.found = Found::default();
    }

    /// How many pages stand before the articles: more than in the galleys where the contents, which are still empty there,
    /// take several.
    fn front_pages(&self, places: &Places) -> usize {
        let mut zone = 0;
        let first = self.found.decisions.iter().find_map(|decision| match *decision {
            Decision::Zone { index, .. } => {
                zone = usize::from(index);
                None
            }
            Decision::At { piece, page, .. } => Some((zone, usize::from(piece), usize::from(page))),
            _ => None,
        });
        let front_pages = first.and_then(|(zone, piece, page)| {
            let piece = self.galley.zones.get(zone)?.pieces.get(piece)?;
            places.get(&(piece.article.clone(), piece.key.clone()))?.0.checked_sub(page)
        });
        front_pages.unwrap_or(self.galley.front_pages)
    }

    /// Whether the feet of columns are raised on another page than was meant: what stands below would lie over them.
    fn raised_elsewhere(&self, places: &Places, zone: usize, piece: usize, page: usize) -> Option<Difference> {
        let it = self.galley.zones.get(zone)?.pieces.get(piece)?;
        let &(real_page, ..) = places.get(&(it.article.clone(), orders::raised(&it.key)))?;
        (real_page != page).then_some(Difference { zone, piece, by: self.galley.geometry.line })
    }

    /// The first piece that begins elsewhere than was meant: in another column, or by more than `tolerance` higher or lower;
    /// or that is nowhere.
    fn first_difference(&self, places: &Places, tolerance: f64) -> Option<Difference> {
        self.first_elsewhere(places, tolerance).or_else(|| self.first_lost(places))
    }

    /// The first piece that was set nowhere, be it that its order hung on something that is not there itself. What stands in
    /// a head is no piece.
    fn first_lost(&self, places: &Places) -> Option<Difference> {
        if self.found.decisions.is_empty() {
            return None;
        }
        let is_lost = |it: &Piece| !it.in_head && !places.contains_key(&(it.article.clone(), it.key.clone()));
        self.galley.zones.iter().enumerate().find_map(|(zone, it)| {
            let piece = it.pieces.iter().position(is_lost)?;
            Some(Difference { zone, piece, by: self.galley.geometry.line })
        })
    }

    fn first_elsewhere(&self, places: &Places, tolerance: f64) -> Option<Difference> {
        let geometry = &self.galley.geometry;
        let front_pages = self.front_pages(places);
        let mut zone = 0;
        self.found.decisions.iter().find_map(|decision| {
            if let Decision::Zone { index, .. } = decision {
                zone = usize::from(*index);
            }
            if let Decision::Raise { piece, page, .. } = *decision {
                return self.raised_elsewhere(places, zone, usize::from(piece), usize::from(page) + front_pages);
            }
            let Decision::At { piece, page, column, y, .. } = *decision else { return None };
            let (piece, page, column) = (usize::from(piece), usize::from(page), usize::from(column));
            let it = self.galley.zones.get(zone)?.pieces.get(piece)?;
            let &(real_page, x, real_y) = places.get(&(it.article.clone(), it.key.clone()))?;
            let real_column = ((x - geometry.left) / geometry.step + 0.5) as usize;
            let by = real_y - geometry.top - f64::from(y);
            let is_in_column = (real_page, real_column) == (page + front_pages, column);
            match is_in_column {
                true if by.abs() < tolerance => None,
                true => Some(Difference { zone, piece, by }),
                false => Some(Difference { zone, piece, by: geometry.line }),
            }
        })
    }
}
