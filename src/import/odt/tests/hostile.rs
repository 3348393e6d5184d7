//! Files that are made to be trouble.

use std::time::{Duration, Instant};

use super::{archive, content, flat, paragraphs, read, text};
use crate::import::document::{DoubtKind, ImportError};

#[test]
fn locked_files_and_other_formats_are_told() {
    let manifest = br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let media = |kind: &'static str| ("mimetype", kind.as_bytes());
    let locked = archive(&[
        media("application/vnd.oasis.opendocument.text"),
        ("content.xml", b"\x01\x02"),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert_eq!(read(&locked), Err(ImportError::Encrypted));
    let other = |format| Err(ImportError::OtherFormat(Some(format)));
    assert_eq!(read(&archive(&[media("application/vnd.oasis.opendocument.spreadsheet")])), other("ods"));
    assert_eq!(read(&archive(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")])), other("docx"));
    assert_eq!(read(&archive(&[("a.txt", b"a")])), other("zip"));
    assert_eq!(read(b"<?xml version='1.0'?><svg/>"), other("xml"));
    assert_eq!(read("Thông báo".as_bytes()), Err(ImportError::OtherFormat(None)));
}

#[test]
fn files_that_are_cut_or_wrong_are_damaged() {
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", &content("<text:p>a</text:p>")),
    ]);
    assert!(read(&bytes).is_ok());
    for length in (10..bytes.len()).step_by(11) {
        assert!(read(&bytes[..length]).is_err(), "{length}");
    }
    let flat = flat("", "", "<text:p>a</text:p>");
    assert!(matches!(read(&flat[..flat.len() - 4]), Err(ImportError::Damaged(_))));
}

#[test]
fn deep_nesting_is_refused_and_what_may_be_deep_is_read() {
    let nested = |tag: &str, depth: usize| {
        let (start, end) = (format!("<{tag}>"), format!("</{tag}>"));
        format!("<text:p>{}sâu{}</text:p>", start.repeat(depth), end.repeat(depth))
    };
    assert_eq!(paragraphs(&text(&nested("text:span", 100)).blocks)[0].text(), "sâu");
    assert_eq!(read(&flat("", "", &nested("text:span", 100_000))), Err(ImportError::TooDeep));
}

#[test]
fn styles_in_a_circle_and_without_end_are_cut() {
    let style = |name: usize, parent: usize| {
        format!(
            "<style:style style:name=\"s{name}\" style:family=\"paragraph\" style:parent-style-name=\"s{parent}\"/>"
        )
    };
    let styles: String = (0..2000).map(|name| style(name, (name + 1) % 2000)).collect();
    let started = Instant::now();
    let bytes = flat(&styles, "", "<text:p text:style-name=\"s0\">a</text:p>");
    assert_eq!(read(&bytes).map(|document| document.blocks.len()), Ok(1));
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_is_said_to_be_repeated_is_bounded() {
    let row = "<table:table-row table:number-rows-repeated=\"1000000000\"><table:table-cell table:number-columns-repeated=\"1000000000\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let document = text(&format!(
        "<table:table>{}</table:table><text:p><text:s text:c=\"4000000000\"/>a</text:p>",
        row.repeat(20)
    ));
    assert!(document.doubts.iter().any(|doubt| doubt.kind == DoubtKind::Table));
    assert!(paragraphs(&document.blocks)[0].text().len() <= 101);
}

#[test]
fn a_long_address_is_not_copied_without_end() {
    let pieces = "<text:span text:style-name=\"b\">a</text:span><text:span>b</text:span>".repeat(20_000);
    let bold = r#"<style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>"#;
    let link = format!("<text:p><text:a xlink:href=\"https://{}\">{pieces}</text:a></text:p>", "x".repeat(100_000));
    assert_eq!(read(&flat("", bold, &link)), Err(ImportError::TooLarge));
}
