//! Places what comes next below all that was placed before: in all ways that are worth trying.

use super::super::cost;
use super::super::decision::{Decision, Side};
use super::super::galley::{Geometry, Shape};
use super::state::{Limit, State};
use super::steps::Draft;
use super::zone::InZone;

/// What places pieces, and notes what it decides. Several can work side by side, each on some of the states.
pub(super) struct Placer<'a> {
    pub geometry: &'a Geometry,
    pub draft: &'a mut Draft,
    /// What costs more is left out, the sooner the better.
    pub limit: Limit,
}

impl Placer<'_> {
    pub(super) fn note(&mut self, state: &mut State, decision: Decision) {
        self.draft.note(state, decision);
    }

    /// Whether what is to come before `end` may yet find room in columns that should end there.
    fn may_end(&self, state: &State, at: &InZone<'_>, index: usize, end: usize) -> bool {
        /// What crops and tighter paragraphs can save.
        const LINES: f64 = 4.0;
        let columns = self.geometry.columns - 1 - usize::from(state.column);
        let room = state.free() + columns as f64 * state.cap;
        let set = state.ahead.iter().flatten().map(|(piece, _)| *piece).chain(state.kept.map(|(piece, _)| piece));
        let set: f64 = set.map(|piece| at.rest_from(piece.into(), 0) - at.rest_from(usize::from(piece) + 1, 0)).sum();
        at.rest_from(index, 0) - at.rest_from(end, 0) - set <= room + LINES * self.geometry.line
    }

    /// Places a piece in all ways that are worth trying.
    pub(super) fn place(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        if state.until.is_some_and(|end| !self.may_end(&state, at, index, usize::from(end))) {
            return;
        }
        let piece = at.piece(index);
        if state.late_wide.is_some_and(|(wide, _)| at.piece(wide.into()).article != piece.article) {
            return;
        }
        if state.until == Some(index as u16) {
            let mut begun = Vec::new();
            self.split(state, at, index, &mut begun);
            if matches!(piece.shape, Shape::Wide(_)) {
                out.extend(begun);
            } else {
                begun.into_iter().for_each(|state| self.place(state, at, index, out));
            }
            return;
        }
        // What a column kept room for is there when its turn comes.
        if let Some((kept, side)) = state.kept
            && usize::from(kept) == index
        {
            let mut next = state;
            next.kept = None;
            next.has_foot = side == Side::Bottom;
            out.push(next);
            return;
        }
        if let Some(page) = state.is_ahead(index) {
            let mut next = state;
            next.forget_ahead(index);
            // In the head of its article it may be far from where it is called.
            next.cost += if piece.in_head { 0.0 } else { cost::apart(page.abs_diff(next.last_page)) };
            out.push(next);
            return;
        }
        if state.has_foot && piece.key == "opening" {
            // Below it would stand the photo of another article: the column ends here, or nothing does.
            let mut next = Vec::new();
            if state.free() < 8.0 * self.geometry.line {
                self.end_column(state, at, index, 0, &mut next);
            }
            next.into_iter().for_each(|state| self.place(state, at, index, out));
            return;
        }
        let mut queue = vec![state];
        self.break_early(state, at, index, &mut queue);
        let mut tries = Vec::new();
        for state in queue {
            self.with_photos(state, at, index, &mut tries);
        }
        for state in tries {
            if self.limit.is_passed_by(&state) {
                continue;
            }
            match &piece.shape {
                Shape::Solid(height) => self.place_solid(state, at, index, *height, out),
                Shape::Lines(_) => self.place_lines(state, at, index, 0, out),
                Shape::Photo(_) => self.place_photo(state, at, index, out),
                Shape::Wide(sizes) if self.geometry.columns == 1 => {
                    for size in sizes.all(self.geometry.line) {
                        let mut next = state;
                        next.cost += size.cost;
                        self.note(&mut next, Decision::Here { piece: index as u16, lines: size.lines });
                        self.place_solid(next, at, index, size.height, out);
                    }
                }
                // It stands at the head of a page that has kept room, or columns end above it, or it goes to the next page.
                Shape::Wide(sizes) => {
                    let may_wait = state.until.is_none() && state.late_wide.is_none() && !at.ends_article(index);
                    if may_wait && !sizes.may_be_table() {
                        out.push(State { late_wide: Some((index as u16, state.last_page)), ..state });
                    }
                }
            }
        }
    }
}
