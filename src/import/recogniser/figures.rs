//! Photos and their captions.

use super::inlines::{split_at, trimmed};
use super::line::Line;
use super::phrases::{begins_caption, credit};
use super::titles::BodyLook;
use crate::import::bulletin::Figure;
use crate::import::document::{Document, Inline, Role, Span, Style, text_of};

/// Longest caption, in characters.
const LONGEST_CAPTION: usize = 400;

/// Whether a line that follows a picture is its caption: it says so, or looks otherwise than the text.
pub(super) fn is_caption(line: &Line, look: &BodyLook) -> bool {
    if line.length() > LONGEST_CAPTION || line.look.list.is_some() || line.look.level.is_some() {
        return line.has_role(Role::Caption);
    }
    line.has_role(Role::Caption)
        || credit(&line.text).is_some()
        || begins_caption(&line.text)
        || (line.is_centred() && !look.is_centred)
        || (line.italic && !look.is_italic)
        || (look.size > 0.0 && line.size > 0.0 && line.size < look.size - 0.4)
}

/// Whether a line says of itself that it is a caption, wherever it stands.
pub(super) fn says_caption(line: &Line) -> bool {
    line.length() <= LONGEST_CAPTION
        && line.look.level.is_none()
        && (line.has_role(Role::Caption)
            || begins_caption(&line.text)
            || credit(&line.text).is_some_and(|(at, _)| at > 0 && line.text[..at].chars().count() <= 250))
}

/// Whether a line is nothing but a credit.
pub(super) fn is_credit(line: &Line) -> bool {
    credit(&line.text).is_some_and(|(at, _)| at == 0)
}

/// A figure with its caption; the credit stands apart.
pub(super) fn figure(document: &Document, picture: Option<usize>, caption: &[Inline]) -> Figure {
    let mut figure = Figure { picture: picture.and_then(|at| document.pictures.get(at)).cloned(), ..Figure::default() };
    add_caption(&mut figure, caption);
    figure
}

/// Gives a figure its caption, or more of it.
pub(super) fn add_caption(figure: &mut Figure, caption: &[Inline]) {
    let text = text_of(caption);
    let (own, found) = match credit(&text) {
        Some((at, found)) => (split_at(caption, at).0, Some(found.trim().to_owned())),
        None => (caption.to_vec(), None),
    };
    let own = trimmed(own);
    if !figure.caption.is_empty() && !own.is_empty() {
        figure.caption.push(Inline::Text(Span { text: " ".to_owned(), style: Style::default(), link: None }));
    }
    figure.caption.extend(own);
    figure.credit = figure.credit.take().or(found);
}
