//! The readings of a sequence of words that fit best together.

use super::{READINGS, Reading};

/// One word: what each reading of it costs, and what it costs to read it in another way than the word before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) costs: [f32; 3],
    pub(super) change: f32,
}

/// The cheapest readings of all words together (Viterbi). Before the first word, text is taken for Unicode.
pub(super) fn choose(steps: impl Iterator<Item = Step>) -> Vec<Reading> {
    let mut totals = [0.0f32, f32::INFINITY, f32::INFINITY];
    let mut origins: Vec<[u8; 3]> = Vec::new();
    for step in steps {
        let (cheapest, _) = lowest(&totals);
        let change = totals[cheapest] + step.change;
        let mut origin = [0, 1, 2];
        for reading in 0..3 {
            if change < totals[reading] {
                totals[reading] = change;
                origin[reading] = cheapest as u8;
            }
            totals[reading] += step.costs[reading];
        }
        // Only differences matter; sums of a million words would lose them.
        let (_, least) = lowest(&totals);
        totals = totals.map(|total| total - least);
        origins.push(origin);
    }
    let (mut reading, _) = lowest(&totals);
    let mut chosen: Vec<Reading> = Vec::with_capacity(origins.len());
    for origin in origins.iter().rev() {
        chosen.push(READINGS[reading]);
        reading = usize::from(origin[reading]);
    }
    chosen.reverse();
    chosen
}

fn lowest(totals: &[f32; 3]) -> (usize, f32) {
    let mut best = (0, totals[0]);
    for (reading, total) in totals.iter().enumerate().skip(1) {
        if *total < best.1 {
            best = (reading, *total);
        }
    }
    best
}
