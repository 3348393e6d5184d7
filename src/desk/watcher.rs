//! Hears of changes to the files of an issue, of layouts and of fonts.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::worker::Signal;
use crate::fs::IssueFolder;

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The system tells.
    Events,
    /// By looking again and again: drives of a network tell nothing.
    Polling,
}

impl Watching {
    /// How often it is looked at all: where the system tells, for what it may not tell, as a folder that was taken away
    /// and made again, and where it cannot watch so many.
    pub(super) fn pause(self) -> Duration {
        match self {
            Self::Events => Duration::from_millis(1500),
            Self::Polling => Duration::from_millis(500),
        }
    }
}

/// Tells of whatever happens in the folder of the issue and in these. The value must be kept.
pub(super) fn watch(
    folder: &IssueFolder,
    more: &[PathBuf],
    watching: Watching,
    signals: Sender<Signal>,
) -> Option<RecommendedWatcher> {
    if watching == Watching::Polling {
        return None;
    }
    let tell = move |event: notify::Result<notify::Event>| {
        // Reading a file is an event, too, and would go round in a circle.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            let _ = signals.send(Signal::Changed);
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(folder.shown(), RecursiveMode::Recursive).ok()?;
    for folder in more {
        // A folder that is not there cannot be watched; the issue itself is.
        let _ = watcher.watch(folder, RecursiveMode::Recursive);
    }
    Some(watcher)
}
