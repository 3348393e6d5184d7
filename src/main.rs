//! Parse, run, exit.

use std::process::ExitCode;

use bantin::Status;
use bantin::limits::Limited;

#[global_allocator]
static ALLOCATOR: Limited<mimalloc::MiMalloc> = Limited(mimalloc::MiMalloc);

fn main() -> ExitCode {
    // A panic is told as an error of its issue. Rust's own words about it are for those who look for the cause.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let arguments: Vec<_> = std::env::args_os().collect();
    let cli = match bantin::cli::parse(&arguments) {
        Ok(cli) => cli,
        Err(answer) => return ExitCode::from(answer.print_and_exit_code()),
    };
    match bantin::run(cli) {
        Status::Done => ExitCode::SUCCESS,
        Status::Failed => ExitCode::from(1),
        Status::Stopped => ExitCode::from(bantin::terminal::STOPPED),
    }
}
