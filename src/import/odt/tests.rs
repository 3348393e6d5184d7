mod hostile;
mod lists;

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::import::document::*;

const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:math="http://www.w3.org/1998/Math/MathML""#;

/// A flat file: styles that have a name, styles of single paragraphs, and the text.
fn flat(common: &str, automatic: &str, text: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><office:document {NAMESPACES} office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:styles>{common}</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>\
         <office:body><office:text>{text}</office:text></office:body></office:document>"
    )
    .into_bytes()
}

fn styled(common: &str, automatic: &str, text: &str) -> Document {
    read(&flat(common, automatic, text)).expect("a text")
}

fn text(text: &str) -> Document {
    styled("", "", text)
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn content(text: &str) -> Vec<u8> {
    format!("<office:document-content {NAMESPACES}><office:body><office:text>{text}</office:text></office:body></office:document-content>")
        .into_bytes()
}

fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    let paragraphs = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    paragraphs.collect()
}

/// Paragraphs by their words, others by their kind.
fn shape(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text(),
            Block::Table(_) => "<table>".to_owned(),
            Block::PageBreak => "<page>".to_owned(),
            Block::Rule => "<rule>".to_owned(),
        })
        .collect()
}

fn left_out(document: &Document) -> Vec<(&str, Reason)> {
    document.left_out.iter().map(|left| (left.text.as_str(), left.reason)).collect()
}

fn doubts(document: &Document) -> Vec<(DoubtKind, &str)> {
    document.doubts.iter().map(|doubt| (doubt.kind.clone(), doubt.about.as_str())).collect()
}

#[test]
fn white_space_is_one_space_but_for_what_stands_for_more() {
    let document = text(
        "<text:p>\n  Chợ <text:span> phiên</text:span>\n<text:s text:c=\"2\"/> đông<text:tab/>vui <text:line-break/> lắm \n</text:p>",
    );
    let paragraph = paragraphs(&document.blocks)[0];
    assert_eq!(paragraph.text(), "Chợ phiên    đông\tvui   lắm");
    assert!(paragraph.inlines.contains(&Inline::Break));
}

#[test]
fn the_look_of_letters_comes_from_all_styles_they_are_based_on() {
    let common = r#"<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt" style:font-name="F"/></style:default-style>
        <style:style style:name="Base" style:family="paragraph"><style:text-properties fo:font-size="150%" fo:font-weight="bold"/></style:style>
        <style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="normal" fo:font-style="italic" fo:text-transform="uppercase"/></style:style>"#;
    let automatic = r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Base"><style:paragraph-properties fo:text-align="center" fo:margin-left="1in" fo:text-indent="-0.5in"/></style:style>
        <style:style style:name="T1" style:family="text" style:parent-style-name="Strong"><style:text-properties fo:font-size="50%" style:text-position="super 58%" style:text-underline-style="solid"/></style:style>"#;
    let document = styled(
        common,
        automatic,
        r#"<text:p text:style-name="P1">Đậm <text:span text:style-name="T1">nghiêng</text:span></text:p>"#,
    );
    let paragraph = paragraphs(&document.blocks)[0];
    let look = Look { alignment: Alignment::Centre, indent: 72.0, first_line: -36.0, ..Look::default() };
    assert_eq!(paragraph.look, look);
    let bold = Style { size: 18.0, bold: true, font: Some("F".into()), ..Style::default() };
    let italic =
        Style { size: 9.0, bold: false, italic: true, capitals: true, raised: true, underlined: true, ..bold.clone() };
    let spans = [("Đậm ", bold), ("nghiêng", italic)];
    let spans = spans.map(|(text, style)| Inline::Text(Span { text: text.to_owned(), style, link: None }));
    assert_eq!(paragraph.inlines, spans);
}

#[test]
fn fonts_are_called_by_the_name_of_their_family() {
    let bytes = format!(
        "<office:document {NAMESPACES}><office:font-face-decls><style:font-face style:name=\"A1\" svg:font-family=\"'.VnTime', Times\"/>\
         </office:font-face-decls><office:automatic-styles><style:style style:name=\"P\" style:family=\"paragraph\">\
         <style:text-properties style:font-name=\"A1\"/></style:style></office:automatic-styles>\
         <office:body><office:text><text:p text:style-name=\"P\">Ch\u{AD}</text:p></office:text></office:body></office:document>"
    );
    let document = read(bytes.as_bytes()).expect("a text");
    let [Inline::Text(span)] = &paragraphs(&document.blocks)[0].inlines[..] else { panic!("one span") };
    assert_eq!((span.text.as_str(), span.style.font.as_deref()), ("Ch\u{AD}", Some(".VnTime")));
}

