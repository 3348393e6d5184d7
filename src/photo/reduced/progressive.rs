//! Reads the scans of a progressive photo: each has some bits of some coefficients of all blocks.

use super::super::jpeg::bits::BitReader;
use super::super::jpeg::huffman::Table;
use super::super::jpeg::scan::{Part, Scan, Walk, read_dc};
use super::blocks::Blocks;
use super::keep::Keep;

/// Reads a scan. `None`: it is damaged.
pub(super) fn read<'a>(scan: &Scan<'a>, walk: &mut Walk<'a>, blocks: &mut [Blocks]) -> Option<()> {
    match (scan.first, scan.parts.as_slice()) {
        (0, _) => read_dc_scan(scan, walk, blocks),
        (_, [part]) => read_ac_scan(scan, part, walk, blocks.get_mut(part.component)?),
        _ => None,
    }
}

fn read_dc_scan<'a>(scan: &Scan<'a>, walk: &mut Walk<'a>, blocks: &mut [Blocks]) -> Option<()> {
    if scan.last > 0 {
        return None;
    }
    for row in 0..scan.groups_down {
        if scan.high == 0 {
            walk.read_row(scan, blocks, row, |reader, part, prediction, blocks, [row, column]| {
                let dc = read_dc(reader, part.dc?, prediction)?;
                *blocks.block(row, column)?.first_mut()? = (dc << scan.low) as i16;
                Some(())
            })?;
        } else {
            walk.read_row(scan, blocks, row, |reader, _, _, blocks, [row, column]| {
                reader.refill_below(1);
                *blocks.block(row, column)?.first_mut()? |= (reader.take(1) << scan.low) as i16;
                Some(())
            })?;
        }
    }
    Some(())
}

fn read_ac_scan<'a>(scan: &Scan<'a>, part: &Part<'a>, walk: &mut Walk<'a>, blocks: &mut Blocks) -> Option<()> {
    let band = Band { first: scan.first as u32, last: scan.last as u32, low: scan.low, table: part.ac? };
    for row in 0..scan.groups_down {
        let mut column = 0;
        while column < scan.groups_across {
            let end = column + walk.stretch(scan.groups_across - column)?;
            let (keep, known, coefficients) = blocks.stretch(row, column..end)?;
            if scan.high == 0 {
                band.begin(walk, keep, known, coefficients)?;
            } else {
                band.refine(walk, keep, known, coefficients)?;
            }
            column = end;
        }
        if walk.reader.is_beyond_end() {
            return None;
        }
    }
    Some(())
}

/// Some of the coefficients of a block, and how they are stored.
struct Band<'a> {
    /// The first one, in the order of the file; never that of the average.
    first: u32,
    /// The last one, 63 at most.
    last: u32,
    /// How many of their lowest bits come later.
    low: u8,
    table: &'a Table,
}

