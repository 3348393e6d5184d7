//! What is warned of, and what is not.
//!
//! The table in `warnings_cases` has, for each code about a text, mistakes with their span and what `--fix` makes of them,
//! and look-alikes of which nothing may be said. The samples, some 7,000 words of clean prose, are the largest of these.

use std::fmt::Write as _;

use bantin::diagnostic::{Diagnostic, Location, Severity};
use proptest::prelude::*;

use crate::support::{Answer, MANIFEST, TempIssue, check, jpeg, repository, run};
use crate::warnings_cases::{Case, cases};

const HEAD: &str = "+++\ntitle = \"Bài thử\"\nauthor = \"Tổ biên tập\"\n+++\n\n";

pub(crate) fn article(body: &str) -> TempIssue {
    TempIssue::usual().with("01.md", format!("{HEAD}{body}\n"))
}

fn checked(issue: &TempIssue) -> Vec<Diagnostic> {
    check(issue.path())
}

/// Code and bytes of every finding that is none about the font.
fn found(issue: &TempIssue) -> Vec<(&'static str, std::ops::Range<usize>)> {
    let findings = checked(issue).into_iter().filter(|found| found.severity == Severity::Warning);
    findings
        .map(|found| match &found.location {
            Location::Place(place) => (found.code(), place.range.clone()),
            _ => (found.code(), 0..0),
        })
        .collect()
}

/// A text without its marks, and the bytes that were marked.
pub(crate) fn marked(text: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let mut plain = String::new();
    let mut spans = Vec::new();
    let mut start = 0;
    for character in text.chars() {
        match character {
            '⟦' => start = plain.len(),
            '⟧' => spans.push(start..plain.len()),
            other => plain.push(other),
        }
    }
    (plain, spans)
}

