//! From the coefficients of a block to its pixels: the inverse cosine transform, of so many points each way. With
//! fewer than eight it gives the picture that is that much smaller. Coefficients that are not kept count as zero.
//!
//! All is scaled so that the average is multiplied by one each way, and all other coefficients by the root of two; in
//! both directions together that is eight times too much.

use super::keep::Keep;

/// Binary places of a constant.
const PLACES: u32 = 12;

/// Binary places that are kept between the two directions.
const BETWEEN: u32 = 2;

/// No coefficient of a photo is larger. With such ones no sum below exceeds 31 bits.
const MAX_COEFFICIENT: i32 = 2047;

/// The root of two times the cosine of so many sixteenths of half a turn.
const COSINES: [i32; 8] = [5793, 5681, 5352, 4816, 4096, 3218, 2217, 1130];

/// Turns coefficients to points, which become larger by `PLACES` binary places.
trait Inverse {
    fn inverse(self) -> Self;
}

impl Inverse for [i32; 1] {
    #[inline(always)]
    fn inverse(self) -> Self {
        let [average] = self;
        [average << PLACES]
    }
}

impl Inverse for [i32; 2] {
    #[inline(always)]
    fn inverse(self) -> Self {
        let [average, slope] = self;
        [(average + slope) << PLACES, (average - slope) << PLACES]
    }
}

impl Inverse for [i32; 4] {
    #[inline(always)]
    fn inverse(self) -> Self {
        let [c0, c1, c2, c3] = self;
        let [even0, even1] = [c0, c2].inverse();
        let odd0 = COSINES[2] * c1 + COSINES[6] * c3;
        let odd1 = COSINES[6] * c1 - COSINES[2] * c3;
        [even0 + odd0, even1 + odd1, even1 - odd1, even0 - odd0]
    }
}

impl Inverse for [i32; 8] {
    #[inline(always)]
    fn inverse(self) -> Self {
        let [c0, c1, c2, c3, c4, c5, c6, c7] = self;
        let [even0, even1, even2, even3] = [c0, c2, c4, c6].inverse();
        let [_, k1, _, k3, _, k5, _, k7] = COSINES;
        let odd0 = k1 * c1 + k3 * c3 + k5 * c5 + k7 * c7;
        let odd1 = k3 * c1 - k7 * c3 - k1 * c5 - k5 * c7;
        let odd2 = k5 * c1 - k1 * c3 + k7 * c5 + k3 * c7;
        let odd3 = k7 * c1 - k5 * c3 + k3 * c5 - k1 * c7;
        [even0 + odd0, even1 + odd1, even2 + odd2, even3 + odd3, even3 - odd3, even2 - odd2, even1 - odd1, even0 - odd0]
    }
}

/// How the blocks of a component become pixels.
#[derive(Debug, Clone)]
pub(super) struct Transform {
    /// How many points a block shows, across and down.
    points: [usize; 2],
    /// What each kept coefficient is to be multiplied by.
    multipliers: [i32; Keep::MOST * Keep::MOST],
}

impl Transform {
    /// For blocks that show so many points, across and down: each 1, 2, 4 or 8.
    pub(super) fn new(points: [usize; 2], multipliers: [i32; Keep::MOST * Keep::MOST]) -> Self {
        Self { points, multipliers }
    }

    /// Turns a row of blocks into rows of `length` pixels, 0 to 255. Where the rows end, the rest is left out.
    pub(super) fn apply(&self, blocks: &[i16], rows: &mut [u8], length: usize) {
        match self.points {
            [1, 1] => self.apply_as::<1, 1>(blocks, rows, length),
            [1, 2] => self.apply_as::<1, 2>(blocks, rows, length),
            [2, 1] => self.apply_as::<2, 1>(blocks, rows, length),
            [2, 2] => self.apply_as::<2, 2>(blocks, rows, length),
            [2, 4] => self.apply_as::<2, 4>(blocks, rows, length),
            [4, 2] => self.apply_as::<4, 2>(blocks, rows, length),
            [4, 4] => self.apply_as::<4, 4>(blocks, rows, length),
            [4, 8] => self.apply_as::<4, 8>(blocks, rows, length),
            [8, 4] => self.apply_as::<8, 4>(blocks, rows, length),
            [8, 8] => self.apply_as::<8, 8>(blocks, rows, length),
            // There are no other sampling factors.
            _ => {}
        }
    }