impl Band<'_> {
    /// Reads the coefficients of blocks side by side of which nothing has come before.
    fn begin(&self, walk: &mut Walk<'_>, keep: &Keep, known: &mut [u64], coefficients: &mut [i16]) -> Option<()> {
        let mut reader = walk.reader;
        let mut empty = walk.empty_blocks;
        let mut next = 0;
        loop {
            let skipped = empty.min(known.len() - next);
            (next, empty) = (next + skipped, empty - skipped);
            let Some(known) = known.get_mut(next) else { break };
            let block = coefficients.get_mut(next * keep.count()..(next + 1) * keep.count())?;
            empty = self.begin_block(&mut reader, keep, known, block)?;
            next += 1;
        }
        walk.reader = reader;
        walk.empty_blocks = empty;
        Some(())
    }

    /// Reads the coefficients of a block; returns how many blocks without any come behind it.
    #[inline(always)]
    fn begin_block(
        &self,
        reader: &mut BitReader<'_>,
        keep: &Keep,
        known: &mut u64,
        block: &mut [i16],
    ) -> Option<usize> {
        let mut index = self.first;
        while index <= self.last {
            reader.refill_below(32);
            let symbol = self.table.symbol(reader.bits());
            if symbol.size() == 0 {
                if symbol.run() < 15 {
                    return empty_blocks(reader, symbol.length(), symbol.run());
                }
                index += 16;
            } else {
                index += symbol.run();
                if index > self.last {
                    return None;
                }
                *known |= 1 << index;
                if let Some(coefficient) = block.get_mut(keep.slot(index)) {
                    *coefficient = (symbol.number(reader.bits()) << self.low) as i16;
                }
                index += 1;
            }
            reader.skip(symbol.whole_length());
        }
        (index == self.last + 1).then_some(0)
    }

    /// Reads one more bit of the coefficients of blocks side by side.
    fn refine(&self, walk: &mut Walk<'_>, keep: &Keep, known: &mut [u64], coefficients: &mut [i16]) -> Option<()> {
        let mut reader = walk.reader;
        let mut empty = walk.empty_blocks;
        for (known, block) in known.iter_mut().zip(coefficients.chunks_exact_mut(keep.count())) {
            let before = *known & self.mask_from(self.first);
            let mut corrections = Corrections::default();
            if empty > 0 {
                empty -= 1;
                corrections.read(&mut reader, before.count_ones());
            } else {
                empty = self.refine_block(&mut reader, keep, known, block, &mut corrections)?;
            }
            corrections.apply(before, 1 << self.low, keep, block);
        }
        walk.reader = reader;
        walk.empty_blocks = empty;
        Some(())
    }

    /// Reads one more bit of a block, and which of the coefficients that were there are to be corrected; returns how
    /// many blocks without new coefficients come behind it.
    #[inline(always)]
    fn refine_block(
        &self,
        reader: &mut BitReader<'_>,
        keep: &Keep,
        known: &mut u64,
        block: &mut [i16],
        corrections: &mut Corrections,
    ) -> Option<usize> {
        let mut index = self.first;
        while index <= self.last {
            // Enough for the symbol and 32 corrections.
            reader.refill_below(49);
            let symbol = self.table.symbol(reader.bits());
            if symbol.size() == 0 && symbol.run() < 15 {
                let empty = empty_blocks(reader, symbol.length(), symbol.run())?;
                corrections.read(reader, (*known & self.mask_from(index)).count_ones());
                return Some(empty);
            }
            if symbol.size() > 1 {
                return None;
            }
            let sign = symbol.number(reader.bits());
            reader.skip(symbol.whole_length());
            let new = self.place_behind_zeros(*known, index, symbol.run())?;
            corrections.read(reader, new - index - symbol.run());
            if sign != 0 {
                *known |= 1 << new;
                if let Some(coefficient) = block.get_mut(keep.slot(new)) {
                    *coefficient = sign as i16 * (1 << self.low);
                }
            }
            index = new + 1;
        }
        Some(0)
    }

    /// The index of the zero that comes, from `index` on, behind `run` other coefficients that are zero.
    #[inline(always)]
    fn place_behind_zeros(&self, known: u64, index: u32, run: u32) -> Option<u32> {
        // Most often there is nothing else among them.
        if (known >> (index & 63)) & ((2 << run) - 1) == 0 && index + run <= self.last {
            return Some(index + run);
        }
        let mut zeros = !known & self.mask_from(index);
        for _ in 0..run {
            zeros &= zeros.wrapping_sub(1);
        }
        (zeros != 0).then(|| zeros.trailing_zeros())
    }

    /// A bit for each coefficient of the band from `index` on.
    #[inline(always)]
    fn mask_from(&self, index: u32) -> u64 {
        (u64::MAX << (index & 63)) & (u64::MAX >> ((63 - self.last) & 63))
    }
}

/// Reads how many blocks have nothing behind here, this one not counted. The symbol that said so is `length` bits
/// long; a number of `size` bits follows it. `None`: there is no such symbol.
#[inline(always)]
fn empty_blocks(reader: &mut BitReader<'_>, length: u32, size: u32) -> Option<usize> {
    if length == 0 {
        return None;
    }
    reader.skip(length);
    Some((1 << size) - 1 + reader.take(size) as usize)
}

/// Bits for the coefficients of a block that were not zero before: whether each is to become larger. They lie between
/// the symbols; to collect them and go through the block once is quicker than to go through parts of it.
#[derive(Debug, Clone, Copy, Default)]
struct Corrections {
    bits: u64,
    count: u32,
}

impl Corrections {
    /// Reads so many bits.
    #[inline(always)]
    fn read(&mut self, reader: &mut BitReader<'_>, count: u32) {
        self.bits = self.bits << count | reader.take_far(count);
        self.count += count;
    }

    /// Corrects those coefficients of a block that are kept. `before` says which were not zero, `step` by how much
    /// they become larger.
    #[inline(always)]
    fn apply(self, mut before: u64, step: i16, keep: &Keep, block: &mut [i16]) {
        let mut bits = self.bits << 1 << (63 - self.count);
        while before & keep.mask != 0 && bits != 0 {
            if let Some(coefficient) = block.get_mut(keep.slot(before.trailing_zeros())) {
                // Without a branch: no processor can guess the bit.
                let change = ((*coefficient >> 15) | 1) * (step * (bits >> 63) as i16);
                *coefficient = coefficient.wrapping_add(change);
            }
            before &= before - 1;
            bits <<= 1;
        }
    }
}
