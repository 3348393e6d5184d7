use std::fmt::Write as _;

use super::photos::decode_percent;
use super::table::MAX_COLUMNS;
use super::*;

/// The body of an article as one line a block, with the text of what is inside.
fn blocks(text: &str) -> (String, Vec<MarkdownError>) {
    let source = Source::new("a.md", text);
    let mut photos = PhotoCalls::default();
    let found = read(&source, 0..text.len(), &[], &mut photos);
    let mut out = String::new();
    describe(&found.value.blocks, 0, &mut out);
    let errors = found.diagnostics.into_iter().filter_map(|diagnostic| match diagnostic.finding {
        Finding::UnsupportedMarkdown(error) => Some(error),
        _ => None,
    });
    (out, errors.collect())
}

fn describe(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        let (name, text, inner): (_, _, Vec<&[Block]>) = match block {
            Block::Paragraph(content) => ("p", plain_text(content), vec![]),
            Block::Heading { level: 2, content } => ("h2", plain_text(content), vec![]),
            Block::Heading { content, .. } => ("h3", plain_text(content), vec![]),
            Block::List(list) => {
                let kind = format!("{:?} {}", list.start, if list.tight { "tight" } else { "loose" });
                ("list", kind, list.items.iter().map(Vec::as_slice).collect())
            }
            Block::Quote(blocks) => ("quote", String::new(), vec![blocks]),
            Block::Box { title, blocks } => ("box", plain_text(title), vec![blocks]),
            Block::Pull(blocks) => ("pull", String::new(), vec![blocks]),
            Block::Table(table) => ("table", format!("{:?} × {}", table.columns, table.rows.len()), vec![]),
            Block::Chart(chart) => {
                let rows = chart.table.rows.len();
                ("chart", format!("{:?} {} × {rows}", chart.shape, plain_text(&chart.title)), vec![])
            }
            Block::Break => ("break", String::new(), vec![]),
            Block::Photo(photo) => {
                let credit = photo.credit.as_ref().map_or("", |credit| &credit.value);
                ("photo", format!("{} / {credit}", plain_text(&photo.caption)), vec![])
            }
        };
        let _ = writeln!(out, "{}{name} {text}", "  ".repeat(depth));
        for blocks in inner {
            describe(blocks, depth + 1, out);
        }
    }
}

fn sound(text: &str) -> String {
    let (blocks, errors) = blocks(text);
    assert_eq!(errors, [], "{text}");
    blocks
}

#[test]
fn paragraphs_and_soft_breaks() {
    assert_eq!(sound("Một\nhai\n\nba"), "p Một hai\np ba\n");
}

#[test]
fn lists_know_whether_they_are_tight() {
    assert_eq!(sound("- a\n- b"), "list None tight\n  p a\n  p b\n");
    assert_eq!(sound("3. a\n\n4. b"), "list Some(3) loose\n  p a\n  p b\n");
    assert_eq!(sound("- a\n  - b"), "list None tight\n  p a\n  list None tight\n    p b\n");
}

/// The numbers of every ordered list, and whether their places are where they stand.
fn numbers(text: &str) -> Vec<Vec<String>> {
    fn gather(blocks: &[Block], text: &str, all: &mut Vec<Vec<String>>) {
        for block in blocks {
            match block {
                Block::List(list) => {
                    if list.start.is_some() {
                        assert_eq!(list.numbers.len(), list.items.len(), "{text}");
                        assert!(list.numbers.iter().all(|number| text[number.range.clone()] == number.text), "{text}");
                        all.push(list.numbers.iter().map(|number| number.text.clone()).collect());
                    } else {
                        assert!(list.numbers.is_empty(), "{text}");
                    }
                    list.items.iter().for_each(|item| gather(item, text, all));
                }
                Block::Quote(blocks) => gather(blocks, text, all),
                _ => {}
            }
        }
    }
    let found = read(&Source::new("a.md", text), 0..text.len(), &[], &mut PhotoCalls::default());
    let mut all = Vec::new();
    gather(&found.value.blocks, text, &mut all);
    found.value.notes.iter().for_each(|note| gather(note, text, &mut all));
    all
}

