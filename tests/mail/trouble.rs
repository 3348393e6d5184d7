//! Servers that delay, refuse, break off or talk nonsense: the run goes on, and says of each recipient what is known.

use std::time::{Duration, Instant};

use crate::support::{Office, Server, python};

const QUICKLY: [&str; 4] = ["--retries", "2", "--retry-pause", "1"];

#[test]
fn greylisting_is_waited_out() {
    for scenario in ["greylisting", "late-delay"] {
        let Some(server) = Server::start(scenario) else { return };
        Office::large(4).send(&server, &QUICKLY).expect_sent(4);
        assert_eq!(server.addresses(), ["1@x.example", "2@x.example", "3@x.example", "4@x.example"], "{scenario}");
        assert_eq!(server.count_of("RCPT"), 8, "{scenario}");
    }
}

#[test]
fn a_server_that_takes_five_on_a_connection() {
    let Some(server) = Server::start("five-each") else { return };
    Office::large(12).send(&server, &QUICKLY).expect_sent(12);
    let mut connections: Vec<_> = server.taken().iter().map(|envelope| envelope["connection"].as_u64()).collect();
    connections.dedup();
    assert_eq!(connections.len(), 3);
    assert!(server.taken_by_address().values().all(|count| *count == 1));
}

#[test]
fn a_server_that_hangs_up_after_each() {
    let Some(server) = Server::start("hangs-up") else { return };
    Office::large(4).send(&server, &QUICKLY).expect_sent(4);
    assert!(server.taken_by_address().values().all(|count| *count == 1));
}

#[test]
fn one_that_is_gone_stops_nobody() {
    for (scenario, code) in [("one-gone", 550), ("one-unwanted", 554)] {
        let Some(server) = Server::start(scenario) else { return };
        let office = Office::new(&["a@x.example", "gone@x.example", "b@x.example"]);
        let answer = office.send(&server, &QUICKLY);
        assert_eq!((answer.status, answer.counts()), (1, [2, 1, 0, 0]), "{answer:#?}");
        let gone = answer.of("gone@x.example");
        assert_eq!((gone["status"].as_str(), gone["code"].as_u64()), (Some("refused"), Some(code)));
        assert_eq!(server.addresses(), ["a@x.example", "b@x.example"]);
        let tries = || server.commands().iter().filter(|line| line["argument"] == "gone@x.example").count();
        assert_eq!(tries(), 1, "what is refused is not tried again");
        // The next run tells of it, and asks again only where it is told to.
        let answer = office.send(&server, &QUICKLY);
        assert_eq!((answer.status, answer.counts(), tries()), (1, [2, 1, 0, 0], 1), "{answer:#?}");
        office.send(&server, &["--retry-refused"]);
        assert_eq!((tries(), server.count()), (2, 2));
    }
}

#[test]
fn one_that_is_busy_is_left_for_the_next_run() {
    let Some(server) = Server::start("one-busy") else { return };
    let office = Office::new(&["a@x.example", "busy@x.example", "b@x.example"]);
    let answer = office.send(&server, &QUICKLY);
    assert_eq!((answer.status, answer.counts()), (1, [2, 0, 1, 0]), "{answer:#?}");
    assert_eq!(answer.of("busy@x.example")["code"], 451);
    let tries = || server.commands().iter().filter(|line| line["argument"] == "busy@x.example").count();
    assert_eq!(tries(), 3);
    office.send(&server, &QUICKLY);
    assert_eq!((tries(), server.count()), (6, 2));
}

#[test]
fn pauses_grow() {
    let Some(server) = Server::start("one-busy") else { return };
    let start = Instant::now();
    Office::new(&["busy@x.example"]).send(&server, &["--retries", "2", "--retry-pause", "1"]);
    // One second and three.
    assert!(start.elapsed() >= Duration::from_secs(4));
}

/// Whether the server took it nobody knows: it is named, and sent again only where that is asked for.
fn is_unknown_until_sent_again(scenario: &str, taken: usize) {
    let Some(server) = Server::start(scenario) else { return };
    let office = Office::new(&["a@x.example", "fatal@x.example", "b@x.example"]);
    for _ in 0..2 {
        let answer = office.send(&server, &QUICKLY);
        assert_eq!((answer.status, answer.counts()), (1, [2, 0, 0, 1]), "{answer:#?}");
        assert_eq!(answer.of("fatal@x.example")["status"], "unknown");
        let counts = server.taken_by_address();
        assert_eq!((counts.get("fatal@x.example").copied().unwrap_or_default(), server.count()), (taken, taken + 2));
    }
    office.send(&server, &["--resend-unknown"]).expect_sent(3);
    assert_eq!(server.taken_by_address()["fatal@x.example"], taken + 1);
    assert_eq!(server.count(), taken + 3);
}

#[test]
fn a_server_that_dies_in_the_middle_of_a_message() {
    is_unknown_until_sent_again("dies-in-data", 0);
}

