use super::super::glyphs::{Area, Rule};
use super::grids;

fn rule(x0: f32, y0: f32, x1: f32, y1: f32) -> Rule {
    Rule { area: Area { x0, y0, x1, y1 }, artifact: false }
}

#[test]
fn cells_merge_where_no_rule_divides_them() {
    let rules = [
        rule(0.0, 0.0, 200.0, 0.5),
        rule(0.0, 50.0, 200.0, 50.5),
        rule(0.0, 100.0, 200.0, 100.5),
        rule(0.0, 0.0, 0.5, 100.0),
        rule(100.0, 50.0, 100.5, 100.0),
        rule(200.0, 0.0, 200.5, 100.0),
    ];
    let grids = grids(&rules);
    let shape: Vec<(usize, usize, usize)> =
        grids.iter().flat_map(|grid| &grid.cells).map(|cell| (cell.row, cell.columns, cell.rows)).collect();
    assert_eq!(shape, [(0, 2, 1), (1, 1, 1), (1, 1, 1)]);
}

#[test]
fn a_frame_is_no_table() {
    let frame = [
        rule(0.0, 0.0, 200.0, 0.5),
        rule(0.0, 100.0, 200.0, 100.5),
        rule(0.0, 0.0, 0.5, 100.0),
        rule(200.0, 0.0, 200.5, 100.0),
    ];
    assert!(grids(&frame).is_empty());
}
