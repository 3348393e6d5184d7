//! What is known of Vietnamese: which syllables it can have, which stand side by side, and how it was written before
//! Unicode.

mod ascii;
mod legacy;
mod pairs;
mod spelling;
mod syllable;

pub use ascii::{ascii_name, without_marks};
pub use legacy::{Encoding, Letter, decode, letters};
pub use pairs::{LEVELS, normal, pair_level, pair_table};
pub use spelling::{Misspelling, misspelling};
pub use syllable::{Placement, Syllable, Tone};
