//! `mailcfg lint`: says what is wrong.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args as ClapArgs;
use mailcfg::config::Controls;
use mailcfg::date::Date;
use mailcfg::discover::Found;
use mailcfg::finding::{FileStatus, Report};
use mailcfg::lint::{Options, lint};
use mailcfg::message;
use mailcfg::report::Style;
use mailcfg::suppression::Baseline;

use super::bar::Bar;
use super::controls::{ControlArgs, here, write_baseline};
use super::input::Selection;
use super::outputs::Outputs;
use super::own::OwnProviders;
use super::terminal::print;
use super::{Color, exit_code};

/// Arguments of `lint`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    own: OwnProviders,

    #[command(flatten)]
    outputs: Outputs,

    #[command(flatten)]
    controls: ControlArgs,

    /// Write down all that is found into this file, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "changed_since"])]
    write_baseline: Option<PathBuf>,

    /// Show informational findings in full, and files that are no mail configuration
    #[arg(short, long)]
    verbose: bool,
}

/// Runs `lint`.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let selected = args.selection.read()?;
    let style = args.selection.style(color, args.verbose);
    let mut loaded = args.controls.load(&args.selection, &selected, &args.own, today, &style)?;
    let is_empty = selected.found.inputs.is_empty();
    let bar = Bar::new();
    loaded.options.progress = Arc::clone(&bar.progress);
    let report = judge(&selected.found, &loaded.options);
    drop(bar);
    let is_incomplete = is_empty || loaded.is_incomplete || is_incomplete(&report);
    if let Some(file) = args.write_baseline.as_deref().filter(|_| !is_empty) {
        wrote(file, &report, &style)?;
        return Ok(exit_code(is_incomplete, false));
    }
    args.outputs.check(&report, &own_files(&loaded.options.controls))?;
    let is_written = args.outputs.give(&report, &style)?;
    selected.say_if_nothing();
    Ok(exit_code(is_incomplete || !is_written, fails(&report, &loaded.options.controls)))
}

/// What the run reads besides the files that it checks.
fn own_files(controls: &Controls) -> Vec<&Path> {
    let policies = controls.policies().iter().filter_map(|policy| Some(policy.file.as_ref()?.path()));
    policies.chain(controls.baseline().map(Baseline::file)).collect()
}

/// Whether a finding is grave enough for the `mailcfg.toml` of its file, or for the command line.
fn fails(report: &Report, controls: &Controls) -> bool {
    let files = report.files.iter().filter_map(|file| Some((file.document?, file.sources[0].path())));
    let files: HashMap<usize, &Path> = files.collect();
    report.findings.iter().any(|finding| {
        let file = files.get(&finding.document).copied().unwrap_or(Path::new(""));
        controls.fails(file, finding.severity)
    })
}

/// Writes the baseline and says what is in it.
fn wrote(file: &Path, report: &Report, style: &Style) -> anyhow::Result<()> {
    let (text, total) = Baseline::write(report, file, &here()?);
    write_baseline(file, &text, style)?;
    let said = message!("findings written to {file}: {n}", n = total, file = file.display());
    Ok(print(style.tell(&said) + "\n")?)
}

/// Judges what was found and adds what was not judged, in the order of the paths.
fn judge(found: &Found, options: &Options) -> Report {
    let mut report = lint(&found.inputs, options);
    report.files.extend(found.others.iter().cloned());
    report.files.sort_by(|a, b| a.sources[0].path().cmp(b.sources[0].path()));
    report
}

/// Whether something could not be read.
fn is_incomplete(report: &Report) -> bool {
    report.files.iter().any(|file| matches!(file.status, FileStatus::Unreadable(_)))
}
