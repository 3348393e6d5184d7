//! The files of a new issue: `new` writes them, and `check` knows their words again where nobody has replaced them.

/// `issue.toml`, with a date and a number that `new` replaces.
pub(crate) const MANIFEST: &str = include_str!("commands/new/issue.toml");

/// An article, with a title that `new` replaces.
pub(crate) const ARTICLE: &str = include_str!("commands/new/article.md");

/// The title of an article that has none yet.
pub(crate) const ARTICLE_TITLE: &str = "Tên bài viết";
