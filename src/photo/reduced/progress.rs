//! Keeps watch over the order of scans: each coefficient comes once, and is then refined bit by bit.

/// How far the coefficients of a component have been read.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    /// For each coefficient in the order of the file, how many of its lowest bits are still to come.
    missing: [u8; 64],
}

impl Progress {
    /// That a coefficient has not come at all.
    const ALL: u8 = u8::MAX;

    /// Most bits that come later.
    const MAX_LOW: u8 = 13;

    /// Nothing has been read.
    pub(super) fn new() -> Self {
        Self { missing: [Self::ALL; 64] }
    }

    /// Notes that the coefficients `first` to `last` come in a scan, without their `low` lowest bits; what has come
    /// before lacked the `high` lowest bits, and zero stands for nothing. `None`: that is not what must come.
    pub(super) fn advance(&mut self, first: usize, last: usize, high: u8, low: u8) -> Option<()> {
        let before = if high == 0 { Self::ALL } else { high };
        let is_next = low <= Self::MAX_LOW && (high == 0 || high == low + 1);
        let band = self.missing.get_mut(first..=last)?;
        (is_next && band.iter().all(|&missing| missing == before)).then(|| band.fill(low))
    }

    /// Whether nothing is to come any more.
    pub(super) fn is_complete(&self) -> bool {
        self.missing == [0; 64]
    }
}
