//! The fixed phrases of bulletins: what a line says of itself by its first or last words.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern that is written here, and so is one.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

macro_rules! phrase {
    ($name:ident, $text:literal) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| pattern($text));
    };
}

phrase!(
    CONTENTS,
    r"(?i)^(m[ụu]c\s+l[ụu]c|trong (số|bản tin|tập san|tạp chí)( báo)? này|nội dung( chính| bản tin| số này)?|tin,? bài trong số( này)?|(table of )?contents|in this issue)\W*$"
);
phrase!(SOURCE, r"(?i)^\(?\s*(nguồn(\s+tin|\s+bài)?|source)\s*[:：]\s*(?P<rest>.+?)\s*\)?\s*$");
phrase!(SOURCE_AT_END, r"(?i)^(?P<before>.*?)[\s.,;–—-]*\(?\s*(nguồn|source)\s*[:：]\s*(?P<rest>[^()]+?)\s*\)?\s*$");
phrase!(
    AUTHOR,
    r"(?i)^\(?\s*((bài|tin|ảnh|video|clip|đồ họa)(\s*([,&+/–-]|và)\s*(bài|tin|ảnh|video|clip|đồ họa))*|tác giả|người viết|thực hiện|tổng hợp|biên soạn|biên dịch|by|text|words)\s*[:：]\s*\S"
);
phrase!(THEO, r"^\(?\s*(Theo|THEO)\s+(?P<rest>\p{Lu}[^!?;]{0,60}?)\)?$");
phrase!(THEO_SITE, r"^\(?\s*(Theo|THEO)\s*:?\s+(?P<rest>([a-z0-9-]+\.)+[a-z]{2,6})\)?$");
phrase!(
    OFFICE,
    r"(?i)^\(?(ban biên tập|bbt|nhóm (pv|phóng viên|tác giả)|phóng viên|pv|ctv|cộng tác viên|tòa soạn|toà soạn|văn phòng|phòng|sở|ủy ban|uỷ ban|ubnd|hội|đoàn|trung tâm|bộ phận|tổ)( |$)"
);
phrase!(
    CREDIT,
    r"\s*(?P<open>\(?)\s*(?:[Ảả]nh|ẢNH|Nguồn ảnh|Photo|Hình)\s*[:：]\s*(?P<credit>[^:()]{1,60}?)\s*(?P<close>\)?)\s*(?P<stop>\.?)\s*$"
);
phrase!(
    IN_PHOTO,
    r"(?:[.!?)]|^)\s*\(?T(rong|RONG) (ảnh|ẢNH)\s*[:：]|(?i)^\(?\s*(trong ảnh|ảnh minh họa|ảnh minh hoạ|ảnh tư liệu|ảnh chụp|chú thích)\b"
);
phrase!(BULLET, r"^\s*(?P<mark>[-–—+*•●▪■◦○♦✓✔➢➤»▶‣⁃\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}])[\s\u{a0}\t]+");
phrase!(NUMBER, r"^\s*(?P<number>\d{1,3}[.)])[\s\u{a0}\t]+");
phrase!(FOLIO, r"(?i)^\W*(trang\s*|tr\.?\s*|page\s*)?\d{1,4}\W*$");
phrase!(
    LEADERS,
    r"(?i)([.…·_\s]*(\.{2,}|…|·{2,}|_{2,}|\t)[.…·_\s]*|\s*[(]?\s*(trang|tr\.|tr|page|p\.)\s*)(?P<folio>\d{1,4})\s*\)?\s*$"
);
phrase!(PLAIN_FOLIO, r"\s+(?P<folio>\d{1,3})\s*$");
phrase!(ENTRY_END, r"(\.{3,}|…+|_{3,}|·{3,}|\t)[.…·_\s]*\d{1,3}(\s|$)");
phrase!(ENTRY_NUMBER, r"^\s*((bài|Bài|BÀI)\s+\d{1,3}|\d{1,3}|[IVX]{1,6})\s*[.):/-]\s*");
phrase!(ENTRY_AUTHOR, r"\s*(\([^()]{2,50}\)|\s[-–:]\s+(\p{Lu}[\p{L}.]*\s*){1,5})\s*[:.]?\s*$");
phrase!(ISSUE_NUMBER, r"(?i)\bsố\s*[:：]?\s*(?P<number>\d{1,4}([-–+]\d{1,4})?)");
phrase!(MONTH, r"(?i)\btháng\s*(?P<month>\d{1,2})\s*([/.-]|năm|,?\s+năm)?\s*(?P<year>(19|20)\d\d)");
phrase!(SLASH_MONTH, r"\b(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>(19|20)\d\d)\b");
phrase!(
    DAY,
    r"(?i)\bngày\s*(?P<day>\d{1,2})\s*([/.-]|tháng)\s*(?P<month>\d{1,2})\s*([/.-]|năm)\s*(?P<year>(19|20)\d\d)"
);
phrase!(SLASH_DAY, r"\b(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>(19|20)\d\d)\b");
phrase!(
    IMPRINT,
    r"(?i)^\W*((chịu trách nhiệm|tổng biên tập|phó tổng biên tập|trưởng ban|ban biên tập|biên tập|thư ký|tòa soạn|toà soạn|trụ sở|địa chỉ|điện thoại|đt|tel|fax|hotline|e-?mail|thư điện tử|website|web|trang (tin|web)|giấy phép|gpxb|in tại|nơi in|cơ quan|phát hành|nộp lưu chiểu|số lượng|khổ|mọi ý kiến|ý kiến|thông tin liên hệ|liên hệ|trình bày|thiết kế|ảnh bìa|editor|publisher|address|phone|contact)[^:：]{0,40}[:：]|(giấy phép|gpxb|in \d))"
);
phrase!(
    IMPRINT_LABEL,
    r"(?i)^(chịu trách nhiệm( \S+){0,4}|tòa soạn|toà soạn|trụ sở|địa chỉ|điện thoại|fax|e-?mail|thư điện tử|website|trang (tin|web)( \S+){0,3}|giấy phép( \S+){0,3}|cơ quan chủ quản|(thư góp ý|mọi ý kiến)( \S+){0,8}|các số đã phát hành)$"
);
phrase!(EMAIL, r"[\w.+-]+@[\w-]+(\.[\w-]+)+");
phrase!(URL, r"(?i)\b((https?://|www\.)[^\s,;()<>]+[^\s,;()<>.])");
phrase!(WEB, r"(?i)^(https?://)?([a-z0-9-]+\.)+(vn|com|net|org|info|edu|gov)(/\S*)?$");

