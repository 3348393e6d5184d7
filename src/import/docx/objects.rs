//! Drawings and what is in them: pictures, text boxes, charts, embedded objects; in DrawingML and in the older VML.

use super::draft::{Draft, Here};
use super::story::{Line, Story, choice};
use super::values::{emu, with_unit};
use crate::import::document::{Block, DoubtKind, ImportError, Inline, Paragraph, Span};
use crate::import::xml::Element;

/// What is known of a drawing while we are in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'x> {
    pub(super) description: Option<&'x str>,
    /// In points.
    pub(super) width: f32,
    pub(super) height: f32,
    /// How much larger a group is printed than its parts say.
    scale: (f32, f32),
    is_grouped: bool,
}

impl Default for Frame<'_> {
    fn default() -> Self {
        Self { description: None, width: 0.0, height: 0.0, scale: (1.0, 1.0), is_grouped: false }
    }
}

impl Story<'_, '_> {
    /// Reads a `w:drawing`, `w:pict` or `w:object`.
    pub(super) fn object(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        for child in element.elements() {
            self.shape(draft, child, here, Frame::default())?;
        }
        Ok(())
    }

    /// Reads an element of a drawing; those that we do not know for what is in them.
    fn shape<'x>(
        &mut self,
        draft: &mut Draft,
        element: Element<'x>,
        here: &Here,
        frame: Frame<'x>,
    ) -> Result<(), ImportError> {
        let frame = match element.name() {
            "wp:inline" | "wp:anchor" => placed(element, frame),
            "pic:pic" | "a:pic" | "wps:wsp" | "a:sp" => shaped(element, frame),
            "wpg:wgp" | "wpg:grpSp" | "wpc:wpc" | "a:grpSp" => {
                self.group(draft, frame);
                grouped(element, frame)
            }
            "v:group" => {
                self.group(draft, frame);
                vml_grouped(element, frame)
            }
            name if is_vml_shape(name) => {
                if element.attribute("o:hr").is_some_and(is_true) {
                    self.set_beside(draft, vec![Block::Rule], here);
                    return Ok(());
                }
                vml_shaped(element, frame)
            }
            "w:txbxContent" => return self.text_box(draft, element, here),
            "pic:blipFill" | "a:blipFill" | "v:imagedata" | "v:fill" => {
                return self.picture(draft, element, here, frame);
            }
            "a:txBody" => return self.drawn_text(draft, element, here),
            "v:textpath" => return self.word_art(draft, element.attribute("string").unwrap_or_default(), here),
            "c:chart" | "cx:chart" | "dgm:relIds" => return self.part_of_its_own(draft, element, here, frame),
            "o:OLEObject" => {
                let program = element.attribute("ProgID").unwrap_or("OLE").to_owned();
                self.doubt(DoubtKind::Object(program), frame.description.unwrap_or_default());
                return Ok(());
            }
            "w:control" => {
                self.doubt(DoubtKind::Object("control".to_owned()), element.attribute("w:name").unwrap_or_default());
                return Ok(());
            }
            "mc:AlternateContent" => {
                return choice(element).map_or(Ok(()), |form| self.shapes(draft, form, here, frame));
            }
            // Movies, models and other things to come, which a picture stands for.
            "a:extLst" | "wp:docPr" | "wp:extent" => return Ok(()),
            _ => frame,
        };
        self.shapes(draft, element, here, frame)
    }

    fn shapes<'x>(
        &mut self,
        draft: &mut Draft,
        parent: Element<'x>,
        here: &Here,
        frame: Frame<'x>,
    ) -> Result<(), ImportError> {
        for element in parent.elements() {
            self.shape(draft, element, here, frame)?;
        }
        Ok(())
    }

    /// A drawing of several parts; what they show together is lost.
    fn group(&mut self, draft: &Draft, frame: Frame<'_>) {
        if !frame.is_grouped {
            let before = draft.inlines.iter().rev().find_map(|inline| match inline {
                Inline::Text(span) => Some(span.text.as_str()),
                _ => None,
            });
            self.doubt(DoubtKind::Object("drawing".to_owned()), frame.description.or(before).unwrap_or_default());
        }
    }

    fn text_box(&mut self, draft: &mut Draft, content: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let is_lost = here.is_lost() || !self.fields.is_shown();
        let blocks = self.beside(content, is_lost)?;
        if !blocks.is_empty() {
            self.doubt(DoubtKind::TextBox, &super::draft::beginning(&blocks));
            self.set_beside(draft, blocks, here);
        }
        Ok(())
    }

    /// The text of a shape that has none of Word's own paragraphs.
    fn drawn_text(&mut self, draft: &mut Draft, body: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let blocks = paragraphs(body);
        if !blocks.is_empty() {
            self.doubt(DoubtKind::TextBox, &super::draft::beginning(&blocks));
            self.set_beside(draft, blocks, here);
        }
        Ok(())
    }

    /// Letters that are drawn.
    fn word_art(&mut self, draft: &mut Draft, text: &str, here: &Here) -> Result<(), ImportError> {
        if !text.trim().is_empty() {
            self.doubt(DoubtKind::Object("WordArt".to_owned()), text);
            self.set_beside(draft, vec![plain(text)], here);
        }
        Ok(())
    }

    /// Puts blocks beside the paragraph, or to what is left out where the drawing is.
    pub(super) fn set_beside(&mut self, draft: &mut Draft, blocks: Vec<Block>, here: &Here) {
        let is_lost = here.is_lost() || !self.fields.is_shown();
        match &mut self.aside {
            None if !is_lost => draft.beside.extend(blocks),
            None => {
                for text in super::aside::texts(&blocks) {
                    draft.lose(&text);
                    draft.lose(" ");
                }
            }
            Some(aside) => {
                let texts = super::aside::texts(&blocks);
                aside.lines.extend(texts.into_iter().map(|text| Line { text, has_folio: false }));
            }
        }
    }
}

