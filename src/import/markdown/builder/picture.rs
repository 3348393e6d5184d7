//! Pictures, and what is said of them.

use super::Builder;
use crate::import::document::{
    Block, Doubt, DoubtKind, ImportError, Inline, Look, Paragraph, Picture, Role, Span, Style,
};
use crate::import::picture_format;

/// A picture as it is being read.
#[derive(Debug, Default)]
pub(super) struct OpenImage {
    pub(super) address: String,
    pub(super) title: String,
    /// What stands for it where it cannot be shown.
    pub(super) description: String,
}

/// A picture of the line that has begun.
#[derive(Debug)]
pub(super) struct Shown {
    /// Its place in the document; `None` where its file is missing, and its description stands in the line.
    place: Option<usize>,
    description: String,
    title: String,
}

/// A description of so many words was written by somebody, and not by a program.
const LEAST_WORDS: usize = 3;

impl Builder<'_> {
    pub(super) fn start_image(&mut self, address: &str, title: &str) {
        // A picture in the description of another cannot be shown, but has words.
        if self.image.is_none() {
            let (address, title) = (address.to_owned(), title.to_owned());
            self.image = Some(OpenImage { address, title, description: String::new() });
            self.images_open = 0;
        }
        self.images_open += 1;
    }

    pub(super) fn end_image(&mut self) -> Result<(), ImportError> {
        self.images_open = self.images_open.saturating_sub(1);
        if self.images_open > 0 {
            return Ok(());
        }
        let image = self.image.take();
        image.map_or(Ok(()), |image| self.add_image(image))
    }

    pub(super) fn add_image(&mut self, image: OpenImage) -> Result<(), ImportError> {
        let description = image.description.split_whitespace().collect::<Vec<_>>().join(" ");
        let file = self.images.get(&image.address)?;
        let place = file.as_ref().map(|_| self.document.pictures.len());
        self.line();
        if let Some(bytes) = file {
            let format = picture_format::of(&bytes);
            if !format.is_shown {
                self.doubt(DoubtKind::PictureFormat(format.extension.to_ascii_uppercase()), &description);
            }
            let for_blind = self.photo_descriptions.get(&image.address).cloned();
            self.document.pictures.push(Picture {
                bytes,
                extension: format.extension,
                crop: None,
                description: for_blind.or_else(|| (!description.is_empty()).then(|| description.clone())),
                width: 0.0,
                height: 0.0,
            });
            let place = self.document.pictures.len() - 1;
            self.line().paragraph.inlines.push(Inline::Picture(place));
        } else {
            let address: String = image.address.chars().take(80).collect();
            self.doubt(DoubtKind::PictureMissing, if description.is_empty() { &address } else { &description });
            self.text(&description)?;
        }
        self.shown.push(Shown { place, description, title: image.title.trim().to_owned() });
        Ok(())
    }

    /// A paragraph ends that may have pictures in it. Where it has nothing else, what is said of them are their captions,
    /// as everybody prints them; within text it is for those who cannot see them.
    pub(super) fn add_paragraph(&mut self, paragraph: Option<Paragraph>) {
        let shown = std::mem::take(&mut self.shown);
        let words = paragraph.as_ref().map(|paragraph| letters(&paragraph.text())).unwrap_or_default();
        let missing = shown.iter().filter(|image| image.place.is_none());
        let is_alone =
            !shown.is_empty() && words == missing.map(|image| letters(&image.description)).collect::<String>();
        if let Some(mut paragraph) = paragraph {
            if is_alone && !words.is_empty() {
                paragraph.look.role = Some(Role::Caption);
            }
            self.add(Block::Paragraph(paragraph));
        }
        for image in shown {
            self.add_caption(image, is_alone);
        }
    }

    fn add_caption(&mut self, image: Shown, is_alone: bool) {
        if !is_alone {
            self.leave_out(&image.title);
            return;
        }
        let picture = image.place.and_then(|place| self.document.pictures.get_mut(place));
        if let Some(picture) = picture.filter(|_| image.description.split_whitespace().count() >= LEAST_WORDS) {
            if picture.description.as_deref() == Some(&image.description) {
                picture.description = None;
            }
            self.add(caption(image.description));
        }
        if !image.title.is_empty() {
            self.add(caption(image.title));
        }
    }

    fn doubt(&mut self, kind: DoubtKind, about: &str) {
        self.document.doubts.push(Doubt { kind, about: about.to_owned() });
    }
}

fn caption(text: String) -> Block {
    let inlines = vec![Inline::Text(Span { text, style: Style::default(), link: None })];
    Block::Paragraph(Paragraph { inlines, look: Look { role: Some(Role::Caption), ..Look::default() } })
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
