//! Rows of a JPEG left out at its head and its foot, without decoding what stays: that is the same to the last bit.
//!
//! A block's first coefficient is stored as what it differs by from the one before, and is written anew; all others are
//! copied as they are coded.

use std::ops::Range;

use super::jpeg::bits::BitReader;
use super::jpeg::frame::Frame;
use super::jpeg::header::{Header, marker};
use super::jpeg::huffman::Table;
use super::jpeg::scan::{Scan, Walk, read_dc};
use super::jpeg::{EOI, SOI, Segment, segments};

/// A side of a block, in pixels.
const BLOCK: usize = 8;

/// How many codes there are of each length for first coefficients, as annex K of ITU-T T.81 has them: of light and of
/// colours. What they stand for does for any picture: how many bits the difference has.
const LIGHT: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const COLOUR: [u8; 16] = [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
const FIRST_SIZES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// A part of a JPEG, as wide as the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    pub bytes: Vec<u8>,
    /// Which rows of pixels it has: those that were asked for, and at the head what else is in their blocks.
    pub rows: Range<u32>,
}

/// A JPEG with no more rows of pixels than are `wanted`, as far as whole blocks allow. `None`: that is all of it or
/// nothing, or the file is damaged, or progressive, or of a kind that is rare.
pub fn only_rows(jpeg: &[u8], wanted: Range<u32>) -> Option<Rows> {
    let found = segments(jpeg);
    let (scan_segment, before) = found.segments.split_last().filter(|_| found.is_whole)?;
    let mut header = Header::default();
    let mut frame = None;
    for segment in before {
        match segment.marker {
            marker::BASELINE_FRAME | marker::EXTENDED_FRAME if frame.is_none() => {
                frame = Some(Frame::parse(segment.content, false)?);
            }
            kind => header.read(kind, segment.content)?,
        }
    }
    let frame = frame.filter(|_| scan_segment.marker == marker::SCAN)?;
    let scan = Scan::parse(scan_segment.content, &frame, &header)?;
    if scan.parts.len() != frame.components.len() || (scan.first, scan.last) != (0, 63) {
        return None;
    }
    let group = BLOCK * frame.most_down;
    let (start, end) = (wanted.start as usize, frame.height.min(wanted.end as usize));
    let kept = start / group..end.div_ceil(group);
    let rows = kept.start * group..end;
    if start >= end || rows == (0..frame.height) {
        return None;
    }
    let data = copy(&scan, scan_segment.data, header.restart_interval, kept)?;
    let bytes = write(before, scan_segment, u16::try_from(rows.len()).ok()?, &data)?;
    Some(Rows { bytes, rows: rows.start as u32..rows.end as u32 })
}

/// The data of a scan for these rows of groups of blocks.
fn copy(scan: &Scan<'_>, data: &[u8], restart_interval: usize, kept: Range<usize>) -> Option<Vec<u8>> {
    let mut walk = Walk::new(data, 0, restart_interval);
    let mut writer = BitWriter::default();
    let mut last = [0; 3];
    let (light, colour) = (codes(&LIGHT), codes(&COLOUR));
    for row in 0..kept.end {
        let is_kept = kept.contains(&row);
        let mut before = last;
        walk.read_row(scan, &mut before, row, |reader, part, prediction, before, _| {
            let first = read_dc(reader, part.dc?, prediction)?;
            if !is_kept {
                return copy_rest(reader, part.ac?, None);
            }
            writer.put_difference(if part.component == 0 { &light } else { &colour }, first - *before)?;
            *before = first;
            copy_rest(reader, part.ac?, Some(&mut writer))
        })?;
        last = before;
    }
    Some(writer.finish())
}

/// Passes over all coefficients of a block but the first, and copies them.
fn copy_rest(reader: &mut BitReader<'_>, table: &Table, mut to: Option<&mut BitWriter>) -> Option<()> {
    let mut index = 1;
    while index < 64 {
        reader.refill_below(32);
        let symbol = table.symbol(reader.bits());
        if symbol.length() == 0 {
            return None;
        }
        let length = symbol.whole_length();
        let code = reader.take(length);
        if let Some(writer) = &mut to {
            writer.put(code, length);
        }
        index += match (symbol.size(), symbol.run()) {
            (0, 0) => return Some(()),
            (_, run) => run + 1,
        };
    }
    (index == 64).then_some(())
}

