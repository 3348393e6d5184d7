use super::*;
use crate::import::document::Block;
use crate::import::document::{
    Cell, Inline, LeftOut, ListItem, Look, Paragraph, Properties, Reason, Row, Span, Style, Table,
};

const TCVN3: &str = "C¸n bé mét cöa h\u{ad}íng dÉn ng\u{ad}êi d©n nép hå s¬ t¹i nhµ v¨n hãa th«n";
const VNI: &str = "Caùn boä moät cöûa höôùng daãn ngöôøi daân noäp hoà sô taïi nhaø vaên hoùa thoân";
const MEANT: &str = "Cán bộ một cửa hướng dẫn người dân nộp hồ sơ tại nhà văn hóa thôn";

fn span(text: &str, font: &str) -> Inline {
    let style = Style { font: (!font.is_empty()).then(|| font.into()), ..Style::default() };
    Inline::Text(Span { text: text.to_owned(), style, link: None })
}

fn paragraph(spans: &[(&str, &str)]) -> Block {
    let inlines = spans.iter().map(|(text, font)| span(text, font)).collect();
    Block::Paragraph(Paragraph { inlines, look: Look::default() })
}

fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

fn texts(document: &Document) -> Vec<String> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()),
        _ => None,
    });
    paragraphs.collect()
}

fn decoded(lines: &[&str]) -> Vec<String> {
    let mut document = document(lines.iter().map(|line| paragraph(&[(line, "")])).collect());
    to_unicode(&mut document);
    texts(&document)
}

/// That nothing is changed, or doubted.
fn assert_kept(lines: &[&str]) {
    let mut document = document(lines.iter().map(|line| paragraph(&[(line, "Times New Roman")])).collect());
    to_unicode(&mut document);
    assert_eq!(texts(&document), lines);
    assert_eq!(document.doubts, []);
}

#[test]
fn text_decides_and_not_the_name_of_the_font() {
    let lines = [(TCVN3, "Times New Roman"), (VNI, ".VnTime"), (MEANT, "VNI-Times"), (TCVN3, "VNI-Times")];
    let mut document = document(lines.iter().map(|line| paragraph(&[*line])).collect());
    to_unicode(&mut document);
    assert_eq!(texts(&document), [MEANT; 4]);
    let about: Vec<_> = document.doubts.iter().map(|doubt| doubt.about.as_str()).collect();
    assert_eq!(about, ["Cán bộ một cửa hướng dẫn người dân"]);
}

#[test]
fn words_are_decoded_wherever_spans_are_cut() {
    for length in 1..6 {
        let typed: Vec<char> = VNI.chars().collect();
        let spans: Vec<String> = typed.chunks(length).map(|part| part.iter().collect()).collect();
        let spans: Vec<(&str, &str)> = spans.iter().map(|text| (text.as_str(), "VNI-Times")).collect();
        let mut document = document(vec![paragraph(&spans)]);
        to_unicode(&mut document);
        assert_eq!(texts(&document), [MEANT], "{length}");
        let Block::Paragraph(paragraph) = &document.blocks[0] else { panic!("a paragraph") };
        assert_eq!(paragraph.inlines.len(), spans.len());
    }
}

#[test]
fn styles_links_and_notes_stay_where_they_were() {
    let raised = Style { raised: true, ..Style::default() };
    let inlines = vec![
        span("§iÖn tÝch 12 m", ""),
        Inline::Text(Span { text: "2".to_owned(), style: raised.clone(), link: None }),
        Inline::Note(0),
        Inline::Text(Span {
            text: " t¹i ®©y".to_owned(), style: Style::default(), link: Some("https://x.vn/".into())
        }),
    ];
    let mut document = document(vec![Block::Paragraph(Paragraph { inlines, look: Look::default() })]);
    document.notes.push(vec![paragraph(&[("Theo b¸o c¸o cña huyÖn", "")])]);
    to_unicode(&mut document);
    let Block::Paragraph(paragraph) = &document.blocks[0] else { panic!("a paragraph") };
    let expected = vec![
        span("Điện tích 12 m", ""),
        Inline::Text(Span { text: "2".to_owned(), style: raised, link: None }),
        Inline::Note(0),
        Inline::Text(Span {
            text: " tại đây".to_owned(), style: Style::default(), link: Some("https://x.vn/".into())
        }),
    ];
    assert_eq!(paragraph.inlines, expected);
    let Block::Paragraph(note) = &document.notes[0][0] else { panic!("a paragraph") };
    assert_eq!(note.text(), "Theo báo cáo của huyện");
}

