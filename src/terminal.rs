//! The only printer: findings as snippets for people or as JSON for programs.

mod groups;
mod json;
mod mail;
mod progress;
mod relay;
mod safe;
mod snippet;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use serde_json::json;

use crate::check::Change;
use crate::diagnostic::{Diagnostic, FileError, Finding, Location, Reason, Severity};
use crate::fs::MANIFEST;
use crate::import::Report;
use crate::messages::{self, Lang, Message};
use groups::groups;
use safe::safe;
use snippet::shown_path;

pub use mail::{MailCounts, Mailed};
pub use progress::ProgressReporter;
pub use relay::{RelayMessage, send};

/// The exit status of a process that was stopped with Ctrl-C, as shells have it.
pub const STOPPED: u8 = 130;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    #[default]
    Human,
    /// One object a line, on standard output.
    Json,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// How to speak to the user.
#[derive(Debug)]
pub struct Terminal {
    pub format: Format,
    pub lang: Lang,
    pub color: Color,
    pub quiet: bool,
    pub verbose: bool,
    /// Whether another process of this command repeats what is said here: see `commands::confined`.
    pub relayed: bool,
    /// Whether something that was asked for could not be written.
    has_failed: AtomicBool,
    progress: OnceLock<Arc<ProgressReporter>>,
}

/// A PDF that was written.
#[derive(Debug)]
pub struct Built<'a> {
    pub output: &'a Path,
    pub pages: usize,
    pub bytes: u64,
    pub sha256: &'a str,
    /// What was done to the photos for the PDF to fit: pixels per inch, and how good they look, in points of
    /// SSIMULACRA2.
    pub photos: Option<(f64, f64)>,
}

/// Says what is wrong with what was typed: the text as it is for people, or an object for programs.
pub fn usage_error(text: &str) {
    // Nobody is left who could be told that this failed.
    let _ = io::stderr().lock().write_all(safe(text).as_bytes());
}

/// Says what is wrong with what was typed, to programs. Tells whether it could be written.
pub fn usage_error_json(message: &Message) -> bool {
    let line = json::usage(message) + "\n";
    is_written(&io::stdout().lock().write_all(line.as_bytes()))
}

