//! Foot- and endnotes, in the order in which the text refers to them.

use std::collections::{HashMap, HashSet};

use super::draft::Flow;
use super::parts::{Relationships, xml};
use super::story::{Aside, Shared, Story};
use crate::import::document::{Block, ImportError, Inline, Reason};
use crate::import::xml::{Element, Xml};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Footnote,
    Endnote,
}

type Id = (Kind, String);

/// The notes that the text refers to.
#[derive(Debug, Default)]
pub(super) struct Notes {
    order: Vec<Id>,
    places: HashMap<Id, usize>,
    /// Those that only struck-off text refers to.
    deleted: HashSet<Id>,
}

impl Notes {
    /// The place of a note, which it gets at its first reference.
    pub(super) fn place(&mut self, kind: Kind, id: &str) -> usize {
        let key = (kind, id.trim().to_owned());
        if let Some(&place) = self.places.get(&key) {
            return place;
        }
        let place = self.order.len();
        self.order.push(key.clone());
        self.places.insert(key, place);
        place
    }

    pub(super) fn delete(&mut self, kind: Kind, id: &str) {
        self.deleted.insert((kind, id.trim().to_owned()));
    }
}

/// A part with notes.
struct Source {
    kind: Kind,
    xml: Xml,
    relationships: Relationships,
}

/// Reads the notes that were referred to, then those that nothing refers to.
pub(super) fn read(shared: &mut Shared<'_>, main: &Relationships) -> Result<(), ImportError> {
    let mut sources = Vec::new();
    for (kind, name) in [(Kind::Footnote, "footnotes"), (Kind::Endnote, "endnotes")] {
        let parts: Vec<&str> = main.parts(name).collect();
        for part in parts {
            if let Some(xml) = xml(shared.package, part)? {
                let relationships = Relationships::of(shared.package, part)?;
                sources.push(Source { kind, xml, relationships });
            }
        }
    }
    let found: HashMap<Id, (&Source, Element<'_>)> =
        sources.iter().flat_map(|source| elements(source).map(move |(id, element)| (id, (source, element)))).collect();
    // A note may refer to another, so that there are more of them than before.
    let mut next = 0;
    while let Some(id) = shared.notes.order.get(next).cloned() {
        let blocks = match found.get(&id) {
            Some((source, element)) => note(shared, source, *element)?,
            None => Vec::new(),
        };
        shared.document.notes.push(blocks);
        next += 1;
    }
    for source in &sources {
        for (id, element) in elements(source) {
            rest(shared, source, &id, element)?;
        }
    }
    Ok(())
}

/// The notes of a part with what they are called.
fn elements(source: &Source) -> impl Iterator<Item = (Id, Element<'_>)> {
    let root = source.xml.root();
    root.into_iter().flat_map(|root| root.elements()).filter_map(|element| {
        let is_note = matches!(element.name(), "w:footnote" | "w:endnote");
        let id = element.attribute("w:id").filter(|_| is_note)?;
        Some(((source.kind, id.trim().to_owned()), element))
    })
}

fn story<'s, 'p>(shared: &'s mut Shared<'p>, source: &'s Source, element: Element<'_>) -> Story<'s, 'p> {
    Story::new(shared, &source.relationships, element)
}

fn note(shared: &mut Shared<'_>, source: &Source, element: Element<'_>) -> Result<Vec<Block>, ImportError> {
    let mut flow = Flow::default();
    story(shared, source, element).flow(&mut flow, element, false)?;
    let mut blocks = flow.finish();
    trim(&mut blocks);
    Ok(blocks)
}

/// A note that the text does not refer to: the line above the notes, a note whose reference is struck off, a lost one.
fn rest(shared: &mut Shared<'_>, source: &Source, id: &Id, element: Element<'_>) -> Result<(), ImportError> {
    if shared.notes.places.contains_key(id) {
        return Ok(());
    }
    let is_note = matches!(element.attribute("w:type"), None | Some("normal"));
    if is_note && !shared.notes.deleted.contains(id) {
        let blocks = note(shared, source, element)?;
        if !blocks.iter().all(super::draft::is_blank_block) {
            shared.document.notes.push(blocks);
        }
        return Ok(());
    }
    let mut story = story(shared, source, element);
    story.aside = Some(Aside::default());
    story.flow(&mut Flow::default(), element, false)?;
    let lines = story.aside.take().unwrap_or_default().lines;
    for line in lines {
        shared.leave_out(&line.text, if is_note { Reason::Deleted } else { Reason::RunningHead });
    }
    Ok(())
}

/// Takes away the space or tab between the number of a note and its text.
fn trim(blocks: &mut [Block]) {
    let Some(Block::Paragraph(paragraph)) = blocks.first_mut() else { return };
    let is_space = |inline: &Inline| matches!(inline, Inline::Text(span) if span.text.trim().is_empty());
    let spaces = paragraph.inlines.iter().take_while(|inline| is_space(inline)).count();
    paragraph.inlines.drain(..spaces);
    if let Some(Inline::Text(span)) = paragraph.inlines.first_mut() {
        span.text = span.text.trim_start().to_owned();
    }
}
