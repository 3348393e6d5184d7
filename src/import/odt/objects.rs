//! Objects of other programs that a text holds: formulas, charts, sheets.

use super::Reader;
use super::container::is_damage;
use super::drawings::about;
use super::line::{Line, Run};
use super::words;
use crate::import::document::{DoubtKind, ImportError};
use crate::import::xml::{Element, Xml};

/// An object, as far as text can hold it.
enum Object {
    Formula(String),
    /// Its kind, and the words that it is about.
    Other(&'static str, Option<String>),
}

impl Reader<'_> {
    /// Adds an object to a line: a formula by its letters, others by the picture of them that the file holds.
    pub(super) fn object(
        &mut self,
        frame: Element<'_>,
        object: Element<'_>,
        run: &Run,
        line: &mut Line,
    ) -> Result<(), ImportError> {
        match self.examined(object)? {
            Object::Formula(letters) => {
                line.formula(&letters, run);
                self.doubt(DoubtKind::Formula, &letters);
            }
            Object::Other(kind, title) => {
                let title = title.unwrap_or_else(|| about(frame));
                self.doubt(DoubtKind::Object(kind.to_owned()), &title);
                self.stand_in(frame, line)?;
            }
        }
        Ok(())
    }

    fn examined(&self, object: Element<'_>) -> Result<Object, ImportError> {
        if object.is("draw:object-ole") {
            return Ok(Object::Other("ole", None));
        }
        // In a flat file it stands where it belongs.
        if let Some(root) = object.elements().next() {
            return Ok(examined(root));
        }
        let Some(place) = object.attribute("xlink:href") else { return Ok(Object::Other("object", None)) };
        let place = place.strip_prefix("./").unwrap_or(place);
        match self.container.xml(&format!("{place}/content.xml")) {
            Ok(content) => Ok(content.as_ref().and_then(Xml::root).map_or(Object::Other("object", None), examined)),
            Err(error) if is_damage(&error) => Ok(Object::Other("object", None)),
            Err(error) => Err(error),
        }
    }
}

fn examined(root: Element<'_>) -> Object {
    if root.is("math:math") {
        return Object::Formula(words::of_formula(root));
    }
    let body = root.child("office:body").and_then(|body| body.elements().next());
    let Some(body) = body else { return Object::Other("object", None) };
    let kind = match body.name() {
        "office:chart" => "chart",
        "office:spreadsheet" => "spreadsheet",
        "office:presentation" => "presentation",
        "office:drawing" => "drawing",
        "office:text" => "text",
        _ => "object",
    };
    let title = body.at(&["chart:chart", "chart:title"]).unwrap_or(body);
    Object::Other(kind, Some(words::all(title)).filter(|words| !words.is_empty()))
}
