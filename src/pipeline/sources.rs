//! The files of an issue as a whole, and the layout with them: what goes into an archive, what a PDF depends on, what must
//! not be written over. All three come from one list.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Options;
use crate::archive::{self, names};
use crate::diagnostic::{
    ArchiveFault, Diagnostic, Found, LeftOut, NameFault, PhotoFault, Problem, Severity, has_errors,
};
use crate::fs::{Hidden, Identity, IssueFolder, MANIFEST, ReadFault};
use crate::issue::PhotoFile;
use crate::layout::{self, Attachment, Layout};
use crate::lock::{self, Lock};
use crate::photo::{self, Content, Inspected};
use crate::reading::{self, Reading};
use crate::workspace::Workspace;

/// The folder of an issue's own layout.
pub const LAYOUT: &str = "layout/";

/// What a PDF depends on, in one hash: the texts and photos that the issue calls for, for an archive every file that goes
/// into it, the layout, the fonts, the options and the versions of bantin and typst. `None` where it cannot be told, for
/// something is missing.
pub fn fingerprint(folder: &IssueFolder, options: &Options) -> Option<String> {
    let Reading { texts, photos, layout: asked, .. } = reading::read(folder).value;
    let name = options.layout.clone().or_else(|| pinned_layout(folder)).or(asked.map(|text| text.value));
    let workspace = Workspace::of(folder);
    let layout = layout::find(&workspace, Some(folder), name.as_deref().unwrap_or(layout::DEFAULT), None).ok()?;

    let mut files: BTreeSet<_> = photos.into_iter().map(|photo| photo.path).collect();
    if options.profile.attaches_sources() {
        let called = files.iter().chain(texts.iter().map(|(name, _)| name)).cloned().collect();
        let own = layout.as_own().into_iter().map(|(name, _)| name).collect();
        let listed = listed(folder, &called, &own);
        if has_errors(&listed.diagnostics) {
            return None;
        }
        files.extend(listed.value);
    }
    let hash = |name: &str, bytes: &[u8]| (format!("issue/{name}"), lock::sha256(bytes));
    let mut hashes: BTreeMap<_, _> = texts.iter().map(|(name, bytes)| hash(name, bytes)).collect();
    // One file at a time: an issue may have photos of more than fits into memory.
    for name in files.into_iter().filter(|name| texts.iter().all(|(text, _)| text != name)) {
        hashes.extend([hash(&name, &folder.read(&name, photo::MAX_BYTES).ok()?)]);
    }
    hashes.extend(layout.files.iter().map(|(path, bytes)| (path.clone(), lock::sha256(bytes))));
    hashes.extend(layout.fonts.files().iter().map(|(path, bytes)| (format!("fonts/{path}"), lock::sha256(bytes))));
    let versions =
        format!("bantin {} typst {} {options:?} {}", env!("CARGO_PKG_VERSION"), layout::TYPST, folder.name());
    hashes.insert("versions".into(), versions);
    Some(lock::sha256_of_files(hashes.iter().map(|(name, hash)| (name.as_str(), hash.as_bytes()))))
}

/// The files that every build of an issue reads, by whatever name: no output may take the place of one.
pub fn inputs(folder: &IssueFolder) -> HashSet<Identity> {
    let Reading { texts, photos, .. } = reading::read(folder).value;
    let called = texts.into_iter().map(|(name, _)| name).chain(photos.into_iter().map(|photo| photo.path));
    let own = folder.listing(LAYOUT.trim_end_matches('/'), Hidden::Listed).files;
    let names = called.chain(own).chain([MANIFEST, lock::FILE].map(str::to_owned));
    let workspace = Workspace::of(folder).paths();
    let workspace = workspace.iter().filter_map(|path| Identity::of(path));
    names.filter_map(|name| folder.identity(&name)).chain(workspace).collect()
}

/// The files of an issue that go into an archive beside its layout: what the issue calls for, wherever it is, and every
/// other file of the folder; with a finding for every file that does not, and for every name that an archive could not
/// give back. `layout` names the files of the layout as the issue's own.
fn listed(folder: &IssueFolder, called: &BTreeSet<String>, layout: &BTreeSet<String>) -> Found<Vec<String>> {
    let listing = folder.listing("", Hidden::LeftOut);
    let mut left_out = Vec::new();
    let mut files = Vec::new();
    for name in listing.files {
        // The lock of an archive that was taken out of its PDF is made anew.
        if name == lock::FILE {
            continue;
        }
        // PDFs are left out, for they are what issues become.
        if name.to_lowercase().ends_with(".pdf") && !called.contains(&name) && !layout.contains(&name) {
            left_out.push((name, LeftOut::Pdf));
        } else {
            files.push(name);
        }
    }
    for (name, reason) in listing.left_out {
        let below = format!("{name}/");
        let is_in = |names: &BTreeSet<String>| names.iter().any(|other| other.starts_with(&below));
        if called.contains(&name) || layout.contains(&name) {
            continue;
        }
        match reason {
            // The rest of a hidden folder of which something is used.
            LeftOut::Hidden if is_in(called) || is_in(layout) => {
                let rest = folder.listing(&name, Hidden::Listed);
                let rest = rest.files.into_iter().chain(rest.not_unicode).map(|name| (name, LeftOut::Hidden));
                left_out.extend(rest.filter(|(name, _)| !called.contains(name) && !layout.contains(name)));
            }
            LeftOut::Link if is_in(called) => {}
            _ => left_out.push((name, reason)),
        }
    }
    let mut diagnostics: Vec<_> =
        listing.not_unicode.into_iter().map(|name| fault(name, NameFault::NotUnicode)).collect();
    diagnostics.extend(left_out.into_iter().map(|(path, reason)| {
        let severity = if reason == LeftOut::Hidden { Severity::Info } else { Severity::Warning };
        let problem = Problem::ArchiveLeftOut { path: path.clone(), reason };
        Diagnostic { severity, ..Diagnostic::warning_in_file(problem, path) }
    }));

    // What is called for and not listed, as a link or in a hidden folder; or as the file system does not spell it.
    let known: HashSet<_> = files.iter().cloned().collect();
    for name in called.iter().filter(|name| !known.contains(*name)) {
        let identity = folder.identity(name);
        files.retain(|other| {
            called.contains(other) || !other.eq_ignore_ascii_case(name) || folder.identity(other) != identity
        });
        files.push(name.clone());
    }
    let all = || files.iter().chain(layout.iter().filter(|name| !known.contains(*name))).map(String::as_str);
    diagnostics.extend(all().filter_map(|name| Some(fault(name.to_owned(), names::fault(name)?))));
    let mut sorted: Vec<_> = all().chain([lock::FILE]).collect();
    if sorted.len() > names::MAX_FILES {
        diagnostics.push(Diagnostic::error_elsewhere(Problem::ArchiveTooMany { limit: names::MAX_FILES }));
    }
    sorted.sort_unstable();
    diagnostics.extend(names::clashes(sorted).into_iter().map(|(name, clash)| fault(name, clash)));
    files.sort_unstable();
    files.dedup();
    Found { value: files, diagnostics }
}

