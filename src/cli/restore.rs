//! `mailcfg restore`: undoes a run of `fix --apply`.

use std::process::ExitCode;
use std::time::SystemTime;

use clap::Args as ClapArgs;
use mailcfg::write::{RunId, Store};

use super::terminal::print;

/// Arguments of `restore`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The run, as `fix --apply` named it; without it the latest that was not undone yet
    #[arg(value_name = "RUN")]
    run: Option<RunId>,

    /// Put files back even if they were changed after the run (what they hold now is kept as a run of its own)
    #[arg(long)]
    force: bool,

    /// List the runs instead
    #[arg(long, conflicts_with_all = ["run", "force"])]
    list: bool,
}

/// Runs `restore`.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let store = Store::in_data_folder()?;
    if args.list {
        return list(&store);
    }
    let restored = store.restore(args.run.as_ref(), args.force, SystemTime::now())?;
    let mut out = format!("Undid {}:\n", restored.run);
    for file in &restored.files {
        out.push_str(&format!("  {}\n", file.display()));
    }
    if let Some(kept) = restored.kept {
        out.push_str(&format!("What was overwritten is kept: mailcfg restore {kept}\n"));
    }
    print(out)?;
    Ok(ExitCode::SUCCESS)
}

fn list(store: &Store) -> anyhow::Result<ExitCode> {
    let runs = store.runs()?;
    if runs.is_empty() {
        print(format!("No runs. Backups would be kept in {}.\n", store.root().display()))?;
    }
    for id in runs {
        let run = store.run(&id)?;
        let state = run.restored.as_ref().map_or_else(String::new, |when| format!(", undone {when}"));
        let mut out = format!("{id}  {}{state}\n", run.purpose);
        for file in &run.files {
            out.push_str(&format!("  {}\n", file.display()));
        }
        print(out)?;
    }
    Ok(ExitCode::SUCCESS)
}
