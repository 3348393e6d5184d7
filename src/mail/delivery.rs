//! Sends the messages of an issue one after the other: as fast as allowed, again where a server asks for patience, and
//! never twice.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::connection::{Access, Answer, Connection, OpenError, Outcome};
use super::journal::{Entry, Journal, Stage, Status, now};
use super::outbox::{Addressee, Outbox};
use crate::diagnostic::{FileError, MailError};

/// How fast, and how patiently.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Most messages that are begun in a minute.
    pub per_minute: Option<u32>,
    /// Most messages over one connection.
    pub per_connection: u32,
    /// How often a message that was deferred is tried again.
    pub retries: u32,
    /// How long it waits before the first of these; each further pause is three times as long.
    pub first_pause: Duration,
}

/// Longest pause before a message is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// A connection that nothing is sent over for longer than this is closed: servers do so themselves, and say 421.
const IDLE: Duration = Duration::from_secs(20);

/// How many connections in a row may break before a message was taken over any of them.
const FRUITLESS: u32 = 10;

/// How often it is looked whether somebody wants to stop.
const GLANCE: Duration = Duration::from_millis(50);

/// Who is told while messages go out.
pub trait Observer {
    /// So much is known of a message at last.
    fn done(&mut self, index: usize, status: Status, answer: &Answer);

    /// The largest message that the server takes is smaller than one of these, in bytes.
    fn too_large(&mut self, limit: u64);

    /// Whether the work is to end after the message in hand.
    fn is_stopped(&self) -> bool;
}

/// A message to be sent.
#[derive(Debug, Clone, Copy)]
struct Task {
    /// Its place in the list.
    index: usize,
    tries: u32,
    not_before: Instant,
}

/// The messages, and where they go.
pub struct Delivery<'a, O> {
    pub access: &'a Access,
    /// The issue folder's name.
    pub issue: &'a str,
    pub from: &'a lettre::Address,
    pub pace: Pace,
    pub outbox: &'a Outbox<'a>,
    /// The largest message, in bytes.
    pub largest: u64,
    pub observer: &'a mut O,
}

/// What is known of a message, by what was said, and what a refusal was about.
#[derive(Debug)]
struct Verdict {
    status: Status,
    answer: Answer,
    stage: Option<Stage>,
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        let (status, answer, stage) = match outcome {
            Outcome::Sent(answer) => (Status::Sent, answer, None),
            Outcome::Refused(answer, stage) => (Status::Refused, answer, Some(stage)),
            Outcome::Deferred(answer) => (Status::Deferred, answer, None),
            Outcome::Unknown(answer) => (Status::Unknown, answer, None),
        };
        Self { status, answer, stage }
    }
}

