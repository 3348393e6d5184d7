//! `bantin build`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Status, in_pool, open, photo_cache};
use crate::cli::Build;
use crate::diagnostic::{Diagnostic, FileFault, Problem};
use crate::fs;
use crate::pipeline::{self, Aids, Bulletin, Options};
use crate::progress::Progress as _;
use crate::terminal::{Built, Terminal};

/// How many compilations typst's caches outlive; more only takes memory where issues differ.
const CACHE_AGE: usize = 1;

pub fn run(args: &Build, terminal: &Terminal) -> Status {
    in_pool(args.jobs, || build_all(args, terminal))
}

fn build_all(args: &Build, terminal: &Terminal) -> Status {
    if let Some(folder) = args.output.as_deref().filter(|_| args.issues.len() > 1)
        && let Err(fault) = fs::make_folder(folder)
    {
        let problem = Problem::OutputFailed { path: folder.display().to_string(), fault };
        terminal.diagnostics(folder, &[Diagnostic::error_elsewhere(problem)]);
        return Status::Failed;
    }
    let (watch, cache) = (terminal.watch(), photo_cache(!args.no_cache));
    let run = Run {
        args,
        options: Options { profile: args.profile, layout: args.layout.clone(), max_size: args.max_size },
        aids: Aids { cache: cache.as_ref(), progress: &watch },
        terminal,
    };
    let mut outputs = HashSet::new();
    let mut status = Status::Done;
    for (number, issue) in args.issues.iter().enumerate() {
        if number > 0 {
            pipeline::forget(CACHE_AGE);
        }
        if run.build_one(issue, &mut outputs) == Status::Failed {
            status = Status::Failed;
        }
        if watch.is_stopped() {
            terminal.stopped();
            return Status::Stopped;
        }
    }
    status
}

/// What every issue of a run is built with.
struct Run<'a> {
    args: &'a Build,
    options: Options,
    aids: Aids<'a>,
    terminal: &'a Terminal,
}

impl Run<'_> {
    fn build_one(&self, issue: &Path, outputs: &mut HashSet<PathBuf>) -> Status {
        let fail = |diagnostics: &[Diagnostic]| {
            self.terminal.diagnostics(issue, diagnostics);
            Status::Failed
        };
        let folder = match open(issue) {
            Ok(folder) => folder,
            Err(diagnostic) => return fail(&[diagnostic]),
        };
        let output = output_path(self.args, &folder.name());
        let unwritable =
            |fault| Diagnostic::error_elsewhere(Problem::OutputFailed { path: output.display().to_string(), fault });
        if !outputs.insert(output.clone()) {
            return fail(&[unwritable(FileFault::Clash)]);
        }
        if folder.holds(&output) && output.extension().is_none_or(|extension| extension != "pdf") {
            return fail(&[unwritable(FileFault::IsInput)]);
        }
        let outcome = pipeline::build(&folder, &self.options, self.aids);
        let mut diagnostics = outcome.diagnostics;
        let unstopped = outcome.value.filter(|_| !self.aids.progress.is_stopped());
        let written = unstopped.and_then(|bulletin| match fs::write_whole(&output, &bulletin.pdf) {
            Ok(()) => Some(bulletin),
            Err(fault) => {
                diagnostics.push(unwritable(fault));
                None
            }
        });
        self.terminal.diagnostics(folder.shown(), &diagnostics);
        let Some(bulletin) = written else { return Status::Failed };
        // A pipe gets the PDF and nothing behind it.
        if fs::is_file(&output) {
            self.report(&output, &bulletin);
        }
        Status::Done
    }

    fn report(&self, output: &Path, bulletin: &Bulletin) {
        let sha256: String = Sha256::digest(&bulletin.pdf).iter().map(|byte| format!("{byte:02x}")).collect();
        self.terminal.built(&Built {
            output,
            pages: bulletin.pages,
            bytes: bulletin.pdf.len() as u64,
            sha256: &sha256,
            photos: bulletin.lowered.map(|lowered| (lowered.level.ppi, lowered.level.quality)),
        });
    }
}

/// Where the PDF of an issue goes.
fn output_path(args: &Build, name: &str) -> PathBuf {
    let file = format!("{name}.pdf");
    match &args.output {
        None => PathBuf::from(file),
        Some(path) if args.issues.len() > 1 || fs::is_folder(path) || names_a_folder(path) => path.join(file),
        Some(path) => path.clone(),
    }
}

/// Whether a path ends in a separator, and so can only be meant as a folder.
fn names_a_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}
