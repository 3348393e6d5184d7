//! The search: every piece is placed in turn, in all ways that are worth trying, and the cheapest whole is kept.
//!
//! A state says how far the pages are filled. States that are alike in all that matters for what follows are one, and of
//! the rest only the cheapest are kept, so the time grows with the length of the issue and no faster.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::column::{first_gap, gap};
use super::cost;
use super::galley::{Galley, Geometry, Piece, Shape, Zone};

/// How many states are kept behind each piece.
const BEAM: usize = 1500;

/// What costs so much more than the cheapest will not become cheaper than it.
const HOPELESS: f64 = 150.0;

/// What is asked below a head in mid-page is relaxed to so much of it where more than a quarter of the page would stay
/// white otherwise.
const LOW: f64 = 0.55;

/// So many heights are tried for columns that end level.
const LEVELS: i32 = 8;

/// Fewer lines are not begun in columns of their own.
const LEAST_LINES: f64 = 8.0;

/// A photo is set at most so many paragraphs from where it is called.
const FARTHEST: u8 = 3;

/// What was decided, in order: a piece is one of the zone that began last. There are very many, so they are small.
#[derive(Debug, Clone, Copy)]
pub(super) enum Decision {
    /// A zone begins, on a page of its own or not.
    Zone { index: u16, new_page: bool },
    /// A column ends before this piece.
    Break { piece: u16 },
    /// The feet of the columns are raised on the page on which this piece is the first that begins.
    Raise { piece: u16, by: f32 },
    /// A photo, or what else can move, is set here.
    Here { piece: u16, lines: i8 },
    /// It is set before another piece.
    Before { piece: u16, anchor: u16, lines: i8, side: Side },
    /// The columns end level before this piece and begin anew below: under a rule before an article, on a new page or not;
    /// under a thing across them.
    Split { piece: u16, new_page: bool },
    /// An article or a subhead gets more white above it.
    Extra { piece: u16, by: f32 },
    /// The columns that end before this piece, or at the end of the zone, are so much taller than their text.
    Trim { piece: u16, by: f32 },
    /// A piece begins in this column of this page, counted from that of the first zone.
    At { piece: u16, page: u16, column: u8, y: f32 },
}

/// Where a thing that was moved stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Here,
    Top,
    Bottom,
}

#[derive(Debug, Clone, Copy)]
struct State {
    page: u32,
    /// Where the columns begin on the page, and how high they are.
    offset: f64,
    cap: f64,
    /// Before which piece the columns must end level, on this page.
    until: Option<usize>,
    column: usize,
    /// Height of what is in this column, beside what `reserved` keeps at its head or foot.
    y: f64,
    reserved: f64,
    /// Whether that is at its head.
    has_head: bool,
    /// What typst adds below a list that goes on in the next column, in this one and in the tallest before.
    spill: f64,
    high_spill: f64,
    /// Whether nothing is in the column's flow yet.
    is_empty: bool,
    /// Lowest and highest end of the columns before.
    low: f64,
    high: f64,
    /// White below what was set last.
    below: (f64, bool),
    /// Whether what was set last must stand above what follows.
    after_sticky: bool,
    /// Things set before their turn, and on which page.
    ahead: [Option<(usize, u32)>; 2],
    /// A photo whose turn has passed, and for how many paragraphs.
    late: Option<(usize, u8)>,
    /// What this column, or this page, keeps room for.
    kept: Option<(usize, Side)>,
    /// A photo at the foot of this column: no other article may begin above it.
    has_foot: bool,
    /// Whether the article that begins here has its rule across the columns.
    under_rule: bool,
    /// The page of what was set last.
    last_page: u32,
    /// Whether a piece must yet begin in the first column, for orders to hang on.
    wants_anchor: Option<f64>,
    cost: f64,
    step: u32,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order; none where nothing was found.
    pub decisions: Vec<Decision>,
    /// To which share the last page is filled.
    pub last_filled: f64,
}

/// The best composition of a galley.
pub(super) fn search(galley: &Galley, target: Option<usize>) -> Option<Found> {
    let mut search = Search { geometry: galley.geometry, steps: Vec::new() };
    let mut states = vec![State::new(galley.geometry.height)];
    for (index, zone) in galley.zones.iter().enumerate() {
        let at = InZone::new(&search.geometry, zone, index);
        states = search.open_zone(&states, &at);
        for piece in 0..zone.pieces.len() {
            let mut next = Vec::new();
            for state in &states {
                search.place(*state, &at, piece, &mut next);
            }
            states = prune(next);
            if states.is_empty() {
                return None;
            }
        }
        states = search.close_zone(states, &at);
    }
    let pages = |state: &State| state.page as usize + 1 + galley.front_pages;
    let filled = |state: &State| (state.offset + state.y.max(state.high)) / search.geometry.height;
    let total = |state: &State| state.cost + cost::end(filled(state), pages(state), target);
    let best = states.iter().min_by(|a, b| total(a).total_cmp(&total(b)))?;
    Some(Found { decisions: search.decisions(best.step), last_filled: filled(best) })
}

