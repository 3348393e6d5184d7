//! As much of PDF as it takes to find attached files, for files of anybody's making: what is not needed is not read, and
//! what is read has a bound, whatever the file says of itself.

mod syntax;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::rc::Rc;

use flate2::read::ZlibDecoder;
pub(super) use syntax::{Dictionary, Id, Object};
use syntax::{MAX_OBJECTS, Parser};

use crate::diagnostic::{ArchiveError, Damage};

/// Most entries of all cross-reference tables, and most of the tables themselves: one for every time that the file was
/// saved.
const MAX_ENTRIES: usize = 2_000_000;
const MAX_SECTIONS: usize = 1_000;

/// Most bytes of tables and objects that are packed.
const MAX_UNPACKED: u64 = 64_000_000;

/// Most steps from a reference to what it means.
const MAX_STEPS: usize = 32;

/// Where the beginning and the end of a PDF are looked for, in bytes: mail and the web put things before and behind.
const MARGIN: usize = 64_000;

/// Where an object is.
#[derive(Clone, Copy)]
enum Entry {
    Free,
    At(usize),
    /// In a stream of objects.
    In(u32),
}

/// A PDF.
pub(super) struct Pdf<'a> {
    bytes: &'a [u8],
    entries: HashMap<u32, Entry>,
    trailer: Dictionary,
    /// How many objects may still be read.
    objects: Cell<usize>,
    /// How many bytes of structure may still be unpacked.
    unpacked: Cell<u64>,
    containers: RefCell<HashMap<u32, Rc<Container>>>,
}

/// A stream of objects, unpacked, and where in it each begins.
struct Container {
    bytes: Vec<u8>,
    begins: HashMap<u32, usize>,
}

type Result<T> = std::result::Result<T, ArchiveError>;

fn damaged(damage: Damage) -> ArchiveError {
    ArchiveError::Damaged(damage)
}

