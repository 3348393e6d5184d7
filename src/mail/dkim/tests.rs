use proptest::prelude::*;
use ring::signature::{ED25519, KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;

const RSA: &str = include_str!("../../../tests/mail/keys/rsa.pem");
const RSA_PKCS1: &str = include_str!("../../../tests/mail/keys/rsa-pkcs1.pem");
const ED25519_KEY: &str = include_str!("../../../tests/mail/keys/ed25519.pem");
const TIME: i64 = 1_700_000_000;

const MESSAGE: &str = "From: =?utf-8?b?U+G7nw==?= <so@tanhai.example>\r\nTo: An <an@b.example>\r\nSubject: =?utf-8?b?QuG6o24=?=\r\n \
                       =?utf-8?b?IHRpbg==?=\r\nDate: Mon, 23 Nov 2026 08:00:00 +0700\r\nMessage-ID: <1@tanhai.example>\r\n\
                       Reply-To: so@tanhai.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary=\"x\"\r\n\
                       List-Unsubscribe: <https://tanhai.example/x>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
                       X-Other: no\r\n\r\nHi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

fn signer(pem: &str) -> Signer {
    Signer::from_pem(pem, "tanhai.example", "s2026").unwrap_or_else(|error| panic!("{error:?}"))
}

fn sign(pem: &str, message: &str) -> String {
    signer(pem).sign(message.as_bytes(), TIME).unwrap_or_else(|error| panic!("{error:?}"))
}

fn key_error(pem: &str) -> DkimKeyError {
    match Signer::from_pem(pem, "tanhai.example", "s2026") {
        Ok(signer) => panic!("{signer:?}"),
        Err(error) => error,
    }
}

/// What the signature in a header covers, made from the header itself, and whether it is right.
fn is_right(signer: &Signer, message: &str, header: &str) -> bool {
    let (start, signature) = header.rsplit_once("\tb=").unwrap_or_else(|| panic!("{header}"));
    let tag = |name: &str| {
        let tags = header
            .split_once(':')
            .unwrap_or_default()
            .1
            .split(';')
            .map(|tag| tag.split_whitespace().collect::<String>());
        tags.filter_map(|tag| tag.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
            .find_map(|(known, value)| (known == name).then_some(value))
            .unwrap_or_default()
    };
    let (headers, body) = relaxed::split(message.as_bytes());
    assert_eq!(tag("bh"), BASE64.encode(digest(&SHA256, &relaxed_body(body))));
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(headers).lines().chain(format!("{start}\tb=").lines()) {
        match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some((_, value)) => value.push_str(line),
            None => {
                fields.extend(line.split_once(':').map(|(name, value)| (name.trim().to_lowercase(), value.to_owned())))
            }
        }
    }
    let own = fields.pop();
    let mut data = Vec::new();
    for name in tag("h").split(':') {
        let at = fields.iter().rposition(|(known, _)| known == name);
        data.extend(at.map(|at| fields.remove(at)));
    }
    data.extend(own);
    let lines: Vec<String> = data
        .iter()
        .map(|(name, value)| format!("{name}:{}", value.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    let data = lines.join("\r\n");
    let signature = BASE64.decode(signature.split_whitespace().collect::<String>()).unwrap_or_default();
    match &signer.key {
        Key::Rsa(key) => UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.public().as_ref())
            .verify(data.as_bytes(), &signature)
            .is_ok(),
        Key::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key.public_key().as_ref())
            .verify(digest(&SHA256, data.as_bytes()).as_ref(), &signature)
            .is_ok(),
    }
}

/// The slow way, line by line.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let text: String = body.iter().map(|byte| char::from(*byte)).collect();
    let mut lines: Vec<String> = Vec::new();
    for line in text.split("\r\n") {
        let mut relaxed = String::new();
        for c in line.trim_end_matches([' ', '\t']).chars().map(|c| if c == '\t' { ' ' } else { c }) {
            if c != ' ' || !relaxed.ends_with(' ') {
                relaxed.push(c);
            }
        }
        lines.push(relaxed);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.iter().flat_map(|line| format!("{line}\r\n").chars().collect::<Vec<_>>()).map(|c| c as u8).collect()
}

fn body_hash(parts: &[&[u8]]) -> Option<String> {
    let mut hash = BodyHash::default();
    parts.iter().for_each(|part| hash.update(part));
    hash.finish().map(|hash| BASE64.encode(hash))
}

#[test]
fn the_examples_of_the_standard() {
    let fields = relaxed::fields(b"A: X\r\nB : Y\t\r\n\tZ  \r\n");
    let canonical: Vec<u8> = fields.iter().flat_map(Field::canonical).collect();
    assert_eq!(String::from_utf8_lossy(&canonical), "a:X\r\nb:Y Z\r\n");
    let relaxed = BASE64.encode(digest(&SHA256, b" C\r\nD E\r\n"));
    assert_eq!(body_hash(&[b" C \r\nD \t E\r\n\r\n\r\n"]), Some(relaxed));
    // RFC 6376, 3.4.4 and RFC 8463, appendix A.
    assert_eq!(body_hash(&[]).as_deref(), Some("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
    let (_, body) = relaxed::split(MESSAGE.as_bytes());
    assert_eq!(body_hash(&[body]).as_deref(), Some("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="));
}

#[test]
fn headers_of_signatures() {
    let header = sign(ED25519_KEY, MESSAGE);
    let start = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=tanhai.example;\r\n\
                 \ts=s2026; t=1700000000;\r\n\
                 \th=from:to:subject:date:message-id:reply-to:mime-version:content-type:\r\n\
                 \tlist-unsubscribe:list-unsubscribe-post:from;\r\n\
                 \tbh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n\tb=";
    assert_eq!(header.get(..start.len()), Some(start));
    for (pem, message) in [(RSA, MESSAGE), (RSA_PKCS1, MESSAGE), (ED25519_KEY, MESSAGE)] {
        let header = sign(pem, message);
        assert!(header.lines().all(|line| line.len() <= LONGEST_LINE), "{header}");
        assert!(header.ends_with("\r\n") && !header.trim_end().contains("\n\r"));
        assert!(header.lines().skip(1).all(|line| line.starts_with('\t') && line.len() > 1));
        assert!(is_right(&signer(pem), message, &header), "{header}");
        assert!(!is_right(&signer(pem), &message.replace("<an@", "<be@"), &header), "{header}");
        assert!(!is_right(&signer(pem), &format!("From: <x@b.example>\r\n{message}"), &header), "{header}");
        assert!(is_right(&signer(pem), &format!("X-Spam: no\r\n{message}"), &header), "{header}");
    }
    assert_eq!(sign(RSA, MESSAGE), sign(RSA_PKCS1, MESSAGE));
}

#[test]
fn messages_of_many_shapes() {
    for message in [
        "From: a@b.example\r\n\r\n",
        "From: a@b.example\r\n",
        "From: a@b.example",
        "From: a@b.example\r\n\r\n\r\n\r\n",
        "from :\ta@b.example  \r\n\t \r\n Subject:x\r\n\r\n \t \r\nx\t\ty \r\n  z",
        "From: a@b.example\r\nTo: 1\r\nTo: 2\r\nFROM: c@b.example\r\nSubject:\r\n\r\nx",
        "no colon\r\n: no name\r\nFrom: Sở <a@b.example>\r\n\r\n\u{1f4f0}",
    ] {
        for pem in [RSA, ED25519_KEY] {
            assert!(is_right(&signer(pem), message, &sign(pem, message)), "{message:?}");
        }
    }
    for (message, error) in [
        ("", SignError::NoFrom),
        ("\r\nFrom: a@b.example\r\n\r\n", SignError::NoFrom),
        ("To: a@b.example\r\n\r\n", SignError::NoFrom),
        ("From: a@b.example\n\nx", SignError::LineEnd),
        ("From: a@b.example\r\nTo: x\ry\r\n\r\nx", SignError::LineEnd),
        ("From: a@b.example\r\n\r\nx\n", SignError::LineEnd),
        ("From: a@b.example\r\n\r\nx\ry\r\n", SignError::LineEnd),
        ("From: a@b.example\r\n\r\nx\r", SignError::LineEnd),
    ] {
        assert_eq!(signer(ED25519_KEY).sign(message.as_bytes(), TIME), Err(error), "{message:?}");
    }
}

#[test]
fn names_and_times_at_their_limits() {
    let label = "a".repeat(63);
    let domain = format!("{label}.{label}.{label}.example");
    let signer = Signer::from_pem(ED25519_KEY, &domain, &label).unwrap_or_else(|error| panic!("{error:?}"));
    for (time, tag) in [(-1, "t=0;"), (i64::MIN, "t=0;"), (i64::MAX, "t=999999999999;")] {
        let header = signer.sign(MESSAGE.as_bytes(), time).unwrap_or_else(|error| panic!("{error:?}"));
        assert!(header.contains(tag) && is_right(&signer, MESSAGE, &header), "{header}");
        assert!(header.lines().all(|line| line.len() < 300));
    }
    let signer =
        Signer::from_pem(ED25519_KEY, " TIẾNGVIỆT.example ", "Tin_2.b").unwrap_or_else(|error| panic!("{error:?}"));
    let header = signer.sign(MESSAGE.as_bytes(), TIME).unwrap_or_default();
    assert!(header.contains("d=xn--tingvit-5t4cyc.example;") && header.contains("s=tin_2.b;"), "{header}");
    for selector in ["", " ", ".", "a.", "a b", "a;b", "a\r\nb", "-a", "a-", "ă", &"a".repeat(64)] {
        assert!(matches!(Signer::from_pem(RSA, "b.example", selector), Err(DkimKeyError::Selector)), "{selector:?}");
    }
    for domain in ["", "b", "b_c.example", "b.example; l=0", "b.example\r\nX:", "b.example."] {
        assert!(matches!(Signer::from_pem(RSA, domain, "s"), Err(DkimKeyError::Domain(_))), "{domain:?}");
    }
}

#[test]
fn keys_that_cannot_sign() {
    use DkimKeyError as E;
    for (pem, error) in [
        (include_str!("../../../tests/mail/keys/rsa-1024.pem"), E::TooShort { bits: 1024, least: 2048 }),
        (include_str!("../../../tests/mail/keys/encrypted.pem"), E::Encrypted),
        (include_str!("../../../tests/mail/keys/encrypted-pkcs1.pem"), E::Encrypted),
        (include_str!("../../../tests/mail/keys/public.pem"), E::PublicKey),
        (include_str!("../../../tests/mail/keys/certificate.pem"), E::Certificate),
        (include_str!("../../../tests/mail/keys/openssh.pem"), E::OpenSsh),
        (include_str!("../../../tests/mail/keys/ec.pem"), E::EllipticCurve),
        (include_str!("../../../tests/mail/keys/ec-pkcs8.pem"), E::EllipticCurve),
        (include_str!("../../../tests/mail/keys/x25519.pem"), E::OtherKind),
        ("", E::NotPem),
        ("v=DKIM1; k=rsa; p=MIIB", E::NotPem),
        ("-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n", E::OtherKind),
        ("-----BEGIN PRIVATE KEY-----\n", E::Damaged),
        ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", E::Damaged),
        ("-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----", E::Damaged),
        ("-----BEGIN RSA PRIVATE KEY-----\nMC4CAQ==\n-----END RSA PRIVATE KEY-----", E::Damaged),
        ("-----BEGIN PRIVATE KEY-----\nđ\n-----END PRIVATE KEY-----", E::Damaged),
    ] {
        assert_eq!(key_error(pem), error, "{pem}");
    }
    let exponent = include_str!("../../../tests/mail/keys/rsa-exponent-3.pem");
    assert_eq!(key_error(exponent), E::Refused("TooSmall".into()));
    // A certificate before its key, a byte order mark, other line ends and indents, a text above.
    let certificate = include_str!("../../../tests/mail/keys/certificate.pem");
    for pem in
        [format!("{certificate}{RSA}"), format!("\u{feff}{RSA}"), RSA.replace('\n', "\r\n  "), format!("Key:\n{RSA}")]
    {
        assert_eq!(sign(&pem, MESSAGE), sign(RSA, MESSAGE));
    }
}

/// Every key with one letter changed is refused, or signs in truth.
#[test]
fn damaged_keys() {
    for (pem, step) in [(RSA, 41), (RSA_PKCS1, 37), (ED25519_KEY, 1)] {
        for at in (0..pem.len()).step_by(step) {
            let mut bytes = pem.as_bytes().to_vec();
            for other in [b'A', b'/', b'\n', b'-'] {
                bytes.splice(at..=at, [other]);
                let pem = String::from_utf8_lossy(&bytes);
                if let Ok(signer) = Signer::from_pem(&pem, "tanhai.example", "s") {
                    let header = signer.sign(MESSAGE.as_bytes(), TIME).unwrap_or_else(|error| panic!("{error:?}"));
                    assert!(is_right(&signer, MESSAGE, &header));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn bodies_in_pieces(
        lines in proptest::collection::vec("[ \ta\u{e9}]{0,6}", 0..12),
        has_end in any::<bool>(),
        cuts in proptest::collection::vec(0usize..100, 0..8),
    ) {
        let text = lines.join("\r\n") + if has_end { "\r\n" } else { "" };
        let body = text.as_bytes();
        let expected = Some(BASE64.encode(digest(&SHA256, &relaxed_body(body))));
        assert_eq!(body_hash(&[body]), expected, "{text:?}");
        let mut ends: Vec<usize> = cuts.iter().map(|cut| (*cut).min(body.len())).chain([0, body.len()]).collect();
        ends.sort_unstable();
        let parts: Vec<&[u8]> = ends.windows(2).filter_map(|pair| body.get(*pair.first()?..*pair.last()?)).collect();
        assert_eq!(body_hash(&parts), expected, "{text:?} {ends:?}");
    }

    #[test]
    fn any_message(message in proptest::collection::vec(any::<u8>(), 0..100), text in "(From:|To:|\r\n|[ \t:a-z\u{e9}]){0,30}") {
        let signer = signer(ED25519_KEY);
        let _ = signer.sign(&message, TIME);
        let with_from = format!("From: x\r\n{text}");
        if let Ok(header) = signer.sign(with_from.as_bytes(), TIME) {
            assert!(header.is_ascii() && header.lines().skip(1).all(|line| line.starts_with('\t')));
        }
    }

    #[test]
    fn any_key(bytes in proptest::collection::vec(any::<u8>(), 0..100), text in "\\PC*|(-----(BEGIN|END) (RSA )?PRIVATE KEY-----|\n|[A-Za-z/]){0,20}") {
        let _ = Signer::from_pem(&text, "b.example", "s");
        for kind in ["PRIVATE KEY", "RSA PRIVATE KEY"] {
            let pem = format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", BASE64.encode(&bytes));
            assert!(Signer::from_pem(&pem, "b.example", "s").is_err());
        }
    }
}
