//! The file as a whole: an archive of parts, or all of them in one file of XML.

use super::names::NAMESPACES;
use crate::import::document::ImportError;
use crate::import::package::Package;
use crate::import::xml::{Element, Xml};

/// What media types of texts start with: there are templates and masters too.
const TEXT: &str = "application/vnd.oasis.opendocument.text";
/// Other formats in archives, by what their media types start with.
const OTHERS: [(&str, &str); 9] = [
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/vnd.oasis.opendocument.graphics", "odg"),
    ("application/vnd.oasis.opendocument.formula", "odf"),
    ("application/vnd.oasis.opendocument.chart", "odc"),
    ("application/vnd.oasis.opendocument.database", "odb"),
    ("application/vnd.oasis.opendocument.base", "odb"),
    ("application/vnd.sun.xml.writer", "sxw"),
    ("application/epub+zip", "epub"),
];

/// A file.
pub(super) enum Container<'a> {
    Package(Package<'a>),
    Flat(&'a [u8]),
}

/// The parts that hold text and styles.
pub(super) struct Parts {
    content: Xml,
    /// `None` where the content has the styles as well.
    styles: Option<Xml>,
    meta: Option<Xml>,
    is_flat: bool,
}

impl<'a> Container<'a> {
    /// # Errors
    ///
    /// [`ImportError`] for what is no OpenDocument text, or locked.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        match Package::open(bytes) {
            Ok(package) => {
                check(&package)?;
                Ok(Self::Package(package))
            }
            Err(ImportError::OtherFormat(Some("xml"))) => Ok(Self::Flat(bytes)),
            // A flat file need not begin with a declaration.
            Err(ImportError::OtherFormat(None)) if bytes.trim_ascii_start().starts_with(b"<office:document") => {
                Ok(Self::Flat(bytes))
            }
            Err(error) => Err(error),
        }
    }

    /// # Errors
    ///
    /// [`ImportError::Damaged`] where the content is not there, or is no XML.
    pub(super) fn parts(&self) -> Result<Parts, ImportError> {
        match self {
            Self::Flat(bytes) => {
                let content = Xml::read(bytes, NAMESPACES)?;
                check_flat(&content)?;
                Ok(Parts { content, styles: None, meta: None, is_flat: true })
            }
            Self::Package(_) => {
                let content = self.xml("content.xml")?;
                let content = content.ok_or_else(|| ImportError::Damaged("content.xml is missing".to_owned()))?;
                let (styles, meta) = (self.xml("styles.xml")?, self.xml("meta.xml"));
                // What the file says of itself is not worth refusing it.
                let meta = meta.or_else(|error| if is_damage(&error) { Ok(None) } else { Err(error) })?;
                Ok(Parts { content, styles, meta, is_flat: false })
            }
        }
    }

    /// A part that is XML; `None` where there is no such part.
    pub(super) fn xml(&self, name: &str) -> Result<Option<Xml>, ImportError> {
        self.part(name)?.map(|bytes| Xml::read(&bytes, NAMESPACES)).transpose()
    }

    /// A part; `None` where there is no such part.
    pub(super) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        match self {
            Self::Package(package) => package.part(name),
            Self::Flat(_) => Ok(None),
        }
    }
}

impl Parts {
    /// The outermost element of the content.
    pub(super) fn content(&self) -> Result<Element<'_>, ImportError> {
        self.content.root().ok_or_else(|| ImportError::Damaged("there is nothing in it".to_owned()))
    }

    /// The element that holds the text.
    pub(super) fn body(&self) -> Result<Element<'_>, ImportError> {
        let body = self.content()?.child("office:body");
        let Some(body) = body else { return Err(ImportError::Damaged("content.xml has no body".to_owned())) };
        if let Some(text) = body.child("office:text") {
            return Ok(text);
        }
        Err(ImportError::OtherFormat(body.elements().find_map(|kind| other_body(kind.name()))))
    }

    /// The outermost element of the styles.
    pub(super) fn styles(&self) -> Option<Element<'_>> {
        self.styles.as_ref().and_then(Xml::root).or_else(|| self.content.root().filter(|_| self.is_flat))
    }

    /// The element that holds what the file says of itself.
    pub(super) fn meta(&self) -> Option<Element<'_>> {
        let root = self.meta.as_ref().and_then(Xml::root).or_else(|| self.content.root().filter(|_| self.is_flat));
        root?.child("office:meta")
    }
}

/// Whether an error is about this part alone.
pub(super) fn is_damage(error: &ImportError) -> bool {
    matches!(error, ImportError::Damaged(_) | ImportError::TooDeep | ImportError::Encrypted)
}

fn other_body(name: &str) -> Option<&'static str> {
    match name {
        "office:spreadsheet" => Some("ods"),
        "office:presentation" => Some("odp"),
        "office:drawing" => Some("odg"),
        "office:chart" => Some("odc"),
        _ => None,
    }
}

/// Makes sure that an archive is an OpenDocument text that is not locked.
fn check(package: &Package<'_>) -> Result<(), ImportError> {
    let media_type = package.part("mimetype")?.unwrap_or_default();
    let media_type = String::from_utf8_lossy(&media_type);
    let media_type = media_type.trim();
    let other = OTHERS.iter().find(|(start, _)| media_type.starts_with(start));
    if let Some((_, format)) = other {
        return Err(ImportError::OtherFormat(Some(format)));
    }
    if is_locked(package)? {
        return Err(ImportError::Encrypted);
    }
    if media_type.starts_with(TEXT) || package.has("content.xml") {
        return Ok(());
    }
    let is_word = package.has("[Content_Types].xml") && package.names().any(|name| name.starts_with("word"));
    Err(ImportError::OtherFormat(Some(if is_word { "docx" } else { "zip" })))
}

/// Whether the manifest says that the content is encrypted, by itself or with the whole file.
fn is_locked(package: &Package<'_>) -> Result<bool, ImportError> {
    if package.has("encrypted-package") {
        return Ok(true);
    }
    let Some(bytes) = package.part("META-INF/manifest.xml")? else { return Ok(false) };
    // Without a manifest that can be read the content has to speak for itself.
    let Ok(manifest) = Xml::read(&bytes, NAMESPACES) else { return Ok(false) };
    let entries = manifest.root().into_iter().flat_map(Element::elements);
    Ok(entries.into_iter().any(|entry| {
        let is_content = entry.attribute("manifest:full-path") == Some("content.xml");
        is_content && entry.child("manifest:encryption-data").is_some()
    }))
}

fn check_flat(content: &Xml) -> Result<(), ImportError> {
    let root = content.root().filter(|root| root.is("office:document"));
    let Some(root) = root else { return Err(ImportError::OtherFormat(Some("xml"))) };
    let media_type = root.attribute("office:mimetype").unwrap_or(TEXT);
    let other = OTHERS.iter().find(|(start, _)| media_type.starts_with(start));
    other.map_or(Ok(()), |(_, format)| Err(ImportError::OtherFormat(Some(format))))
}
