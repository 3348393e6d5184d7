//! Reading, writing and reading again.
#![expect(clippy::disallowed_methods, reason = "tests read the files of the samples")]

use proptest::prelude::*;

use super::{same_blocks, tidy, write};
use crate::article::{PhotoCalls, read};
use crate::diagnostic::Diagnostic;
use crate::issue::{Article, Block, Inline, PhotoFile, Table};
use crate::source::Source;

/// The article that a text is, with its photos and what is wrong with it.
pub(super) fn article(text: &str) -> (Article, Vec<PhotoFile>, Vec<Diagnostic>) {
    let source = Source::new("a.md", text);
    let mut photos = PhotoCalls::default();
    let found = read(&source, &mut photos);
    (found.value.expect("front matter"), photos.files, found.diagnostics)
}

fn front(article: &Article) -> Vec<Option<&str>> {
    let more = [
        &article.contents_title,
        &article.kicker,
        &article.lead,
        &article.author,
        &article.credit_source,
        &article.source_url,
    ];
    let more = more.into_iter().map(|text| text.as_ref().map(|text| text.value.as_str()));
    std::iter::once(Some(article.title.value.as_str())).chain(more).collect()
}

/// Asserts that a text is read, written and read again as the same; returns what was written. Nothing, where it is wrong.
fn round_trip(text: &str) -> Option<String> {
    let (first, photos, errors) = article(text);
    if !errors.is_empty() {
        return None;
    }
    let written = write(&first, &photos);
    let (second, photos_again, errors) = article(&written);
    assert!(errors.is_empty(), "{text:?}\n→ {written:?}\n{errors:?}");
    assert_eq!(front(&first), front(&second));
    assert_eq!(first.rank, second.rank);
    let paths = |photos: &[PhotoFile]| photos.iter().map(|photo| photo.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&photos), paths(&photos_again));
    let blocks = tidy::blocks(&first.blocks);
    assert!(
        same_blocks::blocks(&blocks, &second.blocks),
        "{text:?}\n→ {written:?}\n{:?}\n{:?}",
        blocks.iter().map(outline).collect::<Vec<_>>(),
        second.blocks.iter().map(outline).collect::<Vec<_>>()
    );
    assert_eq!(first.notes.len(), second.notes.len());
    for (note, again) in first.notes.iter().zip(&second.notes) {
        let note = tidy::note(note);
        assert!(
            same_blocks::blocks(&note, again),
            "{text:?}\n→ {written:?}\n{:?}\n{:?}",
            note.iter().map(outline).collect::<Vec<_>>(),
            again.iter().map(outline).collect::<Vec<_>>()
        );
    }
    assert_eq!(write(&second, &photos_again), written, "{text:?}");
    Some(written)
}

/// A block in short, to show where two differ.
fn outline(block: &Block) -> String {
    match block {
        Block::Paragraph(content) => format!("p({})", text_of(content)),
        Block::Heading { level, content } => format!("h{level}({})", text_of(content)),
        Block::List(list) => {
            let items: Vec<Vec<_>> = list.items.iter().map(|item| item.iter().map(outline).collect()).collect();
            let numbers: Vec<_> = list.numbers.iter().map(|number| &number.text).collect();
            format!("list(tight {} {:?} {numbers:?} {items:?})", list.tight, list.start)
        }
        Block::Quote(blocks) => format!("quote({:?})", blocks.iter().map(outline).collect::<Vec<_>>()),
        Block::Box { title, blocks } => {
            format!("box({} {:?})", text_of(title), blocks.iter().map(outline).collect::<Vec<_>>())
        }
        Block::Pull(blocks) => format!("pull({:?})", blocks.iter().map(outline).collect::<Vec<_>>()),
        Block::Table(table) => outline_of_table(table),
        Block::Chart(chart) => {
            format!("chart({:?} {} {})", chart.shape, text_of(&chart.title), outline_of_table(&chart.table))
        }
        Block::Break => "break".to_owned(),
        Block::Photo(photo) => {
            format!("photo({} {:?})", text_of(&photo.caption), photo.credit.as_ref().map(|credit| &credit.value))
        }
    }
}

