//! Reading, writing and reading again.
#![expect(clippy::disallowed_methods, reason = "tests read the files of the samples")]

use proptest::prelude::*;

use super::write;
use crate::diagnostic::has_errors;
use crate::issue::{Manifest, SectionEntry};
use crate::manifest::read;
use crate::source::{Place, Source, Spanned, Text};
use crate::toml_reader::Date;

/// The manifest that a text is; none where it is wrong.
fn manifest(text: &str) -> Option<Manifest> {
    let found = read(&Source::new("issue.toml", text));
    (!has_errors(&found.diagnostics)).then_some(found.value)
}

fn text(value: &str) -> Text {
    Spanned { value: value.to_owned(), place: Place::new(&Source::new("", ""), 0..0) }
}

/// All that a manifest says, without its places.
fn words(manifest: &Manifest) -> String {
    let word = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let all = |texts: &[Text]| texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
    let (masthead, mail) = (&manifest.masthead, &manifest.mail);
    let sections: Vec<_> =
        manifest.sections.iter().map(|section| (word(&section.title), all(&section.articles))).collect();
    let imprint = masthead
        .imprint
        .iter()
        .map(|row| (&row.label.value, word(&row.text), word(&row.email), word(&row.url), word(&row.phone)));
    let cover = manifest
        .cover
        .as_ref()
        .map(|cover| (&cover.photo.value, word(&cover.caption), word(&cover.credit), word(&cover.alt)));
    let style: Vec<_> = manifest.style.iter().map(|(key, value)| (&key.value, &value.value)).collect();
    format!(
        "{:?}\n{:?}",
        (manifest.date, word(&manifest.number), word(&manifest.title), word(&manifest.layout), &manifest.language),
        (
            sections,
            (&masthead.title.value, word(&masthead.overline), word(&masthead.subtitle), word(&masthead.publisher)),
            (word(&masthead.about), word(&masthead.logo), imprint.collect::<Vec<_>>()),
            cover,
            (manifest.max_size, manifest.pages, all(&manifest.teasers)),
            (all(&manifest.keywords), all(&manifest.ignored), all(&manifest.words)),
            (word(&mail.from), word(&mail.reply_to), word(&mail.subject), word(&mail.intro), word(&mail.unsubscribe)),
            style
        )
    )
}

/// A manifest in lines, as somebody might have typed it, with notes.
const WHOLE: &str = r##"# Bản khai báo.

# Ngày ra
date = 2026-11-28   # thứ Bảy
number = "011"
title = 'Số "đặc biệt"'
articles = ["a.md"]
teasers = [ "b.md" , 'd.md'] # trang một

# Chuyên mục
[[section]]
title = "Một"
articles = [
  "b.md", # bài đầu
  "c.md",
]
[[section]]
title = "Rỗng"
articles = []
[[section]] # hai
title = "Hai"
articles = ["d.md"]

[masthead] # đầu trang
title = "Bản tin"
subtitle = ""
[[masthead.imprint]]
label = "Thư"
email = "a@b.vn"

# Bìa
[cover]
photo = "bia.jpg"

[pdf]
max_size = "6,5 MB" # vừa thư
keywords = [ 'một', "hai" ]
pages = 1_6 # để in

[mail] # gửi thư
from = 'Bản tin <bantin@tanhai.example>' # tòa soạn

[check] # soát lỗi
ignore = [ 'double-space' ]
words = ["đắkk"] # tên xã

[style]
accent = "#14375e"
"##;

/// The same written in few lines.
const SHORT: &str = "date = 2026-11-28\r\nnumber=1\r\nsection = [{ title = 'Một', articles = ['a.md'] }, { title = \"Hai\", \
                     articles = [\"b.md\"] }] # hai\r\nmasthead.title = \"Bản tin\" # tên\r\ncover = { photo = \"a.jpg\" }\r\n";

#[test]
fn manifests_of_the_repository_come_back() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["issues", "tests/cases"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let paths = [path.join("issue.toml"), path.join("issue/issue.toml")];
            for typed in paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()) {
                comes_back(&typed);
            }
        }
    }
}

fn comes_back(typed: &str) {
    let read = manifest(typed).expect("a manifest");
    assert_eq!(write(&read, typed).expect("TOML"), *typed);
    let anew = write(&read, "").expect("TOML");
    assert_eq!(manifest(&anew).as_ref().map(words), Some(words(&read)), "{anew}");
}

#[test]
fn what_did_not_change_stays() {
    for typed in [WHOLE, SHORT, &WHOLE.replace('\n', "\r\n"), &format!("\u{feff}{WHOLE}")] {
        comes_back(typed);
    }
}

#[test]
fn what_changed_keeps_its_line() {
    let mut read = manifest(WHOLE).expect("a manifest");
    read.date = Date { year: 2026, month: 12, day: Some(5) };
    read.number = Some(text("12"));
    read.title = None;
    read.cover = None;
    read.max_size = Some(7_000_000);
    read.mail.subject = Some(text("Bản tin số {number}"));
    read.pages = Some(8);
    read.teasers.pop();
    read.keywords.push(text("ba"));
    read.sections[1].articles[1] = text("e.md");
    read.sections[1].articles.push(text("f.md"));
    read.sections.push(SectionEntry { title: Some(text("Ba")), articles: vec![text("g.md")] });
    read.masthead.publisher = Some(text("Sở"));
    let expected = WHOLE
        .replace("2026-11-28", "2026-12-05")
        .replace("\"011\"", "12")
        .replace("title = 'Số \"đặc biệt\"'\n", "")
        .replace("\n# Bìa\n[cover]\nphoto = \"bia.jpg\"\n", "")
        .replace("6,5 MB", "7 MB")
        .replace("# tòa soạn\n", "# tòa soạn\nsubject = \"Bản tin số {number}\"\n")
        .replace("1_6", "8")
        .replace("[ \"b.md\" , 'd.md']", "[ \"b.md\" ]")
        .replace("\"hai\" ]", "\"hai\" , \"ba\"]")
        .replace("  \"c.md\",\n", "  \"e.md\",\n  \"f.md\",\n")
        .replace("[\"d.md\"]\n", "[\"d.md\"]\n\n[[section]]\ntitle = \"Ba\"\narticles = [\"g.md\"]\n")
        .replace("subtitle = \"\"\n", "subtitle = \"\"\npublisher = \"Sở\"\n");
    assert_eq!(write(&read, WHOLE).expect("TOML"), expected);
}

