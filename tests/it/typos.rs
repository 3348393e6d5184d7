//! Everyday typos in manifest and front matter: each is told of at the line that must be corrected, with its own cure, in
//! both languages; and none of them, wherever it stands, ends the command with a panic.

use bantin::messages::Lang;
use bantin::terminal::{Color, Format, Terminal};
use proptest::prelude::*;

use crate::support::{ARTICLE, MANIFEST, TempIssue, run};

/// A typo in the manifest: what is typed in place of what, where it is told of (line, column), and what the cures say.
struct Typo {
    from: &'static str,
    to: &'static str,
    code: &'static str,
    at: (u64, u64),
    vi: &'static str,
    en: &'static str,
}

const fn typo(from: &'static str, to: &'static str, at: (u64, u64), vi: &'static str, en: &'static str) -> Typo {
    Typo { from, to, code: "manifest-syntax", at, vi, en }
}

/// In [`MANIFEST`], whose title stands on line 6.
const TITLE: &str = "\"Bản tin thử\"";

const TYPOS: &[Typo] = &[
    // Quotes
    typo(TITLE, "“Bản tin thử”", (6, 9), "nháy thẳng: title = \"Bản tin thử\"", "straight quotes: title = \"Bản tin"),
    typo(TITLE, "«Bản tin thử»", (6, 9), "nháy thẳng: title = \"Bản tin thử\"", "straight quotes: title = \"Bản tin"),
    typo(TITLE, "\"Bản tin thử”", (6, 21), "nháy thẳng: title = \"Bản tin thử\"", "straight quotes: title ="),
    typo(TITLE, "\"Bản tin xã", (6, 20), "thiếu dấu nháy \" đóng", "closing quote \" is missing"),
    typo(TITLE, "'Bản tin xã", (6, 20), "thiếu dấu nháy ' đóng", "closing quote ' is missing"),
    typo(TITLE, "\"\"\"Bản tin xã", (6, 9), "thêm \"\"\" ngay sau chữ cuối", "put \"\"\" right behind the last word"),
    typo(TITLE, "'''Bản tin xã", (6, 9), "thêm ''' ngay sau chữ cuối", "put ''' right behind the last word"),
    typo(
        "date =",
        "title = \"\"\"Số đặc biệt\nlanguage = \"\"\"vi\"\"\"\ndate =",
        (1, 9),
        "thêm \"\"\" ngay sau chữ cuối",
        "put \"\"\" right behind",
    ),
    typo(TITLE, "Bản tin thử", (6, 9), "viết: title = \"Bản tin thử\"", "write: title = \"Bản tin thử\""),
    typo(TITLE, "Bản tin thử\"", (6, 9), "viết: title = \"Bản tin thử\"", "write: title = \"Bản tin thử\""),
    typo(TITLE, "\"Báo \"Tân Hải\" của xã\"", (6, 9), "title = 'Báo \"Tân Hải\" của xã'", "title = 'Báo \"Tân"),
    typo(TITLE, "''Bản tin''", (6, 9), "title = \"Bản tin\"", "title = \"Bản tin\""),
    typo("number = 11", "number = 11/2026", (2, 10), "number = \"11/2026\"", "number = \"11/2026\""),
    typo("number = 11", "number = 09", (2, 10), "number = \"09\"", "number = \"09\""),
    typo("[\"01.md\"]", "[01.md]", (3, 13), "viết: \"01.md\"", "write: \"01.md\""),
    typo("[\"01.md\"]", "[“01.md”]", (3, 13), "nháy thẳng: \"01.md\"", "straight quotes: \"01.md\""),
    typo("[\"01.md\"]", "[\"01.md, \"02.md\"]", (3, 19), "thiếu dấu nháy \" đóng", "closing quote \" is missing"),
    // Backslashes
    typo(TITLE, "\"C:\\ảnh\\a.jpg\"", (6, 12), "\"C:/ảnh/a.jpg\"; nếu", "'C:\\ảnh\\a.jpg'"),
    typo(TITLE, "\"photos\\anh.jpg\"", (6, 16), "\"photos/anh.jpg\"", "write / for \\: \"photos/anh.jpg\""),
    typo(TITLE, "\"C:\\\"", (6, 12), "thay \\ bằng /", "write / for \\"),
    // Keys
    typo("number = 11", "number: 11", (2, 1), "viết: number = 11", "write: number = 11"),
    typo("title = ", "title : ", (6, 1), "viết: title = \"Bản tin thử\"", "write: title = \"Bản tin thử\""),
    typo("date = 2026-11-28", "date: 28/11/2026", (1, 1), "viết: date = 2026-11-28", "write: date = 2026-11-28"),
    typo("title = ", "title ", (6, 6), "viết: title = \"…\"", "write: title = \"…\""),
    typo("title = ", "title == ", (6, 8), "một dấu =", "one = is enough"),
    typo(TITLE, "", (6, 8), "viết: title = \"…\"", "write: title = \"…\""),
    typo("number = 11", "số = 11", (2, 1), "chữ cái không dấu", "plain letters"),
    typo("number = 11", "so bao = 11", (2, 1), "không có dấu cách", "no spaces"),
    typo("number = 11", "number = 11\nnumber = 12", (3, 1), "đã có ở dòng 2", "on line 2 already"),
    typo(TITLE, "\"a\"\n\n[masthead]\ntitle = \"b\"", (8, 1), "đã có ở dòng 5", "starts on line 5"),
    typo("number = 11", "Bản tin tháng mười một", (2, 1), "title = \"…\"", "title = \"…\""),
    typo("number = 11", "// số báo", (2, 1), "viết: # số báo", "write: # số báo"),
    typo("number =", "number\u{a0}=", (2, 7), "gõ lại bằng bàn phím", "type it anew"),
    typo("number = ", "number =\u{a0}", (2, 9), "gõ lại bằng bàn phím", "type it anew"),
    typo("number =", "number ＝", (2, 8), "gõ lại bằng bàn phím", "type it anew"),
    // Brackets and commas
    typo("[\"01.md\"]", "[\"01.md\"", (3, 12), "thêm ] vào cuối", "put ] at its end"),
    typo("[\"01.md\"]", "[\n  \"01.md\",\n", (3, 12), "thêm ] vào cuối", "put ] at its end"),
    typo("[\"01.md\"]", "[\"01.md\" \"02.md\"]", (3, 20), "[\"01.md\", \"02.md\"]", "a comma stands between"),
    typo("[\"01.md\"]", "[\n  \"01.md\" # một\n  \"02.md\"\n]", (4, 10), "[\"01.md\", \"02.md\"]", "a comma stands"),
    typo("[\"01.md\"]", "[\"01.md\",, \"02.md\"]", (3, 21), "xóa dấu phẩy", "remove the comma"),
    typo("[\"01.md\"]", "[\r\n  \"01.md\"\r\n  \"02.md\"\r\n]", (4, 10), "[\"01.md\", \"02.md\"]", "a comma stands"),
    typo(
        "articles = [\"01.md\"]",
        "section = [{ title: \"a\", articles = [\"01.md\"] }]",
        (3, 14),
        "viết: title = \"a\"",
        "write: title = \"a\"",
    ),
    typo(
        "articles = [\"01.md\"]",
        "section = [{ title = Tin, articles = [\"01.md\"] }]",
        (3, 22),
        "viết: title = \"Tin\"",
        "write: title = \"Tin\"",
    ),
    typo(
        "articles = [\"01.md\"]",
        "section = [\n  { title = \"a\"\n    articles = [\"01.md\"] },\n]",
        (4, 16),
        "có dấu phẩy",
        "a comma stands",
    ),
    typo("[masthead]", "[masthead", (5, 1), "viết: [masthead]", "write: [masthead]"),
    typo("[masthead]", "[[section]\ntitle = \"a\"\n[masthead]", (5, 1), "viết: [[section]]", "write: [[section]]"),
    // Behind values
    typo(TITLE, "\"Bản tin\" xã", (6, 19), "thêm # phía trước", "put # before it"),
    typo(TITLE, "\"Bản tin\";", (6, 18), "xóa phần thừa", "remove this"),
    typo(TITLE, "\"a\" subtitle = \"b\"", (6, 13), "mỗi mục một dòng riêng", "a line of its own"),
    typo("date =", "+++\ndate =", (1, 1), "xóa dòng này", "remove this one"),
    typo(TITLE, "\"a\u{1}b\"", (6, 11), "xóa ký tự này", "delete it"),
    // Dates
    Typo { code: "bad-value", ..typo("2026-11-28", "28/11/2026", (1, 8), "date = 2026-11-28", "date = 2026-11-28") },
    Typo { code: "bad-value", ..typo("2026-11-28", "28-11-2026", (1, 8), "date = 2026-11-28", "date = 2026-11-28") },
    Typo { code: "bad-value", ..typo("2026-11-28", "28.11.2026", (1, 8), "date = 2026-11-28", "date = 2026-11-28") },
    Typo { code: "bad-value", ..typo("2026-11-28", "2026-1-8", (1, 8), "date = 2026-01-08", "date = 2026-01-08") },
    Typo {
        code: "bad-value",
        ..typo(
            "2026-11-28",
            "\"2026-11-28\"",
            (1, 8),
            "bỏ dấu nháy đi: date = 2026-11-28",
            "take the quotes off: date =",
        )
    },
    Typo {
        code: "bad-value",
        ..typo("2026-11-28", "ngày 28 tháng 11 năm 2026", (1, 8), "date = 2026-11-28", "date = 2026-11-28")
    },
    // Keys that stand too low
    Typo {
        code: "unknown-key",
        ..typo(
            TITLE,
            "\"a\"\nlayout = \"classic\"",
            (7, 1),
            "trước dòng đầu tiên có ngoặc vuông [ ]",
            "above the first line with [ ]",
        )
    },
    Typo {
        code: "unknown-key",
        ..typo(
            "articles = [\"01.md\"]\n\n[masthead]",
            "[masthead]\narticles = [\"01.md\"]",
            (4, 1),
            "đưa “articles” lên trên",
            "move “articles” up",
        )
    },
];

