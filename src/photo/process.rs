//! Carries out a plan: decode in full, scale, convert to sRGB, turn, encode. Metadata stays behind.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::Image as ResizeImage;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

use super::colour::Conversion;
use super::decode::{Channels, Picture, decode};
use super::encode::{self, Encoded};
use super::errors::broken;
use super::facts::Facts;
use super::plan::{Encoding, Plan};
use super::quality::{PictureRef, quality_for};
use super::strip::strip;
use crate::diagnostic::PhotoError;

/// A finished photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub file: Encoded,
    /// Pixels as seen.
    pub width: u32,
    pub height: u32,
}

/// Carries out a plan on the bytes of a photo. A decoder that panics over a damaged file fails like any other.
pub fn process(bytes: &[u8], facts: &Facts, plan: &Plan) -> Result<Done, PhotoError> {
    catch_unwind(AssertUnwindSafe(|| process_trusting(bytes, facts, plan))).unwrap_or(Err(PhotoError::DecoderFailed))
}

fn process_trusting(bytes: &[u8], facts: &Facts, plan: &Plan) -> Result<Done, PhotoError> {
    let score = match plan.encoding {
        Encoding::Verbatim => {
            // How much it takes in the PDF is not known before it is there.
            let file = Encoded { bytes: bytes.to_vec(), extension: "svg", weight: 0 };
            return Ok(Done { file, width: facts.width, height: facts.height });
        }
        Encoding::Jpeg { score, .. } | Encoding::ByContent { score } => score,
    };
    let full = decode(bytes, facts, stored_size(facts, plan))?;
    let conversion = Conversion::of(full.profile.as_deref(), full.channels);
    // What the file itself is, where nothing need be done to its pixels.
    let as_it_is = || match conversion {
        Conversion::None if plan.keeps_every_pixel(facts) => strip(bytes).map(Encoded::jpeg),
        _ => None,
    };
    if let (Encoding::Jpeg { as_it_is: true, .. }, Some(file)) = (plan.encoding, as_it_is()) {
        return Ok(Done { file, width: facts.width, height: facts.height });
    }
    let may_be_flat = matches!(plan.encoding, Encoding::ByContent { .. }) && is_flat(&full);
    let covered = covered(&full, facts);
    let scaled = turn(conversion.apply(scale(full, covered, stored_size(facts, plan))?), facts)?;
    let (width, height) = (scaled.width, scaled.height);
    let file = if scaled.channels == Channels::Rgba {
        encode::png(&scaled)?
    } else {
        let photo = encode::jpeg(&scaled, quality_of(&scaled, score))?;
        if may_be_flat { lighter_enough(encode::png(&scaled)?, photo) } else { photo }
    };
    let file = match as_it_is() {
        Some(original) if original.weight <= file.weight => original,
        _ => file,
    };
    Ok(Done { file, width, height })
}

/// The JPEG quality at which a picture in sRGB comes to a score.
fn quality_of(picture: &Picture, score: f64) -> u8 {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let channels = picture.channels.count();
    quality_for(PictureRef { width, height, channels, pixels: &picture.pixels }, score)
}

/// A flat graphic stays lossless, and sharp, unless that costs far more.
fn lighter_enough(lossless: Encoded, photo: Encoded) -> Encoded {
    const WORTH: u64 = 3;
    if lossless.weight <= WORTH * photo.weight { lossless } else { photo }
}

/// The planned size, as it lies in the file before turning.
fn stored_size(facts: &Facts, plan: &Plan) -> (u32, u32) {
    if facts.is_turned() { (plan.height, plan.width) } else { (plan.width, plan.height) }
}

/// Whether it is a chart, a drawing or a screenshot rather than a photo: most pixels are exactly as their neighbour,
/// which a camera never gives.
fn is_flat(picture: &Picture) -> bool {
    let size = picture.channels.count();
    let row = picture.width as usize * size;
    let (mut alike, mut all) = (0u64, 0u64);
    for row in picture.pixels.chunks_exact(row) {
        alike += row.chunks_exact(size).zip(row[size..].chunks_exact(size)).filter(|(a, b)| a == b).count() as u64;
        all += u64::from(picture.width) - 1;
    }
    alike * 2 >= all
}

/// How much of a picture its photo covers, across and down, in pixels: less than all where it was decoded at a fraction of
/// its size that is no whole number, and rounded up.
fn covered(picture: &Picture, facts: &Facts) -> (f64, f64) {
    let (width, height) = if facts.is_turned() { (facts.height, facts.width) } else { (facts.width, facts.height) };
    let rounded = |length: u32, eighths: u32| (u64::from(length) * u64::from(eighths)).div_ceil(8);
    let is_size = |eighths: &u32| {
        rounded(width, *eighths) == u64::from(picture.width) && rounded(height, *eighths) == u64::from(picture.height)
    };
    match [8, 4, 2, 1].into_iter().find(is_size) {
        Some(eighths) => {
            let exact = |length: u32| f64::from(length) * f64::from(eighths) / 8.0;
            (exact(width), exact(height))
        }
        None => (picture.width.into(), picture.height.into()),
    }
}

/// Scales what the photo covers of a picture.
fn scale(picture: Picture, covered: (f64, f64), (width, height): (u32, u32)) -> Result<Picture, PhotoError> {
    if (picture.width, picture.height) == (width, height) {
        return Ok(picture);
    }
    let kind = match picture.channels {
        Channels::Grey => PixelType::U8,
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba | Channels::Cmyk => PixelType::U8x4,
    };
    let Picture { channels, pixels, profile, .. } = picture;
    let source = ResizeImage::from_vec_u8(picture.width, picture.height, pixels, kind).map_err(broken)?;
    let mut target = ResizeImage::new(width, height, kind);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(0.0, 0.0, covered.0, covered.1)
        // The fourth ink is no transparency.
        .use_alpha(channels == Channels::Rgba);
    Resizer::new().resize(&source, &mut target, &options).map_err(broken)?;
    Ok(Picture { width, height, channels, pixels: target.into_vec(), profile })
}

/// Turns a picture as its camera was held.
fn turn(picture: Picture, facts: &Facts) -> Result<Picture, PhotoError> {
    let Picture { width, height, channels, pixels, profile } = picture;
    let image = match channels {
        Channels::Grey => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
        Channels::Rgb => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        Channels::Rgba | Channels::Cmyk => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from),
    };
    let mut image = image.ok_or(PhotoError::Damaged)?;
    image.apply_orientation(facts.orientation);
    let (width, height) = (image.width(), image.height());
    Ok(Picture { width, height, channels, pixels: image.into_bytes(), profile })
}
