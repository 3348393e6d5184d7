//! How a column begins and ends.

use super::super::cost;
use super::super::decision::{Decision, Side};
use super::super::galley::Shape;
use super::placer::Placer;
use super::state::State;
use super::zone::InZone;

impl Placer<'_> {
    /// Begins a column: plain, or with a photo at its head or foot.
    pub(super) fn begin_column(
        &mut self,
        state: State,
        at: &InZone<'_>,
        piece: usize,
        line: usize,
        out: &mut Vec<State>,
    ) {
        out.push(state);
        if self.geometry.columns == 1 {
            return;
        }
        let anchor = piece + usize::from(line > 0);
        let (photo, late) = match state.late {
            Some(late) => (usize::from(late.photo), Some(late)),
            None => match at.next_movable(piece, false) {
                Some(photo) if state.is_ahead(photo).is_none() => (photo, None),
                _ => return,
            },
        };
        let Shape::Photo(sizes) = at.piece(photo).shape else { return };
        let is_possible = if late.is_some() {
            // The orders hang on a piece of its own article.
            at.zone.pieces.get(anchor).is_some_and(|anchor| {
                anchor.article == at.piece(photo).article && matches!(anchor.shape, Shape::Lines(_))
            })
        } else {
            anchor <= photo && at.rest_from(piece, line) - at.rest_from(photo, 0) <= state.cap
        };
        if !is_possible {
            return;
        }
        let opens = line == 0 && at.piece(piece).key == "opening";
        for size in sizes.all(self.geometry.line) {
            let need = size.height + self.geometry.clearance();
            // Where the order hangs, typst must see that there is room.
            let until_anchor = if line > 0 { at.rest_from(piece, line) - at.rest_from(piece + 1, 0) } else { 0.0 };
            if until_anchor + need > state.cap {
                continue;
            }
            for side in [Side::Top, Side::Bottom] {
                // Below the end of its article a box would come too late.
                if side == Side::Top && opens || side == Side::Bottom && at.piece(photo).aside {
                    continue;
                }
                let mut next = state;
                next.reserved = need;
                if let Some(late) = late {
                    next.late = None;
                    next.has_foot = side == Side::Bottom;
                    next.cost += cost::MOVED_BY * f64::from(late.passed) + cost::apart(next.page.abs_diff(late.page));
                } else {
                    next.kept = Some((photo as u16, side));
                }
                next.has_head = side == Side::Top;
                next.wants_text = true;
                next.cost += size.cost + cost::MOVED + cost::moved(at.piece(photo));
                if photo == piece {
                    next.cost += cost::apart(next.page.abs_diff(next.last_page));
                }
                self.note(
                    &mut next,
                    Decision::Before { piece: photo as u16, anchor: anchor as u16, lines: size.lines, side },
                );
                out.push(next);
            }
        }
    }

    /// Ends a column before `line` of `piece`.
    pub(super) fn end_column(
        &mut self,
        state: State,
        at: &InZone<'_>,
        piece: usize,
        line: usize,
        out: &mut Vec<State>,
    ) {
        // What the column kept room for must have had its turn; what stands at the foot must not follow on another
        // article.
        if state.kept.is_some() {
            return;
        }
        let mut state = state;
        if state.after_sticky {
            state.cost += at.stranded(piece);
            state.after_sticky = false;
        }
        if state.column == 0 && state.wants_anchor.is_some() {
            return;
        }
        self.leave_photo(&mut state);
        if state.until.is_none() {
            self.fill_up(&mut state);
            state.cost += cost::short_column(state.free() / self.geometry.line);
        }
        if line == 0 {
            let empty = state.is_bare();
            self.note(&mut state, Decision::Break { piece: piece as u16, empty });
        }
        if usize::from(state.column) + 1 < self.geometry.columns {
            state.next_column();
            self.begin_column(state, at, piece, line, out);
        } else if state.until.is_none() {
            let mut next = State {
                cost: state.cost,
                step: state.step,
                ahead: state.ahead,
                late: state.late,
                late_wide: state.late_wide,
                last_page: state.last_page,
                ..State::new(self.geometry.height)
            };
            next.page = state.page + 1;
            self.begin_page(next, at, piece, line, out);
        }
    }

    /// What it costs that a photo stands in a column without text of its article above or below: what is there belongs
    /// to another one.
    pub(super) fn leave_photo(&mut self, state: &mut State) {
        if std::mem::take(&mut state.wants_text) {
            state.cost += cost::WITHOUT_TEXT;
        }
    }

    /// Lets the white in a column grow so that it ends where columns end: nearly, for what is a hair too tall would go on
    /// on the next page.
    fn fill_up(&mut self, state: &mut State) {
        let by = state.stretch.min(state.free() - 0.4 * self.geometry.line);
        if by > 0.6 * self.geometry.line {
            self.spread(state, by);
        }
    }

    /// Lets all white in a column grow together by so much, or shrink.
    pub(super) fn spread(&mut self, state: &mut State, by: f64) {
        state.y += by;
        state.stretch = 0.0;
        state.shrink += by.min(0.0);
        state.cost += cost::spread(by / self.geometry.line);
        self.note(state, Decision::Spread { by: by as f32 });
    }

    /// The column may end before a piece though it has room.
    pub(super) fn break_early(&mut self, state: State, at: &InZone<'_>, index: usize, queue: &mut Vec<State>) {
        let key = &at.piece(index).key;
        if state.is_empty || state.after_sticky || key == "closing" || key.starts_with("note") {
            return;
        }
        let most = match state.until {
            None => 4.0,
            Some(_) if state.late.is_none() => 7.0,
            // The photo may be taller than what is left.
            Some(_) => 14.0,
        };
        if state.free() < most * self.geometry.line {
            self.end_column(state, at, index, 0, queue);
        }
    }
}
