//! What a photo file is, told by its content: format, size as seen, orientation. No pixel is decoded here.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat};

use super::broken;
use super::decode::broken_image;
use super::drawing;
use crate::diagnostic::PhotoFault;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Svg,
}

impl Format {
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Some(Self::Jpeg);
        }
        if drawing::looks_like_svg(bytes) {
            return Some(Self::Svg);
        }
        match image::guess_format(bytes).ok()? {
            ImageFormat::Png => Some(Self::Png),
            ImageFormat::WebP => Some(Self::WebP),
            ImageFormat::Gif => Some(Self::Gif),
            ImageFormat::Tiff => Some(Self::Tiff),
            _ => None,
        }
    }

    /// The format by the name that the `image` crate has for it; `None` for those that other crates read.
    pub fn as_image_format(self) -> Option<ImageFormat> {
        match self {
            Self::Png => Some(ImageFormat::Png),
            Self::WebP => Some(ImageFormat::WebP),
            Self::Gif => Some(ImageFormat::Gif),
            Self::Tiff => Some(ImageFormat::Tiff),
            Self::Jpeg | Self::Svg => None,
        }
    }
}

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
    /// About how many bytes it takes to decode.
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

    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Looks at a photo file. A parser that panics over a damaged file fails like any other.
pub fn examine(bytes: &[u8]) -> Result<Facts, PhotoFault> {
    std::panic::catch_unwind(|| examine_trusting(bytes)).unwrap_or_else(|_| Err(broken("the decoder gave up")))
}

fn examine_trusting(bytes: &[u8]) -> Result<Facts, PhotoFault> {
    if bytes.is_empty() {
        return Err(PhotoFault::Empty);
    }
    if is_heif(bytes) {
        return Err(PhotoFault::Heif);
    }
    let format = Format::of(bytes).ok_or(PhotoFault::UnknownFormat)?;
    let header = match format {
        Format::Jpeg => examine_jpeg(bytes)?,
        Format::Svg => {
            let (width, height) = drawing::examine(bytes)?;
            Header { width, height, orientation: Orientation::NoTransforms, is_cmyk: false, bytes_per_pixel: 0 }
        }
        _ => examine_other(bytes, format)?,
    };
    let Header { width, height, orientation, is_cmyk, bytes_per_pixel } = header;
    if width == 0 || height == 0 {
        return Err(PhotoFault::Broken("no pixels".into()));
    }
    let memory = u64::from(width) * u64::from(height) * bytes_per_pixel;
    let facts = Facts { format, width, height, orientation, is_cmyk, bytes: bytes.len() as u64, memory };
    Ok(if facts.is_turned() { Facts { width: height, height: width, ..facts } } else { facts })
}

/// What the beginning of a file tells.
struct Header {
    /// Pixels as they lie in the file.
    width: u32,
    height: u32,
    orientation: Orientation,
    is_cmyk: bool,
    /// About how much memory a pixel takes while it is decoded.
    bytes_per_pixel: u64,
}

fn examine_jpeg(bytes: &[u8]) -> Result<Header, PhotoFault> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().map_err(broken)?;
    let info = decoder.info().ok_or_else(|| broken("no frame"))?;
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk);
    let channels = info.pixel_format.pixel_bytes() as u64;
    // A progressive one is kept whole, as numbers of two bytes, until its last scan.
    let is_progressive = info.coding_process == jpeg_decoder::CodingProcess::DctProgressive;
    Ok(Header {
        width: info.width.into(),
        height: info.height.into(),
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        is_cmyk: info.pixel_format == jpeg_decoder::PixelFormat::CMYK32,
        bytes_per_pixel: if is_progressive { channels * 4 } else { channels * 2 },
    })
}

fn examine_other(bytes: &[u8], format: Format) -> Result<Header, PhotoFault> {
    let format = format.as_image_format().ok_or(PhotoFault::UnknownFormat)?;
    let reader = image::ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder = reader.into_decoder().map_err(broken_image)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().map_err(broken_image)?;
    // As decoded, and as converted to eight bits a channel.
    let bytes_per_pixel = u64::from(decoder.color_type().bytes_per_pixel()) + 4;
    Ok(Header { width, height, orientation, is_cmyk: false, bytes_per_pixel })
}

/// HEIC and AVIF: a `ftyp` box with one of their brands.
fn is_heif(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 10] =
        [b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}