#[test]
fn short_forms_stay_short() {
    let mut read = manifest(SHORT).expect("a manifest");
    read.number = Some(text("Xuân"));
    read.sections.remove(0);
    read.masthead.overline = Some(text("Báo"));
    read.cover.as_mut().expect("a cover").alt = Some(text("Ảnh"));
    let expected = "date = 2026-11-28\r\nnumber=\"Xuân\"\r\nsection = [{ title = 'Hai', articles = [\"b.md\"] }] # hai\r\n\
                    masthead.title = \"Bản tin\" # tên\r\nmasthead.overline = \"Báo\"\r\n\
                    cover = { photo = \"a.jpg\", alt = \"Ảnh\" }\r\n";
    assert_eq!(write(&read, SHORT).expect("TOML").replace("\"Hai\"", "'Hai'"), expected);
}

/// Lines that may stand in a manifest.
const LINES: [&str; 15] = [
    "number = 11 # số",
    "number = '011'",
    "title = \"\"\"\nSố\n  Xuân\"\"\"",
    "layout = \"classic\"",
    "language = \"en-GB\"",
    "language = \"\" # sau",
    "# một ghi chú\n",
    "articles = [\n  \"a.md\", # đầu\n  'b.md'\n]",
    "masthead = { title = \"Tên\", imprint = [{ label = 'a', phone = \"1\" }] }",
    "pdf.max_size = \"500 KB\"",
    "pdf.pages = 0x10",
    "teasers = [\n  \"b.md\", # bài hay\n]",
    "teasers = []",
    "pdf.keywords = ['a',\"b\" , 'c' ]",
    "style.\"màu\" = '#fff'",
];

/// Tables that may stand below.
const TABLES: [&str; 8] = [
    "[masthead]\ntitle = \"Tên \\\"bản tin\\\"\" # tên\n  about = '\\a'",
    "[[masthead.imprint]]\nlabel = \"a\"\nurl = \"a.vn\" # web",
    "[[section]]\ntitle = \"Một\"\narticles = ['c.md']",
    "# trống\n[[section]]\ntitle = \"Trống\"\narticles = []",
    "[cover] # bìa\nphoto = \"a.jpg\"\n\ncaption = \"\"",
    "[pdf]\nmax_size = \"1,5 GB\"",
    "[style]\naccent = \"\"\nb = \"#fff\"",
    "# cuối",
];

fn typed() -> impl Strategy<Value = String> {
    let lines = proptest::sample::subsequence(LINES.to_vec(), 0..8);
    let tables = proptest::sample::subsequence(TABLES.to_vec(), 1..8);
    (lines.prop_shuffle(), tables, any::<bool>(), any::<bool>()).prop_map(|(lines, tables, is_spaced, has_cr)| {
        let parts = std::iter::once("date = 2026-11-28 # ngày").chain(lines).chain(tables);
        let parts: Vec<_> = parts.collect();
        let text = parts.join(if is_spaced { "\n\n" } else { "\n" }) + "\n";
        if has_cr { text.replace('\n', "\r\n") } else { text }
    })
}

/// How often each property is tried.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000)
}

fn any_text() -> impl Strategy<Value = Text> {
    "[ -~àđ“\u{a0}]{1,12}"
        .prop_map(|value| text(&value))
        .prop_filter("a text", |text| crate::toml_reader::one_line(&text.value) == text.value && !text.value.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_manifest_comes_back(typed in typed()) {
        let Some(read) = manifest(&typed) else { return Ok(()) };
        prop_assert_eq!(&write(&read, &typed).expect("TOML"), &typed);
        let anew = write(&read, "").expect("TOML");
        let again = manifest(&anew);
        prop_assert_eq!(again.as_ref().map(words), Some(words(&read)), "{}", anew);
    }

    /// What another issue says is what is read, and the notes of lines that are left stay.
    #[test]
    fn any_change_is_written(
        typed in typed(), other in typed(), title in any_text(), number in any_text(), size in 1..10_000_000_000_u64
    ) {
        let (Some(_), Some(mut wanted)) = (manifest(&typed), manifest(&other)) else { return Ok(()) };
        wanted.masthead.title = title;
        wanted.number = Some(number);
        wanted.max_size = Some(size);
        let written = write(&wanted, &typed).expect("TOML");
        let again = manifest(&written);
        prop_assert_eq!(again.as_ref().map(words), Some(words(&wanted)), "{}\n→ {}", typed, written);
        prop_assert!(written.contains("# ngày"));
        prop_assert_eq!(typed.contains("# tên"), written.contains("# tên"));
        prop_assert_eq!(write(&wanted, &written).expect("TOML"), written);
    }
}