#[test]
fn slips_are_found_where_they_are_and_nothing_else() {
    let mut wrong = String::new();
    for Case { code, mistakes, .. } in cases() {
        assert!(mistakes.len() >= 10, "{code}: {}", mistakes.len());
        for (text, _) in *mistakes {
            let (plain, spans) = marked(text);
            let expected: Vec<_> =
                spans.into_iter().map(|span| (*code, span.start + HEAD.len()..span.end + HEAD.len())).collect();
            let found = found(&article(&plain));
            if found != expected {
                let _ = writeln!(wrong, "{text}: {found:?}, not {expected:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn markers_of_boxes_are_no_text() {
    let texts = [
        "> [!box] Số liệu⟦  ⟧chính\n> Một hai⟦ ⟧, ba.",
        "> [!box]\n> Một hai⟦ ⟧, ba.",
        "> [!box] “Một hai⟦,,⟧”\n> ba bốn.",
        "> [!pull] Một⟦  ⟧hai\n> ba.",
        "[!chart bar] Một⟦  ⟧hai\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "\\[!box] Một⟦  ⟧hai",
    ];
    for text in texts {
        let (plain, spans) = marked(text);
        let spans: Vec<_> = spans.into_iter().map(|span| span.start + HEAD.len()..span.end + HEAD.len()).collect();
        let found: Vec<_> = found(&article(&plain)).into_iter().map(|(_, span)| span).collect();
        assert_eq!(found, spans, "{text}");
    }
}

#[test]
fn look_alikes_are_left_alone() {
    let mut wrong = String::new();
    for Case { code, sound, .. } in cases() {
        assert!(sound.len() >= 20, "{code}: {}", sound.len());
        for text in *sound {
            let found = found(&article(text));
            if !found.is_empty() {
                let _ = writeln!(wrong, "{code}: {text}: {found:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn fixes_mend_what_they_can_and_twice_changes_nothing_more() {
    for Case { mistakes, .. } in cases() {
        for (text, fixed) in *mistakes {
            let (plain, _) = marked(text);
            let issue = article(&plain);
            let read = || std::fs::read_to_string(issue.path().join("01.md")).expect("the article");
            let answer = run(issue.path(), &["check", ".", "--fix"]);
            // Some characters stay that no font has.
            assert!(answer.status == 0 || fixed.is_none(), "{text}: {}", answer.stderr);
            let wanted = fixed.unwrap_or(&plain);
            assert_eq!(read(), format!("{HEAD}{wanted}\n"), "{text}");
            assert_eq!(answer.stdout.is_empty(), fixed.is_none(), "{text}: it says what it changed");
            run(issue.path(), &["check", ".", "--fix"]);
            assert_eq!(read(), format!("{HEAD}{wanted}\n"), "{text}, once more");
        }
    }
}

#[test]
fn every_warning_has_its_words_in_both_languages() {
    use bantin::messages::{Lang, describe};
    for Case { mistakes, .. } in cases() {
        for (text, _) in *mistakes {
            for found in checked(&article(&marked(text).0)) {
                let [vietnamese, english] = [Lang::Vi, Lang::En].map(|lang| describe(&found.finding, lang));
                assert_ne!(vietnamese.text, english.text);
                for message in [vietnamese, english] {
                    let words = [vec![message.text], message.label.into_iter().collect(), message.hints].concat();
                    assert!(words.iter().all(|words| !words.is_empty() && !words.contains(['{', '}'])), "{words:?}");
                }
            }
        }
    }
}

#[test]
fn clean_prose_is_not_warned_of() {
    let mut words = 0;
    for sample in ["issues/2026-09", "issues/2026-10"] {
        let folder = repository().join(sample);
        let diagnostics = check(&folder);
        assert!(diagnostics.is_empty(), "{sample}: {diagnostics:#?}");
        for file in bantin::fs::files_below(&folder).into_iter().filter(|file| file.ends_with(".md")) {
            words += std::fs::read_to_string(folder.join(file)).expect("an article").split_whitespace().count();
        }
    }
    assert!(words > 3_000, "{words}");
}

#[test]
fn tone_marks_in_two_places_are_found_over_the_whole_issue() {
    let mixed = |first: &str, second: &str| {
        let manifest = MANIFEST.replace("\"01.md\"", "\"01.md\", \"02.md\"");
        let issue = TempIssue::usual()
            .with("issue.toml", manifest)
            .with("01.md", format!("{HEAD}{first}\n"))
            .with("02.md", format!("{HEAD}{second}\n"));
        let found = checked(&issue).into_iter().map(|found| match &found.location {
            Location::Place(place) => format!("{} {} {}", found.code(), place.source.name(), place.text()),
            _ => found.code().to_owned(),
        });
        found.collect::<Vec<_>>()
    };
    let code = "mixed-tone-placement";
    let mistakes = [
        ("Ủy ban, Ủy viên.", "Uỷ ban.", "02.md Uỷ"),
        ("Hòa bình.", "Hoà thuận, hoà giải.", "01.md Hòa"),
        ("Khỏe mạnh.", "Sức khoẻ.", "02.md khoẻ"),
        ("Thủy lợi, thủy sản.", "Phong thuỷ.", "02.md thuỷ"),
        ("Tòa án và toà soạn.", "Tòa nhà.", "01.md toà"),
        ("Xóa nhà tạm, xóa nợ.", "Xoá đói.", "02.md Xoá"),
    ];
    for (first, second, expected) in mistakes {
        assert_eq!(mixed(first, second), [format!("{code} {expected}")], "{first} {second}");
    }
    let sound = [
        ("Ủy ban, hòa bình.", "Thủy lợi, khỏe mạnh."),
        ("Uỷ ban, hoà bình.", "Thuỷ lợi, khoẻ mạnh."),
        ("Quý khách.", "Quỳ xuống, quỹ đất."),
        ("Hoàn thành.", "Hoán đổi, hoạn nạn."),
        ("Hòa và hóa.", "Hỏa hoạn, họa sĩ."),
        ("Mía, lúa, của.", "Mùa, cửa, giữa."),
        ("Tuần, tuấn, tuân.", "Tuyến, tuyển, tuyên."),
        ("Già làng, giá cả.", "Gì, gìn giữ."),
        ("Khuỷu tay.", "Khúc khuỷu."),
        ("Xòe và xoa.", "Loè và hoe."),
    ];
    for (first, second) in sound {
        assert_eq!(mixed(first, second), [""; 0], "{first} {second}");
    }
}

#[test]
fn articles_are_listed_signed_and_short_in_the_contents() {
    let titled = |title: &str, more: &str| {
        let head = format!("+++\ntitle = \"{title}\"\nauthor = \"Tổ biên tập\"\n{more}+++\n\nChữ.\n");
        found(&TempIssue::usual().with("01.md", head)).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let long = "Phát triển kinh tế hợp tác ".repeat(5);
    assert_eq!(titled("Ngắn", ""), [""; 0]);
    assert_eq!(titled(&long, ""), ["contents-title-long"]);
    assert_eq!(titled(&long, "contents_title = \"Ngắn\"\n"), [""; 0]);
    assert_eq!(titled("Ngắn", &format!("contents_title = \"{long}\"\n")), ["contents-title-long"]);

    let signed = |line: &str| {
        let issue = TempIssue::usual().with("01.md", format!("+++\ntitle = \"Bài\"\n{line}+++\n\nChữ.\n"));
        found(&issue).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(signed(""), ["article-without-source"]);
    for line in ["author = \"A\"\n", "source = \"B\"\n", "source_url = \"https://example.org\"\n"] {
        assert_eq!(signed(line), [""; 0], "{line}");
    }

    let issue = TempIssue::usual().with("cũ/02.md", "x").with("README.md", "x").with("layout/notes.md", "x");
    let codes: Vec<_> = checked(&issue).iter().map(Diagnostic::code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "article-unlisted").count(), 1, "{codes:?}");
}

#[test]
fn every_text_is_looked_at() {
    let manifest = "date = 2026-11-28\narticles = [\"01.md\"]\ntitle = \"Số  tết\"\n\n[masthead]\ntitle = \"Bản  tin\"\n\
                    about = \"\"\"\nLời  ngỏ,\ndòng hai .\"\"\"\n[[masthead.imprint]]\nlabel = \"Tòa  soạn\"\ntext = 'A  B'\n";
    let body = "+++\ntitle = \"Một  bài\"\nlead = \"Lời \\u0041  dẫn\"\nauthor = \"Tổ  biên tập\"\n+++\n\n\
                ## Đầu  đề\n\n- Mục  một\n\n> Lời  trích\n\n| Cột  một | Hai |\n|---|---|\n| Ô  một | Hai |\n\n\
                Chú thích.[^a]\n\n[^a]: Lời  chú.\n";
    let issue = TempIssue::usual().with("issue.toml", manifest).with("01.md", body);
    let codes: Vec<_> = found(&issue).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "double-space").count(), 15 - 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "space-before-punctuation").count(), 1, "{codes:?}");
}

#[test]
fn fixes_keep_marks_line_ends_and_permissions() {
    let typed = format!("\u{feff}{}Bà con  phấn khởi ,\r\ntin tưởng.\r\n", HEAD.replace('\n', "\r\n"));
    let issue = TempIssue::usual().with("01.md", &typed);
    let answer = run(issue.path(), &["check", ".", "--fix", "--format", "json"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let changes = answer.json();
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert_eq!((changes[0]["fixed"].as_str(), changes[0]["line"].as_u64()), (Some("double-space"), Some(6)));
    let fixed = std::fs::read_to_string(issue.path().join("01.md")).expect("the article");
    assert_eq!(fixed, typed.replace("con  phấn", "con phấn").replace("khởi ,", "khởi,"));
}

#[test]
fn warnings_can_be_denied() {
    let issue = article("Một  hai.");
    assert_eq!(run(issue.path(), &["check", "."]).status, 0);
    let denied = run(issue.path(), &["check", ".", "--deny", "warnings"]);
    assert_eq!(denied.status, 1);
    assert!(denied.stderr.contains(".: 1 warning; --fix corrects 1"), "{}", denied.stderr);
    assert_eq!(run(issue.path(), &["check", ".", "--deny", "warnings", "--fix"]).status, 0);
    let clean = run(issue.path(), &["check", ".", "--deny", "warnings"]);
    assert_eq!((clean.status, clean.stderr.as_str()), (0, ".: nothing was found\n"));
}

#[test]
fn json_has_the_fix_where_there_is_one() {
    let answer: Answer = run(article("Ðồng  bằng,, quê.").path(), &["check", ".", "--format", "json"]);
    let found: Vec<_> =
        answer.json().iter().map(|f| (f["code"].to_string(), f["fix"].as_str().map(str::to_owned))).collect();
    let expected = [("eth-for-d", Some("Đ")), ("double-space", Some(" ")), ("repeated-punctuation", None)];
    let expected: Vec<_> = expected.map(|(code, fix)| (format!("{code:?}"), fix.map(str::to_owned))).into();
    assert_eq!(found, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever is typed: no panic, and fixes change nothing but their spans.
    #[test]
    fn a_fix_changes_nothing_but_its_span(
        text in "([a-zđ]{1,4}|[ÐðƉĐ]|[  \t]{1,3}|[.,;:!?…“”\"()-]{1,2}|[0-9.]{1,7}|\u{200b}|\u{ad}|[àảãáạo\u{300}\u{323}]|\n|\\*|[<&\\[\\]`#|>]|®¹i|hoøa|\n(•|–|-|\u{f0b7}|a\\)|b\\)|1/|##)[ \t]?|<o:p>|\\*\\*){0,60}"
    ) {
        let issue = article(&text);
        let diagnostics = checked(&issue);
        for fixed in bantin::check::apply_fixes(&diagnostics) {
            let before = fixed.source.text();
            let mut expected = String::new();
            let mut at = 0;
            for change in &fixed.changes {
                expected.push_str(&before[at..change.place.range.start]);
                expected.push_str(&change.to);
                at = change.place.range.end;
            }
            expected.push_str(&before[at..]);
            prop_assert_eq!(&fixed.text, &expected);
        }
    }

    /// Fixing comes to an end, and then nothing is left to fix.
    #[test]
    fn nothing_is_left_to_fix(text in "([a-zđ]{1,4}|[ÐðƉ]|[ ]{1,3}|[.,;:!?)”]|[0-9]{1,4}[-–] ?[0-9]{1,4}|\u{200b}|\u{f0b7}|e\u{302}\u{301}|\n(> ?)?(•|–|-|\u{f0b7}|a\\)|b\\)|1/|2/|##|#) ?|\n|<o:p>|\\*\\*){0,40}") {
        let issue = article(&text);
        run(issue.path(), &["check", ".", "--fix"]);
        let left: Vec<_> = checked(&issue).into_iter().filter_map(|found| found.fix).collect();
        prop_assert!(left.is_empty(), "{:?}", left);
    }
}
/// The warnings of an issue: code, file, line and column.
fn warnings(issue: &TempIssue) -> Vec<String> {
    let answer = run(issue.path(), &["build", ".", "--format", "json", "-o", "out.pdf"]);
    let is_of_photos =
        |object: &serde_json::Value| object["code"].as_str().is_some_and(|code| code.starts_with("photo-"));
    let found = answer.json().into_iter().filter(is_of_photos);
    found
        .map(|object| {
            let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
            match object["line"].as_u64() {
                Some(line) => format!("{} {}:{line}:{}", text("code"), text("file"), object["column"]),
                None => format!("{} {}", text("code"), text("file")),
            }
        })
        .collect()
}

#[test]
fn words_of_the_template_are_found_until_they_are_replaced() {
    let place = TempIssue::empty();
    assert_eq!(run(place.path(), &["new", "2026-11"]).status, 0);
    let folder = place.path().join("2026-11");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file of the new issue");
    let found = || {
        let found = check(&folder);
        let texts = found.iter().map(|found| match &found.location {
            Location::Place(place) => format!("{} {}", found.code(), place.text().trim_matches('"')),
            _ => found.code().to_owned(),
        });
        texts.collect::<Vec<_>>()
    };
    let stand_ins = [
        "Tên bản tin",
        "Tên cơ quan",
        "Tên bài viết",
        "Một đoạn ngắn in đậm, nói điều chính của bài.",
        "Tên tác giả",
        "tinh.example",
        "Đoạn mở đầu của bài. Giữa hai đoạn có một dòng trống.",
    ];
    assert_eq!(found(), stand_ins.map(|words| format!("placeholder {words}")));
    let built = run(place.path(), &["build", "2026-11"]);
    assert_eq!(built.status, 0, "a new issue builds: {}", built.stderr);

    // One after the other is replaced; what else the template says may stay.
    let manifest = read("issue.toml").replace("Tên bản tin", "Tân Hải").replace("Tên cơ quan", "Ủy ban nhân dân");
    std::fs::write(folder.join("issue.toml"), manifest).expect("the manifest");
    let article = read("01-bai-viet.md").replace("Tên bài viết", "Mùa nước nổi").replace("Tên tác giả", "Tổ biên tập");
    let article = article.replace("tinh.example", "tanhai.example").replace(stand_ins[3], "Nước về sớm.");
    std::fs::write(folder.join("01-bai-viet.md"), &article).expect("the article");
    assert_eq!(found(), [format!("placeholder {}", stand_ins[6])]);
    let shown = article.replace(stand_ins[6], "Nước về sớm nửa tháng.").replace("\\!\\[", "![");
    std::fs::write(folder.join("01-bai-viet.md"), &shown).expect("the article");
    assert!(found().contains(&"placeholder Đề mục trong bài".to_owned()), "{:?}", found());
    let front = shown.split("+++\n\n").next().expect("the front matter");
    std::fs::write(folder.join("01-bai-viet.md"), format!("{front}+++\n\nNước về sớm nửa tháng.\n"))
        .expect("the article");
    assert_eq!(found(), [""; 0]);
}

#[test]
fn an_article_without_text_is_found() {
    let codes = |front: &str, body: &str| {
        let text = format!("+++\ntitle = \"Bài thử\"\nauthor = \"Tổ biên tập\"\n{front}+++\n{body}");
        let issue = TempIssue::usual().with("01.md", text).with("a.jpg", jpeg(1200, 900));
        let codes = found(&issue).into_iter().map(|(code, _)| code);
        codes.filter(|code| *code != "photo-unused").collect::<Vec<_>>()
    };
    for body in ["", "\n", "\n  \n\n", "\n---\n"] {
        assert_eq!(codes("", body), ["placeholder"], "{body:?}");
    }
    for (front, body) in [
        ("", "\nChữ.\n"),
        ("lead = \"Lời dẫn.\"\n", ""),
        ("", "\n![Chú thích](a.jpg \"VL\")\n"),
        ("", "\n- một\n"),
        ("", "\n> một\n"),
    ] {
        assert_eq!(codes(front, body), [""; 0], "{front}{body}");
    }
}

#[test]
fn pasted_lists_become_lists_whatever_ends_their_lines() {
    let typed = format!("{HEAD}Gồm:\n• một;\n• hai.\n\na) Ba;\nb) bốn.\n").replace('\n', "\r\n");
    let issue = TempIssue::usual().with("01.md", &typed);
    assert_eq!(run(issue.path(), &["check", ".", "--fix"]).status, 0);
    let fixed = std::fs::read_to_string(issue.path().join("01.md")).expect("the article");
    assert_eq!(fixed, typed.replace("• ", "- ").replace("b) ", "\r\nb) "));
    assert!(checked(&issue).is_empty(), "{:?}", checked(&issue));
}

/// An issue with photos of 800 × 600 and of 300 × 200 pixels.
fn photos(front_matter: &str, body: &str) -> TempIssue {
    TempIssue::usual()
        .with("a.jpg", jpeg(800, 600))
        .with("small.jpg", jpeg(300, 200))
        .with("01.md", format!("+++\ntitle = \"Bài thử\"\n{front_matter}+++\n\n{body}\n"))
}

#[test]
fn photos_that_say_too_little() {
    let both = "![Chú thích](small.jpg \"VL\")\n\n";
    let table: &[(&str, &str, &str, &[&str])] = &[
        ("all is said", "", "![Chú thích](a.jpg \"VL\")", &[]),
        ("no caption", "", "![](a.jpg \"VL\")", &["photo-without-caption 01.md:7:5"]),
        ("a caption of spaces", "", "![ ](a.jpg \"VL\")", &["photo-without-caption 01.md:7:6"]),
        ("no credit", "", "![Chú thích](a.jpg)", &["photo-without-credit 01.md:7:14"]),
        ("neither", "", "![](a.jpg)", &["photo-without-caption 01.md:7:5", "photo-without-credit 01.md:7:5"]),
        ("the byline credits all", "author = \"Bài, ảnh: Tổ biên tập\"\n", "![Chú thích](a.jpg)", &[]),
        ("a byline in English", "author = \"Text and photos: the editors\"\n", "![Chú thích](a.jpg)", &[]),
        (
            "a byline of text alone",
            "author = \"Bài: Tổ biên tập\"\n",
            "![Chú thích](a.jpg)",
            &["photo-without-credit 01.md:8:14"],
        ),
        ("the credit in the caption", "", "![Chú thích (Ảnh: VL)](a.jpg)", &[]),
    ];
    for (name, front_matter, body, expected) in table {
        let found = warnings(&photos(front_matter, &format!("{both}{body}")));
        let found: Vec<_> = found.into_iter().filter(|found| !found.contains("low-resolution")).collect();
        assert_eq!(found, *expected, "{name}");
    }
}

#[test]
fn photos_too_small_for_their_place() {
    let found = |front_matter: &str, body: &str| {
        let found = warnings(&photos(front_matter, body));
        found.into_iter().filter(|found| found.contains("low-resolution")).collect::<Vec<_>>()
    };
    // 300 pixels across a column of 84 mm are 91 an inch, 800 across a page of 174 mm 117.
    assert_eq!(found("", "![Chú thích](small.jpg \"VL\")"), ["photo-low-resolution 01.md:5:14"]);
    assert_eq!(found("", "![Chú thích](a.jpg \"VL\")"), [""; 0]);
    let wide = "[photos.\"a.jpg\"]\nwidth = \"page\"\n";
    assert_eq!(found(wide, "![Chú thích](a.jpg \"VL\")"), ["photo-low-resolution 01.md:7:14"]);
}

#[test]
fn photos_that_nobody_shows() {
    let issue = photos("", "![Chú thích](a.jpg \"VL\")").with("photos/cũ.JPG", "").with("ghi-chu.txt", "");
    assert_eq!(warnings(&issue), ["photo-unused photos/cũ.JPG", "photo-unused small.jpg"]);
    let issue = issue.with("layout/mark.svg", "<svg/>");
    assert_eq!(warnings(&issue).len(), 2, "what belongs to a layout is used by it");
}
