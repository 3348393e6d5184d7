#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make programs to run")]

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{OfficeError, convert_with};

/// A program of a few lines of shell that is called as LibreOffice is.
fn program(folder: &Path, lines: &str) -> OsString {
    let path = folder.join("soffice");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("a program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("may be run");
    path.into()
}

fn run(lines: &str, patience: u64) -> Result<Vec<u8>, OfficeError> {
    let folder = tempfile::tempdir().expect("a folder");
    let program = program(folder.path(), lines);
    convert_with(
        &[OsString::from("there-is-no-such-program"), program],
        b"{\\rtf1}",
        "rtf",
        Duration::from_secs(patience),
    )
}

#[test]
fn what_it_makes_comes_back() {
    let lines = r#"for last; do :; done; mkdir out; { printf PK; cat "$last"; } > out/source.docx"#;
    assert_eq!(run(lines, 20), Ok(b"PK{\\rtf1}".to_vec()));
}

#[test]
fn it_works_in_a_folder_of_its_own_without_macros() {
    let lines = r#"case "$1" in -env:UserInstallation=file://$PWD/profile) ;; *) echo "profile: $1"; exit;; esac
        grep -q DisableMacrosExecution profile/user/registrymodifications.xcu || { echo macros; exit; }
        [ "$HOME" = "$PWD" ] || { echo home; exit; }
        mkdir out; echo PK > out/source.docx"#;
    assert_eq!(run(lines, 20), Ok(b"PK\n".to_vec()));
}

#[test]
fn what_it_says_is_told_where_it_makes_nothing_even_if_it_says_that_all_is_well() {
    let failed = run("echo 'Error: source file could not be loaded' >&2; echo 'javaldx failed'; exit 0", 20);
    assert_eq!(failed, Err(OfficeError::Failed("Error: source file could not be loaded".to_owned())));
    assert_eq!(run("mkdir out; echo no > out/source.docx", 20), Err(OfficeError::Failed(String::new())));
}

#[test]
fn it_is_ended_with_all_that_it_started_when_its_time_is_up() {
    let trace = tempfile::tempdir().expect("a folder");
    let file = trace.path().join("alive");
    let started = Instant::now();
    // A child that would leave a trace after three seconds.
    let result = run(&format!("(sleep 3; touch '{}') & sleep 100", file.display()), 1);
    assert_eq!(result, Err(OfficeError::TimedOut));
    assert!(started.elapsed() < Duration::from_secs(3));
    std::thread::sleep(Duration::from_secs(4));
    assert!(!file.exists());
}

#[test]
fn a_program_that_is_not_there_is_said_not_to_be_installed() {
    let programs = [OsString::from("there-is-no-such-program")];
    assert_eq!(convert_with(&programs, b"{\\rtf1}", "doc", Duration::from_secs(1)), Err(OfficeError::NotInstalled));
}

#[test]
fn other_formats_are_not_even_tried() {
    let programs = [OsString::from("there-is-no-such-program")];
    let result = convert_with(&programs, b"", "../x", Duration::from_secs(1));
    assert!(matches!(result, Err(OfficeError::Failed(_))));
}

#[test]
fn what_is_no_document_is_not_even_tried() {
    let programs = [OsString::from("there-is-no-such-program")];
    let result = convert_with(&programs, b"Chu thuong", "doc", Duration::from_secs(1));
    assert_eq!(result, Err(OfficeError::OtherFormat));
}
