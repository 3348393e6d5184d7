//! Tracked changes: what was added is text like any other, what was taken away is kept apart in the file.

use super::{Reader, words};
use crate::import::document::Reason;
use crate::import::xml::Element;

impl Reader<'_> {
    /// Takes note of the text that was taken away.
    pub(super) fn deletions(&mut self, changes: Element<'_>) {
        for change in changes.elements().flat_map(Element::elements) {
            let deletions = change.elements().filter(|element| element.is("text:deletion"));
            // What was added and taken away again stands in the addition.
            for deletion in deletions.chain(change.is("text:deletion").then_some(change)) {
                self.leave_out(words::all(deletion), Reason::Deleted);
            }
        }
    }
}
