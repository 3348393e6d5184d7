//! `bantin check`.

use std::path::Path;

use serde_json::{Value, json};

use super::{Status, guarded, open};
use crate::check::{Change, apply_fixes};
use crate::cli::{Check, Deny};
use crate::diagnostic::{Code, Diagnostic, FileError, Finding, Fix, Severity, has_errors};
use crate::fs::{IssueFolder, ReadError};
use crate::messages::{self, Lang};
use crate::session::{BuildContext, Options, Session};
use crate::terminal::{Format, Terminal};

/// After so many rounds nothing is left that one fix could uncover for another.
const ROUNDS: usize = 8;

pub(super) fn run(args: &Check, terminal: &Terminal) -> Status {
    if args.codes {
        return list_codes(terminal);
    }
    let context = BuildContext::default();
    let mut status = Status::Done;
    for issue in &args.issues {
        let checked = guarded(|| check(issue, args, &context, terminal)).unwrap_or_else(|error| {
            terminal.checked(issue, &[error]);
            Status::Failed
        });
        if checked == Status::Failed {
            status = Status::Failed;
        }
    }
    status
}

/// Lists the registry of codes.
fn list_codes(terminal: &Terminal) -> Status {
    let rows: Vec<_> = Code::ALL.iter().map(|&code| CodeRow { code, lang: terminal.lang }).collect();
    match terminal.format {
        Format::Json => rows.iter().for_each(|row| terminal.object(&row.object())),
        Format::Human => table(&rows.iter().map(CodeRow::cells).collect::<Vec<_>>()).iter().for_each(|line| {
            terminal.out(line);
        }),
    }
    Status::Done
}

/// A code as it is listed.
struct CodeRow {
    code: Code,
    lang: Lang,
}

impl CodeRow {
    fn cells(&self) -> [String; 4] {
        let Self { code, lang } = *self;
        let severity = messages::severity(code.severity(), lang);
        [code.as_str(), severity, messages::fix(code.fix(), lang), messages::code(code, lang)].map(str::to_owned)
    }

    fn object(&self) -> Value {
        let Self { code, lang } = *self;
        json!({
            "code": code.as_str(),
            "severity": code.severity().as_str(),
            "fix": code.fix() != Fix::Never,
            "finds": messages::code(code, lang),
        })
    }
}

/// Rows as lines, with their cells below one another.
fn table<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

fn check(issue: &Path, args: &Check, context: &BuildContext, terminal: &Terminal) -> Status {
    let folder = match open(issue) {
        Ok(folder) => folder,
        Err(diagnostic) => {
            terminal.checked(issue, &[diagnostic]);
            return Status::Failed;
        }
    };
    let mut session = Session::open(folder, Options::default(), context.clone());
    let mut diagnostics = session.check();
    if args.fix {
        for _ in 0..ROUNDS {
            match fix(session.folder(), &diagnostics) {
                Ok(changes) if changes.is_empty() => break,
                Ok(changes) => terminal.changed(issue, &changes),
                Err(diagnostic) => {
                    terminal.checked(issue, &[diagnostic]);
                    return Status::Failed;
                }
            }
            session.refresh();
            diagnostics = session.check();
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
    for fixed in apply_fixes(diagnostics) {
        let name = fixed.source.name();
        let failed = |error| {
            let path = folder.shown().join(name).display().to_string();
            Diagnostic::error_in_file(Finding::OutputFailed { path, error }, name)
        };
        // As it was read, or it is left alone: a file that has grown is another, too.
        let text = fixed.source.text();
        let typed = folder.read(name, (MARK.len() + text.len()) as u64).map_err(|error| match error {
            ReadError::File(FileError::TooLarge { .. }) | ReadError::Outside => failed(FileError::Changed),
            ReadError::File(error) => failed(error),
            ReadError::NotFound => failed(FileError::NotFound),
        })?;
        let mark = match typed.strip_suffix(text.as_bytes()) {
            Some(b"") => "",
            Some(before) if before == MARK.as_bytes() => MARK,
            _ => return Err(failed(FileError::Changed)),
        };
        folder.replace(name, format!("{mark}{}", fixed.text).as_bytes()).map_err(failed)?;
        changes.extend(fixed.changes);
    }
    Ok(changes)
}
