//! A PDF as plain data: its pages in their order, and what it has besides.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Unreadable;
use super::canonical::{Canonical, Hash, hash, unpacked};
use super::content::{Drawn, Reader};
use super::resolve::{array, dictionary, resolved};

/// Most pages, and how deep the tree of pages and that of bookmarks may be.
const MAX_PAGES: usize = 100_000;
const MAX_DEPTH: usize = 64;

/// A PDF.
#[derive(Debug)]
pub struct Snapshot {
    pub pages: Vec<Page>,
    /// What the document has besides its pages, by the names that PDF has for it.
    pub parts: BTreeMap<String, Hash>,
    /// How often it was written: once, and once more for every later change that was added at its end.
    pub revisions: usize,
    /// Whether there is something behind its end, or its table of objects is broken.
    pub is_sound: bool,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    pub drawn: Drawn,
    /// Everything that makes it look as it does.
    pub look: Hash,
    pub notes: Vec<Note>,
}

/// A link, or anything else that lies on a page.
#[derive(Debug)]
pub struct Note {
    pub hash: Hash,
    /// The pages that it leads to, by index.
    pub targets: Vec<usize>,
    pub kind: NoteKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Leads within the document.
    Inside,
    /// Leads to the web or a mailbox.
    Outside,
    /// Anything that shows: a note, a form field, a record.
    Shown,
}

/// Reads a PDF.
pub fn read(pdf: &[u8]) -> Result<Snapshot, Unreadable> {
    // A reader that panics over a damaged file fails like any other.
    std::panic::catch_unwind(|| read_trusting(pdf)).unwrap_or(Err(Unreadable))
}

fn read_trusting(pdf: &[u8]) -> Result<Snapshot, Unreadable> {
    let document = Document::load_mem(pdf).map_err(|_| Unreadable)?;
    let revisions = document.revision_count().max(ends(pdf));
    if !finds_every_object(&document, pdf, revisions) {
        return Err(Unreadable);
    }
    let catalog = document.catalog().map_err(|_| Unreadable)?;
    let ids = page_ids(&document, catalog)?;
    let mut canonical = Canonical::new(&document, &ids);
    let mut reader = Reader::new(&document);
    let mut pages = Vec::with_capacity(ids.len());
    for id in &ids {
        pages.push(page(&document, *id, &mut canonical, &mut reader)?);
    }
    let parts = parts(&document, catalog, &mut canonical)?;
    Ok(Snapshot { pages, parts, revisions, is_sound: ends_well(pdf) })
}

/// How often the file says that it ends here. One reader goes by the last end, another by the last that is sound, so
/// that what stands behind one of them may be seen by one and not by the other.
fn ends(pdf: &[u8]) -> usize {
    let mark = b"startxref";
    let is_line = |at: usize| {
        let digits = pdf[at + mark.len()..].trim_ascii_start();
        (at == 0 || pdf[at - 1].is_ascii_whitespace()) && digits.first().is_some_and(u8::is_ascii_digit)
    };
    let found = pdf.windows(mark.len()).enumerate().filter(|(at, word)| word == mark && is_line(*at)).count();
    // A file made for the web says so twice.
    let head = &pdf[..pdf.len().min(1024)];
    found - usize::from(found > 1 && head.windows(11).any(|word| word == b"/Linearized"))
}

/// Whether the table of objects leads to every object of the file, and each to where it begins. Where it does not, some
/// readers make a table of their own, and may show another document. What a later revision has replaced is in no table.
fn finds_every_object(document: &Document, pdf: &[u8], revisions: usize) -> bool {
    let mut listed = HashSet::new();
    for (number, entry) in &document.reference_table.entries {
        if let lopdf::xref::XrefEntry::Normal { offset, generation } = entry {
            let at = usize::try_from(*offset).unwrap_or(usize::MAX);
            let head = format!("{number} {generation} obj");
            if !pdf.get(at..).is_some_and(|rest| rest.starts_with(head.as_bytes())) {
                return false;
            }
            listed.insert(at);
        }
    }
    if revisions > 1 {
        return true;
    }
    let word = b" obj";
    let heads = pdf.windows(word.len()).enumerate().filter(|(_, found)| found == word);
    heads.map(|(at, _)| at).filter_map(|at| start_of_head(pdf, at)).all(|start| listed.contains(&start))
}

