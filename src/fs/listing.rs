//! What lies in a folder and the folders below.

use std::fs;
use std::path::Path;

use super::write::is_part;
use crate::diagnostic::LeftOut;

/// What to do with hidden files and folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    LeftOut,
    Listed,
}

/// What lies in a folder and the folders below: paths relative to it, with `/`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Regular files, sorted. One that is there twice, with letters composed in different ways, is named twice.
    pub files: Vec<String>,
    /// Those whose names are not Unicode, with marks in place of what cannot be shown.
    pub not_unicode: Vec<String>,
    /// Everything else: links, pipes, what is hidden.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Every file below a folder, relative, with `/`, sorted; hidden files, links and special files are left out.
pub fn files_below(root: &Path) -> Vec<String> {
    walk(root, Hidden::LeftOut).files
}

/// As [`files_below`], with hidden files.
pub fn all_files_below(root: &Path) -> Vec<String> {
    walk(root, Hidden::Listed).files
}

pub(super) fn walk(root: &Path, hidden: Hidden) -> Listing {
    /// Far more than an issue has: a folder such as that of all photos ever taken is not gone through to the end.
    const LIMIT: usize = 100_000;
    let mut found = Listing::default();
    let mut folders = vec![String::new()];
    'folders: while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else {
            if !folder.is_empty() {
                found.left_out.push((folder, LeftOut::Closed));
            }
            continue;
        };
        for entry in entries.flatten() {
            if found.files.len() >= LIMIT {
                break 'folders;
            }
            let (name, is_unicode) = match entry.file_name().into_string() {
                Ok(name) => (name, true),
                Err(name) => (name.to_string_lossy().into_owned(), false),
            };
            let Ok(kind) = entry.file_type() else { continue };
            let is_hidden = name.starts_with('.') && hidden == Hidden::LeftOut;
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if is_part(Path::new(&path)) {
                // A file of another run that is being written.
            } else if is_hidden {
                found.left_out.push((path, LeftOut::Hidden));
            } else if kind.is_symlink() {
                found.left_out.push((path, LeftOut::Link));
            } else if !is_unicode {
                found.not_unicode.push(path);
            } else if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                found.files.push(path);
            } else {
                found.left_out.push((path, LeftOut::Special));
            }
        }
    }
    found.files.sort();
    found.not_unicode.sort();
    found.left_out.sort();
    found
}
