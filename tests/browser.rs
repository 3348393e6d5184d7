//! The desk in a browser: runs the tests of `tests/desk` with node, and tells of them as if they were tests of its own.
//!
//! They need node, a Chromium and `npm ci` in `tests/desk`; where these are missing it says so, and nothing fails.

#![expect(clippy::print_stdout, reason = "it takes the place of the test harness")]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

fn main() -> ExitCode {
    let asked: Vec<_> = std::env::args().skip(1).collect();
    // Whoever asks for some tests by name asks for none of these, or for all.
    let is_filtered = asked.iter().any(|word| !word.starts_with('-') && !"desk_in_a_browser".contains(word.as_str()));
    if is_filtered || asked.iter().any(|word| word == "--list") {
        return ExitCode::SUCCESS;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desk");
    let has_node = Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_node || !folder.join("node_modules").is_dir() {
        println!("\ndesk_in_a_browser ... SKIPPED: it needs node, and `npm ci` in tests/desk\n");
        return ExitCode::SUCCESS;
    }
    // By name: what a folder means differs between versions of node.
    let names = bantin::fs::entries_below(&folder).into_iter().map(|entry| entry.path.to_string_lossy().into_owned());
    let mut files: Vec<_> =
        names.filter(|name| !name.contains('/') && name.ends_with(".test.mjs")).map(|name| folder.join(name)).collect();
    files.sort();
    let started = Instant::now();
    let output = Command::new("node")
        .args(["--test", "--test-reporter=tap"])
        .args(&files)
        .env("BANTIN", env!("CARGO_BIN_EXE_bantin"))
        .env("BANTIN_CACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("desk-cache"))
        .stderr(Stdio::inherit())
        .output();
    let text = match output {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => {
            println!("node does not run: {error}");
            return ExitCode::FAILURE;
        }
    };
    let counted = |what: &str| -> usize {
        let line = text.lines().rev().find_map(|line| line.strip_prefix(&format!("# {what} ")));
        line.and_then(|count| count.trim().parse().ok()).unwrap_or_default()
    };
    let (all, passed, failed, skipped) = (counted("tests"), counted("pass"), counted("fail"), counted("skipped"));
    println!("\nrunning {all} tests");
    let lines = text.lines().map(str::trim_start);
    lines
        .filter(|line| line.starts_with("ok ") || line.starts_with("not ok "))
        .for_each(|line| println!("desk: {line}"));
    let is_whole = all > 0 && failed == 0 && passed + skipped == all;
    if !is_whole {
        println!("\n{text}");
    }
    let word = if is_whole { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; {skipped} ignored; 0 measured; 0 filtered out; \
         finished in {:.2}s\n",
        started.elapsed().as_secs_f64()
    );
    if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