/// What is told of an issue, as objects.
fn told(issue: &TempIssue, lang: &str) -> Vec<serde_json::Value> {
    let answer = run(issue.path(), &["check", ".", "--format", "json", "--lang", lang]);
    assert_eq!((answer.status, answer.stderr.as_str()), (1, ""), "{}", answer.stdout);
    answer.json()
}

fn words(finding: &serde_json::Value) -> String {
    let hints = finding["hints"].as_array().expect("hints").iter().filter_map(|hint| hint.as_str());
    finding["message"].as_str().into_iter().chain(hints).collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_typo_has_its_cure_at_its_line() {
    let mut wrong = Vec::new();
    for Typo { from, to, code, at, vi, en } in TYPOS {
        let issue = TempIssue::usual().with("issue.toml", MANIFEST.replace(from, to)).with("02.md", ARTICLE);
        for (lang, cure) in [("vi", vi), ("en", en)] {
            let found = told(&issue, lang);
            let is_as_expected = found.len() == 1
                && found[0]["code"] == *code
                && (found[0]["line"].as_u64(), found[0]["column"].as_u64()) == (Some(at.0), Some(at.1))
                && words(&found[0]).contains(cure);
            if !is_as_expected {
                let found: Vec<_> = found
                    .iter()
                    .map(|f| format!("  {} {}:{} {}", f["code"], f["line"], f["column"], words(f)))
                    .collect();
                wrong.push(format!("{to:?} ({lang}, {at:?}, {cure:?}):\n{}", found.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same in front matter, which has lines of its own besides.
#[test]
fn front_matter_has_the_same_cures() {
    let cases: &[(&str, u64, &str, &str)] = &[
        ("+++\ntitle = \"Hội nghị xã\n+++\n", 2, "thiếu dấu nháy \" đóng", "closing quote"),
        ("+++\ntitle = \"a\"\nlead = \"\"\"Hội nghị xã\n+++\n", 3, "thêm \"\"\" ngay sau", "put \"\"\" right"),
        ("+++\ntitle = “Hội nghị”\n+++\n", 2, "title = \"Hội nghị\"", "title = \"Hội nghị\""),
        ("+++\ntitle: Hội nghị\n+++\n", 2, "title = \"Hội nghị\"", "title = \"Hội nghị\""),
        ("+++\ntitle = \"a\"\nlead = \"Dòng một\ndòng hai\"\n+++\n", 3, "lead = \"\"\"…\"\"\"", "lead = \"\"\"…\"\"\""),
        ("\n\n+++\ntitle = \"a\"\n+++\n", 1, "xóa các dòng trống", "delete the blank lines"),
        ("++++\ntitle = \"a\"\n+++\n", 1, "đúng ba dấu cộng", "three plus signs"),
        (" +++\ntitle = \"a\"\n+++\n", 1, "sát lề trái", "at the left margin"),
        ("+++\ntitle = \"a\"\n++\nChữ.\n", 3, "đúng ba dấu cộng", "three plus signs"),
        ("+++\ntitle = \"a\"\n---\nChữ.\n", 3, "đúng ba dấu cộng", "three plus signs"),
        ("---\ntitle: a\n---\n", 1, "bằng +++", "write +++"),
    ];
    for (text, line, vi, en) in cases {
        let issue = TempIssue::usual().with("01.md", text);
        for (lang, cure) in [("vi", vi), ("en", en)] {
            let found: Vec<_> = told(&issue, lang).into_iter().filter(|f| f["severity"] == "error").collect();
            assert_eq!(found.len(), 1, "{text:?}: {found:#?}");
            assert_eq!(
                (&found[0]["code"], found[0]["line"].as_u64()),
                (&"front-matter".into(), Some(*line)),
                "{text:?}"
            );
            assert!(words(&found[0]).contains(cure), "{text:?}: {}", words(&found[0]));
        }
    }
    let low = "+++\ntitle = \"a\"\n[photos.\"a.jpg\"]\nauthor = \"Tổ biên tập\"\n+++\n\n![Ảnh](a.jpg \"VL\")\n";
    let issue = TempIssue::usual().with("01.md", low).with("a.jpg", crate::support::jpeg(900, 600));
    let found = told(&issue, "vi");
    assert!(
        found.iter().any(|f| f["code"] == "unknown-key" && words(f).contains("đưa “author” lên trên")),
        "{found:#?}"
    );
}

#[test]
fn slips_in_the_text_have_their_cures() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("![Ảnh](a.jpg “VL”)", "unsupported-markdown", "![Ảnh](a.jpg \"VL\")", "![Ảnh](a.jpg \"VL\")"),
        ("![Ảnh](C:\\anh\\a.jpg \"VL\")", "outside-issue", "photos/a.jpg", "photos/a.jpg"),
        ("![Ảnh](C:\\ảnh đẹp\\a.jpg)", "outside-issue", "photos/a.jpg", "photos/a.jpg"),
        ("![Ảnh](file:///C:/anh/a.jpg)", "outside-issue", "photos/a.jpg", "photos/a.jpg"),
        ("![Ảnh](\\\\\\\\may-chu\\anh\\a.jpg)", "outside-issue", "photos/a.jpg", "photos/a.jpg"),
        ("[a](https://tanhai.example/tai lieu.pdf)", "unsupported-markdown", "tai%20lieu.pdf", "tai%20lieu.pdf"),
        ("Một<br>hai", "unsupported-markdown", "hai dấu cách hoặc một dấu \\ ở cuối dòng", "two spaces or a backslash"),
        ("<br/>\n", "unsupported-markdown", "hai dấu cách", "two spaces"),
        ("Một <b>hai</b>", "unsupported-markdown", "viết lại bằng Markdown", "write it in Markdown"),
    ];
    for (body, code, vi, en) in cases {
        let issue = TempIssue::usual().with_body(body);
        for (lang, cure) in [("vi", vi), ("en", en)] {
            let found: Vec<_> = told(&issue, lang).into_iter().filter(|f| f["severity"] == "error").collect();
            assert!(
                !found.is_empty() && found.iter().all(|f| f["code"] == *code && f["line"] == 5),
                "{body}: {found:#?}"
            );
            assert!(words(&found[0]).contains(cure), "{body}: {}", words(&found[0]));
        }
    }
    let manifest = MANIFEST.replace("01.md", "C:/bao/01.md") + "logo = 'D:\\anh\\logo.png'\n";
    let found = told(&TempIssue::usual().with("issue.toml", manifest), "vi");
    let errors: Vec<_> = found.iter().filter(|f| f["severity"] == "error").map(|f| (&f["code"], words(f))).collect();
    assert!(errors.iter().all(|(code, _)| **code == "outside-issue") && errors.len() == 2, "{errors:#?}");
    assert!(errors.iter().any(|(_, words)| words.ends_with(": 01.md")), "{errors:#?}");
    assert!(errors.iter().any(|(_, words)| words.ends_with(": photos/logo.png")), "{errors:#?}");
}

/// Credits with quotes of their own are sound, and their mistakes are found at their place.
#[test]
fn a_credit_may_have_quotes() {
    for (body, column) in [
        ("![Ảnh.](a.jpg '\"Báo\" của xã')", None),
        ("![Ảnh.](a.jpg '\"Báo\"')", None),
        ("![Ảnh.](a.jpg \"'Báo' của xã\")", None),
        ("![Ảnh.](a.jpg \"\\\"Báo\\\" của xã\")", None),
        ("![Ảnh.](a.jpg '\"Báo\"  của xã')", Some(21)),
    ] {
        let issue = TempIssue::usual().with_body(body).with("a.jpg", crate::support::jpeg(900, 600));
        let answer = run(issue.path(), &["check", ".", "--format", "json"]);
        assert_eq!(answer.status, 0, "{body}: {}{}", answer.stdout, answer.stderr);
        let found = answer.json().into_iter().find(|f| f["code"] == "double-space");
        assert_eq!(found.and_then(|f| f["column"].as_u64()), column, "{body}");
    }
}

/// Nothing that is told to a reader of Vietnamese is in the words of a parser.
#[test]
fn no_word_of_the_parser_is_told() {
    for Typo { from, to, .. } in TYPOS {
        let issue = TempIssue::usual().with("issue.toml", MANIFEST.replace(from, to));
        for finding in told(&issue, "vi") {
            for english in ["expected", "invalid", "missing", "unclosed", "duplicate", "unexpected", "TOML:"] {
                assert!(!words(&finding).contains(english), "{to}: {}", words(&finding));
            }
        }
    }
}

/// Everything that is told of an issue, as it is shown, in both languages and both forms.
fn shown(issue: &TempIssue) -> String {
    let found = crate::support::check(issue.path());
    let mut shown = String::new();
    for lang in [Lang::Vi, Lang::En] {
        for format in [Format::Human, Format::Json] {
            let terminal = Terminal::new(format, lang, Color::Never, false, true);
            for finding in &found {
                shown.push_str(&terminal.rendered(issue.path(), finding));
                shown.push('\n');
            }
        }
    }
    shown
}

/// A manifest and an article with every kind of value.
const FULL_MANIFEST: &str = "# Bản khai báo\ndate = 2026-11-28\nnumber = \"11/2026\"\ntitle = 'Số \"đặc biệt\"'\n\
    layout = \"two-column\"\narticles = [\n  \"01.md\", # bài đầu\n]\n\n[[section]]\ntitle = \"Tin tức\"\n\
    articles = ['02.md']\n\n[masthead]\ntitle = \"Bản tin xã\"\nabout = \"\"\"\nĐoạn giới thiệu\ncủa xã\"\"\"\n\
    publisher = '''Ủy ban xã'''\n\n[[masthead.imprint]]\nlabel = \"Thư góp ý\"\nemail = \"bbt@tanhai.example\"\n\n\
    [pdf]\nkeywords = [\"xã\", \"họp\"]\n[style]\naccent = \"#14375e\"\n";
const FULL_ARTICLE: &str = "+++\ntitle = \"Hội nghị của xã\"\nlead = \"\"\"Đoạn đầu\nđậm\"\"\"\nkicker = 'Tin \"nóng\"'\n\
    author = \"Bài, ảnh: Tổ biên tập\"\nsource = \"C:\\\\xã\"\n[photos.\"a.jpg\"]\nalt = \"Ảnh hội nghị\"\n+++\n\n\
    Đoạn *đầu* của xã[^a].\n\n![Quang cảnh](a.jpg '\"Báo\" của xã')\n\n- ý một\n- ý hai\n\n| Cột | Ô |\n|---|---|\n\
    | ở | đó |\n\n> Lời “nói” xã\n\n[^a]: Chú thích xã. [liên kết](https://tanhai.example)\n";

/// What goes wrong when one types: a place in the text (as a fraction), how much of it goes, and what comes instead.
fn edits() -> impl Strategy<Value = Vec<(f64, usize, &'static str)>> {
    let typed = prop::sample::select(vec![
        "", "", "ã", "ử", "Đ", "”", "“", "\"", "\"", "'", "\\", "\"\"\"", "'''", "\n", "\r", "\u{300}", "=", "[", "]",
        "{", "}", "#", "+++", "\u{1b}", "\u{9b}", "\u{202e}", ",", ":", "(", ")", "![", "\\u00", "\\x4", "  ",
    ]);
    prop::collection::vec((0.0..1.0, 0_usize..4, typed), 1..4)
}

fn edited(text: &str, edits: &[(f64, usize, &str)], cut: Option<f64>) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, gone, typed) in edits {
        let at = (at * letters.len() as f64) as usize;
        letters.splice(at..(at + gone).min(letters.len()), typed.chars());
    }
    let kept = cut.map_or(letters.len(), |cut| (cut * letters.len() as f64) as usize);
    letters.into_iter().take(kept).collect()
}

fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    /// Whatever is typed wrong, and wherever a file is cut off: reading, checking and telling of it come to an end, and
    /// nothing that is told moves the cursor.
    #[test]
    fn no_typo_ends_in_a_panic(
        manifest in edits(), article in edits(),
        cuts in (prop::option::weighted(0.4, 0.0..1.0), prop::option::weighted(0.4, 0.0..1.0)),
        which in 0..3,
    ) {
        let (in_manifest, in_article) = (which != 1, which != 0);
        let manifest = if in_manifest { edited(FULL_MANIFEST, &manifest, cuts.0) } else { FULL_MANIFEST.to_owned() };
        let article = if in_article { edited(FULL_ARTICLE, &article, cuts.1) } else { FULL_ARTICLE.to_owned() };
        let issue = TempIssue::usual().with("issue.toml", manifest).with("01.md", &article).with("02.md", &article);
        let shown = shown(&issue);
        prop_assert!(!shown.contains(is_obeyed), "{:?}", shown);
    }
}

/// Cut off behind every letter: the commonest way in which a file is not whole.
#[test]
fn files_cut_off_anywhere_are_told_of() {
    let lines = [
        "title = \"Hội nghị xã",
        "title = 'Hội nghị xã",
        "lead = \"\"\"Hội nghị xã",
        "lead = '''Hội nghị xã",
        "title = \"Hội nghị”",
        "[photos.\"ảnh",
        "title = \"xã\\",
        "title = \"\\u1ea",
        "số = [\"xã",
    ];
    for line in lines {
        for (manifest, article) in [
            (format!("{line}\n{MANIFEST}"), ARTICLE.to_owned()),
            (format!("{MANIFEST}{line}"), ARTICLE.to_owned()),
            (MANIFEST.to_owned(), format!("+++\n{line}\n+++\nChữ.\n")),
            (MANIFEST.to_owned(), format!("+++\ntitle = \"a\"\n{line}")),
        ] {
            let shown = shown(&TempIssue::usual().with("issue.toml", manifest).with("01.md", article));
            assert!(shown.contains("lỗi["), "{line}: {shown}");
        }
    }
}
