//! Base64, in which files of text hold pictures.

/// The bytes of a text in Base64, with white space in it; `None` where it is none.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for sign in text.bytes().filter(|sign| !sign.is_ascii_whitespace()).take_while(|sign| *sign != b'=') {
        bits = bits << 6 | value(sign)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

fn value(sign: u8) -> Option<u32> {
    Some(u32::from(match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn bytes_come_back() {
        for (text, bytes) in
            [("", &b""[..]), ("QQ==", b"A"), ("QU\n I=", b"AB"), ("QUJD", b"ABC"), ("/+8=", b"\xFF\xEF")]
        {
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
        assert_eq!(decode("Q!"), None);
    }
}