/// Whether a line is nothing but the web address of a picture.
pub(super) fn is_picture_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_picture = [".jpg", ".jpeg", ".png", ".gif", ".webp"].iter().any(|ending| lower.ends_with(ending));
    is_picture && lower.starts_with("http") && !text.contains(' ')
}

fn is(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

fn part<'a>(regex: &LazyLock<Option<Regex>>, text: &'a str, name: &str) -> Option<&'a str> {
    Some(regex.as_ref()?.captures(text)?.name(name)?.as_str())
}

fn number<T: std::str::FromStr>(regex: &LazyLock<Option<Regex>>, text: &str, name: &str) -> Option<T> {
    part(regex, text, name)?.parse().ok()
}

/// Whether a line is the heading of the contents.
pub(super) fn is_contents_heading(text: &str) -> bool {
    text.chars().count() <= 60 && is(&CONTENTS, text)
}

/// What stands behind `Nguồn:`.
pub(super) fn source(text: &str) -> Option<&str> {
    part(&SOURCE, text, "rest").filter(|rest| rest.chars().count() <= 160)
}

/// A line that ends with its source: what stands before, and the source.
pub(super) fn ending_source(text: &str) -> Option<(&str, &str)> {
    let rest = part(&SOURCE_AT_END, text, "rest").filter(|rest| rest.chars().count() <= 100)?;
    let before = part(&SOURCE_AT_END, text, "before").filter(|before| !before.is_empty())?;
    Some((before, rest))
}

/// What stands behind `Theo`.
pub(super) fn according_to(text: &str) -> Option<&str> {
    let rest = part(&THEO, text, "rest").or_else(|| part(&THEO_SITE, text, "rest"))?;
    Some(rest.trim().trim_end_matches(')'))
}

/// Whether a line is a group or an office, such as `Ban Biên tập`.
pub(super) fn may_be_office(text: &str) -> bool {
    text.chars().count() <= 60 && !text.ends_with(['.', ':', ';', '!', '?']) && is(&OFFICE, text)
}

/// Whether a line says who wrote: `Bài, ảnh: …`, `Theo …`.
pub(super) fn names_author(text: &str) -> bool {
    text.chars().count() <= 120
        && !is(&IN_PHOTO, text)
        && (is(&AUTHOR, text) || is(&THEO, text) || is(&THEO_SITE, text))
}

