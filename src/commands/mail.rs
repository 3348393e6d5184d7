//! `bantin mail`.

mod letters;
mod list;
mod sending;

use std::path::{Path, PathBuf};

use super::pdf::{self, Built, Pdf};
use super::{Status, build_context, open_or_tell, unwritable};
use crate::cli::Mail;
use crate::diagnostic::{Diagnostic, Finding, MailError};
use crate::fs;
use crate::mail::journal::{Journal, Known};
use crate::mail::outbox::Outbox;
use crate::messages;
use crate::progress::Progress;
use crate::session::{Options, Session};
use crate::terminal::{MailCounts, Mailed, Terminal};

/// What stands in the way, with the file that it is about.
type Failure = (PathBuf, Vec<Diagnostic>);

pub(super) fn run(args: &Mail, terminal: &Terminal) -> Status {
    let progress = terminal.progress();
    let Some(folder) = open_or_tell(&args.issue, terminal) else { return Status::Failed };
    let recipients = match list::read(args, terminal) {
        Ok(recipients) => recipients,
        Err(diagnostics) => return failed(terminal, Path::new(""), &diagnostics),
    };
    let context = build_context(terminal, true, None);
    let options = Options { layout: args.layout.clone(), ..Options::default() };
    let mut session = Session::open(folder, options.clone(), context);
    let Built { pdf, diagnostics, child } = if session.folder().carries_layout() {
        pdf::build_confined(&args.issue, &pdf::option_words(&options, false), terminal, &*progress)
    } else {
        Built::from(session.build())
    };
    progress.end();
    child.iter().for_each(|child| child.repeat(terminal));
    terminal.diagnostics(&args.issue, &diagnostics);
    if progress.is_stopped() {
        terminal.stopped();
        return Status::Stopped;
    }
    let Some(pdf) = pdf else { return Status::Failed };
    match mail(args, &session, pdf, recipients, terminal) {
        Ok(status) => status,
        Err((path, diagnostics)) => failed(terminal, &path, &diagnostics),
    }
}

fn failed(terminal: &Terminal, path: &Path, diagnostics: &[Diagnostic]) -> Status {
    terminal.diagnostics(path, diagnostics);
    Status::Failed
}

/// An error of mailing, as what stands in the way.
fn mail_failed(error: MailError) -> Failure {
    (PathBuf::new(), vec![Diagnostic::error_elsewhere(Finding::MailFailed(error))])
}

fn mail(
    args: &Mail,
    session: &Session,
    pdf: Pdf,
    recipients: Vec<crate::address::Mailbox>,
    terminal: &Terminal,
) -> Result<Status, Failure> {
    let progress = terminal.progress();
    let templates = letters::templates(session.layout());
    let (outbox, sender) = letters::outbox(args, session, pdf, recipients, &templates)?;
    let largest = outbox.rehearse(|| progress.is_stopped()).map_err(mail_failed)?;
    if progress.is_stopped() {
        terminal.stopped();
        return Ok(Status::Stopped);
    }
    terminal.mailing(&messages::mailing(outbox.addressees.len(), largest, &sender.shown(), terminal.lang));
    if let Some(folder) = &args.eml {
        return write_all(&outbox, folder, args.dry_run, terminal);
    }
    let (journal, issue) = (journal_path(args, session), session.folder().name());
    if args.dry_run {
        return rehearsed(args, &outbox, &journal, &issue, terminal).map_err(mail_failed);
    }
    sending::send(args, &outbox, &sender, largest, (&journal, &issue), terminal).map_err(mail_failed)
}

/// Where the journal is: beside the place of the PDF, unless another is asked for.
fn journal_path(args: &Mail, session: &Session) -> PathBuf {
    args.journal.clone().unwrap_or_else(|| PathBuf::from(format!("{}.mail.jsonl", session.folder().name())))
}

/// Writes one file for each message.
fn write_all(outbox: &Outbox<'_>, folder: &Path, is_dry: bool, terminal: &Terminal) -> Result<Status, Failure> {
    let progress = terminal.progress();
    if !is_dry {
        fs::make_folder(folder).map_err(|error| (PathBuf::new(), vec![unwritable(folder, error)]))?;
    }
    let mut counts = MailCounts::default();
    for (index, addressee) in outbox.addressees.iter().enumerate() {
        if progress.is_stopped() {
            break;
        }
        let address = addressee.mailbox.address.as_str();
        let path = folder.join(format!("{:04}-{}.eml", index + 1, file_name(address)));
        if !is_dry {
            let bytes = outbox.message(index).map_err(mail_failed)?.bytes();
            fs::write_whole(&path, &bytes).map_err(|error| (PathBuf::new(), vec![unwritable(&path, error)]))?;
        }
        let status = if is_dry { Mailed::PLANNED } else { Mailed::WRITTEN };
        counts.add(status, false);
        let mailed =
            Mailed { to: address, status, code: None, message_id: &addressee.id, words: "", is_earlier: false };
        progress.suspend(|| terminal.mailed(&mailed));
        progress.messages(index + 1, outbox.addressees.len());
    }
    Ok(sending::finish(&counts, terminal))
}

/// A part of a file name that says whose it is.
fn file_name(address: &str) -> String {
    address.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' }).take(80).collect()
}

/// Says what would go to whom.
fn rehearsed(
    args: &Mail,
    outbox: &Outbox<'_>,
    path: &Path,
    issue: &str,
    terminal: &Terminal,
) -> Result<Status, MailError> {
    let known = if args.test.is_some() { Known::default() } else { Journal::read(path)? };
    let mut counts = MailCounts::default();
    for addressee in &outbox.addressees {
        let earlier = known.get(issue, &addressee.mailbox.address).filter(|entry| !sending::is_to_be_sent(args, entry));
        let status = earlier.map_or(Mailed::PLANNED, |entry| entry.status.as_str());
        counts.add(status, earlier.is_some());
        terminal.mailed(&Mailed {
            to: addressee.mailbox.address.as_str(),
            status,
            code: earlier.and_then(|entry| entry.code),
            message_id: &addressee.id,
            words: "",
            is_earlier: earlier.is_some(),
        });
    }
    terminal.mail_summary(&counts);
    Ok(Status::Done)
}
