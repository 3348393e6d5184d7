//! What a photo file of pixels is, told by its content: format, size as seen, orientation. No pixel is decoded here.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, Limits};

use super::errors::{broken_image, broken_jpeg};
use super::format::Format;
use super::jpeg::{SOS, segments};
use crate::diagnostic::PhotoError;

/// What a photo is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    pub format: Format,
    /// Pixels as seen: after turning by the orientation. For drawings, the size in CSS pixels.
    pub width: u32,
    pub height: u32,
    pub orientation: Orientation,
    /// Whether it is in four inks.
    pub is_cmyk: bool,
    /// Size of the file.
    pub bytes: u64,
    /// About how many bytes it takes at most, to decode it and to encode it as large as photos are printed.
    pub memory: u64,
}

impl Facts {
    /// Whether the photo lies on its side in the file.
    pub fn is_turned(&self) -> bool {
        matches!(
            self.orientation,
            Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
        )
    }

    /// About how many bytes it takes to decode it and to encode so many pixels of it.
    pub(super) fn memory_for(&self, printed: u64) -> u64 {
        let encoding = |pixels: u64| pixels.min(LARGEST_PRINTED) * ENCODING;
        self.memory.saturating_sub(encoding(self.pixels())) + encoding(printed)
    }

    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Looks at a photo file of pixels.
pub(super) fn examine_raster(bytes: &[u8]) -> Result<Facts, PhotoError> {
    let format = Format::of(bytes).filter(|format| *format != Format::Svg).ok_or(PhotoError::UnknownFormat)?;
    let header = if format == Format::Jpeg { examine_jpeg(bytes)? } else { examine_other(bytes, format)? };
    facts(bytes, format, header)
}

/// The facts about a drawing of this size in CSS pixels.
pub(super) fn of_drawing(bytes: &[u8], (width, height): (u32, u32)) -> Result<Facts, PhotoError> {
    let header = Header { width, height, orientation: Orientation::NoTransforms, is_cmyk: false, per_pixel: 0 };
    facts(bytes, Format::Svg, header)
}

fn facts(bytes: &[u8], format: Format, header: Header) -> Result<Facts, PhotoError> {
    let Header { width, height, orientation, is_cmyk, per_pixel } = header;
    if width == 0 || height == 0 {
        return Err(PhotoError::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    let memory = pixels * per_pixel + pixels.min(LARGEST_PRINTED) * ENCODING;
    let memory = if format == Format::Svg { 0 } else { memory };
    let facts = Facts { format, width, height, orientation, is_cmyk, bytes: bytes.len() as u64, memory };
    Ok(if facts.is_turned() { Facts { width: height, height: width, ..facts } } else { facts })
}

/// Most pixels of a photo as it is printed: those of an A4 page at the best level.
const LARGEST_PRINTED: u64 = 6_000_000;

/// About how many bytes a pixel takes to be encoded, in all forms that are there at once.
const ENCODING: u64 = 30;

/// What the beginning of a file tells.
struct Header {
    /// Pixels as they lie in the file.
    width: u32,
    height: u32,
    orientation: Orientation,
    is_cmyk: bool,
    /// About how much memory a pixel takes while it is decoded.
    per_pixel: u64,
}

/// Most passes over the pixels of a JPEG, each with all of its pixels: cameras and programs make a dozen, and the
/// largest photo that is read would take some seconds.
const MAX_SCANNED_PIXELS: u64 = 2_000_000_000;

fn examine_jpeg(bytes: &[u8]) -> Result<Header, PhotoError> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().map_err(broken_jpeg)?;
    let info = decoder.info().ok_or(PhotoError::Damaged)?;
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk);
    let channels = info.pixel_format.pixel_bytes() as u64;
    let is_progressive = info.coding_process == jpeg_decoder::CodingProcess::DctProgressive;
    let scans = segments(bytes).segments.iter().filter(|segment| segment.marker == SOS).count();
    let pixels = u64::from(info.width) * u64::from(info.height);
    // One that is not progressive has a scan for each channel at most.
    let is_endless = !is_progressive && scans > 4 || pixels.saturating_mul(scans as u64) > MAX_SCANNED_PIXELS;
    if is_endless {
        return Err(PhotoError::TooManyScans { scans });
    }
    let per_pixel = match info.coding_process {
        jpeg_decoder::CodingProcess::DctSequential => channels * 2,
        // One that is progressive is kept whole, as numbers of two bytes, until its last scan.
        jpeg_decoder::CodingProcess::DctProgressive => channels * 4,
        jpeg_decoder::CodingProcess::Lossless => channels * 6,
    };
    Ok(Header {
        width: info.width.into(),
        height: info.height.into(),
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        is_cmyk: info.pixel_format == jpeg_decoder::PixelFormat::CMYK32,
        per_pixel,
    })
}

fn examine_other(bytes: &[u8], format: Format) -> Result<Header, PhotoError> {
    /// What may be read before the pixels: profiles and the like, unpacked.
    const BEFORE_PIXELS: u64 = 64_000_000;
    let image_format = format.as_image_format().ok_or(PhotoError::UnknownFormat)?;
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), image_format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(BEFORE_PIXELS);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken_image)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().map_err(broken_image)?;
    let stored = u64::from(decoder.color_type().bytes_per_pixel());
    // As it is stored, and as it is converted to eight bits a channel.
    let per_pixel = match format {
        // The decoder has it once more, in its own numbers.
        Format::Tiff => stored * 2 + 4,
        Format::WebP => stored + 8,
        _ => stored + 4,
    };
    Ok(Header { width, height, orientation, is_cmyk: false, per_pixel })
}
