//! What can stand in the way of writing, in words that say what to do next.
//!
//! Each message is complete by itself (the system's reason is part of it) and names a path, never what a file holds. Unless it is
//! [`WriteError::HalfWritten`], nothing that was to be changed has been changed.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::run::RunId;
use crate::message;
use crate::message::{Argument, Message};

/// Why something was not written or not restored.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The client that owns the files is running.
    Running {
        /// The client, as people say it.
        client: String,
        /// Its process, where the system tells.
        pid: Option<i32>,
        /// What shows that it runs: a lock file, or the folder whose files it uses.
        lock: PathBuf,
    },
    /// The client's lock exists and cannot be taken for another reason than that the client holds it.
    CannotLock {
        /// The lock file.
        path: PathBuf,
        /// The client, as people say it.
        client: String,
        /// What the system says.
        reason: io::Error,
    },
    /// Another mailcfg, or another thread of this one, is writing.
    Busy {
        /// Its process, where the system tells.
        pid: Option<i32>,
    },
    /// The file is gone, or its folder is.
    Vanished {
        /// The file.
        path: PathBuf,
    },
    /// A folder, a pipe or a device.
    NotAFile {
        /// What stands there.
        path: PathBuf,
    },
    /// The file does not hold what was looked at.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Two replacements of one run lead to the same file, for example through a link.
    Twice {
        /// The file.
        path: PathBuf,
    },
    /// The file belongs to a user, a group or an access list that cannot be kept.
    Ownership {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// This user may not.
    NotAllowed {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: Message,
    },
    /// Nobody may write to the file: somebody wants it to stay as it is.
    WriteProtected {
        /// The file.
        path: PathBuf,
    },
    /// The whole disk is read-only.
    ReadOnlyDisk {
        /// The file or folder.
        path: PathBuf,
    },
    /// The disk or the user's quota is full.
    NoSpace {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: Message,
    },
    /// Anything else the system says.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: Message,
        /// What the system says.
        reason: io::Error,
    },
    /// One file of a set could not be replaced, and then others could not be put back. The journal knows them.
    HalfWritten {
        /// The files that hold the new text.
        left: Vec<PathBuf>,
        /// What went wrong first.
        reason: Box<WriteError>,
    },
    /// A new file would overwrite another.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The system names no folder for a program's data.
    NoDataFolder,
    /// Not the name of a run.
    NotARunId(String),
    /// No backups of this run.
    UnknownRun {
        /// The run asked for.
        run: RunId,
        /// Where backups are kept.
        root: PathBuf,
    },
    /// No run, or all of them restored already.
    NothingToRestore {
        /// Where backups are kept.
        root: PathBuf,
    },
    /// This run was restored before.
    AlreadyRestored {
        /// The run asked for.
        run: RunId,
        /// When, as RFC 3339.
        time: String,
    },
    /// Files are not as the run left them.
    ChangedSince {
        /// The run to restore.
        run: RunId,
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// A backup copy is not what was put there.
    DamagedBackup {
        /// The copy.
        path: PathBuf,
    },
    /// The journal is from a newer mailcfg, or broken.
    Journal {
        /// The journal.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl WriteError {
    /// What the system says about `path` when told to `action` it.
    pub(super) fn io(action: Message, path: &Path, reason: io::Error) -> Self {
        let path = path.to_path_buf();
        match reason.kind() {
            ErrorKind::NotFound => Self::Vanished { path },
            ErrorKind::PermissionDenied => Self::NotAllowed { path, action },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoSpace { path, action },
            _ => Self::Io { path, action, reason: bare(reason) },
        }
    }
}

/// What the system itself says. `tempfile` adds the name of a temporary file, which tells nobody anything, and keeps the error to
/// itself; its number stands in the text.
fn bare(error: io::Error) -> io::Error {
    let text = error.to_string();
    let number =
        text.split_once(" (os error ").filter(|_| error.get_ref().is_some()).and_then(|(_, rest)| rest.split_once(')'));
    number.and_then(|(number, _)| number.parse().ok()).map(io::Error::from_raw_os_error).unwrap_or(error)
}

impl WriteError {
    /// What to tell the user.
    pub fn message(&self) -> Message {
        let path = |path: &Path| self.template().with("path", path.display());
        let reason =
            |message: Message, reason: &io::Error| message.with_argument("reason", Argument::Message(reason.into()));
        match self {
            Self::Running { client, pid, .. } => {
                self.template().with("client", client).with("pid", pid.unwrap_or_default())
            }
            Self::Busy { pid } => self.template().with("pid", pid.unwrap_or_default()),
            Self::CannotLock { path: lock, client, reason: said } => reason(path(lock).with("client", client), said),
            Self::Vanished { path: file }
            | Self::NotAFile { path: file }
            | Self::Changed { path: file }
            | Self::Twice { path: file }
            | Self::Exists { path: file }
            | Self::WriteProtected { path: file }
            | Self::ReadOnlyDisk { path: file }
            | Self::DamagedBackup { path: file } => path(file),
            Self::Ownership { path: file, reason: said } => reason(path(file), said),
            Self::NotAllowed { path: file, action } | Self::NoSpace { path: file, action } => {
                path(file).with_argument("action", Argument::Message(action.clone()))
            }
            Self::Io { path: file, action, reason: said } => {
                reason(path(file).with_argument("action", Argument::Message(action.clone())), said)
            }
            Self::HalfWritten { left, reason } => self
                .template()
                .with_argument("reason", Argument::Message(reason.message()))
                .with_argument("files", list(left)),
            Self::Journal { path: file, reason } => path(file).with("reason", reason),
            Self::NoDataFolder => self.template(),
            Self::NotARunId(text) => self.template().with("text", text),
            Self::UnknownRun { run, root } => self.template().with("run", run).with("root", root.display()),
            Self::NothingToRestore { root } => self.template().with("root", root.display()),
            Self::AlreadyRestored { run, time } => self.template().with("run", run).with("time", time),
            Self::ChangedSince { run, paths } => self.template().with("run", run).with_argument("files", list(paths)),
        }
    }

    /// The sentence without its arguments.
    fn template(&self) -> Message {
        match self {
            Self::Running { pid: Some(_), .. } => {
                message!("{client} is running (process {pid}): quit it and run the command again")
            }
            Self::Running { .. } => message!("{client} is running: quit it and run the command again"),
            Self::CannotLock { .. } => {
                message!("{path}: cannot take the lock of {client}, so it is not safe to write: {reason}")
            }
            Self::Busy { pid: Some(_) } => {
                message!(
                    "another mailcfg is writing (process {pid}): wait until it has finished and run the command again"
                )
            }
            Self::Busy { .. } => {
                message!("another mailcfg is writing: wait until it has finished and run the command again")
            }
            Self::Vanished { .. } => message!("{path} does not exist any more: run the command again"),
            Self::NotAFile { .. } => message!("{path} is not a regular file and is left alone"),
            Self::Changed { .. } => message!("{path} changed after it was read: run the command again"),
            Self::Twice { .. } => message!("{path} was to be written twice in one run: name it only once"),
            Self::Ownership { .. } => message!(
                "{path}: its owner or access list cannot be kept, so it is left alone; run the command as its owner: {reason}"
            ),
            Self::NotAllowed { .. } => {
                message!("{path}: no permission to {action} it; check who may do that to the file and in its folder")
            }
            Self::WriteProtected { .. } => {
                message!(
                    "{path} is write-protected and is left alone; if it is to change, take the protection away first"
                )
            }
            Self::ReadOnlyDisk { .. } => {
                message!("{path} lies on a disk that is read-only, so nothing can be written there")
            }
            Self::NoSpace { .. } => {
                message!("{path}: no space left to {action} it; free some and run the command again")
            }
            Self::Io { .. } => message!("{path}: cannot {action} it: {reason}"),
            Self::HalfWritten { .. } => message!("{reason}; then {files} could not be put back: run `mailcfg restore`"),
            Self::Exists { .. } => message!("{path} exists and differs: remove it or choose another folder"),
            Self::NoDataFolder => message!(
                "no folder for backups: set HOME (or XDG_DATA_HOME), because nothing is written without a backup"
            ),
            Self::NotARunId(_) => message!("`{text}` is not a run: it looks like 20261124T021500Z-1"),
            Self::UnknownRun { .. } => message!("there is no run {run} in {root}"),
            Self::NothingToRestore { .. } => {
                message!("there is nothing to restore: no run in {root} is left to be undone")
            }
            Self::AlreadyRestored { .. } => message!("run {run} was restored already, at {time}"),
            Self::ChangedSince { .. } => message!(
                "{files} changed after run {run}: restore later runs first, or overwrite with --force (a backup is kept)"
            ),
            Self::DamagedBackup { .. } => {
                message!("{path}: this backup copy is missing or damaged, so nothing was restored")
            }
            Self::Journal { .. } => {
                message!("{path}: cannot read this journal ({reason}): a newer mailcfg may have written it")
            }
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for WriteError {}

fn list(paths: &[PathBuf]) -> Argument {
    Argument::List(paths.iter().map(|path| path.display().to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_apart() {
        let told = |kind: ErrorKind| WriteError::io(message!("write"), Path::new("f"), kind.into()).to_string();
        assert!(told(ErrorKind::StorageFull).starts_with("f: no space left to write it"));
        assert!(told(ErrorKind::PermissionDenied).starts_with("f: no permission to write it"));
        assert!(told(ErrorKind::ReadOnlyFilesystem).starts_with("f lies on a disk that is read-only"));
        assert!(told(ErrorKind::NotFound).starts_with("f does not exist any more"));
        assert!(told(ErrorKind::TimedOut).starts_with("f: cannot write it"));
    }

    #[test]
    fn no_temporary_file_is_named() {
        let made = tempfile::Builder::new().prefix("x-").tempfile_in("no/such/folder").unwrap_err();
        assert!(made.to_string().contains("x-"), "{made}");
        assert_eq!(bare(made).to_string(), io::Error::from_raw_os_error(2).to_string());
        let own = io::Error::other("so");
        assert_eq!(bare(own).to_string(), "so");
    }

    #[test]
    fn who_is_running_is_named() {
        let error = WriteError::Running { client: "Thunderbird".into(), pid: Some(7), lock: PathBuf::new() };
        assert_eq!(error.to_string(), "Thunderbird is running (process 7): quit it and run the command again");
    }
}
