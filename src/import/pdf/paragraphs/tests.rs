use super::super::flow::{Element, SetLine};
use super::super::glyphs::{Area, Page, Placed};
use super::super::lines::Line;
use super::super::measure::Measure;
use super::super::spans::Text;
use super::{Piece, mark, paragraphs};
use crate::import::document::{Span, Style};

const MEASURE: Measure = Measure { left: 50.0, right: 250.0, leading: 15.0, size: 10.0 };

/// A line of a column; the first word has no width here, so that only its full measure keeps a line from being short.
fn line(column: usize, row: usize, x0: f32, x1: f32, text: &str) -> Element {
    let y = 100.0 + row as f32 * 15.0;
    let line = Line { fragments: Vec::new(), area: Area { x0, y0: y - 8.0, x1, y1: y + 2.0 }, y, size: 10.0 };
    let spans = vec![Span { text: text.to_owned(), style: Style::default(), link: None }];
    let stand = MEASURE.alone(&line);
    let text = Text { spans, ends_with_space: false };
    Element::Line(SetLine { page: 0, column, measure: MEASURE, stand, line, text })
}

fn texts(elements: Vec<Element>) -> Vec<String> {
    let pages = [Page::default()];
    paragraphs(&pages, elements)
        .iter()
        .map(|piece| match piece {
            Piece::Lines(lines) => lines.iter().map(|line| line.text.plain()).collect::<Vec<_>>().join(" "),
            Piece::Picture { .. } => "[picture]".to_owned(),
            Piece::Table { .. } => "[table]".to_owned(),
        })
        .collect()
}

#[test]
fn an_indent_begins_a_paragraph() {
    let lines = vec![
        line(0, 0, 70.0, 250.0, "Sáng sớm,"),
        line(0, 1, 50.0, 250.0, "bà con đến."),
        line(0, 2, 70.0, 250.0, "Trưa đến,"),
        line(0, 3, 50.0, 120.0, "ai nấy về."),
    ];
    assert_eq!(texts(lines), ["Sáng sớm, bà con đến.", "Trưa đến, ai nấy về."]);
}

#[test]
fn a_short_line_ends_one() {
    let lines = vec![line(0, 0, 50.0, 150.0, "Hết."), line(0, 1, 50.0, 250.0, "Sang đoạn")];
    assert_eq!(texts(lines), ["Hết.", "Sang đoạn"]);
}

#[test]
fn an_evened_title_goes_on_in_small_letters() {
    let lines = vec![line(0, 0, 50.0, 200.0, "Ba việc của"), line(0, 1, 50.0, 190.0, "một tổ công tác")];
    assert_eq!(texts(lines), ["Ba việc của một tổ công tác"]);
}

#[test]
fn more_room_divides() {
    let lines = vec![line(0, 0, 50.0, 250.0, "Một"), line(0, 2, 50.0, 250.0, "Hai")];
    assert_eq!(texts(lines), ["Một", "Hai"]);
}

#[test]
fn a_photo_interrupts_a_paragraph_and_does_not_end_it() {
    let placed =
        Placed { picture: 0, area: Area::default(), whole: Area::default(), mcid: None, artifact: false, after: 0 };
    let lines = vec![
        line(0, 0, 50.0, 250.0, "Tổ một cửa"),
        line(0, 1, 50.0, 250.0, "mở sớm nên"),
        Element::Picture { page: 0, placed },
        line(1, 0, 50.0, 250.0, "ai cũng vui."),
    ];
    assert_eq!(texts(lines), ["Tổ một cửa mở sớm nên ai cũng vui.", "[picture]"]);
}

#[test]
fn entries_of_contents_stay_apart() {
    let lines =
        vec![line(0, 0, 50.0, 250.0, "Tin trong tỉnh........ 2"), line(0, 1, 50.0, 250.0, "Tin ngoài tỉnh....... 3")];
    assert_eq!(texts(lines).len(), 2);
}

#[test]
fn marks_of_lists() {
    let kinds: Vec<Option<char>> =
        ["- Một việc", "1. Hai việc", "a) Ba việc", "Một việc", "2022 là năm"].into_iter().map(mark).collect();
    assert_eq!(kinds, [Some('-'), Some('1'), Some('a'), None, None]);
}
