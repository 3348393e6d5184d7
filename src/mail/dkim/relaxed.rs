//! Headers and bodies as a signature sees them: what servers may change on the way does not count (RFC 6376, 3.4).

use memchr::{memchr, memchr2, memmem};
use ring::digest::{Context, SHA256};

/// How much is gathered for the hash, which is slow in small pieces.
const PIECE: usize = 16 * 1024;

/// A header.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// In lower case.
    pub(super) name: String,
    value: &'a [u8],
}

impl Field<'_> {
    /// In one line, with single blanks.
    pub(super) fn canonical(&self) -> Vec<u8> {
        let words =
            self.value.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).filter(|word| !word.is_empty());
        let value = words.collect::<Vec<_>>().join(&b' ');
        [self.name.as_bytes(), b":", &value, b"\r\n"].concat()
    }
}

/// The headers and the body of a message, both without the blank line between them.
pub(super) fn split(message: &[u8]) -> (&[u8], &[u8]) {
    if let Some(body) = message.strip_prefix(b"\r\n") {
        return (b"", body);
    }
    let end = memmem::find(message, b"\r\n\r\n").and_then(|at| message.split_at_checked(at + 2));
    match end {
        Some((headers, rest)) => (headers, rest.strip_prefix(b"\r\n").unwrap_or(rest)),
        None => (message, b""),
    }
}

pub(super) fn fields(headers: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut rest = headers;
    while !rest.is_empty() {
        let (field, after) = rest.split_at_checked(field_length(rest)).unwrap_or((rest, b""));
        rest = after;
        if let Some((name, value)) = memchr(b':', field).and_then(|at| field.split_at_checked(at)) {
            let name = String::from_utf8_lossy(name).trim_ascii().to_ascii_lowercase();
            fields.push(Field { name, value: value.strip_prefix(b":").unwrap_or(value) });
        }
    }
    fields
}

/// How long the first header is: up to a line that does not start with a blank.
fn field_length(headers: &[u8]) -> usize {
    let ends = memmem::find_iter(headers, b"\r\n").map(|at| at + 2);
    let mut ends = ends.filter(|end| !matches!(headers.get(*end), Some(b' ' | b'\t')));
    ends.next().unwrap_or(headers.len())
}

/// Whether CR or LF stands alone somewhere.
pub(super) fn has_bare_line_end(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some((_, at)) = memchr2(b'\r', b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
        match at.strip_prefix(b"\r\n") {
            Some(after) => rest = after,
            None => return true,
        }
    }
    false
}

/// The hash of a body, which may come in pieces. A clone goes on from where its original stands.
#[derive(Clone)]
pub struct BodyHash {
    hash: Context,
    /// What the hash has yet to see.
    gathered: Vec<u8>,
    /// Blank lines that count only if something follows.
    blank_lines: usize,
    /// The start of a line that has not ended yet.
    line: Vec<u8>,
    has_bare_line_end: bool,
}

impl Default for BodyHash {
    fn default() -> Self {
        Self {
            hash: Context::new(&SHA256),
            gathered: Vec::new(),
            blank_lines: 0,
            line: Vec::new(),
            has_bare_line_end: false,
        }
    }
}

impl BodyHash {
    /// Takes the next bytes of the body, cut anywhere.
    pub fn update(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((start, after)) = memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            rest = after.strip_prefix(b"\n").unwrap_or(after);
            if self.line.is_empty() {
                self.end_line(start);
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(start);
                self.end_line(&line);
                line.clear();
                self.line = line;
            }
        }
        self.line.extend_from_slice(rest);
    }

    /// A line as it was before LF.
    fn end_line(&mut self, line: &[u8]) {
        match line.strip_suffix(b"\r") {
            Some(line) => self.whole_line(line),
            None => self.has_bare_line_end = true,
        }
    }

    fn whole_line(&mut self, line: &[u8]) {
        self.has_bare_line_end |= memchr(b'\r', line).is_some();
        let end = line.iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1);
        let (line, _) = line.split_at_checked(end).unwrap_or((line, b""));
        if line.is_empty() {
            self.blank_lines += 1;
            return;
        }
        for _ in 0..std::mem::take(&mut self.blank_lines) {
            self.gather(b"\r\n");
        }
        self.gather_relaxed(line);
        self.gather(b"\r\n");
    }

    /// A line with a single blank for several.
    fn gather_relaxed(&mut self, line: &[u8]) {
        let mut rest = line;
        while let Some((word, after)) = memchr2(b' ', b'\t', rest).and_then(|at| rest.split_at_checked(at)) {
            self.gather(word);
            self.gather(b" ");
            let blanks = after.iter().take_while(|byte| is_blank(**byte)).count();
            rest = after.get(blanks..).unwrap_or_default();
        }
        self.gather(rest);
    }

    fn gather(&mut self, bytes: &[u8]) {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= PIECE {
            self.hash.update(&self.gathered);
            self.gathered.clear();
        }
    }

    /// The hash; none where a line ended in CR or LF alone.
    pub(super) fn finish(mut self) -> Option<[u8; 32]> {
        // The last line may lack its end, which servers add.
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.whole_line(&line);
        }
        self.hash.update(&self.gathered);
        let hash = self.hash.finish();
        <[u8; 32]>::try_from(hash.as_ref()).ok().filter(|_| !self.has_bare_line_end)
    }
}

impl std::fmt::Debug for BodyHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BodyHash").finish_non_exhaustive()
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
