//! `layout.toml`: what a layout is for, which fonts it needs, how large it places photos.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Finding, LayoutError};
use crate::photo::Sizes;
use crate::source::{Place, Source};

/// Largest size of a photo, in millimetres.
const MAX_SIZE: f64 = 2000.0;

/// Name of the file in the layout's folder.
pub(super) const FILE: &str = "layout.toml";

/// The content of `layout.toml`, valid.
#[derive(Debug, Clone)]
pub struct Spec {
    /// One line, by language (`vi`, `en`).
    pub description: BTreeMap<String, String>,
    /// Font families.
    pub fonts: Vec<String>,
    /// Keys of `[style]` with their default colours.
    pub colours: Vec<(String, String)>,
    pub sizes: Sizes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    description: BTreeMap<String, String>,
    fonts: Vec<String>,
    #[serde(default)]
    colours: BTreeMap<String, String>,
    photos: Photos,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Photos {
    column: f64,
    page: f64,
    cover: f64,
    logo: f64,
    height: f64,
}

impl Spec {
    /// Reads `layout.toml`; what is wrong with it is an error of the layout, with its place.
    pub fn read(source: &Arc<Source>) -> Result<Self, Diagnostic> {
        let fail =
            |error, range| Diagnostic::error(Finding::LayoutError { error, article: None }, Place::new(source, range));
        let file: File = toml::from_str(source.text()).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            fail(LayoutError::Specification { message: error.message().to_owned() }, range)
        })?;
        if let Some((key, value)) = file.colours.iter().find(|(_, value)| colour(value).is_none()) {
            return Err(fail(LayoutError::NotAColour { key: key.clone(), value: value.clone() }, 0..0));
        }
        let Photos { column, page, cover, logo, height } = file.photos;
        if [column, page, cover, logo, height].iter().any(|size| !(1.0..=MAX_SIZE).contains(size)) {
            return Err(fail(LayoutError::PhotoSizes { most: MAX_SIZE as u32 }, 0..0));
        }
        Ok(Self {
            description: file.description,
            fonts: file.fonts,
            colours: file.colours.into_iter().collect(),
            sizes: Sizes { column, page, cover, logo, height },
        })
    }

    /// The description in a language, else in English.
    pub fn description(&self, language: &str) -> &str {
        let found = self.description.get(language).or_else(|| self.description.get("en"));
        found.map_or("", String::as_str)
    }
}

/// `#rrggbb` from `#rgb` or `#rrggbb`; `None` where it is neither.
pub(super) fn colour(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(format!("#{}", digits.chars().flat_map(|digit| [digit, digit]).collect::<String>())),
        6 => Some(text.to_ascii_lowercase()),
        _ => None,
    }
}

/// The contrast of `#rrggbb` with white, 1 to 21 (WCAG 2.1, relative luminance).
pub(super) fn contrast_with_white(colour: &str) -> f64 {
    let channel = |at: usize| {
        let byte = colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    1.05 / (luminance + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast() {
        let tenths = |colour: &str| (contrast_with_white(colour) * 10.0).round();
        assert_eq!(tenths("#000000"), 210.0);
        assert_eq!(tenths("#ffffff"), 10.0);
        assert_eq!(tenths("#767676"), 45.0);
    }

    #[test]
    fn colours() {
        assert_eq!(colour("#14375E"), Some("#14375e".into()));
        assert_eq!(colour("#abc"), Some("#aabbcc".into()));
        for bad in ["", "#", "14375e", "#14375", "#14375g", "đỏ"] {
            assert_eq!(colour(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_error_has_its_place() {
        let source = Source::new("layouts/x/layout.toml", "fonts = 3\n");
        let error = Spec::read(&source).expect_err("fonts is no list");
        assert_eq!(error.code(), "layout-error");
    }
}