/// A zone, with what is asked of it again and again.
struct InZone<'a> {
    zone: &'a Zone,
    index: usize,
    /// Height of all pieces from each on, in one column.
    rest: Vec<f64>,
    /// Before which pieces columns may end level: articles, what goes across the columns, and the end.
    splits: Vec<usize>,
}

impl<'a> InZone<'a> {
    fn new(geometry: &Geometry, zone: &'a Zone, index: usize) -> Self {
        let mut rest = vec![0.0; zone.pieces.len() + 1];
        for (at, piece) in zone.pieces.iter().enumerate().rev() {
            let above = at.checked_sub(1).map_or(0.0, |before| gap(&zone.pieces[before], piece));
            let height = if matches!(piece.shape, Shape::Wide { .. }) && geometry.columns > 1 {
                0.0
            } else {
                above + piece.height()
            };
            rest[at] = rest[at + 1] + height;
        }
        let is_split = |piece: &Piece| piece.key == "opening" || matches!(piece.shape, Shape::Wide { .. });
        let splits = zone.pieces.iter().enumerate().skip(1).filter(|(_, piece)| is_split(piece)).map(|(at, _)| at);
        let splits = splits.chain([zone.pieces.len()]).collect();
        Self { zone, index, rest, splits }
    }

    fn piece(&self, index: usize) -> &'a Piece {
        &self.zone.pieces[index]
    }

    /// Height of all that follows from a line of a piece on.
    fn rest_from(&self, piece: usize, line: usize) -> f64 {
        let done = match &self.zone.pieces.get(piece).map(|piece| &piece.shape) {
            Some(Shape::Lines(lines)) => lines.iter().take(line).map(|line| line.before + line.height).sum(),
            _ => 0.0,
        };
        self.rest.get(piece).copied().unwrap_or_default() - done
    }

    /// The tallest of some pieces that is not broken, with what must stand above it.
    fn tallest(&self, from: usize, end: usize) -> f64 {
        let mut stacked = 0.0;
        let mut tallest: f64 = 0.0;
        for piece in &self.zone.pieces[from..end] {
            let height =
                if matches!(piece.shape, Shape::Solid(_) | Shape::Photo { .. }) { piece.height() } else { 0.0 };
            stacked += height;
            tallest = tallest.max(stacked);
            if !piece.sticky {
                stacked = 0.0;
            }
        }
        tallest
    }

    /// The next thing that can move, from a piece on, and whether it is of the same article.
    fn next_movable(&self, from: usize, wide: bool) -> Option<usize> {
        let article = &self.zone.pieces.get(from)?.article;
        let of_article = self.zone.pieces[from..].iter().take_while(|piece| &piece.article == article);
        let found = of_article.enumerate().find(|(_, piece)| match piece.shape {
            Shape::Photo { .. } => !wide,
            Shape::Wide { .. } => wide,
            _ => false,
        });
        found.map(|(at, _)| from + at)
    }
}

struct Search {
    geometry: Geometry,
    steps: Vec<(u32, Decision)>,
}

impl State {
    fn new(height: f64) -> Self {
        Self {
            page: 0,
            offset: 0.0,
            cap: height,
            until: None,
            column: 0,
            y: 0.0,
            reserved: 0.0,
            has_head: false,
            spill: 0.0,
            high_spill: 0.0,
            is_empty: true,
            low: f64::INFINITY,
            high: 0.0,
            below: (0.0, true),
            after_sticky: false,
            ahead: [None; 2],
            late: None,
            kept: None,
            has_foot: false,
            under_rule: false,
            last_page: 0,
            wants_anchor: None,
            cost: 0.0,
            step: u32::MAX,
        }
    }

    /// What is free in the column.
    fn free(&self) -> f64 {
        self.cap - self.reserved - self.y
    }

    fn end(&self) -> f64 {
        self.y + self.reserved
    }

