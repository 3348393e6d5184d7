//! The values of attributes: lengths, switches, numbers.

use crate::import::xml::Element;

/// Twentieths of a point.
const TWIPS: f32 = 20.0;
/// How much of DrawingML's unit is a point.
const EMU: f32 = 12_700.0;

/// The `w:val` of a child.
pub(super) fn value<'x>(parent: Element<'x>, name: &str) -> Option<&'x str> {
    parent.child(name)?.attribute("w:val")
}

/// A switch, such as `<w:b/>` or `<w:b w:val="0"/>`; `None` where it is not there.
pub(super) fn switch(parent: Element<'_>, name: &str) -> Option<bool> {
    parent.child(name).map(is_on)
}

/// Whether a switch that is there is on.
pub(super) fn is_on(element: Element<'_>) -> bool {
    !matches!(element.attribute("w:val"), Some("0" | "false" | "off"))
}

/// A length in twentieths of a point, or with a unit of its own (`2.5cm`), in points.
pub(super) fn points(value: &str) -> Option<f32> {
    let value = value.trim();
    match value.parse::<f32>() {
        Ok(twips) => finite(twips / TWIPS),
        Err(_) => with_unit(value),
    }
}

/// A length with a unit, in points.
pub(super) fn with_unit(value: &str) -> Option<f32> {
    const UNITS: [(&str, f32); 7] =
        [("pt", 1.0), ("in", 72.0), ("cm", 72.0 / 2.54), ("mm", 72.0 / 25.4), ("px", 0.75), ("pc", 12.0), ("pi", 12.0)];
    let value = value.trim();
    UNITS.iter().find_map(|(unit, points)| {
        let number = value.strip_suffix(unit)?.trim().parse::<f32>().ok()?;
        finite(number * points)
    })
}

/// A length of DrawingML, in points.
pub(super) fn emu(value: &str) -> Option<f32> {
    finite(value.trim().parse::<f32>().ok()? / EMU)
}

fn finite(value: f32) -> Option<f32> {
    value.is_finite().then_some(value)
}

/// The first words of a text, to name it by.
pub(super) fn beginning(text: &str) -> String {
    const LETTERS: usize = 80;
    let text: String = text.trim_start().chars().take(4 * LETTERS).collect();
    let mut short = String::new();
    for word in text.split_whitespace() {
        let separator = if short.is_empty() { "" } else { " " };
        if short.chars().count() + word.chars().count() > LETTERS {
            if short.is_empty() {
                short.extend(word.chars().take(LETTERS));
            }
            break;
        }
        short.push_str(separator);
        short.push_str(word);
    }
    short
}