impl<'a> Pdf<'a> {
    /// Reads where everything is, and nothing of it yet.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self> {
        let head = &bytes[..bytes.len().min(MARGIN)];
        let start = head.windows(5).position(|window| window == b"%PDF-").ok_or(damaged(Damage::NoPdf))?;
        let mut pdf = Self {
            bytes: &bytes[start..],
            entries: HashMap::new(),
            trailer: Dictionary::new(),
            objects: Cell::new(MAX_OBJECTS),
            unpacked: Cell::new(MAX_UNPACKED),
            containers: RefCell::default(),
        };
        pdf.read_tables()?;
        Ok(pdf)
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.trailer.contains_key(&b"Encrypt"[..])
    }

    /// The dictionary from which everything can be reached.
    pub(super) fn catalog(&self) -> Result<Dictionary> {
        self.dictionary(self.trailer.get(&b"Root"[..]))?.ok_or(damaged(Damage::Structure))
    }

    /// What an object is, where it may be a reference; null where there is none.
    pub(super) fn resolved(&self, object: Option<&Object>) -> Result<Object> {
        let mut object = object.cloned().unwrap_or(Object::Null);
        for _ in 0..MAX_STEPS {
            let Object::Reference(id) = object else { return Ok(object) };
            object = self.object(id)?;
        }
        Err(damaged(Damage::Structure))
    }

    pub(super) fn dictionary(&self, object: Option<&Object>) -> Result<Option<Dictionary>> {
        Ok(match self.resolved(object)? {
            Object::Dictionary(dictionary) | Object::Stream(dictionary, _) => Some(dictionary),
            _ => None,
        })
    }

    pub(super) fn array(&self, object: Option<&Object>) -> Result<Option<Vec<Object>>> {
        Ok(match self.resolved(object)? {
            Object::Array(array) => Some(array),
            _ => None,
        })
    }

    /// The content of a stream, of at most so many bytes.
    pub(super) fn content(
        &self,
        dictionary: &Dictionary,
        range: &std::ops::Range<usize>,
        limit: u64,
    ) -> Result<Vec<u8>> {
        let packed = self.bytes.get(range.clone()).ok_or(damaged(Damage::Structure))?;
        let one = |object: Object| match object {
            Object::Array(mut list) if list.len() == 1 => list.pop().unwrap_or(Object::Null),
            Object::Array(list) if list.is_empty() => Object::Null,
            other => other,
        };
        let filter = one(self.resolved(dictionary.get(&b"Filter"[..]))?);
        let bytes = match &filter {
            Object::Null if packed.len() as u64 > limit => return Err(ArchiveError::TooLarge),
            Object::Null => return Ok(packed.to_vec()),
            Object::Name(name) if name == b"FlateDecode" => inflate(packed, limit)?,
            _ => return Err(damaged(Damage::Packing)),
        };
        let parameters = one(self.resolved(dictionary.get(&b"DecodeParms"[..]))?);
        let Some(parameters) = self.dictionary(Some(&parameters))? else { return Ok(bytes) };
        let number = |key: &[u8], default| match parameters.get(key) {
            Some(Object::Integer(number)) => *number,
            _ => default,
        };
        match number(b"Predictor", 1) {
            1 => Ok(bytes),
            10..=15 if number(b"Colors", 1) == 1 && number(b"BitsPerComponent", 8) == 8 => {
                let columns = usize::try_from(number(b"Columns", 1)).unwrap_or_default();
                unpredicted(&bytes, columns).ok_or(damaged(Damage::Packing))
            }
            _ => Err(damaged(Damage::Packing)),
        }
    }

    /// An object by its number. What the tables do not know is null.
    fn object(&self, id: Id) -> Result<Object> {
        match self.entries.get(&id.0) {
            None | Some(Entry::Free) => Ok(Object::Null),
            Some(Entry::At(at)) => self.object_at(*at, Some(id)),
            Some(Entry::In(container)) => {
                let container = self.container(*container)?;
                let Some(begin) = container.begins.get(&id.0) else { return Ok(Object::Null) };
                Parser::new(&container.bytes, *begin, &self.objects).object()
            }
        }
    }

    /// The object that begins at a byte and has this number, if it matters. The content of a stream is where it says.
    fn object_at(&self, at: usize, id: Option<Id>) -> Result<Object> {
        let mut parser = Parser::new(self.bytes, at, &self.objects);
        let found = parser.head()?;
        if id.is_some_and(|id| id != found) {
            return Ok(Object::Null);
        }
        let object = parser.object()?;
        let Object::Dictionary(dictionary) = object else { return Ok(object) };
        let Some(begin) = parser.stream() else { return Ok(Object::Dictionary(dictionary)) };
        let length = match dictionary.get(&b"Length"[..]) {
            Some(Object::Integer(length)) => *length,
            // A length that stands elsewhere is a number, and no stream that has a length of its own.
            Some(Object::Reference(other)) => self.number(*other)?,
            _ => -1,
        };
        let end = usize::try_from(length).ok().and_then(|length| begin.checked_add(length));
        let end = end.filter(|end| *end <= self.bytes.len()).ok_or(damaged(Damage::Structure))?;
        if !Parser::new(self.bytes, end, &self.objects).is_at(b"endstream") {
            return Err(damaged(Damage::Structure));
        }
        Ok(Object::Stream(dictionary, begin..end))
    }

    /// A number that stands in an object of its own.
    fn number(&self, id: Id) -> Result<i64> {
        let Some(Entry::At(at)) = self.entries.get(&id.0) else { return Err(damaged(Damage::Structure)) };
        let mut parser = Parser::new(self.bytes, *at, &self.objects);
        match (parser.head()?, parser.object()?) {
            (found, Object::Integer(number)) if found == id => Ok(number),
            _ => Err(damaged(Damage::Structure)),
        }
    }

    fn container(&self, number: u32) -> Result<Rc<Container>> {
        if let Some(known) = self.containers.borrow().get(&number) {
            return Ok(Rc::clone(known));
        }
        // Streams are in no stream.
        let Some(Entry::At(at)) = self.entries.get(&number) else { return Err(damaged(Damage::Structure)) };
        let Object::Stream(dictionary, range) = self.object_at(*at, None)? else {
            return Err(damaged(Damage::Structure));
        };
        let bytes = self.structure(&dictionary, &range)?;
        let integer = |key: &[u8]| match dictionary.get(key) {
            Some(Object::Integer(number)) => usize::try_from(*number).map_err(|_| damaged(Damage::Structure)),
            _ => Err(damaged(Damage::Structure)),
        };
        let (count, first) = (integer(b"N")?, integer(b"First")?);
        let mut begins = HashMap::new();
        let mut parser = Parser::new(&bytes, 0, &self.objects);
        for _ in 0..count {
            let (Object::Integer(number), Object::Integer(offset)) = (parser.object()?, parser.object()?) else {
                return Err(damaged(Damage::Structure));
            };
            let begin = usize::try_from(offset).ok().and_then(|offset| first.checked_add(offset));
            if let (Ok(number), Some(begin)) = (u32::try_from(number), begin) {
                begins.insert(number, begin);
            }
        }
        let container = Rc::new(Container { bytes, begins });
        self.containers.borrow_mut().insert(number, Rc::clone(&container));
        Ok(container)
    }

    /// The content of a stream that is a part of the file's structure.
    fn structure(&self, dictionary: &Dictionary, range: &std::ops::Range<usize>) -> Result<Vec<u8>> {
        let bytes = self.content(dictionary, range, self.unpacked.get())?;
        self.unpacked.set(self.unpacked.get().saturating_sub(bytes.len() as u64));
        Ok(bytes)
    }

    /// Reads the cross-reference tables, the newest first: what it says of an object holds.
    fn read_tables(&mut self) -> Result<()> {
        let tail = self.bytes.len().saturating_sub(MARGIN);
        let mark = self.bytes[tail..].windows(9).rposition(|window| window == b"startxref");
        let mark = mark.ok_or(damaged(Damage::Structure))? + tail + 9;
        let mut next = match Parser::new(self.bytes, mark, &self.objects).object()? {
            Object::Integer(at) => usize::try_from(at).ok(),
            _ => None,
        };
        if next.is_none() {
            return Err(damaged(Damage::Structure));
        }
        let mut seen = HashSet::new();
        while let Some(at) = next {
            if seen.len() >= MAX_SECTIONS || !seen.insert(at) {
                return Err(damaged(Damage::Structure));
            }
            let trailer = self.read_table(at)?;
            next = place(&trailer, b"Prev");
            if self.trailer.is_empty() {
                self.trailer = trailer;
            }
        }
        Ok(())
    }

    /// Reads one table, and returns its trailer.
    fn read_table(&mut self, at: usize) -> Result<Dictionary> {
        if !Parser::new(self.bytes, at, &self.objects).is_at(b"xref") {
            return self.read_packed_table(at);
        }
        let (rows, trailer) = Parser::new(self.bytes, at, &self.objects).table(MAX_ENTRIES - self.entries.len())?;
        // Programs that know of packed tables find more there than in this one.
        if let Some(packed) = place(&trailer, b"XRefStm") {
            self.read_packed_table(packed)?;
        }
        for (number, offset) in rows {
            self.insert(number, offset.map_or(Entry::Free, Entry::At))?;
        }
        Ok(trailer)
    }

    /// Reads a table that is a stream, and returns its dictionary, which is its trailer.
    fn read_packed_table(&mut self, at: usize) -> Result<Dictionary> {
        let Object::Stream(dictionary, range) = self.object_at(at, None)? else {
            return Err(damaged(Damage::Structure));
        };
        let bytes = self.structure(&dictionary, &range)?;
        let numbers = |key: &[u8]| match dictionary.get(key) {
            Some(Object::Array(list)) => {
                let number = |object: &Object| match object {
                    Object::Integer(number) => usize::try_from(*number).ok(),
                    _ => None,
                };
                list.iter().map(number).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        let widths = numbers(b"W").filter(|widths| widths.len() >= 3 && widths.iter().all(|width| *width <= 8));
        let [first, second, third] =
            widths.as_deref().and_then(<[_]>::first_chunk).ok_or(damaged(Damage::Structure))?;
        let row = first + second + third;
        if row == 0 {
            return Err(damaged(Damage::Structure));
        }
        let size = place(&dictionary, b"Size").unwrap_or_default();
        let ranges = numbers(b"Index").unwrap_or_else(|| vec![0, size]);
        let mut rows = bytes.chunks_exact(row);
        for range in ranges.chunks_exact(2) {
            for (index, row) in rows.by_ref().take(range[1]).enumerate() {
                let field = |from: usize, width: usize| {
                    row[from..from + width].iter().fold(0, |number: u64, byte| number << 8 | u64::from(*byte))
                };
                let kind = if *first == 0 { 1 } else { field(0, *first) };
                let value = field(*first, *second);
                let entry = match kind {
                    1 => usize::try_from(value).map_or(Entry::Free, Entry::At),
                    2 => u32::try_from(value).map_or(Entry::Free, Entry::In),
                    _ => Entry::Free,
                };
                if let Some(number) = range[0].checked_add(index).and_then(|number| u32::try_from(number).ok()) {
                    self.insert(number, entry)?;
                }
            }
        }
        Ok(dictionary)
    }

    fn insert(&mut self, number: u32, entry: Entry) -> Result<()> {
        if self.entries.len() >= MAX_ENTRIES {
            return Err(ArchiveError::TooLarge);
        }
        self.entries.entry(number).or_insert(entry);
        Ok(())
    }
}

/// A number in a dictionary that is a place in the file, or a count.
fn place(dictionary: &Dictionary, key: &[u8]) -> Option<usize> {
    match dictionary.get(key) {
        Some(Object::Integer(number)) => usize::try_from(*number).ok(),
        _ => None,
    }
}

fn inflate(packed: &[u8], limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(packed).take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|_| damaged(Damage::Packing))?;
    if bytes.len() as u64 > limit { Err(ArchiveError::TooLarge) } else { Ok(bytes) }
}

