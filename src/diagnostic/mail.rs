//! What keeps an issue from being mailed.

use super::{AddressError, BadAddress, FileError, ListError};

/// Why messages cannot be made, or cannot be sent.
#[derive(Debug, Clone, PartialEq)]
pub enum MailError {
    /// An address that is none: as it was written.
    BadAddress { text: String, error: BadAddress },
    /// A list that cannot be read as one.
    BadList(ListError),
    /// Nobody is written to.
    NoRecipient,
    /// Nothing says who writes.
    NoSender,
    /// A file with a password or certificates.
    Unreadable { path: String, error: FileError },
    /// There is no connection: what the system says.
    Unreachable { server: String, detail: String },
    /// The server will not have us: its words.
    Refused { server: String, reply: String },
    /// The server ends one connection after the other: what was said last.
    HangsUp { server: String, detail: String },
    /// The server's certificate, or one that is to be trusted.
    Certificate { server: String, detail: String },
    /// The connection cannot be made safe: what the TLS library says.
    NotSafe { server: String, detail: String },
    /// What answers there does not speak SMTP.
    NotSmtp { server: String },
    /// The server does not offer to make the connection safe.
    NoStartTls { server: String },
    /// The server has no user names and passwords.
    NoSignIn { server: String },
    /// There is a user name and no password.
    NoPassword { user: String },
    /// The server does not know this user with this password: its words.
    SignInRefused { server: String, user: String, reply: String },
    /// Another run is writing the journal.
    JournalInUse { path: String },
    /// The journal cannot be opened or read.
    JournalUnusable { path: String, error: FileError },
    /// The journal cannot be written any more.
    JournalUnwritable { error: FileError },
    /// A line of the journal that bantin has not written.
    JournalGarbled { path: String, line: usize },
    /// The template of messages: its file, the line from 1, what stands there and what is wrong with it.
    Template { file: String, line: Option<usize>, excerpt: Option<String>, fault: TemplateFault },
    /// The key for DKIM.
    DkimKey(DkimKeyError),
    /// A message cannot be put together: what its builder says.
    NotAMessage { detail: String },
}

impl MailError {
    /// Whether the server said so, and not the system.
    pub fn is_said_by_server(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::SignInRefused { .. })
    }

    /// What the server or the system said.
    pub fn detail(&self) -> &str {
        match self {
            Self::HangsUp { detail, .. }
            | Self::Unreachable { detail, .. }
            | Self::Certificate { detail, .. }
            | Self::NotSafe { detail, .. } => detail,
            Self::Refused { reply, .. } | Self::SignInRefused { reply, .. } => reply,
            _ => "",
        }
    }
}

/// Why a template of messages cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// It cannot be read, in the compiler's own (English) words.
    Syntax { message: String },
    /// A word or sign of the language that templates may not use; `…` where there are too many.
    Refused { what: String },
    /// A name is used that does not exist.
    UnknownName,
    /// It is larger than a template may be, in bytes.
    SourceTooLarge { most: usize },
    /// It takes more steps than a message may.
    TooManySteps,
    /// It makes more than a message may be, in bytes.
    OutputTooLarge { most: usize },
    /// Something else went wrong, in the engine's own (English) words.
    Failed { message: String },
}

/// Why nothing can be signed with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DkimKeyError {
    /// No `-----BEGIN … KEY-----`: another file, or a key in another form.
    NotPem,
    /// It is locked with a password.
    Encrypted,
    /// The public key, which belongs into the DNS.
    PublicKey,
    Certificate,
    /// A key of SSH's own format.
    OpenSsh,
    /// A key on an elliptic curve such as P-256, which DKIM does not have.
    EllipticCurve,
    /// Any other kind of key.
    OtherKind,
    /// An RSA key of fewer bits than this.
    TooShort {
        bits: usize,
        least: usize,
    },
    /// An RSA key of more bits than this.
    TooLong {
        bits: usize,
        most: usize,
    },
    /// It ends too early, or contradicts itself.
    Damaged,
    /// Anything else that is wrong with it, in the (English) words of the library.
    Refused(String),
    /// The domain that is to sign.
    Domain(AddressError),
    /// The selector: letters, digits, hyphens and dots.
    Selector,
}
