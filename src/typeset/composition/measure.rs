//! The white between pieces, and their heights.

use super::cost;
use super::galley::{Piece, Shape, Sizes};

/// The white between two pieces that follow one another in a column.
pub(super) fn gap(above: &Piece, below: &Piece) -> f64 {
    first_gap((above.below, above.weak), below)
}

/// The white above a piece, below something that wants so much white and may give way.
pub(super) fn first_gap(before: (f64, bool), piece: &Piece) -> f64 {
    let (below, weak) = before;
    match (weak, piece.weak) {
        (true, false) => piece.above,
        (false, true) => below,
        _ => below.max(piece.above),
    }
}

impl Piece {
    /// Its height where it is not broken.
    pub(super) fn height(&self) -> f64 {
        match &self.shape {
            Shape::Solid(height) => *height,
            Shape::Photo(sizes) | Shape::Wide(sizes) => sizes.height,
            Shape::Lines(lines) => {
                let whites: f64 = lines.iter().skip(1).map(|line| line.before).sum();
                whites + lines.iter().map(|line| line.height).sum::<f64>()
            }
        }
    }

    /// Makes it taller by so much, or shorter. What was known of another setting of its text does not hold any more.
    pub(super) fn add_height(&mut self, by: f64) {
        let text = match &mut self.shape {
            Shape::Solid(height) => {
                *height += by;
                None
            }
            Shape::Photo(sizes) | Shape::Wide(sizes) => {
                sizes.height += by;
                None
            }
            Shape::Lines(lines) => Some(lines),
        };
        if let Some(line) = text.and_then(|lines| lines.last_mut()) {
            line.height += by;
            line.need += by;
        }
        self.refits.clear();
    }
}

/// One of the sizes that a photo can have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// By how many lines it differs from the usual one.
    pub lines: i8,
    pub height: f64,
    pub cost: f64,
}

impl Sizes {
    /// Whether it may be a table or a chart, and no photo: what cannot be made less tall. It is read with the text, so that
    /// it stands neither above the title of its article nor far behind its call.
    pub(super) fn may_be_table(self) -> bool {
        self.less == 0
    }

    /// All sizes, with lines of so many points.
    pub(super) fn all(self, line: f64) -> impl Iterator<Item = Size> {
        (-self.less..=self.more).map(move |lines| Size {
            lines: lines as i8,
            height: self.height + f64::from(lines) * line,
            cost: if self.scaled && lines < 0 { cost::scale(lines) } else { cost::crop(lines) },
        })
    }
}