#[test]
fn a_server_that_dies_before_it_says_that_it_took_it() {
    is_unknown_until_sent_again("dies-after-dot", 1);
}

/// A photo that cannot be packed.
const NOISE: &str = "import os, struct, zlib
chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = b''.join(b'\\0' + os.urandom(1200 * 3) for _ in range(900))
head = chunk(b'IHDR', struct.pack('>IIBBBBB', 1200, 900, 8, 2, 0, 0, 0))
open('2026-11/a.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + head + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))";

#[test]
fn a_message_whose_end_was_not_sent_is_tried_again() {
    let (Some(mut python), Some(server)) = (python(), Server::start("dies-in-large")) else { return };
    let text = "+++\ntitle = \"Bài thử\"\nauthor = \"Tổ biên tập\"\n+++\n\n![Nhiễu](a.png \"VP\")\n";
    let office = Office::new(&["fatal@x.example", "a@x.example"]).with("2026-11/01.md", text);
    let is_made = python.args(["-c", NOISE]).current_dir(office.path()).status();
    assert!(is_made.is_ok_and(|status| status.success()));
    office.send(&server, &QUICKLY).expect_sent(2);
    assert_eq!(server.addresses(), ["a@x.example", "fatal@x.example"]);
    assert_eq!(server.count_of("MAIL"), 3);
}

#[test]
fn a_server_that_goes_away_for_good() {
    let Some(server) = Server::start("goes-away") else { return };
    let office = Office::large(5);
    let answer = office.send(&server, &QUICKLY);
    assert_eq!((answer.status, answer.counts()), (1, [2, 0, 3, 0]), "{answer:#?}");
    // Of everybody something is said.
    assert_eq!(answer.statuses().len(), 5, "{answer:#?}");
    let Some(other) = Server::start("plain") else { return };
    office.send(&other, &[]).expect_sent(5);
    assert_eq!(other.addresses(), ["3@x.example", "4@x.example", "5@x.example"]);
}

#[test]
fn a_message_that_is_too_large() {
    let Some(server) = Server::start("too-small") else { return };
    let answer = Office::large(2).send(&server, &QUICKLY);
    assert_eq!((answer.status, server.count()), (1, 0), "{answer:#?}");
    // It is said before anything is sent, or of each recipient.
    let says_size = answer.stdout.contains("1000") || answer.stdout.contains("1,000");
    assert!(says_size || answer.counts() == [0, 2, 0, 0], "{answer:#?}");
}

#[test]
fn a_server_that_has_no_time() {
    let Some(server) = Server::start("closed") else { return };
    let office = Office::large(2);
    let message = office.send(&server, &["--retries", "1", "--retry-pause", "1"]).expect_error();
    assert!(message.contains("421"), "{message}");
}

#[test]
fn nobody_listens() {
    let Some(server) = Server::start("plain") else { return };
    let url = server.url();
    drop(server);
    let office = Office::large(2);
    let args = ["--to", "list.txt", "--send", &url, "--retries", "1", "--retry-pause", "1"];
    let message = office.mail(&args).expect_error();
    assert!(message.contains("127.0.0.1"), "{message}");
}

#[test]
fn a_server_that_says_nothing() {
    let Some(server) = Server::start("silent") else { return };
    Office::large(1).send(&server, &["--retries", "0"]).expect_error();
}

#[test]
fn a_server_that_talks_nonsense() {
    let Some(server) = Server::start("garbage") else { return };
    let message = Office::large(1).send(&server, &["--retries", "0"]).expect_error();
    // A terminal must not be told what to do by it.
    assert!(!message.contains('\u{1b}'), "{message}");
}

#[test]
fn answers_in_letters_from_before_utf8() {
    let Some(server) = Server::start("other-letters") else { return };
    let answer = Office::new(&["a@x.example", "gone@x.example", "b@x.example"]).send(&server, &QUICKLY);
    assert_eq!(answer.counts(), [2, 1, 0, 0], "{answer:#?}");
    assert_eq!(answer.of("gone@x.example")["code"], 550);
}

#[test]
fn a_server_that_is_out_of_step() {
    let Some(server) = Server::start("out-of-step") else { return };
    let answer = Office::large(2).send(&server, &["--retries", "1", "--retry-pause", "0"]);
    // Which answer belongs to what nobody can tell; so nothing is known of any message.
    assert_eq!(answer.status, 1, "{answer:#?}");
    assert!(answer.statuses().iter().all(|(_, status)| status != "sent"), "{answer:#?}");
}

#[test]
fn a_server_that_never_stops_talking() {
    for scenario in ["endless-line", "endless-reply"] {
        let Some(server) = Server::start(scenario) else { return };
        let start = Instant::now();
        Office::large(1).send(&server, &["--retries", "0"]).expect_error();
        assert!(start.elapsed() < Duration::from_secs(60), "{scenario}");
    }
}