/// The codes of a table for first coefficients, each with its length: for 0, 1, 2 bits and so on.
fn codes(counts: &[u8; 16]) -> [(u32, u32); FIRST_SIZES.len()] {
    let mut codes = [(0, 0); FIRST_SIZES.len()];
    let lengths = (1u32..).zip(counts).flat_map(|(length, &count)| std::iter::repeat_n(length, usize::from(count)));
    let (mut code, mut before) = (0, 0);
    for (entry, length) in codes.iter_mut().zip(lengths) {
        code <<= length - before;
        *entry = (code, length);
        (code, before) = (code + 1, length);
    }
    codes
}

/// Writes the data of a scan bit by bit.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    /// What is not yet in a whole byte: the lowest `count` bits.
    bits: u64,
    count: u32,
}

impl BitWriter {
    /// Adds the lowest bits of a number, 32 at most.
    fn put(&mut self, bits: u32, count: u32) {
        self.bits = self.bits << count | u64::from(bits);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.bits >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xff {
                self.bytes.push(0);
            }
        }
    }

    /// Adds what a coefficient differs by from another. `None` where that is more than there are codes for.
    fn put_difference(&mut self, codes: &[(u32, u32); FIRST_SIZES.len()], difference: i32) -> Option<()> {
        let size = u32::BITS - difference.unsigned_abs().leading_zeros();
        let (code, length) = *codes.get(size as usize)?;
        self.put(code, length);
        // Negative numbers are stored less one.
        let number = if difference < 0 { difference - 1 } else { difference };
        self.put(number as u32 & ((1 << size) - 1), size);
        Some(())
    }

    /// The whole data, the last byte filled up with ones.
    fn finish(mut self) -> Vec<u8> {
        let free = (8 - self.count) % 8;
        self.put((1 << free) - 1, free);
        self.bytes
    }
}

/// The file with other data, so many pixels high.
fn write(before: &[Segment<'_>], scan: &Segment<'_>, height: u16, data: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = SOI.to_vec();
    let mut add = |kind: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).ok()?.to_be_bytes();
        bytes.extend([0xff, kind]);
        bytes.extend(length);
        bytes.extend(content);
        Some(())
    };
    for segment in before {
        match segment.marker {
            marker::BASELINE_FRAME | marker::EXTENDED_FRAME => {
                let mut content = segment.content.to_vec();
                content.get_mut(1..3)?.copy_from_slice(&height.to_be_bytes());
                add(segment.marker, &content)?;
            }
            marker::HUFFMAN_TABLES => {
                let content = without_first_coefficients(segment.content)?;
                if !content.is_empty() {
                    add(segment.marker, &content)?;
                }
            }
            marker::RESTART_INTERVAL => {}
            kind => add(kind, segment.content)?,
        }
    }
    let table = |place: u8, counts| [[place].as_slice(), counts, FIRST_SIZES.as_slice()].concat();
    add(marker::HUFFMAN_TABLES, &[table(0, LIGHT.as_slice()), table(1, COLOUR.as_slice())].concat())?;
    add(marker::SCAN, &with_first_tables(scan.content)?)?;
    bytes.extend(data);
    bytes.extend(EOI);
    Some(bytes)
}

/// A scan header in which the first part has the first of two tables for first coefficients, and all others the second.
fn with_first_tables(content: &[u8]) -> Option<Vec<u8>> {
    let mut content = content.to_vec();
    let count = usize::from(*content.first()?);
    for (index, part) in content.get_mut(1..1 + 2 * count)?.chunks_exact_mut(2).enumerate() {
        part[1] = u8::from(index > 0) << 4 | part[1] & 15;
    }
    Some(content)
}

