//! Cutting inline text: what stands before or behind a byte of its words.

use crate::import::document::{Inline, Span};

/// Parts inline text at a byte of its words ([`text_of`](crate::import::document::text_of)). Notes at the cut stay before it.
pub(super) fn split_at(inlines: &[Inline], at: usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut before, mut behind) = (Vec::new(), Vec::new());
    let mut left = at;
    for inline in inlines {
        match inline {
            Inline::Text(span) if left >= span.text.len() => {
                left -= span.text.len();
                before.push(inline.clone());
            }
            Inline::Text(span) => {
                let (first, rest) = span.text.split_at(span.text.floor_char_boundary(left));
                left = 0;
                let part = |text: &str| Inline::Text(Span { text: text.to_owned(), ..span.clone() });
                if !first.is_empty() {
                    before.push(part(first));
                }
                behind.push(part(rest));
            }
            Inline::Break if left > 0 => {
                left -= 1;
                before.push(Inline::Break);
            }
            other if behind.is_empty() => before.push(other.clone()),
            other => behind.push(other.clone()),
        }
    }
    (before, behind)
}

/// Inline text without white space and breaks at its ends.
pub(super) fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    while let Some(first) = inlines.first_mut() {
        match first {
            Inline::Text(span) if span.text.trim_start().is_empty() => drop(inlines.remove(0)),
            Inline::Text(span) => {
                span.text = span.text.trim_start().to_owned();
                break;
            }
            Inline::Break => drop(inlines.remove(0)),
            _ => break,
        }
    }
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Text(span) if span.text.trim_end().is_empty() => drop(inlines.pop()),
            Inline::Text(span) => {
                span.text = span.text.trim_end().to_owned();
                break;
            }
            Inline::Break => drop(inlines.pop()),
            _ => break,
        }
    }
    inlines
}

/// The first address that inline text links to.
pub(super) fn link(inlines: &[Inline]) -> Option<&str> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(span) => span.link.as_deref(),
        _ => None,
    })
}

/// Whether a note is referred to.
pub(super) fn has_note(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| matches!(inline, Inline::Note(_)))
}
