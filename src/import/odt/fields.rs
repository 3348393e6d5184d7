//! Fields: what a program has worked out, with the text that it last came to.

use super::Reader;
use super::line::{Line, Run};
use super::words;
use crate::import::document::ImportError;
use crate::import::xml::Element;

impl Reader<'_> {
    /// A field, or an element that is not known: its text counts.
    pub(super) fn field(&mut self, element: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        let is_hidden = element.attribute("text:is-hidden") == Some("true");
        match element.name() {
            "text:hidden-text" if is_hidden => {
                let text = words::all(element);
                let text =
                    if text.is_empty() { element.attribute("text:string-value").unwrap_or_default() } else { &text };
                line.hide(text);
                Ok(())
            }
            "text:hidden-paragraph" => {
                line.is_hidden |= is_hidden;
                self.inlines(element, run, line)
            }
            // Variables may be set without a word.
            _ if element.attribute("text:display") == Some("none") => {
                line.hide(&words::all(element));
                Ok(())
            }
            "text:ruby" => self.ruby(element, run, line),
            _ => self.inlines(element, run, line),
        }
    }

    /// Small text above other text: there is no such thing in a bulletin, so it follows in brackets.
    fn ruby(&mut self, ruby: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        for part in ruby.elements() {
            let is_above = part.is("text:ruby-text") && !words::all(part).is_empty();
            if is_above {
                line.sign(" (", run);
            }
            self.inlines(part, run, line)?;
            if is_above {
                line.sign(")", run);
            }
        }
        Ok(())
    }
}
