//! Carries out a plan: decode in full, convert to sRGB grey or colour, scale, turn, encode. Metadata stays behind.

use std::io::Cursor;

use fast_image_resize::images::Image as ResizeImage;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageEncoder, Limits, RgbImage, RgbaImage};

use super::broken;
use super::facts::{Facts, Format};
use super::plan::{Encoding, Plan};
use super::strip::strip;
use crate::diagnostic::PhotoFault;

/// Most memory that a decoder may take for one photo, in bytes.
const MAX_MEMORY: u64 = 1_000_000_000;

/// A photo with this many colours or fewer is a drawing, chart or screenshot, and stays lossless.
const FLAT_COLOURS: usize = 256;

/// A finished photo.
pub struct Done {
    pub bytes: Vec<u8>,
    pub extension: &'static str,
    pub width: u32,
    pub height: u32,
}

/// Carries out a plan on the bytes of a photo.
pub fn process(bytes: &[u8], facts: &Facts, plan: &Plan) -> Result<Done, PhotoFault> {
    let quality = match plan.encoding {
        Encoding::Verbatim => {
            return Ok(Done { bytes: bytes.to_vec(), extension: "svg", width: facts.width, height: facts.height });
        }
        Encoding::Jpeg { quality } | Encoding::ByContent { quality } => quality,
    };
    let full = match facts.format {
        Format::Jpeg => decode_jpeg(bytes, facts, plan)?,
        format => decode_other(bytes, format)?,
    };
    if let Some(bytes) = small_enough(bytes, facts, plan, &full) {
        return Ok(Done { bytes, extension: "jpg", width: facts.width, height: facts.height });
    }
    let lossless = matches!(plan.encoding, Encoding::ByContent { .. }) && (is_see_through(&full) || is_flat(&full));
    let mut scaled = scale(full, stored_size(facts, plan))?;
    scaled.apply_orientation(facts.orientation);
    let (width, height) = (scaled.width(), scaled.height());
    if lossless {
        return Ok(Done { bytes: encode_png(&scaled)?, extension: "png", width, height });
    }
    Ok(Done { bytes: encode_jpeg(&scaled, quality)?, extension: "jpg", width, height })
}

/// A JPEG that is of the planned size already, without its metadata; it has been decoded, so it is sound.
fn small_enough(bytes: &[u8], facts: &Facts, plan: &Plan, full: &DynamicImage) -> Option<Vec<u8>> {
    let is_planned = (plan.width, plan.height) == (facts.width, facts.height)
        && (full.width(), full.height()) == (facts.width, facts.height);
    let is_jpeg = facts.format == Format::Jpeg && facts.orientation == Orientation::NoTransforms;
    // Larger than a good encoder makes it: a camera's own quality is more than paper shows.
    let is_lean = bytes.len() as u64 * 2 <= facts.pixels();
    // Four inks are converted, not passed on.
    let has_light = jpeg_components(bytes).is_some_and(|count| count <= 3);
    if is_planned && is_jpeg && is_lean && has_light { strip(bytes) } else { None }
}

fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().ok()?;
    Some(match decoder.info()?.pixel_format {
        jpeg_decoder::PixelFormat::L8 | jpeg_decoder::PixelFormat::L16 => 1,
        jpeg_decoder::PixelFormat::RGB24 => 3,
        jpeg_decoder::PixelFormat::CMYK32 => 4,
    })
}

/// The planned size, as it lies in the file before turning.
fn stored_size(facts: &Facts, plan: &Plan) -> (u32, u32) {
    if facts.is_turned() { (plan.height, plan.width) } else { (plan.width, plan.height) }
}

