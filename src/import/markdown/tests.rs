use std::time::{Duration, Instant};

use super::read;
use crate::import::document::*;

fn none(_: &str) -> Option<Vec<u8>> {
    None
}

fn one_picture(path: &str) -> Option<Vec<u8>> {
    (path == "anh/cho.jpg").then(|| b"\xFF\xD8\xFF\xE0".to_vec())
}

fn text(text: &str) -> Document {
    read(text.as_bytes(), &one_picture).expect("a text")
}

/// One line for each block: its level, role and number, and its words with their look.
fn shape(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(line).collect()
}

fn line(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => {
            let look = &paragraph.look;
            let level = look.level.map(|level| format!("h{level} ")).unwrap_or_default();
            let role = look.role.map(|role| format!("{role:?} ")).unwrap_or_default();
            let item = look.list.as_ref();
            let item = item.map(|item| format!("{}{} ", item.level, item.number.as_deref().unwrap_or("*")));
            format!(
                "{level}{role}{}{}",
                item.unwrap_or_default(),
                paragraph.inlines.iter().map(inline).collect::<String>()
            )
        }
        Block::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                let cells: Vec<_> = row.cells.iter().map(|cell| shape(&cell.blocks).concat()).collect();
                format!("{}{}", if row.is_header { "#" } else { "" }, cells.join("|"))
            });
            rows.collect::<Vec<_>>().join("/")
        }
        Block::PageBreak => "<page>".to_owned(),
        Block::Rule => "<rule>".to_owned(),
    }
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(span) => {
            let style = &span.style;
            let signs = [
                (style.bold, 'b'),
                (style.italic, 'i'),
                (style.underlined, 'u'),
                (style.raised, '^'),
                (style.lowered, '_'),
            ];
            let signs: String = signs.iter().filter(|(is_on, _)| *is_on).map(|(_, sign)| *sign).collect();
            let link = span.link.as_ref().map(|link| format!("({link})")).unwrap_or_default();
            if signs.is_empty() { format!("{}{link}", span.text) } else { format!("{{{signs} {}{link}}}", span.text) }
        }
        Inline::Break => "<br>".to_owned(),
        Inline::Note(place) => format!("<note {place}>"),
        Inline::Picture(place) => format!("<picture {place}>"),
    }
}

fn left_out(document: &Document) -> Vec<(&str, Reason)> {
    document.left_out.iter().map(|left| (left.text.as_str(), left.reason)).collect()
}

#[test]
fn paragraphs_headings_and_emphasis() {
    let document = text(
        "Tít\n===\n\n### Mục ###\n\nMột **hai *ba*** ~~bốn~~\nnăm  \nsáu\\\nbảy `tám`\n\n***\n\n<https://a.vn> [b](c.md) <x@a.vn>",
    );
    let expected = [
        "h1 Tít",
        "h3 Mục",
        "Một {b hai }{bi ba} bốn năm<br>sáu<br>bảy tám",
        "<rule>",
        "https://a.vn(https://a.vn) b x@a.vn(mailto:x@a.vn)",
    ];
    assert_eq!(shape(&document.blocks), expected);
}

#[test]
fn lists_and_quotes_within_one_another() {
    let document = text("3) ba\n   - con\n\n   tiếp\n4) bốn\n\n> trích\n> > sâu\n\n- \n- cuối");
    let expected = ["03) ba", "1* con", "tiếp", "04) bốn", "Quote trích", "Quote sâu", "0* ", "0* cuối"];
    assert_eq!(shape(&document.blocks), expected);
}

#[test]
fn notes_stand_in_the_order_of_their_references() {
    let document = text("a[^2] b[^1] c[^x]\n\n[^1]: một\n[^2]: hai\n\n    nữa\n[^3]: không ai nhắc\n");
    assert_eq!(shape(&document.blocks), ["a<note 0> b<note 1> c[^x]"]);
    let notes: Vec<_> = document.notes.iter().map(|note| shape(note).join("/")).collect();
    assert_eq!(notes, ["hai/nữa", "một", "không ai nhắc"]);
}

#[test]
fn tables_have_headers_and_sides() {
    let document = text("| A | B |\n|---|--:|\n| 1 | **2** |\n");
    assert_eq!(shape(&document.blocks), ["#A|B/1|{b 2}"]);
    let Block::Table(table) = &document.blocks[0] else { panic!("a table") };
    let Block::Paragraph(right) = &table.rows[1].cells[1].blocks[0] else { panic!("a paragraph") };
    assert_eq!(right.look.alignment, Alignment::End);
}

#[test]
fn code_is_text() {
    let document = text("    Đoạn thụt đầu dòng.\n    Dòng hai.\n\n    Đoạn sau.\n\n```text\na < b\n```\n");
    assert_eq!(shape(&document.blocks), ["Đoạn thụt đầu dòng.<br>Dòng hai.", "Đoạn sau.", "a < b"]);
    assert_eq!(left_out(&document), [("text", Reason::Comment)]);
}

