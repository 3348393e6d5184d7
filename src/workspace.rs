//! Where layouts and fonts come from: the binary, the workspace beside `issues/`, the issue itself; the nearer wins.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;

use crate::assets;
use crate::fs::{self, Hidden, IssueFolder, OWN_LAYOUT};

/// Largest file of a layout, and largest font, in bytes.
const MAX_FILE: u64 = 50_000_000;

/// Folder of layouts that holds what they share; itself no layout.
const LIBRARY: &str = "lib";

/// Files by their path in the project that typst sees, such as `layouts/classic/layout.typ`.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// What surrounds an issue.
#[derive(Debug, Default, Clone)]
pub struct Workspace {
    root: Option<PathBuf>,
}

impl Workspace {
    /// The workspace of an issue that lies in a folder `issues`; else none.
    pub fn of(folder: &IssueFolder) -> Self {
        Self { root: folder.workspace() }
    }

    /// A folder as the workspace, for commands without an issue.
    pub fn at(root: PathBuf) -> Self {
        Self { root: Some(root) }
    }

    /// The words that are right in every issue, one a line; empty where there are none.
    pub fn words(&self) -> String {
        const MAX_WORDS: u64 = 1_000_000;
        let read = |root: &PathBuf| fs::read_limited(&root.join("words.txt"), MAX_WORDS).ok();
        self.root.as_ref().and_then(read).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The names of all layouts, sorted.
    pub fn layouts(&self) -> Vec<String> {
        let mut names = assets::layout_folders();
        if let Some(layouts) = self.folder("layouts") {
            names.extend(fs::folders_in(&layouts));
        }
        names.retain(|name| name != LIBRARY && !self.layout_folder(name).is_empty());
        names.sort();
        names.dedup();
        names
    }

    /// The files of a layout and of the library that layouts share, and whether the layout brought that along; empty
    /// where there is no such layout. A `layout/` in the issue takes the place of the layout that the manifest names, and
    /// the `lib/` of a layout that of the library.
    pub fn layout(&self, name: &str, issue: Option<&IssueFolder>) -> (Files, bool) {
        if !is_name(name) {
            return (Files::new(), false);
        }
        let own = issue.map(own_layout).unwrap_or_default();
        let is_own = own.iter().any(|(path, _)| path == "layout.typ");
        let layout = if is_own { own.clone() } else { self.layout_folder(name) };
        if layout.is_empty() {
            return (Files::new(), false);
        }
        // An issue that carries a library as well is set as it was, whatever has come to the built-in one since.
        let has_library = layout.iter().any(|(path, _)| is_of_library(path, is_own));
        let library = if has_library { Vec::new() } else { self.files_of(LIBRARY) };
        let shared = library.into_iter().map(|(path, bytes)| (format!("layouts/{LIBRARY}/{path}"), bytes));
        let mut files: Files = shared.collect();
        for (path, bytes) in layout {
            let is_library = has_library && path.starts_with("lib/");
            files.insert(if is_library { format!("layouts/{path}") } else { format!("layouts/{name}/{path}") }, bytes);
        }
        (files, has_library)
    }

    /// The files of a layout's folder; empty where it has no `layout.typ`, and for names that are no folder names.
    fn layout_folder(&self, name: &str) -> Vec<(String, Cow<'static, [u8]>)> {
        let files = if is_name(name) { self.files_of(name) } else { Vec::new() };
        if files.iter().any(|(path, _)| path == "layout.typ") { files } else { Vec::new() }
    }

    fn files_of(&self, folder: &str) -> Vec<(String, Cow<'static, [u8]>)> {
        if let Some(path) =
            self.folder("layouts").map(|layouts| layouts.join(folder)).filter(|path| fs::is_folder(path))
        {
            let files = fs::all_files_below(&path).into_iter().filter(|name| !is_clutter(name)).filter_map(|name| {
                let bytes = fs::read_limited(&path.join(&name), MAX_FILE).ok()?;
                Some((normal(&name), Cow::Owned(bytes)))
            });
            return files.collect();
        }
        assets::layout_files(folder).into_iter().map(|(path, bytes)| (path, Cow::Borrowed(bytes))).collect()
    }

    /// All font files: those of the workspace first, for they win over built-in ones of the same name.
    pub fn fonts(&self) -> Vec<(String, Cow<'static, [u8]>)> {
        let mut fonts = Vec::new();
        if let Some(folder) = self.folder("fonts") {
            for name in fs::files_below(&folder) {
                let lower = name.to_lowercase();
                if [".ttf", ".otf", ".ttc", ".otc"].iter().any(|extension| lower.ends_with(extension))
                    && let Ok(bytes) = fs::read_limited(&folder.join(&name), MAX_FILE)
                {
                    fonts.push((normal(&name), Cow::Owned(bytes)));
                }
            }
        }
        let built_in = assets::fonts().into_iter().map(|(name, bytes)| (name.to_owned(), Cow::Borrowed(bytes)));
        let built_in: Vec<_> = built_in.filter(|(name, _)| fonts.iter().all(|(own, _)| own != name)).collect();
        fonts.extend(built_in);
        fonts
    }

    /// The files of all layouts and fonts that lie in the workspace.
    pub fn paths(&self) -> Vec<PathBuf> {
        let below = |folder: PathBuf| fs::all_files_below(&folder).into_iter().map(move |name| folder.join(name));
        ["layouts", "fonts"].iter().filter_map(|name| self.folder(name)).flat_map(below).collect()
    }

    /// The folders of layouts and fonts that are there.
    pub fn folders(&self) -> Vec<PathBuf> {
        ["layouts", "fonts"].iter().filter_map(|name| self.folder(name)).collect()
    }

    fn folder(&self, name: &str) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join(name)).filter(|folder| fs::is_folder(folder))
    }
}

