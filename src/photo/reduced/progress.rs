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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_come_once_and_are_refined_bit_by_bit() {
        let mut progress = Progress::new();
        assert_eq!(progress.advance(0, 0, 0, 1), Some(()));
        assert_eq!(progress.advance(0, 0, 0, 0), None, "has come already");
        assert_eq!(progress.advance(1, 63, 2, 1), None, "has not come yet");
        assert_eq!(progress.advance(1, 63, 0, 2), Some(()));
        assert_eq!(progress.advance(1, 63, 2, 0), None, "leaves a bit out");
        assert_eq!(progress.advance(0, 63, 2, 1), None, "is not missing everywhere");
        assert_eq!(progress.advance(5, 64, 2, 1), None, "has no such coefficient");
        assert_eq!(progress.advance(1, 63, 2, 1), Some(()));
        assert_eq!(progress.advance(0, 63, 1, 0), Some(()));
        assert!(progress.is_complete());
    }
}
