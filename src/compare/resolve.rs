//! Following references.

use lopdf::{Dictionary, Document, Object};

pub(super) fn resolved<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Object> {
    document.dereference(object?).ok().map(|(_, object)| object)
}

pub(super) fn dictionary<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Dictionary> {
    resolved(document, object)?.as_dict().ok()
}

pub(super) fn array<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Vec<Object>> {
    resolved(document, object)?.as_array().ok()
}
