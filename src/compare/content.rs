//! What a page says and shows: the text and the pictures that its operations draw, in their order.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use super::Unreadable;
use super::canonical::{Canonical, Hash, unpacked};
use super::resolve::{dictionary, resolved};

/// Forms within forms.
const MAX_DEPTH: usize = 24;

/// Most operations of all pages together, those of forms as often as they are drawn.
const MAX_OPERATIONS: usize = 10_000_000;

/// Most bytes of the table that tells what a font's characters say.
const MAX_TABLE: usize = 50_000_000;

/// What is drawn.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Without white space, for lines may break elsewhere.
    pub text: String,
    pub pictures: Vec<Hash>,
}

/// Reads the content of the pages of one document.
pub(super) struct Reader<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, Option<Rc<Encoding<'a>>>>,
    operations: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: HashMap::new(), operations: 0 }
    }

    /// Reads the operations of a page or of a form.
    pub(super) fn read(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        canonical: &mut Canonical<'a>,
        drawn: &mut Drawn,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let mut font: Option<Rc<Encoding<'a>>> = None;
        let mut saved = Vec::new();
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            self.operations += 1;
            if self.operations > MAX_OPERATIONS || saved.len() > MAX_OPERATIONS {
                return Err(Unreadable);
            }
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "q" => saved.push(font.clone()),
                "Q" => font = saved.pop().unwrap_or_default(),
                "Tf" => font = operands.first().and_then(|name| self.font(resources, name)),
                "Tj" | "'" | "\"" => {
                    operands.iter().filter_map(|text| text.as_str().ok()).for_each(|t| say(t, font.as_deref(), drawn));
                }
                "TJ" => {
                    let parts = operands.first().and_then(|parts| parts.as_array().ok()).into_iter().flatten();
                    parts.filter_map(|part| part.as_str().ok()).for_each(|text| say(text, font.as_deref(), drawn));
                }
                "BI" => {
                    for operand in operands {
                        drawn.pictures.push(canonical.object(operand)?);
                    }
                }
                "Do" => {
                    let name = operands.first();
                    if let Some(object) = name.and_then(|name| self.resource(resources, b"XObject", name)) {
                        self.external(object, resources, canonical, drawn, depth)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A picture, or a form that draws in its turn.
    fn external(
        &mut self,
        object: &'a Object,
        outer: Option<&'a Dictionary>,
        canonical: &mut Canonical<'a>,
        drawn: &mut Drawn,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let Some(stream) = resolved(self.document, Some(object)).and_then(|object| object.as_stream().ok()) else {
            return Ok(());
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind == b"Image" {
            drawn.pictures.push(canonical.object(object)?);
        } else if kind == b"Form" {
            if depth > MAX_DEPTH {
                return Err(Unreadable);
            }
            let (content, _) = unpacked(stream)?;
            let own = dictionary(self.document, stream.dict.get(b"Resources").ok());
            self.read(&content, own.or(outer), canonical, drawn, depth + 1)?;
        }
        Ok(())
    }

    fn resource(&self, resources: Option<&'a Dictionary>, kind: &[u8], name: &Object) -> Option<&'a Object> {
        let all = dictionary(self.document, resources?.get(kind).ok())?;
        all.get(name.as_name().ok()?).ok()
    }

    /// What the characters of a font say.
    fn font(&mut self, resources: Option<&'a Dictionary>, name: &Object) -> Option<Rc<Encoding<'a>>> {
        let object = self.resource(resources, b"Font", name)?;
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return known.clone();
        }
        let font = dictionary(self.document, Some(object))?;
        let encoding = font.get_font_encoding_with_limit(self.document, MAX_TABLE).ok().map(Rc::new);
        if let Some(id) = id {
            self.fonts.insert(id, encoding.clone());
        }
        encoding
    }
}

/// Adds what is set, as its font has it, or the numbers of the glyphs where that is not known.
fn say(bytes: &[u8], font: Option<&Encoding<'_>>, drawn: &mut Drawn) {
    let text = font.and_then(|font| font.bytes_to_string(bytes).ok());
    let text = text.unwrap_or_else(|| bytes.iter().map(|byte| format!("\u{fffd}{byte:02x}")).collect());
    drawn.text.extend(text.chars().filter(|c| !c.is_whitespace()));
}
