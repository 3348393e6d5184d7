//! The files of an issue as a whole, and the layout with them: what goes into an archive, what a PDF depends on, what must
//! not be written over. All three come from one list.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::context::Options;
use super::inputs::Inputs;
use crate::archive::{self, names};
use crate::diagnostic::{
    ArchiveError, Diagnostic, Finding, LeftOut, NameError, PhotoError, Severity, WithDiagnostics, has_errors,
};
use crate::fs::{Hidden, Identity, IssueFolder, MANIFEST, OWN_LAYOUT, ReadError, is_of_own_layout};
use crate::issue::Issue;
use crate::layout::{Attachment, Layout};
use crate::lock::{self, Lock, LockedArticle, LockedFile, LockedLayout};
use crate::photo::{self, Content, Format};
use crate::reading::{self, Reading};
use crate::typeset::{self, LaidOut};
use crate::workspace::Workspace;

/// What a PDF depends on, in one hash: see [`Session::fingerprint`](super::Session::fingerprint).
pub(super) fn fingerprint(folder: &IssueFolder, options: &Options, inputs: &Inputs) -> Option<String> {
    let Inputs { texts, layout, photos, inspected, .. } = inputs;
    let layout = layout.as_ref()?;
    let name = |name: &str| format!("issue/{name}");
    let mut hashes: BTreeMap<_, _> = texts.iter().map(|(path, bytes)| (name(path), lock::sha256(bytes))).collect();
    for (photo, inspected) in photos.iter().zip(inspected) {
        hashes.insert(name(&photo.path), inspected.as_ref()?.content.to_hex());
    }
    if options.profile.attaches_sources() {
        let called = called(inputs);
        let own = layout.as_own().into_iter().map(|(name, _)| name).collect();
        let listed = listed(folder, &called, &own);
        if has_errors(&listed.diagnostics) {
            return None;
        }
        // One file at a time: an issue may have more than fits into memory.
        for path in listed.value.into_iter().filter(|path| !called.contains(path)) {
            hashes.insert(name(&path), lock::sha256(&folder.read(&path, photo::MAX_BYTES).ok()?));
        }
    }
    hashes.extend(layout.files.iter().map(|(path, bytes)| (path.clone(), lock::sha256(bytes))));
    hashes.extend(layout.fonts.files().iter().map(|(path, bytes)| (format!("fonts/{path}"), lock::sha256(bytes))));
    let versions =
        format!("bantin {} typst {} {options:?} {}", env!("CARGO_PKG_VERSION"), typeset::TYPST, folder.name());
    hashes.insert("versions".into(), versions);
    Some(lock::sha256_of_files(hashes.iter().map(|(name, hash)| (name.as_str(), hash.as_bytes()))))
}

/// The texts and photos that an issue calls for.
fn called(inputs: &Inputs) -> BTreeSet<String> {
    let texts = inputs.texts.iter().map(|(name, _)| name);
    texts.chain(inputs.photos.iter().map(|photo| &photo.path)).cloned().collect()
}

/// The files that every build of an issue reads, by whatever name: no output may take the place of one.
pub fn input_identities(folder: &IssueFolder) -> HashSet<Identity> {
    let Reading { texts, photos, .. } = reading::read(folder).value;
    let called = texts.into_iter().map(|(name, _)| name).chain(photos.into_iter().map(|photo| photo.path));
    let own = folder.listing(OWN_LAYOUT, Hidden::Listed).files;
    let names = called.chain(own).chain([MANIFEST, lock::FILE].map(str::to_owned));
    let workspace = Workspace::of(folder).paths();
    let workspace = workspace.iter().filter_map(|path| Identity::of(path));
    names.filter_map(|name| folder.identity(&name)).chain(workspace).collect()
}

