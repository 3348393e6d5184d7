//! `bantin check`.

use std::path::Path;

use serde_json::{Value, json};

use super::{Status, open};
use crate::check::{ROUNDS, mend};
use crate::cli::{Check, Deny};
use crate::diagnostic::{Code, Fix, Severity, has_errors};
use crate::guard::guarded;
use crate::messages::{self, Lang};
use crate::session::{BuildContext, Options, Session};
use crate::terminal::{Format, Terminal};

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
            match mend(session.folder(), &diagnostics) {
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