#[test]
fn every_text_is_decoded() {
    let cell = Cell { blocks: vec![paragraph(&[("Sè l\u{ad}îng hå s¬", "")])], columns: 1, rows: 1 };
    let mut document = document(vec![
        paragraph(&[(TCVN3, ".VnTime")]),
        Block::Table(Table { rows: vec![Row { cells: vec![cell], is_header: true }] }),
    ]);
    if let Block::Paragraph(paragraph) = &mut document.blocks[0] {
        paragraph.look.list = Some(ListItem { level: 0, number: Some("®)".into()) });
    }
    document.left_out.push(LeftOut { text: "Th«ng tin c¶i c¸ch".into(), reason: Reason::RunningHead });
    document.properties = Properties { title: Some("B¶n tin néi bé".into()), ..Properties::default() };
    to_unicode(&mut document);
    let Block::Paragraph(paragraph) = &document.blocks[0] else { panic!("a paragraph") };
    assert_eq!(paragraph.look.list.as_ref().and_then(|item| item.number.as_deref()), Some("đ)"));
    let Block::Table(table) = &document.blocks[1] else { panic!("a table") };
    let Block::Paragraph(in_cell) = &table.rows[0].cells[0].blocks[0] else { panic!("a paragraph") };
    assert_eq!(in_cell.text(), "Số lượng hồ sơ");
    assert_eq!(document.left_out[0].text, "Thông tin cải cách");
    assert_eq!(document.properties.title.as_deref(), Some("Bản tin nội bộ"));
}

#[test]
fn fonts_of_capitals_print_capitals() {
    let mut document = document(vec![
        paragraph(&[("Tin trong tØnh", ".VnTimeH")]),
        paragraph(&[("§ång bµo vïng cao", "ABCDEF+.VnArialH,Bold"), (" dùng nhµ míi", ".VnTime")]),
        paragraph(&[("Tiếng Việt trong phông chữ cũ", ".VnTimeH")]),
        paragraph(&[("TµI CHÝNH, ho¹t ®éng", ".VnTime")]),
    ]);
    to_unicode(&mut document);
    let expected =
        ["TIN TRONG TỈNH", "ĐỒNG BÀO VÙNG CAO dựng nhà mới", "Tiếng Việt trong phông chữ cũ", "TÀI CHÍNH, hoạt động"];
    assert_eq!(texts(&document), expected);
}

#[test]
fn the_soft_hyphen_is_a_letter_a_dash_or_nothing() {
    assert_eq!(
        decoded(&[
            "Ng\u{ad}êi d©n gãp ý víi x· \u{ad}\u{ad}chÝnh quyÒn ph\u{ad}\u{ad}êng",
            "\u{ad}¬ng \u{ad}u tiªn nh\u{ad} t\u{ad} "
        ])[0],
        "Người dân góp ý với xã chính quyền phường"
    );
    assert_eq!(decoded(&["§\u{ad}îc \u{ad}u tiªn nh\u{ad} n\u{ad}íc"]), ["Được ưu tiên như nước"]);
    assert_eq!(decoded(&["hành\u{ad} chính, th\u{ad}ông\u{200b} tin\u{feff}"]), ["hành chính, thông tin"]);
}

