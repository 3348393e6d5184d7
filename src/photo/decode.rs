//! From the bytes of a photo to its pixels. The whole file is read, so that damage anywhere in it is found.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, Limits};

use super::errors::{broken_image, broken_jpeg};
use super::facts::Facts;
use super::format::Format;
use super::reduced::{self, Scale};
use crate::diagnostic::PhotoError;

/// What a decoder may take beside what the header announces, in bytes.
const SPARE_MEMORY: u64 = 64_000_000;

/// What the numbers of a pixel mean, one byte each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    Grey,
    Rgb,
    /// Colour and how opaque it is.
    Rgba,
    /// Four inks, 255 being full ink.
    Cmyk,
}

impl Channels {
    pub(super) fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// Pixels, row by row, as they lie in the file: not turned yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
    pub channels: Channels,
    pub pixels: Vec<u8>,
    /// The ICC profile that says what the colours are; sRGB where there is none.
    pub profile: Option<Vec<u8>>,
}

/// Decodes a photo; a JPEG at a fraction of its size, if that is still at least `(width, height)`.
pub(super) fn decode(bytes: &[u8], facts: &Facts, least: (u32, u32)) -> Result<Picture, PhotoError> {
    match facts.format {
        Format::Jpeg => decode_jpeg(bytes, facts, least),
        _ => decode_other(bytes, facts),
    }
}

fn decode_jpeg(bytes: &[u8], facts: &Facts, (width, height): (u32, u32)) -> Result<Picture, PhotoError> {
    if let Some(picture) = decode_reduced(bytes, facts, (width, height)) {
        return Ok(picture);
    }
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size((facts.memory + SPARE_MEMORY) as usize);
    let request = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(request(width), request(height)).map_err(broken_jpeg)?;
    let pixels = decoder.decode().map_err(broken_jpeg)?;
    let info = decoder.info().ok_or(PhotoError::Damaged)?;
    let (channels, pixels) = match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => (Channels::Grey, pixels),
        // Native byte order; the high byte is enough.
        jpeg_decoder::PixelFormat::L16 => (
            Channels::Grey,
            pixels.chunks_exact(2).map(|pair| u16::from_ne_bytes([pair[0], pair[1]]).to_be_bytes()[0]).collect(),
        ),
        jpeg_decoder::PixelFormat::RGB24 => (Channels::Rgb, pixels),
        jpeg_decoder::PixelFormat::CMYK32 => (Channels::Cmyk, pixels),
    };
    let (width, height) = (u32::from(width), u32::from(height));
    if pixels.len() != width as usize * height as usize * channels.count() {
        return Err(PhotoError::Damaged);
    }
    Ok(Picture { width, height, channels, pixels, profile: decoder.icc_profile() })
}

/// A JPEG decoded at a fraction of its size; `None` where that is too small, the file is damaged, or of a kind that
/// only the other decoder reads, which then has the last word.
fn decode_reduced(bytes: &[u8], facts: &Facts, least: (u32, u32)) -> Option<Picture> {
    let stored = if facts.is_turned() { (facts.height, facts.width) } else { (facts.width, facts.height) };
    let reduced = reduced::decode(bytes, Scale::for_least(stored, least)?)?;
    let channels = if reduced.components == 1 { Channels::Grey } else { Channels::Rgb };
    let (width, height) = (u32::try_from(reduced.width).ok()?, u32::try_from(reduced.height).ok()?);
    Some(Picture { width, height, channels, pixels: reduced.pixels, profile: profile_of_jpeg(bytes) })
}

/// The ICC profile that a JPEG carries before its pixels.
fn profile_of_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().ok()?;
    decoder.icc_profile()
}

fn decode_other(bytes: &[u8], facts: &Facts) -> Result<Picture, PhotoError> {
    let format = facts.format.as_image_format().ok_or(PhotoError::UnknownFormat)?;
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(facts.memory + SPARE_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken_image)?;
    let (has_colour, has_alpha) = (decoder.color_type().has_color(), decoder.color_type().has_alpha());
    // A damaged profile is as good as none.
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(broken_image)?;
    let (width, height) = (image.width(), image.height());
    let image = if has_alpha { DynamicImage::from(image.into_rgba8()) } else { image };
    // A channel that says of every pixel that it is opaque would be stored for nothing.
    let (channels, pixels) = match (&image, has_colour) {
        (DynamicImage::ImageRgba8(rgba), _) if rgba.pixels().any(|pixel| pixel[3] < 255) => {
            (Channels::Rgba, image.into_bytes())
        }
        (_, true) => (Channels::Rgb, image.into_rgb8().into_raw()),
        (_, false) => (Channels::Grey, image.into_luma8().into_raw()),
    };
    Ok(Picture { width, height, channels, pixels, profile })
}
