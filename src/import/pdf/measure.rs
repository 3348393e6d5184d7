//! The measure of a column: its edges, and how far its lines are apart.

use super::glyphs::Page;
use super::lines::Line;

/// Edges that differ by less than this are the same.
const NEAR: f32 = 1.5;

/// What the lines of a column have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    pub(super) left: f32,
    pub(super) right: f32,
    /// From one base line to the next, between lines of this size.
    pub(super) leading: f32,
    pub(super) size: f32,
}

/// Lines of another size than most are known to belong together up to this distance, in sizes.
const LOOSE: f32 = 1.6;

/// How a line stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// From edge to edge.
    Full,
    /// At the left edge or right of it, and short.
    Left,
    Centre,
    Right,
}

impl Measure {
    /// Of a column with these lines, which lies between these edges.
    pub(super) fn of(lines: &[Line], left: f32, right: f32) -> Self {
        let right = common(lines.iter().map(|line| line.area.x1), lines.len(), |a, b| a > b).unwrap_or(right);
        let left = common(lines.iter().map(|line| line.area.x0), lines.len(), |a, b| a < b).unwrap_or(left);
        let (leading, size) = leading(lines);
        Self { left, right, leading, size }
    }

    /// How far a line may be from the one before it in the same paragraph.
    pub(super) fn reach(&self, size: f32, tolerance: f32) -> f32 {
        if (size - self.size).abs() <= size * 0.08 {
            self.leading + size * tolerance
        } else {
            (self.leading * size / self.size.max(1.0) + size * tolerance).max(size * LOOSE)
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// How a line stands, by itself.
    pub(super) fn alone(&self, line: &Line) -> Stand {
        let (before, after) = (line.area.x0 - self.left, self.right - line.area.x1);
        let em = line.size.max(6.0);
        if before < em && after < em {
            Stand::Full
        } else if before > em * 0.5 && after > em * 0.5 && (before - after).abs() <= (self.width() * 0.03).max(4.0) {
            Stand::Centre
        } else if before > em * 3.0 && after < em * 0.5 {
            Stand::Right
        } else {
            Stand::Left
        }
    }

    /// How every line of a column stands in it. A line that starts where others of other widths start is at the left,
    /// however much it seems to be in the middle.
    pub(super) fn stands(&self, lines: &[Line]) -> Vec<Stand> {
        let starts_alike =
            |a: &Line, b: &Line| (a.area.x0 - b.area.x0).abs() < 0.8 && (a.area.x1 - b.area.x1).abs() > 2.0;
        let mut starts: Vec<f32> = lines.iter().map(|line| line.area.x0).collect();
        starts.sort_by(f32::total_cmp);
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let stand = self.alone(line);
                if stand != Stand::Centre {
                    return stand;
                }
                let before = index.checked_sub(1).and_then(|before| lines.get(before));
                let after = lines.get(index + 1);
                let from = starts.partition_point(|start| *start < line.area.x0 - 0.8);
                let alike = starts.iter().skip(from).take_while(|start| **start < line.area.x0 + 0.8).count();
                let is_indent = alike > 3 && lines.iter().filter(|other| starts_alike(line, other)).count() > 2;
                let has_neighbour = before.into_iter().chain(after).any(|other| starts_alike(line, other));
                if is_indent || has_neighbour { Stand::Left } else { Stand::Centre }
            })
            .collect()
    }

    /// How much room is left on a line.
    pub(super) fn room(&self, line: &Line, stand: Stand) -> f32 {
        match stand {
            Stand::Centre => self.width() - line.area.width(),
            Stand::Right => line.area.x0 - self.left,
            Stand::Full | Stand::Left => {
                let (before, after) = (line.area.x0 - self.left, self.right - line.area.x1);
                let is_inset = before > 2.0 && (before - after).abs() < 2.5;
                if is_inset { before + after } else { after }
            }
        }
    }
}

/// The outermost edge that several lines share.
fn common(edges: impl Iterator<Item = f32>, lines: usize, is_outside: fn(f32, f32) -> bool) -> Option<f32> {
    let mut edges: Vec<f32> = edges.collect();
    edges.sort_by(f32::total_cmp);
    let enough = (lines / 8).clamp(2, 6);
    let mut best: Option<f32> = None;
    for (first, last) in windows(&edges, NEAR) {
        if last - first < enough {
            continue;
        }
        let outermost = if is_outside(1.0, 0.0) { last - 1 } else { first };
        let Some(edge) = edges.get(outermost).copied() else { continue };
        if best.is_none_or(|best| is_outside(edge, best)) {
            best = Some(edge);
        }
    }
    best
}

