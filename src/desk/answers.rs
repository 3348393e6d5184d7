//! What the page asks for and does. Every answer is made from what is shown at that moment, and from nothing outside of
//! the issue.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::Desk;
use super::alignment::Found;
use super::assets;
use super::description::{area, areas, describe, hash_text, lines_of, with};
use super::state::{Shared, State};
use super::worker::{MendError, Signal, fixes_digest};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::fs;
use crate::guard::guarded;
use crate::messages::{self, Lang};
use crate::pdf::Profile;
use crate::session::{Options, Session};
use crate::typeset::{Area, PrintedPage};
use crate::workspace::Workspace;

/// A question about the next state is answered after so long at the latest.
const PATIENCE: Duration = Duration::from_secs(20);

/// Nothing but the files of the desk, and no code in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";

/// A picture holds its photos, and does nothing.
const PICTURE_POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";

/// An answer to a request.
pub(super) struct Answer {
    pub status: u16,
    pub media_type: &'static str,
    pub body: Vec<u8>,
    pub headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// A status and no more.
    pub(super) fn status(status: u16) -> Self {
        Self { status, media_type: "application/json", body: b"{}".to_vec(), headers: fresh() }
    }

    fn json(value: &Value) -> Self {
        Self { status: 200, media_type: "application/json", body: value.to_string().into_bytes(), headers: fresh() }
    }

    /// The same, for this once.
    fn not_kept(mut self) -> Self {
        self.headers.retain(|(name, _)| *name != "Cache-Control");
        self.headers.extend(fresh());
        self
    }

    /// What never changes under its address.
    fn fixed(media_type: &'static str, body: Vec<u8>, policy: Option<&str>) -> Self {
        let mut headers = vec![("Cache-Control", "private, max-age=31536000, immutable".to_owned())];
        headers.extend(policy.map(|policy| ("Content-Security-Policy", policy.to_owned())));
        Self { status: 200, media_type, body, headers }
    }
}

fn fresh() -> Vec<(&'static str, String)> {
    vec![("Cache-Control", "no-store".to_owned())]
}

type Query = [(String, String)];

fn value<'a>(query: &'a Query, key: &str) -> Option<&'a str> {
    query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

fn number<T: std::str::FromStr>(query: &Query, key: &str) -> Option<T> {
    value(query, key)?.parse().ok()
}

/// Answers a GET.
pub(super) fn get(path: &str, query: &Query, desk: &Desk, shared: &Shared) -> Answer {
    let found = match path {
        "/" => Some(page(desk, shared)),
        "/state" => {
            let state = match number(query, "after") {
                Some(after) => shared.wait(after, PATIENCE),
                None => shared.get(),
            };
            Some(Answer::json(&describe(&state, desk, shared)))
        }
        "/source" => source(query, &shared.get()),
        "/place" => place(query, &shared.get()),
        "/fixes" => Some(Answer::json(&fixes(&shared.get()))),
        path => match path.trim_start_matches('/').split_once('/') {
            Some(("page", name)) => page_part(name, query, &shared.get()),
            Some(("pdf", name)) => pdf(name, desk, shared),
            Some(_) => None,
            None => assets::file(path.trim_start_matches('/')).map(|(bytes, media_type)| Answer {
                headers: vec![("Cache-Control", "no-cache".to_owned())],
                ..Answer::fixed(media_type, bytes.to_vec(), None)
            }),
        },
    };
    found.unwrap_or_else(|| Answer::status(404))
}

/// Answers a POST of the page itself.
pub(super) fn post(path: &str, body: &str, desk: &Desk, shared: &Shared) -> Answer {
    match path {
        "/fix" => mend(body, desk, shared),
        "/open" => open_editor(body, desk),
        _ => Answer::status(404),
    }
}

