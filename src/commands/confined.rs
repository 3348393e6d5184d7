//! A process of its own for what somebody else wrote: it runs within [`limits`], and sends back what came of it.
//!
//! The command starts itself again with the same words. What the other process says is said by this one; what it makes
//! is written by this one. Whatever becomes of the other process, nothing of it is left.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use serde_json::Value;

use super::{Status, env_var};
use crate::diagnostic::{Diagnostic, FileError, Finding};
use crate::fs::OWN_LAYOUT_MAIN;
use crate::limits;
use crate::progress::Progress;
use crate::terminal::{Format, RelayMessage, Terminal, send};

/// Set in the environment of such a process.
const VARIABLE: &str = "BANTIN_CONFINED";

/// Whether this process is one of these; then it is limited from now on.
pub(super) fn is_confined() -> bool {
    let is_confined = env_var(VARIABLE).is_some();
    if is_confined {
        limits::limit_this_process();
    }
    is_confined
}

/// What such a process was doing when it was last heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Reading a PDF, or comparing two.
    Reading,
    Layout,
}

impl Stage {
    /// Tells that it begins.
    pub(super) fn begins(self) {
        send(RelayMessage::Stage, if self == Self::Reading { b"reading" } else { b"layout" });
    }
}

/// What came of it.
#[derive(Debug)]
pub(super) struct ChildOutput {
    /// The lines that it said, with where they go.
    lines: Vec<(RelayMessage, String)>,
    pub files: Vec<(String, Vec<u8>)>,
    pub facts: Value,
    stage: Stage,
    /// How it ended, if it did.
    end: Option<Status>,
}

impl ChildOutput {
    /// Says what it said.
    pub(super) fn repeat(&self, terminal: &Terminal) {
        for (piece, line) in &self.lines {
            match piece {
                RelayMessage::Out => terminal.write_out(line),
                _ => terminal.write_err(line),
            }
        }
    }

    pub(super) fn status(&self) -> Status {
        self.end.unwrap_or(Status::Failed)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The person who started it does not want it any more.
    Stopped,
    /// It went over its limits, or there is no starting it.
    Broken(Diagnostic),
    /// It went over its limits while reading a PDF.
    Reading,
}

/// Set in the environment of a process that shows a layout of somebody else's again and again.
const DESK_VARIABLE: &str = "BANTIN_CONFINED_DESK";

/// Whether this process is one of these; then each setting is limited from now on.
pub(super) fn is_confined_desk() -> bool {
    let is_confined = env_var(DESK_VARIABLE).is_some();
    if is_confined {
        limits::limit_each_setting();
    }
    is_confined
}

/// The command that is running, to be started again.
fn this_command() -> io::Result<Command> {
    Ok(Command::new(std::env::current_exe()?))
}

/// Why it cannot be started.
fn broken(error: &io::Error) -> Diagnostic {
    let error = FileError::Other(error.to_string());
    Diagnostic::error_elsewhere(Finding::Unreadable { path: "bantin".into(), error })
}

/// Runs what was typed in a process of its own, which says everything itself, until it ends.
pub(super) fn run_desk(progress: &dyn Progress) -> Result<Status, Diagnostic> {
    let mut command = this_command().map_err(|error| broken(&error))?;
    command.args(std::env::args_os().skip(1)).env(DESK_VARIABLE, "1").stdin(Stdio::piped());
    let mut running = Running::new(command.spawn().map_err(|error| broken(&error))?);
    let status = loop {
        match running.child.try_wait() {
            Ok(Some(status)) => break status.code(),
            // It hears Ctrl-C, too, and hangs up by itself.
            Ok(None) if progress.is_stopped() => return Ok(Status::Done),
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
            Err(error) => return Err(broken(&error)),
        }
    };
    match status {
        Some(0) => Ok(Status::Done),
        Some(1) => Ok(Status::Failed),
        status => {
            let finding = Finding::LayoutLimit { excess: limits::excess(status) };
            Err(Diagnostic::error_in_file(finding, OWN_LAYOUT_MAIN))
        }
    }
}

/// Runs the command with these words in a process of its own.
pub(super) fn run(words: &[OsString], terminal: &Terminal, progress: &dyn Progress) -> Result<ChildOutput, Failure> {
    let mut command = this_command().map_err(|error| Failure::Broken(broken(&error)))?;
    command.args(words).args(output_options(terminal)).env(VARIABLE, "1");
    // What typst or the system says of its end is put into words here.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running::new(command.spawn().map_err(|error| Failure::Broken(broken(&error)))?);
    let Some(output) = running.child.stdout.take() else { return Err(Failure::Stopped) };
    let (done, is_done) = mpsc::channel();
    let answer = std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let answer = read(BufReader::new(output), progress);
            let _ = done.send(());
            answer
        });
        while is_done.recv_timeout(Duration::from_millis(20)) == Err(RecvTimeoutError::Timeout) {
            if progress.is_stopped() {
                running.kill();
            }
        }
        reader.join().ok()
    });
    let status = running.child.wait().ok().and_then(|status| status.code());
    match answer {
        _ if progress.is_stopped() => Err(Failure::Stopped),
        Some(answer) if answer.end == Some(Status::Stopped) => Err(Failure::Stopped),
        Some(answer) if answer.end.is_some() => Ok(answer),
        Some(answer) if answer.stage == Stage::Reading => Err(Failure::Reading),
        _ => {
            let finding = Finding::LayoutLimit { excess: limits::excess(status) };
            Err(Failure::Broken(Diagnostic::error_in_file(finding, OWN_LAYOUT_MAIN)))
        }
    }
}

