//! Layouts that an issue or a PDF brings along, written to do harm: each ends soon, says why, and leaves nothing.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Answer, TempIssue, command, run};

const SPEC: &str =
    "fonts = [\"Tinos\"]\n[description]\nen = \"x\"\n[photos]\ncolumn = 9\npage = 9\ncover = 9\nlogo = 9\nheight = 9\n";

/// What a layout does before it is done, if ever; and the code of the error.
const HARM: &[(&str, &str, &str)] = &[
    ("a loop without an end", "#let x = 0\n#while true { x = 1 }", "layout"),
    ("nested loops", "#for a in range(100000) { for b in range(100000) { let c = a * b } }", "limit"),
    ("a range", "#let x = range(2000000000)", "limit"),
    ("an array that doubles", "#let x = (1,)\n#for _ in range(60) { x = x + x }", "limit"),
    ("a text that doubles", "#let x = \"a\"\n#for _ in range(60) { x = x + x }", "limit"),
    ("a text repeated", "#let x = \"abc\" * 2000000000", "limit"),
    ("content that doubles", "#let x = [a]\n#for _ in range(60) { x = [#x #x] }\n#x", "layout"),
    ("page breaks", "#for _ in range(3000000) { pagebreak() }", "limit"),
    ("a function that calls itself", "#let f(x) = f(x + 1) + 1\n#f(1)", "layout"),
    (
        "functions that branch",
        "#let f(n, k) = if n == 0 { k } else { f(n - 1, 2.0 * k) + f(n - 1, 2.0 * k + 1.0) }\n#f(50, 1.0)",
        "limit",
    ),
    ("a rule that nests", "#show heading: it => heading[x #it]\n= a", "layout"),
    ("text nested deeply", "#let x = [a]\n#for _ in range(200000) { x = box(x) }\n#x", "layout"),
    ("arrays nested deeply", "#let x = ()\n#for _ in range(3000000) { x = (x,) }\n#repr(x)", "layout"),
    ("a huge table", "#table(columns: 3000, ..range(9000000).map(str))", "limit"),
    (
        "many counters",
        "#context { for a in range(100000000) { counter(\"a\").update(a); let _ = counter(\"a\").get() } }",
        "limit",
    ),
    (
        "a state that grows",
        "#let s = state(\"s\", (1,))\n#for _ in range(60) { s.update(x => x + x) }\n#context s.final()",
        "limit",
    ),
    (
        "a pattern that backtracks",
        "#let x = (\"a\" * 200000).matches(regex(\"(a*)*b|a\")).len()\n#for _ in range(100000000) { let y = (\"a\" * 2000).replace(regex(\"a\"), \"aa\") }",
        "limit",
    ),
    ("XML nested deeply", "#xml(bytes(\"<a>\" * 200000 + \"</a>\" * 200000))", "limit"),
    ("a file outside", "#read(\"../../../../../../etc/passwd\")", "error"),
    ("a file at the root", "#read(\"/etc/passwd\")", "error"),
    ("a package", "#import \"@preview/cetz:0.3.0\": *", "error"),
    ("a plugin that is none", "#plugin(\"layout.typ\")", "error"),
];

fn layout(harm: &str) -> String {
    // In a layout all of it runs when the pages are made.
    format!("#let bulletin(issue) = {{ set text(font: \"Tinos\"); [{harm}] }}\n")
}

fn hostile(harm: &str) -> TempIssue {
    TempIssue::usual().with("layout/layout.toml", SPEC).with("layout/layout.typ", layout(harm))
}

/// The command in a folder, with low limits and a temporary folder of its own.
fn limited(folder: &Path, temporary: &Path, args: &[&str]) -> Command {
    let mut command = command();
    command.current_dir(folder).args(args).env("TMPDIR", temporary).env("TMP", temporary).env("TEMP", temporary);
    command.env("BANTIN_LAYOUT_SECONDS", "1").env("BANTIN_LAYOUT_MEMORY", "200000000");
    command
}

