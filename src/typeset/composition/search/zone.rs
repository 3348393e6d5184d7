//! A zone, and what the search asks of it again and again.

use super::super::galley::{Geometry, Piece, Shape, Zone};
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
            let height = if matches!(piece.shape, Shape::Wide { .. }) && geometry.columns > 1 {
                0.0
            } else {
                above + piece.height()
            };
            rest[at] = rest[at + 1] + height;
        }
        let is_split = |piece: &Piece| piece.key == "opening" || matches!(piece.shape, Shape::Wide { .. });
        let splits = zone.pieces.iter().enumerate().skip(1).filter(|(_, piece)| is_split(piece)).map(|(at, _)| at);
        let splits = splits.chain([zone.pieces.len()]).collect();
        let next_photo = next_of(zone, |shape| matches!(shape, Shape::Photo { .. }));
        let next_wide = next_of(zone, |shape| matches!(shape, Shape::Wide { .. }));
        Self { zone, index, rest, splits, next_photo, next_wide }
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
            let height =
                if matches!(piece.shape, Shape::Solid(_) | Shape::Photo { .. }) { piece.height() } else { 0.0 };
            stacked += height;
            tallest = tallest.max(stacked);
            if !piece.sticky {
                stacked = 0.0;
            }
        }
        tallest
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
