//! Reads the data of a scan bit by bit.

/// A place in the data of a scan. To be copied into a local variable where speed matters, so that it stays in
/// registers.
#[derive(Debug, Clone, Copy)]
pub(in crate::photo) struct BitReader<'a> {
    file: &'a [u8],
    /// Where the next byte is read from the file.
    position: usize,
    /// The bits to come, from the highest on; what lies below the first `count` of them is not to be looked at.
    bits: u64,
    count: u32,
    /// How many zero bits have been put behind the data, for those who look further than it goes.
    added: u64,
}

impl<'a> BitReader<'a> {
    /// The fewest bits that are there to look at after [`refill`](Self::refill).
    pub(in crate::photo) const LEAST: u32 = 56;

    /// Starts reading at a position of the file, in bytes.
    pub(in crate::photo) fn new(file: &'a [u8], position: usize) -> Self {
        Self { file, position, bits: 0, count: 0, added: 0 }
    }

    /// Makes sure that the next [`LEAST`](Self::LEAST) bits are there; behind the data they are zero.
    #[inline(always)]
    pub(in crate::photo) fn refill(&mut self) {
        if let Some(bytes) = self.file.get(self.position..).and_then(|rest| rest.first_chunk()) {
            let word = u64::from_be_bytes(*bytes);
            if !has_marker_byte(word) {
                // Bits that are there already are read once more: they are the same.
                self.bits |= word >> self.count;
                self.position += ((63 - self.count) / 8) as usize;
                self.count |= 56;
                return;
            }
        }
        *self = self.refilled_with_care();
    }

    /// Makes sure that `least` bits are there, [`LEAST`](Self::LEAST) at most.
    #[inline(always)]
    pub(in crate::photo) fn refill_below(&mut self, least: u32) {
        if self.count < least {
            self.refill();
        }
    }

    /// As `refill`, near a marker byte or the end of the file. By value, so that the reader has no address elsewhere.
    #[cold]
    #[inline(never)]
    fn refilled_with_care(mut self) -> Self {
        // What lies below the first bits may have been read beforehand.
        self.bits &= !(u64::MAX >> self.count);
        while self.count < Self::LEAST {
            let byte = match (self.file.get(self.position), self.file.get(self.position + 1)) {
                (Some(0xff), Some(0)) => {
                    self.position += 2;
                    0xff
                }
                (Some(0xff), _) | (None, _) => {
                    self.added += 8;
                    0
                }
                (Some(&byte), _) => {
                    self.position += 1;
                    byte
                }
            };
            self.bits |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
        self
    }

    /// The bits to come, from the highest on.
    #[inline(always)]
    pub(in crate::photo) fn bits(&self) -> u64 {
        self.bits
    }

    /// Goes on by so many bits, of those that are there.
    #[inline(always)]
    pub(in crate::photo) fn skip(&mut self, count: u32) {
        self.bits <<= count;
        self.count -= count;
    }

    /// The next bits as a number, of those that are there; at most 32.
    #[inline(always)]
    pub(in crate::photo) fn take(&mut self, count: u32) -> u32 {
        // In two steps, so that none is the whole width of the number where `count` is zero.
        let value = (self.bits >> 1 >> (63 - count)) as u32;
        self.skip(count);
        value
    }

    /// The next bits as a number, whether or not they are there yet; at most 63.
    #[inline(always)]
    pub(in crate::photo) fn take_far(&mut self, count: u32) -> u64 {
        let first = count.min(32);
        self.refill_below(first);
        let high = u64::from(self.take(first));
        if count == first {
            return high;
        }
        self.refill();
        high << (count - first) | u64::from(self.take(count - first))
    }

    /// Whether more has been read than there is.
    pub(in crate::photo) fn is_beyond_end(&self) -> bool {
        self.added > u64::from(self.count)
    }

    /// The position of the marker that ends the data, if all of it has been read.
    pub(in crate::photo) fn end(&mut self) -> Option<usize> {
        *self = self.refilled_with_care();
        let unread = u64::from(self.count).checked_sub(self.added)?;
        // The last byte is filled up with bits that mean nothing.
        (unread < 8).then_some(self.position)
    }

    /// Goes on behind a restart marker, which must come next and have this number.
    pub(in crate::photo) fn restart(&mut self, number: u8) -> Option<()> {
        let mut position = self.end()?;
        while self.file.get(position..position + 2) == Some(&[0xff, 0xff]) {
            position += 1;
        }
        let marker = [0xff, 0xd0 | number];
        (self.file.get(position..position + 2)? == marker).then(|| *self = Self::new(self.file, position + 2))
    }
}

/// Whether one of eight bytes is 0xff, with which all markers begin.
#[inline(always)]
fn has_marker_byte(word: u64) -> bool {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    (!word).wrapping_sub(LOWEST) & word & HIGHEST != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stuffed_zero_is_no_data() {
        let file: Vec<u8> = (1..30).chain([0xff, 0, 0xff, 0]).chain(1..30).chain([0xff, 0xd0, 7, 0xff, 0xd9]).collect();
        let mut reader = BitReader::new(&file, 0);
        for byte in (1..30).chain([0xff, 0xff]).chain(1..30) {
            assert_eq!(reader.take_far(8), byte);
        }
        assert!(!reader.is_beyond_end());
        assert_eq!(reader.restart(1), None);
        assert!(reader.restart(0).is_some());
        assert_eq!(reader.take_far(3), 0);
        assert_eq!(reader.end(), Some(file.len() - 2));
        assert_eq!(reader.take_far(6), 0b00_1110, "the last bits, then zero");
        assert!(reader.is_beyond_end());
        assert_eq!(reader.end(), None);
    }

    #[test]
    fn unread_data_is_not_passed_over() {
        let mut reader = BitReader::new(&[1, 2, 3, 0xff, 0xd9], 0);
        reader.take_far(15);
        assert_eq!(reader.end(), None);
        reader.take_far(2);
        assert_eq!(reader.end(), Some(3));
    }
}
