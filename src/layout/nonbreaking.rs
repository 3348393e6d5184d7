//! What must not be broken over lines: document numbers, dates, ranges, numbers with their units, abbreviations with
//! their names. And the words of a headline that belong together.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::char::canonical_combining_class;

/// A longer token is better broken than kept: it may not fit into a column. In characters.
const MAX_KEPT: usize = 32;

/// Groups of a headline are kept shorter, for its type is larger.
const MAX_GROUP: usize = 18;

/// The tokens, as patterns, and whether each needs a digit: most text has none. None looks beyond what it keeps.
/// Digits are ASCII alone: all digits of the world take milliseconds to compile.
static TOKENS: LazyLock<Vec<(bool, Regex)>> = LazyLock::new(|| {
    const NUMBER: &str = r"[0-9][0-9.,]*(?: [0-9]{3}\b)*";
    const UNIT: &str = "(?:nghìn|ngàn|triệu|tỷ|tỉ)(?: (?:đồng|USD))?|đồng|USD|ha|m|m2|m²|m3|m³|km|km2|km²|cm|mm|kg|g|\
                        tấn|tạ|lít|kWh|MW|KB|MB|GB|TB|giờ|phút|giây";
    let patterns = [
        // 2021 - 2030, 8- 10/12, 1.432 – 1.500
        (true, format!(r"{NUMBER}(?:/[0-9]+)* ?[-–] ?{NUMBER}(?:/[0-9]+)*%?")),
        // 285 triệu đồng, 17 ha, 41,44 %
        (true, format!(r"{NUMBER}(?:[-–]{NUMBER})? ?(?:{UNIT})(?:/(?:{UNIT}))?\b")),
        (true, format!(r"{NUMBER} ?(?:%|‰|°C?)")),
        // ngày 8/12, tháng 11-2021, quý III/2026, Điều 5
        (
            false,
            r"\b(?:ngày|tháng|quý|Ngày|Tháng|Quý|Điều|điều|khoản|Khoản|No\.) (?:[0-9][0-9./-]*|[IVX]+(?:[/-][0-9]+)?)\b"
                .to_owned(),
        ),
        // 0292 3812 345
        (true, r"(?:\(0[0-9]{2,3}\)|\b0[0-9]{2,3}|\b1[89]00)[ .][0-9]{3,4}(?:[ .][0-9]{3,4})?\b".to_owned()),
    ];
    // A pattern that did not compile would be found by the tests below.
    let compiled = patterns.iter().filter_map(|(needs_digit, pattern)| Some((*needs_digit, Regex::new(pattern).ok()?)));
    compiled.collect()
});

/// Abbreviations that a name follows: TP Cần Thơ, GS. TS Nguyễn, Q.Thái. A pattern for the names as well, with all
/// capitals of the world, would take milliseconds to compile.
static TITLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const TITLE: &str = r"TP|Tp|TX|TT|GS|PGS|TS|ThS|BS|KS|LS|NSND|NSƯT|Q\.|P\.|H\.|Đ/c|đ/c|Mr|Mrs|Ms|Dr|St";
    Regex::new(&format!(r"\b(?:(?:{TITLE})(?:\b\.?| |$) ?)+")).ok()
});

/// How many words of a name are kept with what stands before it.
const NAME_WORDS: usize = 4;

/// Where a name ends that begins at `start`: there, if there is none.
fn name_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for (index, word) in text[start..].split(' ').take(NAME_WORDS).enumerate() {
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        let letters =
            word.find(|c: char| !c.is_alphabetic() && canonical_combining_class(c) == 0).unwrap_or(word.len());
        end += usize::from(index > 0) + letters;
        if letters < word.len() {
            break;
        }
    }
    end
}

