use super::super::glyphs::Area;
use super::super::lines::Line;
use super::{Measure, Stand, edges_of_page, windows};

fn line(x0: f32, y: f32, x1: f32) -> Line {
    Line { fragments: Vec::new(), area: Area { x0, y0: y - 8.0, x1, y1: y + 2.0 }, y, size: 10.0 }
}

fn column() -> Vec<Line> {
    vec![
        line(70.0, 100.0, 250.0),
        line(50.0, 115.0, 250.0),
        line(50.0, 130.0, 250.0),
        line(50.0, 145.0, 120.0),
        line(100.0, 180.0, 200.0),
        line(180.0, 195.0, 250.0),
    ]
}

#[test]
fn the_edges_and_the_leading_of_a_column() {
    let measure = Measure::of(&column(), 40.0, 300.0);
    assert_eq!((measure.left, measure.right, measure.leading), (50.0, 250.0, 15.0));
}

#[test]
fn how_lines_stand() {
    let lines = column();
    let stands = Measure::of(&lines, 40.0, 300.0).stands(&lines);
    assert_eq!(stands, [Stand::Left, Stand::Full, Stand::Full, Stand::Left, Stand::Centre, Stand::Right]);
}

#[test]
fn what_starts_like_its_neighbour_is_not_centred() {
    let mut lines = column();
    lines[5] = line(100.0, 195.0, 180.0);
    assert_eq!(Measure::of(&lines, 40.0, 300.0).stands(&lines)[4], Stand::Left);
}

#[test]
fn the_column_of_most_lines_is_the_one_around() {
    let edges = edges_of_page(&[(0, 50.0, 290.0, 9), (0, 310.0, 550.0, 8), (0, 90.0, 250.0, 2), (1, 50.0, 550.0, 20)]);
    let area = |x0: f32, x1: f32| Area { x0, y0: 0.0, x1, y1: 10.0 };
    assert_eq!(edges.around(0, area(100.0, 200.0)), (50.0, 290.0));
    assert_eq!(edges.around(0, area(320.0, 400.0)), (310.0, 550.0));
    assert_eq!(edges.around(0, area(100.0, 400.0)), (100.0, 400.0));
}

#[test]
fn windows_of_sorted_numbers() {
    assert_eq!(windows(&[1.0, 1.5, 3.0, 3.2], 1.0), [(0, 2), (1, 2), (2, 4), (3, 4)]);
}
