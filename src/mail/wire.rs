//! The bytes of SMTP (RFC 5321): commands, replies and messages over a connection that may become a safe one.
//!
//! A server may be anybody's: its replies are bounded in length and time, and what it says in the clear is never taken
//! for what it says in safety.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

/// Longest line of a reply, and most lines; the standard has 512 bytes for a line.
const MAX_LINE: usize = 4096;
const MAX_LINES: usize = 128;

/// A server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    /// Without code and ends of lines.
    pub lines: Vec<String>,
}

impl Reply {
    /// Its words in one line.
    pub fn text(&self) -> String {
        self.lines.join(" ").trim().to_owned()
    }

    /// Whether the code is of this hundred: 2 is done, 3 go on, 4 not now, 5 never.
    pub fn is(&self, hundred: u16) -> bool {
        self.code / 100 == hundred
    }
}

/// A connection.
pub struct Wire {
    stream: Stream,
    /// What has been read and not looked at.
    pending: Vec<u8>,
}

enum Stream {
    Plain(TcpStream),
    Safe(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            Self::Safe(stream) => &stream.sock,
        }
    }

    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(bytes),
            Self::Safe(stream) => stream.read(bytes),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.write_all(bytes),
            Self::Safe(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
        }
    }
}

impl Wire {
    /// Connects to the first of these addresses that answers.
    pub fn connect(addresses: &[SocketAddr], patience: Duration) -> io::Result<Self> {
        let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in addresses {
            match TcpStream::connect_timeout(address, patience) {
                Ok(socket) => {
                    socket.set_nodelay(true)?;
                    return Ok(Self { stream: Stream::Plain(socket), pending: Vec::new() });
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// Goes on in safety, with a server of this name.
    pub fn secure(self, config: Arc<ClientConfig>, name: ServerName<'static>, patience: Duration) -> io::Result<Self> {
        let Stream::Plain(socket) = self.stream else { return Err(io::ErrorKind::AlreadyExists.into()) };
        // What came in the clear behind the agreement may be of somebody between: RFC 3207, section 6.
        if !self.pending.is_empty() {
            return Err(out_of_step());
        }
        let connection = ClientConnection::new(config, name).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, socket);
        let deadline = Instant::now() + patience;
        while stream.conn.is_handshaking() {
            let left = time_left(deadline)?;
            stream.sock.set_read_timeout(Some(left))?;
            stream.sock.set_write_timeout(Some(left))?;
            // Step by step, so that a server that says one byte at a time does not stretch the deadline.
            if stream.conn.wants_write() {
                stream.conn.write_tls(&mut stream.sock)?;
            } else if stream.conn.read_tls(&mut stream.sock)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            } else if let Err(error) = stream.conn.process_new_packets() {
                // Why, before the connection is closed.
                let _ = stream.conn.write_tls(&mut stream.sock);
                return Err(io::Error::new(io::ErrorKind::InvalidData, error));
            }
        }
        while stream.conn.wants_write() {
            stream.conn.write_tls(&mut stream.sock)?;
        }
        Ok(Self { stream: Stream::Safe(Box::new(stream)), pending: Vec::new() })
    }

    /// The address of this side.
    pub fn own_address(&self) -> io::Result<SocketAddr> {
        self.stream.socket().local_addr()
    }

    /// Says a line, and waits for the reply.
    pub fn command(&mut self, line: &str, patience: Duration) -> io::Result<Reply> {
        // A line in a line would be a command of somebody else's.
        if line.contains(['\r', '\n', '\0']) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        // What was said before it was asked for answers something else.
        if !self.pending.is_empty() {
            return Err(out_of_step());
        }
        self.stream.socket().set_write_timeout(Some(patience))?;
        self.stream.write(format!("{line}\r\n").as_bytes())?;
        self.reply(patience)
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        self.stream.socket().set_write_timeout(Some(patience))?;
        self.stream.write(bytes)
    }

    /// Waits for a reply.
    pub fn reply(&mut self, patience: Duration) -> io::Result<Reply> {
        let deadline = Instant::now() + patience;
        let mut reply = Reply { code: 0, lines: Vec::new() };
        loop {
            let line = self.line(deadline)?;
            let (code, mark, text) = parts(&line).ok_or_else(out_of_step)?;
            if reply.lines.len() >= MAX_LINES || !reply.lines.is_empty() && code != reply.code {
                return Err(out_of_step());
            }
            reply.code = code;
            reply.lines.push(text.to_owned());
            if mark != '-' {
                return Ok(reply);
            }
        }
    }

    /// The next line, without its end.
    fn line(&mut self, deadline: Instant) -> io::Result<String> {
        let mut buffer = [0; 1024];
        loop {
            if let Some(end) = memchr::memchr(b'\n', &self.pending) {
                let line: Vec<u8> = self.pending.drain(..=end).collect();
                // Words are for people: where they are in letters from before UTF-8, the code counts all the same.
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.pending.len() > MAX_LINE {
                return Err(out_of_step());
            }
            self.stream.socket().set_read_timeout(Some(time_left(deadline)?))?;
            match self.stream.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.pending.extend(buffer.iter().take(count)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A timeout, as some systems say it.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(io::ErrorKind::TimedOut.into()),
                Err(error) => return Err(error),
            }
        }
    }
}

/// The server says something else than what it was asked for.
pub fn out_of_step() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, OutOfStep)
}

/// The server does not speak SMTP, or not in order.
#[derive(Debug, Clone, Copy)]
pub struct OutOfStep;

impl std::fmt::Display for OutOfStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not SMTP")
    }
}

