//! Goes through a file segment by segment, and through its scans.

use super::super::jpeg::frame::Frame;
use super::super::jpeg::header::{Header, marker};
use super::colour::Colours;
use super::picture::Picture;
use super::{Reduced, Scale};

/// Most segments of a file; a photo has a few dozen, and one a page of 64 kB where it carries another file.
const MAX_SEGMENTS: usize = 20_000;

/// Most scans of a file; cameras and programs make a dozen.
const MAX_SCANS: usize = 64;

/// Decodes a photo.
pub(super) fn decode(file: &[u8], scale: Scale) -> Option<Reduced> {
    let mut header = Header::default();
    let mut frame = None;
    let mut picture = None;
    let mut scans = 0;
    let mut position = file.starts_with(&[0xff, 0xd8]).then_some(2)?;
    for _ in 0..MAX_SEGMENTS {
        let (kind, start) = next_marker(file, position)?;
        if kind == marker::END {
            return Picture::finish(picture?);
        }
        let content = content(file, start)?;
        position = start + 2 + content.len();
        match kind {
            marker::BASELINE_FRAME | marker::EXTENDED_FRAME | marker::PROGRESSIVE_FRAME => {
                let new = Frame::parse(content, kind == marker::PROGRESSIVE_FRAME)?;
                if frame.replace(new).is_some() {
                    return None;
                }
            }
            marker::SCAN => {
                scans += 1;
                if picture.is_none() {
                    picture = Some(begin(frame.as_ref()?, &header, file, scale)?);
                }
                position = picture.as_mut()?.scan(content, &header, file, position)?;
                if scans > MAX_SCANS {
                    return None;
                }
            }
            // Decoders do not agree which one holds if it is changed between scans.
            marker::QUANTIZERS if scans > 0 => return None,
            _ => header.read(kind, content)?,
        }
    }
    None
}

fn begin(frame: &Frame, header: &Header, file: &[u8], scale: Scale) -> Option<Picture> {
    // No block has less than a bit: a small file cannot ask for much memory.
    let is_sensible = frame.blocks() / 8 <= file.len();
    let colours = Colours::of(frame, header)?;
    is_sensible.then(|| Picture::new(frame, header, colours, scale))?
}

/// The kind of the next segment and where its length stands. There is nothing between segments but bytes to fill up.
fn next_marker(file: &[u8], mut position: usize) -> Option<(u8, usize)> {
    if *file.get(position)? != 0xff {
        return None;
    }
    while *file.get(position)? == 0xff {
        position += 1;
    }
    Some((*file.get(position)?, position + 1))
}

/// What a segment contains, behind its length.
fn content(file: &[u8], start: usize) -> Option<&[u8]> {
    let (length, rest) = file.get(start..)?.split_first_chunk()?;
    rest.get(..usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}
