//! Files as a bad disk, a broken copy or somebody with bad intentions leaves them: for several test programs.

/// The same numbers on every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    /// A sequence of its own for each `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`, or 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// A file with a few bytes lost, changed, doubled or added.
pub(crate) fn damaged(file: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = random.below(bytes.len());
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = [0, 0xff, 0x7f, 0x80][random.below(4)],
            // Sizes are two or four bytes.
            3 => bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0xff),
            4 => {
                let (other, length) = (random.below(bytes.len()), bytes.len());
                let piece = other..(other + 16).min(length).min(other + length - at);
                bytes.copy_within(piece, at);
            }
            5 => drop(bytes.drain(at..(at + 1 + random.below(8)).min(bytes.len()))),
            _ => bytes.insert(at, random.below(256) as u8),
        }
    }
    bytes
}
