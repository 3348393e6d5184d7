//! Servers as an office has them, and what is asked of a run.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Office, PASSWORD, Run, Server, USER};

const THREE: [&str; 3] = ["a@x.example", "b@y.example", "c@x.example"];

#[test]
fn every_recipient_gets_one() {
    let Some(server) = Server::start("plain") else { return };
    let answer = Office::new(&THREE).send(&server, &[]);
    answer.expect_sent(3);
    assert_eq!(server.addresses(), THREE);
    let of_a = answer.of("a@x.example");
    let envelope = &server.taken()[0];
    assert_eq!(of_a["code"], 250);
    assert_eq!((&envelope["from"], &envelope["to"]), (&json!("toa-soan@office.example"), &json!(["a@x.example"])));
    assert_eq!(of_a["message_id"], envelope["message_id"]);
    assert_eq!(server.count_of("QUIT"), 1);
}

#[test]
fn what_was_sent_is_not_sent_again() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE[..2]);
    office.send(&server, &[]).expect_sent(2);
    // One is new in the list.
    let office = office.with("list.txt", "a@x.example\nb@y.example\nc@x.example\n");
    let answer = office.send(&server, &[]);
    answer.expect_sent(3);
    assert_eq!(answer.of("a@x.example")["earlier"], true);
    assert_ne!(answer.of("c@x.example")["earlier"], true);
    assert_eq!(server.addresses(), THREE);
    // Nor with nothing left to do.
    office.send(&server, &[]).expect_sent(3);
    assert_eq!(server.count(), 3);
}

#[test]
fn another_sender_or_subject_is_no_other_issue() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE);
    office.send(&server, &[]).expect_sent(3);
    office.send(&server, &["--from", "Bản tin <ban-tin@other.example>", "--subject", "Khác"]).expect_sent(3);
    // Nor is it another recipient who is written in capitals.
    let office = office.with("list.txt", "A@X.Example\nb@Y.EXAMPLE\nc@x.example\n");
    office.send(&server, &[]).expect_sent(3);
    assert_eq!(server.count(), 3);
}

#[test]
fn a_journal_elsewhere() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE);
    office.send(&server, &["--journal", "so-tay.jsonl"]).expect_sent(3);
    assert!(office.path().join("so-tay.jsonl").exists() && !office.journal_file().exists());
    office.send(&server, &["--journal", "so-tay.jsonl"]).expect_sent(3);
    assert_eq!(server.count(), 3);
}

#[test]
fn a_journal_for_several_issues() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE);
    let read = |file: &str| std::fs::read_to_string(office.path().join(file)).expect("a file");
    let (manifest, article) = (read("2026-11/issue.toml"), read("2026-11/01.md"));
    let office = office.with("2026-12/issue.toml", &manifest).with("2026-12/01.md", &article);
    office.send(&server, &["--journal", "all.jsonl"]).expect_sent(3);
    let url = server.url();
    let args = ["mail", "2026-12", "--to", "list.txt", "--send", &url, "--journal", "all.jsonl"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
    command.args(args).args(["--format", "json"]).current_dir(office.path());
    Run::start(command).wait().expect_sent(3);
    assert_eq!(server.count(), 6);
}

#[test]
fn a_domain_in_vietnamese_letters() {
    let Some(server) = Server::start("plain") else { return };
    Office::new(&["a@bưu-điện.example"]).send(&server, &[]).expect_sent(1);
    assert_eq!(server.addresses(), ["a@xn--bu-in-7ya42ik46m.example"]);
}

#[test]
fn who_is_listed_twice_gets_one() {
    let Some(server) = Server::start("plain") else { return };
    Office::new(&["a@x.example", "b@x.example", "A@X.Example", "a@x.example"]).send(&server, &[]).expect_sent(2);
    assert_eq!(server.addresses(), ["a@x.example", "b@x.example"]);
}

#[test]
fn a_server_that_knows_no_ehlo() {
    let Some(server) = Server::start("old-kind") else { return };
    Office::new(&THREE).send(&server, &[]).expect_sent(3);
    assert_eq!(server.addresses(), THREE);
}

#[test]
fn an_address_alone_and_lists_together() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE).with("more.csv", "name,email\n\"Lê, Thị Ánh\",d@x.example\n");
    let url = server.url();
    office.mail(&["--to", "list.txt", "more.csv", "e@x.example", "--send", &url]).expect_sent(5);
    assert_eq!(server.addresses(), ["a@x.example", "b@y.example", "c@x.example", "d@x.example", "e@x.example"]);
}

