//! The one rule for the names of files in an archive: what every file system can hold, so that whoever has the PDF in
//! many years gets every file back. `build` refuses other names before it writes an archive, `extract` when it reads one.
//!
//! Hidden files and folders may be in an archive: an issue may show photos of a folder `.ảnh`. `extract` writes into a new
//! or empty folder alone, where a file such as `.bashrc` is a file like any other. Only the folders of version control are
//! refused, for there programs run what they find by the mere fact that somebody works in the folder above.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::NameError;

/// Most files of an archive.
pub const MAX_FILES: usize = 20_000;

/// Longest name of a file or folder, and longest path, in bytes.
const MAX_NAME: usize = 255;
const MAX_PATH: usize = 800;

/// What Windows keeps for devices, whatever stands behind a full stop.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Folders in which a program finds what it is to run.
const VERSION_CONTROL: [&str; 5] = [".git", "git~1", ".hg", ".svn", ".bzr"];

/// What Windows allows in no name, and what parts folders there.
const FORBIDDEN: &str = "\\:*?\"<>|";

/// A name as it stands in archives: in NFC, whatever the file system made of it.
pub fn normal(name: &str) -> String {
    name.nfc().collect()
}

/// Why a path, with `/` between folders, cannot be one of an archive.
pub fn check_name(path: &str) -> Option<NameError> {
    if path.len() > MAX_PATH {
        return Some(NameError::TooLong { limit: MAX_PATH });
    }
    path.split('/').find_map(part_error)
}

fn part_error(part: &str) -> Option<NameError> {
    if let Some(found) = part.chars().find(|&c| c.is_control() || FORBIDDEN.contains(c)) {
        return Some(NameError::Character(found));
    }
    if part.is_empty() || part == "." || part == ".." {
        return Some(NameError::NoName);
    }
    if part.len() > MAX_NAME {
        return Some(NameError::TooLong { limit: MAX_NAME });
    }
    if part.ends_with([' ', '.']) {
        return Some(NameError::Ending);
    }
    if is_device(part) || is_version_control(part) {
        return Some(NameError::Reserved(part.to_owned()));
    }
    None
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = ["com", "lpt"].iter().any(|port| {
        let number = stem.strip_prefix(port).unwrap_or_default();
        number.chars().count() == 1 && number.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c))
    });
    is_port || DEVICES.contains(&stem.as_str())
}

/// Some file systems look neither at case nor at characters without a width.
fn is_version_control(part: &str) -> bool {
    let has_width = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let plain: String = part.chars().filter(has_width).collect();
    VERSION_CONTROL.contains(&plain.to_lowercase().as_str())
}

/// The paths of which a file system that looks neither at case nor at how letters are composed makes another: two names
/// for one file, for one folder, or a file where a folder is needed. Each with the path that came before it.
pub fn clashes<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<(String, NameError)> {
    // What each path and each folder above one is called, and whether it is a file.
    let mut known: HashMap<String, (&str, bool)> = HashMap::new();
    let mut found = Vec::new();
    for path in paths {
        let folders = path.match_indices('/').map(|(end, _)| (&path[..end], false));
        for (name, is_file) in folders.chain([(path, true)]) {
            match known.entry(folded(name)) {
                Entry::Vacant(place) => drop(place.insert((name, is_file))),
                Entry::Occupied(place) => {
                    let (other, was_file) = *place.get();
                    if is_file || was_file || name != other {
                        found.push((path.to_owned(), NameError::Clash { other: other.to_owned() }));
                        break;
                    }
                }
            }
        }
    }
    found
}

/// A path as a file system sees it that looks neither at case nor at how letters are composed.
fn folded(path: &str) -> String {
    // By way of capitals, for there “ß” is “SS”, as some file systems have it.
    let composed: String = path.nfc().collect();
    composed.to_uppercase().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_file_system_holds_is_a_good_name() {
        for name in [
            "issue.toml",
            "photos/a.jpg",
            "ảnh/Hội nghị (1).jpg",
            "layout/lib/a.typ",
            "a b/c",
            ".anh/a.jpg",
            ".gitignore",
            "a/...b",
            "com/lpt/com10",
            "console.md",
            &"ả".repeat(85),
        ] {
            assert_eq!(check_name(name), None, "{name}");
        }
    }

    #[test]
    fn what_some_file_system_refuses_has_one() {
        let long = "ả".repeat(86);
        let deep = ["a"; 401].join("/");
        for name in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a//b",
            "C:\\a",
            "a\\b",
            "C:a",
            "a/.git/x",
            ".GIT/x",
            "git~1/x",
            ".g\u{200c}it/hooks/x",
            "nul",
            "CON.txt",
            "con .txt",
            "a\0b",
            "a\nb",
            "a\u{85}b",
            "a.",
            "a ",
            "a /b",
            "x/",
            "aux.md",
            "COM1",
            "lpt9.jpg",
            "com¹",
            "CONIN$",
            "a?",
            "a*b",
            "a\"b",
            "a|b",
            "<a>",
            ".",
            "./a",
            &long,
            &deep,
        ] {
            assert!(check_name(name).is_some(), "{name:?}");
        }
    }

    #[test]
    fn clashes_are_those_of_systems_that_see_no_case() {
        let count = |paths: &[&str]| clashes(paths.iter().copied()).len();
        assert_eq!(count(&["a.jpg", "b.jpg", "ảnh/a.jpg", "ảnh/b.jpg"]), 0);
        for pair in [
            ["a.jpg", "A.jpg"],
            ["ảnh/a.jpg", "Ảnh/b.jpg"],
            ["a.md", "a.md/x"],
            ["a.md/x", "A.md"],
            ["\u{1ea3}.jpg", "a\u{309}.jpg"],
            ["a.jpg", "a.jpg"],
            ["straße", "STRASSE"],
        ] {
            assert_eq!(count(&pair), 1, "{pair:?}");
        }
    }
}
