//! The `mailcfg` program: reads the command line, runs one command, chooses the exit code.
//!
//! Exit codes: 0 nothing at or above `--fail-on`; 1 findings (or, for `fix` without `--apply`, a diff); 2 the job could not be
//! done in full.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::report(&error);
            ExitCode::from(2)
        }
    }
}
