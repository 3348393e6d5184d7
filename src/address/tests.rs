use proptest::prelude::*;

use super::*;
use crate::diagnostic::RecipientNameError;

fn read(text: &str) -> (Option<String>, String) {
    match Mailbox::parse(text) {
        Ok(mailbox) => (mailbox.name, mailbox.address.as_str().to_owned()),
        Err(error) => panic!("{text:?}: {error:?}"),
    }
}

fn bad(text: &str) -> BadAddress {
    match Mailbox::parse(text) {
        Ok(mailbox) => panic!("{text:?}: {mailbox:?}"),
        Err(error) => error,
    }
}

#[test]
fn what_is_accepted() {
    let decomposed = "Trâ\u{300}n Thi\u{323} Ha\u{323}nh <hanh@tanhai.example>";
    let long = format!("{}@{}.example", "a".repeat(64), "b".repeat(63));
    for (text, name, address) in [
        ("a@b.example", None, "a@b.example"),
        ("  a@b.example\t\r\n", None, "a@b.example"),
        ("\u{feff}\u{a0}\u{202a}a@b.example\u{202c}\u{200b}\u{a0}", None, "a@b.example"),
        ("<a@b.example>", None, "a@b.example"),
        ("< a@b.example >", None, "a@b.example"),
        ("mailto:a@b.example", None, "a@b.example"),
        ("MAILTO: a@b.example?subject=B%E1%BA%A3n%20tin", None, "a@b.example"),
        ("Trần Thị Hạnh <hanh@tanhai.example>", Some("Trần Thị Hạnh"), "hanh@tanhai.example"),
        (decomposed, Some("Trần Thị Hạnh"), "hanh@tanhai.example"),
        ("Trần  Thị\u{a0}Hạnh<mailto:hanh@tanhai.example>", Some("Trần Thị Hạnh"), "hanh@tanhai.example"),
        ("\"Phòng, Ban\" <a@b.example>", Some("Phòng, Ban"), "a@b.example"),
        ("Phòng, Ban; tổ 2 <a@b.example>", Some("Phòng, Ban; tổ 2"), "a@b.example"),
        (r#""Ông \"Tư\" \\ An" <a@b.example>"#, Some(r#"Ông "Tư" \ An"#), "a@b.example"),
        (r#"Ông "Tư" An <a@b.example>"#, Some(r#"Ông "Tư" An"#), "a@b.example"),
        (r#""Ông" Tư <a@b.example>"#, Some(r#""Ông" Tư"#), "a@b.example"),
        ("'Trần An' <a@b.example>", Some("Trần An"), "a@b.example"),
        ("\"\" <a@b.example>", None, "a@b.example"),
        ("\"\u{200b}\" <a@b.example>", None, "a@b.example"),
        ("a@b.example <a@b.example>", None, "a@b.example"),
        ("'A@b.example' <a@b.example>", None, "a@b.example"),
        ("\"a@b.example\" <a@b.example>", None, "a@b.example"),
        ("\"Nhóm <a> @ sở\" <a@b.example>", Some("Nhóm <a> @ sở"), "a@b.example"),
        ("So\u{ad}n\u{200b} Hà <a@b.example>", Some("Son Hà"), "a@b.example"),
        ("A.B+tin=x_{1}'o@Sub-1.B.EXAMPLE", None, "A.B+tin=x_{1}'o@sub-1.b.example"),
        ("a@tiếngviệt.example", None, "a@xn--tingvit-5t4cyc.example"),
        ("a@TIE\u{302}\u{301}NGVIE\u{323}\u{302}T.example", None, "a@xn--tingvit-5t4cyc.example"),
        ("a@ｂ。example", None, "a@b.example"),
        ("a@localhost", None, "a@localhost"),
        ("a@1.2.example", None, "a@1.2.example"),
        (long.as_str(), None, long.as_str()),
    ] {
        assert_eq!(read(text), (name.map(str::to_owned), address.to_owned()), "{text:?}");
    }
}

#[test]
fn what_is_refused() {
    use AddressError as P;
    let far = format!("a@{}example", "abcdefghi.".repeat(25));
    for (text, error, meant) in [
        ("", P::Empty, None),
        (" \u{200b}\u{a0}", P::Empty, None),
        ("<>", P::Empty, None),
        ("Trần Văn An", P::NoAt, None),
        ("www.tanhai.example", P::NoAt, None),
        ("a＠b.example", P::WideAt, Some("a@b.example")),
        ("a@@b.example", P::SeveralAts, Some("a@b.example")),
        ("a@b@c.example", P::SeveralAts, None),
        ("a@b.examplec@d.example", P::SeveralAts, None),
        ("a@b.example, c@d.example", P::SeveralAddresses, None),
        ("a@b.example;c@d.example", P::SeveralAddresses, None),
        ("a@b.example\nc@d.example", P::SeveralAddresses, None),
        ("a@b.example c@d.example", P::SeveralAddresses, None),
        ("A <a@b.example>; B <c@d.example>", P::SeveralAddresses, None),
        ("\"A\" <a@b.example>, \"B\" <c@d.example>", P::SeveralAddresses, None),
        ("c@d.example <a@b.example>", P::SeveralAddresses, None),
        ("\"c@d.example\" <a@b.example>", P::SeveralAddresses, None),
        ("a @b.example", P::Blank, Some("a@b.example")),
        ("a@ b. example", P::Blank, Some("a@b.example")),
        ("a\u{a0}@b.example", P::Blank, Some("a@b.example")),
        ("nguyen an@b.example", P::Blank, None),
        ("Trần Văn An an@b.example", P::Blank, Some("Trần Văn An <an@b.example>")),
        ("a\r\nBcc:x@b.example", P::Control, None),
        ("a\0@b.example", P::Control, None),
        ("a\u{2028}@b.example", P::Control, Some("a@b.example")),
        ("a@b.exam\nple", P::Control, Some("a@b.example")),
        ("\0a@b.example", P::Control, None),
        ("a@b\u{200b}.example", P::Invisible('\u{200b}'), Some("a@b.example")),
        ("a@b.exam\u{ad}ple", P::Invisible('\u{ad}'), Some("a@b.example")),
        ("Tên <a@b.example", P::Brackets, None),
        ("Tên a@b.example>", P::Brackets, None),
        ("Tên <a@b.example> x", P::Brackets, None),
        ("A <B <a@b.example>", P::Brackets, None),
        ("\"Tên <a@b.example>", P::Quotes, None),
        ("@b.example", P::NoLocalPart, None),
        ("nguyễn.đức@b.example", P::LocalPartNotAscii('ễ'), Some("nguyen.duc@b.example")),
        ("ａ@b.example", P::LocalPartNotAscii('ａ'), Some("a@b.example")),
        (".a@b.example", P::Dots, Some("a@b.example")),
        ("a.@b.example", P::Dots, Some("a@b.example")),
        ("a..b@c..example", P::Dots, Some("a.b@c.example")),
        ("a@.b.example", P::Dots, Some("a@b.example")),
        ("a@b.example.", P::EndingMark('.'), Some("a@b.example")),
        ("a@b.example;", P::EndingMark(';'), Some("a@b.example")),
        ("Tên <a@b.example,>", P::EndingMark(','), Some("Tên <a@b.example>")),
        ("a@", P::NoDomain, None),
        ("a@tanhai", P::NoDot, None),
        ("a@gmail", P::NoDot, Some("a@gmail.com")),
        ("a@192.0.2.1", P::Ending("1".into()), None),
        ("a@[192.0.2.1]", P::Character('['), None),
        ("a@so.gov.v", P::Ending("v".into()), Some("a@so.gov.vn")),
        ("a@b.c0m", P::Ending("c0m".into()), None),
        ("#a@b.example", P::Character('#'), None),
        ("a,b@c.example", P::Character(','), None),
        ("\"a b\"@c.example", P::Blank, None),
        ("\"a\"@c.example", P::Character('"'), None),
        ("a(x)@c.example", P::Character('('), None),
        ("a@b_c.example", P::Character('_'), None),
        ("a@b,example", P::Character(','), Some("a@b.example")),
        ("a@gmial,con", P::Character(','), Some("a@gmail.com")),
        ("a@-b.example", P::DomainRefused, None),
        ("a@xn--a.example", P::DomainRefused, None),
        ("a@b\u{2100}.example", P::DomainRefused, None),
        ("a@ab\u{5d0}1.example", P::DomainRefused, None),
        (&format!("{}@b.example", "a".repeat(65)), P::LocalPartTooLong { limit: 64 }, None),
        (&format!("a@{}.example", "b".repeat(64)), P::LabelTooLong { limit: 63 }, None),
        (&far, P::TooLong { limit: 254 }, None),
        (&"a@b.example,".repeat(1000), P::TooLong { limit: 254 }, None),
        ("Trần\r\nBcc: x <a@b.example>", P::Name(RecipientNameError::Control), None),
        ("Trần\u{85}An <a@b.example>", P::Name(RecipientNameError::Control), None),
        ("Tr\0n <a@b.example>", P::Name(RecipientNameError::Control), None),
        ("Tr?n H?nh <a@b.example>", P::Name(RecipientNameError::Damaged), None),
        ("Nguyá»…n An <a@b.example>", P::Name(RecipientNameError::Damaged), None),
        (&format!("{} <a@b.example>", "ă".repeat(201)), P::Name(RecipientNameError::TooLong { limit: 200 }), None),
    ] {
        let expected = BadAddress { error, meant: meant.map(str::to_owned) };
        assert_eq!(bad(text), expected, "{text:?}");
    }
}

#[test]
fn addresses_that_look_like_slips() {
    for (domain, meant) in [
        ("gmial.com", Some("gmail.com")),
        ("gmail.con", Some("gmail.com")),
        ("Gmail.Com", None),
        ("gmaill.com", Some("gmail.com")),
        ("gmai.com", Some("gmail.com")),
        ("gmail.co", Some("gmail.com")),
        ("fmail.com", Some("gmail.com")),
        ("gmial.con", Some("gmail.com")),
        ("gmaíl.com", Some("gmail.com")),
        ("gmail.com.vn", Some("gmail.com")),
        ("yaho.com", Some("yahoo.com")),
        ("yahoo.com.vm", Some("yahoo.com.vn")),
        ("hotmal.com", Some("hotmail.com")),
        ("tanhai.gov.vm", Some("tanhai.gov.vn")),
        ("tanhai.comm", Some("tanhai.com")),
        ("thưviện.nett", Some("thưviện.net")),
        ("ymail.com", None),
        ("mail.com", None),
        ("email.com", None),
        ("yahoo.com.vn", None),
        ("tiếngviệt.example", None),
        ("tanhai.example", None),
        ("con.example", None),
        ("localhost", None),
    ] {
        let mailbox = Mailbox::parse(&format!("a@{domain}")).unwrap_or_else(|error| panic!("{domain}: {error:?}"));
        assert_eq!(mailbox.address.meant(), meant.map(|meant| format!("a@{meant}")), "{domain}");
    }
}

#[test]
fn equal_addresses() {
    let parse = |text: &str| Mailbox::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).address;
    let one = parse("Hanh@TIẾNGVIỆT.Example");
    assert_eq!(one, parse("hanh@xn--tingvit-5t4cyc.example"));
    assert_eq!(one.key(), parse("hANH@tiếngviệt.example").key());
    assert_ne!(one, parse("han@tiếngviệt.example"));
    assert_eq!(one.shown(), "Hanh@tiếngviệt.example");
    assert_eq!(one.local_part(), "Hanh");
    assert_eq!(one.domain(), "xn--tingvit-5t4cyc.example");
}

#[test]
fn shown_mailboxes_read_back() {
    for text in [
        "Trần An <a@b.example>",
        r#""Ông \"Tư\", \\ An" <a@b.example>"#,
        "a@b.example",
        "\"A@B C\" <a@b.example>",
        "\"''\" <a@b.example>",
    ] {
        let mailbox = Mailbox::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(mailbox.shown(), text);
    }
}

/// A message to a mailbox, as it goes to servers.
fn headers(mailbox: &Mailbox) -> String {
    let message = lettre::Message::builder()
        .from("b@b.example".parse().unwrap_or_else(|error| panic!("{error}")))
        .to(mailbox.to_lettre())
        .body(String::new())
        .unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8_lossy(&message.formatted()).into_owned()
}

fn check_accepted(text: &str) {
    let Ok(mailbox) = Mailbox::parse(text) else { return };
    let all =
        format!("{}{}{}", mailbox.address.as_str(), mailbox.address.shown(), mailbox.name.as_deref().unwrap_or(""));
    assert!(!all.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{text:?}");
    assert!(mailbox.address.as_str().is_ascii() && !mailbox.address.as_str().contains([' ', '<', '>', ',', ';', '"']));
    assert!(mailbox.address.as_str().len() <= 254);
    let headers = headers(&mailbox);
    // From, To, Content-Transfer-Encoding, Date and the like: nothing of ours starts a line.
    let names: Vec<&str> = headers
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| line.split_once(':').map(|(name, _)| name))
        .collect();
    assert!(names.iter().all(|name| ["From", "To", "Date", "Content-Transfer-Encoding"].contains(name)), "{headers}");
    assert!(headers.lines().all(|line| line.len() < 998 && line.is_ascii()), "{headers}");
    let again = Mailbox::parse(&mailbox.shown());
    assert_eq!(again.as_ref(), Ok(&mailbox), "{text:?} {}", mailbox.shown());
    let meant = mailbox.address.meant();
    assert!(meant.is_none_or(|meant| Mailbox::parse(&meant).is_ok()), "{text:?}");
}

/// What an address or its name might be harmed by.
const NASTY: &str = "\r\n\t\0\u{7f}\u{85}\u{2028}\u{2029}\u{200b}\u{202e}\u{ad}\u{a0}\u{3002}\u{301}\u{200d}\u{ff20}\u{fe6b} @<>\"'\\,;:.?#%()[]-_=/ﬁ℀";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text(text in "\\PC{0,40}|[\\x00-\\x7f]{0,60}") {
        check_accepted(&text);
        let _ = Mailbox::parse(&text).map_err(|error| assert!(error.meant.is_none_or(|meant| Mailbox::parse(&meant).is_ok())));
    }

    /// What is right, with characters put in that may make it wrong.
    #[test]
    fn nearly_addresses(
        name in "([A-ZĐ][a-zđễ\u{301}]{0,6} ?){0,4}",
        address in "[a-z0-9]{1,8}([.+_-][a-z]{1,4})?@[a-zđê]{1,6}(\\.[a-z]{1,3})?\\.(vn|example|con)",
        form in 0..4,
        more in proptest::collection::vec((0usize..60, proptest::sample::select(NASTY.chars().collect::<Vec<char>>())), 0..3),
    ) {
        let mut text: Vec<char> = match form {
            0 => address,
            1 => format!("{name} <{address}>"),
            2 => format!("\"{name}\" <{address}>"),
            _ => format!("mailto:{address}"),
        }.chars().collect();
        for (at, c) in more {
            text.insert(at.min(text.len()), c);
        }
        let text: String = text.into_iter().collect();
        check_accepted(&text);
        let _ = Mailbox::parse(&text).map_err(|error| assert!(error.meant.is_none_or(|meant| Mailbox::parse(&meant).is_ok())));
    }

    #[test]
    fn names(text in "\\PC{0,250}|[\\x00-\\x7f]{0,250}|[a-zăđêễ\u{301}\u{200d}]{190,210}") {
        if let Ok(Some(name)) = name(&text) {
            assert!(!name.chars().any(is_control) && !name.is_empty() && trimmed(&name) == name);
            check_accepted(&format!("\"{}\" <a@b.example>", name.replace('\\', "\\\\").replace('"', "\\\"")));
        }
    }
}
