use super::{Kind, standard};

#[test]
fn types_of_elements() {
    assert_eq!(standard("H3"), Some(Kind::Heading(3)));
    assert_eq!(standard("FENote"), Some(Kind::Note));
    assert_eq!(standard("TH"), Some(Kind::Cell { head: true }));
    assert_eq!(standard("Tieu_de"), None);
    assert_eq!(standard("H99"), None);
}
