//! One pass over an issue, zone by zone and piece by piece.

use rayon::prelude::*;

use super::super::cost;
use super::super::galley::{Galley, Geometry, Zone};
use super::super::spread;
use super::placer::Placer;
use super::pruner::{HOPELESS, Pruner};
use super::state::{Limit, State};
use super::steps::{Draft, Steps};
use super::zone::InZone;
use super::{Found, Stuck};

/// So many times as many states are kept where those that are kept lead nowhere.
const WIDER: usize = 10;

/// A pass that has come so far.
#[derive(Debug)]
pub(super) struct Pass {
    /// How many states are kept behind each piece.
    beam: usize,
    limit: Limit,
    geometry: Geometry,
    steps: Steps,
    closed: Vec<ClosedZone>,
}

/// What is used again and again, behind every piece.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pruner: Pruner,
    /// For each thread.
    drafts: Vec<Draft>,
    placed: Vec<Vec<State>>,
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

impl Pass {
    /// One that keeps so many states behind each piece.
    pub(super) fn new(beam: usize) -> Self {
        Self {
            beam,
            limit: Limit { cost: f64::INFINITY, front_pages: 0 },
            geometry: Geometry::default(),
            steps: Steps::default(),
            closed: Vec::new(),
        }
    }

    /// The best composition of a galley that it finds among those that cost no more than `limit`.
    pub(super) fn run(
        &mut self,
        galley: &Galley,
        target: Option<usize>,
        limit: f64,
        scratch: &mut Scratch,
    ) -> Result<Found, Stuck> {
        let limit = Limit { cost: limit, front_pages: galley.front_pages };
        self.forget_changed(galley, limit);
        while let Some(zone) = galley.zones.get(self.closed.len()) {
            let mut states = match self.zone(zone, self.beam, scratch) {
                Ok(states) => states,
                // There is another composition, which costs less than what is left here.
                Err(stuck) if limit.cost.is_finite() => return Err(stuck),
                // All that seemed cheap led nowhere.
                Err(_) => {
                    self.steps.truncate(self.closed.last().map_or(0, |closed| closed.steps));
                    self.zone(zone, WIDER * self.beam, scratch)?
                }
            };
            self.steps.drop_unreached(self.closed.last().map_or(0, |closed| closed.steps), &mut states);
            self.closed.push(ClosedZone { zone: zone.clone(), states, steps: self.steps.len() });
        }
        let pages = |state: &State| state.pages(galley.front_pages);
        let filled = |state: &State| {
            let tallest = state.offset + state.y.max(state.high);
            (tallest - state.apart.missing(self.geometry.line)) / self.geometry.height
        };
        let total = |state: &State| {
            state.cost + cost::uneven(state.apart.text) + cost::end(filled(state), pages(state), target)
        };
        let states = self.closed.last().map_or(&[][..], |closed| &closed.states);
        let Some(best) = states.iter().min_by(|a, b| total(a).total_cmp(&total(b))) else {
            return Err(Stuck { zone: 0, piece: 0 });
        };
        let mut decisions = self.steps.decisions(best.step);
        spread::resolve(galley, &mut decisions);
        Ok(Found { decisions, last_filled: filled(best), cost: total(best), pages: pages(best) })
    }

    /// How many steps it keeps.
    #[cfg(test)]
    pub(super) fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Goes back to before the first zone that is not as it was.
    fn forget_changed(&mut self, galley: &Galley, limit: Limit) {
        let is_same = |(closed, zone): &(&ClosedZone, &Zone)| closed.zone == **zone;
        let is_alike = self.geometry == galley.geometry && self.limit == limit;
        let same = if is_alike { self.closed.iter().zip(&galley.zones).take_while(is_same).count() } else { 0 };
        (self.geometry, self.limit) = (galley.geometry, limit);
        self.closed.truncate(same);
        self.steps.truncate(self.closed.last().map_or(0, |closed| closed.steps));
    }

    /// Places the next zone below those that are closed, with so many states kept behind each piece. Fails with the piece
    /// that has no place.
    fn zone(&mut self, zone: &Zone, beam: usize, scratch: &mut Scratch) -> Result<Vec<State>, Stuck> {
        let at = InZone::new(&self.geometry, zone, self.closed.len());
        let before = self.closed.last().map(|before| before.states.clone());
        let before = before.unwrap_or_else(|| vec![State::new(self.geometry.height)]);
        let mut states = Vec::new();
        self.place_all(&before, beam, scratch, &mut states, |placer, state, out| placer.open_zone(&state, &at, out));
        let mut next = Vec::new();
        for piece in 0..zone.pieces.len() {
            self.place_all(&states, beam, scratch, &mut next, |placer, state, out| {
                placer.place(state, &at, piece, out)
            });
            std::mem::swap(&mut states, &mut next);
            if states.is_empty() {
                return Err(Stuck { zone: at.index, piece });
            }
        }
        self.place_all(&states, self.beam, scratch, &mut next, |placer, state, out| placer.close_zone(state, &at, out));
        // What ends a zone may need more than there is below it.
        let piece = zone.pieces.len().saturating_sub(1);
        if next.is_empty() { Err(Stuck { zone: at.index, piece }) } else { Ok(next) }
    }

    /// Goes on from all states, several at a time, and keeps `most` of those that come of it in place of what `into` held.
    fn place_all(
        &mut self,
        from: &[State],
        most: usize,
        scratch: &mut Scratch,
        into: &mut Vec<State>,
        place: impl Fn(&mut Placer<'_>, State, &mut Vec<State>) + Sync,
    ) {
        /// Fewer states are not worth another thread.
        const FEWEST: usize = 64;
        let Self { geometry, steps, limit, beam, .. } = self;
        let Scratch { pruner, drafts, placed } = scratch;
        let threads = rayon::current_num_threads().min(Draft::MOST);
        let share = from.len().div_ceil(threads).max(FEWEST);
        let threads = from.len().div_ceil(share);
        while drafts.len() < threads {
            drafts.push(Draft::new(drafts.len()));
            placed.push(Vec::new());
        }
        let (drafts, placed) = (&mut drafts[..threads], &mut placed[..threads]);
        let shares = from.par_chunks(share).zip(&mut *drafts).zip(&mut *placed);
        shares.for_each(|((states, draft), placed)| {
            draft.clear();
            placed.clear();
            let mut placer = Placer { geometry, draft, limit: *limit };
            states.iter().for_each(|state| place(&mut placer, *state, placed));
            placed.retain(|state| !limit.is_passed_by(state));
        });
        // In the order of the states, however many threads there are.
        let all: Vec<_> = placed.iter().flatten().collect();
        let hopeless = if most > *beam { f64::INFINITY } else { HOPELESS };
        pruner.prune(&all, most, hopeless, into);
        steps.keep(drafts, into);
    }
}
