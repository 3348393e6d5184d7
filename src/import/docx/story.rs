//! What readers of one part have in common: the document that grows, the styles, the place in the file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::fields::Fields;
use super::formats::{ParagraphFormat, RunFormat, Theme};
use super::notes::Notes;
use super::numbering::Numbering;
use super::parts::Relationships;
use super::styles::Styles;
use crate::import::document::{Document, Doubt, DoubtKind, ImportError, LeftOut, Reason};
use crate::import::package::Package;
use crate::import::xml::Element;

/// How many bytes addresses may take that are written out at every word they lead from.
const MAX_LINKS: usize = 64 << 20;

/// What all parts of the file share.
pub(super) struct Shared<'p> {
    pub(super) package: &'p Package<'p>,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) theme: Theme,
    pub(super) document: Document,
    pub(super) notes: Notes,
    /// The charts and diagrams that were read: each once, however often the text refers to it.
    pub(super) objects: HashSet<String>,
    /// The pictures that were read, by the name of their part; `None` where it cannot be.
    pub(super) images: HashMap<String, Option<Image>>,
    links: usize,
}

/// A file of a picture.
#[derive(Debug, Clone)]
pub(super) struct Image {
    pub(super) bytes: Arc<[u8]>,
    pub(super) extension: &'static str,
}

impl<'p> Shared<'p> {
    pub(super) fn new(package: &'p Package<'p>, styles: Styles, numbering: Numbering, theme: Theme) -> Self {
        Self {
            package,
            styles,
            numbering,
            theme,
            document: Document::default(),
            notes: Notes::default(),
            objects: HashSet::new(),
            images: HashMap::new(),
            links: 0,
        }
    }

    pub(super) fn leave_out(&mut self, text: &str, reason: Reason) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.document.left_out.push(LeftOut { text, reason });
        }
    }

    /// Takes note that an address is written out once more.
    pub(super) fn spend(&mut self, link: Option<&str>) -> Result<(), ImportError> {
        self.links += link.map_or(0, str::len);
        if self.links > MAX_LINKS { Err(ImportError::TooLarge) } else { Ok(()) }
    }
}

/// A part that is being read: the text itself, a note, a running head.
pub(super) struct Story<'s, 'p> {
    pub(super) shared: &'s mut Shared<'p>,
    pub(super) relationships: &'s Relationships,
    pub(super) fields: Fields,
    /// For every section that ends inside the text, by its place: whether the next one starts a page.
    pub(super) sections: HashMap<u32, bool>,
    /// The styles of the tables around the place, the innermost last.
    pub(super) tables: Vec<(RunFormat, ParagraphFormat)>,
    /// Where paragraphs go that are not in the document: running heads, comments.
    pub(super) aside: Option<Aside>,
}

/// The paragraphs of a part that is left out.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pub(super) lines: Vec<Line>,
    pub(super) has_picture: bool,
}

#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) has_folio: bool,
}

impl<'s, 'p> Story<'s, 'p> {
    pub(super) fn new(shared: &'s mut Shared<'p>, relationships: &'s Relationships, root: Element<'_>) -> Self {
        Self {
            shared,
            relationships,
            fields: Fields::of(root),
            sections: super::sections::breaks(root),
            tables: Vec::new(),
            aside: None,
        }
    }

    /// Takes note of something to look at. What is left out anyway is nothing to look at.
    pub(super) fn doubt(&mut self, kind: DoubtKind, about: &str) {
        if self.aside.is_none() {
            let about = super::values::beginning(about);
            self.shared.document.doubts.push(Doubt { kind, about });
        }
    }
}

/// The one of several forms of the same thing that is read: the first that has something in it that we know.
pub(super) fn choice<'x>(alternatives: Element<'x>) -> Option<Element<'x>> {
    let forms = || alternatives.elements().filter(|form| matches!(form.name(), "mc:Choice" | "mc:Fallback"));
    forms().find(|form| form.descendants().any(says_something)).or_else(|| forms().next())
}

fn says_something(element: Element<'_>) -> bool {
    const NAMES: [&str; 14] = [
        "w:t",
        "w:sym",
        "w:tab",
        "w:br",
        "w:fldChar",
        "w:footnoteReference",
        "w:txbxContent",
        "m:t",
        "a:t",
        "a:blip",
        "v:imagedata",
        "c:chart",
        "cx:chart",
        "dgm:relIds",
    ];
    NAMES.contains(&element.name())
}
