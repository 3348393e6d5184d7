use super::push;

#[test]
fn ligatures_symbols_and_controls() {
    let mut text = String::new();
    for letters in ["ﬁ", "\u{F0B7}", "\u{7}", "\t", "ệ", "\u{AD}"] {
        push(&mut text, letters);
    }
    assert_eq!(text, "fi• ệ\u{AD}");
}
