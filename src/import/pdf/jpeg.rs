//! JPEG files that stand in a PDF as they are.

use std::io::Read;

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// A JPEG file is not larger than this.
const LIMIT: u64 = 100_000_000;

/// The JPEG file that a picture's stream holds, if a viewer of JPEG shows it as the PDF does, masks aside.
pub(super) fn file(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let dict = stream.dict();
    if dict.contains_key("Decode") || !has_plain_colours(dict) {
        return None;
    }
    let names = filter_names(dict);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let bytes = match names.as_slice() {
        ["DCTDecode" | "DCT"] => stream.raw_data().into_owned(),
        ["FlateDecode" | "Fl", "DCTDecode" | "DCT"] => inflated(&stream.raw_data())?,
        _ => return None,
    };
    bytes.starts_with(&[0xFF, 0xD8]).then_some(bytes)
}

fn filter_names(dict: &Dict<'_>) -> Vec<String> {
    match dict.get::<Object<'_>>("Filter") {
        Some(Object::Name(name)) => vec![super::strings::name(&name)],
        Some(Object::Array(names)) => names.iter::<Name<'_>>().map(|name| super::strings::name(&name)).collect(),
        _ => Vec::new(),
    }
}

fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).take(LIMIT).read_to_end(&mut file).ok()?;
    Some(file)
}

/// Grey or red, green, blue: CMYK in a JPEG is read in more than one way.
fn has_plain_colours(dict: &Dict<'_>) -> bool {
    match dict.get::<Object<'_>>("ColorSpace") {
        Some(Object::Name(name)) => plain(name.as_ref()),
        Some(Object::Array(parts)) => is_plain_space(&parts),
        _ => false,
    }
}

fn is_plain_space(parts: &Array<'_>) -> bool {
    let mut parts = parts.flex_iter();
    let Some(kind) = parts.next::<Name<'_>>() else { return false };
    match kind.as_ref() {
        b"ICCBased" => parts
            .next::<Stream<'_>>()
            .and_then(|profile| profile.dict().get::<u32>("N"))
            .is_some_and(|channels| channels == 1 || channels == 3),
        kind => plain(kind),
    }
}

fn plain(name: &[u8]) -> bool {
    matches!(name, b"DeviceRGB" | b"DeviceGray" | b"CalRGB" | b"CalGray" | b"RGB" | b"G")
}
