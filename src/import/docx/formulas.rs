//! Formulas, as their letters in the order in which they are read aloud.

use super::draft::{Draft, Here};
use super::formats::{RunFormat, RunLook};
use super::runs::text;
use super::story::{Story, choice};
use crate::import::document::{DoubtKind, ImportError};
use crate::import::xml::Element;

impl Story<'_, '_> {
    /// Reads a formula.
    pub(super) fn formula(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let before = draft.place();
        let look = draft.layers.finish(&RunFormat::default());
        self.terms(draft, element, &Here { look, ..here.clone() })?;
        self.doubt(DoubtKind::Formula, &draft.since(before));
        Ok(())
    }

    fn terms(&mut self, draft: &mut Draft, parent: Element<'_>, here: &Here) -> Result<(), ImportError> {
        for element in parent.elements() {
            self.term(draft, element, here)?;
        }
        Ok(())
    }

    fn term(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let properties = element.elements().find(|child| child.name().ends_with("Pr"));
        let sign = |name: &str| properties?.child(name).map(|sign| sign.attribute("m:val").unwrap_or_default());
        match element.name() {
            "m:t" => self.put(draft, &text(element), here),
            "m:r" => {
                let look = RunLook { style: here.look.style.clone(), ..self.run_look(draft, element) };
                self.terms(draft, element, &Here { look, ..here.clone() })
            }
            "m:f" => self.parts(draft, element, &["m:num", "m:den"], "/", here),
            "m:rad" => {
                if let Some(degree) = element.child("m:deg") {
                    self.term(draft, degree, here)?;
                }
                self.put(draft, "√", here)?;
                self.in_brackets(draft, element, ("(", ")"), here)
            }
            "m:d" => {
                let brackets = (sign("m:begChr").unwrap_or("("), sign("m:endChr").unwrap_or(")"));
                self.in_brackets(draft, element, brackets, here)
            }
            "m:nary" => {
                self.put(draft, sign("m:chr").unwrap_or("∫"), here)?;
                self.terms(draft, element, here)
            }
            "m:acc" => {
                self.terms(draft, element, here)?;
                self.put(draft, sign("m:chr").unwrap_or("\u{302}"), here)
            }
            "m:sup" | "m:deg" => self.terms(draft, element, &shifted(here, true)),
            "m:sub" | "m:lim" => self.terms(draft, element, &shifted(here, false)),
            "m:mr" | "m:eqArr" => self.parts(draft, element, &["m:e"], " ", here),
            "mc:AlternateContent" => choice(element).map_or(Ok(()), |form| self.terms(draft, form, here)),
            name if name.ends_with("Pr") => Ok(()),
            name if name.starts_with("m:") => self.terms(draft, element, here),
            _ => self.inline(draft, element, here),
        }
    }

    /// Parts with a sign between them.
    fn parts(
        &mut self,
        draft: &mut Draft,
        parent: Element<'_>,
        names: &[&str],
        between: &str,
        here: &Here,
    ) -> Result<(), ImportError> {
        let mut is_first = true;
        for element in parent.elements().filter(|element| names.contains(&element.name())) {
            if !std::mem::take(&mut is_first) {
                self.put(draft, between, here)?;
            }
            self.terms(draft, element, here)?;
        }
        // Rows of a matrix stand apart too.
        if between == " " { self.put(draft, between, here) } else { Ok(()) }
    }

    fn in_brackets(
        &mut self,
        draft: &mut Draft,
        element: Element<'_>,
        brackets: (&str, &str),
        here: &Here,
    ) -> Result<(), ImportError> {
        self.put(draft, brackets.0, here)?;
        self.parts(draft, element, &["m:e"], ";", here)?;
        self.put(draft, brackets.1, here)
    }
}

fn shifted(here: &Here, is_raised: bool) -> Here {
    let mut here = here.clone();
    here.look.style.raised = is_raised;
    here.look.style.lowered = !is_raised;
    here
}