#[test]
fn html_keeps_its_words() {
    let document = text(
        "H<sub>2</sub>O <u>gạch</u><br>xuống <họ tên> <b>đậm\n\nthường\n\n<div align=\"center\">\n<h2>Giữa</h2><p>một\n hai&nbsp;ba</p><!-- nhớ sửa --></div>\n",
    );
    let expected = ["H{_ 2}O {u gạch}<br>xuống <họ tên> {b đậm}", "thường", "h2 Giữa", "một hai\u{A0}ba"];
    assert_eq!(shape(&document.blocks), expected);
    assert_eq!(left_out(&document), [("nhớ sửa", Reason::Comment)]);
    let Block::Paragraph(centred) = &document.blocks[3] else { panic!("a paragraph") };
    assert_eq!(centred.look.alignment, Alignment::Centre);
}

#[test]
fn pictures_beside_the_source_are_read_and_others_are_told() {
    let document = text(
        "![Người dân đi chợ](anh/cho.jpg \"Ảnh: Lan\")\n\n![](./anh/../anh/cho.jpg)\n\nchữ ![nút](anh/cho.jpg) chữ\n\n\
         ![Ảnh đã mất rồi](https://a.vn/b.jpg)\n\n![](../cho.jpg)\n\n<img src=\"anh/cho.jpg\" alt=\"x\">\n",
    );
    let expected = [
        "<picture 0>",
        "Caption Người dân đi chợ",
        "Caption Ảnh: Lan",
        "<picture 1>",
        "chữ <picture 2> chữ",
        "Caption Ảnh đã mất rồi",
        "<picture 3>",
    ];
    assert_eq!(shape(&document.blocks), expected);
    let descriptions: Vec<_> = document.pictures.iter().map(|picture| picture.description.as_deref()).collect();
    assert_eq!(descriptions, [None, None, Some("nút"), Some("x")]);
    let doubts: Vec<_> = document.doubts.iter().map(|doubt| (&doubt.kind, doubt.about.as_str())).collect();
    assert_eq!(doubts, [(&DoubtKind::PictureMissing, "Ảnh đã mất rồi"), (&DoubtKind::PictureMissing, "../cho.jpg")]);
}

#[test]
fn front_matter_becomes_paragraphs_and_properties() {
    let yaml = "---\ntitle: Chợ phiên\nlead: Đông vui.\nauthor: Lan\nsource: bao.example\ntags: [chợ, tết]\ndate: 2026\n---\nThân.\n";
    let toml = "+++\ntitle = \"Chợ phiên\"\nlead = \"Đông vui.\"\nauthor = \"Lan\"\nsource = \"bao.example\"\ntags = [\"chợ\", \"tết\"]\ndate = 2026\n+++\nThân.\n";
    for source in [yaml, toml] {
        let document = text(source);
        let expected = ["Title {b Chợ phiên}", "{b Đông vui.}", "Thân.", "{b Lan}", "{i Nguồn: bao.example}"];
        assert_eq!(shape(&document.blocks), expected);
        let some = |text: &str| Some(text.to_owned());
        let properties =
            Properties {
                title: some("Chợ phiên"), author: some("Lan"), keywords: some("chợ, tết"), language: None
            };
        assert_eq!(document.properties, properties);
        assert_eq!(left_out(&document), [("date: 2026", Reason::Comment)]);
    }
}

#[test]
fn a_title_does_not_come_twice_and_what_is_no_front_matter_is_text() {
    let document = text("---\ntitle: Chợ phiên\n---\n# Chợ  phiên\n");
    assert_eq!(shape(&document.blocks), ["h1 Chợ  phiên"]);
    assert_eq!(left_out(&document), [("Chợ phiên", Reason::Repeated)]);
    assert_eq!(shape(&text("---\nMột câu.\n\n---\nhai\n").blocks), ["<rule>", "Một câu.", "<rule>", "hai"]);
    assert_eq!(shape(&text("+++\nkhông phải\n+++\n").blocks), ["+++ không phải +++"]);
}

#[test]
fn text_in_utf_16_is_read_and_other_bytes_are_told() {
    for (mark, unit) in [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)] {
        let bytes = [mark.to_vec(), "# Chợ nổi".encode_utf16().flat_map(unit).collect()].concat();
        assert_eq!(read(&bytes, &none).map(|document| shape(&document.blocks)), Ok(vec!["h1 Chợ nổi".to_owned()]));
    }
    let document = read(b"\xEF\xBB\xBFCh\xFF", &none).expect("a text");
    assert_eq!((shape(&document.blocks), &document.doubts[0].kind), (vec!["Ch\u{FFFD}".to_owned()], &DoubtKind::Signs));
    assert_eq!(read(b"%PDF-1.7", &none), Err(ImportError::OtherFormat(Some("pdf"))));
    assert_eq!(read(b"a\0b", &none), Err(ImportError::OtherFormat(None)));
}

#[test]
fn hostile_text_ends_soon() {
    let many = |text: &str| text.repeat(100_000);
    let link = format!("[{}](https://a.vn/{})", "a*b*".repeat(50_000), "x".repeat(5000));
    for source in [
        many("> "),
        many("- "),
        many("["),
        many("*a "),
        many("<div>"),
        many("<b"),
        many("<!--"),
        many("&"),
        many("![a]("),
        many("|"),
        many("a\n"),
        many("[^a]"),
        many("`` ` "),
        format!("---\n{}", many("a: [\n")),
        link,
    ] {
        let started = Instant::now();
        let result = read(source.as_bytes(), &none);
        assert!(started.elapsed() < Duration::from_secs(10), "{}", source.get(..10).unwrap_or_default());
        assert!(result.is_ok() || matches!(result, Err(ImportError::TooDeep | ImportError::TooLarge)));
    }
}
