use super::read;
use super::testing::File;
use crate::import::document::{Alignment, Block, Document, DoubtKind, ImportError, Inline, Reason, Role};

fn texts(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text()),
            _ => None,
        })
        .collect()
}

fn document(file: &File) -> Document {
    match read(&file.bytes()) {
        Ok(document) => document,
        Err(error) => panic!("{error:?}"),
    }
}

// Lines of 40 letters, 200 points wide at 10 points.
const LEFT: [&str; 4] = [
    "   Sáng nay bà con đến quầy từ rất sớm.x",
    "Cán bộ trực quầy pha sẵn ấm trà nóng, vì",
    "trời đã trở lạnh và nhiều người đi bộ từ",
    "ấp xa lên xã. Ai cũng vui vẻ chờ đến số.",
];
const RIGHT: [&str; 3] =
    ["của mình, không ai phải đứng lâu hay hỏi", "đi hỏi lại nhiều lần như trước đây nữa,x", "kể cả người già."];

fn two_columns() -> File {
    let mut file = File::new();
    file.bold(150.0, 60.0, 20.0, "Quầy một cửa mở sớm hơn mọi");
    file.lines(50.0, 120.0, 10.0, &LEFT);
    file.lines(310.0, 120.0, 10.0, &RIGHT);
    file
}

#[test]
fn columns_are_read_one_after_another_and_a_paragraph_goes_on() {
    let document = document(&two_columns());
    let texts = texts(&document);
    assert_eq!(texts.len(), 2, "{texts:#?}");
    assert_eq!(texts[0], "Quầy một cửa mở sớm hơn mọi");
    assert!(texts[1].starts_with("Sáng nay bà con") && texts[1].ends_with("kể cả người già."), "{}", texts[1]);
    assert!(texts[1].contains("chờ đến số. của mình"), "{}", texts[1]);
}

#[test]
fn the_look_is_told() {
    let document = document(&two_columns());
    let Some(Block::Paragraph(title)) = document.blocks.first() else { panic!("no title") };
    assert_eq!(title.look.alignment, Alignment::Centre);
    let Some(Inline::Text(span)) = title.inlines.first() else { panic!("no text") };
    assert!(span.style.bold && span.style.size == 20.0);
    assert_eq!(span.style.font.as_deref(), Some("Sample-Bold"));
    let Some(Block::Paragraph(body)) = document.blocks.get(1) else { panic!("no text") };
    assert_eq!(body.look.first_line, 15.0);
}

#[test]
fn running_heads_and_folios_are_left_out_once() {
    let mut file = File::new();
    for page in 1..=4 {
        if page > 1 {
            file.page();
        }
        file.text(50.0, 30.0, 8.0, "Bản tin Quê Mới");
        file.text(50.0, 200.0, 10.0, &format!("Chuyện thứ {page} kể về một người đi chợ sớm."));
        file.text(290.0, 780.0, 8.0, &format!("- {page} -"));
    }
    let document = document(&file);
    assert_eq!(texts(&document).len(), 4);
    let of = |reason: Reason| document.left_out.iter().filter(|left| left.reason == reason).count();
    assert_eq!((of(Reason::RunningHead), of(Reason::Folio)), (1, 4));
    assert_eq!(document.blocks.iter().filter(|block| **block == Block::PageBreak).count(), 3);
}

#[test]
fn letters_of_another_font_find_their_gaps() {
    let mut file = File::new();
    // "Tổ một cửa": the marked letters come last, each in its gap.
    file.text(50.0, 100.0, 10.0, "T")
        .text(60.0, 100.0, 10.0, " ")
        .text(65.0, 100.0, 10.0, "m")
        .text(75.0, 100.0, 10.0, "t c");
    file.text(95.0, 100.0, 10.0, "a").bold(55.0, 100.0, 10.0, "ổ").bold(70.0, 100.0, 10.0, "ộ");
    file.bold(90.0, 100.0, 10.0, "ử");
    assert_eq!(texts(&document(&file)), ["Tổ một cửa"]);
}

