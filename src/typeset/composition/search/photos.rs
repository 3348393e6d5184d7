//! Where a photo of a column's width stands in the flow: where it is called, or some paragraphs away.

use super::super::cost;
use super::super::decision::{Decision, Side};
use super::super::galley::{Piece, Shape};
use super::super::measure::first_gap;
use super::placer::Placer;
use super::state::{Late, State};
use super::zone::InZone;

/// A photo is set at most so many paragraphs from where it is called.
const FARTHEST: u8 = 3;

/// Whether a photo may be set on the other side of a piece: of a paragraph, or of the subhead of one.
fn is_passed(piece: &Piece) -> bool {
    match piece.shape {
        Shape::Lines(_) => true,
        Shape::Solid(_) => piece.sticky && piece.key != "opening",
        Shape::Photo(_) | Shape::Wide(_) => false,
    }
}

impl Placer<'_> {
    /// Photos that are set before this piece though it is not their turn.
    pub(super) fn with_photos(&mut self, state: State, at: &InZone<'_>, index: usize, tries: &mut Vec<State>) {
        let piece = at.piece(index);
        if let Some(late) = state.late {
            let photo = usize::from(late.photo);
            // A photo that is late stands before a paragraph, or at the latest before what is none: never in another
            // article.
            let is_of_article = at.piece(photo).article == piece.article;
            let goes_on = is_of_article && is_passed(piece) && late.passed < FARTHEST;
            if is_of_article && !state.after_sticky && late.passed > 0 {
                let mut next = state;
                next.late = None;
                let moved = cost::MOVED_BY * f64::from(late.passed);
                self.insert(next, at, (photo, late.page), index, moved, tries);
                // Where the text has ended it may stand beside it, at the head of the next column; where it has no room, it must.
                if !goes_on && !state.is_empty && (state.until.is_some() || !self.fits(&state, at, photo)) {
                    for begun in self.columns_with_room(state, at, index, photo) {
                        self.insert(State { late: None, ..begun }, at, (photo, late.page), index, moved, tries);
                    }
                }
            }
            if goes_on {
                // A subhead belongs to the paragraph below it.
                let passed = late.passed + u8::from(!piece.sticky);
                tries.push(State { late: Some(Late { passed, ..late }), ..state });
            }
            return;
        }
        tries.push(state);
        if state.after_sticky || state.kept.is_some() || !is_passed(piece) {
            return;
        }
        let Some(photo) = at.next_movable(index, false) else { return };
        let passed = &at.zone.pieces[index..photo];
        let between = passed.iter().filter(|piece| !piece.sticky).count();
        if between <= usize::from(FARTHEST) && passed.iter().all(is_passed) && state.is_ahead(photo).is_none() {
            let mut next = state;
            if next.note_ahead(photo) {
                let page = next.last_page;
                self.insert(next, at, (photo, page), index, cost::MOVED_BY * between as f64, tries);
            }
        }
    }

    /// Begins columns before a piece until a photo that is late has room in one.
    fn columns_with_room(&mut self, state: State, at: &InZone<'_>, index: usize, photo: usize) -> Vec<State> {
        let mut with_room = Vec::new();
        let mut full = vec![state];
        // Columns below a head may be low, but those of the next page are not.
        for _ in 0..=self.geometry.columns {
            let mut begun = Vec::new();
            full.drain(..).for_each(|state| self.end_column(state, at, index, 0, &mut begun));
            begun.retain(|state| state.late.is_some());
            let (fitting, others) = begun.into_iter().partition(|state| self.fits(state, at, photo));
            with_room.extend::<Vec<_>>(fitting);
            full = others;
        }
        with_room
    }

    /// Whether a photo has room in this column at its smallest.
    fn fits(&self, state: &State, at: &InZone<'_>, photo: usize) -> bool {
        let Shape::Photo(sizes) = at.piece(photo).shape else { return false };
        let least = sizes.all(self.geometry.line).map(|size| size.height).fold(f64::INFINITY, f64::min);
        state.free() + 0.01 >= first_gap(state.below, at.piece(photo)) + least
    }

    /// Sets a photo before a piece. It comes with the page that it belongs to.
    fn insert(
        &mut self,
        state: State,
        at: &InZone<'_>,
        (photo, page): (usize, u16),
        anchor: usize,
        cost: f64,
        out: &mut Vec<State>,
    ) {
        let Shape::Photo(sizes) = at.piece(photo).shape else { return };
        for size in sizes.all(self.geometry.line) {
            let mut next = state;
            next.cost += cost + size.cost + cost::moved(at.piece(photo));
            let white = if next.is_empty { 0.0 } else { first_gap(next.below, at.piece(photo)) };
            if next.free() + 0.01 < white + size.height {
                continue;
            }
            next.y += white + size.height;
            next.is_empty = false;
            next.notes = 0.0;
            next.below = (at.piece(photo).below, false);
            next.wants_text = !next.follows_text;
            next.cost += cost::apart(next.page.abs_diff(page));
            self.note(
                &mut next,
                Decision::Before { piece: photo as u16, anchor: anchor as u16, lines: size.lines, side: Side::Here },
            );
            out.push(next);
        }
    }

    pub(super) fn place_photo(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let Shape::Photo(sizes) = at.piece(index).shape else { return };
        for size in sizes.all(self.geometry.line) {
            let mut next = state;
            next.cost += size.cost;
            self.note(&mut next, Decision::Here { piece: index as u16, lines: size.lines });
            self.place_solid(next, at, index, size.height, out);
        }
        // Where a photo is all that a subhead has, it stays.
        let after = at.zone.pieces.get(index + 1).map(|after| &after.shape);
        let follows_opening = index > 0 && at.piece(index - 1).key == "opening";
        let may_wait = !state.after_sticky || follows_opening || matches!(after, Some(Shape::Lines(_)));
        if state.late.is_none() && may_wait {
            let late = Late { photo: index as u16, passed: 0, page: state.last_page };
            out.push(State { late: Some(late), ..state });
        }
    }
}
