//! `mailcfg profiles`: the files that say what providers offer.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use mailcfg::date::Date;
use mailcfg::finding::{Counts, FileStatus, Report};
use mailcfg::message;
use mailcfg::report::{self, Style};

use super::import;
use super::own::{judge, provider_files};
use super::terminal::{print, style};
use super::{Color, FailOn, exit_code};

/// Arguments of `profiles`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with provider files
    Check(CheckArgs),
    /// Make provider files of autoconfig XML and of Autodiscover answers
    Import(import::Args),
}

#[derive(Debug, ClapArgs)]
struct CheckArgs {
    /// The folder with the files (*.toml), or one file
    #[arg(value_name = "DIR", default_value = "profiles")]
    path: PathBuf,

    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Output::Text, value_name = "FORMAT")]
    format: Output,

    /// From which severity on the exit status is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs: the schema of `lint`
    Json,
}

/// Runs `profiles`.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Check(args) => check(args, color, today),
        Command::Import(args) => import::run(args, color, today),
    }
}

fn check(args: &CheckArgs, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let report = judge(&provider_files(&args.path)?, today);
    let style = style(color, false, &[]);
    print(match args.format {
        Output::Text => text(&report, &style),
        Output::Json => report::json(&report, &style),
    })?;
    let unread = report.files.iter().any(|file| file.status != FileStatus::Checked);
    let found = report.findings.iter().any(|finding| args.fail_on.includes(finding.severity));
    Ok(exit_code(unread, found))
}

/// Every finding, and at the end how much of what.
fn text(report: &Report, style: &Style) -> String {
    let mut blocks = report::findings(report, style);
    let counts = Counts::of(report);
    let found = report::tally(counts, style);
    let files = match counts.files {
        0 => message!("no provider file"),
        1 => message!("{n} provider file", n = 1),
        n => message!("{n} provider files", n = n),
    };
    let last = match found.as_str() {
        "" => message!("Checked {files}: nothing to report.", files = files),
        _ => message!("Checked {files}: {found}.", files = files, found = found),
    };
    blocks.push(style.tell(&last) + "\n");
    blocks.join("\n\n")
}
