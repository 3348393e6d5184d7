//! A connection to a mail server: SMTP step by step, so that what is known of a message is known exactly.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rustls::pki_types::ServerName;

use super::journal::Stage;
use super::server::{Security, Server};
use super::trust;
use super::wire::{DotStuffing, OutOfStep, Reply, Wire, out_of_step};
use crate::diagnostic::MailError;

/// How long a server may take to accept a connection, and to make it safe.
const TO_CONNECT: Duration = Duration::from_secs(30);

/// How long a server may take to say its first word: some keep those waiting who might send spam.
const TO_GREET: Duration = Duration::from_secs(60);

/// How long a server may take to answer a command.
const TO_ANSWER: Duration = Duration::from_secs(120);

/// How long a server may take to say whether it has taken a message: RFC 5321, section 4.5.3.2.6. Who gives up sooner
/// sends it twice.
const TO_TAKE: Duration = Duration::from_secs(600);

/// How long a server may take to say goodbye.
const TO_PART: Duration = Duration::from_secs(5);

/// Bytes of a message that are sent at once.
const CHUNK: usize = 65_536;

/// A server, and what is needed to get in.
#[derive(Debug)]
pub struct Access {
    pub server: Server,
    /// The password of the user.
    pub password: Option<Password>,
    /// Certificates in PEM that are trusted besides those of the system.
    pub authorities: Option<Vec<u8>>,
}

/// A secret that no message shows.
pub struct Password(pub String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// An open connection.
pub struct Connection {
    wire: Wire,
    capabilities: Capabilities,
    is_broken: bool,
}

/// What a server says that it can do.
#[derive(Debug, Default, PartialEq, Eq)]
struct Capabilities {
    starttls: bool,
    /// Ways to sign in, such as `PLAIN`.
    sign_in: Vec<String>,
    /// Whether it knows of sizes (RFC 1870), and the largest message that it takes, in bytes.
    size: Option<Option<u64>>,
}

/// Why there is no connection.
#[derive(Debug)]
pub struct OpenError {
    pub error: MailError,
    /// Whether another try may do better.
    pub is_transient: bool,
}

/// What a server said, or the system in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub code: Option<u16>,
    pub text: String,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent(Answer),
    Refused(Answer, Stage),
    /// Not taken for now.
    Deferred(Answer),
    /// The connection broke before the answer.
    Unknown(Answer),
}

impl Connection {
    /// Connects, makes the connection safe and signs in.
    pub fn open(access: &Access) -> Result<Self, OpenError> {
        let server = &access.server;
        let addresses = resolve(server)?;
        let is_this_machine = addresses.iter().all(|address| address.ip().is_loopback());
        let failed = |error: io::Error| unconnected(server, &error);
        let mut wire = Wire::connect(&addresses, TO_CONNECT).map_err(failed)?;
        if server.security == Security::Implicit {
            wire = secured(wire, access)?;
        }
        expect(server, wire.reply(TO_GREET).map_err(failed)?, 2)?;
        let mut capabilities = greet(&mut wire, server)?;
        if server.security == Security::StartTls {
            if capabilities.starttls {
                expect(server, wire.command("STARTTLS", TO_ANSWER).map_err(failed)?, 2)?;
                wire = secured(wire, access)?;
                // What was said in the clear counts for nothing.
                capabilities = greet(&mut wire, server)?;
            } else if !is_this_machine {
                return Err(fatal(MailError::NoStartTls { server: server.shown() }));
            }
        }
        sign_in(&mut wire, access, &capabilities)?;
        Ok(Self { wire, capabilities, is_broken: false })
    }

    /// The largest message that the server says it takes, in bytes.
    pub fn max_size(&self) -> Option<u64> {
        self.capabilities.size.flatten()
    }

    /// Whether nothing more can be sent over it.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Hands a message over. `before` runs when all is agreed and nothing of the message has been sent; where it fails,
    /// nothing is. The pieces together end without the end of the last line.
    pub fn send<E>(
        &mut self,
        from: &lettre::Address,
        to: &lettre::Address,
        message: &[&[u8]],
        before: impl FnOnce() -> Result<(), E>,
    ) -> Result<Outcome, E> {
        let bytes: usize = message.iter().map(|part| part.len()).sum();
        let size = if self.capabilities.size.is_some() { format!(" SIZE={bytes}") } else { String::new() };
        if let Err(outcome) = self.ask(&format!("MAIL FROM:<{from}>{size}"), 2, Stage::Sender) {
            return Ok(outcome);
        }
        if let Err(outcome) = self.ask(&format!("RCPT TO:<{to}>"), 2, Stage::Recipient) {
            return Ok(outcome);
        }
        if let Err(error) = before() {
            self.reset();
            return Err(error);
        }
        if let Err(outcome) = self.ask("DATA", 3, Stage::Message) {
            return Ok(outcome);
        }
        Ok(self.hand_over(message))
    }

