//! `bantin.lock.toml`: what an archive was made of, and what its pages say, so that it can be checked years later.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Name of the file, beside the manifest.
pub const FILE: &str = "bantin.lock.toml";

/// The version of the format.
const FORMAT: u32 = 1;

/// What an archive was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    pub format: u32,
    /// Versions of bantin and of typst.
    pub tool: String,
    pub typst: String,
    pub pages: usize,
    pub layout: LockedLayout,
    #[serde(default, rename = "font")]
    pub fonts: Vec<LockedFile>,
    /// The files of the issue, without its layout.
    #[serde(default, rename = "input")]
    pub inputs: Vec<LockedFile>,
    #[serde(default, rename = "article")]
    pub articles: Vec<LockedArticle>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedLayout {
    pub name: String,
    /// Of all its files, with their names.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedFile {
    pub path: String,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedArticle {
    pub path: String,
    /// The page on which its title stands, counted from 1.
    pub page: usize,
    /// Of its text as printed, without white space, for lines may break elsewhere.
    pub sha256: String,
}

impl Lock {
    /// A lock of this version of the tool, to be filled.
    pub fn new(typst: &str, layout: LockedLayout) -> Self {
        Self {
            format: FORMAT,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            typst: typst.to_owned(),
            pages: 0,
            layout,
            fonts: Vec::new(),
            inputs: Vec::new(),
            articles: Vec::new(),
        }
    }

    /// The file.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Reads the file; `None` where it is none, or of a format that is not known.
    pub fn read(text: &str) -> Option<Self> {
        toml::from_str(text).ok().filter(|lock: &Self| lock.format == FORMAT)
    }
}

/// What differs between an archive and what its source builds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A file of the issue: changed, gone, or new.
    Changed(String),
    Missing(String),
    Added(String),
    /// The layout is another, or has other files.
    Layout,
    /// A font is another, or is no longer there.
    Font(String),
    /// Versions of bantin or typst: what the archive was made with.
    Tool(String),
    /// How many pages there were, and are.
    Pages(usize, usize),
    /// An article reads otherwise.
    Text(String),
    /// An article stands on another page: where it was, and is.
    Page(String, usize, usize),
    /// The archive does not say what it was made of.
    NoLock,
    /// A page that the source builds is not in the file: its number in what is built.
    PageRemoved(usize),
    /// A page of the file that the source does not build. This number and those that follow are of the file.
    PageAdded(usize),
    /// A page stands elsewhere: where it is, and where it belongs.
    PageMoved(usize, usize),
    PageText(usize),
    PagePicture(usize),
    /// A page with the same text and pictures that looks otherwise.
    PageLook(usize),
    PageLink(usize),
    /// A note, stamp or form field that the source does not build.
    PageNote(usize),
    /// Whether pages look as they should cannot be told, for other versions or sources set them.
    LookUnknown,
    /// An attached file: changed, new, or gone, beside what the lock tells of.
    AttachmentChanged(String),
    AttachmentAdded(String),
    AttachmentMissing(String),
    /// What the document has besides its pages, by PDF's own name for it.
    Document(String),
    /// So many later changes were added at the end of the file.
    Update(usize),
    /// Something stands behind the end of the file.
    Appended,
    /// The same content, written by another program.
    Rewritten,
}

