//! What is told while an issue is mailed.

use std::path::Path;

use serde_json::json;

use super::{Format, Terminal};
use crate::diagnostic::Diagnostic;
use crate::messages;

/// What became of a message.
#[derive(Debug)]
pub struct Mailed<'a> {
    pub to: &'a str,
    /// `sent`, `refused`, `deferred`, `unknown`, [`WRITTEN`](Self::WRITTEN) or [`PLANNED`](Self::PLANNED).
    pub status: &'static str,
    /// The code of the server's answer, and its words.
    pub code: Option<u16>,
    pub words: &'a str,
    pub message_id: &'a str,
    /// Whether that is known from an earlier run.
    pub is_earlier: bool,
}

impl Mailed<'_> {
    /// It is in a file.
    pub const WRITTEN: &'static str = "written";
    /// It would be sent or written.
    pub const PLANNED: &'static str = "planned";
    const SENT: &'static str = "sent";
}

/// How many messages ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailCounts {
    pub written: usize,
    pub planned: usize,
    pub sent: usize,
    pub refused: usize,
    pub deferred: usize,
    pub unknown: usize,
    /// Of those that were sent, by an earlier run.
    pub earlier: usize,
}

impl MailCounts {
    pub fn add(&mut self, status: &str, is_earlier: bool) {
        self.earlier += usize::from(is_earlier && status == Mailed::SENT);
        let count = match status {
            Mailed::WRITTEN => &mut self.written,
            Mailed::PLANNED => &mut self.planned,
            Mailed::SENT => &mut self.sent,
            "refused" => &mut self.refused,
            "deferred" => &mut self.deferred,
            _ => &mut self.unknown,
        };
        *count += 1;
    }

    /// Whether none is left that should be sent.
    pub fn are_all_sent(&self) -> bool {
        self.refused + self.deferred + self.unknown == 0
    }
}

impl Terminal {
    /// Warnings that are about no issue.
    pub fn warnings(&self, warnings: &[Diagnostic]) {
        if self.format == Format::Json || !self.quiet {
            warnings.iter().for_each(|warning| self.finding(Path::new(""), warning));
        }
    }

    /// Tells what is about to be done, to people.
    pub fn mailing(&self, line: &str) {
        if self.format == Format::Human {
            self.say(line);
        }
    }

    /// Tells what became of a message: to programs of every one, to people of those that are to be looked at.
    pub fn mailed(&self, mailed: &Mailed<'_>) {
        let Mailed { to, status, code, words, message_id, is_earlier } = *mailed;
        match self.format {
            Format::Json => {
                let mut object = json!({ "to": to, "status": status, "code": code, "message_id": message_id });
                if !words.is_empty() {
                    object["reply"] = words.into();
                }
                if is_earlier {
                    object["earlier"] = true.into();
                }
                self.object(&object);
            }
            Format::Human => {
                let line = messages::mailed(to, status, code, words, is_earlier, self.lang);
                match status {
                    Mailed::PLANNED => self.say(&line),
                    Mailed::SENT | Mailed::WRITTEN if self.verbose => self.say(&line),
                    Mailed::SENT | Mailed::WRITTEN => {}
                    _ => self.err(&line),
                }
            }
        }
    }

    /// Tells that sending was stopped with Ctrl-C.
    pub fn mail_stopped(&self) {
        if self.format == Format::Human {
            self.err(messages::mail_stopped(self.lang));
        }
    }

    /// Counts what became of all messages.
    pub fn mail_summary(&self, counts: &MailCounts) {
        match self.format {
            Format::Json => self.object(&json!({ "mailed": {
                "written": counts.written, "planned": counts.planned, "sent": counts.sent,
                "refused": counts.refused, "deferred": counts.deferred, "unknown": counts.unknown, "earlier": counts.earlier,
            } })),
            Format::Human => {
                for line in messages::mail_summary(counts, self.lang) {
                    self.say(&line);
                }
            }
        }
    }
}
