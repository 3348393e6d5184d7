//! Where somebody says that they want no more messages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Address;

/// An https address, in which `{email}` stands for the recipient's, or one of e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsubscribe {
    Web(String),
    /// What goes behind `mailto:`.
    Email(String),
}

/// Stands for the address of the recipient.
const RECIPIENT: &str = "{email}";

/// What stays as it is in an address that somebody has typed: what is a sign of the address, or encoded already.
const TYPED: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`');

impl Unsubscribe {
    /// Reads an https address, `mailto:` with an address, or an address alone; `None` where it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return None;
        }
        const HTTPS: &str = "https://";
        if text.get(..HTTPS.len()).is_some_and(|start| start.eq_ignore_ascii_case(HTTPS)) {
            let rest = text.get(HTTPS.len()..).unwrap_or_default();
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let is_host = host.contains('.') && !host.contains(['{', '}', '<', '>', ',', '@']);
            return is_host.then(|| Self::Web(format!("{HTTPS}{rest}")));
        }
        let typed = text.strip_prefix("mailto:").unwrap_or(text);
        let (address, more) = typed.split_once('?').map_or((typed, ""), |(address, more)| (address, more));
        let address = Address::parse(address).ok()?;
        let more = if more.is_empty() { String::new() } else { format!("?{more}") };
        Some(Self::Email(format!("{}{more}", address.as_str())))
    }

    /// The address for one recipient, in ASCII: `https://…` or `mailto:…`.
    pub fn url(&self, recipient: &Address) -> String {
        let email = utf8_percent_encode(recipient.as_str(), NON_ALPHANUMERIC).to_string();
        let typed = match self {
            Self::Web(url) => url.clone(),
            Self::Email(address) => format!("mailto:{address}"),
        };
        let filled = typed.replace(RECIPIENT, &email);
        // A comma would begin another address in the header.
        utf8_percent_encode(&filled, TYPED).to_string().replace(',', "%2C")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_address_to_unsubscribe_at() {
        for good in [
            "https://tanhai.example/thoi?thu={email}",
            "HTTPS://tanhai.example",
            "bantin@tanhai.example",
            "mailto:bantin@tanhai.example?subject=thoi",
        ] {
            assert!(Unsubscribe::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "http://tanhai.example", "https://", "javascript:alert(1)", "a", "https://{email}", "a b@c.example"]
        {
            assert_eq!(Unsubscribe::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_recipient_is_named_safely() {
        let recipient = Address::parse("lan+tin@tanhai.example").expect("an address");
        let url = |text: &str| Unsubscribe::parse(text).expect("an address").url(&recipient);
        assert_eq!(
            url("https://tanhai.example/?thu={email}"),
            "https://tanhai.example/?thu=lan%2Btin%40tanhai%2Eexample"
        );
        assert_eq!(url("https://tanhai.example/thôi,nhận>"), "https://tanhai.example/th%C3%B4i%2Cnh%E1%BA%ADn%3E");
        assert_eq!(url("mailto:bantin@tanhai.example?subject=thoi"), "mailto:bantin@tanhai.example?subject=thoi");
    }
}
