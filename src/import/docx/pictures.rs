//! Pictures: their files, and the part of them that is shown.

use std::sync::Arc;

use super::draft::{Draft, Here};
use super::objects::Frame;
use super::parts::Target;
use super::story::{Image, Story};
use crate::import::document::{DoubtKind, ImportError, Inline, Part, Picture};
use crate::import::xml::Element;

/// What bantin can show.
const SHOWN: [&str; 6] = ["jpg", "png", "gif", "tif", "webp", "svg"];
/// The whole of a picture in DrawingML's measure of crops.
const WHOLE: f32 = 100_000.0;
/// The same in VML.
const VML_WHOLE: f32 = 65_536.0;

impl Story<'_, '_> {
    /// Reads a fill with a picture: of DrawingML (`pic:blipFill`) or VML (`v:imagedata`).
    pub(super) fn picture(
        &mut self,
        draft: &mut Draft,
        fill: Element<'_>,
        here: &Here,
        frame: Frame<'_>,
    ) -> Result<(), ImportError> {
        let references = references(fill);
        if references.is_empty() || here.is_lost() || !self.fields.is_shown() {
            return Ok(());
        }
        if let Some(aside) = &mut self.aside {
            aside.has_picture = true;
            return Ok(());
        }
        let mut image = None;
        for reference in &references {
            let found = self.image(reference)?;
            let is_shown = |image: &Image| SHOWN.contains(&image.extension);
            if image.as_ref().is_none_or(|image| !is_shown(image)) {
                image = found.filter(|found| image.is_none() || is_shown(found)).or(image);
            }
        }
        let Some(Image { bytes, extension }) = image else {
            let name = references.first().and_then(|reference| self.relationships.get(reference));
            let name = name.map_or("", |relationship| match &relationship.target {
                Target::Part(name) | Target::External(name) => name,
            });
            self.doubt(DoubtKind::PictureMissing, frame.description.unwrap_or(name));
            return Ok(());
        };
        if !SHOWN.contains(&extension) {
            self.doubt(DoubtKind::PictureFormat(extension.to_owned()), frame.description.unwrap_or_default());
        }
        let pictures = &mut self.shared.document.pictures;
        draft.inlines.push(Inline::Picture(pictures.len()));
        pictures.push(Picture {
            bytes,
            extension,
            crop: crop(fill),
            description: frame.description.map(str::to_owned),
            width: frame.width,
            height: frame.height,
        });
        Ok(())
    }

    /// The file that an identifier leads to; `None` where it is outside or broken.
    fn image(&mut self, id: &str) -> Result<Option<Image>, ImportError> {
        let Some(name) = self.relationships.part(id) else { return Ok(None) };
        if let Some(known) = self.shared.images.get(name) {
            return Ok(known.clone());
        }
        let image = match self.shared.package.part(name) {
            Ok(bytes) => bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| {
                let extension = extension(&bytes);
                Image { bytes: Arc::from(bytes), extension }
            }),
            Err(ImportError::Damaged(_)) => None,
            Err(error) => return Err(error),
        };
        self.shared.images.insert(name.to_owned(), image.clone());
        Ok(image)
    }
}

/// What a fill refers to, the best first: a drawing may have a picture to fall back on.
fn references<'x>(fill: Element<'x>) -> Vec<&'x str> {
    let blip = fill.child("a:blip");
    let of = |element: Option<Element<'x>>, names: &[&str]| {
        names.iter().filter_map(|name| element?.attribute(name)).find(|id| !id.is_empty())
    };
    let drawing = blip.and_then(|blip| blip.descendants().find(|element| element.is("asvg:svgBlip")));
    [
        of(blip, &["r:embed"]),
        of(drawing, &["r:embed"]),
        of(blip, &["r:link"]),
        of(Some(fill), &["r:id", "o:relid", "r:pict", "r:href"]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The part that is shown; `None` for all of it.
fn crop(fill: Element<'_>) -> Option<Part> {
    let cut = |side: usize| {
        let name = *["l", "t", "r", "b"].get(side)?;
        let share = match fill.child("a:srcRect") {
            Some(rectangle) => share(rectangle.attribute(name)?)?,
            None => vml_share(fill.attribute(["cropleft", "croptop", "cropright", "cropbottom"].get(side)?)?)?,
        };
        // A negative one adds a margin.
        Some(share.clamp(0.0, 1.0))
    };
    let [left, top, right, bottom] = [0, 1, 2, 3].map(|side| cut(side).unwrap_or(0.0));
    let part = Part { left, top, right: 1.0 - right, bottom: 1.0 - bottom };
    let is_whole = left == 0.0 && top == 0.0 && right == 0.0 && bottom == 0.0;
    let is_empty = part.left >= part.right || part.top >= part.bottom;
    (!is_whole && !is_empty).then_some(part)
}

/// `12500` or `12.5%`.
fn share(value: &str) -> Option<f32> {
    let share = match value.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f32>().ok()? / 100.0,
        None => value.trim().parse::<f32>().ok()? / WHOLE,
    };
    share.is_finite().then_some(share)
}

/// `8192f` in parts of 65,536, or `.125`.
fn vml_share(value: &str) -> Option<f32> {
    let share = match value.trim().strip_suffix('f') {
        Some(parts) => parts.trim().parse::<f32>().ok()? / VML_WHOLE,
        None => value.trim().parse::<f32>().ok()?,
    };
    share.is_finite().then_some(share)
}

/// The extension of a picture, by its content.
fn extension(bytes: &[u8]) -> &'static str {
    const SIGNS: [(&[u8], &str); 15] = [
        (&[0xFF, 0xD8, 0xFF], "jpg"),
        (b"\x89PNG", "png"),
        (b"GIF8", "gif"),
        (b"II*\0", "tif"),
        (b"MM\0*", "tif"),
        (b"BM", "bmp"),
        (&[0xD7, 0xCD, 0xC6, 0x9A], "wmf"),
        (&[1, 0, 9, 0], "wmf"),
        (&[2, 0, 9, 0], "wmf"),
        (b"II\xBC", "wdp"),
        (b"\0\0\0\x0CjP", "jp2"),
        (b"%!PS", "eps"),
        (&[0xC5, 0xD0, 0xD3, 0xC6], "eps"),
        (b"%PDF", "pdf"),
        // A packed EMF or WMF.
        (&[0x1F, 0x8B], "emz"),
    ];
    let has = |place: usize, sign: &[u8]| bytes.get(place..).is_some_and(|bytes| bytes.starts_with(sign));
    if has(0, b"RIFF") && has(8, b"WEBP") {
        return "webp";
    }
    if has(0, &[1, 0, 0, 0]) && has(40, b" EMF") {
        return "emf";
    }
    if has(4, b"ftyphei") || has(4, b"ftypmif1") {
        return "heic";
    }
    if has(4, b"ftypavif") {
        return "avif";
    }
    let found = SIGNS.iter().find(|(sign, _)| has(0, sign)).map(|(_, extension)| *extension);
    found.unwrap_or_else(|| if is_svg(bytes) { "svg" } else { "bin" })
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or(bytes));
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    start.starts_with('<') && start.contains("<svg")
}
