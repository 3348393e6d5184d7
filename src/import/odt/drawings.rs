//! Frames and shapes: pictures, text in boxes, groups of them, and what is more than a picture.

use super::Reader;
use super::body::Context;
use super::line::{Line, Run};
use super::words;
use crate::import::document::{Block, DoubtKind, ImportError};
use crate::import::xml::Element;

impl Reader<'_> {
    /// Adds a drawing to the line that it hangs on.
    pub(super) fn drawing(&mut self, element: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        match element.name() {
            "draw:frame" => self.frame(element, run, line),
            "draw:a" => self.inlines(element, run, line),
            "draw:g" => self.group(element, run, line),
            "draw:control" => {
                self.doubt(DoubtKind::Object("control".to_owned()), name(element));
                Ok(())
            }
            "draw:line" | "draw:connector" | "draw:measure" => self.shape(element, true, line),
            // Outlines for text to flow around, handles, places where lines may be attached.
            "draw:contour-polygon"
            | "draw:contour-path"
            | "draw:enhanced-geometry"
            | "draw:glue-point"
            | "draw:image-map" => Ok(()),
            _ => self.shape(element, false, line),
        }
    }

    /// A frame holds one thing in one or more forms, the best one first.
    fn frame(&mut self, frame: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        let mut is_empty = true;
        for content in frame.elements() {
            match content.name() {
                "draw:text-box" | "table:table" => {
                    is_empty = false;
                    self.text_box(frame, content, line)?;
                }
                "draw:object" | "draw:object-ole" => {
                    return self.object(frame, content, run, line);
                }
                "draw:plugin" | "draw:applet" | "draw:floating-frame" => {
                    is_empty = false;
                    self.doubt(DoubtKind::Object("media".to_owned()), name(frame));
                }
                _ => {}
            }
        }
        if is_empty {
            self.picture(frame, line)?;
        }
        Ok(())
    }

    fn text_box(&mut self, frame: Element<'_>, content: Element<'_>, line: &mut Line) -> Result<(), ImportError> {
        let mut blocks = Vec::new();
        if content.is("table:table") {
            self.block(content, &mut blocks, Context::inner())?;
        } else {
            self.blocks(content, &mut blocks, Context::inner())?;
        }
        if blocks.iter().any(is_filled) {
            line.add_frame(blocks, is_in_line(frame));
        }
        Ok(())
    }

    /// Shapes that belong together. Those that nothing is written in are one drawing.
    fn group(&mut self, group: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        let before = self.document.doubts.len();
        for shape in group.elements().filter(|element| is_drawing(*element)) {
            self.drawing(shape, run, line)?;
        }
        let drawing = DoubtKind::Object("drawing".to_owned());
        let mut found = false;
        let mut place = 0;
        self.document.doubts.retain(|doubt| {
            let is_again = place >= before && doubt.kind == drawing && found;
            found |= place >= before && doubt.kind == drawing;
            place += 1;
            !is_again
        });
        Ok(())
    }

    /// A shape, which may have text in it.
    fn shape(&mut self, shape: Element<'_>, is_mere_line: bool, line: &mut Line) -> Result<(), ImportError> {
        let mut blocks = Vec::new();
        self.blocks(shape, &mut blocks, Context::inner())?;
        if blocks.iter().any(is_filled) {
            line.add_frame(blocks, is_in_line(shape));
        } else if !is_mere_line {
            self.doubt(DoubtKind::Object("drawing".to_owned()), name(shape));
        }
        Ok(())
    }
}

fn is_drawing(element: Element<'_>) -> bool {
    element.name().starts_with("draw:") || element.name().starts_with("dr3d:")
}

/// Whether a drawing stands in its paragraph like a letter.
fn is_in_line(drawing: Element<'_>) -> bool {
    drawing.attribute("text:anchor-type") == Some("as-char")
}

fn is_filled(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => !paragraph.inlines.is_empty(),
        Block::Table(_) => true,
        Block::PageBreak | Block::Rule => false,
    }
}

/// What a drawing is called, for those who look for it.
pub(super) fn name<'x>(drawing: Element<'x>) -> &'x str {
    drawing.attribute("draw:name").unwrap_or_default()
}

/// What a drawing says for those who cannot see it.
pub(super) fn description(drawing: Element<'_>) -> Option<String> {
    let text = |name: &str| {
        let text = drawing.child(name)?.text();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    match (text("svg:title"), text("svg:desc")) {
        (Some(title), Some(description)) if title != description => Some(format!("{title}: {description}")),
        (title, description) => description.or(title),
    }
}

/// What a drawing is about: what it says of itself, or else its name.
pub(super) fn about(drawing: Element<'_>) -> String {
    let written = words::all(drawing);
    description(drawing)
        .or_else(|| (!written.is_empty()).then_some(written))
        .unwrap_or_else(|| name(drawing).to_owned())
}
