//! Issues that are hard to compose: long tables, things across the columns one after another, photos without text. They are
//! composed all the same, and nothing of them is lost; where one is not, it is said.

use bantin::diagnostic::Finding;
use bantin::session::Options;

use crate::pdf::Pdf;
use crate::support::{TempIssue, jpeg, session};

const SENTENCE: &str = "Một câu đủ dài để đứng trong bài và để cột chữ có gì mà đứng.";

fn paragraphs(count: usize) -> String {
    (0..count).map(|_| format!("{}\n\n", [SENTENCE; 5].join(" "))).collect()
}

/// A table with so many rows, some of several lines. What it must show is numbered, `w1w` to so many.
fn table(rows: usize) -> String {
    let rows: String = (1..=rows)
        .map(|row| format!("| {} w{row}w | {row} |\n", ["Xã", "Đơn vị có tên dài hơn hẳn một dòng của cột"][row % 2]))
        .collect();
    format!("| Đơn vị | Số hồ sơ |\n|---|---:|\n{rows}\n")
}

/// The same of five columns, which goes across.
fn wide_table(rows: usize) -> String {
    let cells =
        "| Đơn vị số một của tỉnh | Đã trả đúng hạn | Đang giải quyết | Quá hạn trả lời | Ghi chú của đơn vị |\n";
    format!("{cells}|---|---|---|---|---|\n{}\n", cells.repeat(rows))
}

fn photo(number: usize) -> String {
    format!("![Ảnh w{number}w.](photos/{}.jpg \"Lê An\")\n\n", number % 3)
}

fn article(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"Tiêu đề của bài\"\n{front}+++\n\n{body}\n")
}

/// An issue of these articles, in one section.
fn issue(articles: &[String]) -> TempIssue {
    let names: Vec<_> = (1..=articles.len()).map(|number| format!("{number:02}.md")).collect();
    let manifest = format!(
        "number = 1\ndate = 2026-10-01\n\n[masthead]\ntitle = \"Bản tin\"\n\n[[section]]\ntitle = \"Mục\"\narticles = {names:?}\n"
    );
    let sizes = [(1800, 1200), (1200, 1500), (2400, 1000)];
    let photos = sizes.iter().enumerate();
    let empty = photos.fold(TempIssue::usual(), |issue, (number, &(width, height))| {
        issue.with(&format!("photos/{number}.jpg"), jpeg(width, height))
    });
    names.iter().zip(articles).fold(empty.with("issue.toml", manifest), |issue, (name, text)| issue.with(name, text))
}

/// The text on the pages without spaces, and whether the pages were composed.
fn set(issue: &TempIssue, layout: &str) -> (String, bool) {
    let options = Options { layout: Some(layout.into()), ..Options::default() };
    let outcome = session(issue.path(), &options).build();
    let is_composed = !outcome.diagnostics.iter().any(|it| matches!(it.finding, Finding::PagesNotComposed));
    let pdf = Pdf::read(&outcome.value.expect("a PDF").pdf);
    let seen = pdf.glyphs.iter().filter(|it| (0.0..595.0).contains(&it.x) && (0.0..841.0).contains(&it.baseline));
    (seen.map(|glyph| glyph.text.as_str()).collect::<String>().replace(' ', ""), is_composed)
}

/// Fails where the pages fall as they will in a layout, or one of so many numbers is not there once.
fn assert_composed(articles: &[String], numbers: usize) {
    let issue = issue(articles);
    for layout in ["two-column", "classic"] {
        let (text, is_composed) = set(&issue, layout);
        let first = articles.first().map(String::as_str).unwrap_or_default();
        let named = format!("in {layout}: {}", first.chars().take(120).collect::<String>());
        assert!(is_composed, "pages fall {named}");
        for number in 1..=numbers {
            assert_eq!(text.matches(&format!("w{number}w")).count(), 1, "w{number}w {named}");
        }
    }
}

