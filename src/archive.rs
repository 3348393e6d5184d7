//! The files inside an archive PDF, read with every care: the PDF may be anybody's.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::ArchiveFault;

/// Most bytes of one file, and of all.
const MAX_FILE: u64 = 200_000_000;
const MAX_TOTAL: u64 = 4_000_000_000;

/// Most files, and how deep the tree of their names may be.
const MAX_FILES: usize = 20_000;
const MAX_DEPTH: usize = 32;

/// The attached files, by their names: relative paths with `/`, in NFC or as they were, that stay in a folder.
pub type Attached = BTreeMap<String, Vec<u8>>;

/// Reads the files of an issue out of an archive PDF.
pub fn read(pdf: &[u8]) -> Result<Attached, ArchiveFault> {
    // A reader that panics over a damaged file fails like any other.
    let read = std::panic::catch_unwind(|| read_trusting(pdf));
    read.unwrap_or_else(|_| Err(ArchiveFault::Damaged("the reader gave up".into())))
}

fn read_trusting(pdf: &[u8]) -> Result<Attached, ArchiveFault> {
    let damaged = |error: lopdf::Error| ArchiveFault::Damaged(error.to_string());
    let document = Document::load_mem(pdf).map_err(damaged)?;
    // Without a password to open it, a PDF is decrypted in passing: it is still none that we wrote.
    if document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(ArchiveFault::Encrypted);
    }
    let catalog = document.catalog().map_err(damaged)?;
    let mut files = Attached::new();
    let mut total = 0;
    for specification in specifications(&document, catalog) {
        let (name, bytes) = file(&document, specification)?;
        total += bytes.len() as u64;
        if total > MAX_TOTAL || files.len() >= MAX_FILES {
            return Err(ArchiveFault::TooLarge);
        }
        if files.keys().any(|known| is_same_file(known, &name)) {
            return Err(ArchiveFault::BadName(name));
        }
        files.insert(name, bytes);
    }
    if files.contains_key(crate::fs::MANIFEST) { Ok(files) } else { Err(ArchiveFault::NotOurs) }
}

/// Whether two names are one file on systems that look neither at case nor at how letters are composed.
fn is_same_file(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase().nfc().eq(b.to_lowercase().nfc())
}

/// The file specifications in the tree of embedded files.
fn specifications<'a>(document: &'a Document, catalog: &'a Dictionary) -> Vec<&'a Dictionary> {
    let mut found = Vec::new();
    let names = dictionary(document, catalog.get(b"Names").ok());
    let root = names.and_then(|names| dictionary(document, names.get(b"EmbeddedFiles").ok()));
    let mut open: Vec<_> = root.map(|root| (root, 0)).into_iter().collect();
    while let Some((node, depth)) = open.pop() {
        if let Some(names) = array(document, node.get(b"Names").ok()) {
            found.extend(names.chunks(2).filter_map(|pair| dictionary(document, pair.get(1))));
        }
        if let Some(kids) = array(document, node.get(b"Kids").ok()).filter(|_| depth < MAX_DEPTH) {
            open.extend(kids.iter().filter_map(|kid| dictionary(document, Some(kid))).map(|kid| (kid, depth + 1)));
        }
        if found.len() > MAX_FILES || open.len() > MAX_FILES {
            break;
        }
    }
    found
}

fn resolved<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Object> {
    document.dereference(object?).ok().map(|(_, object)| object)
}

fn dictionary<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Dictionary> {
    resolved(document, object)?.as_dict().ok()
}

fn array<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Vec<Object>> {
    resolved(document, object)?.as_array().ok()
}

/// The name and the bytes of an attached file.
fn file(document: &Document, specification: &Dictionary) -> Result<(String, Vec<u8>), ArchiveFault> {
    let damaged = |detail: &str| ArchiveFault::Damaged(detail.to_owned());
    let name = [&b"UF"[..], b"F"].into_iter().find_map(|key| resolved(document, specification.get(key).ok()));
    let name =
        name.and_then(|name| lopdf::decode_text_string(name).ok()).ok_or_else(|| damaged("a file without a name"))?;
    if !stays_in_folder(&name) {
        return Err(ArchiveFault::BadName(name));
    }
    let embedded = dictionary(document, specification.get(b"EF").ok());
    let stream = embedded.and_then(|files| resolved(document, files.get(b"F").or_else(|_| files.get(b"UF")).ok()));
    let stream = stream.and_then(|stream| stream.as_stream().ok()).ok_or_else(|| damaged("a file without content"))?;
    Ok((name, content(stream)?))
}

/// Whether a name is a plain relative path on every system, and no hidden file.
fn stays_in_folder(name: &str) -> bool {
    const LONGEST: usize = 200;
    let is_plain = |part: &str| {
        let is_device =
            ["con", "prn", "aux", "nul"].contains(&part.split('.').next().unwrap_or_default().to_lowercase().as_str());
        !part.is_empty() && part.len() <= LONGEST && !part.starts_with('.') && !part.ends_with([' ', '.']) && !is_device
    };
    let has_odd = name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c));
    !has_odd && name.len() <= 4 * LONGEST && name.split('/').all(is_plain)
}

fn content(stream: &Stream) -> Result<Vec<u8>, ArchiveFault> {
    let filters = stream.filters().unwrap_or_default();
    let mut bytes = Vec::new();
    match filters[..] {
        [] => bytes = stream.content.clone(),
        [b"FlateDecode"] => {
            let mut decoder = ZlibDecoder::new(&stream.content[..]).take(MAX_FILE + 1);
            decoder.read_to_end(&mut bytes).map_err(|error| ArchiveFault::Damaged(error.to_string()))?;
        }
        _ => return Err(ArchiveFault::Damaged("an unknown way of packing".into())),
    }
    if bytes.len() as u64 > MAX_FILE { Err(ArchiveFault::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        for name in ["issue.toml", "photos/a.jpg", "ảnh/Hội nghị (1).jpg", "layout/lib/a.typ", "a b/c"] {
            assert!(stays_in_folder(name), "{name}");
        }
        for name in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a//b",
            "C:\\a",
            "a\\b",
            "C:a",
            ".ssh/id",
            "a/.git/x",
            "nul",
            "CON.txt",
            "a\0b",
            "a\nb",
            "a.",
            "x/",
            "aux.md",
        ] {
            assert!(!stays_in_folder(name), "{name:?}");
        }
    }
}
