//! The one door to the file system: reads that cannot leave the issue folder, writes that are whole or not at all.
//!
//! No other module opens files (`clippy.toml` sees to it).
#![expect(clippy::disallowed_methods, reason = "this is the module that may open files")]

mod issue_folder;
mod listing;
mod log;
mod memory;
mod new_folder;
mod write;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use issue_folder::{Identity, IssueFolder, OWN_LAYOUT, OWN_LAYOUT_MAIN, ReadError, is_of_own_layout};
pub use listing::{Hidden, Listing, all_files_below, files_below};
pub use log::{Log, LogError};
pub use new_folder::{Written, write_new_folder};
pub use write::{remove_stale_temp_files, write_cache_entry, write_whole, write_with_folders};

use crate::diagnostic::FileError;

/// Name of the manifest in an issue folder.
pub const MANIFEST: &str = "issue.toml";

/// The names of the folders in a folder, sorted; none where there is no such folder.
pub fn folders_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The folders in a folder, without links to folders.
pub fn own_folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.map(|entry| entry.path()).collect()
}

/// The regular files in a folder, without links to files.
pub fn files_in(folder: &Path) -> Vec<Entry> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entry = |entry: fs::DirEntry| {
        let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        let (bytes, modified) = (metadata.len(), metadata.modified().ok()?);
        Some(Entry { path: entry.path(), bytes, modified, is_link: false })
    };
    entries.flatten().filter_map(entry).collect()
}

/// Reads a regular file of at most `limit` bytes. Pipes and devices are refused, for they may never end.
pub fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    read_limited_into(path, limit, &mut bytes)?;
    Ok(bytes)
}

fn read_limited_into(path: &Path, limit: u64, bytes: &mut Vec<u8>) -> Result<(), FileError> {
    bytes.clear();
    let metadata = fs::metadata(path).map_err(|error| file_error(&error))?;
    if metadata.is_dir() {
        return Err(FileError::IsFolder);
    }
    if !metadata.is_file() {
        return Err(FileError::NotAFile);
    }
    let file = fs::File::open(path).map_err(|error| file_error(&error))?;
    bytes.reserve(usize::try_from(metadata.len().min(limit)).unwrap_or_default() + 1);
    file.take(limit.saturating_add(1)).read_to_end(bytes).map_err(|error| file_error(&error))?;
    if bytes.len() as u64 > limit { Err(FileError::TooLarge { limit }) } else { Ok(()) }
}

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file, as its folder lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub path: PathBuf,
    pub bytes: u64,
    pub modified: std::time::SystemTime,
    /// Whether it is a link, and not a file.
    pub is_link: bool,
}

/// Every file below a folder, hidden ones too, without following links.
pub fn entries_below(root: &Path) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(listing) = fs::read_dir(&folder) else { continue };
        for entry in listing.flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else if let Ok(modified) = metadata.modified() {
                let (path, bytes, is_link) = (entry.path(), metadata.len(), metadata.is_symlink());
                entries.push(Entry { path, bytes, modified, is_link });
            }
        }
    }
    entries
}

/// Notes that a file was used just now, as the time of its last change.
pub fn touch(path: &Path) {
    let file = fs::File::options().append(true).open(path);
    // It may be gone, or not ours to change: then it merely looks older than it is.
    let _ = file.and_then(|file| file.set_modified(std::time::SystemTime::now()));
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<(), FileError> {
    fs::remove_file(path).map_err(|error| file_error(&error))
}

/// Makes a folder, and those above it, unless they are there.
pub fn make_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|error| file_error(&error))
}

/// The absolute path of a file that is there, without symbolic links.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Whether a path is an existing folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a path is an existing regular file.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether a path is there and neither file nor folder, such as `/dev/null`.
pub fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Whether a finished PDF may take the place of what is there: nothing, a device, an earlier PDF, or an empty file.
pub fn takes_pdf(path: &Path) -> Result<(), FileError> {
    const MAGIC: &[u8] = b"%PDF-";
    if !path.is_file() {
        return Ok(());
    }
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut head));
    read.map_err(|error| file_error(&error))?;
    // By the name that it really has, not by that of a link to it: one that is damaged is made anew.
    let real = real_path(path);
    let has_name = real.as_deref().unwrap_or(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if has_name || head.is_empty() || head == MAGIC { Ok(()) } else { Err(FileError::NotAPdf) }
}

/// Whether a folder is there and has something in it.
pub fn has_entries(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some())
}

/// What an error of the operating system means to an author.
pub fn file_error(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileError::NotFound,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => FileError::Denied,
        io::ErrorKind::IsADirectory => FileError::IsFolder,
        io::ErrorKind::AlreadyExists => FileError::Exists,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => FileError::Full,
        // Windows: another program has it open, or a part of it.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => FileError::Denied,
        _ => FileError::Other(error.to_string()),
    }
}
