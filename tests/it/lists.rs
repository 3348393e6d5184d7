//! Numbers of lists are printed as they were typed, in both layouts; where nobody can expect them, they are warned of.

use bantin::diagnostic::{Diagnostic, Location};
use bantin::session::Options;

use crate::pdf::Pdf;
use crate::support::{TempIssue, pdf_of, run};

/// Each body, with the labels that its lists have on the page, and the number that is warned of.
const LISTS: &[(&str, &[&str], Option<&str>)] = &[
    ("1. một\n2. hai\n3. ba", &["1.", "2.", "3."], None),
    ("5. năm\n7. bảy", &["5.", "7."], None),
    ("1. một\n1. hai\n1. ba", &["1.", "1.", "1."], Some("1.")),
    ("2026. Năm nay.\n\n15. Điều này.", &["2026.", "15."], Some("15.")),
    ("2026\\. Năm nay.\n\n15\\. Điều này.", &[], None),
    ("1) một\n2) hai", &["1)", "2)"], None),
    ("007. một\n008. hai", &["007.", "008."], None),
    ("0. không\n1. một", &["0.", "1."], None),
    ("01. một\n1. hai", &["01.", "1."], Some("1.")),
    ("999999999. chín", &["999999999."], None),
    ("1234567890. mười", &[], None),
    ("- đầu\n\n  3. ba\n  9. chín", &["3.", "9."], None),
    ("1. đầu\n   1) con\n   4) con\n2. cuối", &["1.", "1)", "4)", "2."], None),
    ("> 9. chín\n> 3. ba", &["9.", "3."], Some("3.")),
    ("1. một\n\nChữ giữa.\n\n3. ba", &["1.", "3."], None),
    ("Đến năm\n2026. là hết.", &[], None),
    ("Chữ.[^a]\n\n[^a]: Lời:\n\n    4. bốn\n    2. hai", &["4.", "2."], Some("2.")),
];

/// The numbers that an issue was warned of.
fn warned(issue: &TempIssue) -> Vec<String> {
    let found = crate::support::check(issue.path());
    let of_lists = found.iter().filter(|found| found.code() == "list-numbers");
    let typed = |found: &Diagnostic| match &found.location {
        Location::Place(place) => place.text().to_owned(),
        _ => String::new(),
    };
    of_lists.map(typed).collect()
}

/// The labels of lists: those of notes are numbers without a mark.
fn labels(pdf: &Pdf) -> Vec<String> {
    let labels = pdf.texts_of("Lbl").into_iter();
    labels.filter(|label| label.ends_with(['.', ')']) && label.starts_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn a_number_that_is_printed_is_the_number_that_was_typed() {
    for layout in ["two-column", "classic"] {
        let options = Options { layout: Some(layout.to_owned()), ..Options::default() };
        for (body, expected, number) in LISTS {
            let issue = TempIssue::usual().with_body(body);
            let pdf = Pdf::read(&pdf_of(issue.path(), &options));
            assert_eq!(labels(&pdf), *expected, "{body} in {layout}");
            // What is no list is text, with the same number.
            let typed = body.replace('\\', "");
            let first = typed.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            assert!(first.is_none_or(|first| pdf.text().contains(first)), "{body} in {layout}");
            assert_eq!(warned(&issue), number.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>(), "{body}");
        }
    }
}

#[test]
fn a_layout_that_counts_for_itself_is_told_of() {
    // As the layouts of earlier archives did, which an issue that was taken out of one carries along.
    let layout = "#let bulletin(issue) = for section in issue.sections { for article in section.articles {\n  \
                    heading(article.title)\n  for b in article.blocks {\n    \
                      if b.kind == \"list\" { enum(start: b.start, ..b.items.map(item => item.first().content.first().text)) }\n  \
                    }\n} }\n";
    let issue = |body: &str| {
        let place = TempIssue::empty().with("layouts/old/layout.typ", layout).with(
            "layouts/old/layout.toml",
            "description = { vi = \"Cũ\", en = \"Old\" }\nfonts = [\"Source Serif 4 SmText\"]\n\
             [photos]\ncolumn = 84.0\npage = 174.0\ncover = 120.0\nlogo = 30.0\nheight = 120.0\n",
        );
        place
            .with(
                "issues/a/issue.toml",
                "date = 2026-11-28\nlayout = \"old\"\narticles = [\"01.md\"]\n[masthead]\ntitle = \"Bản tin\"\n",
            )
            .with("issues/a/01.md", format!("+++\ntitle = \"Bài\"\nauthor = \"Tổ biên tập\"\n+++\n\n{body}\n"))
    };
    let codes = |body: &str| {
        let answer = run(issue(body).path(), &["check", "issues/a", "--format", "json"]);
        answer.json().iter().map(|found| format!("{} {}", found["code"], found["message"])).collect::<Vec<_>>()
    };
    assert_eq!(codes("1. một\n2. hai"), [""; 0]);
    for (body, typed, printed) in
        [("5. năm\n7. bảy", "7.", "6."), ("1) một", "1)", "1."), ("1. một\n1. hai", "1.", "2.")]
    {
        assert_eq!(codes(body), [format!("\"list-numbers\" \"“{typed}” would be printed as “{printed}”\"")], "{body}");
    }
}
