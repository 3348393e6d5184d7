//! `bantin watch`.

use std::hash::Hasher as _;
use std::sync::Arc;

use serde_json::json;

use super::{Status, build_context, confined, env_var, open_or_tell};
use crate::cli::Watch;
use crate::desk::{self, Desk, Door, Editor, Watching};
use crate::diagnostic::{Diagnostic, Finding};
use crate::fs::{self, IssueFolder, file_error};
use crate::messages;
use crate::progress::Progress;
use crate::session::Options;
use crate::terminal::{Format, Terminal};

pub(super) fn run(args: &Watch, terminal: &Terminal) -> Status {
    let Some(folder) = open_or_tell(&args.issue, terminal) else { return Status::Failed };
    // Anybody may have written a layout that the issue brings along: it runs within limits, in a process of its own.
    if !confined::is_confined_desk() && folder.carries_layout() {
        return confined::run_desk(&*terminal.progress()).unwrap_or_else(|diagnostic| {
            terminal.diagnostics(&args.issue, &[diagnostic]);
            Status::Failed
        });
    }
    show(folder, args, terminal)
}

fn show(folder: IssueFolder, args: &Watch, terminal: &Terminal) -> Status {
    let door = match door(args, &folder) {
        Ok(door) => door,
        Err(diagnostic) => {
            terminal.diagnostics(&args.issue, &[diagnostic]);
            return Status::Failed;
        }
    };
    let mut context = build_context(terminal, true, None);
    context.progress = Arc::new(Quietly(context.progress));
    let typed = args.editor.clone().or_else(|| env_var("VISUAL")?.into_string().ok());
    let desk = Desk {
        folder,
        options: Options { layout: args.layout.clone(), ..Options::default() },
        context,
        lang: terminal.lang,
        editor: typed.as_deref().and_then(Editor::parse),
        watching: if args.poll { Watching::Polling } else { Watching::Events },
    };
    let url = door.url();
    match terminal.format {
        Format::Json => terminal.object(&json!({ "watching": url })),
        Format::Human => terminal.out(&messages::watching(&url, terminal.lang)),
    }
    if !args.no_open {
        // Where there is no browser, the address is on the screen.
        let _ = ::open::that_detached(&url);
    }
    match desk::serve(desk, door) {
        Ok(()) => Status::Done,
        Err(error) => {
            let finding = Finding::Unreadable { path: url, error: file_error(&error) };
            terminal.diagnostics(&args.issue, &[Diagnostic::error_elsewhere(finding)]);
            Status::Failed
        }
    }
}

/// The port that was asked for, or one that is the same for the same folder where it is free: a browser remembers zoom and
/// the like by the address.
fn door(args: &Watch, folder: &IssueFolder) -> Result<Door, Diagnostic> {
    const FIRST: u64 = 20_000;
    const COUNT: u64 = 10_000;
    let mut hasher = rustc_hash::FxHasher::default();
    let path = fs::real_path(folder.shown()).unwrap_or_else(|| folder.shown().to_owned());
    hasher.write(path.as_os_str().as_encoded_bytes());
    let preferred = (FIRST + hasher.finish() % COUNT) as u16;
    desk::open_door(args.port, preferred).map_err(|error| {
        Diagnostic::error_elsewhere(Finding::NoPort {
            port: args.port.unwrap_or(preferred),
            is_taken: error.kind() == std::io::ErrorKind::AddrInUse,
            detail: error.to_string(),
        })
    })
}

/// Ctrl-C is heard; how far the photos are is of no interest.
struct Quietly(Arc<dyn Progress>);

impl Progress for Quietly {
    fn photos(&self, _done: usize, _all: usize) {}

    fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }
}
