//! The only printer: findings as snippets for people or as JSON for programs.

mod watch;

use std::io::Write;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::json;

use crate::check::Change;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::messages::{self, Lang};

pub use watch::Watch;

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
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    pub format: Format,
    pub lang: Lang,
    pub color: Color,
    pub quiet: bool,
    pub verbose: bool,
}

/// A PDF that was written.
#[derive(Debug)]
pub struct Built<'a> {
    pub output: &'a Path,
    pub pages: usize,
    pub bytes: u64,
    pub sha256: &'a str,
    /// What was done to the photos for the PDF to fit: pixels per inch and JPEG quality.
    pub photos: Option<(f64, u8)>,
}

/// Says what is wrong with what was typed.
pub fn usage_error(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

impl Terminal {
    /// Shows the findings of an issue whose folder was typed as `folder`, errors last: that is where eyes are.
    pub fn diagnostics(&self, folder: &Path, diagnostics: &[Diagnostic]) {
        in_reading_order(diagnostics).into_iter().for_each(|diagnostic| self.finding(folder, diagnostic));
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if self.format == Format::Human && errors > 0 {
            self.err(&format!("{}: {}", folder.display(), messages::summary(errors, warnings, self.lang)));
        } else if self.format == Format::Human && warnings > 0 && !self.verbose && !self.quiet {
            let folder = folder.display().to_string();
            self.err(&format!("{folder}: {}", messages::hidden_warnings(warnings, &folder, self.lang)));
        }
    }

    fn finding(&self, folder: &Path, diagnostic: &Diagnostic) {
        match self.format {
            Format::Json => self.out(&json_diagnostic(diagnostic, self.lang)),
            Format::Human if diagnostic.severity == Severity::Error || self.verbose => {
                self.err(&format!("{}\n", self.snippet(folder, diagnostic)));
            }
            Format::Human => {}
        }
    }

    /// Shows all findings of a check, and counts them.
    pub fn checked(&self, folder: &Path, diagnostics: &[Diagnostic]) {
        let all = Self { verbose: true, ..*self };
        for diagnostic in in_reading_order(diagnostics) {
            if !self.quiet || diagnostic.severity == Severity::Error {
                all.finding(folder, diagnostic);
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
    pub fn changed(&self, folder: &Path, changes: &[Change]) {
        for Change { code, place, to } in changes {
            let (file, start) = (place.source.name(), place.start());
            match self.format {
                Format::Json => self.out(
                    &json!({
                        "fixed": code, "file": file, "line": start.line, "column": start.column,
                        "from": place.text(), "to": to,
                    })
                    .to_string(),
                ),
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
                self.out(
                    &json!({
                        "file": file, "identical": identical, "reads_the_same": reads_the_same, "differences": list,
                    })
                    .to_string(),
                );
            }
            Format::Human => {
                self.say(&messages::verified(&file, identical, reads_the_same, self.lang));
                differences.iter().for_each(|(words, _, _)| self.say(&format!("  {words}")));
            }
        }
    }

    /// Tells of a finished PDF.
    pub fn built(&self, built: &Built<'_>) {
        let output = built.output.display().to_string();
        match self.format {
            Format::Json => self.out(
                &json!({ "output": output, "pages": built.pages, "bytes": built.bytes, "sha256": built.sha256 })
                    .to_string(),
            ),
            Format::Human => {
                self.say(&messages::built(&output, built.pages, built.bytes, self.lang));
                if let Some((ppi, quality)) = built.photos {
                    self.say(&messages::lowered(ppi, quality, self.lang));
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
            Format::Json => self.out(&json!({ "output": output }).to_string()),
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
        let mut stream = anstream::AutoStream::new(std::io::stdout().lock(), self.choice(&std::io::stdout()));
        // A reader that has gone away, such as `head`, is no failure of ours.
        let _ = writeln!(stream, "{line}");
    }

    fn err(&self, text: &str) {
        let mut stream = anstream::AutoStream::new(std::io::stderr().lock(), self.choice(&std::io::stderr()));
        let _ = writeln!(stream, "{text}");
    }

    fn choice(&self, stream: &impl anstream::stream::RawStream) -> anstream::ColorChoice {
        match self.color {
            Color::Auto => anstream::AutoStream::choice(stream),
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }

    fn snippet(&self, folder: &Path, diagnostic: &Diagnostic) -> String {
        let message = messages::describe(&diagnostic.problem, self.lang);
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let level = level.with_name(messages::severity(diagnostic.severity, self.lang));
        let title = level.primary_title(message.text.as_str()).id(diagnostic.code());
        let mut group = match &diagnostic.location {
            Location::Place(place) => {
                let path = shown_path(folder, place.source.name());
                let text = place.source.text();
                let span = snippet_span(text, &place.range);
                let annotation = AnnotationKind::Primary.span(span).label(message.label.as_deref().unwrap_or(""));
                title.element(Snippet::source(text).path(path).annotation(annotation))
            }
            Location::File(file) => title.element(annotate_snippets::Origin::path(shown_path(folder, file))),
            Location::Elsewhere => annotate_snippets::Group::with_title(title),
        };
        let hint = messages::hint_word(self.lang);
        for text in &message.hints {
            group = group.element(Level::HELP.with_name(hint).message(text.as_str()));
        }
        Renderer::styled().decor_style(DecorStyle::Ascii).term_width(110).render(&[group])
    }
}

/// Errors last; otherwise file by file, in the order in which files were first met, from top to bottom.
fn in_reading_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let file = |diagnostic: &Diagnostic| match &diagnostic.location {
        Location::Place(place) => Some(place.source.name().to_owned()),
        Location::File(file) => Some(file.clone()),
        Location::Elsewhere => None,
    };
    let mut files: Vec<_> = Vec::new();
    for diagnostic in diagnostics {
        let file = file(diagnostic);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let start = |diagnostic: &Diagnostic| match &diagnostic.location {
        Location::Place(place) => place.range.start,
        _ => 0,
    };
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| (std::cmp::Reverse(d.severity), files.iter().position(|other| *other == file(d)), start(d)));
    sorted
}

/// The span to underline: whole letters, within one line, at least one column wide.
fn snippet_span(text: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
    let mut end = range.end.clamp(start, line_end.max(start));
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if start == end {
        end = text[start..line_end].chars().next().map_or(start, |c| start + c.len_utf8());
    }
    start..end
}

/// Paths of layouts are their own; others are below the folder as it was typed.
fn shown_path(folder: &Path, name: &str) -> String {
    if name.starts_with("layouts/") || name == "main.typ" {
        return name.to_owned();
    }
    folder.join(name).display().to_string()
}

fn json_diagnostic(diagnostic: &Diagnostic, lang: Lang) -> String {
    let message = messages::describe(&diagnostic.problem, lang);
    let mut object = json!({
        "code": diagnostic.code(),
        "severity": diagnostic.severity.as_str(),
        "file": null,
        "line": null,
        "column": null,
        "end_line": null,
        "end_column": null,
        "message": message.text,
        "hints": message.hints,
    });
    if let Some(fix) = &diagnostic.fix {
        object["fix"] = fix.as_str().into();
    }
    match &diagnostic.location {
        Location::Place(place) => {
            let (start, end) = (place.start(), place.end());
            object["file"] = place.source.name().into();
            object["line"] = start.line.into();
            object["column"] = start.column.into();
            object["end_line"] = end.line.into();
            object["end_column"] = end.column.into();
        }
        Location::File(file) => object["file"] = file.as_str().into(),
        Location::Elsewhere => {}
    }
    object.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_whole_letters_on_one_line() {
        let text = "Đây\r\nlà";
        assert_eq!(snippet_span(text, &(0..100)), 0..5);
        assert_eq!(snippet_span(text, &(1..1)), 0..2);
        assert_eq!(snippet_span(text, &(100..101)), text.len()..text.len());
        assert_eq!(snippet_span("", &(0..0)), 0..0);
    }
}
