//! The objects of PDF as they are written.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{ArchiveError, Damage};

/// Most objects that are read of a file, and how deep they may be nested.
pub(super) const MAX_OBJECTS: usize = 2_000_000;
const MAX_DEPTH: usize = 32;

/// So many bytes count as one object more, for a file may send its reader over the same bytes again and again.
const BYTES_OF_AN_OBJECT: usize = 32;

/// The number of an object, and how often that number was given out before.
pub(crate) type Id = (u32, u16);

pub(crate) type Dictionary = BTreeMap<Vec<u8>, Object>;

/// A row of a cross-reference table: the number of an object, and where it begins unless it is gone.
pub(super) type Row = (u32, Option<usize>);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Object {
    /// Also what nobody here asks for: numbers with a fraction, true and false.
    Null,
    Integer(i64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Reference(Id),
    /// A stream, and where in the file its content is.
    Stream(Dictionary, Range<usize>),
}

type Result<T> = std::result::Result<T, ArchiveError>;

fn wrong<T>() -> Result<T> {
    Err(ArchiveError::Damaged(Damage::Structure))
}

/// Reads objects one after the other.
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    /// How many objects may still be read, by this parser and others.
    left: &'a Cell<usize>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, left: &'a Cell<usize>) -> Self {
        Self { bytes, at, depth: 0, left }
    }

    /// `12 0 obj`.
    pub(super) fn head(&mut self) -> Result<Id> {
        let (number, generation) = (self.integer(), self.integer());
        if self.left.get() == 0 {
            return Err(ArchiveError::TooLarge);
        }
        let (Some(number), Some(generation)) = (number, generation) else { return wrong() };
        let id = u32::try_from(number).ok().zip(u16::try_from(generation).ok());
        if self.takes(b"obj") { id.map_or_else(wrong, Ok) } else { wrong() }
    }

    /// Whether a word comes next.
    pub(super) fn is_at(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        self.rest().starts_with(word)
    }

    /// Where the content of a stream begins, if `stream` comes next.
    pub(super) fn stream(&mut self) -> Option<usize> {
        if !self.takes(b"stream") {
            return None;
        }
        let end = match self.rest() {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        Some(self.at + end)
    }

    /// The rows of a cross-reference table that begins here, at most so many, and its trailer.
    pub(super) fn table(&mut self, limit: usize) -> Result<(Vec<Row>, Dictionary)> {
        if !self.takes(b"xref") {
            return wrong();
        }
        let mut rows = Vec::new();
        while !self.takes(b"trailer") {
            let (Some(first), Some(count)) = (self.integer(), self.integer()) else { return wrong() };
            let Ok(first) = u32::try_from(first) else { return wrong() };
            for index in 0..u32::try_from(count).unwrap_or_default() {
                if rows.len() >= limit {
                    return Err(ArchiveError::TooLarge);
                }
                let (Some(offset), Some(_)) = (self.integer(), self.integer()) else { return wrong() };
                let is_used = match (self.takes(b"n"), self.is_at(b"f")) {
                    (true, _) => true,
                    (false, true) => !self.takes(b"f"),
                    (false, false) => return wrong(),
                };
                let Some(number) = first.checked_add(index) else { return wrong() };
                rows.push((number, usize::try_from(offset).ok().filter(|_| is_used)));
            }
        }
        match self.object()? {
            Object::Dictionary(trailer) => Ok((rows, trailer)),
            _ => wrong(),
        }
    }

    /// The object that comes next.
    pub(super) fn object(&mut self) -> Result<Object> {
        let Some(left) = self.left.get().checked_sub(1) else { return Err(ArchiveError::TooLarge) };
        self.left.set(left);
        self.skip_space();
        match self.rest() {
            [b'<', b'<', ..] => return self.nested(Self::entries),
            [b'[', ..] => return self.nested(Self::items),
            _ => {}
        }
        let begin = self.at;
        let object = self.plain_object();
        self.charge(self.at - begin);
        object
    }

    /// An object with no others in it.
    fn plain_object(&mut self) -> Result<Object> {
        match self.rest() {
            [b'/', ..] => Ok(Object::Name(self.name())),
            [b'(', ..] => self.literal(),
            [b'<', ..] => self.hexadecimal(),
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => Ok(self.number()),
            _ if self.takes(b"true") || self.takes(b"false") || self.takes(b"null") => Ok(Object::Null),
            _ => wrong(),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Object>) -> Result<Object> {
        if self.depth >= MAX_DEPTH {
            return Err(ArchiveError::TooLarge);
        }
        self.depth += 1;
        let object = read(self);
        self.depth -= 1;
        object
    }

    fn items(&mut self) -> Result<Object> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.takes(b"]") {
            items.push(self.object()?);
        }
        Ok(Object::Array(items))
    }

    fn entries(&mut self) -> Result<Object> {
        self.at += 2;
        let mut entries = Dictionary::new();
        while !self.takes(b">>") {
            let Object::Name(key) = self.object()? else { return wrong() };
            let value = self.object()?;
            entries.insert(key, value);
        }
        Ok(Object::Dictionary(entries))
    }

    /// An integer, a reference, or a number with a fraction.
    fn number(&mut self) -> Object {
        let Some(number) = self.integer() else {
            while matches!(self.rest(), [b'0'..=b'9' | b'+' | b'-' | b'.', ..]) {
                self.at += 1;
            }
            return Object::Null;
        };
        let behind = self.at;
        if let (Ok(number), Some(Ok(generation))) = (u32::try_from(number), self.integer().map(u16::try_from))
            && self.takes(b"R")
        {
            return Object::Reference((number, generation));
        }
        self.at = behind;
        Object::Integer(number)
    }

    /// An integer, or nothing, and then nothing is read.
    fn integer(&mut self) -> Option<i64> {
        /// No number of a PDF has more digits; also, what it costs to look ahead has a bound.
        const MAX_DIGITS: usize = 20;
        self.skip_space();
        let rest = self.rest();
        let sign = usize::from(matches!(rest, [b'+' | b'-', ..]));
        let digits = rest[sign..].iter().take(MAX_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let end = sign + digits;
        if matches!(rest.get(end), Some(b'.' | b'0'..=b'9')) {
            return None;
        }
        let number = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
        self.at += end;
        Some(number)
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        loop {
            match *self.rest() {
                [b'#', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    name.push(digit(high) << 4 | digit(low));
                    self.at += 3;
                }
                [byte, ..] if !is_space(byte) && !b"()<>[]{}/%".contains(&byte) => {
                    name.push(byte);
                    self.at += 1;
                }
                _ => return name,
            }
        }
    }

    fn hexadecimal(&mut self) -> Result<Object> {
        self.at += 1;
        let Some(end) = self.rest().iter().position(|byte| *byte == b'>') else { return wrong() };
        let digits: Vec<_> = self.rest()[..end].iter().copied().filter(u8::is_ascii_hexdigit).map(digit).collect();
        self.at += end + 1;
        Ok(Object::Text(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()))
    }

    fn literal(&mut self) -> Result<Object> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1);
        while let [byte, rest @ ..] = self.rest() {
            self.at += 1;
            match byte {
                b'\\' => {
                    let (escaped, taken) = escaped(rest);
                    text.extend(escaped);
                    self.at += taken;
                    continue;
                }
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok(Object::Text(text));
            }
            text.push(*byte);
        }
        wrong()
    }

    /// Passes a word, if it comes next.
    fn takes(&mut self, word: &[u8]) -> bool {
        let is_next = self.is_at(word);
        if is_next {
            self.at += word.len();
        }
        is_next
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let begin = self.at;
        loop {
            match self.rest() {
                [byte, ..] if is_space(*byte) => self.at += 1,
                [b'%', rest @ ..] => self.at += 1 + rest.iter().take_while(|byte| !b"\r\n".contains(byte)).count(),
                _ => break,
            }
        }
        self.charge(self.at - begin);
    }

    fn charge(&self, bytes: usize) {
        self.left.set(self.left.get().saturating_sub(bytes / BYTES_OF_AN_OBJECT));
    }
}

