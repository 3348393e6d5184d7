use super::{is_label, number};

#[test]
fn labels() {
    for label in ["•", "-", "1.", "12)", "a)", "(b)", "IV.", "1.2."] {
        assert!(is_label(label), "{label}");
    }
    for word in ["Xã", "2022", "a", "Điều", "ngày."] {
        assert!(!is_label(word), "{word}");
    }
}

#[test]
fn a_bullet_is_no_number() {
    assert_eq!(number(" • "), None);
    assert_eq!(number("1. ").as_deref(), Some("1."));
}
