//! Looks over a file before anything is unpacked: streams that grow beyond all measure are found here.
//!
//! The streams are found by their key words alone, whatever the file says of where its objects are: what a reader of the
//! file might ever unpack is among them.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use crate::import::document::ImportError;

/// No stream, and not all of them together, may unpack to more.
const STREAM: u64 = 200_000_000;
const ALL: u64 = 1_000_000_000;
/// Only what grows by more than this counts against the file: plain pictures grow less.
const GROWTH: u64 = 20;
/// Where the first bytes of a PDF have to be.
const HEAD: usize = 2_000;
/// How long the dictionary before a stream may be.
const DICTIONARY: usize = 4_000;

/// Checks a file.
pub(super) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    if find(head, b"%PDF-").is_none() {
        return Err(ImportError::OtherFormat(format_of(head)));
    }
    let mut total = 0;
    let mut rest = bytes;
    let mut before = 0;
    while let Some(at) = find(rest, b"stream") {
        let start = before + at;
        let data = start + b"stream".len();
        let is_end = bytes.get(..start).is_some_and(|bytes| bytes.ends_with(b"end"));
        if !is_end {
            let body = line_end(bytes.get(data..).unwrap_or_default());
            let dictionary = bytes.get(start.saturating_sub(DICTIONARY)..start).unwrap_or_default();
            let size = unpacked(dictionary, body)?;
            total += size;
        }
        if total > ALL {
            return Err(ImportError::TooLarge);
        }
        before = data;
        rest = bytes.get(data..).unwrap_or_default();
    }
    Ok(())
}

/// What another kind of file it seems to be.
fn format_of(head: &[u8]) -> Option<&'static str> {
    match head {
        [b'P', b'K', 3, 4, ..] => Some("zip"),
        [0xFF, 0xD8, 0xFF, ..] => Some("jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("rtf"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("doc"),
        _ => None,
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\r").unwrap_or(bytes);
    bytes.strip_prefix(b"\n").unwrap_or(bytes)
}

/// How much a stream unpacks to, if it grows beyond the usual: by as many filters as its dictionary names.
fn unpacked(dictionary: &[u8], body: &[u8]) -> Result<u64, ImportError> {
    let start = rfind(dictionary, b"obj").unwrap_or(0);
    let dictionary = dictionary.get(start..).unwrap_or_default();
    let flate = count(dictionary, b"/FlateDecode") + count(dictionary, b"/Fl ") + count(dictionary, b"/Fl]");
    if count(dictionary, b"/LZW") > 0 {
        return lzw(body);
    }
    let (packed, size) = match flate {
        0 => return Ok(0),
        1 => measured(ZlibDecoder::new(body)),
        _ => measured(ZlibDecoder::new(ZlibDecoder::new(body))),
    };
    if size > STREAM {
        return Err(ImportError::TooLarge);
    }
    Ok(if size > packed.saturating_mul(GROWTH) { size } else { 0 })
}

/// How much was read and how much came out of it.
fn measured<R: Counted>(mut decoder: R) -> (u64, u64) {
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => size += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
        if size > STREAM {
            break;
        }
    }
    (decoder.packed(), size)
}

/// A decoder that knows how much it has read.
trait Counted: Read {
    fn packed(&self) -> u64;
}

impl<R: Read> Counted for ZlibDecoder<R> {
    fn packed(&self) -> u64 {
        self.total_in()
    }
}

/// LZW at its worst makes one and a half thousand bytes of one: such streams are old and small.
fn lzw(body: &[u8]) -> Result<u64, ImportError> {
    const WORST: u64 = 1_500;
    let end = find(body, b"endstream").unwrap_or(body.len()) as u64;
    // Two letters a code are more than texts and pictures reach on average.
    let likely = end * 30;
    if likely > STREAM * 5 || end * WORST / 100 > STREAM { Err(ImportError::TooLarge) } else { Ok(0) }
}

fn rfind(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|window| *window == word).count()
}

#[cfg(test)]
mod tests;