/// The files of an issue that go into an archive beside its layout: what the issue calls for, wherever it is, and every
/// other file of the folder; with a finding for every file that does not, and for every name that an archive could not
/// give back. `layout` names the files of the layout as the issue's own.
fn listed(folder: &IssueFolder, called: &BTreeSet<String>, layout: &BTreeSet<String>) -> WithDiagnostics<Vec<String>> {
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
        listing.not_unicode.into_iter().map(|name| name_error(name, NameError::NotUnicode)).collect();
    diagnostics.extend(left_out.into_iter().map(|(path, reason)| {
        let severity = if reason == LeftOut::Hidden { Severity::Info } else { Severity::Warning };
        let finding = Finding::ArchiveLeftOut { path: path.clone(), reason };
        Diagnostic { severity, ..Diagnostic::warning_in_file(finding, path) }
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
    diagnostics.extend(all().filter_map(|name| Some(name_error(name.to_owned(), names::check_name(name)?))));
    let mut sorted: Vec<_> = all().chain([lock::FILE]).collect();
    if sorted.len() > names::MAX_FILES {
        diagnostics.push(Diagnostic::error_elsewhere(Finding::ArchiveTooMany { limit: names::MAX_FILES }));
    }
    sorted.sort_unstable();
    diagnostics.extend(names::clashes(sorted).into_iter().map(|(name, clash)| name_error(name, clash)));
    files.sort_unstable();
    files.dedup();
    WithDiagnostics { value: files, diagnostics }
}

/// A name that an archive could not give back.
fn name_error(path: String, error: NameError) -> Diagnostic {
    Diagnostic::error_in_file(Finding::ArchiveName { path: path.clone(), error }, path)
}

/// Every file of the issue, to go into an archive: those that were read as they were read, and the others; and the
/// layout, as if the issue carried it, for then it is set by it ever after.
pub(super) fn attach(folder: &IssueFolder, inputs: &Inputs, layout: &Layout) -> WithDiagnostics<Vec<Attachment>> {
    let own = layout.as_own();
    let Inputs { texts, photos, inspected, .. } = inputs;
    let WithDiagnostics { value: names, mut diagnostics } =
        listed(folder, &called(inputs), &own.iter().map(|(name, _)| name.clone()).collect());
    if has_errors(&diagnostics) {
        return WithDiagnostics { value: Vec::new(), diagnostics };
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
                let finding = Finding::PhotoUnreadable { path: name.clone(), error: PhotoError::Changed };
                diagnostics.push(Diagnostic::error_in_file(finding, name));
            }
            Ok(bytes) => {
                total += bytes.len() as u64;
                files.insert(name, bytes);
            }
            Err(ReadError::File(error)) => {
                diagnostics.push(Diagnostic::error_in_file(Finding::Unreadable { path: name.clone(), error }, name));
            }
            // Gone since the folder was listed: no file of this issue.
            Err(ReadError::NotFound | ReadError::Outside) => {}
        }
        if total > archive::MAX_TOTAL {
            diagnostics.push(Diagnostic::error_elsewhere(Finding::ArchiveTooLarge));
            break;
        }
    }
    let value = files.into_iter().map(|(name, bytes)| attachment(name, bytes)).collect();
    WithDiagnostics { value, diagnostics }
}

/// A file of an issue as it is attached.
fn attachment(name: String, bytes: Vec<u8>) -> Attachment {
    Attachment { mime: media_type(&name), name, bytes: Arc::new(bytes) }
}

/// What an archive is made of and what its pages say; and that as a file to be attached.
pub(super) fn locked(
    issue: &Issue,
    layout: &Layout,
    attachments: &[Attachment],
    laid_out: &LaidOut,
) -> (Lock, Attachment) {
    let own = layout.as_own();
    let sha256 = lock::sha256_of_files(own.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    let mut lock = Lock::new(typeset::TYPST, LockedLayout { name: layout.name.clone(), sha256 });
    lock.pages = laid_out.pages();
    lock.fonts = layout.fonts.files().iter().map(|(name, bytes)| LockedFile::of(name, bytes)).collect();
    let inputs = attachments.iter().filter(|file| !is_of_own_layout(&file.name));
    lock.inputs = inputs.map(|file| LockedFile::of(&file.name, &file.bytes)).collect();
    let printed = typeset::printed(&laid_out.document, issue.articles().count());
    let articles = issue.articles().zip(printed).map(|(article, printed)| LockedArticle {
        path: article.source.name().to_owned(),
        page: printed.page,
        sha256: lock::sha256(printed.text.as_bytes()),
    });
    lock.articles = articles.collect();
    let file = attachment(lock::FILE.to_owned(), lock.to_toml().into_bytes());
    (lock, file)
}

/// What keeps a finished archive from giving back what was attached to it, if anything.
pub(super) fn check_archive(pdf: &[u8], attachments: &[Attachment]) -> Option<Diagnostic> {
    let files = attachments.iter().map(|file| (file.name.as_str(), &file.bytes[..]));
    let finding = match archive::gives_back(pdf, files) {
        Ok(true) => return None,
        Err(ArchiveError::TooLarge) => Finding::ArchiveTooLarge,
        Ok(false) | Err(_) => Finding::ArchiveNotWhole,
    };
    Some(Diagnostic::error_elsewhere(finding))
}

/// The media type of a file of an issue, by its name: for photos a PDF reader goes by the content anyway.
fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("toml") => "application/toml",
        Some("md") => "text/markdown",
        _ => Format::of_name(name).map_or("application/octet-stream", Format::media_type),
    }
}
