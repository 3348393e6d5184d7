//! What is known of Vietnamese: which syllables it can have, and how it was written before Unicode.

mod legacy;
mod spelling;
mod syllable;

pub use legacy::{Encoding, Letter, decode, letters};
pub use spelling::{Misspelling, misspelling};
pub use syllable::{Placement, Syllable, Tone};
