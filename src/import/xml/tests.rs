use super::{Element, MAX_DEPTH, MAX_NODES, Namespaces, Xml};
use crate::import::document::ImportError;

const NAMESPACES: &Namespaces = &[("urn:chu", "c"), ("urn:chu-moi", "c"), ("urn:anh", "a")];

fn read(text: &str) -> Result<Xml, ImportError> {
    Xml::read(text.as_bytes(), NAMESPACES)
}

/// The names of all elements, in order.
fn names(xml: &Xml) -> Vec<&str> {
    let root = xml.root().expect("a root");
    std::iter::once(root).chain(root.descendants()).map(Element::name).collect()
}

#[test]
fn names_are_told_by_their_namespace() {
    let xml = read(
        "<x:p xmlns:x='urn:chu' xmlns:a='urn:la'><b xmlns='urn:chu-moi'><a:c/><i xmlns=''/></b><b/>\
         <x:d xmlns:x='urn:anh'><x:e/></x:d><x:f/><z:g/></x:p>",
    )
    .expect("XML");
    assert_eq!(names(&xml), ["c:p", "c:b", "?:c", "i", "b", "a:d", "a:e", "c:f", "?:g"]);
}

#[test]
fn attributes_are_in_no_namespace_but_their_own() {
    let xml =
        read("<p xmlns='urn:chu' xmlns:y='urn:anh' y:id='&lt;1&#x1EA1;' id='2' xml:space='preserve'/>").expect("XML");
    let root = xml.root().expect("a root");
    assert_eq!(root.attribute("a:id"), Some("<1ạ"));
    assert_eq!(root.attribute("id"), Some("2"));
    assert_eq!(root.attribute("xml:space"), Some("preserve"));
    assert_eq!(root.attribute("c:id"), None);
}

#[test]
fn texts_are_whole_and_in_order() {
    let xml = read("<p>Năm &amp; <b>tháng</b> n&#7863;ng<![CDATA[ <nề> ]]></p>").expect("XML");
    let root = xml.root().expect("a root");
    assert_eq!(root.text(), "Năm &  nặng <nề> ");
    assert_eq!(root.children().count(), 3);
    assert_eq!(root.child("b").map(|b| b.text().into_owned()).as_deref(), Some("tháng"));
}

#[test]
fn descendants_end_where_their_element_does() {
    let xml = read("<r><a><b><c/></b><d>chữ</d></a><e/></r>").expect("XML");
    let a = xml.root().and_then(|root| root.child("a")).expect("a");
    assert_eq!(a.descendants().map(Element::name).collect::<Vec<_>>(), ["b", "c", "d"]);
    assert_eq!(a.at(&["b", "c"]).map(Element::name), Some("c"));
    assert!(a.at(&["b", "d"]).is_none());
    let e = xml.root().and_then(|root| root.child("e")).expect("e");
    assert_eq!(e.descendants().count(), 0);
    assert!(e.place() > a.place());
}

#[test]
fn utf_16_is_read() {
    let text = "<p>Đắk Lắk</p>";
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let xml = Xml::read(&bytes, NAMESPACES).expect("XML");
    assert_eq!(xml.root().map(|root| root.text().into_owned()).as_deref(), Some("Đắk Lắk"));
}

#[test]
fn what_is_not_well_formed_is_damaged() {
    for text in ["", "<p>", "<p></q>", "<p/><q/>", "<p a=></p>", "<p>&la;</p>", "<p a='&la;'/>"] {
        assert!(matches!(read(text), Err(ImportError::Damaged(_))), "{text}");
    }
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE p [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><p>&b;</p>";
    assert!(matches!(read(bomb), Err(ImportError::Damaged(_))));
}

#[test]
fn depth_and_size_are_bounded() {
    let nested = |depth: usize| format!("{}{}", "<p>".repeat(depth), "</p>".repeat(depth));
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(read(&nested(MAX_DEPTH + 1)).err(), Some(ImportError::TooDeep));
    let wide = |count: usize| format!("<p>{}</p>", "<i/>".repeat(count));
    assert!(read(&wide(MAX_NODES - 1)).is_ok());
    assert_eq!(read(&wide(MAX_NODES)).err(), Some(ImportError::TooLarge));
}
