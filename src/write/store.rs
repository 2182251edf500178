//! Where backups are kept: a folder for each run, with exact copies of the files it replaced and a journal.
//!
//! Copies may hold passwords, as the files do; on Unix folders are 0700 and copies 0600, on Windows they are as private as the
//! user's local data folder. Nothing is ever removed here but what a failed run left of itself.
//!
//! Not here: replacing (`atomic`), deciding (`apply` in the parent module, `restore`).

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::atomic::{Swap, sync_folder};
use super::error::WriteError;
use super::journal::{Entry, Event, FileEntry, Journal, Kind, Opening, Sum, private};
use super::lock::{LockFile, Locks};
use super::run::{RunId, timestamp};
use crate::message;

/// The folder of all backups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    root: PathBuf,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its name.
    pub id: RunId,
    /// When, as RFC 3339 in UTC. Empty if the run ended before it did anything.
    pub time: String,
    /// What the caller said it was for.
    pub purpose: String,
    /// Whether it keeps what a forced restore overwrote.
    pub is_restore: bool,
    /// The clients whose files it replaced, in the order in which it did, each once.
    pub clients: Vec<String>,
    /// The files it replaced.
    pub files: Vec<PathBuf>,
    /// When it was restored, as RFC 3339 in UTC.
    pub restored: Option<String>,
}

impl Store {
    /// Backups in `root`, which is created when something is written.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Backups in the user's local data folder, for example `~/.local/share/mailcfg/backups`.
    ///
    /// # Errors
    /// [`WriteError::NoDataFolder`] when the system names none.
    pub fn in_data_folder() -> Result<Self, WriteError> {
        let data = dirs::data_local_dir().ok_or(WriteError::NoDataFolder)?;
        Ok(Self::new(data.join("mailcfg").join("backups")))
    }

    /// The folder of all backups.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of one run: its backup copies lie there, for people to look at.
    pub fn folder(&self, run: &RunId) -> PathBuf {
        self.root.join(run.to_string())
    }

    /// All runs, the latest first.
    ///
    /// # Errors
    /// When the folder exists and cannot be listed.
    pub fn runs(&self) -> Result<Vec<RunId>, WriteError> {
        let failed = |error| WriteError::io(message!("list"), &self.root, error);
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let names = entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>();
        let names = names.map_err(failed)?;
        let mut runs: Vec<RunId> = names.iter().filter_map(|name| name.to_str()?.parse().ok()).collect();
        runs.sort_unstable_by(|one, other| other.cmp(one));
        Ok(runs)
    }

    /// What a run did.
    ///
    /// # Errors
    /// [`WriteError::UnknownRun`], or a journal that cannot be read.
    pub fn run(&self, id: &RunId) -> Result<Run, WriteError> {
        let journal = self.journal(id)?;
        let mut clients: Vec<String> = Vec::new();
        for entry in &journal.entries {
            if !clients.contains(&entry.client) {
                clients.push(entry.client.clone());
            }
        }
        let opening = journal.opening.as_ref();
        Ok(Run {
            id: id.clone(),
            time: opening.map(|opening| opening.time.clone()).unwrap_or_default(),
            purpose: opening.map(|opening| opening.purpose.clone()).unwrap_or_default(),
            is_restore: opening.is_some_and(|opening| opening.kind == Kind::Restore),
            clients,
            files: journal.entries.iter().flat_map(|entry| &entry.files).map(|file| (&file.path).into()).collect(),
            restored: journal.restored,
        })
    }

    pub(super) fn journal(&self, id: &RunId) -> Result<Journal, WriteError> {
        let folder = self.folder(id);
        if !folder.is_dir() {
            return Err(WriteError::UnknownRun { run: id.clone(), root: self.root.clone() });
        }
        Journal::read(&folder)
    }

    /// Makes sure that no other mailcfg writes until the result is dropped.
    pub(super) fn lock(&self) -> Result<Locks, WriteError> {
        let created = private_folder().recursive(true).create(&self.root);
        created.map_err(|error| WriteError::io(message!("create"), &self.root, error))?;
        let mut locks = Locks::default();
        locks.take_own(&self.root.join("lock"))?;
        Ok(locks)
    }
}

/// Who replaces files, for the journal.
pub(super) struct Owner<'a> {
    pub(super) client: &'a str,
    pub(super) locks: &'a [LockFile],
    pub(super) folders: &'a BTreeSet<PathBuf>,
}

