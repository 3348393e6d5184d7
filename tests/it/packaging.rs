//! What the scripts that make packages, the workflow that runs them and the crate have to agree on.

use crate::support::repository;

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_release_has_every_system_that_the_scripts_know() {
    let (scripts, workflow) = (read("packaging/common.py"), read(".github/workflows/release.yml"));
    let targets: Vec<_> = scripts.lines().filter_map(|line| line.strip_prefix("    \"")?.split_once("\": (")).collect();
    assert_eq!(targets.len(), 5);
    for (target, _) in targets {
        assert!(workflow.contains(&format!("target: {target},")), "{target}");
    }
}

#[test]
fn a_release_runs_only_what_is_named_by_its_commit() {
    for line in read(".github/workflows/release.yml").lines() {
        let Some((_, action)) = line.split_once("uses: ") else { continue };
        let commit = action.split_once('@').and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default();
        let is_commit = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(action.starts_with("./") || is_commit, "{line}");
    }
}

#[test]
fn the_crate_has_what_is_built_in() {
    let manifest = read("Cargo.toml");
    let include = manifest.lines().find(|line| line.starts_with("include = ")).expect("a list of what is published");
    for folder in ["fonts", "layouts", "src", "build.rs", "LICENSE"] {
        assert!(include.contains(&format!("\"/{folder}\"")), "{folder}");
    }
}

#[test]
fn no_package_has_a_version_of_its_own() {
    let files = bantin::fs::files_below(&repository().join("packaging"));
    for file in files.iter().filter(|file| !file.starts_with("__pycache__/")) {
        assert!(!read(&format!("packaging/{file}")).contains(env!("CARGO_PKG_VERSION")), "{file}");
    }
}
