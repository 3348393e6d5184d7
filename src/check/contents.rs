//! The issue as a whole: articles that nobody listed, that nobody signed, or whose titles fill the contents.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Finding};
use crate::fs::{IssueFolder, is_of_own_layout};
use crate::issue::{Article, Issue, normal_path};

/// A title longer than this takes three lines or more of the contents, in characters.
const LONG_TITLE: usize = 100;

/// Articles that nobody signed, or whose titles fill the contents.
pub fn articles(issue: &Issue) -> Vec<Diagnostic> {
    issue.articles().flat_map(article).collect()
}

fn article(article: &Article) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if article.author.is_none() && article.credit_source.is_none() && article.source_url.is_none() {
        found.push(Diagnostic::warning(Finding::ArticleWithoutSource, article.title.place.clone()));
    }
    let printed = article.contents_title.as_ref().unwrap_or(&article.title);
    let characters = printed.value.chars().count();
    if characters > LONG_TITLE {
        let finding = Finding::ContentsTitleLong {
            characters,
            limit: LONG_TITLE,
            is_short_form: article.contents_title.is_some(),
        };
        found.push(Diagnostic::warning(finding, printed.place.clone()));
    }
    found
}

/// Articles in the folder that the manifest does not list; where it has errors, it may list them all. A README is
/// none, and a layout's are its own.
pub fn unlisted(issue: &Issue, folder: &IssueFolder) -> Vec<Diagnostic> {
    let listed: HashSet<_> = issue.articles().map(|article| normal_path(article.source.name())).collect();
    let is_article = |name: &String| {
        let lower = name.to_lowercase();
        lower.ends_with(".md")
            && !is_of_own_layout(name)
            && !lower.rsplit('/').next().is_some_and(|n| n.starts_with("readme"))
    };
    let files = folder.files().into_iter().filter(is_article).filter(|name| !listed.contains(&normal_path(name)));
    files.map(|path| Diagnostic::warning_in_file(Finding::ArticleUnlisted { path: path.clone() }, path)).collect()
}
