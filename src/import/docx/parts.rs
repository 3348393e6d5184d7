//! The parts of a document and how they refer to each other.

use std::collections::{HashMap, HashSet};

use crate::import::document::ImportError;
use crate::import::package::Package;
use crate::import::xml::{Namespaces, Xml};

/// The namespaces that carry text, pictures and looks: as Word writes them, and as the strict form of the standard does.
pub(super) const NAMESPACES: &Namespaces = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("http://purl.oclc.org/ooxml/drawingml/picture", "pic"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("http://purl.oclc.org/ooxml/drawingml/chart", "c"),
    ("http://schemas.microsoft.com/office/drawing/2014/chartex", "cx"),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("http://purl.oclc.org/ooxml/drawingml/diagram", "dgm"),
    ("http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas", "lc"),
    ("http://purl.oclc.org/ooxml/drawingml/lockedCanvas", "lc"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", "wpg"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", "wpc"),
    ("http://schemas.microsoft.com/office/drawing/2016/SVG/main", "asvg"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// What a part refers to.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    /// In the order of the file.
    all: Vec<Relationship>,
    by_id: HashMap<String, usize>,
}

#[derive(Debug)]
pub(super) struct Relationship {
    /// The last word of its type: `image`, `hyperlink`, `footnotes`.
    pub(super) kind: String,
    pub(super) target: Target,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The name of a part.
    Part(String),
    /// An address outside the file.
    External(String),
}

impl Relationships {
    /// Those of a part; none where the file names none. The empty name stands for the package itself.
    pub(super) fn of(package: &Package<'_>, part: &str) -> Result<Self, ImportError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(bytes) = package.part(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Self::default());
        };
        let xml = Xml::read(&bytes, NAMESPACES)?;
        let mut relationships = Self::default();
        for element in xml.root().into_iter().flat_map(|root| root.elements()) {
            let (Some(id), Some(kind), Some(target)) =
                (element.attribute("Id"), element.attribute("Type"), element.attribute("Target"))
            else {
                continue;
            };
            let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
            let target = if element.attribute("TargetMode") == Some("External") {
                Target::External(target.to_owned())
            } else {
                Target::Part(resolved(folder, target))
            };
            relationships.by_id.insert(id.to_owned(), relationships.all.len());
            relationships.all.push(Relationship { kind, target });
        }
        Ok(relationships)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Relationship> {
        self.by_id.get(id).and_then(|&place| self.all.get(place))
    }

    /// The name of the part that an identifier leads to.
    pub(super) fn part(&self, id: &str) -> Option<&str> {
        match &self.get(id)?.target {
            Target::Part(name) => Some(name),
            Target::External(_) => None,
        }
    }

    /// The parts of a kind, in the order of the file, each once.
    pub(super) fn parts(&self, kind: &str) -> impl Iterator<Item = &str> {
        let mut seen = HashSet::new();
        let of_kind = self.all.iter().filter(move |relationship| relationship.kind == kind);
        let names = of_kind.filter_map(|relationship| match &relationship.target {
            Target::Part(name) => Some(name.as_str()),
            Target::External(_) => None,
        });
        names.filter(move |name| seen.insert(*name))
    }
}

/// The name of a part, from that of the folder of the part that refers to it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or(target).replace('\\', "/");
    let mut steps: Vec<&str> =
        if target.starts_with('/') || folder.is_empty() { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The name of the part that holds the text.
///
/// # Errors
///
/// [`ImportError::OtherFormat`] where the package is something else than a document of Word.
pub(super) fn main_part(package: &Package<'_>) -> Result<String, ImportError> {
    const USUAL: &str = "word/document.xml";
    let relationships = Relationships::of(package, "")?;
    let named = relationships.parts("officeDocument").find(|name| package.has(name)).map(str::to_owned);
    let main = named.or_else(|| package.has(USUAL).then(|| USUAL.to_owned()));
    main.ok_or_else(|| not_a_document(package))
}

/// What a package is that has no text of Word.
fn not_a_document(package: &Package<'_>) -> ImportError {
    const SIGNS: [(&str, &str); 5] = [
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
        ("ppt/presentation.xml", "pptx"),
        ("visio/document.xml", "vsdx"),
        ("META-INF/manifest.xml", "odt"),
    ];
    ImportError::OtherFormat(
        SIGNS.iter().find(|(name, _)| package.has(name)).map_or(Some("zip"), |(_, format)| Some(format)),
    )
}

/// What the main part is if it is no text: by the name of its outermost element.
pub(super) fn other_kind(root: &str) -> ImportError {
    ImportError::OtherFormat(match root.rsplit(':').next() {
        Some("workbook") => Some("xlsx"),
        Some("presentation") => Some("pptx"),
        Some("VisioDocument") => Some("vsdx"),
        _ => None,
    })
}

/// Reads a part as XML; `None` where there is none.
pub(super) fn xml(package: &Package<'_>, name: &str) -> Result<Option<Xml>, ImportError> {
    let Some(bytes) = package.part(name)? else { return Ok(None) };
    Xml::read(&bytes, NAMESPACES).map(Some).map_err(|error| match error {
        ImportError::Damaged(what) => ImportError::Damaged(format!("{name}: {what}")),
        error => error,
    })
}
