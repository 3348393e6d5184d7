//! What a file is that is called .doc: Word opens much under this name, and LibreOffice opens anything at all as text.

use super::OfficeError;

/// What the container of Word's files starts with, and what still older files do.
const WORD: [&[u8]; 4] = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], b"\xDB\xA5", b"\x9B\xA5", b"\x31\xBE"];
/// How Word saves web pages under the name of .doc.
const WEB: [&[u8]; 4] = [b"<html", b"<!doctype html", b"<?xml", b"mime-version:"];

/// The extension that a file should have, for LibreOffice to open it.
pub(super) fn extension(bytes: &[u8]) -> Result<&'static str, OfficeError> {
    if is_encrypted(bytes) {
        return Err(OfficeError::Encrypted);
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let is_web = |sign: &&[u8]| start.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
    if WORD.iter().any(|signature| bytes.starts_with(signature)) {
        Ok("doc")
    } else if start.starts_with(b"{\\rtf") {
        Ok("rtf")
    } else if WEB.iter().any(is_web) {
        Ok("doc")
    } else {
        Err(OfficeError::OtherFormat)
    }
}

/// Whether the head of the text says that it is locked. It stands at the start of a sector.
fn is_encrypted(bytes: &[u8]) -> bool {
    const SECTOR: usize = 512;
    const HEAD: &[u8] = &[0xEC, 0xA5];
    /// Where its flags are, and the one of them.
    const FLAGS: usize = 11;
    const ENCRYPTED: u8 = 1;
    let mut sectors = bytes.chunks(SECTOR).skip(1);
    let is_container = WORD.first().is_some_and(|signature| bytes.starts_with(signature));
    let head = sectors.find(|sector| sector.starts_with(HEAD)).filter(|_| is_container);
    head.and_then(|head| head.get(FLAGS)).is_some_and(|flags| flags & ENCRYPTED != 0)
}

#[cfg(test)]
mod tests {
    use super::{OfficeError, WORD, extension};

    /// A container whose third sector is the head of a text.
    fn doc(flags: u8) -> Vec<u8> {
        let mut bytes = WORD[0].to_vec();
        bytes.resize(1024, 0);
        bytes.extend([0xEC, 0xA5, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, flags]);
        bytes.resize(2048, 0);
        bytes
    }

    #[test]
    fn what_word_opens_as_doc_is_known() {
        for (bytes, expected) in [
            (doc(0), "doc"),
            (b"{\\rtf1 a}".to_vec(), "rtf"),
            (b"\xEF\xBB\xBF <HTML><p>".to_vec(), "doc"),
            (b"MIME-Version: 1.0".to_vec(), "doc"),
        ] {
            assert_eq!(extension(&bytes), Ok(expected));
        }
        for bytes in [&b""[..], b"PK\x03\x04", b"Chu thuong", b"\x00\x01\x02"] {
            assert_eq!(extension(bytes), Err(OfficeError::OtherFormat));
        }
    }

    #[test]
    fn a_locked_text_is_told_by_its_head() {
        assert_eq!(extension(&doc(0x02)), Ok("doc"));
        assert_eq!(extension(&doc(0x03)), Err(OfficeError::Encrypted));
    }
}
