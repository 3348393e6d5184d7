//! What a long piece of work tells while it goes on, and asks: whether to go on.

/// Somebody who watches.
pub trait Progress: Sync {
    /// So many photos of all have been prepared.
    fn photos(&self, done: usize, all: usize);

    /// Whether the work is to end as soon as it can.
    fn is_stopped(&self) -> bool;
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn photos(&self, _done: usize, _all: usize) {}

    fn is_stopped(&self) -> bool {
        false
    }
}