impl std::error::Error for OutOfStep {}

fn time_left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// Code, mark and words of a line of a reply: `250-SIZE 1000`, `250 OK`, `250`.
fn parts(line: &str) -> Option<(u16, char, &str)> {
    let digits = line.get(..3)?;
    let code =
        digits.parse().ok().filter(|code| digits.bytes().all(|b| b.is_ascii_digit()) && (200..600).contains(code))?;
    let rest = line.get(3..)?;
    match rest.chars().next() {
        None => Some((code, ' ', "")),
        Some(mark @ (' ' | '-')) => Some((code, mark, rest.get(1..)?)),
        Some(_) => None,
    }
}

/// Doubles the dots at which lines begin (RFC 5321, section 4.5.2), for a message in pieces.
#[derive(Debug)]
pub struct DotStuffing {
    is_at_line_start: bool,
}

impl Default for DotStuffing {
    fn default() -> Self {
        Self { is_at_line_start: true }
    }
}

impl DotStuffing {
    /// The next piece as it is sent.
    pub fn next(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut stuffed = Vec::with_capacity(piece.len() + 16);
        for &byte in piece {
            if byte == b'.' && self.is_at_line_start {
                stuffed.push(b'.');
            }
            stuffed.push(byte);
            self.is_at_line_start = byte == b'\n';
        }
        stuffed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_replies() {
        assert_eq!(parts("250 OK"), Some((250, ' ', "OK")));
        assert_eq!(parts("250-SIZE 5"), Some((250, '-', "SIZE 5")));
        assert_eq!(parts("354"), Some((354, ' ', "")));
        for bad in ["", "25", "2500 OK", "abc OK", "+25 OK", "099 no", "600 no", "٢٥٠ OK"] {
            assert_eq!(parts(bad), None, "{bad}");
        }
    }

    #[test]
    fn dots_are_doubled_wherever_a_message_is_cut() {
        let message = b".a\r\n..\r\nb.c\r\n.";
        let whole = DotStuffing::default().next(message);
        assert_eq!(whole, b"..a\r\n...\r\nb.c\r\n..");
        for at in 0..=message.len() {
            let mut stuffing = DotStuffing::default();
            let (start, end) = message.split_at(at);
            assert_eq!([stuffing.next(start), stuffing.next(end)].concat(), whole, "{at}");
        }
    }
}
