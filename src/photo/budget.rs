//! How good photos can be for a PDF to fit the mail: quality and resolution are lowered together, for all photos alike.

use super::plan::Level;

/// The lowest level: at a lower resolution, faces in a group lose their features; at a lower quality, skin breaks into
/// blocks.
const LOWEST: Level = Level { ppi: 110.0, score: 60.0 };

/// How many steps lead from the e-mail level to the lowest; each takes about a thirtieth off the photos.
pub const STEPS: u32 = 44;

/// The level that is so many steps below that of an e-mail.
pub fn level(step: u32) -> Level {
    let share = f64::from(step.min(STEPS)) / f64::from(STEPS);
    let between = |best: f64, lowest: f64| best - share * (best - lowest);
    let score = between(Level::EMAIL.score, LOWEST.score);
    Level { ppi: between(Level::EMAIL.ppi, LOWEST.ppi), score }
}

/// Looks for the fewest steps down at which photos weigh at most `budget` bytes, given what they weigh at the best
/// level. Tell it the weight at each step that it asks for.
#[derive(Debug)]
pub struct Search {
    budget: u64,
    /// A step that is too heavy, with its weight.
    heavy: (u32, u64),
    /// A step that fits, with its weight.
    light: Option<(u32, u64)>,
}

impl Search {
    pub fn new(budget: u64, best_weight: u64) -> Self {
        Self { budget, heavy: (0, best_weight), light: None }
    }

    /// The step to try next; `None` when the search is over.
    pub fn next(&self) -> Option<u32> {
        let (heavy, weight) = self.heavy;
        let light = self.light.map_or(STEPS + 1, |(step, _)| step);
        if light - heavy <= 1 {
            return None;
        }
        /// About how the weight falls with each step, as its logarithm, before two steps tell.
        const USUAL_FALL: f64 = 0.037;
        let fall = match self.light {
            Some((step, weight)) => (ln(self.heavy.1) - ln(weight)) / f64::from(step - heavy),
            None => USUAL_FALL,
        };
        let steps = if fall > 0.0 { (ln(weight) - ln(self.budget)) / fall } else { 1.0 };
        let guess = heavy.saturating_add(steps.ceil().clamp(1.0, f64::from(STEPS)) as u32);
        Some(guess.min(light - 1).min(STEPS))
    }

    /// Takes note of what photos weigh at a step.
    pub fn weighed(&mut self, step: u32, weight: u64) {
        if weight <= self.budget {
            self.light = Some((step, weight));
        } else {
            self.heavy = (step, weight);
        }
    }

    /// The fewest steps at which the photos fit, once the search is over; `None` where they never do.
    pub fn found(&self) -> Option<u32> {
        self.light.map(|(step, _)| step)
    }
}

fn ln(weight: u64) -> f64 {
    (weight.max(1) as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Searches where the weight falls by a share each step; tells how often it was asked.
    fn search(budget: u64, fall: f64) -> (Option<u32>, u32) {
        let weight = |step: u32| (10_000_000.0 * fall.powi(step as i32)) as u64;
        let mut search = Search::new(budget, weight(0));
        let mut asked = 0;
        while let Some(step) = search.next() {
            search.weighed(step, weight(step));
            asked += 1;
            assert!(asked <= STEPS, "it must come to an end");
        }
        (search.found(), asked)
    }

    #[test]
    fn the_fewest_steps_are_found_in_few_tries() {
        for fall in [0.9, 0.94, 0.955, 0.97, 0.99] {
            for budget in [9_900_000, 9_000_000, 6_000_000, 3_000_000, 1_500_000] {
                let fits = |step: u32| (10_000_000.0 * f64::powi(fall, step as i32)) as u64 <= budget;
                let wanted = (1..=STEPS).find(|&step| fits(step));
                let (found, asked) = search(budget, fall);
                assert_eq!(found, wanted, "budget {budget}, fall {fall}");
                assert!(asked <= 8, "{asked} tries for budget {budget}, fall {fall}");
            }
        }
    }

    #[test]
    fn what_can_never_fit_is_given_up() {
        assert_eq!(search(10, 0.95).0, None);
    }

    #[test]
    fn levels_go_from_the_best_to_the_lowest() {
        assert_eq!((level(0), level(STEPS)), (Level::EMAIL, LOWEST));
        assert!((1..=STEPS).all(|step| level(step).ppi < level(step - 1).ppi));
    }
}
