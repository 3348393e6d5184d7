//! Tables with rules around their cells: what stands in each.

use super::flow::{Content, Element, elements};
use super::glyphs::{Area, Placed};
use super::grid::{Grid, grids};
use super::lines::{Fragment, fragments};
use super::spans::Source;

/// A grid with a smaller share of cells that hold text is a drawing.
const FILLED: f32 = 0.3;
/// The distance of text from the rules around it, at least.
const PADDING: f32 = 1.0;

/// A table with what stands in its cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ruled {
    pub(super) area: Area,
    /// Cells row by row.
    pub(super) rows: Vec<Vec<Filled>>,
}

/// A cell and what stands in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filled {
    pub(super) elements: Vec<Element>,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Takes what stands in tables out of a page.
pub(super) fn take(
    source: Source<'_>,
    page: usize,
    fragments: Vec<Fragment>,
    pictures: Vec<Placed>,
    column: &mut usize,
) -> (Vec<Ruled>, Vec<Fragment>, Vec<Placed>) {
    let (mut rest, mut pictures) = (fragments, pictures);
    let mut tables = Vec::new();
    for grid in grids(&source.page.rules) {
        let inside = |area: &Area| grid.area.holds((area.x0 + area.x1) / 2.0, (area.y0 + area.y1) / 2.0);
        let (own, others): (Vec<Fragment>, Vec<Fragment>) =
            rest.into_iter().partition(|fragment| inside(&fragment.area));
        let own: Vec<Fragment> = own.into_iter().flat_map(|fragment| parted(source, &grid, fragment)).collect();
        if !is_table(&grid, &own) {
            rest = others;
            rest.extend(own);
            continue;
        }
        rest = others;
        let (shown, elsewhere) = pictures.into_iter().partition(|placed: &Placed| inside(&placed.area));
        pictures = elsewhere;
        tables.push(filled(source, page, &grid, own, shown, column));
    }
    (tables, rest, pictures)
}

/// A fragment as parts that stand in one cell each.
fn parted(source: Source<'_>, grid: &Grid, fragment: Fragment) -> Vec<Fragment> {
    let cell = |index: usize| {
        let glyph = source.page.glyphs.get(index)?;
        let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, glyph.y - glyph.size * 0.3);
        grid.cells.iter().position(|cell| cell.area.holds(x, y))
    };
    let parts: Vec<&[usize]> = fragment
        .glyphs
        .chunk_by(|a, b| {
            let is_blank =
                |index: usize| source.page.glyphs.get(index).is_some_and(|glyph| source.page.is_space(glyph));
            cell(*a) == cell(*b) || is_blank(*b)
        })
        .collect();
    if parts.len() < 2 {
        return vec![fragment];
    }
    parts.into_iter().flat_map(|part| fragments(source.page, part.iter().copied())).collect()
}

fn is_table(grid: &Grid, fragments: &[Fragment]) -> bool {
    let holds_text = |area: Area| {
        fragments.iter().any(|fragment| area.holds((fragment.area.x0 + fragment.area.x1) / 2.0, fragment.y))
    };
    let filled = grid.cells.iter().filter(|cell| holds_text(cell.area)).count();
    filled > 1 && filled as f32 >= grid.cells.len() as f32 * FILLED
}

fn filled(
    source: Source<'_>,
    page: usize,
    grid: &Grid,
    fragments: Vec<Fragment>,
    pictures: Vec<Placed>,
    column: &mut usize,
) -> Ruled {
    let mut rows: Vec<Vec<Filled>> = (0..grid.rows).map(|_| Vec::new()).collect();
    let last = grid.cells.len().saturating_sub(1);
    // The last cell takes what stands on the rules, so that nothing is lost.
    let home = |area: &Area| {
        let (x, y) = ((area.x0 + area.x1) / 2.0, (area.y0 + area.y1) / 2.0);
        grid.cells.iter().position(|cell| cell.area.holds(x, y)).unwrap_or(last)
    };
    let mut texts: Vec<Vec<Fragment>> = vec![Vec::new(); grid.cells.len()];
    for fragment in fragments {
        texts[home(&fragment.area)].push(fragment);
    }
    let mut shown: Vec<Vec<Placed>> = vec![Vec::new(); grid.cells.len()];
    for placed in pictures {
        shown[home(&placed.area)].push(placed);
    }
    for ((cell, own), pictures) in grid.cells.iter().zip(texts).zip(shown) {
        let edges = inner(cell.area, &own);
        let content = Content { source, page, fragments: own, pictures, tables: Vec::new() };
        let filled = Filled { elements: elements(content, edges, column), columns: cell.columns, rows: cell.rows };
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(filled);
        }
    }
    Ruled { area: grid.area, rows }
}

/// The edges of the text in a cell: as far from the right rule as its widest line is from the left one.
fn inner(area: Area, fragments: &[Fragment]) -> (f32, f32) {
    let left = fragments.iter().map(|fragment| fragment.area.x0).reduce(f32::min).unwrap_or(area.x0);
    let right = fragments.iter().map(|fragment| fragment.area.x1).reduce(f32::max).unwrap_or(area.x1);
    let padding = (left - area.x0).min(area.x1 - right).max(PADDING);
    (area.x0 + padding, area.x1 - padding)
}
