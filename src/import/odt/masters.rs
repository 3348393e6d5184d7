//! The heads and feet of the pages.

use std::collections::HashSet;

use super::{Reader, words};
use crate::import::document::{DoubtKind, Reason};
use crate::import::xml::Element;

impl Reader<'_> {
    /// Takes note of what stands on every page, each line once.
    pub(super) fn running_heads(&mut self, styles: Element<'_>) {
        let pages = styles.child("office:master-styles").into_iter().flat_map(Element::elements);
        let mut seen = HashSet::new();
        for part in pages.filter(|page| page.is("style:master-page")).flat_map(Element::elements) {
            if is_head_or_foot(part.name()) {
                self.head_or_foot(part, &mut seen);
            }
        }
    }

    fn head_or_foot(&mut self, part: Element<'_>, seen: &mut HashSet<String>) {
        let is_shown = part.attribute("style:display") != Some("false");
        let has_number =
            part.descendants().any(|element| matches!(element.name(), "text:page-number" | "text:page-count"));
        for line in words::lines(part) {
            if seen.insert(line.clone()) {
                let reason = match (is_shown, has_number && is_folio(&line)) {
                    (false, _) => Reason::Deleted,
                    (true, true) => Reason::Folio,
                    (true, false) => Reason::RunningHead,
                };
                self.leave_out(line, reason);
            }
        }
        let pictures = part.descendants().filter(|element| element.is("draw:image"));
        for picture in pictures.filter(|_| is_shown) {
            let place = picture.attribute("xlink:href").unwrap_or("office:binary-data");
            if seen.insert(place.to_owned()) {
                self.doubt(DoubtKind::Object("head".to_owned()), place);
            }
        }
    }
}

fn is_head_or_foot(name: &str) -> bool {
    let name = name.split_once(':').map_or(name, |(_, name)| name);
    matches!(name, "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first")
}

/// Whether a line has nothing but the number of its page.
fn is_folio(line: &str) -> bool {
    let words = line.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().all(|word| matches!(word.to_lowercase().as_str(), "trang" | "tr" | "page" | "p" | "of" | "trên"))
}
