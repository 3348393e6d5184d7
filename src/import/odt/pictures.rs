//! Pictures: their files, and what the text shows of them.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::Reader;
use super::container::is_damage;
use super::drawings::{about, description};
use super::lengths::points;
use super::line::Line;
use super::styles::Family;
use crate::import::base64;
use crate::import::document::{DoubtKind, ImportError, Inline, Part, Picture};
use crate::import::picture_format::{self, Format};
use crate::import::xml::Element;

/// The files of pictures that have been read, by the names of their parts.
#[derive(Debug, Default)]
pub(super) struct Store {
    files: HashMap<String, Option<Arc<[u8]>>>,
}

/// The file of a picture and its format.
struct File {
    bytes: Arc<[u8]>,
    format: Format,
}

impl Reader<'_> {
    /// Adds the picture of a frame to a line.
    pub(super) fn picture(&mut self, frame: Element<'_>, line: &mut Line) -> Result<(), ImportError> {
        let (file, missing) = self.best_file(frame)?;
        match file {
            Some(file) => {
                if !file.format.is_shown {
                    let kind = DoubtKind::PictureFormat(file.format.extension.to_ascii_uppercase());
                    self.doubt(kind, &about(frame));
                }
                self.add_picture(frame, file, line);
            }
            None => {
                if let Some(place) = missing {
                    let name = description(frame).unwrap_or(place);
                    self.doubt(DoubtKind::PictureMissing, &name);
                }
            }
        }
        // A picture may have text over it.
        for image in frame.elements().filter(|element| element.is("draw:image")) {
            let mut blocks = Vec::new();
            self.blocks(image, &mut blocks, super::body::Context::inner())?;
            line.add_frame(blocks, false);
        }
        Ok(())
    }

    /// Adds the picture that stands for an object, if it can be shown.
    pub(super) fn stand_in(&mut self, frame: Element<'_>, line: &mut Line) -> Result<(), ImportError> {
        if let (Some(file), _) = self.best_file(frame)?
            && file.format.is_shown
        {
            self.add_picture(frame, file, line);
        }
        Ok(())
    }

    /// The first file of a frame that can be shown, else the first that is there; and the address of one that is not.
    fn best_file(&mut self, frame: Element<'_>) -> Result<(Option<File>, Option<String>), ImportError> {
        let (mut best, mut missing) = (None::<File>, None);
        for image in frame.elements().filter(|element| element.is("draw:image")) {
            let Some(bytes) = self.file(image)? else {
                let place = image.attribute("xlink:href").unwrap_or_default().to_owned();
                missing = missing.or(Some(place));
                continue;
            };
            let format = picture_format::of(&bytes);
            if best.as_ref().is_none_or(|best| !best.format.is_shown && format.is_shown) {
                best = Some(File { bytes, format });
            }
        }
        Ok((best, missing))
    }

    /// The file of a picture; `None` where the source does not hold it. Nothing outside of the source is opened.
    fn file(&mut self, image: Element<'_>) -> Result<Option<Arc<[u8]>>, ImportError> {
        if let Some(data) = image.child("office:binary-data") {
            return Ok(base64::decode(&data.text()).filter(|bytes| !bytes.is_empty()).map(Into::into));
        }
        let Some(place) = image.attribute("xlink:href") else { return Ok(None) };
        let place = place.strip_prefix("./").unwrap_or(place);
        if let Some(known) = self.pictures.files.get(place) {
            return Ok(known.clone());
        }
        let file = self.unpacked(place)?.filter(|bytes| !bytes.is_empty()).map(Arc::from);
        self.pictures.files.insert(place.to_owned(), file.clone());
        Ok(file)
    }

    fn unpacked(&self, place: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let part = |name: &str| match self.container.part(name) {
            Err(error) if is_damage(&error) => Ok(None),
            result => result,
        };
        match part(place)? {
            Some(bytes) => Ok(Some(bytes)),
            None => part(&percent_decode_str(place).decode_utf8_lossy()),
        }
    }

    fn add_picture(&mut self, frame: Element<'_>, file: File, line: &mut Line) {
        let length = |name: &str| frame.attribute(name).and_then(points).unwrap_or_default().max(0.0);
        let style = self.styles.get(Family::Graphic, frame.attribute("draw:style-name"));
        let picture = Picture {
            crop: style.clip.and_then(|clip| crop(clip, &file.bytes)),
            extension: file.format.extension,
            bytes: file.bytes,
            description: description(frame),
            width: length("svg:width"),
            height: length("svg:height"),
        };
        line.object(Inline::Picture(self.document.pictures.len()));
        self.document.pictures.push(picture);
    }
}

/// The part of a picture that is left when so much is cut off it, from the top clockwise, at its natural size.
fn crop(clip: [f32; 4], bytes: &[u8]) -> Option<Part> {
    /// What is less than this was not cut off on purpose.
    const LEAST: f32 = 0.002;
    let [top, right, bottom, left] = clip;
    let (width, height) = picture_format::natural_size(bytes)?;
    let part = Part {
        left: (left / width).max(0.0),
        top: (top / height).max(0.0),
        right: (1.0 - right / width).min(1.0),
        bottom: (1.0 - bottom / height).min(1.0),
    };
    let is_whole = part.left + part.top + (1.0 - part.right) + (1.0 - part.bottom) < LEAST;
    let is_sound = part.right - part.left > LEAST && part.bottom - part.top > LEAST;
    (is_sound && !is_whole).then_some(part)
}