/// Whether something was written, or has no reader: one that has gone away, such as `head`, is no failure of ours.
pub fn is_written(result: &io::Result<()>) -> bool {
    result.as_ref().err().is_none_or(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

impl Terminal {
    pub fn new(format: Format, lang: Lang, color: Color, quiet: bool, verbose: bool) -> Self {
        let (has_failed, progress) = (AtomicBool::new(false), OnceLock::new());
        Self { format, lang, color, quiet, verbose, relayed: false, has_failed, progress }
    }

    /// Whether something that was asked for could not be written.
    pub fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }

    /// Shows the findings of an issue, errors last: that is where eyes are. `issue` is the ISSUE as it was typed.
    pub fn diagnostics(&self, issue: &Path, diagnostics: &[Diagnostic]) {
        for diagnostic in in_reading_order(diagnostics) {
            if self.format == Format::Json
                || diagnostic.severity == Severity::Error
                || self.verbose
                || self.must_show(diagnostic)
            {
                self.finding(issue, diagnostic);
            }
        }
        let folder = folder_of(issue);
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if self.format == Format::Human && errors > 0 {
            let summary = messages::summary(errors, warnings, self.lang);
            let is_of_none = folder.as_os_str().is_empty();
            self.err(&if is_of_none { summary } else { format!("{}: {summary}", folder.display()) });
            return;
        }
        // The others are seen by checking the issue.
        let shown = diagnostics.iter().filter(|diagnostic| self.must_show(diagnostic)).count();
        let warnings = warnings.saturating_sub(shown);
        if self.format == Format::Human && warnings > 0 && !self.verbose && !self.quiet {
            let folder = folder.display().to_string();
            self.err(&format!("{folder}: {}", messages::hidden_warnings(warnings, &folder, self.lang)));
        }
    }

    fn finding(&self, issue: &Path, diagnostic: &Diagnostic) {
        let text = self.rendered(issue, diagnostic);
        match self.format {
            Format::Json => self.write_out(&text),
            Format::Human => self.write_err(&text),
        }
    }

    /// A finding as it is shown, for people with its styles.
    pub fn rendered(&self, issue: &Path, diagnostic: &Diagnostic) -> String {
        match self.format {
            Format::Json => json::diagnostic(issue, diagnostic, self.lang),
            Format::Human => snippet::render(folder_of(issue), diagnostic, None, self.lang, self.color) + "\n",
        }
    }

    /// Whether a warning is about what becomes of the issue here, so that checking the issue would not show it.
    fn must_show(&self, diagnostic: &Diagnostic) -> bool {
        let is_about_output = matches!(
            diagnostic.finding,
            Finding::ArchiveLeftOut { .. }
                | Finding::PhotoFar { .. }
                | Finding::PageNearlyEmpty { .. }
                | Finding::PagesNotComposed
                | Finding::PagesNotFitted { .. }
        );
        is_about_output && diagnostic.severity == Severity::Warning && !self.quiet
    }

    /// Shows all findings of a check, and counts them; those of one kind in one file together, unless all are asked for.
    /// `issue` is the ISSUE as it was typed.
    pub fn checked(&self, issue: &Path, diagnostics: &[Diagnostic]) {
        let folder = folder_of(issue);
        let mut shown = in_reading_order(diagnostics);
        shown.retain(|diagnostic| !self.quiet || diagnostic.severity == Severity::Error);
        if self.format == Format::Json || self.verbose {
            shown.into_iter().for_each(|diagnostic| self.finding(issue, diagnostic));
        } else {
            for group in groups(shown, self.lang) {
                let text = snippet::render(folder, group.first, group.more(self.lang), self.lang, self.color);
                self.write_err(&(text + "\n"));
            }
        }
        if self.format == Format::Human && !self.quiet {
            let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
            let fixable = diagnostics.iter().filter(|d| d.fix.is_some()).count();
            let line = messages::checked(count(Severity::Error), count(Severity::Warning), fixable, self.lang);
            self.err(&format!("{}: {line}", folder.display()));
        }
    }

    /// Tells what `--fix` has changed.
    pub fn changed(&self, issue: &Path, changes: &[Change]) {
        let folder = folder_of(issue);
        for Change { code, place, to } in changes {
            let (file, start) = (place.source.name(), place.start());
            match self.format {
                Format::Json => self.object(&json!({
                    "fixed": code, "file": file, "line": start.line, "column": start.column,
                    "from": place.text(), "to": to, "issue": issue.display().to_string(),
                })),
                Format::Human => {
                    let path = format!("{}:{}:{}", shown_path(folder, file), start.line, start.column);
                    self.say(&messages::changed(&path, place.text(), to, self.lang));
                }
            }
        }
    }

    /// Tells whether an archive is what its source builds today, and what differs.
    pub fn verified(&self, file: &Path, identical: bool, reads_the_same: bool, differences: &[(String, &str, String)]) {
        let file = file.display().to_string();
        match self.format {
            Format::Json => {
                let list = differences.iter().map(|(_, kind, what)| json!({ "kind": kind, "what": what }));
                let list: Vec<_> = list.collect();
                self.object(&json!({
                    "file": file, "identical": identical, "reads_the_same": reads_the_same, "differences": list,
                }));
            }
            Format::Human => {
                self.say(&messages::verified(&file, identical, reads_the_same, self.lang));
                differences.iter().for_each(|(words, _, _)| self.say(&format!("  {words}")));
            }
        }
    }

    /// Tells of an import: what to look at, what was left out, how much came through.
    pub fn imported(&self, target: &Path, report: &Report) {
        let is_usual = |found: &&Diagnostic| matches!(found.finding, Finding::ImportLeftOut { reason, .. } if reason != Reason::Unplaced);
        let mut hidden = 0;
        for diagnostic in in_reading_order(&report.diagnostics) {
            match self.format {
                Format::Human if self.quiet => {}
                Format::Human if !self.verbose && is_usual(&diagnostic) => hidden += 1,
                _ => self.finding(target, diagnostic),
            }
        }
        let folder = target.display().to_string();
        let counts = &report.counts;
        match self.format {
            Format::Json => self.object(&json!({
                "imported": folder, "articles": counts.articles, "photos": counts.photos,
                "words": counts.words, "kept": counts.kept, "left_out": counts.left_out,
            })),
            Format::Human => {
                if hidden > 0 {
                    self.say(&messages::left_out_pieces(hidden, self.lang));
                }
                self.say(&messages::imported(&folder, counts, self.lang));
            }
        }
    }

    /// Tells of a finished PDF.
    pub fn built(&self, built: &Built<'_>) {
        let output = built.output.display().to_string();
        match self.format {
            Format::Json => self.object(
                &json!({ "output": output, "pages": built.pages, "bytes": built.bytes, "sha256": built.sha256 }),
            ),
            Format::Human => {
                self.say(&messages::built(&output, built.pages, built.bytes, self.lang));
                if let Some((ppi, score)) = built.photos {
                    self.say(&messages::lowered(ppi, score, self.lang));
                }
            }
        }
    }

    /// Tells of a PDF that would come out the same again.
    pub fn unchanged(&self, built: &Built<'_>) {
        match self.format {
            Format::Json => self.built(built),
            Format::Human => self.say(&messages::unchanged(&built.output.display().to_string(), self.lang)),
        }
    }

    /// Counts what became of several issues.
    pub fn built_all(&self, built: usize, unchanged: usize, failed: usize) {
        if self.format == Format::Human && !self.quiet {
            self.err(&messages::built_all(built, unchanged, failed, self.lang));
        }
    }

    /// Tells that the work was stopped with Ctrl-C.
    pub fn stopped(&self) {
        if self.format == Format::Human {
            self.err(messages::ui(messages::Ui::Stopped, self.lang));
        }
    }

    /// Tells of a folder that was made: as an object in JSON, else in these words.
    pub fn done(&self, output: &str, words: &str) {
        match self.format {
            Format::Json => self.object(&json!({ "output": output })),
            Format::Human => self.say(words),
        }
    }

    /// Tells of something done, unless quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.out(line);
        }
    }

    /// Writes a line that was asked for.
    pub fn out(&self, line: &str) {
        self.write_out(&safe(line));
    }

    /// Writes an object that was asked for.
    pub fn object(&self, object: &serde_json::Value) {
        self.write_out(&json::line(object));
    }

    /// Writes a line for people alone.
    pub fn err(&self, line: &str) {
        self.write_err(&safe(line));
    }

    /// Writes what is safe to show, and notes where that fails: a result that nobody has got is none.
    pub fn write_out(&self, text: &str) {
        if self.relayed {
            return send(RelayMessage::Out, text.as_bytes());
        }
        let mut stream = anstream::AutoStream::new(io::stdout().lock(), self.choice(&io::stdout()));
        let result = writeln!(stream, "{text}").and_then(|()| stream.flush());
        drop(stream);
        if !is_written(&result) && !self.has_failed.swap(true, Ordering::Relaxed) {
            let error = result.err().map_or(FileError::NotFound, |error| crate::fs::file_error(&error));
            self.err(&messages::not_said(&error, self.lang));
        }
    }

    /// Writes what is safe to show, as it is.
    pub fn write_err(&self, text: &str) {
        if self.relayed {
            return send(RelayMessage::Err, text.as_bytes());
        }
        let mut stream = anstream::AutoStream::new(io::stderr().lock(), self.choice(&io::stderr()));
        // Nobody is left who could be told that this failed.
        let _ = writeln!(stream, "{text}");
    }

    fn choice(&self, stream: &impl anstream::stream::RawStream) -> anstream::ColorChoice {
        match self.color {
            Color::Auto => anstream::AutoStream::choice(stream),
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}

/// The folder of an issue, by the ISSUE as it was typed: the folder, or its manifest.
fn folder_of(issue: &Path) -> &Path {
    match issue.parent() {
        Some(parent) if issue.file_name().is_some_and(|name| name == MANIFEST) => {
            if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            }
        }
        _ => issue,
    }
}

/// Errors last; otherwise file by file, in the order in which files were first met, from top to bottom.
fn in_reading_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let file = |diagnostic: &Diagnostic| match &diagnostic.location {
        Location::Place(place) => Some(place.source.name().to_owned()),
        Location::File(file) => Some(file.clone()),
        Location::Elsewhere => None,
    };
    let start = |diagnostic: &Diagnostic| match &diagnostic.location {
        Location::Place(place) => place.range.start,
        _ => 0,
    };
    let mut files = HashMap::new();
    let mut sorted = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let next = files.len();
        let met = *files.entry(file(diagnostic)).or_insert(next);
        sorted.push(((Reverse(diagnostic.severity), met, start(diagnostic)), diagnostic));
    }
    sorted.sort_by_key(|(key, _)| *key);
    sorted.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}
