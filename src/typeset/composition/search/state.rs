//! How far the pages are filled, and what that has cost.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::super::cost;
use super::super::decision::Side;

/// How far the pages are filled. Lengths are in points. There are very many, so pages, columns and pieces are small
/// numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub page: u16,
    /// Where the columns begin on the page, and how high they are.
    pub offset: f64,
    pub cap: f64,
    /// Before which piece the columns must end level, on this page.
    pub until: Option<u16>,
    pub column: u8,
    /// Height of what is in this column, beside what `reserved` keeps at its head or foot.
    pub y: f64,
    pub reserved: f64,
    /// Whether that is at its head.
    pub has_head: bool,
    /// What typst adds below a list that goes on in the next column, in this one and in the tallest before.
    pub spill: f64,
    pub high_spill: f64,
    /// Whether nothing is in the column's flow yet.
    pub is_empty: bool,
    /// Lowest and highest end of the columns before.
    pub low: f64,
    pub high: f64,
    /// White below what was set last.
    pub below: (f64, bool),
    /// Whether what was set last must stand above what follows.
    pub after_sticky: bool,
    /// Things set before their turn, and on which page.
    pub ahead: [Option<(u16, u16)>; 2],
    /// A photo that is set later than it is called.
    pub late: Option<Late>,
    /// A photo across the columns that goes to the head of the next page, and the page of the text before its call.
    pub late_wide: Option<(u16, u16)>,
    /// What this column, or this page, keeps room for.
    pub kept: Option<(u16, Side)>,
    /// A photo at the foot of this column: no other article may begin above it.
    pub has_foot: bool,
    /// Whether text of the article that goes on was set last in this column, and whether a photo stands in it without
    /// any: below it must come some.
    pub follows_text: bool,
    pub wants_text: bool,
    /// By how much the white in this column may grow, and shrink.
    pub stretch: f64,
    pub shrink: f64,
    /// Height of the notes at the end of what is in this column.
    pub notes: f64,
    /// By how many lines the columns that ended last end apart.
    pub apart: Apart,
    /// Whether the article that begins here has its rule across the columns.
    pub under_rule: bool,
    /// The page of what was set last.
    pub last_page: u16,
    /// Whether a piece must yet begin in the first column, for orders to hang on.
    pub wants_anchor: Option<f64>,
    pub cost: f64,
    pub step: u32,
}

/// A page, a column, before which piece columns end there, and how high they are.
pub(super) type Place = (u16, u8, Option<u16>, u16);

/// What a composition may cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limit {
    pub cost: f64,
    /// So many pages are before the first zone.
    pub front_pages: usize,
}

impl Limit {
    /// Whether all that comes of a state will cost more.
    pub(super) fn is_passed_by(&self, state: &State) -> bool {
        state.cost + cost::length(state.pages(self.front_pages)) > self.cost
    }
}

/// A photo whose turn has passed.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) struct Late {
    pub photo: u16,
    /// How many paragraphs it has let pass.
    pub passed: u8,
    /// The page of the text before its call.
    pub page: u16,
}

/// By how many lines columns that should end level end apart: with the notes at their ends, and without.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Apart {
    pub all: f64,
    pub text: f64,
}

impl Apart {
    /// How much all columns together lack of the height of the tallest, with lines of this height: exact where there are
    /// two.
    pub(super) fn missing(&self, line: f64) -> f64 {
        0.5 * self.all * line
    }
}

impl State {
    pub(super) fn new(height: f64) -> Self {
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
            late_wide: None,
            kept: None,
            has_foot: false,
            follows_text: false,
            wants_text: false,
            stretch: 0.0,
            shrink: 0.0,
            notes: 0.0,
            apart: Apart::default(),
            under_rule: false,
            last_page: 0,
            wants_anchor: None,
            cost: 0.0,
            step: u32::MAX,
        }
    }

    /// How many pages there are so far, with those before the first zone.
    pub(super) fn pages(&self, front_pages: usize) -> usize {
        usize::from(self.page) + 1 + front_pages
    }

    /// What is free in the column.
    pub(super) fn free(&self) -> f64 {
        self.cap - self.reserved - self.y
    }

    /// Whether nothing is in the column, and nothing keeps room in it.
    pub(super) fn is_bare(&self) -> bool {
        self.is_empty && self.reserved == 0.0
    }

    pub(super) fn end(&self) -> f64 {
        self.y + self.reserved
    }

    /// On which page a thing stands that was set before its turn.
    pub(super) fn is_ahead(&self, piece: usize) -> Option<u16> {
        self.ahead.iter().flatten().find(|(ahead, _)| usize::from(*ahead) == piece).map(|(_, page)| *page)
    }

    /// Notes that a thing was set before its turn; `false` where too many were.
    pub(super) fn note_ahead(&mut self, piece: usize) -> bool {
        let page = self.page;
        let Some(free) = self.ahead.iter_mut().find(|slot| slot.is_none()) else { return false };
        *free = Some((piece as u16, page));
        true
    }

    pub(super) fn forget_ahead(&mut self, piece: usize) {
        self.ahead
            .iter_mut()
            .filter(|slot| slot.is_some_and(|(ahead, _)| usize::from(ahead) == piece))
            .for_each(|slot| *slot = None);
    }

    /// Begins a column on the same page.
    pub(super) fn next_column(&mut self) {
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
        self.follows_text = false;
        self.wants_text = false;
        self.stretch = 0.0;
        self.shrink = 0.0;
        self.notes = 0.0;
    }

    /// What states must have in common to be one, as a hash: lengths to tenths of a point.
    pub(super) fn key(&self) -> u64 {
        let tenths = |length: f64| (length * 10.0 + 0.5) as i32;
        let (below, is_weak) = self.below;
        let lengths = [self.y, self.cap, self.offset, self.reserved, below, self.high_spill, self.stretch, self.shrink];
        let ends = [self.notes, self.apart.all, self.apart.text];
        let level = self.until.map(|until| (until, tenths(self.low), tenths(self.high)));
        let flags = [
            self.is_empty,
            self.under_rule,
            self.has_foot,
            self.has_head,
            self.follows_text,
            self.wants_text,
            is_weak,
            self.wants_anchor.is_some(),
        ];
        let flags = flags.iter().fold(0u8, |bits, &flag| bits << 1 | u8::from(flag));
        let mut hasher = FxHasher::default();
        (self.page, self.last_page, self.column, flags, level).hash(&mut hasher);
        (lengths.map(tenths), ends.map(tenths)).hash(&mut hasher);
        (self.ahead, self.late, self.late_wide, self.kept).hash(&mut hasher);
        hasher.finish()
    }

    /// Its place: a column of a page, and where columns end there.
    pub(super) fn place(&self) -> Place {
        (self.page, self.column, self.until, self.cap as u16)
    }
}
