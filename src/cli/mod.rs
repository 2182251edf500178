//! The command line: one file per command. Everything is done by the library, which is used as any other program would.

mod bar;
mod changed;
mod clock;
mod completions;
mod config_files;
mod controls;
mod doctor;
mod explain;
mod failure;
mod fix;
mod help;
mod import;
mod input;
mod language;
mod lint;
mod list;
mod outputs;
mod own;
mod profiles;
mod restore;
mod roots;
mod show;
mod terminal;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use mailcfg::config;
use mailcfg::date::Date;
use mailcfg::finding::Severity;
use mailcfg::language::Language;

pub(crate) use failure::{is_broken_pipe, report};

/// Checks what mail programs are set to against what the mail provider officially publishes, and mends it.
#[derive(Debug, Parser)]
#[command(name = "mailcfg", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 nothing to report, 1 findings (or a diff from `fix`), 2 the job could not be done in full."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,

    /// The language of sentences; without it that of the locale
    #[arg(long, global = true, value_parser = language::parser(), value_name = "LANGUAGE")]
    lang: Option<Language>,

    /// Judge as of this day instead of today
    #[arg(long, global = true, hide = true, value_name = "YYYY-MM-DD", value_parser = clock::parse_date)]
    today: Option<Date>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with mail settings
    Lint(lint::Args),
    /// Show, or with --apply make, the changes that mend them
    Fix(fix::Args),
    /// Undo a run of `fix --apply`
    Restore(restore::Args),
    /// Explain rules: what they find, why it matters, what to do
    Explain(explain::Args),
    /// Say which password a mail program wants, and what an error message means
    Doctor(doctor::Args),
    /// Show what a provider officially offers: servers, user name, which password
    Show(show::Args),
    /// Check, or make, the files that say what providers offer
    Profiles(profiles::Args),
    /// List rules, providers or clients
    List(list::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    #[command(hide = true)]
    Man(completions::ManArgs),
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// In any case
    Always,
    /// Never
    Never,
}

/// From which severity on the exit status is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    /// Whatever is found
    Never,
}

impl From<FailOn> for config::FailOn {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
            FailOn::Never => Self::Never,
        }
    }
}

impl FailOn {
    /// Whether a finding of this severity makes the run fail.
    fn includes(self, severity: Severity) -> bool {
        config::FailOn::from(self).includes(severity)
    }
}

/// Runs the command of this process's arguments.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let args: Vec<OsString> = env::args_os().collect();
    let language = language::decide(&args);
    let cli = match parse(&args, language) {
        Ok(cli) => cli,
        Err(error) => return help::answer(&error, language),
    };
    let today = cli.today.unwrap_or_else(clock::today);
    match &cli.command {
        Command::Lint(args) => lint::run(args, cli.color, today),
        Command::Fix(args) => fix::run(args, cli.color, today),
        Command::Restore(args) => restore::run(args),
        Command::Explain(args) => explain::run(args, cli.color),
        Command::Doctor(args) => doctor::run(args, cli.color, today),
        Command::Show(args) => show::run(args, cli.color, today),
        Command::Profiles(args) => profiles::run(args, cli.color, today),
        Command::List(args) => list::run(args, cli.color, today),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => completions::man(args),
    }
}

fn parse(args: &[OsString], language: Language) -> Result<Cli, clap::Error> {
    let matches = help::in_language(Cli::command(), language).try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

/// The command line's own description, for completions and the manual page.
pub(crate) fn command() -> clap::Command {
    help::translated(Cli::command(), language::language())
}

/// 2 outranks 1: what could not be read may hold more.
fn exit_code(failed: bool, found: bool) -> ExitCode {
    ExitCode::from(if failed { 2 } else { u8::from(found) })
}
