//! Pictures that Markdown names by their addresses: files beside the source, or data in the address itself.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::Opener;
use crate::import::base64;
use crate::import::document::ImportError;

/// How many bytes all pictures of a text may have.
const MOST_BYTES: usize = 1 << 30;

/// The pictures of a text.
pub(super) struct Images<'a> {
    open: &'a Opener<'a>,
    files: HashMap<String, Option<Arc<[u8]>>>,
    bytes: usize,
}

impl<'a> Images<'a> {
    pub(super) fn new(open: &'a Opener<'a>) -> Self {
        Self { open, files: HashMap::new(), bytes: 0 }
    }

    /// The file of a picture; `None` where it is not beside the source, but on the web or nowhere.
    pub(super) fn get(&mut self, address: &str) -> Result<Option<Arc<[u8]>>, ImportError> {
        if let Some(data) = data(address) {
            return Ok(Some(data.into()));
        }
        let Some(path) = path(address) else { return Ok(None) };
        if let Some(known) = self.files.get(&path) {
            return Ok(known.clone());
        }
        // The name of a file may have signs that an address has not, or be written as in an address.
        let file = (self.open)(&path).or_else(|| {
            let decoded = percent_decode_str(address).decode_utf8().ok()?;
            (self.open)(&self::path(&decoded).filter(|decoded| *decoded != path)?)
        });
        let file: Option<Arc<[u8]>> = file.filter(|bytes| !bytes.is_empty()).map(Into::into);
        self.bytes += file.as_ref().map_or(0, |file| file.len());
        if self.bytes > MOST_BYTES {
            return Err(ImportError::TooLarge);
        }
        self.files.insert(path, file.clone());
        Ok(file)
    }
}

/// The bytes of an address such as `data:image/png;base64,…`.
fn data(address: &str) -> Option<Vec<u8>> {
    let (kind, data) = address.strip_prefix("data:")?.split_once(',')?;
    let is_base_64 = kind.starts_with("image/") && kind.ends_with(";base64");
    is_base_64.then(|| base64::decode(data)).flatten().filter(|bytes| !bytes.is_empty())
}

/// A path from the folder of the source that does not lead out of it; `None` for all others, and for addresses.
pub(super) fn path(address: &str) -> Option<String> {
    let address = address.trim().replace('\\', "/");
    let is_address = address.contains("://") || address.starts_with('/');
    // Drives and schemes.
    let has_colon = address.split('/').next().is_some_and(|first| first.contains(':'));
    if is_address || has_colon || address.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Images, path};

    #[test]
    fn paths_do_not_leave_the_folder() {
        assert_eq!(path("./anh/../anh/cho noi.jpg").as_deref(), Some("anh/cho noi.jpg"));
        assert_eq!(path("anh\\cho.jpg").as_deref(), Some("anh/cho.jpg"));
        for address in [
            "",
            "/etc/a.png",
            "../a.png",
            "a/../../b.png",
            "C:\\a.png",
            "c:a.png",
            "https://a.vn/b.png",
            "file:///a",
            "..\\a",
        ] {
            assert_eq!(path(address), None, "{address}");
        }
    }

    #[test]
    fn what_is_written_as_an_address_finds_its_file_and_does_not_leave_the_folder() {
        let open = |path: &str| (path == "chợ nổi.jpg").then(|| b"JPEG".to_vec());
        let mut images = Images::new(&open);
        assert!(matches!(images.get("ch%E1%BB%A3%20n%E1%BB%95i.jpg"), Ok(Some(bytes)) if *bytes == *b"JPEG"));
        assert_eq!(images.get("khac.jpg"), Ok(None));
        let all = |_: &str| Some(b"all".to_vec());
        assert_eq!(Images::new(&all).get("https://a.vn/b.png"), Ok(None));
        let asked = std::cell::RefCell::new(Vec::new());
        let note = |path: &str| {
            asked.borrow_mut().push(path.to_owned());
            None
        };
        assert_eq!(Images::new(&note).get("%2e%2e/secret.png"), Ok(None));
        assert_eq!(*asked.borrow(), ["%2e%2e/secret.png"]);
        assert!(matches!(Images::new(&note).get("data:image/png;base64,QUI="), Ok(Some(bytes)) if *bytes == *b"AB"));
    }
}
