//! `bantin extract`.

use std::path::Path;

use super::Status;
use crate::archive::{self, Attached};
use crate::cli::Extract;
use crate::diagnostic::{Diagnostic, FileFault, Problem};
use crate::fs;
use crate::messages;
use crate::terminal::Terminal;

/// Largest PDF that is read, in bytes.
const MAX_PDF: u64 = 4_000_000_000;

pub fn run(args: &Extract, terminal: &Terminal) -> Status {
    match read(&args.file).and_then(|files| write(&args.output, &files).map(|()| files.len())) {
        Ok(count) => {
            let output = args.output.display().to_string();
            terminal.done(&output, &messages::extracted(&output, count, terminal.lang));
            Status::Done
        }
        Err(diagnostic) => {
            terminal.diagnostics(&args.file, &[diagnostic]);
            Status::Failed
        }
    }
}

/// The files of an issue in an archive PDF.
pub fn read(path: &Path) -> Result<Attached, Diagnostic> {
    let shown = path.display().to_string();
    archive::read(&bytes(path)?).map_err(|fault| Diagnostic::error_elsewhere(Problem::Archive { path: shown, fault }))
}

/// The bytes of a PDF.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let shown = path.display().to_string();
    fs::read_limited(path, MAX_PDF)
        .map_err(|fault| Diagnostic::error_elsewhere(Problem::Unreadable { path: shown, fault }))
}

/// A folder for files that are needed for a while cannot be made.
pub fn unwritable(fault: FileFault) -> Diagnostic {
    let path = std::env::temp_dir().display().to_string();
    Diagnostic::error_elsewhere(Problem::OutputFailed { path, fault })
}

/// Writes the files into a folder that is new or empty; what is there is never replaced.
pub fn write(folder: &Path, files: &Attached) -> Result<(), Diagnostic> {
    let failed = |path: &Path, fault| {
        Diagnostic::error_elsewhere(Problem::OutputFailed { path: path.display().to_string(), fault })
    };
    if fs::has_entries(folder) {
        return Err(failed(folder, FileFault::Exists));
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write_new(&path, bytes).map_err(|fault| failed(&path, fault))?;
    }
    Ok(())
}
