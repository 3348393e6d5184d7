//! What a long piece of work reports while it goes on, and asks: whether to go on.

/// Whoever is reported to.
pub trait Progress: Send + Sync {
    /// So many photos of all have been prepared.
    fn photos(&self, done: usize, all: usize);

    /// Whether the work is to end as soon as it can.
    fn is_stopped(&self) -> bool;
}

/// Nobody is reported to, and nobody stops the work.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn photos(&self, _done: usize, _all: usize) {}

    fn is_stopped(&self) -> bool {
        false
    }
}
