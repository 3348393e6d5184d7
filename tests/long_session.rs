//! A session over 500 edits: its memory stays within bounds, and its pages are those of a session that was opened last.
//!
//! A test program of its own, for what is measured is the memory of the whole process (Linux).

#![expect(clippy::disallowed_methods, reason = "tests look at files as anybody would")]

use std::path::Path;

use bantin::fs::IssueFolder;
use bantin::session::{BuildContext, Options, Session};

const EDITS: usize = 500;

/// Most that a session may grow between its hundredth edit and its last, in bytes: what typst keeps of a few rounds.
const GROWTH: usize = 60_000_000;

#[test]
fn five_hundred_edits() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("issues/2026-10");
    let place = tempfile::tempdir().expect("a folder");
    for file in bantin::fs::files_below(&sample) {
        let to = place.path().join(&file);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder is made");
        std::fs::copy(sample.join(&file), to).expect("the file is copied");
    }
    let path = place.path().join("05-to-cong-nghe-so.md");
    let article = std::fs::read_to_string(&path).expect("an article");
    let open = || {
        let folder = IssueFolder::open(place.path()).expect("an issue");
        Session::open(folder, Options::default(), BuildContext::default())
    };
    let mut session = open();
    let mut early = 0;
    for number in 1..=EDITS {
        // A paragraph that grows and shrinks, so that pages and columns change with it.
        let more = format!("Lần sửa thứ {number}. ").repeat(1 + number % 40);
        let text = article.replacen("\n\n", &format!("\n\n{more}\n\n"), 1);
        std::fs::write(&path, text).expect("it is edited");
        assert_eq!(session.refresh().texts.len(), 1, "edit {number}");
        assert!(session.pages().value.is_some(), "edit {number}");
        if number % 100 == 0 {
            let pdf = |session: &mut Session| session.build().value.expect("a PDF").pdf;
            assert!(pdf(&mut session) == pdf(&mut open()), "edit {number}");
        }
        if number == 100 {
            early = resident();
        }
    }
    let late = resident();
    assert!(late < early + GROWTH, "{early} bytes after 100 edits, {late} after {EDITS}");
}

/// The memory of this process that is not in files, in bytes; 0 where it cannot be told.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok()).unwrap_or(0) * 1000
}