#[test]
fn names_of_styles_and_outline_levels_say_what_a_paragraph_is() {
    let style =
        |name: &str, rest: &str| format!("<style:style style:name=\"{name}\" style:family=\"paragraph\" {rest}/>");
    let common = [
        style("Heading", ""),
        style("Title", "style:parent-style-name=\"Heading\""),
        style("Heading_20_2", "style:display-name=\"Heading 2\""),
        style("Quotations", ""),
        style("P9", "style:parent-style-name=\"Quotations\""),
        style("Chapter", "style:default-outline-level=\"3\""),
    ]
    .concat();
    let text = ["Title", "Heading_20_2", "P9", "Chapter", "Standard"]
        .map(|name| format!("<text:p text:style-name=\"{name}\">a</text:p>"))
        .concat();
    let document = styled(&common, "", &(text + "<text:h text:outline-level=\"4\">b</text:h>"));
    let found: Vec<_> = paragraphs(&document.blocks).iter().map(|p| (p.look.level, p.look.role)).collect();
    let expected = [
        (None, Some(Role::Title)),
        (Some(2), None),
        (None, Some(Role::Quote)),
        (Some(3), None),
        (None, None),
        (Some(4), None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn pages_break_before_and_after_paragraphs_but_not_where_the_text_begins() {
    let automatic = r#"<style:style style:name="M" style:family="paragraph" style:master-page-name="Standard"/>
        <style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
        <style:style style:name="A" style:family="paragraph"><style:paragraph-properties fo:break-after="page"/></style:style>
        <style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:border-bottom="1pt solid #000"/></style:style>"#;
    let document = styled(
        "",
        automatic,
        r#"<text:p text:style-name="M">một</text:p><text:p text:style-name="H"/><text:p>h<text:soft-page-break/>ai</text:p>
        <text:p text:style-name="M">ba</text:p><text:p text:style-name="A">bốn</text:p><text:p text:style-name="B">năm</text:p>
        <text:p text:style-name="A">sáu</text:p>"#,
    );
    assert_eq!(shape(&document.blocks), ["một", "<rule>", "hai", "<page>", "ba", "bốn", "<page>", "năm", "sáu"]);
}

#[test]
fn notes_stand_in_the_order_of_their_references() {
    let note = |words: &str| {
        format!(
            "<text:note><text:note-citation>9</text:note-citation><text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
        )
    };
    let document = text(&format!("<text:p>a{}b{}</text:p>", note("một"), note("hai")));
    assert_eq!(document.notes.iter().map(|note| shape(note).concat()).collect::<Vec<_>>(), ["một", "hai"]);
    let paragraph = paragraphs(&document.blocks)[0];
    assert_eq!(paragraph.text(), "ab");
    assert_eq!((&paragraph.inlines[1], &paragraph.inlines[3]), (&Inline::Note(0), &Inline::Note(1)));
}

#[test]
fn links_that_lead_out_are_kept() {
    let document = text(
        r##"<text:p><text:a xlink:href="https://a.example.vn/">ra</text:a> <text:a xlink:href="#muc">trong</text:a></text:p>"##,
    );
    let links: Vec<_> = paragraphs(&document.blocks)[0]
        .inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(span) => (span.text.as_str(), span.link.as_deref()),
            _ => ("", None),
        })
        .collect();
    assert_eq!(links, [("ra", Some("https://a.example.vn/")), (" trong", None)]);
}

#[test]
fn what_is_not_shown_is_left_out_by_name() {
    let automatic =
        r#"<style:style style:name="T" style:family="text"><style:text-properties text:display="none"/></style:style>"#;
    let document = styled(
        "",
        automatic,
        r#"<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>X</dc:creator></office:change-info>
        <text:p>đã xóa</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p>Còn<text:change/> <office:annotation><dc:creator>X</dc:creator><text:p>sửa lại</text:p></office:annotation><text:span text:style-name="T">ẩn</text:span>lại</text:p>
        <text:section text:display="none"><text:p>mục ẩn</text:p></text:section>
        <text:p>a<text:hidden-text text:string-value="giấu" text:is-hidden="true"/></text:p>
        <text:p>cả đoạn<text:hidden-paragraph text:is-hidden="true"/></text:p>"#,
    );
    assert_eq!(shape(&document.blocks), ["Còn lại", "a"]);
    let expected = [
        ("đã xóa", Reason::Deleted),
        ("sửa lại", Reason::Comment),
        ("ẩn", Reason::Deleted),
        ("mục ẩn", Reason::Deleted),
        ("giấu", Reason::Deleted),
        ("cả đoạn", Reason::Deleted),
    ];
    assert_eq!(left_out(&document), expected);
}

#[test]
fn fields_and_what_is_not_known_keep_their_text() {
    let document = text(
        r#"<text:p>Trang <text:page-number>3</text:page-number>, <text:sequence>Hình 1</text:sequence> <text:meta-field>x</text:meta-field>
        <other:thing xmlns:other="urn:x">lạ</other:thing> <text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>Hán</text:ruby-text></text:ruby></text:p>
        <other:block xmlns:other="urn:x"><text:p>khối lạ</text:p>rời</other:block>"#,
    );
    assert_eq!(shape(&document.blocks), ["Trang 3, Hình 1 x lạ 漢 (Hán)", "khối lạ", "rời"]);
}

#[test]
fn lines_of_indexes_are_contents_and_their_templates_are_nothing() {
    let document = text(
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Mẫu</text:index-title-template></text:table-of-content-source>\
         <text:index-body><text:index-title><text:p>Mục lục</text:p></text:index-title><text:p>Tin<text:tab/>2</text:p></text:index-body></text:table-of-content>",
    );
    assert_eq!(shape(&document.blocks), ["Mục lục", "Tin\t2"]);
    assert!(paragraphs(&document.blocks).iter().all(|paragraph| paragraph.look.role == Some(Role::Contents)));
}

#[test]
fn tables_have_spans_headers_and_other_tables() {
    let cell =
        |rest: &str, words: &str| format!("<table:table-cell {rest}><text:p>{words}</text:p></table:table-cell>");
    let covered = "<table:covered-table-cell><text:p>lấp</text:p></table:covered-table-cell>";
    let document = text(&format!(
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>{}{covered}</table:table-row></table:table-header-rows>\
         <table:table-row>{}{}</table:table-row></table:table>",
        cell("table:number-columns-spanned=\"2\"", "đầu"),
        cell("table:number-columns-repeated=\"2\"", "x"),
        cell("table:number-rows-spanned=\"99999999999\"", "y"),
    ));
    let [Block::Table(table)] = &document.blocks[..] else { panic!("a table") };
    let rows: Vec<(bool, Vec<(String, usize)>)> = table
        .rows
        .iter()
        .map(|row| (row.is_header, row.cells.iter().map(|cell| (shape(&cell.blocks).concat(), cell.columns)).collect()))
        .collect();
    let cells = |words: &[(&str, usize)]| words.iter().map(|(word, columns)| ((*word).to_owned(), *columns)).collect();
    assert_eq!(rows, [(true, cells(&[("đầu", 2)])), (false, cells(&[("x", 1), ("x", 1), ("y", 1)]))]);
    assert_eq!(left_out(&document), [("lấp", Reason::Deleted)]);
    assert_eq!(doubts(&document), [(DoubtKind::Table, "đầu")]);
}

#[test]
fn text_in_boxes_follows_its_paragraph_and_is_doubted_where_other_text_is() {
    let frame = |anchor: &str, words: &str| {
        format!(
            "<draw:frame text:anchor-type=\"{anchor}\"><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>"
        )
    };
    let document = text(&format!(
        "<text:p>{}Thân bài</text:p><text:p>{}</text:p><text:p><draw:custom-shape draw:name=\"Hình\"/>\
         <draw:g><draw:rect><text:p>trong hình</text:p></draw:rect><draw:line/></draw:g></text:p>{}",
        frame("paragraph", "bên lề"),
        frame("as-char", "một mình"),
        frame("page", "trên trang"),
    ));
    assert_eq!(shape(&document.blocks), ["Thân bài", "bên lề", "một mình", "trong hình", "trên trang"]);
    let expected = [
        (DoubtKind::TextBox, "bên lề"),
        (DoubtKind::Object("drawing".to_owned()), "Hình"),
        (DoubtKind::TextBox, "trong hình"),
        (DoubtKind::TextBox, "trên trang"),
    ];
    assert_eq!(doubts(&document), expected);
}

/// A PNG of 400 × 200 pixels, as far as its head goes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x90\0\0\0\xc8\x08\x02\0\0\0\0\0\0\0\0\0\0\0IDAT\0\0\0\0";

#[test]
fn pictures_come_out_with_their_crop_and_description() {
    let styles = r#"<style:style style:name="fr1" style:family="graphic"><style:graphic-properties fo:clip="rect(15pt, 75pt, 0pt, 30pt)"/></style:style>"#;
    let body = content(
        r#"<text:p><draw:frame draw:style-name="fr1" svg:width="2in" svg:height="1in"><draw:image xlink:href="Pictures/vector.emf"/>
        <draw:image xlink:href="./Pictures/anh%20cho.png"/><svg:title>Chợ</svg:title><svg:desc>Chợ nổi</svg:desc></draw:frame>
        <draw:frame draw:name="Mất"><draw:image xlink:href="../ngoai.png"/></draw:frame>
        <draw:frame draw:name="Vẽ"><draw:image xlink:href="Pictures/vector.emf"/></draw:frame></text:p>"#,
    );
    let body = String::from_utf8_lossy(&body)
        .replace("<office:body>", &format!("<office:automatic-styles>{styles}</office:automatic-styles><office:body>"));
    let mut emf = vec![1, 0, 0, 0];
    emf.resize(40, 0);
    emf.extend(b" EMF");
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", body.as_bytes()),
        ("Pictures/anh cho.png", PNG),
        ("Pictures/vector.emf", &emf),
    ]);
    let document = read(&bytes).expect("a text");
    let [png, drawn] = &document.pictures[..] else { panic!("{:?}", document.pictures) };
    assert_eq!((&*png.bytes, png.extension, png.width, png.height), (PNG, "png", 144.0, 72.0));
    assert_eq!(png.crop, Some(Part { left: 0.1, top: 0.1, right: 0.75, bottom: 1.0 }));
    assert_eq!(png.description.as_deref(), Some("Chợ: Chợ nổi"));
    assert_eq!((drawn.extension, drawn.crop), ("emf", None));
    let expected = [(DoubtKind::PictureMissing, "../ngoai.png"), (DoubtKind::PictureFormat("EMF".to_owned()), "Vẽ")];
    assert_eq!(doubts(&document), expected);
    assert_eq!(paragraphs(&document.blocks)[0].inlines[..1], [Inline::Picture(0)]);
}

