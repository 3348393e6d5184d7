//! Sections: which of them start a new page.

use std::collections::HashMap;

use super::values::value;
use crate::import::xml::Element;

/// For every section but the last, by the place of its properties: whether the one after it starts a page. What a
/// section says of its start stands at its end.
pub(super) fn breaks(root: Element<'_>) -> HashMap<u32, bool> {
    let mut breaks = HashMap::new();
    let mut before: Option<u32> = None;
    let mut changed = 0;
    for element in root.descendants() {
        match element.name() {
            // What the section was before a tracked change.
            "w:sectPrChange" => changed = element.end(),
            "w:sectPr" if element.place() >= changed => {
                if let Some(before) = before.replace(element.place()) {
                    breaks.insert(before, starts_page(element));
                }
            }
            _ => {}
        }
    }
    breaks
}

fn starts_page(section: Element<'_>) -> bool {
    !matches!(value(section, "w:type"), Some("continuous" | "nextColumn"))
}
