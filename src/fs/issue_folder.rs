//! An issue folder: what lies in it is read, and nothing outside.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::listing::{Hidden, Listing, walk};
use super::memory::Memory;
use super::write::is_part;
use super::{Entry, MANIFEST, entries_below, file_error, folder_of, read_limited_into, write_whole};
use crate::diagnostic::FileError;

/// Folder of an issue that carries its own layout.
pub const OWN_LAYOUT: &str = "layout";

/// The file by which an issue carries its own layout.
pub const OWN_LAYOUT_MAIN: &str = "layout/layout.typ";

/// Whether a file of an issue belongs to the layout that it carries.
pub fn is_of_own_layout(path: &str) -> bool {
    path.strip_prefix(OWN_LAYOUT).is_some_and(|rest| rest.starts_with('/'))
}

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

/// Files that were added to an issue folder.
#[derive(Debug, Default)]
pub struct Added {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Added {
    /// Takes them away again.
    pub fn undo(&self) {
        for file in &self.files {
            // Nobody can be told that one stays.
            let _ = fs::remove_file(file);
        }
        for folder in &self.folders {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Why a path of an issue cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadError {
    /// Absolute, with `..`, or a symbolic link that leads out.
    Outside,
    NotFound,
    File(FileError),
}

impl IssueFolder {
    /// `path` is the folder or its `issue.toml`. Fails with [`FileError::NotFound`] where no manifest is.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST) && !path.is_dir();
        let shown = match path.parent() {
            Some(parent) if is_manifest && parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) if is_manifest => parent,
            _ => path,
        };
        let root = fs::canonicalize(shown).map_err(|error| file_error(&error))?;
        if fs::symlink_metadata(root.join(MANIFEST)).is_err() {
            return Err(FileError::NotFound);
        }
        Ok(Self { root, shown: shown.to_owned(), memory: None })
    }

    /// A folder that has no manifest, to read the files in it and nothing outside.
    pub fn without_manifest(path: &Path) -> Result<Self, FileError> {
        let root = fs::canonicalize(path).map_err(|error| file_error(&error))?;
        Ok(Self { root, shown: path.to_owned(), memory: None })
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

    /// Whether a path is a file of the issue, or would be one if it were written.
    pub fn holds(&self, path: &Path) -> bool {
        let real = fs::canonicalize(path).or_else(|_| fs::canonicalize(folder_of(path)));
        self.memory.is_none() && real.is_ok_and(|real| real.starts_with(&self.root))
    }

    /// Reads a file of the issue, of at most `limit` bytes.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        self.read_into(path, limit, &mut bytes)?;
        Ok(bytes)
    }

    /// As [`read`](Self::read), in place of what was in `bytes`: much faster where its memory is used again.
    pub fn read_into(&self, path: &str, limit: u64, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
        if let Some(memory) = &self.memory {
            return memory.read_into(path, limit, bytes);
        }
        let file = self.resolve(path)?;
        read_limited_into(&file, limit, bytes).map_err(|error| match error {
            FileError::NotFound => ReadError::NotFound,
            other => ReadError::File(other),
        })
    }

    /// Replaces a file of the issue, whole or not at all, and keeps who may read and write it.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if self.memory.is_some() {
            return Err(FileError::Denied);
        }
        let file = self.resolve(path).map_err(|_| FileError::NotFound)?;
        write_whole(&file, bytes)
    }

    /// Adds files that are not there yet, all or none of them, with the folders that they stand in.
    pub fn add(&self, files: &[(String, Vec<u8>)]) -> Result<Added, FileError> {
        if self.memory.is_some() {
            return Err(FileError::Denied);
        }
        let mut added = Added::default();
        for (path, bytes) in files {
            if let Err(error) = self.add_file(path, bytes, &mut added) {
                added.undo();
                return Err(error);
            }
        }
        Ok(added)
    }

    fn add_file(&self, path: &str, bytes: &[u8], added: &mut Added) -> Result<(), FileError> {
        let file = self.root.join(path);
        let folder = folder_of(&file).to_owned();
        if !folder.is_dir() {
            fs::create_dir_all(&folder).map_err(|error| file_error(&error))?;
            added.folders.push(folder.clone());
        }
        // A link may lead out of the issue.
        if !fs::canonicalize(&folder).is_ok_and(|real| real.starts_with(&self.root)) {
            return Err(FileError::Denied);
        }
        let mut new = fs::File::create_new(&file).map_err(|error| file_error(&error))?;
        added.files.push(file);
        io::Write::write_all(&mut new, bytes).map_err(|error| file_error(&error))
    }

    /// Where a path of the issue really is. File names may differ in their Unicode form: a name with Vietnamese
    /// letters typed on one system is often stored decomposed on another.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        let components: Vec<_> = Path::new(path).components().collect();
        if components.iter().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(ReadError::Outside);
        }
        // On Windows these part folders and streams, elsewhere they are letters of a name.
        if cfg!(windows) && path.contains(['\\', ':']) {
            return Err(ReadError::NotFound);
        }
        let mut at = self.root.clone();
        for component in components {
            let Component::Normal(name) = component else { continue };
            let next = at.join(name);
            at = match fs::symlink_metadata(&next) {
                Ok(_) => next,
                Err(_) => same_name(&at, &name.to_string_lossy()).ok_or(ReadError::NotFound)?,
            };
        }
        let real = fs::canonicalize(&at).map_err(|error| match file_error(&error) {
            FileError::NotFound => ReadError::NotFound,
            other => ReadError::File(other),
        })?;
        match real.starts_with(&self.root) {
            false => Err(ReadError::Outside),
            true if differs_in_case(&at, &real) => Err(ReadError::NotFound),
            true => Ok(real),
        }
    }

    /// Whether the issue carries its own layout.
    pub fn carries_layout(&self) -> bool {
        self.files().iter().any(|path| path == OWN_LAYOUT_MAIN)
    }

    /// A file of the issue as its folder lists it now; `None` where it is not there, or lies in memory.
    pub fn entry(&self, path: &str) -> Option<Entry> {
        let real = self.resolve(path).ok().filter(|_| self.memory.is_none())?;
        let metadata = fs::metadata(&real).ok()?;
        let (bytes, modified) = (metadata.len(), metadata.modified().ok()?);
        Some(Entry { path: real, bytes, modified, is_link: false })
    }

    /// Every file from which the layout of the issue may come, and every font, as the folders list them now, without
    /// those that are built in.
    pub fn layout_entries(&self) -> Vec<Entry> {
        if self.memory.is_some() {
            return Vec::new();
        }
        let workspace = self.workspace();
        let folders = ["layouts", "fonts"].iter().filter_map(|name| Some(workspace.as_ref()?.join(name)));
        let folders = folders.chain([self.root.join(OWN_LAYOUT)]);
        let mut entries: Vec<_> = folders.flat_map(|folder| entries_below(&folder)).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
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

/// Whether the file system has found another name than the one asked for, because it does not look at case. Others would
/// find nothing, and an issue that builds on some systems alone is none.
fn differs_in_case(asked: &Path, found: &Path) -> bool {
    let composed = |path: &Path| path.to_string_lossy().nfc().collect::<String>();
    cfg!(any(windows, target_os = "macos"))
        && composed(asked) != composed(found)
        && composed(asked).to_lowercase() == composed(found).to_lowercase()
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
