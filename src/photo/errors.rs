//! What decoders say is wrong, as errors of ours: their own words are English, and help nobody who sets a bulletin.

use image::ImageError;

use crate::diagnostic::PhotoError;

/// A file that begins well and cannot be read on.
pub(super) fn broken<E>(_: E) -> PhotoError {
    PhotoError::Damaged
}

/// As [`broken`], for JPEG. A kind of file that the decoder knows and does not read is not a damaged one.
pub(super) fn broken_jpeg(error: jpeg_decoder::Error) -> PhotoError {
    match error {
        jpeg_decoder::Error::Unsupported(_) => PhotoError::Unsupported,
        _ => PhotoError::Damaged,
    }
}

/// As [`broken_jpeg`], for the other formats.
pub(super) fn broken_image(error: ImageError) -> PhotoError {
    match error {
        ImageError::Unsupported(_) => PhotoError::Unsupported,
        _ => PhotoError::Damaged,
    }
}
