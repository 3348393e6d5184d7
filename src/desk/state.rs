//! What the desk shows at the moment, shared by the worker that makes it and the answers that tell of it.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Desk;
use super::shown::Shown;
use super::worker::Signal;
use crate::diagnostic::Diagnostic;
use crate::typeset::Area;

/// The e-mail PDF of what is shown.
#[derive(Debug, Clone)]
pub(super) struct Email {
    pub pdf: Arc<Vec<u8>>,
    /// What it may weigh, in bytes.
    pub budget: u64,
    /// Whether photos were lowered for it to fit.
    pub is_lowered: bool,
}

/// What is shown. It is replaced piece by piece, and each piece is made elsewhere.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Counts all changes.
    pub event: u64,
    /// Counts settings that could be shown.
    pub version: u64,
    pub is_setting: bool,
    pub title: String,
    pub language: String,
    /// The last good pages.
    pub shown: Option<Arc<Shown>>,
    pub findings: Arc<Vec<Diagnostic>>,
    pub has_errors: bool,
    /// Made once nobody is writing.
    pub email: Option<Email>,
    /// What the last setting changed.
    pub marks: Arc<Vec<(usize, Area)>>,
}

pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    is_ended: std::sync::atomic::AtomicBool,
    signals: Mutex<Sender<Signal>>,
    /// What a page must know to act: whoever cannot read the page does not have it.
    pub token: String,
    /// The name of the issue.
    pub name: String,
}

impl Shared {
    pub(super) fn new(desk: &Desk, signals: Sender<Signal>) -> std::io::Result<Self> {
        let name = desk.folder.name();
        let state = State { is_setting: true, title: name.clone(), ..State::default() };
        Ok(Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            is_ended: false.into(),
            signals: Mutex::new(signals),
            token: random_token()?,
            name,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self) -> State {
        self.lock().clone()
    }

    /// Changes what is shown, and wakes whoever waits for that.
    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        state.event += 1;
        self.changed.notify_all();
    }

    /// Waits until the state is another than that of an event, so long at most.
    pub(super) fn wait(&self, after: u64, most: Duration) -> State {
        let until = Instant::now() + most;
        let mut state = self.lock();
        while state.event == after && !self.is_ended() {
            let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else { break };
            let waited = self.changed.wait_timeout(state, left);
            state = waited.map_or_else(|error| error.into_inner().0, |(state, _)| state);
        }
        state.clone()
    }

    /// Asks something of the worker; `false` where it is gone.
    pub(super) fn ask(&self, signal: Signal) -> bool {
        self.signals.lock().unwrap_or_else(PoisonError::into_inner).send(signal).is_ok()
    }

    /// Ends the work: whoever waits is answered.
    pub(super) fn end(&self) {
        self.is_ended.store(true, std::sync::atomic::Ordering::Relaxed);
        self.changed.notify_all();
        self.ask(Signal::End);
    }

    pub(super) fn is_ended(&self) -> bool {
        self.is_ended.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// Letters and digits that nobody can guess. Fails where the system gives none.
fn random_token() -> std::io::Result<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
