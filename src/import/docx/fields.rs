//! Fields: what Word puts in by itself. The result is text, the instruction is not.

use std::collections::HashMap;
use std::sync::Arc;

use crate::import::xml::Element;

/// How deep fields may be nested in each other. Word itself stops at 20.
const MAX_DEPTH: usize = 64;
/// How long an address may be.
const MAX_LINK: usize = 2000;

/// The fields of a part, and those that are open where the reader stands.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// For every mark of a field that has a beginning and an end, the place of its beginning. Marks that lack the
    /// other are ignored, so that no text is taken for an instruction that never ends.
    beginnings: HashMap<u32, u32>,
    open: Vec<Field>,
}

/// A field that has begun.
#[derive(Debug, Default)]
pub(super) struct Field {
    beginning: Option<u32>,
    pub(super) instruction: String,
    /// Whether the instruction is over.
    pub(super) has_result: bool,
    kind: Kind,
    link: Option<Arc<str>>,
    /// Of a box to tick: whether it is ticked.
    pub(super) tick: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Other,
    Contents,
    Folio,
}

impl Fields {
    /// Finds the fields of a part.
    pub(super) fn of(root: Element<'_>) -> Self {
        let mut beginnings = HashMap::new();
        let mut open: Vec<Vec<u32>> = Vec::new();
        for mark in root.descendants().filter(|element| element.is("w:fldChar")) {
            match mark.attribute("w:fldCharType") {
                Some("begin") => open.push(vec![mark.place()]),
                Some("separate") => {
                    if let Some(marks) = open.last_mut() {
                        marks.push(mark.place());
                    }
                }
                Some("end") => {
                    let depth = open.len();
                    let Some(mut marks) = open.pop() else { continue };
                    marks.push(mark.place());
                    if let (Some(&beginning), true) = (marks.first(), depth <= MAX_DEPTH) {
                        beginnings.extend(marks.into_iter().map(|mark| (mark, beginning)));
                    }
                }
                _ => {}
            }
        }
        Self { beginnings, open: Vec::new() }
    }

    /// Sets the open fields aside, for a text that stands beside the one being read.
    pub(super) fn suspend(&mut self) -> Vec<Field> {
        std::mem::take(&mut self.open)
    }

    /// Takes up those that were set aside.
    pub(super) fn resume(&mut self, open: Vec<Field>) {
        self.open = open;
    }

    /// Passes a mark; the field that ends with it, if one does.
    pub(super) fn mark(&mut self, mark: Element<'_>) -> Option<Field> {
        let beginning = *self.beginnings.get(&mark.place())?;
        if mark.place() == beginning {
            let tick = mark.at(&["w:ffData", "w:checkBox"]).map(|field| {
                let is_on = |name: &str| super::values::switch(field, name);
                is_on("w:checked").or_else(|| is_on("w:default")).unwrap_or(false)
            });
            self.open.push(Field { beginning: Some(beginning), tick, ..Field::default() });
            return None;
        }
        let field = self.open.last_mut().filter(|field| field.beginning == Some(beginning))?;
        if mark.attribute("w:fldCharType") == Some("separate") {
            field.start_result();
            return None;
        }
        self.open.pop()
    }

    /// Begins a field that stands in one element with its result.
    pub(super) fn begin_simple(&mut self, instruction: &str) {
        let mut field = Field { instruction: instruction.to_owned(), ..Field::default() };
        field.start_result();
        self.open.push(field);
    }

    /// Ends it.
    pub(super) fn end_simple(&mut self) {
        self.open.pop();
    }

    /// Adds to the instruction of the field that has begun.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.has_result) {
            field.instruction.push_str(text);
        }
    }

    /// Whether text that stands here is printed.
    pub(super) fn is_shown(&self) -> bool {
        self.open.iter().all(|field| field.has_result)
    }

    /// Whether it is in a table of contents.
    pub(super) fn in_contents(&self) -> bool {
        self.open.iter().any(|field| field.kind == Kind::Contents)
    }

    /// Whether it is the number of a page.
    pub(super) fn in_folio(&self) -> bool {
        self.open.iter().any(|field| field.kind == Kind::Folio)
    }

    /// Where it leads.
    pub(super) fn link(&self) -> Option<Arc<str>> {
        self.open.iter().rev().find_map(|field| field.link.clone())
    }
}

impl Field {
    fn start_result(&mut self) {
        self.has_result = true;
        let mut words = words(&self.instruction).into_iter();
        let name = words.next().unwrap_or_default().to_ascii_uppercase();
        match name.as_str() {
            "TOC" => self.kind = Kind::Contents,
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" => self.kind = Kind::Folio,
            "HYPERLINK" => self.link = target(words),
            _ => {}
        }
    }

    /// Its name and what follows, of a field that prints its instruction.
    pub(super) fn words(&self) -> (String, Vec<String>) {
        let mut words = words(&self.instruction).into_iter();
        let name = words.next().unwrap_or_default().to_ascii_uppercase();
        (name, words.collect())
    }
}

/// The words of an instruction; what is in quotes is one.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut is_quoted, mut is_word) = (false, false);
    let mut letters = instruction.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                is_quoted = !is_quoted;
                is_word = true;
            }
            '\\' if is_quoted => word.extend(letters.next()),
            letter if letter.is_whitespace() && !is_quoted => {
                if std::mem::take(&mut is_word) {
                    words.push(std::mem::take(&mut word));
                }
            }
            letter => {
                word.push(letter);
                is_word = true;
            }
        }
    }
    if is_word {
        words.push(word);
    }
    words
}

/// The address in the words of a link.
fn target(mut words: impl Iterator<Item = String>) -> Option<Arc<str>> {
    let (mut address, mut fragment) = (String::new(), None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => fragment = words.next(),
            "\\o" | "\\t" => {
                words.next();
            }
            word if word.starts_with('\\') => {}
            word => {
                if address.is_empty() {
                    word.clone_into(&mut address);
                }
            }
        }
    }
    link(&address, fragment.as_deref())
}

/// An address that readers can follow: on the web, by mail, by telephone.
pub(super) fn link(address: &str, fragment: Option<&str>) -> Option<Arc<str>> {
    const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];
    let address = address.trim();
    let lower = address.get(..address.len().min(8)).unwrap_or(address).to_ascii_lowercase();
    let is_known = SCHEMES.iter().any(|scheme| lower.starts_with(scheme) && address.len() > scheme.len());
    if !is_known || address.len() > MAX_LINK || address.contains(char::is_control) {
        return None;
    }
    match fragment.filter(|fragment| !fragment.is_empty() && fragment.len() < MAX_LINK && !address.contains('#')) {
        Some(fragment) => Some(Arc::from(format!("{address}#{fragment}"))),
        None => Some(Arc::from(address)),
    }
}
