//! Texts and names of a PDF's objects.

use hayro_interpret::hayro_syntax::object::{Dict, Name, String as Bytes};

/// The text that stands under a key; `None` where there is none, or an empty one.
pub(super) fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Bytes<'_>>(key).map(|bytes| decode(&bytes)).filter(|text| !text.is_empty())
}

/// A name as text, whatever its bytes are.
pub(super) fn name(name: &Name<'_>) -> String {
    String::from_utf8_lossy(name.as_ref()).into_owned()
}

/// A text string: UTF-16 or UTF-8 where it says so, otherwise PDFDocEncoding.
pub(super) fn decode(bytes: &[u8]) -> String {
    let text: String = match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().filter_map(|byte| doc_encoded(*byte)).collect(),
    };
    without_language_marks(&text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// PDFDocEncoding, which is Latin 1 but for these.
fn doc_encoded(byte: u8) -> Option<char> {
    const LOW: [char; 8] = ['\u{2D8}', '\u{2C7}', '\u{2C6}', '\u{2D9}', '\u{2DD}', '\u{2DB}', '\u{2DA}', '\u{2DC}'];
    const HIGH: [char; 31] = [
        '\u{2022}', '\u{2020}', '\u{2021}', '\u{2026}', '\u{2014}', '\u{2013}', '\u{192}', '\u{2044}', '\u{2039}',
        '\u{203A}', '\u{2212}', '\u{2030}', '\u{201E}', '\u{201C}', '\u{201D}', '\u{2018}', '\u{2019}', '\u{201A}',
        '\u{2122}', '\u{FB01}', '\u{FB02}', '\u{141}', '\u{152}', '\u{160}', '\u{178}', '\u{17D}', '\u{131}',
        '\u{142}', '\u{153}', '\u{161}', '\u{17E}',
    ];
    match byte {
        0x18..=0x1F => LOW.get(usize::from(byte - 0x18)).copied(),
        0x80..=0x9E => HIGH.get(usize::from(byte - 0x80)).copied(),
        0xA0 => Some('\u{20AC}'),
        0x7F | 0x9F | 0xAD => None,
        _ => Some(char::from(byte)),
    }
}

/// An escape character starts and ends the name of a language inside a text.
fn without_language_marks(text: &str) -> String {
    text.split('\u{1B}').step_by(2).collect::<String>().trim_matches('\0').to_owned()
}

#[cfg(test)]
mod tests;
