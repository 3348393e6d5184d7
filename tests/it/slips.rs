//! Slips that are typed into clean text, and what `--fix` makes of them: the clean text, to the byte. Findings of one kind
//! shown together; words that are an office's own.

use std::collections::BTreeMap;
use std::path::Path;

use bantin::check::{ROUNDS, apply_fixes};
use bantin::fs::IssueFolder;
use bantin::session::{BuildContext, Options, Session};
use bantin::vietnamese::{Placement, Syllable};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::support::{MANIFEST, TempIssue, repository, run};

const HEAD: &str = "+++\ntitle = \"Bài thử\"\nauthor = \"Tổ biên tập\"\n+++\n\n";

/// Paragraphs of the samples that are prose alone, and some with what few of them have.
fn clean() -> Vec<String> {
    let mut found = vec![
        "Giai đoạn 2021-2025, thành phố (nay là đô thị loại một) đã hoàn thành “Đề án nước sạch”.".to_owned(),
        "Từ ngày 8-10/12, Đoàn đại biểu HĐND khảo sát 1.200-1.500 hộ dân ở các xã ven sông Hậu.".to_owned(),
    ];
    for sample in ["issues/2026-09", "issues/2026-10"] {
        let folder = repository().join(sample);
        for file in bantin::fs::files_below(&folder).into_iter().filter(|file| file.ends_with(".md")) {
            let text = std::fs::read_to_string(folder.join(file)).expect("an article");
            let body = text.rsplit_once("+++\n").map_or("", |(_, body)| body);
            let prose = body.split("\n\n").map(str::trim).filter(|part| part.split_whitespace().count() >= 20);
            found.extend(prose.filter(|part| !part.contains(['[', '|', '#', '>', '*', '\\', '`'])).map(str::to_owned));
        }
    }
    found.retain(|part| !part.starts_with(['-', '+']) && !part.starts_with(|c: char| c.is_ascii_digit()));
    found
}

/// What comes of an article when all is fixed that can be.
fn fixed(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let files = [("issue.toml", MANIFEST), ("01.md", &text)];
        let files: BTreeMap<_, _> =
            files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
        let folder = IssueFolder::in_memory(Path::new("issue"), files);
        let found = Session::open(folder, Options::default(), BuildContext::default()).check();
        match apply_fixes(&found).into_iter().find(|file| file.source.name() == "01.md") {
            Some(file) => text = file.text,
            None => break,
        }
    }
    text
}

/// The word at or behind a place, and what a slip makes of it; `None` where it cannot be made there.
fn slip(kind: usize, word: &str) -> Option<String> {
    let inner = word.char_indices().nth(1)?.0;
    let letters = word.chars().all(char::is_alphabetic);
    match kind {
        0 => word.contains(['Đ', 'đ']).then(|| word.replace('Đ', "Ð").replace('đ', "ð")),
        1 => letters.then(|| word.nfd().collect()).filter(|typed: &String| typed != word),
        2 => {
            // The tone before the circumflex.
            let (at, letter) = word.char_indices().find(|(_, c)| "ấầẩẫếềểễốồổỗ".contains(*c))?;
            let parts: Vec<char> = letter.nfd().collect();
            let typed: String = [parts[0], parts[2]].into_iter().nfc().chain([parts[1]]).collect();
            Some(format!("{}{typed}{}", &word[..at], &word[at + letter.len_utf8()..]))
        }
        3 => letters.then(|| format!("{}\u{200b}{}", &word[..inner], &word[inner..])),
        4 => letters.then(|| format!("{}\u{ad}{}", &word[..inner], &word[inner..])),
        5 => letters.then(|| misplaced(word)).flatten(),
        6 => word.ends_with([',', '.', ';', ':']).then(|| {
            let (rest, mark) = word.split_at(word.len() - 1);
            format!("{rest} {mark}")
        }),
        7 => ["(", "“"].iter().find_map(|mark| Some(format!("{mark} {}", word.strip_prefix(*mark)?))),
        8 => {
            let (from, to) = word.trim_end_matches([',', '.', ';']).split_once('-')?;
            let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
            (is_number(from) && is_number(to)).then(|| word.replacen('-', "- ", 1))
        }
        9 => Some(format!("{word} ")),
        _ => Some(format!("{word}\u{a0}")),
    }
}

/// A word with its tone on a letter that never bears it.
fn misplaced(word: &str) -> Option<String> {
    let syllable = Syllable::of(word)?;
    if syllable.placement()? != Placement::Only {
        return None;
    }
    let marked = syllable.marked?;
    let (at, letter) = word.char_indices().nth(marked)?;
    let tone = letter.nfd().find(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))?;
    let bare: String = letter.nfd().filter(|c| *c != tone).nfc().collect();
    let next = word[at + letter.len_utf8()..].chars().next().filter(|c| "aeiouyơ".contains(*c))?;
    let toned: String = [next, tone].into_iter().nfc().collect();
    let rest = &word[at + letter.len_utf8() + next.len_utf8()..];
    let typed = format!("{}{bare}{toned}{rest}", &word[..at]);
    let is_wrong = matches!(Syllable::of(&typed)?.placement()?, Placement::Wrong { .. });
    is_wrong.then_some(typed)
}

