//! The part of a photo that is printed, in its pixels.

use image::metadata::Orientation;

use super::facts::Facts;
use crate::issue::{Crop, Focus};

/// A rectangle of a photo's pixels, within its bounds and never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Part {
    /// All of a photo, as seen.
    pub fn whole(facts: &Facts) -> Self {
        Self { left: 0, top: 0, width: facts.width, height: facts.height }
    }

    /// The part of a photo that its author wants, as seen: the largest of those proportions, at the side that is to stay.
    pub fn of(facts: &Facts, crop: Option<Crop>) -> Self {
        let Some(Crop { ratio, focus }) = crop else { return Self::whole(facts) };
        let (across, down) = ratio.sides();
        // In each direction, the length that goes with all of the other.
        let width = in_proportion(facts.height, across, down).min(facts.width);
        let height = in_proportion(facts.width, down, across).min(facts.height);
        let (spare_width, spare_height) = (facts.width - width, facts.height - height);
        let left = match focus {
            Focus::Left => 0,
            Focus::Right => spare_width,
            Focus::Top | Focus::Centre | Focus::Bottom => spare_width / 2,
        };
        let top = match focus {
            Focus::Top => 0,
            Focus::Bottom => spare_height,
            Focus::Left | Focus::Centre | Focus::Right => spare_height / 2,
        };
        Self { left, top, width, height }
    }

    /// The same pixels where they lie in the file, before the photo is turned.
    pub(super) fn stored(self, facts: &Facts) -> Self {
        let Self { left, top, width, height } = self;
        let right = facts.width - left - width;
        let bottom = facts.height - top - height;
        let upright = |left, top| Self { left, top, width, height };
        let turned = |left, top| Self { left, top, width: height, height: width };
        match facts.orientation {
            Orientation::NoTransforms => upright(left, top),
            Orientation::FlipHorizontal => upright(right, top),
            Orientation::FlipVertical => upright(left, bottom),
            Orientation::Rotate180 => upright(right, bottom),
            Orientation::Rotate90 => turned(top, right),
            Orientation::Rotate270 => turned(bottom, left),
            Orientation::Rotate90FlipH => turned(top, left),
            Orientation::Rotate270FlipH => turned(bottom, right),
        }
    }
}

/// `length` × `numerator` / `denominator`, rounded, and 1 at least.
fn in_proportion(length: u32, numerator: u32, denominator: u32) -> u32 {
    let (numerator, denominator) = (u64::from(numerator), u64::from(denominator));
    let rounded = (u64::from(length) * numerator + denominator / 2) / denominator;
    u32::try_from(rounded.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(super) mod tests {
    use image::{DynamicImage, RgbImage};

    use super::*;
    use crate::issue::AspectRatio;
    use crate::photo::Format;

    pub(in crate::photo) const ORIENTATIONS: [Orientation; 8] = [
        Orientation::NoTransforms,
        Orientation::FlipHorizontal,
        Orientation::FlipVertical,
        Orientation::Rotate90,
        Orientation::Rotate180,
        Orientation::Rotate270,
        Orientation::Rotate90FlipH,
        Orientation::Rotate270FlipH,
    ];

    fn facts(width: u32, height: u32, orientation: Orientation) -> Facts {
        Facts { format: Format::Jpeg, width, height, orientation, is_cmyk: false, bytes: 0, memory: 0 }
    }

    fn part(width: u32, height: u32, ratio: &str, focus: Focus) -> (u32, u32, u32, u32) {
        let ratio = AspectRatio::parse(ratio).expect("a ratio");
        let part = Part::of(&facts(width, height, Orientation::NoTransforms), Some(Crop { ratio, focus }));
        (part.left, part.top, part.width, part.height)
    }

    #[test]
    fn the_part_lies_where_its_focus_is() {
        assert_eq!(part(4000, 3000, "16:9", Focus::Centre), (0, 375, 4000, 2250));
        assert_eq!(part(4000, 3000, "16:9", Focus::Top), (0, 0, 4000, 2250));
        assert_eq!(part(4000, 3000, "16:9", Focus::Bottom), (0, 750, 4000, 2250));
        assert_eq!(part(4000, 3000, "16:9", Focus::Left), (0, 375, 4000, 2250));
        assert_eq!(part(4000, 3000, "1:1", Focus::Left), (0, 0, 3000, 3000));
        assert_eq!(part(4000, 3000, "1:1", Focus::Right), (1000, 0, 3000, 3000));
        assert_eq!(part(4000, 3000, "1:1", Focus::Top), (500, 0, 3000, 3000));
        assert_eq!(part(4000, 3000, "4:3", Focus::Right), (0, 0, 4000, 3000));
        assert_eq!(part(3, 1, "1:4", Focus::Centre), (1, 0, 1, 1));
        assert_eq!(part(1, 1, "6:1", Focus::Centre), (0, 0, 1, 1));
        assert_eq!(part(65_000, 1, "2.35:1", Focus::Right), (64_998, 0, 2, 1));
    }

    #[test]
    fn a_part_of_what_lies_in_the_file_is_turned_to_the_part_that_is_seen() {
        let pixel = |x: u32, y: u32| image::Rgb([x as u8, y as u8, 0]);
        for orientation in ORIENTATIONS {
            let stored = RgbImage::from_fn(7, 5, pixel);
            let mut seen = DynamicImage::from(stored.clone());
            seen.apply_orientation(orientation);
            let facts = facts(seen.width(), seen.height(), orientation);
            let part = Part { left: 1, top: 2, width: 3, height: 2 };
            let wanted = seen.crop_imm(part.left, part.top, part.width, part.height);
            let cut = part.stored(&facts);
            let mut found = DynamicImage::from(stored).crop_imm(cut.left, cut.top, cut.width, cut.height);
            found.apply_orientation(orientation);
            assert_eq!(found, wanted, "{orientation:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_part_lies_in_its_photo(
            width in 1..20_000_u32, height in 1..20_000_u32, across in 1..6_000_u32, down in 1..6_000_u32, place in 0..5_usize
        ) {
            let Some(ratio) = AspectRatio::parse(&format!("{across}:{down}")) else { return Ok(()) };
            for orientation in ORIENTATIONS {
                let facts = facts(width, height, orientation);
                let part = Part::of(&facts, Some(Crop { ratio, focus: Focus::ALL[place] }));
                proptest::prop_assert!(part.width >= 1 && part.height >= 1);
                proptest::prop_assert!(part.left + part.width <= width && part.top + part.height <= height);
                proptest::prop_assert!(part.width == width || part.height == height);
                let (stored_width, stored_height) = if facts.is_turned() { (height, width) } else { (width, height) };
                let stored = part.stored(&facts);
                proptest::prop_assert!(stored.left + stored.width <= stored_width);
                proptest::prop_assert!(stored.top + stored.height <= stored_height);
            }
        }
    }
}