#[test]
fn starttls_and_tls_from_the_start() {
    for scenario in ["starttls", "tls"] {
        let Some(server) = Server::start(scenario) else { return };
        let url = if scenario == "tls" { server.url_over_tls() } else { server.url() };
        let office = Office::new(&THREE);
        let ca = server.ca();
        office.mail(&["--to", "list.txt", "--send", &url, "--ca", &ca]).expect_sent(3);
        let after_tls = server.commands().into_iter().filter(|line| line["command"] != "EHLO");
        assert!(after_tls.into_iter().all(|line| line["tls"] == true), "{scenario}");
    }
}

#[test]
fn a_user_with_a_password() {
    for (scenario, scheme) in [("auth", "smtp"), ("auth-by-login", "smtp"), ("auth-over-tls", "smtps")] {
        let Some(server) = Server::start(scenario) else { return };
        // As an editor saves it, with the end of a line.
        let office = Office::new(&THREE).with("password", &format!("{PASSWORD}\n"));
        let (ca, url) = (server.ca(), server.url_of_user(scheme));
        let args = ["--to", "list.txt", "--send", &url, "--ca", &ca];
        office.mail(&[&args[..], &["--password-file", "password"]].concat()).expect_sent(3);
        let mut command = office.command(&[&args[..], &["--journal", "other.jsonl"]].concat());
        command.env("BANTIN_SMTP_PASSWORD", PASSWORD);
        Run::start(command).wait().expect_sent(3);
        assert!(server.taken().iter().all(|envelope| envelope["login"] == USER), "{scenario}");
        assert_eq!(server.count(), 6);
    }
}

#[test]
fn answers_of_many_lines() {
    let Some(server) = Server::start("many-lines") else { return };
    Office::new(&THREE).send(&server, &[]).expect_sent(3);
    assert_eq!(server.addresses(), THREE);
}

#[test]
fn a_slow_server() {
    let Some(server) = Server::start("slow") else { return };
    Office::new(&THREE[..1]).send(&server, &[]).expect_sent(1);
    assert_eq!(server.addresses(), THREE[..1]);
}

#[test]
fn so_many_on_a_connection() {
    let Some(server) = Server::start("plain") else { return };
    Office::large(8).send(&server, &["--per-connection", "3"]).expect_sent(8);
    let mut on_connection = BTreeMap::new();
    for envelope in server.taken() {
        *on_connection.entry(envelope["connection"].as_u64()).or_insert(0) += 1;
    }
    assert_eq!(on_connection.into_values().collect::<Vec<_>>(), [3, 3, 2]);
    assert_eq!(server.count_of("QUIT"), 3);
}

#[test]
fn so_many_a_minute() {
    let Some(server) = Server::start("plain") else { return };
    let start = Instant::now();
    Office::large(4).send(&server, &["--rate", "60"]).expect_sent(4);
    assert!(start.elapsed() >= Duration::from_secs(3));
}

#[test]
fn a_rehearsal_sends_nothing() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE);
    let answer = office.send(&server, &["--dry-run"]);
    assert_eq!(answer.status, 0, "{answer:#?}");
    let planned = THREE.map(|address| (address.to_owned(), "planned".to_owned()));
    assert_eq!(answer.statuses(), planned);
    assert_eq!((server.count(), office.journal_file().exists()), (0, false));
    office.send(&server, &[]).expect_sent(3);
    assert_eq!(office.send(&server, &["--dry-run"]).of("a@x.example")["status"], "sent");
}

#[test]
fn a_trial_goes_to_oneself() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE);
    let answer = office.send(&server, &["--test", "me@office.example"]);
    assert_eq!((answer.status, server.addresses()), (0, vec!["me@office.example".to_owned()]), "{answer:#?}");
    // As often as one likes, and the list is still to be sent.
    office.send(&server, &["--test", "me@office.example"]);
    office.send(&server, &[]).expect_sent(3);
    assert_eq!(server.count(), 5);
}

#[test]
fn nothing_is_sent_of_an_issue_with_errors() {
    let Some(server) = Server::start("plain") else { return };
    let office = Office::new(&THREE).with("2026-11/01.md", "+++\ntitle = \"Bài\"\n+++\n\n![Ảnh](missing.jpg)\n");
    let answer = office.send(&server, &[]);
    assert_eq!((answer.status, server.count(), answer.recipients().len()), (1, 0, 0), "{answer:#?}");
    assert!(!office.journal_file().exists());
}