#[test]
fn numbers_are_kept_as_they_were_typed() {
    let table: &[(&str, &[&[&str]])] = &[
        ("5. a\n7. b", &[&["5.", "7."]]),
        ("1. a\n1. b\n1. c", &[&["1.", "1.", "1."]]),
        ("2026. Năm nay.\n\n15. Điều.", &[&["2026.", "15."]]),
        ("1) a\n2) b", &[&["1)", "2)"]]),
        // Another mark is another list.
        ("1. a\n2) b", &[&["1."], &["2)"]]),
        ("007. a\n008. b", &[&["007.", "008."]]),
        ("0. a\n1. b", &[&["0.", "1."]]),
        ("999999999. a", &[&["999999999."]]),
        ("1234567890. a", &[]),
        ("- a\n\n  3. b\n  9. c", &[&["3.", "9."]]),
        ("- a\n  3. b\n  9. c", &[]),
        ("- a\n15. b", &[&["15."]]),
        ("> 3. a\n> 9. b", &[&["3.", "9."]]),
        ("  3. a\n  9. b", &[&["3.", "9."]]),
        ("1.\ta\n2.\tb", &[&["1.", "2."]]),
        ("1.\n3. b", &[&["1.", "3."]]),
        ("1. a\n\nChữ.\n\n3. b", &[&["1."], &["3."]]),
        ("Chữ.[^a]\n\n[^a]: Lời:\n\n    4. a\n    2. b", &[&["4.", "2."]]),
        ("Đến năm\n2026. Sau đó", &[]),
        ("2026\\. Năm nay.", &[]),
        ("1. a\r\n5. b\r\n", &[&["1.", "5."]]),
        ("3. - a\n   - b\n4. c", &[&["3.", "4."]]),
        ("3. 4. a", &[&["3."], &["4."]]),
        (">  >\t0) a", &[&["0)"]]),
    ];
    for (text, expected) in table {
        assert_eq!(numbers(text), *expected, "{text}");
    }
}

#[test]
fn a_marker_makes_more_of_a_quote() {
    assert_eq!(
        sound("> [!box] Số liệu *chính*\n> Một\n> hai\n>\n> - ba"),
        "box Số liệu chính\n  p Một hai\n  list None tight\n    p ba\n"
    );
    assert_eq!(sound("> [!box]\n> Một"), "box \n  p Một\n");
    assert_eq!(sound(">[!Box] Tên  \n>\n>Một"), "box Tên\n  p Một\n");
    assert_eq!(sound("> [!box] Tên\\\n> Một"), "box Tên\n  p Một\n");
    assert_eq!(sound("> [!box] a\n> | b | c |\n> |---|---|\n> | 1 | 2 |"), "box a\n  table [Default, Default] × 1\n");
    assert_eq!(sound("> [!pull] Một\n> hai\n>\n> ba"), "pull \n  p Một hai\n  p ba\n");
    assert_eq!(sound("> [!pull]\n> Một"), "pull \n  p Một\n");
    assert_eq!(sound("> [!pull]\n>\n> Một"), "pull \n  p Một\n");
    assert_eq!(sound("> [!box] a\r\n> b\r\n"), "box a\n  p b\n");
    assert_eq!(sound("> [!box] a\nb"), "box a\n  p b\n");
}

#[test]
fn what_is_no_marker_stays_a_quote() {
    let quote = |text: &str| format!("quote \n  p {text}\n");
    assert_eq!(sound("> \\[!box] a"), quote("[!box] a"));
    assert_eq!(sound("> &#91;!box] a"), quote("[!box] a"));
    assert_eq!(sound("> a [!box]"), quote("a [!box]"));
    assert_eq!(sound("> [!] a"), quote("[!] a"));
    assert_eq!(sound("> [!1] a"), quote("[!1] a"));
    assert_eq!(sound("> [!box"), quote("[!box"));
    assert_eq!(sound("> [!box](https://a.b)"), quote("!box"));
    assert_eq!(sound("> [!box]\n\n[!box]: https://a.b"), quote("!box"));
    assert_eq!(sound("> **[!box]** a"), quote("[!box] a"));
    assert_eq!(sound("\\[!chart bar]"), "p [!chart bar]\n");
    assert_eq!(sound("[!xin chào] a"), "p [!xin chào] a\n");
    assert_eq!(sound("- \\[!chart bar]"), "list None tight\n  p [!chart bar]\n");
}