#[test]
fn pictures_of_flat_files_stand_in_them() {
    let document = text(
        "<text:p><draw:frame><draw:image><office:binary-data>R0lG\nODlhYQ==</office:binary-data></draw:image></draw:frame></text:p>",
    );
    assert_eq!((document.pictures[0].extension, &*document.pictures[0].bytes), ("gif", &b"GIF89aa"[..]));
}

#[test]
fn formulas_keep_their_letters_and_charts_are_named() {
    let chart = format!(
        "<office:document-content {NAMESPACES} xmlns:chart=\"urn:oasis:names:tc:opendocument:xmlns:chart:1.0\"><office:body><office:chart>\
         <chart:chart><chart:title><text:p>Số hồ sơ</text:p></chart:title></chart:chart></office:chart></office:body></office:document-content>"
    );
    let body = content(
        r#"<text:p>với <draw:frame><draw:object><math:math><math:mi>a</math:mi><math:mo>=</math:mo><math:mn>1</math:mn><math:annotation>a=1</math:annotation></math:math></draw:object></draw:frame>thì</text:p>
        <text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>"#,
    );
    let bytes = archive(&[("content.xml", &body), ("Object 1/content.xml", chart.as_bytes())]);
    let document = read(&bytes).expect("a text");
    assert_eq!(shape(&document.blocks), ["với a = 1 thì", ""]);
    let expected = [(DoubtKind::Formula, "a = 1"), (DoubtKind::Object("chart".to_owned()), "Số hồ sơ")];
    assert_eq!(doubts(&document), expected);
}