    /// Says a command; where the server does not agree, what that makes of the message, of which nothing has been sent.
    fn ask(&mut self, command: &str, hundred: u16, stage: Stage) -> Result<(), Outcome> {
        match self.wire.command(command, TO_ANSWER) {
            Ok(reply) if reply.is(hundred) => Ok(()),
            Ok(reply) => Err(self.outcome(&reply, stage).unwrap_or_else(|| Outcome::Deferred(broken(&out_of_step())))),
            Err(error) => {
                self.is_broken = true;
                Err(Outcome::Deferred(broken(&error)))
            }
        }
    }

    /// What a refusal makes of a message; `None` where the reply is none. The connection is made ready for another.
    fn outcome(&mut self, reply: &Reply, stage: Stage) -> Option<Outcome> {
        match reply.code {
            // RFC 5321, section 3.8: the server closes the connection.
            421 => self.is_broken = true,
            400.. => self.reset(),
            _ => self.is_broken = true,
        }
        match reply.code {
            400..500 => Some(Outcome::Deferred(said(reply))),
            500.. => Some(Outcome::Refused(said(reply), stage)),
            _ => None,
        }
    }

    /// Sends the message itself, and waits for the answer.
    fn hand_over(&mut self, message: &[&[u8]]) -> Outcome {
        let mut stuffing = DotStuffing::default();
        for chunk in message.iter().flat_map(|part| part.chunks(CHUNK)) {
            if let Err(error) = self.wire.send(&stuffing.next(chunk), TO_TAKE) {
                self.is_broken = true;
                // A message without its end is none: RFC 5321, section 4.1.1.4.
                return Outcome::Deferred(broken(&error));
            }
        }
        let answered = self.wire.send(b"\r\n.\r\n", TO_TAKE).and_then(|()| self.wire.reply(TO_TAKE));
        match answered {
            Ok(reply) if reply.is(2) => Outcome::Sent(said(&reply)),
            Ok(reply) => {
                let outcome = self.outcome(&reply, Stage::Message);
                outcome.unwrap_or_else(|| Outcome::Unknown(said(&reply)))
            }
            Err(error) => {
                self.is_broken = true;
                Outcome::Unknown(broken(&error))
            }
        }
    }

    fn reset(&mut self) {
        let is_ready = self.wire.command("RSET", TO_ANSWER).is_ok_and(|reply| reply.is(2));
        self.is_broken |= !is_ready;
    }

    /// Takes leave.
    pub fn close(mut self) {
        if !self.is_broken {
            // Whether it hears that is its own affair.
            let _ = self.wire.command("QUIT", TO_PART);
        }
    }
}

fn fatal(error: MailError) -> OpenError {
    OpenError { error, is_transient: false }
}

fn resolve(server: &Server) -> Result<Vec<SocketAddr>, OpenError> {
    let found = (server.host.as_str(), server.port).to_socket_addrs().map_err(|error| unconnected(server, &error))?;
    let addresses: Vec<_> = found.collect();
    if addresses.is_empty() {
        return Err(fatal(MailError::Unreachable { server: server.shown(), detail: String::new() }));
    }
    Ok(addresses)
}

fn secured(wire: Wire, access: &Access) -> Result<Wire, OpenError> {
    let server = &access.server;
    let distrusted = |detail: String| fatal(MailError::Certificate { server: server.shown(), detail });
    let config = trust::config(access.authorities.as_deref()).map_err(distrusted)?;
    let name = ServerName::try_from(server.host.clone()).map_err(|error| distrusted(error.to_string()))?;
    wire.secure(Arc::new(config), name, TO_CONNECT).map_err(|error| unconnected(server, &error))
}

/// Says who this is, and hears what the server can do.
fn greet(wire: &mut Wire, server: &Server) -> Result<Capabilities, OpenError> {
    let failed = |error: io::Error| unconnected(server, &error);
    // RFC 5321, section 4.1.3: a machine without a name of its own gives its address.
    let own = match wire.own_address().map_err(failed)? {
        SocketAddr::V4(address) => format!("[{}]", address.ip()),
        SocketAddr::V6(address) => format!("[IPv6:{}]", address.ip()),
    };
    let reply = wire.command(&format!("EHLO {own}"), TO_ANSWER).map_err(failed)?;
    if !reply.is(5) {
        return Ok(capabilities(&expect(server, reply, 2)?));
    }
    // A server of the old kind has no capabilities.
    expect(server, wire.command(&format!("HELO {own}"), TO_ANSWER).map_err(failed)?, 2)?;
    Ok(Capabilities::default())
}

