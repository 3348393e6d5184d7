//! Photos: from the file the photographer sent to what goes into the PDF.
//!
//! `facts` looks at a file, `plan` decides without touching a pixel, `process` does it, `strip` takes metadata away.

mod facts;
mod plan;
mod process;
mod strip;

use rayon::prelude::*;

pub use facts::{Facts, Format, examine};
pub use plan::{Encoding, Plan, Sizes, plan};

use crate::diagnostic::{Diagnostic, Found, PhotoFault, PhotoSize, Problem, nearest};
use crate::fs::{IssueFolder, ReadFault};
use crate::issue::PhotoFile;

/// Largest photo file, in bytes.
const MAX_BYTES: u64 = 200_000_000;

/// Most pixels of a photo: what the largest cameras give.
const MAX_PIXELS: u64 = 110_000_000;

/// A photo as it goes into the PDF.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The author's file, relative to the issue folder.
    pub original: String,
    /// Where the layout finds it, such as `/photos/001.jpg`: numbered, for every path that typst meets stays in
    /// memory for good.
    pub path: String,
    pub bytes: Vec<u8>,
    /// Pixels as seen, of the prepared photo.
    pub width: u32,
    pub height: u32,
    /// Pixels as seen across the author's file; `None` for drawings, which have none.
    pub original_width: Option<u32>,
    /// The author's file itself, where it was asked for.
    pub source: Option<Vec<u8>>,
}

/// How photos are to be prepared.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Largest sizes at which the layout places photos.
    pub sizes: Sizes,
    /// Pixels per inch as placed.
    pub ppi: f64,
    /// Whether the author's files are kept as well.
    pub keep_sources: bool,
}

/// Prepares every photo, on as many threads as the current rayon pool has. A photo that cannot be read is `None`,
/// with a finding where it is called for.
pub fn prepare_all(folder: &IssueFolder, photos: &[PhotoFile], settings: Settings) -> Found<Vec<Option<Prepared>>> {
    let numbered = photos.par_iter().enumerate();
    let results: Vec<_> = numbered.map(|(index, photo)| prepare(folder, photo, index + 1, settings)).collect();
    let mut diagnostics = Vec::new();
    let value = results.into_iter().zip(photos).map(|(result, photo)| match result {
        Ok(prepared) => Some(prepared),
        Err(problem) => {
            let places = photo.calls.iter().map(|(place, _)| place.clone());
            diagnostics.extend(places.map(|place| Diagnostic::error(problem.clone(), place)));
            None
        }
    });
    let value = value.collect();
    Found { value, diagnostics }
}

fn prepare(folder: &IssueFolder, photo: &PhotoFile, number: usize, settings: Settings) -> Result<Prepared, Problem> {
    let path = &photo.path;
    let unreadable = |fault| Problem::PhotoUnreadable { path: path.clone(), fault };
    let bytes = read(folder, path)?;
    let facts = examine(&bytes).map_err(unreadable)?;
    if facts.pixels() > MAX_PIXELS {
        let (width, height) = (u64::from(facts.width), u64::from(facts.height));
        let size = PhotoSize::Pixels { width, height, limit: MAX_PIXELS };
        return Err(Problem::PhotoTooLarge { path: path.clone(), size });
    }
    let uses: Vec<_> = photo.calls.iter().map(|(_, usage)| *usage).collect();
    let plan = plan(&facts, &uses, &settings.sizes, settings.ppi);
    let done = process::process(&bytes, &facts, &plan).map_err(unreadable)?;
    Ok(Prepared {
        original: path.clone(),
        path: format!("/photos/{number:03}.{}", done.extension),
        bytes: done.bytes,
        width: done.width,
        height: done.height,
        original_width: (facts.format != Format::Svg).then_some(facts.width),
        source: settings.keep_sources.then_some(bytes),
    })
}

fn read(folder: &IssueFolder, path: &str) -> Result<Vec<u8>, Problem> {
    use crate::diagnostic::FileFault;
    folder.read(path, MAX_BYTES).map_err(|fault| match fault {
        ReadFault::Outside => Problem::OutsideIssue { path: path.to_owned() },
        ReadFault::NotFound => {
            let files = folder.files();
            let photos = files.iter().map(String::as_str).filter(|file| !file.ends_with(".md"));
            Problem::PhotoMissing { path: path.to_owned(), nearest: nearest(path, photos) }
        }
        ReadFault::File(FileFault::TooLarge { limit }) => {
            Problem::PhotoTooLarge { path: path.to_owned(), size: PhotoSize::Bytes { bytes: limit + 1, limit } }
        }
        ReadFault::File(fault) => Problem::PhotoUnreadable { path: path.to_owned(), fault: PhotoFault::File(fault) },
    })
}

/// A decoder's words, as a fault.
fn broken(error: impl std::fmt::Display) -> PhotoFault {
    PhotoFault::Broken(error.to_string())
}
