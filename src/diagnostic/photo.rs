//! What is wrong with a photo or a drawing.

use super::FileFault;

/// Why a photo cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoFault {
    Empty,
    /// The content is none of the formats.
    UnknownFormat,
    /// HEIC or AVIF: known, but not read.
    Heif,
    /// The file cannot be read at all.
    File(FileFault),
    /// A drawing that shows another file.
    LinkedImage,
    /// A drawing that cannot be printed as it is.
    Drawing(DrawingFault),
    /// A JPEG in so many passes over its pixels that it is as good as endless.
    TooManyScans {
        scans: usize,
    },
    /// A decoder met what it was not made for.
    DecoderFailed,
    /// A kind of a known format that is not read; the detail is the decoder's own (English) wording.
    Unsupported(String),
    /// It begins well and is broken further on; the detail is the decoder's own (English) wording.
    Broken(String),
    /// The file was written to while it was being read.
    Changed,
}

/// Why a drawing cannot be printed as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawingFault {
    /// An element that is not drawn, such as `foreignObject`: text or pictures would be missing.
    NotDrawn { element: String },
    /// A program, which on paper does nothing.
    Script,
    /// It is drawn inside itself.
    Circular,
    /// A picture inside the drawing is damaged, or is not of the kind that the drawing says.
    InnerPicture,
    /// It would take too long, or too much memory, to draw.
    TooMuch(DrawingLimit),
}

impl From<DrawingFault> for PhotoFault {
    fn from(fault: DrawingFault) -> Self {
        Self::Drawing(fault)
    }
}

/// What a drawing has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawingLimit {
    /// The file is too large.
    Bytes,
    /// One element has too many attributes.
    Attributes,
    /// Abbreviations (`&name;`) of abbreviations.
    Entities,
    /// Elements in elements.
    Depth,
    /// Style sheets.
    Style,
    /// Shapes, counted as often as they are drawn.
    Parts,
    /// Text.
    Letters,
    /// Pictures inside the drawing.
    Pictures,
    /// Blurs, shadows and the like.
    Filters,
    /// Tiles of patterns.
    /// Coordinates or scales beyond all proportion.
    Extent,
    Patterns,
}

/// How large a photo is that is too large.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoSize {
    Pixels { width: u64, height: u64, limit: u64 },
    Bytes { bytes: u64, limit: u64 },
}
