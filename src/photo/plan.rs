//! What each photo becomes, decided without touching a pixel.

use image::metadata::Orientation;

use super::facts::Facts;
use super::format::Format;
use super::part::Part;
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

/// How good photos are to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Pixels per inch in the largest place where a photo stands.
    pub ppi: f64,
    /// How alike a photo as printed and its original look, in points of SSIMULACRA2: 90 is as good as the same, at 70
    /// the difference is seen side by side. Each photo gets the JPEG quality at which it comes to that.
    pub score: f64,
}

impl Level {
    /// For the screen and the office printer: the difference is seen only side by side.
    pub const EMAIL: Self = Self { ppi: 200.0, score: 76.0 };

    /// For the press: the difference is not seen.
    pub const PRINT: Self = Self { ppi: 300.0, score: 84.0 };
}

/// What a photo becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The pixels of the photo that are printed, as seen.
    pub part: Part,
    /// Pixels as seen; never more than the photo has.
    pub width: u32,
    pub height: u32,
    pub encoding: Encoding,
}

/// How a photo is stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Encoding {
    /// JPEG that comes to this [`Level::score`]; `as_it_is`: the file's own bytes will do, without their metadata.
    Jpeg { score: f64, as_it_is: bool },
    /// JPEG, unless its pixels turn out to be a flat graphic or see-through: then lossless.
    ByContent { score: f64 },
    /// As it is: a drawing.
    Verbatim,
}

impl Plan {
    pub(super) fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether the photo is a JPEG that lies in its file as it is to be seen, pixel for pixel.
    pub fn keeps_every_pixel(&self, facts: &Facts) -> bool {
        let is_whole = self.part == Part::whole(facts) && (self.width, self.height) == (facts.width, facts.height);
        is_whole && facts.format == Format::Jpeg && facts.orientation == Orientation::NoTransforms && !facts.is_cmyk
    }
}

/// Pixels per inch below which a layout sets a photo narrower rather than coarser.
pub const COARSE: f64 = 100.0;

/// The width at which a layout places a photo at most, in millimetres. One that is tall is placed narrower than its
/// column, for the sake of its height.
pub fn placed_width(part: &Part, uses: &[PhotoUse], sizes: &Sizes) -> f64 {
    let widest = uses.iter().map(|&usage| sizes.width(usage)).fold(0.0, f64::max);
    widest.min(sizes.height * f64::from(part.width) / f64::from(part.height))
}

/// Plans a photo for the places where it stands.
pub fn plan(facts: &Facts, uses: &[PhotoUse], sizes: &Sizes, level: Level) -> Plan {
    plan_part(facts, Part::whole(facts), uses, sizes, level)
}

/// Plans a part of a photo.
pub fn plan_part(facts: &Facts, part: Part, uses: &[PhotoUse], sizes: &Sizes, level: Level) -> Plan {
    let (width, height) = (f64::from(part.width), f64::from(part.height));
    let scale = (placed_width(&part, uses, sizes) / 25.4 * level.ppi / width).min(1.0);
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    let encoding = match facts.format {
        Format::Svg => {
            return Plan { part, width: facts.width, height: facts.height, encoding: Encoding::Verbatim };
        }
        Format::Jpeg => Encoding::Jpeg { score: level.score, as_it_is: false },
        _ => Encoding::ByContent { score: level.score },
    };
    let plan = Plan { part, width: pixels(width), height: pixels(height), encoding };
    // Larger than a good encoder makes it: a camera's own quality is more than paper shows.
    let is_lean = facts.bytes * 2 <= facts.pixels();
    if plan.keeps_every_pixel(facts) && is_lean && level.score >= Level::EMAIL.score {
        return Plan { encoding: Encoding::Jpeg { score: level.score, as_it_is: true }, ..plan };
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes = Sizes { column: 84.0, page: 174.0, cover: 120.0, logo: 30.0, height: 120.0 };

    fn jpeg(width: u32, height: u32) -> Facts {
        Facts {
            format: Format::Jpeg,
            width,
            height,
            orientation: Orientation::NoTransforms,
            is_cmyk: false,
            bytes: 4_000_000,
            memory: 0,
        }
    }

    fn size(facts: Facts, uses: &[PhotoUse]) -> (u32, u32) {
        let plan = plan(&facts, uses, &SIZES, Level::EMAIL);
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
    fn a_part_is_scaled_as_a_photo_of_its_size() {
        let facts = jpeg(4000, 3000);
        let part = Part { left: 500, top: 0, width: 3000, height: 3000 };
        let plan = |part| plan_part(&facts, part, &[PhotoUse::Column], &SIZES, Level::EMAIL);
        assert_eq!((plan(part).width, plan(part).height), size(jpeg(3000, 3000), &[PhotoUse::Column]));
        let small = Part { left: 500, top: 0, width: 300, height: 200 };
        assert_eq!((plan(small).width, plan(small).height), (300, 200));
        assert!(!plan(small).keeps_every_pixel(&facts));
    }

    #[test]
    fn nothing_is_enlarged() {
        assert_eq!(size(jpeg(300, 200), &[PhotoUse::Page]), (300, 200));
        assert_eq!(size(jpeg(1, 4000), &[PhotoUse::Column]), (1, 945));
    }

    #[test]
    fn drawings_stay_and_only_pixels_tell_a_chart_from_a_photo() {
        let encoding = |format| plan(&Facts { format, ..jpeg(400, 300) }, &[PhotoUse::Page], &SIZES, LOW).encoding;
        assert_eq!(encoding(Format::Svg), Encoding::Verbatim);
        assert_eq!(encoding(Format::Jpeg), Encoding::Jpeg { score: 60.0, as_it_is: false });
        for format in [Format::Png, Format::WebP, Format::Gif, Format::Tiff] {
            assert_eq!(encoding(format), Encoding::ByContent { score: 60.0 });
        }
    }

    const LOW: Level = Level { ppi: 110.0, score: 60.0 };

    #[test]
    fn a_small_and_lean_jpeg_goes_in_as_it_is() {
        let lean = Facts { bytes: 20_000, ..jpeg(400, 300) };
        let as_it_is = |facts: &Facts, level| {
            let encoding = plan(facts, &[PhotoUse::Page], &SIZES, level).encoding;
            matches!(encoding, Encoding::Jpeg { as_it_is: true, .. })
        };
        let best = Level::EMAIL;
        assert!(as_it_is(&lean, best));
        assert!(!as_it_is(&jpeg(400, 300), best), "heavy");
        assert!(!as_it_is(&Facts { bytes: 20_000, ..jpeg(4000, 3000) }, best), "scaled");
        assert!(!as_it_is(&Facts { orientation: Orientation::Rotate90, ..lean }, best), "turned");
        assert!(!as_it_is(&Facts { is_cmyk: true, ..lean }, best), "four inks");
        assert!(!as_it_is(&lean, LOW), "to be lighter");
    }
}
