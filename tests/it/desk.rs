//! `bantin watch`, without a browser: what it answers, and to whom. `tests/desk` has the rest.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{TempIssue, command, repository};

/// A desk that is running; it ends with the test.
struct Desk {
    child: Child,
    port: u16,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Desk {
    fn open(issue: &Path, more: &[&str]) -> Self {
        let mut child = command()
            .arg("watch")
            .arg(issue)
            .args(["--no-open", "--format", "json"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url =
            serde_json::from_str::<Value>(&line).expect("JSON")["watching"].as_str().expect("an address").to_owned();
        let port = url.trim_end_matches('/').rsplit(':').next().expect("a port").parse().expect("a number");
        assert_eq!(url, format!("http://127.0.0.1:{port}/"));
        Self { child, port }
    }

    /// Status, head and body of an answer.
    fn send(&self, head: &str, body: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        write!(stream, "{head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
        (status, head, bytes.split_off(end + 4))
    }

    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}", self.port), "")
    }

    fn json(&self, path: &str) -> Value {
        let (status, _, body) = self.get(path);
        assert_eq!(status, 200, "{path}");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn post(&self, path: &str, token: &str, body: &str) -> (u16, Vec<u8>) {
        let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX-Bantin-Token: {token}", self.port);
        let (status, _, body) = self.send(&head, body);
        (status, body)
    }

    fn token(&self) -> String {
        let (_, _, page) = self.get("/");
        let page = String::from_utf8(page).expect("text");
        let after = page.split("name=\"bantin-token\" content=\"").nth(1).expect("a token");
        after.split('"').next().expect("its end").to_owned()
    }

    /// The state once it is such.
    fn state(&self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + Duration::from_secs(60);
        let mut state = self.json("/state");
        while !is_wanted(&state) {
            assert!(Instant::now() < until, "{state}");
            state = self.json(&format!("/state?after={}", state["event"]));
        }
        state
    }
}

fn is_shown(state: &Value) -> bool {
    state["version"].as_u64() > Some(0) && state["setting"] == false
}

#[test]
fn the_desk_shows_an_issue_and_follows_it() {
    let issue = TempIssue::usual().with_body("Xã Đông Sơn có một cửa mới.\n\nĐoạn thứ hai nói về Ðông Sơn.");
    let desk = Desk::open(issue.path(), &["--lang", "vi"]);
    let state = desk.state(|state| is_shown(state) && state["findings"].as_array().is_some_and(|all| !all.is_empty()));
    let finding = &state["findings"][0];
    assert_eq!((finding["code"].as_str(), finding["fix"].as_str()), (Some("eth-for-d"), Some("Đ")));
    let page = finding["page"].as_u64().expect("a page");
    let hash =
        |state: &Value, page: u64| state["pages"][page as usize - 1]["hash"].as_str().expect("a hash").to_owned();

    // What is printed leads to the file, and back.
    let printed = desk.json(&format!("/page/{page}.json?{}", hash(&state, page)));
    let lines = printed["lines"].as_array().expect("lines");
    let line =
        lines.iter().find(|line| line["text"].as_str().is_some_and(|text| text.contains("thứ hai"))).expect("it");
    let middle =
        |axis: &str, size: &str| line[axis].as_f64().expect("a place") + line[size].as_f64().expect("a size") / 2.0;
    let at = format!("/source?page={page}&x={}&y={}", middle("x", "width"), middle("y", "height"));
    let source = desk.json(&at);
    assert_eq!(source["file"], finding["file"]);
    assert_eq!(source["line"], finding["line"]);
    assert!(source["text"].as_str().is_some_and(|text| text.starts_with("Đoạn thứ hai")));
    let place = desk.json(&format!("/place?file={}&line={}", source["file"].as_str().expect("a file"), source["line"]));
    assert_eq!(place["page"], page);
    let (status, head, picture) = desk.get(&format!("/page/{page}.svg?{}", hash(&state, page)));
    assert!(status == 200 && head.contains("immutable") && picture.starts_with(b"<svg"), "{head}");

    // Mending writes the file, and the page follows.
    let fixes = desk.json("/fixes");
    assert_eq!(fixes["changes"][0]["after"], "Đ");
    // Only what was seen is changed.
    assert_eq!(desk.post("/fix", &desk.token(), r#"{"digest":"other"}"#).0, 409);
    let seen = serde_json::json!({ "digest": fixes["digest"] }).to_string();
    let (status, answer) = desk.post("/fix", &desk.token(), &seen);
    assert_eq!((status, answer), (200, br#"{"mended":1}"#.to_vec()));
    let mended = desk.state(|now| now["version"].as_u64() > state["version"].as_u64());
    assert_ne!(hash(&mended, page), hash(&state, page));
    assert_eq!(hash(&mended, 1), hash(&state, 1), "page one has not changed");
    assert!(!mended["marks"].as_array().expect("marks").is_empty());

    // An error stands over the pages that were there, until it is repaired.
    let manifest = issue.path().join("issue.toml");
    let good = std::fs::read_to_string(&manifest).expect("the manifest");
    std::fs::write(&manifest, format!("nonsense = \n{good}")).expect("an error");
    let broken = desk.state(|now| now["errors"] == true);
    assert!(broken["size"].is_null(), "a PDF of before is told of");
    assert_eq!(broken["pages"], mended["pages"]);
    std::fs::write(&manifest, good).expect("repaired");
    desk.state(|now| now["errors"] == false && is_shown(now));

    // The e-mail PDF is weighed once nobody writes, and is the one that `build` writes.
    let weighed = desk.state(|now| now["size"].is_object());
    let name = weighed["issue"].as_str().expect("a name");
    let (status, _, pdf) = desk.get(&format!("/pdf/email/{name}.pdf"));
    assert_eq!((status, Some(pdf.len() as u64)), (200, weighed["size"]["bytes"].as_u64()));
    let answer = crate::support::run(issue.path(), &["build", ".", "-o", "own.pdf"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(pdf == std::fs::read(issue.path().join("own.pdf")).expect("the PDF"), "another PDF than that of build");
}

#[test]
fn whoever_is_not_the_desk_is_refused() {
    let issue = TempIssue::usual().with("secret.txt", "no part of the desk");
    let desk = Desk::open(issue.path(), &[]);
    desk.state(is_shown);
    let here = format!("Host: 127.0.0.1:{}", desk.port);
    let status = |head: &str| desk.send(head, "").0;
    for (head, wanted) in [
        ("GET / HTTP/1.1\r\nHost: example.org".to_owned(), 403),
        (format!("GET /state HTTP/1.1\r\n{here}\r\nOrigin: http://example.org"), 403),
        (format!("GET /state HTTP/1.1\r\n{here}\r\nOrigin: null"), 403),
        (format!("GET /state HTTP/1.1\r\n{here}\r\nSec-Fetch-Site: cross-site"), 403),
        (format!("POST /fix HTTP/1.1\r\n{here}"), 403),
        (format!("POST /fix HTTP/1.1\r\n{here}\r\nX-Bantin-Token: {}", "0".repeat(48)), 403),
        (format!("DELETE / HTTP/1.1\r\n{here}"), 405),
        (format!("PUT /fix HTTP/1.1\r\n{here}"), 405),
        (format!("GET /secret.txt HTTP/1.1\r\n{here}"), 404),
        (format!("GET /../secret.txt HTTP/1.1\r\n{here}"), 404),
        (format!("GET /%2e%2e%2fissue.toml HTTP/1.1\r\n{here}"), 404),
        (format!("GET /pdf/email/../../issue.toml HTTP/1.1\r\n{here}"), 404),
        (format!("GET /words.vi.json HTTP/1.1\r\n{here}"), 404),
        (format!("GET /page/99.svg?0 HTTP/1.1\r\n{here}"), 404),
        (format!("GET / HTTP/1.1\r\n{here}\r\nX: {}", "x".repeat(40_000)), 431),
        ("nonsense".to_owned(), 400),
    ] {
        assert_eq!(status(&head), wanted, "{}", &head[..head.len().min(80)]);
    }
    let twice = format!("GET / HTTP/1.1\r\n{here}\r\nContent-Length: 5");
    assert_eq!(status(&twice), 400, "two lengths");
    // Nothing is opened where nobody has named an editor, and nothing outside of the issue ever.
    assert_eq!(desk.post("/open", &desk.token(), r#"{"file":"01.md","line":1}"#).0, 404);
    let desk = Desk::open(issue.path(), &["--editor", "true {file}"]);
    desk.state(is_shown);
    for file in ["../x.md", "/etc/hosts", "no.md", "", "."] {
        assert_eq!(desk.post("/open", &desk.token(), &format!(r#"{{"file":"{file}","line":1}}"#)).0, 404, "{file}");
    }
    assert_eq!(desk.post("/open", &desk.token(), r#"{"file":"issue.toml","line":1}"#).0, 204);
}

#[test]
fn a_second_desk_has_another_port_and_ctrl_c_ends_one() {
    let issue = TempIssue::usual();
    let (mut first, second) = (Desk::open(issue.path(), &["--poll"]), Desk::open(issue.path(), &[]));
    assert_ne!(first.port, second.port);
    second.state(is_shown);
    // Polling sees a change, too.
    let before = first.state(is_shown);
    std::fs::write(issue.path().join("01.md"), "+++\ntitle = \"Bài khác\"\n+++\n\nChữ khác.\n").expect("an edit");
    first.state(|now| now["version"].as_u64() > before["version"].as_u64());
    let taken = first.port.to_string();
    let answer = crate::support::run(issue.path(), &["watch", ".", "--no-open", "--port", &taken]);
    assert_eq!(answer.status, 1, "{}", answer.stdout);
    assert!(answer.stderr.contains(&format!("another program listens on port {taken}")), "{}", answer.stderr);
    assert_eq!(crate::support::run(issue.path(), &["watch", "nowhere", "--no-open"]).status, 1);
    if cfg!(unix) {
        let killed = std::process::Command::new("kill").args(["-INT", &first.child.id().to_string()]).status();
        assert!(killed.expect("kill runs").success());
        assert_eq!(first.child.wait().expect("an end").code(), Some(0));
    }
}

/// A folder that was taken away and made again is followed, though the system tells nothing of it.
#[test]
fn a_folder_that_is_made_again_is_followed() {
    let place =
        TempIssue::empty().with("a/issue.toml", crate::support::MANIFEST).with("a/01.md", crate::support::ARTICLE);
    let folder = place.path().join("a");
    let desk = Desk::open(&folder, &[]);
    let before = desk.state(is_shown);
    std::fs::rename(&folder, place.path().join("b")).expect("moved");
    desk.state(|now| now["errors"] == true);
    std::fs::create_dir(&folder).expect("a folder");
    for file in ["issue.toml", "01.md"] {
        std::fs::copy(place.path().join("b").join(file), folder.join(file)).expect("copied");
    }
    desk.state(|now| now["errors"] == false && is_shown(now));
    std::fs::write(folder.join("01.md"), "+++\ntitle = \"Bài khác\"\n+++\n\nChữ khác.\n").expect("an edit");
    desk.state(|now| now["version"].as_u64() > before["version"].as_u64() && now["articles"][0]["title"] == "Bài khác");
}

/// A layout that an issue brings along may be anybody's: one without an end closes the desk with an error.
#[test]
fn a_layout_without_an_end_closes_the_desk() {
    let spec = std::fs::read(repository().join("layouts/classic/layout.toml")).expect("a layout");
    let issue = TempIssue::usual().with("layout/layout.toml", spec).with(
        "layout/layout.typ",
        "#let bulletin(issue) = { for s in issue.sections { for a in s.articles { heading(a.title) } } }\n",
    );
    let desk = Desk::open(issue.path(), &[]);
    desk.state(is_shown);
    drop(desk);
    let endless = "#let bulletin(issue) = { for a in range(100000) { for b in range(100000) { let c = a * b } } }\n";
    std::fs::write(issue.path().join("layout/layout.typ"), endless).expect("a layout");
    let mut child = command()
        .env("BANTIN_LAYOUT_SECONDS", "1")
        .arg("watch")
        .arg(issue.path())
        .args(["--no-open", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let until = Instant::now() + Duration::from_secs(60);
    let status = loop {
        match child.try_wait().expect("a status") {
            Some(status) => break status,
            None if Instant::now() > until => {
                let _ = child.kill();
                panic!("the desk goes on");
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    let mut text = String::new();
    child.stdout.take().expect("its output").read_to_string(&mut text).expect("text");
    assert!(status.code() == Some(1) && text.contains("\"layout-limit\""), "{text}");
}

/// Of the words of the samples, as they are printed, nearly all lead to the line that they come from.
#[test]
fn words_lead_to_their_lines() {
    for sample in ["2026-09", "2026-10"] {
        let folder = repository().join("issues").join(sample);
        let desk = Desk::open(&folder, &[]);
        let state = desk.state(is_shown);
        let (mut right, mut all) = (0, 0);
        for (index, page) in state["pages"].as_array().expect("pages").iter().enumerate().skip(1) {
            let number = index + 1;
            let printed = desk.json(&format!("/page/{number}.json?{}", page["hash"].as_str().expect("a hash")));
            for line in printed["lines"].as_array().expect("lines").iter().step_by(2) {
                let text = line["text"].as_str().expect("a text").trim();
                // The longest stretch of a line without a sign that is set otherwise than it is typed.
                let stretch = text.split(|c: char| !(c.is_alphanumeric() || c == ' ')).max_by_key(|part| part.len());
                let stretch = stretch.unwrap_or_default().trim();
                let y = line["y"].as_f64().expect("a place") + line["height"].as_f64().expect("a size") / 2.0;
                if stretch.chars().count() < 15 || y < 60.0 {
                    continue;
                }
                all += 1;
                let x = line["x"].as_f64().expect("a place") + line["width"].as_f64().expect("a size") / 2.0;
                let (status, _, body) = desk.get(&format!("/source?page={number}&x={x}&y={y}"));
                let found: Value = serde_json::from_slice(&body).expect("JSON");
                let source = found["text"].as_str().unwrap_or_default().to_lowercase().replace(['*', '_'], "");
                right += usize::from(status == 200 && source.contains(&stretch.to_lowercase()));
            }
        }
        assert!(all > 30 && right * 100 >= all * 95, "{sample}: {right} of {all}");
    }
}
