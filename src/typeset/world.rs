//! typst's only view of anything: files in memory, chosen fonts, no clock, no packages, no network.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryBuilder, World};
use typst_kit::files::{FileLoader, FileStore};

use crate::fonts::Fonts;
use crate::layout::Origin;

/// A world that holds one issue.
pub struct BulletinWorld {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    files: FileStore<Memory>,
    main: FileId,
    origin: Origin,
}

/// Files by their path from the project's root, with a leading `/`.
struct Memory(BTreeMap<String, Bytes>);

impl BulletinWorld {
    /// A world without files; it needs a `main.typ` before anything can be set.
    pub fn new(fonts: Arc<Fonts>, origin: Origin) -> Self {
        #[expect(clippy::unreachable, reason = "a constant, valid path")]
        let main = VirtualPath::new("/main.typ").unwrap_or_else(|_| unreachable!("a constant, valid path"));
        Self {
            library: LazyHash::new(LibraryBuilder::from_routines(&super::routines::PAGED).build()),
            fonts,
            files: FileStore::new(Memory(BTreeMap::new())),
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            origin,
        }
    }

    /// Where the files of the layout come from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// A file that is there, by its path with a leading `/`.
    pub fn bytes(&self, path: &str) -> Option<Bytes> {
        self.files.loader().0.get(path).cloned()
    }

    /// All files, by their path without a leading `/`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files.loader().0.iter().map(|(path, bytes)| (path.trim_start_matches('/'), bytes))
    }

    /// Changes and adds files, or removes those without bytes. What does not depend on them is not set anew by the next
    /// compilation, nor is what depends on a file whose bytes are the same.
    pub fn replace<P: AsRef<str>>(&mut self, files: impl IntoIterator<Item = (P, Option<Bytes>)>) {
        let mut changed = false;
        for (path, bytes) in files {
            let path = format!("/{}", path.as_ref());
            let there = self.files.loader().0.get(&path);
            if there.map(Bytes::as_slice) == bytes.as_ref().map(Bytes::as_slice) {
                continue;
            }
            changed = true;
            match bytes {
                Some(bytes) => drop(self.files.loader_mut().0.insert(path, bytes)),
                None => drop(self.files.loader_mut().0.remove(&path)),
            }
        }
        // Once for all of them: a second time in a row it would forget the parsed sources as well.
        if changed {
            self.files.reset();
        }
    }
}

impl FileLoader for Memory {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        if !matches!(id.root(), VirtualRoot::Project) {
            return Err(FileError::Other(Some("a layout cannot use packages".into())));
        }
        let path = id.vpath().get_with_slash();
        self.0.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }
}

impl World for BulletinWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store().book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store().font(index)
    }

    /// There is no today: an issue has its own date, and must look the same on every day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