/// The tables of a segment but for those of first coefficients.
fn without_first_coefficients(mut content: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::new();
    while let Some(place) = content.first() {
        let values: usize = content.get(1..17)?.iter().map(|&count| usize::from(count)).sum();
        let (table, rest) = content.split_at_checked(17 + values)?;
        if *place >= 16 {
            kept.extend(table);
        }
        content = rest;
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use image::RgbImage;
    use mozjpeg_rs::{Encoder, Preset, Subsampling};

    use super::*;

    fn decoded(jpeg: &[u8]) -> RgbImage {
        image::load_from_memory(jpeg).expect("a picture").to_rgb8()
    }

    /// Pixels of a soft and of a busy picture, and of one in a few flat colours.
    fn pictures(width: u32, height: u32, channels: u32) -> Vec<Vec<u8>> {
        let pixel = |kind: u32, at: u32| {
            let (x, y) = (at / channels % width, at / channels / width);
            match kind {
                0 => (x * 200 / width + y * 50 / height + at % channels * 20) as u8,
                1 => (at.wrapping_mul(2_654_435_761) >> 24) as u8,
                _ => {
                    if (y * 5 / height).is_multiple_of(2) {
                        250
                    } else {
                        3
                    }
                }
            }
        };
        (0..3).map(|kind| (0..width * height * channels).map(|at| pixel(kind, at)).collect()).collect()
    }

    fn files(width: u32, height: u32) -> Vec<Vec<u8>> {
        let mut files = Vec::new();
        for restart in [0, 3] {
            for quality in [30, 96] {
                let encoder = Encoder::new(Preset::BaselineBalanced).quality(quality).optimize_huffman(restart == 0);
                let encoder = encoder.restart_interval(restart);
                for pixels in pictures(width, height, 3) {
                    for sampling in [Subsampling::S444, Subsampling::S422, Subsampling::S420] {
                        files.push(
                            encoder.clone().subsampling(sampling).encode_rgb(&pixels, width, height).expect("a JPEG"),
                        );
                    }
                }
                for pixels in pictures(width, height, 1) {
                    files.push(encoder.clone().encode_gray(&pixels, width, height).expect("a JPEG"));
                }
            }
        }
        files
    }

    #[test]
    fn the_rows_that_stay_are_the_same_pixels() {
        for (width, height) in [(100, 200), (33, 177), (8, 300)] {
            for whole in files(width, height) {
                let Rows { bytes, rows } = only_rows(&whole, 37..150).expect("a part");
                assert!((32..=37).contains(&rows.start) && rows.start % 8 == 0 && rows.end == 150);
                let (all, part) = (decoded(&whole), decoded(&bytes));
                assert_eq!(part.dimensions(), (width, 150 - rows.start));
                // Where colours are coarse, those of the first row and the last are mixed with what is beside them.
                for (x, y, pixel) in part.enumerate_pixels().filter(|(_, y, _)| (1..149 - rows.start).contains(y)) {
                    assert_eq!(pixel, all.get_pixel(x, y + rows.start), "{x}, {y}");
                }
                assert_eq!(only_rows(&bytes, 0..900), None, "it is whole again");
                assert!(only_rows(&bytes, 60..70).is_some());
            }
        }
    }

    #[test]
    fn all_of_it_or_nothing_is_no_part() {
        for whole in files(60, 200) {
            for wanted in [0..200, 7..900, 50..50, 300..400] {
                assert_eq!(only_rows(&whole, wanted), None);
            }
        }
    }

    #[test]
    fn what_is_damaged_or_progressive_has_no_part() {
        let whole = &files(60, 120)[0];
        for end in 0..whole.len() {
            assert_eq!(only_rows(&whole[..end], 50..100), None, "{end}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            // Whatever comes of it, it ends.
            only_rows(&damaged, 50..100);
        }
        let pixels = &pictures(60, 120, 3)[0];
        let progressive = Encoder::new(Preset::ProgressiveBalanced).encode_rgb(pixels, 60, 120).expect("a JPEG");
        assert_eq!(only_rows(&progressive, 50..100), None);
    }
}
