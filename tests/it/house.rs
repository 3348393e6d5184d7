//! Rules for this repository, kept by a test so that nobody has to remember them.

use std::path::Path;

use crate::support::repository;

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources() -> Vec<(String, String)> {
    let files = bantin::fs::files_below(&repository().join("src"));
    files
        .into_iter()
        .filter(|file| file.ends_with(".rs"))
        .map(|file| (file.clone(), read(&format!("src/{file}"))))
        .collect()
}

/// The code of a file, without its tests and comments.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_changelog_has_the_version() {
    assert!(read("CHANGELOG.md").contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_version_of_typst_is_the_one_that_is_built() {
    let lock = read("Cargo.lock");
    let version = lock.split("name = \"typst\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(version, Some(bantin::typeset::TYPST));
}

#[test]
fn imports_point_one_way() {
    // What a module may not know of.
    let rules: &[(&str, &[&str])] = &[
        ("source.rs", &["crate::"]),
        ("diagnostic", &["crate::issue", "crate::messages", "crate::terminal", "crate::fs"]),
        ("issue.rs", &["crate::fs", "crate::reading", "crate::photo", "crate::layout", "crate::diagnostic"]),
        ("toml_reader", &["crate::issue", "crate::manifest", "crate::article", "crate::fs"]),
        ("manifest", &["crate::article", "crate::photo", "crate::layout", "crate::reading"]),
        ("article", &["crate::manifest", "crate::photo", "crate::layout", "crate::reading", "crate::fs"]),
        ("photo", &["crate::manifest", "crate::article", "crate::layout", "crate::reading", "crate::typeset"]),
        ("layout", &["crate::manifest", "crate::article", "crate::reading", "crate::typeset", "crate::pdf"]),
        ("fonts.rs", &["crate::layout", "crate::typeset", "crate::reading", "crate::issue"]),
        ("typeset", &["crate::manifest", "crate::article", "crate::reading", "crate::pdf", "crate::session"]),
        ("archive", &["crate::commands", "crate::session", "crate::terminal", "crate::messages"]),
        ("compare", &["crate::commands", "crate::session", "crate::terminal", "crate::messages"]),
        ("limits.rs", &["crate::commands", "crate::session", "crate::terminal", "crate::messages"]),
        ("pdf.rs", &["crate::manifest", "crate::article", "crate::reading", "crate::session"]),
        ("import", &["crate::session", "crate::commands", "crate::terminal", "crate::messages", "crate::cli"]),
        ("session", &["crate::commands", "crate::terminal", "crate::messages", "crate::cli"]),
    ];
    for (file, text) in sources() {
        for (module, forbidden) in rules {
            if file == *module || file.starts_with(&format!("{module}/")) || file == format!("{module}.rs") {
                for word in *forbidden {
                    assert!(!code(&text).contains(word), "{file} must not know {word}");
                }
            }
        }
    }
}

#[test]
fn typst_stays_behind_its_doors() {
    for (file, text) in sources() {
        let is_door = file.starts_with("typeset") || ["fonts.rs", "pdf.rs"].contains(&file.as_str());
        let uses = ["typst::", "typst_"].iter().any(|word| code(&text).contains(word));
        assert!(is_door || !uses, "{file} uses typst");
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (file, text) in sources() {
        assert!(text.starts_with("//!") || file.ends_with("tests.rs"), "{file} has no module doc");
    }
}

#[test]
fn the_fonts_are_those_that_were_chosen() {
    for line in read("fonts/SHA256SUMS").lines() {
        let (sum, name) = line.split_once("  ").expect("a checksum and a name");
        let bytes = std::fs::read(repository().join("fonts").join(name)).expect("the font");
        let found: String = <sha2::Sha256 as sha2::Digest>::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(found, sum, "{name}");
    }
}

#[test]
fn the_sample_photos_are_under_12_mb() {
    let mut total = 0;
    for sample in ["issues/2026-09/photos", "issues/2026-10/photos"] {
        let folder = repository().join(sample);
        for file in bantin::fs::files_below(&folder) {
            total += std::fs::metadata(folder.join(file)).expect("a photo").len();
        }
    }
    assert!(total < 12_000_000, "{total}");
}

#[test]
fn the_readme_runs() {
    let readme = read("README.md");
    for command in ["cargo run --release --locked -- build issues/2026-09", "cargo test --locked"] {
        assert!(readme.contains(command), "the README has no `{command}`");
    }
    assert!(read(".ci/run").contains("cargo test --locked"), "CI runs another test command than the README");
    // Every second part stands inside a block of code.
    let prose: String = readme.split("```").step_by(2).collect();
    for picture in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let is_file = !picture.contains("://") && !picture.starts_with('#');
        assert!(!is_file || Path::new(&repository().join(picture)).exists(), "{picture} is not there");
    }
}
