//! The files inside an archive PDF, read with every care: the PDF may be anybody's.

pub mod names;
mod pdf;

use std::collections::{BTreeMap, HashSet};

use pdf::{Dictionary, Id, Object, Pdf};

use crate::diagnostic::{ArchiveError, Damage};

/// Most bytes of one file.
const MAX_FILE: u64 = 200_000_000;

/// Most bytes of all files.
pub const MAX_TOTAL: u64 = 4_000_000_000;

/// Most bytes of all files for a PDF of so many: photos are as large in a PDF as they are outside, texts and drawings
/// are small. What is far larger than its PDF was made to fill somebody's memory.
const ROOM: u64 = 400_000_000;
const TIMES_LARGER: u64 = 10;

/// How deep the tree of names may be.
const MAX_DEPTH: usize = 32;

/// The attached files, by their names: relative paths with `/`, in NFC, that every file system can hold side by side.
pub type Attached = BTreeMap<String, Vec<u8>>;

/// Reads the files of an issue out of an archive PDF.
pub fn read(pdf: &[u8]) -> Result<Attached, ArchiveError> {
    let mut files = Attached::new();
    each_file(pdf, |name, bytes| {
        // Of two files with one name, `names::clashes` knows as well, but not which of them is meant.
        match files.insert(name.clone(), bytes) {
            None => Ok(()),
            Some(_) => Err(ArchiveError::BadName(name)),
        }
    })?;
    if let Some((name, _)) = names::clashes(files.keys().map(String::as_str)).into_iter().next() {
        return Err(ArchiveError::BadName(name));
    }
    if files.contains_key(crate::fs::MANIFEST) { Ok(files) } else { Err(ArchiveError::NotOurs) }
}

/// Whether [`read`] gives back these files, and no others, without holding them all a second time.
pub fn gives_back<'a>(pdf: &[u8], files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<bool, ArchiveError> {
    let mut expected: BTreeMap<_, _> = files.into_iter().collect();
    let clash = names::clashes(expected.keys().copied()).into_iter().next();
    let mut same = true;
    each_file(pdf, |name, bytes| {
        same &= expected.remove(name.as_str()).is_some_and(|wanted| wanted == bytes);
        Ok(())
    })?;
    Ok(same && clash.is_none() && expected.is_empty())
}

/// Goes through the attached files, one after the other.
fn each_file(
    bytes: &[u8],
    mut take: impl FnMut(String, Vec<u8>) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let pdf = Pdf::open(bytes)?;
    if pdf.is_encrypted() {
        return Err(ArchiveError::Encrypted);
    }
    let mut left = MAX_TOTAL.min((bytes.len() as u64).saturating_mul(TIMES_LARGER).saturating_add(ROOM));
    for specification in specifications(&pdf)? {
        let specification = pdf.dictionary(Some(&specification))?.ok_or(ArchiveError::Damaged(Damage::File))?;
        let (name, content) = file(&pdf, &specification, left)?;
        left = left.saturating_sub(content.len() as u64);
        take(name, content)?;
    }
    Ok(())
}

/// The file specifications in the tree of embedded files.
fn specifications(pdf: &Pdf<'_>) -> Result<Vec<Object>, ArchiveError> {
    let catalog = pdf.catalog()?;
    let Some(names) = pdf.dictionary(catalog.get(&b"Names"[..]))? else { return Ok(Vec::new()) };
    let Some(root) = names.get(&b"EmbeddedFiles"[..]) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut seen: HashSet<Id> = HashSet::new();
    let mut open = vec![(root.clone(), 0)];
    while let Some((node, depth)) = open.pop() {
        // A node with two parents, or that is its own child, would be gone through for ever.
        if let Object::Reference(id) = node
            && !seen.insert(id)
        {
            return Err(ArchiveError::Damaged(Damage::Tree));
        }
        let Some(node) = pdf.dictionary(Some(&node))? else { continue };
        let names = pdf.array(node.get(&b"Names"[..]))?.unwrap_or_default();
        found.extend(names.chunks_exact(2).map(|pair| pair[1].clone()));
        let kids = pdf.array(node.get(&b"Kids"[..]))?.unwrap_or_default();
        if !kids.is_empty() && depth >= MAX_DEPTH {
            return Err(ArchiveError::TooLarge);
        }
        open.extend(kids.into_iter().map(|kid| (kid, depth + 1)));
        if found.len() > names::MAX_FILES || open.len() > names::MAX_FILES {
            return Err(ArchiveError::TooLarge);
        }
    }
    Ok(found)
}

/// The name and the bytes of an attached file, of at most so many.
fn file(pdf: &Pdf<'_>, specification: &Dictionary, limit: u64) -> Result<(String, Vec<u8>), ArchiveError> {
    let damaged = || ArchiveError::Damaged(Damage::File);
    let name = [&b"UF"[..], b"F"].into_iter().find_map(|key| specification.get(key)).ok_or_else(damaged)?;
    let Object::Text(name) = pdf.resolved(Some(name))? else { return Err(damaged()) };
    let name = lopdf::Object::String(name, lopdf::StringFormat::Literal);
    let name = names::normal(&lopdf::decode_text_string(&name).map_err(|_| damaged())?);
    if names::check_name(&name).is_some() {
        return Err(ArchiveError::BadName(name));
    }
    let embedded = pdf.dictionary(specification.get(&b"EF"[..]))?.ok_or_else(damaged)?;
    let stream = pdf.resolved(embedded.get(&b"F"[..]).or_else(|| embedded.get(&b"UF"[..])))?;
    let Object::Stream(dictionary, range) = stream else { return Err(damaged()) };
    Ok((name, pdf.content(&dictionary, &range, limit.min(MAX_FILE))?))
}