fn outline_of_table(table: &Table) -> String {
    let rows = std::iter::once(&table.header).chain(&table.rows);
    let rows: Vec<Vec<_>> = rows.map(|row| row.iter().map(|cell| text_of(cell)).collect()).collect();
    format!("table({:?} {rows:?})", table.columns)
}

/// Text with marks for what is in it.
fn text_of(content: &[Inline]) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Text(run) => run.text.clone(),
        Inline::Emphasis(inner) => format!("<i>{}</i>", text_of(inner)),
        Inline::Strong(inner) => format!("<b>{}</b>", text_of(inner)),
        Inline::Link { url, content } => format!("<a {url}>{}</a>", text_of(content)),
        Inline::Break => "<br>".to_owned(),
        Inline::Footnote(index) => format!("<{index}>"),
    };
    content.iter().map(inline).collect()
}

fn body(markdown: &str) -> String {
    format!("+++\ntitle = \"Tên bài\"\n+++\n\n{markdown}\n")
}

/// What a body that is without error becomes.
fn rewritten(markdown: &str) -> String {
    let written = round_trip(&body(markdown)).unwrap_or_else(|| panic!("{markdown:?} is wrong"));
    let (_, body) = written.rsplit_once("+++\n\n").expect("a body");
    body.trim_end().to_owned()
}

#[test]
fn plain_prose_stays_as_it_is() {
    for text in [
        "Ngày 28-11-2026, UBND tỉnh (sau đây gọi là Tỉnh) ban hành Quyết định số 12/QĐ-UBND: giảm 41,44% – “một cửa”.",
        "Ông Nguyễn Văn A: \"Thủ tục chỉ mất 15 phút!\" (tăng 5-7%); tỷ lệ 1/2, 3 + 4 = 7, 5 > 3 và 2 < 3.",
        "- mục một;\n- mục hai.",
        "Gạch đầu dòng - không phải danh sách; dấu # và tên_tệp_a & b; e-mail a@b.vn, https://tanhai.example/a_b?c=d&e=f.",
        "*Nghiêng*, **đậm**, ***cả hai***, [liên kết](https://tanhai.example/a_(b)).",
        "2.500 hồ sơ. 15,5%.",
        "Điều [1] và [2]. Hết \\ rồi. 2 * 3 * 4.",
    ] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn what_looks_like_markdown_gets_a_backslash() {
    for text in [
        "2026\\. Năm nay.",
        "\\# Không phải đề mục",
        "\\- a",
        "\\+ a",
        "\\> a",
        "\\*a\\*",
        "\\_a\\_",
        "\\`a\\`",
        "\\&amp; a",
        "\\<b>",
        "x \\[^1]",
        "[a\\](b)",
        "\\---",
        "\\~~~",
        "a\\\n\\===",
        "a | b\\\n\\--|--",
        "a\\\n1\\. b",
        "**Chú ý\\!**[a](https://a.b)",
        "| a \\| b |\n|---|",
        "## a \\#",
        "a&#32;&#32;\\\n&#32;b",
        "\\[!box] a",
        "> \\[!box] a",
        "> \\[!NOTE] a",
        "- \\[!chart bar]",
    ] {
        round_trip(&body(text)).unwrap_or_else(|| panic!("{text:?} is wrong"));
    }
    assert_eq!(rewritten("2026\\. Năm \\& nay\\!"), "2026\\. Năm & nay!");
    assert_eq!(rewritten("\\+++"), "+++");
    assert_eq!(rewritten("&nbsp;\\(a\\)"), "\u{a0}(a)");
}

#[test]
fn boxes_and_charts_are_written_in_one_way() {
    for (typed, written) in [
        ("> [!Box]  Số *liệu*\n> Một\n> - hai", "> [!box] Số *liệu*\n>\n> Một\n>\n> - hai"),
        ("> [!box]\n> 2026\\. Năm", "> [!box]\n>\n> 2026\\. Năm"),
        ("> [!pull] Một\n> hai", "> [!pull]\n>\n> Một hai"),
        ("> [!pull] ===", "> [!pull]\n>\n> ==="),
        ("[!chart Line] Hồ\nsơ\n\n|a|b|\n|-|-|\n|1|2|", "[!chart line] Hồ sơ\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    ] {
        assert_eq!(rewritten(typed), written);
    }
}

/// Where the pieces of random Markdown are taken from: what is tricky alone, and with others.
const PIECES: &str = "(> \\[!box\\] |> \\[!pull\\]|\\[!chart bar\\]|\n|\n\n|\n\n|  \n|\\\\\n| |  |[a-cđ]|xã |[0-9]{1,3}[.)] |- |\\* |\\+ |> |    |  |\\*|\\*\\*|\\*\\*\\*|_|__|\
     ## |### |#|\\[a\\]\\(https://a\\.b\\)|\\[|\\]|\\(|\\)|\\[\\^1\\]|!|\\\\|\\\\[*_\\[\\]#&<`\\\\]|&amp;|&lt;|&#42;|&nbsp;|&|;|<|>|=|\
     ===|---|\\+|-|~|~~~|`|\\| a \\|\n\\|---\\|\n|\\||\\|b\\|c\\|\n\\|:-:\\|-:\\|\n\\|1\\|2\\|\n|!\\[c\\]\\(p%20q\\.jpg \"r\"\\)|:|\"|\\.|,){0,24}";

/// Emphasis that begins or ends with punctuation inside of a word.
static INSIDE_WORD: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    regex::Regex::new(r"[^\w>](</[ib]>)+(<[ib]>)*\w|\w(</[ib]>)*(<[ib]>)+[^\w<]").expect("a pattern")
});

