//! What the pages' resources say before anything is drawn: the names of the fonts, and the properties of marked content
//! that the interpreter does not hand on.

use std::sync::Arc;

use hayro_interpret::CacheKey;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, dict_or_stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use rustc_hash::{FxHashMap, FxHashSet};

use super::glyphs::{Font, NO_FONT};
use super::strings;

/// How deep drawings are followed into one another.
const DEPTH: usize = 12;
/// How many drawings and marks of one page are looked at.
const FORMS: usize = 2_000;
const MARKS: usize = 2_000_000;
/// How many states of the drawing may be saved at once.
const STATES: usize = 100_000;

/// The start of a piece of marked content.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub(super) tag: Vec<u8>,
    pub(super) mcid: Option<i32>,
    /// What it is to be read as.
    pub(super) actual: Option<String>,
}

/// The fonts of a document.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    pub(super) list: Vec<Font>,
    /// The names of those that the interpreter does not draw: their codes are in a table that it does not have.
    pub(super) unreadable: Vec<String>,
    /// By the key that the interpreter gives them.
    by_key: FxHashMap<u128, u16>,
}

impl Fonts {
    pub(super) fn index(&self, key: u128) -> u16 {
        self.by_key.get(&key).copied().unwrap_or(NO_FONT)
    }

    fn add(&mut self, dict: &Dict<'_>) {
        let key = dict.cache_key();
        if self.by_key.contains_key(&key) || self.list.len() >= usize::from(NO_FONT) {
            return;
        }
        if let Ok(index) = u16::try_from(self.list.len()) {
            self.by_key.insert(key, index);
            let font = font(dict);
            if has_foreign_codes(dict) {
                self.unreadable.push(font.name.as_deref().unwrap_or_default().to_owned());
            }
            self.list.push(font);
        }
    }
}

/// The marks of a page in the order in which the interpreter meets them; adds its fonts to those of the document. `None`
/// if the page is nested deeper than any that people make.
pub(super) fn survey(page: &Page<'_>, fonts: &mut Fonts) -> Option<Vec<Mark>> {
    let mut scan = Scan { fonts, marks: Vec::new(), forms: 0, states: 0, is_deep: false, open: FxHashSet::default() };
    if let Some(content) = page.page_stream() {
        scan.stream(content, page.resources(), DEPTH);
    }
    scan.annotations(page);
    (!scan.is_deep).then_some(scan.marks)
}

struct Scan<'f> {
    fonts: &'f mut Fonts,
    marks: Vec<Mark>,
    forms: usize,
    /// How many states are saved, and whether there were too many at once.
    states: usize,
    is_deep: bool,
    /// The drawings that are being followed, so that none is followed into itself.
    open: FxHashSet<ObjectIdentifier>,
}

impl Scan<'_> {
    fn stream(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        for name in resources.fonts.keys() {
            if let Some(dict) = resources.fonts.get::<Dict<'_>>(name) {
                self.fonts.add(&dict);
            }
        }
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            if self.marks.len() >= MARKS {
                return;
            }
            match operation {
                TypedInstruction::SaveState(_) => {
                    self.states += 1;
                    self.is_deep |= self.states > STATES;
                }
                TypedInstruction::RestoreState(_) => self.states = self.states.saturating_sub(1),
                TypedInstruction::BeginMarkedContent(begin) => {
                    self.marks.push(Mark { tag: begin.0.to_vec(), mcid: None, actual: None });
                }
                TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                    self.marks.push(mark(begin.0, begin.1, resources));
                }
                TypedInstruction::XObject(object) => {
                    if let Some(stream) = resources.get_x_object(object.0) {
                        self.form(&stream, resources, depth);
                    }
                }
                TypedInstruction::TextFont(font) => {
                    if let Some(dict) = resources.get_font(font.0) {
                        self.fonts.add(&dict);
                    }
                }
                _ => {}
            }
        }
    }

    fn form(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, depth: usize) {
        let dict = stream.dict();
        let is_form = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Form");
        if !is_form || depth == 0 || self.forms >= FORMS || !self.open.insert(stream.obj_id()) {
            return;
        }
        self.forms += 1;
        if let Ok(content) = stream.decoded() {
            let own = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
            self.stream(&content, &Resources::from_parent(own, resources.clone()), depth - 1);
        }
        self.open.remove(&stream.obj_id());
    }

    /// The looks of annotations, which the interpreter draws after the page.
    fn annotations(&mut self, page: &Page<'_>) {
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return };
        for annotation in annotations.iter::<Dict<'_>>() {
            let look = annotation.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Stream<'_>>("N"));
            if let Some(stream) = look {
                self.form(&stream, page.resources(), DEPTH);
            }
        }
    }
}

fn mark(tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'_>) -> Mark {
    let named = match properties {
        Object::Name(name) => resources.properties.get::<Dict<'_>>(name.as_ref()),
        _ => dict_or_stream(properties).map(|(dict, _)| dict.clone()),
    };
    let properties = named.unwrap_or_default();
    Mark { tag: tag.to_vec(), mcid: properties.get::<i32>("MCID"), actual: strings::text(&properties, "ActualText") }
}

fn font(dict: &Dict<'_>) -> Font {
    let name = dict.get::<Name<'_>>("BaseFont").map(|name| plain_name(&strings::name(&name)).to_owned());
    let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let flags = descriptor.get::<u32>("Flags").unwrap_or_default();
    let lower = name.as_deref().unwrap_or_default().to_lowercase();
    Font {
        bold: flags & (1 << 18) != 0
            || descriptor.get::<f32>("FontWeight").is_some_and(|weight| weight >= 600.0)
            || names_bold(&lower),
        italic: flags & (1 << 6) != 0
            || descriptor.get::<f32>("ItalicAngle").is_some_and(|angle| angle.abs() > 2.0)
            || names_italic(&lower),
        name: name.map(Arc::from),
    }
}

/// Whether a font's codes are those of one of the tables for Chinese, Japanese or Korean.
fn has_foreign_codes(dict: &Dict<'_>) -> bool {
    let is_composite = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Type0");
    is_composite && dict.get::<Name<'_>>("Encoding").is_some_and(|name| !name.starts_with(b"Identity"))
}

/// Without the six letters and the plus sign that mark a part of a font.
fn plain_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 && prefix.bytes().all(|byte| byte.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn names_bold(lower: &str) -> bool {
    ["bold", "black", "heavy", "demi"].iter().any(|word| lower.contains(word))
}

fn names_italic(lower: &str) -> bool {
    ["italic", "oblique"].iter().any(|word| lower.contains(word)) || lower.ends_with("-it")
}
