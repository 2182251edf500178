//! `mailcfg explain`: what rules find, why it matters, what to do.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use mailcfg::explain::{Format, Sheet, chosen, render};
use mailcfg::rules::RULES;

use super::Color;
use super::terminal::{print, style};

/// Arguments of `explain`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Rules, by the name in brackets behind a finding, or whole groups (`mailcfg list rules`)
    #[arg(value_name = "RULE|GROUP", required_unless_present = "all")]
    names: Vec<String>,

    /// Explain every rule
    #[arg(long, conflicts_with = "names")]
    all: bool,

    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Output::Text, value_name = "FORMAT")]
    format: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For documents
    Markdown,
    /// For programs
    Json,
}

impl From<Output> for Format {
    fn from(output: Output) -> Self {
        match output {
            Output::Text => Self::Text,
            Output::Markdown => Self::Markdown,
            Output::Json => Self::Json,
        }
    }
}

/// Runs `explain`. Exits 2 for a name that is no rule and no group.
pub(crate) fn run(args: &Args, color: Color) -> anyhow::Result<ExitCode> {
    let style = style(color, false, &[]);
    let rules = match chosen(&args.names) {
        Ok(_) if args.all => RULES.to_vec(),
        Ok(rules) => rules,
        Err(unknown) => bail!(unknown.0),
    };
    let sheets = rules.into_iter().map(Sheet::of).collect::<Result<Vec<_>, _>>()?;
    print(render(&sheets, args.format.into(), &style))?;
    Ok(ExitCode::SUCCESS)
}
