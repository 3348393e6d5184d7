//! Private keys as openssl writes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

use crate::diagnostic::DkimKeyError;

/// Shortest and longest RSA key, in bits: less is easily broken, more is refused by many who check.
const SHORTEST: usize = 2048;
const LONGEST: usize = 4096;

/// Names of kinds of keys in PKCS#8: rsaEncryption, Ed25519, and elliptic curves such as P-256.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
const CURVE: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// Parts of DER.
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const NAME: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

#[derive(Debug)]
pub(super) enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A part of a PEM file: what it says to be, and its lines.
struct Block<'a> {
    label: &'a str,
    lines: Vec<&'a str>,
    is_closed: bool,
}

impl Key {
    pub(super) fn from_pem(pem: &str) -> Result<Self, DkimKeyError> {
        let blocks = blocks(pem);
        let private = blocks.iter().find(|block| block.label.ends_with("PRIVATE KEY"));
        let block = private.or(blocks.first()).ok_or(DkimKeyError::NotPem)?;
        let is_encrypted = block.lines.iter().any(|line| line.contains("ENCRYPTED"));
        let key = match block.label {
            "ENCRYPTED PRIVATE KEY" => return Err(DkimKeyError::Encrypted),
            "RSA PRIVATE KEY" | "EC PRIVATE KEY" if is_encrypted => return Err(DkimKeyError::Encrypted),
            "RSA PRIVATE KEY" => rsa(&block.bytes()?)?,
            "PRIVATE KEY" => pkcs8(&block.bytes()?)?,
            "EC PRIVATE KEY" | "EC PARAMETERS" => return Err(DkimKeyError::EllipticCurve),
            "OPENSSH PRIVATE KEY" => return Err(DkimKeyError::OpenSsh),
            label if label.ends_with("PUBLIC KEY") => return Err(DkimKeyError::PublicKey),
            label if label.contains("CERTIFICATE") => return Err(DkimKeyError::Certificate),
            _ => return Err(DkimKeyError::OtherKind),
        };
        // Only signing shows whether the parts of an RSA key belong together.
        key.sign(&[0; 32], b"").map(|_| key).ok_or(DkimKeyError::Damaged)
    }

    /// Its name in the header.
    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// Signs data, of which the SHA-256 is given too: RSA makes its own of the data, Ed25519 signs it.
    pub(super) fn sign(&self, sha256: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature).ok()?;
                Some(signature)
            }
            Self::Ed25519(key) => Some(key.sign(sha256).as_ref().to_vec()),
        }
    }
}

impl Block<'_> {
    fn bytes(&self) -> Result<Vec<u8>, DkimKeyError> {
        let text = self.lines.concat();
        BASE64.decode(text).ok().filter(|_| self.is_closed).ok_or(DkimKeyError::Damaged)
    }
}

/// The parts of a PEM file. What stands between them is for people.
fn blocks(pem: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in pem.lines().map(str::trim) {
        let line = line.trim_start_matches('\u{feff}');
        let begin = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----"));
        match (begin, blocks.last_mut().filter(|block| !block.is_closed)) {
            (Some(label), _) => blocks.push(Block { label, lines: Vec::new(), is_closed: false }),
            (None, Some(block)) if line.starts_with("-----END ") => block.is_closed = true,
            (None, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    blocks
}

fn pkcs8(der: &[u8]) -> Result<Key, DkimKeyError> {
    let (algorithm, key) = pkcs8_parts(der).ok_or(DkimKeyError::Damaged)?;
    match algorithm {
        RSA => rsa(key),
        // openssl leaves out the public key, which the stricter reader wants.
        ED25519 => Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map(Key::Ed25519).map_err(|_| DkimKeyError::Damaged),
        CURVE => Err(DkimKeyError::EllipticCurve),
        _ => Err(DkimKeyError::OtherKind),
    }
}

/// The kind of key in PKCS#8, and the key itself.
fn pkcs8_parts(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (whole, _) = element(der, SEQUENCE)?;
    let (_version, rest) = element(whole, INTEGER)?;
    let (algorithm, rest) = element(rest, SEQUENCE)?;
    let (name, _) = element(algorithm, NAME)?;
    let (key, _) = element(rest, OCTETS)?;
    Some((name, key))
}

/// A key in PKCS#1.
fn rsa(der: &[u8]) -> Result<Key, DkimKeyError> {
    let bits = rsa_bits(der).ok_or(DkimKeyError::Damaged)?;
    if bits < SHORTEST {
        return Err(DkimKeyError::TooShort { bits, least: SHORTEST });
    }
    if bits > LONGEST {
        return Err(DkimKeyError::TooLong { bits, most: LONGEST });
    }
    RsaKeyPair::from_der(der).map(Key::Rsa).map_err(|error| match error.to_string().as_str() {
        "InvalidEncoding" | "InconsistentComponents" => DkimKeyError::Damaged,
        words => DkimKeyError::Refused(words.to_owned()),
    })
}

/// How many bits the modulus of a key has.
fn rsa_bits(der: &[u8]) -> Option<usize> {
    let (whole, _) = element(der, SEQUENCE)?;
    let (_version, rest) = element(whole, INTEGER)?;
    let (modulus, _) = element(rest, INTEGER)?;
    let zeros: usize = modulus.iter().take_while(|byte| **byte == 0).count();
    let first = modulus.get(zeros)?;
    Some((modulus.len() - zeros) * 8 - first.leading_zeros() as usize)
}

/// The content of the element of DER at the start, if it is of this kind, and what follows.
fn element(der: &[u8], kind: u8) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match der {
        [tag, length @ 0..=0x7f, rest @ ..] if *tag == kind => (usize::from(*length), rest),
        [tag, 0x81, length, rest @ ..] if *tag == kind => (usize::from(*length), rest),
        [tag, 0x82, high, low, rest @ ..] if *tag == kind => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}
