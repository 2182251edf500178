//! Undoes a run: puts back what its files held, all of them or none.
//!
//! A file counts as ours to overwrite only while it holds exactly what the run wrote. A file that holds already what it held before
//! needs nothing, so a run or a restore that a crash interrupted can simply be restored again. The mode of a file stays as it is; one
//! that is gone comes back with the mode it had.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::atomic::{Prepared, Present, Swap, present, resolve};
use super::error::WriteError;
use super::journal::{Entry, Event, FileEntry, Journal, Kind, Sum};
use super::lock::{LockFile, Locks};
use super::run::{RunId, timestamp};
use super::store::{OpenRun, Owner, Store};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The run that was undone.
    pub run: RunId,
    /// The files that were put back.
    pub files: Vec<PathBuf>,
    /// The run that keeps what was overwritten by force, to be restored in turn.
    pub kept: Option<RunId>,
}

impl Store {
    /// Undoes `run`, or the latest run that changed files and was not restored yet. With `force`, files that changed after the run
    /// are overwritten too, and a backup of them is kept as a run of its own.
    ///
    /// # Errors
    /// [`WriteError::NothingToRestore`], [`WriteError::ChangedSince`], [`WriteError::Running`] and others; nothing is changed then.
    pub fn restore(&self, run: Option<&RunId>, force: bool, now: SystemTime) -> Result<Restored, WriteError> {
        let (run, journal) = self.choose(run)?;
        let _alone = self.lock()?;
        let _held = take_locks(&journal.entries)?;
        let folder = self.folder(&run);
        let found = journal.entries.iter().flat_map(|entry| &entry.files).map(|file| Found::new(&folder, file));
        let found = found.collect::<Result<Vec<_>, _>>()?;
        let changed: Vec<PathBuf> =
            found.iter().filter(|file| file.changed).map(|file| file.swap.path.clone()).collect();
        if !changed.is_empty() && !force {
            return Err(WriteError::ChangedSince { run, paths: changed });
        }
        let keep = found.iter().any(|file| file.changed && file.swap.before.is_some());
        let swaps: Vec<Swap<'static>> = found.into_iter().map(|file| file.swap).filter(is_needed).collect();
        let purpose = format!("restore {run} --force");
        let mut backup = OpenRun::new(self, Kind::Restore, &purpose, now);
        let result = put_back(&mut backup, &journal.entries, &swaps, keep);
        let kept = backup.finish();
        result?;
        Journal::append(&folder, &Event::Restored { time: timestamp(now) })?;
        Ok(Restored { run, files: swaps.into_iter().map(|swap| swap.path).collect(), kept })
    }

    fn choose(&self, wanted: Option<&RunId>) -> Result<(RunId, Journal), WriteError> {
        if let Some(run) = wanted {
            let journal = self.journal(run)?;
            return match journal.restored {
                Some(time) => Err(WriteError::AlreadyRestored { run: run.clone(), time }),
                None if journal.entries.is_empty() => {
                    Err(WriteError::NothingToRestore { root: self.root().to_path_buf() })
                }
                None => Ok((run.clone(), journal)),
            };
        }
        for run in self.runs()? {
            let journal = self.journal(&run)?;
            let is_change = journal.opening.as_ref().is_some_and(|opening| opening.kind == Kind::Change);
            if is_change && journal.restored.is_none() && !journal.entries.is_empty() {
                return Ok((run, journal));
            }
        }
        Err(WriteError::NothingToRestore { root: self.root().to_path_buf() })
    }
}

/// One file of the run as it is now.
struct Found {
    swap: Swap<'static>,
    changed: bool,
}

impl Found {
    fn new(folder: &Path, file: &FileEntry) -> Result<Self, WriteError> {
        let copy = folder.join(&file.backup);
        let old = fs::read(&copy).ok().filter(|old| Sum::of(old) == file.before);
        let old = old.ok_or(WriteError::DamagedBackup { path: copy })?;
        let stored = PathBuf::from(&file.target);
        let present = present(&stored)?;
        let target = if present.is_some() { resolve(&stored)? } else { stored };
        let changed =
            present.as_ref().is_none_or(|Present { bytes, .. }| *bytes != old && Sum::of(bytes) != file.after);
        let mode = present.as_ref().map_or(file.mode, |present| present.mode);
        let before = present.map(|present| Cow::Owned(present.bytes));
        Ok(Self { swap: Swap { path: (&file.path).into(), target, before, after: Cow::Owned(old), mode }, changed })
    }
}

fn is_needed(swap: &Swap<'_>) -> bool {
    swap.before.as_ref() != Some(&swap.after)
}

fn take_locks(entries: &[Entry]) -> Result<Locks, WriteError> {
    let mut held = Locks::default();
    for entry in entries {
        for folder in entry.folders.iter().map(PathBuf::from) {
            entry.locks.iter().try_for_each(|lock| held.take(&folder, lock, &entry.client))?;
        }
    }
    Ok(held)
}

/// Replaces the files; keeps what they hold first if that is not our own text.
fn put_back(backup: &mut OpenRun<'_>, entries: &[Entry], swaps: &[Swap<'_>], keep: bool) -> Result<(), WriteError> {
    let prepared = Prepared::new(swaps)?;
    let plan = if keep { Some(keep_all(backup, entries, swaps)?) } else { None };
    let result = swaps.iter().try_for_each(Swap::check).and_then(|()| prepared.commit());
    if let (Err(error), Some(plan)) = (&result, plan)
        && !matches!(error, WriteError::HalfWritten { .. })
    {
        backup.undone(plan);
    }
    result
}

fn keep_all(backup: &mut OpenRun<'_>, entries: &[Entry], swaps: &[Swap<'_>]) -> Result<usize, WriteError> {
    let mut clients: Vec<&str> = Vec::new();
    let mut locks: Vec<LockFile> = Vec::new();
    for entry in entries {
        if !clients.contains(&entry.client.as_str()) {
            clients.push(&entry.client);
        }
        locks.extend(entry.locks.iter().filter(|lock| !locks.contains(lock)).cloned().collect::<Vec<_>>());
    }
    let folders: BTreeSet<PathBuf> = entries.iter().flat_map(|entry| &entry.folders).map(PathBuf::from).collect();
    backup.keep(&Owner { client: &clients.join(", "), locks: &locks, folders: &folders }, swaps)
}
