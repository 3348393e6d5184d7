//! Text as pieces of Markdown, in which emphasis has the marks of a style.

use super::escape::Piece;
use super::target;
use crate::issue::Inline;

/// The marks of emphasis. Where two stand side by side, Markdown can tell some from each other and others not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub emphasis: &'static str,
    pub strong: &'static str,
    /// Whether emphasis inside of emphasis takes the other sign.
    pub alternates: bool,
}

/// All styles, those first that people know best.
pub(super) const STYLES: [Style; 8] = [
    Style { emphasis: "*", strong: "**", alternates: false },
    Style { emphasis: "_", strong: "**", alternates: false },
    Style { emphasis: "*", strong: "__", alternates: false },
    Style { emphasis: "_", strong: "__", alternates: false },
    Style { emphasis: "*", strong: "**", alternates: true },
    Style { emphasis: "_", strong: "**", alternates: true },
    Style { emphasis: "*", strong: "__", alternates: true },
    Style { emphasis: "_", strong: "__", alternates: true },
];

impl Style {
    /// The style inside of emphasis.
    fn inner(self) -> Self {
        let other = |mark: &str| match mark {
            "*" => "_",
            "_" => "*",
            "**" => "__",
            _ => "**",
        };
        match self.alternates {
            true => Self { emphasis: other(self.emphasis), strong: other(self.strong), alternates: true },
            false => self,
        }
    }
}

/// The pieces of a text; `in_brackets` where it stands between some.
pub(super) fn pieces(content: &[Inline], style: Style, in_brackets: bool) -> Vec<Piece> {
    let mut all = Vec::new();
    gather(content, style, in_brackets, &mut all);
    all
}

fn gather(content: &[Inline], style: Style, in_brackets: bool, all: &mut Vec<Piece>) {
    for inline in content {
        match inline {
            Inline::Text(run) => all.extend(run.text.chars().map(|c| Piece::Char(c, in_brackets))),
            Inline::Emphasis(inner) => between(style.emphasis, inner, style, in_brackets, all),
            Inline::Strong(inner) => between(style.strong, inner, style, in_brackets, all),
            Inline::Link { url, content } => {
                all.push(Piece::Mark("[".to_owned()));
                gather(content, style, true, all);
                all.push(Piece::Mark(format!("]({})", target::url(url))));
            }
            Inline::Break => all.push(Piece::Break),
            Inline::Footnote(index) => all.push(Piece::Note((index + 1).to_string())),
        }
    }
}

fn between(mark: &str, inner: &[Inline], style: Style, in_brackets: bool, all: &mut Vec<Piece>) {
    all.push(Piece::Mark(mark.to_owned()));
    gather(inner, style.inner(), in_brackets, all);
    all.push(Piece::Mark(mark.to_owned()));
}
