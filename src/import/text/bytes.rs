//! Which characters the bytes of a text file are.

use super::super::document::ImportError;
use super::super::encoding::windows_1252;
use crate::vietnamese::{Encoding, Syllable, decode};

/// The first bytes of files that are no text, and what they are.
const OTHERS: [(&[u8], &str); 10] = [
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!\x1a", "rar"),
];

/// Where Windows-1258, the code page of Vietnam, differs from Windows-1252.
const WINDOWS_1258: [(u8, char); 14] = [
    (0x8a, '\u{8a}'),
    (0x8e, '\u{8e}'),
    (0xc3, 'Ă'),
    (0xcc, '\u{300}'),
    (0xd0, 'Đ'),
    (0xd2, '\u{309}'),
    (0xd5, 'Ơ'),
    (0xdd, 'Ư'),
    (0xde, '\u{303}'),
    (0xe3, 'ă'),
    (0xec, '\u{301}'),
    (0xf0, 'đ'),
    (0xf2, '\u{323}'),
    (0xf5, 'ơ'),
];
const WINDOWS_1258_LAST: [(u8, char); 2] = [(0xfd, 'ư'), (0xfe, '₫')];

/// A text, and whether some bytes of it are no characters.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) is_damaged: bool,
}

/// Reads UTF-8, UTF-16, and the code pages of one byte; text in TCVN3 and VNI comes out as Latin-1.
pub(super) fn decoded(bytes: &[u8]) -> Result<Decoded, ImportError> {
    if let Some((_, format)) = OTHERS.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(ImportError::OtherFormat(Some(format)));
    }
    if let Some(decoded) = utf16(bytes) {
        return is_text(&decoded.text).then_some(decoded).ok_or(ImportError::OtherFormat(None));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let decoded = match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), is_damaged: false },
        Err(_) if is_mostly_utf8(bytes) => {
            Decoded { text: String::from_utf8_lossy(bytes).into_owned(), is_damaged: true }
        }
        Err(_) => Decoded { text: one_byte(bytes), is_damaged: false },
    };
    is_text(&decoded.text).then_some(decoded).ok_or(ImportError::OtherFormat(None))
}

fn utf16(bytes: &[u8]) -> Option<Decoded> {
    let (bytes, is_little) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        _ => (bytes, zeros_say_little(bytes)?),
    };
    let pairs = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    });
    let mut is_damaged = bytes.len() % 2 != 0;
    let mut text = String::with_capacity(bytes.len());
    for unit in char::decode_utf16(pairs) {
        is_damaged |= unit.is_err();
        text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Some(Decoded { text, is_damaged })
}

/// Spaces and letters of ASCII in UTF-16 have a zero, always on the same side.
fn zeros_say_little(bytes: &[u8]) -> Option<bool> {
    const ENOUGH: usize = 5;
    let zeros = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let units = bytes.len() / 2;
    match (even, odd) {
        (0, odd) if odd * ENOUGH > units => Some(true),
        (even, 0) if even * ENOUGH > units => Some(false),
        _ => None,
    }
}

/// Whether few sequences are broken: a file that was cut, or pasted into.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 20
}

/// Windows-1258 where that gives more words of Vietnamese than all else, or else Windows-1252, which shows TCVN3 and VNI
/// as everybody knows them.
fn one_byte(bytes: &[u8]) -> String {
    let western: String = bytes.iter().map(|byte| windows_1252(char::from(*byte))).collect();
    let vietnamese: String = bytes.iter().map(|byte| windows_1258(*byte)).collect();
    let legacy = |encoding| move |word: &str| decode(word, encoding).is_some_and(|word| is_syllable(&word));
    let others = [
        count(&western, is_syllable),
        count(&western, legacy(Encoding::Tcvn3)),
        count(&western, legacy(Encoding::Vni)),
    ];
    if others.iter().all(|other| count(&vietnamese, is_syllable) > *other) { vietnamese } else { western }
}

fn windows_1258(byte: u8) -> char {
    let found = WINDOWS_1258.iter().chain(&WINDOWS_1258_LAST).find(|(code, _)| *code == byte);
    found.map_or_else(|| windows_1252(char::from(byte)), |(_, character)| *character)
}

/// How many words beyond ASCII pass; no more than are needed to tell.
fn count(text: &str, passes: impl Fn(&str) -> bool) -> usize {
    const ENOUGH: usize = 5000;
    let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    words.filter(|word| !word.is_ascii()).take(ENOUGH).filter(|word| passes(word)).count()
}

fn is_syllable(word: &str) -> bool {
    Syllable::of(word).is_some()
}

/// Whether there are hardly any control characters.
fn is_text(text: &str) -> bool {
    let is_control = |c: &char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{80}'..='\u{9f}')
    };
    let mut characters = 0usize;
    let controls = text.chars().inspect(|_| characters += 1).filter(is_control).count();
    controls * 500 <= characters
}
