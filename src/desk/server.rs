//! The door of the desk: HTTP on loopback, and no further. A page of somebody else's in the same browser may send
//! requests here, too: whatever does not name this address as its host and its origin is refused, and what acts must
//! know the token of the page.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::Desk;
use super::answers::{self, Answer};
use super::state::Shared;

/// More connections at a time are turned away: a browser opens six, and some may wait for the next state.
const MOST_CONNECTIONS: usize = 64;

/// Longest head and longest body of a request, in bytes.
const MAX_HEAD: usize = 16_000;
const MAX_BODY: usize = 10_000;

/// A connection on which nothing comes for so long is closed.
const SILENCE: Duration = Duration::from_secs(10);

/// A port of this machine on which nobody else listens.
pub struct Door {
    listener: TcpListener,
    port: u16,
}

impl Door {
    /// Where the desk is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

/// Listens on this port; without one on the preferred port, where zoom and such are remembered, or else on any that is
/// free.
///
/// # Errors
///
/// Where somebody else listens on the port that was asked for, or the system gives none.
pub fn open(port: Option<u16>, preferred: u16) -> io::Result<Door> {
    let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => listen(port),
        None => listen(preferred).or_else(|_| listen(0)),
    }?;
    let port = listener.local_addr()?.port();
    Ok(Door { listener, port })
}

/// Answers requests for as long as the process lives: connections that are open then end with it.
pub(super) fn serve(door: Door, desk: &Arc<Desk>, shared: &Arc<Shared>) {
    let open = Arc::new(AtomicUsize::new(0));
    let (desk, shared) = (Arc::clone(desk), Arc::clone(shared));
    std::thread::spawn(move || {
        for stream in door.listener.incoming().flatten() {
            if open.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
                open.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let count = Counted(Arc::clone(&open));
            let (desk, shared, port) = (Arc::clone(&desk), Arc::clone(&shared), door.port);
            // Where no thread is to be had, the connection is closed.
            let _ = std::thread::Builder::new().spawn(move || {
                let _count = count;
                // Whoever asked may be gone.
                let _ = Connection { stream, read: Vec::new(), port }.answer_all(&desk, &shared);
            });
        }
    });
}

/// One of the connections that are open.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request, as far as anything here asks.
struct Request {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    /// Whether the connection is to stay open.
    stays_open: bool,
}

impl Request {
    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(header, _)| header.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether it names this address: a page of another site that has its name lead here names its own.
    fn is_from_here(&self, port: u16) -> bool {
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let is_here = |host: &str| hosts.iter().any(|here| here == host);
        let mut host = self.values("Host");
        let has_host = host.next().is_some_and(is_here) && host.next().is_none();
        // Browsers say who asks even where they name no origin, as for a picture.
        let is_own = self.values("Sec-Fetch-Site").all(|site| matches!(site, "same-origin" | "none"));
        let has_origin = self.values("Origin").all(|origin| origin.strip_prefix("http://").is_some_and(is_here));
        has_host && is_own && has_origin
    }
}

struct Connection {
    stream: TcpStream,
    /// What was read and belongs to the next request.
    read: Vec<u8>,
    port: u16,
}

impl Connection {
    fn answer_all(&mut self, desk: &Desk, shared: &Shared) -> io::Result<()> {
        self.stream.set_read_timeout(Some(SILENCE))?;
        self.stream.set_write_timeout(Some(SILENCE))?;
        self.stream.set_nodelay(true)?;
        loop {
            match self.request()? {
                Ok(request) => {
                    let answer = answer(&request, self.port, desk, shared);
                    self.send(&answer, request.stays_open)?;
                    if !request.stays_open {
                        return Ok(());
                    }
                }
                Err(status) => {
                    self.send(&Answer::status(status), false)?;
                    return self.drain();
                }
            }
        }
    }

    /// The next request, or the status that says why it is none.
    fn request(&mut self) -> io::Result<Result<Request, u16>> {
        loop {
            match head(&self.read) {
                Ok(Some((request, length))) => return self.with_body(request, length),
                Ok(None) if self.read.len() > MAX_HEAD => return Ok(Err(431)),
                Ok(None) => self.read_more()?,
                Err(status) => return Ok(Err(status)),
            }
        }
    }

    fn with_body(&mut self, mut request: Request, head: usize) -> io::Result<Result<Request, u16>> {
        let Some(length) = length_of_body(&request) else { return Ok(Err(400)) };
        if length > MAX_BODY {
            return Ok(Err(413));
        }
        // Of no use here, and another way to say how long the body is.
        if request.values("Transfer-Encoding").next().is_some() {
            return Ok(Err(400));
        }
        let end = head + length;
        while self.read.len() < end {
            self.read_more()?;
        }
        request.body = String::from_utf8_lossy(&self.read[head..end]).into_owned();
        self.read.drain(..end);
        Ok(Ok(request))
    }