/// Every process that has this as one of its words.
#[cfg(target_os = "linux")]
fn processes_with(word: &str) -> Vec<String> {
    let all = std::fs::read_dir("/proc").expect("processes").flatten();
    let lines = all.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).into_owned()).filter(|line| line.contains(word)).collect()
}

#[cfg(not(target_os = "linux"))]
fn processes_with(_: &str) -> Vec<String> {
    Vec::new()
}

fn is_expected(answer: &Answer, wanted: &str) -> bool {
    let errors = answer.errors();
    let codes: Vec<_> = errors.iter().filter_map(|error| error["code"].as_str()).collect();
    answer.status == 1
        && !codes.is_empty()
        && codes.iter().all(|code| match wanted {
            "limit" => *code == "layout-limit",
            "error" => *code == "layout-error",
            _ => ["layout-limit", "layout-error"].contains(code),
        })
}

#[test]
fn a_hostile_layout_of_an_issue_ends_and_leaves_nothing() {
    for (name, harm, wanted) in HARM {
        let issue = hostile(harm).with("out.pdf", "the old one");
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = issue.path().to_str().expect("a path");
        let args = ["build", folder, "-o", "out.pdf", "--format", "json"];
        let answer: Answer = limited(issue.path(), temporary.path(), &args).output().expect("it runs").into();
        assert!(is_expected(&answer, wanted), "{name}: {} {} {}", answer.status, answer.stdout, answer.stderr);
        assert_eq!(std::fs::read(issue.path().join("out.pdf")).expect("the PDF"), b"the old one", "{name}");
        assert_eq!(bantin::fs::entries_below(temporary.path()), [], "{name}");
        let issue_files = ["01.md", "issue.toml", "layout/layout.toml", "layout/layout.typ", "out.pdf"];
        assert_eq!(bantin::fs::files_below(issue.path()), issue_files, "{name}");
        assert_eq!(processes_with(folder), [""; 0], "{name}");
    }
}

