//! What a JPEG does to the blocks of a plane: how far off their pixels would be at some quality.

use super::plane::Plane;

/// The pixels of a block, or its waves: rows of 8.
type Block = [[f32; 8]; 8];

/// A plane as waves, block by block.
#[derive(Debug)]
pub(super) struct Blocks {
    /// How many blocks lie side by side.
    wide: usize,
    blocks: Vec<Block>,
    /// For each block, how many steps above one half a wave must be to be worth a bit.
    price: Vec<f32>,
}

/// How the encoder rounds waves at a quality.
#[derive(Debug)]
pub(super) struct Rounding {
    step: Block,
    per_step: Block,
}

impl Rounding {
    /// The encoder's own table ("ImageMagick"), the same for light and for colour.
    const AT_50: [[u16; 8]; 8] = [
        [16, 16, 16, 18, 25, 37, 56, 85],
        [16, 17, 20, 27, 34, 40, 53, 75],
        [16, 20, 24, 31, 43, 62, 91, 135],
        [18, 27, 31, 40, 53, 74, 106, 156],
        [25, 34, 43, 53, 69, 94, 131, 189],
        [37, 40, 62, 74, 94, 124, 169, 238],
        [56, 53, 91, 106, 131, 169, 226, 311],
        [85, 75, 135, 156, 189, 238, 311, 418],
    ];

    pub(super) fn new(quality: u8) -> Self {
        let quality = u32::from(quality.clamp(1, 100));
        let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
        let step = |at_50: u16| ((u32::from(at_50) * percent + 50) / 100).clamp(1, 255) as f32;
        let step = Self::AT_50.map(|row| row.map(step));
        Self { step, per_step: step.map(|row| row.map(|step| 1.0 / step)) }
    }

    /// The error of each wave of a block.
    fn errors(&self, block: &Block, price: f32) -> Block {
        /// Bits that a wave takes which is one step high, and how many more for each half period that it has more.
        /// The encoder leaves out what is not worth its bits; this only comes near to how it finds out.
        const BITS: f32 = 5.0;
        const BITS_MORE: f32 = 0.5;
        /// Adding this and taking it away again rounds: numbers as large as that have no fractions.
        const WHOLE: f32 = 12_582_912.0;
        let mut errors = [[0.0; 8]; 8];
        for y in 0..8 {
            for x in 0..8 {
                let steps = block[y][x] * self.per_step[y][x];
                let rounded = (steps + WHOLE) - WHOLE;
                let least = 0.5 + price * (BITS + BITS_MORE * (x + y) as f32);
                let kept = if steps.abs() < least { 0.0 } else { rounded };
                errors[y][x] = (kept - steps) * self.step[y][x];
            }
        }
        // The mean of a block is always stored.
        let mean = block[0][0] * self.per_step[0][0];
        errors[0][0] = ((mean + WHOLE) - WHOLE - mean) * self.step[0][0];
        errors
    }
}

impl Blocks {
    /// Of a plane of whole blocks.
    pub(super) fn of(plane: &Plane) -> Self {
        let (wide, high) = (plane.width / 8, plane.height / 8);
        let mut all = Self { wide, blocks: Vec::with_capacity(wide * high), price: Vec::with_capacity(wide * high) };
        for y in 0..high {
            for x in 0..wide {
                let mut pixels = [[0.0; 8]; 8];
                for (row, to) in pixels.iter_mut().enumerate() {
                    to.copy_from_slice(&plane.row(8 * y + row)[8 * x..][..8]);
                }
                let waves = apart(&pixels);
                all.price.push(price(&waves));
                all.blocks.push(waves);
            }
        }
        all
    }

    /// How many rows of blocks there are.
    pub(super) fn rows(&self) -> usize {
        self.blocks.len() / self.wide
    }

    /// The errors of all pixels in some rows of blocks.
    pub(super) fn errors(&self, top: usize, rows: usize, rounding: &Rounding) -> Plane {
        let mut plane = Plane::new(8 * self.wide, 8 * rows);
        for at in 0..rows * self.wide {
            let errors = together(&self.wave_errors(top * self.wide + at, rounding));
            for (row, from) in errors.iter().enumerate() {
                plane.row_mut(at / self.wide * 8 + row)[at % self.wide * 8..][..8].copy_from_slice(from);
            }
        }
        plane
    }

    /// The mean errors of each 4 by 4 pixels.
    pub(super) fn coarse_errors(&self, rounding: &Rounding) -> Plane {
        let mut plane = Plane::new(2 * self.wide, 2 * self.rows());
        for number in 0..self.blocks.len() {
            let (above, below) = quarters(&self.wave_errors(number, rounding));
            let (x, y) = (number % self.wide * 2, number / self.wide * 2);
            plane.row_mut(y)[x..][..2].copy_from_slice(&above);
            plane.row_mut(y + 1)[x..][..2].copy_from_slice(&below);
        }
        plane
    }

