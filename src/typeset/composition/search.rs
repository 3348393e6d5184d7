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

use state::{State, prune_into};
use zone::InZone;

use super::cost;
use super::decision::{Decision, Side};
use super::galley::{Galley, Geometry, Shape, Zone};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order; none where nothing was found.
    pub decisions: Vec<Decision>,
    /// To which share the last page is filled.
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
            let mut states = self.zone(zone)?;
            self.drop_unreached(&mut states);
            self.closed.push(ClosedZone { zone: zone.clone(), states, steps: self.steps.len() });
        }
        let pages = |state: &State| usize::from(state.page) + 1 + galley.front_pages;
        let filled = |state: &State| (state.offset + state.y.max(state.high)) / self.geometry.height;
        let total = |state: &State| state.cost + cost::end(filled(state), pages(state), target);
        let best = self.closed.last()?.states.iter().min_by(|a, b| total(a).total_cmp(&total(b)))?;
        Some(Found { decisions: self.decisions(best.step), last_filled: filled(best) })
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

    /// Places the next zone below those that are closed. `None` where it has no place.
    fn zone(&mut self, zone: &Zone) -> Option<Vec<State>> {
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
            prune_into(&placed, &mut states);
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

    /// Places a piece in all ways that are worth trying.
    fn place(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let piece = at.piece(index);
        if state.until == Some(index as u16) {
            let mut begun = Vec::new();
            self.split(state, at, index, &mut begun);
            if matches!(piece.shape, Shape::Wide { .. }) {
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
            next.cost += cost::apart(page.abs_diff(next.last_page));
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
                Shape::Photo { .. } => self.place_photo(state, at, index, out),
                Shape::Wide { height, less, more } if self.geometry.columns == 1 => {
                    for lines in -less..=*more {
                        let mut next = state;
                        next.cost += cost::crop(lines);
                        let height = height + f64::from(lines) * self.geometry.line;
                        self.note(&mut next, Decision::Here { piece: index as u16, lines: lines as i8 });
                        self.place_solid(next, at, index, height, out);
                    }
                }
                // It stands at the head of a page that has kept room, or columns end above it.
                Shape::Wide { .. } => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::galley::{Line, Piece};
    use super::*;

    const LINE: f64 = 14.0;

    fn geometry(columns: usize, lines: usize) -> Geometry {
        let height = lines as f64 * LINE - 3.5;
        Geometry { columns, left: 50.0, top: 60.0, step: 250.0, height, line: LINE, text: 10.5 }
    }

    fn piece(article: usize, key: &str, shape: Shape) -> Piece {
        let sticky = key == "opening";
        let article = format!("article-{article}");
        Piece { article, key: key.into(), above: 3.5, below: 3.5, weak: false, sticky, rule: 0.0, shape }
    }

    fn text(article: usize, key: &str, lines: usize) -> Piece {
        let line = |index: usize| {
            let is_edge = index == 0 || index >= 2 && index + 2 == lines;
            Line { before: 3.5, height: 10.5, need: if is_edge { 24.5 } else { 10.5 }, begins_item: false }
        };
        piece(article, key, Shape::Lines((0..lines).map(line).collect()))
    }

    fn solid(article: usize, key: &str, lines: usize) -> Piece {
        piece(article, key, Shape::Solid(lines as f64 * LINE - 3.5))
    }

    fn found(geometry: Geometry, pieces: Vec<Piece>) -> Found {
        let zones = vec![Zone { after: 0.0, least: 0.0, head: None, pieces }];
        Search::default().run(&Galley { geometry, zones, front_pages: 0 }, None).expect("a composition")
    }

    #[test]
    fn columns_end_level() {
        let found = found(geometry(2, 50), vec![solid(1, "opening", 4), text(1, "b0", 36)]);
        assert!((found.last_filled - 20.0 / 50.0).abs() < 0.01, "{}", found.last_filled);
        assert!(found.decisions.iter().any(|decision| matches!(decision, Decision::Raise { .. })));
    }

    #[test]
    fn an_opening_takes_two_lines_along() {
        let pieces = vec![text(1, "b0", 36), solid(2, "opening", 3), text(2, "b0", 8)];
        let found = found(geometry(1, 40), pieces);
        let page = |wanted: u16| {
            found.decisions.iter().find_map(|decision| match decision {
                Decision::At { piece, page, .. } if *piece == wanted => Some(*page),
                _ => None,
            })
        };
        assert_eq!((page(0), page(1), page(2)), (Some(0), Some(1), Some(1)));
    }

    #[test]
    fn a_photo_does_not_go_to_another_article() {
        let photo = Shape::Photo { height: 10.0 * LINE - 3.5, less: 0, more: 0 };
        let pieces = vec![
            solid(1, "b0", 36),
            piece(1, "b1", photo),
            text(1, "b2", 3),
            solid(2, "opening", 3),
            text(2, "b0", 20),
        ];
        let found = found(geometry(1, 40), pieces);
        let anchors = found.decisions.iter().filter_map(|decision| match decision {
            Decision::Before { anchor, .. } => Some(*anchor),
            _ => None,
        });
        assert!(anchors.max().is_none_or(|anchor| anchor <= 2), "{:?}", found.decisions);
    }

    #[test]
    fn a_search_that_is_used_again_finds_the_same() {
        let galley = |lines: &[usize]| {
            let zone = |(index, lines): (usize, &usize)| Zone {
                after: LINE,
                least: 0.0,
                head: None,
                pieces: vec![solid(index, "opening", 4), text(index, "b0", *lines)],
            };
            let zones = lines.iter().enumerate().map(zone).collect();
            Galley { geometry: geometry(2, 30), zones, front_pages: 0 }
        };
        let mut kept = Search::default();
        for lines in [[70, 20, 31], [70, 20, 32], [70, 23, 32], [71, 23, 32], [71, 23, 32]] {
            let again = kept.run(&galley(&lines), None).expect("a composition");
            let anew = Search::default().run(&galley(&lines), None).expect("a composition");
            assert_eq!(format!("{again:?}"), format!("{anew:?}"));
            assert!(kept.steps.len() < 1000, "steps that lead nowhere are dropped: {}", kept.steps.len());
        }
    }
}
