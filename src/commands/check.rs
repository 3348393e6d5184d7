//! `bantin check`.

use std::path::Path;

use super::{Status, guarded, in_pool, open};
use crate::check::{Change, mend};
use crate::cli::{Check, Deny};
use crate::diagnostic::{Diagnostic, FileFault, Problem, Severity, has_errors};
use crate::fs::{IssueFolder, ReadFault};
use crate::pipeline;
use crate::terminal::Terminal;

/// After so many rounds nothing is left that one fix could uncover for another.
const ROUNDS: usize = 8;

pub fn run(args: &Check, terminal: &Terminal) -> Status {
    in_pool(None, || {
        let mut status = Status::Done;
        for issue in &args.issues {
            let checked = guarded(|| check(issue, args, terminal)).unwrap_or_else(|error| {
                terminal.checked(issue, &[error]);
                Status::Failed
            });
            if checked == Status::Failed {
                status = Status::Failed;
            }
        }
        status
    })
}

fn check(issue: &Path, args: &Check, terminal: &Terminal) -> Status {
    let folder = match open(issue) {
        Ok(folder) => folder,
        Err(diagnostic) => {
            terminal.checked(issue, &[diagnostic]);
            return Status::Failed;
        }
    };
    let mut diagnostics = pipeline::check(&folder);
    if args.fix {
        for _ in 0..ROUNDS {
            match fix(&folder, &diagnostics) {
                Ok(changes) if changes.is_empty() => break,
                Ok(changes) => terminal.changed(issue, &changes),
                Err(diagnostic) => {
                    terminal.checked(issue, &[diagnostic]);
                    return Status::Failed;
                }
            }
            diagnostics = pipeline::check(&folder);
        }
    }
    terminal.checked(issue, &diagnostics);
    let denied = args.deny == Some(Deny::Warnings) && diagnostics.iter().any(|d| d.severity == Severity::Warning);
    if denied || has_errors(&diagnostics) { Status::Failed } else { Status::Done }
}

/// Carries out all fixes. Each file is written whole; one that has changed since it was read is left alone.
fn fix(folder: &IssueFolder, diagnostics: &[Diagnostic]) -> Result<Vec<Change>, Diagnostic> {
    const MARK: &str = "\u{feff}";
    let mut changes = Vec::new();
    for mended in mend(diagnostics) {
        let name = mended.source.name();
        let failed = |fault| {
            let path = folder.shown().join(name).display().to_string();
            Diagnostic::error_in_file(Problem::OutputFailed { path, fault }, name)
        };
        // As it was read, or it is left alone: a file that has grown is another, too.
        let text = mended.source.text();
        let typed = folder.read(name, (MARK.len() + text.len()) as u64).map_err(|fault| match fault {
            ReadFault::File(FileFault::TooLarge { .. }) | ReadFault::Outside => failed(FileFault::Changed),
            ReadFault::File(fault) => failed(fault),
            ReadFault::NotFound => failed(FileFault::NotFound),
        })?;
        let mark = match typed.strip_suffix(text.as_bytes()) {
            Some(b"") => "",
            Some(before) if before == MARK.as_bytes() => MARK,
            _ => return Err(failed(FileFault::Changed)),
        };
        folder.replace(name, format!("{mark}{}", mended.text).as_bytes()).map_err(failed)?;
        changes.extend(mended.changes);
    }
    Ok(changes)
}
