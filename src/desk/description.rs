//! What is shown, as the page reads it: JSON. Lengths are points, to the hundredth.

use serde_json::{Value, json};

use super::Desk;
use super::shown::Shown;
use super::state::{Email, Shared, State};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::messages::{self, Lang};
use crate::source::{Place, Source};
use crate::typeset::{Area, PrintedPage};

/// The state as the page reads it.
pub(super) fn describe(state: &State, desk: &Desk, shared: &Shared) -> Value {
    let shown = state.shown.as_deref();
    let findings: Vec<_> = state.findings.iter().map(|found| finding(found, shown, desk.lang)).collect();
    let mut codes = serde_json::Map::new();
    for found in state.findings.iter() {
        if let Some(code) = Code::ALL.iter().find(|code| code.as_str() == found.code()) {
            codes.entry(code.as_str()).or_insert_with(|| json!(messages::code(*code, desk.lang)));
        }
    }
    let marks = state.marks.iter().map(|(page, mark)| with(area(mark), [("page", json!(page + 1))]));
    json!({
        "event": state.event,
        "version": state.version,
        "setting": state.is_setting,
        "issue": shared.name,
        "title": state.title,
        "language": state.language,
        "editor": desk.editor.is_some(),
        "pages": shown.map(pages).unwrap_or_else(|| json!([])),
        "articles": shown.map(articles).unwrap_or_else(|| json!([])),
        "findings": findings,
        "codes": codes,
        "errors": state.has_errors,
        "size": state.email.as_ref().map(weight),
        "marks": marks.collect::<Vec<_>>(),
    })
}

fn weight(email: &Email) -> Value {
    json!({ "bytes": email.pdf.len(), "budget": email.budget, "lowered": email.is_lowered })
}

fn pages(shown: &Shown) -> Value {
    let pages = shown.pages.iter().enumerate().map(|(index, page)| {
        json!({
            "number": index + 1, "label": page.label, "hash": hash_text(page),
            "width": page.width, "height": page.height,
        })
    });
    pages.collect()
}

fn articles(shown: &Shown) -> Value {
    let entries = shown.articles.iter();
    let articles = entries.map(|entry| {
        json!({ "file": entry.file, "title": entry.title, "section": entry.section, "page": entry.page.max(1) })
    });
    articles.collect()
}

fn finding(found: &Diagnostic, shown: Option<&Shown>, lang: Lang) -> Value {
    let message = messages::describe(&found.finding, lang);
    let mut object = json!({
        "code": found.code(), "severity": found.severity.as_str(), "file": null, "line": null,
        "message": message.text, "hints": message.hints, "fix": found.fix, "page": null, "text": null,
    });
    match &found.location {
        Location::Place(place) => {
            let (start, end) = (place.start(), place.end());
            let more = [
                ("file", json!(place.source.name())),
                ("line", json!(start.line)),
                ("column", json!(start.column)),
                ("end_line", json!(end.line)),
                ("end_column", json!(end.column)),
                ("text", json!(lines_of(&place.source, start.line, start.line))),
                ("page", json!(page_of(place, shown))),
            ];
            object = with(object, more);
        }
        Location::File(file) => object["file"] = json!(file),
        Location::Elsewhere => {}
    }
    object
}

/// The page on which a place is printed, counted from 1.
fn page_of(place: &Place, shown: Option<&Shown>) -> Option<usize> {
    let shown = shown?;
    Some(shown.alignment.page_of(&shown.pages, place)? + 1)
}

/// A page's hash, as it stands in addresses.
pub(super) fn hash_text(page: &PrintedPage) -> String {
    format!("{:032x}", page.hash)
}

/// A rectangle on a page.
pub(super) fn area(area: &Area) -> Value {
    let hundredths = |length: f64| (length * 100.0).round() / 100.0;
    json!({
        "x": hundredths(area.x), "y": hundredths(area.y),
        "width": hundredths(area.width), "height": hundredths(area.height),
    })
}

/// An object with more in it.
pub(super) fn with<const N: usize>(mut object: Value, more: [(&str, Value); N]) -> Value {
    for (key, value) in more {
        object[key] = value;
    }
    object
}

pub(super) fn areas(areas: &[Area]) -> Value {
    areas.iter().map(area).collect()
}

/// Lines of a file as they stand there, from one to another.
pub(super) fn lines_of(source: &Source, line: usize, end_line: usize) -> String {
    let lines = source.text().lines().skip(line - 1).take(end_line + 1 - line);
    lines.collect::<Vec<_>>().join("\n")
}
