//! The work on photos: a budget that is kept, a cache that changes nothing but time, a stop that leaves nothing behind.

use std::path::Path;
use std::process::{Child, Stdio};

use bantin::session::{Bulletin, Options, Outcome};

use crate::support::{Answer, TempIssue, command, jpeg, png, repository, session};

/// A photo of 800 × 600 that does not pack well, each seed another.
fn busy(seed: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..800 * 600u32)
        .flat_map(|i| {
            let (x, y) = (i % 800, i / 800);
            let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519 + seed)) >> 25;
            let wave = ((x as f32 / (9.0 + seed as f32)).sin() * (y as f32 / 13.0).cos() * 80.0 + 90.0) as u32;
            [(wave + grain / 2) as u8, (wave / 2 + grain / 3) as u8, (200 - wave / 2 + grain / 3) as u8]
        })
        .collect();
    mozjpeg_rs::Encoder::fastest().quality(97).encode_rgb(&pixels, 800, 600).expect("a JPEG")
}

/// An issue with so many busy photos, a chart and a small photo.
fn heavy(photos: u32) -> TempIssue {
    let chart = png(600, 300, |x, y| if (x / 30 + y / 50) % 2 == 0 { [20, 55, 94, 255] } else { [250, 250, 250, 255] });
    let mut issue = TempIssue::usual().with("chart.png", chart).with("small.jpg", jpeg(300, 200));
    let mut body = "![Biểu đồ](chart.png \"VP\")\n\n![Nhỏ](small.jpg \"VP\")\n\n".to_owned();
    for seed in 0..photos {
        issue = issue.with(&format!("{seed}.jpg"), busy(seed));
        body.push_str(&format!("Một đoạn văn.\n\n![Ảnh]({seed}.jpg \"VP\")\n\n"));
    }
    issue.with_body(&body)
}

fn built(issue: &Path, max_size: u64) -> Outcome<Bulletin> {
    session(issue, &Options { max_size: Some(max_size), ..Options::default() }).build()
}

#[test]
fn a_budget_is_kept_and_used() {
    let issue = heavy(6);
    let best = built(issue.path(), u64::MAX).value.expect("it builds");
    assert_eq!(best.lowered, None);
    let best = best.pdf.len() as u64;
    for share in [95, 80, 60, 45] {
        let budget = best * share / 100;
        let bulletin = built(issue.path(), budget).value.expect("it fits");
        let bytes = bulletin.pdf.len() as u64;
        assert!(bytes <= budget, "{bytes} of {budget}");
        assert!(bytes * 100 > budget * 88, "{bytes} of {budget}: lower than needed");
        let lowered = bulletin.lowered.expect("photos were lowered");
        assert!(lowered.level.ppi >= 110.0 && lowered.level.score >= 60.0);
        assert!(lowered.estimate.abs_diff(bytes) * 20 <= bytes, "{} was thought, {bytes} came of it", lowered.estimate);
    }
}

#[test]
fn what_cannot_fit_names_the_photos_that_weigh_most() {
    let issue = heavy(2);
    let output = command()
        .current_dir(issue.path())
        .args(["build", ".", "--max-size", "40 KB", "--format", "json", "-o", "a.pdf"])
        .output();
    let answer = Answer::from(output.expect("the command runs"));
    assert_eq!(answer.status, 1);
    let found = answer.json();
    let budget = found.iter().find(|object| object["code"] == "size-budget").expect("a finding");
    let hints = budget["hints"].to_string();
    assert!(hints.contains("0.jpg") && hints.contains("1.jpg"), "{hints}");
    assert!(!issue.path().join("a.pdf").exists());
}

#[test]
fn without_photos_a_budget_cannot_be_helped() {
    let outcome = built(TempIssue::usual().path(), 1000);
    assert_eq!(outcome.diagnostics.iter().map(|found| found.code()).collect::<Vec<_>>(), ["size-budget"]);
}

fn build(issue: &Path, cache: &Path, more: &[&str]) -> Child {
    command()
        .env("BANTIN_CACHE", cache)
        .arg("build")
        .arg(issue)
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs")
}

fn pdf(issue: &Path, cache: &Path, more: &[&str]) -> Vec<u8> {
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("a.pdf");
    let more = [&["-o", output.to_str().expect("a path")][..], more].concat();
    let answer = Answer::from(build(issue, cache, &more).wait_with_output().expect("it ends"));
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    std::fs::read(output).expect("the PDF")
}

