//! The formats of photos: how each is told, what its files are called, who reads it.

use image::ImageFormat;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Svg,
}

/// What there is to know of a format.
struct Row {
    format: Format,
    /// How the names of its files end, in small letters.
    extensions: &'static [&'static str],
    media_type: &'static str,
    /// Its name in the `image` crate, where that reads it.
    image: Option<ImageFormat>,
}

const TABLE: [Row; 6] = [
    Row { format: Format::Jpeg, extensions: &["jpg", "jpeg"], media_type: "image/jpeg", image: None },
    Row { format: Format::Png, extensions: &["png"], media_type: "image/png", image: Some(ImageFormat::Png) },
    Row { format: Format::WebP, extensions: &["webp"], media_type: "image/webp", image: Some(ImageFormat::WebP) },
    Row { format: Format::Gif, extensions: &["gif"], media_type: "image/gif", image: Some(ImageFormat::Gif) },
    Row {
        format: Format::Tiff,
        extensions: &["tif", "tiff"],
        media_type: "image/tiff",
        image: Some(ImageFormat::Tiff),
    },
    Row { format: Format::Svg, extensions: &["svg"], media_type: "image/svg+xml", image: None },
];

/// How names of photos end that are not read: they are photos all the same.
const OTHER_EXTENSIONS: [&str; 4] = ["heic", "heif", "avif", "bmp"];

impl Format {
    /// The format of a file, by its first bytes, whatever it is called.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Some(Self::Jpeg);
        }
        if looks_like_svg(bytes) {
            return Some(Self::Svg);
        }
        let guess = image::guess_format(bytes).ok()?;
        TABLE.iter().find(|row| row.image == Some(guess)).map(|row| row.format)
    }

    /// The format that a file has by its name.
    pub fn of_name(name: &str) -> Option<Self> {
        let extension = extension(name)?;
        TABLE.iter().find(|row| row.extensions.contains(&extension.as_str())).map(|row| row.format)
    }

    /// Whether a file is a photo by its name, of a format that is read or not.
    pub fn is_photo_name(name: &str) -> bool {
        let is_other = || extension(name).is_some_and(|extension| OTHER_EXTENSIONS.contains(&extension.as_str()));
        Self::of_name(name).is_some() || is_other()
    }

    /// Whether what is in such a file is sure to be a photograph: charts and screenshots are saved without loss.
    pub fn is_photograph(self) -> bool {
        self == Self::Jpeg
    }

    /// The media type, as IANA lists it.
    pub fn media_type(self) -> &'static str {
        self.row().media_type
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        self.row().extensions.first().copied().unwrap_or_default()
    }

    /// The format by the name that the `image` crate has for it; `None` for those that other crates read.
    pub fn as_image_format(self) -> Option<ImageFormat> {
        self.row().image
    }

    fn row(self) -> &'static Row {
        // The rows stand in the order of the variants, which a test sees to.
        &TABLE[self as usize]
    }
}

/// Whether a file begins as an SVG drawing does: with an `svg` element, behind a declaration or comments at most.
pub(super) fn looks_like_svg(bytes: &[u8]) -> bool {
    const PROLOGUE: usize = 65_536;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PROLOGUE)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let opens = ["<svg", "<?xml", "<!--", "<!DOCTYPE svg"].iter().any(|start| head.starts_with(start));
    opens && head.contains("<svg")
}

fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_its_row() {
        for row in &TABLE {
            assert_eq!(row.format.row().media_type, row.media_type);
        }
    }

    #[test]
    fn names_tell_photos() {
        assert_eq!(Format::of_name("\u{1ea3}nh/a.JPEG"), Some(Format::Jpeg));
        assert_eq!(Format::of_name("a.heic"), None);
        assert!(Format::is_photo_name("a.HEIC") && !Format::is_photo_name("a.md") && !Format::is_photo_name("jpg"));
    }
}
