//! Whether two runs of text are the same but for the places where they stand.

use crate::issue::Inline;

pub(super) fn content(a: &[Inline], b: &[Inline]) -> bool {
    each(a, b, inline)
}

pub(super) fn each<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn inline(a: &Inline, b: &Inline) -> bool {
    match (a, b) {
        (Inline::Text(a), Inline::Text(b)) => a.text == b.text,
        (Inline::Emphasis(a), Inline::Emphasis(b)) | (Inline::Strong(a), Inline::Strong(b)) => content(a, b),
        (Inline::Link { url, content: a }, Inline::Link { url: other, content: b }) => url == other && content(a, b),
        (Inline::Break, Inline::Break) => true,
        (Inline::Footnote(a), Inline::Footnote(b)) => a == b,
        _ => false,
    }
}