impl<O: Observer> Delivery<'_, O> {
    /// Sends the messages with these places in the list. What becomes of each is in the journal before the next begins.
    ///
    /// Fails where there is no connection at the start, where it was lost for good, and where the journal cannot be
    /// written; what was not tried is then told as deferred, but for the first of these.
    pub fn run(&mut self, indices: &[usize], mut journal: Option<&mut Journal>) -> Result<(), MailError> {
        let start = Instant::now();
        let mut queue: VecDeque<_> = indices.iter().map(|&index| Task { index, tries: 0, not_before: start }).collect();
        let mut line = Line::new(self.access, self.pace);
        let result = self.work(&mut queue, &mut line, &mut journal);
        line.hang_up();
        if let (Err(error), true) = (&result, line.has_been_open) {
            let answer = Answer { code: None, text: error.detail().to_owned() };
            queue.iter().for_each(|task| self.observer.done(task.index, Status::Deferred, &answer));
        }
        result
    }

    fn work(
        &mut self,
        queue: &mut VecDeque<Task>,
        line: &mut Line<'_>,
        journal: &mut Option<&mut Journal>,
    ) -> Result<(), MailError> {
        while let Some(task) = self.next(queue, line) {
            // Whatever ends the run, this message is still to be told of.
            let connected = self.connected(line).inspect_err(|_| queue.push_front(task))?;
            let Some(connection) = connected else {
                queue.push_front(task);
                break;
            };
            let message = self.outbox.message(task.index).inspect_err(|_| queue.push_front(task))?;
            let before = || match journal {
                Some(journal) => journal.add(&self.entry(task.index, Status::Trying)),
                None => Ok(()),
            };
            let begun = Instant::now();
            let outcome = connection.send(self.from, message.to, &message.parts(), before).map_err(unwritable);
            let verdict = Verdict::from(outcome.inspect_err(|_| queue.push_front(task))?);
            line.count(begun, verdict.status);
            let written = self.write(task.index, &verdict, journal);
            if verdict.status == Status::Deferred {
                self.put_off(task, verdict, queue, line)?;
            } else {
                self.observer.done(task.index, verdict.status, &verdict.answer);
            }
            written?;
        }
        Ok(())
    }

    /// What becomes of a message that the server has not taken for now.
    fn put_off(
        &mut self,
        task: Task,
        verdict: Verdict,
        queue: &mut VecDeque<Task>,
        line: &Line<'_>,
    ) -> Result<(), MailError> {
        if line.fruitless > FRUITLESS {
            queue.push_front(task);
            return Err(MailError::HangsUp { server: self.access.server.shown(), detail: verdict.answer.text });
        }
        // A server that ends a connection after so many messages means the connection, and not this message.
        if line.is_used_up() {
            queue.push_front(task);
        } else if task.tries < self.pace.retries {
            let not_before = Instant::now() + pause(self.pace.first_pause, task.tries);
            queue.push_back(Task { tries: task.tries + 1, not_before, ..task });
        } else {
            self.observer.done(task.index, Status::Deferred, &verdict.answer);
        }
        Ok(())
    }

    /// Notes what is known of a message.
    fn write(&self, index: usize, verdict: &Verdict, journal: &mut Option<&mut Journal>) -> Result<(), MailError> {
        let Some(journal) = journal else { return Ok(()) };
        let Verdict { status, answer, stage } = verdict;
        let reply = Some(answer.text.clone()).filter(|text| !text.is_empty());
        let entry = Entry { code: answer.code, reply, stage: *stage, ..self.entry(index, *status) };
        journal.add(&entry).map_err(unwritable)
    }

    fn entry(&self, index: usize, status: Status) -> Entry {
        let addressee = self.outbox.addressees.get(index);
        let of = |text: fn(&Addressee) -> &str| addressee.map(text).unwrap_or_default().to_owned();
        Entry {
            time: now(),
            issue: self.issue.to_owned(),
            to: of(|addressee| addressee.mailbox.address.as_str()),
            message_id: of(|addressee| &addressee.id),
            status,
            code: None,
            reply: None,
            stage: None,
        }
    }

    /// The next message, when its time has come; `None` where there is none left, or somebody wants to stop.
    fn next(&mut self, queue: &mut VecDeque<Task>, line: &mut Line<'_>) -> Option<Task> {
        loop {
            if self.observer.is_stopped() {
                return None;
            }
            let now = Instant::now();
            let due = line.not_before.max(queue.iter().map(|task| task.not_before).min()?);
            if due <= now
                && let Some(at) = queue.iter().position(|task| task.not_before <= now)
            {
                return queue.remove(at);
            }
            if due > now + IDLE {
                line.hang_up();
            }
            std::thread::sleep(due.saturating_duration_since(now).clamp(Duration::from_millis(1), GLANCE));
        }
    }

    /// The connection, which is opened where there is none; `None` where somebody wants to stop meanwhile.
    fn connected<'l>(&mut self, line: &'l mut Line<'_>) -> Result<Option<&'l mut Connection>, MailError> {
        let mut tries = 0;
        loop {
            match line.open() {
                Ok(is_first) => {
                    let limit = line.connection.as_ref().and_then(Connection::max_size);
                    if let Some(limit) = limit.filter(|limit| is_first && *limit < self.largest) {
                        self.observer.too_large(limit);
                    }
                    return Ok(line.connection.as_mut());
                }
                Err(OpenError { error, is_transient }) => {
                    let may_try = is_transient && (line.has_been_open || error.is_said_by_server());
                    if !may_try || tries >= self.pace.retries {
                        return Err(error);
                    }
                }
            }
            let until = Instant::now() + pause(self.pace.first_pause, tries);
            while Instant::now() < until {
                if self.observer.is_stopped() {
                    return Ok(None);
                }
                std::thread::sleep(GLANCE.min(until.saturating_duration_since(Instant::now())));
            }
            tries += 1;
        }
    }
}

/// The pause before a message is tried again for so many times already.
fn pause(first: Duration, tries: u32) -> Duration {
    first.saturating_mul(3_u32.saturating_pow(tries)).min(LONGEST_PAUSE)
}

fn unwritable(error: FileError) -> MailError {
    MailError::JournalUnwritable { error }
}

/// The line to the server, with what is counted along it.
struct Line<'a> {
    access: &'a Access,
    pace: Pace,
    connection: Option<Connection>,
    has_been_open: bool,
    /// Messages that were begun over this connection, and those of them that were taken.
    begun: u32,
    taken: u32,
    /// Connections in a row that broke before a message was taken.
    fruitless: u32,
    /// When the next message may begin.
    not_before: Instant,
}

impl<'a> Line<'a> {
    fn new(access: &'a Access, pace: Pace) -> Self {
        let not_before = Instant::now();
        Self { access, pace, connection: None, has_been_open: false, begun: 0, taken: 0, fruitless: 0, not_before }
    }

    /// Opens a connection where there is none that will do. Tells whether it is the first of all.
    fn open(&mut self) -> Result<bool, OpenError> {
        let is_full = self.begun >= self.pace.per_connection;
        if is_full || self.connection.as_ref().is_some_and(Connection::is_broken) {
            self.hang_up();
        }
        if self.connection.is_some() {
            return Ok(false);
        }
        self.connection = Some(Connection::open(self.access)?);
        (self.begun, self.taken) = (0, 0);
        let is_first = !self.has_been_open;
        self.has_been_open = true;
        Ok(is_first)
    }

    /// Counts a message, and puts off the next as the rate demands.
    fn count(&mut self, begun: Instant, status: Status) {
        self.begun += 1;
        self.taken += u32::from(status == Status::Sent);
        if self.taken > 0 {
            self.fruitless = 0;
        } else if self.connection.as_ref().is_some_and(Connection::is_broken) {
            self.fruitless += 1;
        }
        if let Some(rate) = self.pace.per_minute {
            self.not_before = begun + Duration::from_secs(60) / rate.max(1);
        }
    }

    /// Whether the server has ended a connection that has done its work.
    fn is_used_up(&self) -> bool {
        self.taken > 0 && self.connection.as_ref().is_some_and(Connection::is_broken)
    }

    fn hang_up(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close();
        }
    }
}
