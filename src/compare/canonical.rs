//! What an object of a PDF says, whatever its number, its place in the file and the way it is packed: one hash of it and
//! of everything that it leads to.

use std::collections::{HashMap, HashSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::Unreadable;

pub(super) type Hash = [u8; 32];

/// Deeper than anything that is honestly nested.
const MAX_DEPTH: usize = 500;

/// Most bytes of one stream, unpacked, and of all together: those of the streams that are met twice count once.
const MAX_STREAM: usize = 1_000_000_000;
const MAX_ALL: usize = 8_000_000_000;

/// Most objects that are looked at.
const MAX_OBJECTS: usize = 20_000_000;

/// Keys of a stream that tell how it is packed.
const PACKING: [&[u8]; 4] = [b"Length", b"Filter", b"DecodeParms", b"DL"];

/// Hashes objects of one document.
pub(super) struct Canonical<'a> {
    document: &'a Document,
    /// The pages by their object. What leads to a page is told by its index alone, in `targets`.
    pages: HashMap<ObjectId, usize>,
    /// Indices of the pages that the object leads to, in the order met.
    pub targets: Vec<usize>,
    known: HashMap<ObjectId, Hash>,
    /// What is being hashed: an object that leads back to one of these is its parent or the like.
    open: HashSet<ObjectId>,
    bytes: usize,
    objects: usize,
}

impl<'a> Canonical<'a> {
    pub(super) fn new(document: &'a Document, pages: &[ObjectId]) -> Self {
        let mut numbers = HashMap::new();
        for (index, id) in pages.iter().enumerate() {
            numbers.entry(*id).or_insert(index);
        }
        Self {
            document,
            pages: numbers,
            targets: Vec::new(),
            known: HashMap::new(),
            open: HashSet::new(),
            bytes: 0,
            objects: 0,
        }
    }

    /// The hash of an object. Pages that it leads to are added to `targets`.
    pub(super) fn object(&mut self, object: &Object) -> Result<Hash, Unreadable> {
        self.at(object, 0)
    }

    /// The hash of a dictionary without some of its keys.
    pub(super) fn without(&mut self, dictionary: &Dictionary, left_out: &[&[u8]]) -> Result<Hash, Unreadable> {
        self.dictionary(dictionary, left_out, 0)
    }

    fn at(&mut self, object: &Object, depth: usize) -> Result<Hash, Unreadable> {
        self.objects += 1;
        if depth > MAX_DEPTH || self.objects > MAX_OBJECTS {
            return Err(Unreadable);
        }
        Ok(match object {
            Object::Null => hash(b'0', &[]),
            Object::Boolean(value) => hash(b'b', &[u8::from(*value)]),
            Object::Integer(value) => number(*value as f64),
            Object::Real(value) => number(f64::from(*value)),
            Object::Name(name) => hash(b'/', name),
            Object::String(text, _) => hash(b'(', text),
            Object::Array(items) => {
                let mut all = Vec::with_capacity(32 * items.len());
                for item in items {
                    all.extend(self.at(item, depth + 1)?);
                }
                hash(b'[', &all)
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, &[], depth)?,
            Object::Stream(stream) => self.stream(stream, depth)?,
            Object::Reference(id) => self.reference(*id, depth)?,
        })
    }

    fn reference(&mut self, id: ObjectId, depth: usize) -> Result<Hash, Unreadable> {
        if let Some(&page) = self.pages.get(&id) {
            self.targets.push(page);
            return Ok(hash(b'p', &[]));
        }
        if let Some(known) = self.known.get(&id) {
            return Ok(*known);
        }
        let Ok(object) = self.document.get_object(id) else { return Ok(hash(b'0', &[])) };
        if !self.open.insert(id) {
            return Ok(hash(b'^', &[]));
        }
        let targets = self.targets.len();
        let found = self.at(object, depth + 1);
        self.open.remove(&id);
        // What leads to pages must tell so every time.
        if let (Ok(found), true) = (&found, self.targets.len() == targets) {
            self.known.insert(id, *found);
        }
        found
    }

