//! Pictures as files of `photos/`, and grey stand-ins for those that the source does not hold.

use std::sync::Arc;

use super::names::{free, numbered};
use crate::import::document::{Part, Picture};
use crate::issue::{AspectRatio, Focus, PhotoFile, PhotoUse};
use crate::photo::{Format, stand_in};
use crate::source::Place;

/// The photos of the new articles.
#[derive(Debug, Default)]
pub(super) struct Photos {
    /// As articles call for them.
    pub files: Vec<PhotoFile>,
    /// Paths relative to the issue folder, and what goes there.
    pub contents: Vec<(String, Vec<u8>)>,
    /// The paths that are taken.
    taken: Vec<String>,
    /// What photos of the article at hand are called.
    pub stem: String,
    /// Pictures that were written, to write each once.
    known: Vec<(Arc<[u8]>, usize)>,
    /// How many are stand-ins.
    pub stand_ins: usize,
}

impl Photos {
    /// None yet, beside files whose paths are taken.
    pub(super) fn beside(taken: Vec<String>) -> Self {
        Self { taken, ..Self::default() }
    }

    /// Adds a picture, or a stand-in for one; its place among the files.
    pub(super) fn add(&mut self, picture: Option<&Picture>, place: &Place) -> usize {
        let shown = picture.filter(|picture| Format::of(&picture.bytes).is_some());
        let Some(picture) = shown else {
            self.stand_ins += 1;
            let path = numbered("photos/thieu-anh", "svg", &mut self.taken);
            return self.write(path, stand_in::DRAWING.as_bytes().to_vec(), place);
        };
        if let Some((_, index)) = self.known.iter().find(|(bytes, _)| *bytes == picture.bytes) {
            let index = *index;
            self.call(index, place);
            return index;
        }
        let extension = Format::of(&picture.bytes).map_or(picture.extension, Format::extension);
        let path = free(&format!("photos/{}", self.stem), extension, &mut self.taken);
        let index = self.write(path, picture.bytes.to_vec(), place);
        self.known.push((Arc::clone(&picture.bytes), index));
        index
    }

    fn write(&mut self, path: String, bytes: Vec<u8>, place: &Place) -> usize {
        self.contents.push((path.clone(), bytes));
        self.files.push(PhotoFile { path, crop: None, calls: Vec::new() });
        self.call(self.files.len() - 1, place);
        self.files.len() - 1
    }

    fn call(&mut self, index: usize, place: &Place) {
        if let Some(file) = self.files.get_mut(index) {
            file.calls.push((place.clone(), PhotoUse::Column));
        }
    }
}

/// What a file says for those who cannot see the picture, unless a program wrote it.
pub(super) fn description(picture: &Picture) -> Option<String> {
    let text = picture.description.as_deref()?.trim();
    let lower = text.to_lowercase();
    let by_program = ["automatically generated", "được tạo tự động", "mô tả được tạo", "description automatically"];
    let is_name =
        [".jpg", ".jpeg", ".png", ".gif", ".emf", ".wmf", ".tif", ".bmp"].iter().any(|end| lower.ends_with(end));
    let is_numbered = ["picture ", "image ", "hình ảnh ", "ảnh ", "graphic ", "hình "]
        .iter()
        .any(|start| lower.strip_prefix(start).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit())));
    let is_text = text.chars().any(char::is_alphabetic) && !is_name && !is_numbered;
    (is_text && !by_program.iter().any(|words| lower.contains(words))).then(|| text.to_owned())
}

/// The proportions of the part that is shown; `None` for all of a picture.
pub(super) fn crop(picture: &Picture) -> Option<AspectRatio> {
    picture.crop.filter(is_cut)?;
    if picture.width <= 0.0 || picture.height <= 0.0 {
        return None;
    }
    let ratio = picture.width / picture.height;
    let fractions = (1..=40_u32).map(|height| {
        // The nearest whole number of parts.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
        let width = (ratio * height as f32).round().max(1.0) as u32;
        (width, height, (width as f32 / height as f32 / ratio - 1.0).abs())
    });
    let (width, height, _) = fractions.reduce(|best, next| if next.2 + 0.002 < best.2 { next } else { best })?;
    AspectRatio::parse(&format!("{width}:{height}"))
}

/// Where the part that is shown lies.
pub(super) fn focus(picture: &Picture) -> Focus {
    let Some(part) = picture.crop.filter(is_cut) else { return Focus::default() };
    let (left, right) = (part.left, 1.0 - part.right);
    let (top, bottom) = (part.top, 1.0 - part.bottom);
    let is_far = |a: f32, b: f32| a > b * 2.0 + 0.02;
    if left + right > top + bottom {
        match (is_far(left, right), is_far(right, left)) {
            (true, _) => Focus::Right,
            (_, true) => Focus::Left,
            _ => Focus::default(),
        }
    } else {
        match (is_far(top, bottom), is_far(bottom, top)) {
            (true, _) => Focus::Bottom,
            (_, true) => Focus::Top,
            _ => Focus::default(),
        }
    }
}

/// Whether a part is clearly less than the whole.
fn is_cut(part: &Part) -> bool {
    let cut = part.left.max(0.0) + part.top.max(0.0) + (1.0 - part.right).max(0.0) + (1.0 - part.bottom).max(0.0);
    cut > 0.02 && part.right > part.left && part.bottom > part.top
}
