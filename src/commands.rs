//! The commands: each settles its options, works through a session and says what came of it.

mod build;
mod check;
mod completions;
mod confined;
mod export;
mod extract;
mod fonts;
mod import;
mod layouts;
mod mail;
mod man;
mod new;
mod pdf;
mod schema;
mod verify;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;

use crate::cli::{Cli, Command, Global};
use crate::diagnostic::{Diagnostic, FileError, Finding};
use crate::fs::{self, IssueFolder, Written};
use crate::guard::guarded;
use crate::manifest::parse_size;
use crate::messages::Lang;
use crate::photo::Cache;
use crate::progress::Progress;
use crate::session::{BuildContext, Threads};
use crate::terminal::Terminal;
use crate::workspace::Workspace;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Done,
    /// The input has errors, or the output cannot be written.
    Failed,
    /// Ctrl-C.
    Stopped,
}

/// Carries out what was typed.
pub fn run(cli: Cli) -> Status {
    let Global { format, lang, color, quiet, verbose } = cli.global;
    let lang = lang.unwrap_or_else(Lang::from_locale);
    let mut terminal = Terminal::new(format, lang, color, quiet, verbose);
    terminal.relayed = confined::is_confined();
    let status = guarded(|| carry_out(cli.command, &terminal)).unwrap_or_else(|error| {
        terminal.diagnostics(Path::new(""), &[error]);
        if terminal.relayed { confined::end(Status::Failed) } else { Status::Failed }
    });
    match status {
        // What was to be told and could not be: whoever reads it has half of it at most.
        Status::Done if terminal.has_failed() => Status::Failed,
        status => status,
    }
}

fn carry_out(command: Command, terminal: &Terminal) -> Status {
    match command {
        Command::Build(args) if terminal.relayed => build::run_confined(&args, terminal),
        Command::Export(args) if terminal.relayed => export::run_confined(&args, terminal),
        Command::Verify(args) if terminal.relayed => verify::run_confined(&args, terminal),
        Command::Build(args) => build::run(&args, terminal),
        Command::Check(args) => check::run(&args, terminal),
        Command::Export(args) => export::run(&args, terminal),
        // On threads of ours: the first one of a process has a stack of 1 MB on Windows.
        Command::Extract(args) => Threads::default().run(|| extract::run(&args, terminal)),
        Command::Verify(args) => verify::run(&args, terminal),
        Command::New(args) => Threads::default().run(|| new::run(&args, terminal)),
        Command::Import(args) => Threads::default().run(|| import::run(&args, terminal)),
        Command::Watch(args) => watch::run(&args, terminal),
        Command::Mail(args) => mail::run(&args, terminal),
        Command::Layouts(args) => layouts::run(&args, terminal),
        Command::Fonts => fonts::run(terminal),
        Command::Schema { subject } => schema::run(subject, terminal),
        Command::Man(args) => man::run(&args, terminal),
        Command::Completions { shell } => completions::run(shell, terminal),
    }
}

/// Most bytes that the cache of photos may hold, unless `BANTIN_CACHE_SIZE` says otherwise.
const CACHE_LIMIT: u64 = 1_000_000_000;

/// The cache of photos: in the folder that `BANTIN_CACHE` names, else in the user's cache folder.
fn photo_cache(wanted: bool) -> Option<Arc<Cache>> {
    let folder = cache_folder().filter(|_| wanted)?;
    let limit = env_var("BANTIN_CACHE_SIZE").and_then(|size| parse_size(size.to_str()?)).unwrap_or(CACHE_LIMIT);
    Some(Arc::new(Cache::new(folder.join("photos"), limit)))
}

/// The folder that `BANTIN_CACHE` names, else `bantin` in the user's cache folder.
fn cache_folder() -> Option<PathBuf> {
    match env_var("BANTIN_CACHE") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("bantin")),
    }
}

/// What a build works with that somebody at this terminal has started.
fn build_context(terminal: &Terminal, wants_cache: bool, jobs: Option<u16>) -> BuildContext {
    BuildContext {
        cache: photo_cache(wants_cache),
        progress: terminal.progress(),
        threads: Threads::new(jobs),
        memory: Arc::default(),
    }
}

/// A variable of the environment that is not empty.
fn env_var(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Opens an issue folder, or says why it is none.
fn open(path: &Path) -> Result<IssueFolder, Diagnostic> {
    IssueFolder::open(path).map_err(|error| {
        let folder = path.display().to_string();
        Diagnostic::error_elsewhere(match error {
            FileError::NotFound => Finding::ManifestMissing { folder },
            error => Finding::Unreadable { path: folder, error },
        })
    })
}

/// Opens an issue folder; where it is none, that is told.
fn open_or_tell(path: &Path, terminal: &Terminal) -> Option<IssueFolder> {
    open(path).map_err(|diagnostic| terminal.diagnostics(path, &[diagnostic])).ok()
}

/// What cannot be written, as a finding.
fn unwritable(path: &Path, error: FileError) -> Diagnostic {
    Diagnostic::error_elsewhere(Finding::OutputFailed { path: path.display().to_string(), error })
}

/// Writes files into a folder that is new or empty, all or none of them, with further folders; what is there is never
/// replaced. Names are relative to the folder. Ctrl-C ends it with nothing written.
fn write_new_folder<'a>(
    folder: &Path,
    folders: &[&str],
    files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>,
    progress: &dyn Progress,
) -> Result<Written, Diagnostic> {
    let written = fs::write_new_folder(folder, folders, files, &|| progress.is_stopped());
    written.map_err(|(path, error)| unwritable(&path, error))
}

/// The workspace of commands without an issue: the current folder.
fn workspace_here() -> Workspace {
    Workspace::at(PathBuf::from("."))
}