/// Whether a line begins as captions do.
pub(super) fn begins_caption(text: &str) -> bool {
    is(&IN_PHOTO, text)
}

/// The credit at the end of a caption: the bytes of the caption before it, and the credit.
pub(super) fn credit(text: &str) -> Option<(usize, &str)> {
    let found = CREDIT.as_ref()?.captures(text)?;
    let whole = found.get(0)?;
    let credit = found.name("credit")?.as_str();
    let before = &text[..whole.start()];
    // “Trong ảnh: …” says what is in it; “Bài, ảnh: …” who wrote.
    let last = before.trim_end().rsplit([' ', '\u{a0}']).next().unwrap_or_default().to_lowercase();
    let goes_on = matches!(last.trim_matches(|c: char| !c.is_alphanumeric()), "trong" | "bài" | "tin" | "và")
        && !before.trim_end().ends_with(['.', '!', '?', '"', '”']);
    let is_sentence = credit.contains(". ") || credit.split_whitespace().count() > 9;
    (!goes_on && !is_sentence).then_some((whole.start(), credit))
}

/// The bytes of a typed bullet at the start of a line, with the space behind it.
pub(super) fn bullet(text: &str) -> Option<usize> {
    Some(BULLET.as_ref()?.find(text)?.end())
}

/// The sign of a typed bullet.
pub(super) fn bullet_sign(text: &str) -> Option<char> {
    part(&BULLET, text, "mark")?.chars().next()
}

/// A typed number at the start of a line: its text, and the bytes of it with the space behind.
pub(super) fn numbered(text: &str) -> Option<(&str, usize)> {
    let end = NUMBER.as_ref()?.find(text)?.end();
    Some((part(&NUMBER, text, "number")?, end))
}

/// Whether a line is a page number alone.
pub(super) fn is_folio(text: &str) -> bool {
    is(&FOLIO, text)
}

/// An entry of the contents without its bullet, leaders and page; whether it had a page.
pub(super) fn entry(text: &str) -> (&str, bool) {
    let text = text.trim();
    let text = bullet(text).map_or(text, |end| &text[end..]);
    let page = LEADERS.as_ref().and_then(|leaders| leaders.find(text));
    let (text, has_page) = page.map_or((text, false), |found| (&text[..found.start()], true));
    (text.trim().trim_end_matches(['.', '…', '·', '_']).trim(), has_page)
}

/// Other ways to read an entry: without a bare number at its end, which may be the page; without a number before it;
/// without the author behind it.
pub(super) fn title_variants(text: &str) -> Vec<String> {
    let mut variants = Vec::new();
    for regex in [&PLAIN_FOLIO, &ENTRY_AUTHOR, &ENTRY_NUMBER] {
        let Some(found) = regex.as_ref().and_then(|regex| regex.find(text)) else { continue };
        let rest = if found.start() == 0 { &text[found.end()..] } else { &text[..found.start()] };
        let rest = rest.trim().trim_end_matches([':', '-', '–', ' ']);
        if !rest.is_empty() {
            variants.push(rest.to_owned());
            variants.extend(if regex.as_ref().is_some() && variants.len() < 4 {
                title_variants(rest)
            } else {
                Vec::new()
            });
        }
    }
    variants
}