impl Difference {
    /// Its kind, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Changed(_) => "input-changed",
            Self::Missing(_) => "input-missing",
            Self::Added(_) => "input-added",
            Self::Layout => "layout",
            Self::Font(_) => "font",
            Self::Tool(_) => "tool",
            Self::Pages(..) => "pages",
            Self::Text(_) => "text",
            Self::Page(..) => "page",
            Self::NoLock => "no-lock",
            Self::PageRemoved(_) => "page-removed",
            Self::PageAdded(_) => "page-added",
            Self::PageMoved(..) => "page-moved",
            Self::PageText(_) => "page-text",
            Self::PagePicture(_) => "page-picture",
            Self::PageLook(_) => "page-look",
            Self::PageLink(_) => "page-link",
            Self::PageNote(_) => "page-note",
            Self::LookUnknown => "look-unknown",
            Self::AttachmentChanged(_) => "attachment-changed",
            Self::AttachmentAdded(_) => "attachment-added",
            Self::AttachmentMissing(_) => "attachment-missing",
            Self::Document(_) => "document",
            Self::Update(_) => "update",
            Self::Appended => "appended",
            Self::Rewritten => "rewritten",
        }
    }

    /// What it is about: a file, or what it was and is.
    pub fn what(&self) -> String {
        match self {
            Self::Changed(what) | Self::Missing(what) | Self::Added(what) => what.clone(),
            Self::Font(what) | Self::Tool(what) | Self::Text(what) => what.clone(),
            Self::Pages(then, now) => format!("{then} → {now}"),
            Self::Page(article, then, now) => format!("{article}: {then} → {now}"),
            Self::AttachmentChanged(what) | Self::AttachmentAdded(what) | Self::AttachmentMissing(what) => what.clone(),
            Self::Document(what) => what.clone(),
            Self::PageRemoved(page) | Self::PageAdded(page) => page.to_string(),
            Self::PageText(page) | Self::PagePicture(page) | Self::PageLook(page) => page.to_string(),
            Self::PageLink(page) | Self::PageNote(page) => page.to_string(),
            Self::PageMoved(is, belongs) => format!("{is} → {belongs}"),
            Self::Update(count) => count.to_string(),
            Self::Layout | Self::NoLock | Self::LookUnknown | Self::Appended | Self::Rewritten => String::new(),
        }
    }
}

/// The hashes of files by their paths.
fn by_path(files: &[LockedFile]) -> BTreeMap<&str, &str> {
    files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect()
}

/// What differs between what an archive was made of and says, and what is built of it now.
pub fn differences(then: &Lock, now: &Lock) -> Vec<Difference> {
    let mut found = Vec::new();
    let (inputs_then, inputs_now) = (by_path(&then.inputs), by_path(&now.inputs));
    for file in &then.inputs {
        match inputs_now.get(file.path.as_str()) {
            None => found.push(Difference::Missing(file.path.clone())),
            Some(sha256) if *sha256 != file.sha256 => found.push(Difference::Changed(file.path.clone())),
            Some(_) => {}
        }
    }
    let added = now.inputs.iter().filter(|file| !inputs_then.contains_key(file.path.as_str()));
    found.extend(added.map(|file| Difference::Added(file.path.clone())));
    if then.layout != now.layout {
        found.push(Difference::Layout);
    }
    let fonts_now = by_path(&now.fonts);
    let fonts = then.fonts.iter().filter(|file| fonts_now.get(file.path.as_str()) != Some(&file.sha256.as_str()));
    found.extend(fonts.map(|file| Difference::Font(file.path.clone())));
    if (&then.tool, &then.typst) != (&now.tool, &now.typst) {
        found.push(Difference::Tool(format!("bantin {}, typst {}", then.tool, then.typst)));
    }
    if then.pages != now.pages {
        found.push(Difference::Pages(then.pages, now.pages));
    }
    let articles: BTreeMap<_, _> = now.articles.iter().map(|article| (&article.path, article)).collect();
    for article in &then.articles {
        let Some(other) = articles.get(&article.path) else { continue };
        if other.sha256 != article.sha256 {
            found.push(Difference::Text(article.path.clone()));
        }
        if other.page != article.page {
            found.push(Difference::Page(article.path.clone(), article.page, other.page));
        }
    }
    found
}

impl LockedFile {
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), sha256: sha256(bytes) }
    }
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of files with their names, in the order given.
pub fn sha256_of_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in files {
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let layout = LockedLayout { name: "classic".into(), sha256: sha256(b"") };
        let mut lock = Lock::new("0.15.1", layout);
        lock.inputs.push(LockedFile::of("ảnh/a.jpg", b"x"));
        assert_eq!(Lock::read(&lock.to_toml()), Some(lock));
        assert_eq!(Lock::read("format = 99"), None);
        assert_eq!(Lock::read("not TOML"), None);
    }

    #[test]
    fn names_and_contents_cannot_be_mistaken_for_one_another() {
        let hash = |files: &[(&'static str, &'static str)]| {
            sha256_of_files(files.iter().map(|(name, text)| (*name, text.as_bytes())))
        };
        assert_ne!(hash(&[("ab", "c")]), hash(&[("a", "bc")]));
        assert_ne!(hash(&[("a", "b"), ("c", "d")]), hash(&[("a", "bcd")]));
    }
}
