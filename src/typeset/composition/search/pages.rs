//! How a page begins: full or level, with something across its head or not.

use super::super::cost;
use super::super::decision::{Decision, Side};
use super::super::galley::{Geometry, Piece, Shape};
use super::placer::Placer;
use super::state::State;
use super::zone::InZone;

/// So many heights are tried for columns that end level.
const LEVELS: i32 = 8;

impl Placer<'_> {
    /// Begins a page of a zone with `line` of `piece`: full, or as the last with columns that end level, with something
    /// across its head or not.
    pub(super) fn begin_page(
        &mut self,
        state: State,
        at: &InZone<'_>,
        piece: usize,
        line: usize,
        out: &mut Vec<State>,
    ) {
        let anchor = piece + usize::from(line > 0);
        if let Some((wide, page)) = state.late_wide {
            let is_of_article = |it: &Piece| it.article == at.piece(wide.into()).article;
            let can_bear = |it: &Piece| is_of_article(it) && matches!(it.shape, Shape::Lines(_));
            if at.zone.pieces.get(anchor).is_some_and(can_bear) {
                let cost = cost::MOVED_BY + cost::apart(state.page.abs_diff(page));
                let state = State { late_wide: None, cost: state.cost + cost, ..state };
                self.begin_page_below(state, at, (piece, line), wide.into(), out);
            }
            return;
        }
        let is_across = self.geometry.columns > 1 && matches!(at.piece(piece).shape, Shape::Wide(_));
        if is_across && state.is_ahead(piece).is_none() {
            // There is nothing to end above it.
            out.push(State { until: Some(piece as u16), ..state });
            return;
        }
        self.begin_plain_page(state, at, piece, line, out);
        if self.geometry.columns == 1 {
            // There is nothing that it could go across: it stands where it is called.
            return;
        }
        let Some(wide) = at.next_movable(piece, true).filter(|&wide| state.is_ahead(wide).is_none()) else { return };
        let Shape::Wide(sizes) = at.piece(wide).shape else { return };
        let is_above_title = line == 0 && at.piece(piece).key == "opening";
        // Only what will be called for on this page.
        let before = at.rest_from(piece, line) - at.rest_from(wide, 0);
        let is_near = anchor <= wide && before <= state.cap * self.geometry.columns as f64;
        if is_near && !(is_above_title && sizes.may_be_table()) {
            let mut state = state;
            if state.note_ahead(wide) {
                self.begin_page_below(state, at, (piece, line), wide, out);
            }
        }
    }

    /// Begins a page below a thing across its head.
    fn begin_page_below(
        &mut self,
        state: State,
        at: &InZone<'_>,
        (piece, line): (usize, usize),
        wide: usize,
        out: &mut Vec<State>,
    ) {
        let Shape::Wide(sizes) = at.piece(wide).shape else { return };
        let anchor = piece + usize::from(line > 0);
        for size in sizes.all(self.geometry.line) {
            let need = size.height + self.geometry.clearance();
            if need > state.cap - 6.0 * self.geometry.line {
                continue;
            }
            let mut next = state;
            next.offset += need;
            next.cap -= need;
            next.cost += size.cost + cost::MOVED;
            self.note(
                &mut next,
                Decision::Before { piece: wide as u16, anchor: anchor as u16, lines: size.lines, side: Side::Top },
            );
            if line > 0 {
                next.wants_anchor = Some(0.0);
            }
            self.begin_plain_page(next, at, piece, line, out);
        }
    }

    /// Begins a page that ends in mid-text, or one on which the columns end level before a piece.
    fn begin_plain_page(&mut self, state: State, at: &InZone<'_>, piece: usize, line: usize, out: &mut Vec<State>) {
        let columns = self.geometry.columns as f64;
        if columns == 1.0 {
            self.begin_column(state, at, piece, line, out);
            return;
        }
        let rest = at.rest_from(piece, line);
        for end in at.splits.iter().copied().filter(|&end| end > piece && state.is_ahead(end).is_none()) {
            let height = rest - at.rest_from(end, 0);
            if height > state.cap * columns * 1.03 {
                break;
            }
            self.level_at(state, at, (piece, line), end, height / columns, out);
        }
        if rest > state.cap * columns * 0.9 {
            self.begin_column(state, at, piece, line, out);
        }
    }

    /// Begins columns that end level before `end`, each about so high.
    fn level_at(
        &mut self,
        state: State,
        at: &InZone<'_>,
        from: (usize, usize),
        end: usize,
        height: f64,
        out: &mut Vec<State>,
    ) {
        let (piece, line) = from;
        let Geometry { line: pitch, text, .. } = *self.geometry;
        let least = ((height - pitch) / pitch).floor().max(1.0) as i32;
        let most = (state.cap / pitch + 0.3).floor() as i32;
        // What cannot be broken may need more than its share; and all there is must do where nothing less does.
        let solid = (at.tallest(piece, end) / pitch).ceil() as i32;
        let levels = (least..least + LEVELS).chain((solid..solid + LEVELS).filter(|&lines| lines >= least + LEVELS));
        let levels = levels.filter(|&lines| lines < most).chain([most]);
        for lines in levels {
            let level = f64::from(lines) * pitch - (pitch - text) + 0.5;
            let by = state.cap - level;
            let mut next = State { until: Some(end as u16), ..state };
            if by > pitch {
                next.cap = level;
                if line > 0 {
                    next.wants_anchor = Some(by);
                } else {
                    let page = next.page;
                    self.note(&mut next, Decision::Raise { piece: piece as u16, page, by: by as f32 });
                }
            }
            self.begin_column(next, at, piece, line, out);
        }
    }
}