/// An archive whose attached layout does harm.
fn hostile_archive(harm: &str) -> (TempIssue, PathBuf) {
    let issue = hostile("= Bản tin");
    let pdf = issue.path().join("a.pdf");
    let answer = run(issue.path(), &["build", ".", "--profile", "archive", "-o", "a.pdf"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let mut document = lopdf::Document::load(&pdf).expect("a PDF");
    crate::forgeries::replace_attachment(&mut document, "layout/layout.typ", layout(harm).as_bytes());
    let evil = issue.path().join("evil.pdf");
    document.save(&evil).expect("it is saved");
    (issue, evil)
}

#[test]
fn a_hostile_layout_in_a_pdf_ends_and_leaves_nothing() {
    for (name, harm, wanted) in HARM {
        let (issue, evil) = hostile_archive(harm);
        let temporary = tempfile::tempdir().expect("a folder");
        let path = evil.to_str().expect("a path");
        let args = ["verify", path, "--format", "json"];
        let answer: Answer = limited(issue.path(), temporary.path(), &args).output().expect("it runs").into();
        assert!(is_expected(&answer, wanted), "{name}: {} {} {}", answer.status, answer.stdout, answer.stderr);
        assert_eq!(bantin::fs::entries_below(temporary.path()), [], "{name}");
        assert_eq!(processes_with(path), [""; 0], "{name}");
    }
}

/// Starts the command and lets it get into its work.
fn started(mut command: Command) -> Child {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    std::thread::sleep(Duration::from_millis(1500));
    child
}

/// Waits until nothing works for this path any more.
fn gone(word: &str) {
    let begun = Instant::now();
    while !processes_with(word).is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", processes_with(word));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_verify_that_is_killed_leaves_nothing() {
    let (issue, evil) = hostile_archive("#for a in range(100000) { for b in range(100000) { let c = a * b } }");
    let temporary = tempfile::tempdir().expect("a folder");
    let path = evil.to_str().expect("a path");
    let mut command = limited(issue.path(), temporary.path(), &["verify", path]);
    command.env("BANTIN_LAYOUT_SECONDS", "600");
    let mut child = started(command);
    assert!(child.try_wait().expect("its state").is_none(), "it is at work");
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    gone(path);
    assert_eq!(bantin::fs::entries_below(temporary.path()), []);
}

#[cfg(unix)]
#[test]
fn a_build_that_is_stopped_stops_its_layout() {
    let issue = hostile("#for a in range(100000) { for b in range(100000) { let c = a * b } }");
    let temporary = tempfile::tempdir().expect("a folder");
    let path = issue.path().to_str().expect("a path");
    for signal in ["-INT", "-TERM"] {
        let mut command = limited(issue.path(), temporary.path(), &["build", path]);
        command.env("BANTIN_LAYOUT_SECONDS", "600");
        let mut child = started(command);
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("it is told");
        assert!(killed.success());
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        gone(path);
    }
    assert_eq!(bantin::fs::entries_below(temporary.path()), []);
}

#[test]
fn one_hostile_issue_of_several_stops_no_other() {
    let place = TempIssue::empty();
    for name in ["a", "b", "c"] {
        let folder = place.path().join(name);
        std::fs::create_dir_all(folder.join("layout")).expect("a folder");
        std::fs::write(folder.join("issue.toml"), crate::support::MANIFEST).expect("a manifest");
        std::fs::write(folder.join("01.md"), crate::support::ARTICLE).expect("an article");
        if name != "c" {
            let harm = if name == "a" { "= Bản tin" } else { "#while true { let x = range(100000) }" };
            std::fs::write(folder.join("layout/layout.typ"), layout(harm)).expect("a layout");
            std::fs::write(folder.join("layout/layout.toml"), SPEC).expect("a layout");
        }
    }
    let temporary = tempfile::tempdir().expect("a folder");
    let args = ["build", "a", "b", "c", "-o", "out", "--format", "json"];
    let answer: Answer = limited(place.path(), temporary.path(), &args).output().expect("it runs").into();
    assert_eq!(answer.status, 1, "{}", answer.stdout);
    let errors = answer.errors();
    assert_eq!(errors.len(), 1, "{}", answer.stdout);
    assert!(["layout-limit", "layout-error"].contains(&errors[0]["code"].as_str().expect("a code")));
    assert_eq!(bantin::fs::files_below(&place.path().join("out")), ["a.pdf", "c.pdf"]);
}

#[test]
fn what_a_layout_of_an_issue_makes_and_says_is_as_ever() {
    let issue = hostile("= Bản tin\n#text(font: \"Không có\")[a]");
    let built = run(issue.path(), &["build", ".", "-o", "a.pdf", "--format", "json"]);
    assert_eq!(built.status, 0, "{}", built.stdout);
    let lines = built.json();
    let done = lines.last().expect("a line");
    assert_eq!((&done["output"], &done["pages"]), (&"a.pdf".into(), &1.into()), "{}", built.stdout);
    assert!(lines.iter().any(|line| line["severity"] == "warning"), "{}", built.stdout);
    let shown = run(issue.path(), &["build", ".", "-o", "a.pdf", "--lang", "vi", "-v", "--color", "always"]);
    assert!(shown.stderr.contains("cảnh báo"), "{}", shown.stderr);
    assert!(shown.stderr.contains("\u{1b}["), "{}", shown.stderr);
    // The library builds here what the command builds in a process of its own.
    let bytes = crate::support::pdf_of(issue.path(), &bantin::session::Options::default());
    assert!(std::fs::read(issue.path().join("a.pdf")).expect("the PDF") == bytes);
    let exported = run(issue.path(), &["export", ".", "-o", "out"]);
    assert_eq!(exported.status, 0, "{}", exported.stderr);
    assert!(issue.path().join("out/main.typ").exists() && issue.path().join("out/issue.json").exists());
    let evil = hostile("#let x = range(2000000000)");
    let temporary = tempfile::tempdir().expect("a folder");
    let args = ["export", ".", "-o", "out", "--format", "json"];
    let answer: Answer = limited(evil.path(), temporary.path(), &args).output().expect("it runs").into();
    assert!(is_expected(&answer, "limit"), "{}", answer.stdout);
    assert!(!evil.path().join("out").exists());
}
