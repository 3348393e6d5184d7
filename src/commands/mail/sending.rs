//! Hands the messages to a server, tells what becomes of each, and counts.

use std::path::Path;
use std::time::Duration;

use crate::address::Mailbox;
use crate::cli::Mail;
use crate::commands::{Status, env_var};
use crate::diagnostic::{Diagnostic, Finding, MailError};
use crate::fs;
use crate::mail::connection::{Access, Answer, Password};
use crate::mail::delivery::{Delivery, Observer, Pace};
use crate::mail::journal::{self, Entry, Journal, Known, Stage};
use crate::mail::outbox::Outbox;
use crate::mail::server::Server;
use crate::progress::Progress;
use crate::terminal::{MailCounts, Mailed, Terminal};

/// Largest file with a password or certificates, in bytes.
const MAX_SECRET: u64 = 1_000_000;

/// The variable of the environment that has the password.
const PASSWORD: &str = "BANTIN_SMTP_PASSWORD";

/// Sends what is not sent yet.
pub(super) fn send(
    args: &Mail,
    outbox: &Outbox<'_>,
    sender: &Mailbox,
    largest: u64,
    (path, issue): (&Path, &str),
    terminal: &Terminal,
) -> Result<Status, MailError> {
    // What is typed has been looked at.
    let Some(server) = args.send.as_deref().and_then(|typed| Server::parse(typed).ok()) else {
        return Ok(Status::Failed);
    };
    let access = access(args, server)?;
    let from = sender.address.to_lettre();
    // A test leaves no trace: the same person may be on the list.
    let (mut journal, known) = match args.test {
        Some(_) => (None, Known::default()),
        None => Journal::open(path).map(|(journal, known)| (Some(journal), known))?,
    };
    let mut watcher = Watcher { outbox, terminal, counts: MailCounts::default(), done: 0 };
    let mut indices = Vec::new();
    for (index, addressee) in outbox.addressees.iter().enumerate() {
        match known.get(issue, &addressee.mailbox.address) {
            Some(entry) if !is_to_be_sent(args, entry) => watcher.tell_earlier(index, entry),
            _ => indices.push(index),
        }
    }
    let pace = Pace {
        per_minute: args.rate,
        per_connection: args.per_connection,
        retries: args.retries,
        first_pause: Duration::from_secs_f64(args.retry_pause),
    };
    let result = if indices.is_empty() {
        Ok(())
    } else {
        let mut delivery =
            Delivery { access: &access, issue, from: &from, pace, outbox, largest, observer: &mut watcher };
        delivery.run(&indices, journal.as_mut())
    };
    terminal.progress().end();
    let counts = watcher.counts;
    if let Err(error) = result {
        terminal.diagnostics(Path::new(""), &[Diagnostic::error_elsewhere(Finding::MailFailed(error))]);
        terminal.mail_summary(&counts);
        return Ok(Status::Failed);
    }
    Ok(finish(&counts, terminal))
}

/// Counts, and tells how it ended.
pub(super) fn finish(counts: &MailCounts, terminal: &Terminal) -> Status {
    terminal.mail_summary(counts);
    if terminal.progress().is_stopped() {
        terminal.mail_stopped();
        return Status::Stopped;
    }
    if counts.are_all_sent() { Status::Done } else { Status::Failed }
}

/// Whether a message of which something is known is to be sent again. What was refused for its address is refused again;
/// what was refused for its sender or size may have been mended since.
pub(super) fn is_to_be_sent(args: &Mail, entry: &Entry) -> bool {
    match entry.status {
        journal::Status::Sent => false,
        journal::Status::Deferred => true,
        journal::Status::Refused => args.retry_refused || entry.stage == Some(Stage::Sender),
        journal::Status::Trying | journal::Status::Unknown => args.resend_unknown,
    }
}

fn access(args: &Mail, server: Server) -> Result<Access, MailError> {
    let read = |path: &std::path::PathBuf| {
        let unreadable = |error| MailError::Unreadable { path: path.display().to_string(), error };
        fs::read_limited(path, MAX_SECRET).map_err(unreadable)
    };
    let password = match &args.password_file {
        Some(path) => {
            let text = String::from_utf8_lossy(&read(path)?).into_owned();
            // Editors end a file with an end of a line.
            text.trim_start_matches('\u{feff}').lines().next().map(str::to_owned)
        }
        None => env_var(PASSWORD).and_then(|value| value.into_string().ok()),
    };
    let password = password.filter(|password| !password.is_empty()).map(Password);
    Ok(Access { server, password, authorities: args.ca.as_ref().map(read).transpose()? })
}

/// Tells the terminal what becomes of each message.
struct Watcher<'a> {
    outbox: &'a Outbox<'a>,
    terminal: &'a Terminal,
    counts: MailCounts,
    done: usize,
}

impl Watcher<'_> {
    /// Tells what an earlier run has left of a message.
    fn tell_earlier(&mut self, index: usize, entry: &Entry) {
        let words = entry.reply.as_deref().unwrap_or_default();
        self.tell(index, entry.status.as_str(), entry.code, words, true);
    }

    fn tell(&mut self, index: usize, status: &'static str, code: Option<u16>, words: &str, is_earlier: bool) {
        let Some(addressee) = self.outbox.addressees.get(index) else { return };
        self.counts.add(status, is_earlier);
        let to = addressee.mailbox.address.as_str();
        let mailed = Mailed { to, status, code, message_id: &addressee.id, words, is_earlier };
        let progress = self.terminal.progress();
        progress.suspend(|| self.terminal.mailed(&mailed));
        self.done += 1;
        progress.messages(self.done, self.outbox.addressees.len());
    }
}

impl Observer for Watcher<'_> {
    fn done(&mut self, index: usize, status: journal::Status, answer: &Answer) {
        self.tell(index, status.as_str(), answer.code, &answer.text, false);
    }

    fn too_large(&mut self, limit: u64) {
        let finding = Finding::MailTooLarge { limit };
        let progress = self.terminal.progress();
        progress.suspend(|| self.terminal.warnings(&[Diagnostic::warning_elsewhere(finding)]));
    }

    fn is_stopped(&self) -> bool {
        self.terminal.progress().is_stopped()
    }
}
