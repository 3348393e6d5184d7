//! Drawings (SVG): they go into the PDF as they are, and so must be sound, whole and of a size that can be drawn.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use usvg::filter::Kind;
use usvg::roxmltree::{Document, Node, NodeId, ParsingOptions};

use super::broken;
use crate::diagnostic::PhotoFault;

/// Most pixels of a picture inside a drawing.
const MAX_INNER_PIXELS: u64 = 20_000_000;

/// Most elements of a drawing, each counted as often as it is drawn.
const MAX_ELEMENTS: u64 = 1_000_000;

/// How deep elements may lie in one another, those that are referred to included.
const MAX_DEPTH: usize = 200;

/// How far a filter may reach, in units of the drawing.
const MAX_REACH: f32 = 500.0;

/// The size of a drawing that is sound, shows nothing from outside and is not out of all proportion.
pub fn examine(bytes: &[u8]) -> Result<(u32, u32), PhotoFault> {
    // HTML inside a drawing is not drawn, and must not be lost in silence.
    let text = String::from_utf8_lossy(bytes);
    if text.contains("<foreignObject") {
        return Err(broken("foreignObject is not supported; convert its text to paths"));
    }
    check_complexity(&text)?;
    let (linked, spoiled) = (AtomicBool::new(false), AtomicBool::new(false));
    let default_data = usvg::ImageHrefResolver::default_data_resolver();
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            // A picture inside a drawing is held to the same bounds as one beside it.
            resolve_data: Box::new(|mime, data, options| {
                let is_sound = looks_like_svg(&data)
                    || super::facts::examine(&data).is_ok_and(|facts| facts.pixels() <= MAX_INNER_PIXELS);
                if !is_sound {
                    spoiled.store(true, Ordering::Relaxed);
                    return None;
                }
                default_data(mime, data, options)
            }),
            // A drawing must not show another file: it might lie outside the issue.
            resolve_string: Box::new(|_, _| {
                linked.store(true, Ordering::Relaxed);
                None
            }),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_data(bytes, &options).map_err(broken)?;
    drop(options);
    if linked.into_inner() {
        return Err(PhotoFault::LinkedImage);
    }
    if spoiled.into_inner() {
        return Err(broken("a picture inside the drawing is damaged or too large"));
    }
    let size = tree.size();
    if tree.filters().iter().any(|filter| filter.primitives().iter().any(|primitive| is_boundless(primitive.kind()))) {
        return Err(broken("a filter reaches too far"));
    }
    Ok((size.width().ceil() as u32, size.height().ceil() as u32))
}

/// Elements that refer to one another can make a short file endless, or as good as that: a pattern of patterns of
/// patterns.
fn check_complexity(text: &str) -> Result<(), PhotoFault> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(broken)?;
    let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
    let mut counter = Counter { named: named.collect(), counted: HashMap::new() };
    match counter.count(document.root_element(), 0) {
        Some(count) if count <= MAX_ELEMENTS => Ok(()),
        Some(_) => Err(broken("too many elements")),
        None => Err(broken("elements are nested too deep")),
    }
}

struct Counter<'a, 'input> {
    named: HashMap<&'a str, Node<'a, 'input>>,
    /// How many elements an element stands for; 0 while it is being counted.
    counted: HashMap<NodeId, u64>,
}

impl<'a, 'input> Counter<'a, 'input> {
    /// How many elements are drawn for this one; `None` where they are nested too deep.
    fn count(&mut self, node: Node<'a, 'input>, depth: usize) -> Option<u64> {
        if depth > MAX_DEPTH {
            return None;
        }
        // What refers to itself is not drawn again.
        if let Some(&count) = self.counted.get(&node.id()) {
            return Some(count);
        }
        self.counted.insert(node.id(), 0);
        let mut count = 1u64;
        for child in node.children().filter(Node::is_element) {
            count = count.saturating_add(self.count(child, depth + 1)?);
        }
        let references = node.attributes().flat_map(|attribute| references(attribute.name(), attribute.value()));
        for target in references.filter_map(|name| self.named.get(name).copied()).collect::<Vec<_>>() {
            count = count.saturating_add(self.count(target, depth + 1)?);
        }
        self.counted.insert(node.id(), count);
        Some(count)
    }
}

