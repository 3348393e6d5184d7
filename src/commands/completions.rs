//! `bantin completions`.

use clap_complete::Shell;

use super::Status;
use crate::cli;
use crate::terminal::Terminal;

pub(super) fn run(shell: Shell, terminal: &Terminal) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(), "bantin", &mut script);
    terminal.out(String::from_utf8_lossy(&script).trim_end());
    Status::Done
}