/// Takes back what PNG's filters did to rows of so many bytes.
fn unpredicted(bytes: &[u8], columns: usize) -> Option<Vec<u8>> {
    // Rows longer than all there is are none, and would take their room from nowhere.
    if columns == 0 || columns > bytes.len() {
        return None;
    }
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0; columns];
    for row in bytes.chunks(columns + 1) {
        let (kind, row) = row.split_first()?;
        let mut current = vec![0; columns];
        for (at, byte) in row.iter().enumerate() {
            let left = if at == 0 { 0 } else { current[at - 1] };
            let corner = if at == 0 { 0 } else { above[at - 1] };
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => u8::midpoint(left, above[at]),
                4 => paeth(left, above[at], corner),
                _ => return None,
            };
            current[at] = byte.wrapping_add(guess);
        }
        plain.extend(&current[..row.len()]);
        above = current;
    }
    Some(plain)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |byte: u8| (guess - i16::from(byte)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_longer_than_all_there_is_are_none() {
        assert_eq!(unpredicted(b"\0a", usize::MAX), None);
        assert_eq!(unpredicted(b"\0a", 3), None);
        assert_eq!(unpredicted(b"\0ab\x02ab", 2), Some(b"ab\xc2\xc4".to_vec()));
    }

    #[test]
    fn what_filters_did_is_taken_back() {
        // Rows of three bytes: as they are, less those to the left, above, between, and the nearest of all.
        let filtered = [0, 10, 20, 30, 1, 10, 10, 10, 2, 1, 1, 1, 3, 10, 10, 10, 4, 1, 1, 1];
        let plain = [10, 20, 30, 10, 20, 30, 11, 21, 31, 15, 28, 39, 16, 29, 40];
        assert_eq!(unpredicted(&filtered, 3), Some(plain.to_vec()));
        assert_eq!(unpredicted(&[9, 1], 1), None);
        assert_eq!(unpredicted(&[0, 1], 0), None);
    }
}
