//! What a drawing has in it that would not be printed: it must not be lost in silence.

use usvg::roxmltree::{Document, Node};

use super::style::declarations;
use crate::diagnostic::{DrawingError, PhotoError};

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements that are drawn, or say how others are.
const DRAWN: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "tref",
    "tspan",
    "use",
];

/// Elements that show nothing on paper: descriptions, fonts that another font stands in for, movement.
const UNSEEN: &[&str] = &[
    "altGlyphDef",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "color-profile",
    "cursor",
    "desc",
    "discard",
    "font",
    "font-face",
    "font-face-format",
    "font-face-name",
    "font-face-src",
    "font-face-uri",
    "glyph",
    "hkern",
    "metadata",
    "missing-glyph",
    "mpath",
    "set",
    "title",
    "view",
    "vkern",
];

/// Whether all that a drawing shows is in it, and will be printed.
pub(super) fn check(document: &Document<'_>) -> Result<(), PhotoError> {
    for node in document.descendants() {
        if node.pi().is_some_and(|instruction| instruction.target == "xml-stylesheet") {
            return Err(PhotoError::LinkedImage);
        }
        if node.is_element() {
            check_element(node)?;
        }
    }
    Ok(())
}

/// Whether an element belongs to the drawing, and not to the notes of the program that made it.
pub(super) fn is_svg(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().namespace(), None | Some(SVG))
}

fn check_element(node: Node<'_, '_>) -> Result<(), PhotoError> {
    let name = node.tag_name().name();
    if node.tag_name().namespace() == Some(XHTML) {
        return if is_replaced(node) { Ok(()) } else { Err(not_drawn(name)) };
    }
    if !is_svg(node) {
        return Ok(());
    }
    if name == "script" {
        return Err(DrawingError::Script.into());
    }
    // What one program alone draws has a stand-in for all others beside it.
    if !DRAWN.contains(&name) && !UNSEEN.contains(&name) && !is_replaced(node) {
        return Err(not_drawn(name));
    }
    if name == "style" {
        check_style_sheet(node)?;
    }
    let is_drawn = DRAWN.contains(&name);
    for attribute in node.attributes() {
        let value = attribute.value().trim();
        let shows_outside = match attribute.name() {
            // A link for readers shows nothing.
            "href" if name != "a" && is_drawn => !is_inside(value, matches!(name, "image" | "feImage")),
            "style" => declarations(value).any(|(_, value)| calls_outside(value)),
            _ => calls_outside(value),
        };
        if shows_outside {
            return Err(PhotoError::LinkedImage);
        }
        if attribute.name() == "href" && is_drawn && is_data(value) && !is_whole_data(value) {
            return Err(DrawingError::InnerPicture.into());
        }
    }
    Ok(())
}

fn not_drawn(element: &str) -> PhotoError {
    DrawingError::NotDrawn { element: element.to_owned() }.into()
}

/// Whether an element lies in a `foreignObject` that is for one program alone, by an address of that program.
fn is_replaced(node: Node<'_, '_>) -> bool {
    let is_private = |node: &Node<'_, '_>| {
        node.tag_name().name() == "foreignObject"
            && node.attribute("requiredExtensions").is_some_and(|value| !value.trim().is_empty())
    };
    node.ancestors()
        .filter(is_private)
        .any(|node| node.parent_element().is_some_and(|parent| is_svg(parent) && parent.tag_name().name() == "switch"))
}

fn check_style_sheet(node: Node<'_, '_>) -> Result<(), PhotoError> {
    for text in node.children().filter_map(|child| child.text()) {
        if text.to_ascii_lowercase().contains("@import") || calls_outside(text) {
            return Err(PhotoError::LinkedImage);
        }
    }
    Ok(())
}

/// Whether a reference stays in the drawing: `#name`, nothing at all, or for pictures the picture itself.
fn is_inside(value: &str, may_be_data: bool) -> bool {
    value.is_empty() || value.starts_with('#') || may_be_data && is_data(value)
}

fn is_data(value: &str) -> bool {
    value.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Whether there is a `url(…)` in it that leads out of the drawing.
fn calls_outside(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    lower.split("url(").skip(1).any(|rest| {
        let target = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        !target.starts_with(['#', ')']) && !is_data(target)
    })
}

/// Whether the letters of a picture (`data:image/png;base64,…`) can be read: the program that draws leaves out one
/// that cannot.
fn is_whole_data(value: &str) -> bool {
    let Some((head, body)) = value.split_once(',') else { return false };
    if !head.trim_end().to_ascii_lowercase().ends_with("base64") || body.contains('%') {
        return true;
    }
    let body = body.split('#').next().unwrap_or_default();
    let letters = || body.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let padding = letters().rev().take(2).take_while(|&byte| byte == b'=').count();
    let count = letters().count();
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    letters().take(count - padding).all(is_letter) && (count - padding) % 4 != 1 && (padding == 0 || count % 4 == 0)
}
