//! Looks at a photo file, whatever it is: pixels or a drawing.

use super::drawing;
use super::facts::{Facts, examine_raster, of_drawing};
use super::format::Format;
use crate::diagnostic::PhotoError;

/// Looks at a photo file. A parser that panics over a damaged file fails like any other.
pub fn examine(bytes: &[u8]) -> Result<Facts, PhotoError> {
    std::panic::catch_unwind(|| examine_trusting(bytes)).unwrap_or(Err(PhotoError::DecoderFailed))
}

fn examine_trusting(bytes: &[u8]) -> Result<Facts, PhotoError> {
    if bytes.is_empty() {
        return Err(PhotoError::Empty);
    }
    if is_heif(bytes) {
        return Err(PhotoError::Heif);
    }
    match Format::of(bytes).ok_or(PhotoError::UnknownFormat)? {
        Format::Svg => of_drawing(bytes, drawing::examine(bytes)?),
        _ => examine_raster(bytes),
    }
}

/// HEIC and AVIF: a `ftyp` box with one of their brands.
fn is_heif(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 10] =
        [b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}
