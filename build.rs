//! Tells `bantin --version` which commit it is built from. Where nobody knows, it goes without.

#![expect(clippy::disallowed_methods, reason = "a build script has no part in the work of the command")]

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // While working, a commit is no reason to build anything anew.
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    if let Some(commit) = published().or_else(checked_out).as_deref().and_then(|commit| commit.get(..7)) {
        println!("cargo::rustc-env=BANTIN_COMMIT={commit}");
    }
}

/// As `cargo publish` wrote it into the crate.
fn published() -> Option<String> {
    let facts = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = facts.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// As git knows it, if this folder is the top of a repository and not something in another one.
fn checked_out() -> Option<String> {
    Path::new(".git").exists().then_some(())?;
    // One of them is written whenever another commit is checked out, or a new one made.
    let mut written = ["logs/HEAD", "HEAD"].into_iter().filter_map(|name| git(&["rev-parse", "--git-path", name]));
    if let Some(path) = written.find(|path| Path::new(path).exists()) {
        println!("cargo::rerun-if-changed={path}");
    }
    git(&["rev-parse", "HEAD"])
}

fn git(words: &[&str]) -> Option<String> {
    let output = Command::new("git").args(words).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
}
