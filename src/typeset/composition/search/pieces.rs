//! How text, and what is not broken, fill a column: as typst will do it.

use super::super::cost;
use super::super::decision::Decision;
use super::super::galley::{Line, Piece, Shape, Sizes};
use super::super::measure::{first_gap, gap};
use super::placer::Placer;
use super::state::State;
use super::zone::InZone;

impl Placer<'_> {
    /// What must fit for a piece to begin in a column, from a piece on that may be sticky: with two lines of text of its
    /// article, if that is not more than any column holds, or this one where it must begin here.
    fn need(&self, state: &State, at: &InZone<'_>, index: usize) -> f64 {
        let is_bound = state.is_empty && state.until.is_none();
        let most = if is_bound { state.free() } else { self.geometry.height };
        let mut need = 0.0;
        // As far as typst keeps things together.
        let mut held = None;
        let mut body_lines = 2;
        let mut before: Option<&Piece> = None;
        let article = &at.piece(index).article;
        let of_article = at.zone.pieces[index..].iter().take_while(|piece| piece.article == *article);
        for (offset, piece) in of_article.enumerate() {
            let is_set = state.is_ahead(index + offset).is_some()
                || state.kept.is_some_and(|(kept, _)| usize::from(kept) == index + offset);
            if is_set {
                continue;
            }
            let white = before.map_or(0.0, |before| gap(before, piece));
            match &piece.shape {
                Shape::Lines(lines) => {
                    need += white + lines.first().map_or(0.0, |line| line.need);
                    body_lines -= lines.len().min(2) as i32;
                    if body_lines <= 0 || lines.len() > 1 {
                        break;
                    }
                }
                Shape::Wide(_) if self.geometry.columns > 1 => continue,
                Shape::Solid(height) | Shape::Photo(Sizes { height, .. }) | Shape::Wide(Sizes { height, .. }) => {
                    need += white + height;
                    if !piece.sticky && matches!(piece.shape, Shape::Solid(_)) {
                        break;
                    }
                }
            }
            before = Some(piece);
            if !piece.sticky {
                held.get_or_insert(need);
            }
        }
        held.filter(|_| need > most).unwrap_or(need)
    }

    /// Whether no column has more room, so that there is no use in another one.
    fn is_whole(&self, state: &State) -> bool {
        state.is_bare() && state.free() >= self.geometry.height * 0.95
    }

    pub(super) fn place_solid(
        &mut self,
        state: State,
        at: &InZone<'_>,
        index: usize,
        height: f64,
        out: &mut Vec<State>,
    ) {
        let piece = at.piece(index);
        let is_opening = piece.key == "opening";
        let whole = height;
        let mut queue = vec![state];
        while let Some(state) = queue.pop() {
            if self.limit.is_passed_by(&state) {
                continue;
            }
            let height = if state.under_rule { whole - piece.rule } else { whole };
            let white = if state.is_empty { 0.0 } else { first_gap(state.below, piece) };
            let need = if piece.sticky { self.need(&state, at, index) } else { height };
            let fits = |extra: f64| state.free() + 0.01 >= white + extra + need;
            let is_whole = self.is_whole(&state);
            // Below a photo there is more white already.
            let is_photo = |piece: &Piece| matches!(piece.shape, Shape::Photo(_)) && !piece.aside;
            let follows_photo = index > 0 && is_photo(at.piece(index - 1));
            let is_note = piece.key.starts_with("note");
            // More white is seen least where there is some: not above what follows its text like another paragraph.
            let has_white = piece.above > 0.6 * self.geometry.line;
            let extras: &[f64] = if has_white && !state.is_empty && !follows_photo { &[0.0, 1.0] } else { &[0.0] };
            // With less white than usual above it, and above all that is in the column, it may have room.
            let lack = white + need - state.free();
            if lack > 0.0 && lack < state.shrink {
                let mut tight = state;
                self.spread(&mut tight, -lack - 0.02);
                queue.push(tight);
            }
            let mut is_set = false;
            for lines in extras {
                let extra = lines * self.geometry.line;
                if !(fits(extra) || is_whole) {
                    continue;
                }
                let mut next = self.anchored(state, index);
                if *lines > 0.0 {
                    next.cost += if is_opening { cost::EXTRA } else { cost::EXTRA_IN_TEXT };
                    self.note(&mut next, Decision::Extra { piece: index as u16, by: extra as f32 });
                }
                if is_opening {
                    self.leave_photo(&mut next);
                    next.follows_text = false;
                }
                // A box where it is called is part of the text.
                if matches!(piece.shape, Shape::Photo(_) | Shape::Wide(_)) && !piece.aside {
                    // Below a heading, too, there must be more than a photo where the article has more.
                    let is_all = at.ends_article(index);
                    next.wants_text = !next.follows_text || next.after_sticky && !is_all;
                    let apart = next.page.abs_diff(next.last_page);
                    next.cost += cost::apart(apart);
                    if apart > 0 && at.ends_article(index) {
                        next.cost += cost::AFTER_ALL;
                    }
                } else {
                    next.last_page = next.page;
                    if piece.key == "closing" && std::mem::take(&mut next.wants_text) {
                        next.cost += cost::BESIDE_TEXT;
                    }
                }
                self.note_place(&mut next, at, index, white + extra);
                next.y += white + extra + height;
                next.notes = if is_note { next.notes + white + extra + height } else { 0.0 };
                next.is_empty = false;
                next.below = (piece.below, piece.weak);
                next.after_sticky = piece.sticky;
                next.under_rule = false;
                out.push(next);
                is_set = true;
            }
            // A column is left empty to what is too tall for it alone, and never all columns below something.
            let may_leave = !piece.sticky && state.column > 0 && !is_whole;
            if !is_set && (!state.is_bare() || may_leave) {
                let mut next = Vec::new();
                self.end_column(State { cost: state.cost + cost::alone(piece), ..state }, at, index, 0, &mut next);
                queue.extend(next);
            }
        }
    }

    /// Notes where a piece begins, and that the white above it may grow and shrink.
    fn note_place(&mut self, state: &mut State, at: &InZone<'_>, piece: usize, white: f64) {
        if !state.is_empty {
            state.stretch += at.piece(piece).stretch;
            state.shrink += at.piece(piece).shrink;
        }
        let head = if state.has_head { state.reserved } else { 0.0 };
        let y = state.offset + head + state.y + white;
        let (page, column, first) = (state.page, state.column, state.is_empty);
        self.note(state, Decision::At { piece: piece as u16, page, column, y: y as f32, first });
    }

    /// A piece that begins in the first column bears the orders of its page.
    fn anchored(&mut self, state: State, index: usize) -> State {
        let mut next = state;
        if next.column == 0
            && let Some(by) = next.wants_anchor.take()
            && by > 0.0
        {
            let page = next.page;
            self.note(&mut next, Decision::Raise { piece: index as u16, page, by: by as f32 });
        }
        next
    }

    pub(super) fn place_lines(
        &mut self,
        state: State,
        at: &InZone<'_>,
        index: usize,
        from: usize,
        out: &mut Vec<State>,
    ) {
        let piece = at.piece(index);
        let Shape::Lines(usual) = &piece.shape else { return };
        self.place_text(state, at, index, usual, from, out);
        for (fit, lines) in piece.refits.iter().filter(|_| from == 0) {
            let mut next = state;
            next.cost += cost::REFIT;
            self.note(&mut next, Decision::Refit { piece: index as u16, fit: *fit });
            self.place_text(next, at, index, lines, from, out);
        }
    }

    /// Places the lines of a piece, from one on.
    fn place_text(
        &mut self,
        state: State,
        at: &InZone<'_>,
        index: usize,
        lines: &[Line],
        from: usize,
        out: &mut Vec<State>,
    ) {
        let piece = at.piece(index);
        let mut queue = vec![(state, from)];
        while let Some((mut state, from)) = queue.pop() {
            if self.limit.is_passed_by(&state) {
                continue;
            }
            let mut at_line = from;
            if at_line == 0 {
                state = self.anchored(state, index);
            }
            let is_whole = self.is_whole(&state);
            if at_line > 0 && state.is_empty {
                state.y += piece.repeated;
            }
            while let Some(line) = lines.get(at_line) {
                let white = if state.is_empty {
                    0.0
                } else if at_line == 0 {
                    first_gap(state.below, piece)
                } else {
                    line.before
                };
                let fits = state.free() + 0.01 >= white + line.need;
                if !(fits || state.is_empty && state.free() + 0.01 >= line.height && line.need > self.geometry.height) {
                    let lack = white + line.need - state.free();
                    if lack < state.shrink && state.until.is_none() {
                        let mut tight = state;
                        self.spread(&mut tight, -lack - 0.02);
                        queue.push((tight, at_line));
                    }
                    break;
                }
                if at_line == 0 {
                    self.note_place(&mut state, at, index, white);
                }
                state.y += white + line.height;
                state.is_empty = false;
                state.after_sticky = false;
                state.notes = 0.0;
                state.follows_text = true;
                state.wants_text = false;
                at_line += 1;
            }
            if at_line == lines.len() {
                state.last_page = state.page;
                state.below = (piece.below, piece.weak);
                state.after_sticky = false;
                out.push(state);
            } else if !(state.is_empty && is_whole) {
                if at_line > 0 {
                    state.y += piece.closed;
                }
                if at_line > 0 && lines[at_line].begins_item {
                    state.spill = lines[at_line].before.min(state.free());
                }
                let mut next = Vec::new();
                self.end_column(state, at, index, at_line, &mut next);
                queue.extend(next.into_iter().map(|state| (state, at_line)));
            }
        }
    }
}