#[test]
fn a_cache_changes_nothing_and_heals() {
    let issue = heavy(2);
    let place = tempfile::tempdir().expect("a folder");
    let cache = place.path().join("cache");
    let first = pdf(issue.path(), &cache, &["--no-cache"]);
    assert!(!cache.exists(), "nothing is kept");
    assert!(pdf(issue.path(), &cache, &[]) == first);
    let entries = bantin::fs::entries_below(&cache);
    assert_eq!(entries.len(), 4);
    assert!(pdf(issue.path(), &cache, &[]) == first);
    // Damaged, emptied, replaced by a folder: made anew, or done without.
    std::fs::write(&entries[0].path, b"").expect("an entry");
    let mut spoiled = std::fs::read(&entries[1].path).expect("an entry");
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 1;
    std::fs::write(&entries[1].path, spoiled).expect("an entry");
    std::fs::remove_file(&entries[2].path).expect("an entry");
    std::fs::create_dir(&entries[2].path).expect("a folder");
    assert!(pdf(issue.path(), &cache, &[]) == first);
    let whole = |entries: &[bantin::fs::Entry]| entries.iter().map(|entry| entry.bytes).sum::<u64>();
    assert_eq!(whole(&bantin::fs::entries_below(&cache)), whole(&entries) - entries[2].bytes);
    // A cache that cannot be is no failure.
    assert!(pdf(issue.path(), &issue.path().join("01.md"), &[]) == first);
}

#[test]
fn a_cache_is_shared_by_many_at_once() {
    let issue = heavy(3);
    let place = tempfile::tempdir().expect("a folder");
    let cache = place.path().join("cache");
    let outputs: Vec<_> = (0..4).map(|number| place.path().join(format!("{number}.pdf"))).collect();
    let more = |output: &Path| ["-o".to_owned(), output.display().to_string()];
    let running: Vec<_> = outputs
        .iter()
        .map(|output| build(issue.path(), &cache, &more(output).each_ref().map(String::as_str)))
        .collect();
    for child in running {
        assert!(child.wait_with_output().expect("it ends").status.success());
    }
    let pdfs: Vec<_> = outputs.iter().map(|output| std::fs::read(output).expect("the PDF")).collect();
    assert!(pdfs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_cache_is_bounded() {
    let issue = heavy(4);
    let place = tempfile::tempdir().expect("a folder");
    let answer = command()
        .env("BANTIN_CACHE", place.path())
        .env("BANTIN_CACHE_SIZE", "150 KB")
        .current_dir(place.path())
        .arg("build")
        .arg(issue.path())
        .output();
    assert!(answer.expect("the command runs").status.success());
    let held: u64 = bantin::fs::entries_below(&place.path().join("photos")).iter().map(|entry| entry.bytes).sum();
    assert!(held > 0 && held <= 150_000, "{held}");
}

/// One camera photo many times over, told apart by a comment.
#[cfg(unix)]
fn slow() -> TempIssue {
    let photo = std::fs::read(repository().join("issues/2026-09/photos/portrait.jpg")).expect("the sample photo");
    let mut issue = TempIssue::usual();
    let mut body = String::new();
    for number in 0..60u8 {
        let bytes = [&photo[..2], &[0xff, 0xfe, 0, 3, number], &photo[2..]].concat();
        issue = issue.with(&format!("{number}.jpg"), bytes);
        body.push_str(&format!("![Ảnh]({number}.jpg \"VP\")\n\n"));
    }
    issue.with_body(&body)
}

#[test]
#[cfg(unix)]
fn a_stop_leaves_nothing_behind() {
    let issue = slow();
    let place = tempfile::tempdir().expect("a folder");
    let (cache, output) = (place.path().join("cache"), place.path().join("a.pdf"));
    std::fs::write(&output, "old").expect("the old PDF");
    let mut child = build(issue.path(), &cache, &["-o", output.to_str().expect("a path")]);
    // Once the first photo is in the cache, the work is under way.
    while bantin::fs::entries_below(&cache).is_empty() && child.try_wait().expect("its state").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    let answer = Answer::from(child.wait_with_output().expect("it ends"));
    assert_eq!(answer.status, 130, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stderr.contains("Stopped"), "{}", answer.stderr);
    assert_eq!(std::fs::read(&output).expect("the old PDF"), b"old");
    assert!(bantin::fs::entries_below(&cache).len() < 60);
    assert_eq!(bantin::fs::files_below(place.path()).iter().filter(|file| !file.starts_with("cache")).count(), 1);
}

#[test]
fn a_pipe_sees_no_progress_bar() {
    let issue = heavy(1);
    let (cache, output) = (issue.path().join("cache"), issue.path().join("a.pdf"));
    let output = output.to_str().expect("a path");
    let child = build(issue.path(), &cache, &["-o", output, "-q"]);
    let answer = Answer::from(child.wait_with_output().expect("it ends"));
    assert_eq!((answer.status, answer.stdout.as_str(), answer.stderr.as_str()), (0, "", ""));
    let child = build(issue.path(), &cache, &["-o", output, "--no-cache"]);
    let answer = Answer::from(child.wait_with_output().expect("it ends"));
    assert!(!answer.stderr.contains("Photos") && !answer.stderr.contains('\r'), "{}", answer.stderr);
}
