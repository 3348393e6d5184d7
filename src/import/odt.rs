//! Reading OpenDocument text: .odt, and .fodt, which is the same in one file of XML.
//!
//! Elements that this reader does not know are gone through for the text in them: what is left out is named one by one.

mod body;
mod changes;
mod container;
mod drawings;
mod fields;
mod formats;
mod inlines;
mod lengths;
mod line;
mod list_styles;
mod lists;
mod masters;
mod meta;
mod names;
mod objects;
mod pictures;
mod styles;
mod tables;
mod words;

use self::body::Context;
use self::container::{Container, Parts};
use self::list_styles::ListStyles;
use self::lists::Lists;
use self::pictures::Store;
use self::styles::Styles;
use super::document::{Document, Doubt, DoubtKind, ImportError, LeftOut, Reason};

/// Reads an OpenDocument text.
///
/// # Errors
///
/// [`ImportError`] for what is another format, locked, damaged or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let container = Container::open(bytes)?;
    let parts = container.parts()?;
    let mut reader = Reader::new(&container, &parts)?;
    reader.document.properties = meta::properties(parts.meta(), reader.styles.language.take());
    let mut blocks = Vec::new();
    reader.blocks(parts.body()?, &mut blocks, Context::page())?;
    if matches!(blocks.last(), Some(super::document::Block::PageBreak)) {
        blocks.pop();
    }
    reader.document.blocks = blocks;
    if let Some(styles) = parts.styles() {
        reader.running_heads(styles);
    }
    Ok(reader.document)
}

/// A file that is being read.
struct Reader<'x> {
    container: &'x Container<'x>,
    styles: Styles,
    lists: Lists,
    pictures: Store,
    document: Document,
    /// How many bytes of addresses may still be copied, and cells repeated.
    link_budget: usize,
    cell_budget: usize,
}

/// Room for addresses: each piece of a link has its own copy.
const LINK_BUDGET: usize = 64 << 20;
/// How many cells may come from cells that are said to be repeated.
const CELL_BUDGET: usize = 20_000;

impl<'x> Reader<'x> {
    fn new(container: &'x Container<'x>, parts: &Parts) -> Result<Self, ImportError> {
        let content = parts.content()?;
        Ok(Self {
            container,
            styles: Styles::read(content, parts.styles()),
            lists: Lists::new(ListStyles::read(content, parts.styles())),
            pictures: Store::default(),
            document: Document::default(),
            link_budget: LINK_BUDGET,
            cell_budget: CELL_BUDGET,
        })
    }

    fn doubt(&mut self, kind: DoubtKind, about: &str) {
        self.document.doubts.push(Doubt { kind, about: words::beginning(about) });
    }

    /// Takes note of words that do not come into the document, if there are any.
    fn leave_out(&mut self, text: String, reason: Reason) {
        if !text.trim().is_empty() {
            self.document.left_out.push(LeftOut { text, reason });
        }
    }
}

#[cfg(test)]
mod tests;
