//! The address of a mail server, as it is typed: `smtps://USER@HOST:PORT` or `smtp://USER@HOST:PORT`.

use percent_encoding::percent_decode_str;

/// How the connection is made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// STARTTLS (RFC 3207): required, but for a server on this machine.
    StartTls,
}

/// A mail server, and who somebody is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub security: Security,
    pub user: Option<String>,
    pub host: String,
    pub port: u16,
}

/// What is wrong with such an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerError {
    /// It begins with neither `smtp://` nor `smtps://`.
    Scheme,
    /// It has a password, which everybody on the machine could read.
    Password,
    Host,
    Port,
}

impl Server {
    /// The ports are those that RFC 8314 and RFC 6409 give, and 25 for a server on this machine.
    pub fn parse(text: &str) -> Result<Self, ServerError> {
        let (scheme, rest) = text.trim().split_once("://").ok_or(ServerError::Scheme)?;
        let security = match scheme.to_ascii_lowercase().as_str() {
            "smtps" => Security::Implicit,
            "smtp" => Security::StartTls,
            _ => return Err(ServerError::Scheme),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        // A user is often an address itself.
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        if user.is_some_and(|user| user.contains(':')) {
            return Err(ServerError::Password);
        }
        let (host, port) = split_port(place)?;
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
        if host.is_empty() || !host.chars().all(is_host) {
            return Err(ServerError::Host);
        }
        let usual = match security {
            Security::Implicit => 465,
            Security::StartTls if is_this_machine(host) => 25,
            Security::StartTls => 587,
        };
        let user = user.map(|user| percent_decode_str(user).decode_utf8_lossy().into_owned());
        let user = user.filter(|user| !user.is_empty());
        Ok(Self { security, user, host: host.to_owned(), port: port.unwrap_or(usual) })
    }

    /// As it is shown, without the user.
    pub fn shown(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        format!("{host}:{}", self.port)
    }
}

/// Host and port; the host of an address of IP version 6 stands in square brackets.
fn split_port(place: &str) -> Result<(&str, Option<u16>), ServerError> {
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, rest)) => (host, Some(rest.strip_prefix(':').ok_or(ServerError::Host)?)),
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    match port {
        None => Ok((host, None)),
        Some(port) => {
            port.parse().ok().filter(|port| *port > 0).map(|port| (host, Some(port))).ok_or(ServerError::Port)
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers() {
        let server = Server::parse("smtps://bantin@tanhai.example@mail.tanhai.example").expect("a server");
        assert_eq!(
            (server.host.as_str(), server.port, server.security),
            ("mail.tanhai.example", 465, Security::Implicit)
        );
        assert_eq!(server.user.as_deref(), Some("bantin@tanhai.example"));
        let server = Server::parse("smtp://bantin%40tanhai.example@mail.tanhai.example:2587/").expect("a server");
        assert_eq!((server.user.as_deref(), server.port), (Some("bantin@tanhai.example"), 2587));
        assert_eq!(Server::parse("smtp://mail.tanhai.example").expect("a server").port, 587);
        assert_eq!(Server::parse("SMTP://localhost").expect("a server").port, 25);
        assert_eq!(Server::parse("smtp://[::1]:2525").expect("a server").shown(), "[::1]:2525");
        for (bad, error) in [
            ("mail.tanhai.example", ServerError::Scheme),
            ("https://mail.tanhai.example", ServerError::Scheme),
            ("smtps://ban:secret@mail.tanhai.example", ServerError::Password),
            ("smtps://", ServerError::Host),
            ("smtps://a b", ServerError::Host),
            ("smtps://mail.tanhai.example/\r\nRCPT", ServerError::Host),
            ("smtps://mail.tanhai.example:0", ServerError::Port),
            ("smtps://mail.tanhai.example:99999", ServerError::Port),
            ("smtps://[::1]25", ServerError::Host),
        ] {
            assert_eq!(Server::parse(bad), Err(error), "{bad}");
        }
    }
}
