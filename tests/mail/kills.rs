//! Runs that were ended at any moment, and the journal they leave.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::damage::{Random, damaged};
use crate::support::{Office, Run, Server, until};

/// The whole lines of the journal; behind them may be a piece of one.
fn journal(office: &Office) -> Vec<Value> {
    let bytes = std::fs::read(office.journal_file()).unwrap_or_default();
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let text = std::str::from_utf8(&bytes[..whole]).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

/// Whether a line may follow another about the same message.
fn is_lawful(before: Option<&str>, after: &str) -> bool {
    match before {
        None | Some("deferred") => ["trying", "refused", "deferred"].contains(&after),
        Some("trying") => ["sent", "refused", "deferred", "unknown"].contains(&after),
        _ => false,
    }
}

/// The last state of each message by its recipient. Nobody may have asked for anything to be sent again.
fn states(lines: &[Value]) -> BTreeMap<String, String> {
    let mut states = BTreeMap::<String, String>::new();
    for line in lines {
        let word = |key: &str| line[key].as_str().unwrap_or_else(|| panic!("no {key} in {line}")).to_owned();
        let (to, status) = (word("to"), word("status"));
        assert!(word("time").ends_with('Z') && word("message_id").starts_with('<'), "{line}");
        let before = states.get(&to).map(String::as_str);
        assert!(is_lawful(before, &status), "{before:?}, then {line}");
        states.insert(to, status);
    }
    states
}

/// What journal and server know must not contradict each other, at whatever moment the run was killed.
fn expect_agreement(office: &Office, server: &Server) {
    // The server may yet take what was on its way: so it is asked first.
    let taken = server.taken_by_address();
    let states = states(&journal(office));
    for (address, count) in &taken {
        let state = states.get(address).map(String::as_str);
        assert!(matches!(state, Some("trying" | "sent")), "{address} is at the server and in the journal {state:?}");
        assert_eq!(*count, 1, "{address}");
    }
}

/// Kills a run when the server has taken so many more messages, and a moment later. Tells whether it came to that.
fn killed(mut run: Run, server: &Server, more: usize, moment: Duration) -> bool {
    let enough = server.count() + more;
    until("messages at the server", || server.count() >= enough || run.is_over());
    std::thread::sleep(moment);
    let is_killed = !run.is_over();
    run.kill();
    is_killed
}

/// Every recipient gets one message or is named as unknown, however often the run is killed.
#[expect(clippy::print_stdout, reason = "what was seen")]
fn survives(recipients: usize, kills: usize, seed: u64) {
    let Some(server) = Server::start("unhurried") else { return };
    let office = Office::large(recipients);
    let mut random = Random::new(seed);
    for number in 1..=kills {
        let run = office.start(&server, &[]);
        // So that the kills are spread over all messages and none comes too late; some come before the first of a run.
        let left = recipients.saturating_sub(server.count() + 20);
        let more = random.below(2 * left / (kills - number + 2));
        let is_early = random.below(8) == 0 && number * 2 < kills;
        let moment = Duration::from_millis(random.below(if is_early { 800 } else { 40 }) as u64);
        let is_killed = killed(run, &server, if is_early { 0 } else { more }, moment);
        assert!(is_killed, "all is sent before kill {number}");
        expect_agreement(&office, &server);
    }
    let answer = office.send(&server, &[]);
    let [sent, refused, deferred, unknown] = answer.counts();
    assert_eq!((refused, deferred, sent + unknown), (0, 0, recipients as u64), "{:?}", answer.counts());
    assert_eq!(answer.status, i32::from(unknown > 0));
    let taken = server.taken_by_address();
    for (address, status) in answer.statuses() {
        let count = taken.get(&address).copied().unwrap_or_default();
        let is_right = if status == "sent" { count == 1 } else { status == "unknown" && count <= 1 };
        assert!(is_right, "{address} is {status}, and at the server {count} times");
    }
    assert!(unknown as usize <= kills, "at most the message in hand: {unknown}");
    let lines = journal(&office).len();
    office.send(&server, &["--resend-unknown"]).expect_sent(recipients as u64);
    let again = server.taken_by_address();
    assert_eq!(again.len(), recipients);
    assert_eq!(server.count(), taken.values().sum::<usize>() + unknown as usize);
    assert_eq!(journal(&office).len(), lines + 2 * unknown as usize);
    println!(
        "{recipients} recipients, {kills} kills: {unknown} unknown, {} of them taken",
        taken.len() - sent as usize
    );
}

#[test]
fn twelve_kills() {
    survives(300, 12, 1);
}

#[test]
#[ignore = "two minutes"]
fn fifty_kills() {
    survives(2000, 50, 2);
}

#[test]
fn two_runs_with_one_journal() {
    let Some(server) = Server::start("unhurried") else { return };
    let office = Office::large(60);
    let first = office.start(&server, &["--rate", "1200"]);
    server.wait_for(1);
    let message = office.send(&server, &[]).expect_error();
    assert!(message.contains("2026-11.mail.jsonl"), "{message}");
    first.wait().expect_sent(60);
    assert_eq!(server.count(), 60);
}

#[test]
fn a_line_that_was_cut_off() {
    let Some(server) = Server::start("plain") else { return };
    let whole = Office::large(3);
    whole.send(&server, &[]).expect_sent(3);
    let text = std::fs::read_to_string(whole.journal_file()).expect("a journal");
    assert_eq!(text.lines().count(), 6);
    // The last is "sent", so it is not known any more; the one before is "trying", so it was not handed over.
    for (lines, status) in [(5, "unknown"), (4, "sent")] {
        let begin: String = text.split_inclusive('\n').take(lines).collect();
        let rest = text.lines().nth(lines).expect("a line");
        for cut in [1, rest.len() / 2, rest.len()] {
            let office = Office::large(3).with("2026-11.mail.jsonl", &format!("{begin}{}", &rest[..cut]));
            let before = server.count();
            let answer = office.send(&server, &[]);
            assert_eq!(answer.of("3@x.example")["status"], status, "{answer:#?}");
            assert_eq!(server.count(), before + usize::from(status == "sent"));
            states(&journal(&office));
        }
    }
}

#[test]
fn a_damaged_journal_is_no_reason_to_guess() {
    let Some(server) = Server::start("plain") else { return };
    let whole = Office::large(3);
    whole.send(&server, &[]).expect_sent(3);
    let bytes = std::fs::read(whole.journal_file()).expect("a journal");
    let mut random = Random::new(3);
    for _ in 0..12 {
        let office = Office::large(3);
        std::fs::write(office.journal_file(), damaged(&bytes, &mut random)).expect("it is written");
        let answer = office.send(&server, &[]);
        assert!([0, 1].contains(&answer.status) && answer.stderr.is_empty(), "{answer:#?}");
    }
    let before = server.count();
    let office = Office::large(3).with("2026-11.mail.jsonl", "Kính gửi các anh chị\n");
    let message = office.send(&server, &[]).expect_error();
    assert!(message.contains("2026-11.mail.jsonl") && server.count() == before, "{message}");
    assert_eq!(std::fs::read_to_string(office.journal_file()).expect("it"), "Kính gửi các anh chị\n");
}

#[test]
fn ctrl_c_ends_after_the_message_in_hand() {
    let Some(server) = Server::start("unhurried") else { return };
    let office = Office::large(60);
    for round in 1..=3 {
        let run = office.start(&server, &[]);
        server.wait_for(round * 10);
        std::thread::sleep(Duration::from_millis(7 * round as u64));
        run.interrupt();
        let answer = run.wait();
        assert_eq!(answer.status, 130, "{answer:#?}");
        let states = states(&journal(&office));
        assert!(states.values().all(|state| state == "sent"), "{states:?}");
        assert_eq!(answer.counts()[0] as usize, server.count(), "{answer:#?}");
        assert!(server.count() < 60);
    }
    office.send(&server, &[]).expect_sent(60);
    assert!(server.taken_by_address().values().all(|count| *count == 1));
    assert_eq!((server.count(), server.count_of("QUIT")), (60, 4));
}

#[test]
fn ctrl_c_ends_a_pause() {
    for (scenario, args) in [("one-busy", ["--retry-pause", "100"]), ("plain", ["--rate", "1"])] {
        let Some(server) = Server::start(scenario) else { return };
        let office = Office::new(&["busy@x.example", "a@x.example"]);
        let mut run = office.start(&server, &args);
        server.wait_for(1);
        std::thread::sleep(Duration::from_millis(300));
        assert!(!run.is_over());
        let start = Instant::now();
        run.interrupt();
        let answer = run.wait();
        assert_eq!(answer.status, 130, "{answer:#?}");
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(server.count(), 1);
    }
}