#[test]
fn long_tables_are_broken_between_their_rows() {
    for rows in [12, 20, 45, 90] {
        let body = format!("{}{}{}", paragraphs(3), table(rows), paragraphs(4));
        assert_composed(&[article("", &body), article("", &paragraphs(5))], rows);
    }
    // The byline, and another article, below it.
    let body = format!("{}{}", paragraphs(3), table(40));
    assert_composed(&[article("author = \"Lê An\"\n", &body), article("", &paragraphs(5))], 40);
    // A header that is not repeated.
    let noted = table(40).replacen("Đơn vị", "Đơn vị[^a]", 1) + "\n[^a]: Gồm cả xã.\n";
    assert_composed(&[article("", &format!("{}{noted}", paragraphs(2))), article("", &paragraphs(5))], 40);
}

/// Eight columns of words that find no room in one column of the page.
fn long_wide_table(rows: usize) -> String {
    let row = |number: usize| format!("| w{number}w {}|\n", "| phường xã ".repeat(7));
    let rows: String = (1..=rows).map(row).collect();
    format!("| Đơn vị {}|\n|{}\n{rows}\n", "| Nghiêng ".repeat(7), "---|".repeat(8))
}

#[test]
fn long_tables_across_the_columns_go_on_over_the_pages() {
    for rows in [15, 40, 110] {
        let body = format!("{}{}{}", paragraphs(3), long_wide_table(rows), paragraphs(6));
        assert_composed(&[article("", &body), article("", &paragraphs(4))], rows);
    }
    let closing = format!("{}{}", paragraphs(2), long_wide_table(60));
    assert_composed(&[article("author = \"Lê An\"\n", &closing), article("", &paragraphs(4))], 60);
}

#[test]
fn nothing_of_what_is_taller_than_a_page_is_lost() {
    let quoted = |text: &str| text.lines().fold(String::new(), |all, line| all + "> " + line + "\n");
    let items: String = (1..=70).map(|item| format!("- w{item}w {SENTENCE}\n")).collect();
    let boxed = |inner: &str| format!("> [!box] Nên biết\n{}\n", quoted(inner));
    let points: String = (1..=60).map(|point| format!("| Điểm w{point}w | {} |\n", point * 3)).collect();
    let chart = |kind: &str| format!("[!chart {kind}] Số hồ sơ\n\n| Nơi | Số |\n|---|---|\n{points}\n");
    let cases = [(boxed(&table(60)), 60), (boxed(&items), 70), (chart("line"), 60), (chart("bar"), 60)];
    for (inner, numbers) in cases {
        let issue = issue(&[article("", &format!("{}{inner}\n{}", paragraphs(2), paragraphs(2)))]);
        for layout in ["two-column", "classic"] {
            let (text, _) = set(&issue, layout);
            for number in 1..=numbers {
                let named = inner.chars().take(40).collect::<String>();
                assert_eq!(text.matches(&format!("w{number}w")).count(), 1, "w{number}w in {layout}: {named}");
            }
        }
    }
}

/// A box with a paragraph of so many sentences, numbered from `w1w`, and a list of five.
fn boxed(sentences: usize) -> String {
    let text: String = (1..=sentences).map(|number| format!("w{number}w {SENTENCE} ")).collect();
    let items: String = (sentences + 1..=sentences + 5).map(|number| format!("> - w{number}w {SENTENCE}\n")).collect();
    format!("> [!box] Nên biết\n> {text}\n>\n{items}\n")
}

#[test]
fn boxes_taller_than_a_column_are_composed() {
    for sentences in [20, 30, 50, 90] {
        let last = format!("{}{}", paragraphs(4), boxed(sentences));
        let first = format!("{}{}", boxed(sentences), paragraphs(6));
        for body in [last, first] {
            let articles = [article("author = \"Lê An\"\n", &body), article("", &paragraphs(5))];
            assert_composed(&articles, sentences + 5);
        }
    }
}

