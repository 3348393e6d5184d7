//! The work behind the desk, on a thread of its own: reads what has changed, sets the pages, looks for findings, and
//! weighs the e-mail PDF once nobody is writing.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::Desk;
use super::shown::Shown;
use super::state::{Email, Shared, State};
use crate::check;
use crate::diagnostic::{Diagnostic, Location, Severity, has_errors};
use crate::guard::guarded;
use crate::messages;
use crate::session::{Outcome, Session};

/// What the worker is told.
pub(super) enum Signal {
    /// Some file may have changed.
    Changed,
    /// What can be fixed is to be, where it is still what the reader has seen; the answer is how much was.
    Mend {
        wanted: String,
        answer: Sender<Result<usize, MendError>>,
    },
    End,
}

/// Why nothing was mended.
pub(super) enum MendError {
    /// The files are others than those that the reader has seen.
    Changed,
    Failed(Diagnostic),
}

/// A save is many events: it is over once so long none has come.
const QUIET: Duration = Duration::from_millis(25);

/// A program that never stops writing is not waited for.
const LONGEST_SAVE: Duration = Duration::from_millis(250);

/// After so long without a change, nobody is writing.
const IDLE: Duration = Duration::from_millis(900);

/// How often Ctrl-C is looked for.
const LOOK_UP: Duration = Duration::from_millis(200);

/// Works until it is told to end.
pub(super) fn work(desk: &Desk, shared: &Shared, heard: &Receiver<Signal>) {
    let mut worker = Worker {
        desk,
        shared,
        session: desk.open(),
        kept: VecDeque::new(),
        page_findings: Vec::new(),
        took: Duration::ZERO,
    };
    worker.set();
    let mut is_weighed = false;
    let (mut changed, mut looked) = (Instant::now(), Instant::now());
    while !desk.context.progress.is_stopped() && !shared.is_ended() {
        let is_changed = match worker.next(heard) {
            Some(Signal::End) => break,
            Some(Signal::Changed) => {
                worker.wait_for_quiet(heard);
                looked = Instant::now();
                worker.reread()
            }
            Some(Signal::Mend { wanted, answer }) => {
                let mended = guarded(|| worker.mend(wanted)).unwrap_or_else(|error| Err(MendError::Failed(error)));
                // Whoever asked may be gone.
                let _ = answer.send(mended);
                true
            }
            None if looked.elapsed() > desk.watching.pause() => {
                looked = Instant::now();
                worker.reread()
            }
            None => false,
        };
        if is_changed {
            changed = Instant::now();
            is_weighed = false;
        } else if !is_weighed && changed.elapsed() > IDLE {
            worker.weigh();
            is_weighed = true;
        }
    }
    shared.end();
}

impl Desk {
    fn open(&self) -> Session {
        Session::open(self.folder.clone(), self.options.clone(), self.context.clone())
    }
}

struct Worker<'a> {
    desk: &'a Desk,
    shared: &'a Shared,
    session: Session,
    /// What was heard while something else was waited for.
    kept: VecDeque<Signal>,
    /// What was found while the pages were set.
    page_findings: Vec<Diagnostic>,
    /// How long the last setting took.
    took: Duration,
}

