//! An archive gives its issue back, builds to the same bytes again, and tells what differs where it does not.

use std::path::Path;

use lopdf::{Document, Object};
use serde_json::Value;

use crate::support::{Answer, TempIssue, repository, run};

/// Builds an archive of an issue.
fn archive(issue: &Path, output: &Path, more: &[&str]) -> Vec<u8> {
    let (issue, path) = (issue.to_str().expect("a path"), output.to_str().expect("a path"));
    let answer = run(&repository(), &[&["build", issue, "--profile", "archive", "-o", path], more].concat());
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    std::fs::read(output).expect("the PDF")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn what_is_taken_out_builds_to_the_same_bytes() {
    let place = tempfile::tempdir().expect("a folder");
    for sample in ["issues/2026-09", "issues/2026-10"] {
        for layout in ["two-column", "classic"] {
            let source = repository().join(sample);
            let name = format!("{}-{layout}", sample.replace('/', "-"));
            let (pdf, folder) = (place.path().join(format!("{name}.pdf")), place.path().join(&name));
            let first = archive(&source, &pdf, &["--layout", layout]);
            assert_eq!(run(place.path(), &["extract", text(&pdf), "-o", text(&folder)]).status, 0);
            for file in bantin::fs::files_below(&source) {
                let [was, is] = [&source, &folder].map(|folder| std::fs::read(folder.join(&file)).expect("the file"));
                assert!(was == is, "{name}: {file}");
            }
            // The folder has another name, and carries its layout.
            assert!(archive(&folder, &place.path().join("again.pdf"), &[]) == first, "{name}");
            let verified = run(place.path(), &["verify", text(&pdf), "--format", "json"]);
            assert_eq!((verified.status, &verified.json()[0]["identical"]), (0, &Value::Bool(true)), "{name}");
        }
    }
}

#[test]
fn an_old_issue_is_set_by_its_old_layout() {
    let place = tempfile::tempdir().expect("a folder");
    let layout = "#let bulletin(issue) = { set page(width: 99mm, height: 99mm); text(font: \"Tinos\", lang: \"vi\")[#heading(issue.masthead.title)] }";
    let spec = "fonts = [\"Tinos\"]\n[description]\nen = \"x\"\n[photos]\ncolumn = 9\npage = 9\ncover = 9\nlogo = 9\nheight = 9\n";
    let issue = TempIssue::usual().with("layout/layout.typ", layout).with("layout/layout.toml", spec);
    let pdf = place.path().join("a.pdf");
    archive(issue.path(), &pdf, &[]);
    let folder = place.path().join("out");
    assert_eq!(run(place.path(), &["extract", text(&pdf), "-o", text(&folder)]).status, 0);
    assert_eq!(std::fs::read_to_string(folder.join("layout/layout.typ")).expect("the layout"), layout);
    assert_eq!(run(place.path(), &["verify", text(&pdf)]).status, 0);
}

/// The differences of an archive of the usual issue from another issue, by kind.
fn differences(change: impl Fn(TempIssue) -> TempIssue) -> (Answer, Vec<String>) {
    let body = "Đoạn một.\n\nĐoạn hai.";
    let issue = TempIssue::usual().with_body(body).with("notes.txt", "x");
    let pdf = issue.path().join("a.pdf");
    archive(issue.path(), &pdf, &[]);
    let other = change(TempIssue::usual().with_body(body).with("notes.txt", "x"));
    let answer = run(other.path(), &["verify", text(&pdf), "--against", ".", "--format", "json"]);
    let kinds = answer.json()[0]["differences"].as_array().cloned().unwrap_or_default();
    let kinds = kinds
        .iter()
        .map(|found| format!("{} {}", found["kind"].as_str().unwrap_or(""), found["what"].as_str().unwrap_or("")));
    let kinds = kinds.map(|kind| kind.trim().to_owned()).collect();
    (answer, kinds)
}

#[test]
fn verify_tells_what_differs_and_whether_the_pages_read_the_same() {
    let reads_the_same = |answer: &Answer| answer.json()[0]["reads_the_same"].as_bool().expect("a truth");
    let (same, none) = differences(|issue| issue);
    assert_eq!((same.status, none.len()), (0, 0), "{}", same.stdout);
    let (note, kinds) = differences(|issue| issue.with("notes.txt", "y"));
    assert_eq!((note.status, kinds), (1, vec!["input-changed notes.txt".to_owned()]));
    assert!(reads_the_same(&note));
    let (more, kinds) = differences(|issue| issue.with("more.txt", "y"));
    assert_eq!((more.status, kinds), (1, vec!["input-added more.txt".to_owned()]));
    let (article, kinds) = differences(|issue| issue.with_body("Đoạn một.\n\nĐoạn khác."));
    assert_eq!(
        (article.status, kinds),
        (1, ["input-changed 01.md", "text 01.md", "page-text 2"].map(str::to_owned).to_vec())
    );
    assert!(!reads_the_same(&article));
    let manifest = crate::support::MANIFEST.replace("[masthead]", "layout = \"classic\"\n[masthead]");
    let (layout, kinds) = differences(|issue| issue.with("issue.toml", &manifest));
    assert_eq!(layout.status, 1);
    assert!(kinds.contains(&"layout".to_owned()), "{kinds:?}");
}

/// An archive whose attached files were changed by `change`, and what `extract` says of it.
fn tampered(change: impl Fn(&mut Document)) -> (Answer, Vec<String>) {
    let issue = TempIssue::usual();
    let pdf = issue.path().join("a.pdf");
    let mut document = Document::load_mem(&archive(issue.path(), &pdf, &[])).expect("a PDF");
    change(&mut document);
    let place = tempfile::tempdir().expect("a folder");
    let evil = place.path().join("evil.pdf");
    document.save(&evil).expect("it is saved");
    let answer = run(place.path(), &["extract", "evil.pdf", "-o", "out/folder", "--format", "json"]);
    (answer, bantin::fs::files_below(place.path()))
}

#[test]
fn attached_files_have_names_types_dates_and_a_relationship() {
    let issue = TempIssue::usual().with("a.bin", "x");
    let document = Document::load_mem(&archive(issue.path(), &issue.path().join("a.pdf"), &[])).expect("a PDF");
    let mut found = Vec::new();
    for specification in document.objects.values().filter_map(|object| object.as_dict().ok()) {
        let Ok(files) = specification.get(b"EF").and_then(Object::as_dict) else { continue };
        let name = lopdf::decode_text_string(specification.get(b"UF").expect("a name")).expect("text");
        assert_eq!(
            specification.get(b"AFRelationship").and_then(Object::as_name).expect("a name"),
            b"Source",
            "{name}"
        );
        let stream = files.get(b"F").and_then(Object::as_reference).and_then(|id| document.get_object(id));
        let stream = stream.and_then(Object::as_stream).expect("a stream");
        let parameters = stream.dict.get(b"Params").and_then(Object::as_dict).expect("parameters");
        let date = parameters.get(b"ModDate").and_then(Object::as_str).expect("a date");
        // That of the issue: the day on which a file came onto a disk says nothing, and would change the bytes.
        assert!(date.starts_with(b"D:20261128"), "{name}");
        let mime = stream.dict.get(b"Subtype").and_then(Object::as_name).expect("a type").to_vec();
        found.push((name, String::from_utf8(mime).expect("ASCII")));
    }
    for (name, mime) in [
        ("issue.toml", "application/toml"),
        ("01.md", "text/markdown"),
        ("a.bin", "application/octet-stream"),
        ("bantin.lock.toml", "application/toml"),
    ] {
        assert!(found.contains(&(name.to_owned(), mime.to_owned())), "{name}: {found:?}");
    }
}

#[test]
fn an_encrypted_pdf_fails_clearly() {
    for password in ["", "secret"] {
        let encrypt = |document: &mut Document| {
            let version = lopdf::EncryptionVersion::V2 {
                document,
                owner_password: "owner",
                user_password: password,
                key_length: 128,
                permissions: lopdf::Permissions::all(),
            };
            let state = lopdf::EncryptionState::try_from(version).expect("a way to encrypt");
            document.encrypt(&state).expect("it is encrypted");
        };
        let (answer, files) = tampered(encrypt);
        assert_eq!(answer.status, 1, "{}", answer.stdout);
        let error = &answer.json()[0];
        assert_eq!(error["code"], "unreadable");
        assert!(error["message"].as_str().is_some_and(|text| text.contains("encrypted")), "{error}");
        assert_eq!(files, ["evil.pdf"]);
    }
}

/// Gives the attached article another name.
fn renamed(name: &'static str) -> impl Fn(&mut Document) {
    move |document| {
        for object in document.objects.values_mut() {
            let Ok(dictionary) = object.as_dict_mut() else { continue };
            let is_article =
                dictionary.get(b"UF").is_ok_and(|name| lopdf::decode_text_string(name).is_ok_and(|n| n == "01.md"));
            if is_article {
                for key in ["F", "UF"] {
                    dictionary.set(key, Object::string_literal(name));
                }
            }
        }
    }
}

#[test]
fn evil_names_write_nothing_anywhere() {
    // Hidden files are files like others in a folder that is new: but for what programs run where they find it.
    for name in [
        "../evil.md",
        "/tmp/evil.md",
        "a/../../evil.md",
        "C:\\evil.md",
        ".git/hooks/post-checkout",
        "a/.GIT/config",
        "GIT~1/config",
        ".",
        "issue.toml",
        "ISSUE.TOML",
        "issue.toml/x",
        "01.md/",
        "",
    ] {
        let (answer, files) = tampered(renamed(name));
        assert_eq!(answer.status, 1, "{name}: {}", answer.stdout);
        assert_eq!(answer.json()[0]["code"], "unreadable", "{name}");
        assert_eq!(files, ["evil.pdf"], "{name}");
    }
    let (hidden, files) = tampered(renamed(".hidden"));
    assert_eq!(hidden.status, 0, "{}", hidden.stdout);
    assert!(!files.is_empty());
    let (sound, files) = tampered(renamed("ok.md"));
    assert_eq!((sound.status, files.contains(&"out/folder/ok.md".to_owned())), (0, true), "{}", sound.stdout);
}

#[test]
fn pdfs_that_are_none_of_ours_fail_clearly() {
    let issue = TempIssue::usual();
    let pdf = issue.path().join("a.pdf");
    let sound = archive(issue.path(), &pdf, &[]);
    let plain = issue.path().join("plain.pdf");
    assert_eq!(run(issue.path(), &["build", ".", "-o", text(&plain)]).status, 0);
    let files: [(&str, Vec<u8>); 5] = [
        ("no PDF", b"Not a PDF".to_vec()),
        ("empty", Vec::new()),
        ("cut", sound[..sound.len() / 2].to_vec()),
        ("without files", std::fs::read(plain).expect("the PDF")),
        (
            "spoiled",
            sound.iter().enumerate().map(|(at, byte)| if at % 97 == 96 { byte ^ 0x55 } else { *byte }).collect(),
        ),
    ];
    for (name, bytes) in files {
        std::fs::write(issue.path().join("b.pdf"), bytes).expect("it is written");
        for verb in [&["extract", "b.pdf", "-o", "out"][..], &["verify", "b.pdf"]] {
            let answer = run(issue.path(), verb);
            assert_eq!(answer.status, 1, "{name}: {}", answer.stdout);
            assert!(answer.stderr.contains("error[unreadable]"), "{name}: {}", answer.stderr);
            assert!(!answer.stderr.contains("panicked"), "{name}: {}", answer.stderr);
        }
        assert!(!issue.path().join("out").exists(), "{name}");
    }
    assert_eq!(run(issue.path(), &["extract", "missing.pdf", "-o", "out"]).status, 1);
}

#[test]
fn nothing_is_overwritten() {
    let issue = TempIssue::usual().with("out/mine.txt", "mine");
    let pdf = issue.path().join("a.pdf");
    archive(issue.path(), &pdf, &[]);
    let answer = run(issue.path(), &["extract", "a.pdf", "-o", "out"]);
    assert_eq!(answer.status, 1);
    assert_eq!(bantin::fs::files_below(&issue.path().join("out")), ["mine.txt"]);
}
