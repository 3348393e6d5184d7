//! A message of its own for every recipient: headers, text, HTML, the cover photo and the PDF.
//!
//! What all have in common, the PDF above all, is encoded once.

use std::time::{SystemTime, UNIX_EPOCH};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, Message as LettreMessage, MultiPart, SinglePart};

use super::dkim::{BodyHash, Signer};
use crate::diagnostic::MailError;
use crate::lock::sha256;

/// What is the same in every message.
#[derive(Debug)]
pub struct Common {
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub subject: String,
    /// BCP 47 tag of what it says.
    pub language: String,
    pub date: SystemTime,
    /// The cover photo.
    pub picture: Option<Picture>,
    /// Name of the PDF, in ASCII: older programs know no other.
    pub pdf_name: String,
    pub signer: Option<Signer>,
}

/// A picture within the message.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its name within the message, after `cid:`.
    pub id: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// What a message says to one recipient.
#[derive(Debug)]
pub struct Words {
    pub text: String,
    pub html: String,
    /// How to get no more of these: an https address or `mailto:`, in ASCII.
    pub unsubscribe: Option<String>,
}

/// The messages of one issue.
#[derive(Debug)]
pub struct Mailing {
    common: Common,
    boundary: String,
    /// The part with the PDF, and the end of the message.
    tail: Vec<u8>,
}

/// A message, ready to be handed over.
#[derive(Debug)]
pub struct Message<'a> {
    /// With its angle brackets.
    pub id: String,
    pub to: &'a lettre::Address,
    head: Vec<u8>,
    tail: &'a [u8],
}

const LINE_END: &[u8] = b"\r\n";

impl Message<'_> {
    /// Its bytes without the last end of a line: SMTP puts one before the end of a message.
    pub fn parts(&self) -> [&[u8]; 2] {
        [&self.head, self.tail.strip_suffix(LINE_END).unwrap_or(self.tail)]
    }

    /// All of it, as a file.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.head, self.tail].concat()
    }

    /// The header of a signature.
    fn signature(&self, signer: &Signer, seconds: i64) -> Result<String, MailError> {
        const BLANK_LINE: &[u8] = b"\r\n\r\n";
        let at = memchr::memmem::find(&self.head, BLANK_LINE).unwrap_or(self.head.len());
        let (headers, body) = self.head.split_at(at);
        let headers = [headers, LINE_END].concat();
        let mut hash = BodyHash::default();
        hash.update(body.strip_prefix(BLANK_LINE).unwrap_or(body));
        hash.update(self.tail);
        let unsigned = |error| MailError::NotAMessage { detail: format!("DKIM: {error:?}") };
        signer.sign_headers(&headers, hash, seconds).map_err(unsigned)
    }

    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        (self.head.len() + self.tail.len()) as u64
    }
}

impl Mailing {
    /// Encodes what all messages have in common.
    pub fn new(common: Common, pdf: Vec<u8>) -> Self {
        let boundary = format!("bantin-{}", digits(&pdf, 24));
        let body = Body::new_with_encoding(pdf, ContentTransferEncoding::Base64);
        // Bytes can be encoded so, whatever they are.
        let body = body.unwrap_or_else(Body::new);
        let part = Attachment::new(common.pdf_name.clone()).body(body, mime("application/pdf"));
        let mut tail = format!("--{boundary}\r\n").into_bytes();
        tail.extend(part.formatted());
        if !tail.ends_with(LINE_END) {
            tail.extend(LINE_END);
        }
        tail.extend(format!("--{boundary}--\r\n").bytes());
        Self { common, boundary, tail }
    }

    /// The message for a recipient, under this Message-ID.
    pub fn message<'a>(
        &'a self,
        id: &str,
        to: &Mailbox,
        address: &'a lettre::Address,
        words: Words,
    ) -> Result<Message<'a>, MailError> {
        let Common { from, reply_to, subject, language, date, signer, .. } = &self.common;
        let mut builder = LettreMessage::builder()
            .from(from.clone())
            .to(to.clone())
            .subject(subject.clone())
            .date(*date)
            .message_id(Some(id.to_owned()))
            .raw_header(ascii_header("Content-Language", language));
        if let Some(reply_to) = reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        if let Some(url) = &words.unsubscribe {
            builder = builder.raw_header(ascii_header("List-Unsubscribe", &format!("<{url}>")));
            // RFC 8058: with one press of a button, by https alone.
            if url.starts_with("https://") {
                builder = builder.raw_header(ascii_header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }
        let parts = MultiPart::mixed().boundary(&self.boundary).multipart(self.readable(id, words));
        let message = builder.multipart(parts).map_err(|error| MailError::NotAMessage { detail: error.to_string() })?;
        let mut head = message.formatted();
        // The library closes what goes on here with the PDF.
        let end = format!("--{}--\r\n", self.boundary);
        head.truncate(head.len().saturating_sub(end.len()));
        let mut message = Message { id: id.to_owned(), to: address, head, tail: &self.tail };
        if let Some(signer) = signer {
            let seconds = date.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
            let signature = message.signature(signer, i64::try_from(seconds).unwrap_or_default())?;
            message.head.splice(0..0, signature.into_bytes());
        }
        Ok(message)
    }

    /// Text and HTML, of which a program shows the one that it prefers.
    fn readable(&self, id: &str, words: Words) -> MultiPart {
        let boundary = |kind: &str| format!("bantin-{kind}-{}", digits(id.as_bytes(), 24));
        let plain = SinglePart::plain(words.text);
        let html = SinglePart::html(words.html);
        let alternative = MultiPart::alternative().boundary(boundary("alternative")).singlepart(plain);
        let Some(picture) = &self.common.picture else { return alternative.singlepart(html) };
        let body = Body::new(picture.bytes.clone());
        let picture = Attachment::new_inline(picture.id.clone()).body(body, mime(picture.mime));
        let related = MultiPart::related().boundary(boundary("related"));
        alternative.multipart(related.singlepart(html).singlepart(picture))
    }
}

/// A type of content that is one.
fn mime(name: &str) -> ContentType {
    ContentType::parse(name).unwrap_or(ContentType::TEXT_PLAIN)
}

/// A header whose value is plain ASCII.
fn ascii_header(name: &'static str, value: &str) -> HeaderValue {
    let value: String = value.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value)
}

/// The Message-ID of an issue for a recipient: the same as long as both are the same, so that a message that arrives
/// twice is known to be one.
pub fn message_id(identity: &str, address: &str, domain: &str) -> String {
    format!("<{}@{domain}>", digits(format!("{identity}\0{address}").as_bytes(), 32))
}

/// So many digits of a hash.
fn digits(bytes: &[u8], count: usize) -> String {
    sha256(bytes).chars().take(count).collect()
}