impl Worker<'_> {
    fn next(&mut self, heard: &Receiver<Signal>) -> Option<Signal> {
        self.kept.pop_front().or_else(|| match heard.recv_timeout(LOOK_UP) {
            Ok(signal) => Some(signal),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Signal::End),
        })
    }

    fn wait_for_quiet(&mut self, heard: &Receiver<Signal>) {
        let started = Instant::now();
        while started.elapsed() < LONGEST_SAVE {
            match heard.recv_timeout(QUIET) {
                Ok(Signal::Changed) => {}
                Ok(other) => self.kept.push_back(other),
                Err(_) => return,
            }
        }
    }

    /// Reads what has changed; whether anything has.
    fn reread(&mut self) -> bool {
        match guarded(|| self.session.refresh()) {
            // A file that no article calls for may have come or gone.
            Ok(changes) if changes.is_empty() => self.look_for_lints(),
            Ok(_) => {
                self.say_that_it_takes_long();
                self.set();
                true
            }
            Err(error) => {
                self.start_over(error);
                true
            }
        }
    }

    /// A setting that takes long is announced: what is shown meanwhile is not up to date.
    fn say_that_it_takes_long(&self) {
        const LONG: Duration = Duration::from_millis(300);
        if self.took > LONG {
            self.shared.change(|state| state.is_setting = true);
        }
    }

    /// Sets the pages and shows them; then looks for lints, for which nobody waits.
    fn set(&mut self) {
        match guarded(|| self.set_pages()) {
            Ok(()) => {
                self.look_for_lints();
            }
            Err(error) => self.start_over(error),
        }
    }

    fn set_pages(&mut self) {
        let started = Instant::now();
        let Outcome { value, diagnostics } = self.session.pages();
        self.page_findings = diagnostics;
        self.took = started.elapsed();
        let title = self.title();
        let language = self.session.issue().map(|issue| issue.manifest.language.tag.clone());
        let shown = value.zip(self.session.issue()).map(|(laid_out, issue)| {
            let before = self.shared.get().shown;
            let shown = Shown::new(laid_out, issue, self.session.photo_files(), before.as_deref());
            let marks = before.map(|before| shown.changed_since(&before)).unwrap_or_default();
            (Arc::new(shown), Arc::new(marks))
        });
        if let Some((shown, marks)) = shown {
            self.shared.change(|state| {
                state.version += 1;
                (state.shown, state.marks) = (Some(shown), marks);
                state.is_setting = false;
                state.has_errors = false;
                let kept = state.findings.iter().filter(|finding| finding.severity != Severity::Error);
                state.findings = Arc::new(kept.cloned().collect());
                state.email = None;
                state.title = title.unwrap_or_else(|| std::mem::take(&mut state.title));
                state.language = language.unwrap_or_default();
            });
        }
    }

    /// Looks for lints, and shows all findings where they are others than before; whether they are.
    fn look_for_lints(&mut self) -> bool {
        let lints = guarded(|| self.session.lints()).unwrap_or_else(|error| vec![error]);
        let findings: Vec<_> = self.page_findings.iter().cloned().chain(lints).collect();
        let has_errors = has_errors(&findings);
        let now = self.shared.get();
        if now.has_errors == has_errors && are_same(&now.findings, &findings) && !now.is_setting {
            return false;
        }
        self.shared.change(|state| {
            state.findings = Arc::new(findings);
            state.has_errors = has_errors;
            state.is_setting = false;
            // The PDF of an issue with errors would be an old one.
            if has_errors {
                state.email = None;
            }
        });
        true
    }

    /// After a panic, which is an error of ours: what it left behind is dropped.
    fn start_over(&mut self, error: Diagnostic) {
        self.session = self.desk.open();
        self.page_findings = vec![error];
        self.look_for_lints();
    }

    /// Builds the e-mail PDF, to tell what it weighs and to have it when it is asked for.
    fn weigh(&mut self) {
        if self.shared.get().has_errors {
            return;
        }
        let budget = self.session.budget();
        let Ok(outcome) = guarded(|| self.session.build()) else { return };
        match outcome.value {
            Some(bulletin) => self.shared.change(|state| {
                let is_lowered = bulletin.lowered.is_some();
                state.email = Some(Email { pdf: Arc::new(bulletin.pdf), budget, is_lowered });
            }),
            // Pages that can be set may make no PDF: too large, or against a standard.
            None => {
                let is_new = |finding: &Diagnostic| finding.severity == Severity::Error;
                let errors: Vec<_> = outcome.diagnostics.into_iter().filter(is_new).collect();
                self.page_findings.extend(errors);
                self.look_for_lints();
            }
        }
    }

    /// Carries out the fixes that the reader has seen; how many there were.
    fn mend(&mut self, wanted: String) -> Result<usize, MendError> {
        self.session.refresh();
        let findings = self.session.check();
        let changes = if fixes_digest(&check::apply_fixes(&findings)) == wanted {
            check::mend(self.session.folder(), &findings).map_err(MendError::Failed)
        } else {
            Err(MendError::Changed)
        };
        self.session.refresh();
        self.set();
        changes.map(|changes| changes.len())
    }

    fn title(&self) -> Option<String> {
        let manifest = &self.session.issue()?.manifest;
        let number = manifest.number.as_ref().map(|number| number.value.as_str());
        Some(messages::issue_title(&manifest.masthead.title.value, number, self.desk.lang))
    }
}

/// Whether findings say the same of the same places.
fn are_same(before: &[Diagnostic], now: &[Diagnostic]) -> bool {
    let same_place = |a: &Location, b: &Location| match (a, b) {
        (Location::Place(a), Location::Place(b)) => {
            a.source.name() == b.source.name() && a.range == b.range && a.source.text() == b.source.text()
        }
        (Location::File(a), Location::File(b)) => a == b,
        (Location::Elsewhere, Location::Elsewhere) => true,
        _ => false,
    };
    let same = |(a, b): (&Diagnostic, &Diagnostic)| {
        a.severity == b.severity && a.finding == b.finding && a.fix == b.fix && same_place(&a.location, &b.location)
    };
    before.len() == now.len() && before.iter().zip(now).all(same)
}

/// What fixes change, in one hash: the files as they are and as they will be.
pub(super) fn fixes_digest(files: &[check::FixedFile]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        for text in [file.source.name(), file.source.text(), &file.text] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
    }
    hasher.finalize().to_hex().to_string()
}

impl State {
    /// What can be fixed.
    pub(super) fn fixes(&self) -> Vec<check::FixedFile> {
        check::apply_fixes(&self.findings)
    }
}
