//! What each photo becomes, decided without touching a pixel.

use super::facts::{Facts, Format};
use crate::issue::PhotoUse;

/// The largest sizes at which a layout places photos, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    pub column: f64,
    pub page: f64,
    pub cover: f64,
    pub logo: f64,
    /// No photo is placed taller than this.
    pub height: f64,
}

impl Default for Sizes {
    /// The text area of an A4 page with usual margins: never too small for any layout.
    fn default() -> Self {
        Self { column: 170.0, page: 170.0, cover: 170.0, logo: 60.0, height: 250.0 }
    }
}

impl Sizes {
    fn width(&self, usage: PhotoUse) -> f64 {
        match usage {
            PhotoUse::Column => self.column,
            PhotoUse::Page => self.page,
            PhotoUse::Cover => self.cover,
            PhotoUse::Logo => self.logo,
        }
    }
}

/// What a photo becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Pixels as seen; never more than the photo has.
    pub width: u32,
    pub height: u32,
    pub encoding: Encoding,
}

/// How a photo is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// JPEG of this quality (0 to 100).
    Jpeg { quality: u8 },
    /// JPEG, unless it is a flat graphic or see-through: then lossless.
    ByContent { quality: u8 },
    /// As it is: a drawing.
    Verbatim,
}

/// Good enough that the difference is not seen on paper, at about a tenth of the size.
const QUALITY: u8 = 82;

/// Plans a photo for the places where it stands, at `ppi` pixels per inch in the largest.
pub fn plan(facts: &Facts, uses: &[PhotoUse], sizes: &Sizes, ppi: f64) -> Plan {
    let encoding = match facts.format {
        Format::Svg => Encoding::Verbatim,
        Format::Jpeg => Encoding::Jpeg { quality: QUALITY },
        _ => Encoding::ByContent { quality: QUALITY },
    };
    if encoding == Encoding::Verbatim {
        return Plan { width: facts.width, height: facts.height, encoding };
    }
    let widest = uses.iter().map(|&usage| sizes.width(usage)).fold(0.0, f64::max);
    let (width, height) = (f64::from(facts.width), f64::from(facts.height));
    // A portrait photo is placed narrower than its column, for the sake of its height.
    let placed_width = widest.min(sizes.height * width / height);
    let scale = (placed_width / 25.4 * ppi / width).min(1.0);
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    Plan { width: pixels(width), height: pixels(height), encoding }
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;

    use super::*;

    const SIZES: Sizes = Sizes { column: 84.0, page: 174.0, cover: 120.0, logo: 30.0, height: 120.0 };

    fn jpeg(width: u32, height: u32) -> Facts {
        Facts { format: Format::Jpeg, width, height, orientation: Orientation::NoTransforms }
    }

    fn size(facts: Facts, uses: &[PhotoUse]) -> (u32, u32) {
        let plan = plan(&facts, uses, &SIZES, 200.0);
        (plan.width, plan.height)
    }

    #[test]
    fn a_photo_is_scaled_to_its_place() {
        assert_eq!(size(jpeg(4000, 3000), &[PhotoUse::Column]), (661, 496));
        assert_eq!(size(jpeg(4000, 3000), &[PhotoUse::Cover]), (945, 709));
    }

    #[test]
    fn the_largest_place_counts() {
        assert_eq!(size(jpeg(4000, 2000), &[PhotoUse::Column, PhotoUse::Page]), (1370, 685));
    }

    #[test]
    fn height_is_bounded() {
        assert_eq!(size(jpeg(3000, 6000), &[PhotoUse::Column]), (472, 945));
    }

    #[test]
    fn nothing_is_enlarged() {
        assert_eq!(size(jpeg(300, 200), &[PhotoUse::Page]), (300, 200));
        assert_eq!(size(jpeg(1, 4000), &[PhotoUse::Column]), (1, 945));
    }
}
