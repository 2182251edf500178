//! The command line: one file per command. Everything is done by the library, which is used as any other program would.

mod clock;
mod completions;
mod explain;
mod fix;
mod input;
mod language;
mod lint;
mod list;
mod outputs;
mod own;
mod profiles;
mod restore;
mod show;
mod terminal;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use mailcfg::date::Date;
use mailcfg::finding::Severity;

pub(crate) use terminal::complain;

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
    /// Explain a rule: what it finds, why it matters, what to do
    Explain(explain::Args),
    /// Show what a provider officially offers: servers, user name, which password
    Show(show::Args),
    /// Check the files that say what providers offer
    Profiles(profiles::Args),
    /// List rules, providers or clients
    List(list::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    #[command(hide = true)]
    Man,
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

impl FailOn {
    /// Whether a finding of this severity makes the run fail.
    fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

/// Runs the command of this process's arguments.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let today = cli.today.unwrap_or_else(clock::today);
    match &cli.command {
        Command::Lint(args) => lint::run(args, cli.color, today),
        Command::Fix(args) => fix::run(args, cli.color, today),
        Command::Restore(args) => restore::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Show(args) => show::run(args, cli.color, today),
        Command::Profiles(args) => profiles::run(args, cli.color, today),
        Command::List(args) => list::run(args, cli.color, today),
        Command::Completions(args) => completions::run(args),
        Command::Man => completions::man(),
    }
}

/// The command line's own description, for completions and the manual page.
fn command() -> clap::Command {
    Cli::command()
}

/// Whether the reader of our output went away, which is no fault.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// 2 outranks 1: what could not be read may hold more.
fn exit_code(failed: bool, found: bool) -> ExitCode {
    ExitCode::from(if failed { 2 } else { u8::from(found) })
}