#[test]
fn a_table_behind_a_marker_is_a_chart() {
    let table = "| Năm | Hồ sơ |\n|---|--:|\n| 2025 | 1.432 |\n| 2026 | nhiều |";
    assert_eq!(
        sound(&format!("[!chart bar] Hồ sơ\n*một năm*\n\n{table}\n\nHết")),
        "chart Bar Hồ sơ một năm × 2\np Hết\n"
    );
    assert_eq!(sound(&format!("[!chart line]\n\n{table}\n\n{table}")), "chart Line  × 2\ntable [Default, Right] × 2\n");
    let quoted = table.replace('\n', "\n> ");
    assert_eq!(sound(&format!("> [!box] a\n>\n> [!chart bar] b\n>\n> {quoted}")), "box a\n  chart Bar b × 2\n");
}

#[test]
fn markers_that_lead_nowhere_are_errors() {
    use MarkdownError::*;
    let unknown =
        |name: &str, nearest: Option<&str>| UnknownMarker { name: name.into(), nearest: nearest.map(str::to_owned) };
    let shape =
        |shape: &str, nearest: Option<&str>| UnknownChart { shape: shape.into(), nearest: nearest.map(str::to_owned) };
    let table = "| a | b |\n|---|---|\n| 1 | 2 |";
    let cases = [
        ("> [!NOTE] a".to_owned(), vec![unknown("NOTE", None)]),
        ("> [!boxs] a".to_owned(), vec![unknown("boxs", Some("box"))]),
        ("[!boxx] a".to_owned(), vec![unknown("boxx", Some("box"))]),
        ("[!box] a".to_owned(), vec![MarkerOutsideQuote { name: "box".into() }]),
        ("> [!box] a".to_owned(), vec![EmptyBox { name: "box".into() }]),
        ("> [!pull]".to_owned(), vec![EmptyBox { name: "pull".into() }]),
        ("> > [!box] a\n> > b".to_owned(), vec![NestedBlock]),
        ("> [!box] a\n> [!chart bar] b".to_owned(), vec![ChartWithoutTable]),
        ("> [!box] a\n> [!pull] b".to_owned(), vec![MarkerOutsideQuote { name: "pull".into() }]),
        ("- > [!pull] a".to_owned(), vec![NestedBlock]),
        ("> [!box] a\n> ## b".to_owned(), vec![NestedBlock]),
        ("> [!box] a\n>\n> > [!pull] b".to_owned(), vec![NestedBlock]),
        ("> [!box] ![a](a.jpg)\n> b".to_owned(), vec![InlinePhoto]),
        ("> [!box] a\n>\n> ![a](a.jpg)".to_owned(), vec![NestedPhoto]),
        ("[!chart bar] a".to_owned(), vec![ChartWithoutTable]),
        (format!("[!chart bar] a\n{table}"), vec![]),
        (format!("[!chart bar] a\n\nb\n\n{table}"), vec![ChartWithoutTable]),
        ("[!chart bar]\n\n[!chart line]".to_owned(), vec![ChartWithoutTable, ChartWithoutTable]),
        ("[!chart bar]\n\n| a | b |\n|---|---|\n| 1 | hai |".to_owned(), vec![ChartWithoutNumbers]),
        ("[!chart bar]\n\n| 1 |\n|---|\n| 1 |".to_owned(), vec![ChartWithoutNumbers]),
        (format!("[!chart bars]\n\n{table}"), vec![shape("bars", Some("bar"))]),
        (format!("[!chart]\n\n{table}"), vec![shape("", None)]),
        (format!("[!chart tròn]\n\n{table}"), vec![shape("tròn", None)]),
        (format!("> [!chart bar]\n>\n> {}", table.replace('\n', "\n> ")), vec![NestedBlock]),
        (format!("- [!chart bar]\n\n{table}"), vec![NestedBlock]),
        ("a[^1]\n\n[^1]: > [!box] a\n    > b".to_owned(), vec![NestedBlock]),
        ("a[^1]\n\n[^1]: [!chart bar]".to_owned(), vec![NestedBlock]),
    ];
    for (text, expected) in cases {
        assert_eq!(blocks(&text).1, expected, "{text}");
    }
}