#[test]
fn heads_and_feet_are_left_out_once_each() {
    let styles = format!(
        "<office:document-styles {NAMESPACES}><office:master-styles><style:master-page><style:header><text:p>Bản tin tháng</text:p></style:header>\
         <style:footer><text:p>Trang <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>\
         <style:master-page><style:header><text:p>Bản tin tháng</text:p></style:header><style:footer style:display=\"false\"><text:p>cũ</text:p></style:footer>\
         </style:master-page></office:master-styles></office:document-styles>"
    );
    let document =
        read(&archive(&[("content.xml", &content("<text:p>a</text:p>")), ("styles.xml", styles.as_bytes())]));
    let document = document.expect("a text");
    let expected = [("Bản tin tháng", Reason::RunningHead), ("Trang 1", Reason::Folio), ("cũ", Reason::Deleted)];
    assert_eq!(left_out(&document), expected);
}

#[test]
fn a_file_says_who_wrote_it() {
    let meta = format!(
        "<office:document-meta {NAMESPACES}><office:meta><dc:title>Bản tin</dc:title><meta:initial-creator>Lan</meta:initial-creator>\
         <dc:creator>Máy</dc:creator><meta:keyword>một</meta:keyword><meta:keyword>hai</meta:keyword><dc:language>vi-VN</dc:language></office:meta></office:document-meta>"
    );
    let bytes = archive(&[("content.xml", &content("")), ("meta.xml", meta.as_bytes())]);
    let some = |text: &str| Some(text.to_owned());
    let expected =
        Properties {
            title: some("Bản tin"), author: some("Lan"), keywords: some("một, hai"), language: some("vi-VN")
        };
    assert_eq!(read(&bytes).expect("a text").properties, expected);
}
