//! Parse, run, exit.

use std::process::ExitCode;

use bantin::{Cli, Status};
use clap::Parser;

fn main() -> ExitCode {
    match bantin::run(Cli::parse()) {
        Status::Done => ExitCode::SUCCESS,
        Status::Failed => ExitCode::from(1),
    }
}
