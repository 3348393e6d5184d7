use super::super::spans::Text;
use super::{Habits, Join};
use crate::import::document::{Span, Style};

fn line(text: &str, ends_with_space: bool) -> Text {
    let spans = vec![Span { text: text.to_owned(), style: Style::default(), link: None }];
    Text { spans, ends_with_space }
}

fn habits(lines: &[&str]) -> Habits {
    let mut habits = Habits::default();
    for text in lines {
        habits.learn(&line(text, false));
    }
    habits
}

fn join(habits: &Habits, before: &str, after: &str) -> Join {
    habits.join(&line(before, false), &line(after, false))
}

#[test]
fn words_stand_apart() {
    assert_eq!(join(&habits(&[]), "bà con", "đến sớm"), Join::Space);
    assert_eq!(join(&habits(&[]), "chợ phiên -", "chợ nổi"), Join::Space);
}

#[test]
fn a_typed_hyphen_stays() {
    let none = habits(&[]);
    assert_eq!(join(&none, "dịch Covid-", "19 đã qua"), Join::Nothing);
    assert_eq!(join(&none, "kinh tế-", "xã hội"), Join::Nothing);
    assert_eq!(join(&none, "vùng Bun-", "Ga ri"), Join::Nothing);
}

#[test]
fn a_word_that_is_seen_whole_elsewhere_was_divided() {
    let seen = habits(&["một chiếc laptop mới"]);
    assert_eq!(join(&seen, "mua lap-", "top cho xã"), Join::Divided);
    let typed = habits(&["gửi qua e-mail cho xã"]);
    assert_eq!(join(&typed, "gửi e-", "mail"), Join::Nothing);
}

#[test]
fn only_documents_that_divide_words_do_so() {
    let dividing = habits(&["this is a docu-", "ment of many di-", "vided words all o-"]);
    assert_eq!(join(&dividing, "some infor-", "mation"), Join::Divided);
    assert_eq!(join(&habits(&["xã ta vui", "ấp ta vui"]), "some infor-", "mation"), Join::Nothing);
}

#[test]
fn ranges_are_written_as_elsewhere_in_the_document() {
    let loose = habits(&["từ 2019- 2021 và sau đó", "tháng 4-2021 vừa qua"]);
    assert_eq!(join(&loose, "giai đoạn 2022-", "2024 sẽ"), Join::Space);
    assert_eq!(join(&loose, "tháng 12-", "2020 đã"), Join::Nothing);
}

#[test]
fn soft_hyphens_divide_unless_they_are_letters() {
    assert_eq!(join(&habits(&[]), "docu\u{AD}", "ment"), Join::Divided);
    let tcvn3 = habits(&["nh\u{AD} tr\u{AD}íc ng\u{AD}êi"]);
    assert_eq!(join(&tcvn3, "nh\u{AD}", "mét"), Join::Space);
}

#[test]
fn broken_addresses_are_mended() {
    assert_eq!(join(&habits(&[]), "xem https://xa.example/tin/", "bai-1"), Join::Nothing);
}
