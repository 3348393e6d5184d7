//! Every kind of file name on the way into an archive and out of it again: either the build refuses it and says so, or
//! the same bytes come back. What is left out is named.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::{Answer, MANIFEST, TempIssue, jpeg, run};

/// Decomposed, as some systems store what is typed composed.
const DECOMPOSED: &str = "a\u{309}nh.jpg";
const COMPOSED: &str = "ảnh.jpg";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn archive(issue: &TempIssue, output: &Path) -> Answer {
    run(issue.path(), &["build", ".", "--profile", "archive", "-o", text(output), "--format", "json"])
}

/// The findings of an answer with this code: their severity and file.
fn found(answer: &Answer, code: &str) -> Vec<(String, String)> {
    let is_meant = |object: &Value| object["code"] == code;
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    answer.json().into_iter().filter(is_meant).map(|found| (word(&found["severity"]), word(&found["file"]))).collect()
}

/// What an archive gives back, after `verify` found it to be the same.
fn taken_out(pdf: &Path) -> BTreeMap<String, Vec<u8>> {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    let answer = run(place.path(), &["extract", text(pdf), "-o", text(&out), "--format", "json"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    let verified = run(place.path(), &["verify", text(pdf), "--format", "json"]);
    assert_eq!((verified.status, &verified.json()[0]["identical"]), (0, &Value::Bool(true)), "{}", verified.stdout);
    let names = bantin::fs::all_files_below(&out);
    names.into_iter().map(|name| (name.clone(), std::fs::read(out.join(name)).expect("the file"))).collect()
}

#[test]
fn what_every_system_holds_comes_back() {
    let names = [
        "ghi chú.txt",
        "Ảnh tư liệu/Hội nghị (1) – bản cuối, ký tự & + = ' ! # % @ ~ ^.txt",
        "a/b/c/d/e/f/g.txt",
        "com/lpt/console.txt",
        "日本/ελ.bin",
        "...ba chấm",
        "emoji 🎉.txt",
        &format!("{}.txt", "ả".repeat(83)),
        "không đuôi",
    ];
    let names: Vec<_> = names.into_iter().filter(|name| !name.starts_with('.')).collect();
    let issue = names.iter().fold(TempIssue::usual(), |issue, name| issue.with(name, format!("Nội dung của {name}")));
    let pdf = tempfile::tempdir().expect("a folder");
    let pdf = pdf.path().join("a.pdf");
    let answer = archive(&issue, &pdf);
    assert_eq!((answer.status, found(&answer, "archive-name").len()), (0, 0), "{}", answer.stdout);
    let files = taken_out(&pdf);
    for name in names {
        assert_eq!(files.get(name).map(Vec::as_slice), Some(format!("Nội dung của {name}").as_bytes()), "{name}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_some_system_cannot_hold_is_refused_before_anything_is_written() {
    let names: &[&[&str]] = &[
        &["hỏi?.txt"],
        &["giờ 7:30.txt"],
        &["\"trích\".txt"],
        &["a*b"],
        &["a|b"],
        &["<a>"],
        &["a\\b.txt"],
        &["hai\ndòng.txt"],
        &["a\u{7f}.txt"],
        &["chấm cuối."],
        &["cách cuối "],
        &["thư mục /a.txt"],
        &["CON"],
        &["nul.txt"],
        &["COM1.txt"],
        &["lpt9"],
        &["aux .txt"],
        &["a.jpg", "A.jpg"],
        &["ảnh/a.txt", "Ảnh/b.txt"],
        &["a.txt", "A.TXT/b"],
        &[COMPOSED, DECOMPOSED],
        &["git~1/config"],
        &["Bantin.Lock.toml"],
        &["ISSUE.TOML"],
    ];
    for names in names {
        let issue = names.iter().fold(TempIssue::usual(), |issue, name| issue.with(name, "x"));
        let pdf = issue.path().join("a.pdf");
        std::fs::write(&pdf, "%PDF- the old one").expect("it is written");
        let answer = archive(&issue, &pdf);
        assert_eq!(answer.status, 1, "{names:?}: {}", answer.stdout);
        let errors: Vec<_> = answer.errors().iter().map(|error| error["code"].clone()).collect();
        assert_eq!(errors, ["archive-name"], "{names:?}");
        let error = &answer.errors()[0];
        assert!(error["file"].is_string() && error["hints"][0].is_string(), "{error}");
        assert_eq!(std::fs::read(&pdf).expect("the old one"), b"%PDF- the old one");
        // Other profiles take nothing along.
        assert_eq!(run(issue.path(), &["build", ".", "-o", "b.pdf"]).status, 0, "{names:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let issue = TempIssue::usual();
    std::fs::write(issue.path().join(std::ffi::OsStr::from_bytes(b"\xe1nh.txt")), "x").expect("it is written");
    let answer = archive(&issue, &issue.path().join("a.pdf"));
    assert_eq!(answer.status, 1);
    assert_eq!(answer.errors()[0]["code"], "archive-name", "{}", answer.stdout);
    let words = run(issue.path(), &["build", ".", "--profile", "archive", "--lang", "vi"]);
    assert!(words.stderr.contains("đổi tên tệp"), "{}", words.stderr);
}

#[test]
fn what_is_read_comes_back_wherever_it_lies() {
    let body = "![Một](.ảnh/a.jpg \"VL\")\n\n![Hai](b.pdf \"VL\")\n\n![Ba](.c.jpg \"VL\")";
    let layout = "#import \".parts/a.typ\": title\n#let bulletin(issue) = { set page(width: 99mm, height: 99mm); text(font: \"Tinos\", lang: \"vi\")[#heading(title + issue.masthead.title)] }";
    let spec = "fonts = [\"Tinos\"]\n[description]\nen = \"x\"\n[photos]\ncolumn = 9\npage = 9\ncover = 9\nlogo = 9\nheight = 9\n";
    let issue = TempIssue::usual()
        .with(".ảnh/a.jpg", jpeg(90, 60))
        .with(".ảnh/thừa.jpg", jpeg(60, 60))
        .with("b.pdf", jpeg(60, 90))
        .with(".c.jpg", jpeg(80, 90))
        .with("layout/layout.typ", layout)
        .with("layout/layout.toml", spec)
        .with("layout/.parts/a.typ", "#let title = \"Số \"")
        .with_body(body);
    let place = tempfile::tempdir().expect("a folder");
    let pdf = place.path().join("a.pdf");
    let answer = archive(&issue, &pdf);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert_eq!(found(&answer, "archive-name"), [("info".to_owned(), ".ảnh/thừa.jpg".to_owned())]);
    let files = taken_out(&pdf);
    for name in [".ảnh/a.jpg", "b.pdf", ".c.jpg", "layout/.parts/a.typ", "layout/layout.typ"] {
        assert_eq!(files.get(name), std::fs::read(issue.path().join(name)).ok().as_ref(), "{name}");
    }
}

#[test]
#[cfg(unix)]
fn what_is_left_out_is_named() {
    let issue = TempIssue::usual()
        .with("công văn.pdf", "%PDF-1.7")
        .with("ẢNH.PDF", jpeg(9, 9))
        .with(".git/config", "x")
        .with(".DS_Store", "x")
        .with("a.txt", "x");
    std::os::unix::fs::symlink("a.txt", issue.path().join("b.txt")).expect("a link");
    std::os::unix::fs::symlink("/etc", issue.path().join("etc")).expect("a link");
    assert!(std::process::Command::new("mkfifo").arg(issue.path().join("pipe")).status().is_ok_and(|s| s.success()));
    let place = tempfile::tempdir().expect("a folder");
    let pdf = place.path().join("a.pdf");
    let answer = archive(&issue, &pdf);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    let mut left_out = found(&answer, "archive-name");
    left_out.sort();
    let expected = [
        ("info", ".DS_Store"),
        ("info", ".git"),
        ("warning", "b.txt"),
        ("warning", "công văn.pdf"),
        ("warning", "etc"),
        ("warning", "pipe"),
        ("warning", "ẢNH.PDF"),
    ];
    assert_eq!(left_out, expected.map(|(severity, file)| (severity.to_owned(), file.to_owned())));
    let names: Vec<_> = taken_out(&pdf).into_keys().filter(|name| !name.starts_with("layout/")).collect();
    assert_eq!(names, ["01.md", "a.txt", "bantin.lock.toml", "issue.toml"]);
    // Also for somebody who reads, and is not sent to a check that knows nothing of it.
    let words = run(issue.path(), &["build", ".", "--profile", "archive", "-o", text(&pdf)]);
    assert!(words.stderr.contains("công văn.pdf") && !words.stderr.contains(".DS_Store"), "{}", words.stderr);
}

/// The same issue, as a system stores it that takes letters and marks apart.
#[test]
#[cfg(target_os = "linux")]
fn decomposed_names_give_the_same_bytes() {
    let decomposed = |name: &str| name.replace('ả', "a\u{309}").replace('ố', "o\u{302}\u{301}");
    let make = |spell: &dyn Fn(&str) -> String| {
        let manifest = MANIFEST.replace("01.md", "số một.md");
        TempIssue::empty()
            .with(&spell("số 11/issue.toml"), manifest)
            .with(&spell("số 11/số một.md"), "+++\ntitle = \"Bài\"\n+++\n\n![Ảnh](ảnh/ảnh.jpg \"VL\")\n")
            .with(&spell("số 11/ảnh/ảnh.jpg"), jpeg(60, 40))
            .with(&spell("số 11/ghi chú ố.txt"), "x")
    };
    let (here, mac) = (make(&str::to_owned), make(&decomposed));
    let build = |issue: &TempIssue, folder: &str| {
        let answer = run(issue.path(), &["build", folder, "--profile", "archive", "-o", "a.pdf", "--format", "json"]);
        assert_eq!(answer.status, 0, "{}", answer.stdout);
        std::fs::read(issue.path().join("a.pdf")).expect("the PDF")
    };
    let pdf = build(&here, "số 11");
    assert!(pdf == build(&mac, &decomposed("số 11")));
    let against = run(mac.path(), &["verify", "a.pdf", "--against", &decomposed("số 11"), "--format", "json"]);
    assert_eq!((against.status, &against.json()[0]["identical"]), (0, &Value::Bool(true)), "{}", against.stdout);
}

#[test]
fn more_files_than_an_archive_holds_are_an_error() {
    let issue = TempIssue::usual();
    for folder in 0..201 {
        let folder = issue.path().join(format!("x{folder}"));
        std::fs::create_dir(&folder).expect("a folder");
        for number in 0..100 {
            std::fs::write(folder.join(number.to_string()), "").expect("a file");
        }
    }
    let answer = archive(&issue, &issue.path().join("a.pdf"));
    assert_eq!(answer.errors()[0]["code"], "archive-name", "{}", answer.stdout);
    assert!(!issue.path().join("a.pdf").exists());
}
