//! Who gets a message: addresses that were typed, and lists in files.

use std::path::Path;
use std::sync::Arc;

use crate::address::Mailbox;
use crate::cli::Mail;
use crate::diagnostic::{BadAddress, Diagnostic, Finding, ListError, ListFinding, MailError};
use crate::fs;
use crate::mail::recipients::{self, Double, LARGEST_LIST, Place, Recipient};
use crate::messages;
use crate::source::{self, Source};
use crate::terminal::Terminal;

/// Reads all that `--to` names, each mailbox once. What is wrong with any of it is told together.
pub(super) fn read(args: &Mail, terminal: &Terminal) -> Result<Vec<Mailbox>, Vec<Diagnostic>> {
    let (mut all, mut lists, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for typed in &args.to {
        match named(typed, &mut lists) {
            Ok(recipients) => all.extend(recipients),
            Err(found) => errors.extend(found),
        }
    }
    // A test goes to one address alone; the lists are read all the same.
    let test = args.test.as_deref().map(|text| Mailbox::parse(text).map_err(|error| bad_address(text, error)));
    let test = test.transpose().map_err(|error| errors.push(error)).ok().flatten();
    if !errors.is_empty() {
        return Err(errors);
    }
    let (all, doubles) = recipients::without_doubles(all);
    let mut warnings: Vec<_> = all.iter().filter_map(|found| doubt(found, &lists)).collect();
    warnings.extend(doubles.iter().map(|double| twice(double, &lists, terminal)));
    terminal.warnings(&warnings);
    let mailbox = |Recipient { name, address, .. }| Mailbox { name, address };
    let mailboxes = test.map_or_else(|| all.into_iter().map(mailbox).collect(), |test| vec![test]);
    if mailboxes.is_empty() {
        return Err(vec![Diagnostic::error_elsewhere(Finding::MailFailed(MailError::NoRecipient))]);
    }
    Ok(mailboxes)
}

/// What one word of `--to` names: a file, where there is one of that name, else an address.
fn named(typed: &str, lists: &mut Vec<Arc<Source>>) -> Result<Vec<Recipient>, Vec<Diagnostic>> {
    let path = Path::new(typed);
    if typed.contains('@') && !fs::is_file(path) {
        return Recipient::typed(typed).map(|one| vec![one]).map_err(|error| vec![bad_address(typed, error)]);
    }
    let bytes = fs::read_limited(path, LARGEST_LIST as u64)
        .map_err(|error| vec![Diagnostic::error_elsewhere(Finding::Unreadable { path: typed.to_owned(), error })])?;
    let list = Source::new(typed, recipients::text(&bytes).unwrap_or_default());
    lists.push(Arc::clone(&list));
    recipients::read_list(typed, &bytes)
        .map_err(|found| found.into_iter().map(|finding| in_list(&list, finding)).collect())
}

fn bad_address(text: &str, error: BadAddress) -> Diagnostic {
    Diagnostic::error_elsewhere(Finding::MailFailed(MailError::BadAddress { text: text.to_owned(), error }))
}

/// A finding at its line of a list.
fn in_list(list: &Arc<Source>, ListFinding { line, column, error }: ListFinding) -> Diagnostic {
    let is_of_whole = matches!(
        error,
        ListError::Workbook
            | ListError::NotAList(_)
            | ListError::NotUtf8
            | ListError::TooLarge { .. }
            | ListError::Empty
    );
    let finding = Finding::MailFailed(MailError::BadList(error));
    if is_of_whole {
        return Diagnostic::error_in_file(finding, list.name());
    }
    let range = list.range_from(line, column);
    Diagnostic::error(finding, source::Place::new(list, range))
}

/// An address that is there twice.
fn twice(double: &Double, lists: &[Arc<Source>], terminal: &Terminal) -> Diagnostic {
    let place = |place: &Place| match place {
        Place::Typed => messages::typed_address(terminal.lang).to_owned(),
        Place::List { file, line, .. } => format!("{file}:{line}"),
    };
    let finding = Finding::RecipientTwice { address: double.address.shown().to_owned(), first: place(&double.first) };
    warning_at(finding, &double.second, lists)
}

/// An address that looks like a slip.
fn doubt(recipient: &Recipient, lists: &[Arc<Source>]) -> Option<Diagnostic> {
    let (address, meant) = (recipient.address.shown().to_owned(), recipient.address.meant()?);
    Some(warning_at(Finding::RecipientDoubt { address, meant }, &recipient.place, lists))
}

fn warning_at(finding: Finding, place: &Place, lists: &[Arc<Source>]) -> Diagnostic {
    let Place::List { file, line, column } = place else { return Diagnostic::warning_elsewhere(finding) };
    match lists.iter().find(|list| list.name() == file) {
        Some(list) => Diagnostic::warning(finding, source::Place::new(list, list.range_from(*line, *column))),
        None => Diagnostic::warning_in_file(finding, file.as_str()),
    }
}
