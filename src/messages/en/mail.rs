//! What keeps an issue from being mailed, in English.

use super::super::{Lang, Message, size};
use super::file;
use crate::diagnostic::{
    AddressError, BadAddress, DkimKeyError, ListError, MailError, RecipientNameError, TemplateFault,
};

pub(super) fn failed(error: &MailError) -> Message {
    match error {
        MailError::BadAddress { text, error } => address(text, error),
        MailError::BadList(error) => list(error),
        MailError::NoRecipient => Message::new("the list has nobody in it").hint("--to takes addresses, or files with one address a line"),
        MailError::NoSender => Message::new("nothing says who writes")
            .hint("write from = \"Name <address>\" below [mail] in issue.toml, or use --from"),
        MailError::Unreadable { path, error } => Message::new(format!("“{path}” cannot be read: {}", file(error))),
        MailError::Unreachable { server, detail } if detail.is_empty() => {
            Message::new(format!("the server {server} cannot be reached")).hint(LOOK_AT_SERVER)
        }
        MailError::Unreachable { server, detail } => {
            Message::new(format!("the server {server} cannot be reached ({detail})")).hint(LOOK_AT_SERVER)
        }
        MailError::Refused { server, reply } => Message::new(format!("the server {server} refuses the connection: “{reply}”"))
            .hint("ask those who run the server whether this machine may send through it"),
        MailError::Certificate { server, detail } => {
            Message::new(format!("the certificate of the server {server} is not trusted ({detail})"))
                .hint("look whether the name of the server is right; nothing was sent, and no password was shown to it")
                .hint("where an office has certificates of its own: --ca FILE.pem")
        }
        MailError::HangsUp { server, detail } => {
            Message::new(format!("the server {server} ends one connection after the other ({detail})"))
                .hint("ask those who run the server; the same command goes on where this one has stopped")
        }
        MailError::NotSafe { server, detail } => {
            Message::new(format!("the connection to the server {server} cannot be made safe ({detail})"))
                .hint("smtps:// is for a port that is safe from the start (465), smtp:// for one that becomes so (587)")
        }
        MailError::NotSmtp { server } => Message::new(format!("what answers at {server} is no mail server, or out of step"))
            .hint("smtps:// is for a port that is safe from the start (465), smtp:// for one that becomes so (587)"),
        MailError::NoStartTls { server } => {
            Message::new(format!("the server {server} does not offer a safe connection (STARTTLS)"))
                .hint("try smtps:// in place of smtp://; bantin sends nothing in plain text over the network")
        }
        MailError::NoSignIn { server } => Message::new(format!("the server {server} has no way to sign in with a password"))
            .hint("leave the user out of the address after --send, or use the port at which people sign in (465 or 587)"),
        MailError::NoPassword { user } => Message::new(format!("there is no password for “{user}”"))
            .hint("put it in a file and use --password-file FILE, or in the variable BANTIN_SMTP_PASSWORD"),
        MailError::SignInRefused { server, user, reply } => {
            Message::new(format!("the server {server} refuses “{user}” with this password: “{reply}”"))
                .hint("look at user and password; many services want a password made for programs (app password)")
        }
        MailError::JournalInUse { path } => Message::new(format!("another run is sending by the journal “{path}”"))
            .hint("wait until it is done, or stop it; two at once would send twice"),
        MailError::JournalUnusable { path, error } => {
            Message::new(format!("the journal “{path}” cannot be used: {}", file(error)))
                .hint("name another place: --journal PATH")
        }
        MailError::JournalUnwritable { error } => {
            Message::new(format!("the journal cannot be written any more: {}", file(error)))
                .hint("nothing more is sent, for nobody would know of it; make room, and run the same command again")
        }
        MailError::JournalGarbled { path, line } => {
            Message::new(format!("line {line} of the journal “{path}” is not one that bantin has written"))
                .hint("nothing was sent, for somebody might get it twice; take the file from a backup, or name another: --journal PATH")
        }
        MailError::Template { file, line, excerpt, fault } => template(file, *line, excerpt.as_deref(), fault),
        MailError::DkimKey(error) => Message::new(format!("the key for DKIM cannot be used: {}", dkim(error)))
            .hint("make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out dkim.pem"),
        MailError::NotAMessage { detail } => Message::new(format!("a message cannot be put together ({detail})")),
    }
}