/// The paragraphs of DrawingML in an element that have text.
pub(super) fn paragraphs(parent: Element<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in parent.descendants().filter(|element| element.is("a:p")) {
        let mut text = String::new();
        for element in paragraph.descendants() {
            match element.name() {
                "a:t" => text.push_str(&element.text()),
                "a:br" => text.push(' '),
                _ => {}
            }
        }
        if !text.trim().is_empty() {
            blocks.push(plain(&text));
        }
    }
    blocks
}

/// A paragraph of nothing but text.
pub(super) fn plain(text: &str) -> Block {
    let span = Span { text: text.trim().to_owned(), style: Default::default(), link: None };
    Block::Paragraph(Paragraph { inlines: vec![Inline::Text(span)], ..Paragraph::default() })
}

/// A drawing with its place and its description.
fn placed<'x>(element: Element<'x>, frame: Frame<'x>) -> Frame<'x> {
    let size = |name: &str| element.child("wp:extent").and_then(|extent| emu(extent.attribute(name)?));
    Frame {
        description: element.child("wp:docPr").and_then(description),
        width: size("cx").unwrap_or_default(),
        height: size("cy").unwrap_or_default(),
        ..frame
    }
}

/// A shape of a drawing. By itself it is as large as the drawing.
fn shaped<'x>(element: Element<'x>, frame: Frame<'x>) -> Frame<'x> {
    const NAMES: [[&str; 2]; 4] =
        [["pic:nvPicPr", "pic:cNvPr"], ["a:nvPicPr", "a:cNvPr"], ["a:nvSpPr", "a:cNvPr"], ["wps:cNvPr", ""]];
    let own = NAMES.iter().find_map(|names| {
        let names = names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>();
        element.at(&names).and_then(description)
    });
    if !frame.is_grouped {
        return Frame { description: frame.description.or(own), ..frame };
    }
    let properties = ["pic:spPr", "wps:spPr", "a:spPr"].iter().find_map(|name| element.child(name));
    let size = |name: &str| properties?.at(&["a:xfrm", "a:ext"])?.attribute(name).and_then(emu);
    Frame {
        description: own.or(frame.description),
        width: size("cx").unwrap_or_default() * frame.scale.0,
        height: size("cy").unwrap_or_default() * frame.scale.1,
        ..frame
    }
}

fn grouped<'x>(element: Element<'x>, frame: Frame<'x>) -> Frame<'x> {
    let transform = ["wpg:grpSpPr", "a:grpSpPr"].iter().find_map(|name| element.at(&[name, "a:xfrm"]));
    let size = |element: &str, name: &str| transform?.child(element)?.attribute(name).and_then(emu);
    let scale = |name: &str| match (size("a:ext", name), size("a:chExt", name)) {
        (Some(printed), Some(said)) if said > 0.0 => printed / said,
        _ => 1.0,
    };
    Frame { scale: (frame.scale.0 * scale("cx"), frame.scale.1 * scale("cy")), is_grouped: true, ..frame }
}

fn is_vml_shape(name: &str) -> bool {
    const NAMES: [&str; 9] =
        ["v:shape", "v:rect", "v:roundrect", "v:oval", "v:image", "v:line", "v:polyline", "v:curve", "v:arc"];
    NAMES.contains(&name)
}

fn vml_shaped<'x>(element: Element<'x>, frame: Frame<'x>) -> Frame<'x> {
    let (width, height) = vml_size(element, frame.scale);
    let own = element.attribute("alt").filter(|text| !is_file_name(text));
    Frame { description: own.or(frame.description), width, height, ..frame }
}

fn vml_grouped<'x>(element: Element<'x>, frame: Frame<'x>) -> Frame<'x> {
    let (width, height) = vml_size(element, frame.scale);
    let mut units =
        element.attribute("coordsize").unwrap_or_default().split(',').map(|unit| unit.trim().parse::<f32>());
    let mut scale = |printed: f32| match units.next() {
        Some(Ok(unit)) if unit > 0.0 => printed / unit,
        _ => 1.0,
    };
    let scale = (scale(width), scale(height));
    let own = element.attribute("alt").filter(|text| !is_file_name(text));
    Frame { description: own.or(frame.description), width, height, scale, is_grouped: true }
}

/// The size in a style of VML; without a unit it is in those of the group.
fn vml_size(element: Element<'_>, scale: (f32, f32)) -> (f32, f32) {
    let style = element.attribute("style").unwrap_or_default();
    let length = |name: &str, scale: f32| {
        let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        let (_, value) = rules.find(|(found, _)| found.trim().eq_ignore_ascii_case(name))?;
        with_unit(value).or_else(|| Some(value.trim().parse::<f32>().ok().filter(|value| value.is_finite())? * scale))
    };
    (length("width", scale.0).unwrap_or_default(), length("height", scale.1).unwrap_or_default())
}

/// What the file says of a drawing for those who cannot see it.
fn description(properties: Element<'_>) -> Option<&str> {
    let own = |name: &str| properties.attribute(name).map(str::trim).filter(|text| !text.is_empty());
    own("descr").or_else(|| own("title")).filter(|text| !is_file_name(text))
}

/// Old versions of Word describe a picture by the file that it came from.
fn is_file_name(text: &str) -> bool {
    const ENDINGS: [&str; 10] = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp"];
    let lower = text.trim().to_lowercase();
    lower.is_empty() || ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

fn is_true(value: &str) -> bool {
    matches!(value, "t" | "true" | "1")
}
