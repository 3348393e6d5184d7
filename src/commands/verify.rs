//! `bantin verify`.

use super::{Status, extract, in_pool, open, unwritable, write_new_folder};
use crate::cli::Verify;
use crate::diagnostic::Diagnostic;
use crate::fs;
use crate::lock::{Difference, FILE, Lock, differences, sha256};
use crate::messages;
use crate::pdf::Profile;
use crate::pipeline::{self, Aids, Bulletin, Options};
use crate::terminal::Terminal;

/// What came of it.
struct Report {
    /// Whether the very same bytes came out.
    identical: bool,
    /// Whether the pages say the same, as far as that is known.
    reads_the_same: bool,
    differences: Vec<Difference>,
}

pub fn run(args: &Verify, terminal: &Terminal) -> Status {
    match in_pool(None, || verify(args)) {
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
    }
}

fn verify(args: &Verify) -> Result<Report, Vec<Diagnostic>> {
    let one = |diagnostic| vec![diagnostic];
    let pdf = extract::read(&args.file).map_err(one)?;
    let files = extract::files(&args.file, &pdf).map_err(one)?;
    let then = files.get(FILE).and_then(|bytes| Lock::read(std::str::from_utf8(bytes).ok()?));
    let place = fs::temporary_folder().map_err(|fault| one(unwritable(&std::env::temp_dir(), fault)))?;
    let bulletin = match &args.against {
        Some(issue) => rebuild(issue)?,
        None => {
            let folder = place.path().join("issue");
            write_new_folder(&folder, &files).map_err(one)?;
            rebuild(&folder)?
        }
    };
    let identical = sha256(&pdf) == sha256(&bulletin.pdf);
    let differences = match (then, bulletin.lock) {
        _ if identical => Vec::new(),
        (Some(then), Some(now)) => differences(&then, &now),
        _ => vec![Difference::NoLock],
    };
    let is_of_text = |difference: &Difference| {
        matches!(difference, Difference::Text(_) | Difference::Pages(..) | Difference::Page(..) | Difference::NoLock)
    };
    Ok(Report { identical, reads_the_same: !differences.iter().any(is_of_text), differences })
}

fn rebuild(issue: &std::path::Path) -> Result<Bulletin, Vec<Diagnostic>> {
    let folder = open(issue).map_err(|diagnostic| vec![diagnostic])?;
    let options = Options { profile: Profile::Archive, ..Options::default() };
    let outcome = pipeline::build(&folder, &options, Aids::default());
    outcome.value.ok_or(outcome.diagnostics)
}