/// The whole file is read, so that damage anywhere in it is found; only the size of the result is reduced.
fn decode_jpeg(bytes: &[u8], facts: &Facts, plan: &Plan) -> Result<DynamicImage, PhotoFault> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(MAX_MEMORY as usize);
    let (width, height) = stored_size(facts, plan);
    let request = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(request(width), request(height)).map_err(broken)?;
    let (width, height) = (u32::from(width), u32::from(height));
    let pixels = decoder.decode().map_err(broken)?;
    let info = decoder.info().ok_or_else(|| broken("no frame"))?;
    let image = match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
        jpeg_decoder::PixelFormat::L16 => {
            let high_bytes = pixels.chunks_exact(2).map(|pair| pair[1]).collect();
            GrayImage::from_raw(width, height, high_bytes).map(DynamicImage::from)
        }
        jpeg_decoder::PixelFormat::RGB24 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        jpeg_decoder::PixelFormat::CMYK32 => {
            RgbImage::from_raw(width, height, cmyk_to_rgb(&pixels)).map(DynamicImage::from)
        }
    };
    image.ok_or_else(|| broken("fewer pixels than announced"))
}

/// Ink to light, without a profile.
fn cmyk_to_rgb(pixels: &[u8]) -> Vec<u8> {
    let light = |ink: u8, black: u8| ((255 - u16::from(ink)) * (255 - u16::from(black)) / 255) as u8;
    pixels.chunks_exact(4).flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])]).collect()
}

fn decode_other(bytes: &[u8], format: Format) -> Result<DynamicImage, PhotoFault> {
    let format = format.as_image_format().ok_or(PhotoFault::UnknownFormat)?;
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(broken)?;
    let (has_colour, has_alpha) = (decoder.color_type().has_color(), decoder.color_type().has_alpha());
    let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let image = if has_alpha { image.into_rgba8().into() } else { image };
    // A channel that says of every pixel that it is opaque would be stored for nothing.
    Ok(match (is_see_through(&image), has_colour) {
        (true, _) => image,
        (false, true) => image.into_rgb8().into(),
        (false, false) => image.into_luma8().into(),
    })
}

fn is_see_through(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(image) => image.pixels().any(|pixel| pixel[3] < 255),
        _ => false,
    }
}

fn is_flat(image: &DynamicImage) -> bool {
    let mut colours = std::collections::HashSet::new();
    let bytes_per_pixel = usize::from(image.color().bytes_per_pixel());
    image.as_bytes().chunks_exact(bytes_per_pixel).all(|pixel| {
        colours.insert(pixel);
        colours.len() <= FLAT_COLOURS
    })
}

fn scale(image: DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage, PhotoFault> {
    if (image.width(), image.height()) == (width, height) {
        return Ok(image);
    }
    let kind = match &image {
        DynamicImage::ImageLuma8(_) => PixelType::U8,
        DynamicImage::ImageRgb8(_) => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    let (from_width, from_height) = (image.width(), image.height());
    let source = ResizeImage::from_vec_u8(from_width, from_height, image.into_bytes(), kind).map_err(broken)?;
    let mut target = ResizeImage::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut target, &options).map_err(broken)?;
    let pixels = target.into_vec();
    let scaled = match kind {
        PixelType::U8 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
        PixelType::U8x3 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        _ => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from),
    };
    scaled.ok_or_else(|| broken("scaling failed"))
}

fn encode_jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, PhotoFault> {
    let encoder = mozjpeg_rs::Encoder::new(mozjpeg_rs::Preset::BaselineBalanced).quality(quality);
    let (width, height) = (image.width(), image.height());
    let encoded = match image {
        DynamicImage::ImageLuma8(grey) => encoder.encode_gray(grey.as_raw(), width, height),
        DynamicImage::ImageRgb8(colour) => encoder.encode_rgb(colour.as_raw(), width, height),
        other => encoder.encode_rgb(other.to_rgb8().as_raw(), width, height),
    };
    encoded.map_err(broken)
}

fn encode_png(image: &DynamicImage) -> Result<Vec<u8>, PhotoFault> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, PngFilter::Adaptive)
        .write_image(image.as_bytes(), image.width(), image.height(), image.color().into())
        .map_err(broken)?;
    Ok(bytes)
}
