//! Lines of text, as they were set and as typst will break them.

use super::{Geometry, Line};

/// What begins inside a piece.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Inner {
    #[default]
    Paragraph,
    /// It stands above what follows.
    Heading,
    /// A chart, a small table: it is in one piece.
    Whole,
    /// A row of a table: it is, too.
    Row,
}

/// Where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// At which line.
    pub line: usize,
    pub inner: Inner,
}

/// The lines of a piece as they were set.
#[derive(Debug, Default)]
pub(super) struct SetLines {
    /// Page and baseline of each.
    lines: Vec<(usize, f64)>,
    /// The left and the right end of each.
    ends: Vec<(f64, f64)>,
    starts: Vec<Start>,
    /// What begins with the next line.
    next: Option<Inner>,
    /// What began last.
    last: Inner,
}

/// What is known of a piece of text beside its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Height of what must stay with the last line.
    pub tail: f64,
    /// White between paragraphs.
    pub inner: f64,
    pub is_list: bool,
}

impl SetLines {
    /// Something begins.
    pub(super) fn begin(&mut self, inner: Inner) {
        // The rows of a table in one piece are nothing to break at.
        if inner != Inner::Row || self.last != Inner::Whole {
            self.next = Some(inner);
            self.last = inner;
        }
    }

    /// Adds text that stands on a baseline of a page between two ends: to the last line, where it is that.
    pub(super) fn add(&mut self, page: usize, baseline: f64, (left, right): (f64, f64), geometry: &Geometry) {
        // A raised number of a note stands on the line of its word.
        let is_on = |&(on, last): &(usize, f64)| on == page && (last - baseline).abs() < 0.5 * geometry.line;
        let is_same = self.lines.last().is_some_and(is_on);
        if let Some(inner) = self.next.take() {
            // The sign of a list's item was there before its text.
            self.starts.push(Start { line: self.lines.len() - usize::from(is_same), inner });
        }
        match self.ends.last_mut() {
            Some(end) if is_same => *end = (end.0.min(left), end.1.max(right)),
            _ => {
                self.lines.push((page, baseline));
                self.ends.push((left, right));
            }
        }
    }

    /// The baselines of all lines.
    pub(super) fn baselines(&self) -> impl Iterator<Item = f64> + '_ {
        self.lines.iter().map(|line| line.1)
    }

    /// The paragraphs: the first line of each, and the one after its last.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (Start, usize)> + '_ {
        let first = Start { line: 0, inner: Inner::Paragraph };
        let first = (self.starts.first().is_none_or(|start| start.line > 0)).then_some(first);
        let starts = first.into_iter().chain(self.starts.iter().copied());
        let ends = starts.clone().skip(1).map(|start| start.line).chain([self.lines.len()]);
        starts.zip(ends).filter(|(start, end)| start.line < *end)
    }

    /// Which share of its width the last line of a single paragraph fills; `None` where there are several.
    pub(super) fn last_share(&self) -> Option<f64> {
        let left = self.ends.iter().map(|end| end.0).fold(f64::INFINITY, f64::min);
        let width = self.ends.iter().map(|end| end.1).fold(0.0, f64::max) - left;
        let last = self.ends.last().filter(|_| self.starts.is_empty() && width > 0.0)?;
        Some((last.1 - left) / width)
    }

    /// The lines of a piece as typst will break them.
    pub(super) fn broken(&self, setting: Setting, geometry: &Geometry) -> Vec<Line> {
        let white = geometry.line - geometry.text;
        let height = geometry.text;
        let stacked = |lines: usize| lines as f64 * height + lines.saturating_sub(1) as f64 * white;
        let mut lines: Vec<Line> = Vec::new();
        for (Start { line: from, .. }, to) in self.paragraphs() {
            let count = to - from;
            for index in 0..count {
                let last = held(index, count);
                // What closes the article hangs from the very last line.
                let is_end = from + last + 1 == self.lines.len();
                let need = stacked(last + 1 - index) + if is_end { setting.tail } else { 0.0 };
                let before = if index > 0 { white } else { self.gap_before(from, geometry).unwrap_or(setting.inner) };
                lines.push(Line { before, height, need, begins_item: index == 0 && setting.is_list });
            }
        }
        lines
    }

    /// White before a paragraph inside a piece, where both its neighbours stand in one column.
    fn gap_before(&self, at: usize, geometry: &Geometry) -> Option<f64> {
        let (page, above) = self.lines.get(at.checked_sub(1)?)?;
        let (next, below) = self.lines.get(at)?;
        (page == next && below > above).then_some(below - above - geometry.text)
    }
}

/// Up to which of its `count` lines a paragraph goes on in a column where it begins, or goes on, with one of them: its
/// first two lines stay together, and so do its last.
pub(super) fn held(index: usize, count: usize) -> usize {
    match index {
        0 if count <= 3 => count - 1,
        0 => 1,
        _ if index >= 2 && index + 2 == count => index + 1,
        _ => index,
    }
}