/// The bytes of a text that stay on one line, in order, apart from one another. They begin and end at white space or
/// at the ends of the text, so that no line breaks between a token and its punctuation.
///
/// What was found in a text is kept as long as what typst keeps: after an edit, most texts are the same.
#[comemo::memoize]
pub(super) fn nonbreaking_spans(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> =
        words(text).filter(|(_, word)| is_code(word)).map(|(at, w)| at..at + w.len()).collect();
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    for (_, pattern) in TOKENS.iter().filter(|(needs_digit, _)| has_digit || !needs_digit) {
        found.extend(pattern.find_iter(text).map(|token| token.range()));
    }
    let titles = TITLES.iter().flat_map(|pattern| pattern.find_iter(text));
    found.extend(titles.map(|title| title.start()..name_end(text, title.end())));
    let mut whole: Vec<_> = found
        .into_iter()
        .map(|range| to_white_space(text, range))
        .filter(|range| text[range.clone()].chars().count() <= MAX_KEPT)
        .collect();
    whole.sort_by_key(|range| (range.start, range.end));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in whole {
        match kept.last_mut() {
            // Two that overlap are one, unless that would be too long: then the first wins.
            Some(last) if range.start < last.end => {
                if text[last.start..range.end.max(last.end)].chars().count() <= MAX_KEPT {
                    last.end = last.end.max(range.end);
                }
            }
            _ => kept.push(range),
        }
    }
    kept.retain(|range| text[range.clone()].contains(can_break));
    kept
}

/// Whether a line could break at a character.
fn can_break(character: char) -> bool {
    is_break_space(character) || matches!(character, '-' | '–' | '/')
}

fn to_white_space(text: &str, range: Range<usize>) -> Range<usize> {
    let range = range.start..range.start + text[range.clone()].trim_end().len();
    let start = text[..range.start].rfind(is_break_space);
    let start = start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(is_break_space).map_or(text.len(), |at| range.end + at);
    start..end
}

/// White space at which a line may break; a no-break space is the author's own way of keeping words together.
fn is_break_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The parts of a text between white space, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(is_break_space).scan(0, move |at, word| {
        let start = *at;
        let rest = &text[start + word.len()..];
        *at = start + word.len() + rest.chars().next().map_or(0, char::len_utf8);
        Some((start, word))
    })
}

/// Whether a word has a hyphen or slash inside, where a line could break, and a digit or capital that makes it a
/// number or a code (`19-NQ/TW`, `21/11/2022`) rather than two words.
fn is_code(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains(['-', '/', '–']) && inner.chars().any(|c| c.is_ascii_digit() || c.is_uppercase())
}

/// A headline in groups of words: lines break between groups and nowhere else. Names (`Cần Thơ`) and what `kept` finds
/// stay together, and the last word is not left alone.
pub(super) fn headline(text: &str) -> Vec<String> {
    let tokens = nonbreaking_spans(text);
    let list: Vec<_> = words(text).filter(|(_, word)| !word.is_empty()).collect();
    let capitals = list.iter().filter(|(_, word)| is_capital(word)).count();
    // Where most words have capitals, they are a style of setting titles and no sign of a name.
    let styled = capitals * 2 > list.len();
    let mut groups: Vec<String> = Vec::new();
    for (index, &(at, word)) in list.iter().enumerate() {
        let previous = index.checked_sub(1).map(|before| list[before]);
        let in_token = |before: usize| tokens.iter().any(|token| token.contains(&before) && token.contains(&at));
        let joined = previous.is_some_and(|(before, previous)| {
            in_token(before) || (!styled && is_capital(word) && is_capital(previous) && !ends_clause(previous))
        });
        push_word(&mut groups, word, joined);
    }
    let last_is_short = groups.last().is_some_and(|last| !last.contains(' ') && last.chars().count() < 8);
    if last_is_short && groups.len() > 3 {
        let last = groups.pop().unwrap_or_default();
        push_word(&mut groups, &last, true);
    }
    groups
}

/// Adds a word to the last group if it is joined to it and the group stays short, else as a group of its own.
fn push_word(groups: &mut Vec<String>, word: &str, joined: bool) {
    match groups.last_mut() {
        Some(last) if joined && last.chars().count() + word.chars().count() < MAX_GROUP => {
            last.push(' ');
            last.push_str(word);
        }
        _ => groups.push(word.to_owned()),
    }
}

