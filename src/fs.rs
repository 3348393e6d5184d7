//! The one door to the file system: reads that cannot leave the issue folder, writes that are whole or not at all.
//!
//! No other module opens files (`clippy.toml` sees to it).
#![expect(clippy::disallowed_methods, reason = "this is the module that may open files")]

mod memory;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use memory::Memory;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::FileFault;

/// Name of the manifest in an issue folder.
pub const MANIFEST: &str = "issue.toml";

/// An issue folder. Paths given to it are relative, with `/` between folders.
#[derive(Debug, Clone)]
pub struct IssueFolder {
    /// Absolute, without symbolic links.
    root: PathBuf,
    /// As it was typed, for messages.
    shown: PathBuf,
    /// The files, where they lie in memory and not on a disk.
    memory: Option<Memory>,
}

/// Why a path of an issue cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadFault {
    /// Absolute, with `..`, or a symbolic link that leads out.
    Outside,
    NotFound,
    File(FileFault),
}

impl IssueFolder {
    /// `path` is the folder or its `issue.toml`. Fails with [`FileFault::NotFound`] where no manifest is.
    pub fn open(path: &Path) -> Result<Self, FileFault> {
        let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST) && !path.is_dir();
        let shown = match path.parent() {
            Some(parent) if is_manifest && parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) if is_manifest => parent,
            _ => path,
        };
        let root = fs::canonicalize(shown).map_err(|error| fault(&error))?;
        if fs::symlink_metadata(root.join(MANIFEST)).is_err() {
            return Err(FileFault::NotFound);
        }
        Ok(Self { root, shown: shown.to_owned(), memory: None })
    }

    /// A folder whose files lie in memory: nothing of it is ever on a disk. `shown` stands for it in messages.
    pub fn in_memory(shown: &Path, files: std::collections::BTreeMap<String, Vec<u8>>) -> Self {
        Self { root: PathBuf::from("bulletin"), shown: shown.to_owned(), memory: Some(Memory::new(files)) }
    }

    /// The name of the folder, which names the PDF.
    pub fn name(&self) -> String {
        let name = self.root.file_name().map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| "bulletin".into())
    }

    /// The folder as it was typed, for messages.
    pub fn shown(&self) -> &Path {
        &self.shown
    }

    /// The folder that holds `issues/`, where this issue lies in one.
    pub fn workspace(&self) -> Option<PathBuf> {
        let parent = self.root.parent().filter(|_| self.memory.is_none())?;
        (parent.file_name()? == "issues").then(|| parent.parent().map(Path::to_owned))?
    }

    /// Whether a path is an existing file of the issue.
    pub fn holds(&self, path: &Path) -> bool {
        self.memory.is_none() && fs::canonicalize(path).is_ok_and(|real| real.starts_with(&self.root) && real.is_file())
    }

    /// Reads a file of the issue, of at most `limit` bytes.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadFault> {
        let mut bytes = Vec::new();
        self.read_into(path, limit, &mut bytes)?;
        Ok(bytes)
    }

    /// As [`read`](Self::read), in place of what was in `bytes`: much faster where its memory is used again.
    pub fn read_into(&self, path: &str, limit: u64, bytes: &mut Vec<u8>) -> Result<(), ReadFault> {
        if let Some(memory) = &self.memory {
            return memory.read_into(path, limit, bytes);
        }
        let file = self.resolve(path)?;
        read_limited_into(&file, limit, bytes).map_err(|fault| match fault {
            FileFault::NotFound => ReadFault::NotFound,
            other => ReadFault::File(other),
        })
    }

    /// Replaces a file of the issue, whole or not at all, and keeps who may read and write it.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), FileFault> {
        if self.memory.is_some() {
            return Err(FileFault::Denied);
        }
        let file = self.resolve(path).map_err(|_| FileFault::NotFound)?;
        let permissions = fs::metadata(&file).map_err(|error| fault(&error))?.permissions();
        write_whole(&file, bytes)?;
        fs::set_permissions(&file, permissions).map_err(|error| fault(&error))
    }

    /// Where a path of the issue really is. File names may differ in their Unicode form: a name with Vietnamese
    /// letters typed on one system is often stored decomposed on another.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadFault> {
        let components: Vec<_> = Path::new(path).components().collect();
        if components.iter().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(ReadFault::Outside);
        }
        let mut at = self.root.clone();
        for component in components {
            let Component::Normal(name) = component else { continue };
            let next = at.join(name);
            at = match fs::symlink_metadata(&next) {
                Ok(_) => next,
                Err(_) => same_name(&at, &name.to_string_lossy()).ok_or(ReadFault::NotFound)?,
            };
        }
        let real = fs::canonicalize(&at).map_err(|error| match fault(&error) {
            FileFault::NotFound => ReadFault::NotFound,
            other => ReadFault::File(other),
        })?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(ReadFault::Outside) }
    }

    /// The files of the issue as their folders list them now, but for PDFs: while these lists are the same, so are the
    /// files.
    pub fn state(&self) -> Vec<Entry> {
        if self.memory.is_some() {
            return Vec::new();
        }
        let mut entries = entries_below(&self.root);
        entries.retain(|entry| {
            let name = entry.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            !name.starts_with('.') && !name.ends_with(".pdf")
        });
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    /// Every file of the issue, sorted, without hidden ones and without following links; at most 10,000.
    pub fn files(&self) -> Vec<String> {
        self.memory.as_ref().map_or_else(|| files_below(&self.root), Memory::files)
    }
}