#[test]
fn photos_stand_alone_one_or_several() {
    assert_eq!(sound("![Một](a.jpg \"VL\")\n![Hai](b.jpg)"), "photo Một / VL\nphoto Hai / \n");
}

#[test]
fn tables_keep_their_alignment() {
    assert_eq!(sound("|a|b|\n|:-:|--:|\n|1|2|\n|3|4|"), "table [Center, Right] × 2\n");
}

#[test]
fn tables_have_bounds() {
    let table = |columns: usize, rows: usize| {
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        row("a") + &row("-") + &row("1").repeat(rows)
    };
    assert_eq!(blocks(&table(MAX_COLUMNS, 10)).1, []);
    assert_eq!(blocks(&table(MAX_COLUMNS + 1, 1)).1, [MarkdownError::WideTable { limit: MAX_COLUMNS }]);
    let rows = MAX_CELLS / 10 - 1;
    assert_eq!(blocks(&table(10, rows)).1, []);
    assert_eq!(blocks(&table(10, rows + 1)).1, [MarkdownError::LargeTables { limit: MAX_CELLS }]);
    // Cells of wide tables count twice.
    assert_eq!(blocks(&table(20, rows / 2)).1, [MarkdownError::LargeTables { limit: MAX_CELLS }]);
}

#[test]
fn a_mark_is_joined_to_its_letter_across_pieces_of_text() {
    // An entity is a piece of its own to the parser.
    assert_eq!(sound("Ho&#x300;a"), "p Hòa\n");
}

#[test]
fn notes_are_counted_by_reference() {
    let text = "Hai[^b], một[^a], lại hai[^b].\n\n[^a]: A\n\n[^b]: B";
    let source = Source::new("a.md", text);
    let found = read(&source, 0..text.len(), &[], &mut PhotoCalls::default());
    let mut notes = String::new();
    found.value.notes.iter().for_each(|note| describe(note, 0, &mut notes));
    assert_eq!((notes.as_str(), found.diagnostics.len()), ("p B\np A\n", 0));
}

#[test]
fn syntax_that_was_not_taken_for_syntax_is_found() {
    assert_eq!(blocks("Xem [^1].").1, [MarkdownError::FootnoteUndefined { name: "1".into() }]);
    assert_eq!(blocks("![a](b c.jpg)").1, [MarkdownError::BrokenPhoto]);
    sound("Không phải chú thích: \\[^1], x[^ y], [^].");
}

#[test]
fn safe_links() {
    for url in ["https://a.b", "HTTP://a.b", "mailto:a@b.c", "tel:+84292"] {
        assert!(is_safe_link(url), "{url}");
    }
    for url in ["", "https://", "javascript:x", "file:///a", "//a.b", "a.md", "http:/a", "https://a b"] {
        assert!(!is_safe_link(url), "{url}");
    }
}

#[test]
fn percent_signs_are_decoded_where_they_can_be() {
    assert_eq!(decode_percent("a%20b.jpg"), "a b.jpg");
    assert_eq!(decode_percent("100%.jpg"), "100%.jpg");
    assert_eq!(decode_percent("%e1%ba"), "%e1%ba");
}

proptest::proptest! {
    /// Whatever list is typed, every item has its number, and where it stands.
    #[test]
    fn every_number_has_its_place(text in "(\n|\n\n|[> ]{0,4}|[0-9]{1,3}[.)] |- |[a-cđ]{1,3}|\\[\\^a\\]:? ?|\t){0,40}") {
        numbers(&text);
    }

    /// Whatever is typed, reading ends, and every place lies in the text.
    #[test]
    fn any_text_is_read(text in "(\\[!box\\] |\\[!pull\\]|\\[!chart bar\\]\n\n|[ a-cđ#>*_`|\\[\\]()!^~:\\-+=<&0-9.\"\\\\\t\n]){0,200}") {
        let source = Source::new("a.md", text.clone());
        let found = read(&source, 0..text.len(), &[], &mut PhotoCalls::default());
        for diagnostic in found.diagnostics {
            if let crate::diagnostic::Location::Place(place) = diagnostic.location {
                proptest::prop_assert!(place.range.start <= place.range.end && place.range.end <= text.len());
                proptest::prop_assert!(text.is_char_boundary(place.range.start) && text.is_char_boundary(place.range.end));
            }
        }
    }
}
