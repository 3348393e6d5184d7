//! `bantin completions`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Status;
use crate::cli::Cli;
use crate::terminal::Terminal;

pub fn run(shell: Shell, terminal: &Terminal) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "bantin", &mut script);
    terminal.out(String::from_utf8_lossy(&script).trim_end());
    Status::Done
}