/// An entry of a folder whose name is the same text in another Unicode form.
fn same_name(folder: &Path, name: &str) -> Option<PathBuf> {
    // Plain letters have one form alone: where many files are missing, the folder is not listed for each.
    if name.is_ascii() {
        return None;
    }
    let wanted: String = name.nfc().collect();
    fs::read_dir(folder)
        .ok()?
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().nfc().eq(wanted.chars()))
        .map(|entry| entry.path())
}

/// Every file below a folder, relative, with `/`, sorted; hidden files, links and special files are left out.
pub fn files_below(root: &Path) -> Vec<String> {
    const LIMIT: usize = 10_000;
    let mut files = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else { continue };
            if name.starts_with('.') || files.len() + folders.len() >= LIMIT {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

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

/// Reads a regular file of at most `limit` bytes. Pipes and devices are refused, for they may never end.
pub fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    read_limited_into(path, limit, &mut bytes)?;
    Ok(bytes)
}

fn read_limited_into(path: &Path, limit: u64, bytes: &mut Vec<u8>) -> Result<(), FileFault> {
    bytes.clear();
    let metadata = fs::metadata(path).map_err(|error| fault(&error))?;
    if metadata.is_dir() {
        return Err(FileFault::IsFolder);
    }
    if !metadata.is_file() {
        return Err(FileFault::NotAFile);
    }
    let file = fs::File::open(path).map_err(|error| fault(&error))?;
    bytes.reserve(usize::try_from(metadata.len().min(limit)).unwrap_or_default() + 1);
    file.take(limit.saturating_add(1)).read_to_end(bytes).map_err(|error| fault(&error))?;
    if bytes.len() as u64 > limit { Err(FileFault::TooLarge { limit }) } else { Ok(()) }
}

/// Writes a file so that it appears whole or not at all: what was there before stays until the new one is complete.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    // What a link leads to is written, and the link stays.
    let real = fs::canonicalize(path);
    let path = real.as_deref().unwrap_or(path);
    if let Ok(existing) = fs::metadata(path) {
        if existing.is_dir() {
            return Err(FileFault::IsFolder);
        }
        if !existing.is_file() {
            // A device or pipe, such as /dev/stdout, is written into and must never be replaced.
            let mut device = fs::OpenOptions::new().write(true).open(path).map_err(|error| fault(&error))?;
            return device.write_all(bytes).map_err(|error| fault(&error));
        }
        if existing.permissions().readonly() {
            return Err(FileFault::Denied);
        }
    }
    write_via_temporary(folder_of(path), path, bytes).map_err(|error| fault(&error))
}

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How the name of a file begins and ends that is being written.
const PART: (&str, &str) = (".bantin-", ".part");

fn write_via_temporary(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; a document gets what the user's umask leaves.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes what runs that were killed left half written in a folder. What is younger than an hour may be at work.
pub fn sweep(folder: &Path) {
    const OLD: std::time::Duration = std::time::Duration::from_secs(3600);
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_part = |name: &str| name.starts_with(PART.0) && name.ends_with(PART.1);
    for entry in entries.flatten().filter(|entry| is_part(&entry.file_name().to_string_lossy())) {
        let modified =
            entry.metadata().ok().filter(|metadata| metadata.is_file()).and_then(|file| file.modified().ok());
        if modified.is_some_and(|modified| modified.elapsed().is_ok_and(|age| age > OLD)) {
            // It may be somebody else's.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a new file in a new or existing folder; fails where the file is already there.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    let mut file = fs::File::create_new(path).map_err(|error| fault(&error))?;
    file.write_all(bytes).map_err(|error| fault(&error))
}

/// Writes a file whole, and the folders above it where they are missing.
pub fn write_with_folders(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    write_whole(path, bytes)
}

/// Writes a file whole, with the folders above it, but without waiting for the disk: it may be lost when the machine
/// fails, and must be made anew then.
pub fn write_for_a_while(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    let written = tempfile::Builder::new().prefix(PART.0).suffix(PART.1).tempfile_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| fault(&error))
}

/// A file, as its folder lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub path: PathBuf,
    pub bytes: u64,
    pub modified: std::time::SystemTime,
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
                entries.push(Entry { path: entry.path(), bytes: metadata.len(), modified });
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
pub fn remove(path: &Path) -> Result<(), FileFault> {
    fs::remove_file(path).map_err(|error| fault(&error))
}

/// Makes a folder, whose parent must be there, unless it is there already.
pub fn make_folder(path: &Path) -> Result<(), FileFault> {
    fs::create_dir_all(path).map_err(|error| fault(&error))
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

/// Whether a folder is there and has something in it.
pub fn has_entries(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some())
}

/// What an error of the operating system means to an author.
pub fn fault(error: &io::Error) -> FileFault {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileFault::NotFound,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => FileFault::Denied,
        io::ErrorKind::IsADirectory => FileFault::IsFolder,
        io::ErrorKind::AlreadyExists => FileFault::Exists,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => FileFault::Full,
        _ => FileFault::Other(error.to_string()),
    }
}
