//! Verbs, options, exit statuses, and what is printed where.

use crate::pdf::Pdf;
use crate::support::{MANIFEST, TempIssue, command, repository, run};

#[test]
fn build_writes_beside_the_caller_and_says_so() {
    let issue = TempIssue::usual();
    let here = tempfile::tempdir().expect("a folder");
    let path = issue.path().to_str().expect("a path");
    let name = issue.path().file_name().and_then(|name| name.to_str()).expect("a name").to_owned() + ".pdf";
    let answer = run(here.path(), &["build", path]);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""));
    assert!(answer.stdout.starts_with(&format!("{name}: 2 pages, ")), "{}", answer.stdout);
    assert!(here.path().join(name).exists());
}

#[test]
fn an_issue_is_its_folder_or_its_manifest() {
    let issue = TempIssue::usual();
    for (args, output) in [(["build", ".", "-o", "a.pdf"], "a.pdf"), (["build", "issue.toml", "-o", "b.pdf"], "b.pdf")]
    {
        assert_eq!(run(issue.path(), &args).status, 0);
        assert!(issue.path().join(output).exists());
    }
}

#[test]
fn json_tells_of_the_output() {
    let issue = TempIssue::usual();
    let answer = run(issue.path(), &["build", ".", "-o", "out.pdf", "--format", "json"]);
    let line = answer.json().pop().expect("a line");
    let bytes = std::fs::read(issue.path().join("out.pdf")).expect("the PDF");
    assert_eq!(line["output"], "out.pdf");
    assert_eq!(line["pages"], Pdf::read(&bytes).pages);
    assert_eq!(line["bytes"], bytes.len());
    let sha256: String = <sha2::Sha256 as sha2::Digest>::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(line["sha256"], sha256);
}

#[test]
fn a_json_diagnostic_has_every_key() {
    let issue = TempIssue::usual().with("issue.toml", MANIFEST.replace("title", "titel"));
    let answer = run(issue.path(), &["build", ".", "--format", "json"]);
    let unknown = answer.json().into_iter().find(|line| line["code"] == "unknown-key").expect("the finding");
    assert_eq!(unknown["severity"], "error");
    assert_eq!(unknown["file"], "issue.toml");
    let position = ["line", "column", "end_line", "end_column"].map(|key| unknown[key].as_u64());
    assert_eq!(position, [Some(6), Some(1), Some(6), Some(6)]);
    assert!(unknown["message"].as_str().is_some_and(|text| text.contains("titel")));
    assert_eq!(unknown["hints"][0], "did you mean “title”?");
}

#[test]
fn people_see_the_line_and_what_to_do() {
    let issue = TempIssue::usual().with("issue.toml", MANIFEST.replace("title", "titel"));
    let answer = run(issue.path(), &["build", ".", "--lang", "vi"]);
    let expected = "\
lỗi[unknown-key]: không có mục nào tên “titel”
 --> ./issue.toml:6:1
  |
6 | titel = \"Bản tin thử\"
  | ^^^^^ tên lạ
  |
  = gợi ý: có phải ý bạn là “title”?
";
    assert!(answer.stderr.contains(expected), "{}", answer.stderr);
    assert!(answer.stderr.trim_end().ends_with(".: 2 lỗi"), "{}", answer.stderr);
}

#[test]
fn warnings_are_counted_and_shown_on_demand() {
    let with_empty = MANIFEST.replace("[masthead]", "[[section]]\ntitle = \"Trống\"\narticles = []\n[masthead]");
    let issue = TempIssue::usual().with("issue.toml", with_empty);
    let build = |more: &[&str]| run(issue.path(), &[&["build", ".", "-o", "out.pdf"], more].concat());
    assert_eq!((build(&[]).status, build(&[]).stderr.trim()), (0, ".: 1 warning (see it: bantin check .)"));
    assert!(build(&["-v"]).stderr.contains("warning[bad-value]"));
    assert_eq!(build(&["-q"]).stderr, "");
    let findings = build(&["--format", "json"]).json();
    assert_eq!((findings[0]["severity"].as_str(), findings[0]["line"].as_u64()), (Some("warning"), Some(7)));
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let issue = TempIssue::usual().with_body("<b>");
    assert!(!run(issue.path(), &["build", "."]).stderr.contains('\u{1b}'));
    assert!(run(issue.path(), &["build", ".", "--color", "always"]).stderr.contains('\u{1b}'));
}

