//! Reads the blocks of a photo that is not progressive: each one whole.

use super::super::jpeg::bits::BitReader;
use super::super::jpeg::huffman::Table;
use super::super::jpeg::scan::{Part, read_dc};
use super::keep::Keep;

/// Reads a block whose kept coefficients are zero so far. `None`: it is damaged.
#[inline(always)]
pub(super) fn read_block(
    reader: &mut BitReader<'_>,
    part: &Part<'_>,
    prediction: &mut i32,
    keep: &Keep,
    block: &mut [i16],
) -> Option<()> {
    let dc = read_dc(reader, part.dc?, prediction)?;
    *block.first_mut()? = dc as i16;
    read_ac(reader, part.ac?, keep, block)
}

#[inline(always)]
fn read_ac(reader: &mut BitReader<'_>, table: &Table, keep: &Keep, block: &mut [i16]) -> Option<()> {
    let mut index = 1;
    while index < 64 {
        reader.refill_below(32);
        let symbol = table.symbol(reader.bits());
        if symbol.size() == 0 {
            match symbol.run() {
                _ if symbol.length() == 0 => return None,
                0 => {
                    reader.skip(symbol.length());
                    return Some(());
                }
                15 => index += 16,
                _ => return None,
            }
        } else {
            index += symbol.run();
            if index > 63 {
                return None;
            }
            if let Some(coefficient) = block.get_mut(keep.slot(index)) {
                *coefficient = symbol.number(reader.bits()) as i16;
            }
            index += 1;
        }
        reader.skip(symbol.whole_length());
    }
    (index == 64).then_some(())
}
