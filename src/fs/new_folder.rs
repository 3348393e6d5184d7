//! A folder that appears whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::write::{PART, is_part};
use super::{file_error, folder_of, remove_stale_temp_files};
use crate::diagnostic::FileError;

/// How the writing of a folder ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Whole,
    /// It was to end early: nothing is there.
    Stopped,
}

/// A path relative to a folder, and what goes there.
type File<'a> = (&'a String, &'a Vec<u8>);

/// Why a folder was not written: the path at which it failed.
type Failed = (PathBuf, FileError);

/// Writes files into a folder that is new or empty, all or none of them, and further folders for what is still to come:
/// names are relative to the folder, and what is there is never replaced. Even where the process is killed, the folder
/// is as it was or complete. Fails with the path at which it failed.
pub fn write_new_folder<'a>(
    folder: &Path,
    folders: &[&str],
    files: impl IntoIterator<Item = File<'a>>,
    is_stopped: &dyn Fn() -> bool,
) -> Result<Written, Failed> {
    let files: Vec<_> = files.into_iter().collect();
    let writing = Writing { shown: folder, folders, files: &files, is_stopped };
    // What a link leads to is filled, and the link stays.
    let Ok(real) = fs::canonicalize(folder) else {
        let mut parents = Parents::default();
        // Without a separator at the end, which would be one of a folder that is not there yet.
        let folder: PathBuf = folder.components().collect();
        parents.make(folder_of(&folder)).map_err(|error| (folder.clone(), error))?;
        let written = writing.beside(&folder)?;
        if written == Written::Whole {
            parents.keep();
        }
        return Ok(written);
    };
    if !real.is_dir() || is_filled(&real) {
        return Err((folder.to_owned(), FileError::Exists));
    }
    // Who stands in a folder would not see another one that takes its place.
    if fs::canonicalize(".").is_ok_and(|here| here == real) {
        return writing.inside(&real);
    }
    // The folder above may be closed, or this one the root of a disk.
    writing.beside(&real).or_else(|_| writing.inside(&real))
}

/// Whether something is in a folder beside what runs that were killed have left half written.
fn is_filled(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(|entry| !is_part(&entry.path())))
}

struct Writing<'a> {
    /// The folder as it was typed.
    shown: &'a Path,
    folders: &'a [&'a str],
    files: &'a [File<'a>],
    is_stopped: &'a dyn Fn() -> bool,
}

impl Writing<'_> {
    /// Writes into a folder beside, which then takes the place of this one in one step.
    fn beside(&self, folder: &Path) -> Result<Written, Failed> {
        let Some(part) = self.part_in(folder_of(folder))? else { return Ok(Written::Stopped) };
        if let Ok(existing) = fs::metadata(folder) {
            // Where a file system knows of no permissions, it may fail.
            let _ = fs::set_permissions(part.path(), existing.permissions());
        }
        let moved = fs::rename(part.path(), folder).or_else(|error| {
            // Older Windows puts no folder in the place of an empty one. One that is filled meanwhile stays.
            if cfg!(unix) || fs::remove_dir(folder).is_err() {
                return Err(error);
            }
            fs::rename(part.path(), folder).inspect_err(|_| drop(fs::create_dir(folder)))
        });
        moved.map_err(|error| self.failed(&error))?;
        // It is not there any more under the name that would be removed.
        let _ = part.keep();
        Ok(Written::Whole)
    }

    /// Writes into a folder inside, from which everything is then moved up.
    fn inside(&self, folder: &Path) -> Result<Written, Failed> {
        let Some(part) = self.part_in(folder)? else { return Ok(Written::Stopped) };
        let entries = fs::read_dir(part.path()).map_err(|error| self.failed(&error))?;
        let mut moved = Vec::new();
        for entry in entries.flatten() {
            let (from, to) = (entry.path(), folder.join(entry.file_name()));
            let free =
                if fs::symlink_metadata(&to).is_ok() { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) };
            if let Err(error) = free.and_then(|()| fs::rename(&from, &to)) {
                for (from, to) in moved {
                    // With the part, it is removed.
                    let _ = fs::rename(to, from);
                }
                return Err(self.failed(&error));
            }
            moved.push((from, to));
        }
        Ok(Written::Whole)
    }

    /// A new hidden folder with everything in it, unless the work is to end.
    fn part_in(&self, place: &Path) -> Result<Option<TempDir>, Failed> {
        remove_stale_temp_files(place);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PART.0).suffix(PART.1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Temporary folders are private by default; this one gets what the user's umask leaves.
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        let part = builder.tempdir_in(place).map_err(|error| self.failed(&error))?;
        let at = |name: &str, error: io::Error| (self.shown.join(name), file_error(&error));
        for (name, bytes) in self.files {
            if (self.is_stopped)() {
                return Ok(None);
            }
            let path = part.path().join(name);
            fs::create_dir_all(folder_of(&path)).map_err(|error| at(name, error))?;
            let mut file = fs::File::create_new(&path).map_err(|error| at(name, error))?;
            file.write_all(bytes).map_err(|error| at(name, error))?;
        }
        for name in self.folders {
            fs::create_dir_all(part.path().join(name)).map_err(|error| at(name, error))?;
        }
        Ok(if (self.is_stopped)() { None } else { Some(part) })
    }

    fn failed(&self, error: &io::Error) -> Failed {
        let error = match error.kind() {
            // A file or a link stands there.
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => FileError::Exists,
            _ => file_error(error),
        };
        (self.shown.to_owned(), error)
    }
}

/// Folders that were made above the new one; removed again unless they are kept.
#[derive(Default)]
struct Parents(Vec<PathBuf>);

impl Parents {
    fn make(&mut self, folder: &Path) -> Result<(), FileError> {
        let missing: Vec<_> =
            folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.is_dir()).collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path).map_err(|error| file_error(&error))?;
            self.0.push(path.to_owned());
        }
        Ok(())
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for path in self.0.drain(..).rev() {
            // What somebody has put into a folder meanwhile keeps it.
            let _ = fs::remove_dir(path);
        }
    }
}
