//! `mailcfg lint`: says what is wrong.

use std::process::ExitCode;

use clap::Args as ClapArgs;
use mailcfg::date::Date;
use mailcfg::discover::Found;
use mailcfg::finding::{FileStatus, Report};
use mailcfg::lint::{Options, lint};

use super::input::{Selection, nothing_found};
use super::outputs::Outputs;
use super::own::OwnProviders;
use super::terminal::{complain, style};
use super::{Color, FailOn, exit_code};

/// Arguments of `lint`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    own: OwnProviders,

    #[command(flatten)]
    outputs: Outputs,

    /// From which severity on the exit status is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,

    /// Show informational findings in full, and files that are no mail configuration
    #[arg(short, long)]
    verbose: bool,
}

/// Runs `lint`.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let found = args.selection.read()?;
    let style = style(color, args.verbose, &args.selection.typed());
    let loaded = args.own.load(today, &style)?;
    let is_empty = found.inputs.is_empty();
    let nothing = nothing_found(&found);
    let report = judge(found, Options { providers: loaded.providers, today });
    args.outputs.check(&report)?;
    let is_written = args.outputs.give(&report, &style)?;
    if is_empty {
        complain(&nothing);
    }
    let found = report.findings.iter().any(|finding| args.fail_on.includes(finding.severity));
    Ok(exit_code(is_empty || loaded.is_incomplete || is_incomplete(&report) || !is_written, found))
}

/// Judges what was found and adds what was not judged, in the order of the paths.
fn judge(found: Found, options: Options) -> Report {
    let mut report = lint(&found.inputs, &options);
    report.files.extend(found.others);
    report.files.sort_by(|a, b| a.sources[0].path().cmp(b.sources[0].path()));
    report
}

/// Whether something could not be read.
fn is_incomplete(report: &Report) -> bool {
    report.files.iter().any(|file| matches!(file.status, FileStatus::Unreadable(_)))
}