#[test]
fn spaces_come_from_gaps_and_not_from_runs() {
    let mut file = File::new();
    file.text(50.0, 100.0, 10.0, "hai").text(65.0, 100.0, 10.0, "mươi").text(88.0, 100.0, 10.0, "người");
    assert_eq!(texts(&document(&file)), ["haimươi người"]);
}

#[test]
fn a_table_with_rules() {
    let mut file = File::new();
    file.text(50.0, 60.0, 10.0, "Số hồ sơ nhận trong tháng của ba xã.");
    for y in [100.0, 120.0, 140.0] {
        file.rule(50.0, y, 350.0, y);
    }
    for x in [50.0, 200.0, 350.0] {
        file.rule(x, 100.0, x, 140.0);
    }
    file.text(55.0, 114.0, 10.0, "Xã").text(205.0, 114.0, 10.0, "Số hồ sơ");
    file.text(55.0, 134.0, 10.0, "Mỹ Thuận").text(205.0, 134.0, 10.0, "214");
    let document = document(&file);
    let Some(Block::Table(table)) = document.blocks.get(1) else { panic!("{:#?}", document.blocks) };
    let cells: Vec<String> = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| match cell.blocks.first() {
            Some(Block::Paragraph(paragraph)) => paragraph.text(),
            _ => String::new(),
        })
        .collect();
    assert_eq!(cells, ["Xã", "Số hồ sơ", "Mỹ Thuận", "214"]);
}

#[test]
fn a_footnote_goes_to_its_mark() {
    let mut file = File::new();
    file.text(50.0, 100.0, 12.0, "Tổ công nghệ số");
    file.text(140.0, 96.0, 7.0, "1").text(144.0, 100.0, 12.0, " đi từng nhà giúp bà con nộp hồ sơ.");
    file.text(50.0, 700.0, 5.0, "1").text(53.0, 703.0, 8.0, "Do đoàn xã lập ra.");
    let document = document(&file);
    assert_eq!(document.notes.len(), 1, "{:#?}", document.blocks);
    assert_eq!(texts(&document), ["Tổ công nghệ số đi từng nhà giúp bà con nộp hồ sơ."]);
    let Some(Block::Paragraph(note)) = document.notes[0].first() else { panic!("no note") };
    assert_eq!(note.text(), "Do đoàn xã lập ra.");
}

#[test]
fn a_structure_tree_is_believed() {
    let mut file = File::new();
    // The second paragraph is drawn first, and the folio is decoration.
    file.raw("/P <</MCID 1>> BDC").text(50.0, 120.0, 10.0, "Đoạn thứ hai.").raw("EMC");
    file.raw("/H1 <</MCID 0>> BDC").text(50.0, 60.0, 10.0, "Đầu đề").raw("EMC");
    file.raw("/Artifact BMC").text(50.0, 780.0, 10.0, "12").raw("EMC");
    file.catalogue = "/StructTreeRoot 200 0 R/Lang(vi-VN)".to_owned();
    file.object(200, "<</Type/StructTreeRoot/K[201 0 R 202 0 R]/RoleMap<</Dau/H1/Chu#20thich/Caption>>>>");
    file.object(201, "<</S/Dau/P 200 0 R/Pg 10 0 R/K 0>>");
    file.object(202, "<</S/Chu#20thich/P 200 0 R/Pg 10 0 R/K[<</Type/MCR/MCID 1>>]>>");
    let document = document(&file);
    assert_eq!(texts(&document), ["Đầu đề", "Đoạn thứ hai."]);
    let looks: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some((paragraph.look.level, paragraph.look.role)),
            _ => None,
        })
        .collect();
    assert_eq!(looks, [(Some(1), None), (None, Some(Role::Caption))]);
    assert_eq!(document.left_out.len(), 1);
    assert_eq!(document.properties.language.as_deref(), Some("vi-VN"));
}