    fn dictionary(&mut self, dictionary: &Dictionary, left_out: &[&[u8]], depth: usize) -> Result<Hash, Unreadable> {
        self.objects += 1;
        if self.objects > MAX_OBJECTS {
            return Err(Unreadable);
        }
        let mut keys: Vec<_> = dictionary.iter().filter(|(key, _)| !left_out.contains(&key.as_slice())).collect();
        keys.sort_by_key(|(key, _)| *key);
        let mut all = Vec::with_capacity(64 * keys.len());
        for (key, value) in keys {
            let value = self.at(value, depth + 1)?;
            // A key without a value says as little as one that is not there.
            if value != hash(b'0', &[]) {
                all.extend(hash(b'k', key));
                all.extend(value);
            }
        }
        Ok(hash(b'<', &all))
    }

    fn stream(&mut self, stream: &Stream, depth: usize) -> Result<Hash, Unreadable> {
        let (content, packing) = unpacked(stream)?;
        self.bytes = self.bytes.saturating_add(content.len());
        if self.bytes > MAX_ALL {
            return Err(Unreadable);
        }
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        let inside = if is_form { self.operations(&content, depth)? } else { hash(b'c', &content) };
        let dictionary = self.dictionary(&stream.dict, &PACKING, depth)?;
        let mut packed = hash(b'f', &packing).to_vec();
        // What the filters that are left are told changes the picture.
        if !packing.is_empty()
            && let Ok(parameters) = stream.dict.get(b"DecodeParms")
        {
            packed.extend(self.at(parameters, depth + 1)?);
        }
        Ok(hash(b's', &[&dictionary[..], &inside, &packed].concat()))
    }

    /// Whether a stream is nothing but its content: packed in ways that are undone, and told nothing else.
    pub(super) fn is_plain(&mut self, stream: &Stream) -> Result<bool, Unreadable> {
        let (_, packing) = unpacked(stream)?;
        Ok(packing.is_empty() && self.without(&stream.dict, &PACKING)? == self.without(&Dictionary::new(), &[])?)
    }

    /// The hash of the operations of a content stream, however they are spaced; of its bytes where they cannot be read to
    /// their end.
    pub(super) fn operations(&mut self, content: &[u8], depth: usize) -> Result<Hash, Unreadable> {
        let Ok(strict) = Content::decode_strict(content) else { return Ok(hash(b'c', content)) };
        let mut hasher = blake3::Hasher::new();
        for Operation { operator, operands } in &strict.operations {
            for operand in operands {
                hasher.update(&self.at(operand, depth + 1)?);
            }
            hasher.update(&hash(b'o', operator.as_bytes()));
        }
        Ok(*hasher.finalize().as_bytes())
    }
}

/// The content of a stream without what packs any data, and the names of what is left: a photo stays a JPEG.
pub(super) fn unpacked(stream: &Stream) -> Result<(Vec<u8>, Vec<u8>), Unreadable> {
    let filters = stream.filters().unwrap_or_default();
    let is_plain = |filter: &&[u8]| {
        [&b"FlateDecode"[..], b"LZWDecode", b"ASCII85Decode", b"ASCIIHexDecode", b"RunLengthDecode"].contains(filter)
    };
    let plain = filters.iter().take_while(|filter| is_plain(filter)).count();
    if plain == 0 {
        return Ok((stream.content.clone(), filters.join(&b' ')));
    }
    let mut part = Stream::new(stream.dict.clone(), stream.content.clone());
    let names = filters[..plain].iter().map(|name| Object::Name(name.to_vec())).collect();
    part.dict.set("Filter", Object::Array(names));
    let content = part.decompressed_content_with_limit(MAX_STREAM).map_err(|_| Unreadable)?;
    Ok((content, filters[plain..].join(&b' ')))
}

/// A number as it is meant: tools write the same one with more digits or fewer. Five of them are finer than a printer.
fn number(value: f64) -> Hash {
    let text = if value.fract() == 0.0 { format!("{}", value + 0.0) } else { format!("{value:.4e}") };
    hash(b'n', text.as_bytes())
}

pub(super) fn hash(kind: u8, bytes: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[kind]);
    hasher.update(bytes);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        assert_eq!(number(1.0), number(1.000));
        assert_eq!(number(0.0), number(-0.0));
        assert_eq!(number(f64::from(0.1_f32)), number(0.1));
        assert_ne!(number(0.000_488), number(0.000_52), "small ones count as much as large ones");
        assert_ne!(number(123_456.0), number(123_457.0));
        assert_ne!(number(841.9), number(841.8));
    }
}
