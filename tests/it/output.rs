//! What is printed where and in which form: objects name their issue, wrong usage is an object too, help is asked for in
//! two ways, what cannot be written is a failure, and a terminal gets nothing that it would obey.

use std::process::Stdio;

use crate::support::{ARTICLE, MANIFEST, TempIssue, command, jpeg, run};

fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A folder with two issues that have a warning and an error each.
fn two_issues() -> TempIssue {
    let article = ARTICLE.replace("ngắn", "<b>ngắn</b> ,  thôi");
    let place = TempIssue::empty();
    ["one", "two"].into_iter().fold(place, |place, name| {
        place.with(&format!("{name}/issue.toml"), MANIFEST).with(&format!("{name}/01.md"), &article)
    })
}

#[test]
fn every_finding_names_its_issue_as_it_was_typed() {
    let place = two_issues();
    for args in [
        &["check", "one", "./two/issue.toml"][..],
        &["build", "one", "./two/issue.toml", "-o", "out"],
        &["check", "./two/issue.toml", "--fix"],
        &["export", "one", "-o", "project"],
        &["build", "one/"],
        &["check", "nowhere"],
        &["build", "nowhere"],
        &["new", "next", "--from", "one"],
    ] {
        let found = run(place.path(), &[args, &["--format", "json"]].concat()).json();
        assert!(!found.is_empty(), "{args:?}");
        let named: Vec<_> = found.iter().map(|object| object["issue"].as_str()).collect();
        assert!(named.iter().all(|name| name.is_some_and(|name| args.contains(&name))), "{args:?}: {named:?}");
        for issue in args.iter().filter(|arg| arg.starts_with("one") || arg.ends_with("issue.toml")) {
            assert!(named.contains(&Some(issue)), "{args:?}: {named:?}");
        }
    }
    // People see the folder, whatever was typed.
    let answer = run(place.path(), &["check", "two/issue.toml"]);
    assert!(answer.stderr.contains("--> two/01.md:6:"), "{}", answer.stderr);
    assert!(answer.stderr.lines().any(|line| line.starts_with("two: ")), "{}", answer.stderr);
}

#[test]
fn wrong_usage_is_an_object_for_programs() {
    let place = TempIssue::usual();
    for (args, vi, en) in [
        (&["biuld"][..], "có phải ý bạn là “build”?", "did you mean “build”?"),
        (&["build"], "còn thiếu", "missing"),
        (&["build", "x", "--profile", "web"], "email, print, archive", "email, print, archive"),
        (&["build", "x", "--jobs", "0"], "“0” không dùng được", "“0” cannot be used"),
        (&["check", "x", "--fixx"], "có phải ý bạn là “--fix”?", "did you mean “--fix”?"),
        (&["build", "a", "b", "-o", "out.pdf"], "-o phải là một thư mục", "-o must be a folder"),
        (&["new", "2027-14"], "từ 01 đến 12", "from 01 to 12"),
        (&["help", "biuld"], "có phải ý bạn là “build”?", "did you mean “build”?"),
        (&[], "chưa ghi lệnh", "no command"),
    ] {
        for (lang, expected) in [("vi", vi), ("en", en)] {
            for format in [&["--format", "json"][..], &["--format=json"]] {
                let answer = run(place.path(), &[args, format, &["--lang", lang]].concat());
                assert_eq!((answer.status, answer.stderr.as_str()), (2, ""), "{args:?}");
                let [object] = &answer.json()[..] else { panic!("{args:?}: {}", answer.stdout) };
                assert_eq!((&object["code"], &object["severity"]), (&"usage".into(), &"error".into()), "{args:?}");
                let words = format!("{} {}", object["message"], object["hints"]);
                assert!(words.contains(expected), "{args:?}: {words}");
            }
            let answer = run(place.path(), &[args, &["--lang", lang]].concat());
            assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{args:?}");
            assert!(!answer.stderr.is_empty());
        }
    }
    assert_eq!(std::fs::read_dir(place.path()).expect("the folder").count(), 2, "nothing was made");
}