    fn is_ahead(&self, piece: usize) -> Option<u32> {
        self.ahead.iter().flatten().find(|(ahead, _)| *ahead == piece).map(|(_, page)| *page)
    }

    /// Notes that a thing was set before its turn; `false` where too many were.
    fn note_ahead(&mut self, piece: usize) -> bool {
        let page = self.page;
        let Some(free) = self.ahead.iter_mut().find(|slot| slot.is_none()) else { return false };
        *free = Some((piece, page));
        true
    }

    fn forget_ahead(&mut self, piece: usize) {
        self.ahead
            .iter_mut()
            .filter(|slot| slot.is_some_and(|(ahead, _)| ahead == piece))
            .for_each(|slot| *slot = None);
    }

    /// Begins a column on the same page.
    fn next_column(&mut self) {
        self.low = self.low.min(self.end());
        self.high_spill = (self.high + self.high_spill).max(self.end() + self.spill);
        self.high = self.high.max(self.end());
        self.high_spill -= self.high;
        self.column += 1;
        self.begin_column();
    }

    fn begin_column(&mut self) {
        self.y = 0.0;
        self.spill = 0.0;
        self.reserved = 0.0;
        self.is_empty = true;
        self.below = (0.0, true);
        self.kept = None;
        self.has_foot = false;
        self.has_head = false;
    }

    /// What states must have in common to be one.
    fn key(&self) -> [u64; 5] {
        let tenths = |length: f64| (length.min(6000.0) * 10.0).round() as u64 & 0xffff;
        let index = |index: Option<usize>| index.map_or(0, |index| index as u64 + 1);
        let ahead =
            |slot: Option<(usize, u32)>| slot.map_or(0, |(piece, page)| (piece as u64 + 1) << 20 | u64::from(page));
        let (late, passed) = self.late.map_or((None, 0), |(piece, passed)| (Some(piece), u64::from(passed)));
        let (kept, side) = self.kept.map_or((None, 0), |(piece, side)| (Some(piece), side as u64));
        let flags =
            [self.is_empty, self.under_rule, self.has_foot, self.has_head, self.below.1, self.wants_anchor.is_some()];
        let flags = flags.iter().fold(0, |bits, &flag| bits << 1 | u64::from(flag));
        let level = if self.until.is_some() { tenths(self.low) << 16 | tenths(self.high) } else { 0 };
        [
            u64::from(self.page) << 32 | u64::from(self.last_page) << 8 | self.column as u64,
            tenths(self.y) << 48 | tenths(self.cap) << 32 | tenths(self.offset) << 16 | tenths(self.reserved),
            index(self.until) << 40 | index(late) << 24 | index(kept) << 8 | passed << 4 | side,
            flags << 32 | level,
            (tenths(self.below.0) ^ tenths(self.high_spill) << 8) << 48
                ^ ahead(self.ahead[0]) << 24
                ^ ahead(self.ahead[1]),
        ]
    }
}

/// The cheapest of states that are alike, and of those the cheapest.
fn prune(states: Vec<State>) -> Vec<State> {
    let least = states.iter().map(|state| state.cost).fold(f64::INFINITY, f64::min);
    let mut best: FxHashMap<[u64; 5], u32> = FxHashMap::with_capacity_and_hasher(states.len(), FxBuildHasher);
    for (index, state) in states.iter().enumerate() {
        if state.cost > least + HOPELESS {
            continue;
        }
        best.entry(state.key())
            .and_modify(|kept| {
                if state.cost < states[*kept as usize].cost {
                    *kept = index as u32
                }
            })
            .or_insert(index as u32);
    }
    let mut kept: Vec<u32> = best.into_values().collect();
    // By cost, and else in the order in which they were made: the order of a map must not show.
    kept.sort_unstable_by(|&a, &b| states[a as usize].cost.total_cmp(&states[b as usize].cost).then(a.cmp(&b)));
    kept.truncate(BEAM);
    kept.into_iter().map(|index| states[index as usize]).collect()
}

impl Search {
    fn note(&mut self, state: &mut State, decision: Decision) {
        self.steps.push((state.step, decision));
        state.step = (self.steps.len() - 1) as u32;
    }

    fn decisions(&self, mut step: u32) -> Vec<Decision> {
        let mut decisions = Vec::new();
        while let Some((before, decision)) = self.steps.get(step as usize) {
            decisions.push(*decision);
            step = *before;
        }
        decisions.reverse();
        decisions
    }

