//! The messages themselves, read by Python, and their signatures.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Office, Server, python, script};

const LIST: &str = "name,email
Nguyễn Thị Ánh Nguyệt,a@x.example
\"Lê, \"\"Bảy\"\" <Tám>\",b@x.example
\"Ủy ban nhân dân xã Tân Hải, Phòng Văn hóa – Xã hội, Tổ biên tập Bản tin và Cổng thông tin điện tử\",c@x.example
,d@x.example
Đỗ Đức <thu-ky@office.example>,e@x.example
";

const SUBJECT: &str =
    "Bản tin Tân Hải số 11: Hội nghị tổng kết công tác cải cách hành chính năm 2026 và phương hướng, nhiệm vụ năm 2027";

fn office() -> Office {
    let keys = format!(
        "reply_to = \"Tổ thư ký <thu-ky@office.example>\"\nunsubscribe = \"https://office.example/thoi?nhan={{email}}\"\n\
         subject = \"{SUBJECT}\"\nintro = \"\"\"Kính gửi:\n.\n..chấm đầu dòng\nFrom đầu dòng {}\"\"\"",
        "dài ".repeat(300)
    );
    Office::new(&[]).with_mail(&keys).with("list.csv", LIST)
}

/// The messages that are written, in the order of the list.
fn written(office: &Office, folder: &str, args: &[&str]) -> Vec<PathBuf> {
    let answer = office.mail(&[&["--to", "list.csv", "--eml", folder], args].concat());
    assert_eq!(answer.status, 0, "{answer:#?}");
    assert!(answer.statuses().iter().all(|(_, status)| status == "written"), "{answer:#?}");
    let entries = std::fs::read_dir(office.path().join(folder)).expect("a folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// What Python reads in them.
fn read(files: &[PathBuf], args: &[&str]) -> Vec<Value> {
    let output = python().expect("Python").arg(script("messages.py")).args(args).args(files).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A part and all parts below it.
fn parts(part: &Value) -> Vec<&Value> {
    let below = part["parts"].as_array().expect("parts").iter().flat_map(parts);
    std::iter::once(part).chain(below).collect()
}

fn expect_sound(message: &Value) {
    for part in parts(&message["structure"]) {
        assert_eq!(part["defects"], json!([]), "{part}");
    }
    assert_eq!((&message["is_ascii"], &message["has_bare_line_ends"]), (&json!(true), &json!(false)));
    assert!(message["longest_line"].as_u64().expect("a number") <= 998);
    let mut once = vec!["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
    once.retain(|name| message["names"].as_array().expect("names").iter().filter(|own| own == name).count() != 1);
    assert!(once.is_empty(), "not once: {once:?}");
}

#[test]
fn names_and_subject_come_back() {
    if python().is_none() {
        return;
    }
    let office = office();
    let files = written(&office, "out", &[]);
    let names: Vec<_> = files.iter().map(|file| file.file_name().expect("a name").to_string_lossy()).collect();
    assert!(names[0].starts_with("0001-a-") && names[4].starts_with("0005-e-"), "{names:?}");
    let messages = read(&files, &[]);
    assert_eq!(messages.len(), 5);
    let to = [
        json!([["Nguyễn Thị Ánh Nguyệt", "a@x.example"]]),
        json!([["Lê, \"Bảy\" <Tám>", "b@x.example"]]),
        json!([[
            "Ủy ban nhân dân xã Tân Hải, Phòng Văn hóa – Xã hội, Tổ biên tập Bản tin và Cổng thông tin điện tử",
            "c@x.example"
        ]]),
        json!([["", "d@x.example"]]),
        json!([["Đỗ Đức <thu-ky@office.example>", "e@x.example"]]),
    ];
    for (message, to) in messages.iter().zip(&to) {
        assert_eq!(&message["to_decoded"], to);
        let is_short = to.to_string().len() < 60;
        assert!(!is_short || &message["to"] == to, "{}", message["to"]);
    }
    for message in &messages {
        expect_sound(message);
        assert_eq!(message["from"], json!([["Tòa soạn", "toa-soan@office.example"]]));
        assert_eq!(message["reply_to"], json!([["Tổ thư ký", "thu-ky@office.example"]]));
        let headers = &message["headers"];
        assert_eq!(headers["Subject"], json!([SUBJECT]));
        assert_eq!((&headers["Cc"], &headers["Bcc"]), (&json!([]), &json!([])));
        assert_eq!(headers["Content-Language"], json!(["vi"]));
        assert_eq!(headers["List-Unsubscribe-Post"], json!(["List-Unsubscribe=One-Click"]));
    }
    let unsubscribe = messages[0]["headers"]["List-Unsubscribe"][0].as_str().expect("a header");
    assert!(unsubscribe.starts_with("<https://office.example/thoi?nhan=a") && unsubscribe.ends_with('>'));
}

#[test]
fn text_page_and_pdf_are_in_it() {
    if python().is_none() {
        return;
    }
    let office = office();
    let message = read(&written(&office, "out", &[]), &[]).remove(0);
    let all = parts(&message["structure"]);
    let types: Vec<_> = all.iter().map(|part| part["type"].as_str().expect("a type")).collect();
    assert_eq!(types, ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]);
    let pdf = all[4];
    assert_eq!(pdf["disposition"], "attachment");
    let name = pdf["filename"].as_str().expect("a name");
    assert!(name.is_ascii() && name.ends_with(".pdf"), "{name}");
    for kind in ["text", "html"] {
        let words = message[kind].as_str().expect("text").to_lowercase();
        assert!(words.contains("bài thử") && words.contains("bản tin thử"), "{kind}: {words}");
    }
    // The PDF is the one that `build` makes.
    let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
    command.args(["build", "2026-11", "--format", "json"]).current_dir(office.path());
    let output = command.output().expect("it runs").stdout;
    let last = String::from_utf8(output).expect("UTF-8").lines().last().map(str::to_owned).expect("a line");
    let built: Value = serde_json::from_str(&last).expect("JSON");
    assert_eq!(pdf["sha256"], built["sha256"]);
}

#[test]
fn what_arrives_is_what_is_written() {
    let Some(server) = Server::start("plain") else { return };
    let office = office();
    let written = read(&written(&office, "out", &[]), &[]);
    office.mail(&["--to", "list.csv", "--send", &server.url()]).expect_sent(5);
    let sent = read(&server.files(), &[]);
    assert_eq!(sent.len(), written.len());
    for (sent, written) in sent.iter().zip(&written) {
        for key in ["structure", "text", "html", "to", "from", "longest_line", "names"] {
            assert_eq!(sent[key], written[key], "{key}");
        }
        assert_eq!(sent["headers"]["Message-ID"], written["headers"]["Message-ID"]);
        expect_sound(sent);
    }
}

#[test]
fn a_message_id_of_issue_and_recipient() {
    if python().is_none() {
        return;
    }
    let ids = |office: &Office, folder: &str| -> Vec<Value> {
        let messages = read(&written(office, folder, &[]), &[]);
        messages.into_iter().map(|message| message["headers"]["Message-ID"][0].clone()).collect()
    };
    let office = office();
    let first = ids(&office, "first");
    assert_eq!(first, ids(&office, "second"));
    let mut others = first.clone();
    others.sort_by_key(Value::to_string);
    others.dedup();
    assert_eq!(others.len(), 5);
    // Another order of the list is the same list.
    let lines: Vec<_> = LIST.lines().collect();
    let office = office.with("list.csv", &[lines[0], lines[2], lines[1]].join("\n"));
    assert_eq!(ids(&office, "third"), [first[1].clone(), first[0].clone()]);
    let manifest = std::fs::read_to_string(office.path().join("2026-11/issue.toml")).expect("a manifest");
    // What is corrected is still the same issue, and another bulletin is not.
    let office = office.with("2026-11/issue.toml", &manifest.replace("number = 11", "number = 12"));
    assert_eq!(ids(&office, "fourth"), [first[1].clone(), first[0].clone()]);
    let office = office.with("2026-11/issue.toml", &manifest.replace("Bản tin thử", "Bản tin khác"));
    assert!(!first.contains(&ids(&office, "fifth")[0]));
}

#[test]
fn an_address_to_unsubscribe_is_no_button() {
    if python().is_none() {
        return;
    }
    let office = Office::new(&[]).with_mail("unsubscribe = \"mailto:thoi@office.example\"").with("list.csv", LIST);
    for message in read(&written(&office, "out", &[]), &[]) {
        let headers = &message["headers"];
        assert!(headers["List-Unsubscribe"][0].as_str().is_some_and(|value| value.starts_with("<mailto:thoi@")));
        assert_eq!(headers["List-Unsubscribe-Post"], json!([]));
    }
    let office = Office::new(&[]).with("list.csv", LIST);
    let message = read(&written(&office, "out", &[]), &[]).remove(0);
    assert_eq!(message["headers"]["List-Unsubscribe"], json!([]));
}

#[test]
fn signatures_verify() {
    let (Some(mut python), Some(server)) = (python(), Server::start("plain")) else { return };
    let keys = TempDir::with_prefix("bantin-keys-").expect("a folder");
    let made = python.arg(script("keys.py")).arg(keys.path()).status();
    assert!(made.is_ok_and(|status| status.success()));
    let path = |name: &str| keys.path().join(name).to_string_lossy().into_owned();
    let office = office();
    for kind in ["rsa", "rsa-pkcs1", "ed25519"] {
        let (pem, record) = (path(&format!("{kind}.pem")), path(&format!("{kind}.txt")));
        let record = format!("so2026._domainkey.office.example={record}");
        let signed = ["--dkim-key", pem.as_str(), "--dkim-selector", "so2026"];
        let files = written(&office, kind, &signed);
        let before = server.count();
        let journal = format!("{kind}.jsonl");
        let args = ["--to", "list.csv", "--send", &server.url(), "--journal", &journal];
        office.mail(&[&args[..], &signed[..]].concat()).expect_sent(5);
        for message in read(&[&files[..], &server.files()[before..]].concat(), &["--dkim", &record]) {
            assert_eq!(message["dkim"], true, "{kind}");
            expect_sound(&message);
            let signature = message["headers"]["DKIM-Signature"][0].as_str().expect("a signature").to_lowercase();
            let (_, signed) = signature.split_once("h=").expect("names");
            let signed = signed.split(';').next().unwrap_or_default();
            for name in ["from", "to", "subject", "date", "message-id", "content-type", "list-unsubscribe-post"] {
                assert!(signed.split(':').any(|own| own.trim() == name), "{name} is not signed: {signature}");
            }
        }
        // And do not verify for anything else.
        let message = std::fs::read_to_string(&files[0]).expect("ASCII");
        std::fs::write(&files[0], message.replacen("To: ", "To: Somebody else ", 1)).expect("it is written");
        assert_eq!(read(&files[..1], &["--dkim", &record])[0]["dkim"], false, "{kind}");
    }
}

#[test]
fn a_key_that_is_none() {
    let office = office().with("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    let args = ["--to", "list.csv", "--eml", "out", "--dkim-key", "key.pem", "--dkim-selector", "so2026"];
    office.mail(&args).expect_error();
    assert!(!office.path().join("out").exists());
}
