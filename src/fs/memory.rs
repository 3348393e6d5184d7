//! The files of an issue in memory, read as those of a folder are.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Hidden, Listing, ReadError};
use crate::diagnostic::{FileError, LeftOut};

/// Files by their paths, in NFC.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    files: Arc<BTreeMap<String, Vec<u8>>>,
}

impl Memory {
    pub(super) fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name.nfc().collect(), bytes));
        Self { files: Arc::new(files.collect()) }
    }

    /// As [`IssueFolder::read_into`](super::IssueFolder::read_into).
    pub(super) fn read_into(&self, path: &str, limit: u64, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
        let mut parts = Vec::new();
        for component in Path::new(path).components() {
            match component {
                Component::Normal(name) => parts.push(name.to_string_lossy()),
                Component::CurDir => {}
                _ => return Err(ReadError::Outside),
            }
        }
        // As in a folder.
        if cfg!(windows) && path.contains(['\\', ':']) {
            return Err(ReadError::NotFound);
        }
        let path: String = parts.join("/").nfc().collect();
        let Some(found) = self.files.get(&path) else {
            let folder = format!("{path}/");
            let is_folder = path.is_empty() || self.files.keys().any(|name| name.starts_with(&folder));
            return Err(if is_folder { ReadError::File(FileError::IsFolder) } else { ReadError::NotFound });
        };
        if found.len() as u64 > limit {
            return Err(ReadError::File(FileError::TooLarge { limit }));
        }
        bytes.clear();
        bytes.extend_from_slice(found);
        Ok(())
    }

    /// As [`IssueFolder::listing`](super::IssueFolder::listing).
    pub(super) fn listing(&self, folder: &str, hidden: Hidden) -> Listing {
        let inside = |name: &str| match folder {
            "" => Some(name.to_owned()),
            folder => name.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned),
        };
        let is_hidden = |name: &str| name.split('/').any(|part| part.starts_with('.'));
        let mut listing = Listing::default();
        for name in self.files.keys() {
            match inside(name) {
                Some(inner) if hidden == Hidden::LeftOut && is_hidden(&inner) => {
                    listing.left_out.push((name.clone(), LeftOut::Hidden));
                }
                Some(_) => listing.files.push(name.clone()),
                None => {}
            }
        }
        listing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_memory_is_read_as_what_is_in_a_folder() {
        let names = ["issue.toml", "\u{1ea3}nh/a.jpg", ".an/x"];
        let memory = Memory::new(names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect());
        assert_eq!(memory.listing("", Hidden::LeftOut).files, ["issue.toml", "\u{1ea3}nh/a.jpg"]);
        assert_eq!(memory.listing("", Hidden::LeftOut).left_out, [(".an/x".to_owned(), LeftOut::Hidden)]);
        assert_eq!(memory.listing("", Hidden::Listed).files.len(), 3);
        assert_eq!(memory.listing(".an", Hidden::LeftOut).files, [".an/x"]);
        let read = |path: &str, limit| {
            let mut bytes = vec![1];
            memory.read_into(path, limit, &mut bytes).map(|()| bytes)
        };
        for path in ["issue.toml", "./issue.toml"] {
            assert_eq!(read(path, 100), Ok(b"issue.toml".to_vec()), "{path}");
        }
        assert!(read("a\u{309}nh/a.jpg", 100).is_ok(), "the same letters, decomposed");
        for path in ["/issue.toml", "../issue.toml", "\u{1ea3}nh/../issue.toml"] {
            assert_eq!(read(path, 100), Err(ReadError::Outside), "{path}");
        }
        assert_eq!(read("a.jpg", 100), Err(ReadError::NotFound));
        assert_eq!(read("\u{1ea3}nh", 100), Err(ReadError::File(FileError::IsFolder)));
        assert_eq!(read("issue.toml", 5), Err(ReadError::File(FileError::TooLarge { limit: 5 })));
    }
}
