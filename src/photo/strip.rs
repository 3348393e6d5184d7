//! A JPEG without its metadata, and otherwise byte for byte: a photo that is small enough need not be encoded anew,
//! which would cost quality and time.

/// Start of image.
const SOI: [u8; 2] = [0xff, 0xd8];

/// The file with only the segments that a decoder needs; `None` where they cannot be told apart. An ICC profile goes
/// too: the caller knows that it says nothing but sRGB.
pub fn strip(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut rest = jpeg.strip_prefix(&SOI)?;
    let mut stripped = SOI.to_vec();
    loop {
        let (&[0xff, marker], after) = rest.split_first_chunk::<2>()? else { return None };
        match marker {
            // Fill bytes before a marker.
            0xff => {
                rest = &rest[1..];
                continue;
            }
            // Start of scan: picture data from here to the end, with further scans and tables in between.
            0xda => {
                stripped.extend_from_slice(rest);
                return Some(stripped);
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk::<2>()?));
        let segment = after.get(..length).filter(|_| length >= 2)?;
        match marker {
            // APP0 (JFIF) and APP14 (Adobe) say how colours are stored; other APPn and comments are metadata.
            0xe1..=0xed | 0xef | 0xfe => {}
            _ => {
                stripped.extend_from_slice(&[0xff, marker]);
                stripped.extend_from_slice(segment);
            }
        }
        rest = &after[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    }

    #[test]
    fn metadata_goes_and_the_picture_stays() {
        let picture =
            [segment(0xdb, b"table"), segment(0xc0, b"frame"), segment(0xda, b"scan"), vec![1, 2, 0xff, 0xd9]];
        let plain = [SOI.to_vec(), segment(0xe0, b"JFIF"), picture.concat()].concat();
        let full =
            [SOI.to_vec(), segment(0xe0, b"JFIF"), segment(0xe1, b"Exif"), segment(0xfe, b"note"), picture.concat()];
        assert_eq!(strip(&full.concat()), Some(plain));
    }

    #[test]
    fn what_is_not_understood_is_not_touched() {
        for file in [&b""[..], b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x01", b"\xff\xd8\x00\x00"] {
            assert_eq!(strip(file), None);
        }
    }
}
