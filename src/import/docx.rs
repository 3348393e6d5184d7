//! Reads .docx files, and .docm, .dotx and .dotm, which differ only in what Word does with them.
//!
//! Tracked changes are taken as accepted. A soft hyphen stays in the text as U+00AD, since it is the letter ư where text
//! was typed in TCVN3: whoever decodes the text takes it away where it merely divides a word. Empty paragraphs stay too:
//! they are how many people set apart what belongs to different articles.

mod aside;
mod body;
mod charts;
mod draft;
mod fields;
mod formats;
mod formulas;
mod notes;
mod numbering;
mod objects;
mod parts;
mod pictures;
mod runs;
mod sections;
mod story;
mod styles;
mod tables;
mod values;

use self::draft::Flow;
use self::formats::Theme;
use self::numbering::Numbering;
use self::parts::{Relationships, main_part, other_kind, xml};
use self::story::{Shared, Story};
use self::styles::Styles;
use super::document::{Block, Document, ImportError, Properties};
use super::package::Package;
use super::xml::Xml;

/// Reads a file.
///
/// # Errors
///
/// See [`ImportError`]; never [`ImportError::NoText`].
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let package = Package::open(bytes)?;
    let main = main_part(&package)?;
    let text = xml(&package, &main)?.ok_or_else(|| ImportError::Damaged(format!("{main} is missing")))?;
    let relationships = Relationships::of(&package, &main)?;
    let root = text.root().ok_or_else(|| ImportError::Damaged(format!("{main} is empty")))?;
    if !root.is("w:document") {
        return Err(other_kind(root.name()));
    }
    let (styles, numbering, theme) = styles(&package, &relationships)?;
    let mut shared = Shared::new(&package, styles, numbering, theme);
    let mut flow = Flow::default();
    Story::new(&mut shared, &relationships, root).flow(&mut flow, root, false)?;
    shared.document.blocks = tidy(flow.finish());
    notes::read(&mut shared, &relationships)?;
    aside::comments(&mut shared, &relationships)?;
    aside::running_heads(&mut shared, &relationships)?;
    shared.document.properties = properties(&package)?;
    Ok(shared.document)
}

/// Reads what says how the text looks. A part of these that is damaged is as good as none: the words matter more.
fn styles(package: &Package<'_>, main: &Relationships) -> Result<(Styles, Numbering, Theme), ImportError> {
    let part = |kind: &str| -> Result<Option<Xml>, ImportError> {
        let Some(name) = main.parts(kind).next() else { return Ok(None) };
        match xml(package, name) {
            Err(ImportError::Damaged(_)) => Ok(None),
            read => read,
        }
    };
    let theme = part("theme")?.as_ref().map(styles::theme).unwrap_or_default();
    let mut styles = part("styles")?.map(|xml| Styles::read(&xml, &theme)).unwrap_or_default();
    let mut numbering = part("numbering")?.as_ref().map(Numbering::read).unwrap_or_default();
    numbering.link(|style| styles.list_of(style));
    styles.settle(&numbering);
    Ok((styles, numbering, theme))
}

/// Page breaks count where there is text before and after them, and once.
fn tidy(blocks: Vec<Block>) -> Vec<Block> {
    let mut tidy: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        if block != Block::PageBreak || tidy.last().is_some_and(|last| *last != Block::PageBreak) {
            tidy.push(block);
        }
    }
    if tidy.last() == Some(&Block::PageBreak) {
        tidy.pop();
    }
    tidy
}

/// What the file says of itself.
fn properties(package: &Package<'_>) -> Result<Properties, ImportError> {
    let relationships = Relationships::of(package, "")?;
    let Some(name) = relationships.parts("core-properties").next() else { return Ok(Properties::default()) };
    let xml = match xml(package, name) {
        Ok(Some(xml)) => xml,
        Ok(None) | Err(ImportError::Damaged(_)) => return Ok(Properties::default()),
        Err(error) => return Err(error),
    };
    let text = |name: &str| {
        let text = xml.root()?.child(name)?.text().trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    Ok(Properties {
        title: text("dc:title"),
        author: text("dc:creator"),
        keywords: text("cp:keywords"),
        language: text("dc:language"),
    })
}

#[cfg(test)]
mod tests;
