//! The same inputs give the same bytes: on every run, in every folder, at any time, under any locale.

use bantin::pdf::Profile;
use bantin::session::Options;

use crate::support::{TempIssue, command, pdf_of, repository};

fn sample() -> std::path::PathBuf {
    repository().join("issues/2026-09")
}

/// A copy of a sample in another folder, of the same name, for the name is in the data.
fn copy_of_sample() -> TempIssue {
    let mut copy = TempIssue::empty();
    for file in bantin::fs::files_below(&sample()) {
        let bytes = std::fs::read(sample().join(&file)).expect("a file of the sample");
        copy = copy.with(&format!("2026-09/{file}"), bytes);
    }
    copy
}

#[test]
fn two_builds_and_another_folder() {
    let first = pdf_of(&sample(), &Options::default());
    assert!(first == pdf_of(&sample(), &Options::default()), "a second build differs");
    let elsewhere = copy_of_sample();
    assert!(first == pdf_of(&elsewhere.path().join("2026-09"), &Options::default()), "another folder differs");
}

#[test]
fn archives_too() {
    let options = Options { profile: Profile::Archive, ..Options::default() };
    let issue = TempIssue::usual();
    assert!(pdf_of(issue.path(), &options) == pdf_of(issue.path(), &options));
}

#[test]
fn time_zone_language_home_and_jobs_do_not_matter() {
    let issue = copy_of_sample();
    let build = |name: &str, zone: &str, language: &str, jobs: &str| {
        let home = tempfile::tempdir().expect("a folder");
        let status = command()
            .args(["build", "2026-09", "-q", "--jobs", jobs, "-o", name])
            .current_dir(issue.path())
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .env("HOME", home.path())
            .status()
            .expect("the command runs");
        assert!(status.success());
        std::fs::read(issue.path().join(name)).expect("the PDF")
    };
    let first = build("a.pdf", "UTC", "C", "1");
    assert!(first == build("b.pdf", "Asia/Ho_Chi_Minh", "vi_VN.UTF-8", "4"), "the environment shows");
}
