//! A program that runs in a folder of its own, and that is ended with all that it has started when its time is up.
#![expect(clippy::disallowed_methods, reason = "what is read and written here is in a folder that is gone afterwards")]

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often is asked whether it has ended.
const TICK: Duration = Duration::from_millis(25);
/// What it writes for people goes here.
const SAID: &str = "said.txt";

/// What is to be run.
pub(super) struct Run<'a> {
    pub(super) folder: &'a Path,
    pub(super) arguments: Vec<OsString>,
    pub(super) patience: Duration,
}

/// How it came to its end.
pub(super) enum Ending {
    /// By itself, and what it said last.
    Ended(String),
    TimedOut,
}

impl Run<'_> {
    /// Runs a program; `None` where there is no such program.
    pub(super) fn start(&self, program: &OsStr) -> io::Result<Option<Ending>> {
        let said = File::create(self.folder.join(SAID))?;
        let mut command = Command::new(program);
        command.args(&self.arguments).current_dir(self.folder).stdin(Stdio::null());
        command.stdout(said.try_clone()?).stderr(said);
        // Its own traces go where everything else is that will be gone.
        for variable in ["HOME", "TMPDIR", "TMP", "TEMP"] {
            command.env(variable, self.folder);
        }
        // It draws nothing.
        command.env("SAL_USE_VCLPLUGIN", "svp").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        for variable in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"] {
            command.env(variable, "http://127.0.0.1:9");
        }
        set_apart(&mut command);
        match command.spawn() {
            Ok(child) => self.wait(child).map(Some),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn wait(&self, mut child: Child) -> io::Result<Ending> {
        let started = Instant::now();
        let ending = loop {
            match child.try_wait() {
                Ok(Some(_)) => break Ok(Ending::Ended(self.said())),
                Ok(None) if started.elapsed() >= self.patience => break Ok(Ending::TimedOut),
                Ok(None) => sleep(TICK),
                Err(error) => break Err(error),
            }
        };
        // What it has started may live on when it has ended itself.
        end_all(&mut child);
        ending
    }

    fn said(&self) -> String {
        const MOST: u64 = 2000;
        let said = read_start(&self.folder.join(SAID), MOST).unwrap_or_default();
        let said = String::from_utf8_lossy(&said).into_owned();
        let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
        // It complains of a missing Java every time.
        let lines = lines.filter(|line| !line.contains("javaldx")).map(|line| {
            // Where it was at work tells nobody anything.
            line.replace(&*self.folder.to_string_lossy(), "")
        });
        lines.collect::<Vec<_>>().join(" ")
    }
}

/// Gives a program a group of its own, so that it can be ended with all that it starts.
#[cfg(unix)]
fn set_apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn set_apart(_: &mut Command) {}

/// Ends a program and its group, whatever is left of them.
fn end_all(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // There may be none left: then all is well.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Writes a file, and the folders above it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)
}

/// Reads a file of so many bytes at most; `None` where there is none.
pub(super) fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    let bytes = read_start(path, most.saturating_add(1)).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

fn read_start(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
