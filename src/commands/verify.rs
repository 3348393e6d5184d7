//! `bantin verify`.

use std::path::Path;

use super::confined::{self, Failure, Stage, option, path_word};
use super::{Status, extract, open};
use crate::archive::{self, Attached};
use crate::cli::Verify;
use crate::compare::{self, Likeness};
use crate::diagnostic::{ArchiveError, Damage, Diagnostic, Finding};
use crate::fs::IssueFolder;
use crate::limits;
use crate::lock::{Difference, FILE, Lock, differences};
use crate::messages;
use crate::pdf::Profile;
use crate::session::{BuildContext, Options, Session};
use crate::terminal::Terminal;

/// What came of it.
struct Report {
    /// Whether the very same bytes came out.
    identical: bool,
    /// Whether the pages say the same.
    reads_the_same: bool,
    differences: Vec<Difference>,
}

/// Anybody may have written the PDF, and the layout in it: all of it is read and built in a process of its own.
pub(super) fn run(args: &Verify, terminal: &Terminal) -> Status {
    let mut words = vec!["verify".into(), path_word(&args.file)];
    words.extend(args.against.as_ref().map(|issue| option("--against", issue)));
    let progress = terminal.progress();
    let child = confined::run(&words, terminal, &*progress);
    progress.end();
    let diagnostic = match child {
        Ok(child) => {
            child.repeat(terminal);
            return child.status();
        }
        Err(Failure::Stopped) => {
            terminal.stopped();
            return Status::Stopped;
        }
        Err(Failure::Broken(diagnostic)) => diagnostic,
        Err(Failure::Reading) => foreign(&args.file, ArchiveError::TooLarge),
    };
    terminal.diagnostics(&args.file, &[diagnostic]);
    Status::Failed
}

/// Verifies for another process of this command, within limits.
pub(super) fn run_confined(args: &Verify, terminal: &Terminal) -> Status {
    let context = BuildContext::default();
    let status = match context.threads.run(|| verify(args, context.clone())) {
        Ok(report) => {
            let words = |difference: &Difference| {
                (messages::difference(difference, terminal.lang), difference.kind(), difference.what())
            };
            let list: Vec<_> = report.differences.iter().map(words).collect();
            terminal.verified(&args.file, report.identical, report.reads_the_same, &list);
            if report.identical { Status::Done } else { Status::Failed }
        }
        Err(diagnostics) => {
            terminal.diagnostics(&args.file, &diagnostics);
            Status::Failed
        }
    };
    confined::end(status)
}

fn foreign(path: &Path, error: ArchiveError) -> Diagnostic {
    Diagnostic::error_elsewhere(Finding::Archive { path: path.display().to_string(), error })
}

fn verify(args: &Verify, context: BuildContext) -> Result<Report, Vec<Diagnostic>> {
    let one = |diagnostic| vec![diagnostic];
    Stage::Reading.begins();
    let pdf = extract::read(&args.file).map_err(one)?;
    let files = {
        let _running = limits::running(pdf.len() as u64);
        extract::files(&args.file, &pdf).map_err(one)?
    };
    let folder = match &args.against {
        Some(issue) => open(issue).map_err(one)?,
        // Nothing of it comes onto a disk.
        None => IssueFolder::in_memory(&args.file, files.clone()),
    };
    Stage::Layout.begins();
    let options = Options { profile: Profile::Archive, ..Options::default() };
    let outcome = Session::open(folder, options, context).build();
    let built = outcome.value.ok_or(outcome.diagnostics)?.pdf;
    if pdf == built {
        return Ok(Report { identical: true, reads_the_same: true, differences: Vec::new() });
    }
    Stage::Reading.begins();
    let _running = limits::running((pdf.len() + built.len()) as u64);
    compared(&pdf, &files, &built).map_err(|error| one(foreign(&args.file, error)))
}

/// What differs between an archive and what was built.
fn compared(pdf: &[u8], files: &Attached, built: &[u8]) -> Result<Report, ArchiveError> {
    let built_files = archive::read(built)?;
    let (then, now) = (lock(files), lock(&built_files));
    let locks = match (&then, &now) {
        (Some(then), Some(now)) => differences(then, now),
        _ => vec![Difference::NoLock],
    };
    let unreadable = |_| ArchiveError::Damaged(Damage::Structure);
    let (file, other) = (compare::read(pdf).map_err(unreadable)?, compare::read(built).map_err(unreadable)?);
    let compared = compare::compare(&file, &other, likeness(&locks));
    // What a lock claims of pages counts for nothing beside the pages themselves.
    let claims = |difference: &Difference| {
        matches!(difference, Difference::Text(_) | Difference::Pages(..) | Difference::Page(..))
    };
    let (claimed, mut all): (Vec<_>, Vec<_>) = locks.into_iter().partition(claims);
    let is_lie = compared.same_text && !claimed.is_empty();
    if !compared.same_text {
        all.extend(claimed);
    }
    let named = |name: &str| {
        all.iter().any(|difference| match difference {
            Difference::Changed(path) | Difference::Missing(path) | Difference::Added(path) => path == name,
            Difference::Layout => name.starts_with("layout/"),
            _ => false,
        })
    };
    let mut found = attachments(files, &built_files);
    let same_files = found.is_empty();
    found.retain(|difference| !named(&difference.what()) && difference.what() != FILE);
    // The lock may lie, or say more than it should.
    if is_lie || all.is_empty() && files.get(FILE) != built_files.get(FILE) {
        found.push(Difference::AttachmentChanged(FILE.to_owned()));
    }
    all.extend(found);
    // The list of attached files differs where they do.
    all.extend(compared.differences.into_iter().filter(|one| same_files || *one != Difference::Document("AF".into())));
    if all.is_empty() {
        all.push(Difference::Rewritten);
    }
    Ok(Report { identical: false, reads_the_same: compared.reads_the_same, differences: all })
}

fn lock(files: &Attached) -> Option<Lock> {
    Lock::read(std::str::from_utf8(files.get(FILE)?).ok()?)
}

/// What pages can be expected to have in common with those that are built today.
fn likeness(locks: &[Difference]) -> Likeness {
    let is_version =
        |found: &Difference| matches!(found, Difference::NoLock | Difference::Tool(_) | Difference::Font(_));
    let is_source = |found: &Difference| {
        matches!(found, Difference::Changed(_) | Difference::Missing(_) | Difference::Added(_) | Difference::Layout)
    };
    match locks {
        _ if locks.iter().any(is_version) => Likeness::OtherVersions,
        _ if locks.iter().any(is_source) => Likeness::OtherSources,
        _ => Likeness::Everything,
    }
}

/// What differs in the attached files.
fn attachments(files: &Attached, built: &Attached) -> Vec<Difference> {
    let changed = files.iter().filter_map(|(name, bytes)| match built.get(name) {
        None => Some(Difference::AttachmentAdded(name.clone())),
        Some(other) => (other != bytes).then(|| Difference::AttachmentChanged(name.clone())),
    });
    let missing = built.keys().filter(|name| !files.contains_key(*name));
    changed.chain(missing.map(|name| Difference::AttachmentMissing(name.clone()))).collect()
}
