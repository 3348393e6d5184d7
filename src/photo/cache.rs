//! Prepared photos of earlier runs, in a folder of the user's: by the content of the file and what was planned for it.
//!
//! Any number of processes may use it at once: an entry appears whole or not at all, and one that is damaged or gone
//! is made anew. Nothing depends on it but time, so that what it cannot do it leaves undone in silence.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::encode::Encoded;
use super::part::Part;
use super::plan::{Encoding, Plan};
use super::process::Done;
use crate::fs;

/// Changes whenever the same file and plan would give other bytes than before.
const VERSION: &str = concat!("bantin ", env!("CARGO_PKG_VERSION"), ", photos 4");

/// How many digits of its key name the folder of an entry.
const FOLDER_DIGITS: usize = 2;

/// Largest entry, in bytes; what goes into a PDF is far smaller.
const MAX_ENTRY: u64 = 200_000_000;

/// A folder of prepared photos.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Most bytes that it may hold.
    limit: u64,
    has_grown: AtomicBool,
}

/// The content of a photo file: its BLAKE3 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Content([u8; 32]);

/// What an entry is found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Content {
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The hash in hexadecimal digits.
    pub fn to_hex(self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }
}

impl Key {
    /// The key of a photo of this content, prepared after this plan.
    pub fn new(content: &Content, plan: &Plan) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        hasher.update(&content.0);
        let Part { left, top, width, height } = plan.part;
        for length in [left, top, width, height] {
            hasher.update(&length.to_le_bytes());
        }
        hasher.update(&plan.width.to_le_bytes());
        hasher.update(&plan.height.to_le_bytes());
        hasher.update(&match plan.encoding {
            Encoding::Jpeg { as_it_is, .. } => [0, u8::from(as_it_is)],
            Encoding::ByContent { .. } => [1, 0],
            Encoding::Verbatim => [2, 0],
        });
        if let Encoding::Jpeg { score, .. } | Encoding::ByContent { score } = plan.encoding {
            hasher.update(&score.to_le_bytes());
        }
        Self(hasher.finalize().to_hex().to_string())
    }
}

impl Cache {
    /// The cache in a folder, which need not be there yet; it holds at most `limit` bytes.
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self { folder, limit, has_grown: AtomicBool::new(false) }
    }

    /// What was prepared before, if it is there and whole.
    pub fn get(&self, key: &Key) -> Option<Done> {
        let path = self.path(key);
        let done = decode(&fs::read_limited(&path, MAX_ENTRY).ok()?)?;
        fs::touch(&path);
        Some(done)
    }

    /// Keeps what was prepared.
    pub fn put(&self, key: &Key, done: &Done) {
        if fs::write_cache_entry(&self.path(key), &encode(done)).is_ok() {
            self.has_grown.store(true, Ordering::Relaxed);
        }
    }

    /// Removes what has not been used for the longest time, until what is left fits; nothing, where nothing was added.
    pub fn prune(&self) {
        if !self.has_grown.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut entries = self.entries();
        let mut total: u64 = entries.iter().map(|entry| entry.bytes).sum();
        entries.sort_by_key(|entry| entry.modified);
        for entry in entries {
            if total <= self.limit {
                break;
            }
            if is_own(&entry.path) {
                // Another process may have been faster.
                let _ = fs::remove(&entry.path);
            }
            total -= entry.bytes;
        }
    }

    /// What has the names of entries: the folder may be anybody's, and hold originals of photos.
    fn entries(&self) -> Vec<fs::Entry> {
        let is_hash = |path: &Path, digits| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.len() == digits && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let folders = fs::own_folders_in(&self.folder).into_iter().filter(|folder| is_hash(folder, FOLDER_DIGITS));
        folders
            .flat_map(|folder| {
                fs::remove_stale_temp_files(&folder);
                fs::files_in(&folder)
            })
            .filter(|entry| is_hash(&entry.path, 2 * blake3::OUT_LEN - FOLDER_DIGITS))
            .collect()
    }

    /// Spread over folders, for some file systems are slow with many files in one.
    fn path(&self, key: &Key) -> PathBuf {
        let (first, rest) = key.0.split_at(FOLDER_DIGITS);
        self.folder.join(Path::new(first)).join(rest)
    }
}

/// Whether a file is an entry, by what it says of itself: nothing else is ever removed.
fn is_own(path: &Path) -> bool {
    fs::read_limited(path, MAX_ENTRY).is_ok_and(|bytes| decode(&bytes).is_some())
}

/// An entry: the BLAKE3 hash of all that follows, then width, height and weight, the three letters of the extension,
/// the file.
fn encode(done: &Done) -> Vec<u8> {
    let mut content = Vec::with_capacity(done.file.bytes.len() + 32);
    content.extend(done.width.to_le_bytes());
    content.extend(done.height.to_le_bytes());
    content.extend(done.file.weight.to_le_bytes());
    content.extend(done.file.extension.as_bytes());
    content.extend(&done.file.bytes);
    [blake3::hash(&content).as_bytes(), &content[..]].concat()
}

