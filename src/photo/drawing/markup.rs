//! What is looked at before a drawing is read as XML: that reading it cannot take for ever.

use crate::diagnostic::{DrawingError, DrawingLimit, PhotoError};

/// Largest drawing, in bytes; pictures inside it are most of that.
const MAX_BYTES: usize = 40_000_000;

/// Most attributes of an element: the XML reader compares each with each.
const MAX_ATTRIBUTES: usize = 500;

/// Most bytes that all entities (`&name;`) may stand for. Drawing programs use them for addresses of a few dozen bytes.
const MAX_ENTITY_BYTES: usize = 4_000_000;

/// Whether the text of a drawing can be read as XML in time that goes with its length.
pub(super) fn check(text: &str) -> Result<(), PhotoError> {
    if text.len() > MAX_BYTES {
        return Err(DrawingError::TooMuch(DrawingLimit::Bytes).into());
    }
    // No value of an attribute may have a `<`: a tag ends before the next one.
    if text.split('<').any(|tag| quoted_values(tag) > MAX_ATTRIBUTES) {
        return Err(DrawingError::TooMuch(DrawingLimit::Attributes).into());
    }
    check_entities(text)
}

/// How many values in quotes stand behind a `=`.
fn quoted_values(tag: &str) -> usize {
    let is_quoted = |rest: &&str| rest.trim_start().starts_with(['"', '\'']);
    tag.split('=').skip(1).filter(is_quoted).count()
}

/// Entities of entities, or with elements in them, can make a short file endless; no drawing program writes them.
fn check_entities(text: &str) -> Result<(), PhotoError> {
    let mut longest = 0;
    for declaration in text.split("<!ENTITY").skip(1) {
        let Some(start) = declaration.find(['"', '\'']) else { continue };
        let (before, value) = declaration.split_at(start);
        if before.contains("SYSTEM") || before.contains("PUBLIC") {
            return Err(PhotoError::LinkedImage);
        }
        let quote = &value[..1];
        let value = value[1..].split(quote).next().unwrap_or_default();
        if value.contains(['&', '<', '%']) {
            return Err(DrawingError::TooMuch(DrawingLimit::Entities).into());
        }
        longest = longest.max(value.len());
    }
    let calls = if longest > 0 { text.matches('&').count() } else { 0 };
    if longest.saturating_mul(calls) > MAX_ENTITY_BYTES {
        return Err(DrawingError::TooMuch(DrawingLimit::Entities).into());
    }
    Ok(())
}
