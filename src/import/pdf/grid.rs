//! Rules that cross one another, as a grid of cells.

use super::glyphs::{Area, Rule};

/// Rules within this distance touch.
const NEAR: f32 = 2.5;
/// More rules than this are a drawing.
const MANY: usize = 3_000;
/// A table has no more columns or rows than this, and no more cells.
const SIDE: usize = 200;
const CELLS: usize = 4_000;

/// A cell, with how many columns and rows it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    pub(super) area: Area,
    pub(super) row: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A grid of two columns at least; its cells row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub(super) area: Area,
    pub(super) rows: usize,
    pub(super) cells: Vec<Cell>,
}

/// A level or an upright line: where it lies, and from where to where it runs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stroke {
    level: bool,
    at: f32,
    from: f32,
    to: f32,
}

/// The grids that the rules of a page form, from top to bottom.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let strokes = joined(rules);
    if strokes.len() > MANY {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = groups(&strokes).iter().filter_map(|group| grid(group)).collect();
    grids.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0).then(a.area.x0.total_cmp(&b.area.x0)));
    grids
}

/// Rules that continue one another as one.
fn joined(rules: &[Rule]) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = rules
        .iter()
        .map(|rule| {
            let Area { x0, y0, x1, y1 } = rule.area;
            if rule.is_level() {
                Stroke { level: true, at: (y0 + y1) / 2.0, from: x0, to: x1 }
            } else {
                Stroke { level: false, at: (x0 + x1) / 2.0, from: y0, to: y1 }
            }
        })
        .collect();
    strokes.sort_by(|a, b| {
        a.level.cmp(&b.level).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to))
    });
    let mut joined: Vec<Stroke> = Vec::new();
    for stroke in strokes {
        let recent = joined.len().saturating_sub(64);
        let before = joined.iter_mut().skip(recent).find(|other| {
            other.level == stroke.level
                && (other.at - stroke.at).abs() < NEAR / 2.0
                && stroke.from < other.to + NEAR
                && other.from < stroke.to + NEAR
        });
        match before {
            Some(other) => {
                other.from = other.from.min(stroke.from);
                other.to = other.to.max(stroke.to);
            }
            None => joined.push(stroke),
        }
    }
    joined
}

/// Lines that touch one another.
fn groups(strokes: &[Stroke]) -> Vec<Vec<Stroke>> {
    let mut groups: Vec<Vec<Stroke>> = Vec::new();
    let mut waiting: Vec<Stroke> = strokes.to_vec();
    while let Some(first) = waiting.pop() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(stroke) = group.get(next).copied() {
            let (touching, rest): (Vec<Stroke>, Vec<Stroke>) =
                waiting.into_iter().partition(|other| touch(&stroke, other));
            group.extend(touching);
            waiting = rest;
            next += 1;
        }
        groups.push(group);
    }
    groups
}

fn touch(a: &Stroke, b: &Stroke) -> bool {
    a.level != b.level && b.at > a.from - NEAR && b.at < a.to + NEAR && a.at > b.from - NEAR && a.at < b.to + NEAR
}

fn grid(group: &[Stroke]) -> Option<Grid> {
    let xs = places(group, false);
    let ys = places(group, true);
    if xs.len() < 3 || ys.len() < 2 || xs.len() > SIDE || ys.len() > SIDE || xs.len() * ys.len() > CELLS {
        return None;
    }
    let area = Area { x0: *xs.first()?, y0: *ys.first()?, x1: *xs.last()?, y1: *ys.last()? };
    let cells = cells(group, &xs, &ys);
    (cells.len() > 1).then_some(Grid { area, rows: ys.len() - 1, cells })
}

/// The places of the lines in one direction, each once.
fn places(group: &[Stroke], level: bool) -> Vec<f32> {
    let mut all: Vec<f32> = group.iter().filter(|stroke| stroke.level == level).map(|stroke| stroke.at).collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|a, b| *a - *b < NEAR);
    all
}

fn cells(group: &[Stroke], xs: &[f32], ys: &[f32]) -> Vec<Cell> {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let is_ruled = |level: bool, at: f32, along: f32| {
        group.iter().any(|stroke| {
            stroke.level == level && (stroke.at - at).abs() < NEAR && stroke.from < along && stroke.to > along
        })
    };
    let middle = |edges: &[f32], index: usize| (edges[index] + edges[index + 1]) / 2.0;
    let mut taken = vec![false; columns * rows];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken[row * columns + column] {
                continue;
            }
            let mut right = column + 1;
            while right < columns && !taken[row * columns + right] && !is_ruled(false, xs[right], middle(ys, row)) {
                right += 1;
            }
            let mut bottom = row + 1;
            while bottom < rows
                && (column..right)
                    .all(|across| !taken[bottom * columns + across] && !is_ruled(true, ys[bottom], middle(xs, across)))
            {
                bottom += 1;
            }
            for y in row..bottom {
                taken[y * columns + column..y * columns + right].fill(true);
            }
            let area = Area { x0: xs[column], y0: ys[row], x1: xs[right], y1: ys[bottom] };
            cells.push(Cell { area, row, columns: right - column, rows: bottom - row });
        }
    }
    cells
}

#[cfg(test)]
mod tests;
