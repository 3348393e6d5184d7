//! The files of an issue as a whole, and the layout with them: what goes into an archive, what a PDF depends on.

use std::collections::{BTreeMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::Options;
use crate::diagnostic::{Diagnostic, Found, PhotoFault, Problem};
use crate::fs::{IssueFolder, ReadFault};
use crate::issue::PhotoFile;
use crate::layout::{self, Attachment, Layout};
use crate::lock::{self, Lock};
use crate::photo::{self, Content, Inspected};
use crate::reading;
use crate::workspace::Workspace;

/// The folder of an issue's own layout.
pub const LAYOUT: &str = "layout/";

/// What a PDF depends on, in one hash: every file of the issue, the layout, the fonts, the options and the versions of
/// bantin and typst. `None` where it cannot be told, for something is missing.
pub fn fingerprint(folder: &IssueFolder, options: &Options) -> Option<String> {
    // One file at a time: an issue may have photos of more than fits into memory.
    let mut hashes: BTreeMap<String, String> = BTreeMap::new();
    for name in folder.files().into_iter().filter(|name| !name.to_lowercase().ends_with(".pdf")) {
        let bytes = folder.read(&name, photo::MAX_BYTES).ok()?;
        hashes.insert(format!("issue/{name}"), lock::sha256(&bytes));
    }
    let asked = reading::read(folder).value.layout;
    let name = options.layout.clone().or_else(|| pinned_layout(folder)).or(asked.map(|text| text.value));
    let workspace = Workspace::of(folder);
    let layout = layout::find(&workspace, Some(folder), name.as_deref().unwrap_or(layout::DEFAULT), None).ok()?;
    hashes.extend(layout.files.iter().map(|(path, bytes)| (path.clone(), lock::sha256(bytes))));
    hashes.extend(layout.fonts.files().iter().map(|(path, bytes)| (format!("fonts/{path}"), lock::sha256(bytes))));
    let versions =
        format!("bantin {} typst {} {options:?} {}", env!("CARGO_PKG_VERSION"), layout::TYPST, folder.name());
    hashes.insert("versions".into(), versions);
    Some(lock::sha256_of_files(hashes.iter().map(|(name, hash)| (name.as_str(), hash.as_bytes()))))
}

/// The name of the layout that an issue taken out of an archive carries, which may be another than its manifest names.
pub fn pinned_layout(folder: &IssueFolder) -> Option<String> {
    const MAX_LOCK: u64 = 10_000_000;
    let lock = folder.read(lock::FILE, MAX_LOCK).ok()?;
    let carries_layout = folder.read(&format!("{LAYOUT}layout.typ"), photo::MAX_BYTES).is_ok();
    let lock = Lock::read(std::str::from_utf8(&lock).ok()?)?;
    carries_layout.then_some(lock.layout.name)
}

/// Every file of the issue, to go into an archive: those that were read as they were read, and the others; and the
/// layout, as if the issue carried it, for then it is set by it ever after. PDFs are left out, for they are what issues
/// become.
pub fn attach(
    folder: &IssueFolder,
    texts: &[(String, Vec<u8>)],
    photos: &[PhotoFile],
    inspected: &[Option<Inspected>],
    layout: &Layout,
) -> Found<Vec<Attachment>> {
    let mut files: BTreeMap<_, _> = texts.iter().cloned().collect();
    files.extend(layout.as_own().into_iter().map(|(name, bytes)| (name, bytes.to_vec())));
    let nfc = |name: &str| name.nfc().collect::<String>();
    let photos: BTreeMap<_, _> = photos.iter().map(|photo| nfc(&photo.path)).zip(inspected).collect();
    // A photo may be a link to another file of the folder, which is not listed.
    let listed = folder.files();
    let names: HashSet<_> = listed.iter().map(|name| nfc(name)).collect();
    let linked = photos.keys().filter(|name| !names.contains(*name)).cloned();
    let mut diagnostics = Vec::new();
    for name in listed.iter().cloned().chain(linked).filter(|name| !name.to_lowercase().ends_with(".pdf")) {
        // The lock of an archive that was taken out of its PDF is made anew.
        if files.contains_key(&name) || name == lock::FILE {
            continue;
        }
        let expected = photos.get(&nfc(&name)).and_then(|inspected| inspected.as_ref());
        match folder.read(&name, photo::MAX_BYTES) {
            // What is attached is what was printed.
            Ok(bytes) if expected.is_some_and(|photo| photo.content != Content::of(&bytes)) => {
                let problem = Problem::PhotoUnreadable { path: name.clone(), fault: PhotoFault::Changed };
                diagnostics.push(Diagnostic::error_in_file(problem, name));
            }
            Ok(bytes) => drop(files.insert(name, bytes)),
            Err(ReadFault::File(fault)) => {
                diagnostics.push(Diagnostic::error_in_file(Problem::Unreadable { path: name.clone(), fault }, name));
            }
            // Gone since the folder was listed, or a link that leads out: no file of this issue.
            Err(ReadFault::NotFound | ReadFault::Outside) => {}
        }
    }
    let value = files.into_iter().map(|(name, bytes)| Attachment { mime: mime(&name), name, bytes }).collect();
    Found { value, diagnostics }
}

/// The media type of a file of an issue, by its name: for photos a PDF reader goes by the content anyway.
pub fn mime(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("toml") => "application/toml",
        Some("md") => "text/markdown",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        Some("tif" | "tiff") => "image/tiff",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
