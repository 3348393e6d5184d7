//! Parse, run, exit.

use std::process::ExitCode;

use bantin::{Cli, Status};
use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match bantin::run(Cli::parse()) {
        Status::Done => ExitCode::SUCCESS,
        Status::Failed => ExitCode::from(1),
        Status::Stopped => ExitCode::from(130),
    }
}
