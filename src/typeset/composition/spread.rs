//! White that grows or shrinks all over a column: from how much in all to how much above each piece.

use super::decision::Decision;
use super::galley::{Galley, Piece};

/// A piece in the column that is being looked at.
struct Placed {
    /// Which decision placed it.
    decision: usize,
    piece: u16,
    /// By how much the white above it can grow and shrink; none for what stands first.
    stretch: f64,
    shrink: f64,
}

/// Puts into decisions what every [`Decision::Spread`] means for the pieces before it in its column: white above each, and
/// another place.
pub(super) fn resolve(galley: &Galley, decisions: &mut Vec<Decision>) {
    let mut extras = Vec::new();
    let mut column: Vec<Placed> = Vec::new();
    let mut stands_in = None;
    let mut zone = 0;
    for index in 0..decisions.len() {
        match decisions[index] {
            Decision::Zone { index, .. } => {
                zone = usize::from(index);
                column.clear();
            }
            Decision::Break { .. } | Decision::Split { .. } => column.clear(),
            Decision::At { piece, page, column: number, first, .. } => {
                if stands_in.replace((page, number)) != Some((page, number)) {
                    column.clear();
                }
                let Some(it) = galley.zones.get(zone).and_then(|zone| zone.pieces.get(usize::from(piece))) else {
                    continue;
                };
                column.push(placed(index, piece, it, first));
            }
            Decision::Spread { by } => {
                let shares = shares(&column, f64::from(by));
                let mut sum = 0.0;
                for (placed, share) in column.iter().zip(shares) {
                    sum += share;
                    if let Decision::At { y, .. } = &mut decisions[placed.decision] {
                        *y += sum as f32;
                    }
                    if share != 0.0 {
                        extras.push((placed.decision, Decision::Extra { piece: placed.piece, by: share as f32 }));
                    }
                }
            }
            _ => {}
        }
    }
    // Each stands behind the decision that places its piece, so that it belongs to the same zone.
    extras.sort_by_key(|(decision, _)| *decision);
    for (decision, extra) in extras.into_iter().rev() {
        decisions.insert(decision + 1, extra);
    }
}

fn placed(decision: usize, piece: u16, it: &Piece, first: bool) -> Placed {
    let (stretch, shrink) = if first { (0.0, 0.0) } else { (it.stretch, it.shrink) };
    Placed { decision, piece, stretch, shrink }
}

/// What of a length falls to each piece: as much as its white can bear beside that of the others.
fn shares(column: &[Placed], by: f64) -> Vec<f64> {
    let able = |placed: &Placed| if by > 0.0 { placed.stretch } else { placed.shrink };
    let all: f64 = column.iter().map(able).sum();
    column.iter().map(|placed| if all > 0.0 { by * able(placed) / all } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::galley::{Geometry, Shape, Zone};
    use super::*;

    fn galley(stretches: &[f64]) -> Galley {
        let piece = |stretch: &f64| Piece { stretch: *stretch, ..Piece::bare("article-1", "b0", Shape::Solid(10.0)) };
        let pieces = stretches.iter().map(piece).collect();
        let zone = Zone { after: 0.0, least: 0.0, section: true, head: None, pieces };
        Galley { geometry: Geometry::default(), zones: vec![zone], front_pages: 0 }
    }

    fn at(piece: u16, column: u8, y: f32, first: bool) -> Decision {
        Decision::At { piece, page: 0, column, y, first }
    }

    /// Where pieces begin, and the white that each gets.
    fn resolved(galley: &Galley, mut decisions: Vec<Decision>) -> (Vec<f32>, Vec<(u16, f32)>) {
        resolve(galley, &mut decisions);
        let places = decisions.iter().filter_map(|it| if let Decision::At { y, .. } = it { Some(*y) } else { None });
        let extras = decisions.iter().filter_map(|it| match it {
            Decision::Extra { piece, by } => Some((*piece, *by)),
            _ => None,
        });
        (places.collect(), extras.collect())
    }

    #[test]
    fn white_grows_by_what_each_piece_bears() {
        let decisions =
            vec![at(0, 0, 0.0, true), at(1, 0, 20.0, false), at(2, 0, 40.0, false), Decision::Spread { by: 8.0 }];
        let (places, extras) = resolved(&galley(&[3.0, 3.0, 9.0]), decisions);
        assert_eq!(places, [0.0, 22.0, 48.0]);
        assert_eq!(extras, [(1, 2.0), (2, 6.0)]);
    }

    #[test]
    fn what_cannot_grow_moves_with_what_is_above() {
        let decisions =
            vec![at(0, 0, 10.0, false), at(1, 0, 20.0, false), at(2, 0, 40.0, false), Decision::Spread { by: 4.0 }];
        let (places, extras) = resolved(&galley(&[2.0, 0.0, 2.0]), decisions);
        assert_eq!(places, [12.0, 22.0, 44.0]);
        assert_eq!(extras, [(0, 2.0), (2, 2.0)]);
    }

    #[test]
    fn another_column_is_left_alone() {
        let decisions =
            vec![at(0, 0, 10.0, false), at(1, 1, 0.0, true), at(2, 1, 40.0, false), Decision::Spread { by: 5.0 }];
        let (places, extras) = resolved(&galley(&[2.0, 2.0, 2.0]), decisions);
        assert_eq!(places, [10.0, 0.0, 45.0]);
        assert_eq!(extras, [(2, 5.0)]);
    }
}