    fn wave_errors(&self, number: usize, rounding: &Rounding) -> Block {
        rounding.errors(&self.blocks[number], self.price[number])
    }
}

/// From how the encoder weighs errors against bits (its "lambda"): in a block with much detail, errors count less.
fn price(waves: &Block) -> f32 {
    let mut squares = [0.0; 8];
    for row in waves {
        for x in 0..8 {
            squares[x] += row[x] * row[x];
        }
    }
    let all: f32 = squares.iter().sum();
    let detail = (all - waves[0][0] * waves[0][0]).max(0.0) / 63.0;
    (1.0 + detail / 1448.0) / 38.0
}

/// The means of the quarters of a block, upper and lower. The halves of an odd wave are contrary to each other, those
/// of an even one come to nothing, but for the first.
fn quarters(waves: &Block) -> ([f32; 2], [f32; 2]) {
    let across = |row: &[f32; 8]| {
        let even = HALVES[0] * row[0];
        let odd = HALVES[1] * row[1] + HALVES[3] * row[3] + (HALVES[5] * row[5] + HALVES[7] * row[7]);
        [even + odd, even - odd]
    };
    let mut odd = [0.0; 8];
    for u in [1, 3, 5, 7] {
        for x in 0..8 {
            odd[x] += HALVES[u] * waves[u][x];
        }
    }
    let (odd, even) = (across(&odd), across(&waves[0]).map(|mean| HALVES[0] * mean));
    ([even[0] + odd[0], even[1] + odd[1]], [even[0] - odd[0], even[1] - odd[1]])
}

/// Row `u`: the wave with `u` half periods in 8 pixels.
const WAVES: Block = waves();

/// What the first half of each wave is on average.
const HALVES: [f32; 8] = halves();

const fn waves() -> Block {
    /// Half the cosines of 0 to 7 sixteenths of a half turn; the others follow by symmetry.
    const COSINES: [f32; 8] =
        [0.5, 0.490_392_65, 0.461_939_77, 0.415_734_8, 0.353_553_4, 0.277_785_1, 0.191_341_71, 0.097_545_16];
    let mut waves = [[0.0; 8]; 8];
    let mut at = 0;
    while at < 64 {
        let (u, x) = (at / 8, at % 8);
        let turn = (2 * x + 1) * u % 32;
        let turn = if turn > 16 { 32 - turn } else { turn };
        waves[u][x] = match turn {
            _ if u == 0 => COSINES[4],
            8 => 0.0,
            0..8 => COSINES[turn],
            _ => -COSINES[16 - turn],
        };
        at += 1;
    }
    waves
}

const fn halves() -> [f32; 8] {
    let mut halves = [0.0; 8];
    let mut u = 0;
    while u < 8 {
        halves[u] = 0.25 * (WAVES[u][0] + WAVES[u][1] + WAVES[u][2] + WAVES[u][3]);
        u += 1;
    }
    halves
}

const fn turned(block: &Block) -> Block {
    let mut turned = [[0.0; 8]; 8];
    let mut at = 0;
    while at < 64 {
        turned[at % 8][at / 8] = block[at / 8][at % 8];
        at += 1;
    }
    turned
}

/// Takes a block of pixels apart into waves: by columns, then by rows.
fn apart(pixels: &Block) -> Block {
    turned(&columns_apart(&turned(&columns_apart(pixels))))
}

/// Puts a block of pixels together from waves.
fn together(waves: &Block) -> Block {
    turned(&columns_together(&turned(&columns_together(waves))))
}

/// The right half of an even wave mirrors the left one, that of an odd wave is its contrary: half the work is enough.
fn columns_apart(pixels: &Block) -> Block {
    let mut folded = [[[0.0; 8]; 4]; 2];
    for y in 0..4 {
        for x in 0..8 {
            folded[0][y][x] = pixels[y][x] + pixels[7 - y][x];
            folded[1][y][x] = pixels[y][x] - pixels[7 - y][x];
        }
    }
    let mut waves = [[0.0; 8]; 8];
    for u in 0..8 {
        for y in 0..4 {
            for x in 0..8 {
                waves[u][x] += WAVES[u][y] * folded[u % 2][y][x];
            }
        }
    }
    waves
}

fn columns_together(waves: &Block) -> Block {
    let mut pixels = [[0.0; 8]; 8];
    for y in 0..4 {
        let mut halves = [[0.0; 8]; 2];
        for u in 0..8 {
            for x in 0..8 {
                halves[u % 2][x] += WAVES[u][y] * waves[u][x];
            }
        }
        for x in 0..8 {
            pixels[y][x] = halves[0][x] + halves[1][x];
            pixels[7 - y][x] = halves[0][x] - halves[1][x];
        }
    }
    pixels
}
