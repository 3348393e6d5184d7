//! XML as a tree, read within bounds: what .docx and .odt files are written in.
//!
//! Names are told apart by their namespace and not by the prefix that a file happens to use: the caller says which
//! prefix it wants to see for which namespace, and every name comes out as `prefix:name`. Entities are not expanded,
//! except for the five that XML has itself; a file that defines others is damaged as far as bantin is concerned.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

use super::document::ImportError;
use super::utf::decoded;

/// How deep elements may be nested. Word nests some thirty.
const MAX_DEPTH: usize = 200;
/// How many elements, texts and attributes there may be. A thousand pages have about half a million.
const MAX_NODES: usize = 4_000_000;
/// How long a file may be.
const MAX_BYTES: usize = 96 << 20;
/// The prefix of namespaces that the caller does not know.
const UNKNOWN: &str = "?";
/// The place of no node.
const NONE: u32 = u32::MAX;
/// The name of a text.
const TEXT: u32 = u32::MAX;

/// The namespaces that a caller knows, and the prefix by which it wants to see each.
pub(crate) type Namespaces = [(&'static str, &'static str)];

/// A file.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    /// In the order of the file; the first is the root.
    nodes: Vec<Node>,
    attributes: Vec<(u32, Range<u32>)>,
    names: Vec<Box<str>>,
    /// The texts and the values of all attributes.
    text: String,
}

#[derive(Debug)]
struct Node {
    name: u32,
    /// The attributes of an element, the characters of a text.
    range: Range<u32>,
    first_child: u32,
    next: u32,
}

/// An element of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'x> {
    xml: &'x Xml,
    place: u32,
}

/// What stands in an element.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Child<'x> {
    Element(Element<'x>),
    Text(&'x str),
}

impl Xml {
    /// Reads a file in UTF-8 or UTF-16. Bytes that are no letters become U+FFFD.
    ///
    /// # Errors
    ///
    /// [`ImportError::Damaged`] where it is not well-formed, [`ImportError::TooDeep`] and [`ImportError::TooLarge`] beyond the
    /// bounds.
    pub(crate) fn read(bytes: &[u8], namespaces: &Namespaces) -> Result<Self, ImportError> {
        if bytes.len() > MAX_BYTES {
            return Err(ImportError::TooLarge);
        }
        let text = decoded(bytes);
        let mut reader = Reader::from_str(&text);
        let mut builder = Builder::new(namespaces);
        loop {
            let event = reader.read_event().map_err(damage)?;
            match event {
                Event::Start(start) => builder.start(&start)?,
                Event::Empty(start) => {
                    builder.start(&start)?;
                    builder.end();
                }
                Event::End(_) => builder.end(),
                Event::Text(text) => builder.text(&text.xml_content(XmlVersion::Implicit1_0))?,
                Event::CData(text) => builder.text(&text.xml_content(XmlVersion::Implicit1_0))?,
                Event::GeneralRef(reference) => builder.text(&letter(&reference)?)?,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Eof => return builder.finish(),
            }
        }
    }

    /// The outermost element; `None` only in a tree that was not read.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element { xml: self, place: 0 })
    }

    fn node(&self, place: u32) -> Option<&Node> {
        self.nodes.get(place as usize)
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

impl<'x> Element<'x> {
    /// `prefix:name`, with the prefix that the caller gave for the namespace.
    pub(crate) fn name(self) -> &'x str {
        let name = self.xml.node(self.place).and_then(|node| self.xml.names.get(node.name as usize));
        name.map_or("", |name| name)
    }

    /// Where it is in the file: a number that no other element has, and greater the later it comes.
    pub(crate) fn place(self) -> u32 {
        self.place
    }

    pub(crate) fn is(self, name: &str) -> bool {
        self.name() == name
    }

    /// The value of an attribute, by its name as [`Element::name`] gives names; without a prefix if the file gives none.
    pub(crate) fn attribute(self, name: &str) -> Option<&'x str> {
        let node = self.xml.node(self.place)?;
        let attributes = self.xml.attributes.get(node.range.start as usize..node.range.end as usize)?;
        let (_, value) = attributes
            .iter()
            .find(|(found, _)| self.xml.names.get(*found as usize).is_some_and(|found| **found == *name))?;
        Some(self.xml.slice(value))
    }

    /// Its elements and texts, in order.
    pub(crate) fn children(self) -> impl Iterator<Item = Child<'x>> + use<'x> {
        let xml = self.xml;
        let mut place = xml.node(self.place).map_or(NONE, |node| node.first_child);
        std::iter::from_fn(move || {
            let node = xml.node(place)?;
            let child = if node.name == TEXT {
                Child::Text(xml.slice(&node.range))
            } else {
                Child::Element(Element { xml, place })
            };
            place = node.next;
            Some(child)
        })
    }

    pub(crate) fn elements(self) -> impl Iterator<Item = Element<'x>> + use<'x> {
        self.children().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element in it of this name.
    pub(crate) fn child(self, name: &str) -> Option<Element<'x>> {
        self.elements().find(|element| element.is(name))
    }

    /// The element that these names lead to, each in the one before.
    pub(crate) fn at(self, names: &[&str]) -> Option<Element<'x>> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The text that stands in it directly.
    pub(crate) fn text(self) -> Cow<'x, str> {
        let mut texts = self.children().filter_map(|child| match child {
            Child::Text(text) => Some(text),
            Child::Element(_) => None,
        });
        let first = texts.next().unwrap_or_default();
        texts.fold(Cow::Borrowed(first), |whole, text| whole + text)
    }

    /// All elements in it at any depth, in the order of the file, without itself.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Element<'x>> + use<'x> {
        let xml = self.xml;
        let end = self.end();
        (self.place + 1..end).filter_map(move |place| {
            let node = xml.node(place)?;
            (node.name != TEXT).then_some(Element { xml, place })
        })
    }

    /// Where the first node after it would be that is not in it.
    pub(crate) fn end(self) -> u32 {
        // The nodes stand in the order of the file: those in it follow it, up to its next sibling, or to the end of the
        // last child's.
        let mut place = self.place;
        loop {
            let Some(node) = self.xml.node(place) else { return self.place };
            if place != self.place && node.next != NONE {
                place = node.next;
            } else if node.first_child != NONE {
                place = node.first_child;
            } else {
                return place + 1;
            }
        }
    }
}

