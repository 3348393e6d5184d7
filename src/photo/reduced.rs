//! Decodes a JPEG photo at a half, a quarter or an eighth of its size, which takes far less time and memory than
//! decoding it in full: only the coefficients that such a picture shows are kept. The whole file is read all the same,
//! so that damage anywhere in it is found. Arithmetic is in integers: the same file gives the same bytes everywhere.

mod blocks;
mod colour;
mod keep;
mod output;
mod picture;
mod progress;
mod progressive;
mod segments;
mod sequential;
mod transform;

/// How far a photo is scaled down, in width and in height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    Half,
    Quarter,
    Eighth,
}

impl Scale {
    /// The smallest scale at which a photo of `full` pixels, across and down, still has the `least` ones; `None` where
    /// it needs all of its own.
    pub(super) fn for_least(full: (u32, u32), least: (u32, u32)) -> Option<Self> {
        let scaled = |length: u32, scale: Self| (u64::from(length) * scale.eighths() as u64).div_ceil(8);
        let fits =
            |scale: &Self| scaled(full.0, *scale) >= u64::from(least.0) && scaled(full.1, *scale) >= u64::from(least.1);
        [Self::Eighth, Self::Quarter, Self::Half].into_iter().find(fits)
    }

    /// How many pixels of the result stand for eight of the photo.
    pub(super) fn eighths(self) -> usize {
        match self {
            Self::Half => 4,
            Self::Quarter => 2,
            Self::Eighth => 1,
        }
    }
}

/// A photo that has been scaled down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reduced {
    /// In pixels: that of the photo times the scale, rounded up.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Bytes of a pixel: 1 for grey, 3 for red, green and blue.
    pub components: usize,
    /// The pixels, row by row from the top.
    pub pixels: Vec<u8>,
}

/// Decodes a JPEG photo, scaled down. `None`: it is damaged, or of a kind that is not decoded here.
pub(super) fn decode(jpeg: &[u8], scale: Scale) -> Option<Reduced> {
    segments::decode(jpeg, scale)
}
