//! The messages of an issue for a list of recipients: made one at a time, for together they may weigh gigabytes.

use super::content::{Content, Recipient};
use super::message::{Mailing, Message, Words, message_id};
use super::template::Template;
use crate::address::{Mailbox, Unsubscribe};
use crate::diagnostic::MailError;

/// Largest HTML of a message, in bytes: what is longer, some programs cut off.
pub const MAX_HTML: usize = 100_000;

/// Somebody who gets a message, and its Message-ID.
#[derive(Debug, Clone)]
pub struct Addressee {
    pub mailbox: Mailbox,
    pub id: String,
    address: lettre::Address,
}

impl Addressee {
    /// `identity` is what makes the issue the same issue, `domain` that of the sender.
    pub fn new(mailbox: Mailbox, identity: &str, domain: &str) -> Self {
        let id = message_id(identity, &mailbox.address.key(), domain);
        let address = mailbox.address.to_lettre();
        Self { mailbox, id, address }
    }
}

/// The templates of HTML and text.
#[derive(Debug)]
pub struct Templates<'s> {
    pub html: Template<'s>,
    pub text: Template<'s>,
}

/// The messages of an issue.
#[derive(Debug)]
pub struct Outbox<'s> {
    pub mailing: Mailing,
    pub templates: Templates<'s>,
    /// What all messages say alike.
    pub content: Content,
    pub unsubscribe: Option<Unsubscribe>,
    pub addressees: Vec<Addressee>,
}

impl Outbox<'_> {
    /// The message for the addressee with this place in the list.
    pub fn message(&self, index: usize) -> Result<Message<'_>, MailError> {
        let addressee = self.addressees.get(index).ok_or(MailError::NoRecipient)?;
        let words = self.words(&addressee.mailbox)?;
        let to = addressee.mailbox.to_lettre();
        self.mailing.message(&addressee.id, &to, &addressee.address, words)
    }

    /// Makes every message once, so that what is wrong shows before the first has gone. Tells the size of the largest,
    /// in bytes.
    pub fn rehearse(&self, mut is_stopped: impl FnMut() -> bool) -> Result<u64, MailError> {
        let mut largest = 0;
        for index in 0..self.addressees.len() {
            if is_stopped() {
                break;
            }
            largest = largest.max(self.message(index)?.size());
        }
        Ok(largest)
    }

    fn words(&self, mailbox: &Mailbox) -> Result<Words, MailError> {
        let Mailbox { name, address } = mailbox;
        let unsubscribe = self.unsubscribe.as_ref().map(|unsubscribe| unsubscribe.url(address));
        let recipient = Recipient { name: name.clone(), address: address.as_str().to_owned() };
        let content = Content { recipient, unsubscribe: unsubscribe.clone(), ..self.content.clone() };
        Ok(Words {
            text: self.templates.text.render(&content)?,
            html: self.templates.html.render(&content)?,
            unsubscribe,
        })
    }
}

/// Whether the HTML of a message is short enough to be shown whole.
pub fn fits(templates: &Templates<'_>, content: &Content) -> Result<bool, MailError> {
    Ok(templates.html.render(content)?.len() < MAX_HTML)
}
