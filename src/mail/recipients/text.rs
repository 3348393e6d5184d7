//! The text in the bytes of a list, in the encodings that Excel writes.

use std::borrow::Cow;

use super::{LARGEST_LIST, ListError, ListFinding};

/// How files begin that are no lists, with what they are. No list begins so.
const OTHER_FILES: [(&[u8], Option<&str>); 6] = [
    (b"%PDF-", Some("PDF")),
    (b"{\\rtf", Some("RTF")),
    (b"\x89PNG", Some("PNG")),
    (b"\xff\xd8\xff", Some("JPEG")),
    (b"BEGIN:VCARD", Some("vCard")),
    (b"\x1f\x8b", None),
];

/// How workbooks begin: those of today (also Word's), and those before 2007.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// The text of a list, with `\n` alone at the ends of lines.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ListFinding> {
    let whole = |error| ListFinding { line: 1, column: 1, error };
    if bytes.len() > LARGEST_LIST {
        return Err(whole(ListError::TooLarge { limit: LARGEST_LIST }));
    }
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
        return Err(whole(ListError::Workbook));
    }
    if let Some((_, kind)) = OTHER_FILES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(whole(ListError::NotAList(*kind)));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        // UTF-16 without its mark, or no text at all.
        _ if memchr::memchr(0, bytes).is_some() => return Err(whole(ListError::NotAList(None))),
        _ => utf8(bytes),
    }?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, ListFinding> {
    let valid = |at: usize| bytes.get(..at).and_then(|start| str::from_utf8(start).ok()).unwrap_or_default();
    str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let before = valid(error.valid_up_to()).replace("\r\n", "\n").replace('\r', "\n");
        let last = before.rsplit('\n').next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        ListFinding { line, column: last.chars().count() + 1, error: ListError::NotUtf8 }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, ListFinding> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(Cow::Owned(text)),
        _ => Err(ListFinding { line: 1, column: 1, error: ListError::NotAList(None) }),
    }
}
