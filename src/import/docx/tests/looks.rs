//! How things look, and what they are by their styles.

use super::sample::{NAMESPACES, Sample, paragraphs, run, styled};
use crate::import::document::{Alignment, Document, Inline, Paragraph, Role, Style};

fn sample(body: &str, styles: &str) -> Document {
    Sample::new(body).xml("s", "styles", "w:styles", styles).read()
}

fn style(id: &str, rest: &str) -> String {
    format!("<w:style w:type='paragraph' w:styleId='{id}'>{rest}</w:style>")
}

/// The look of the first span.
fn span(paragraph: &Paragraph) -> &Style {
    let span = paragraph.inlines.iter().find_map(|inline| match inline {
        Inline::Text(span) => Some(&span.style),
        _ => None,
    });
    span.expect("text")
}

#[test]
fn sizes_and_fonts_come_down_the_chain_of_styles() {
    let styles = [
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi' w:ascii='Arial'/><w:sz w:val='22'/>\
         </w:rPr></w:rPrDefault></w:docDefaults>"
            .to_owned(),
        "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:pPr><w:jc w:val='both'/></w:pPr></w:style>"
            .to_owned(),
        style("Bai", "<w:basedOn w:val='Normal'/><w:rPr><w:sz w:val='28'/><w:b/></w:rPr>"),
        style(
            "Sapo",
            "<w:basedOn w:val='Bai'/><w:pPr><w:ind w:left='720' w:hanging='360'/></w:pPr><w:rPr><w:i/></w:rPr>",
        ),
    ];
    let theme = "<a:themeElements><a:fontScheme><a:minorFont><a:latin typeface='Cambria'/></a:minorFont></a:fontScheme></a:themeElements>";
    let body = [styled("Sapo", "dẫn"), styled("KhongCo", "chữ")].concat();
    let document =
        Sample::new(&body).xml("t", "theme", "a:theme", theme).xml("s", "styles", "w:styles", &styles.concat()).read();
    let [lead, text] = paragraphs(&document)[..] else { panic!("two paragraphs") };
    assert_eq!((lead.look.alignment, lead.look.indent, lead.look.first_line), (Alignment::Justify, 36.0, -18.0));
    let lead = span(lead);
    assert_eq!((lead.size, lead.bold, lead.italic, lead.font.as_deref()), (14.0, true, true, Some("Cambria")));
    let text = span(text);
    assert_eq!((text.size, text.bold, text.font.as_deref()), (11.0, false, Some("Cambria")));
}

#[test]
fn a_style_turns_over_what_another_turned_on() {
    let styles = [
        style("Dam", "<w:rPr><w:b/><w:caps/></w:rPr>"),
        "<w:style w:type='character' w:styleId='Manh'><w:rPr><w:b/></w:rPr></w:style>".to_owned(),
    ];
    let of = |properties: &str| {
        let run = run("chữ").replace("<w:r>", &format!("<w:r><w:rPr>{properties}</w:rPr>"));
        let body = format!("<w:p><w:pPr><w:pStyle w:val='Dam'/></w:pPr>{run}</w:p>");
        let document = sample(&body, &styles.concat());
        let style = span(paragraphs(&document)[0]).clone();
        (style.bold, style.capitals)
    };
    assert_eq!(of(""), (true, true));
    assert_eq!(of("<w:rStyle w:val='Manh'/>"), (false, true));
    assert_eq!(of("<w:rStyle w:val='Manh'/><w:b/><w:caps w:val='0'/>"), (true, false));
}

#[test]
fn marks_of_runs_are_read() {
    let of = |properties: &str| {
        let document = Sample::new(&format!("<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>chữ</w:t></w:r></w:p>")).read();
        span(paragraphs(&document)[0]).clone()
    };
    assert!(of("<w:u w:val='single'/>").underlined && !of("<w:u w:val='none'/>").underlined);
    assert!(of("<w:vertAlign w:val='superscript'/>").raised && of("<w:vertAlign w:val='subscript'/>").lowered);
    // What it was before a tracked change.
    assert!(!of("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>").bold);
}

