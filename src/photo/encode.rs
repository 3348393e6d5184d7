//! Pixels to the files that go into the PDF: JPEG for photos, PNG for flat graphics.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

use super::decode::{Channels, Picture};
use super::errors::broken;
use crate::diagnostic::PhotoError;

/// A finished file.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    pub bytes: Vec<u8>,
    pub extension: &'static str,
    /// How many bytes it takes in the PDF.
    pub weight: u64,
}

/// A JPEG of a picture in sRGB, without metadata.
pub(super) fn jpeg(picture: &Picture, quality: u8) -> Result<Encoded, PhotoError> {
    let encoder = mozjpeg_rs::Encoder::new(mozjpeg_rs::Preset::BaselineBalanced).quality(quality);
    let Picture { width, height, pixels, .. } = picture;
    let bytes = match picture.channels {
        Channels::Grey => encoder.encode_gray(pixels, *width, *height),
        Channels::Rgb => encoder.encode_rgb(pixels, *width, *height),
        Channels::Rgba | Channels::Cmyk => return Err(PhotoError::Damaged),
    };
    Ok(Encoded::jpeg(bytes.map_err(broken)?))
}

impl Encoded {
    /// A JPEG goes into the PDF byte for byte.
    pub fn jpeg(bytes: Vec<u8>) -> Self {
        Self { weight: bytes.len() as u64, bytes, extension: "jpg" }
    }
}

/// A PNG of a picture in sRGB.
pub(super) fn png(picture: &Picture) -> Result<Encoded, PhotoError> {
    let colour = match picture.channels {
        Channels::Grey => image::ExtendedColorType::L8,
        Channels::Rgb => image::ExtendedColorType::Rgb8,
        Channels::Rgba => image::ExtendedColorType::Rgba8,
        Channels::Cmyk => return Err(PhotoError::Damaged),
    };
    let mut bytes = Vec::new();
    // The PDF holds the pixels packed in another way, so that packing them hard here would be for nothing.
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&picture.pixels, picture.width, picture.height, colour)
        .map_err(broken)?;
    Ok(Encoded { bytes, extension: "png", weight: packed_weight(picture) })
}

/// How many bytes the pixels take in a PDF, which packs them as they are, with their transparency apart.
fn packed_weight(picture: &Picture) -> u64 {
    match picture.channels {
        Channels::Rgba => {
            let colours: Vec<u8> = picture.pixels.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
            let alpha: Vec<u8> = picture.pixels.chunks_exact(4).map(|p| p[3]).collect();
            packed(&colours) + packed(&alpha)
        }
        _ => packed(&picture.pixels),
    }
}

fn packed(bytes: &[u8]) -> u64 {
    /// What the PDF writer uses.
    const LEVEL: u32 = 6;
    let mut encoder = ZlibEncoder::new(Counter(0), Compression::new(LEVEL));
    let counted = encoder.write_all(bytes).and_then(|()| encoder.finish());
    counted.map_or(bytes.len() as u64, |counter| counter.0)
}

/// Counts what is written and keeps none of it.
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
