use super::super::glyphs::Area;
use super::{Item, columns};

fn text(x0: f32, y: f32, x1: f32) -> Item {
    Item { area: Area { x0, y0: y - 8.0, x1, y1: y + 2.0 }, size: 10.0 }
}

/// What is read, in order; the lines of a column by their numbers.
fn read(items: &[Item]) -> Vec<Vec<usize>> {
    let all = columns(items, 50.0, 550.0);
    all.into_iter()
        .map(|mut column| {
            column.items.sort_unstable();
            column.items
        })
        .collect()
}

#[test]
fn one_column() {
    let items: Vec<Item> = (0..6).map(|line| text(50.0, 100.0 + line as f32 * 15.0, 550.0)).collect();
    assert_eq!(read(&items), [[0, 1, 2, 3, 4, 5]]);
}

#[test]
fn two_columns_below_a_title() {
    let mut items = vec![text(150.0, 60.0, 450.0)];
    for line in 0..4 {
        items.push(text(50.0, 100.0 + line as f32 * 15.0, 290.0));
        items.push(text(310.0, 100.0 + line as f32 * 15.0, 550.0));
    }
    assert_eq!(read(&items), [vec![0], vec![1, 3, 5, 7], vec![2, 4, 6, 8]]);
}

#[test]
fn what_crosses_divides_into_bands() {
    let mut items = Vec::new();
    for line in 0..3 {
        items.push(text(50.0, 100.0 + line as f32 * 15.0, 290.0));
        items.push(text(310.0, 100.0 + line as f32 * 15.0, 550.0));
    }
    items.push(text(60.0, 160.0, 540.0));
    for line in 0..3 {
        items.push(text(50.0, 200.0 + line as f32 * 15.0, 290.0));
        items.push(text(310.0, 200.0 + line as f32 * 15.0, 550.0));
    }
    assert_eq!(read(&items), [vec![0, 2, 4], vec![1, 3, 5], vec![6], vec![7, 9, 11], vec![8, 10, 12]]);
}

#[test]
fn marks_of_a_list_are_no_column() {
    let mut items = Vec::new();
    for line in 0..4 {
        items.push(text(50.0, 100.0 + line as f32 * 15.0, 58.0));
        items.push(text(80.0, 100.0 + line as f32 * 15.0, 500.0));
    }
    assert_eq!(read(&items).len(), 1);
}

#[test]
fn rows_without_rules_stay_rows() {
    let mut items = Vec::new();
    for line in 0..5 {
        let y = 100.0 + line as f32 * 15.0;
        items.push(text(50.0, y, 130.0 + line as f32 * 20.0));
        items.push(text(350.0, y, 420.0 + line as f32 * 25.0));
    }
    assert_eq!(read(&items).len(), 1);
}

#[test]
fn the_halves_of_a_letterhead_are_columns() {
    let items = [
        text(80.0, 60.0, 240.0),
        text(350.0, 60.0, 550.0),
        text(110.0, 75.0, 210.0),
        text(380.0, 75.0, 520.0),
        text(120.0, 90.0, 200.0),
        text(400.0, 90.0, 500.0),
    ];
    assert_eq!(read(&items), [[0, 2, 4], [1, 3, 5]]);
}
