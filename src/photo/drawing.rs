//! Drawings (SVG): they go into the PDF as they are, and so must be sound, whole and of a size that can be drawn.
//!
//! A drawing is a program, and a short one can run for ever. So it is bounded before each step what that step takes:
//! `markup`, reading it as XML; `expansion`, taking it apart into paths (with `style`, for style sheets refer to
//! elements too); `rendering`, putting these into the PDF. `content` finds what would be lost.

mod content;
mod expansion;
mod markup;
mod rendering;
mod style;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use usvg::fontdb;
use usvg::roxmltree::{Document, ParsingOptions};

use self::expansion::Count;
use super::decode::decode;
use super::errors::broken;
use super::facts;
use super::format::{Format, looks_like_svg};
use crate::assets;
use crate::diagnostic::{DrawingError, DrawingLimit, PhotoError};

/// Most memory that all pictures inside a drawing take to decode.
const MAX_INNER_MEMORY: u64 = 200_000_000;

/// How deep drawings may lie in one another.
const MAX_INNER_DEPTH: usize = 4;

/// Most nodes of the XML tree: elements, comments, pieces of text.
const MAX_NODES: u32 = 500_000;

/// The size of a drawing that is sound, shows nothing from outside and is not out of all proportion.
pub(super) fn examine(bytes: &[u8]) -> Result<(u32, u32), PhotoError> {
    let inspection = Inspection::default();
    let text = std::str::from_utf8(bytes).map_err(broken)?;
    let has_text = inspection.source(text)?;
    let default_data = usvg::ImageHrefResolver::default_data_resolver();
    let mut options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            // A picture inside a drawing is held to the same bounds as one beside it.
            resolve_data: Box::new(|mime, data, options| {
                inspection.inner(mime, &data, || default_data(mime, data.clone(), options))
            }),
            // A drawing must not show another file: it might lie outside the issue.
            resolve_string: Box::new(|_, _| {
                inspection.note(PhotoError::LinkedImage);
                None
            }),
        },
        ..usvg::Options::default()
    };
    if has_text {
        load_font(options.fontdb_mut());
    }
    let tree = usvg::Tree::from_str(text, &options).map_err(broken)?;
    drop(options);
    if let Some(error) = inspection.error.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    rendering::check(&tree)?;
    let size = tree.size();
    Ok((size.width().ceil() as u32, size.height().ceil() as u32))
}

/// A font by which it is known about how large text is. On the page, text is in the fonts of the layout.
fn load_font(fonts: &mut fontdb::Database) {
    const FONT: (&str, &str) = ("Tinos_400Regular.ttf", "Tinos");
    if let Some((_, bytes)) = assets::fonts().into_iter().find(|(name, _)| *name == FONT.0) {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        fonts.set_serif_family(FONT.1);
    }
}

/// What is known so far of a drawing and the pictures inside it.
#[derive(Debug, Default)]
struct Inspection {
    count: Mutex<Count>,
    /// What was found wrong inside, first.
    error: Mutex<Option<PhotoError>>,
    depth: AtomicUsize,
    memory: Mutex<u64>,
}

impl Inspection {
    /// Looks at the text of a drawing, before it is taken apart; tells whether it has letters.
    fn source(&self, text: &str) -> Result<bool, PhotoError> {
        markup::check(text)?;
        let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(broken)?;
        style::check_attributes(&document)?;
        content::check(&document)?;
        lock(&self.count).add(&document)?;
        Ok(document.descendants().any(|node| node.tag_name().name() == "text"))
    }

    fn note(&self, error: PhotoError) {
        lock(&self.error).get_or_insert(error);
    }

    /// Looks at a picture inside a drawing, and reads it if it is sound.
    fn inner(
        &self,
        mime: &str,
        data: &[u8],
        read: impl FnOnce() -> Option<usvg::ImageKind>,
    ) -> Option<usvg::ImageKind> {
        if lock(&self.error).is_some() {
            return None;
        }
        let depth = self.depth.fetch_add(1, Ordering::Relaxed);
        let result = match self.check_inner(mime, data, depth) {
            Ok(()) => read().ok_or(DrawingError::InnerPicture.into()),
            Err(error) => Err(error),
        };
        self.depth.fetch_sub(1, Ordering::Relaxed);
        result.map_err(|error| self.note(error)).ok()
    }

