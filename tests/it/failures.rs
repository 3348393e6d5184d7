//! What may go wrong around a build: the disk fills up, a folder cannot be written, files go or change meanwhile. The
//! old PDF stays whole, the error is clear, and the next run succeeds.
#![cfg(unix)]

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bantin::diagnostic::Code;
use bantin::fs::IssueFolder;
use bantin::pdf::Profile;
use bantin::progress::Progress;
use bantin::session::{BuildContext, Bulletin, Options, Outcome, Session, Threads};

use crate::support::{Answer, TempIssue, command, jpeg, run};

/// An issue whose PDF is there, and the bytes of it.
fn built(issue: TempIssue) -> (TempIssue, Vec<u8>) {
    let answer = run(issue.path(), &["build", ".", "-o", "out.pdf"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let pdf = std::fs::read(issue.path().join("out.pdf")).expect("the PDF");
    (issue, pdf)
}

/// After a build that failed with this code: the old PDF is whole, nothing else lies about, and the next run succeeds.
fn assert_unharmed(answer: &Answer, code: &str, issue: &TempIssue, old: &[u8]) {
    assert_eq!(answer.status, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains(&format!("error[{code}]")), "{}", answer.stderr);
    assert!(std::fs::read(issue.path().join("out.pdf")).expect("the PDF") == old);
    let parts: Vec<_> = bantin::fs::entries_below(issue.path())
        .into_iter()
        .filter(|entry| entry.path.to_string_lossy().ends_with(".part"))
        .collect();
    assert!(parts.is_empty(), "{parts:?}");
    let next = run(issue.path(), &["build", ".", "-o", "out.pdf"]);
    assert_eq!(next.status, 0, "{}", next.stderr);
}

/// A disk that takes no more than a few kilobytes: a limit on the size of files fails in the same way.
#[test]
fn a_full_disk() {
    let (issue, old) = built(TempIssue::usual());
    std::fs::write(issue.path().join("01.md"), "+++\ntitle = \"Khác\"\n+++\n\nChữ khác.\n").expect("it is changed");
    let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" build . -o out.pdf";
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_bantin")])
        .env("LC_ALL", "en_US.UTF-8")
        .env("BANTIN_CACHE", issue.path().join("cache"))
        .current_dir(issue.path())
        .output();
    let answer = Answer::from(output.expect("a shell"));
    assert!(answer.stderr.contains("no room"), "{}", answer.stderr);
    assert_unharmed(&answer, "output-failed", &issue, &old);
}

/// A small file system of its own, where the system lets us have one.
#[test]
fn a_full_file_system() {
    let (issue, old) = built(TempIssue::usual());
    let small = issue.path().join("small");
    std::fs::create_dir(&small).expect("a folder");
    let size = format!("size={}", 4 * old.len());
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        return;
    }
    let _mount = Mount(small.clone());
    // The old PDF lies there, and the new one does not fit beside it.
    std::fs::copy(issue.path().join("out.pdf"), small.join("out.pdf")).expect("the old PDF fits");
    std::fs::write(small.join("more"), vec![0; old.len() * 5 / 2]).expect("it fits too");
    let answer = run(issue.path(), &["build", ".", "-o", "small/out.pdf"]);
    assert!(answer.stderr.contains("no room"), "{}", answer.stderr);
    assert!(std::fs::read(small.join("out.pdf")).expect("the PDF") == old);
    assert_unharmed(&answer, "output-failed", &issue, &old);
    std::fs::remove_file(small.join("more")).expect("there is room again");
    assert_eq!(run(issue.path(), &["build", ".", "-o", "small/out.pdf"]).status, 0);
}

/// Is unmounted when it goes.
struct Mount(PathBuf);

impl Drop for Mount {
    fn drop(&mut self) {
        // What stays mounted goes with the machine.
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// The command as somebody who is not allowed everything: as root, a folder that cannot be written can be.
fn as_nobody(place: &Path) -> Command {
    const NOBODY: u32 = 65_534;
    // What we have just made is ours.
    let is_root = std::fs::metadata(place).is_ok_and(|own| own.uid() == 0);
    if !is_root {
        return command();
    }
    // The command itself may lie where nobody can look.
    let copy = place.join("bantin");
    std::fs::copy(env!("CARGO_BIN_EXE_bantin"), &copy).expect("the command is copied");
    std::fs::set_permissions(place, std::fs::Permissions::from_mode(0o755)).expect("all may look");
    let mut command = Command::new(copy);
    command.env("LC_ALL", "en_US.UTF-8").env("BANTIN_CACHE", place.join("cache")).uid(NOBODY).gid(NOBODY);
    command
}

#[test]
fn a_folder_that_cannot_be_written() {
    let (issue, old) = built(TempIssue::usual());
    let place = tempfile::tempdir().expect("a folder");
    std::fs::write(issue.path().join("01.md"), "+++\ntitle = \"Khác\"\n+++\n\nChữ khác.\n").expect("it is changed");
    let allow = |mode| {
        std::fs::set_permissions(issue.path(), std::fs::Permissions::from_mode(mode)).expect("it is allowed");
    };
    allow(0o555);
    let output = as_nobody(place.path()).current_dir(issue.path()).args(["build", ".", "-o", "out.pdf"]).output();
    allow(0o755);
    assert_unharmed(&Answer::from(output.expect("the command runs")), "output-failed", &issue, &old);
}

#[test]
fn a_photo_that_goes_between_check_and_build() {
    let photo = jpeg(400, 300);
    let (issue, old) = built(TempIssue::usual().with_body("![Ảnh](a.jpg \"VL\")").with("a.jpg", &photo));
    assert_eq!(run(issue.path(), &["check", "."]).status, 0);
    std::fs::remove_file(issue.path().join("a.jpg")).expect("it goes");
    let answer = run(issue.path(), &["build", ".", "-o", "out.pdf"]);
    let issue = issue.with("a.jpg", photo);
    assert_unharmed(&answer, "photo-missing", &issue, &old);
}

/// Does something to the issue while it is built: as soon as the first photo is prepared.
struct Meddler<F> {
    done: AtomicBool,
    meddle: F,
}

impl<F: Fn() + Send + Sync> Progress for Meddler<F> {
    fn photos(&self, _done: usize, _all: usize) {
        if !self.done.swap(true, Ordering::SeqCst) {
            (self.meddle)();
        }
    }

    fn is_stopped(&self) -> bool {
        false
    }
}

/// Builds an archive of two photos one after the other, while somebody meddles.
fn meddled(issue: &TempIssue, meddle: impl Fn() + Send + Sync + 'static) -> Outcome<Bulletin> {
    let folder = IssueFolder::open(issue.path()).expect("an issue");
    let options = Options { profile: Profile::Archive, ..Options::default() };
    let progress = Arc::new(Meddler { done: AtomicBool::new(false), meddle });
    let context = BuildContext { progress, threads: Threads::new(Some(1)), ..BuildContext::default() };
    Session::open(folder, options, context).build()
}

fn two_photos() -> TempIssue {
    let body = "![Một](a.jpg \"VL\")\n\n![Hai](b.jpg \"VL\")";
    TempIssue::usual().with_body(body).with("a.jpg", jpeg(400, 300)).with("b.jpg", jpeg(300, 400))
}

#[test]
fn a_photo_that_changes_during_the_build() {
    for name in ["a.jpg", "b.jpg"] {
        let issue = two_photos();
        let path = issue.path().join(name);
        let outcome = meddled(&issue, move || std::fs::write(&path, jpeg(500, 500)).expect("it is changed"));
        assert!(outcome.value.is_none(), "{name}");
        let codes: Vec<_> = outcome.diagnostics.iter().map(|found| found.finding.code()).collect();
        assert!(codes.contains(&Code::PhotoUnreadable), "{name}: {codes:?}");
        assert!(meddled(&issue, || {}).value.is_some(), "{name}");
    }
}

#[test]
fn a_photo_that_goes_during_the_build() {
    let issue = two_photos();
    let path = issue.path().join("b.jpg");
    let outcome = meddled(&issue, move || std::fs::remove_file(&path).expect("it goes"));
    assert!(outcome.value.is_none());
    assert!(outcome.diagnostics.iter().any(|found| found.finding.code() == Code::PhotoMissing));
    let issue = issue.with("b.jpg", jpeg(300, 400));
    assert!(meddled(&issue, || {}).value.is_some());
}

/// An article is read once: what is printed is what is attached, whatever becomes of the file.
#[test]
fn an_article_that_changes_during_the_build() {
    let (undisturbed, issue) = (two_photos(), two_photos());
    let path = issue.path().join("01.md");
    let pdf = meddled(&issue, move || std::fs::write(&path, "+++\n").expect("it is changed")).value.expect("a PDF").pdf;
    let files = bantin::archive::read(&pdf).expect("an archive");
    assert_eq!(files["01.md"], std::fs::read(undisturbed.path().join("01.md")).expect("the article"));
    let next = meddled(&issue, || {});
    assert!(next.value.is_none(), "the next run sees the change");
}
