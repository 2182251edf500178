//! What can stand in the way of writing, in words that say what to do next.
//!
//! Each message is complete by itself (the system's reason is part of it) and names a path, never what a file holds. Unless it is
//! [`WriteError::HalfWritten`], nothing that was to be changed has been changed.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::run::RunId;

/// Why something was not written or not restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The client that owns the files is running.
    #[error("{client} is running{}: quit it and run the command again", process(.pid))]
    Running {
        /// The client, as people say it.
        client: String,
        /// Its process, where the system tells.
        pid: Option<i32>,
        /// What shows that it runs: a lock file, or the folder whose files it uses.
        lock: PathBuf,
    },
    /// The client's lock exists and cannot be taken for another reason than that the client holds it.
    #[error("{path}: cannot take the lock of {client}, so it is not safe to write: {reason}")]
    CannotLock {
        /// The lock file.
        path: PathBuf,
        /// The client, as people say it.
        client: String,
        /// What the system says.
        reason: io::Error,
    },
    /// Another mailcfg, or another thread of this one, is writing.
    #[error("another mailcfg is writing{}: wait until it has finished and run the command again", process(.pid))]
    Busy {
        /// Its process, where the system tells.
        pid: Option<i32>,
    },
    /// The file is gone, or its folder is.
    #[error("{path} does not exist any more: run the command again")]
    Vanished {
        /// The file.
        path: PathBuf,
    },
    /// A folder, a pipe or a device.
    #[error("{path} is not a regular file and is left alone")]
    NotAFile {
        /// What stands there.
        path: PathBuf,
    },
    /// The file does not hold what was looked at.
    #[error("{path} changed after it was read: run the command again")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Two replacements of one run lead to the same file, for example through a link.
    #[error("{path} was to be written twice in one run: name it only once")]
    Twice {
        /// The file.
        path: PathBuf,
    },
    /// The file belongs to a user, a group or an access list that cannot be kept.
    #[error(
        "{path}: its owner or access list cannot be kept, so it is left alone; run the command as its owner: {reason}"
    )]
    Ownership {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The folder or the file is read-only for this user.
    #[error("{path}: no permission to {action} it; check who may write there: {reason}")]
    NotAllowed {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        reason: io::Error,
    },
    /// The disk or the user's quota is full.
    #[error("{path}: no space left to {action} it; free some and run the command again: {reason}")]
    NoSpace {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        reason: io::Error,
    },
    /// Anything else the system says.
    #[error("{path}: cannot {action} it: {reason}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        reason: io::Error,
    },
    /// One file of a set could not be replaced, and then others could not be put back. The journal knows them.
    #[error("{reason}; then {} could not be put back: run `mailcfg restore`", list(.left))]
    HalfWritten {
        /// The files that hold the new text.
        left: Vec<PathBuf>,
        /// What went wrong first.
        reason: Box<WriteError>,
    },
    /// A new file would overwrite another.
    #[error("{path} exists and differs: remove it or choose another folder")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The system names no folder for a program's data.
    #[error("no folder for backups: set HOME (or XDG_DATA_HOME), because nothing is written without a backup")]
    NoDataFolder,
    /// Not the name of a run.
    #[error("`{0}` is not a run: it looks like 20261124T021500Z-1")]
    NotARunId(String),
    /// No backups of this run.
    #[error("there is no run {run} in {root}")]
    UnknownRun {
        /// The run asked for.
        run: RunId,
        /// Where backups are kept.
        root: PathBuf,
    },
    /// No run, or all of them restored already.
    #[error("there is nothing to restore: no run in {root} is left to be undone")]
    NothingToRestore {
        /// Where backups are kept.
        root: PathBuf,
    },
    /// This run was restored before.
    #[error("run {run} was restored already, at {time}")]
    AlreadyRestored {
        /// The run asked for.
        run: RunId,
        /// When, as RFC 3339.
        time: String,
    },
    /// Files are not as the run left them.
    #[error("{} changed after run {run}: restore later runs first, or overwrite with --force (a backup is kept)", list(.paths))]
    ChangedSince {
        /// The run to restore.
        run: RunId,
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// A backup copy is not what was put there.
    #[error("{path}: this backup copy is missing or damaged, so nothing was restored")]
    DamagedBackup {
        /// The copy.
        path: PathBuf,
    },
    /// The journal is from a newer mailcfg, or broken.
    #[error("{path}: cannot read this journal ({reason}): a newer mailcfg may have written it")]
    Journal {
        /// The journal.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl WriteError {
    /// What the system says about `path` when told to `action` it.
    pub(super) fn io(action: &'static str, path: &Path, reason: io::Error) -> Self {
        let path = path.to_path_buf();
        match reason.kind() {
            ErrorKind::NotFound => Self::Vanished { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NotAllowed { path, action, reason },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoSpace { path, action, reason },
            _ => Self::Io { path, action, reason },
        }
    }
}

fn process(pid: &Option<i32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

fn list(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    paths.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_apart() {
        let told = |kind: ErrorKind| WriteError::io("write", Path::new("f"), kind.into()).to_string();
        assert!(told(ErrorKind::StorageFull).starts_with("f: no space left to write it"));
        assert!(told(ErrorKind::ReadOnlyFilesystem).starts_with("f: no permission to write it"));
        assert!(told(ErrorKind::NotFound).starts_with("f does not exist any more"));
        assert!(told(ErrorKind::TimedOut).starts_with("f: cannot write it"));
    }

    #[test]
    fn who_is_running_is_named() {
        let error = WriteError::Running { client: "Thunderbird".into(), pid: Some(7), lock: PathBuf::new() };
        assert_eq!(error.to_string(), "Thunderbird is running (process 7): quit it and run the command again");
    }
}