    /// Begins a zone: below the one before, where there is room, or on a page of its own.
    fn open_zone(&mut self, states: &[State], at: &InZone<'_>) -> Vec<State> {
        let geometry = self.geometry;
        let head = at.zone.head.as_ref();
        let mut opened = Vec::new();
        for state in states {
            let mut choices = Vec::new();
            if at.index > 0 {
                let end = state.offset + state.y.max(state.high);
                let above = head.map_or(at.zone.after, |head| head.above + head.height + head.below);
                let offset = end + above;
                let least = (at.rest_from(0, 0) / geometry.columns as f64).min(at.zone.least);
                if at.zone.pieces.is_empty() {
                    // A head that stands alone.
                    if end + head.map_or(0.0, |head| head.above + head.height) <= geometry.height + 0.1 {
                        choices.push((state.page, offset - head.map_or(0.0, |head| head.below), false, 0.0));
                    }
                } else if offset + least <= geometry.height {
                    choices.push((state.page, offset, false, 0.0));
                } else if offset + least * LOW <= geometry.height && end < 0.75 * geometry.height {
                    choices.push((state.page, offset, false, cost::LOW_BAND));
                }
                let waste = cost::page_left(1.0 - end / geometry.height);
                let offset =
                    head.map_or(0.0, |head| head.height + if at.zone.pieces.is_empty() { 0.0 } else { head.below });
                choices.push((state.page + 1, offset, true, waste));
            } else {
                choices.push((0, head.map_or(0.0, |head| head.height + head.below), true, 0.0));
            }
            for (page, offset, new_page, cost) in choices {
                let mut next = State::new(geometry.height - offset);
                (next.page, next.offset) = (page, offset);
                (next.cost, next.step) = (state.cost + cost, state.step);
                self.note(&mut next, Decision::Zone { index: at.index as u16, new_page });
                if at.zone.pieces.is_empty() {
                    opened.push(next);
                } else {
                    self.begin_page(next, at, 0, 0, &mut opened);
                }
            }
        }
        prune(opened)
    }

    /// What a zone costs by the way its last columns end.
    fn close_zone(&mut self, states: Vec<State>, at: &InZone<'_>) -> Vec<State> {
        let end = at.zone.pieces.len();
        let closed = states.into_iter().filter_map(|state| {
            // A thing across the columns may be the last of all.
            let is_closed = state.is_empty && state.column == 0;
            if is_closed || self.geometry.columns == 1 { Some(state) } else { self.close_columns(state, end) }
        });
        let closed: Vec<_> = closed.filter(|state| state.late.is_none()).collect();
        prune(closed)
    }

