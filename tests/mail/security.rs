//! TLS, passwords, and lists that would do harm.

use crate::support::{Answer, Office, PASSWORD, Run, Server, USER};

/// Only what comes before a message may have been said.
fn expect_nothing_begun(server: &Server) {
    assert_eq!((server.count_of("MAIL"), server.count()), (0, 0), "{:?}", server.commands());
}

#[test]
fn certificates_that_nobody_should_trust() {
    for scenario in ["wrong-name", "unknown-authority", "expired"] {
        let Some(server) = Server::start(scenario) else { return };
        let (ca, url) = (server.ca(), server.url());
        let message = Office::large(2).mail(&["--to", "list.txt", "--send", &url, "--ca", &ca]).expect_error();
        assert!(message.contains("certificate"), "{scenario}: {message}");
        expect_nothing_begun(&server);
    }
}

#[test]
fn our_own_authority_has_to_be_named() {
    for scenario in ["starttls", "tls"] {
        let Some(server) = Server::start(scenario) else { return };
        let url = if scenario == "tls" { server.url_over_tls() } else { server.url() };
        let message = Office::large(2).mail(&["--to", "list.txt", "--send", &url]).expect_error();
        assert!(message.contains("certificate"), "{scenario}: {message}");
        expect_nothing_begun(&server);
    }
}

#[test]
fn tls_with_a_server_that_has_none() {
    let Some(server) = Server::start("plain") else { return };
    let url = server.url_over_tls();
    Office::large(2).mail(&["--to", "list.txt", "--send", &url, "--retries", "0"]).expect_error();
    expect_nothing_begun(&server);
}

/// Sends with a user and this password.
fn signed_in(office: &Office, server: &Server, password: &str) -> Answer {
    let (ca, url) = (server.ca(), server.url_of_user("smtp"));
    let mut command = office.command(&["-v", "--to", "list.txt", "--send", &url, "--ca", &ca]);
    command.env("BANTIN_SMTP_PASSWORD", password);
    Run::start(command).wait()
}

#[test]
fn a_wrong_password_ends_it_at_once() {
    let Some(server) = Server::start("auth") else { return };
    let office = Office::large(2);
    let answer = signed_in(&office, &server, "sai rồi, không phải");
    let message = answer.expect_error();
    assert!(message.contains("535"), "{message}");
    assert!(!format!("{answer:?}").contains("sai rồi"));
    // Who tries several times locks the account.
    assert_eq!(server.count_of("AUTH"), 1);
    expect_nothing_begun(&server);
    signed_in(&office, &server, PASSWORD).expect_sent(2);
}

#[test]
fn the_password_is_nowhere() {
    let Some(server) = Server::start("auth") else { return };
    let office = Office::large(2);
    let answer = signed_in(&office, &server, PASSWORD);
    answer.expect_sent(2);
    let journal = std::fs::read_to_string(office.journal_file()).expect("a journal");
    let messages = server.files().into_iter().map(|file| std::fs::read_to_string(file).expect("ASCII"));
    for place in [answer.stdout, answer.stderr, journal].into_iter().chain(messages) {
        // As it is, and as it goes over the line by LOGIN and, behind the user, by PLAIN.
        for secret in [PASSWORD, "TeG6rXQga2jhuql1", "AHRvYS1zb2Fu"] {
            assert!(!place.contains(secret), "{place}");
        }
    }
}

#[test]
fn a_password_in_the_address_is_refused() {
    let office = Office::large(1);
    let answer = office.mail(&["--to", "list.txt", "--send", "smtp://me:open-sesame@127.0.0.1:9"]);
    assert_eq!(answer.status, 2);
    assert!(!format!("{answer:?}").contains("open-sesame"), "{answer:#?}");
}

#[test]
fn what_was_said_before_tls_is_not_believed() {
    let Some(server) = Server::start("injected") else { return };
    let answer = signed_in(&Office::large(2), &server, PASSWORD);
    let is_known = |object: &serde_json::Value| object["status"] != "sent" || object["code"] == 250;
    assert!(answer.recipients().iter().all(is_known), "{answer:#?}");
    assert_eq!(answer.recipients().iter().filter(|object| object["status"] == "sent").count(), server.count());
}

#[test]
fn a_user_needs_a_password_and_a_server_that_asks_for_it() {
    let Some(server) = Server::start("auth") else { return };
    let office = Office::large(1);
    let (ca, url) = (server.ca(), server.url_of_user("smtp"));
    let message = office.mail(&["--to", "list.txt", "--send", &url, "--ca", &ca]).expect_error();
    assert!(message.contains(USER), "{message}");
    expect_nothing_begun(&server);
    let Some(server) = Server::start("no-auth") else { return };
    signed_in(&office, &server, PASSWORD).expect_error();
    expect_nothing_begun(&server);
}

#[test]
fn a_server_that_wants_a_user() {
    let Some(server) = Server::start("auth") else { return };
    let (ca, url) = (server.ca(), server.url());
    let answer = Office::large(2).mail(&["--to", "list.txt", "--send", &url, "--ca", &ca]);
    assert_eq!((answer.status, server.count()), (1, 0), "{answer:#?}");
    assert!(answer.stdout.contains("530"), "{answer:#?}");
}

#[test]
fn a_bad_list_sends_nothing() {
    let Some(server) = Server::start("plain") else { return };
    for bad in
        ["a@x.example\nno address\n", "a@x.example\n<b@x.example\n", "email\na@x.example\nb@x.example> SIZE=1\n", ""]
    {
        let office = Office::new(&[]).with("list.txt", bad);
        office.send(&server, &[]).expect_error();
        assert!(!office.journal_file().exists(), "{bad}");
    }
    expect_nothing_begun(&server);
}

#[test]
fn a_name_brings_no_headers_with_it() {
    let Some(server) = Server::start("plain") else { return };
    for end in ["\r\n", "\n", "\r", "\u{2028}", "\u{85}", "\0"] {
        let list = format!("email,name\na@x.example,\"Ánh{end}Bcc: victim@y.example{end}{end}Chào\"\n");
        let office = Office::new(&[]).with("list.csv", &list);
        let url = server.url();
        let before = server.count();
        let answer = office.mail(&["--to", "list.csv", "--send", &url]);
        assert!([0, 1].contains(&answer.status), "{answer:#?}");
        // Either nobody gets such a message, or it is a name like others.
        assert!(answer.status == 0 || server.count() == before, "{answer:#?}");
    }
    let office = Office::new(&["a@x.example"]);
    office.send(&server, &["--subject", "Số 11\r\nBcc: victim@y.example"]);
    assert!(server.taken_by_address().into_keys().all(|address| address == "a@x.example"));
    for file in server.files() {
        let message = std::fs::read_to_string(file).expect("ASCII");
        let (head, _) = message.split_once("\r\n\r\n").expect("a head");
        assert!(!head.to_lowercase().contains("\nbcc:") && head.contains("Content-Type:"), "{head}");
    }
}
