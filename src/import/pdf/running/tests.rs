use super::{is_folio, pattern};

#[test]
fn folios() {
    for text in ["7", "- 7 -", "Trang 7", "7/12", "iv", "Trang 3/9"] {
        assert!(is_folio(text), "{text}");
    }
    for text in ["Năm 2022", "Số 12", "7 ngày", "", "12345"] {
        assert!(!is_folio(text), "{text}");
    }
}

#[test]
fn numbers_do_not_matter() {
    assert_eq!(pattern("Trang 7 / Số 12"), pattern("TRANG 14 / số 3"));
}
