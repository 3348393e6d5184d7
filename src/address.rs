//! E-mail addresses as people type them, with or without a name.

mod name;
mod slips;
#[cfg(test)]
mod tests;
mod unsubscribe;

use std::hash::{Hash, Hasher};

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

pub use name::name;
pub use unsubscribe::Unsubscribe;

use crate::diagnostic::{AddressError, BadAddress};
pub(crate) use name::trimmed;
use name::{is_control, is_invisible};

/// Longest address, its longest parts, and the longest text that can be an address with a name; in bytes.
const LONGEST: usize = 254;
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_LABEL: usize = 63;
const LONGEST_TEXT: usize = 2000;

/// An address with the name of whoever reads there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// In NFC, without line breaks and other control characters.
    pub name: Option<String>,
    pub address: Address,
}

/// An address that a server can be given: ASCII alone. Two are equal where they differ in capitals alone: by the letter of
/// the standard these could be two readers, by the practice of all servers they are one.
#[derive(Debug, Clone)]
pub struct Address {
    checked: lettre::Address,
    shown: String,
}

impl Mailbox {
    /// Reads `a@b.example`, `Tên <a@b.example>`, `"Phòng, Ban" <a@b.example>`, with or without `mailto:`.
    ///
    /// # Errors
    ///
    /// Says what is wrong, and what was probably meant.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        mailbox(text).map_err(|error| BadAddress { error, meant: slips::mended(text) })
    }

    /// As the builder of messages wants it.
    pub fn to_lettre(&self) -> lettre::message::Mailbox {
        lettre::message::Mailbox::new(self.name.clone(), self.address.to_lettre())
    }

    /// As people read it: `Tên <a@b.example>`.
    pub fn shown(&self) -> String {
        let address = self.address.shown();
        match &self.name {
            Some(name) if name.starts_with('\'') || name.contains(['"', ',', ';', '<', '>', '@', '\\']) => {
                format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
            }
            Some(name) => format!("{name} <{address}>"),
            None => address.to_owned(),
        }
    }
}

impl Address {
    /// Reads an address without a name.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let mailbox = Mailbox::parse(text)?;
        match mailbox.name {
            None => Ok(mailbox.address),
            Some(_) => Err(BadAddress { error: AddressError::Blank, meant: Some(mailbox.address.shown) }),
        }
    }

    /// As it goes to servers: the domain in lower-case ASCII.
    pub fn as_str(&self) -> &str {
        self.checked.as_ref()
    }

    /// As people read it: the domain in its own letters.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The part before the `@`.
    pub fn local_part(&self) -> &str {
        self.checked.user()
    }

    /// The part after the `@`, in lower-case ASCII.
    pub fn domain(&self) -> &str {
        self.checked.domain()
    }

    /// The same for all ways to write this address.
    pub fn key(&self) -> String {
        self.as_str().to_ascii_lowercase()
    }

    /// The address that was probably meant, where the domain looks like a slip: `gmial.com`, `.vm` for `.vn`.
    pub fn meant(&self) -> Option<String> {
        let (local_part, domain) = self.shown.rsplit_once('@')?;
        slips::meant_domain(domain).map(|meant| format!("{local_part}@{meant}"))
    }

    /// As the builder of messages and the transport want it.
    pub fn to_lettre(&self) -> lettre::Address {
        self.checked.clone()
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.as_str().eq_ignore_ascii_case(other.as_str())
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

fn mailbox(text: &str) -> Result<Mailbox, AddressError> {
    if text.len() > LONGEST_TEXT {
        return Err(AddressError::TooLong { limit: LONGEST });
    }
    let text = trimmed(text);
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if has_several(text) {
        return Err(AddressError::SeveralAddresses);
    }
    let (name_text, address_text) = parts(text)?;
    let address = address(address_text)?;
    let name = name(&unquoted(name_text)?)?;
    // Outlook writes the address for a name that it does not know.
    let name = name.filter(|name| !name.eq_ignore_ascii_case(&address.shown));
    if name.as_ref().is_some_and(|name| name.contains('@') && !name.contains(' ')) {
        return Err(AddressError::SeveralAddresses);
    }
    Ok(Mailbox { name, address })
}

/// Whether several addresses stand here, rather than one and its name.
fn has_several(text: &str) -> bool {
    let text = quoted_start(text).map_or(text, |(_, rest)| rest);
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    let mut words = text.split(is_between).filter(|word| word.contains('@') && word.len() > 1);
    match (words.next(), words.next(), words.next()) {
        (Some(name), Some(address), None) => {
            let inside = address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
            !inside.is_some_and(|inside| inside.eq_ignore_ascii_case(name.trim_matches('\'')))
        }
        (_, second, _) => second.is_some(),
    }
}

/// Name and address, each as it was typed.
fn parts(text: &str) -> Result<(&str, &str), AddressError> {
    match text.strip_suffix('>').map(|inside| inside.rsplit_once('<')) {
        Some(Some((name, address))) => Ok((trimmed(name), without_scheme(trimmed(address)))),
        None if !text.contains(['<', '>']) => Ok(("", without_scheme(text))),
        _ => Err(AddressError::Brackets),
    }
}

/// The address of a `mailto:` link.
fn without_scheme(text: &str) -> &str {
    match text.split_at_checked("mailto:".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => {
            trimmed(rest.split_once('?').map_or(rest, |(address, _)| address))
        }
        _ => text,
    }
}

/// A text in quotes at the start, without these, and what follows.
fn quoted_start(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix('"')?;
    let mut inside = String::new();
    let mut is_escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            '\\' if !is_escaped => is_escaped = true,
            '"' if !is_escaped => return rest.get(at + 1..).map(|after| (inside, after)),
            _ => {
                inside.push(c);
                is_escaped = false;
            }
        }
    }
    None
}

