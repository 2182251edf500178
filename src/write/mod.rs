//! Writes to the disk: the only part of mailcfg that does.
//!
//! [`Store::apply`] resolves links, takes the client's own lock and holds it, compares every file with what was read, keeps copies
//! and a journal, and replaces the files of a [`Plan`] all or none. [`Store::restore`] undoes a run. [`write_new`] writes a file that
//! does not exist yet, [`overwrite`] one whose former bytes nobody needs: a report.
//!
//! What cannot be promised: a program that takes no lock may write between the last comparison and the rename (well under a
//! millisecond); after a crash within a set of several files, `restore` is what makes it whole; what a file has besides bytes,
//! owner, mode, access list (Linux) and extended attributes is that of a new file, see `attributes`.
//!
//! Not here: what to write (`fix`), what to say about it (`report`), the clock.

mod atomic;
mod attributes;
mod error;
mod journal;
mod lock;
mod overwrite;
mod restore;
mod run;
mod store;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use atomic::{NewFile, read_if_there, replace, write_new};
pub use error::WriteError;
pub use lock::{Holder, LockFile, is_locked};
pub use overwrite::{has_other_names, is_same_file, overwrite};
pub use restore::Restored;
pub use run::RunId;
pub use store::{Run, Store};

use crate::message;
use crate::source::Source;
use atomic::{Prepared, Swap, folder_of, present, resolve};
use journal::Kind;
use lock::Locks;
use store::{OpenRun, Owner};

/// Files that change together or not at all: those of one document.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The client that owns the files, as people say it: "Thunderbird".
    pub client: String,
    /// The locks that show that the client is running. They are looked for beside each file, as it is named and as it is linked.
    pub locks: Vec<LockFile>,
    /// All files of the document. One whose bytes stay the same is compared all the same: the fix may rest on it.
    pub files: Vec<Replacement>,
}

/// A file and what it is to hold.
#[derive(Clone)]
pub struct Replacement {
    /// The file as it was read; [`Source::disk`] is what it must still hold.
    pub source: Source,
    /// What it will hold, as stored on the disk.
    pub new: Vec<u8>,
}

impl std::fmt::Debug for Replacement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Replacement({:?}, {} bytes)", self.source, self.new.len())
    }
}

/// What became of the plans.
#[derive(Debug)]
pub struct Applied {
    /// The run, to be restored by this name; none if nothing was written.
    pub run: Option<RunId>,
    /// For each plan, in the same order: the files written (none if all hold the new bytes already) or why nothing was.
    pub plans: Vec<Result<Vec<PathBuf>, WriteError>>,
}

impl Store {
    /// Writes the plans, as one run that began at `now`. Each is all or nothing; one that is refused does not stop the others.
    ///
    /// `purpose` is for [`Run::purpose`], for example `fix --apply`; it must hold nothing secret.
    ///
    /// # Errors
    /// When backups cannot be kept at all or another mailcfg is writing. What concerns one plan is in its place in
    /// [`Applied::plans`].
    pub fn apply(&self, plans: &[Plan], purpose: &str, now: SystemTime) -> Result<Applied, WriteError> {
        let _alone = self.lock()?;
        let mut run = OpenRun::new(self, Kind::Change, purpose, now);
        let mut seen = BTreeSet::new();
        let plans = plans.iter().map(|plan| write(&mut run, plan, &mut seen)).collect();
        Ok(Applied { run: run.finish(), plans })
    }
}

/// Carries out one plan. `seen` are the files that the run has been told to write so far.
fn write(run: &mut OpenRun<'_>, plan: &Plan, seen: &mut BTreeSet<PathBuf>) -> Result<Vec<PathBuf>, WriteError> {
    let targets = targets(plan, seen)?;
    let folders = lock_folders(&targets)?;
    let mut held = Locks::default();
    for folder in &folders {
        plan.locks.iter().try_for_each(|lock| held.take(folder, lock, &plan.client))?;
    }
    let all =
        plan.files.iter().zip(&targets).map(|(file, target)| swap(file, target)).collect::<Result<Vec<_>, _>>()?;
    let (swaps, guards): (Vec<_>, Vec<_>) = all.into_iter().partition(|swap| swap.before.as_ref() != Some(&swap.after));
    if swaps.is_empty() {
        return Ok(Vec::new());
    }
    let prepared = Prepared::new(&swaps)?;
    let owner = Owner { client: &plan.client, locks: &plan.locks, folders: &folders };
    let number = run.keep(&owner, &swaps)?;
    let unchanged = guards.iter().chain(&swaps).try_for_each(Swap::check);
    match unchanged.and_then(|()| prepared.commit()) {
        Ok(()) => Ok(swaps.into_iter().map(|swap| swap.path).collect()),
        Err(error @ WriteError::HalfWritten { .. }) => Err(error),
        Err(error) => {
            run.undone(number);
            Err(error)
        }
    }
}

/// The path of a file as named (absolute) and as it is, all links resolved.
type Target = (PathBuf, PathBuf);

fn targets(plan: &Plan, seen: &mut BTreeSet<PathBuf>) -> Result<Vec<Target>, WriteError> {
    let mut targets = Vec::with_capacity(plan.files.len());
    for file in &plan.files {
        let path = file.source.path();
        let named = std::path::absolute(path).map_err(|error| WriteError::io(message!("find"), path, error))?;
        let target = resolve(&named)?;
        let writes = file.new != file.source.disk();
        if writes && !seen.insert(target.clone()) {
            return Err(WriteError::Twice { path: named });
        }
        targets.push((named, target));
    }
    Ok(targets)
}

/// A client looks for its lock beside the file it opens, which may be a link to a file elsewhere.
fn lock_folders(targets: &[Target]) -> Result<BTreeSet<PathBuf>, WriteError> {
    let folders = targets.iter().flat_map(|(named, target)| [folder_of(named), folder_of(target)]);
    folders.map(resolve).collect()
}

/// A file can be replaced without being written to, by whoever may write in its folder. Its own protection is meant all the same.
fn may_be_written(named: &Path, target: &Path) -> Result<(), WriteError> {
    let failed = |error| WriteError::io(message!("write"), named, error);
    if fs::metadata(target).map_err(failed)?.permissions().readonly() {
        return Err(WriteError::WriteProtected { path: named.to_path_buf() });
    }
    OpenOptions::new().write(true).open(target).map(drop).map_err(failed)
}

fn swap<'a>(file: &'a Replacement, (named, target): &Target) -> Result<Swap<'a>, WriteError> {
    let before = Cow::Borrowed(file.source.disk());
    let present = present(target)?.ok_or_else(|| WriteError::Vanished { path: named.clone() })?;
    if present.bytes != before.as_ref() {
        return Err(WriteError::Changed { path: named.clone() });
    }
    let after = Cow::Borrowed(file.new.as_slice());
    if before != after {
        may_be_written(named, target)?;
    }
    Ok(Swap { path: named.clone(), target: target.clone(), before: Some(before), after, mode: present.mode })
}
