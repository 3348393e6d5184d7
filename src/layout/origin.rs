//! Where the files of a layout come from, for who reads an error in one of them.

use std::borrow::Cow;

use super::Layout;
use crate::fs::OWN_LAYOUT;

/// Where the files of a layout come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    name: String,
    /// The folder of the layout, as its author knows it.
    folder: String,
    /// Whether its library lies in that folder.
    has_library: bool,
    /// Whether the files of the layout, and of its library, are built in.
    is_built_in: bool,
    is_library_built_in: bool,
}

impl Layout {
    /// Where its files come from.
    pub fn origin(&self) -> Origin {
        let folder = format!("layouts/{}/", self.name);
        let is_built_in = |prefix: &str| {
            self.files.iter().any(|(path, bytes)| path.starts_with(prefix) && matches!(bytes, Cow::Borrowed(_)))
        };
        Origin {
            name: self.name.clone(),
            is_built_in: is_built_in(&folder),
            is_library_built_in: is_built_in("layouts/lib/"),
            folder: if self.own { format!("{OWN_LAYOUT}/") } else { folder },
            has_library: self.has_library,
        }
    }
}

impl Origin {
    /// A path that typst sees as the author knows it: a layout that the issue carries lies in its `layout/`, and a
    /// library that a layout brings along in the folder of the layout.
    pub fn shown(&self, path: &str) -> String {
        match path.strip_prefix("layouts/").and_then(|path| path.split_once('/')) {
            Some(("lib", rest)) if self.has_library => format!("{}lib/{rest}", self.folder),
            Some((name, rest)) if name == self.name => format!("{}{rest}", self.folder),
            _ => path.to_owned(),
        }
    }

    /// The name of the layout, where a file is one that is built in.
    pub fn built_in(&self, path: &str) -> Option<&str> {
        let is_library = path.starts_with("layouts/lib/");
        let is_built_in = if is_library { self.is_library_built_in } else { self.is_built_in };
        (is_built_in && path.starts_with("layouts/")).then_some(&self.name)
    }
}
