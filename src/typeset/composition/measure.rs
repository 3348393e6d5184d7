//! The white between pieces, and their heights.

use super::galley::{Piece, Shape};

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
            Shape::Solid(height) | Shape::Photo { height, .. } | Shape::Wide { height, .. } => *height,
            Shape::Lines(lines) => {
                let whites: f64 = lines.iter().skip(1).map(|line| line.before).sum();
                whites + lines.iter().map(|line| line.height).sum::<f64>()
            }
        }
    }

    /// Makes it taller by so much, or shorter.
    pub(super) fn add_height(&mut self, by: f64) {
        match &mut self.shape {
            Shape::Solid(height) | Shape::Photo { height, .. } | Shape::Wide { height, .. } => *height += by,
            Shape::Lines(lines) => {
                if let Some(line) = lines.last_mut() {
                    line.height += by;
                    line.need += by;
                }
            }
        }
    }
}
