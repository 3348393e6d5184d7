//! The documentation: every relative link leads somewhere, every command that is shown runs and answers as shown, and both
//! languages tell of the same.
//!
//! What a page shows is carried out in its order, in a folder of the page's own:
//!
//! - `console` blocks: what stands behind `$ ` is run; other lines must occur in the answer, with `…` for what varies. The
//!   last command of a `console exit=1` ends with that status, all others with 0;
//! - the block below `<!-- file: PATH -->` becomes that file, the one below `<!-- add to: PATH -->` comes to its end, and
//!   the one below `<!-- edit: PATH -->` is a `diff` of lines that follow each other;
//! - `<!-- given: PATH -->` is a file that the reader has: a photo, a Word file, a PDF;
//! - in `text`, `sh`, `powershell` and `batch` blocks, and in `code` within the text, commands are only looked up: there
//!   must be such a command, and every option that they name.

mod page;
mod shell;

use std::collections::BTreeSet;

use page::Page;
use shell::Shell;

use crate::support::{ARTICLE, MANIFEST, TempIssue, repository, run};

const LANGUAGES: [&str; 2] = ["docs/en", "docs/vi"];

/// The pages in a folder of the repository, without those further below.
fn pages_in(folder: &str) -> Vec<String> {
    let files = bantin::fs::files_below(&repository().join(folder));
    let mut pages: Vec<_> = files.into_iter().filter(|file| file.ends_with(".md") && !file.contains('/')).collect();
    pages.sort();
    pages.into_iter().map(|page| format!("{folder}/{page}")).collect()
}

/// Everything that people read.
fn documents() -> Vec<Page> {
    let others = ["README.md", "README.vi.md", "CONTRIBUTING.md", "layouts/README.md", "layouts/README.vi.md"];
    let pages = ["docs", "docs/en", "docs/vi"].into_iter().flat_map(pages_in);
    others.into_iter().map(str::to_owned).chain(pages).map(|path| Page::read(&path)).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let documents = documents();
    let mut broken = Vec::new();
    for page in &documents {
        for link in &page.links {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.path.clone() } else { page::beside(&page.path, path) };
            let is_there = repository().join(&target).exists();
            let known = documents.iter().find(|other| other.path == target);
            let has_anchor = known.is_none_or(|other| anchor.is_empty() || other.anchors.contains(anchor));
            if !is_there || !has_anchor {
                broken.push(format!("{}: {link}", page.path));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

/// Carries out the documents that are, or are not, in Vietnamese.
fn carry_out(is_vietnamese: bool) {
    let wanted = documents().into_iter().filter(|page| page.is_vietnamese() == is_vietnamese);
    let complaints: Vec<_> = wanted.flat_map(|page| Shell::new(&page).carry_out(&page.steps)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn commands_answer_as_shown_in_english() {
    carry_out(false);
}

#[test]
fn commands_answer_as_shown_in_vietnamese() {
    carry_out(true);
}

#[test]
fn both_languages_have_the_same_pages_and_commands() {
    let [english, vietnamese] = LANGUAGES.map(|folder| {
        let pages = pages_in(folder).into_iter().map(|path| Page::read(&path));
        let commands = |page: &Page| page.commands().map(str::to_owned).collect::<Vec<_>>();
        pages.map(|page| (page.path.replace(folder, ""), commands(&page))).collect::<Vec<_>>()
    });
    let names = |pages: &[(String, Vec<String>)]| pages.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&english), names(&vietnamese));
    for ((name, in_english), (_, in_vietnamese)) in english.iter().zip(&vietnamese) {
        assert_eq!(in_english, in_vietnamese, "{name}");
    }
}

#[test]
fn the_index_lists_every_page() {
    let index = Page::read("docs/README.md");
    let listed: BTreeSet<_> = index.links.iter().map(|link| page::beside(&index.path, link)).collect();
    for path in LANGUAGES.into_iter().flat_map(pages_in) {
        assert!(listed.contains(&path), "docs/README.md does not list {path}");
    }
}

/// The Vietnamese pages pass what they tell others to use.
#[test]
fn the_vietnamese_pages_have_no_slips() {
    for page in documents().into_iter().filter(Page::is_vietnamese) {
        let issue =
            TempIssue::empty().with("issue.toml", MANIFEST).with("01.md", format!("{ARTICLE}\n{}", page.prose()));
        let answer = run(issue.path(), &["check", ".", "--deny", "warnings", "-v"]);
        assert_eq!(answer.status, 0, "{}:\n{}", page.path, answer.stderr);
    }
}

/// What the tests above rest on.
#[test]
fn shown_lines_may_leave_out_what_varies() {
    for (shown, line, is_it) in [
        ("a.pdf: 2 pages", "a.pdf: 2 pages", true),
        ("a.pdf: 2 pages", "a.pdf: 2 pages, 54 KB", false),
        ("a.pdf: … pages, … KB", "a.pdf: 12 pages, 54 KB", true),
        ("a.pdf: … pages, … KB", "a.pdf: 12 pages, 5.4 MB", false),
        ("bantin …", "bantin 0.1.0", true),
        ("…: 3 warnings", "issues/a: 3 warnings", true),
        ("aa…aa", "aaa", false),
    ] {
        assert_eq!(shell::is_shown(shown, line), is_it, "{shown} | {line}");
    }
}

#[test]
fn anchors_are_made_as_on_github() {
    for (heading, anchor) in [
        ("3. Tạo số báo", "3-tạo-số-báo"),
        ("macOS and Linux", "macos-and-linux"),
        ("Keys of issue.toml", "keys-of-issuetoml"),
        ("SPF, DKIM, DMARC là gì", "spf-dkim-dmarc-là-gì"),
    ] {
        assert_eq!(page::anchor(heading), anchor);
    }
}