#[test]
fn a_tall_chart_below_a_lead_photo_is_composed() {
    let points: String = (1..=16).map(|point| format!("| Phường w{point}w | {} |\n", point * 7)).collect();
    let chart = format!("[!chart bar] Số hồ sơ\n\n| Nơi | Số |\n|---|---:|\n{points}\n");
    let lead = "rank = \"lead\"\nlead = \"Lời dẫn của bài.\"\n\n[photos.\"photos/0.jpg\"]\nwidth = \"page\"\n";
    let photo = "![Ảnh của bài.](photos/0.jpg)\n\n";
    for text in [0, 1, 3] {
        let body = format!("{photo}{}{chart}{}", paragraphs(text), paragraphs(5));
        assert_composed(&[article(lead, &body), article("", &paragraphs(4))], 16);
    }
}

#[test]
fn things_across_the_columns_follow_one_another() {
    let tables = [wide_table(9), wide_table(7), wide_table(8)].join("Bảng:\n\n");
    let bare = [wide_table(9), wide_table(7)].concat();
    for body in [&tables, &bare] {
        let text = format!("{}{body}{}", paragraphs(3), paragraphs(6));
        assert_composed(&[article("", &text), article("", &paragraphs(4))], 0);
        assert_composed(&[article("", body), article("", &paragraphs(4))], 0);
    }
}

#[test]
fn articles_of_photos_alone_are_composed() {
    let story = |from: usize, count: usize| (from..from + count).map(photo).collect::<String>();
    let articles = [
        article("", &story(1, 1)),
        article("", &story(2, 3)),
        article("author = \"Lê An\"\n", &story(5, 1)),
        article("rank = \"lead\"\nlead = \"Lời dẫn của bài.\"\n", &story(6, 2)),
        article("", &paragraphs(3)),
    ];
    assert_composed(&articles, 7);
}

#[test]
fn what_follows_a_box_of_briefs_is_composed() {
    let brief = |number: usize| article("rank = \"brief\"\n", &format!("w{number}w. {}", paragraphs(1)));
    let articles =
        [brief(1), brief(2), brief(3), article("", &paragraphs(9)), brief(4), brief(5), article("", &paragraphs(7))];
    assert_composed(&articles, 5);
}

/// Pieces of the first article: one, and another that stands on the next page whatever is ordered.
const STUBBORN: &str = r#"
#let piece(key) = [#metadata((
  kind: "solid", article: "article-1", key: key, above: 0, below: 0, weak: false, sticky: false,
))<piece>]
#let bulletin(issue) = {
  set text(font: "Tinos", lang: "vi")
  set page(width: 300pt, height: 300pt, margin: 20pt)
  heading(issue.sections.first().articles.first().title)
  pagebreak()
  [#metadata((kind: "pages", columns: 1, left: 20, top: 20, step: 300, height: 260, line: 14, text: 10))<piece>]
  [#metadata((kind: "zone", after: 0, least: 0))<piece>]
  piece("b0")
  block(height: 20pt)[Một]
  if issue.composition != none { pagebreak() }
  piece("b1")
  block(height: 20pt)[Hai]
}
"#;

#[test]
fn pages_that_do_not_come_out_as_meant_are_set_and_told() {
    let spec = "fonts = [\"Tinos\"]\n[description]\nen = \"x\"\n[photos]\ncolumn = 90\npage = 90\ncover = 90\nlogo = 20\nheight = 90\n";
    let issue =
        issue(&[article("", "Một.\n\nHai.")]).with("layout/layout.toml", spec).with("layout/layout.typ", STUBBORN);
    let outcome = session(issue.path(), &Options::default()).build();
    let told: Vec<_> = outcome.diagnostics.iter().filter(|it| it.finding == Finding::PagesNotComposed).collect();
    assert_eq!(told.len(), 1, "{:?}", outcome.diagnostics);
    assert!(format!("{:?}", told[0].location).contains("01.md"), "{:?}", told[0].location);
    let text = Pdf::read(&outcome.value.expect("a PDF").pdf).text();
    assert!(text.contains("Một") && text.contains("Hai"), "{text}");
}