#[test]
fn help_is_asked_for_in_two_ways() {
    let place = tempfile::tempdir().expect("a folder");
    for lang in ["vi", "en"] {
        let same = |args: &[&str], topic: &[&str]| {
            let one = run(place.path(), &[args, &["--lang", lang]].concat());
            let other = run(place.path(), &[topic, &["--help", "--lang", lang]].concat());
            assert_eq!((one.status, one.stderr.as_str()), (0, ""), "{args:?}");
            assert!(
                one.stdout == other.stdout && !one.stdout.is_empty(),
                "{args:?}:\n{}\n{}",
                one.stdout,
                other.stdout
            );
            one.stdout
        };
        let all = same(&["help"], &[]);
        for verb in
            ["build", "check", "export", "extract", "verify", "new", "layouts", "fonts", "schema", "completions"]
        {
            assert!(all.contains(verb), "{verb}");
            assert!(same(&["help", verb], &[verb]).contains(&format!("bantin {verb}")), "{verb}");
        }
        assert!(all.lines().any(|line| line.trim_start().starts_with("help ")), "{all}");
        same(&["help", "help"], &["help"]);
    }
    let bash = run(place.path(), &["completions", "bash"]).stdout;
    assert!(bash.contains("help"), "{bash}");
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_a_failure() {
    let place = two_issues().with("sound/issue.toml", MANIFEST).with("sound/01.md", ARTICLE);
    assert_eq!(run(place.path(), &["build", "sound", "--profile", "archive", "-o", "a.pdf"]).status, 0);
    for args in [
        &["check", "sound", "--format", "json"][..],
        &["build", "sound"],
        &["build", "sound", "--format", "json"],
        &["export", "sound", "-o", "exported"],
        &["extract", "a.pdf", "-o", "extracted"],
        &["verify", "a.pdf"],
        &["new", "2027-02"],
        &["layouts"],
        &["fonts"],
        &["fonts", "--format", "json"],
        &["schema", "manifest"],
        &["completions", "bash"],
        &["--help"],
        &["help", "build"],
        &["--version"],
    ] {
        // A check that finds nothing says nothing on standard output.
        let args: Vec<_> =
            args.iter().map(|arg| if args[0] == "check" && *arg == "sound" { "warned" } else { *arg }).collect();
        let warned = place.path().join("warned");
        if !warned.exists() {
            std::fs::create_dir(&warned).expect("a folder");
            std::fs::write(warned.join("issue.toml"), MANIFEST).expect("a manifest");
            std::fs::write(warned.join("01.md"), ARTICLE.replace("văn ngắn", "văn  ngắn")).expect("an article");
        }
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
        let output = command().current_dir(place.path()).args(&args).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let is_help = args.iter().any(|arg| ["--help", "help", "--version"].contains(arg));
        assert!(is_help || stderr.contains("the results cannot be written: no room"), "{args:?}: {stderr}");
    }
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let place = TempIssue::usual().with("01.md", ARTICLE.replace("văn ngắn", "văn  ngắn"));
    for args in [&["check", ".", "--format", "json"][..], &["fonts"], &["completions", "zsh"], &["--help"]] {
        let mut child = command().current_dir(place.path()).args(args).stdout(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        assert!(child.wait().expect("it ends").success(), "{args:?}");
    }
}

/// Names of folders and files, and texts, with what a terminal would obey.
#[cfg(unix)]
#[test]
fn a_terminal_gets_nothing_that_it_would_obey() {
    let bad = "a\u{1b}[31m\u{7}\u{9b}2J\u{202e}";
    let place = TempIssue::empty()
        .with(&format!("{bad}/issue.toml"), MANIFEST.replace("title = ", &format!("ti{bad} = ")))
        .with(&format!("w{bad}/issue.toml"), MANIFEST)
        .with(&format!("w{bad}/01.md"), ARTICLE.replace("văn ngắn", "văn  ngắn"))
        .with(&format!("w{bad}/photos/{bad}.jpg"), jpeg(40, 30))
        .with(&format!("t{bad}/issue.toml"), MANIFEST)
        .with(&format!("t{bad}/01.md"), ARTICLE.replace("ngắn", &format!("<b{bad}> {bad} ![x](photos/{bad}.jpg)")));
    let (w, t) = (format!("w{bad}"), format!("t{bad}"));
    let pdf = format!("{bad}.pdf");
    for args in [
        &["check", bad][..],
        &["check", &w],
        &["check", &t],
        &["build", &w],
        &["build", &w, "-v"],
        &["build", &w, &t, "-o", bad],
        &["build", &w, "-o", &pdf],
        &["build", &w, "-o", &format!("{bad}/none/x.pdf")],
        &["build", &w, "--layout", bad],
        &["check", &format!("missing{bad}")],
        &["export", &w, "-o", &format!("e{bad}")],
        &["new", &format!("n{bad}")],
        &["new", &format!("m{bad}"), "--from", &w],
        &["extract", &pdf, "-o", "x"],
        &["verify", &pdf],
        &["check", &w, &format!("--x{bad}")],
        &["build", &w, &w, "-o", &format!("{bad}.pdf")],
        &["check", &w, "--fix"],
        &[bad],
    ] {
        for more in [&["--lang", "vi"][..], &["--lang", "en"], &["--format", "json"]] {
            let answer = run(place.path(), &[args, more].concat());
            let all = answer.stdout + &answer.stderr;
            assert!(!all.contains(is_obeyed), "{args:?} {more:?}: {all:?}");
            assert!(!all.contains("panicked"), "{args:?}: {all}");
        }
    }
    // Objects still say what it is.
    let found = run(place.path(), &["check", &t, "--format", "json"]).json();
    assert!(found.iter().all(|object| object["issue"] == t.as_str()), "{found:#?}");
}

#[test]
fn an_output_folder_is_made() {
    let place = TempIssue::empty()
        .with("one/issue.toml", MANIFEST)
        .with("one/01.md", ARTICLE)
        .with("two/issue.toml", MANIFEST)
        .with("two/01.md", ARTICLE)
        .with("there.pdf/x", "");
    for (args, pdf) in [
        (&["build", "one", "-o", "new/"][..], "new/one.pdf"),
        (&["build", "one", "-o", "deep/down/"], "deep/down/one.pdf"),
        (&["build", "one", "two", "-o", "more/deep"], "more/deep/two.pdf"),
        (&["build", "one", "two", "-o", "x.pdf/"], "x.pdf/two.pdf"),
        (&["build", "one", "two", "-o", "there.pdf"], "there.pdf/two.pdf"),
    ] {
        let answer = run(place.path(), args);
        assert_eq!(answer.status, 0, "{args:?}: {}", answer.stderr);
        assert!(place.path().join(pdf).is_file(), "{args:?}");
    }
    for name in ["out.pdf", "OUT.PDF"] {
        let answer = run(place.path(), &["build", "one", "two", "-o", name]);
        assert_eq!(answer.status, 2, "{}", answer.stderr);
        assert!(!place.path().join(name).exists());
    }
}

#[test]
fn a_new_issue_is_of_the_month_that_its_folder_names() {
    let place = TempIssue::empty();
    let manifest =
        |folder: &str| std::fs::read_to_string(place.path().join(folder).join("issue.toml")).expect("a manifest");
    assert_eq!(run(place.path(), &["new", "2026-11"]).status, 0);
    assert!(place.path().join("2026-11/photos").is_dir());
    let cover = "cover = { photo = \"photos/bia.jpg\", caption = \"Cánh đồng xã\" }\n";
    let earlier = manifest("2026-11")
        .replace("2026-11-01", "2026-11-30")
        .replace("number = 11", &format!("number = 11\n{cover}"));
    std::fs::write(place.path().join("2026-11/issue.toml"), earlier).expect("it is changed");
    std::fs::write(place.path().join("2026-11/photos/bia.jpg"), jpeg(900, 600)).expect("a photo");
    for (folder, date, number) in
        [("2027-02", "2027-02-28", "12"), ("so-sau", "2026-12-30", "12"), ("2026-12", "2026-12-30", "12")]
    {
        let answer = run(place.path(), &["new", folder, "--from", "2026-11"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        let text = manifest(folder);
        assert!(text.contains(&format!("date = {date}")) && text.contains(&format!("number = {number}")), "{text}");
        // The earlier cover is there as a note, which can be taken out of it as it stands.
        assert!(text.ends_with("# [cover]\n# photo = \"photos/bia.jpg\"\n# caption = \"Cánh đồng xã\"\n"), "{text}");
        assert!(place.path().join(folder).join("photos").is_dir());
        assert_eq!(run(place.path(), &["build", folder]).status, 0, "{text}");
        std::fs::write(place.path().join(folder).join("photos/bia.jpg"), jpeg(900, 600)).expect("a photo");
        let (rest, note) = text.split_at(text.rfind("# [cover]").expect("the note"));
        std::fs::write(place.path().join(folder).join("issue.toml"), format!("{rest}{}", note.replace("# ", "")))
            .expect("it is changed");
        let answer = run(place.path(), &["build", folder]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
    }
    for name in ["2027-14", "2027-00", "so/2027-13"] {
        for from in [&[][..], &["--from", "2026-11"]] {
            let answer = run(place.path(), &[&["new", name], from].concat());
            assert_eq!(answer.status, 2, "{name}: {}", answer.stderr);
            assert!(answer.stderr.contains("is not a month") && !place.path().join(name).exists(), "{}", answer.stderr);
        }
    }
}