/// For each of some sorted numbers, which others follow it within a distance: from it itself to the first that does not.
fn windows(numbers: &[f32], within: f32) -> Vec<(usize, usize)> {
    let mut end = 0;
    let mut windows = Vec::with_capacity(numbers.len());
    for (start, number) in numbers.iter().enumerate() {
        while numbers.get(end).is_some_and(|other| other - number < within) {
            end += 1;
        }
        windows.push((start, end.max(start + 1)));
    }
    windows
}

/// The distance of most lines from the line above, and their size.
fn leading(lines: &[Line]) -> (f32, f32) {
    let mut steps: Vec<(i32, f32, f32)> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if (a.size - b.size).abs() < a.size * 0.08 => Some(((b.size * 2.0) as i32, b.y - a.y, b.size)),
            _ => None,
        })
        .filter(|(_, step, _)| *step > 0.0)
        .collect();
    steps.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut best: Option<(usize, f32, f32)> = None;
    for same_size in steps.chunk_by(|a, b| a.0 == b.0) {
        let numbers: Vec<f32> = same_size.iter().map(|step| step.1).collect();
        for (first, last) in windows(&numbers, 0.6) {
            let Some((_, step, size)) = same_size.get(first) else { continue };
            if best.is_none_or(|(most, ..)| last - first > most) {
                best = Some((last - first, *step, *size));
            }
        }
    }
    let size = lines.first().map_or(12.0, |line| line.size);
    best.map_or((size * 1.3, size), |(_, step, size)| (step, size))
}

/// The edges of the columns of every page, as its paragraphs show them.
pub(super) struct Edges {
    /// Page, left, right and how many lines have them.
    columns: Vec<(usize, f32, f32, usize)>,
}

/// Of paragraphs: page, left, right and number of lines.
pub(super) fn edges_of_page(texts: &[(usize, f32, f32, usize)]) -> Edges {
    let mut columns: Vec<(usize, f32, f32, usize)> = Vec::new();
    for (page, left, right, lines) in texts.iter().filter(|text| text.3 > 1) {
        let recent = columns.len().saturating_sub(64);
        let known = columns
            .iter_mut()
            .skip(recent)
            .find(|known| known.0 == *page && (known.1 - left).abs() < 3.0 && (known.2 - right).abs() < 3.0);
        match known {
            Some(known) => {
                known.1 = known.1.min(*left);
                known.2 = known.2.max(*right);
                known.3 += lines;
            }
            None => columns.push((*page, *left, *right, *lines)),
        }
    }
    columns.sort_by_key(|column| column.0);
    Edges { columns }
}

impl Edges {
    /// The edges of the column that something stands in: those of most lines that reach as far on both sides.
    pub(super) fn around(&self, page: usize, area: super::glyphs::Area) -> (f32, f32) {
        let start = self.columns.partition_point(|column| column.0 < page);
        let own = self.columns.iter().skip(start).take_while(|column| column.0 == page).take(256);
        own.filter(|(_, left, right, _)| *left <= area.x0 + 3.0 && *right >= area.x1 - 3.0)
            .max_by(|a, b| a.3.cmp(&b.3).then((b.2 - b.1).total_cmp(&(a.2 - a.1))))
            .map_or((area.x0, area.x1), |(_, left, right, _)| (*left, *right))
    }
}

/// How wide the first word of a line is.
pub(super) fn first_word(page: &Page, line: &Line) -> f32 {
    let mut end = line.area.x0;
    let mut last: Option<f32> = None;
    for glyph in line.glyphs().filter_map(|index| page.glyphs.get(index)) {
        if last.is_none() && page.is_space(glyph) {
            continue;
        }
        let is_gap = last.is_some_and(|last| glyph.x0 - last > glyph.size * 0.2);
        if page.is_space(glyph) || is_gap {
            break;
        }
        end = end.max(glyph.x1);
        last = Some(glyph.x1);
    }
    end - line.area.x0
}

#[cfg(test)]
mod tests;
