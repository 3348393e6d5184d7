//! The order in which the parts of a page are read: columns that stand beside one another, and what runs across them.
//!
//! A gutter is an upright strip without letters that has lines on both sides. What crosses it, a title or a photo across
//! both columns, divides the page into bands that are read from top to bottom; within a band the left side comes before
//! the right one. Each side is looked at in the same way again.

use super::glyphs::Area;

/// Something that stands on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    pub(super) area: Area,
    /// Of its letters; 0 for what is no text.
    pub(super) size: f32,
}

/// A part of a page that is read from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Indices of items, in no order.
    pub(super) items: Vec<usize>,
    /// The edges of its text.
    pub(super) left: f32,
    pub(super) right: f32,
}

/// How often parts of parts are divided.
const DEPTH: usize = 8;
/// On a page with more items than this nothing is divided.
const MANY: usize = 6_000;
/// How far apart the places are that are tried for a gutter.
const STEP: f32 = 2.0;
/// How narrow a gutter may be, in points and as a share of the size of the letters.
const NARROW: f32 = 5.0;
const NARROW_SIZE: f32 = 0.6;
/// The size of letters that a side without letters is measured by.
const NO_LETTERS: f32 = 10.0;
/// How much what crosses a gutter speaks against it, in lines.
const CROSSING: f32 = 0.3;
/// A column has room for so many letters.
const LETTERS: f32 = 6.0;

/// The columns of a page, in reading order.
pub(super) fn columns(items: &[Item], left: f32, right: f32) -> Vec<Column> {
    let mut all: Vec<usize> = (0..items.len()).collect();
    all.sort_by(|a, b| top(items, *a).total_cmp(&top(items, *b)));
    let mut columns = Vec::new();
    divide(items, Column { items: all, left, right }, DEPTH, &mut columns);
    columns
}

fn top(items: &[Item], index: usize) -> f32 {
    items.get(index).map_or(0.0, |item| item.area.y0)
}

fn divide(items: &[Item], part: Column, depth: usize, columns: &mut Vec<Column>) {
    let gutter =
        if depth == 0 || part.items.len() < 4 || part.items.len() > MANY { None } else { gutter(items, &part) };
    let Some(bands) = gutter else {
        if !part.items.is_empty() {
            columns.push(part);
        }
        return;
    };
    for band in bands {
        match band {
            Band::Across(across) => {
                divide(items, Column { items: across, ..part }, depth - 1, columns);
            }
            Band::Beside(side) => {
                let right_edge = edge(items, &side.left, |area| area.x1, f32::max).unwrap_or(part.right);
                let left_edge = edge(items, &side.right, |area| area.x0, f32::min).unwrap_or(part.left);
                divide(items, Column { items: side.left, left: part.left, right: right_edge }, depth - 1, columns);
                divide(items, Column { items: side.right, left: left_edge, right: part.right }, depth - 1, columns);
            }
        }
    }
}

/// A part of a page between things that cross the gutter.
#[derive(Debug, Clone, PartialEq)]
enum Band {
    /// What is read from top to bottom.
    Across(Vec<usize>),
    Beside(Sides),
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Sides {
    left: Vec<usize>,
    right: Vec<usize>,
}

impl Band {
    fn crossing(&self) -> usize {
        match self {
            Self::Across(across) => across.len(),
            Self::Beside(_) => 0,
        }
    }
}

/// The bands of the best gutter, if there is one.
fn gutter(items: &[Item], part: &Column) -> Option<Vec<Band>> {
    let mut best: Option<(f32, f32)> = None;
    let mut x = part.left + STEP;
    while x < part.right {
        let bands = bands(items, part, x);
        let crossing: usize = bands.iter().map(Band::crossing).sum();
        let sides: f32 = trimmed(items, bands).iter().map(|band| score(items, band)).sum();
        let score = sides - crossing as f32 * CROSSING;
        if sides > 0.0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, x));
        }
        x += STEP;
    }
    best.map(|(_, x)| merged(items, trimmed(items, bands(items, part, x))))
}

