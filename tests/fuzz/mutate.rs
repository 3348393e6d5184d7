//! Files as a bad disk, a broken copy, a slip of the hand or somebody with bad intentions leaves them.

/// The same numbers on every run (xorshift).
pub struct Random(u64);

impl Random {
    /// A sequence of its own for each `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`, or 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    pub fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// A file with a few bytes lost, changed, doubled or added.
pub fn damaged(file: &[u8], random: &mut Random) -> Vec<u8> {
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

/// A text with pieces of syntax, odd characters and pieces of itself in wrong places; now and then with broken bytes.
pub fn garbled(text: &str, tokens: &[&str], random: &mut Random) -> Vec<u8> {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(characters.len() + 1);
        let end = (at + 1 + random.below(12)).min(characters.len());
        match random.below(8) {
            0..=2 => {
                let token: Vec<char> = random.one_of(tokens).chars().collect();
                let replaced = if random.below(2) == 0 { at..at } else { at..end };
                drop(characters.splice(replaced, token));
            }
            3 => drop(characters.drain(at..end)),
            4 => characters.truncate(at),
            5 => {
                let piece: Vec<char> = characters[at..end].to_vec();
                let other = random.below(characters.len() + 1);
                drop(characters.splice(other..other, piece));
            }
            6 => {
                let token: Vec<char> = random.one_of(tokens).chars().collect();
                let many = token.repeat(1 + random.below(300));
                drop(characters.splice(at..at, many));
            }
            // A line goes, or comes twice.
            _ => {
                let starts = characters[..at].iter().rposition(|c| *c == '\n').map_or(0, |line| line + 1);
                let ends = characters[at..].iter().position(|c| *c == '\n').map_or(characters.len(), |line| at + line);
                let line: Vec<char> = characters[starts..ends].iter().copied().chain(['\n']).collect();
                let with = if random.below(2) == 0 { Vec::new() } else { line.repeat(2) };
                drop(characters.splice(starts..ends, with));
            }
        }
    }
    let bytes = characters.into_iter().collect::<String>().into_bytes();
    if random.below(10) == 0 { damaged(&bytes, random) } else { bytes }
}
