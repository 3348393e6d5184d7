//! What is wrong with a photo or a drawing.

use super::FileError;

/// Why a photo cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoError {
    Empty,
    /// The content is none of the formats.
    UnknownFormat,
    /// HEIC or AVIF: known, but not read.
    Heif,
    /// The file cannot be read at all.
    File(FileError),
    /// A drawing that shows another file.
    LinkedImage,
    /// A drawing that cannot be printed as it is.
    Drawing(DrawingError),
    /// A JPEG in so many passes over its pixels that it is as good as endless.
    TooManyScans {
        scans: usize,
    },
    /// It begins well and cannot be read on.
    Damaged,
    /// A decoder met what it was not made for, and panicked: as good as damaged.
    DecoderFailed,
    /// A kind of a known format that is not read.
    Unsupported,
    /// The file was written to while it was being read.
    Changed,
}

/// Why a drawing cannot be printed as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawingError {
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

impl From<DrawingError> for PhotoError {
    fn from(error: DrawingError) -> Self {
        Self::Drawing(error)
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
    /// Coordinates or scales beyond all proportion.
    Extent,
    /// Tiles of patterns.
    Patterns,
}

/// How large a photo is that is too large.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoSize {
    Pixels { width: u64, height: u64, limit: u64 },
    Bytes { bytes: u64, limit: u64 },
}
