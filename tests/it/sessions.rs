//! An issue that is kept open: what comes of a session depends on the issue alone, not on what the session did before.

use std::path::Path;

use bantin::session::{Changes, Options, Session};
use tempfile::TempDir;

use crate::support::{TempIssue, jpeg, pdf_of, repository, session};

/// A copy of a sample, to be edited.
fn copy_of(sample: &str) -> TempDir {
    let place = TempDir::with_prefix("bantin-session-").expect("a folder");
    let from = repository().join("issues").join(sample);
    for file in bantin::fs::files_below(&from) {
        let to = place.path().join(&file);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder is made");
        std::fs::copy(from.join(&file), to).expect("the file is copied");
    }
    place
}

fn built(session: &mut Session) -> Vec<u8> {
    let outcome = session.build();
    let errors: Vec<_> = outcome.diagnostics.iter().map(|found| format!("{:?}", found.finding)).collect();
    outcome.value.unwrap_or_else(|| panic!("the issue builds: {errors:#?}")).pdf
}

fn fresh(folder: &Path) -> Vec<u8> {
    pdf_of(folder, &Options::default())
}

/// Replaces some text of a file.
fn edit(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).expect("a text");
    assert!(text.contains(from), "{from}");
    std::fs::write(path, text.replacen(from, to, 1)).expect("it is written");
}

fn names(changes: &Changes) -> (Vec<&str>, Vec<&str>, bool) {
    let (texts, photos) = (changes.texts.iter().map(String::as_str), changes.photos.iter().map(String::as_str));
    (texts.collect(), photos.collect(), changes.layout)
}

#[test]
fn two_sessions_do_not_disturb_one_another() {
    let places = [copy_of("2026-09"), copy_of("2026-10")];
    let articles = ["02-rut-ngan-thu-tuc.md", "03-phuong-than-thien.md"];
    let mut sessions = places.each_ref().map(|place| session(place.path(), &Options::default()));
    // In turns.
    for round in 0..2 {
        for ((session, place), article) in sessions.iter_mut().zip(&places).zip(articles) {
            edit(&place.path().join(article), "title = \"", &format!("title = \"Lần {round}: "));
            assert_eq!(names(&session.refresh()), (vec![article], vec![], false));
            assert_eq!(built(session), fresh(place.path()), "{article}, round {round}");
        }
    }
    // At once.
    std::thread::scope(|scope| {
        for ((session, place), article) in sessions.iter_mut().zip(&places).zip(articles) {
            scope.spawn(move || {
                for round in 2..4 {
                    edit(&place.path().join(article), "title = \"", &format!("title = \"Lần {round}: "));
                    session.refresh();
                    assert_eq!(built(session), fresh(place.path()), "{article}, round {round}");
                }
            });
        }
    });
}

/// One edit after another, of every kind: each time the same bytes as from an issue that was opened only then.
#[test]
fn every_edit_gives_what_a_new_session_gives() {
    type Edit = (&'static str, fn(&Path));
    const EDITS: &[Edit] = &[
        ("a word", |folder| edit(&folder.join("02-cho-noi-khong-tien-mat.md"), "chợ", "khu chợ")),
        ("nothing", |_| {}),
        ("a paragraph more", |folder| edit(&folder.join("05-to-cong-nghe-so.md"), "\n\n", "\n\nMột đoạn mới.\n\n")),
        ("a photo less", |folder| {
            let path = folder.join("02-cho-noi-khong-tien-mat.md");
            let text = std::fs::read_to_string(&path).expect("a text");
            let of_photo = ["![", "[photos", "width =", "alt ="];
            let lines: Vec<_> =
                text.lines().filter(|line| !of_photo.iter().any(|mark| line.starts_with(mark))).collect();
            std::fs::write(path, lines.join("\n")).expect("it is written");
        }),
        ("another photo", |folder| std::fs::write(folder.join("photos/phone.jpg"), jpeg(900, 600)).expect("a photo")),
        ("an article less", |folder| edit(&folder.join("issue.toml"), "  \"06-lien-thong-hai-bo.md\",\n", "")),
        ("another number", |folder| edit(&folder.join("issue.toml"), "number = ", "number = 1")),
        ("another layout", |folder| edit(&folder.join("issue.toml"), "\"classic\"", "\"two-column\"")),
        ("the layout of before", |folder| edit(&folder.join("issue.toml"), "\"two-column\"", "\"classic\"")),
        ("a layout of its own", |folder| {
            let from = repository().join("layouts/two-column");
            std::fs::create_dir_all(folder.join("layout")).expect("a folder");
            for file in bantin::fs::files_below(&from) {
                std::fs::copy(from.join(&file), folder.join("layout").join(&file)).expect("it is copied");
            }
            edit(&folder.join("layout/type.typ"), "17pt", "19pt");
        }),
        ("its own layout changed", |folder| edit(&folder.join("layout/type.typ"), "19pt", "18pt")),
    ];
    let place = copy_of("2026-10");
    let mut kept = session(place.path(), &Options::default());
    for (name, edit) in EDITS {
        edit(place.path());
        kept.refresh();
        assert!(built(&mut kept) == fresh(place.path()), "after {name}");
    }
}

#[test]
fn a_session_tells_what_has_changed() {
    let body = "![Một](a.jpg \"VL\")\n\n![Hai](b.jpg \"VL\")";
    let issue = TempIssue::usual().with_body(body).with("a.jpg", jpeg(400, 300)).with("b.jpg", jpeg(300, 400));
    let mut session = session(issue.path(), &Options::default());
    assert!(session.refresh().is_empty());
    // The same size at the same time: only the content tells.
    let path = issue.path().join("b.jpg");
    let before = std::fs::metadata(&path).expect("a photo");
    let mut bytes = std::fs::read(&path).expect("a photo");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).expect("it is written");
    let file = std::fs::File::options().write(true).open(&path).expect("a photo");
    file.set_modified(before.modified().expect("a time")).expect("the time is set");
    assert_eq!(names(&session.refresh()), (vec![], vec!["b.jpg"], false));
    let issue = issue.with("02.md", "+++\ntitle = \"Hai\"\n+++\n\nMột đoạn văn.\n");
    assert!(session.refresh().is_empty(), "an article that nobody lists");
    edit(&issue.path().join("issue.toml"), "\"01.md\"", "\"02.md\"");
    assert_eq!(names(&session.refresh()), (vec!["01.md", "02.md", "issue.toml"], vec!["a.jpg", "b.jpg"], false));
    edit(&issue.path().join("issue.toml"), "number", "layout = \"classic\"\nnumber");
    assert_eq!(names(&session.refresh()), (vec!["issue.toml"], vec![], true));
}

/// An issue that is broken and mended again, as happens while somebody writes.
#[test]
fn errors_come_and_go() {
    let issue = TempIssue::usual();
    let mut session = session(issue.path(), &Options::default());
    let sound = built(&mut session);
    for broken in ["+++\ntitle = \n+++\n", "no front matter", "+++\ntitle = \"a\"\n+++\n\n<b>x</b>\n", "\u{fffe}\0"] {
        let text = std::fs::read(issue.path().join("01.md")).expect("the article");
        std::fs::write(issue.path().join("01.md"), broken).expect("it is broken");
        session.refresh();
        assert!(session.build().value.is_none(), "{broken:?}");
        assert!(session.check().iter().any(|found| found.severity == bantin::diagnostic::Severity::Error));
        std::fs::write(issue.path().join("01.md"), text).expect("it is mended");
        session.refresh();
        assert_eq!(built(&mut session), sound, "after {broken:?}");
    }
}