/// The names of elements that an attribute refers to: `href="#name"`, `fill="url(#name)"` and the like.
fn references<'a>(name: &str, value: &'a str) -> Vec<&'a str> {
    if name == "href" {
        return value.trim().strip_prefix('#').into_iter().collect();
    }
    let urls = value.split("url(").skip(1);
    urls.filter_map(|rest| rest.split(')').next()?.trim_matches([' ', '"', '\'']).strip_prefix('#')).collect()
}

/// Whether a filter looks so far around each pixel that it would take all time.
fn is_boundless(kind: &Kind) -> bool {
    let is_far = |x: f32, y: f32| x > MAX_REACH || y > MAX_REACH;
    match kind {
        Kind::GaussianBlur(blur) => is_far(blur.std_dev_x().get(), blur.std_dev_y().get()),
        Kind::DropShadow(shadow) => is_far(shadow.std_dev_x().get(), shadow.std_dev_y().get()),
        Kind::Morphology(morphology) => is_far(morphology.radius_x().get(), morphology.radius_y().get()),
        Kind::Turbulence(turbulence) => turbulence.num_octaves() > 20,
        Kind::ConvolveMatrix(convolution) => convolution.matrix().data().len() > 1000,
        _ => false,
    }
}

/// Whether a file begins as an SVG drawing does: with an `svg` element, behind a declaration or comments at most.
pub fn looks_like_svg(bytes: &[u8]) -> bool {
    const PROLOGUE: usize = 65_536;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PROLOGUE)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let opens = ["<svg", "<?xml", "<!--", "<!DOCTYPE svg"].iter().any(|start| head.starts_with(start));
    opens && head.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(content: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\">{content}</svg>")
    }

    #[test]
    fn a_drawing_with_references_is_sound() {
        let used = "<defs><linearGradient id=\"g\"/><g id=\"a\"><rect width=\"5\" height=\"5\" fill=\"url(#g)\"/></g></defs>\
                    <use href=\"#a\"/><use href=\"#a\" x=\"9\"/>";
        assert_eq!(examine(drawing(used).as_bytes()), Ok((90, 60)));
    }

    /// Each of `depth` elements draws the one before it many times.
    fn bomb(depth: usize, element: impl Fn(usize) -> String) -> String {
        drawing(&(1..=depth).map(element).collect::<String>())
    }

    #[test]
    fn drawings_that_would_never_end_are_refused() {
        let uses = bomb(12, |n| format!("<g id=\"a{n}\">{}</g>", format!("<use href=\"#a{}\"/>", n - 1).repeat(10)));
        let patterns = bomb(25, |n| {
            let rect = format!("<rect width=\"5\" height=\"5\" style=\"fill:url(#p{})\"/>", n - 1);
            format!("<pattern id=\"p{n}\" width=\"1\" height=\"1\">{}</pattern>", rect.repeat(2))
        });
        let patterns = patterns.replace("</svg>", "<rect width=\"9\" height=\"9\" fill=\"url(#p25)\"/></svg>");
        let deep = drawing(&("<g>".repeat(20_000) + &"</g>".repeat(20_000)));
        let blurred = drawing(
            "<filter id=\"f\"><feGaussianBlur stdDeviation=\"1e9\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>",
        );
        for bomb in [uses, patterns, deep, blurred] {
            assert!(matches!(examine(bomb.as_bytes()), Err(PhotoFault::Broken(_))), "{}", &bomb[..80]);
        }
    }

    #[test]
    fn what_refers_to_itself_is_counted_once() {
        let circle =
            "<pattern id=\"p\" width=\"1\" height=\"1\"><rect fill=\"url(#p)\" width=\"5\" height=\"5\"/></pattern>";
        assert!(check_complexity(&drawing(circle)).is_ok());
    }
}
