//! Carries out a plan: decode in full, scale, convert to sRGB, turn, encode. Metadata stays behind.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::Image as ResizeImage;
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, PixelType, ResizeAlg, ResizeOptions, Resizer,
};
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

use super::colour::Conversion;
use super::decode::{Channels, Picture, decode};
use super::encode::{self, Encoded};
use super::errors::broken;
use super::facts::Facts;
use super::lossless::can_be_cut;
use super::part::Part;
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
    let full = decode(bytes, facts, least_size(facts, plan))?;
    let conversion = Conversion::of(full.profile.as_deref(), full.channels);
    // What the file itself is, where nothing need be done to its pixels, and a layout can clip some away.
    let as_it_is = || match conversion {
        Conversion::None if plan.keeps_every_pixel(facts) => {
            let stripped = strip(bytes).filter(|jpeg| can_be_cut(jpeg, (facts.width, facts.height)));
            stripped.map(Encoded::jpeg)
        }
        _ => None,
    };
    if let (Encoding::Jpeg { as_it_is: true, .. }, Some(file)) = (plan.encoding, as_it_is()) {
        return Ok(Done { file, width: facts.width, height: facts.height });
    }
    let covered = covered(&full, facts);
    let (full, covered) = cut(full, covered, facts, plan);
    let may_be_flat = matches!(plan.encoding, Encoding::ByContent { .. }) && is_flat(&full);
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

/// Pixels across and down, as they lie in the file, that the photo must be decoded to for its part to have the planned
/// size.
fn least_size(facts: &Facts, plan: &Plan) -> (u32, u32) {
    let (width, height) = stored_size(facts, plan);
    if plan.part == Part::whole(facts) {
        return (width, height);
    }
    let (all_width, all_height) = stored_bounds(facts);
    let part = plan.part.stored(facts);
    // At each edge of the part, a pixel that is not all within it is lost.
    let least = |planned: u32, all: u32, part: u32| {
        let least = (u64::from(planned) + 2) * u64::from(all);
        u32::try_from(least.div_ceil(u64::from(part))).unwrap_or(u32::MAX).min(all)
    };
    (least(width, all_width, part.width), least(height, all_height, part.height))
}

/// The size of all of a photo, as it lies in the file.
fn stored_bounds(facts: &Facts) -> (u32, u32) {
    if facts.is_turned() { (facts.height, facts.width) } else { (facts.width, facts.height) }
}

/// Cuts a picture down to the part that is printed: no pixel that shows any of what is outside is left, for the author
/// may have cut it off with reason. With it goes how much of the picture the photo covers.
fn cut(picture: Picture, covered: (f64, f64), facts: &Facts, plan: &Plan) -> (Picture, (f64, f64)) {
    if plan.part == Part::whole(facts) {
        return (picture, covered);
    }
    let part = plan.part.stored(facts);
    let (all_width, all_height) = stored_bounds(facts);
    let across = Span::within(part.left, part.width, all_width, picture.width, covered.0);
    let down = Span::within(part.top, part.height, all_height, picture.height, covered.1);
    let size = picture.channels.count();
    let row = picture.width as usize * size;
    let columns = across.start as usize * size..across.end as usize * size;
    let rows = picture.pixels.chunks_exact(row).take(down.end as usize).skip(down.start as usize);
    let pixels = rows.flat_map(|row| row.get(columns.clone()).unwrap_or_default()).copied().collect();
    let (width, height) = (across.end - across.start, down.end - down.start);
    (Picture { width, height, pixels, ..picture }, (across.covered, down.covered))
}

/// Pixels of a picture, along one side of it.
struct Span {
    start: u32,
    end: u32,
    /// How much of them the part covers.
    covered: f64,
}

impl Span {
    /// The pixels of a picture of `length` pixels, of which a photo of `all` pixels covers `covered`, that show nothing
    /// but `part` pixels of it from `from` on; one at least.
    fn within(from: u32, part: u32, all: u32, length: u32, covered: f64) -> Self {
        let at = |pixel: u32| f64::from(pixel) * covered / f64::from(all);
        let start = (at(from).ceil() as u32).min(length.saturating_sub(1));
        if from + part == all {
            return Self { start, end: length, covered: covered - f64::from(start) };
        }
        let end = (at(from + part).floor() as u32).clamp(start + 1, length);
        Self { start, end, covered: f64::from(end - start) }
    }
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
    let (width, height) = stored_bounds(facts);
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
    match channels {
        Channels::Grey => resize::<U8>(&source, &mut target, &options),
        Channels::Rgb => resize::<U8x3>(&source, &mut target, &options),
        Channels::Rgba | Channels::Cmyk => resize::<U8x4>(&source, &mut target, &options),
    }?;
    Ok(Picture { width, height, channels, pixels: target.into_vec(), profile })
}

/// Scales pixels of one kind: where any kind may come, the library builds in what scales thirteen.
fn resize<P: PixelTrait>(
    source: &ResizeImage,
    target: &mut ResizeImage,
    how: &ResizeOptions,
) -> Result<(), PhotoError> {
    match (source.image_view::<P>(), target.image_view_mut::<P>()) {
        (Some(source), Some(mut target)) => Resizer::new().resize_typed(&source, &mut target, how).map_err(broken),
        _ => Err(PhotoError::Damaged),
    }
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