fn decode(entry: &[u8]) -> Option<Done> {
    let (hash, content) = entry.split_first_chunk::<32>()?;
    if blake3::hash(content).as_bytes() != hash {
        return None;
    }
    let (width, content) = content.split_first_chunk::<4>()?;
    let (height, content) = content.split_first_chunk::<4>()?;
    let (weight, content) = content.split_first_chunk::<8>()?;
    let (extension, bytes) = content.split_first_chunk::<3>()?;
    let extension = ["jpg", "png", "svg"].into_iter().find(|known| known.as_bytes() == extension)?;
    let file = Encoded { bytes: bytes.to_vec(), extension, weight: u64::from_le_bytes(*weight) };
    Some(Done { file, width: u32::from_le_bytes(*width), height: u32::from_le_bytes(*height) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(bytes: &[u8]) -> Done {
        Done { file: Encoded { bytes: bytes.to_vec(), extension: "png", weight: 7 }, width: 3, height: 2 }
    }

    fn key(score: u8) -> Key {
        key_of(score, Part { left: 0, top: 0, width: 3, height: 2 })
    }

    fn key_of(score: u8, part: Part) -> Key {
        let plan = Plan { part, width: 3, height: 2, encoding: Encoding::ByContent { score: score.into() } };
        Key::new(&Content::of(b"photo"), &plan)
    }

    #[test]
    fn what_was_put_comes_back() {
        let place = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(place.path().join("photos"), 1000);
        assert_eq!(cache.get(&key(80)), None);
        cache.put(&key(80), &done(b"content"));
        assert_eq!(cache.get(&key(80)), Some(done(b"content")));
        assert_eq!(cache.get(&key(81)), None, "another plan");
        assert_eq!(cache.get(&key_of(80, Part { left: 1, top: 0, width: 3, height: 2 })), None, "another part");
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let entry = encode(&done(b"content"));
        assert_eq!(decode(&entry), Some(done(b"content")));
        for at in 0..entry.len() {
            let mut damaged = entry.clone();
            damaged[at] ^= 1;
            assert_eq!(decode(&damaged), None);
            assert_eq!(decode(&entry[..at]), None);
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test makes files that are not of the cache")]
    fn only_what_is_an_entry_is_ever_removed() {
        let place = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(place.path().to_owned(), 0);
        cache.put(&key(1), &done(b"content"));
        let own = cache.path(&key(1));
        let hash = "0".repeat(62);
        let mut foreign: Vec<_> =
            ["a.jpg", "2026/a.jpg", "ab/a.jpg", ".hidden", &format!("ab/{hash}"), &format!("AB/{hash}")]
                .map(|name| place.path().join(name))
                .into();
        // An entry in every respect, but for its place.
        foreign.push(place.path().join(format!("abc/{hash}")));
        for path in &foreign {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, encode(&done(b"original"))).expect("it is written");
        }
        for name in [format!("ab/{hash}"), format!("AB/{hash}")] {
            std::fs::write(place.path().join(name), b"original").expect("it is written");
        }
        #[cfg(unix)]
        {
            let elsewhere = place.path().join("elsewhere");
            std::fs::create_dir_all(&elsewhere).expect("it is made");
            std::fs::write(elsewhere.join(&hash), encode(&done(b"original"))).expect("it is written");
            std::os::unix::fs::symlink(&elsewhere, place.path().join("cd")).expect("a link");
            foreign.push(elsewhere.join(&hash));
            std::os::unix::fs::symlink(elsewhere.join(&hash), place.path().join(format!("ab/{}", "1".repeat(62))))
                .expect("a link");
            foreign.push(place.path().join(format!("ab/{}", "1".repeat(62))));
        }
        cache.prune();
        assert!(!own.exists());
        for path in foreign {
            assert!(path.exists(), "{}", path.display());
        }
    }

    #[test]
    fn the_oldest_use_goes_first() {
        let place = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(place.path().to_owned(), 250);
        for quality in 1..=3 {
            cache.put(&key(quality), &done(&[0; 50]));
            let old = std::time::SystemTime::now() - std::time::Duration::from_secs(1000 - u64::from(quality));
            let file = std::fs::File::options().write(true).open(cache.path(&key(quality))).expect("the entry");
            file.set_modified(old).expect("its time");
        }
        cache.get(&key(1));
        cache.prune();
        let kept: Vec<_> = (1..=3).filter(|&quality| cache.get(&key(quality)).is_some()).collect();
        assert_eq!(kept, [1, 3]);
    }
}
