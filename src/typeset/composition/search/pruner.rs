//! Which of very many states are kept.

use rustc_hash::FxHashMap;

use super::state::{Place, State};

/// What costs so much more than the cheapest will not become cheaper than it, if that leads anywhere.
pub(super) const HOPELESS: f64 = 600.0;

/// Of states in the same place only one part of so many is kept while there are others: what is cheap now crowds out what
/// is cheap in the end.
const SHARES: usize = 28;

/// Chooses which states are kept. It has its memory for good, for it is asked behind every piece.
#[derive(Debug, Default)]
pub(super) struct Pruner {
    best: FxHashMap<u64, u32>,
    kept: Vec<u32>,
    /// How many there are in each place.
    counts: FxHashMap<Place, usize>,
    /// What is more than the share of its place.
    more: Vec<u32>,
}

impl Pruner {
    /// The cheapest of states that are alike, and of those the `most` cheapest, in place of what `into` held. None costs
    /// `hopeless` more than the cheapest.
    pub(super) fn prune(&mut self, states: &[&State], most: usize, hopeless: f64, into: &mut Vec<State>) {
        let least = states.iter().map(|state| state.cost).fold(f64::INFINITY, f64::min);
        self.best.clear();
        for (index, state) in states.iter().enumerate() {
            if state.cost > least + hopeless {
                continue;
            }
            let index = index as u32;
            let kept = self.best.entry(state.key()).or_insert(index);
            if state.cost < states[*kept as usize].cost {
                *kept = index;
            }
        }
        self.kept.clear();
        self.kept.extend(self.best.values());
        // By cost, and else in the order in which they were made: the order of a map must not show.
        let order = |a: &u32, b: &u32| states[*a as usize].cost.total_cmp(&states[*b as usize].cost).then(a.cmp(b));
        self.kept.sort_unstable_by(order);
        if self.kept.len() > most {
            self.choose(states, most);
            self.kept.sort_unstable_by(order);
        }
        into.clear();
        into.extend(self.kept.iter().map(|index| *states[*index as usize]));
    }

    /// Keeps so many, the cheapest first, but in each place no more than a share while there are others.
    fn choose(&mut self, states: &[&State], most: usize) {
        let share = most / SHARES;
        let Self { kept, counts, more, .. } = self;
        counts.clear();
        more.clear();
        kept.retain(|&index| {
            let count = counts.entry(states[index as usize].place()).or_default();
            *count += 1;
            if *count > share {
                more.push(index);
            }
            *count <= share
        });
        kept.truncate(most);
        let room = most - kept.len();
        kept.extend(more.iter().take(room));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// States in two places: the first holds all that are cheapest.
    fn states() -> Vec<State> {
        let state = |page: u16, y: usize, cost: f64| State { page, y: y as f64, cost, ..State::new(700.0) };
        let first = (0..200).map(|y| state(0, y, y as f64 / 100.0));
        first.chain((0..200).map(|y| state(1, y, 10.0 + y as f64 / 100.0))).collect()
    }

    fn prune(most: usize) -> Vec<State> {
        let states = states();
        let mut kept = Vec::new();
        Pruner::default().prune(&states.iter().collect::<Vec<_>>(), most, HOPELESS, &mut kept);
        kept
    }

    #[test]
    fn no_place_crowds_out_another() {
        let most = 4 * SHARES;
        let kept = prune(most);
        assert_eq!(kept.len(), most, "where there are no others it may be more");
        assert_eq!(kept.iter().filter(|state| state.page == 1).count(), most / SHARES);
        assert!(kept.is_sorted_by(|a, b| a.cost <= b.cost));
    }

    #[test]
    fn all_are_kept_where_there_is_room() {
        assert_eq!(prune(400).len(), 400);
        let states = states();
        let twice: Vec<_> = states.iter().chain(&states).collect();
        let mut kept = Vec::new();
        Pruner::default().prune(&twice, 1000, HOPELESS, &mut kept);
        assert_eq!(kept.len(), 400, "those that are alike are one");
    }
}
