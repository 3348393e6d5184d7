//! What a PDF says of itself.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::Dict;

use super::strings;
use crate::import::document::Properties;

/// Title, author, keywords and language.
pub(super) fn properties(pdf: &Pdf) -> Properties {
    let metadata = pdf.metadata();
    let text = |bytes: &Option<Vec<u8>>| {
        let text = strings::decode(bytes.as_deref()?).trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let language = catalog(pdf).and_then(|catalog| strings::text(&catalog, "Lang"));
    Properties {
        title: text(&metadata.title),
        author: text(&metadata.author),
        keywords: text(&metadata.keywords),
        language,
    }
}

/// The root of the document.
pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}