/// Entries that have run together: each ends with leaders and a page.
pub(super) fn split_entries(text: &str) -> Vec<String> {
    let Some(regex) = ENTRY_END.as_ref() else { return vec![text.to_owned()] };
    let mut entries = Vec::new();
    let mut at = 0;
    for found in regex.find_iter(text) {
        entries.push(text[at..found.end()].trim().to_owned());
        at = found.end();
    }
    entries.push(text[at..].trim().to_owned());
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// The number of an issue: `Số 12`.
pub(super) fn issue_number(text: &str) -> Option<String> {
    Some(part(&ISSUE_NUMBER, text, "number")?.to_owned())
}

/// A day or a month that a line names.
pub(super) fn date(text: &str) -> Option<(u16, u8, Option<u8>)> {
    for (regex, has_day) in [(&DAY, true), (&SLASH_DAY, true), (&MONTH, false), (&SLASH_MONTH, false)] {
        let year = number(regex, text, "year");
        let month = number(regex, text, "month").filter(|month| (1..=12).contains(month));
        let day = if has_day { number(regex, text, "day").filter(|day| (1..=31).contains(day)) } else { None };
        if let (Some(year), Some(month)) = (year, month)
            && (!has_day || day.is_some())
        {
            return Some((year, month, day));
        }
    }
    None
}

/// Whether a line begins with a label of the imprint.
pub(super) fn is_imprint(text: &str) -> bool {
    is(&IMPRINT, text)
}

/// Whether a line is nothing but a label of the imprint, with its value below.
pub(super) fn is_imprint_label(text: &str) -> bool {
    text.chars().count() <= 60 && is(&IMPRINT_LABEL, text.trim_end_matches([':', ' ']))
}

/// The first e-mail address of a text.
pub(super) fn email(text: &str) -> Option<&str> {
    Some(EMAIL.as_ref()?.find(text)?.as_str())
}

/// The first web address of a text.
pub(super) fn url(text: &str) -> Option<&str> {
    Some(URL.as_ref()?.find(text)?.as_str())
}

/// Whether a text is nothing but a web address or the name of a site.
pub(super) fn is_web(text: &str) -> bool {
    is(&WEB, text)
}

/// Whether a short line may be somebody's name: a few words, each with a capital, no end of a sentence.
pub(super) fn may_be_name(text: &str) -> bool {
    let text = text.trim_matches(|c: char| matches!(c, '(' | ')' | '*' | '-' | '–' | '/' | ' '));
    let words: Vec<_> = text.split([' ', '\u{a0}', ',', '-', '–', '&', '/']).filter(|word| !word.is_empty()).collect();
    let starts_upper = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let small = ["và", "theo", "st", "sưu", "tầm", "tổng", "hợp", "biên", "soạn"];
    let ends_sentence = text.ends_with(['!', '?', ';', ':', '…'])
        || (text.ends_with('.') && words.last().is_some_and(|word| word.trim_end_matches('.').chars().count() > 2));
    (1..=9).contains(&words.len())
        && text.chars().count() <= 60
        && !ends_sentence
        && !text.chars().any(|c| c.is_ascii_digit())
        && words.first().is_some_and(starts_upper)
        && words.iter().all(|word| starts_upper(word) || small.contains(&word.to_lowercase().as_str()))
}

/// A text by its letters and digits alone, to tell whether two are the same title.
pub(super) fn key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut key = String::new();
    for word in text.nfc().collect::<String>().to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            // Ð and ð stand for Đ and đ in many files.
            key.push_str(&word.replace('ð', "đ"));
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_at_the_end() {
        let parts = |text: &'static str| credit(text).map(|(at, credit)| (&text[..at], credit));
        assert_eq!(parts("Buổi tập huấn. Ảnh: Anh Khoa"), Some(("Buổi tập huấn.", "Anh Khoa")));
        assert_eq!(parts("Buổi tập huấn (Ảnh: VL)."), Some(("Buổi tập huấn", "VL")));
        assert_eq!(parts("Trong ảnh: Người dân nộp hồ sơ"), None);
        assert_eq!(parts("Bài, ảnh: Anh Khoa"), None);
        assert_eq!(parts("Người dân nộp hồ sơ"), None);
    }

    #[test]
    fn lines_say_what_they_are() {
        assert!(is_contents_heading("MỤC LỤC") && is_contents_heading("Trong số này:"));
        assert!(!is_contents_heading("Nội dung cuộc họp gồm hai phần"));
        assert_eq!(source("(Nguồn: tanhai.example)"), Some("tanhai.example"));
        assert!(names_author("Bài, ảnh: Anh Khoa") && names_author("Theo Báo Ví dụ"));
        assert!(!names_author("Trong ảnh: Anh Khoa"));
        assert!(may_be_name("Anh Khoa") && may_be_name("A.K") && may_be_name("QUỐC THẮNG"));
        assert!(!may_be_name("Kết quả đạt được.") && !may_be_name("Tiếp nhận hồ sơ"));
        assert_eq!(entry("* Chuyện một cửa ........ 12"), ("Chuyện một cửa", true));
        assert_eq!(entry("Năm học 2026"), ("Năm học 2026", false));
        assert_eq!(date("Số 12 - Tháng 12/2021"), Some((2021, 12, None)));
        assert_eq!(date("ngày 28 tháng 3 năm 2020"), Some((2020, 3, Some(28))));
    }
}