/// A name that an archive could not give back.
fn fault(path: String, fault: NameFault) -> Diagnostic {
    Diagnostic::error_in_file(Problem::ArchiveName { path: path.clone(), fault }, path)
}

/// The name of the layout that an issue taken out of an archive carries, which may be another than its manifest names.
pub fn pinned_layout(folder: &IssueFolder) -> Option<String> {
    const MAX_LOCK: u64 = 10_000_000;
    let lock = folder.read(lock::FILE, MAX_LOCK).ok()?;
    let carries_layout = folder.read(&format!("{LAYOUT}layout.typ"), photo::MAX_BYTES).is_ok();
    let lock = Lock::read(std::str::from_utf8(&lock).ok()?)?;
    carries_layout.then_some(lock.layout.name)
}

/// Every file of the issue, to go into an archive: those that were read as they were read, and the others; and the
/// layout, as if the issue carried it, for then it is set by it ever after.
pub fn attach(
    folder: &IssueFolder,
    texts: &[(String, Vec<u8>)],
    photos: &[PhotoFile],
    inspected: &[Option<Inspected>],
    layout: &Layout,
) -> Found<Vec<Attachment>> {
    let own = layout.as_own();
    let called = texts.iter().map(|(name, _)| name).chain(photos.iter().map(|photo| &photo.path)).cloned().collect();
    let Found { value: names, mut diagnostics } =
        listed(folder, &called, &own.iter().map(|(name, _)| name.clone()).collect());
    if has_errors(&diagnostics) {
        return Found { value: Vec::new(), diagnostics };
    }
    let mut files: BTreeMap<_, _> = texts.iter().cloned().collect();
    files.extend(own.into_iter().map(|(name, bytes)| (name, bytes.to_vec())));
    let photos: BTreeMap<_, _> = photos.iter().map(|photo| &photo.path).zip(inspected).collect();
    let mut total: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
    for name in names {
        if files.contains_key(&name) {
            continue;
        }
        let expected = photos.get(&name).and_then(|inspected| inspected.as_ref());
        match folder.read(&name, photo::MAX_BYTES) {
            // What is attached is what was printed.
            Ok(bytes) if expected.is_some_and(|photo| photo.content != Content::of(&bytes)) => {
                let problem = Problem::PhotoUnreadable { path: name.clone(), fault: PhotoFault::Changed };
                diagnostics.push(Diagnostic::error_in_file(problem, name));
            }
            Ok(bytes) => {
                total += bytes.len() as u64;
                files.insert(name, bytes);
            }
            Err(ReadFault::File(fault)) => {
                diagnostics.push(Diagnostic::error_in_file(Problem::Unreadable { path: name.clone(), fault }, name));
            }
            // Gone since the folder was listed: no file of this issue.
            Err(ReadFault::NotFound | ReadFault::Outside) => {}
        }
        if total > archive::MAX_TOTAL {
            diagnostics.push(Diagnostic::error_elsewhere(Problem::ArchiveTooLarge));
            break;
        }
    }
    let value = files.into_iter().map(|(name, bytes)| Attachment { mime: mime(&name), name, bytes }).collect();
    Found { value, diagnostics }
}

/// What keeps a finished archive from giving back what was attached to it, if anything.
pub fn check_archive(pdf: &[u8], attachments: &[Attachment], lock: Option<&Lock>) -> Option<Diagnostic> {
    let lock = lock.map(Lock::to_toml);
    let files = attachments.iter().map(|file| (file.name.as_str(), &file.bytes[..]));
    let files = files.chain(lock.as_ref().map(|lock| (lock::FILE, lock.as_bytes())));
    let problem = match archive::gives_back(pdf, files) {
        Ok(true) => return None,
        Err(ArchiveFault::TooLarge) => Problem::ArchiveTooLarge,
        Ok(false) | Err(_) => Problem::ArchiveNotWhole,
    };
    Some(Diagnostic::error_elsewhere(problem))
}

/// The media type of a file of an issue, by its name: for photos a PDF reader goes by the content anyway.
pub fn mime(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("toml") => "application/toml",
        Some("md") => "text/markdown",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        Some("tif" | "tiff") => "image/tiff",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
