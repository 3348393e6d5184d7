//! The search: every piece is placed in turn, in all ways that are worth trying, and the cheapest whole is kept.
//!
//! A state says how far the pages are filled. States that are alike in all that matters for what follows are one, and of
//! the rest only the cheapest are kept, so the time grows with the length of the issue and no faster. From the whole to
//! the part: `zones`, `pages`, `columns`, `photos` and `pieces` say what can be done there, `zone` what is to come.

mod columns;
mod pages;
mod photos;
mod pieces;
mod state;
mod zone;
mod zones;

#[cfg(test)]
mod tests;

use state::{State, prune_into};
use zone::InZone;

use super::cost;
use super::decision::{Decision, Side};
use super::galley::{Galley, Geometry, Shape, Zone};
use super::spread;

/// How many states are kept behind each piece, and how many where these lead nowhere.
const BEAM: usize = 1200;
const WIDE_BEAM: usize = 12_000;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order; none where nothing was found.
    pub decisions: Vec<Decision>,
    /// To which share the last page is filled, all columns together.
    pub last_filled: f64,
}

/// The search itself: what it has decided so far, each decision with the one before it. It is kept from one setting of
/// an issue to the next: zones before the first that has changed are not searched again.
#[derive(Debug, Default)]
pub(super) struct Search {
    geometry: Geometry,
    steps: Vec<(u32, Decision)>,
    closed: Vec<ClosedZone>,
}

/// A zone that was searched.
#[derive(Debug)]
struct ClosedZone {
    zone: Zone,
    /// Behind it.
    states: Vec<State>,
    /// How many steps led there.
    steps: usize,
}

impl Search {
    /// The best composition of a galley. It depends on the galley and the target alone.
    pub(super) fn run(&mut self, galley: &Galley, target: Option<usize>) -> Option<Found> {
        self.forget_changed(galley);
        while let Some(zone) = galley.zones.get(self.closed.len()) {
            let mut states = match self.zone(zone, BEAM) {
                Some(states) => states,
                // All that seemed cheap led nowhere.
                None => {
                    self.steps.truncate(self.closed.last().map_or(0, |closed| closed.steps));
                    self.zone(zone, WIDE_BEAM)?
                }
            };
            self.drop_unreached(&mut states);
            self.closed.push(ClosedZone { zone: zone.clone(), states, steps: self.steps.len() });
        }
        let pages = |state: &State| usize::from(state.page) + 1 + galley.front_pages;
        let filled = |state: &State| {
            let tallest = state.offset + state.y.max(state.high);
            (tallest - self.missing(&state.apart)) / self.geometry.height
        };
        let total = |state: &State| {
            state.cost + cost::uneven(state.apart.text) + cost::end(filled(state), pages(state), target)
        };
        let best = self.closed.last()?.states.iter().min_by(|a, b| total(a).total_cmp(&total(b)))?;
        let mut decisions = self.decisions(best.step);
        spread::resolve(galley, &mut decisions);
        Some(Found { decisions, last_filled: filled(best) })
    }

    /// Goes back to before the first zone that is not as it was.
    fn forget_changed(&mut self, galley: &Galley) {
        let is_same = |(closed, zone): &(&ClosedZone, &Zone)| closed.zone == **zone;
        let same = if self.geometry == galley.geometry {
            self.closed.iter().zip(&galley.zones).take_while(is_same).count()
        } else {
            0
        };
        self.geometry = galley.geometry;
        self.closed.truncate(same);
        self.steps.truncate(self.closed.last().map_or(0, |closed| closed.steps));
    }

    /// Places the next zone below those that are closed, with so many states kept behind each piece. `None` where it has
    /// no place.
    fn zone(&mut self, zone: &Zone, beam: usize) -> Option<Vec<State>> {
        let at = InZone::new(&self.geometry, zone, self.closed.len());
        let mut states = match self.closed.last() {
            Some(before) => {
                let before = before.states.clone();
                self.open_zone(&before, &at)
            }
            None => self.open_zone(&[State::new(self.geometry.height)], &at),
        };
        let mut placed = Vec::new();
        for piece in 0..zone.pieces.len() {
            placed.clear();
            for state in &states {
                self.place(*state, &at, piece, &mut placed);
            }
            prune_into(&placed, beam, &mut states);
            if states.is_empty() {
                return None;
            }
        }
        Some(self.close_zone(states, &at))
    }

    /// Drops the steps of the last zone that lead to none of its states: nearly all.
    fn drop_unreached(&mut self, states: &mut [State]) {
        let base = self.closed.last().map_or(0, |closed| closed.steps);
        let mut is_reached = vec![false; self.steps.len() - base];
        for state in states.iter() {
            let mut step = state.step as usize;
            while let Some(reached) = step.checked_sub(base).and_then(|at| is_reached.get_mut(at)) {
                if std::mem::replace(reached, true) {
                    break;
                }
                step = self.steps[step].0 as usize;
            }
        }
        // Where each step has gone. A step follows on steps before it alone.
        let mut moved = vec![0; is_reached.len()];
        let mut kept = base;
        let new_place = |moved: &[u32], step: u32| match (step as usize).checked_sub(base) {
            Some(at) => moved.get(at).copied().unwrap_or(step),
            None => step,
        };
        for at in (0..is_reached.len()).filter(|&at| is_reached[at]) {
            let (before, decision) = self.steps[base + at];
            self.steps[kept] = (new_place(&moved, before), decision);
            moved[at] = kept as u32;
            kept += 1;
        }
        self.steps.truncate(kept);
        states.iter_mut().for_each(|state| state.step = new_place(&moved, state.step));
    }

    fn note(&mut self, state: &mut State, decision: Decision) {
        self.steps.push((state.step, decision));
        state.step = (self.steps.len() - 1) as u32;
    }

    fn decisions(&self, mut step: u32) -> Vec<Decision> {
        let mut decisions = Vec::new();
        while let Some((before, decision)) = self.steps.get(step as usize) {
            decisions.push(*decision);
            step = *before;
        }
        decisions.reverse();
        decisions
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
    fn place(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
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
                    if may_wait && sizes.less > 0 {
                        out.push(State { late_wide: Some((index as u16, state.last_page)), ..state });
                    }
                }
            }
        }
    }
}
