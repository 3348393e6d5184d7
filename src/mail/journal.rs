//! What became of each message, kept in a file so that a run that was killed goes on where it was.
//!
//! A line is written before a message is handed over and one after the server has answered, each on the disk before the
//! next step. A message whose last line is the first of these may have been taken or not: nobody knows.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::address::Address;
use crate::diagnostic::{FileError, MailError};
use crate::fs::{Log, LogError};

/// What is known of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is being handed over.
    Trying,
    /// The server has taken it.
    Sent,
    /// The server has refused it for good.
    Refused,
    /// The server has refused it for now, or could not be reached.
    Deferred,
    /// The connection broke before the answer: the server may have taken it.
    Unknown,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trying => "trying",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Deferred => "deferred",
            Self::Unknown => "unknown",
        }
    }
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The sender, or the size: another run may do better.
    Sender,
    /// The address.
    Recipient,
    /// The message.
    Message,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by RFC 3339, in UTC.
    pub time: String,
    /// The issue folder's name.
    pub issue: String,
    pub to: String,
    pub message_id: String,
    pub status: Status,
    /// The server's answer: its code, and its words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply: Option<String>,
    /// What a refusal was about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<Stage>,
}

/// The last entry of each message, by issue and recipient: another sender or a mended title makes no other message.
#[derive(Debug, Default)]
pub struct Known(HashMap<(String, String), Entry>);

impl Known {
    /// What is known of the message of an issue to a recipient.
    pub fn get(&self, issue: &str, to: &Address) -> Option<&Entry> {
        self.0.get(&(issue.to_owned(), to.key()))
    }

    fn insert(&mut self, entry: Entry) {
        // Addresses differ in nothing but capitals where they are one.
        self.0.insert((entry.issue.clone(), entry.to.to_ascii_lowercase()), entry);
    }
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    log: Log,
}

impl Journal {
    /// Opens the journal, or begins one, and tells what is known so far.
    pub fn open(path: &Path) -> Result<(Self, Known), MailError> {
        let shown = || path.display().to_string();
        let (log, text) = Log::open(path).map_err(|error| match error {
            LogError::InUse => MailError::JournalInUse { path: shown() },
            LogError::File(error) => MailError::JournalUnusable { path: shown(), error },
        })?;
        Ok((Self { log }, known(path, &text)?))
    }

    /// What a journal says, without opening it for more.
    pub fn read(path: &Path) -> Result<Known, MailError> {
        let unusable = |error| MailError::JournalUnusable { path: path.display().to_string(), error };
        known(path, &Log::read(path).map_err(unusable)?)
    }

    /// Adds what became of a message; it is on the disk when this returns.
    pub fn add(&mut self, entry: &Entry) -> Result<(), FileError> {
        let line = serde_json::to_string(entry).map_err(|error| FileError::Other(error.to_string()))?;
        self.log.add(&line)
    }
}

/// What a journal says. One that says something else than ours is not guessed at: a message too many
/// cannot be taken back.
fn known(path: &Path, text: &str) -> Result<Known, MailError> {
    let mut known = Known::default();
    for (index, line) in text.lines().enumerate() {
        let garbled = |_| MailError::JournalGarbled { path: path.display().to_string(), line: index + 1 };
        let mut entry: Entry = serde_json::from_str(line).map_err(garbled)?;
        if entry.status == Status::Trying {
            entry.status = Status::Unknown;
        }
        known.insert(entry);
    }
    Ok(known)
}

/// The time of an entry that is made now.
pub fn now() -> String {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(to: &str, status: &str) -> String {
        let (time, id) = ("2026-11-02T08:00:00Z", "<1@tanhai.example>");
        format!(
            r#"{{"time":"{time}","issue":"2026-11","to":"{to}@b.example","message_id":"{id}","status":"{status}"}}"#
        )
    }

    #[test]
    fn the_last_line_counts() {
        let text = [line("a", "trying"), line("b", "trying"), line("A", "sent")].join("\n");
        let known = known(Path::new("a.jsonl"), &text).expect("a journal");
        let status = |issue: &str, to: &str| {
            let address = Address::parse(&format!("{to}@b.example")).expect("a journal");
            known.get(issue, &address).map(|entry| entry.status)
        };
        assert_eq!(status("2026-11", "a"), Some(Status::Sent));
        assert_eq!(status("2026-11", "b"), Some(Status::Unknown));
        assert_eq!(status("2026-12", "a"), None);
    }

    #[test]
    fn what_is_no_journal_is_refused() {
        let text = format!("{}\n\nDear all\n", line("a", "sent"));
        let error = known(Path::new("a.jsonl"), &text).expect_err("no journal");
        assert_eq!(error, MailError::JournalGarbled { path: "a.jsonl".into(), line: 2 });
    }

    #[test]
    fn an_entry_comes_back() {
        let entry = Entry {
            time: now(),
            issue: "2026-11".into(),
            to: "a@tanhai.example".into(),
            message_id: "<1@tanhai.example>".into(),
            status: Status::Refused,
            code: Some(550),
            reply: Some("không có hộp thư này\n".into()),
            stage: Some(Stage::Recipient),
        };
        let line = serde_json::to_string(&entry).expect("a journal");
        assert_eq!(line.lines().count(), 1);
        assert_eq!(serde_json::from_str::<Entry>(&line).expect("a journal"), entry);
    }
}
