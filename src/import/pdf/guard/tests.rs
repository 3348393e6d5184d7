use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::check;
use crate::import::document::ImportError;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn file(filters: &str, body: &[u8]) -> Vec<u8> {
    let mut file = format!("%PDF-1.7\n1 0 obj <</Filter{filters}>> stream\n").into_bytes();
    file.extend(body);
    file.extend(b"\nendstream endobj");
    file
}

#[test]
fn a_stream_that_grows_beyond_measure() {
    let zeros = packed(&vec![0; 210_000_000]);
    assert_eq!(check(&file("/FlateDecode", &zeros)), Err(ImportError::TooLarge));
    let twice = packed(&zeros);
    assert_eq!(check(&file("[/FlateDecode /FlateDecode]", &twice)), Err(ImportError::TooLarge));
}

#[test]
fn a_stream_of_usual_size() {
    assert_eq!(check(&file("/FlateDecode", &packed(&vec![7; 1_000_000]))), Ok(()));
}

#[test]
fn another_format() {
    assert_eq!(check(b"{\\rtf1 text"), Err(ImportError::OtherFormat(Some("rtf"))));
    assert_eq!(check(b"plain text"), Err(ImportError::OtherFormat(None)));
}
