//! Huffman tables: which bits stand for which symbol.

/// Bits that are looked up at once; longer codes are rare.
const LOOKED_UP: u32 = 10;

/// What the next bits say: a symbol, and how long it is. One without length is no symbol at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::photo) struct Symbol(u32);

impl Symbol {
    fn new(length: u32, value: u8) -> Self {
        let (run, size) = (u32::from(value >> 4), u32::from(value & 15));
        Self((length + size) | length << 8 | size << 16 | run << 24)
    }

    /// How many bits its code takes.
    #[inline(always)]
    pub(in crate::photo) fn length(self) -> u32 {
        self.0 >> 8 & 0xff
    }

    /// How many bits its code takes together with the number behind it.
    #[inline(always)]
    pub(in crate::photo) fn whole_length(self) -> u32 {
        self.0 & 0xff
    }

    /// How many bits the number behind it has; zero has none.
    #[inline(always)]
    pub(in crate::photo) fn size(self) -> u32 {
        self.0 >> 16 & 0xff
    }

    /// How many zeros come before the number.
    #[inline(always)]
    pub(in crate::photo) fn run(self) -> u32 {
        self.0 >> 24
    }

    /// The number behind it, where `bits` are those at its beginning.
    #[inline(always)]
    pub(in crate::photo) fn number(self, bits: u64) -> i32 {
        let size = self.size();
        let value = (bits << self.length() >> 1 >> (63 - size)) as i32;
        // The lower half of the numbers of this size stands for negative ones.
        let is_negative = value >> size.saturating_sub(1) & 1 ^ 1;
        value - ((1 << size) - 1) * is_negative
    }
}

/// A Huffman table.
#[derive(Debug, Clone)]
pub(in crate::photo) struct Table {
    /// By the next bits: their symbol, if its code is not longer than that.
    short: [Symbol; 1 << LOOKED_UP],
    /// For each length of a code from 1 on.
    lengths: [Length; 16],
    /// What the codes stand for, from the shortest on.
    values: Vec<u8>,
}

/// The codes of one length.
#[derive(Debug, Clone, Copy, Default)]
struct Length {
    /// The first number of sixteen bits that begins with none of them, nor with a shorter code.
    end: u32,
    /// What must be added to a code to have its place among all values.
    offset: i32,
}

impl Table {
    /// The table with these values; `counts` says how many codes there are of each length. `None`: there are no such
    /// codes.
    pub(in crate::photo) fn new(counts: &[u8; 16], values: &[u8]) -> Option<Self> {
        let mut table = Self {
            short: [Symbol::default(); 1 << LOOKED_UP],
            lengths: [Length::default(); 16],
            values: values.to_vec(),
        };
        let (mut code, mut place) = (0u32, 0usize);
        for ((length, &count), entry) in (1u32..).zip(counts).zip(&mut table.lengths) {
            *entry = Length { offset: place as i32 - code as i32, end: 0 };
            for _ in 0..count {
                table.short.fill_for(code, length, *values.get(place)?)?;
                (code, place) = (code + 1, place + 1);
            }
            if code > 1 << length {
                return None;
            }
            entry.end = code << (16 - length);
            code *= 2;
        }
        Some(table)
    }

    /// The symbol with which these bits begin. One without length: there is none.
    #[inline(always)]
    pub(in crate::photo) fn symbol(&self, bits: u64) -> Symbol {
        let symbol = self.short[(bits >> (64 - LOOKED_UP)) as usize];
        if symbol == Symbol::default() { self.long_symbol(bits) } else { symbol }
    }

    #[cold]
    #[inline(never)]
    fn long_symbol(&self, bits: u64) -> Symbol {
        let next = (bits >> 48) as u32;
        let found = (1u32..).zip(&self.lengths).find(|(_, entry)| next < entry.end);
        let symbol = found.and_then(|(length, entry)| {
            let code = next >> (16 - length);
            let value = self.values.get(usize::try_from(code as i32 + entry.offset).ok()?)?;
            Some(Symbol::new(length, *value))
        });
        symbol.unwrap_or_default()
    }
}

trait FillFor {
    /// Notes a code wherever bits begin with it, if it is short enough. `None`: it has more bits than its length.
    fn fill_for(&mut self, code: u32, length: u32, value: u8) -> Option<()>;
}

impl FillFor for [Symbol] {
    fn fill_for(&mut self, code: u32, length: u32, value: u8) -> Option<()> {
        if code >= 1 << length {
            return None;
        }
        if length <= LOOKED_UP {
            let free = LOOKED_UP - length;
            let start = (code << free) as usize;
            self.get_mut(start..start + (1 << free))?.fill(Symbol::new(length, value));
        }
        Some(())
    }
}
