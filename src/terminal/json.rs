//! Findings as objects, one a line.

use std::path::Path;

use serde_json::{Value, json};

use super::safe::is_safe;
use crate::diagnostic::{Diagnostic, Location};
use crate::messages::{self, Lang, Message};

/// A finding. `issue` is the ISSUE as it was typed; empty where none was.
pub(super) fn diagnostic(issue: &Path, diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut object =
        object(diagnostic.code(), diagnostic.severity.as_str(), &messages::describe(&diagnostic.finding, lang));
    if let Some(fix) = &diagnostic.fix {
        object["fix"] = fix.as_str().into();
    }
    match &diagnostic.location {
        Location::Place(place) => {
            let (start, end) = (place.start(), place.end());
            object["file"] = place.source.name().into();
            object["line"] = start.line.into();
            object["column"] = start.column.into();
            object["end_line"] = end.line.into();
            object["end_column"] = end.column.into();
        }
        Location::File(file) => object["file"] = file.as_str().into(),
        Location::Elsewhere => {}
    }
    if !issue.as_os_str().is_empty() {
        object["issue"] = issue.display().to_string().into();
    }
    line(&object)
}

/// What is wrong with what was typed.
pub(super) fn usage(message: &Message) -> String {
    line(&object("usage", "error", message))
}

fn object(code: &str, severity: &str, message: &Message) -> Value {
    json!({
        "code": code,
        "severity": severity,
        "file": null,
        "line": null,
        "column": null,
        "end_line": null,
        "end_column": null,
        "message": message.text,
        "hints": message.hints,
        "issue": null,
    })
}

/// An object on a line. What a terminal would obey is escaped: JSON itself asks for that of some of it only.
pub(super) fn line(object: &Value) -> String {
    let mut line = String::new();
    for c in object.to_string().chars() {
        if is_safe(c) {
            line.push(c);
        } else {
            line.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    line
}
