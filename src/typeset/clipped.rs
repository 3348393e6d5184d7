//! What a layout clips away of its photos goes into no PDF: it would be carried along unseen, and lie over text for those
//! who read a PDF by its places.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use typst::foundations::{Bytes, Smart};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Rect, Size};
use typst::model::Document;
use typst::visualize::{ExchangeFormat, Image, ImageKind, RasterFormat, RasterImage};
use typst_layout::PagedDocument;

use super::Shared;
use crate::photo::{Part, cut_out};

/// What is clipped away from a photo and shown of it elsewhere stays, in points, where it is no more than this at a side,
/// or above or below: it lies in the white around the photo, and one copy does for both places.
const SPARE_ACROSS: f64 = 15.0;
const SPARE_DOWN: f64 = 6.0;

/// Pages without what nobody sees of their photos.
pub fn without_clipped(document: &PagedDocument) -> PagedDocument {
    let cuts: Vec<_> = shown(document).into_par_iter().filter_map(Shown::cut).collect();
    if cuts.is_empty() {
        return document.clone();
    }
    let pages = document.pages().iter().cloned().map(|mut page| {
        replace(&mut page.frame, None, &cuts);
        page
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

/// How many bytes of photos that leaves out.
pub fn clipped_bytes(document: &PagedDocument) -> u64 {
    let mut wholes = HashMap::new();
    let mut copies = 0;
    for shown in shown(document) {
        let (photo, whole) = (shown.places.first().map(|place| place.photo), shown.photo.data().len());
        let is_whole = wholes.entry(photo).or_insert((whole, false));
        match shown.cut() {
            Some(cut) => copies += cut.photo.data().len(),
            None => is_whole.1 = true,
        }
    }
    let gone: usize = wholes.into_values().filter(|(_, is_whole)| !is_whole).map(|(bytes, _)| bytes).sum();
    gone.saturating_sub(copies) as u64
}

/// A part of a picture: from 0 at the left and at the head to 1 at the right and at the foot.
#[derive(Clone, Copy, PartialEq)]
struct Share {
    left: f64,
    head: f64,
    right: f64,
    foot: f64,
}

/// Which photo, and how much of it is seen.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    /// Where the bytes of the photo lie.
    photo: usize,
    seen: Share,
    /// In points, with what is clipped away.
    width: f64,
    height: f64,
}

/// What is shown of a photo in some places, with all that is seen in any of them.
struct Shown {
    photo: RasterImage,
    places: Vec<Place>,
}

/// A photo that is cut.
struct Cut {
    photo: RasterImage,
    /// What it still has.
    part: Share,
    places: Vec<Place>,
}

/// The photos of the pages, each with the places that can share a copy.
fn shown(document: &PagedDocument) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for page in document.pages() {
        find_photos(&page.frame, None, &mut |photo, place| match all.iter_mut().find(|shown| shown.has_room(place)) {
            Some(shown) => shown.places.push(place),
            None => all.push(Shown { photo: photo.clone(), places: vec![place] }),
        });
    }
    all
}

impl Share {
    /// The least part that holds both.
    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            head: self.head.min(other.head),
            right: self.right.max(other.right),
            foot: self.foot.max(other.foot),
        }
    }
}

impl Shown {
    /// What is seen in these places together.
    fn part(places: &[Place]) -> Option<Share> {
        places.iter().map(|place| place.seen).reduce(Share::with)
    }

    /// Whether a place can share a copy with these, and nowhere much more of it would lie there than is seen.
    fn has_room(&self, place: Place) -> bool {
        let places = [self.places.as_slice(), &[place]].concat();
        let part = Self::part(&places).unwrap_or(place.seen);
        places.iter().all(|it| {
            let across = (it.seen.left - part.left).max(part.right - it.seen.right) * it.width;
            let down = (it.seen.head - part.head).max(part.foot - it.seen.foot) * it.height;
            it.photo == place.photo && across <= SPARE_ACROSS && down <= SPARE_DOWN
        })
    }

