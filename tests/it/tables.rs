//! The tables of the reference pages are made from what the code says of itself: the keys from the schemas, the codes from
//! their registry. `SNAPSHOTS=overwrite` writes them anew, between their marks.

use std::fmt::Write as _;

use bantin::diagnostic::Code;
use bantin::messages::{self, Lang};
use bantin::schema::{Subject, schema};
use serde_json::Value;

use crate::support::repository;

/// What stands between the marks of a table.
fn table(name: &str, lang: Lang) -> String {
    match name {
        "keys of issue.toml" => keys(&schema(Subject::Manifest), lang),
        "keys of an article" => keys(&schema(Subject::Article), lang),
        "codes" => codes(lang),
        other => panic!("nobody makes a table of {other}"),
    }
}

fn codes(lang: Lang) -> String {
    let head = match lang {
        Lang::Vi => "| mã | mức | `--fix` | tìm gì |\n|---|---|---|---|\n",
        Lang::En => "| code | severity | `--fix` | finds |\n|---|---|---|---|\n",
    };
    Code::ALL.iter().fold(head.to_owned(), |mut rows, code| {
        let severity = messages::severity(code.severity(), lang);
        let (fix, finds) = (messages::fix(code.fix(), lang), messages::code(*code, lang).replace("**", "`**`"));
        let _ = writeln!(rows, "| `{}` | {severity} | {fix} | {finds} |", code.as_str());
        rows
    })
}

/// The keys of a schema, with those of its tables below them.
fn keys(schema: &Value, lang: Lang) -> String {
    let head = if lang == Lang::Vi { "| khóa | |\n|---|---|\n" } else { "| key | |\n|---|---|\n" };
    let mut rows = head.to_owned();
    add_keys(schema, schema, "", lang, &mut rows);
    rows
}

fn add_keys(root: &Value, object: &Value, table: &str, lang: Lang, rows: &mut String) {
    let required = |key: &str| object["required"].as_array().is_some_and(|keys| keys.iter().any(|k| k == key));
    for (key, value) in object["properties"].as_object().into_iter().flatten() {
        let word = if lang == Lang::Vi { " (bắt buộc)" } else { " (required)" };
        let word = if required(key) { word } else { "" };
        let what = said(value, lang);
        let (inner, form) = inner_table(root, value);
        match inner {
            None => {
                let _ = writeln!(rows, "| {table}`{key}` | {what}{word} |");
            }
            Some(inner) => {
                let prefix = table.trim_matches(['`', '[', ']', ' ']);
                let full = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                let name = match form {
                    Form::One => format!("`[{full}]`"),
                    Form::Many => format!("`[[{full}]]`"),
                    Form::Free => format!("`[{full}.\"…\"]`"),
                };
                let _ = writeln!(rows, "| {name} | {what}{word} |");
                add_keys(root, inner, &format!("{name} "), lang, rows);
            }
        }
    }
}

/// How a table of the schema is written in TOML.
enum Form {
    One,
    Many,
    /// Under names that the author chooses.
    Free,
}

/// The table that a key holds, if it holds one.
fn inner_table<'a>(root: &'a Value, value: &'a Value) -> (Option<&'a Value>, Form) {
    let resolve = |value: &'a Value| {
        let name = value["$ref"].as_str().or_else(|| value["anyOf"][0]["$ref"].as_str())?;
        let found = &root["$defs"][name.rsplit('/').next()?];
        found["properties"].is_object().then_some(found)
    };
    if let Some(inner) = resolve(&value["items"]) {
        return (Some(inner), Form::Many);
    }
    if let Some(inner) = resolve(&value["additionalProperties"]) {
        return (Some(inner), Form::Free);
    }
    (resolve(value), Form::One)
}

/// The description in a language: both stand in the schema, Vietnamese first.
fn said(value: &Value, lang: Lang) -> String {
    let text = value["description"].as_str().unwrap_or_default();
    let (vi, en) = text.split_once(" · ").unwrap_or((text, text));
    let said = if lang == Lang::Vi { vi } else { en };
    // In Markdown, `Name <address>` would be a tag.
    said.replace('\n', " ").replace('<', "\\<")
}

/// Compares the table of a page with what the code says, or writes it anew.
fn settle(file: &str, name: &str, lang: Lang) {
    let path = repository().join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mark = format!("<!-- table: {name} -->\n");
    let (before, after) = text.split_once(&mark).unwrap_or_else(|| panic!("{file} has no table of {name}"));
    let (_, after) = after.split_once("<!-- end -->").expect("the end of a table");
    let made = format!("{before}{mark}{}<!-- end -->{after}", table(name, lang));
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        std::fs::write(&path, &made).expect("it is written");
    } else {
        assert!(made == text, "the table of {file} is old: SNAPSHOTS=overwrite cargo test");
    }
}

#[test]
fn the_tables_of_the_reference_are_those_of_the_code() {
    for (folder, lang) in [("docs/en", Lang::En), ("docs/vi", Lang::Vi)] {
        settle(&format!("{folder}/manifest.md"), "keys of issue.toml", lang);
        settle(&format!("{folder}/article.md"), "keys of an article", lang);
        settle(&format!("{folder}/codes.md"), "codes", lang);
    }
}