fn page(desk: &Desk, shared: &Shared) -> Answer {
    let state = shared.get();
    // What ends a script in HTML does not stand in JSON.
    let words = assets::words(desk.lang).replace('<', "\\u003c");
    let mut text = assets::page().to_owned();
    let values = [
        ("{{lang}}", desk.lang.as_str().to_owned()),
        ("{{token}}", shared.token.clone()),
        ("{{version}}", "0".to_owned()),
        ("{{words}}", words),
        // Last: what an issue says is not read for marks.
        ("{{title}}", escaped(&state.title)),
    ];
    for (mark, value) in values {
        text = text.replace(mark, &value);
    }
    let mut headers = fresh();
    headers.push(("Content-Security-Policy", POLICY.to_owned()));
    Answer { status: 200, media_type: "text/html; charset=utf-8", body: text.into_bytes(), headers }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The picture of a page, or what is printed on it: `3.svg?HASH`, `3.json?HASH`.
fn page_part(name: &str, query: &Query, state: &State) -> Option<Answer> {
    let shown = state.shown.as_ref()?;
    let (number, kind) = name.split_once('.')?;
    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
    let hash = query.first().map(|(hash, _)| hash.as_str()).unwrap_or_default();
    match kind {
        "svg" => {
            if hash.is_empty() {
                // Whoever does not say which wants the picture of now, and does not keep it.
                let picture = shown.picture(shown.pages.get(index)?.hash)?;
                let answer = Answer::fixed("image/svg+xml", picture.as_bytes().to_vec(), Some(PICTURE_POLICY));
                return Some(answer.not_kept());
            }
            let picture = shown.picture(u128::from_str_radix(hash, 16).ok()?)?;
            Some(Answer::fixed("image/svg+xml", picture.as_bytes().to_vec(), Some(PICTURE_POLICY)))
        }
        "json" => {
            let is_asked = |page: &&PrintedPage| hash.is_empty() || hash_text(page) == hash;
            let page = shown.pages.get(index).filter(is_asked)?;
            let lines = page.lines.iter().map(|line| with(area(&line.area), [("text", json!(line.text))]));
            let links = page.links.iter().map(|link| {
                let inside = page.lines.iter().filter(|line| {
                    let Area { x, y, width, height } = line.area;
                    link.area.holds(x + width / 2.0, y + height / 2.0, 0.5)
                });
                let title = inside.map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
                with(area(&link.area), [("href", json!(link.href)), ("title", json!(title))])
            });
            let answer = json!({ "lines": lines.collect::<Vec<_>>(), "links": links.collect::<Vec<_>>() });
            Some(Answer::json(&answer))
        }
        _ => None,
    }
}

fn source(query: &Query, state: &State) -> Option<Answer> {
    let shown = state.shown.as_ref()?;
    let page: usize = number::<usize>(query, "page")?.checked_sub(1)?;
    let found = shown.alignment.at(&shown.pages, page, number(query, "x")?, number(query, "y")?)?;
    let Found { source, line, end_line, page, areas: boxes } = found;
    Some(Answer::json(&json!({
        "file": source.name(), "line": line, "end_line": end_line, "text": lines_of(&source, line, end_line),
        "page": page + 1, "boxes": areas(&boxes),
    })))
}

fn place(query: &Query, state: &State) -> Option<Answer> {
    let shown = state.shown.as_ref()?;
    let (file, line) = (value(query, "file")?, number(query, "line")?);
    // Where the text has moved since, it is where it stands now.
    let line = match value(query, "text") {
        Some(text) => shown.alignment.line_of(file, line, text)?,
        None => line,
    };
    let page = number::<usize>(query, "page").and_then(|page| page.checked_sub(1));
    let (page, boxes) = shown.alignment.of_line(&shown.pages, file, line, page)?;
    Some(Answer::json(&json!({ "page": page + 1, "boxes": areas(&boxes) })))
}

/// What can be fixed, and a digest of it: who asks for it says that this is what was seen.
fn fixes(state: &State) -> Value {
    let files = state.fixes();
    let digest = fixes_digest(&files);
    let changes = files.iter().flat_map(|file| &file.changes).map(|change| {
        let (start, end) = (change.place.start(), change.place.end());
        json!({
            "file": change.place.source.name(), "line": start.line, "column": start.column, "end_column": end.column,
            "code": change.code, "before": change.place.text(), "after": change.to,
            "text": lines_of(&change.place.source, start.line, end.line),
        })
    });
    json!({ "digest": digest, "changes": changes.collect::<Vec<_>>() })
}

fn mend(body: &str, desk: &Desk, shared: &Shared) -> Answer {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let Some(wanted) = body["digest"].as_str().map(str::to_owned) else { return Answer::status(400) };
    let (answer, answered) = std::sync::mpsc::channel();
    if !shared.ask(Signal::Mend { wanted, answer }) {
        return Answer::status(503);
    }
    match answered.recv() {
        Ok(Ok(count)) => Answer::json(&json!({ "mended": count })),
        Ok(Err(MendError::Failed(error))) => failed(&[error], desk.lang),
        Ok(Err(MendError::Changed)) => Answer { status: 409, ..Answer::json(&json!({ "changed": true })) },
        Err(_) => Answer::status(503),
    }
}

/// Why something could not be done, in words.
fn failed(diagnostics: &[Diagnostic], lang: Lang) -> Answer {
    let errors = diagnostics.iter().filter(|found| has_errors(std::slice::from_ref(found)));
    let message = errors.map(|error| messages::describe(&error.finding, lang).text).collect::<Vec<_>>().join("; ");
    Answer { status: 409, ..Answer::json(&json!({ "message": message })) }
}

fn open_editor(body: &str, desk: &Desk) -> Answer {
    let Some(editor) = &desk.editor else { return Answer::status(404) };
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let (Some(file), Some(line)) = (body["file"].as_str(), body["line"].as_u64()) else { return Answer::status(400) };
    let Some(path) = path_of(file, desk) else { return Answer::status(404) };
    match editor.open(&path, usize::try_from(line).unwrap_or(1)) {
        Ok(()) => Answer { status: 204, body: Vec::new(), ..Answer::status(204) },
        Err(error) => Answer { status: 409, ..Answer::json(&json!({ "message": error.to_string() })) },
    }
}

/// The file of the issue, or of a layout beside it, that has this name.
fn path_of(file: &str, desk: &Desk) -> Option<PathBuf> {
    // What is no file of the issue has no entry.
    let own = desk.folder.entry(file).map(|_| desk.folder.shown().join(file));
    let shared = || {
        let path = desk.folder.workspace()?.join(file);
        Workspace::of(&desk.folder).paths().into_iter().find(|known| *known == path)
    };
    own.or_else(shared).filter(|path| fs::is_file(path))
}

/// A PDF, made now unless that for e-mail is there: `email/NAME.pdf`.
fn pdf(name: &str, desk: &Desk, shared: &Shared) -> Option<Answer> {
    let (profile, file) = name.split_once('/')?;
    let profile = Profile::ALL.into_iter().find(|known| known.name() == profile)?;
    if file != format!("{}.pdf", shared.name) {
        return None;
    }
    let state = shared.get();
    let known = state.email.filter(|_| profile == Profile::Email && !state.has_errors);
    let bytes = match known {
        Some(email) => email.pdf,
        None => match build(profile, desk) {
            Ok(pdf) => Arc::new(pdf),
            Err(answer) => return Some(answer),
        },
    };
    Some(Answer { status: 200, media_type: "application/pdf", body: bytes.to_vec(), headers: fresh() })
}

/// One PDF is made at a time.
static BUILDING: Mutex<()> = Mutex::new(());

fn build(profile: Profile, desk: &Desk) -> Result<Vec<u8>, Answer> {
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let options = Options { profile, ..desk.options.clone() };
    let build = || Session::open(desk.folder.clone(), options, desk.context.clone()).build();
    let outcome = guarded(build).map_err(|error| failed(&[error], desk.lang))?;
    outcome.value.map(|bulletin| bulletin.pdf).ok_or_else(|| failed(&outcome.diagnostics, desk.lang))
}
