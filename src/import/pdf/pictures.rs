//! The pictures of a PDF as files: JPEG byte for byte where the PDF holds it so, otherwise PNG of its pixels.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::hayro_syntax::object::ObjectIdentifier;
use hayro_interpret::{Image, RasterImage};
use kurbo::Affine;
use rustc_hash::{FxHashMap, FxHasher};

use super::glyphs::Area;
use super::jpeg;
use super::pixels::{Pixels, Turn};

/// Smaller pictures than this, in points, are decoration.
const TINY: f32 = 24.0;
/// More pixels than this are not decoded.
const PIXELS: u64 = 40_000_000;
/// Bytes of all pictures together.
const BYTES: usize = 300_000_000;
/// From this ratio of its sides on, a picture may be a stripe of a larger one.
const STRIPE: u32 = 2;

/// A picture as a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) bytes: Arc<[u8]>,
    pub(super) extension: &'static str,
}

/// The pictures of a document, each once.
pub(super) struct Gallery {
    pub(super) entries: Vec<Entry>,
    /// How many pictures are too large, too many, or in no format that can be read.
    pub(super) missing: usize,
    by_object: FxHashMap<(ObjectIdentifier, Turn), Option<usize>>,
    by_bytes: FxHashMap<u64, Vec<usize>>,
    bytes: usize,
    until: Instant,
    /// The pixels of the picture that was added last, for the stripe that may follow it.
    last: Option<(usize, Pixels)>,
}

/// Whether a picture is large enough on the page, in one direction at least.
pub(super) fn is_worth_it(shown: Area) -> bool {
    shown.width().max(shown.height()) >= TINY && shown.width().min(shown.height()) >= 2.0
}

/// Whether it is large enough in both.
pub(super) fn is_picture(shown: Area) -> bool {
    shown.width() >= TINY && shown.height() >= TINY
}

impl Gallery {
    /// A gallery that decodes nothing after a moment.
    pub(super) fn new(until: Instant) -> Self {
        Self {
            entries: Vec::new(),
            missing: 0,
            by_object: FxHashMap::default(),
            by_bytes: FxHashMap::default(),
            bytes: 0,
            until,
            last: None,
        }
    }

    /// Adds a picture and says where it is now; `None` if it cannot be had.
    pub(super) fn add(&mut self, image: &Image<'_, '_>, transform: Affine) -> Option<usize> {
        let turn = Turn::of(transform);
        let index = match image {
            Image::Raster(raster) => {
                let object = raster.stream().obj_id();
                let is_shared = object != ObjectIdentifier::new(0, 0);
                match self.by_object.get(&(object, turn)) {
                    Some(known) if is_shared => return *known,
                    _ => {}
                }
                let index = self.raster(raster, turn);
                if is_shared {
                    self.by_object.insert((object, turn), index);
                }
                index
            }
            Image::Stencil(stencil) => {
                if self.is_full(stencil.width(), stencil.height()) {
                    None
                } else {
                    let mut pixels = None;
                    stencil.with_stencil(|mask, _| pixels = Some(Pixels::of_mask(mask)), None);
                    pixels.and_then(|pixels| self.drawn(pixels.turned(turn)))
                }
            }
        };
        if index.is_none() {
            self.missing += 1;
        }
        index
    }

    fn is_full(&self, width: u32, height: u32) -> bool {
        u64::from(width) * u64::from(height) > PIXELS || self.bytes > BYTES || Instant::now() > self.until
    }

    fn raster(&mut self, raster: &RasterImage<'_>, turn: Turn) -> Option<usize> {
        let stream = raster.stream();
        let file = if turn.is_upright() { jpeg::file(stream) } else { None };
        let is_masked = stream.dict().contains_key("SMask") || stream.dict().contains_key("Mask");
        let (long, short) = (raster.width().max(raster.height()), raster.width().min(raster.height()));
        if let Some(file) = &file
            && (!is_masked || self.is_full(raster.width(), raster.height()))
            && long < short.saturating_mul(STRIPE)
        {
            return self.keep(file.clone(), "jpg");
        }
        if self.is_full(raster.width(), raster.height()) {
            return file.and_then(|file| self.keep(file, "jpg"));
        }
        let mut pixels = None;
        raster.with_rgba(|image, alpha| pixels = Some(Pixels::of(image, alpha)), None);
        match (pixels, file) {
            (Some(pixels), Some(file)) if !pixels.has_alpha() => {
                let index = self.keep(file, "jpg")?;
                self.last = Some((index, pixels));
                Some(index)
            }
            (Some(pixels), _) => self.drawn(pixels.turned(turn)),
            (None, Some(file)) => self.keep(file, "jpg"),
            (None, None) => None,
        }
    }

    fn drawn(&mut self, pixels: Pixels) -> Option<usize> {
        let index = self.keep(pixels.png()?, "png")?;
        self.last = Some((index, pixels));
        Some(index)
    }

    fn keep(&mut self, file: Vec<u8>, extension: &'static str) -> Option<usize> {
        self.last = None;
        let mut hasher = FxHasher::default();
        file.hash(&mut hasher);
        let same = self.by_bytes.entry(hasher.finish()).or_default();
        let known = same.iter().find(|index| self.entries.get(**index).is_some_and(|entry| *entry.bytes == *file));
        if let Some(known) = known {
            return Some(*known);
        }
        if self.bytes > BYTES {
            return None;
        }
        self.bytes += file.len();
        same.push(self.entries.len());
        self.entries.push(Entry { bytes: file.into(), extension });
        Some(self.entries.len() - 1)
    }

    /// The picture that was added last together with the one that was added before it, which is the stripe above.
    pub(super) fn join(&mut self, above: Option<(usize, Pixels)>) -> Option<usize> {
        let (_, above) = above?;
        let (_, below) = self.last.as_ref()?;
        let joined = above.stacked(below)?;
        self.drawn(joined)
    }

    /// The pixels of the picture that was added last.
    pub(super) fn take_last(&mut self) -> Option<(usize, Pixels)> {
        self.last.take()
    }
}
