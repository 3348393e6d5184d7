//! Where zones and articles begin, and columns end level.

use super::super::cost;
use super::super::decision::Decision;
use super::super::galley::{Head, Piece, Shape};
use super::super::measure::gap;
use super::placer::Placer;
use super::state::{Apart, State};
use super::zone::InZone;

/// What is asked below a head in mid-page is relaxed to so much of it where more than a quarter of the page would stay
/// white otherwise.
const LOW: f64 = 0.5;

/// Fewer lines are not begun in columns of their own.
const LEAST_LINES: f64 = 8.0;

impl Placer<'_> {
    /// Begins a zone: below the one before, where there is room, or on a page of its own.
    pub(super) fn open_zone(&mut self, state: &State, at: &InZone<'_>, out: &mut Vec<State>) {
        let geometry = *self.geometry;
        for photo in at.heads(geometry.height) {
            let head = at.head(photo.is_some());
            // A head that stands alone has no white below it.
            let below = |head: Head| if at.zone.pieces.is_empty() { 0.0 } else { head.below };
            let on_new_page = head.map_or(0.0, |head| head.height + below(head));
            let mut choices = Vec::new();
            if at.index > 0 {
                let end = state.offset + state.y.max(state.high);
                let above = head.map_or(at.zone.after, |head| head.above + head.height + head.below);
                let offset = end + above;
                let least = (at.rest_from(0, 0) / geometry.columns as f64).min(at.zone.least);
                if at.zone.pieces.is_empty() {
                    if end + head.map_or(0.0, |head| head.above + head.height) <= geometry.height + 0.1 {
                        let offset = offset - head.map_or(0.0, |head| head.below);
                        choices.push((state.page, offset, false, cost::uneven_above(state.apart.all)));
                    }
                } else if offset + least <= geometry.height {
                    choices.push((state.page, offset, false, cost::uneven_above(state.apart.all)));
                } else if offset + least * LOW <= geometry.height && end < 0.75 * geometry.height {
                    choices.push((state.page, offset, false, cost::uneven_above(state.apart.all) + cost::LOW_BAND));
                }
                let empty = 1.0 - (end - state.apart.missing(geometry.line)) / geometry.height;
                let waste = if at.zone.section { cost::page_left(empty) } else { self.page_cut(empty) };
                choices.push((state.page + 1, on_new_page, true, waste + cost::uneven(state.apart.text)));
            } else {
                choices.push((0, on_new_page, true, 0.0));
            }
            for (page, offset, new_page, cost) in choices {
                let mut next = State::new(geometry.height - offset);
                (next.page, next.offset) = (page, offset);
                (next.cost, next.step) = (state.cost + cost, state.step);
                self.note(&mut next, Decision::Zone { index: at.index as u16, new_page });
                if let Some(photo) = photo {
                    next.note_ahead(photo);
                    self.note(&mut next, Decision::InHead { piece: photo as u16 });
                } else if at.photo_in_head().is_some() {
                    next.cost += cost::NOT_IN_HEAD;
                }
                // Orders hang on what stands in the columns.
                let first = usize::from(photo == Some(0) && at.zone.pieces.len() > 1);
                if at.zone.pieces.is_empty() {
                    out.push(next);
                } else {
                    self.begin_page(next, at, first, 0, out);
                }
            }
        }
    }

    /// What a zone costs by the way its last columns end.
    pub(super) fn close_zone(&mut self, state: State, at: &InZone<'_>, out: &mut Vec<State>) {
        // A thing across the columns may be the last of all.
        let is_closed = state.is_empty && state.column == 0;
        let closed = if is_closed || self.geometry.columns == 1 {
            Some(state)
        } else {
            self.close_columns(state, at.zone.pieces.len())
        };
        out.extend(closed.filter(|state| state.late.is_none() && state.late_wide.is_none()));
    }

    /// What it costs to leave this share of a page empty, though its section goes on.
    fn page_cut(&self, empty: f64) -> f64 {
        let short = cost::cut_column(empty * self.geometry.height / self.geometry.line);
        cost::page_left(empty).max(short * self.geometry.columns as f64)
    }

    /// Ends columns before a piece; `None` where they must not end there.
    fn close_columns(&mut self, mut state: State, piece: usize) -> Option<State> {
        let has_more = state.late.is_some() || state.late_wide.is_some() || state.kept.is_some();
        if has_more || state.wants_anchor.is_some() || state.after_sticky {
            return None;
        }
        if state.until != Some(piece as u16) {
            return None;
        }
        self.leave_photo(&mut state);
        let end = state.end();
        let (mut low, mut high) = (state.low.min(end), state.high.max(end));
        if usize::from(state.column) + 1 < self.geometry.columns {
            low = 0.0;
            high = high.max(end);
        }
        let text = end - state.notes;
        let lines = |low: f64, high: f64| (high - low) / self.geometry.line;
        state.apart = Apart { all: lines(low, high), text: lines(state.low.min(text), state.high.max(text)) };
        if usize::from(state.column) + 1 < self.geometry.columns {
            state.apart.text = state.apart.all;
        }
        let spill = (state.high + state.high_spill).max(end + state.spill) - high;
        if spill > 0.01 {
            self.note(&mut state, Decision::Trim { piece: piece as u16, by: spill as f32 });
        }
        // From here on it is as if one column had ended.
        state.low = f64::INFINITY;
        state.high = high;
        state.y = high;
        state.reserved = 0.0;
        state.until = None;
        Some(state)
    }

    /// Begins columns anew before a piece: below a rule, where an article begins, or below a thing across the columns.
    pub(super) fn split(&mut self, mut state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let piece = at.piece(index);
        // A heading has what it heads below it, though it stands in one of the columns alone.
        let is_headed = matches!(piece.shape, Shape::Wide(_)) && std::mem::take(&mut state.after_sticky);
        let Some(mut state) = self.close_columns(state, index) else { return };
        let apart = std::mem::take(&mut state.apart);
        let end = state.offset + state.high;
        let above = self.white_across(&state, at, index);
        let height = self.geometry.height;
        let begin = |page: u16, offset: f64| State {
            page,
            offset,
            last_page: page,
            // What was set before its turn stays set.
            ahead: state.ahead,
            cost: state.cost
                + if page == state.page { cost::uneven_above(apart.all) } else { cost::uneven(apart.text) },
            step: state.step,
            ..State::new(height - offset)
        };
        let waste = self.page_cut(1.0 - (end - apart.missing(self.geometry.line)) / height);
        let headed = |new_page| if new_page { at.stranded(index) } else { at.above_wide(index) };
        // The page may have been turned before it.
        let is_turned = state.high == 0.0 && state.offset == 0.0;
        if !piece.rows.is_empty() {
            // It goes on over the pages, from here or from the next one.
            let starts = [(false, state.page, end + above), (true, state.page + 1, 0.0)];
            for (new_page, page, start) in starts {
                let Some((pages, foot)) = self.rows_end(piece, start) else { continue };
                let mut next = begin(page + pages, foot + piece.below);
                next.cost += cost::SPLIT + if new_page { waste } else { 0.0 };
                next.cost += if is_headed { headed(new_page) } else { 0.0 };
                self.go_on_below(next, at, index, new_page || is_turned, out);
            }
            return;
        }
        if let Shape::Wide(sizes) = piece.shape {
            for size in sizes.all(self.geometry.line) {
                let tall = size.height;
                let mut next = begin(state.page, end + above + tall + piece.below);
                let new_page = end + above + tall > height + 0.01;
                if new_page {
                    next = begin(state.page + 1, tall + piece.below);
                    next.cost += waste + cost::apart(1) + if at.ends_article(index) { cost::AFTER_ALL } else { 0.0 };
                }
                next.cost += size.cost + cost::SPLIT;
                next.cost += if is_headed { headed(new_page) } else { 0.0 };
                self.note(&mut next, Decision::Here { piece: index as u16, lines: size.lines });
                self.go_on_below(next, at, index, new_page || is_turned, out);
            }
            return;
        }
        let mut below = begin(state.page, end + piece.above + piece.rule);
        below.cost += cost::SPLIT;
        below.under_rule = true;
        self.note(&mut below, Decision::Split { piece: index as u16, new_page: false });
        if self.has_room_below(&below, at, index) {
            self.begin_page(below, at, index, 0, out);
        }
        let mut next = begin(state.page + 1, 0.0);
        next.cost += waste;
        self.note(&mut next, Decision::Split { piece: index as u16, new_page: true });
        self.begin_page(next, at, index, 0, out);
    }

    /// Goes on below a thing across the columns, which may have begun a page.
    fn go_on_below(&mut self, mut state: State, at: &InZone<'_>, index: usize, new_page: bool, out: &mut Vec<State>) {
        self.note(&mut state, Decision::Split { piece: index as u16, new_page });
        if index + 1 == at.zone.pieces.len() {
            // Nothing follows: the white below it is not part of the page.
            state.offset -= at.piece(index).below;
            out.push(state);
        } else {
            self.begin_below(state, at, index + 1, out);
        }
    }

    /// Where a table that is broken between its rows ends when it begins so far down a page: so many pages later, and how far
    /// down. `None` where its first row has no room there.
    fn rows_end(&self, piece: &Piece, start: f64) -> Option<(u16, f64)> {
        let height = self.geometry.height + 0.01;
        let (mut pages, mut y) = (0, start);
        for (index, row) in piece.rows.iter().enumerate() {
            if y + row.need > height {
                if index == 0 {
                    return None;
                }
                pages += 1;
                y = piece.repeated;
            }
            y += row.height;
        }
        Some((pages, y))
    }

    /// The white above a thing across the columns: less where there is some already, below another one or the head of the
    /// zone, and none at the head of a page.
    fn white_across(&self, state: &State, at: &InZone<'_>, index: usize) -> f64 {
        let piece = at.piece(index);
        if state.high > 0.0 {
            return piece.above;
        }
        match (index.checked_sub(1).map(|before| at.piece(before)), at.zone.head) {
            _ if state.offset == 0.0 => 0.0,
            (Some(before), _) if matches!(before.shape, Shape::Wide(_)) => gap(before, piece) - before.below,
            (None, Some(head)) => head.below.max(piece.above) - head.below,
            _ => piece.above,
        }
    }

    /// Whether there is room for columns that begin with a piece.
    fn has_room_below(&self, state: &State, at: &InZone<'_>, piece: usize) -> bool {
        let least = (at.rest_from(piece, 0) / self.geometry.columns as f64).min(LEAST_LINES * self.geometry.line);
        let first = at.piece(piece);
        let is_whole = first.aside || matches!(first.shape, Shape::Solid(_));
        let whole = if is_whole && first.height() <= self.geometry.height { first.height() } else { 0.0 };
        state.cap >= least.max(whole)
    }

    /// Begins columns with what follows something across them: in mid-page where there is room, else on the next page.
    fn begin_below(&mut self, state: State, at: &InZone<'_>, piece: usize, out: &mut Vec<State>) {
        let is_wide = matches!(at.piece(piece).shape, Shape::Wide(_));
        if is_wide || self.has_room_below(&state, at, piece) {
            self.begin_page(state, at, piece, 0, out);
        } else {
            let mut next = State {
                last_page: state.last_page,
                ahead: state.ahead,
                cost: state.cost,
                step: state.step,
                ..State::new(self.geometry.height)
            };
            next.page = state.page + 1;
            next.cost += self.page_cut(1.0 - state.offset / self.geometry.height) + cost::alone(at.piece(piece));
            self.note(&mut next, Decision::Split { piece: piece as u16, new_page: true });
            self.begin_page(next, at, piece, 0, out);
        }
    }
}
