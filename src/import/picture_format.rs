//! What a picture in a file of another program is, by its first bytes, and how large it was made.

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    /// As [`super::document::Picture`] names it.
    pub(crate) extension: &'static str,
    /// Whether bantin can show it.
    pub(crate) is_shown: bool,
}

/// The format of a picture.
pub(crate) fn of(bytes: &[u8]) -> Format {
    let shown = |extension| Format { extension, is_shown: true };
    let other = |extension| Format { extension, is_shown: false };
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => shown("jpg"),
        [0x89, b'P', b'N', b'G', ..] => shown("png"),
        [b'G', b'I', b'F', b'8', ..] => shown("gif"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => shown("tif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => shown("webp"),
        [0xD7, 0xCD, 0xC6, 0x9A, ..] | [1, 0, 9, 0, 0, 3, ..] => other("wmf"),
        [1, 0, 0, 0, ..] if bytes.get(40..44) == Some(b" EMF") => other("emf"),
        [b'V', b'C', b'L', b'M', b'T', b'F', ..] => other("svm"),
        [b'B', b'M', ..] => other("bmp"),
        [b'%', b'P', b'D', b'F', ..] => other("pdf"),
        [b'%', b'!', b'P', b'S', ..] | [0xC5, 0xD0, 0xD3, 0xC6, ..] => other("eps"),
        _ if is_svg(bytes) => shown("svg"),
        // A packed EMF, WMF or SVG.
        [0x1F, 0x8B, ..] => other("gz"),
        _ => other("bin"),
    }
}

/// Whether it is a drawing in SVG: after a declaration, comments and a document type there may be.
fn is_svg(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4096;
    let start = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or(bytes);
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    start.starts_with(b"<") && start.windows(4).any(|window| window == b"<svg")
}

/// How large a picture was made, in points: its pixels at the density that it names, else at 96 to the inch. `None`
/// where that cannot be told.
pub(crate) fn natural_size(bytes: &[u8]) -> Option<(f32, f32)> {
    /// Points of a pixel where nothing is said.
    const PIXEL: f32 = 0.75;
    let (width, height, density) = match of(bytes).extension {
        "png" => png_size(bytes)?,
        "jpg" => jpeg_size(bytes)?,
        "gif" => (little_16(bytes, 6)?, little_16(bytes, 8)?, None),
        "bmp" => (little_16(bytes, 18)?, little_16(bytes, 22)?, None),
        _ => return None,
    };
    let (across, down) = density.unwrap_or((PIXEL, PIXEL));
    (width > 0 && height > 0).then_some((width as f32 * across, height as f32 * down))
}

/// Pixels across and down, and the points of a pixel across and down.
type Size = (u32, u32, Option<(f32, f32)>);

fn png_size(bytes: &[u8]) -> Option<Size> {
    /// Points of a metre.
    const METRE: f32 = 72.0 / 0.0254;
    let (width, height) = (big_32(bytes, 16)?, big_32(bytes, 20)?);
    let mut at = 8_usize;
    let mut density = None;
    while let (Some(length), Some(kind)) = (big_32(bytes, at), bytes.get(at + 4..at + 8)) {
        match kind {
            b"pHYs" => {
                let (across, down) = (big_32(bytes, at + 8)?, big_32(bytes, at + 12)?);
                let is_metre = bytes.get(at + 16) == Some(&1);
                if is_metre && across > 0 && down > 0 {
                    density = Some((METRE / across as f32, METRE / down as f32));
                }
                break;
            }
            b"IDAT" => break,
            _ => at = at.checked_add(length as usize)?.checked_add(12)?,
        }
    }
    Some((width, height, density))
}

fn jpeg_size(bytes: &[u8]) -> Option<Size> {
    let mut at = 2_usize;
    let mut density = None;
    loop {
        let marker = *bytes.get(at + 1)?;
        if bytes.get(at) != Some(&0xFF) || marker == 0xFF {
            at += 1;
            continue;
        }
        let length = usize::try_from(big_16(bytes, at + 2)?).ok()?;
        match marker {
            // Frames; C4, C8 and CC are tables.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return Some((big_16(bytes, at + 7)?, big_16(bytes, at + 5)?, density));
            }
            0xE0 if bytes.get(at + 4..at + 8) == Some(b"JFIF") => density = jfif_density(bytes, at),
            0xD9 | 0xDA => return None,
            _ => {}
        }
        at = at.checked_add(length)?.checked_add(2)?;
    }
}

fn jfif_density(bytes: &[u8], at: usize) -> Option<(f32, f32)> {
    let (across, down) = (big_16(bytes, at + 12)? as f32, big_16(bytes, at + 14)? as f32);
    let unit = match bytes.get(at + 11)? {
        1 => 72.0,
        2 => 72.0 / 2.54,
        _ => return None,
    };
    (across > 0.0 && down > 0.0).then_some((unit / across, unit / down))
}

fn big_32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

fn big_16(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u16::from_be_bytes(bytes).into())
}

fn little_16(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u16::from_le_bytes(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::{natural_size, of};

    fn png(density: Option<u32>) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |kind: &[u8], data: &[u8]| {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend(kind);
            bytes.extend(data);
            bytes.extend([0; 4]);
        };
        chunk(b"IHDR", &[0, 0, 1, 0x90, 0, 0, 0, 200, 8, 2, 0, 0, 0]);
        if let Some(density) = density {
            let density = density.to_be_bytes();
            chunk(b"pHYs", &[&density[..], &density[..], &[1]].concat());
        }
        chunk(b"IDAT", &[]);
        bytes
    }

    fn jpeg(unit: u8, density: u8) -> Vec<u8> {
        let mut bytes = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01".to_vec();
        bytes.extend([unit, 0, density, 0, density, 0, 0]);
        bytes.extend(b"\xFF\xC4\x00\x04\xC0\xC0\xFF\xC0\x00\x11\x08\x00\xC8\x01\x90\x03");
        bytes.extend([0; 16]);
        bytes
    }

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        let mut emf = vec![1, 0, 0, 0];
        emf.resize(40, 0);
        emf.extend(b" EMF");
        for (bytes, extension, is_shown) in [
            (&b"\xFF\xD8\xFF\xE0"[..], "jpg", true),
            (b"\x89PNG\r\n", "png", true),
            (b"GIF89a", "gif", true),
            (b"II*\0", "tif", true),
            (b"RIFF....WEBPVP8 ", "webp", true),
            (b"<?xml version='1.0'?><!-- a --><svg xmlns=''/>", "svg", true),
            (b"<html>", "bin", false),
            (&emf, "emf", false),
            (b"\xD7\xCD\xC6\x9A", "wmf", false),
            (b"", "bin", false),
        ] {
            let format = of(bytes);
            assert_eq!((format.extension, format.is_shown), (extension, is_shown));
        }
    }

    #[test]
    fn the_density_of_a_picture_gives_its_size() {
        assert_eq!(natural_size(&png(None)), Some((300.0, 150.0)));
        let (width, height) = natural_size(&png(Some(5669))).expect("a size");
        assert!((width - 200.0).abs() < 0.1 && (height - 100.0).abs() < 0.1, "{width} {height}");
        assert_eq!(natural_size(&jpeg(1, 144)), Some((200.0, 100.0)));
        assert_eq!(natural_size(&jpeg(0, 1)), Some((300.0, 150.0)));
        assert_eq!(natural_size(&jpeg(1, 144)[..30]), None);
        assert_eq!(natural_size(b"\xFF\xD8\xFF"), None);
    }
}
