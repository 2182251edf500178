//! `mailcfg completions` and `mailcfg man`: made from the command line's own description.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args as ClapArgs;
use clap_complete::Shell;
use mailcfg::message;

use super::terminal::{print, told};

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

/// Arguments of `man`.
#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// Write a page for every command into this folder, as packages need them
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs `man`.
pub(crate) fn man(args: &ManArgs) -> anyhow::Result<ExitCode> {
    if let Some(folder) = &args.output {
        let said = message!("the manual pages cannot be written into {folder}", folder = folder.display());
        let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(super::command(), folder));
        written.with_context(|| told(&said))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = Vec::new();
    // `mailcfg help` has no page of its own.
    clap_mangen::Man::new(super::command().disable_help_subcommand(true)).render(&mut out)?;
    print(out)?;
    Ok(ExitCode::SUCCESS)
}
