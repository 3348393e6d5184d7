//! Photos decoded ahead, on threads that have nothing else to do while the layout is being read: typst keeps what it
//! has decoded, and finds it there when a page is set. It changes nothing but the time.

use rayon::prelude::*;
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

/// A photo that typst is going to decode.
pub(super) struct PendingImage {
    bytes: Bytes,
    format: ExchangeFormat,
}

impl PendingImage {
    /// The file at a path of the project, unless it is a drawing.
    pub(super) fn new(path: &str, bytes: Bytes) -> Option<Self> {
        let format = match path.rsplit_once('.')?.1 {
            "jpg" => ExchangeFormat::Jpg,
            "png" => ExchangeFormat::Png,
            _ => return None,
        };
        Some(Self { bytes, format })
    }
}

/// Decodes photos. What cannot be decoded is told when the pages are set.
pub(super) fn decode(photos: Vec<PendingImage>) {
    photos.into_par_iter().for_each(|photo| drop(RasterImage::new(photo.bytes, photo.format, Smart::Auto)));
}