    /// The photo with that part alone, if it can be had.
    fn cut(self) -> Option<Cut> {
        let (width, height) = (f64::from(self.photo.width()), f64::from(self.photo.height()));
        let part = Self::part(&self.places)?;
        // A hair of a pixel is none.
        let first = |share: f64, all: f64| (share * all + 0.01) as u32;
        let end = |share: f64, all: f64| (share * all - 0.01).ceil() as u32;
        let (left, top) = (first(part.left, width), first(part.head, height));
        let (right, foot) = (end(part.right, width), end(part.foot, height));
        let wanted = Part { left, top, width: right.saturating_sub(left), height: foot.saturating_sub(top) };
        let kept = cut_out(self.photo.data(), wanted)?;
        let bytes = Bytes::new(Shared(Arc::new(kept.bytes)));
        let photo = RasterImage::new(bytes, ExchangeFormat::Jpg, Smart::Auto).ok()?;
        let share = |pixels: u32, all: f64| f64::from(pixels) / all;
        let part = Share {
            left: share(kept.part.left, width),
            head: share(kept.part.top, height),
            right: share(kept.part.left + kept.part.width, width),
            foot: share(kept.part.top + kept.part.height, height),
        };
        Some(Cut { photo, part, places: self.places })
    }
}

/// Meets the photos in a frame of which no more than `visible` is seen.
fn find_photos(frame: &Frame, visible: Option<Rect>, meet: &mut dyn FnMut(&RasterImage, Place)) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => find_photos(&group.frame, visible_in(group, *at, visible), meet),
            FrameItem::Image(image, size, _) => {
                if let Some(photo) = jpeg(image) {
                    meet(photo, Place::of(photo, visible, *at, *size));
                }
            }
            _ => {}
        }
    }
}

/// The JPEG in an image.
fn jpeg(image: &Image) -> Option<&RasterImage> {
    match image.kind() {
        ImageKind::Raster(photo) if photo.format() == RasterFormat::Exchange(ExchangeFormat::Jpg) => Some(photo),
        _ => None,
    }
}

impl Place {
    /// That of a photo that stands at `at`, of this size, where no more than `visible` is seen.
    fn of(photo: &RasterImage, visible: Option<Rect>, at: Point, size: Size) -> Self {
        let share = |at: Abs, length: Abs| (at / length).clamp(0.0, 1.0);
        let seen = visible.map(|visible| Share {
            left: share(visible.min.x - at.x, size.x),
            head: share(visible.min.y - at.y, size.y),
            right: share(visible.max.x - at.x, size.x),
            foot: share(visible.max.y - at.y, size.y),
        });
        let seen = seen.unwrap_or(Share { left: 0.0, head: 0.0, right: 1.0, foot: 1.0 });
        let photo = photo.data().as_ptr() as usize;
        Self { photo, seen, width: size.x.to_pt(), height: size.y.to_pt() }
    }
}

/// What is seen of a group that stands at `at`, in its own coordinates; all of it where nothing is clipped, or that is hard
/// to tell.
fn visible_in(group: &GroupItem, at: Point, visible: Option<Rect>) -> Option<Rect> {
    let transform = group.transform;
    let clip = group.clip.as_ref().map(|clip| clip.bbox(None));
    let origin = at + Point::new(transform.tx, transform.ty);
    let outer = visible.filter(|_| transform.is_only_translate()).map(|it| Rect::new(it.min - origin, it.max - origin));
    match (outer, clip) {
        (Some(outer), Some(clip)) => Some(Rect::new(outer.min.max(clip.min), outer.max.min(clip.max))),
        (outer, clip) => outer.or(clip),
    }
}

/// Whether a photo stands in a frame.
fn has_photo(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_photo(&group.frame),
        FrameItem::Image(image, ..) => jpeg(image).is_some(),
        _ => false,
    })
}

/// Puts the photos that are cut in place of the whole. Frames without any are still shared with those of the document.
fn replace(frame: &mut Frame, visible: Option<Rect>, cuts: &[Cut]) {
    if !has_photo(frame) {
        return;
    }
    let places: Vec<_> = frame.items().map(|(at, _)| *at).collect();
    let mut places = places.into_iter();
    frame.retain(|item| {
        let at = places.next().unwrap_or_default();
        match item {
            FrameItem::Group(group) => {
                let visible = visible_in(group, at, visible);
                replace(&mut group.frame, visible, cuts);
            }
            FrameItem::Image(image, size, span) => {
                let place = jpeg(image).map(|photo| Place::of(photo, visible, at, *size));
                if let Some(cut) = place.and_then(|place| cuts.iter().find(|cut| cut.places.contains(&place))) {
                    let part = Image::new(cut.photo.clone(), image.alt().map(Into::into), image.scaling());
                    let Share { left, head, right, foot } = cut.part;
                    let kept = Size::new(size.x * (right - left), size.y * (foot - head));
                    let mut whole = Frame::soft(*size);
                    let at = Point::new(size.x * left, size.y * head);
                    whole.push(at, FrameItem::Image(part, kept, *span));
                    *item = FrameItem::Group(GroupItem::new(whole));
                }
            }
            _ => {}
        }
        true
    });
}
