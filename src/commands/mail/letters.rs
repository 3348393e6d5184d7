//! From an issue, its PDF and a list to the messages.

use std::time::SystemTime;

use super::{Failure, mail_failed};
use crate::address::{Mailbox, Unsubscribe};
use crate::assets;
use crate::cli::Mail;
use crate::commands::pdf::Pdf;
use crate::diagnostic::{Diagnostic, Finding, MailError};
use crate::fs::IssueFolder;
use crate::issue::Issue;
use crate::layout::{Layout, MAIL_TEMPLATES};
use crate::mail::content::{self, Attachment, Content, Detail};
use crate::mail::dkim::Signer;
use crate::mail::message::{Common, Mailing};
use crate::mail::outbox::{self, Addressee, Outbox, Templates};
use crate::mail::picture::{self, Cover};
use crate::mail::template::{Kind, Template};
use crate::messages::{self, Lang};
use crate::session::Session;
use crate::source::Text;
use crate::vietnamese::ascii_name;

/// The colour of messages where neither issue nor layout has one.
const ACCENT: &str = "#14375e";

/// Largest key, in bytes.
const MAX_KEY: u64 = 100_000;

/// Makes the outbox, and tells who writes.
pub(super) fn outbox<'s>(
    args: &Mail,
    session: &Session,
    pdf: Pdf,
    recipients: Vec<Mailbox>,
    [html, text]: &'s [TemplateFile; 2],
) -> Result<(Outbox<'s>, Mailbox), Failure> {
    let Some(issue) = session.issue() else { return Err(mail_failed(MailError::NoSender)) };
    let sender = sender(args, issue).map_err(mail_failed)?;
    let compile = |file: &'s TemplateFile, kind| Template::compile(&file.path, &file.source, kind).map_err(mail_failed);
    let templates = Templates { html: compile(html, Kind::Html)?, text: compile(text, Kind::Text)? };
    let signer = signer(args, &sender)?;
    let lang = if issue.manifest.language.primary == "vi" { Lang::Vi } else { Lang::En };
    let size = messages::size(pdf.bytes.len() as u64, lang);
    let attachment = Attachment { name: pdf_name(issue), pages: pdf.pages, size };
    let subject = subject(args, issue);
    let cover = cover(session.folder(), issue);
    let content = fitting(issue, &subject, accent(issue, session.layout()), &attachment, cover.as_ref(), &templates)
        .map_err(mail_failed)?;
    let common = Common {
        from: sender.to_lettre(),
        reply_to: reply_to(args, issue).map_err(mail_failed)?,
        subject: content.subject.clone(),
        language: content.language.clone(),
        date: SystemTime::now(),
        picture: cover.map(|cover| cover.picture),
        pdf_name: attachment.name,
        signer,
    };
    let identity = identity(args, issue);
    let domain = sender.address.domain();
    let addressee = |mailbox| Addressee::new(mailbox, &identity, domain);
    let addressees = recipients.into_iter().map(addressee).collect();
    let outbox = Outbox {
        mailing: Mailing::new(common, pdf.bytes),
        templates,
        content,
        unsubscribe: value(&issue.manifest.mail.unsubscribe).and_then(Unsubscribe::parse),
        addressees,
    };
    Ok((outbox, sender))
}