fn is_capital(word: &str) -> bool {
    word.trim_start_matches(['“', '"', '(']).chars().next().is_some_and(char::is_uppercase)
}

fn ends_clause(word: &str) -> bool {
    word.ends_with(['.', ',', ':', ';', '!', '?', '–', '-', '”', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        nonbreaking_spans(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn every_pattern_compiles() {
        assert_eq!((TOKENS.len(), TITLES.is_some()), (5, true));
    }

    #[test]
    fn what_is_kept() {
        for (text, expected) in [
            (
                "theo số 19-NQ/TW, Luật 45/2022/QH15 và 4013/UBND-XDĐT.",
                &["19-NQ/TW,", "45/2022/QH15", "4013/UBND-XDĐT."][..],
            ),
            ("từ ngày 8/12 đến 21/11/2022 là", &["ngày 8/12", "21/11/2022"]),
            ("giai đoạn 2021-2025, tầm nhìn 2021 - 2030.", &["2021-2025,", "2021 - 2030."]),
            ("tại TP Cần Thơ và TP. Hồ Chí Minh", &["TP Cần Thơ", "TP. Hồ Chí Minh"]),
            ("ông GS. TS Nguyễn An nói, Q.Thái ghi", &["GS. TS Nguyễn An"]),
            ("hơn 285 triệu đồng cho 17 ha, đạt 41,44% (tăng 3 %)", &["285 triệu đồng", "17 ha,", "3 %)"]),
            ("gọi (0292) 3812 345 hoặc 1900 1234 nhé", &["(0292) 3812 345", "1900 1234"]),
            ("chi 10 000 000 đồng, 5 ‰", &["10 000 000 đồng,", "5 ‰"]),
            ("bà TS Nguyễn Thị Minh Khai ở P. Ninh Kiều", &["TS Nguyễn Thị Minh Khai", "P. Ninh Kiều"]),
            ("quý III/2026 và Điều 5", &["quý III/2026", "Điều 5"]),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_kept() {
        for text in [
            "thu - chi và/hoặc chi",
            "một hai ba",
            "",
            "17 hồ sơ",
            "đạt 5 mục",
            "e - f",
            "ngày mai",
            "Hội nghị Quốc hội",
            "41,44% và Q.Thái",
        ] {
            assert_eq!(tokens(text), [] as [&str; 0], "{text}");
        }
        let long = "1".repeat(20) + "-" + &"2".repeat(20);
        assert_eq!(tokens(&long), [] as [&str; 0]);
    }

    #[test]
    fn headlines_keep_names_and_tokens() {
        assert_eq!(
            headline("Năm 2022, Cần Thơ chi 285 triệu đồng cho Nghị quyết 19-NQ/TW mới"),
            ["Năm", "2022,", "Cần Thơ", "chi", "285 triệu đồng", "cho", "Nghị", "quyết", "19-NQ/TW mới"]
        );
        assert_eq!(headline("TĂNG CƯỜNG KỶ LUẬT HÀNH CHÍNH Ở XÃ").last().map(String::as_str), Some("Ở XÃ"));
        assert_eq!(headline("Hỏi đáp"), ["Hỏi", "đáp"]);
        assert_eq!(headline("Hơn 17\u{a0}ha đất công bỏ trống"), ["Hơn", "17\u{a0}ha", "đất", "công", "bỏ trống"]);
        assert_eq!(headline(""), [] as [&str; 0]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(text in "[ a-zA-ZĐđÂâ0-9/.,%-]{0,80}") {
            let single: Vec<_> = text.split_whitespace().collect();
            proptest::prop_assert_eq!(headline(&text).join(" "), single.join(" "));
            let mut end = 0;
            for range in nonbreaking_spans(&text) {
                proptest::prop_assert!(range.start >= end && range.end <= text.len());
                end = range.end;
            }
        }
    }
}
