//! Files as a whole: names of parts, properties, what is refused.

use super::sample::{NAMESPACES, Sample, archive, lines, paragraph};
use crate::import::document::{ImportError, Properties};
use crate::import::docx::read;

#[test]
fn the_main_part_may_have_any_name() {
    let bytes = Sample::new(&paragraph("Chào bạn đọc")).bytes_as("word/document2.xml");
    assert_eq!(read(&bytes).map(|document| lines(&document.blocks)), Ok(vec!["Chào bạn đọc".to_owned()]));
}

#[test]
fn properties_are_read() {
    let core = "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' \
                xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title> Bản tin số 4 </dc:title><dc:creator>Ban biên tập</dc:creator>\
                <cp:keywords/><dc:language>vi-VN</dc:language></cp:coreProperties>";
    let relationships = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
                         <Relationship Id='a' Type='x/officeDocument' Target='word/document.xml'/>\
                         <Relationship Id='b' Type='x/metadata/core-properties' Target='docProps/core.xml'/></Relationships>";
    let document = format!("<w:document {NAMESPACES}><w:body/></w:document>");
    let parts = [("_rels/.rels", relationships), ("word/document.xml", &document), ("docProps/core.xml", core)];
    let parts = parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let properties = Properties {
        title: Some("Bản tin số 4".to_owned()),
        author: Some("Ban biên tập".to_owned()),
        keywords: None,
        language: Some("vi-VN".to_owned()),
    };
    assert_eq!(read(&archive(&parts)).map(|document| document.properties), Ok(properties));
}

#[test]
fn other_packages_are_told_by_their_parts() {
    let error = |name: &str, text: &str| read(&archive(&[(name.to_owned(), text.as_bytes().to_vec())])).err();
    assert_eq!(error("xl/workbook.xml", "<workbook/>"), Some(ImportError::OtherFormat(Some("xlsx"))));
    assert_eq!(error("META-INF/manifest.xml", "<manifest/>"), Some(ImportError::OtherFormat(Some("odt"))));
    assert_eq!(error("anh.jpg", ""), Some(ImportError::OtherFormat(Some("zip"))));
    assert_eq!(
        error("word/document.xml", "<p:presentation xmlns:p='x'/>"),
        Some(ImportError::OtherFormat(Some("pptx")))
    );
}

#[test]
fn damaged_parts_of_looks_are_done_without_but_not_the_text() {
    let sample = Sample::new(&paragraph("Còn chữ"));
    let bytes = sample.part("s", "styles", "styles.xml", b"<w:styles".to_vec()).bytes();
    assert_eq!(read(&bytes).map(|document| lines(&document.blocks)), Ok(vec!["Còn chữ".to_owned()]));
    assert!(matches!(read(&Sample::new("<w:p>").bytes()), Err(ImportError::Damaged(_))));
}

#[test]
fn nesting_is_bounded_and_needs_no_large_stack() {
    let nested = |depth: usize| {
        let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
        let close = "</w:tc></w:tr></w:tbl>".repeat(depth);
        Sample::new(&format!("{open}{}{close}", paragraph("đáy"))).bytes()
    };
    assert!(read(&nested(64)).is_ok());
    assert_eq!(read(&nested(70)).err(), Some(ImportError::TooDeep));
    let boxes = |depth: usize| {
        let open = "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>".repeat(depth);
        let close = "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>".repeat(depth);
        Sample::new(&format!("{open}{}{close}", paragraph("đáy"))).bytes()
    };
    assert!(read(&boxes(32)).is_ok());
}

#[test]
fn what_little_text_stands_for_is_bounded() {
    let link = "<w:hyperlink r:id='l'><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:t>b</w:t></w:r>";
    let sample = Sample::new(&format!("<w:p>{}</w:p>", link.repeat(40_000)));
    let bytes = sample.address("l", "hyperlink", &format!("https://vidu.vn/{}", "x".repeat(1900))).bytes();
    assert_eq!(read(&bytes).err(), Some(ImportError::TooLarge));
}

#[test]
fn the_account_of_words_notices_what_is_missing() {
    let bytes = Sample::new(&(paragraph("Một hai ba") + &paragraph("bốn"))).bytes();
    let mut document = read(&bytes).expect("a document");
    document.blocks.pop();
    let account = super::conservation::account(&bytes, &document);
    assert_eq!((account.words, account.lost, account.lost_letters), (4, vec!["bốn".to_owned()], 3));
}
