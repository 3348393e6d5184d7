//! A part cut out of a JPEG without decoding it: what stays is the same to the last bit.
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
use super::part::Part;

/// A side of a block, in pixels.
const BLOCK: usize = 8;

/// How many codes there are of each length for first coefficients, as annex K of ITU-T T.81 has them: of light and of
/// colours. What they stand for does for any picture: how many bits the difference has.
const LIGHT: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const COLOUR: [u8; 16] = [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
const FIRST_SIZES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// A part of a JPEG, as a JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOut {
    pub bytes: Vec<u8>,
    /// Which part of the whole it has: what was asked for, and at the left and at the head what else is in its blocks.
    pub part: Part,
}

/// Cuts a part out of a JPEG, as near as whole blocks allow. `None`: that is all of it or nothing, or the file is damaged,
/// or progressive, or of a kind that is rare.
pub fn cut_out(jpeg: &[u8], wanted: Part) -> Option<CutOut> {
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
    let columns = Kept::of((wanted.left, wanted.width), BLOCK * frame.most_across, frame.width)?;
    let rows = Kept::of((wanted.top, wanted.height), BLOCK * frame.most_down, frame.height)?;
    let part = Part { left: columns.start, top: rows.start, width: columns.length, height: rows.length };
    if (part.width as usize, part.height as usize) == (frame.width, frame.height) {
        return None;
    }
    let data = copy(&scan, scan_segment.data, header.restart_interval, [columns.groups, rows.groups])?;
    let bytes = write(before, scan_segment, &part, &data)?;
    Some(CutOut { bytes, part })
}

/// Whether parts can be cut out of a JPEG of this size, in pixels.
pub(super) fn can_be_cut(jpeg: &[u8], (width, height): (u32, u32)) -> bool {
    let nearly_all = Part { left: 0, top: 0, width, height: height.saturating_sub(1) };
    nearly_all.height == 0 || cut_out(jpeg, nearly_all).is_some()
}

/// What is kept in one direction.
struct Kept {
    /// In pixels.
    start: u32,
    length: u32,
    /// Groups of blocks.
    groups: Range<usize>,
}

impl Kept {
    /// So many pixels from one on, of a picture of `all` in `group`s; `None` where that is nothing.
    fn of((start, length): (u32, u32), group: usize, all: usize) -> Option<Self> {
        let (from, end) = (start as usize, (start as usize).saturating_add(length as usize).min(all));
        let groups = from / group..end.div_ceil(group);
        let start = groups.start * group;
        (from < end).then(|| Self { start: start as u32, length: (end - start) as u32, groups })
    }
}

/// The data of a scan for these columns and rows of groups of blocks.
fn copy(scan: &Scan<'_>, data: &[u8], restart_interval: usize, [columns, rows]: [Range<usize>; 2]) -> Option<Vec<u8>> {
    let mut walk = Walk::new(data, 0, restart_interval);
    let mut writer = BitWriter::default();
    let mut last = [0; 3];
    let (light, colour) = (codes(&LIGHT), codes(&COLOUR));
    for row in 0..rows.end {
        let is_kept = rows.contains(&row);
        let mut before = last;
        walk.read_row(scan, &mut before, row, |reader, part, prediction, before, [_, x]| {
            let first = read_dc(reader, part.dc?, prediction)?;
            if !is_kept || !columns.contains(&(x / part.across)) {
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

/// The file with other data, of the size of this part.
fn write(before: &[Segment<'_>], scan: &Segment<'_>, part: &Part, data: &[u8]) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(part.width).ok()?, u16::try_from(part.height).ok()?);
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
                content.get_mut(3..5)?.copy_from_slice(&width.to_be_bytes());
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

    const ALL: u32 = 65_000;

    fn rows(top: u32, height: u32) -> Part {
        Part { left: 0, top, width: ALL, height }
    }

    #[test]
    fn the_pixels_that_stay_are_the_same() {
        for (width, height) in [(100, 200), (33, 177), (64, 300)] {
            for whole in files(width, height) {
                for (left, wide) in [(0, ALL), (9, ALL), (0, 24), (17, 13)] {
                    let wanted = Part { left, width: wide, ..rows(37, 113) };
                    let CutOut { bytes, part } = cut_out(&whole, wanted).expect("a part");
                    assert!((32..=37).contains(&part.top) && part.top % 8 == 0 && part.top + part.height == 150);
                    assert!(part.left <= left && part.left % 8 == 0 && part.left + 16 > left);
                    assert_eq!(part.left + part.width, width.min(left + wide));
                    let (all, pixels) = (decoded(&whole), decoded(&bytes));
                    assert_eq!(pixels.dimensions(), (part.width, part.height));
                    // Where colours are coarse, those at the edges are mixed with what is beside them.
                    let is_within = |at: u32, length: u32| at > 0 && at + 1 < length;
                    let within = pixels.enumerate_pixels();
                    let within = within.filter(|(x, y, _)| is_within(*x, part.width) && is_within(*y, part.height));
                    for (x, y, pixel) in within {
                        assert_eq!(pixel, all.get_pixel(x + part.left, y + part.top), "{x}, {y}");
                    }
                    assert_eq!(cut_out(&bytes, rows(0, ALL)), None, "it is whole again");
                    assert!(cut_out(&bytes, rows(60, 10)).is_some());
                }
            }
        }
    }

    #[test]
    fn all_of_it_or_nothing_is_no_part() {
        for whole in files(60, 200) {
            for (top, height) in [(0, 200), (7, 900), (50, 0), (300, 100), (u32::MAX, u32::MAX)] {
                assert_eq!(cut_out(&whole, rows(top, height)), None);
            }
            assert_eq!(cut_out(&whole, Part { left: 60, ..rows(0, 200) }), None);
        }
    }

    #[test]
    fn what_is_damaged_or_progressive_has_no_part() {
        let part = Part { left: 20, ..rows(50, 50) };
        let whole = &files(60, 120)[0];
        for end in 0..whole.len() {
            assert_eq!(cut_out(&whole[..end], part), None, "{end}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            // Whatever comes of it, it ends.
            cut_out(&damaged, part);
        }
        let pixels = &pictures(60, 120, 3)[0];
        let progressive = Encoder::new(Preset::ProgressiveBalanced).encode_rgb(pixels, 60, 120).expect("a JPEG");
        assert_eq!(cut_out(&progressive, part), None);
    }
}
