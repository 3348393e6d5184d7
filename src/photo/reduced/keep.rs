//! Which of the 64 coefficients of a block are kept: those of the lowest frequencies, as many as the picture shows.

/// The row and column of each coefficient in a block, as the file orders them: in a zigzag from the top left.
const ZIGZAG: [(u8, u8); 64] = zigzag();

const fn zigzag() -> [(u8, u8); 64] {
    let mut places = [(0, 0); 64];
    let (mut row, mut column) = (0u8, 0u8);
    let mut index = 0;
    while index < 64 {
        places[index] = (row, column);
        let is_upwards = (row + column) % 2 == 0;
        if is_upwards && column == 7 || !is_upwards && row == 7 {
            (row, column) = if is_upwards { (row + 1, column) } else { (row, column + 1) };
        } else if is_upwards {
            column += 1;
            row = row.saturating_sub(1);
        } else {
            row += 1;
            column = column.saturating_sub(1);
        }
        index += 1;
    }
    places
}

/// The coefficients that are kept of each block of a component: a rectangle at the top left.
#[derive(Debug, Clone)]
pub(super) struct Keep {
    /// How many points a block shows, across and down: each 1, 2, 4 or 8.
    pub points: [usize; 2],
    /// Columns of the rectangle: 1, 2 or 4.
    pub width: usize,
    /// Its rows: 1, 2 or 4.
    pub height: usize,
    /// A bit for each coefficient in the order of the file, the lowest for the first: whether it is kept.
    pub mask: u64,
    /// Where each coefficient is in the rectangle, row by row; far outside it where it is not kept.
    slots: [u8; 64],
}

impl Keep {
    /// Most that are kept each way. Where a component shows eight points of a block, it is a colour that has half as
    /// many samples as the brightness has; the finest half of its detail is not worth its time.
    pub(super) const MOST: usize = 4;

    /// Keeps what blocks need that show so many points, across and down: each 1, 2, 4 or 8.
    pub(super) fn new(points: [usize; 2]) -> Self {
        let [width, height] = points.map(|count| count.min(Self::MOST));
        let mut keep = Self { points, width, height, mask: 0, slots: [u8::MAX; 64] };
        for ((index, (row, column)), slot) in ZIGZAG.iter().enumerate().zip(&mut keep.slots) {
            let (row, column) = (usize::from(*row), usize::from(*column));
            if row < height && column < width {
                keep.mask |= 1 << index;
                *slot = (row * width + column) as u8;
            }
        }
        keep
    }

    /// How many are kept of a block.
    pub(super) fn count(&self) -> usize {
        self.width * self.height
    }

    /// The place in the rectangle of a coefficient, which is given by its index in the order of the file; a place
    /// behind its end where it is not kept.
    #[inline(always)]
    pub(super) fn slot(&self, index: u32) -> usize {
        usize::from(self.slots[(index & 63) as usize])
    }
}
