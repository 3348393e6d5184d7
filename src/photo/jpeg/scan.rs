//! Goes through the blocks of a scan in the order in which they are stored.

use super::bits::BitReader;
use super::frame::Frame;
use super::header::Header;
use super::huffman::Table;

/// A scan as its header describes it.
#[derive(Debug)]
pub(in crate::photo) struct Scan<'a> {
    pub parts: Vec<Part<'a>>,
    /// The first coefficient of each block that it has, in the order of the file.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// How many of the lowest bits were missing before; zero where nothing came before.
    pub high: u8,
    /// How many of the lowest bits are still missing afterwards.
    pub low: u8,
    /// Groups of blocks side by side.
    pub groups_across: usize,
    /// Groups of blocks one below another.
    pub groups_down: usize,
}

/// What a scan has of one component.
#[derive(Debug)]
pub(in crate::photo) struct Part<'a> {
    /// Which component it is.
    pub component: usize,
    /// Blocks side by side in a group.
    pub across: usize,
    /// Blocks one below another in a group.
    pub down: usize,
    /// The table for the first coefficient of a block.
    pub dc: Option<&'a Table>,
    /// The table for its other coefficients.
    pub ac: Option<&'a Table>,
}

impl<'a> Scan<'a> {
    /// Reads a scan header. `None`: it is damaged.
    pub(in crate::photo) fn parse(content: &[u8], frame: &Frame, header: &'a Header) -> Option<Self> {
        let (&count, rest) = content.split_first()?;
        let (parts, rest) = rest.split_at_checked(2 * usize::from(count))?;
        let &[first, last, bits] = rest else { return None };
        let mut parts: Vec<_> =
            parts.chunks_exact(2).map(|part| Part::parse(part, frame, header)).collect::<Option<_>>()?;
        let is_in_order = parts.is_sorted_by(|one, next| one.component < next.component);
        let blocks: usize = parts.iter().map(|part| part.across * part.down).sum();
        let (mut groups_across, mut groups_down) = (frame.groups_across, frame.groups_down);
        if let [part] = parts.as_mut_slice() {
            // A component that comes alone comes block by block, without those that fill up groups.
            let component = frame.components.get(part.component)?;
            (groups_across, groups_down) = (component.across, component.down);
            (part.across, part.down) = (1, 1);
        } else if parts.is_empty() || !is_in_order || blocks > 10 {
            return None;
        }
        // Some programs write zero for the last coefficient of a photo that is not progressive.
        let last = if frame.is_progressive || last > 0 { last } else { 63 };
        let (first, last) = (usize::from(first), usize::from(last));
        Some(Self { parts, first, last, high: bits >> 4, low: bits & 15, groups_across, groups_down })
    }
}

impl<'a> Part<'a> {
    fn parse(specification: &[u8], frame: &Frame, header: &'a Header) -> Option<Self> {
        let &[identifier, tables] = specification else { return None };
        let component = frame.components.iter().position(|component| component.identifier == identifier)?;
        let of_frame = frame.components.get(component)?;
        Some(Self {
            component,
            across: of_frame.group_across,
            down: of_frame.group_down,
            dc: header.dc_tables.get(usize::from(tables >> 4))?.as_deref(),
            ac: header.ac_tables.get(usize::from(tables & 15))?.as_deref(),
        })
    }
}

/// How far a scan has been read.
#[derive(Debug)]
pub(in crate::photo) struct Walk<'a> {
    pub reader: BitReader<'a>,
    /// The last first coefficient of each part, from which the next one differs by what is stored.
    pub predictions: [i32; 3],
    /// How many blocks come next that have nothing new.
    pub empty_blocks: usize,
    /// After how many groups reading starts anew; zero: never.
    interval: usize,
    /// How many groups come before that.
    left: usize,
    /// The number of the next restart.
    number: u8,
}

impl<'a> Walk<'a> {
    /// Starts reading the data of a scan at a position of the file.
    pub(in crate::photo) fn new(file: &'a [u8], position: usize, interval: usize) -> Self {
        let reader = BitReader::new(file, position);
        Self { reader, predictions: [0; 3], empty_blocks: 0, interval, left: interval, number: 0 }
    }

    /// How many groups may be read in one go, of so many that are wanted, one at least.
    pub(in crate::photo) fn stretch(&mut self, wanted: usize) -> Option<usize> {
        if self.interval == 0 {
            return Some(wanted);
        }
        if self.left == 0 {
            if self.empty_blocks > 0 {
                return None;
            }
            self.reader.restart(self.number)?;
            self.predictions = [0; 3];
            self.number = (self.number + 1) % 8;
            self.left = self.interval;
        }
        let length = wanted.min(self.left);
        self.left -= length;
        Some(length)
    }

    /// Reads a row of groups with a function that reads a block, and puts what it finds where the `blocks` of its
    /// component go, one for each component.
    pub(in crate::photo) fn read_row<B, F>(
        &mut self,
        scan: &Scan<'a>,
        blocks: &mut [B],
        row: usize,
        mut read: F,
    ) -> Option<()>
    where
        F: FnMut(&mut BitReader<'a>, &Part<'a>, &mut i32, &mut B, [usize; 2]) -> Option<()>,
    {
        let mut column = 0;
        while column < scan.groups_across {
            let end = column + self.stretch(scan.groups_across - column)?;
            let mut reader = self.reader;
            for group in column..end {
                for (part, prediction) in scan.parts.iter().zip(&mut self.predictions) {
                    let blocks = blocks.get_mut(part.component)?;
                    for y in row * part.down..(row + 1) * part.down {
                        for x in group * part.across..(group + 1) * part.across {
                            read(&mut reader, part, prediction, blocks, [y, x])?;
                        }
                    }
                }
            }
            self.reader = reader;
            column = end;
        }
        (!self.reader.is_beyond_end()).then_some(())
    }

    /// The position of what follows the scan, if all of its data has been read.
    pub(in crate::photo) fn end(mut self) -> Option<usize> {
        if self.empty_blocks > 0 { None } else { self.reader.end() }
    }
}

/// Reads what is stored of the first coefficient of a block, and returns the coefficient.
#[inline(always)]
pub(in crate::photo) fn read_dc(reader: &mut BitReader<'_>, table: &Table, prediction: &mut i32) -> Option<i32> {
    /// No difference of two such coefficients has more bits.
    const MAX_SIZE: u32 = 11;
    reader.refill_below(32);
    let symbol = table.symbol(reader.bits());
    if symbol.length() == 0 || symbol.run() > 0 || symbol.size() > MAX_SIZE {
        return None;
    }
    *prediction = prediction.wrapping_add(symbol.number(reader.bits()));
    reader.skip(symbol.whole_length());
    Some(*prediction)
}
