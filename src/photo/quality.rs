//! Which JPEG quality a photo needs to look as good as another.
//!
//! At the same JPEG quality, foliage suffers and a portrait does not. What counts here is SSIMULACRA2, a measure of
//! how alike two pictures look (90: as good as the same, 70: the difference is seen side by side). Measuring it takes
//! longer than making ten JPEGs; it is estimated from what the encoder would lose (`digest`), for two or three
//! qualities, and the quality wanted lies between these.

mod blocks;
mod digest;
mod eye;
mod plane;

use digest::{Digest, KINDS};

/// Pixels in sRGB, row by row, one byte for each channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct PictureRef<'a> {
    pub width: usize,
    pub height: usize,
    /// 1 (grey) or 3 (red, green, blue).
    pub channels: usize,
    pub pixels: &'a [u8],
}

/// The lowest quality that a photo gets: below, blocks are seen whatever the measure says.
pub(super) const LOWEST: u8 = 40;

/// The lowest where nothing has to be saved: below, flat colours and dark skies drift by a step or two, to which the
/// measure is blind, and a smooth photo is small in any case.
const LOWEST_AT_EASE: u8 = 60;

/// Lower aims than this are those of a PDF that must become smaller, in points.
const AIM_AT_EASE: f64 = 75.0;

/// The highest: above, a JPEG grows fast and gains little.
pub(super) const HIGHEST: u8 = 95;

/// The highest for photos that are mailed: those that need more are mostly so colourful that the colours of a JPEG, which
/// are coarser than its light, keep them below the aim at any price.
const HIGHEST_FOR_MAIL: u8 = 90;

/// Lower aims than this are those of mail, in points.
const AIM_FOR_PAPER: f64 = 80.0;

/// What a picture gets that is too small to be measured, or is not what it says.
const USUAL: u8 = 85;

/// SSIMULACRA2 looks at no picture that is narrower or lower, in pixels; and of one a little larger, it says nothing
/// of use.
const LEAST: usize = 64;

/// The lowest JPEG quality at which a picture comes to `aim` points of SSIMULACRA2, as estimated. A higher aim never
/// gives a lower quality.
pub(super) fn quality_for(picture: PictureRef, aim: f64) -> u8 {
    if picture.width.min(picture.height) < LEAST {
        return USUAL;
    }
    let Some(digest) = Digest::of(picture) else {
        return USUAL;
    };
    between(aim, |node| node.score(&digest.losses(node.quality)))
}

/// Looks for the two nodes between whose scores the aim lies, and then for the quality between them.
fn between(aim: f64, score: impl Fn(&Node) -> f64) -> u8 {
    let (mut low, mut high) = (None, None);
    let (mut from, mut to) = (0, NODES.len());
    while from < to {
        // The middle node first, then the next one to it: aims are rarely at the ends.
        let middle = (NODES.len() / 2).clamp(from, to - 1);
        let node = &NODES[middle];
        let found = (f64::from(node.quality), score(node));
        if found.1 < aim {
            (low, from) = (Some(found), middle + 1);
        } else {
            (high, to) = (Some(found), middle);
        }
    }
    match (low, high) {
        (None, _) => lowest(aim),
        (_, None) => highest(aim),
        (Some((low, below)), Some((high, above))) => {
            let quality = low + (high - low) * (aim - below) / (above - below);
            (quality.ceil() as u8).clamp(lowest(aim), highest(aim))
        }
    }
}

fn lowest(aim: f64) -> u8 {
    if aim < AIM_AT_EASE { LOWEST } else { LOWEST_AT_EASE }
}

/// The highest quality that is worth its bytes.
fn highest(aim: f64) -> u8 {
    if aim < AIM_FOR_PAPER { HIGHEST_FOR_MAIL } else { HIGHEST }
}

/// A quality for which scores are estimated.
struct Node {
    quality: u8,
    /// What fits the sum of losses to that of SSIMULACRA2.
    factor: f64,
    more: f64,
}

impl Node {
    fn score(&self, losses: &[f64; KINDS]) -> f64 {
        let weights = WEIGHTS.iter().flatten();
        let sum: f64 = weights.zip(losses).map(|(weight, loss)| weight * loss).sum();
        points(sum * self.factor + self.more)
    }
}