fn capabilities(reply: &Reply) -> Capabilities {
    let mut capabilities = Capabilities::default();
    for line in reply.lines.iter().skip(1) {
        let mut words = line.split([' ', '=']).filter(|word| !word.is_empty()).map(str::to_ascii_uppercase);
        match words.next().as_deref() {
            Some("STARTTLS") => capabilities.starttls = true,
            Some("AUTH") => capabilities.sign_in.extend(words),
            Some("SIZE") => {
                let limit = words.next().and_then(|limit| limit.parse().ok());
                capabilities.size = Some(limit.filter(|limit| *limit > 0));
            }
            _ => {}
        }
    }
    capabilities
}

/// A reply of this hundred, else why there is no connection.
fn expect(server: &Server, reply: Reply, hundred: u16) -> Result<Reply, OpenError> {
    if reply.is(hundred) {
        return Ok(reply);
    }
    let is_transient = reply.is(4);
    Err(OpenError { error: MailError::Refused { server: server.shown(), reply: said(&reply).shown() }, is_transient })
}

fn sign_in(wire: &mut Wire, access: &Access, capabilities: &Capabilities) -> Result<(), OpenError> {
    let Some(user) = &access.server.user else { return Ok(()) };
    let server = &access.server;
    let Some(Password(password)) = &access.password else {
        return Err(fatal(MailError::NoPassword { user: user.clone() }));
    };
    let offers = |way: &str| capabilities.sign_in.iter().any(|offered| offered == way);
    let failed = |error: io::Error| unconnected(server, &error);
    let reply = if offers("PLAIN") {
        let secret = BASE64.encode(format!("\0{user}\0{password}"));
        wire.command(&format!("AUTH PLAIN {secret}"), TO_ANSWER).map_err(failed)?
    } else if offers("LOGIN") {
        let mut reply = wire.command("AUTH LOGIN", TO_ANSWER).map_err(failed)?;
        for word in [user, password] {
            if reply.code == 334 {
                reply = wire.command(&BASE64.encode(word), TO_ANSWER).map_err(failed)?;
            }
        }
        reply
    } else {
        return Err(fatal(MailError::NoSignIn { server: server.shown() }));
    };
    match reply.code {
        235 => Ok(()),
        400.. => {
            let is_transient = reply.is(4);
            let reply = said(&reply).shown();
            let error = MailError::SignInRefused { server: server.shown(), user: user.clone(), reply };
            Err(OpenError { error, is_transient })
        }
        _ => Err(unconnected(server, &out_of_step())),
    }
}

/// Why a connection could not be made.
fn unconnected(server: &Server, error: &io::Error) -> OpenError {
    let (server, detail) = (server.shown(), broken(error).text);
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(_)) => fatal(MailError::Certificate { server, detail }),
        // It does not speak TLS, or not as it should: another try changes nothing.
        Some(_) => fatal(MailError::NotSafe { server, detail }),
        None if inner.is_some_and(|inner| inner.is::<OutOfStep>()) => fatal(MailError::NotSmtp { server }),
        None => OpenError { error: MailError::Unreachable { server, detail }, is_transient: true },
    }
}

/// What the system says in place of the server.
fn broken(error: &io::Error) -> Answer {
    Answer { code: None, text: error.to_string() }
}

fn said(reply: &Reply) -> Answer {
    Answer { code: Some(reply.code), text: reply.text() }
}

impl Answer {
    /// Code and words in one line.
    pub fn shown(&self) -> String {
        self.code.map_or_else(|| self.text.clone(), |code| format!("{code} {}", self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_can_do() {
        let lines = ["mail.tanhai.example", "SIZE 1000", "AUTH PLAIN LOGIN", "auth=XOAUTH2", "StartTLS", "8BITMIME"];
        let reply = Reply { code: 250, lines: lines.iter().map(|line| (*line).to_owned()).collect() };
        let sign_in = ["PLAIN", "LOGIN", "XOAUTH2"].map(str::to_owned).to_vec();
        assert_eq!(capabilities(&reply), Capabilities { starttls: true, sign_in, size: Some(Some(1000)) });
        let reply = Reply { code: 250, lines: vec!["STARTTLS".to_owned(), "SIZE 0".to_owned()] };
        assert_eq!(capabilities(&reply).size, Some(None));
        assert!(!capabilities(&reply).starttls, "the first line is the server's name");
    }
}