    fn apply_as<const W: usize, const H: usize>(&self, blocks: &[i16], rows: &mut [u8], length: usize)
    where
        [i32; W]: Inverse,
        [i32; H]: Inverse,
    {
        let kept = W.min(Keep::MOST) * H.min(Keep::MOST);
        for (block, start) in blocks.chunks_exact(kept).zip((0..).step_by(W)) {
            let points = self.points::<W, H>(block);
            for (row, points) in rows.chunks_exact_mut(length).zip(&points) {
                if let Some(pixels) = row.get_mut(start..start + W) {
                    pixels.copy_from_slice(points);
                }
            }
        }
    }

    #[inline(always)]
    fn points<const W: usize, const H: usize>(&self, block: &[i16]) -> [[u8; W]; H]
    where
        [i32; W]: Inverse,
        [i32; H]: Inverse,
    {
        let (width, height) = (W.min(Keep::MOST), H.min(Keep::MOST));
        let value = |slot: usize| -> i32 {
            let (coefficient, multiplier) = (block.get(slot), self.multipliers.get(slot));
            let product = i32::from(*coefficient.unwrap_or(&0)) * multiplier.unwrap_or(&0);
            product.clamp(-MAX_COEFFICIENT, MAX_COEFFICIENT)
        };
        let is_flat = block.iter().skip(1).fold(0, |all, coefficient| all | coefficient) == 0;
        if is_flat {
            return [[pixel(value(0) << (PLACES + BETWEEN)); W]; H];
        }
        let mut halfway = [[0; W]; H];
        for x in 0..width {
            const ROUNDING: i32 = 1 << (PLACES - BETWEEN - 1);
            let mut column = [0; H];
            for (y, coefficient) in column.iter_mut().enumerate().take(height) {
                *coefficient = value(y * width + x);
            }
            for (row, point) in halfway.iter_mut().zip(column.inverse()) {
                row[x] = (point + ROUNDING) >> (PLACES - BETWEEN);
            }
        }
        let mut points = [[0; W]; H];
        for (points, row) in points.iter_mut().zip(halfway) {
            for (point, value) in points.iter_mut().zip(row.inverse()) {
                *point = pixel(value);
            }
        }
        points
    }
}

/// The pixel of a point that has passed both directions.
#[inline(always)]
fn pixel(point: i32) -> u8 {
    /// Both directions together make all eight times too large.
    const ALL_PLACES: u32 = PLACES + BETWEEN + 3;
    const MIDDLE: i32 = 128;
    (((point + (1 << (ALL_PLACES - 1))) >> ALL_PLACES) + MIDDLE).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{PI, SQRT_2};

    use super::*;

    /// The points of a block as the definition has them.
    fn defined(block: &[i16], kept: [usize; 2], points: [usize; 2]) -> Vec<f64> {
        let wave = |frequency: usize, place: usize, count: usize| {
            let angle = (2 * place + 1) as f64 * frequency as f64 * PI / (2 * count) as f64;
            if frequency == 0 { 1.0 } else { SQRT_2 * angle.cos() }
        };
        let point = |y: usize, x: usize| {
            let term = |slot: usize| {
                let (row, column) = (slot / kept[0], slot % kept[0]);
                f64::from(block[slot]) * wave(row, y, points[1]) * wave(column, x, points[0])
            };
            (0..kept[0] * kept[1]).map(term).sum::<f64>() / 8.0 + 128.0
        };
        (0..points[1]).flat_map(|y| (0..points[0]).map(move |x| point(y, x))).collect()
    }

    #[test]
    fn every_size_is_as_defined() {
        let block = [90, -61, 33, 12, 47, -20, 8, -5, -31, 14, 0, 3, 9, -7, 2, 1];
        for points in [[1, 1], [1, 2], [2, 1], [2, 2], [2, 4], [4, 2], [4, 4], [4, 8], [8, 4], [8, 8]] {
            let kept = points.map(|count| count.min(Keep::MOST));
            let block = &block[..kept[0] * kept[1]];
            let mut rows = vec![0; points[0] * points[1]];
            Transform::new(points, [1; 16]).apply(block, &mut rows, points[0]);
            for (pixel, exact) in rows.iter().zip(defined(block, kept, points)) {
                assert!((f64::from(*pixel) - exact).abs() < 0.75, "{points:?}: {pixel} for {exact}");
            }
        }
    }

    #[test]
    fn the_largest_coefficients_do_no_harm() {
        for coefficient in [i16::MIN, i16::MAX] {
            let mut rows = [0; 64];
            Transform::new([8, 8], [65535; 16]).apply(&[coefficient; 16], &mut rows, 8);
            assert_eq!(rows[0], if coefficient < 0 { 0 } else { 255 });
        }
    }
}