    fn check_inner(&self, mime: &str, data: &[u8], depth: usize) -> Result<(), PhotoError> {
        let is_drawing = mime == "image/svg+xml" || mime == "text/plain" && looks_like_svg(data);
        if is_drawing {
            if depth >= MAX_INNER_DEPTH {
                return Err(DrawingError::TooMuch(DrawingLimit::Depth).into());
            }
            let text = std::str::from_utf8(data).map_err(|_| DrawingError::InnerPicture)?;
            return self.source(text).map(drop);
        }
        let facts = facts::examine_raster(data).map_err(|_| DrawingError::InnerPicture)?;
        if !is_named(mime, facts.format) {
            return Err(DrawingError::InnerPicture.into());
        }
        let mut memory = lock(&self.memory);
        *memory = memory.saturating_add(facts.memory);
        if *memory > MAX_INNER_MEMORY {
            return Err(DrawingError::TooMuch(DrawingLimit::Pictures).into());
        }
        drop(memory);
        // One that is damaged would be left out in silence.
        decode(data, &facts, (facts.width, facts.height)).map_err(|_| DrawingError::InnerPicture)?;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a picture inside a drawing is of the kind that the drawing says: it is read as that.
fn is_named(mime: &str, format: Format) -> bool {
    match mime {
        "image/jpg" | "image/jpeg" => format == Format::Jpeg,
        "image/png" => format == Format::Png,
        "image/gif" => format == Format::Gif,
        "image/webp" => format == Format::WebP,
        "text/plain" => matches!(format, Format::Jpeg | Format::Png | Format::Gif | Format::WebP),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(content: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"90\" \
             height=\"60\">{content}</svg>"
        )
    }

    #[test]
    fn a_drawing_with_references_is_sound() {
        let used = "<defs><linearGradient id=\"g\"/><g id=\"a\"><rect width=\"5\" height=\"5\" fill=\"url(#g)\"/></g></defs>\
                    <use href=\"#a\"/><use href=\"#a\" x=\"9\"/>";
        assert_eq!(examine(drawing(used).as_bytes()), Ok((90, 60)));
    }

    #[test]
    fn what_shows_another_file_is_found_wherever_it_stands() {
        for content in [
            "<image href=\"a.png\" width=\"5\" height=\"5\"/>",
            "<image xlink:href=\"https://example.vn/a.png\" width=\"5\" height=\"5\"/>",
            "<use href=\"file:///etc/passwd\"/>",
            "<use href=\"other.svg#part\"/>",
            "<use href=\"data:image/svg+xml,%3Csvg/%3E#a\"/>",
            "<linearGradient id=\"a\" href=\"other.svg#a\"/>",
            "<filter id=\"f\"><feImage href=\"a.png\"/></filter>",
            "<style>@import url(other.css);</style>",
            "<style>@IMPORT \"other.css\";</style>",
            "<style>.a { fill: url( 'other.svg#p' ) }</style>",
            "<rect fill=\"url(other.svg#p)\" width=\"5\" height=\"5\"/>",
            "<rect style=\"mask: url(&#9;other.svg#p)\" width=\"5\" height=\"5\"/>",
            "<image href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='a.png'/%3E%3C/svg%3E\"/>",
        ] {
            assert_eq!(examine(drawing(content).as_bytes()), Err(PhotoError::LinkedImage), "{content}");
        }
        let by_instruction = format!("<?xml-stylesheet href=\"a.css\"?>{}", drawing(""));
        let by_entity = format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"a.txt\">]>{}", drawing(""));
        for text in [by_instruction, by_entity] {
            assert_eq!(examine(text.as_bytes()), Err(PhotoError::LinkedImage), "{text}");
        }
        let link = "<a href=\"https://example.vn\"><rect width=\"5\" height=\"5\"/></a>";
        assert_eq!(examine(drawing(link).as_bytes()), Ok((90, 60)));
    }

    #[test]
    fn what_would_not_be_printed_is_named() {
        for (element, content) in [
            ("foreignObject", "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">Chữ</p></foreignObject>"),
            ("foreignObject", "<s:foreignObject xmlns:s=\"http://www.w3.org/2000/svg\"/>"),
            ("p", "<p xmlns=\"http://www.w3.org/1999/xhtml\">Chữ</p>"),
            ("flowRoot", "<flowRoot><flowPara>Chữ</flowPara></flowRoot>"),
            ("video", "<video/>"),
        ] {
            let error = DrawingError::NotDrawn { element: element.into() };
            assert_eq!(examine(drawing(content).as_bytes()), Err(error.into()), "{content}");
        }
        assert_eq!(examine(drawing("<script>1</script>").as_bytes()), Err(DrawingError::Script.into()));
        let replaced = "<switch><foreignObject requiredExtensions=\"http://ns.example/\"><i xmlns=\"http://ns.example/\"/>\
                        </foreignObject><g><rect width=\"5\" height=\"5\"/></g></switch>";
        assert_eq!(examine(drawing(replaced).as_bytes()), Ok((90, 60)));
    }

    #[test]
    fn a_picture_inside_that_would_be_left_out_is_named() {
        for href in [
            "data:image/png;base64,aGVsbG8=",
            "data:image/png;base64,@@@",
            "data:image/bmp;base64,Qk0=",
            "data:image/png,x",
        ] {
            let content = format!("<image href=\"{href}\" width=\"5\" height=\"5\"/>");
            assert_eq!(examine(drawing(&content).as_bytes()), Err(DrawingError::InnerPicture.into()), "{content}");
        }
    }

    #[test]
    fn what_is_drawn_inside_itself_is_refused() {
        for circle in [
            "<pattern id=\"p\" width=\"1\" height=\"1\"><rect fill=\"url(#p)\" width=\"5\" height=\"5\"/></pattern>",
            "<g fill=\"url(#p)\"><pattern id=\"p\" width=\"1\" height=\"1\"><rect width=\"5\" height=\"5\"/></pattern></g>",
            "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>",
            "<mask id=\"m\" class=\"m\"><rect width=\"5\" height=\"5\"/></mask><style>.m { mask: url(#m) }</style>",
        ] {
            assert_eq!(examine(drawing(circle).as_bytes()), Err(DrawingError::Circular.into()), "{circle}");
        }
        // A colour is no reference, though an element has its name.
        let colour = "<g id=\"fff\"><rect fill=\"#fff\" width=\"5\" height=\"5\"/></g>";
        assert_eq!(examine(drawing(colour).as_bytes()), Ok((90, 60)));
    }
}
