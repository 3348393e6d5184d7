//! What a JPEG file consists of: segments, and behind some of them the picture's data.
//!
//! `header` reads what segments say beside the `frame`, which is the picture's size and parts; `scan` goes through the
//! blocks of the data, whose `bits` are codes of `huffman`.

pub(super) mod bits;
pub(super) mod frame;
pub(super) mod header;
pub(super) mod huffman;
pub(super) mod scan;

/// Start of image.
pub(super) const SOI: [u8; 2] = [0xff, 0xd8];

/// End of image.
pub(super) const EOI: [u8; 2] = [0xff, 0xd9];

/// Start of scan.
pub(super) const SOS: u8 = 0xda;

/// Most segments of a file; a photo has a few dozen, and one a page of 64 kB where it carries another file.
const MAX_SEGMENTS: usize = 20_000;

/// A segment of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment<'a> {
    pub marker: u8,
    /// Its content, behind its length.
    pub content: &'a [u8],
    /// What stands behind it before the next marker: the data of a scan.
    pub data: &'a [u8],
}

/// The segments of a file, up to its end marker.
#[derive(Debug, PartialEq)]
pub(super) struct Segments<'a> {
    pub segments: Vec<Segment<'a>>,
    /// Whether the file has nothing else, and an end.
    pub is_whole: bool,
}

/// Takes a file apart as a patient decoder does: what stands between segments and is none is passed over.
pub(super) fn segments(jpeg: &[u8]) -> Segments<'_> {
    let mut found = Segments { segments: Vec::new(), is_whole: false };
    let Some(mut rest) = jpeg.strip_prefix(&SOI) else { return found };
    let mut is_clean = true;
    while found.segments.len() < MAX_SEGMENTS {
        let Some(start) = next_marker(rest) else { return found };
        is_clean &= rest[..start].iter().all(|&byte| byte == 0xff);
        let (marker, after) = (rest[start + 1], &rest[start + 2..]);
        if marker == EOI[1] {
            found.is_whole = is_clean;
            return found;
        }
        let length = after.first_chunk::<2>().map(|length| usize::from(u16::from_be_bytes(*length)));
        let Some(content) = length.and_then(|length| after.get(2..length)) else {
            is_clean = false;
            rest = after;
            continue;
        };
        rest = &after[content.len() + 2..];
        let data = if marker == SOS { &rest[..next_marker(rest).unwrap_or(rest.len())] } else { &[] };
        rest = &rest[data.len()..];
        found.segments.push(Segment { marker, content, data });
    }
    found
}

/// Where the next marker is that is none of those that belong to the data of a scan.
fn next_marker(bytes: &[u8]) -> Option<usize> {
    let is_marker = |&at: &usize| bytes.get(at + 1).is_some_and(|next| !matches!(next, 0 | 0xff | 0xd0..=0xd7));
    memchr::memchr_iter(0xff, bytes).find(is_marker)
}
