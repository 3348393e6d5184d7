//! Findings for people: the line, what is wrong in it, what to do.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::Color;
use super::safe::{safe, same_length};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::messages::{self, Lang, Message};
use crate::source::Place;

/// A finding with its line, its place and its hints, in styles unless `color` is never. `folder` is that of the issue,
/// `more` what is said of others of its kind.
pub(super) fn render(folder: &Path, diagnostic: &Diagnostic, more: Option<String>, lang: Lang, color: Color) -> String {
    let mut message = messages::describe(&diagnostic.finding, lang);
    message.hints.extend(more);
    let message = shown_message(message);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let level = level.with_name(messages::severity(diagnostic.severity, lang));
    let title = level.primary_title(message.text.as_str()).id(diagnostic.code());
    let mut group = match &diagnostic.location {
        Location::Place(place) => {
            let path = safe(&shown_path(folder, place.source.name())).into_owned();
            with_line(title, path, place, message.label.as_deref().unwrap_or(""))
        }
        Location::File(file) => title.element(Origin::path(safe(&shown_path(folder, file)).into_owned())),
        Location::Elsewhere => Group::with_title(title),
    };
    let hint = messages::hint_word(lang);
    for text in &message.hints {
        group = group.element(Level::HELP.with_name(hint).message(text.as_str()));
    }
    let renderer = if color == Color::Never { Renderer::plain() } else { Renderer::styled() };
    renderer.decor_style(DecorStyle::Ascii).term_width(110).render(&[group])
}

/// A message with nothing in it that a terminal would obey.
fn shown_message(message: Message) -> Message {
    let text = |text: String| safe(&text).into_owned();
    Message {
        text: text(message.text),
        label: message.label.map(text),
        hints: message.hints.into_iter().map(text).collect(),
    }
}

/// The line at which a place starts: its number, its text, and the span to underline in it. A renderer that is given a
/// whole file goes through all of it for every finding.
fn snippet_line(place: &Place) -> (usize, &str, Range<usize>) {
    let text = place.source.text();
    let span = snippet_span(text, &place.range);
    let mut start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    if start == text.len() {
        // Behind the last line there is none to show: the renderer points behind its end.
        start = text[..start].trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1);
    }
    let end = text[span.end..].find('\n').map_or(text.len(), |newline| span.end + newline + 1);
    (place.source.position(start).line, &text[start..end], span.start - start..span.end - start)
}

/// Adds the line of a place to what is shown.
fn with_line<'a>(title: Title<'a>, path: String, place: &'a Place, label: &'a str) -> Group<'a> {
    let (line, text, span) = snippet_line(place);
    let annotation = AnnotationKind::Primary.span(span).label(label);
    title.element(Snippet::source(same_length(text).into_owned()).line_start(line).path(path).annotation(annotation))
}

/// The span to underline: whole letters, within one line, at least one column wide.
fn snippet_span(text: &str, range: &Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
    let mut end = range.end.clamp(start, line_end.max(start));
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if start == end {
        end = text[start..line_end].chars().next().map_or(start, |c| start + c.len_utf8());
    }
    start..end
}

/// Paths of layouts are their own; others are below the folder as it was typed.
pub(super) fn shown_path(folder: &Path, name: &str) -> String {
    if name.starts_with("layouts/") || name == "main.typ" {
        return name.to_owned();
    }
    // With `/` on every system, as in manifests.
    folder.join(name).display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_whole_letters_on_one_line() {
        let text = "Đây\r\nlà";
        assert_eq!(snippet_span(text, &(0..100)), 0..5);
        assert_eq!(snippet_span(text, &(1..1)), 0..2);
        assert_eq!(snippet_span(text, &(100..101)), text.len()..text.len());
        assert_eq!(snippet_span("", &(0..0)), 0..0);
    }

    fn rendered(group: Group<'_>) -> String {
        Renderer::plain().decor_style(DecorStyle::Ascii).term_width(110).render(&[group])
    }

    /// A finding as it is shown, with all of its file.
    fn shown_whole(place: &Place) -> String {
        let text = place.source.text();
        let annotation = AnnotationKind::Primary.span(snippet_span(text, &place.range)).label("nhãn");
        let snippet = Snippet::source(text).path("a.md").annotation(annotation);
        rendered(Level::WARNING.primary_title("điều thấy").element(snippet))
    }

    fn shown(place: &Place) -> String {
        rendered(with_line(Level::WARNING.primary_title("điều thấy"), "a.md".to_owned(), place, "nhãn"))
    }

    proptest::proptest! {
        /// One line of a file is enough to show a finding: the whole file would give the same picture.
        #[test]
        fn one_line_shows_as_much_as_the_whole_file(text in "[a-cđ \t\r漢]{0,20}(\n[a-cđ \t\r漢]{0,20}){0,7}", start in 0_usize..130, length in 0_usize..40) {
            let source = crate::source::Source::new("a.md", text);
            let place = Place::new(&source, start..start + length);
            proptest::prop_assert_eq!(shown(&place), shown_whole(&place));
        }
    }

    #[test]
    fn the_renderer_is_given_one_line_however_long_the_file_is() {
        let source = crate::source::Source::new("a.md", "một dòng\n".repeat(10_000));
        let place = Place::new(&source, 50_000..50_003);
        let (line, window, span) = snippet_line(&place);
        assert!(window.len() < 20 && span.end <= window.len(), "{window}");
        assert_eq!(line, source.position(50_000).line);
    }
}
