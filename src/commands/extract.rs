//! `bantin extract`.

use std::path::Path;

use super::{Status, write_new_folder};
use crate::archive::{self, Attached};
use crate::cli::Extract;
use crate::diagnostic::{Diagnostic, Finding};
use crate::fs::{self, Written};
use crate::messages;
use crate::terminal::Terminal;

/// Largest PDF that is read, in bytes.
const MAX_PDF: u64 = 4_000_000_000;

pub(super) fn run(args: &Extract, terminal: &Terminal) -> Status {
    let progress = terminal.progress();
    let taken = read(&args.file).and_then(|pdf| files(&args.file, &pdf));
    let written = taken.and_then(|files| Ok((write_new_folder(&args.output, &[], &files, &*progress)?, files.len())));
    match written {
        Ok((Written::Whole, count)) => {
            let output = args.output.display().to_string();
            terminal.done(&output, &messages::extracted(&output, count, terminal.lang));
            Status::Done
        }
        Ok((Written::Stopped, _)) => {
            terminal.stopped();
            Status::Stopped
        }
        Err(diagnostic) => {
            terminal.diagnostics(&args.file, &[diagnostic]);
            Status::Failed
        }
    }
}

/// The bytes of a PDF.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error| Finding::Unreadable { path: path.display().to_string(), error };
    fs::read_limited(path, MAX_PDF).map_err(|error| Diagnostic::error_elsewhere(unreadable(error)))
}

/// The files of an issue in an archive PDF.
pub(super) fn files(path: &Path, pdf: &[u8]) -> Result<Attached, Diagnostic> {
    let foreign = |error| Finding::Archive { path: path.display().to_string(), error };
    archive::read(pdf).map_err(|error| Diagnostic::error_elsewhere(foreign(error)))
}