#[test]
fn headings_and_roles_are_told_by_style() {
    let named = |id: &str, name: &str, rest: &str| style(id, &format!("<w:name w:val='{name}'/>{rest}"));
    let cases = [
        (named("a", "heading 2", ""), Some(2), None),
        (named("a", "Tiêu đề 1", ""), Some(1), None),
        (named("a", "Überschrift 3", ""), Some(3), None),
        (named("a", "heading 1,Chương", ""), Some(1), None),
        (named("a", "Mục lớn", "<w:pPr><w:outlineLvl w:val='3'/></w:pPr>"), Some(4), None),
        (named("a", "heading 1", "<w:pPr><w:outlineLvl w:val='9'/></w:pPr>"), None, None),
        (named("a", "Title", ""), None, Some(Role::Title)),
        (named("a", "Tiêu đề", ""), None, Some(Role::Title)),
        (named("a", "Subtitle", ""), None, Some(Role::Subtitle)),
        (named("a", "caption", ""), None, Some(Role::Caption)),
        (named("a", "Intense Quote", ""), None, Some(Role::Quote)),
        (named("a", "toc 2", ""), None, Some(Role::Contents)),
        (named("a", "TOC Heading", "<w:basedOn w:val='b'/>") + &named("b", "heading 1", ""), None, None),
        (named("a", "Ảnh", "<w:basedOn w:val='b'/>") + &named("b", "caption", ""), None, Some(Role::Caption)),
        (named("a", "Thân bài", ""), None, None),
        // Based on each other in a circle.
        (
            named("a", "A", "<w:basedOn w:val='b'/>") + &named("b", "Title", "<w:basedOn w:val='a'/>"),
            None,
            Some(Role::Title),
        ),
    ];
    for (styles, level, role) in cases {
        let document = sample(&styled("a", "Cải cách"), &styles);
        let look = &paragraphs(&document)[0].look;
        assert_eq!((look.level, look.role), (level, role), "{styles}");
    }
}

#[test]
fn a_paragraph_may_be_a_heading_by_itself() {
    let body = format!("<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>{}</w:p>", run("Tin vắn"));
    assert_eq!(paragraphs(&Sample::new(&body).read())[0].look.level, Some(2));
    // Without styles the identifier says what it is.
    assert_eq!(paragraphs(&Sample::new(&styled("Heading3", "Tin vắn")).read())[0].look.level, Some(3));
}

#[test]
fn styles_of_tables_reach_their_text() {
    let styles =
        "<w:style w:type='table' w:styleId='Bang'><w:pPr><w:jc w:val='center'/></w:pPr><w:rPr><w:b/></w:rPr></w:style>";
    let body = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val='Bang'/></w:tblPr><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        run("Chỉ tiêu")
    );
    let document = sample(&body, styles);
    let crate::import::document::Block::Table(table) = &document.blocks[0] else { panic!("a table") };
    let crate::import::document::Block::Paragraph(paragraph) = &table.rows[0].cells[0].blocks[0] else {
        panic!("text")
    };
    assert!(span(paragraph).bold);
    assert_eq!(paragraph.look.alignment, Alignment::Centre);
}

#[test]
fn an_empty_paragraph_with_a_border_is_a_rule() {
    let border = "<w:pPr><w:pBdr><w:bottom w:val='single'/></w:pBdr></w:pPr>";
    let body = format!("<w:p>{border}</w:p><w:p>{border}{}</w:p>", run("chữ"));
    assert_eq!(super::sample::lines(&Sample::new(&body).read().blocks), ["===", "chữ"]);
}

#[test]
fn a_drop_cap_belongs_to_its_word() {
    let body = "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr><w:r><w:rPr><w:sz w:val='100'/></w:rPr><w:t>N</w:t></w:r></w:p>\
         <w:p><w:r><w:rPr><w:sz w:val='28'/></w:rPr><w:t>gày hội</w:t></w:r></w:p>";
    let document = Sample::new(body).read();
    assert_eq!(super::sample::lines(&document.blocks), ["Ngày hội"]);
    assert_eq!(span(paragraphs(&document)[0]).size, 14.0);
}

#[test]
fn the_strict_form_of_the_standard_is_the_same() {
    let strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    assert_ne!(strict, NAMESPACES);
    let document =
        format!("<w:document {strict}><w:body>{}</w:body></w:document>", super::sample::paragraph("Thông tư"));
    let parts = [("word/document.xml".to_owned(), document.into_bytes())];
    let document = crate::import::docx::read(&super::sample::archive(&parts)).expect("a document");
    assert_eq!(super::sample::lines(&document.blocks), ["Thông tư"]);
}
