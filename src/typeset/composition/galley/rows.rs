//! Tables that may be broken: their rows, as typst will break them.

use super::{Geometry, Line};

/// Where a row of a table begins, or the table ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// How far down the page.
    pub top: f64,
    /// Height of the header that is repeated above it where a column begins with it.
    pub header: f64,
}

/// The rows of a table that begins at `top`, as lines; the last of `rows` is where it ends. The header stays with the first
/// row. `None` where there are no rows, or they do not stand below one another.
pub(super) fn lines(rows: &[Row], top: f64, geometry: &Geometry) -> Option<Vec<Line>> {
    let ends = rows.iter().skip(1).map(|row| row.top);
    let starts = std::iter::once(top).chain(ends.clone());
    let heights = starts.zip(ends).map(|(start, end)| end - start);
    let line = |height: f64| Line { before: 0.0, height, need: height, begins_item: false };
    let mut lines: Vec<Line> = heights.map(line).collect();
    // The last row leaves out the white to the next line of text, but needs it.
    lines.last_mut()?.need += geometry.line - geometry.text;
    lines.iter().all(|line| line.height > 0.0).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GEOMETRY: Geometry =
        Geometry { columns: 2, left: 0.0, top: 0.0, step: 0.0, height: 700.0, line: 14.0, text: 10.5 };

    fn rows(tops: &[f64]) -> Vec<Row> {
        tops.iter().map(|&top| Row { top, header: 20.0 }).collect()
    }

    #[test]
    fn the_header_stays_with_the_first_row() {
        let lines = lines(&rows(&[120.0, 130.0, 150.0, 160.0]), 100.0, &GEOMETRY).expect("rows");
        assert_eq!(lines.iter().map(|line| line.height).collect::<Vec<_>>(), [30.0, 20.0, 10.0]);
        assert_eq!(lines.iter().map(|line| line.need).collect::<Vec<_>>(), [30.0, 20.0, 13.5]);
    }

    #[test]
    fn a_table_that_was_broken_all_the_same_has_no_lines() {
        assert!(lines(&rows(&[120.0, 30.0]), 100.0, &GEOMETRY).is_none());
        assert!(lines(&rows(&[120.0]), 100.0, &GEOMETRY).is_none());
        assert!(lines(&[], 100.0, &GEOMETRY).is_none());
    }
}