/// Where a line begins with the two numbers that stand before an object, if it does.
fn start_of_head(pdf: &[u8], end: usize) -> Option<usize> {
    let digits_before = |end: usize| {
        let length = pdf[..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        (length > 0).then_some(end - length)
    };
    let generation = digits_before(end)?;
    let space = generation.checked_sub(1).filter(|&at| pdf[at] == b' ')?;
    let start = digits_before(space)?;
    start.checked_sub(1).is_none_or(|before| matches!(pdf[before], b'\n' | b'\r')).then_some(start)
}

/// Whether nothing stands behind the end.
fn ends_well(pdf: &[u8]) -> bool {
    pdf.trim_ascii_end().ends_with(b"%%EOF")
}

/// The pages in their order. A page that is listed twice is there twice.
fn page_ids(document: &Document, catalog: &Dictionary) -> Result<Vec<ObjectId>, Unreadable> {
    let root = catalog.get(b"Pages").and_then(Object::as_reference).map_err(|_| Unreadable)?;
    let (mut ids, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![(root, 0)]);
    while let Some((id, depth)) = open.pop() {
        let Ok(node) = document.get_dictionary(id) else { continue };
        let is_of_type = |name: &[u8]| node.get(b"Type").and_then(Object::as_name).is_ok_and(|found| found == name);
        match array(document, node.get(b"Kids").ok()) {
            // A list of pages that is a page as well is the one to some readers and the other to others.
            Some(_) if !is_of_type(b"Pages") || node.has(b"Contents") || node.has(b"Annots") => return Err(Unreadable),
            None if !is_of_type(b"Page") => return Err(Unreadable),
            // What stands in the list itself is a page to some readers and to others not.
            Some(kids) if depth < MAX_DEPTH && seen.insert(id) && kids.iter().all(|kid| kid.as_reference().is_ok()) => {
                let kids = kids.iter().rev().filter_map(|kid| kid.as_reference().ok());
                open.extend(kids.map(|kid| (kid, depth + 1)));
            }
            Some(_) => return Err(Unreadable),
            None => ids.push(id),
        }
        if ids.len() + open.len() > MAX_PAGES {
            return Err(Unreadable);
        }
    }
    let count = document.get_dictionary(root).and_then(|root| root.get(b"Count")).and_then(Object::as_i64);
    if count.ok().and_then(|count| usize::try_from(count).ok()) == Some(ids.len()) { Ok(ids) } else { Err(Unreadable) }
}

fn page<'a>(
    document: &'a Document,
    id: ObjectId,
    canonical: &mut Canonical<'a>,
    reader: &mut Reader<'a>,
) -> Result<Page, Unreadable> {
    let page = document.get_dictionary(id).map_err(|_| Unreadable)?;
    let mut content = Vec::new();
    for object in contents(document, page) {
        // Nobody can say what a reader makes of anything else.
        let stream = object.as_stream().map_err(|_| Unreadable)?;
        if !canonical.is_plain(stream)? {
            return Err(Unreadable);
        }
        content.extend(unpacked(stream)?.0);
        content.push(b'\n');
    }
    let mut drawn = Drawn::default();
    let resources = dictionary(document, inherited(document, page, b"Resources"));
    reader.read(&content, resources, canonical, &mut drawn, 0)?;

    let mut look = Vec::from(canonical.operations(&content, 0)?);
    for key in [&b"Resources"[..], b"MediaBox", b"CropBox", b"Rotate"] {
        let value = inherited(document, page, key).filter(|value| !says_nothing(key, value));
        look.extend(canonical.object(value.unwrap_or(&Object::Null))?);
    }
    const APART: [&[u8]; 11] = [
        b"Resources",
        b"MediaBox",
        b"CropBox",
        b"Rotate",
        b"Contents",
        b"Annots",
        b"Parent",
        b"StructParents",
        b"PieceInfo",
        b"LastModified",
        b"Type",
    ];
    look.extend(canonical.without(page, &APART)?);
    canonical.targets.clear();

    let mut notes = Vec::new();
    for annotation in array(document, page.get(b"Annots").ok()).into_iter().flatten() {
        let annotation = dictionary(document, Some(annotation)).ok_or(Unreadable)?;
        notes.push(note(document, annotation, canonical)?);
    }
    Ok(Page { drawn, look: hash(b'l', &look), notes })
}

/// A rotation by nothing is none.
fn says_nothing(key: &[u8], value: &Object) -> bool {
    key == b"Rotate" && value.as_i64().is_ok_and(|turn| turn == 0)
}

