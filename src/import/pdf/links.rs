//! The links of a page, and where its addresses lead.

use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect};
use hayro_interpret::hayro_syntax::page::Page as Source;
use kurbo::Rect as Box;

use super::glyphs::{Area, Link};
use super::strings;

/// More links than this are on no page that people make.
const MANY: usize = 2_000;

/// The links of a page to addresses outside of the document.
pub(super) fn links(page: &Source<'_>) -> Vec<Link> {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    let transform = page.initial_transform(true).to_kurbo();
    annotations
        .iter::<Dict<'_>>()
        .take(MANY)
        .filter_map(|annotation| {
            let address = address(&annotation)?;
            let rect = annotation.get::<Rect>("Rect")?;
            let area = transform.transform_rect_bbox(Box::new(rect.x0, rect.y0, rect.x1, rect.y1).abs());
            let area = Area { x0: area.x0 as f32, y0: area.y0 as f32, x1: area.x1 as f32, y1: area.y1 as f32 };
            Some(Link { area, address })
        })
        .collect()
}

fn address(annotation: &Dict<'_>) -> Option<String> {
    if annotation.get::<Name<'_>>("Subtype")?.as_ref() != b"Link" {
        return None;
    }
    let action = annotation.get::<Dict<'_>>("A")?;
    if action.get::<Name<'_>>("S")?.as_ref() != b"URI" {
        return None;
    }
    let address = strings::text(&action, "URI")?.trim().to_owned();
    let lower = address.to_lowercase();
    let is_known = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    is_known.then_some(address)
}