/// A tree that grows.
struct Builder<'n> {
    namespaces: &'n Namespaces,
    xml: Xml,
    name_places: HashMap<Box<str>, u32>,
    /// Which prefix of the caller's each prefix of the file stands for; the innermost last.
    prefixes: HashMap<Box<str>, Vec<&'static str>>,
    open: Vec<Open>,
    /// A name that is being put together.
    name: String,
}

/// An element that has not ended.
struct Open {
    place: u32,
    last_child: u32,
    /// The prefixes that it gives a meaning to.
    prefixes: Vec<Box<str>>,
}

impl<'n> Builder<'n> {
    fn new(namespaces: &'n Namespaces) -> Self {
        Self {
            namespaces,
            xml: Xml::default(),
            name_places: HashMap::new(),
            prefixes: HashMap::from([("xml".into(), vec!["xml"])]),
            open: Vec::new(),
            name: String::new(),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), ImportError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(ImportError::TooDeep);
        }
        if self.open.is_empty() && !self.xml.nodes.is_empty() {
            return Err(ImportError::Damaged("there is more than one outermost element".to_owned()));
        }
        let prefixes = self.declare(start)?;
        let name = self.named(start.name().as_ref(), true);
        let first = self.xml.attributes.len();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(damage)?;
            let key = attribute.key.as_ref();
            if key == "xmlns" || key.starts_with("xmlns:") {
                continue;
            }
            let name = self.named(key, false);
            let value = escape::unescape(&attribute.value).map_err(damage)?;
            let value = self.append(&value);
            self.xml.attributes.push((name, value));
        }
        self.check_size()?;
        let place = self.add(Node { name, range: length(first)..length(self.xml.attributes.len()), ..Node::empty() });
        self.open.push(Open { place, last_child: NONE, prefixes });
        Ok(())
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        for prefix in open.prefixes {
            if let Some(meanings) = self.prefixes.get_mut(&prefix) {
                meanings.pop();
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ImportError> {
        let Some(open) = self.open.last() else { return Ok(()) };
        // An entity divides a text in three: one node for all.
        let last = self.xml.nodes.get_mut(open.last_child as usize).filter(|node| node.name == TEXT);
        if let Some(node) = last {
            self.xml.text.push_str(text);
            node.range.end = length(self.xml.text.len());
            return Ok(());
        }
        self.check_size()?;
        let range = self.append(text);
        self.add(Node { name: TEXT, range, ..Node::empty() });
        Ok(())
    }

    fn finish(self) -> Result<Xml, ImportError> {
        if !self.open.is_empty() {
            return Err(ImportError::Damaged("it ends too early".to_owned()));
        }
        if self.xml.nodes.is_empty() {
            return Err(ImportError::Damaged("there is nothing in it".to_owned()));
        }
        Ok(self.xml)
    }

    /// Takes note of the prefixes that an element declares.
    fn declare(&mut self, start: &BytesStart<'_>) -> Result<Vec<Box<str>>, ImportError> {
        let mut declared = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(damage)?;
            let key = attribute.key.as_ref();
            let prefix: Box<str> = match key.strip_prefix("xmlns") {
                Some("") => "".into(),
                Some(prefix) if prefix.starts_with(':') => prefix.trim_start_matches(':').into(),
                _ => continue,
            };
            let uri = escape::unescape(&attribute.value).map_err(damage)?;
            let known = self.namespaces.iter().find(|(known, _)| *known == uri);
            let meaning = if uri.is_empty() { "" } else { known.map_or(UNKNOWN, |(_, prefix)| prefix) };
            self.prefixes.entry(prefix.clone()).or_default().push(meaning);
            declared.push(prefix);
        }
        Ok(declared)
    }

    /// The number of a name. Elements without a prefix are in the namespace that was declared for them, attributes in
    /// none.
    fn named(&mut self, raw: &str, is_element: bool) -> u32 {
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        let meaning = if prefix.is_empty() && !is_element {
            ""
        } else {
            let unknown = if prefix.is_empty() { "" } else { UNKNOWN };
            self.prefixes.get(prefix).and_then(|meanings| meanings.last()).copied().unwrap_or(unknown)
        };
        self.name.clear();
        self.name.push_str(meaning);
        if !meaning.is_empty() {
            self.name.push(':');
        }
        self.name.push_str(local);
        if let Some(&number) = self.name_places.get(self.name.as_str()) {
            return number;
        }
        let number = length(self.xml.names.len());
        self.xml.names.push(self.name.as_str().into());
        self.name_places.insert(self.name.as_str().into(), number);
        number
    }

    fn append(&mut self, text: &str) -> Range<u32> {
        let start = length(self.xml.text.len());
        self.xml.text.push_str(text);
        start..length(self.xml.text.len())
    }

    /// Puts a node after those of the element that is open.
    fn add(&mut self, node: Node) -> u32 {
        let place = length(self.xml.nodes.len());
        self.xml.nodes.push(node);
        if let Some(open) = self.open.last_mut() {
            let before = if open.last_child == NONE { open.place } else { open.last_child };
            let is_first = open.last_child == NONE;
            open.last_child = place;
            if let Some(before) = self.xml.nodes.get_mut(before as usize) {
                *(if is_first { &mut before.first_child } else { &mut before.next }) = place;
            }
        }
        place
    }

    fn check_size(&self) -> Result<(), ImportError> {
        let size = self.xml.nodes.len() + self.xml.attributes.len();
        if size >= MAX_NODES { Err(ImportError::TooLarge) } else { Ok(()) }
    }
}

impl Node {
    fn empty() -> Self {
        Self { name: TEXT, range: 0..0, first_child: NONE, next: NONE }
    }
}

/// A length that the bounds keep below 2³².
fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The letter that a reference stands for.
fn letter(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, ImportError> {
    if let Some(letter) = reference.resolve_char_ref().map_err(damage)? {
        return Ok(Cow::Owned(letter.to_string()));
    }
    let name: &str = reference;
    match escape::resolve_predefined_entity(name) {
        Some(letter) => Ok(Cow::Borrowed(letter)),
        None => Err(ImportError::Damaged(format!("the entity {name} is unknown"))),
    }
}

fn damage(error: impl std::fmt::Display) -> ImportError {
    ImportError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests;
