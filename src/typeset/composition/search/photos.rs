//! Where a photo of a column's width stands in the flow: where it is called, or some paragraphs away.

use super::super::cost;
use super::super::decision::{Decision, Side};
use super::super::galley::Shape;
use super::super::measure::first_gap;
use super::Search;
use super::state::State;
use super::zone::InZone;

/// A photo is set at most so many paragraphs from where it is called.
const FARTHEST: u8 = 3;

impl Search {
    /// Photos that are set before this piece though it is not their turn.
    pub(super) fn with_photos(&mut self, state: State, at: &InZone<'_>, index: usize, tries: &mut Vec<State>) {
        let piece = at.piece(index);
        if let Some((photo, passed)) = state.late {
            let photo = usize::from(photo);
            // A photo that is late stands before a paragraph, or at the latest before what is none: never in another
            // article.
            let is_of_article = at.piece(photo).article == piece.article;
            let goes_on = is_of_article && matches!(piece.shape, Shape::Lines(_)) && passed < FARTHEST;
            if is_of_article && !state.after_sticky && passed > 0 && piece.key != "closing" {
                let mut next = state;
                next.late = None;
                self.insert(next, at, photo, index, cost::MOVED_BY * f64::from(passed), tries);
            }
            if goes_on {
                tries.push(State { late: Some((photo as u16, passed + 1)), ..state });
            }
            return;
        }
        tries.push(state);
        if state.after_sticky || state.kept.is_some() || !matches!(piece.shape, Shape::Lines(_)) {
            return;
        }
        let Some(photo) = at.next_movable(index, false) else { return };
        let between = photo - index;
        let are_paragraphs = at.zone.pieces[index..photo].iter().all(|piece| matches!(piece.shape, Shape::Lines(_)));
        if between <= usize::from(FARTHEST) && are_paragraphs && state.is_ahead(photo).is_none() {
            let mut next = state;
            if next.note_ahead(photo) {
                self.insert(next, at, photo, index, cost::MOVED_BY * between as f64, tries);
            }
        }
    }

    /// Sets a photo before a piece.
    fn insert(&mut self, state: State, at: &InZone<'_>, photo: usize, anchor: usize, cost: f64, out: &mut Vec<State>) {
        let Shape::Photo { height, less, more } = at.piece(photo).shape else { return };
        for lines in -less..=more {
            let mut next = state;
            next.cost += cost + cost::crop(lines);
            let tall = height + f64::from(lines) * self.geometry.line;
            let white = if next.is_empty { 0.0 } else { first_gap(next.below, at.piece(photo)) };
            if next.free() + 0.01 < white + tall {
                continue;
            }
            next.y += white + tall;
            next.is_empty = false;
            next.below = (at.piece(photo).below, false);
            next.cost += cost::apart(next.page.abs_diff(next.last_page));
            self.note(
                &mut next,
                Decision::Before { piece: photo as u16, anchor: anchor as u16, lines: lines as i8, side: Side::Here },
            );
            out.push(next);
        }
    }

    pub(super) fn place_photo(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let Shape::Photo { height, less, more } = at.piece(index).shape else { return };
        for lines in -less..=more {
            let mut next = state;
            next.cost += cost::crop(lines);
            self.note(&mut next, Decision::Here { piece: index as u16, lines: lines as i8 });
            self.place_solid(next, at, index, height + f64::from(lines) * self.geometry.line, out);
        }
        let follows_opening = index > 0 && at.piece(index - 1).key == "opening";
        if state.late.is_none() && (!state.after_sticky || follows_opening) {
            out.push(State { late: Some((index as u16, 0)), ..state });
        }
    }
}
