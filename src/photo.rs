//! Photos: from the file the photographer sent to what goes into the PDF.
//!
//! `format` knows the formats. `inspect` looks at files (`examine`: `facts` of pixels, or a `drawing`) and `plan` decides
//! what becomes of each, or of the `part` that is wanted, without touching a pixel; `budget` says how good all can be.
//! `prepare` carries the plans out, each by `process`: `decode` (`reduced` where less than all of a JPEG is wanted),
//! `colour`, `encode` at the `quality` that the photo needs, or `strip` where the file will do as it is. `lossless` cuts a
//! part out of what was made, as layouts clip it. `jpeg` reads how such files are coded, `cache` keeps what was made,
//! `memory_limit` bounds what is made at once, `errors` is what decoders say, as ours.

mod budget;
mod cache;
mod colour;
mod decode;
mod drawing;
mod encode;
mod errors;
mod examine;
mod facts;
mod format;
mod inspect;
mod jpeg;
mod lossless;
mod memory_limit;
mod part;
mod plan;
mod prepare;
mod process;
mod quality;
mod reduced;
pub mod stand_in;
mod strip;

pub use budget::{STEPS, Search, level};
pub use cache::{Cache, Content, Key};
pub use examine::examine;
pub use facts::Facts;
pub use format::Format;
pub use inspect::{Inspected, inspect_all};
pub use lossless::{CutOut, cut_out};
pub use part::Part;
pub use plan::{COARSE, Encoding, Level, Plan, Sizes, placed_width, plan, plan_part};
pub use prepare::{Kept, Prepared, Settings, prepare_all, weight};
pub use process::{Done, process};

use crate::diagnostic::{Diagnostic, FileError, Finding, PhotoError, PhotoSize, WithDiagnostics};
use crate::fs::ReadError;
use crate::issue::PhotoFile;

/// Largest photo file, in bytes.
pub const MAX_BYTES: u64 = 200_000_000;

/// About how many bytes all decoders together may take.
const MAX_MEMORY: u64 = 600_000_000;

/// What came of each photo, with a finding at every call of those of which nothing came. What was not tried has none.
fn with_findings<T>(results: Vec<Option<Result<T, Finding>>>, photos: &[PhotoFile]) -> WithDiagnostics<Vec<Option<T>>> {
    let mut diagnostics = Vec::new();
    let value = results.into_iter().zip(photos).map(|(result, photo)| match result? {
        Ok(value) => Some(value),
        Err(finding) => {
            let places = photo.calls.iter().map(|(place, _)| place.clone());
            diagnostics.extend(places.map(|place| Diagnostic::error(finding.clone(), place)));
            None
        }
    });
    let value = value.collect();
    WithDiagnostics { value, diagnostics }
}

fn unreadable(path: &str, error: PhotoError) -> Finding {
    Finding::PhotoUnreadable { path: path.to_owned(), error }
}

/// Why a photo file cannot be read at all.
fn unread(path: &str, error: ReadError) -> Finding {
    match error {
        ReadError::Outside => Finding::OutsideIssue { path: path.to_owned() },
        ReadError::NotFound => Finding::PhotoMissing { path: path.to_owned(), nearest: None },
        ReadError::File(FileError::TooLarge { limit }) => {
            Finding::PhotoTooLarge { path: path.to_owned(), size: PhotoSize::Bytes { bytes: limit + 1, limit } }
        }
        ReadError::File(error) => Finding::PhotoUnreadable { path: path.to_owned(), error: PhotoError::File(error) },
    }
}