    fn read_more(&mut self) -> io::Result<()> {
        let mut part = [0; 8192];
        match self.stream.read(&mut part)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                self.read.extend_from_slice(&part[..count]);
                Ok(())
            }
        }
    }

    /// Hears out whoever was refused, for a while: on a connection that is closed before, the answer would be lost.
    fn drain(&mut self) -> io::Result<()> {
        const MOST_PARTS: usize = 32;
        self.stream.shutdown(Shutdown::Write)?;
        self.stream.set_read_timeout(Some(Duration::from_millis(500)))?;
        let mut part = [0; 8192];
        for _ in 0..MOST_PARTS {
            if self.stream.read(&mut part)? == 0 {
                break;
            }
        }
        Ok(())
    }

    fn send(&mut self, answer: &Answer, stays_open: bool) -> io::Result<()> {
        let Answer { status, media_type, body, headers } = answer;
        let connection = if stays_open { "keep-alive" } else { "close" };
        let mut head = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nConnection: {connection}\r\n\
             X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n",
            reason(*status),
            body.len()
        );
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        head.push_str("\r\n");
        // In one piece: a second one would wait until the first has arrived.
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        self.stream.write_all(&bytes)
    }
}

/// The head of a request and its length; `None` where more of it is to come, else the status that says what is wrong.
fn head(bytes: &[u8]) -> Result<Option<(Request, usize)>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(400),
    };
    let (Some(method), Some(url), Some(version)) = (parsed.method, parsed.path, parsed.version) else {
        return Err(400);
    };
    let headers = parsed.headers.iter();
    let headers = headers.map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()));
    let mut request = Request {
        method: method.to_owned(),
        url: url.to_owned(),
        headers: headers.collect(),
        body: String::new(),
        stays_open: version == 1,
    };
    let asks_to_close = request
        .values("Connection")
        .flat_map(|value| value.split(','))
        .any(|word| word.trim().eq_ignore_ascii_case("close"));
    request.stays_open &= !asks_to_close;
    Ok(Some((request, length)))
}

/// How long the body of a request is; `None` where it says so twice, or not in digits.
fn length_of_body(request: &Request) -> Option<usize> {
    let mut lengths = request.values("Content-Length");
    let length = lengths.next().unwrap_or("0");
    let is_number = length.bytes().all(|byte| byte.is_ascii_digit()) && lengths.next().is_none();
    length.parse().ok().filter(|_| is_number)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    }
}

fn answer(request: &Request, port: u16, desk: &Desk, shared: &Shared) -> Answer {
    if !request.is_from_here(port) {
        return Answer::status(403);
    }
    let (path, query) = split(&request.url);
    match request.method.as_str() {
        "GET" => answers::get(&path, &query, desk, shared),
        "POST" if request.values("X-Bantin-Token").next() == Some(&shared.token) => {
            answers::post(&path, &request.body, desk, shared)
        }
        "POST" => Answer::status(403),
        _ => Answer::status(405),
    }
}

/// The path of an address and the values of its query.
fn split(url: &str) -> (String, Vec<(String, String)>) {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(&key.replace('+', " ")), decoded(&value.replace('+', " ")))
    });
    (decoded(path), pairs.collect())
}

/// A part of an address without its escapes.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str) -> Request {
        head(text.as_bytes()).expect("a request").expect("a whole one").0
    }

    #[test]
    fn only_this_address_is_answered() {
        let is_from_here = |headers: &str| request(&format!("GET / HTTP/1.1\r\n{headers}\r\n")).is_from_here(80);
        assert!(is_from_here("Host: 127.0.0.1:80\r\n"));
        assert!(is_from_here("host: localhost:80\r\nOrigin: http://127.0.0.1:80\r\n"));
        for refused in [
            "",
            "Host: 127.0.0.1\r\n",
            "Host: 127.0.0.1:81\r\n",
            "Host: example.org:80\r\n",
            "Host: 127.0.0.1:80.example.org\r\n",
            "Host: 127.0.0.1:80\r\nHost: example.org\r\n",
            "Host: 127.0.0.1:80\r\nOrigin: null\r\n",
            "Host: 127.0.0.1:80\r\nOrigin: https://127.0.0.1:80\r\n",
            "Host: 127.0.0.1:80\r\nOrigin: http://example.org\r\n",
        ] {
            assert!(!is_from_here(refused), "{refused}");
        }
    }

    #[test]
    fn heads_are_read_whole() {
        let text = "GET /place?file=b%C3%A0i+1.md&line=3 HTTP/1.1\r\nHost: a\r\n\r\nrest";
        for end in 0..text.len() - 4 {
            assert!(matches!(head(&text.as_bytes()[..end]), Ok(None)), "{end}");
        }
        let Ok(Some((request, length))) = head(text.as_bytes()) else { panic!("a request") };
        assert_eq!(&text[length..], "rest");
        let (path, query) = split(&request.url);
        let query: Vec<_> = query.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!((path.as_str(), query), ("/place", vec![("file", "bài 1.md"), ("line", "3")]));
        assert!(head(b"\x16\x03\x01 nonsense\r\n\r\n").is_err());
    }
}
