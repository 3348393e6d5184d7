//! While work goes on: a progress bar for people at a terminal, and Ctrl-C.

use std::borrow::Cow;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Format, RelayMessage, Terminal};
use crate::messages::{self, Lang, Ui};
use crate::progress::Progress;

/// What is over sooner than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// Shows how far the work has come, and hears Ctrl-C.
#[derive(Debug)]
pub struct ProgressReporter {
    bar: ProgressBar,
    /// Whether somebody sits at a terminal.
    is_at_terminal: bool,
    lang: Lang,
    /// How many issues are finished, and of how many; of one alone, the photos are counted.
    issues: Mutex<Option<(usize, usize)>>,
    /// When the first message was done, and how many were then.
    first_message: Mutex<Option<(Instant, usize)>>,
    started: Instant,
    stopped: Arc<AtomicBool>,
    /// Whether another process shows it.
    is_relayed: bool,
}

impl Terminal {
    /// What reports the progress of this run; the same at every call. From the first call on, a Ctrl-C ends the work as
    /// soon as it can end cleanly, a second one at once.
    pub fn progress(&self) -> Arc<ProgressReporter> {
        Arc::clone(self.progress.get_or_init(|| Arc::new(self.start_reporting())))
    }

    fn start_reporting(&self) -> ProgressReporter {
        let is_at_terminal = self.format == Format::Human && !self.quiet && std::io::stderr().is_terminal();
        let bar = ProgressBar::hidden();
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        ProgressReporter {
            bar,
            is_at_terminal,
            lang: self.lang,
            issues: Mutex::new(None),
            first_message: Mutex::new(None),
            started: Instant::now(),
            stopped: stop_on_signal(),
            is_relayed: self.relayed,
        }
    }
}

/// A flag that Ctrl-C sets.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Without a handler the signal ends the process at once, which loses nothing: PDFs appear whole or not at all.
        // The order counts: a signal that finds the flag set ends the process.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, super::STOPPED.into(), Arc::clone(&stopped));
        let _ = signal_hook::flag::register(signal, Arc::clone(&stopped));
    }
    stopped
}

impl ProgressReporter {
    /// So many issues of all are finished.
    pub fn issues(&self, done: usize, all: usize) {
        *self.issues.lock().unwrap_or_else(PoisonError::into_inner) = Some((done, all));
        self.show(Ui::Issues, done, all);
    }

    /// So many messages of all are done.
    pub fn messages(&self, done: usize, all: usize) {
        let mut first = self.first_message.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, before) = *first.get_or_insert_with(|| {
            // The bar of the photos has been taken away.
            self.bar.reset();
            (Instant::now(), done)
        });
        let (sent, seconds) = (done.saturating_sub(before), start.elapsed().as_secs_f64());
        if done < all && sent > 0 && seconds > 0.0 {
            let rate = sent as f64 / seconds;
            let left = all.saturating_sub(done) as f64 / rate;
            self.show_words(messages::mail_progress(rate * 60.0, left as u64, self.lang), done, all);
        } else if done == all {
            self.end();
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Says something while the bar is out of the way.
    pub fn suspend<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }

    fn show(&self, what: Ui, done: usize, all: usize) {
        self.show_words(messages::ui(what, self.lang), done, all);
    }

    fn show_words(&self, words: impl Into<Cow<'static, str>>, done: usize, all: usize) {
        if done == all {
            self.bar.finish_and_clear();
        } else if self.started.elapsed() > PATIENCE {
            self.bar.set_message(words);
            self.bar.set_length(all as u64);
            self.bar.set_position(done as u64);
            // It appears once it has something to show.
            if self.is_at_terminal && self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
        }
    }
}

impl Progress for ProgressReporter {
    fn photos(&self, done: usize, all: usize) {
        if self.is_relayed {
            return super::send(RelayMessage::Photos, format!("{done} {all}").as_bytes());
        }
        let issues = *self.issues.lock().unwrap_or_else(PoisonError::into_inner);
        match issues {
            // A sign of life before the first is finished.
            Some((done, all)) => self.show(Ui::Issues, done, all),
            None => self.show(Ui::Photos, done, all),
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
