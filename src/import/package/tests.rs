use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{MAX_PARTS, Package};
use crate::import::document::ImportError;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("a part");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn error(bytes: &[u8]) -> Option<ImportError> {
    Package::open(bytes).err()
}

/// An OLE container as far as we look: its signature, and the names of its streams at multiples of 128.
fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = super::OLE.to_vec();
    bytes.resize(1024, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

#[test]
fn parts_are_found_whatever_their_case_and_slashes() {
    let bytes = archive(&[("word\\Document.xml", b"<a/>"), ("media/anh.jpg", b"JPEG")]);
    let package = Package::open(&bytes).expect("an archive");
    assert_eq!(package.part("/word/document.xml"), Ok(Some(b"<a/>".to_vec())));
    assert_eq!(package.part("media/ANH.jpg"), Ok(Some(b"JPEG".to_vec())));
    assert_eq!(package.part("media/khac.jpg"), Ok(None));
    assert!(package.has("media/anh.jpg") && !package.has("media"));
    assert_eq!(package.names().collect::<Vec<_>>(), ["word\\Document.xml", "media/anh.jpg"]);
}

#[test]
fn what_is_unpacked_is_bounded_in_all() {
    let bytes = archive(&[("a", &[0; 600]), ("b", &[0; 600])]);
    let package = Package::open_within(&bytes, 1000).expect("an archive");
    assert_eq!(package.part("a").map(|part| part.map(|bytes| bytes.len())), Ok(Some(600)));
    assert_eq!(package.part("b"), Err(ImportError::TooLarge));
}

#[test]
fn a_part_that_unpacks_to_more_than_is_read_is_refused() {
    let bytes = archive(&[("a", &vec![0; 129 << 20])]);
    assert!(bytes.len() < 1 << 20);
    let package = Package::open(&bytes).expect("an archive");
    assert_eq!(package.part("a"), Err(ImportError::TooLarge));
}

#[test]
fn too_many_parts_are_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..=MAX_PARTS {
        writer.start_file(number.to_string(), SimpleFileOptions::default()).expect("a part");
    }
    let bytes = writer.finish().expect("an archive").into_inner();
    assert_eq!(error(&bytes), Some(ImportError::TooLarge));
}

#[test]
fn a_locked_part_is_said_to_be_locked() {
    let mut bytes = archive(&[("a", b"text")]);
    // Bit 0 of the flags, in the head of the part and in the directory.
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    let package = Package::open(&bytes).expect("an archive");
    assert_eq!(package.part("a"), Err(ImportError::Encrypted));
}

#[test]
fn an_archive_that_is_cut_or_changed_is_damaged() {
    let bytes = archive(&[("a", b"What stands here is long enough to be cut, and to be changed.")]);
    for length in (2..bytes.len()).step_by(7) {
        assert!(matches!(error(&bytes[..length]), Some(ImportError::Damaged(_))), "{length}");
    }
    let mut changed = bytes.clone();
    changed[40] ^= 0xFF;
    let package = Package::open(&changed).expect("the directory is whole");
    assert!(matches!(package.part("a"), Err(ImportError::Damaged(_))));
}

#[test]
fn other_formats_are_named() {
    for (bytes, format) in [
        (b"%PDF-1.7".to_vec(), Some("pdf")),
        (b"{\\rtf1\\ansi".to_vec(), Some("rtf")),
        (b"\xEF\xBB\xBF <!DOCTYPE html><p>".to_vec(), Some("html")),
        (b"<?xml version=\"1.0\"?>".to_vec(), Some("xml")),
        ("Thông báo".as_bytes().to_vec(), None),
        (ole("WordDocument"), Some("doc")),
        (ole("Workbook"), Some("xls")),
        (ole("PowerPoint Document"), Some("ppt")),
        (ole("Khac"), None),
    ] {
        assert_eq!(error(&bytes), Some(ImportError::OtherFormat(format)));
    }
    assert_eq!(error(&ole("EncryptedPackage")), Some(ImportError::Encrypted));
    assert!(matches!(error(b""), Some(ImportError::Damaged(_))));
}
