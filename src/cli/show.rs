//! `mailcfg show`: the official settings for an address, a domain or a provider.

use std::process::ExitCode;

use clap::{Args as ClapArgs, ValueEnum};
use mailcfg::date::Date;
use mailcfg::show::{Format, Options, Unresolved, render, render_unresolved, resolve};

use super::own::OwnProviders;
use super::terminal::{print, remark, style, told};
use super::{Color, exit_code};

/// Arguments of `show`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// A mail address, its domain, or a provider as in `mailcfg list providers`
    #[arg(value_name = "ADDRESS|DOMAIN|PROVIDER")]
    of: String,

    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Output::Text, value_name = "FORMAT")]
    format: Output,

    /// A host that takes the domain's mail (its MX record), for a domain of a company or of your own; may be repeated
    #[arg(long, value_name = "HOST")]
    mx: Vec<String>,

    #[command(flatten)]
    own: OwnProviders,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// A table for people
    Text,
    /// For programs
    Json,
    /// A provider file, to keep and change
    Toml,
    /// Mozilla's autoconfig XML, for Thunderbird and others
    Autoconfig,
}

impl From<Output> for Format {
    fn from(output: Output) -> Self {
        match output {
            Output::Text => Self::Text,
            Output::Json => Self::Json,
            Output::Toml => Self::Toml,
            Output::Autoconfig => Self::Autoconfig,
        }
    }
}

/// Runs `show`. Exits 1 where no provider is known, 2 where the input or the format makes an answer impossible.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let style = style(color, false, &[]);
    let loaded = args.own.load(today, &style)?;
    let options = Options { today, style };
    let found = match resolve(&args.of, &args.mx, &loaded.providers) {
        Ok(answer) => match render(&answer, args.format.into(), &options) {
            Ok(text) => {
                print(text)?;
                true
            }
            Err(reason) => {
                remark(&format!("mailcfg: {}", told(&reason.0)));
                return Ok(exit_code(true, false));
            }
        },
        Err(unresolved) => {
            say_unresolved(&unresolved, args, &options)?;
            if matches!(unresolved, Unresolved::Invalid { .. }) {
                return Ok(exit_code(true, false));
            }
            false
        }
    };
    Ok(exit_code(loaded.is_incomplete, !found))
}

/// Where a program reads the output, only JSON has a word for "not known".
fn say_unresolved(unresolved: &Unresolved, args: &Args, options: &Options) -> anyhow::Result<()> {
    let text = render_unresolved(unresolved, args.format.into(), options);
    match args.format {
        Output::Text | Output::Json => print(text)?,
        Output::Toml | Output::Autoconfig => remark(text.trim_end()),
    }
    Ok(())
}