/// What stands between the things that cross a place, and these.
fn bands(items: &[Item], part: &Column, x: f32) -> Vec<Band> {
    let headings = Headings::of(items, part);
    let mut bands: Vec<Band> = Vec::new();
    let mut sides = Sides::default();
    let mut crossing: Vec<usize> = Vec::new();
    let mut until = f32::NEG_INFINITY;
    for index in &part.items {
        let Some(Item { area, .. }) = items.get(*index) else { continue };
        let middle = (area.y0 + area.y1) / 2.0;
        let crosses = (area.x0 < x - 0.5 && area.x1 > x + 0.5) || headings.crosses(items, *index, x);
        if crosses {
            if !(sides.left.is_empty() && sides.right.is_empty()) {
                bands.push(Band::Beside(std::mem::take(&mut sides)));
            }
            crossing.push(*index);
            until = until.max(area.y1);
        } else if !crossing.is_empty() && middle < until {
            crossing.push(*index);
        } else {
            if !crossing.is_empty() {
                bands.push(Band::Across(std::mem::take(&mut crossing)));
            }
            until = f32::NEG_INFINITY;
            if area.x1 <= x + 0.5 { sides.left.push(*index) } else { sides.right.push(*index) }
        }
    }
    if !crossing.is_empty() {
        bands.push(Band::Across(crossing));
    }
    if !(sides.left.is_empty() && sides.right.is_empty()) {
        bands.push(Band::Beside(sides));
    }
    bands
}

/// Large lines of a part: one may belong to both sides of a gutter and be too short to reach it.
struct Headings<'p> {
    part: &'p Column,
    /// The size from which on a line is large.
    large: f32,
}

impl<'p> Headings<'p> {
    fn of(items: &[Item], part: &'p Column) -> Self {
        let mut sizes: Vec<f32> = part
            .items
            .iter()
            .filter_map(|index| items.get(*index))
            .map(|item| item.size)
            .filter(|size| *size > 0.0)
            .collect();
        sizes.sort_by(f32::total_cmp);
        let large = sizes.get(sizes.len() / 2).map_or(f32::INFINITY, |size| size * 1.2);
        Self { part, large }
    }

    /// Whether a large line on the left has nothing beside it on the right, where there is text above and below.
    fn crosses(&self, items: &[Item], index: usize, x: f32) -> bool {
        let Some(heading) = items.get(index).filter(|item| item.size >= self.large && item.area.x1 <= x) else {
            return false;
        };
        let (mut above, mut below) = (false, false);
        for other in self.part.items.iter().filter_map(|other| items.get(*other)).filter(|other| other.area.x0 >= x) {
            if other.area.y1 < heading.area.y0 {
                above = true;
            } else if other.area.y0 > heading.area.y1 {
                below = true;
            } else {
                return false;
            }
        }
        above && below
    }
}

/// Puts what stands on the left above all that stands on the right into a band of its own: it is read first anyhow.
fn trimmed(items: &[Item], bands: Vec<Band>) -> Vec<Band> {
    let mut trimmed = Vec::with_capacity(bands.len());
    for band in bands {
        let Band::Beside(sides) = band else {
            trimmed.push(band);
            continue;
        };
        let start = edge(items, &sides.right, |area| area.y0, f32::min).unwrap_or(f32::NEG_INFINITY);
        let (above, left): (Vec<usize>, Vec<usize>) =
            sides.left.into_iter().partition(|index| items.get(*index).is_some_and(|item| item.area.y1 < start));
        if !above.is_empty() {
            trimmed.push(Band::Across(above));
        }
        trimmed.push(Band::Beside(Sides { left, right: sides.right }));
    }
    trimmed
}

/// How much a band speaks for its gutter: the number of lines on the shorter side; 0 where it is no gutter.
fn score(items: &[Item], band: &Band) -> f32 {
    let Band::Beside(sides) = band else { return 0.0 };
    let (Some(left), Some(right)) = (Side::of(items, &sides.left), Side::of(items, &sides.right)) else { return 0.0 };
    let size = left.size.max(right.size);
    let gap = right.area.x0 - left.area.x1;
    let together = left.area.y1.min(right.area.y1) - left.area.y0.max(right.area.y0);
    let is_gutter = gap >= NARROW.max(size * NARROW_SIZE)
        && together >= size * 2.0
        && left.area.width() >= left.size * LETTERS
        && right.area.width() >= right.size * LETTERS
        && left.lines >= 2
        && right.lines >= 2
        && !are_rows(items, sides, &left, &right);
    // A wider gutter is the better one of two.
    if is_gutter { left.lines.min(right.lines) as f32 + gap.min(100.0) / 1_000.0 } else { 0.0 }
}

