//! A zone, and what the search asks of it again and again.

use super::super::cost;
use super::super::galley::{Geometry, Head, Piece, Shape, Zone};
use super::super::measure::gap;

/// A zone, with what is asked of it again and again.
pub(super) struct InZone<'a> {
    pub zone: &'a Zone,
    pub index: usize,
    /// Height of all pieces from each on, in one column.
    pub rest: Vec<f64>,
    /// Before which pieces columns may end level: articles, what goes across the columns, and the end.
    pub splits: Vec<usize>,
    /// From each piece on, the next photo of the same article, and the next thing across the columns.
    next_photo: Vec<Option<usize>>,
    next_wide: Vec<Option<usize>>,
}

impl<'a> InZone<'a> {
    pub(super) fn new(geometry: &Geometry, zone: &'a Zone, index: usize) -> Self {
        let mut rest = vec![0.0; zone.pieces.len() + 1];
        for (at, piece) in zone.pieces.iter().enumerate().rev() {
            let above = at.checked_sub(1).map_or(0.0, |before| gap(&zone.pieces[before], piece));
            let height = if matches!(piece.shape, Shape::Wide(_)) && geometry.columns > 1 {
                0.0
            } else {
                above + piece.height()
            };
            rest[at] = rest[at + 1] + height;
        }
        let is_split = |piece: &Piece| piece.key == "opening" || matches!(piece.shape, Shape::Wide(_));
        let splits = zone.pieces.iter().enumerate().skip(1).filter(|(_, piece)| is_split(piece)).map(|(at, _)| at);
        let splits = splits.chain([zone.pieces.len()]).collect();
        let next_photo = next_of(zone, |shape| matches!(shape, Shape::Photo(_)));
        let next_wide = next_of(zone, |shape| matches!(shape, Shape::Wide(_)));
        Self { zone, index, rest, splits, next_photo, next_wide }
    }

    /// The photo that can stand in the head.
    pub(super) fn photo_in_head(&self) -> Option<usize> {
        self.zone.pieces.iter().position(|piece| piece.in_head)
    }

    /// Ways to set the head in pages of `height`: with a photo of the article, where that leaves room for text, and without.
    pub(super) fn heads(&self, height: f64) -> impl Iterator<Item = Option<usize>> + use<> {
        let photo = self.photo_in_head().filter(|_| self.zone.bears_photo(height));
        [photo, None].into_iter().skip(usize::from(photo.is_none()))
    }

    /// The head, with its photo or without.
    pub(super) fn head(&self, with_photo: bool) -> Option<Head> {
        let head = self.zone.head?;
        Some(if with_photo { head } else { Head { height: head.height - head.photo, ..head } })
    }

    pub(super) fn piece(&self, index: usize) -> &'a Piece {
        &self.zone.pieces[index]
    }

    /// Height of all that follows from a line of a piece on.
    pub(super) fn rest_from(&self, piece: usize, line: usize) -> f64 {
        let done = match &self.zone.pieces.get(piece).map(|piece| &piece.shape) {
            Some(Shape::Lines(lines)) => lines.iter().take(line).map(|line| line.before + line.height).sum(),
            _ => 0.0,
        };
        self.rest.get(piece).copied().unwrap_or_default() - done
    }

    /// The tallest of some pieces that is not broken, with what must stand above it.
    pub(super) fn tallest(&self, from: usize, end: usize) -> f64 {
        let mut stacked = 0.0;
        let mut tallest: f64 = 0.0;
        for piece in &self.zone.pieces[from..end] {
            let height = if matches!(piece.shape, Shape::Solid(_) | Shape::Photo(_)) { piece.height() } else { 0.0 };
            stacked += height;
            tallest = tallest.max(stacked);
            if !piece.sticky {
                stacked = 0.0;
            }
        }
        tallest
    }

    /// The heading above a piece.
    fn heading_above(&self, index: usize) -> Option<&Piece> {
        self.zone.pieces[..index].iter().rev().find(|piece| piece.sticky)
    }

    /// What it costs that it stands at the foot of a column.
    pub(super) fn stranded(&self, index: usize) -> f64 {
        self.heading_above(index).map_or(0.0, cost::stranded)
    }

    /// What it costs that it stands there, above something across the columns.
    pub(super) fn above_wide(&self, index: usize) -> f64 {
        self.heading_above(index).map_or(0.0, cost::above_wide)
    }

    /// Whether no text of its article follows a piece.
    pub(super) fn ends_article(&self, index: usize) -> bool {
        let next = self.zone.pieces.get(index + 1);
        next.is_none_or(|next| next.article != self.piece(index).article || next.key == "closing")
    }

    /// The next thing that can move, from a piece on, and is of the same article.
    pub(super) fn next_movable(&self, from: usize, wide: bool) -> Option<usize> {
        let next = if wide { &self.next_wide } else { &self.next_photo };
        *next.get(from)?
    }
}

/// From each piece on, the next of such a shape, as long as the article goes on.
fn next_of(zone: &Zone, is_wanted: impl Fn(&Shape) -> bool) -> Vec<Option<usize>> {
    let mut next = vec![None; zone.pieces.len()];
    for (at, piece) in zone.pieces.iter().enumerate().rev() {
        let goes_on = zone.pieces.get(at + 1).is_some_and(|after| after.article == piece.article);
        next[at] =
            if is_wanted(&piece.shape) { Some(at) } else { next.get(at + 1).copied().flatten().filter(|_| goes_on) };
    }
    next
}