#[test]
fn distiller_gave_two_letters_the_names_of_operators() {
    assert_eq!(
        decoded(&["Nh− vËy, x∙ ®∙ c¶i tiÕn ph−¬ng thøc − b−íc ®Çu"]),
        ["Như vậy, xã đã cải tiến phương thức − bước đầu"]
    );
    assert_kept(&["Hiệu a−b và tích a∙b, ở x−1 hay n∙m, đều là số"]);
}

#[test]
fn control_characters_are_those_of_windows() {
    assert_eq!(decoded(&["Gọi là \u{93}một cửa\u{94} \u{96} rất gọn\u{85}"]), ["Gọi là “một cửa” – rất gọn…"]);
}

#[test]
fn marks_of_one_letter_are_put_together_across_spans() {
    let mut document = document(vec![paragraph(&[("Tie\u{302}", ""), ("\u{301}ng Vi\u{ea}\u{323}t", "")])]);
    to_unicode(&mut document);
    let Block::Paragraph(paragraph) = &document.blocks[0] else { panic!("a paragraph") };
    assert_eq!(paragraph.inlines, [span("Tiế", ""), span("ng Việt", "")]);
}

#[test]
fn other_languages_and_signs_are_kept() {
    assert_kept(&[
        "Đoàn có ông José Muñoz, bà Françoise Lefèvre, Jürgen Müller, Björn Þórðarson và Søren",
        "Où est la gare ? Elle était là, à côté de l'hôtel « Bé », près du théâtre",
        "El niño comió una piña; mañana irá a la montaña con su compañía",
        "Það er gott að búa á Íslandi, sagði Þóra við bróður sinn",
        "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ Ă Â Đ Ê Ô Ơ Ư",
        "À Á Â Ã È É Ê Ì Í Ò Ó Ô Õ Ù Ú Ý ì í ò ó ô õ ù ú ý",
        "¡ ¢ £ ¤ ¥ ¦ § ¨ © ª « ¬ ® ¯ ° ± ² ³ ´ µ ¶ · ¸ ¹ º » ¼ ½ ¾ ¿ × ÷",
        "12 × 34, 5 µm, 10 m² và 20 m³, x¹ + y², ±5°C, §5, © 2026, Windows® 11, 1½ giờ",
        "Xem tại https://vi-du.vn/muc?a=b&c=é hoặc gửi thư cho to@vi-du.vn",
    ]);
    for alone in ["José", "Bø", "Þór", "où", "tô", "là", "hoà", "bà là cô", "Lô Hô"] {
        assert_kept(&[alone]);
    }
}

#[test]
fn a_d_of_iceland_is_left_to_the_check() {
    assert_kept(&["Ðảng bộ và Ðoàn thanh niên, Ðà Nẵng"]);
}

#[test]
fn foreign_names_in_other_fonts_stay() {
    let mut document = document(vec![
        paragraph(&[(TCVN3, "Times New Roman")]),
        paragraph(&[("Thµnh phè QuÐbec vµ ", ".VnTime"), ("Québec", "Arial"), (" kÕt nghÜa", ".VnTime")]),
    ]);
    to_unicode(&mut document);
    assert_eq!(texts(&document)[1], "Thành phố Québec và Québec kết nghĩa");
}

#[test]
fn what_could_be_either_is_doubted() {
    let mut lines = vec![paragraph(&[("Cán bộ hướng dẫn người dân nộp hồ sơ", "Arial")]); 21];
    lines[10] = paragraph(&[("ho¹t", "Arial")]);
    let mut document = document(lines);
    to_unicode(&mut document);
    assert_eq!(texts(&document)[10], "ho¹t");
    assert_eq!(document.doubts, [Doubt { kind: DoubtKind::Encoding, about: "ho¹t".into() }]);
}

#[test]
fn an_empty_document_is_none() {
    let mut document = Document::default();
    to_unicode(&mut document);
    assert_eq!(document, Document::default());
}