/// A text with slips in some of its words, none beside another.
fn with_slips(text: &str, slips: &[(usize, f64)]) -> (String, usize) {
    let words: Vec<&str> = text.split(' ').collect();
    let mut typed: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let mut last = vec![false; words.len()];
    let mut count = 0;
    for (kind, place) in slips {
        let start = (place * words.len() as f64) as usize;
        let found = (start..words.len().saturating_sub(1)).find_map(|index| {
            let is_free = !last[index.saturating_sub(1)..(index + 2).min(words.len())].contains(&true);
            let is_plain = !words[index].contains('\n') && !words[index].is_empty();
            Some((index, slip(*kind, words[index]).filter(|_| is_free && is_plain)?))
        });
        if let Some((index, word)) = found {
            typed[index] = word;
            last[index] = true;
            count += 1;
        }
    }
    (typed.join(" "), count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// Every slip goes, and not a byte of anything else.
    #[test]
    fn fixing_gives_the_clean_text_back(
        first in 0.0..1.0, slips in prop::collection::vec((0_usize..11, 0.0..0.95), 1..12)
    ) {
        let paragraphs = clean();
        let start = (first * paragraphs.len() as f64) as usize;
        let clean: Vec<_> = paragraphs.iter().cycle().skip(start).take(6).cloned().collect();
        let each = slips.len().div_ceil(clean.len());
        let mut parts = slips.chunks(each.max(1));
        let typed: Vec<_> =
            clean.iter().map(|text| with_slips(text, parts.next().unwrap_or_default()).0).collect();
        let article = |parts: &[String]| format!("{HEAD}{}\n", parts.join("\n\n"));
        prop_assert_eq!(fixed(&article(&typed)), article(&clean));
    }
}

#[test]
fn every_kind_of_slip_is_typed_and_mended() {
    let text = clean().join("\n\n");
    let clean = format!("{HEAD}{text}\n");
    assert_eq!(fixed(&clean), clean, "clean text stays");
    for kind in 0..11 {
        let places: Vec<_> = (0..8).map(|place| (kind, f64::from(place) / 9.0)).collect();
        let (typed, count) = with_slips(&text, &places);
        assert!(count > 0, "{kind}");
        assert_eq!(fixed(&format!("{HEAD}{typed}\n")), clean, "{kind}: {count} slips");
    }
}

#[test]
fn findings_of_one_kind_are_shown_together() {
    let body = "Ðồng bằng.\n\n".repeat(55);
    let issue = TempIssue::usual().with("01.md", format!("{HEAD}{body}Một  hai.\n"));
    let shown = run(issue.path(), &["check", "."]).stderr;
    assert_eq!(shown.matches("[eth-for-d]").count(), 1, "{shown}");
    assert!(shown.contains("54 times more in this file, on lines 8, 10, 12, 14, 16, 18, 20, 22, … (-v"), "{shown}");
    assert_eq!(shown.matches("[double-space]").count(), 1, "{shown}");
    assert!(shown.contains("56 warnings"), "{shown}");
    let all = run(issue.path(), &["check", ".", "-v"]).stderr;
    assert_eq!(all.matches("[eth-for-d]").count(), 55, "all under -v");
    assert!(!all.contains("times more"), "{all}");
    let objects = run(issue.path(), &["check", ".", "--format", "json"]).json();
    assert_eq!(objects.iter().filter(|object| object["code"] == "eth-for-d").count(), 55);
    let vietnamese = run(issue.path(), &["check", ".", "--lang", "vi"]).stderr;
    assert!(vietnamese.contains("còn 54 chỗ như vậy trong tệp này"), "{vietnamese}");
    let other = TempIssue::usual().with("01.md", format!("{HEAD}Các nghành, đuợc.\n\nCác nghành.\n"));
    let shown = run(other.path(), &["check", "."]).stderr;
    assert_eq!(shown.matches("[invalid-syllable]").count(), 2, "each word by itself: {shown}");
    assert!(shown.contains("once more in this file, on line 8"), "{shown}");
}

#[test]
fn an_office_has_its_own_words_and_hears_what_it_wants() {
    let codes = |issue: &TempIssue, folder: &str| {
        let objects = run(issue.path(), &["check", folder, "--format", "json"]).json();
        objects.iter().map(|object| object["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let text = format!("{HEAD}Xã Đắkk và nghành  này, của của bà con.\n");
    let plain = TempIssue::usual().with("01.md", &text);
    assert_eq!(codes(&plain, "."), ["invalid-syllable", "double-space", "repeated-word"]);
    let check = |lines: &str| {
        TempIssue::usual().with("01.md", &text).with("issue.toml", format!("{MANIFEST}\n[check]\n{lines}\n"))
    };
    assert_eq!(codes(&check("words = [\"nghành\"]"), "."), ["double-space", "repeated-word"]);
    assert_eq!(codes(&check("words = [\"của của bà con\"]"), "."), ["invalid-syllable", "double-space"]);
    assert_eq!(codes(&check("ignore = [\"double-space\", \"repeated-word\"]"), "."), ["invalid-syllable"]);
    // What is right in every issue stands beside issues/.
    let office = TempIssue::empty()
        .with("issues/a/issue.toml", MANIFEST)
        .with("issues/a/01.md", &text)
        .with("words.txt", "# chữ của cơ quan\n\nnghành\r\n  của của  \n");
    assert_eq!(codes(&office, "issues/a"), ["double-space"]);
    let wrong = run(check("ignore = [\"dubble-space\"]").path(), &["check", ".", "--format", "json"]);
    let wrong: Vec<_> = wrong.json().into_iter().filter(|object| object["code"] == "bad-value").collect();
    assert_eq!(wrong.len(), 1);
    assert!(wrong[0]["hints"].to_string().contains("double-space"), "{wrong:?}");
    let error = run(check("ignore = [\"missing-key\"]").path(), &["check", "."]);
    assert_eq!(error.status, 1, "errors cannot be ignored");
}