/// One side of a gutter.
struct Side {
    area: Area,
    size: f32,
    lines: usize,
    /// The share of its lines whose letters fill nearly all of it.
    full: f32,
}

impl Side {
    fn of(items: &[Item], side: &[usize]) -> Option<Self> {
        let items: Vec<&Item> = side.iter().filter_map(|index| items.get(*index)).collect();
        let area = items.iter().map(|item| item.area).reduce(Area::join)?;
        let mut sizes: Vec<f32> = items.iter().map(|item| item.size).filter(|size| *size > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(NO_LETTERS);
        let mut lines = 0;
        let mut full = 0;
        let mut last = f32::NEG_INFINITY;
        let mut covered = 0.0;
        for item in &items {
            if item.size == 0.0 {
                // A picture is as much of a column as a few lines are.
                lines += 2;
            } else if item.area.y1 - last > item.size * 0.5 {
                full += usize::from(covered >= area.width() * 0.9);
                lines += 1;
                last = item.area.y1;
                covered = item.area.width();
            } else {
                covered += item.area.width();
            }
        }
        // The last line is not counted: a paragraph ends there.
        Some(Self { area, size, lines, full: full as f32 / lines.saturating_sub(1).max(1) as f32 })
    }
}

/// Whether both sides are cells of the same rows: line beside line, and few that fill their side.
fn are_rows(items: &[Item], sides: &Sides, left: &Side, right: &Side) -> bool {
    if left.full.max(right.full) > 0.4 {
        return false;
    }
    if [&sides.left, &sides.right].iter().all(|side| is_centred(items, side)) {
        return false;
    }
    let bottoms = |side: &[usize]| -> Vec<f32> {
        side.iter()
            .filter_map(|index| items.get(*index))
            .filter(|item| item.size > 0.0)
            .map(|item| item.area.y1)
            .collect()
    };
    let (a, b) = (bottoms(&sides.left), bottoms(&sides.right));
    let (few, mut many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    many.sort_by(f32::total_cmp);
    let is_level = |y: f32| {
        let next = many.partition_point(|other| *other < y - 2.0);
        many.get(next).is_some_and(|other| *other < y + 2.0)
    };
    few.iter().filter(|y| is_level(**y)).count() as f32 >= few.len() as f32 * 0.8
}

/// Whether the lines of a side have their middle in common, but not their edges: the two halves of the head of a letter
/// are set like this, and no column of a table.
fn is_centred(items: &[Item], side: &[usize]) -> bool {
    let areas: Vec<Area> = side.iter().filter_map(|index| items.get(*index)).map(|item| item.area).collect();
    let Some(widest) = areas.iter().copied().max_by(|a, b| a.width().total_cmp(&b.width())) else { return false };
    let middle = |area: &Area| (area.x0 + area.x1) / 2.0;
    let same = areas.iter().filter(|area| (middle(area) - middle(&widest)).abs() < 4.0).count();
    let aligned = areas.iter().filter(|area| (area.x0 - widest.x0).abs() < 2.0).count();
    same as f32 >= areas.len() as f32 * 0.75 && aligned < same
}

/// Bands that are no columns become one with their neighbours.
fn merged(items: &[Item], bands: Vec<Band>) -> Vec<Band> {
    let mut merged: Vec<Band> = Vec::new();
    for band in bands {
        if score(items, &band) > 0.0 {
            merged.push(band);
            continue;
        }
        let more = match band {
            Band::Across(across) => across,
            Band::Beside(sides) => {
                let mut both = sides.left;
                both.extend(sides.right);
                both.sort_by(|a, b| top(items, *a).total_cmp(&top(items, *b)));
                both
            }
        };
        match merged.last_mut() {
            Some(Band::Across(across)) => across.extend(more),
            _ => merged.push(Band::Across(more)),
        }
    }
    merged
}

fn edge(items: &[Item], side: &[usize], of: fn(&Area) -> f32, pick: fn(f32, f32) -> f32) -> Option<f32> {
    side.iter().filter_map(|index| items.get(*index)).map(|item| of(&item.area)).reduce(pick)
}

#[cfg(test)]
mod tests;
