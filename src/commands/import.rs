//! `bantin import`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use super::{Status, open, unwritable, write_new_folder};
use crate::cli;
use crate::diagnostic::{Diagnostic, Finding, ImportError, has_errors};
use crate::fs::{self, IssueFolder, MANIFEST, Written};
use crate::import::{self, Existing, Import, Report, SourceFile, Wishes};
use crate::messages;
use crate::progress::Progress;
use crate::reading;
use crate::session::{BuildContext, Options, Session};
use crate::terminal::Terminal;
use crate::toml_reader::Date;

/// Largest source that is read, in bytes.
const MAX_SOURCE: u64 = 500_000_000;

/// Largest picture beside a Markdown file, in bytes.
const MAX_PICTURE: u64 = 200_000_000;

/// How often the new files are mended at most: one mistake may hide another, and of many signs in one file not all are
/// told at once.
const REPAIRS: usize = 100;

/// What stands in the way of an import, and the file that it is about.
type Failure = (PathBuf, Vec<Diagnostic>);

pub(super) fn run(args: &cli::Import, terminal: &Terminal) -> Status {
    let target = args.into.as_ref().or(args.output.as_ref()).cloned().unwrap_or_default();
    let progress = terminal.progress();
    let note = messages::import_note(terminal.lang);
    let done = match &args.into {
        Some(issue) => add_to(args, issue, note, &*progress),
        None => make(args, &target, note, &*progress),
    };
    match done {
        Ok((Written::Whole, report)) => {
            terminal.imported(&target, &report);
            Status::Done
        }
        Ok((Written::Stopped, _)) => {
            terminal.stopped();
            Status::Stopped
        }
        Err((path, diagnostics)) => {
            terminal.diagnostics(&path, &diagnostics);
            Status::Failed
        }
    }
}

/// Makes a new issue.
fn make(
    args: &cli::Import,
    target: &Path,
    note: &'static str,
    progress: &dyn Progress,
) -> Result<(Written, Report), Failure> {
    let import = read(args, None, args.layout.as_deref(), note)?;
    let mut files = import.files();
    files.insert(0, (MANIFEST.to_owned(), import.manifest().as_bytes().to_vec()));
    let files = files.iter().map(|(name, bytes)| (name, bytes));
    let written = write_new_folder(target, &["photos"], files, progress);
    Ok((written.map_err(|error| (target.to_owned(), vec![error]))?, import.report()))
}

/// Adds articles to an issue.
fn add_to(
    args: &cli::Import,
    issue: &Path,
    note: &'static str,
    progress: &dyn Progress,
) -> Result<(Written, Report), Failure> {
    let failed = |diagnostics: Vec<Diagnostic>| (issue.to_owned(), diagnostics);
    let folder = open(issue).map_err(|error| failed(vec![error]))?;
    let read_issue = reading::read(&folder);
    // An issue with errors is one that somebody is still writing; without a manifest it is none.
    let manifest_errors = read_issue.diagnostics.iter().filter(|found| is_of_manifest(found)).cloned();
    let manifest_errors: Vec<_> = manifest_errors.collect();
    let Some(existing) = read_issue.value.issue.filter(|_| !has_errors(&manifest_errors)) else {
        return Err(failed(read_issue.diagnostics));
    };
    let layout = existing.manifest.layout.as_ref().map(|layout| layout.value.clone());
    let existing = Existing { manifest: existing.manifest, files: folder.files() };
    let import = read(args, Some(&existing), layout.as_deref(), note)?;
    if progress.is_stopped() {
        return Ok((Written::Stopped, import.report()));
    }
    let add = || {
        let added = folder.add(&import.files())?;
        folder.replace(MANIFEST, import.manifest().as_bytes()).inspect_err(|_| added.undo())
    };
    add().map_err(|error| failed(vec![unwritable(issue, error)]))?;
    Ok((Written::Whole, import.report()))
}

fn is_of_manifest(diagnostic: &Diagnostic) -> bool {
    use crate::diagnostic::Location;
    match &diagnostic.location {
        Location::Place(place) => place.source.name() == MANIFEST,
        Location::File(file) => file == MANIFEST,
        Location::Elsewhere => true,
    }
}

/// Reads the sources and makes files of them that can be built.
fn read(
    args: &cli::Import,
    existing: Option<&Existing>,
    layout: Option<&str>,
    note: &'static str,
) -> Result<Import, Failure> {
    let openers: Vec<_> = args.sources.iter().map(|path| opener(path)).collect();
    let mut sources = Vec::new();
    for (path, beside) in args.sources.iter().zip(&openers) {
        let bytes = fs::read_limited(path, MAX_SOURCE).map_err(|error| {
            let finding = Finding::Unreadable { path: path.display().to_string(), error };
            (PathBuf::new(), vec![Diagnostic::error_elsewhere(finding)])
        })?;
        sources.push(SourceFile { path: path.clone(), bytes, beside });
    }
    let today = OffsetDateTime::now_utc().date();
    let today = Date { year: u16::try_from(today.year()).unwrap_or(u16::MAX), month: today.month().into(), day: None };
    let wishes = Wishes { date: args.date, number: args.number.clone(), layout: args.layout.clone(), note };
    let mut import = import::import(&sources, &wishes, existing, today).map_err(|(index, error)| {
        let path = index.and_then(|index| args.sources.get(index)).or(args.sources.first());
        (PathBuf::new(), vec![failed(path.map(PathBuf::as_path), error)])
    })?;
    for _ in 0..REPAIRS {
        let found = trial(&import, layout);
        if !has_errors(&found) {
            break;
        }
        if !import.repair(&found) {
            return Err((PathBuf::new(), found));
        }
    }
    Ok(import)
}

fn failed(path: Option<&Path>, error: ImportError) -> Diagnostic {
    let path = path.map(|path| path.display().to_string()).unwrap_or_default();
    Diagnostic::error_elsewhere(Finding::ImportFailed { path, error })
}

/// Opens files beside a source, and nothing outside its folder.
fn opener(source: &Path) -> impl Fn(&str) -> Option<Vec<u8>> + use<> {
    let folder = source.parent().map(Path::to_owned).filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| PathBuf::from("."));
    move |path: &str| IssueFolder::without_manifest(&folder).ok()?.read(path, MAX_PICTURE).ok()
}

/// What is wrong with the new files, as an issue of their own in memory.
fn trial(import: &Import, layout: Option<&str>) -> Vec<Diagnostic> {
    let mut files: BTreeMap<String, Vec<u8>> = import.files().into_iter().collect();
    let articles: Vec<_> = import.articles().map(|path| format!("{path:?}")).collect();
    let articles = format!("date = 2026-01-01\narticles = [{}]\n", articles.join(", "));
    let is_new = !import.is_added();
    // Layouts of a workspace are not in memory: then the fonts of the usual layout are those that matter.
    let layout = layout.filter(|name| crate::assets::layout_folders().iter().any(|known| known == name));
    let layout = layout.map(|name| format!("layout = {name:?}\n")).unwrap_or_default();
    let manifest =
        if is_new { import.manifest().to_owned() } else { format!("{articles}{layout}[masthead]\ntitle = \"a\"\n") };
    files.insert(MANIFEST.to_owned(), manifest.into_bytes());
    let folder = IssueFolder::in_memory(Path::new("import"), files);
    Session::open(folder, Options::default(), BuildContext::default()).check()
}
