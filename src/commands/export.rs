//! `bantin export`.

use std::path::Path;

use super::confined::{self, Failure, option, path_word};
use super::{Status, build_context, open_or_tell, unwritable};
use crate::cli::Export;
use crate::diagnostic::{Diagnostic, FileError};
use crate::fs::{self, Identity, IssueFolder};
use crate::messages;
use crate::session::{self, Options, Session};
use crate::terminal::Terminal;
use crate::workspace::Files;

/// Lays the issue out for another process of this command, within limits, and sends it the files.
pub(super) fn run_confined(args: &Export, terminal: &Terminal) -> Status {
    let Some(folder) = open_or_tell(&args.issue, terminal) else { return confined::end(Status::Failed) };
    let context = build_context(terminal, !args.no_cache, None);
    let outcome = Session::open(folder, options(args), context.clone()).project();
    if context.progress.is_stopped() {
        return confined::end(Status::Stopped);
    }
    terminal.diagnostics(&args.issue, &outcome.diagnostics);
    let Some(files) = outcome.value else { return confined::end(Status::Failed) };
    files.iter().for_each(|(name, bytes)| confined::send_file(name, bytes));
    confined::end(Status::Done)
}

/// Exports an issue that brings its layout along: in a process of its own, for anybody may have written that.
fn export_confined(folder: &IssueFolder, args: &Export, terminal: &Terminal) -> Status {
    let mut words = vec!["export".into(), path_word(&args.issue), option("--output", &args.output)];
    words.push(option("--profile", args.profile.name()));
    words.extend(args.layout.as_ref().map(|layout| option("--layout", layout)));
    words.extend(args.no_cache.then(|| "--no-cache".into()));
    let progress = terminal.progress();
    let child = confined::run(&words, terminal, &*progress);
    progress.end();
    let failed = |diagnostics: &[Diagnostic]| {
        terminal.diagnostics(&args.issue, diagnostics);
        Status::Failed
    };
    let child = match child {
        Ok(child) => child,
        Err(Failure::Stopped) => {
            terminal.stopped();
            return Status::Stopped;
        }
        Err(Failure::Broken(diagnostic)) => return failed(&[diagnostic]),
        Err(Failure::Reading) => return failed(&[]),
    };
    child.repeat(terminal);
    if child.status() != Status::Done {
        return Status::Failed;
    }
    let files: Files = child.files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    match write(folder, &args.output, &files) {
        Ok(()) => done(args, terminal),
        Err(diagnostic) => failed(&[diagnostic]),
    }
}

fn options(args: &Export) -> Options {
    Options { profile: args.profile, layout: args.layout.clone(), max_size: None }
}

fn done(args: &Export, terminal: &Terminal) -> Status {
    let output = args.output.display().to_string();
    terminal.done(&output, &messages::exported(&output, terminal.lang));
    Status::Done
}

pub(super) fn run(args: &Export, terminal: &Terminal) -> Status {
    let Some(folder) = open_or_tell(&args.issue, terminal) else { return Status::Failed };
    if let Err(diagnostic) = refuse_inputs(&folder, &args.output) {
        terminal.diagnostics(&args.issue, &[diagnostic]);
        return Status::Failed;
    }
    if folder.carries_layout() {
        return export_confined(&folder, args, terminal);
    }
    let context = build_context(terminal, !args.no_cache, None);
    let outcome = Session::open(folder.clone(), options(args), context.clone()).project();
    if context.progress.is_stopped() {
        terminal.stopped();
        return Status::Stopped;
    }
    terminal.progress().end();
    let mut diagnostics = outcome.diagnostics;
    let written = outcome.value.and_then(|files| {
        let result = write(&folder, &args.output, &files);
        result.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
    });
    terminal.diagnostics(&args.issue, &diagnostics);
    if written.is_none() {
        return Status::Failed;
    }
    done(args, terminal)
}

/// Refuses an output that is an issue folder, or has this one in it: a project is written over an earlier one, and what
/// looks like that may be the issue's own.
fn refuse_inputs(folder: &IssueFolder, output: &Path) -> Result<(), Diagnostic> {
    let is_issue = fs::is_file(&output.join(fs::MANIFEST));
    let real = fs::real_path(output).zip(fs::real_path(folder.shown()));
    let holds_issue = real.is_some_and(|(output, issue)| issue.starts_with(&output));
    if is_issue || holds_issue { Err(unwritable(output, FileError::IsInput)) } else { Ok(()) }
}

/// Writes the project. Only a folder that is empty or holds an earlier export is written into.
fn write(issue: &IssueFolder, folder: &Path, files: &Files) -> Result<(), Diagnostic> {
    let is_export = fs::is_file(&folder.join("main.typ")) && fs::is_file(&folder.join("issue.json"));
    if fs::has_entries(folder) && !is_export {
        return Err(unwritable(folder, FileError::Exists));
    }
    // What an earlier export has left behind, such as the fonts of another layout, must not be found by typst.
    let mut stale = fs::files_below(folder);
    stale.retain(|name| {
        let is_part = ["layouts/", "fonts/", "photos/", "source/"].iter().any(|part| name.starts_with(part));
        is_part && !files.contains_key(name)
    });
    // The issue may use what lies there, or an earlier export have links in it.
    let inputs = session::input_identities(issue);
    let mut paths = files.keys().chain(&stale).map(|name| folder.join(name));
    if let Some(path) = paths.find(|path| Identity::of(path).is_some_and(|identity| inputs.contains(&identity))) {
        return Err(unwritable(&path, FileError::IsInput));
    }
    for path in stale.iter().map(|name| folder.join(name)) {
        fs::remove(&path).map_err(|error| unwritable(&path, error))?;
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write_with_folders(&path, bytes).map_err(|error| unwritable(&path, error))?;
    }
    Ok(())
}