/// Whether a file shows that a layout brings a library along. One of the workspace may have a folder `lib` for something
/// else.
fn is_of_library(path: &str, is_own: bool) -> bool {
    if is_own { path.starts_with("lib/") } else { path == "lib/words.typ" }
}

/// Whether a layout can have this name: it is a folder's, and stands in the code of `main.typ`.
fn is_name(name: &str) -> bool {
    name != LIBRARY && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The files of the `layout/` that an issue carries, relative to it.
fn own_layout(issue: &IssueFolder) -> Vec<(String, Cow<'static, [u8]>)> {
    let files = issue.listing(OWN_LAYOUT, Hidden::Listed).files;
    let own = files.iter().filter_map(|path| {
        let name = path.strip_prefix(OWN_LAYOUT)?.strip_prefix('/')?;
        let bytes = issue.read(path, MAX_FILE).ok().filter(|_| !is_clutter(name))?;
        Some((name.to_owned(), Cow::Owned(bytes)))
    });
    own.collect()
}

/// Whether a hidden file or folder is nothing of a layout's: what systems, editors and version control put anywhere.
fn is_clutter(path: &str) -> bool {
    const FOLDERS: [&str; 5] = [".git", ".hg", ".svn", ".bzr", ".vscode"];
    let is_editors = |name: &str| name.ends_with('~') || name.ends_with(".swp");
    path.split('/').any(|name| {
        FOLDERS.contains(&name)
            || name.starts_with("._")
            || name == ".DS_Store"
            || name.starts_with('.') && is_editors(name)
    })
}

/// A name in NFC, as layouts import it, whatever the file system made of it.
fn normal(name: &str) -> String {
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_are_built_in() {
        let workspace = Workspace::default();
        assert_eq!(workspace.layouts(), ["classic", "two-column"]);
        let (files, _) = workspace.layout("classic", None);
        assert!(files.contains_key("layouts/classic/layout.typ"));
        assert!(files.keys().any(|path| path.starts_with("layouts/lib/")));
        assert!(!files.contains_key("layouts/two-column/layout.typ"));
    }

    #[test]
    fn names_that_are_no_layouts_find_nothing() {
        for name in ["", "lib", "..", "../layouts/classic", "classic/x", "nope"] {
            assert!(Workspace::default().layout(name, None).0.is_empty(), "{name}");
        }
    }
}
