//! Opens a PDF and draws its pages into plain data.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hayro_interpret::font::FontQuery;
use hayro_interpret::hayro_syntax::page::Page as Source;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use kurbo::Rect;

use super::collect::{self, Collector, mend_widths};
use super::glyphs::{Font, Page};
use super::links;
use super::pictures::Gallery;
use super::survey::{Fonts, Mark, survey};
use crate::import::document::{Doubt, DoubtKind, ImportError};

/// More pages and letters than this are in no bulletin.
const PAGES: usize = 2_000;
const GLYPHS: usize = 4_000_000;

/// The pages of a document as plain data.
pub(super) struct Drawn {
    pub(super) pages: Vec<Page>,
    pub(super) fonts: Vec<Font>,
    pub(super) gallery: Gallery,
    /// Fonts whose letters cannot be told.
    pub(super) unreadable: Vec<String>,
}

/// Opens a file.
pub(super) fn open(bytes: Vec<u8>) -> Result<Pdf, ImportError> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            ImportError::Encrypted
        }
        LoadPdfError::Decryption(_) => ImportError::Damaged("its encryption contradicts itself".to_owned()),
        LoadPdfError::Invalid => ImportError::Damaged("no pages can be found in it".to_owned()),
    })
}

/// Draws all pages; pictures are decoded for so long only.
pub(super) fn draw(pdf: &Pdf, picture_time: Duration) -> Result<Drawn, ImportError> {
    let sources = pdf.pages();
    if sources.len() > PAGES {
        return Err(ImportError::TooLarge);
    }
    let mut gallery = Gallery::new(Instant::now() + picture_time);
    let mut fonts = Fonts::default();
    let cache = InterpreterCache::new();
    let settings = settings();
    let mut pages: Vec<Page> = Vec::with_capacity(sources.len());
    let mut glyphs = 0;
    for source in sources.iter() {
        let marks = survey(source, &mut fonts).ok_or(ImportError::TooDeep)?;
        let size = source.render_dimensions();
        let transform = source.initial_transform(true).to_kurbo();
        let whole = Rect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
        let mut context = Context::new(transform, whole, &cache, pdf.xref(), settings.clone());
        let mut page = draw_page(source, &mut context, size, &fonts, &marks, &mut gallery);
        page.links = links::links(source);
        glyphs += page.glyphs.len();
        if glyphs > GLYPHS || page.glyphs.len() >= collect::GLYPHS {
            return Err(ImportError::TooLarge);
        }
        pages.push(page);
    }
    let has_letters = pages.iter().any(|page| page.glyphs.iter().any(|glyph| !page.is_space(glyph)));
    if !has_letters {
        return Err(ImportError::NoText);
    }
    Ok(Drawn { pages, fonts: fonts.list, gallery, unreadable: fonts.unreadable })
}

fn draw_page<'a>(
    source: &Source<'a>,
    context: &mut Context<'a>,
    size: (f32, f32),
    fonts: &Fonts,
    marks: &[Mark],
    gallery: &mut Gallery,
) -> Page {
    let mut collector = Collector::new(size, fonts, marks, gallery);
    interpret_page(source, context, &mut collector);
    let mut page = collector.page;
    mend_widths(&mut page);
    page
}

fn settings() -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
        }),
        ..InterpreterSettings::default()
    }
}

/// What the pages leave open.
pub(super) fn doubts(drawn: &Drawn) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if let Some(page) = drawn.pages.iter().find(|page| page.unknown > 0) {
        doubts.push(Doubt { kind: DoubtKind::Signs, about: around_unknown(&page.letters) });
    }
    for name in &drawn.unreadable {
        doubts.push(Doubt { kind: DoubtKind::Signs, about: name.clone() });
    }
    if drawn.gallery.missing > 0 {
        doubts.push(Doubt { kind: DoubtKind::PictureMissing, about: drawn.gallery.missing.to_string() });
    }
    doubts
}

/// The letters around the first sign that stands for none.
fn around_unknown(letters: &str) -> String {
    const BEFORE: usize = 20;
    const ALL: usize = 50;
    let at = letters.chars().position(|letter| letter == char::REPLACEMENT_CHARACTER).unwrap_or_default();
    letters.chars().skip(at.saturating_sub(BEFORE)).take(ALL).collect()
}