#[test]
fn what_the_tree_forgets_follows_with_a_doubt() {
    let mut file = File::new();
    let long = "Đoạn văn này khá dài để phần còn thiếu chỉ là một mẩu nhỏ của trang, không đáng kể gì.";
    file.raw("/P <</MCID 0>> BDC").text(50.0, 60.0, 6.0, long).raw("EMC");
    file.text(50.0, 300.0, 10.0, "Sót lại");
    file.catalogue = "/StructTreeRoot 200 0 R".to_owned();
    file.object(200, "<</Type/StructTreeRoot/K 201 0 R>>").object(201, "<</S/P/Pg 10 0 R/K 0>>");
    let document = document(&file);
    assert_eq!(texts(&document), [long, "Sót lại"]);
    assert!(document.doubts.iter().any(|doubt| doubt.kind == DoubtKind::Order));
}

#[test]
fn the_text_that_a_file_gives_replaces_its_glyphs() {
    let mut file = File::new();
    file.raw("/Span <</ActualText <FEFF00E20301>>> BDC").text(50.0, 60.0, 10.0, "??").raw("EMC");
    file.text(60.0, 60.0, 10.0, "m");
    assert_eq!(texts(&document(&file)), ["\u{E2}\u{301}m"]);
}

#[test]
fn links_lie_on_their_words() {
    let mut file = File::new();
    file.text(50.0, 100.0, 10.0, "Xem trang web này");
    file.entry("/Annots[<</Type/Annot/Subtype/Link/Rect[70 695 120 712]/A<</S/URI/URI(https://quemoi.example)>>>>]");
    let document = document(&file);
    let Some(Block::Paragraph(paragraph)) = document.blocks.first() else { panic!("no text") };
    let links: Vec<(&str, Option<&str>)> = paragraph
        .inlines
        .iter()
        .filter_map(|inline| match inline {
            Inline::Text(span) => Some((span.text.as_str(), span.link.as_deref())),
            _ => None,
        })
        .collect();
    assert_eq!(links, [("Xem ", None), ("trang web ", Some("https://quemoi.example")), ("này", None)]);
}

/// A picture of one red pixel is enough for a viewer, but no JPEG of our own making: its bytes are passed on unread.
#[test]
fn a_jpeg_is_passed_on_byte_for_byte() {
    let mut file = File::new();
    file.text(50.0, 60.0, 10.0, "Ảnh chụp quầy một cửa:");
    file.raw("q 200 0 0 100 50 500 cm /Im1 Do Q");
    let jpeg = b"\xFF\xD8\xFF\xE0 any bytes at all \xFF\xD9";
    file.stream(
        100,
        "/Type/XObject/Subtype/Image/Width 150/Height 100/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
        jpeg,
    );
    let document = document(&file);
    assert_eq!(document.pictures.len(), 1);
    assert_eq!((&*document.pictures[0].bytes, document.pictures[0].extension), (jpeg.as_slice(), "jpg"));
    assert_eq!((document.pictures[0].width, document.pictures[0].height), (200.0, 100.0));
}

#[test]
fn other_pictures_become_png_and_clips_become_crops() {
    let mut file = File::new();
    file.text(50.0, 60.0, 10.0, "Một ô màu:");
    file.raw("q 50 500 100 100 re W n 200 0 0 100 50 500 cm /Im1 Do Q");
    file.stream(
        100,
        "/Type/XObject/Subtype/Image/Width 2/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8",
        &[255, 0, 0, 0, 0, 255],
    );
    let document = document(&file);
    let [picture] = document.pictures.as_slice() else { panic!("{:?}", document.pictures) };
    assert!(picture.bytes.starts_with(&[0x89, b'P', b'N', b'G']) && picture.extension == "png");
    let crop = picture.crop.map(|part| (part.left, part.right));
    assert_eq!(crop, Some((0.0, 0.5)));
}

#[test]
fn files_that_cannot_be_read() {
    assert_eq!(read(b"PK\x03\x04 a package"), Err(ImportError::OtherFormat(Some("zip"))));
    assert!(matches!(read(b"%PDF-1.7\nnothing else"), Err(ImportError::Damaged(_))));
    assert_eq!(read(&File::new().bytes()), Err(ImportError::NoText));
}

#[test]
fn cut_files_end_in_an_answer() {
    let bytes = two_columns().bytes();
    for length in (20..bytes.len()).step_by(97) {
        let _ = read(&bytes[..length]);
    }
}
