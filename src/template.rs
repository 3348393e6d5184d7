//! The files of a new issue: `new` writes them, and `check` knows their words again where nobody has replaced them.

/// `issue.toml`, with `{date}` and `{number}` to be filled in.
pub const MANIFEST: &str = include_str!("commands/new/issue.toml");

/// An article, with `{title}` to be filled in.
pub const ARTICLE: &str = include_str!("commands/new/article.md");

/// The title of an article that has none yet.
pub const ARTICLE_TITLE: &str = "Tên bài viết";
