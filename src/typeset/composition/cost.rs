//! What each fault of a page costs, in one currency: about a line of white that should not be there.

use super::galley::Piece;

/// A photo at the head or foot of its column rather than where it is called.
pub(super) const MOVED: f64 = 0.3;

/// A photo a paragraph away from where it is called.
pub(super) const MOVED_BY: f64 = 1.5;

/// A photo or a box that is not where it is called, beside what its new place costs: a box is read as part of the text.
pub(super) fn moved(piece: &Piece) -> f64 {
    if piece.aside { 10.0 } else { 0.0 }
}

/// Columns that end level in mid-page, to begin anew below.
pub(super) const SPLIT: f64 = 0.8;

/// A line more of white above an article, and above a subhead or what else stands between paragraphs.
pub(super) const EXTRA: f64 = 0.6;
pub(super) const EXTRA_IN_TEXT: f64 = 1.2;

/// Byline and source, or a note, at the head of a column, without their text; other pieces may begin there.
pub(super) fn alone(piece: &Piece) -> f64 {
    match piece.key.as_str() {
        "closing" => 40.0,
        key if key.starts_with("note") => 4.0,
        _ => 0.0,
    }
}

/// A photo that is cropped, or made taller, by so many lines.
pub(super) fn crop(lines: i32) -> f64 {
    let lines = f64::from(lines);
    0.4 * lines * lines
}

/// A photo that is smaller than it could be, by so many lines.
pub(super) fn scale(lines: i32) -> f64 {
    let lines = f64::from(lines);
    0.12 * lines * lines
}

/// So many lines of white, and more, are a hole in the text.
const HOLE: f64 = 8.0;

/// Lines that are seen to be missing: whole ones.
fn whole(lines: f64) -> f64 {
    (lines + 0.05).max(0.0).floor()
}

/// A column in mid-text that ends so many lines early.
pub(super) fn short_column(lines: f64) -> f64 {
    cut_column(lines) + 8.0 * (whole(lines) - HOLE).max(0.0)
}

/// Columns of a page that all end so many lines early, though their section goes on: each.
pub(super) fn cut_column(lines: f64) -> f64 {
    let lines = whole(lines);
    if lines < 3.0 { 0.35 * lines * lines } else { 36.0 + 3.0 * (lines - 3.0) }
}

/// Columns that should end level and end so many lines apart.
pub(super) fn uneven(lines: f64) -> f64 {
    match whole(lines) {
        lines if lines < 2.0 => 0.5 * lines,
        lines if lines < 3.0 => 6.0,
        // From so many lines on there is a hole.
        lines => 56.0 + 6.0 * (lines - 3.0) + 8.0 * (lines - HOLE).max(0.0),
    }
}

/// The same with something across the columns below them: where one is shorter there is a hole.
pub(super) fn uneven_above(lines: f64) -> f64 {
    uneven(lines) + if whole(lines) < 2.0 { 0.0 } else { 95.0 + 6.0 * whole(lines) }
}

/// A page that is left with this share of it empty, though there is more to come.
pub(super) fn page_left(empty: f64) -> f64 {
    if empty <= 0.06 {
        0.0
    } else if empty <= 0.235 {
        12.0 + 40.0 * empty
    } else {
        160.0 + 150.0 * empty
    }
}

/// A band in mid-page with little below it.
pub(super) const LOW_BAND: f64 = 14.0;

/// A title, or a subhead, at the foot of a column, for what follows it fits nowhere.
pub(super) fn stranded(heading: &Piece) -> f64 {
    if heading.key == "opening" { 250.0 } else { 100.0 }
}

/// The same above something across the columns, which is below it.
pub(super) fn above_wide(heading: &Piece) -> f64 {
    0.5 * stranded(heading)
}

/// A photo that ends its article on another page than the text: what follows is another article.
pub(super) const AFTER_ALL: f64 = 40.0;

/// A photo in a column without text of its article.
pub(super) const WITHOUT_TEXT: f64 = 30.0;

/// The same with the byline of its article below: it stands beside the text.
pub(super) const BESIDE_TEXT: f64 = 8.0;

/// A lead story whose photo does not stand in its head.
pub(super) const NOT_IN_HEAD: f64 = 8.0;

/// A paragraph that is set a line shorter or longer.
pub(super) const REFIT: f64 = 0.5;

/// White in a column that grows by so many lines in all, or shrinks.
pub(super) fn spread(lines: f64) -> f64 {
    0.3 * lines.abs()
}

/// A photo so many pages from where it is called.
pub(super) fn apart(pages: u16) -> f64 {
    30.0 * f64::from(pages)
}

/// A page.
const PAGE: f64 = 3.0;

/// So many pages: a page more is a sheet more, or a longer way to the end.
pub(super) fn length(pages: usize) -> f64 {
    PAGE * pages as f64
}

/// Whether a composition of so many pages costs hardly more than these themselves: there is no fault in it worth a longer
/// search.
pub(super) fn is_low(cost: f64, pages: usize) -> bool {
    cost <= 2.0 + (PAGE + 5.0) * pages as f64
}

/// What a composition may cost that is to be better than one of this cost: a little more than that, so that the limit
/// stays the same after most edits.
pub(super) fn limit(cost: f64) -> f64 {
    let limits = std::iter::successors(Some(32.0), |limit| Some(limit * 1.4));
    // By products alone, for logarithms are not the same to the last bit on all machines.
    limits.take(50).find(|limit| *limit >= cost).unwrap_or(f64::INFINITY)
}

/// A last page that is filled to a smaller share looks like a mistake.
pub(super) const NEARLY_EMPTY: f64 = 0.3;

/// The last page, filled to this share, of an issue that should have `target` pages.
pub(super) fn end(filled: f64, pages: usize, target: Option<usize>) -> f64 {
    let empty = if filled < NEARLY_EMPTY { 70.0 + 300.0 * (NEARLY_EMPTY - filled) } else { 0.0 };
    let missed = target.map_or(0.0, |target| 500.0 * pages.abs_diff(target) as f64);
    empty + length(pages) + missed
}