/// The options that make another process write like this one.
fn output_options(terminal: &Terminal) -> Vec<OsString> {
    let format = if terminal.format == Format::Json { "json" } else { "human" };
    let mut words: Vec<OsString> = vec![option("--format", format), option("--lang", terminal.lang.as_str())];
    words.extend(terminal.quiet.then(|| "--quiet".into()));
    words.extend(terminal.verbose.then(|| "--verbose".into()));
    words
}

/// An option with its value, as one word: a value that begins with a hyphen is none of its own.
pub(super) fn option(name: &str, value: impl AsRef<OsStr>) -> OsString {
    let mut word = OsString::from(name);
    word.push("=");
    word.push(value);
    word
}

/// A path as a word that is no option, whatever it begins with.
pub(super) fn path_word(path: &std::path::Path) -> OsString {
    match path.to_string_lossy().starts_with('-') {
        true => std::path::Path::new(".").join(path).into_os_string(),
        false => path.as_os_str().to_owned(),
    }
}

/// A process that does not outlive the value.
struct Running {
    child: Child,
    /// When it is closed, the process ends.
    _life: Option<ChildStdin>,
}

impl Running {
    fn new(mut child: Child) -> Self {
        let life = child.stdin.take();
        Self { child, _life: life }
    }

    fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
        // Without this, what is left of it stays in the system's table.
        let _ = self.child.wait();
    }
}

/// Reads what the process sends, until it ends.
fn read(mut output: impl Read, progress: &dyn Progress) -> ChildOutput {
    let mut answer =
        ChildOutput { lines: Vec::new(), files: Vec::new(), facts: Value::Null, stage: Stage::Layout, end: None };
    let mut name = String::new();
    while let Some((piece, bytes)) = next(&mut output) {
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match piece {
            RelayMessage::Out | RelayMessage::Err => answer.lines.push((piece, text())),
            RelayMessage::Photos => {
                let numbers = text();
                let mut numbers = numbers.split(' ').filter_map(|number| number.parse().ok());
                if let (Some(done), Some(all)) = (numbers.next(), numbers.next()) {
                    progress.photos(done, all);
                }
            }
            RelayMessage::Stage => answer.stage = if bytes == b"reading" { Stage::Reading } else { Stage::Layout },
            RelayMessage::Name => name = text(),
            RelayMessage::File => answer.files.push((std::mem::take(&mut name), bytes)),
            RelayMessage::Facts => answer.facts = serde_json::from_slice(&bytes).unwrap_or_default(),
            RelayMessage::End => answer.end = status(&bytes),
        }
    }
    answer
}

fn next(output: &mut impl Read) -> Option<(RelayMessage, Vec<u8>)> {
    let (mut kind, mut length, mut bytes) = ([0], [0; 8], Vec::new());
    output.read_exact(&mut kind).ok()?;
    output.read_exact(&mut length).ok()?;
    let length = u64::from_le_bytes(length);
    output.take(length).read_to_end(&mut bytes).ok()?;
    Some((RelayMessage::of(kind[0])?, bytes)).filter(|(_, bytes)| bytes.len() as u64 == length)
}

/// Sends a file.
pub(super) fn send_file(name: &str, bytes: &[u8]) {
    send(RelayMessage::Name, name.as_bytes());
    send(RelayMessage::File, bytes);
}

/// Sends how it ended.
pub(super) fn end(status: Status) -> Status {
    send(RelayMessage::End, format!("{status:?}").as_bytes());
    status
}

fn status(bytes: &[u8]) -> Option<Status> {
    [Status::Done, Status::Failed, Status::Stopped].into_iter().find(|status| format!("{status:?}").as_bytes() == bytes)
}
