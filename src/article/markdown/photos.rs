//! Photos: paragraphs of their own.

use std::ops::Range;

use super::{Image, Reader, is_safe_link};
use crate::diagnostic::{Diagnostic, Finding, MarkdownError};
use crate::issue::{Crop, Inline, PhotoBlock, PhotoUse, is_foreign_path, normal_path};
use crate::source::{Place, Spanned};
use crate::toml_reader::one_line;

impl Reader<'_> {
    /// A photo, which becomes a block of its own when its paragraph ends.
    pub(super) fn image(&mut self, url: &str, title: &str, caption: Vec<Inline>, range: Range<usize>) {
        if is_safe_link(url) {
            self.error(MarkdownError::RemotePhoto, range);
            return;
        }
        if url.trim().is_empty() {
            self.error(MarkdownError::BrokenPhoto, range);
            return;
        }
        let path = decode_percent(url);
        if is_foreign_path(&path) {
            self.outside(&path, range);
            return;
        }
        let credit_place = self.find_in(&range, title);
        let normal = normal_path(&path);
        let settings = self.settings.get(normal.as_str()).copied();
        let usage = settings.map_or(PhotoUse::Column, |settings| settings.usage);
        let alt = settings.and_then(|settings| settings.alt.clone());
        let ratio = settings.and_then(|settings| settings.crop);
        let focus = settings.map(|settings| settings.focus).unwrap_or_default();
        let crop = ratio.map(|ratio| Crop { ratio, focus });
        self.shown.push(normal);
        let place = self.find_in(&range, url);
        let photo = PhotoBlock {
            photo: self.photos.add(&path, crop, place.clone(), usage),
            place,
            caption,
            credit: (!title.trim().is_empty()).then(|| Spanned { value: one_line(title), place: credit_place }),
            alt,
            usage,
            crop: ratio,
            focus,
        };
        self.images.push(Image { photo, range });
    }

    /// A photo on a drive, which no other computer has.
    pub(super) fn outside(&mut self, path: &str, range: Range<usize>) {
        let place = self.find_in(&range, path);
        self.diagnostics.push(Diagnostic::error(Finding::OutsideIssue { path: path.to_owned() }, place));
    }

    /// The place of `needle` in the text at `range`, from behind; the whole range where it is not there literally.
    fn find_in(&self, range: &Range<usize>, needle: &str) -> Place {
        let whole = self.absolute(range);
        let text = &self.source.text()[whole.clone()];
        match text.rfind(needle).filter(|_| !needle.is_empty()) {
            Some(at) => Place::new(self.source, whole.start + at..whole.start + at + needle.len()),
            None => Place::new(self.source, whole),
        }
    }

    /// Photos where only text can be.
    pub(super) fn reject_images(&mut self) {
        for image in std::mem::take(&mut self.images) {
            self.error(MarkdownError::InlinePhoto, image.range);
        }
    }
}

/// A path from the destination of a Markdown image, where a space is often written `%20`.
pub(super) fn decode_percent(url: &str) -> String {
    let bytes = url.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| url.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| url.to_owned())
}