    /// Ends columns before a piece; `None` where they must not end there.
    fn close_columns(&mut self, mut state: State, piece: usize) -> Option<State> {
        if state.late.is_some() || state.kept.is_some() || state.wants_anchor.is_some() || state.after_sticky {
            return None;
        }
        if state.until != Some(piece) {
            return None;
        }
        let end = state.end();
        let (mut low, mut high) = (state.low.min(end), state.high.max(end));
        if state.column + 1 < self.geometry.columns {
            low = 0.0;
            high = high.max(end);
        }
        state.cost += cost::uneven((high - low) / self.geometry.line);
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
    fn split(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let Some(state) = self.close_columns(state, index) else { return };
        let piece = at.piece(index);
        let end = state.offset + state.high;
        let height = self.geometry.height;
        let begin = |page: u32, offset: f64| State {
            page,
            offset,
            last_page: page,
            cost: state.cost,
            step: state.step,
            ..State::new(height - offset)
        };
        let waste = cost::page_left(1.0 - end / height);
        if let Shape::Wide { height: tall, less, more } = piece.shape {
            for lines in -less..=more {
                let tall = tall + f64::from(lines) * self.geometry.line;
                let mut next = begin(state.page, end + piece.above + tall + piece.below);
                let new_page = end + piece.above + tall > height + 0.01;
                if new_page {
                    next = begin(state.page + 1, tall + piece.below);
                    next.cost += waste + cost::apart(1);
                }
                next.cost += cost::crop(lines) + cost::SPLIT;
                self.note(&mut next, Decision::Here { piece: index as u16, lines: lines as i8 });
                self.note(&mut next, Decision::Split { piece: index as u16, new_page });
                if index + 1 == at.zone.pieces.len() {
                    // Nothing follows: the white below it is not part of the page.
                    next.offset -= piece.below;
                    out.push(next);
                } else {
                    self.begin_below(next, at, index + 1, out);
                }
            }
            return;
        }
        let mut below = begin(state.page, end + piece.above + piece.rule);
        below.cost += cost::SPLIT;
        below.under_rule = true;
        self.note(&mut below, Decision::Split { piece: index as u16, new_page: false });
        self.begin_below(below, at, index, out);
        let mut next = begin(state.page + 1, 0.0);
        next.cost += waste;
        self.note(&mut next, Decision::Split { piece: index as u16, new_page: true });
        self.begin_page(next, at, index, 0, out);
    }

    /// Begins columns in mid-page, where there is room for them, with a piece.
    fn begin_below(&mut self, state: State, at: &InZone<'_>, piece: usize, out: &mut Vec<State>) {
        let least = (at.rest_from(piece, 0) / self.geometry.columns as f64).min(LEAST_LINES * self.geometry.line);
        if state.cap >= least {
            self.begin_page(state, at, piece, 0, out);
        } else if at.piece(piece).key != "opening" {
            // What follows a thing across the columns goes on on the next page.
            let mut next = State {
                last_page: state.last_page,
                cost: state.cost,
                step: state.step,
                ..State::new(self.geometry.height)
            };
            next.page = state.page + 1;
            next.cost += cost::page_left(1.0 - state.offset / self.geometry.height);
            self.note(&mut next, Decision::Split { piece: piece as u16, new_page: true });
            self.begin_page(next, at, piece, 0, out);
        }
    }

    /// Begins a page of a zone with `line` of `piece`: full, or as the last with columns that end level, with something
    /// across its head or not.
    fn begin_page(&mut self, state: State, at: &InZone<'_>, piece: usize, line: usize, out: &mut Vec<State>) {
        self.begin_plain_page(state, at, piece, line, out);
        let Some(wide) = at.next_movable(piece, true).filter(|&wide| state.is_ahead(wide).is_none()) else { return };
        let Shape::Wide { height, less, more } = at.piece(wide).shape else { return };
        // Only what will be called for on this page.
        let before = at.rest_from(piece, line) - at.rest_from(wide, 0);
        let anchor = piece + usize::from(line > 0);
        if anchor > wide || before > state.cap * self.geometry.columns as f64 {
            return;
        }
        for lines in -less..=more {
            let need = height + f64::from(lines) * self.geometry.line + self.geometry.clearance();
            if need > state.cap - 6.0 * self.geometry.line {
                continue;
            }
            let mut next = state;
            next.offset += need;
            next.cap -= need;
            next.cost += cost::crop(lines) + cost::MOVED;
            if !next.note_ahead(wide) {
                continue;
            }
            self.note(
                &mut next,
                Decision::Before { piece: wide as u16, anchor: anchor as u16, lines: lines as i8, side: Side::Top },
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
        let Geometry { line: pitch, text, .. } = self.geometry;
        let least = ((height - pitch) / pitch).floor().max(1.0) as i32;
        let most = (state.cap / pitch + 0.3).floor() as i32;
        // What cannot be broken may need more than its share; and all there is must do where nothing less does.
        let solid = (at.tallest(piece, end) / pitch).ceil() as i32;
        let levels = (least..least + LEVELS).chain((solid..solid + LEVELS).filter(|&lines| lines >= least + LEVELS));
        let levels = levels.filter(|&lines| lines < most).chain([most]);
        for lines in levels {
            let level = f64::from(lines) * pitch - (pitch - text) + 0.5;
            let by = state.cap - level;
            let mut next = State { until: Some(end), ..state };
            if by > pitch {
                next.cap = level;
                if line > 0 {
                    next.wants_anchor = Some(by);
                } else {
                    self.note(&mut next, Decision::Raise { piece: piece as u16, by: by as f32 });
                }
            }
            self.begin_column(next, at, piece, line, out);
        }
    }

    /// Begins a column: plain, or with a photo at its head or foot.
    fn begin_column(&mut self, state: State, at: &InZone<'_>, piece: usize, line: usize, out: &mut Vec<State>) {
        out.push(state);
        if self.geometry.columns == 1 {
            return;
        }
        let Some(photo) = at.next_movable(piece, false).filter(|&photo| state.is_ahead(photo).is_none()) else {
            return;
        };
        let Shape::Photo { height, less, more } = at.piece(photo).shape else { return };
        let anchor = piece + usize::from(line > 0);
        let before = at.rest_from(piece, line) - at.rest_from(photo, 0);
        if state.late.is_some() || anchor > photo || before > state.cap {
            return;
        }
        let opens = line == 0 && at.piece(piece).key == "opening";
        for lines in -less..=more {
            let need = height + f64::from(lines) * self.geometry.line + self.geometry.clearance();
            // Where the order hangs, typst must see that there is room.
            let until_anchor = if line > 0 { at.rest_from(piece, line) - at.rest_from(piece + 1, 0) } else { 0.0 };
            if until_anchor + need > state.cap {
                continue;
            }
            for side in [Side::Top, Side::Bottom] {
                if side == Side::Top && opens {
                    continue;
                }
                let mut next = state;
                next.reserved = need;
                next.kept = Some((photo, side));
                next.has_head = side == Side::Top;
                next.cost += cost::crop(lines) + cost::MOVED;
                if photo == piece {
                    next.cost += cost::apart(next.page.abs_diff(next.last_page));
                }
                self.note(
                    &mut next,
                    Decision::Before { piece: photo as u16, anchor: anchor as u16, lines: lines as i8, side },
                );
                out.push(next);
            }
        }
    }

    /// Ends a column before `line` of `piece`.
    fn end_column(&mut self, state: State, at: &InZone<'_>, piece: usize, line: usize, out: &mut Vec<State>) {
        // What the column kept room for must have had its turn; what stands at the foot must not follow on another
        // article.
        if state.kept.is_some() {
            return;
        }
        let mut state = state;
        if state.after_sticky {
            state.cost += cost::STRANDED;
            state.after_sticky = false;
        }
        if state.column == 0 && state.wants_anchor.is_some() {
            return;
        }
        if state.until.is_none() {
            state.cost += cost::short_column(state.free() / self.geometry.line);
        }
        if line == 0 {
            self.note(&mut state, Decision::Break { piece: piece as u16 });
        }
        if state.column + 1 < self.geometry.columns {
            state.next_column();
            self.begin_column(state, at, piece, line, out);
        } else if state.until.is_none() {
            let mut next = State {
                cost: state.cost,
                step: state.step,
                ahead: state.ahead,
                late: state.late,
                last_page: state.last_page,
                ..State::new(self.geometry.height)
            };
            next.page = state.page + 1;
            self.begin_page(next, at, piece, line, out);
        }
    }

    /// Places a piece in all ways that are worth trying.
    fn place(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let piece = at.piece(index);
        if state.until == Some(index) {
            let mut begun = Vec::new();
            self.split(state, at, index, &mut begun);
            if matches!(piece.shape, Shape::Wide { .. }) {
                out.extend(begun);
            } else {
                begun.into_iter().for_each(|state| self.place(state, at, index, out));
            }
            return;
        }
        // What a column kept room for is there when its turn comes.
        if let Some((kept, side)) = state.kept
            && kept == index
        {
            let mut next = state;
            next.kept = None;
            next.has_foot = side == Side::Bottom;
            out.push(next);
            return;
        }
        if let Some(page) = state.is_ahead(index) {
            let mut next = state;
            next.forget_ahead(index);
            next.cost += cost::apart(page.abs_diff(next.last_page));
            out.push(next);
            return;
        }
        if state.has_foot && piece.key == "opening" {
            // Below it would stand the photo of another article: the column ends here, or nothing does.
            let mut next = Vec::new();
            if state.free() < 8.0 * self.geometry.line {
                self.end_column(state, at, index, 0, &mut next);
            }
            next.into_iter().for_each(|state| self.place(state, at, index, out));
            return;
        }
        let mut queue = vec![state];
        self.break_early(state, at, index, &mut queue);
        let mut tries = Vec::new();
        for state in queue {
            self.with_photos(state, at, index, &mut tries);
        }
        for state in tries {
            match &piece.shape {
                Shape::Solid(height) => self.place_solid(state, at, index, *height, out),
                Shape::Lines(_) => self.place_lines(state, at, index, 0, out),
                Shape::Photo { .. } => self.place_photo(state, at, index, out),
                Shape::Wide { height, less, more } if self.geometry.columns == 1 => {
                    for lines in -less..=*more {
                        let mut next = state;
                        next.cost += cost::crop(lines);
                        let height = height + f64::from(lines) * self.geometry.line;
                        self.note(&mut next, Decision::Here { piece: index as u16, lines: lines as i8 });
                        self.place_solid(next, at, index, height, out);
                    }
                }
                // It stands at the head of a page that has kept room, or columns end above it.
                Shape::Wide { .. } => {}
            }
        }
    }

    /// The column may end before a piece though it has room.
    fn break_early(&mut self, state: State, at: &InZone<'_>, index: usize, queue: &mut Vec<State>) {
        let key = &at.piece(index).key;
        if state.is_empty || state.after_sticky || key == "closing" || key.starts_with("note") {
            return;
        }
        let free = state.free() / self.geometry.line;
        let most = if state.until.is_some() { 7.0 } else { 4.0 };
        if free < most {
            self.end_column(state, at, index, 0, queue);
        }
    }

    /// Photos that are set before this piece though it is not their turn.
    fn with_photos(&mut self, state: State, at: &InZone<'_>, index: usize, tries: &mut Vec<State>) {
        let piece = at.piece(index);
        if let Some((photo, passed)) = state.late {
            // A photo that is late stands before a paragraph, or at the latest before what is none.
            let goes_on =
                matches!(piece.shape, Shape::Lines(_)) && passed < FARTHEST && at.piece(photo).article == piece.article;
            if !state.after_sticky && passed > 0 && piece.key != "closing" {
                let mut next = state;
                next.late = None;
                self.insert(next, at, photo, index, cost::MOVED_BY * f64::from(passed), tries);
            }
            if goes_on {
                tries.push(State { late: Some((photo, passed + 1)), ..state });
            }
            return;
        }
        tries.push(state);
        if state.after_sticky || state.kept.is_some() || !matches!(piece.shape, Shape::Lines(_)) {
            return;
        }
        let Some(photo) = at.next_movable(index, false) else { return };
        let between = photo - index;
        let are_paragraphs = at.zone.pieces[index..photo].iter().all(|piece| matches!(piece.shape, Shape::Lines(_)));
        if between <= usize::from(FARTHEST) && are_paragraphs && state.is_ahead(photo).is_none() {
            let mut next = state;
            if next.note_ahead(photo) {
                self.insert(next, at, photo, index, cost::MOVED_BY * between as f64, tries);
            }
        }
    }

    /// Sets a photo before a piece.
    fn insert(&mut self, state: State, at: &InZone<'_>, photo: usize, anchor: usize, cost: f64, out: &mut Vec<State>) {
        let Shape::Photo { height, less, more } = at.piece(photo).shape else { return };
        for lines in -less..=more {
            let mut next = state;
            next.cost += cost + cost::crop(lines);
            let tall = height + f64::from(lines) * self.geometry.line;
            let white = if next.is_empty { 0.0 } else { first_gap(next.below, at.piece(photo)) };
            if next.free() + 0.01 < white + tall {
                continue;
            }
            next.y += white + tall;
            next.is_empty = false;
            next.below = (at.piece(photo).below, false);
            next.cost += cost::apart(next.page.abs_diff(next.last_page));
            self.note(
                &mut next,
                Decision::Before { piece: photo as u16, anchor: anchor as u16, lines: lines as i8, side: Side::Here },
            );
            out.push(next);
        }
    }

    fn place_photo(&mut self, state: State, at: &InZone<'_>, index: usize, out: &mut Vec<State>) {
        let Shape::Photo { height, less, more } = at.piece(index).shape else { return };
        for lines in -less..=more {
            let mut next = state;
            next.cost += cost::crop(lines);
            self.note(&mut next, Decision::Here { piece: index as u16, lines: lines as i8 });
            self.place_solid(next, at, index, height + f64::from(lines) * self.geometry.line, out);
        }
        let follows_opening = index > 0 && at.piece(index - 1).key == "opening";
        if state.late.is_none() && (!state.after_sticky || follows_opening) {
            out.push(State { late: Some((index, 0)), ..state });
        }
    }

    /// What must fit for a piece to begin in a column, from a piece on that may be sticky.
    fn need(&self, state: &State, at: &InZone<'_>, index: usize) -> f64 {
        let mut need = 0.0;
        let mut body_lines = 2;
        let mut before: Option<&Piece> = None;
        for (offset, piece) in at.zone.pieces[index..].iter().enumerate() {
            let is_set =
                state.is_ahead(index + offset).is_some() || state.kept.is_some_and(|(kept, _)| kept == index + offset);
            if is_set {
                continue;
            }
            let white = before.map_or(0.0, |before| gap(before, piece));
            match &piece.shape {
                Shape::Lines(lines) => {
                    need += white + lines.first().map_or(0.0, |line| line.need);
                    body_lines -= lines.len().min(2) as i32;
                    if body_lines <= 0 || lines.len() > 1 {
                        return need;
                    }
                }
                Shape::Solid(height) | Shape::Photo { height, .. } => {
                    need += white + height;
                    if !piece.sticky && matches!(piece.shape, Shape::Solid(_)) {
                        return need;
                    }
                }
                Shape::Wide { .. } => continue,
            }
            before = Some(piece);
        }
        need
    }

    fn place_solid(&mut self, state: State, at: &InZone<'_>, index: usize, height: f64, out: &mut Vec<State>) {
        let piece = at.piece(index);
        let is_opening = piece.key == "opening";
        let whole = height;
        let mut queue = vec![state];
        while let Some(state) = queue.pop() {
            let height = if state.under_rule { whole - piece.rule } else { whole };
            let white = if state.is_empty { 0.0 } else { first_gap(state.below, piece) };
            let need = if piece.sticky { self.need(&state, at, index) } else { height };
            let fits = |extra: f64| state.free() + 0.01 >= white + extra + need;
            let is_alone = state.is_empty && state.reserved == 0.0;
            // Below a photo there is more white already.
            let follows_photo = index > 0 && matches!(at.piece(index - 1).shape, Shape::Photo { .. });
            let extras: &[f64] = if piece.sticky && !state.is_empty && !follows_photo { &[0.0, 1.0] } else { &[0.0] };
            let mut is_set = false;
            for lines in extras {
                let extra = lines * self.geometry.line;
                if !(fits(extra) || is_alone && state.free() >= self.geometry.height * 0.95) {
                    continue;
                }
                let mut next = self.anchored(state, index);
                if *lines > 0.0 {
                    next.cost += if is_opening { cost::EXTRA } else { cost::EXTRA_ABOVE_SUBHEAD };
                    self.note(&mut next, Decision::Extra { piece: index as u16, by: extra as f32 });
                }
                if matches!(piece.shape, Shape::Photo { .. } | Shape::Wide { .. }) {
                    let apart = next.page.abs_diff(next.last_page);
                    next.cost += cost::apart(apart);
                    if apart > 0
                        && at
                            .zone
                            .pieces
                            .get(index + 1)
                            .is_none_or(|next| next.article != piece.article || next.key == "closing")
                    {
                        next.cost += cost::AFTER_ALL;
                    }
                } else {
                    next.last_page = next.page;
                }
                self.note_place(&mut next, index, white + extra);
                next.y += white + extra + height;
                next.is_empty = false;
                next.below = (piece.below, piece.weak);
                next.after_sticky = piece.sticky;
                next.under_rule = false;
                out.push(next);
                is_set = true;
            }
            if !is_set && !is_alone {
                let mut next = Vec::new();
                let alone = match piece.key.as_str() {
                    "closing" => cost::CLOSING_ALONE,
                    key if key.starts_with("note") => cost::NOTE_ALONE,
                    _ => 0.0,
                };
                self.end_column(State { cost: state.cost + alone, ..state }, at, index, 0, &mut next);
                queue.extend(next);
            }
        }
    }

    fn note_place(&mut self, state: &mut State, piece: usize, white: f64) {
        let head = if state.has_head { state.reserved } else { 0.0 };
        let y = state.offset + head + state.y + white;
        let place =
            Decision::At { piece: piece as u16, page: state.page as u16, column: state.column as u8, y: y as f32 };
        self.note(state, place);
    }

    /// A piece that begins in the first column bears the orders of its page.
    fn anchored(&mut self, state: State, index: usize) -> State {
        let mut next = state;
        if next.column == 0
            && let Some(by) = next.wants_anchor.take()
            && by > 0.0
        {
            self.note(&mut next, Decision::Raise { piece: index as u16, by: by as f32 });
        }
        next
    }

    fn place_lines(&mut self, state: State, at: &InZone<'_>, index: usize, from: usize, out: &mut Vec<State>) {
        let piece = at.piece(index);
        let Shape::Lines(lines) = &piece.shape else { return };
        let mut queue = vec![(state, from)];
        while let Some((mut state, from)) = queue.pop() {
            let mut at_line = from;
            if at_line == 0 {
                state = self.anchored(state, index);
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
                if !(fits || state.is_empty && state.free() + 0.01 >= line.height && line.need > state.cap) {
                    break;
                }
                if at_line == 0 {
                    self.note_place(&mut state, index, white);
                }
                state.y += white + line.height;
                state.is_empty = false;
                state.after_sticky = false;
                at_line += 1;
            }
            if at_line == lines.len() {
                state.last_page = state.page;
                state.below = (piece.below, piece.weak);
                state.after_sticky = false;
                out.push(state);
            } else if !(state.is_empty && state.reserved == 0.0 && state.free() >= self.geometry.height * 0.95) {
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