#[test]
fn the_locale_chooses_the_language() {
    let issue = TempIssue::usual().with_body("<b>");
    let stderr = |locale: &str| {
        let output =
            command().current_dir(issue.path()).args(["build", "."]).env("LC_ALL", locale).env("LANG", locale).output();
        String::from_utf8(output.expect("the command runs").stderr).expect("UTF-8")
    };
    assert!(stderr("vi_VN.UTF-8").contains("lỗi["));
    assert!(stderr("fr_FR.UTF-8").contains("error["));
    assert!(stderr("C").contains("error["));
}

#[test]
fn several_issues_go_into_a_folder_and_a_failed_one_does_not_stop_the_others() {
    let issue = TempIssue::empty();
    for name in ["one", "three"] {
        let folder = issue.path().join(name);
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(folder.join("issue.toml"), MANIFEST).expect("a manifest");
        std::fs::write(folder.join("01.md"), crate::support::ARTICLE).expect("an article");
    }
    let answer = run(issue.path(), &["build", "one", "two", "three", "-o", "out"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("manifest-missing"), "{}", answer.stderr);
    assert!(issue.path().join("out/one.pdf").exists() && issue.path().join("out/three.pdf").exists());

    let twice = run(issue.path(), &["build", "one", "./one", "-o", "out"]);
    assert_eq!(twice.status, 1);
    assert!(twice.stderr.contains("output-failed"), "{}", twice.stderr);
}

#[test]
fn layouts_and_budgets_can_be_chosen() {
    let issue = TempIssue::usual();
    assert_eq!(run(issue.path(), &["build", ".", "-o", "a.pdf", "--layout", "classic"]).status, 0);
    let unknown = run(issue.path(), &["build", ".", "-o", "b.pdf", "--layout", "clasic", "--format", "json"]);
    assert_eq!((unknown.status, unknown.errors()[0]["code"].as_str()), (1, Some("layout-missing")));
    assert_eq!(run(issue.path(), &["build", ".", "-o", "c.pdf", "--max-size", "1 KB"]).status, 1);
    assert_eq!(run(issue.path(), &["build", ".", "-o", "c.pdf", "--max-size", "1 KB", "--profile", "print"]).status, 0);
}

#[test]
fn wrong_usage_is_exit_2() {
    let issue = TempIssue::usual();
    for args in [
        &["build"][..],
        &["print", "."],
        &["build", ".", "--profile", "web"],
        &["build", ".", "--max-size", "nhỏ"],
        &["build", ".", "--jobs", "0"],
        &["completions", "nope"],
        &[],
    ] {
        assert_eq!(run(issue.path(), args).status, 2, "{args:?}");
    }
}

#[test]
fn a_new_issue_builds_as_it_is() {
    let place = tempfile::tempdir().expect("a folder");
    assert_eq!(run(place.path(), &["new", "2026-11"]).status, 0);
    let manifest = std::fs::read_to_string(place.path().join("2026-11/issue.toml")).expect("a manifest");
    assert!(manifest.contains("date = 2026-11-01") && manifest.contains("number = 11"), "{manifest}");
    let answer = run(place.path(), &["build", "2026-11"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);

    let again = run(place.path(), &["new", "2026-11", "--format", "json"]);
    assert_eq!((again.status, again.json()[0]["code"].as_str()), (1, Some("output-failed")));
    assert_eq!(std::fs::read_to_string(place.path().join("2026-11/issue.toml")).expect("as before"), manifest);
}

#[test]
fn a_new_issue_goes_on_from_an_earlier_one() {
    let place = tempfile::tempdir().expect("a folder");
    let earlier = repository().join("issues/2026-09");
    let answer = run(place.path(), &["new", "next", "--from", earlier.to_str().expect("a path")]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let manifest = std::fs::read_to_string(place.path().join("next/issue.toml")).expect("a manifest");
    let old = std::fs::read_to_string(earlier.join("issue.toml")).expect("the earlier manifest");
    for line in old.lines().filter(|line| line.starts_with("title = ") || line.starts_with("layout = ")) {
        assert!(manifest.contains(line), "{line} is gone");
    }
    assert!(manifest.contains("number = 10") && manifest.contains("date = 2026-10-28"), "{manifest}");
    assert!(!manifest.lines().any(|line| line.starts_with("[cover]")), "{manifest}");
    let cover = old.split("[cover]\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("the earlier cover");
    for line in cover.lines() {
        assert!(manifest.contains(&format!("\n# {line}\n")), "{line} is not in {manifest}");
    }
    assert!(place.path().join("next/photos").is_dir());
    let built = run(place.path(), &["build", "next"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
}

#[test]
fn a_month_alone_is_a_date_everywhere() {
    let issue = TempIssue::usual();
    let manifest = std::fs::read_to_string(issue.path().join("issue.toml")).expect("a manifest");
    let issue = issue.with("issue.toml", manifest.replace("2026-11-28", "\"2026-12\""));
    let built = run(issue.path(), &["build", ".", "--profile", "archive", "-o", "month.pdf"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let verified = run(issue.path(), &["verify", "month.pdf"]);
    assert_eq!(verified.status, 0, "{}", verified.stderr);
    let next = run(issue.path(), &["new", "next", "--from", "."]);
    assert_eq!(next.status, 0, "{}", next.stderr);
    let next = std::fs::read_to_string(issue.path().join("next/issue.toml")).expect("a manifest");
    assert!(next.contains("date = \"2027-01\""), "{next}");
}

#[test]
fn odd_manifests_are_gone_on_from_too() {
    let inline = "date = 2026-12-31\r\nnumber = \"12/2026\"\r\nlayout = \"rieng\"\r\nteasers = [\"01.md\"]\r\n\
                  section = [{ title = 'Tin \"nóng\"', articles = [\"01.md\"] }]\r\n[masthead]\r\ntitle = \"Bản tin\"\r\n";
    let issue = TempIssue::usual()
        .with("issue.toml", inline)
        .with(
            "layout/layout.typ",
            "#let bulletin(issue) = { set text(font: \"Tinos\")\nissue.sections.map(s => heading(s.title)).join() }",
        )
        .with("layout/layout.toml", PLAIN_LAYOUT);
    let answer = run(issue.path(), &["new", "next", "--from", "."]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let manifest = std::fs::read_to_string(issue.path().join("next/issue.toml")).expect("a manifest");
    assert!(manifest.contains("\"1/2027\"") && manifest.contains("2027-01-31"), "{manifest}");
    assert!(!manifest.contains("teasers"), "what it announced stays behind: {manifest}");
    assert_eq!(manifest.matches('\n').count(), manifest.matches("\r\n").count(), "{manifest:?}");
    let built = run(issue.path(), &["build", "next"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
}

/// A `layout.toml` for layouts that are about something else.
const PLAIN_LAYOUT: &str = "description = { en = \"a\" }\nfonts = [\"Tinos\"]\n[photos]\ncolumn = 9\npage = 9\ncover = 9\nlogo = 9\nheight = 9\n";

#[test]
fn a_pipe_gets_the_pdf_alone_and_inputs_are_not_overwritten() {
    let issue = TempIssue::usual();
    if cfg!(unix) {
        let output =
            command().current_dir(issue.path()).args(["build", ".", "-o", "/dev/stdout"]).output().expect("it runs");
        assert!(output.stdout.starts_with(b"%PDF-") && output.stdout.trim_ascii_end().ends_with(b"%%EOF"));
    }
    for input in ["issue.toml", "01.md"] {
        assert_eq!(run(issue.path(), &["build", ".", "-o", input]).status, 1, "{input}");
    }
    assert_eq!(std::fs::read_to_string(issue.path().join("issue.toml")).expect("as before"), MANIFEST);
}

#[test]
fn an_earlier_issue_with_errors_is_not_gone_on_from() {
    let issue = TempIssue::usual().with("issue.toml", MANIFEST.replace("title", "titel"));
    let answer = run(issue.path(), &["new", "next", "--from", "."]);
    assert_eq!(answer.status, 1);
    assert!(!issue.path().join("next").exists());
}

#[test]
fn fonts_and_layouts_are_listed() {
    let place = tempfile::tempdir().expect("a folder");
    let fonts = run(place.path(), &["fonts"]);
    for family in ["Source Serif 4 SmText", "Be Vietnam Pro", "Tinos"] {
        assert!(fonts.stdout.contains(family), "{}", fonts.stdout);
    }
    assert_eq!(fonts.stdout.matches("all of Vietnamese").count(), 14);
    let faces = run(place.path(), &["fonts", "--format", "json"]).json();
    assert!(faces.len() == 14 && faces.iter().all(|face| face["vietnamese"] == true));

    let layouts = run(place.path(), &["layouts", "--lang", "vi"]);
    assert!(layouts.stdout.contains("two-column (mặc định)") && layouts.stdout.contains("classic"));
    assert_eq!(run(place.path(), &["layouts", "--format", "json"]).json().len(), 2);
}

#[test]
fn the_workspace_adds_layouts_and_fonts_and_wins() {
    let place = TempIssue::empty()
        .with("issues/a/issue.toml", format!("layout = \"plain\"\n{MANIFEST}"))
        .with("issues/a/01.md", crate::support::ARTICLE)
        .with(
            "layouts/plain/layout.toml",
            "description = { vi = \"trơn\", en = \"plain\" }\nfonts = [\"Tinos\"]\n\
             [photos]\ncolumn = 90\npage = 90\ncover = 90\nlogo = 20\nheight = 90\n",
        )
        .with(
            "layouts/plain/layout.typ",
            "#let bulletin(issue) = { set text(font: \"Tinos\")\nfor s in issue.sections { for a in s.articles \
             { heading(a.title)\n[Mẫu trơn] } } }\n",
        );
    assert_eq!(run(place.path(), &["build", "issues/a"]).status, 0);
    let pdf = Pdf::read(&std::fs::read(place.path().join("a.pdf")).expect("the PDF"));
    assert!(pdf.text().contains("Mẫu trơn"), "{}", pdf.text());
    assert!(run(place.path(), &["layouts"]).stdout.contains("plain"));

    // A layout carried by the issue wins over that of the workspace.
    let own = std::fs::read_to_string(place.path().join("layouts/plain/layout.typ")).expect("the layout");
    let place = place.with("issues/a/layout/layout.typ", own.replace("Mẫu trơn", "Mẫu riêng"));
    let spec = std::fs::read(place.path().join("layouts/plain/layout.toml")).expect("the layout");
    let place = place.with("issues/a/layout/layout.toml", spec);
    assert_eq!(run(place.path(), &["build", "issues/a"]).status, 0);
    let pdf = Pdf::read(&std::fs::read(place.path().join("a.pdf")).expect("the PDF"));
    assert!(pdf.text().contains("Mẫu riêng"), "{}", pdf.text());
}

/// The small layout of the guide, in both languages, builds the samples to one and the same PDF.
#[test]
fn the_layout_of_the_guide_builds_the_samples() {
    let example = |guide: &str, heading: &str| {
        let guide = std::fs::read_to_string(repository().join(guide)).expect("the guide");
        let section = guide.split(heading).nth(1).expect("the section").to_owned();
        let block = |fence: &str| {
            let text = section.split(&format!("```{fence}\n")).nth(1).expect("a block").split("\n```").next();
            text.expect("its end").to_owned()
        };
        (block("toml"), block("typ"))
    };
    let layouts =
        [example("layouts/README.md", "\n## A small layout\n"), example("layouts/README.vi.md", "\n## Một mẫu nhỏ\n")];
    for sample in ["issues/2026-09", "issues/2026-10", "tests/cases/everything/issue"] {
        let built = layouts.iter().map(|(spec, code)| {
            let mut place = TempIssue::empty()
                .with("layouts/newsletter/layout.toml", spec.clone())
                .with("layouts/newsletter/layout.typ", code.clone());
            let from = repository().join(sample);
            for file in bantin::fs::files_below(&from) {
                place = place.with(&format!("issues/a/{file}"), std::fs::read(from.join(&file)).expect("a file"));
            }
            let answer = run(place.path(), &["build", "issues/a", "--layout", "newsletter", "-q"]);
            assert_eq!(answer.status, 0, "{sample}: {}", answer.stderr);
            std::fs::read(place.path().join("a.pdf")).expect("the PDF")
        });
        let built: Vec<_> = built.collect();
        assert!(built[0] == built[1], "{sample}: the layouts of the guides differ");
    }
}

/// A copy works for all issues and for one, with its own library; and what is built in can be opened once it is copied.
#[test]
fn a_layout_can_be_copied_and_changed() {
    for (layout, folder) in
        [("two-column", "layouts/mine"), ("classic", "layouts/mine"), ("classic", "issues/a/layout")]
    {
        let place = TempIssue::empty()
            .with("issues/a/issue.toml", format!("layout = \"mine\"\n{MANIFEST}"))
            .with("issues/a/01.md", crate::support::ARTICLE);
        let answer = run(place.path(), &["layouts", "--copy", layout, folder]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        let build = |output: &str, words: &[&str]| {
            let answer = run(place.path(), &[&["build", "issues/a", "-q", "-o", output], words].concat());
            assert_eq!(answer.status, 0, "{}", answer.stderr);
            Pdf::read(&std::fs::read(place.path().join(output)).expect("the PDF")).text()
        };
        let own = build("own.pdf", &[]);
        // The name of the layout is in the issue; but for that it is the one that was copied.
        let words = place.path().join(folder).join("lib/words.typ");
        let library = std::fs::read_to_string(&words).expect("the library");
        std::fs::write(&words, library.replace("\"Trong số này\"", "\"Có gì trong số này\"")).expect("a change");
        let changed = build("changed.pdf", &[]);
        assert_ne!(own.to_lowercase(), changed.to_lowercase(), "{folder}");
        assert!(changed.to_lowercase().contains("có gì trong số này"), "{changed}");
        std::fs::write(&words, format!("{library}\n#let broken = 1 + \"a\"\n")).expect("an error");
        let answer = run(place.path(), &["build", "issues/a", "--format", "json"]);
        let error = &answer.errors()[0];
        let shown = folder.strip_prefix("issues/a/").unwrap_or(folder);
        assert_eq!(error["file"], format!("{shown}/lib/words.typ"), "{error}");
        assert!(error["line"].as_u64().is_some_and(|line| line > 10));
    }
    let place = tempfile::tempdir().expect("a folder");
    std::fs::write(place.path().join("a"), "").expect("a file");
    for (words, status) in [
        (["--copy", "classic", "."], 1),
        (["--copy", "nope", "b"], 1),
        (["--copy", "lib", "b"], 1),
        (["--copy", "../x", "b"], 1),
    ] {
        assert_eq!(run(place.path(), &[&["layouts"][..], &words].concat()).status, status, "{words:?}");
    }
    assert_eq!(run(place.path(), &["layouts", "--copy", "classic"]).status, 2);
    assert!(!place.path().join("b").exists());
}

#[test]
fn a_layout_sees_nothing_of_the_machine() {
    let layout = |code: &str| {
        TempIssue::usual()
            .with("layout/layout.typ", format!("#let bulletin(issue) = {{ {code} }}\n"))
            .with("layout/layout.toml", PLAIN_LAYOUT)
    };
    for code in [
        "read(\"/etc/hosts\")",
        "read(\"../../../../etc/hosts\")",
        "import \"@preview/example:0.1.0\": a",
        "datetime.today()",
    ] {
        let issue = layout(code);
        let answer = run(issue.path(), &["build", ".", "--format", "json"]);
        assert_eq!((answer.status, answer.errors()[0]["code"].as_str()), (1, Some("layout-error")), "{code}");
    }
}

#[test]
fn completions_are_written_for_every_shell() {
    let place = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let answer = run(place.path(), &["completions", shell]);
        assert!(answer.status == 0 && answer.stdout.contains("bantin") && answer.stdout.contains("profile"), "{shell}");
    }
}

#[test]
fn help_names_every_verb() {
    let place = tempfile::tempdir().expect("a folder");
    let help = run(place.path(), &["--help"]);
    assert_eq!(help.status, 0);
    let vietnamese = run(place.path(), &["--help", "--lang", "vi"]);
    for verb in ["build", "check", "export", "new", "layouts", "fonts", "schema", "completions"] {
        assert!(help.stdout.contains(verb) && vietnamese.stdout.contains(verb), "{verb}");
        let one = run(place.path(), &[verb, "--lang=vi", "-h"]);
        assert_eq!(one.status, 0);
        for english in ["Usage", "Options:", "Print help", "Arguments", "default:", "possible values"] {
            assert!(!one.stdout.contains(english) && !vietnamese.stdout.contains(english), "{verb}: {english}");
        }
    }
}

#[test]
fn wrong_usage_is_told_in_vietnamese_too() {
    let place = tempfile::tempdir().expect("a folder");
    let tables: &[(&[&str], &str)] = &[
        (&["biuld"], "có phải ý bạn là “build”?"),
        (&["build"], "còn thiếu"),
        (&["build", "x", "--profile", "web"], "email, print, archive"),
        (&["build", "x", "--jobs", "0"], "“0” không dùng được"),
        (&["build", "x", "--max-size", "lớn"], "“lớn” không dùng được"),
        (&["check", "x", "--fixx"], "có phải ý bạn là “--fix”?"),
    ];
    for (args, expected) in tables {
        let answer = run(place.path(), &[args, &["--lang", "vi"][..]].concat());
        assert_eq!(answer.status, 2, "{args:?}");
        assert!(answer.stderr.starts_with("lỗi: ") && answer.stderr.contains(expected), "{args:?}: {}", answer.stderr);
    }
}

#[test]
fn an_english_issue_has_no_vietnamese_words_of_the_layout() {
    let issue = TempIssue::usual()
        .with("issue.toml", "date = 2026-11-28\nnumber = 11\nlanguage = \"en-GB\"\narticles = [\"01.md\"]\n[masthead]\ntitle = \"The Bulletin\"\n")
        .with("01.md", "+++\ntitle = \"A title\"\nauthor = \"A writer\"\nsource = \"somewhere\"\n+++\n\nText.\n\n![Caption](a.jpg \"BBT\")\n")
        .with("a.jpg", crate::support::jpeg(40, 30));
    for layout in ["two-column", "classic"] {
        assert_eq!(run(issue.path(), &["build", ".", "-o", "out.pdf", "--layout", layout]).status, 0);
        let pdf = Pdf::read(&std::fs::read(issue.path().join("out.pdf")).expect("the PDF"));
        let text = pdf.text();
        assert_eq!(pdf.language, "en-GB");
        for word in ["Số", "Tháng", "Trong số này", "Nguồn", "Ảnh:"] {
            assert!(!text.contains(word), "{layout}: {word} in {text}");
        }
        assert!(text.contains("November 2026") && text.contains("Photo: BBT"), "{layout}: {text}");
    }
}

#[test]
fn an_exported_project_has_everything_and_is_written_anew() {
    let issue = TempIssue::usual().with_body("![Ảnh](a.jpg)").with("a.jpg", crate::support::jpeg(40, 30));
    for _ in 0..2 {
        let answer = run(issue.path(), &["export", ".", "-o", "out"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
    }
    let files = bantin::fs::files_below(&issue.path().join("out"));
    for file in [
        "main.typ",
        "issue.json",
        "balance.json",
        "layouts/two-column/layout.typ",
        "layouts/lib/blocks.typ",
        "photos/001.jpg",
        "fonts/BeVietnamPro_400Regular.ttf",
    ] {
        assert!(files.iter().any(|found| found == file), "{file} is not among {files:?}");
    }
    // A folder with something else in it is left alone.
    let refused = run(issue.path(), &["export", ".", "-o", "."]);
    assert_eq!(refused.status, 1, "{}", refused.stderr);
}

/// The stock typst makes the same pages of an exported project, where it is there.
#[test]
fn the_stock_typst_sets_the_same_pages() {
    let Ok(version) = std::process::Command::new("typst").arg("--version").output() else {
        return;
    };
    assert!(String::from_utf8_lossy(&version.stdout).contains("typst 0.15"));
    let place = tempfile::tempdir().expect("a folder");
    for layout in ["two-column", "classic"] {
        let sample = repository().join("issues/2026-09");
        let sample = sample.to_str().expect("a path");
        assert_eq!(run(place.path(), &["export", sample, "-o", layout, "--layout", layout]).status, 0);
        assert_eq!(run(place.path(), &["build", sample, "-o", "ours.pdf", "--layout", layout]).status, 0);
        let fonts = format!("{layout}/fonts");
        let main = format!("{layout}/main.typ");
        let status = std::process::Command::new("typst")
            .current_dir(place.path())
            .args([
                "compile",
                "--root",
                layout,
                "--font-path",
                &fonts,
                "--pdf-standard",
                "a-2a,ua-1",
                &main,
                "theirs.pdf",
            ])
            .status()
            .expect("typst runs");
        assert!(status.success());
        let read = |name: &str| Pdf::read(&std::fs::read(place.path().join(name)).expect("a PDF"));
        let (ours, theirs) = (read("ours.pdf"), read("theirs.pdf"));
        assert_eq!(ours.describe(), theirs.describe());
        let placed = |pdf: &Pdf| -> Vec<_> {
            pdf.glyphs
                .iter()
                .map(|g| (g.page, g.text.clone(), (g.x * 10.0) as i64, (g.baseline * 10.0) as i64))
                .collect()
        };
        assert!(placed(&ours) == placed(&theirs), "a glyph stands elsewhere");
    }
}
