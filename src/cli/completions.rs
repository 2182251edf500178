//! `mailcfg completions` and `mailcfg man`: made from the command line's own description.

use std::process::ExitCode;

use clap::Args as ClapArgs;
use clap_complete::Shell;

use super::terminal::print;

/// Arguments of `completions`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs `completions`.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "mailcfg", &mut out);
    print(out)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs `man`.
pub(crate) fn man() -> anyhow::Result<ExitCode> {
    let mut out = Vec::new();
    clap_mangen::Man::new(super::command()).render(&mut out)?;
    print(out)?;
    Ok(ExitCode::SUCCESS)
}
