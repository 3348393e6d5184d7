//! The coefficients of a component, as far as they are kept.

use super::super::jpeg::frame::Component;
use super::keep::Keep;

/// Rows of blocks of a component.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    pub keep: Keep,
    /// Blocks of a row, with those that only fill it up.
    across: usize,
    /// For each block, the coefficients that are kept.
    coefficients: Vec<i16>,
    /// For each block of a progressive photo, a bit for each coefficient in the order of the file, the lowest for the
    /// first: whether it is other than zero. Of the coefficients that are not kept, this is all that need be known to
    /// read on.
    known: Vec<u64>,
}

impl Blocks {
    /// So many rows of blocks, all zero.
    pub(super) fn new(component: &Component, keep: Keep, rows: usize, is_progressive: bool) -> Self {
        let across = component.padded_across;
        let known = if is_progressive { vec![0; across * rows] } else { Vec::new() };
        Self { across, coefficients: vec![0; across * rows * keep.count()], known, keep }
    }

    /// Makes all coefficients zero.
    pub(super) fn clear(&mut self) {
        self.coefficients.fill(0);
    }

    /// The kept coefficients of a row of blocks.
    pub(super) fn row(&self, row: usize) -> &[i16] {
        let length = self.across * self.keep.count();
        self.coefficients.get(row * length..(row + 1) * length).unwrap_or_default()
    }

    /// The kept coefficients of a block.
    #[inline(always)]
    pub(super) fn block(&mut self, row: usize, column: usize) -> Option<&mut [i16]> {
        self.kept_block(row, column).map(|(_, block)| block)
    }

    /// What is kept of a block, and which coefficients those are.
    #[inline(always)]
    pub(super) fn kept_block(&mut self, row: usize, column: usize) -> Option<(&Keep, &mut [i16])> {
        let count = self.keep.count();
        let start = (row * self.across + column) * count;
        Some((&self.keep, self.coefficients.get_mut(start..start + count)?))
    }

    /// Blocks side by side: which coefficients of each are known not to be zero, and the kept ones of all.
    pub(super) fn stretch(
        &mut self,
        row: usize,
        columns: std::ops::Range<usize>,
    ) -> Option<(&Keep, &mut [u64], &mut [i16])> {
        let (start, end) = (row * self.across + columns.start, row * self.across + columns.end);
        let count = self.keep.count();
        let known = self.known.get_mut(start..end)?;
        let coefficients = self.coefficients.get_mut(start * count..end * count)?;
        Some((&self.keep, known, coefficients))
    }
}
