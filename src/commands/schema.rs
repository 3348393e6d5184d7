//! `bantin schema`.

use super::Status;
use crate::schema::{Subject, schema};
use crate::terminal::Terminal;

pub(super) fn run(subject: Subject, terminal: &Terminal) -> Status {
    terminal.out(&format!("{:#}", schema(subject)));
    Status::Done
}
