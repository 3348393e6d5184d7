//! The one door to the file system: reads that cannot leave the issue folder, writes that are whole or not at all.
//!
//! No other module opens files (`clippy.toml` sees to it).
#![expect(clippy::disallowed_methods, reason = "this is the module that may open files")]

mod listing;
mod memory;
mod new_folder;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use listing::walk;
pub use listing::{Hidden, Listing, all_files_below, files_below};
use memory::Memory;
pub use new_folder::write_new_folder;
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
        let name = self.root.file_name().map(|name| name.to_string_lossy().nfc().collect());
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
        write_whole(&file, bytes)
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

    /// Everything that a build may read, as the folders list it now: while these lists are the same, so are the files.
    /// Links stand for what they lead to; PDFs are left out, for they are what issues become.
    pub fn state(&self) -> Vec<Entry> {
        if self.memory.is_some() {
            return Vec::new();
        }
        let mut entries = entries_below(&self.root);
        for folder in ["layouts", "fonts"] {
            entries.extend(self.workspace().map(|root| entries_below(&root.join(folder))).unwrap_or_default());
        }
        entries.retain(|entry| !is_part(&entry.path) && !is_pdf(&entry.path));
        for entry in entries.iter_mut().filter(|entry| entry.is_link) {
            let target = fs::canonicalize(&entry.path).ok().and_then(|real| Some((fs::metadata(&real).ok()?, real)));
            if let Some((metadata, real)) = target
                && let Ok(modified) = metadata.modified()
            {
                *entry = Entry { path: real, bytes: metadata.len(), modified, is_link: true };
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    /// Every file of the issue, sorted, by its name in NFC, without hidden ones and without following links.
    pub fn files(&self) -> Vec<String> {
        let mut files = self.listing("", Hidden::LeftOut).files;
        // Where a name is there in two forms, it is read in one.
        files.dedup();
        files
    }

    /// What lies in a folder of the issue, or in all of it where that is empty.
    pub fn listing(&self, folder: &str, hidden: Hidden) -> Listing {
        if let Some(memory) = &self.memory {
            return memory.listing(folder, hidden);
        }
        let root = self.root.join(folder);
        // Links are not followed, and so is none to a folder.
        let is_link = fs::symlink_metadata(&root).is_ok_and(|metadata| metadata.is_symlink());
        let found = if is_link { Listing::default() } else { walk(&root, hidden) };
        let path = |name: String| {
            let name: String = name.nfc().collect();
            if folder.is_empty() { name } else { format!("{folder}/{name}") }
        };
        let mut listing = Listing {
            files: found.files.into_iter().map(path).collect(),
            not_unicode: found.not_unicode.into_iter().map(path).collect(),
            left_out: found.left_out.into_iter().map(|(name, reason)| (path(name), reason)).collect(),
        };
        listing.files.sort();
        listing
    }

    /// The identity of a file of the issue, whatever it is called.
    pub fn identity(&self, path: &str) -> Option<Identity> {
        if self.memory.is_some() {
            return None;
        }
        Identity::of(&self.resolve(path).ok()?)
    }
}

/// What tells a file from every other, by whatever name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl Identity {
    /// That of a file or folder which is there; a link is what it leads to.
    pub fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            fs::metadata(path).ok().map(|metadata| Self((metadata.dev(), metadata.ino())))
        }
        #[cfg(not(unix))]
        {
            // Spelled as the file system spells it.
            fs::canonicalize(path).ok().map(Self)
        }
    }
}

/// An entry of a folder whose name is the same text in another Unicode form: of several, always the same.
fn same_name(folder: &Path, name: &str) -> Option<PathBuf> {
    // Plain letters have one form alone: where many files are missing, the folder is not listed for each.
    if name.is_ascii() {
        return None;
    }
    let wanted: String = name.nfc().collect();
    fs::read_dir(folder)
        .ok()?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().nfc().eq(wanted.chars()))
        .map(|entry| entry.path())
        .min()
}

/// Whether a file is a PDF, by its name and its first bytes: a photo may be called `.pdf`.
fn is_pdf(path: &Path) -> bool {
    const MAGIC: &[u8] = b"%PDF-";
    let has_name = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
    let begins = || {
        let mut head = [0; MAGIC.len()];
        fs::File::open(path)?.read_exact(&mut head)?;
        io::Result::Ok(head == MAGIC)
    };
    has_name && fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file()) && begins().unwrap_or(false)
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

/// Writes a file so that it appears whole or not at all: what was there before stays until the new one is complete, and
/// who may read and write it stays as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    // What a link leads to is written, and the link stays.
    let real = fs::canonicalize(path);
    let path = real.as_deref().unwrap_or(path);
    let existing = fs::metadata(path).ok();
    if let Some(existing) = &existing {
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
    let permissions = existing.map(|existing| existing.permissions());
    write_via_temporary(folder_of(path), path, bytes, permissions).map_err(|error| fault(&error))
}

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How the name of a file begins and ends that is being written.
const PART: (&str, &str) = (".bantin-", ".part");

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
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Whether a file has the name of one that is being written: six letters or digits between beginning and end.
fn is_part(path: &Path) -> bool {
    const RANDOM: usize = 6;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let middle = name.strip_prefix(PART.0).and_then(|rest| rest.strip_suffix(PART.1));
    middle.is_some_and(|middle| middle.len() == RANDOM && middle.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Removes what runs that were killed left half written in a folder. What is younger than an hour may be at work.
pub fn sweep(folder: &Path) {
    const OLD: std::time::Duration = std::time::Duration::from_secs(3600);
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_part(&entry.path())) {
        let modified =
            entry.metadata().ok().filter(|metadata| metadata.is_file()).and_then(|file| file.modified().ok());
        if modified.is_some_and(|modified| modified.elapsed().is_ok_and(|age| age > OLD)) {
            // It may be somebody else's.
            let _ = fs::remove_file(entry.path());
        }
    }
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

/// Whether a path is there and neither file nor folder, such as `/dev/null`.
pub fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
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
