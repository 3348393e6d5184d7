//! What stands in a paragraph: text, breaks, notes, comments, links.

use super::Reader;
use super::body::Context;
use super::line::{Line, Run};
use super::styles::Family;
use super::words::{self, is_unseen};
use crate::import::document::{Block, ImportError, Inline, Reason};
use crate::import::xml::{Child, Element};

impl Reader<'_> {
    /// Adds what stands in an element to a line.
    pub(super) fn inlines(&mut self, element: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        for child in element.children() {
            match child {
                Child::Text(text) => {
                    self.charge_link(run)?;
                    line.text(text, run);
                }
                Child::Element(element) => self.inline(element, run, line)?,
            }
        }
        Ok(())
    }

    fn inline(&mut self, element: Element<'_>, run: &Run, line: &mut Line) -> Result<(), ImportError> {
        match element.name() {
            "text:span" => {
                let run = self.styled(element, run);
                self.inlines(element, &run, line)
            }
            "text:a" | "draw:a" => {
                let mut run = self.styled(element, run);
                run.link = element.attribute("xlink:href").and_then(address).or(run.link);
                self.inlines(element, &run, line)
            }
            "text:s" => {
                line.sign(&" ".repeat(spaces(element)), run);
                Ok(())
            }
            "text:tab" => {
                line.sign("\t", run);
                Ok(())
            }
            "text:line-break" => {
                line.line_break(run);
                Ok(())
            }
            "office:annotation" => {
                self.leave_out(words::all(element), Reason::Comment);
                Ok(())
            }
            // Marks of changes, and places that are referred to, have no text of their own.
            "text:soft-page-break" => Ok(()),
            _ if is_unseen(element) => Ok(()),
            _ if run.letters.hidden && !is_field(element) => self.hidden(element, line),
            "text:note" => self.note(element, line),
            "text:p" | "text:h" | "text:list" | "text:section" | "table:table" => self.framed(element, line),
            name if name.starts_with("draw:") || name.starts_with("dr3d:") => self.drawing(element, run, line),
            _ => self.field(element, run, line),
        }
    }

    /// What hangs on text that is not shown is not shown either.
    fn hidden(&mut self, element: Element<'_>, line: &mut Line) -> Result<(), ImportError> {
        line.hidden.push(' ');
        line.hidden.push_str(&words::all(element));
        Ok(())
    }

    fn styled(&self, element: Element<'_>, run: &Run) -> Run {
        let style = self.styles.get(Family::Text, element.attribute("text:style-name"));
        Run { letters: run.letters.with(&style.text), link: run.link.clone() }
    }

    /// A foot- or endnote. Its number is counted again where it is printed.
    fn note(&mut self, note: Element<'_>, line: &mut Line) -> Result<(), ImportError> {
        // It has its place before those that it might hold.
        let place = self.document.notes.len();
        self.document.notes.push(Vec::new());
        let mut blocks = Vec::new();
        for body in note.elements().filter(|element| element.is("text:note-body")) {
            self.blocks(body, &mut blocks, Context::inner())?;
        }
        if let Some(note) = self.document.notes.get_mut(place) {
            *note = blocks;
        }
        line.object(Inline::Note(place));
        Ok(())
    }

    /// Blocks in the midst of a paragraph, which some programs write.
    fn framed(&mut self, element: Element<'_>, line: &mut Line) -> Result<(), ImportError> {
        let mut blocks: Vec<Block> = Vec::new();
        self.block(element, &mut blocks, Context::inner())?;
        line.add_frame(blocks, true);
        Ok(())
    }

    /// Each piece of a link has a copy of its address: not without end.
    fn charge_link(&mut self, run: &Run) -> Result<(), ImportError> {
        let length = run.link.as_ref().map_or(0, |link| link.len());
        self.link_budget = self.link_budget.checked_sub(length).ok_or(ImportError::TooLarge)?;
        Ok(())
    }
}

fn is_field(element: Element<'_>) -> bool {
    !matches!(element.name(), "text:note" | "text:p" | "text:h" | "text:list" | "text:section" | "table:table")
        && !element.name().starts_with("draw:")
}

/// An address that leads out of the document.
fn address(address: &str) -> Option<std::rc::Rc<str>> {
    let address = address.trim();
    let leads_out = ["https:", "http:", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    leads_out.then(|| address.into())
}

/// How many spaces an element stands for.
fn spaces(element: Element<'_>) -> usize {
    /// Nobody fills more than a line with spaces.
    const MOST: usize = 100;
    element.attribute("text:c").map_or(1, |count| count.parse().unwrap_or(1).min(MOST))
}
