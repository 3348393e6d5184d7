//! `bantin export`.

use std::path::Path;

use super::confined::{self, Failure, option, path_word};
use super::{Status, in_pool, open, photo_cache, unwritable};
use crate::cli::Export;
use crate::diagnostic::{Diagnostic, FileFault};
use crate::fs;
use crate::messages;
use crate::pipeline::{self, Aids, Options};
use crate::progress::Progress as _;
use crate::terminal::Terminal;
use crate::workspace::{self, Files};

pub fn run(args: &Export, terminal: &Terminal) -> Status {
    in_pool(None, || export(args, terminal))
}

/// Lays the issue out for another process of this command, within limits, and hands it the files.
pub fn run_confined(args: &Export, terminal: &Terminal) -> Status {
    let folder = match open(&args.issue) {
        Ok(folder) => folder,
        Err(diagnostic) => {
            terminal.diagnostics(&args.issue, &[diagnostic]);
            return confined::end(Status::Failed);
        }
    };
    let options = Options { profile: args.profile, layout: args.layout.clone(), max_size: None };
    let (watch, cache) = (terminal.watch(), photo_cache(!args.no_cache));
    let aids = Aids { cache: cache.as_ref(), progress: &watch };
    let outcome = in_pool(None, || pipeline::project(&folder, &options, aids));
    if watch.is_stopped() {
        return confined::end(Status::Stopped);
    }
    terminal.diagnostics(&args.issue, &outcome.diagnostics);
    let Some(files) = outcome.value else { return confined::end(Status::Failed) };
    files.iter().for_each(|(name, bytes)| confined::give(name, bytes));
    confined::end(Status::Done)
}

/// Exports an issue that brings its layout along: in a process of its own, for anybody may have written that.
fn export_confined(args: &Export, terminal: &Terminal) -> Status {
    let mut words = vec!["export".into(), path_word(&args.issue), option("--output", &args.output)];
    words.push(option("--profile", args.profile.name()));
    words.extend(args.layout.as_ref().map(|layout| option("--layout", layout)));
    words.extend(args.no_cache.then(|| "--no-cache".into()));
    let watch = terminal.watch();
    let answer = confined::run(&words, terminal, &watch);
    drop(watch);
    let failed = |diagnostics: &[Diagnostic]| {
        terminal.diagnostics(&args.issue, diagnostics);
        Status::Failed
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(Failure::Stopped) => {
            terminal.stopped();
            return Status::Stopped;
        }
        Err(Failure::Broken(diagnostic)) => return failed(&[diagnostic]),
        Err(Failure::Reading) => return failed(&[]),
    };
    answer.repeat(terminal);
    if answer.status() != Status::Done {
        return Status::Failed;
    }
    let files: Files = answer.files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    match write(&args.output, &files) {
        Ok(()) => done(args, terminal),
        Err(diagnostic) => failed(&[diagnostic]),
    }
}

fn done(args: &Export, terminal: &Terminal) -> Status {
    let output = args.output.display().to_string();
    terminal.done(&output, &messages::exported(&output, terminal.lang));
    Status::Done
}

fn export(args: &Export, terminal: &Terminal) -> Status {
    let folder = match open(&args.issue) {
        Ok(folder) => folder,
        Err(diagnostic) => {
            terminal.diagnostics(&args.issue, &[diagnostic]);
            return Status::Failed;
        }
    };
    if workspace::carries_layout(&folder) {
        return export_confined(args, terminal);
    }
    let options = Options { profile: args.profile, layout: args.layout.clone(), max_size: None };
    let (watch, cache) = (terminal.watch(), photo_cache(!args.no_cache));
    let outcome = pipeline::project(&folder, &options, Aids { cache: cache.as_ref(), progress: &watch });
    if watch.is_stopped() {
        terminal.stopped();
        return Status::Stopped;
    }
    drop(watch);
    let mut diagnostics = outcome.diagnostics;
    let written = outcome.value.and_then(|files| {
        let result = write(&args.output, &files);
        result.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
    });
    terminal.diagnostics(&args.issue, &diagnostics);
    if written.is_none() {
        return Status::Failed;
    }
    done(args, terminal)
}

/// Writes the project. Only a folder that is empty or holds an earlier export is written into.
fn write(folder: &Path, files: &Files) -> Result<(), Diagnostic> {
    let is_export = fs::is_file(&folder.join("main.typ")) && fs::is_file(&folder.join("issue.json"));
    if fs::has_entries(folder) && !is_export {
        return Err(unwritable(folder, FileFault::Exists));
    }
    // What an earlier export has left behind, such as the fonts of another layout, must not be found by typst.
    for stale in fs::files_below(folder).into_iter().filter(|name| is_export && !files.contains_key(name)) {
        if ["layouts/", "fonts/", "photos/", "source/"].iter().any(|part| stale.starts_with(part)) {
            let path = folder.join(stale);
            fs::remove(&path).map_err(|fault| unwritable(&path, fault))?;
        }
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write_with_folders(&path, bytes).map_err(|fault| unwritable(&path, fault))?;
    }
    Ok(())
}
