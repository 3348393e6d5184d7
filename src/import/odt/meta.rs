//! What a file says of itself.

use crate::import::document::Properties;
use crate::import::xml::Element;

/// The properties of a file. `language` is that of its text, where it names none for itself.
pub(super) fn properties(meta: Option<Element<'_>>, language: Option<String>) -> Properties {
    let value = |name: &str| meta.and_then(|meta| filled(meta.child(name)?));
    let keywords = meta.into_iter().flat_map(Element::elements).filter(|element| element.is("meta:keyword"));
    let keywords: Vec<String> = keywords.filter_map(filled).collect();
    Properties {
        title: value("dc:title"),
        // Whoever saved it last need not have written it.
        author: value("meta:initial-creator").or_else(|| value("dc:creator")),
        keywords: (!keywords.is_empty()).then(|| keywords.join(", ")),
        language: value("dc:language").or(language),
    }
}

fn filled(element: Element<'_>) -> Option<String> {
    let text = element.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
