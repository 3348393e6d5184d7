//! The JSON Schemas say what is read, no more and no less, and the samples keep to them.

use std::collections::BTreeSet;

use bantin::diagnostic::Finding;
use bantin::fs::IssueFolder;
use bantin::reading;
use serde_json::{Value, json};

use crate::support::{TempIssue, repository, run};

fn schema(subject: &str) -> Value {
    let answer = run(&repository(), &["schema", subject]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).expect("JSON")
}

/// TOML as the JSON that editors check: dates are text.
fn json_of(toml: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(truth) => truth.into(),
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(list) => list.into_iter().map(convert).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, convert(value))).collect(),
        }
    }
    convert(toml::Value::Table(toml.parse().expect("TOML")))
}

fn is_valid(schema: &Value, instance: &Value) -> Result<(), String> {
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", schema.clone()).expect("a schema");
    let mut schemas = boon::Schemas::new();
    let index = compiler.compile("schema.json", &mut schemas).expect("a sound schema");
    schemas.validate(instance, index).map_err(|error| error.to_string())
}

#[test]
fn the_samples_are_valid() {
    let (manifest, article) = (schema("manifest"), schema("article"));
    for sample in ["issues/2026-09", "issues/2026-10", "tests/cases/everything"] {
        let folder = repository().join(sample);
        for file in bantin::fs::files_below(&folder) {
            let text = || std::fs::read_to_string(folder.join(&file)).expect("a text");
            if file == "issue.toml" {
                assert_eq!(is_valid(&manifest, &json_of(&text())), Ok(()), "{sample}/{file}");
            } else if file.ends_with(".md") {
                let text = text();
                let front = text.trim_start_matches('\u{feff}').split("+++").nth(1).expect("front matter").to_owned();
                assert_eq!(is_valid(&article, &json_of(&front)), Ok(()), "{sample}/{file}");
            }
        }
    }
}

#[test]
fn slips_are_not() {
    let manifest = schema("manifest");
    let sound = json!({ "date": "2026-11-28", "articles": ["a.md"], "masthead": { "title": "Bản tin" } });
    assert_eq!(is_valid(&manifest, &sound), Ok(()));
    let mistakes = [
        ("date", json!("28/11/2026")),
        ("titel", json!("x")),
        ("articles", json!("a.md")),
        ("masthead", json!({})),
        ("masthead", json!({ "title": "Bản tin", "logo": 3 })),
        ("style", json!({ "accent": "blue" })),
        ("pdf", json!({ "max_size": "seven" })),
        ("section", json!([{ "title": "Một" }])),
    ];
    for (key, value) in mistakes {
        let mut mistake = sound.clone();
        mistake[key] = value.clone();
        assert!(is_valid(&manifest, &mistake).is_err(), "{key} = {value}");
    }
    let article = schema("article");
    assert_eq!(is_valid(&article, &json!({ "title": "x", "photos": { "a.jpg": { "width": "page" } } })), Ok(()));
    for mistake in
        [json!({}), json!({ "title": "x", "photos": { "a.jpg": { "width": "wide" } } }), json!({ "title": 3 })]
    {
        assert!(is_valid(&article, &mistake).is_err(), "{mistake}");
    }
}

/// The keys of a table in a schema, which is found by the names of the tables above it.
fn keys(schema: &Value, path: &[&str]) -> BTreeSet<String> {
    let mut at = schema;
    for name in path {
        at = resolved(schema, &at["properties"][name]);
    }
    at["properties"].as_object().expect("a table").keys().cloned().collect()
}

/// The table that a property is, behind lists, options, maps and references.
fn resolved<'a>(schema: &'a Value, mut at: &'a Value) -> &'a Value {
    loop {
        at = if let Some(reference) = at["$ref"].as_str() {
            schema.pointer(reference.trim_start_matches('#')).expect("what is referred to")
        } else if let Some(choices) = at["anyOf"].as_array() {
            &choices[0]
        } else if at["items"].is_object() {
            &at["items"]
        } else if at["additionalProperties"].is_object() {
            &at["additionalProperties"]
        } else {
            return at;
        };
    }
}

#[test]
fn the_keys_are_those_that_are_read() {
    let manifest = "date = 2026-11-28\narticles = [\"01.md\"]\nzzz = 1\n[masthead]\ntitle = \"x\"\nzzz = 1\n\
                    [[masthead.imprint]]\nlabel = \"x\"\nzzz = 1\n[[section]]\ntitle = \"x\"\narticles = [\"01.md\"]\nzzz = 1\n\
                    [cover]\nphoto = \"a.jpg\"\nzzz = 1\n[pdf]\nzzz = 1\n";
    let article = "+++\ntitle = \"x\"\nzzz = 1\n[photos.\"a.jpg\"]\nzzz = 1\n+++\n\nx\n";
    let issue = TempIssue::usual().with("issue.toml", manifest).with("01.md", article);
    let found = reading::read(&IssueFolder::open(issue.path()).expect("an issue")).diagnostics;
    let read: BTreeSet<BTreeSet<String>> = found
        .into_iter()
        .filter_map(|found| match found.finding {
            Finding::UnknownKey { known, .. } => Some(known.into_iter().collect()),
            _ => None,
        })
        .collect();
    let (manifest, article) = (schema("manifest"), schema("article"));
    let paths: [&[&str]; 6] = [&[], &["masthead"], &["masthead", "imprint"], &["section"], &["cover"], &["pdf"]];
    let mut said: BTreeSet<_> = paths.iter().map(|path| keys(&manifest, path)).collect();
    said.extend([keys(&article, &[]), keys(&article, &["photos"])]);
    assert_eq!(said, read);
}