/// A run that is being written. Its folder is made when there is something to keep.
pub(super) struct OpenRun<'a> {
    store: &'a Store,
    kind: Kind,
    purpose: &'a str,
    now: SystemTime,
    folder: Option<(RunId, PathBuf)>,
    plans: usize,
}

impl<'a> OpenRun<'a> {
    pub(super) fn new(store: &'a Store, kind: Kind, purpose: &'a str, now: SystemTime) -> Self {
        Self { store, kind, purpose, now, folder: None, plans: 0 }
    }

    /// Copies what the files hold and announces the replacement, all flushed to the disk. Gives the number of the plan.
    pub(super) fn keep(&mut self, owner: &Owner<'_>, swaps: &[Swap<'_>]) -> Result<usize, WriteError> {
        let folder = self.open()?;
        self.plans += 1;
        let plan = self.plans;
        let entry = Entry {
            plan,
            client: owner.client.to_owned(),
            locks: owner.locks.to_vec(),
            folders: owner.folders.iter().map(|folder| folder.as_path().into()).collect(),
            files: files_of(plan, swaps),
        };
        let kept =
            copy_all(&folder, &entry, swaps).and_then(|()| Journal::append(&folder, &Event::Plan(entry.clone())));
        if kept.is_err() {
            for file in &entry.files {
                let _ = fs::remove_file(folder.join(&file.backup)); // The first error is the one to report.
            }
        }
        kept.map(|()| plan)
    }

    /// Notes that a plan was not carried out. If that fails, `restore` finds the files as they were and leaves them.
    pub(super) fn undone(&self, plan: usize) {
        if let Some((_, folder)) = &self.folder {
            let _ = Journal::append(folder, &Event::Undone { plan });
        }
    }

    /// Closes the run. One that did nothing leaves nothing and has no name.
    pub(super) fn finish(self) -> Option<RunId> {
        let (id, folder) = self.folder?;
        match Journal::read(&folder) {
            Ok(journal) if journal.entries.is_empty() => {
                let _ = fs::remove_dir_all(folder); // If it stays, it is a run that did nothing.
                None
            }
            _ => Some(id),
        }
    }

    fn open(&mut self) -> Result<PathBuf, WriteError> {
        if let Some((_, folder)) = &self.folder {
            return Ok(folder.clone());
        }
        let (id, folder) = self.create_folder()?;
        let opening = Opening::new(id.to_string(), timestamp(self.now), self.kind, self.purpose.to_owned());
        self.folder = Some((id, folder.clone()));
        Journal::append(&folder, &Event::Run(opening))?;
        sync_folder(&self.store.root).map_err(|error| WriteError::io(message!("write"), &self.store.root, error))?;
        Ok(folder)
    }

    fn create_folder(&self) -> Result<(RunId, PathBuf), WriteError> {
        let mut number = 1;
        loop {
            let id = RunId::new(self.now, number);
            let folder = self.store.folder(&id);
            match private_folder().create(&folder) {
                Ok(()) => return Ok((id, folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(WriteError::io(message!("create"), &folder, error)),
            }
        }
    }
}

/// A file that does not exist yet has nothing to keep.
fn files_of(plan: usize, swaps: &[Swap<'_>]) -> Vec<FileEntry> {
    let existing = swaps.iter().filter_map(|swap| Some((swap, swap.before.as_ref()?)));
    let entries = existing.enumerate().map(|(index, (swap, before))| FileEntry {
        path: swap.path.as_path().into(),
        target: swap.target.as_path().into(),
        backup: backup_name(plan, index + 1, &swap.target),
        mode: swap.mode,
        before: Sum::of(before),
        after: Sum::of(&swap.after),
    });
    entries.collect()
}

/// Unique in the run, and says to a person what it is. Short enough for any file system.
fn backup_name(plan: usize, index: usize, target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!("{plan}.{index}-{}", name.chars().take(60).collect::<String>())
}

fn copy_all(folder: &Path, entry: &Entry, swaps: &[Swap<'_>]) -> Result<(), WriteError> {
    let originals = swaps.iter().filter_map(|swap| swap.before.as_ref());
    for (file, bytes) in entry.files.iter().zip(originals) {
        let path = folder.join(&file.backup);
        let written = private(OpenOptions::new().write(true).create_new(true)).open(&path).and_then(|mut copy| {
            copy.write_all(bytes)?;
            copy.sync_all()
        });
        written.map_err(|error| WriteError::io(message!("write"), &path, error))?;
    }
    sync_folder(folder).map_err(|error| WriteError::io(message!("write"), folder, error))
}

/// For the user alone, on Unix.
fn private_folder() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