/// What stands behind a backslash means, and how many bytes of it there are.
fn escaped(rest: &[u8]) -> (Option<u8>, usize) {
    match rest {
        [b'n', ..] => (Some(b'\n'), 1),
        [b'r', ..] => (Some(b'\r'), 1),
        [b't', ..] => (Some(b'\t'), 1),
        [b'b', ..] => (Some(8), 1),
        [b'f', ..] => (Some(12), 1),
        [b'\r', b'\n', ..] => (None, 2),
        [b'\r' | b'\n', ..] => (None, 1),
        [b'0'..=b'7', ..] => {
            let digits = rest.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte));
            let (code, count) =
                digits.fold((0u16, 0), |(code, count), byte| (code * 8 + u16::from(byte - b'0'), count + 1));
            (Some((code & 0xff) as u8), count)
        }
        [other, ..] => (Some(*other), 1),
        [] => (None, 0),
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Object> {
        Parser::new(text, 0, &Cell::new(1000)).object()
    }

    #[test]
    fn objects_are_read_as_they_are_written() {
        let text = |bytes: &[u8]| Ok(Object::Text(bytes.to_vec()));
        assert_eq!(read(b"(a\\(b\\)(c)\\101\\\n\\n)"), text(b"a(b)(c)A\n"));
        assert_eq!(read(b"<4 1 4>"), text(b"A@"));
        assert_eq!(read(b"/A#42/"), Ok(Object::Name(b"AB".to_vec())));
        assert_eq!(read(b" % x\n 12 0 R"), Ok(Object::Reference((12, 0))));
        assert_eq!(
            read(b"[12 0 3 0 R -7 1.5 .5 true]"),
            Ok(Object::Array(vec![
                Object::Integer(12),
                Object::Integer(0),
                Object::Reference((3, 0)),
                Object::Integer(-7),
                Object::Null,
                Object::Null,
                Object::Null,
            ]))
        );
        assert_eq!(
            read(b"<</A[]/B 1>>").map(|object| matches!(object, Object::Dictionary(d) if d.len() == 2)),
            Ok(true)
        );
    }

    #[test]
    fn what_is_no_object_ends() {
        for text in [&b""[..], b"[", b"<<", b"<</A", b"(a", b"<41", b"]", b">>", b"x", b"<<1 2>>", b"%"] {
            assert!(read(text).is_err(), "{text:?}");
        }
        for (byte, count) in [(b'[', 1_000_000), (b'(', 1_000_000), (b'<', 1_000_000), (b'9', 1_000_000)] {
            let _ = read(&vec![byte; count]);
        }
        assert_eq!(read(&[&b"["[..], &b"1 ".repeat(2000), b"]"].concat()), Err(ArchiveError::TooLarge));
    }
}
