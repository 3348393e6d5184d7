//! The decisions of a search, each with the one before it, so that ways that begin alike share their beginning.

use super::super::decision::Decision;
use super::state::State;

/// The steps that lead to states which are kept.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<(u32, Decision)>);

/// Steps that lead from states which are kept to those of which some will be.
#[derive(Debug)]
pub(super) struct Draft {
    /// The number of its first step: of no step that is kept, and of none of another draft.
    first: u32,
    steps: Vec<(u32, Decision)>,
    /// For each step, its number among those that are kept.
    kept: Vec<Option<u32>>,
}

impl Draft {
    /// There may be so many drafts at once.
    pub(super) const MOST: usize = 8;

    /// One of the drafts, counted from 0.
    pub(super) fn new(number: usize) -> Self {
        /// Drafts have the upper half of all numbers, less the last eighth.
        const ROOM: u32 = 1 << 27;
        let first = (1 << 31) + (number % Self::MOST) as u32 * ROOM;
        Self { first, steps: Vec::new(), kept: Vec::new() }
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.steps.clear();
    }

    /// Notes that a decision leads from a state to what this is from now on.
    pub(super) fn note(&mut self, state: &mut State, decision: Decision) {
        let number = self.first + self.steps.len() as u32;
        self.steps.push((state.step, decision));
        state.step = number;
    }

    /// The place of a step in this draft, if it is one of its own.
    fn place(&self, step: u32) -> Option<usize> {
        let place = step.checked_sub(self.first)? as usize;
        (place < self.steps.len()).then_some(place)
    }
}

impl Steps {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets all but the first so many.
    pub(super) fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// The decisions that lead to a step, in order.
    pub(super) fn decisions(&self, mut step: u32) -> Vec<Decision> {
        let mut decisions = Vec::new();
        while let Some((before, decision)) = self.0.get(step as usize) {
            decisions.push(*decision);
            step = *before;
        }
        decisions.reverse();
        decisions
    }

    /// Takes the steps that lead to some states from the drafts.
    pub(super) fn keep(&mut self, drafts: &mut [Draft], states: &mut [State]) {
        for draft in drafts.iter_mut() {
            draft.kept.clear();
            draft.kept.resize(draft.steps.len(), None);
        }
        let mut way = Vec::new();
        for state in states {
            // No state comes from two drafts.
            let Some(draft) = drafts.iter_mut().find(|draft| draft.place(state.step).is_some()) else { continue };
            let mut step = state.step;
            while let Some(place) = draft.place(step) {
                if let Some(kept) = draft.kept[place] {
                    step = kept;
                    break;
                }
                way.push(place);
                step = draft.steps[place].0;
            }
            for place in way.drain(..).rev() {
                let number = self.0.len() as u32;
                self.0.push((step, draft.steps[place].1));
                draft.kept[place] = Some(number);
                step = number;
            }
            state.step = step;
        }
    }

    /// Drops the steps from a number on that lead to none of these states: nearly all.
    pub(super) fn drop_unreached(&mut self, base: usize, states: &mut [State]) {
        let mut is_reached = vec![false; self.0.len() - base];
        for state in states.iter() {
            let mut step = state.step as usize;
            while let Some(reached) = step.checked_sub(base).and_then(|at| is_reached.get_mut(at)) {
                if std::mem::replace(reached, true) {
                    break;
                }
                step = self.0[step].0 as usize;
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
            let (before, decision) = self.0[base + at];
            self.0[kept] = (new_place(&moved, before), decision);
            moved[at] = kept as u32;
            kept += 1;
        }
        self.0.truncate(kept);
        states.iter_mut().for_each(|state| state.step = new_place(&moved, state.step));
    }
}
