//! Files that appear whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::{entries_below, file_error, folder_of};
use crate::diagnostic::FileError;

/// Writes a file so that it appears whole or not at all: what was there before stays until the new one is complete, and
/// who may read and write it stays as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    // What a link leads to is written, and the link stays.
    let real = fs::canonicalize(path);
    let path = real.as_deref().unwrap_or(path);
    let existing = fs::metadata(path).ok();
    if let Some(existing) = &existing {
        if existing.is_dir() {
            return Err(FileError::IsFolder);
        }
        if !existing.is_file() {
            // A device or pipe, such as /dev/stdout, is written into and must never be replaced.
            let mut device = fs::OpenOptions::new().write(true).open(path).map_err(|error| file_error(&error))?;
            return device.write_all(bytes).map_err(|error| file_error(&error));
        }
        if existing.permissions().readonly() {
            return Err(FileError::Denied);
        }
    }
    let permissions = existing.map(|existing| existing.permissions());
    write_via_temporary(folder_of(path), path, bytes, permissions).map_err(|error| file_error(&error))
}

/// How the name of a file begins and ends that is being written.
pub(super) const PART: (&str, &str) = (".bantin-", ".part");

fn write_via_temporary(
    folder: &Path,
    path: &Path,
    bytes: &[u8],
    permissions: Option<fs::Permissions>,
) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; a document gets what the user's umask leaves.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        // Before anything is in it that others may not read. Where a file system knows of no permissions, it may fail.
        let _ = file.as_file().set_permissions(permissions);
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    put(file, path)
}

/// Puts a finished file in its place. Windows denies that while the old one is open, if only for a moment: another run
/// puts the same file there, or a virus scanner looks at it.
fn put(mut file: NamedTempFile, path: &Path) -> io::Result<()> {
    const TRIES: u32 = if cfg!(windows) { 8 } else { 1 };
    for tries in 1.. {
        match file.persist(path) {
            Ok(_) => break,
            Err(denied) if denied.error.kind() == io::ErrorKind::PermissionDenied && tries < TRIES => {
                file = denied.file;
                std::thread::sleep(Duration::from_millis(5 << tries));
            }
            Err(failed) => return Err(failed.error),
        }
    }
    Ok(())
}

/// Whether a file has the name of one that is being written: six letters or digits between beginning and end.
pub(super) fn is_part(path: &Path) -> bool {
    const RANDOM: usize = 6;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let middle = name.strip_prefix(PART.0).and_then(|rest| rest.strip_suffix(PART.1));
    middle.is_some_and(|middle| middle.len() == RANDOM && middle.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Removes what runs that were killed left half written in a folder. What is younger than an hour may be at work.
pub fn remove_stale_temp_files(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_part(&entry.path())) {
        let Ok(metadata) = entry.metadata() else { continue };
        let path = entry.path();
        if !metadata.modified().is_ok_and(is_stale) {
            continue;
        }
        // It may be somebody else's, and not go.
        if metadata.is_file() {
            let _ = fs::remove_file(path);
        } else if metadata.is_dir() && entries_below(&path).iter().all(|file| is_stale(file.modified) && !file.is_link)
        {
            // What has something else in it than what is written there is none of these.
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn is_stale(modified: SystemTime) -> bool {
    const OLD: Duration = Duration::from_secs(3600);
    modified.elapsed().is_ok_and(|age| age > OLD)
}

/// Writes a file whole, and the folders above it where they are missing.
pub fn write_with_folders(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| file_error(&error))?;
    }
    write_whole(path, bytes)
}

/// Writes a file whole, with the folders above it, but without waiting for the disk: it may be lost when the machine
/// fails, and must be made anew then.
pub fn write_cache_entry(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| file_error(&error))?;
    let written = tempfile::Builder::new().prefix(PART.0).suffix(PART.1).tempfile_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| file_error(&error))
}