const LOOK_AT_SERVER: &str = "look at the name and the port of the server, and at the network";

/// More messages weigh too much than the server takes.
pub(super) fn too_large(limit: u64) -> Message {
    let limit = size(limit, Lang::En);
    Message::new(format!("the server says that it takes no message over {limit}, and these are larger"))
        .hint("make the PDF smaller: max_size below [pdf] in issue.toml; a message weighs about 1.37 times as much as its PDF")
}

/// An address that looks like a slip.
pub(super) fn doubt(address: &str, meant: &str) -> Message {
    Message::new(format!("“{address}” looks like a slip")).hint(format!("did you mean “{meant}”?"))
}

/// An address that is there twice.
pub(super) fn twice(address: &str, first: &str) -> Message {
    Message::new(format!("“{address}” is there twice; it gets one message")).hint(format!("first: {first}"))
}

fn address(text: &str, bad: &BadAddress) -> Message {
    let BadAddress { error, meant } = bad;
    let message = Message::new(format!("“{}” is no address: {}", super::super::shortened(text), why(error)));
    message.hint_if(meant.as_ref().map(|meant| format!("did you mean “{meant}”?")))
}

fn why(error: &AddressError) -> String {
    match error {
        AddressError::Empty => "it is empty".to_owned(),
        AddressError::NoAt => "it has no @".to_owned(),
        AddressError::WideAt => "it has the wide sign ＠ in place of @".to_owned(),
        AddressError::SeveralAts => "it has more than one @".to_owned(),
        AddressError::SeveralAddresses => "more than one address stands here".to_owned(),
        AddressError::Blank => "there is a blank in it".to_owned(),
        AddressError::Control => "there is a line break or another control character in it".to_owned(),
        AddressError::Invisible(c) => format!("there is an invisible character in it (U+{:04X})", u32::from(*c)),
        AddressError::Brackets => "one of the brackets < > is missing".to_owned(),
        AddressError::Quotes => "a quotation mark is not closed".to_owned(),
        AddressError::NoLocalPart => "nothing stands before the @".to_owned(),
        AddressError::LocalPartNotAscii(c) => format!("“{c}” cannot stand before the @"),
        AddressError::LocalPartTooLong { limit } => format!("more than {limit} characters stand before the @"),
        AddressError::Dots => "a dot stands at an end, or two stand together".to_owned(),
        AddressError::EndingMark(c) => format!("it ends in “{c}”"),
        AddressError::NoDomain => "nothing stands behind the @".to_owned(),
        AddressError::NoDot => "no dot stands behind the @".to_owned(),
        AddressError::Ending(ending) => format!("no domain ends in “{ending}”"),
        AddressError::Character(c) => format!("“{c}” cannot stand there"),
        AddressError::DomainRefused => "there can be no such domain".to_owned(),
        AddressError::LabelTooLong { limit } => format!("a part of the domain has more than {limit} characters"),
        AddressError::TooLong { limit } => format!("it has more than {limit} characters"),
        AddressError::Name(RecipientNameError::Control) => {
            "there is a line break or another control character in the name".to_owned()
        }
        AddressError::Name(RecipientNameError::TooLong { limit }) => {
            format!("the name has more than {limit} characters")
        }
        AddressError::Name(RecipientNameError::Damaged) => {
            "the name has lost letters when the list was saved: save it as “CSV UTF-8”".to_owned()
        }
    }
}

fn template(file: &str, line: Option<usize>, excerpt: Option<&str>, fault: &TemplateFault) -> Message {
    let why = match fault {
        TemplateFault::Syntax { message } => format!("it cannot be read ({message})"),
        TemplateFault::Refused { what } => format!("“{what}” is no part of the language of templates"),
        TemplateFault::UnknownName => "it asks for something that messages do not have".to_owned(),
        TemplateFault::SourceTooLarge { most } => format!("it has more than {}", size(*most as u64, Lang::En)),
        TemplateFault::TooManySteps => "it takes too long".to_owned(),
        TemplateFault::OutputTooLarge { most } => {
            format!("what it makes has more than {}", size(*most as u64, Lang::En))
        }
        TemplateFault::Failed { message } => format!("it fails ({message})"),
    };
    let place = line.map(|line| format!(", line {line}")).unwrap_or_default();
    let message = Message::new(format!("the template of messages “{file}”{place}: {why}"));
    let message = message.hint_if(excerpt.filter(|text| !text.is_empty()).map(|text| format!("there stands: {text}")));
    message.hint("layouts/README.md says what a template may use")
}