/// Whether Markdown has another way to say the same: not where emphasis stands in emphasis of its kind, or begins or
/// ends with punctuation inside of a word, nor where a link stands right behind a footnote. Such can be read by chance.
fn can_be_written(text: &str) -> bool {
    let (article, ..) = article(text);
    let is_odd = |block: &Block| {
        let text = outline(block);
        let is_doubled = |kind: &str| is_nested(&text, &format!("<{kind}>"), &format!("</{kind}>"));
        is_doubled("i") || is_doubled("b") || INSIDE_WORD.is_match(&text)
    };
    !text.contains("[^1][") && !tidy::blocks(&article.blocks).iter().any(is_odd)
}

fn is_nested(text: &str, open: &str, close: &str) -> bool {
    text.match_indices(open).any(|(at, _)| text[..at].matches(open).count() > text[..at].matches(close).count())
}

pub(super) fn cases(count: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: wanted.unwrap_or(count), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(2000))]

    /// Whatever Markdown is without error is the same when it has been written.
    #[test]
    fn any_markdown_comes_back(text in PIECES, note in any::<bool>()) {
        let note = if note && text.contains("[^1]") { "\n\n[^1]: Lời *chú*.\n\n    1. a\n    2. b" } else { "" };
        let text = body(&format!("{text}{note}"));
        if can_be_written(&text) {
            round_trip(&text);
        }
    }

    /// The same of what has less syntax, so that more of it is without error.
    #[test]
    fn any_list_comes_back(text in "(> \\[!box\\] |> \\[!pull\\]|\n|\n\n|a|b |[1-3][.)] |- |\\* |> |   |  |    |---\n|___\n|\\*\\*|\\*|_|\\\\\n){0,24}") {
        let text = body(&text);
        if can_be_written(&text) {
            round_trip(&text);
        }
    }

    #[test]
    fn any_emphasis_comes_back(text in "(\\*|\\*\\*|_|__|a|b |c| |\\.|\\(|\\)|\\[|\\]|\\]\\(https://a\\.b\\)|\\[\\^1\\]|!|\\\\|đ){0,20}") {
        let text = body(&format!("{text}{}", if text.contains("[^1]") { "\n\n[^1]: a" } else { "" }));
        if can_be_written(&text) {
            round_trip(&text);
        }
    }
}

/// The texts below a folder of the repository whose names end so.
pub(super) fn samples(folder: &std::path::Path, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let texts = entries.flat_map(|path| match path.is_dir() {
        true => samples(&path, ending),
        false if path.to_string_lossy().ends_with(ending) => vec![std::fs::read_to_string(&path).expect("text")],
        false => Vec::new(),
    });
    texts.collect()
}

#[test]
fn articles_of_the_repository_come_back() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for text in [samples(&root.join("issues"), ".md"), samples(&root.join("tests/cases"), ".md")].concat() {
        assert!(round_trip(&text).is_some(), "{text}");
    }
}
