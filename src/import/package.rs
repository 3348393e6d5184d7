//! A file that is a zip archive of parts, such as .docx and .odt: its parts, within bounds that no honest file reaches.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{Cursor, ErrorKind, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::document::ImportError;

/// How many parts there may be. A book with a picture on every page has a few thousand.
const MAX_PARTS: usize = 20_000;
/// How many bytes one part may unpack to.
const MAX_PART: u64 = 128 << 20;
/// How many bytes all parts that are read may unpack to.
const MAX_UNPACKED: u64 = 384 << 20;
/// What an archive starts with.
const ZIP: &[u8] = b"PK";
/// What the container of .doc, .xls and of encrypted .docx files starts with.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An archive and where its parts are.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names as they are in the archive, in its order.
    names: Vec<String>,
    /// Where a part is, by its name as [`folded`].
    places: HashMap<String, usize>,
    /// How many bytes may still be unpacked.
    budget: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Reads the directory of an archive, and no part yet.
    ///
    /// # Errors
    ///
    /// What is no archive is [`ImportError::OtherFormat`], or [`ImportError::Encrypted`] where Word has locked it.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        Self::open_within(bytes, MAX_UNPACKED)
    }

    fn open_within(bytes: &'a [u8], budget: u64) -> Result<Self, ImportError> {
        if !bytes.starts_with(ZIP) {
            return Err(not_an_archive(bytes));
        }
        if announced_parts(bytes) > MAX_PARTS {
            return Err(ImportError::TooLarge);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damage(&error))?;
        if archive.len() > MAX_PARTS {
            return Err(ImportError::TooLarge);
        }
        let names: Vec<String> =
            archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let places = names.iter().enumerate().map(|(place, name)| (folded(name), place)).collect();
        Ok(Self { archive, names, places, budget: Cell::new(budget) })
    }

    /// The names of the parts as the archive gives them, in its order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is such a part; see [`Package::part`] on names.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&folded(name))
    }

    /// Unpacks a part; `None` where there is none. Names are compared as Office does it: whatever the case, with or
    /// without a slash at the start.
    ///
    /// # Errors
    ///
    /// A part that is locked is [`ImportError::Encrypted`]; one that does not unpack, or not to the bytes that it
    /// promises, is [`ImportError::Damaged`]; too many bytes, here or in all, are [`ImportError::TooLarge`].
    pub(crate) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(&place) = self.places.get(&folded(name)) else { return Ok(None) };
        // A copy shares the directory, and has a place in the bytes of its own.
        let mut archive = self.archive.clone();
        let mut entry = archive.by_index(place).map_err(|error| damage(&error))?;
        let limit = MAX_PART.min(self.budget.get());
        let mut bytes = Vec::new();
        // What the archive says of sizes may be a lie.
        let mut bounded = entry.by_ref().take(limit + 1);
        bounded.read_to_end(&mut bytes).map_err(|error| ImportError::Damaged(format!("{name}: {error}")))?;
        let unpacked = bytes.len() as u64;
        if unpacked > limit {
            return Err(ImportError::TooLarge);
        }
        self.budget.set(self.budget.get() - unpacked);
        Ok(Some(bytes))
    }
}

/// How many parts the archive says it has, before anything is set aside for them: the 16 bits of its last record.
fn announced_parts(bytes: &[u8]) -> usize {
    const RECORD: &[u8] = b"PK\x05\x06";
    const WIDE_RECORD: &[u8] = b"PK\x06\x06";
    // The last record may be followed by a comment of 65,535 bytes.
    let tail = bytes.get(bytes.len().saturating_sub(66_000)..).unwrap_or(bytes);
    let at = |signature: &[u8]| tail.windows(signature.len()).rposition(|window| window == signature);
    let number = |start: usize, length: usize| {
        let bytes = tail.get(start..start + length)?;
        Some(bytes.iter().rev().fold(0_u64, |number, &byte| number << 8 | u64::from(byte)))
    };
    let narrow = at(RECORD).and_then(|start| number(start + 10, 2));
    let wide = at(WIDE_RECORD).and_then(|start| number(start + 32, 8));
    usize::try_from(wide.or(narrow).unwrap_or(0)).unwrap_or(usize::MAX)
}

/// A name as names are compared. Some programs write the slashes of Windows.
fn folded(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

fn damage(error: &ZipError) -> ImportError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => ImportError::Encrypted,
        ZipError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => {
            ImportError::Damaged("the archive ends too early".to_owned())
        }
        error => ImportError::Damaged(error.to_string()),
    }
}

/// What a file is that is no archive.
fn not_an_archive(bytes: &[u8]) -> ImportError {
    if bytes.starts_with(OLE) {
        return ole(bytes);
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let start = start.get(..start.len().min(512)).unwrap_or(start).to_ascii_lowercase();
    let starts_with = |sign: &str| start.starts_with(sign.as_bytes());
    if bytes.is_empty() {
        return ImportError::Damaged("the file is empty".to_owned());
    }
    ImportError::OtherFormat(if starts_with("%pdf") {
        Some("pdf")
    } else if starts_with("{\\rtf") {
        Some("rtf")
    } else if starts_with("<!doctype html") || starts_with("<html") {
        Some("html")
    } else if starts_with("<?xml") {
        Some("xml")
    } else {
        None
    })
}

/// What is in an OLE container: the names of its streams are in UTF-16.
fn ole(bytes: &[u8]) -> ImportError {
    const STREAMS: [(&str, &str); 4] =
        [("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt")];
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // An entry of its directory starts at a multiple of 128. Names are the same in any case.
        let starts_so = |entry: &[u8]| entry.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(&name));
        bytes.chunks(128).any(starts_so)
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return ImportError::Encrypted;
    }
    ImportError::OtherFormat(STREAMS.iter().find(|(stream, _)| has(stream)).map(|(_, format)| *format))
}

#[cfg(test)]
mod tests;