fn dkim(error: &DkimKeyError) -> String {
    match error {
        DkimKeyError::NotPem => "it has no line “-----BEGIN PRIVATE KEY-----”".to_owned(),
        DkimKeyError::Encrypted => "it is locked with a password".to_owned(),
        DkimKeyError::PublicKey => "this is the public key, which belongs into the DNS".to_owned(),
        DkimKeyError::Certificate => "this is a certificate".to_owned(),
        DkimKeyError::OpenSsh => "this is a key of SSH".to_owned(),
        DkimKeyError::EllipticCurve => "DKIM has no keys on elliptic curves but Ed25519".to_owned(),
        DkimKeyError::OtherKind => "DKIM has no keys of this kind".to_owned(),
        DkimKeyError::TooShort { bits, least } => format!("{bits} bits are too short; {least} are needed"),
        DkimKeyError::TooLong { bits, most } => format!("{bits} bits are too long; {most} are the most"),
        DkimKeyError::Damaged => "it is damaged".to_owned(),
        DkimKeyError::Refused(detail) => detail.clone(),
        DkimKeyError::Domain(error) => format!("for the domain, {}", why(error)),
        DkimKeyError::Selector => "a selector has letters, digits, hyphens and dots alone".to_owned(),
    }
}

/// What is wrong in a list.
fn list(error: &ListError) -> Message {
    match error {
        ListError::Address { text, error } => address(text, error),
        ListError::Name { text, error } => {
            let error = AddressError::Name(*error);
            Message::new(format!("the name “{}” cannot be used: {}", super::super::shortened(text), why(&error)))
        }
        ListError::Workbook => Message::new("this is a workbook, and no list").hint(AS_CSV),
        ListError::NotAList(Some(kind)) => Message::new(format!("this is no list, but looks like {kind}")).hint(AS_CSV),
        ListError::NotAList(None) => Message::new("this is no list").hint(AS_CSV),
        ListError::NotUtf8 => {
            Message::new("the list is not saved as UTF-8: letters with marks would be lost").hint(AS_CSV)
        }
        ListError::TooLarge { limit } => {
            Message::new(format!("the list has more than {}", size(*limit as u64, Lang::En)))
        }
        ListError::TooMany { limit } => Message::new(format!("the list has more than {limit} addresses")),
        ListError::Empty => Message::new("the list has no address"),
        ListError::NoRows => Message::new("below the header, the list has no address"),
        ListError::NoEmailColumn { columns, header } => {
            let message = Message::new(format!("no column is called “email”; there are: {}", columns.join(", ")));
            message
                .hint("write email above the addresses, in the first line")
                .hint_if(header.map(|line| format!("line {line} looks like the header: delete the lines above it")))
        }
        ListError::SeveralEmailColumns { columns } => {
            Message::new(format!("more than one column has addresses: {}", columns.join(", ")))
                .hint("call one of them email, and the others something else")
        }
        ListError::NoHeader => Message::new("the table has no header")
            .hint("write a first line with the names of the columns, such as: email,name"),
        ListError::NoAddress { row } => {
            Message::new(format!("this row has no address: “{}”", super::super::shortened(row)))
                .hint("write one, or delete the row")
        }
        ListError::TooManyCells { columns } => {
            Message::new(format!("this row has more cells than the header, which has {columns}"))
                .hint("put quotation marks around a cell that has a comma in it")
        }
        ListError::UnclosedQuote => Message::new("a quotation mark opens here, and nothing closes it"),
        ListError::TextAfterQuote => Message::new("text stands behind the quotation mark that closes a cell"),
        ListError::LettersLost { text, rows } => Message::new(format!(
            "letters were lost when the list was saved (rows: {rows}), first: “{}”",
            super::super::shortened(text)
        ))
        .hint(AS_CSV),
        ListError::More { count } => Message::new(format!("and {count} more of these")),
    }
}

/// How a list is saved.
const AS_CSV: &str = "in Excel: File, Save As, the type “CSV UTF-8”";