/// The name without quotes around it.
fn unquoted(text: &str) -> Result<String, AddressError> {
    if let Some(inside) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return Ok(inside.to_owned());
    }
    match quoted_start(text) {
        Some((inside, "")) => Ok(inside),
        None if text.starts_with('"') => Err(AddressError::Quotes),
        _ if text.contains(['<', '>']) => Err(AddressError::Brackets),
        // Quotes around a part of the name are of the name: Ông "Tư" An.
        _ => Ok(text.to_owned()),
    }
}

fn address(text: &str) -> Result<Address, AddressError> {
    check_whole(text)?;
    let (local_part, domain) = text.split_once('@').ok_or(AddressError::NoAt)?;
    if domain.contains('@') {
        return Err(AddressError::SeveralAts);
    }
    check_local_part(local_part)?;
    let domain = ascii_domain(domain)?;
    if local_part.len() + 1 + domain.len() > LONGEST {
        return Err(AddressError::TooLong { limit: LONGEST });
    }
    let (shown, _) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    let shown = format!("{local_part}@{shown}");
    let checked = lettre::Address::new(local_part, &domain).map_err(|_| AddressError::DomainRefused)?;
    Ok(Address { checked, shown })
}

/// What can be wrong anywhere: first what tells most of what was meant.
fn check_whole(text: &str) -> Result<(), AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if text.chars().any(is_control) {
        return Err(AddressError::Control);
    }
    if text.contains(slips::WIDE_ATS) {
        return Err(AddressError::WideAt);
    }
    if !text.contains('@') {
        return Err(AddressError::NoAt);
    }
    if text.contains(char::is_whitespace) {
        return Err(AddressError::Blank);
    }
    if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
        return Err(AddressError::Invisible(c));
    }
    match text.chars().last() {
        Some(c @ ('.' | ',' | ';' | ':')) => Err(AddressError::EndingMark(c)),
        _ => Ok(()),
    }
}

fn check_local_part(text: &str) -> Result<(), AddressError> {
    if text.is_empty() {
        return Err(AddressError::NoLocalPart);
    }
    if let Some(c) = text.chars().find(|c| !c.is_ascii()) {
        return Err(AddressError::LocalPartNotAscii(c));
    }
    // Nobody's address starts with #: it is a line that was to be left out.
    if let Some(c) = text.chars().find(|c| !is_of_local_part(*c)).or_else(|| text.chars().next().filter(|c| *c == '#'))
    {
        return Err(AddressError::Character(c));
    }
    if text.split('.').any(str::is_empty) {
        return Err(AddressError::Dots);
    }
    if text.len() > LONGEST_LOCAL_PART {
        return Err(AddressError::LocalPartTooLong { limit: LONGEST_LOCAL_PART });
    }
    Ok(())
}

fn is_of_local_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

/// A domain in lower-case ASCII.
///
/// # Errors
///
/// Says what is wrong with it.
pub fn ascii_domain(text: &str) -> Result<String, AddressError> {
    if text.is_empty() {
        return Err(AddressError::NoDomain);
    }
    if let Some(c) = text.chars().find(|c| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.')) {
        return Err(AddressError::Character(c));
    }
    // Elsewhere, domains may have invisible characters, which count for nothing.
    if let Some(c) = text.chars().find(|c| is_control(*c) || is_invisible(*c)) {
        return Err(AddressError::Invisible(c));
    }
    let ascii = Uts46::new()
        .to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Ignore)
        .map_err(|_| AddressError::DomainRefused)?;
    check_labels(&ascii)?;
    Ok(ascii.into_owned())
}

fn check_labels(domain: &str) -> Result<(), AddressError> {
    if domain.split('.').any(str::is_empty) {
        return Err(AddressError::Dots);
    }
    if domain.split('.').any(|label| label.len() > LONGEST_LABEL) {
        return Err(AddressError::LabelTooLong { limit: LONGEST_LABEL });
    }
    let Some((_, ending)) = domain.rsplit_once('.') else {
        return if domain == "localhost" { Ok(()) } else { Err(AddressError::NoDot) };
    };
    let is_word = ending.len() > 1 && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word && !ending.starts_with("xn--") {
        return Err(AddressError::Ending(ending.to_owned()));
    }
    if domain.len() > LONGEST {
        return Err(AddressError::TooLong { limit: LONGEST });
    }
    Ok(())
}
