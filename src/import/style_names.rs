//! What the name of a style says: Word writes the names of its own styles in English, other programs in the language of
//! their user.

use crate::import::document::Role;

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A heading of this level, from 1.
    Heading(u8),
    Role(Role),
    /// Running text, whatever the style is based on.
    Text,
}

/// Headings, before their level: `heading 1`, `Đầu đề 1`.
const HEADINGS: [&str; 27] = [
    "heading",
    "đầu đề",
    "tiêu đề",
    "đề mục",
    "mục",
    "überschrift",
    "titre",
    "título",
    "titulo",
    "titolo",
    "заголовок",
    "标题",
    "標題",
    "見出し",
    "제목",
    "nagłówek",
    "kop",
    "nadpis",
    "címsor",
    "başlık",
    "rubrik",
    "overskrift",
    "otsikko",
    "titlu",
    "judul",
    "หัวเรื่อง",
    "επικεφαλίδα",
];
const TITLES: [&str; 15] = [
    "title",
    "document title",
    "tiêu đề",
    "tên tài liệu",
    "titel",
    "titre",
    "título",
    "titolo",
    "название",
    "标题",
    "標題",
    "表題",
    "제목",
    "tytuł",
    "judul",
];
const SUBTITLES: [&str; 12] = [
    "subtitle",
    "tiêu đề phụ",
    "tiêu đề con",
    "phụ đề",
    "untertitel",
    "sous-titre",
    "subtítulo",
    "sottotitolo",
    "подзаголовок",
    "副标题",
    "副標題",
    "副題",
];
const CAPTIONS: [&str; 17] = [
    "caption",
    "chú thích",
    "chú thích ảnh",
    "chú thích hình",
    "beschriftung",
    "légende",
    "epígrafe",
    "leyenda",
    "legenda",
    "didascalia",
    "название объекта",
    "题注",
    "標號",
    "図表番号",
    "캡션",
    "image caption",
    "table caption",
];
const QUOTES: [&str; 14] = [
    "quote",
    "intense quote",
    "quotations",
    "block text",
    "block quote",
    "trích dẫn",
    "trích dẫn mạnh",
    "zitat",
    "citation",
    "cita",
    "citazione",
    "цитата",
    "引用",
    "引用文",
];
/// Lines of a table of contents, before their level.
const CONTENTS: [&str; 9] =
    ["toc", "contents", "mục lục", "verzeichnis", "tm", "tdc", "sommario", "оглавление", "目录"];
/// Lines of other tables of contents, which have no level.
const LISTS_OF_FIGURES: [&str; 3] = ["table of figures", "table of authorities", "danh mục hình"];

/// What a name says; `None` where it says nothing, so that the style that it is based on counts.
pub(crate) fn meaning(name: &str) -> Option<Meaning> {
    let name = name.trim().to_lowercase();
    // An alias may follow: `heading 1,Chương`.
    let name = name.split([',', ';']).next().unwrap_or(&name).trim_end();
    if matches!(name, "normal" | "body text" | "bình thường" | "toc heading" | "contents heading") {
        return Some(Meaning::Text);
    }
    let (words, level) = level(name);
    match level {
        Some(level @ 1..=9) if HEADINGS.contains(&words) => return Some(Meaning::Heading(level)),
        Some(1..=9) if CONTENTS.contains(&words) => return Some(Meaning::Role(Role::Contents)),
        _ => {}
    }
    let is_in = |names: &[&str]| names.contains(&name);
    if is_in(&TITLES) {
        Some(Meaning::Role(Role::Title))
    } else if is_in(&SUBTITLES) {
        Some(Meaning::Role(Role::Subtitle))
    } else if is_in(&CAPTIONS) {
        Some(Meaning::Role(Role::Caption))
    } else if is_in(&QUOTES) {
        Some(Meaning::Role(Role::Quote))
    } else if is_in(&LISTS_OF_FIGURES) {
        Some(Meaning::Role(Role::Contents))
    } else {
        None
    }
}

/// A name without the number at its end, and that number. A style without a name has its identifier for one, which has no
/// space: `Heading1`.
fn level(name: &str) -> (&str, Option<u8>) {
    let words = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = name.get(words.len()..).and_then(|digits| digits.parse().ok());
    (words.trim_end(), number)
}
