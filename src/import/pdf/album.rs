//! Which pictures of the pages belong to the document, and as what.

use super::glyphs::{Area, Page, Placed};
use super::pictures::{Gallery, is_picture};
use crate::import::document::{Block, Doubt, DoubtKind, Inline, Paragraph, Part, Picture};

/// A picture that covers this share of a page with text is its background.
const BACKGROUND: f32 = 0.6;
/// A page with fewer glyphs than this is a picture with a few words on it.
const FEW: usize = 60;
/// Less than this share of a picture that is cut off does not matter.
const CUT: f32 = 0.01;

/// The pictures of the document so far.
pub(super) struct Album<'g> {
    gallery: &'g Gallery,
    pub(super) pictures: Vec<Picture>,
}

impl<'g> Album<'g> {
    pub(super) fn new(gallery: &'g Gallery) -> Self {
        Self { gallery, pictures: Vec::new() }
    }

    /// The number of a picture in the document.
    pub(super) fn place(&mut self, placed: &Placed, description: Option<String>) -> Option<usize> {
        let entry = self.gallery.entries.get(placed.picture)?;
        let picture = Picture {
            bytes: entry.bytes.clone(),
            extension: entry.extension,
            crop: crop(placed.whole, placed.area),
            description,
            width: placed.area.width(),
            height: placed.area.height(),
        };
        self.pictures.push(picture);
        Some(self.pictures.len() - 1)
    }

    /// A picture in a paragraph of its own.
    pub(super) fn block(&mut self, placed: &Placed, description: Option<String>) -> Option<Block> {
        let picture = self.place(placed, description)?;
        Some(Block::Paragraph(Paragraph { inlines: vec![Inline::Picture(picture)], ..Paragraph::default() }))
    }
}

/// The part that is shown; `None` for all of it.
fn crop(whole: Area, shown: Area) -> Option<Part> {
    let (width, height) = (whole.width().max(0.1), whole.height().max(0.1));
    let part = Part {
        left: (shown.x0 - whole.x0) / width,
        top: (shown.y0 - whole.y0) / height,
        right: (shown.x1 - whole.x0) / width,
        bottom: (shown.y1 - whole.y0) / height,
    };
    let is_cut = part.left > CUT || part.top > CUT || part.right < 1.0 - CUT || part.bottom < 1.0 - CUT;
    is_cut.then_some(part)
}

/// The pictures of every page that are part of the text: none that is tiny, and one that comes again on most pages, or
/// lies behind the text, only once.
pub(super) fn pictures(pages: &[Page], doubts: &mut Vec<Doubt>) -> Vec<Vec<Placed>> {
    let count = pages.iter().flat_map(|page| &page.pictures).map(|placed| placed.picture + 1).max().unwrap_or(0);
    let mut on_pages = vec![0_usize; count];
    for page in pages {
        let mut seen: Vec<usize> = page.pictures.iter().map(|placed| placed.picture).collect();
        seen.sort_unstable();
        seen.dedup();
        for picture in seen {
            if let Some(count) = on_pages.get_mut(picture) {
                *count += 1;
            }
        }
    }
    let often = (pages.len() / 2).max(3);
    let mut shown = vec![false; count];
    let mut chosen = Vec::with_capacity(pages.len());
    for page in pages {
        let mut own = Vec::new();
        for placed in page.pictures.iter().filter(|placed| is_picture(placed.area)) {
            let was_shown = shown.get_mut(placed.picture).is_some_and(|shown| std::mem::replace(shown, true));
            let is_repeated = on_pages.get(placed.picture).is_some_and(|count| *count >= often);
            if was_shown && is_repeated {
                continue;
            }
            let is_background = placed.area.size() > page.width * page.height * BACKGROUND && page.glyphs.len() > FEW;
            if is_background {
                doubts.push(Doubt { kind: DoubtKind::Object("background".to_owned()), about: String::new() });
                continue;
            }
            own.push(placed.clone());
        }
        chosen.push(own);
    }
    doubts.dedup();
    chosen
}
