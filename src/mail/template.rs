//! Fills a template of mail with what a message says. A template may be anybody's: it is bounded, or refused.
//!
//! It is compiled once, and rendered for every recipient. It sees the fields of [`Content`] and nothing else: no file,
//! no other template, no clock.

mod language;

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::value::{Object, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, filters, tests};

use super::content::Content;
use crate::diagnostic::{MailError, TemplateFault as Fault};
use language::{Refusal, SOURCE_BYTES};

/// Steps that a message may take: the built-in templates need about 130 an article.
const FUEL: u64 = 200_000;

/// Largest text or HTML of a message, in bytes. Texts that filters have worked on count, too.
const OUTPUT_BYTES: usize = 2_000_000;

/// What a template makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything that is filled in is escaped, also within quoted attributes.
    Html,
    /// Everything is filled in as it is.
    Text,
}

/// A template that was read, to be rendered for each recipient.
#[derive(Debug)]
pub struct Template<'s> {
    name: &'s str,
    source: &'s str,
    environment: Environment<'s>,
}

impl<'s> Template<'s> {
    /// Reads a template from a file called `name`.
    pub fn compile(name: &'s str, source: &'s str, kind: Kind) -> Result<Self, MailError> {
        let error = |line, fault| error_at(name, source, line, fault);
        if source.len() > SOURCE_BYTES {
            return Err(error(None, Fault::SourceTooLarge { most: SOURCE_BYTES }));
        }
        language::check(source).map_err(|Refusal { line, what }| error(Some(line), Fault::Refused { what }))?;
        let mut environment = environment(kind);
        environment.add_template(name, source).map_err(|it| error(it.line(), fault(&it)))?;
        Ok(Self { name, source, environment })
    }

    /// Fills it with what the message to one recipient says.
    pub fn render(&self, content: &Content) -> Result<String, MailError> {
        let mut output = Bounded::default();
        let result = self
            .environment
            .get_template(self.name)
            .and_then(|it| it.render_captured_to(content, &mut output).map(drop));
        let error = |line, fault| error_at(self.name, self.source, line, fault);
        match result {
            _ if output.is_full => Err(error(None, Fault::OutputTooLarge { most: OUTPUT_BYTES })),
            Err(it) => Err(error(it.line(), fault(&it))),
            Ok(()) => {
                String::from_utf8(output.bytes).map_err(|it| error(None, Fault::Failed { message: it.to_string() }))
            }
        }
    }
}

fn error_at(name: &str, source: &str, line: Option<usize>, fault: Fault) -> MailError {
    let text = line.and_then(|line| source.lines().nth(line.checked_sub(1)?));
    let excerpt = text.map(|text| text.trim().chars().take(200).collect());
    MailError::Template { file: name.to_owned(), line, excerpt, fault }
}

fn fault(error: &Error) -> Fault {
    match error.kind() {
        ErrorKind::SyntaxError => Fault::Syntax { message: error.detail().unwrap_or_default().to_owned() },
        ErrorKind::UndefinedError => Fault::UnknownName,
        ErrorKind::OutOfFuel => Fault::TooManySteps,
        ErrorKind::WriteFailure => Fault::OutputTooLarge { most: OUTPUT_BYTES },
        kind => Fault::Failed { message: error.detail().map_or_else(|| kind.to_string(), str::to_owned) },
    }
}

/// The language with nothing in it but what is added here: each filter is bounded by what it is given.
fn environment<'s>(kind: Kind) -> Environment<'s> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_keep_trailing_newline(true);
    environment.set_formatter(move |output, state, value| write_value(output, state, value, kind));
    environment.add_filter("upper", upper);
    environment.add_filter("shorten", shorten);
    environment.add_filter("underline", underline);
    environment.add_filter("length", filters::length);
    environment.add_filter("selectattr", select);
    environment.add_filter("rejectattr", reject);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("none", tests::is_none);
    environment
}

/// Writes what stands in `{{ }}`: a text or number. A field that is absent is nothing.
fn write_value(output: &mut Output, state: &State, value: &Value, kind: Kind) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => return Ok(()),
        ValueKind::String | ValueKind::Number | ValueKind::Bool => {}
        other => return Err(Error::new(ErrorKind::InvalidOperation, format!("a {other} is no text"))),
    }
    let shown = value.to_string();
    spend(state, shown.len())?;
    match kind {
        Kind::Html => output.write_str(&escape(&shown))?,
        Kind::Text => output.write_str(&shown)?,
    }
    Ok(())
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn upper(state: &State, text: &str) -> Result<String, Error> {
    spend(state, text.len())?;
    Ok(text.to_uppercase())
}

/// Ends a long text behind the last whole word within `most` characters.
fn shorten(state: &State, text: &str, most: usize) -> Result<String, Error> {
    spend(state, text.len())?;
    let Some((end, _)) = text.char_indices().nth(most) else { return Ok(text.to_owned()) };
    let start = text.get(..end).unwrap_or_default();
    let whole = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    Ok(whole.trim_end_matches([' ', ',', ';', ':', '–', '.']).to_owned() + "…")
}

/// The text, and below it a line of `sign` that is as long.
fn underline(state: &State, text: &str, sign: &str) -> Result<String, Error> {
    let line: String = text.chars().flat_map(|_| sign.chars().next()).collect();
    spend(state, text.len() + line.len())?;
    Ok(format!("{text}\n{line}"))
}

fn select(state: &State, list: &Value, field: &str) -> Result<Value, Error> {
    having(state, list, field, true)
}

fn reject(state: &State, list: &Value, field: &str) -> Result<Value, Error> {
    having(state, list, field, false)
}

/// What of a list has a field that is true, or that is not.
fn having(state: &State, list: &Value, field: &str, wanted: bool) -> Result<Value, Error> {
    let mut chosen = Vec::new();
    for item in list.try_iter()? {
        spend(state, size_of::<Value>())?;
        let value = item.get_attr(field)?;
        if value.is_undefined() {
            return Err(Error::from(ErrorKind::UndefinedError));
        }
        if value.is_true() == wanted {
            chosen.push(item);
        }
    }
    Ok(Value::from(chosen))
}

/// How many bytes one message has taken.
#[derive(Debug, Default)]
struct Spent(AtomicUsize);

impl Object for Spent {}

/// Counts bytes that are written or worked on.
fn spend(state: &State, bytes: usize) -> Result<(), Error> {
    let spent = state.get_or_set_temp_object("spent", Spent::default);
    let before = spent.0.fetch_add(bytes, Ordering::Relaxed);
    if before.saturating_add(bytes) > OUTPUT_BYTES {
        return Err(Error::new(ErrorKind::WriteFailure, "too large"));
    }
    Ok(())
}

/// What is written, up to the most that a message may be.
#[derive(Debug, Default)]
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full |= self.bytes.len() + bytes.len() > OUTPUT_BYTES;
        if self.is_full {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
