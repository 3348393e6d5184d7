use super::decode;

#[test]
fn texts_are_in_four_encodings() {
    assert_eq!(decode(b"\xFE\xFF\x1E\xA4\x00p"), "Ấp");
    assert_eq!(decode(b"\xFF\xFE\xA4\x1Ep\x00"), "Ấp");
    assert_eq!(decode("\u{FEFF}Ấp".as_bytes()), "Ấp");
    assert_eq!(decode(b"caf\xE9 \x85 \x8D\x8E"), "caf\u{E9} \u{2013} \u{201C}\u{201D}");
}

#[test]
fn the_mark_of_a_language_is_no_text() {
    assert_eq!(decode(b"\xFE\xFF\x00\x1B\x00v\x00i\x00\x1B\x00X"), "X");
}