fn value(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

fn parsed(text: &str) -> Result<Mailbox, MailError> {
    Mailbox::parse(text).map_err(|error| MailError::BadAddress { text: text.to_owned(), error })
}

/// Who writes: as it was typed, as the manifest says, else the first address of the imprint, which is the office's own.
fn sender(args: &Mail, issue: &Issue) -> Result<Mailbox, MailError> {
    let manifest = &issue.manifest;
    if let Some(typed) = args.from.as_deref().or(value(&manifest.mail.from)) {
        return parsed(typed);
    }
    let address = manifest.masthead.imprint.iter().find_map(|row| value(&row.email)).ok_or(MailError::NoSender)?;
    let mailbox = parsed(address)?;
    Ok(Mailbox { name: Some(manifest.masthead.title.value.clone()), ..mailbox })
}

fn reply_to(args: &Mail, issue: &Issue) -> Result<Option<lettre::message::Mailbox>, MailError> {
    let typed = args.reply_to.as_deref().or(value(&issue.manifest.mail.reply_to));
    typed.map(|typed| Ok(parsed(typed)?.to_lettre())).transpose()
}

fn subject(args: &Mail, issue: &Issue) -> String {
    let typed = args.subject.as_deref().or(value(&issue.manifest.mail.subject));
    let subject = typed.map_or_else(|| content::usual_subject(issue), |typed| content::filled(typed, issue));
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_vietnamese = issue.manifest.language.primary == "vi";
    match (args.test.is_some(), is_vietnamese) {
        (false, _) => subject,
        (true, true) => format!("[Gửi thử] {subject}"),
        (true, false) => format!("[Test] {subject}"),
    }
}

/// A message that is sent for a test is another one than the same person may get later: programs hide the second of two
/// messages with one Message-ID.
fn identity(args: &Mail, issue: &Issue) -> String {
    let identity = content::identity(issue);
    match args.test {
        None => identity,
        Some(_) => format!("{identity}\0test {:?}", SystemTime::now()),
    }
}

fn accent<'a>(issue: &'a Issue, layout: Option<&'a Layout>) -> &'a str {
    let own = issue.manifest.style.iter().find(|(key, _)| key.value == "accent").map(|(_, value)| value.value.as_str());
    let usual = || layout?.spec.colours.iter().find(|(key, _)| key == "accent").map(|(_, value)| value.as_str());
    own.or_else(usual).unwrap_or(ACCENT)
}

/// A template, and the file that it stands in.
pub(super) struct TemplateFile {
    path: String,
    source: String,
}

/// The templates of the layout, else of its library, else ours.
pub(super) fn templates(layout: Option<&Layout>) -> [TemplateFile; 2] {
    let find = |name: &str| {
        let own = layout.and_then(|layout| {
            let places = [format!("layouts/{}/{name}", layout.name), format!("layouts/lib/{name}")];
            places.into_iter().find_map(|path| Some((path.clone(), layout.files.get(&path)?.as_ref().to_vec())))
        });
        own.or_else(|| {
            let files = assets::layout_files("lib").into_iter();
            let ours = files.filter(|(file, _)| file == name).map(|(_, bytes)| bytes.to_vec()).next();
            Some((format!("layouts/lib/{name}"), ours?))
        })
    };
    MAIL_TEMPLATES.map(|name| {
        let (path, bytes) = find(name).unwrap_or_default();
        TemplateFile { path, source: String::from_utf8_lossy(&bytes).into_owned() }
    })
}

/// Name of the PDF in messages: bulletin and month, in ASCII.
fn pdf_name(issue: &Issue) -> String {
    let name = ascii_name(&issue.manifest.masthead.title.value);
    let name = if name.is_empty() { "bulletin" } else { name.as_str() };
    format!("{name}-{:04}-{:02}.pdf", issue.manifest.date.year, issue.manifest.date.month)
}

/// The key of the office, where it signs itself.
fn signer(args: &Mail, sender: &Mailbox) -> Result<Option<Signer>, Failure> {
    let (Some(path), Some(selector)) = (&args.dkim_key, &args.dkim_selector) else { return Ok(None) };
    let unreadable = |error| {
        let finding = Finding::Unreadable { path: path.display().to_string(), error };
        (std::path::PathBuf::new(), vec![Diagnostic::error_elsewhere(finding)])
    };
    let pem = crate::fs::read_limited(path, MAX_KEY).map_err(unreadable)?;
    let domain = args.dkim_domain.as_deref().unwrap_or(sender.address.domain());
    let signer = Signer::from_pem(&String::from_utf8_lossy(&pem), domain, selector);
    signer.map(Some).map_err(|error| mail_failed(MailError::DkimKey(error)))
}

/// The cover photo; a message does without where it cannot be shown, for the PDF has it.
fn cover(folder: &IssueFolder, issue: &Issue) -> Option<Cover> {
    let cover = issue.manifest.cover.as_ref()?;
    let bytes = folder.read(&cover.photo.value, crate::photo::MAX_BYTES).ok()?;
    picture::cover(&bytes).ok().flatten()
}

/// As much of the issue as programs show whole.
fn fitting(
    issue: &Issue,
    subject: &str,
    accent: &str,
    attachment: &Attachment,
    cover: Option<&Cover>,
    templates: &Templates<'_>,
) -> Result<Content, MailError> {
    let shown = cover.zip(issue.manifest.cover.as_ref()).map(|(cover, words)| {
        let caption = value(&words.caption).map(str::to_owned);
        content::Cover {
            url: format!("cid:{}", cover.picture.id),
            alt: value(&words.alt).map(str::to_owned).or_else(|| caption.clone()).unwrap_or_default(),
            caption,
            credit: value(&words.credit).map(str::to_owned),
            width: cover.width,
            height: cover.height,
        }
    });
    let made = Detail::ALL.map(|detail| Content {
        cover: shown.clone(),
        ..content::content(issue, subject.to_owned(), accent, attachment.clone(), detail)
    });
    let [most, less, least] = made;
    for content in [most, less] {
        if outbox::fits(templates, &content)? {
            return Ok(content);
        }
    }
    Ok(least)
}