/// From a sum of losses to points, as SSIMULACRA2 has it.
fn points(sum: f64) -> f64 {
    let sum = 0.956_238_261_683_484_4 * sum.max(0.0);
    let bent = sum * (2.326_765_642_916_932 + sum * (sum * 6.248_496_625_763_138e-5 - 0.020_884_521_182_843_837));
    100.0 - 10.0 * libm::pow(bent.max(0.0), 0.627_633_646_783_138_7)
}

/// How much each loss weighs: unlike, most unlike, rougher, smoother.
///
/// Fitted, with the nodes' factors, to SSIMULACRA2 of 150 pictures at the nodes' qualities, none below 0 (SSIMULACRA2
/// has most of its weight at the same places): half of 62 photographs of CLIC 2025 and Debian's wallpapers at 661, 945
/// and 1370 pixels, of 48 of CID22, of 72 textures of games, of crops of wallpapers, of drawn ones and of the issues
/// here. On the other half, the estimate is off by 0.8 points in the median at quality 76, with a deviation of 1.5.
#[rustfmt::skip]
const WEIGHTS: [[f64; 4]; 8] = [
    [0.00, 2.80, 0.00, 11.5], // light 1:1
    [0.00, 20.6, 0.00, 66.4], // light 1:2
    [175.0, 0.00, 0.00, 0.00], // light 1:4
    [430.9, 0.00, 0.00, 0.00], // light 1:8
    [0.00, 0.00, 0.00, 0.00], // light 1:16
    [0.00, 0.00, 33.4, 21.1], // blue 1:4
    [0.00, 0.00, 0.00, 0.00], // blue 1:8
    [0.00, 52.1, 349.4, 0.00], // blue 1:16
];

const NODES: [Node; 5] = [
    Node { quality: 40, factor: 0.913, more: -0.528 },
    Node { quality: 60, factor: 0.959, more: -0.357 },
    Node { quality: 76, factor: 0.996, more: -0.293 },
    Node { quality: 88, factor: 0.985, more: 0.016 },
    Node { quality: 95, factor: 1.125, more: 0.004 },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Waves that become finer to the right, with some noise.
    fn drawn(width: usize, height: usize, channels: usize, noise: u32) -> Vec<u8> {
        let mut random = 7u32;
        let mut pixels = Vec::new();
        for y in 0..height {
            for x in 0..width {
                for channel in 0..channels {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let wave = ((x * x / 64 + y * (channel + 1)) % 128) as u32;
                    pixels.push((64 + wave + (random >> 24) * noise / 256).min(255) as u8);
                }
            }
        }
        pixels
    }

    fn quality(size: (usize, usize), channels: usize, noise: u32, aim: f64) -> u8 {
        let pixels = drawn(size.0, size.1, channels, noise);
        quality_for(PictureRef { width: size.0, height: size.1, channels, pixels: &pixels }, aim)
    }

    #[test]
    fn a_higher_aim_never_gives_a_lower_quality() {
        for (channels, noise) in [(1, 0), (1, 40), (3, 0), (3, 90)] {
            let found: Vec<_> =
                (50..=95).step_by(5).map(|aim| quality((96, 80), channels, noise, f64::from(aim))).collect();
            assert!(found.is_sorted(), "{found:?}");
            assert!(found.iter().all(|found| (LOWEST..=HIGHEST).contains(found)));
            assert!(found[0] < found[9]);
        }
    }

    #[test]
    fn grey_is_as_good_in_one_channel_as_in_three() {
        let grey = drawn(161, 99, 1, 30);
        let colour: Vec<u8> = grey.iter().flat_map(|&value| [value; 3]).collect();
        let with = |channels, pixels| quality_for(PictureRef { width: 161, height: 99, channels, pixels }, 76.0);
        assert_eq!(with(1, &grey), with(3, &colour));
    }

    #[test]
    fn what_cannot_be_measured_gets_the_usual_quality() {
        assert_eq!(quality((63, 300), 3, 20, 76.0), USUAL);
        assert_eq!(quality_for(PictureRef { width: 100, height: 100, channels: 3, pixels: &[0; 99] }, 76.0), USUAL);
        assert_eq!(quality_for(PictureRef { width: 0, height: 0, channels: 3, pixels: &[] }, 76.0), USUAL);
    }

    #[test]
    fn a_flat_picture_gets_the_lowest_quality() {
        let pixels = [120; 3 * 128 * 128];
        assert_eq!(
            quality_for(PictureRef { width: 128, height: 128, channels: 3, pixels: &pixels }, 84.0),
            LOWEST_AT_EASE
        );
    }
}
