//! Pictures of a tagged file that its structure tree does not hold: they are put where the page draws them.

use super::draft::{Draft, Text};
use super::glyphs::{Page, Placed};
use super::walk::page_of;

/// A picture that covers this share of a page is its background.
const BACKGROUND: f32 = 0.6;

/// Puts pictures after what the page draws before them; one that is drawn on several pages, once.
pub(super) fn insert(drafts: &mut Vec<Draft>, loose: Vec<(usize, Placed)>, pages: &[Page]) {
    let mut shown: Vec<usize> = Vec::new();
    for (number, placed) in loose {
        let Some(page) = pages.get(number) else { continue };
        let is_background = placed.area.size() > page.width * page.height * BACKGROUND;
        if placed.artifact || is_background || shown.contains(&placed.picture) {
            continue;
        }
        shown.push(placed.picture);
        let place = place(drafts, number, placed.after);
        drafts.insert(place, Draft::Picture { page: number, placed, description: None });
    }
}

/// Where something belongs that is drawn after so many glyphs of a page.
fn place(drafts: &[Draft], page: usize, after: usize) -> usize {
    let is_before = |draft: &Draft| match draft {
        Draft::Paragraph(text) => starts_before(text, page, after),
        _ => false,
    };
    match drafts.iter().rposition(is_before) {
        Some(before) => before + 1,
        None => drafts.iter().position(|draft| page_of(draft).is_some_and(|own| own >= page)).unwrap_or(drafts.len()),
    }
}

fn starts_before(text: &Text, page: usize, after: usize) -> bool {
    text.lines().any(|line| line.page == page && line.line.glyphs().any(|glyph| glyph < after))
}
