//! The desk: an issue in the browser while somebody writes it, with its pages, findings and PDFs.
//!
//! `watcher` tells that a file has changed; `worker` has the [`session`](crate::session) read and set the issue again and
//! makes a new `state` of what comes of it; `server` hears the browser, and only the browser of this machine, and
//! `answers` it from the state, which `description` writes as JSON. `shown` is a setting of the pages, `alignment` and `passages` trace what is printed back
//! to the files, `assets` are the files of the page itself.

mod alignment;
mod answers;
mod assets;
mod description;
mod editor;
mod passages;
mod server;
mod shown;
mod state;
mod watcher;
mod worker;

use std::sync::Arc;
use std::sync::mpsc;

pub use editor::Editor;
pub use server::{Door, open as open_door};
use state::Shared;
pub use watcher::Watching;

use crate::fs::IssueFolder;
use crate::messages::Lang;
use crate::session::{BuildContext, Options};
use crate::workspace::Workspace;

/// What a desk works on and with.
pub struct Desk {
    pub folder: IssueFolder,
    pub options: Options,
    pub context: BuildContext,
    pub lang: Lang,
    /// What opens a file where the reader asks for it.
    pub editor: Option<Editor>,
    pub watching: Watching,
}

/// Serves an issue behind this door until the work is to end.
///
/// # Errors
///
/// Where the system gives no random numbers, which the token of the page is made of.
pub fn serve(desk: Desk, door: Door) -> std::io::Result<()> {
    let (signals, heard) = mpsc::channel();
    let desk = Arc::new(desk);
    let shared = Arc::new(Shared::new(&desk, signals.clone())?);
    let folders = Workspace::of(&desk.folder).folders();
    // While this lives, changes are heard of.
    let _watcher = watcher::watch(&desk.folder, &folders, desk.watching, signals);
    server::serve(door, &desk, &shared);
    worker::work(&desk, &shared, &heard);
    Ok(())
}
