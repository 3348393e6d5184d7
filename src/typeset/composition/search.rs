//! The search: every piece is placed in turn, in all ways that are worth trying, and the cheapest whole is kept.
//!
//! A state says how far the pages are filled. States that are alike in all that matters for what follows are one, and of
//! the rest only the cheapest are kept, so the time grows with the length of the issue and no faster. From the whole to
//! the part: `zones`, `pages`, `columns`, `photos` and `pieces` say what can be done there, `zone` what is to come. A
//! `placer` does it, and `steps` are the ways that it went. A `pass` goes over the whole issue: a quick one does for most.

mod columns;
mod pages;
mod pass;
mod photos;
mod pieces;
mod placer;
mod pruner;
mod state;
mod steps;
mod zone;
mod zones;

#[cfg(test)]
mod tests;

use pass::{Pass, Scratch};

use super::cost;
use super::decision::Decision;
use super::galley::Galley;

/// How many states are kept behind each piece: first, and where nothing good comes of it.
const NARROW_BEAM: usize = 150;
const BEAM: usize = 1600;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order; none where nothing was found.
    pub decisions: Vec<Decision>,
    /// To which share the last page is filled, all columns together.
    pub last_filled: f64,
    cost: f64,
    pages: usize,
}

/// Which piece, and of which zone, had no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stuck {
    pub zone: usize,
    pub piece: usize,
}

/// The search itself. It is kept from one setting of an issue to the next: zones before the first that has changed are not
/// searched again.
#[derive(Debug)]
pub(super) struct Search {
    quick: Pass,
    thorough: Pass,
    scratch: Scratch,
}

impl Default for Search {
    fn default() -> Self {
        Self { quick: Pass::new(NARROW_BEAM), thorough: Pass::new(BEAM), scratch: Scratch::default() }
    }
}

impl Search {
    /// The best composition of a galley. It depends on the galley and the target alone.
    pub(super) fn run(&mut self, galley: &Galley, target: Option<usize>) -> Result<Found, Stuck> {
        let quick = self.quick.run(galley, target, f64::INFINITY, &mut self.scratch);
        if quick.as_ref().is_ok_and(|found| cost::is_low(found.cost, found.pages)) {
            return quick;
        }
        let limit = quick.as_ref().map_or(f64::INFINITY, |found| cost::limit(found.cost));
        let thorough = self.thorough.run(galley, target, limit, &mut self.scratch);
        match (quick, thorough) {
            (Ok(quick), Ok(thorough)) => Ok(if thorough.cost < quick.cost { thorough } else { quick }),
            (Err(_), thorough) => thorough,
            (quick, Err(_)) => quick,
        }
    }
}
