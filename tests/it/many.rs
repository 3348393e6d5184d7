//! A whole archive at once: side by side, only what changed, and never a half-written PDF.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{Answer, MANIFEST, TempIssue, command};

/// A folder with so many issues that differ in their number.
fn issues(count: usize) -> TempIssue {
    let mut folder = TempIssue::empty();
    for number in 1..=count {
        let manifest = MANIFEST.replace("number = 11", &format!("number = {number}"));
        let article = format!("+++\ntitle = \"Bài {number}\"\nauthor = \"Tổ biên tập\"\n+++\n\nChữ của số {number}.\n");
        folder = folder.with(&format!("{number}/issue.toml"), manifest).with(&format!("{number}/01.md"), article);
    }
    folder
}

fn build(folder: &Path, count: usize, more: &[&str]) -> Answer {
    let numbers: Vec<_> = (1..=count).map(|number| number.to_string()).collect();
    let output = command()
        .env("BANTIN_CACHE", folder.join("cache"))
        .current_dir(folder)
        .arg("build")
        .args(numbers)
        .args(["-o", "out"])
        .args(more)
        .output();
    Answer::from(output.expect("the command runs"))
}

fn pdf(folder: &Path, number: usize) -> Vec<u8> {
    std::fs::read(folder.join(format!("out/{number}.pdf"))).expect("the PDF")
}

#[test]
fn only_what_changed_is_built() {
    let folder = issues(4);
    let path = folder.path();
    let summary = |answer: &Answer| answer.stderr.lines().last().unwrap_or_default().to_owned();
    assert_eq!(summary(&build(path, 4, &[])), "4 built, 0 unchanged, 0 failed");
    let first = pdf(path, 2);
    assert_eq!(summary(&build(path, 4, &[])), "0 built, 4 unchanged, 0 failed");
    // A changed article, a PDF that is gone, one that somebody touched.
    let article = path.join("1/01.md");
    let text = std::fs::read_to_string(&article).expect("the article");
    std::fs::write(&article, text.replace("Chữ", "Lời")).expect("it is changed");
    std::fs::remove_file(path.join("out/2.pdf")).expect("it is removed");
    std::fs::write(path.join("out/3.pdf"), "x").expect("it is spoiled");
    assert_eq!(summary(&build(path, 4, &[])), "3 built, 1 unchanged, 0 failed");
    assert!(pdf(path, 2) == first);
    assert_eq!(summary(&build(path, 4, &["--profile", "print"])), "4 built, 0 unchanged, 0 failed");
    assert_eq!(summary(&build(path, 4, &["--profile", "print", "--force"])), "4 built, 0 unchanged, 0 failed");
    let json = build(path, 4, &["--profile", "print", "--format", "json"]).json();
    assert_eq!(json.iter().filter(|object| object["sha256"].is_string()).count(), 4);
}

#[test]
fn a_failed_issue_does_not_stop_the_others_and_jobs_do_not_matter() {
    let folder = issues(5).with("3/01.md", "no front matter");
    let one = build(folder.path(), 5, &["--jobs", "1", "--force"]);
    assert_eq!(one.status, 1);
    assert!(one.stderr.contains("4 built, 0 unchanged, 1 failed"), "{}", one.stderr);
    let pdfs: Vec<_> = [1, 2, 4, 5].map(|number| pdf(folder.path(), number)).into();
    assert!(!folder.path().join("out/3.pdf").exists());
    assert_eq!(build(folder.path(), 5, &["--jobs", "4", "--force"]).status, 1);
    assert!(pdfs == [1, 2, 4, 5].map(|number| pdf(folder.path(), number)));
}

/// Killed at any moment, no PDF is half written, and the next run goes on.
#[test]
fn a_killed_run_leaves_whole_pdfs() {
    const COUNT: usize = 6;
    let folder = issues(COUNT);
    let path = folder.path();
    assert_eq!(build(path, COUNT, &[]).status, 0);
    let wanted: Vec<_> = (1..=COUNT).map(|number| pdf(path, number)).collect();
    for moment in 0..25u64 {
        let mut child = command()
            .env("BANTIN_CACHE", path.join("cache"))
            .current_dir(path)
            .args(["build", "1", "2", "3", "4", "5", "6", "-o", "out", "--force"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command runs");
        std::thread::sleep(Duration::from_millis(7 * moment));
        // It may have ended.
        let _ = child.kill();
        let _ = child.wait();
        for (number, wanted) in (1..).zip(&wanted) {
            assert!(&pdf(path, number) == wanted, "killed after {} ms", 7 * moment);
        }
    }
    assert_eq!(build(path, COUNT, &[]).status, 0);
}

/// A change that is taken back while an issue is built is seen all the same.
#[test]
fn the_state_of_an_issue_tells_that_somebody_wrote() {
    let folder = TempIssue::usual();
    let state = || bantin::fs::IssueFolder::open(folder.path()).expect("an issue").state();
    let article = folder.path().join("01.md");
    let text = std::fs::read(&article).expect("the article");
    let before = state();
    std::fs::write(folder.path().join("out.pdf"), "x").expect("a PDF");
    assert!(state() == before, "what issues become is no part of them");
    std::thread::sleep(Duration::from_millis(20));
    for content in [&b"else"[..], &text] {
        std::fs::write(&article, content).expect("it is written");
    }
    assert!(state() != before);
}

#[test]
fn what_a_killed_run_left_is_swept_away_later() {
    let folder = issues(2);
    assert_eq!(build(folder.path(), 2, &[]).status, 0);
    let parts =
        ["out/.bantin-old.part", "out/.bantin-new.part", "out/.other.part"].map(|name| folder.path().join(name));
    for part in &parts {
        std::fs::write(part, "half").expect("it is written");
    }
    let day = std::time::SystemTime::now() - Duration::from_secs(86_400);
    for part in [&parts[0], &parts[2]] {
        let file = std::fs::File::options().append(true).open(part).expect("it is opened");
        file.set_modified(day).expect("it looks old");
    }
    assert_eq!(build(folder.path(), 2, &[]).status, 0);
    assert_eq!(parts.map(|part| part.exists()), [false, true, true]);
}

#[test]
fn two_runs_at_once_do_no_harm() {
    let folder = issues(4);
    let path = folder.path();
    let running: Vec<_> = (0..3)
        .map(|_| {
            command()
                .env("BANTIN_CACHE", path.join("cache"))
                .current_dir(path)
                .args(["build", "1", "2", "3", "4", "-o", "out", "--force", "-q"])
                .spawn()
                .expect("the command runs")
        })
        .collect();
    for mut child in running {
        assert!(child.wait().expect("it ends").success());
    }
    let at_once: Vec<_> = (1..=4).map(|number| pdf(path, number)).collect();
    assert_eq!(build(path, 4, &["--force"]).status, 0);
    assert!(at_once == (1..=4).map(|number| pdf(path, number)).collect::<Vec<_>>());
}
