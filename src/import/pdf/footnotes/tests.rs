use super::{begins, ends_in_unit, is_mark, settle};
use crate::import::document::{Block, Inline, Paragraph, Span, Style};

fn span(text: &str, size: f32, raised: bool) -> Inline {
    Inline::Text(Span { text: text.to_owned(), style: Style { size, raised, ..Style::default() }, link: None })
}

fn block(inlines: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { inlines, ..Paragraph::default() })
}

#[test]
fn marks_of_notes() {
    assert!(is_mark("1") && is_mark("(2)") && is_mark("*"));
    assert!(!is_mark("2022") && !is_mark("xã") && !is_mark(""));
    assert!(ends_in_unit("rộng 120 m") && !ends_in_unit("ký số"));
    assert!(begins("1Do xã lập.", "1") && !begins("12 xã", "1"));
}

#[test]
fn two_notes_in_the_order_of_their_marks() {
    let mut blocks = vec![
        block(vec![span("Chữ ký số", 12.0, false), span("1", 7.0, true), span(" và sân rộng 50 m", 12.0, false)]),
        block(vec![span("Giấy hẹn", 12.0, false), span("2 ", 7.0, true), span("được in sẵn.", 12.0, false)]),
        block(vec![span("1", 6.0, true), span("Do tỉnh cấp.", 9.0, false)]),
        block(vec![span("2 Theo mẫu chung.", 9.0, false)]),
    ];
    let mut notes = Vec::new();
    settle(&mut blocks, &mut notes);
    assert_eq!((blocks.len(), notes.len()), (2, 2));
    let Block::Paragraph(second) = &blocks[1] else { panic!("no text") };
    assert_eq!(second.inlines[1], Inline::Note(1));
    assert_eq!(second.text(), "Giấy hẹn được in sẵn.");
    let Block::Paragraph(note) = &notes[1][0] else { panic!("no note") };
    assert_eq!(note.text(), "Theo mẫu chung.");
}

#[test]
fn small_text_without_a_mark_stays() {
    let mut blocks = vec![
        block(vec![span("Một đoạn văn bình thường của bản tin.", 12.0, false)]),
        block(vec![span("1 là số nhỏ.", 9.0, false)]),
    ];
    let mut notes = Vec::new();
    settle(&mut blocks, &mut notes);
    assert_eq!((blocks.len(), notes.len()), (2, 0));
}
