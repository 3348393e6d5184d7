//! Tests of the reader: lists.

use super::{paragraphs, styled};

const STYLES: &str = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
    <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:start-value="2"/>
    <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>
    <text:list-style style:name="R"><text:list-level-style-number text:level="1" style:num-format="I" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
    <text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment fo:margin-left="0.5in" fo:text-indent="-0.25in"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
    <text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>"#;

/// The numbers of all paragraphs: `*` for a bullet, `-` for none.
fn numbers(text: &str) -> Vec<String> {
    numbers_with("", text)
}

fn numbers_with(common: &str, text: &str) -> Vec<String> {
    let document = styled(common, STYLES, text);
    paragraphs(&document.blocks)
        .iter()
        .map(|paragraph| match &paragraph.look.list {
            Some(item) => format!("{}{}", item.level, item.number.as_deref().unwrap_or("*")),
            None => "-".to_owned(),
        })
        .collect()
}

#[test]
fn numbers_are_counted_as_they_are_printed() {
    let item = "<text:list-item><text:p>a</text:p></text:list-item>";
    let text = format!(
        "<text:list text:style-name=\"L\">{item}<text:list-item><text:p>b</text:p><text:p>tiếp</text:p><text:list>{item}{item}\
         <text:list-item><text:list>{item}</text:list></text:list-item></text:list></text:list-item>\
         <text:list-header><text:p>đầu</text:p></text:list-header><text:list-item text:start-value=\"7\"><text:p>c</text:p></text:list-item>{item}</text:list>"
    );
    assert_eq!(numbers(&text), ["01.", "02.", "-", "1b)", "1c)", "22.c.1", "-", "07.", "08."]);
}

#[test]
fn lists_go_on_from_others_where_they_say_so() {
    let list =
        |rest: &str| format!("<text:list {rest}><text:list-item><text:p>a</text:p></text:list-item></text:list>");
    let text = [
        list("xml:id=\"x\" text:style-name=\"L\""),
        list("text:style-name=\"R\""),
        list("text:style-name=\"L\" text:continue-numbering=\"true\""),
        list("text:style-name=\"R\""),
        list("text:style-name=\"R\" text:continue-list=\"x\""),
        list("text:style-name=\"L\""),
    ];
    assert_eq!(numbers(&text.concat()), ["01.", "0(I)", "02.", "0(I)", "0(III)", "01."]);
}

#[test]
fn bullets_and_lists_without_marks_are_told_apart() {
    let list = |style: &str| {
        format!(
            "<text:list text:style-name=\"{style}\"><text:list-item><text:p>a</text:p></text:list-item></text:list>"
        )
    };
    assert_eq!(numbers(&(list("B") + &list("N") + &list("unknown"))), ["0*", "-", "0*"]);
    let document = styled("", STYLES, &list("B"));
    let look = &paragraphs(&document.blocks)[0].look;
    assert_eq!((look.indent, look.first_line), (36.0, -18.0));
}

#[test]
fn headings_are_numbered_where_the_outline_has_numbers() {
    let outline = r#"<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>
        <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>"#;
    let text = [1, 2, 2, 1, 2].map(|level| format!("<text:h text:outline-level=\"{level}\">a</text:h>")).concat();
    assert_eq!(numbers_with(outline, &text), ["0I.", "1I.1", "1I.2", "0II.", "1II.1"]);
    assert_eq!(numbers(&text), ["-"; 5]);
}

#[test]
fn a_list_in_the_style_of_its_paragraphs_is_found() {
    let common = r#"<style:style style:name="S" style:family="paragraph" style:list-style-name="R"/>"#;
    let text = "<text:list><text:list-item><text:p text:style-name=\"S\">a</text:p></text:list-item></text:list>";
    assert_eq!(numbers_with(common, text), ["0(I)"]);
}
