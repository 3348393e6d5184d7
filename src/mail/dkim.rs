//! DKIM: an office's own signature on its messages (RFC 6376, RFC 8301, RFC 8463), relaxed for headers and body.

mod key;
mod relaxed;
#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::digest::{SHA256, digest};

use key::Key;
pub use relaxed::BodyHash;
use relaxed::Field;

use crate::address::ascii_domain;
use crate::diagnostic::DkimKeyError;

/// What is signed of the headers, where it is there. One `from` more than there are: nobody can add another.
const SIGNED: [&str; 10] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// Longest line of the header, in bytes, unless a name alone is longer.
const LONGEST_LINE: usize = 78;

/// Longest selector: its name in the DNS still has to hold `._domainkey.` and the domain.
const LONGEST_SELECTOR: usize = 63;

/// The latest time that the header can tell: twelve digits.
const LATEST: i64 = 999_999_999_999;

/// Signs messages with the key of a domain.
#[derive(Debug)]
pub struct Signer {
    key: Key,
    domain: String,
    selector: String,
}

/// Why a message is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignError {
    /// It has no From, which every signature must cover.
    NoFrom,
    /// A line ends in CR or LF alone: servers change these, and break the signature.
    LineEnd,
    /// The key fails, which it did not when it was read.
    KeyFailed,
}

impl Signer {
    /// Takes a private key in PEM: RSA of 2048 to 4096 bits (PKCS#8 or PKCS#1), or Ed25519 (PKCS#8). The public key belongs
    /// into the DNS at `SELECTOR._domainkey.DOMAIN`.
    ///
    /// # Errors
    ///
    /// Says what of the key, the domain or the selector is wrong.
    pub fn from_pem(pem: &str, domain: &str, selector: &str) -> Result<Self, DkimKeyError> {
        let domain = ascii_domain(domain.trim()).map_err(DkimKeyError::Domain)?;
        let selector = selector.trim();
        if !is_selector(selector) {
            return Err(DkimKeyError::Selector);
        }
        Ok(Self { key: Key::from_pem(pem)?, domain, selector: selector.to_ascii_lowercase() })
    }

    /// The domain that signs, in ASCII.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The header `DKIM-Signature` for a message, with its line end. It goes before all others.
    ///
    /// # Errors
    ///
    /// Says why the message cannot be signed.
    pub fn sign(&self, message: &[u8], time_unix: i64) -> Result<String, SignError> {
        let (headers, body) = relaxed::split(message);
        let mut hash = BodyHash::default();
        hash.update(body);
        self.sign_headers(headers, hash, time_unix)
    }

    /// As [`Signer::sign`], for a message that never stands in one piece: its headers, without the blank line, and the hash
    /// of what follows that line.
    ///
    /// # Errors
    ///
    /// Says why the message cannot be signed.
    pub fn sign_headers(&self, headers: &[u8], body: BodyHash, time_unix: i64) -> Result<String, SignError> {
        if relaxed::has_bare_line_end(headers) {
            return Err(SignError::LineEnd);
        }
        let body_hash = body.finish().ok_or(SignError::LineEnd)?;
        let fields = relaxed::fields(headers);
        let signed = signed_fields(&fields);
        if !fields.iter().any(|field| field.name == "from") {
            return Err(SignError::NoFrom);
        }
        let names: Vec<&str> = signed.iter().map(|field| field.name.as_str()).chain(["from"]).collect();
        let start = self.start(&names, &BASE64.encode(body_hash), time_unix);
        let mut data: Vec<u8> = signed.iter().flat_map(|field| field.canonical()).collect();
        data.extend(relaxed::fields(start.as_bytes()).iter().flat_map(Field::canonical));
        // Its own header counts without the line end.
        data.truncate(data.len().saturating_sub(2));
        let signature = self.key.sign(digest(&SHA256, &data).as_ref(), &data).ok_or(SignError::KeyFailed)?;
        Ok(with_signature(start, &BASE64.encode(signature)))
    }

    /// The header up to the signature itself.
    fn start(&self, names: &[&str], body_hash: &str, time_unix: i64) -> String {
        let algorithm = self.key.algorithm();
        let mut header = Folded::new("DKIM-Signature: v=1;");
        header.word(&format!("a={algorithm};"));
        header.word("c=relaxed/relaxed;");
        header.word(&format!("d={};", self.domain));
        header.word(&format!("s={};", self.selector));
        header.word(&format!("t={};", time_unix.clamp(0, LATEST)));
        header.line("h=");
        for (at, name) in (1..).zip(names) {
            header.piece(&format!("{name}{}", if at == names.len() { ";" } else { ":" }));
        }
        header.line(&format!("bh={body_hash};"));
        header.line("b=");
        header.text
    }
}

fn is_selector(text: &str) -> bool {
    let is_of_label = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_of_label) && !label.starts_with('-');
    text.len() <= LONGEST_SELECTOR && text.split('.').all(|label| is_label(label) && !label.ends_with('-'))
}

/// The headers to sign, in the order of [`SIGNED`]; the last of several with one name first, as the standard has it.
fn signed_fields<'a>(fields: &'a [Field<'a>]) -> Vec<&'a Field<'a>> {
    SIGNED.iter().flat_map(|name| fields.iter().rev().filter(move |field| field.name == *name)).collect()
}

/// The signature, in lines. It does not count for itself, so that blanks may stand in it.
fn with_signature(start: String, signature: &str) -> String {
    let mut header = start;
    let mut room = LONGEST_LINE - "\tb=".len();
    for c in signature.chars() {
        if room == 0 {
            header.push_str("\r\n\t");
            room = LONGEST_LINE - 1;
        }
        header.push(c);
        room -= 1;
    }
    header + "\r\n"
}

/// A header that goes on in further lines.
struct Folded {
    text: String,
    column: usize,
}

impl Folded {
    fn new(start: &str) -> Self {
        Self { text: start.to_owned(), column: start.len() }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str("\r\n\t");
        self.text.push_str(text);
        self.column = 1 + text.len();
    }

    /// Goes on after a blank.
    fn word(&mut self, text: &str) {
        if self.column + 1 + text.len() > LONGEST_LINE {
            return self.line(text);
        }
        self.text.push(' ');
        self.column += 1;
        self.piece(text);
    }

    /// Goes on without a blank.
    fn piece(&mut self, text: &str) {
        if self.column + text.len() > LONGEST_LINE {
            return self.line(text);
        }
        self.text.push_str(text);
        self.column += text.len();
    }
}
