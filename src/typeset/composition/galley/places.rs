//! Where the pieces of a composed document stand.

use std::collections::BTreeMap;

use typst::foundations::Value;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::{MARK, Values};

/// Which pieces there are, by article and key: for reading a composed document back.
pub(in super::super) type Places = BTreeMap<(String, String), (usize, f64, f64)>;

/// Where the pieces of a composed document begin: page, and distance from left and top.
pub(in super::super) fn places(document: &PagedDocument) -> Places {
    let mut places = Places::new();
    for (page, content) in document.pages().iter().enumerate() {
        find_places(&content.frame, Point::zero(), page, &mut places);
    }
    places
}

fn find_places(frame: &Frame, origin: Point, page: usize, places: &mut Places) {
    for (position, item) in frame.items() {
        let at = origin + *position;
        match item {
            FrameItem::Group(group) => find_places(&group.frame, at, page, places),
            FrameItem::Tag(Tag::Start(element, _)) => {
                if element.label().is_some_and(|label| label.resolve().as_str() == MARK)
                    && let Ok(Value::Dict(dict)) = element.get_by_name("value")
                    && let (Some(article), Some(key)) = (Values(&dict).text("article"), Values(&dict).text("key"))
                {
                    places.insert((article, key), (page, at.x.to_pt(), at.y.to_pt()));
                }
            }
            _ => {}
        }
    }
}
