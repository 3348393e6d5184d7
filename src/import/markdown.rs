//! Reading Markdown that anybody may have written: CommonMark with tables, footnotes and struck text, raw HTML, and front
//! matter in YAML or TOML.
//!
//! Of the front matter, `title` and `subtitle` come first as paragraphs that have these roles, `kicker` before them, and
//! `lead` (also `description`, `summary`) after them in bold; `author` and `source` come last, to the right. They have
//! Vietnamese names too. `keywords`, `lang`, and once more title and author are properties; other keys are left out as
//! comments. What looks like front matter and cannot be read is text.

mod builder;
mod front_matter;
mod html;
mod images;
mod inlines;
mod lists;
mod yaml;

use self::builder::Builder;
use self::front_matter::FrontMatter;
use super::document::{Document, Doubt, DoubtKind, ImportError};
use super::utf::decoded;

/// Opens a file beside the source, by a relative path with `/` that does not lead out of its folder; `None` where there
/// is none that may be read.
pub(super) type Opener<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// No article has more; each byte takes some hundred while it is read.
const MOST_BYTES: usize = 16 << 20;

/// Reads a Markdown file in UTF-8 or UTF-16.
///
/// # Errors
///
/// [`ImportError::OtherFormat`] for what is no text, [`ImportError::TooLarge`] and [`ImportError::TooDeep`] beyond the bounds.
pub(super) fn read(bytes: &[u8], open: &Opener<'_>) -> Result<Document, ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLarge);
    }
    let text = decoded(bytes);
    if let Some(format) = other_format(bytes, &text) {
        return Err(ImportError::OtherFormat(format));
    }
    let (front, body) = front_matter::split(&text);
    let mut builder = Builder::new(open, front.photo_descriptions());
    builder.read(body)?;
    let mut document = builder.finish();
    add_front_matter(front, &mut document);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        let line = text.lines().find(|line| line.contains(char::REPLACEMENT_CHARACTER)).unwrap_or_default();
        document.doubts.push(Doubt { kind: DoubtKind::Signs, about: line.chars().take(80).collect() });
    }
    Ok(document)
}

fn add_front_matter(front: FrontMatter, document: &mut Document) {
    let body = std::mem::take(&mut document.blocks);
    document.properties = front.properties();
    document.blocks = front.head(&body, &mut document.left_out);
    document.blocks.extend(body);
    document.blocks.extend(front.foot());
}

/// What a file is that is no text: text has no zero bytes.
fn other_format(bytes: &[u8], text: &str) -> Option<Option<&'static str>> {
    const SIGNATURES: [(&[u8], Option<&str>); 4] = [
        (b"%PDF", Some("pdf")),
        (b"{\\rtf", Some("rtf")),
        (b"PK\x03\x04", Some("zip")),
        (b"\xD0\xCF\x11\xE0", Some("doc")),
    ];
    let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    known.map(|(_, format)| *format).or_else(|| text.contains('\0').then_some(None))
}

#[cfg(test)]
mod tests;
