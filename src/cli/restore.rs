//! `mailcfg restore`: undoes a run of `fix --apply`.

use std::process::ExitCode;
use std::time::SystemTime;

use clap::Args as ClapArgs;
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::write::{RunId, Store, WriteError};

use super::terminal::{print, told};

/// Arguments of `restore`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The run, as `fix --apply` named it; without it the latest that was not undone yet
    #[arg(value_name = "RUN", value_parser = run_id)]
    run: Option<RunId>,

    /// Put files back even if they were changed after the run (what they hold now is kept as a run of its own)
    #[arg(long)]
    force: bool,

    /// List the runs instead
    #[arg(long, conflicts_with_all = ["run", "force"])]
    list: bool,
}

fn run_id(text: &str) -> Result<RunId, String> {
    text.parse().map_err(|error: WriteError| told(&error.message()))
}

/// Runs `restore`.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let store = Store::in_data_folder()?;
    if args.list {
        return list(&store);
    }
    let restored = store.restore(args.run.as_ref(), args.force, SystemTime::now())?;
    let mut out = format!("{}\n", told(&message!("Undid {run}:", run = restored.run)));
    for file in &restored.files {
        out.push_str(&format!("  {}\n", file.display()));
    }
    if let Some(kept) = restored.kept {
        let kept = message!("What was overwritten is kept: mailcfg restore {run}", run = kept);
        out.push_str(&format!("{}\n", told(&kept)));
    }
    print(out)?;
    Ok(ExitCode::SUCCESS)
}

fn list(store: &Store) -> anyhow::Result<ExitCode> {
    let runs = store.runs()?;
    if runs.is_empty() {
        let none = message!("No runs. Backups would be kept in {folder}.", folder = store.root().display());
        print(format!("{}\n", told(&none)))?;
    }
    for id in runs {
        let run = store.run(&id)?;
        let (id, purpose) = (&id, &run.purpose);
        let line = match &run.restored {
            Some(when) => message!("{run}  {command}, undone {time}", run = id, command = purpose, time = when),
            None => Message::verbatim(format!("{id}  {purpose}")),
        };
        let mut out = format!("{}\n", told(&line));
        for file in &run.files {
            out.push_str(&format!("  {}\n", file.display()));
        }
        print(out)?;
    }
    Ok(ExitCode::SUCCESS)
}
