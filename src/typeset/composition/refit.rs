//! Paragraphs that can be set a line shorter or longer: tighter or looser by so little that nobody sees it, and without
//! any white.
//!
//! Whether that works, only typst can say: what might is set once more by itself, and counted.

use serde_json::{Map, Value, json};

use super::galley::{Fit, Galley, Piece, Shape};

/// What share of a line's width each line but the last must give for the last one to go, and must take for another to
/// come: measured with real articles. More hardly ever succeeds, with less there would be fewer paragraphs.
const GIVEN: f64 = 0.05;
const TAKEN: f64 = 0.02;

/// Shorter paragraphs have too few lines to gain one.
const FEWEST_LINES: usize = 4;

/// The orders for setting all that might become a line shorter or longer; `None` where nothing might.
pub(super) fn probes(galley: &Galley) -> Option<Value> {
    let mut articles = Map::new();
    for piece in galley.zones.iter().flat_map(|zone| &zone.pieces) {
        let Some(fit) = hope(piece) else { continue };
        let article = articles.entry(piece.article.clone()).or_insert_with(|| json!({}));
        article[piece.key.as_str()] = json!({ "probe": fit.name() });
    }
    (!articles.is_empty()).then(|| json!({ "probe": true, "articles": articles }))
}

/// What might change the number of a paragraph's lines.
fn hope(piece: &Piece) -> Option<Fit> {
    let (Shape::Lines(lines), Some(last)) = (&piece.shape, piece.last_line) else { return None };
    if lines.len() < FEWEST_LINES {
        return None;
    }
    let others = (lines.len() - 1) as f64;
    if last <= GIVEN * others {
        Some(Fit::Tight)
    } else if 1.0 - last <= TAKEN * others {
        Some(Fit::Loose)
    } else {
        None
    }
}

/// Takes into a galley what came of the probes.
pub(super) fn apply(galley: &mut Galley, probes: Galley) {
    let mut probed =
        probes.zones.into_iter().flat_map(|zone| zone.pieces).filter(|piece| piece.fit != Fit::Usual).peekable();
    // They stand in the order of the galley.
    for piece in galley.zones.iter_mut().flat_map(|zone| &mut zone.pieces) {
        while let Some(probe) = probed.next_if(|probe| (&probe.article, &probe.key) == (&piece.article, &piece.key)) {
            let (Shape::Lines(usual), Shape::Lines(lines)) = (&piece.shape, probe.shape) else { continue };
            let is_gain = match probe.fit {
                Fit::Tight => lines.len() + 1 == usual.len(),
                _ => lines.len() == usual.len() + 1,
            };
            if is_gain {
                piece.refits.push((probe.fit, lines));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::galley::{Geometry, Line, Zone};
    use super::*;

    fn paragraph(key: &str, lines: usize, last_line: f64, fit: Fit) -> Piece {
        let line = Line { before: 0.0, height: 10.0, need: 10.0, begins_item: false };
        let shape = Shape::Lines(vec![line; lines]);
        Piece { last_line: Some(last_line), fit, ..Piece::bare("article-1", key, shape) }
    }

    fn galley(pieces: Vec<Piece>) -> Galley {
        let zone = Zone { after: 0.0, least: 0.0, section: true, head: None, pieces };
        Galley { geometry: Geometry::default(), zones: vec![zone], front_pages: 0 }
    }

    #[test]
    fn only_what_may_succeed_is_tried() {
        let hope = |lines, last| hope(&paragraph("b0", lines, last, Fit::Usual));
        assert_eq!(hope(8, 0.2), Some(Fit::Tight));
        assert_eq!(hope(8, 0.95), Some(Fit::Loose));
        assert_eq!(hope(8, 0.6), None);
        assert_eq!(hope(3, 0.05), None);
        let list = Piece { last_line: None, ..paragraph("b0", 8, 0.1, Fit::Usual) };
        assert_eq!(super::hope(&list), None);
    }

    #[test]
    fn what_has_become_a_line_shorter_or_longer_is_learnt() {
        let mut it = galley(vec![
            paragraph("b0", 8, 0.1, Fit::Usual),
            paragraph("b1", 8, 0.1, Fit::Usual),
            paragraph("b2", 5, 1.0, Fit::Usual),
        ]);
        let probes = vec![
            paragraph("b0", 7, 0.9, Fit::Tight),
            paragraph("b1", 8, 0.1, Fit::Tight),
            paragraph("b2", 6, 0.2, Fit::Loose),
        ];
        apply(&mut it, galley(probes));
        let learnt: Vec<Vec<Fit>> =
            it.zones[0].pieces.iter().map(|it| it.refits.iter().map(|(fit, _)| *fit).collect()).collect();
        assert_eq!(learnt, [vec![Fit::Tight], vec![], vec![Fit::Loose]]);
    }
}
