//! A JPEG without its metadata, and otherwise byte for byte: a photo that is small enough need not be encoded anew,
//! which would cost quality and time.

use super::jpeg::{EOI, SOI, Segment, segments};

/// The file with only what a decoder needs; `None` where that cannot be told apart. An ICC profile goes too: the
/// caller knows that it says nothing but sRGB.
pub(super) fn strip(jpeg: &[u8]) -> Option<Vec<u8>> {
    let found = segments(jpeg);
    if !found.is_whole {
        return None;
    }
    let mut stripped = SOI.to_vec();
    for segment in &found.segments {
        if let Some(content) = needed(segment)? {
            let length = u16::try_from(content.len() + 2).ok()?.to_be_bytes();
            stripped.extend_from_slice(&[0xff, segment.marker]);
            stripped.extend_from_slice(&length);
            stripped.extend_from_slice(&content);
            stripped.extend_from_slice(segment.data);
        }
    }
    // What stands behind the end is another file: the film to a photo, a second photo.
    stripped.extend_from_slice(&EOI);
    Some(stripped)
}

/// What a decoder needs of a segment; the outer `None` where that is not known.
fn needed(segment: &Segment<'_>) -> Option<Option<Vec<u8>>> {
    let content = segment.content;
    Some(match segment.marker {
        // Frames, tables, scans.
        0xc0..=0xc3 | 0xc4 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xda..=0xdd => Some(content.to_vec()),
        // JFIF says how colours are stored; behind its version and density may come a small picture.
        0xe0 => {
            content.starts_with(b"JFIF\0").then(|| content.get(..12).map(|head| [head, &[0, 0]].concat())).flatten()
        }
        // Adobe: likewise, with one byte.
        0xee => {
            let colours = content.starts_with(b"Adobe").then(|| content.get(11)).flatten();
            colours.map(|&colours| [b"Adobe", &[0, 100, 0, 0, 0, 0, colours][..]].concat())
        }
        // Other APPn and comments are metadata.
        0xe1..=0xef | 0xfe => None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    }

    const JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

    /// A file of two scans, with something else between all its parts and behind its end.
    fn file(between: &[u8], behind: &[u8]) -> Vec<u8> {
        let scan = [segment(0xda, b"scan"), vec![1, 2, 0xff, 0, 3, 0xff, 0xd3, 4]].concat();
        let parts = [segment(0xe0, JFIF), segment(0xdb, b"table"), segment(0xc2, b"frame"), scan.clone(), scan];
        let parts = parts.map(|part| [between, &part].concat());
        [&SOI[..], &parts.concat(), between, &EOI, behind].concat()
    }

    #[test]
    fn metadata_goes_and_the_picture_stays() {
        for metadata in [segment(0xe1, b"Exif"), segment(0xfe, b"note"), segment(0xe0, b"JFXX\0\x13small picture")] {
            assert_eq!(strip(&file(&metadata, b"")), Some(file(b"", b"")));
            assert_eq!(strip(&file(&metadata, b"ftypmp42 film")), Some(file(b"", b"")));
        }
    }

    #[test]
    fn what_the_colours_need_is_all_that_stays_of_jfif_and_adobe() {
        let with = |app: Vec<u8>| [&SOI[..], &app, &EOI].concat();
        let small_picture = [&JFIF[..12], &[1, 1, 9, 9, 9]].concat();
        assert_eq!(strip(&with(segment(0xe0, &small_picture))), Some(with(segment(0xe0, JFIF))));
        let adobe = segment(0xee, b"Adobe\0dABCD\x02 and more");
        assert_eq!(strip(&with(adobe)), Some(with(segment(0xee, b"Adobe\0d\0\0\0\0\x02"))));
    }

    #[test]
    fn what_is_not_understood_is_not_touched() {
        let no_end = &file(b"", b"")[..40];
        for file in
            [&b""[..], b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x01", b"\xff\xd8\x00\x00", b"\xff\xd8..\xff\xd9", no_end]
        {
            assert_eq!(strip(file), None);
        }
    }

    proptest! {
        #[test]
        fn no_metadata_survives_wherever_it_stands(
            marker in prop_oneof![0xe1u8..=0xed, Just(0xef), Just(0xfe)],
            secret in proptest::collection::vec(any::<u8>(), 0..300),
            behind in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let metadata = segment(marker, &secret);
            prop_assert_eq!(strip(&file(&metadata, &behind)), Some(file(b"", b"")));
        }
    }
}
