//! What the eye misses: warnings about an issue that can be set, and had better be looked at once more.

mod photos;

pub use photos::photos;