fn note<'a>(
    document: &'a Document,
    annotation: &'a Dictionary,
    canonical: &mut Canonical<'a>,
) -> Result<Note, Unreadable> {
    let name = |dictionary: &'a Dictionary, key: &[u8]| {
        resolved(document, dictionary.get(key).ok()).and_then(|name| name.as_name().ok())
    };
    let action = dictionary(document, annotation.get(b"A").ok());
    let kind = match action.and_then(|action| name(action, b"S")) {
        _ if name(annotation, b"Subtype") != Some(b"Link") || annotation.has(b"AP") || annotation.has(b"AA") => {
            NoteKind::Shown
        }
        None | Some(b"GoTo") => NoteKind::Inside,
        Some(_) => NoteKind::Outside,
    };
    canonical.targets.clear();
    let hash = canonical.without(annotation, &[b"P", b"Parent", b"StructParent"])?;
    Ok(Note { hash, targets: std::mem::take(&mut canonical.targets), kind })
}

/// The streams that make up the content of a page.
fn contents<'a>(document: &'a Document, page: &'a Dictionary) -> Vec<&'a Object> {
    match resolved(document, page.get(b"Contents").ok()) {
        Some(Object::Array(parts)) => parts.iter().filter_map(|part| resolved(document, Some(part))).collect(),
        Some(object) => vec![object],
        None => Vec::new(),
    }
}

/// A value of a page, its own or that of what it lies in.
fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..MAX_DEPTH {
        if let Ok(value) = node.get(key) {
            return Some(value);
        }
        node = dictionary(document, node.get(b"Parent").ok())?;
    }
    None
}

/// What the document has besides its pages and its attached files.
fn parts<'a>(
    document: &'a Document,
    catalog: &'a Dictionary,
    canonical: &mut Canonical<'a>,
) -> Result<BTreeMap<String, Hash>, Unreadable> {
    let mut parts = BTreeMap::new();
    let mut put = |name: String, found: Hash, canonical: &mut Canonical<'a>| {
        let targets = std::mem::take(&mut canonical.targets);
        let targets: Vec<_> = targets.into_iter().flat_map(|page| (page as u64).to_le_bytes()).collect();
        parts.insert(name, hash(b't', &[&found[..], &targets].concat()));
    };
    for (key, value) in catalog {
        let name = String::from_utf8_lossy(key).into_owned();
        match key.as_slice() {
            b"Pages" | b"Type" | b"Version" | b"Extensions" => {}
            b"Names" => {
                for (key, value) in dictionary(document, Some(value)).into_iter().flatten() {
                    let found = canonical.object(value)?;
                    put(format!("Names/{}", String::from_utf8_lossy(key)), found, canonical);
                }
            }
            b"Outlines" => {
                let found = bookmarks(document, value, canonical, 0)?;
                put(name, found, canonical);
            }
            b"StructTreeRoot" => {
                let tree = dictionary(document, Some(value)).ok_or(Unreadable)?;
                let found = canonical.without(tree, &[b"ParentTree", b"ParentTreeNextKey", b"IDTree"])?;
                put(name, found, canonical);
            }
            _ => {
                let found = canonical.object(value)?;
                put(name, found, canonical);
            }
        }
    }
    // The tool that wrote a file last, and when, says nothing of what it says.
    for (key, value) in dictionary(document, document.trailer.get(b"Info").ok()).into_iter().flatten() {
        if key != b"Producer" && key != b"ModDate" {
            let found = canonical.object(value)?;
            put(format!("Info/{}", String::from_utf8_lossy(key)), found, canonical);
        }
    }
    Ok(parts)
}

/// The bookmarks below one, in their order.
fn bookmarks<'a>(
    document: &'a Document,
    parent: &'a Object,
    canonical: &mut Canonical<'a>,
    depth: usize,
) -> Result<Hash, Unreadable> {
    let mut all = Vec::new();
    let mut next = dictionary(document, Some(parent)).and_then(|parent| parent.get(b"First").ok());
    while let Some(item) = next {
        let Some(dictionary) = dictionary(document, Some(item)) else { break };
        all.extend(canonical.without(dictionary, &[b"Parent", b"Prev", b"Next", b"First", b"Last", b"Count"])?);
        if depth >= MAX_DEPTH || all.len() > 64 * MAX_PAGES {
            return Err(Unreadable);
        }
        if dictionary.has(b"First") {
            all.extend(bookmarks(document, item, canonical, depth + 1)?);
        }
        next = dictionary.get(b"Next").ok();
    }
    Ok(hash(b'o', &all))
}
