//! Lists and their numbers.

use super::sample::{Sample, paragraphs, run};
use crate::import::document::ListItem;

fn level(at: u32, form: &str, text: &str, rest: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/>{rest}\
         <w:pPr><w:ind w:left='{}' w:hanging='360'/></w:pPr></w:lvl>",
        720 * (at + 1)
    )
}

fn item(list: u32, level: u32) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>{}</w:p>",
        run("việc")
    )
}

/// The marks of all paragraphs; `•` for a bullet, `-` for no list.
fn marks(body: &str, numbering: &str, styles: &str) -> Vec<String> {
    let document =
        Sample::new(body).xml("n", "numbering", "w:numbering", numbering).xml("s", "styles", "w:styles", styles).read();
    paragraphs(&document)
        .iter()
        .map(|paragraph| match &paragraph.look.list {
            None => "-".to_owned(),
            Some(ListItem { number: None, .. }) => "•".to_owned(),
            Some(ListItem { number: Some(number), .. }) => number.clone(),
        })
        .collect()
}

fn definition(id: u32, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId='{id}'>{}</w:abstractNum>", levels.concat())
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId='{id}'><w:abstractNumId w:val='{definition}'/>{overrides}</w:num>")
}

#[test]
fn numbers_are_those_that_are_printed() {
    let levels = [
        level(0, "upperRoman", "%1.", ""),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%3)", ""),
    ];
    let numbering = definition(1, &levels) + &list(1, 1, "");
    let body: String = [0, 1, 1, 2, 2, 0, 1, 2].iter().map(|&level| item(1, level)).collect();
    assert_eq!(marks(&body, &numbering, ""), ["I.", "1.1", "1.2", "a)", "b)", "II.", "2.1", "a)"]);
}

#[test]
fn bullets_and_lists_that_are_none() {
    let levels = [level(0, "bullet", "\u{F0B7}", ""), level(1, "none", "", ""), level(2, "none", "Điều", "")];
    let numbering = definition(1, &levels) + &list(1, 1, "");
    let body = [item(1, 0), item(1, 1), item(1, 2), item(0, 0), item(8, 0)].concat();
    assert_eq!(marks(&body, &numbering, ""), ["•", "-", "Điều", "-", "-"]);
}

#[test]
fn lists_of_one_definition_go_on_unless_they_start_anew() {
    let overridden = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>";
    let replaced = format!("<w:lvlOverride w:ilvl='0'>{}</w:lvlOverride>", level(0, "lowerRoman", "(%1)", ""));
    let numbering = [
        definition(1, &[level(0, "decimal", "%1.", "")]),
        list(1, 1, ""),
        list(2, 1, ""),
        list(3, 1, overridden),
        list(4, 1, &replaced),
    ]
    .concat();
    let body: String = [1, 1, 2, 3, 3, 4].iter().map(|&list| item(list, 0)).collect();
    assert_eq!(marks(&body, &numbering, ""), ["1.", "2.", "3.", "5.", "6.", "(vii)"]);
}

#[test]
fn a_level_may_go_on_after_those_above() {
    let levels = [level(0, "decimal", "%1.", ""), level(1, "decimal", "%2.", "<w:lvlRestart w:val='0'/>")];
    let numbering = definition(1, &levels) + &list(1, 1, "");
    let body: String = [0, 1, 0, 1].iter().map(|&level| item(1, level)).collect();
    assert_eq!(marks(&body, &numbering, ""), ["1.", "1.", "2.", "2."]);
}

#[test]
fn styles_put_their_paragraphs_in_lists() {
    let numbering = [
        definition(
            1,
            &[
                level(0, "decimal", "%1.", "<w:pStyle w:val='Muc'/>"),
                level(1, "lowerLetter", "%2)", "<w:pStyle w:val='Diem'/>"),
            ],
        ),
        list(1, 1, ""),
        "<w:abstractNum w:abstractNumId='2'><w:numStyleLink w:val='KieuMuc'/></w:abstractNum>".to_owned(),
        list(2, 2, ""),
    ]
    .concat();
    let style =
        |id: &str, kind: &str, rest: &str| format!("<w:style w:type='{kind}' w:styleId='{id}'>{rest}</w:style>");
    let numbered = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>";
    let styles = [
        style("Muc", "paragraph", numbered),
        style("Diem", "paragraph", numbered),
        style("Con", "paragraph", "<w:basedOn w:val='Diem'/>"),
        style("Thoi", "paragraph", "<w:basedOn w:val='Muc'/><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>"),
        style("KieuMuc", "numbering", numbered),
    ]
    .concat();
    let body = ["Muc", "Diem", "Con", "Thoi"].map(|style| super::sample::styled(style, "việc")).concat() + &item(2, 0);
    assert_eq!(marks(&body, &numbering, &styles), ["1.", "a)", "b)", "-", "2."]);
}

#[test]
fn indents_are_those_of_the_level_unless_the_paragraph_says_others() {
    let numbering = definition(1, &[level(0, "decimal", "%1.", "")]) + &list(1, 1, "");
    let other = item(1, 0).replace("</w:numPr>", "</w:numPr><w:ind w:left='0' w:firstLine='0'/>");
    let document = Sample::new(&(item(1, 0) + &other)).xml("n", "numbering", "w:numbering", &numbering).read();
    let looks: Vec<(f32, f32)> =
        paragraphs(&document).iter().map(|paragraph| (paragraph.look.indent, paragraph.look.first_line)).collect();
    assert_eq!(looks, [(36.0, -18.0), (0.0, 0.0)]);
}

#[test]
fn forms_of_numbers() {
    use crate::import::numbers::Numerals;
    let cases = [
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4000, "4000"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", u32::MAX, "4294967295"),
        ("decimalZero", 7, "07"),
        ("ordinal", 112, "112th"),
        ("ordinal", 22, "22nd"),
        ("decimalEnclosedCircle", 3, "③"),
        ("vietnameseCounting", 3, "3"),
    ];
    for (name, number, printed) in cases {
        assert_eq!(Numerals::named(name, None).format(number), printed, "{name}");
    }
    assert_eq!(Numerals::named("custom", Some("001, 002, 003, ...")).format(12), "012");
}
