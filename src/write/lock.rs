//! The locks by which a mail client shows that it is running: asked for, and held while we write.
//!
//! A POSIX record lock belongs to the process, and closing *any* descriptor of the file gives it up (fcntl(2)). So every lock this
//! process holds is listed in [`HELD`], and nothing here opens a listed file again.
//!
//! Not here: which client has which lock (`clients`).

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::error::WriteError;
use crate::message;

/// A lock that a running client holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LockFile {
    /// A POSIX record lock on a file of this name in the document's folder. Not on Windows.
    Fcntl(String),
    /// A file of this name in the document's folder, opened without sharing. Only on Windows.
    Exclusive(String),
    /// A process of this name and of this user, for a client that locks nothing. Only on macOS; cannot be held.
    Process(String),
}

/// Who holds a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process. Unknown on Windows, and across containers (flatpak, snap) on Linux.
    pub pid: Option<i32>,
}

/// Whether a client other than ourselves holds `lock` in `folder`. What cannot be found out counts as not locked; writing asks
/// again, and refuses then.
pub fn is_locked(folder: &Path, lock: &LockFile) -> Option<Holder> {
    if let LockFile::Process(name) = lock {
        return system::process(name);
    }
    let path = path_of(&folder.canonicalize().ok()?, lock)?;
    let held = held();
    if held.contains(&path) || !path.is_file() {
        return None;
    }
    let holder = system::holder(&path);
    drop(held);
    holder
}

/// The locks of this process, by canonical path.
static HELD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn held() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the lock lies; none if this system does not use its kind.
fn path_of(folder: &Path, lock: &LockFile) -> Option<PathBuf> {
    match lock {
        LockFile::Fcntl(name) if cfg!(unix) => Some(folder.join(name)),
        LockFile::Exclusive(name) if cfg!(windows) => Some(folder.join(name)),
        _ => None,
    }
}

/// Locks that are held until this is dropped.
#[derive(Debug, Default)]
pub(super) struct Locks {
    files: Vec<(PathBuf, File)>,
}

impl Locks {
    /// Takes the lock of `client` in `folder` (canonical), if the client ever ran there.
    pub(super) fn take(&mut self, folder: &Path, lock: &LockFile, client: &str) -> Result<(), WriteError> {
        let running = |holder: Holder, lock: &Path| {
            Err(WriteError::Running { client: client.to_owned(), pid: holder.pid, lock: lock.to_path_buf() })
        };
        if let LockFile::Process(name) = lock {
            return system::process(name).map_or(Ok(()), |holder| running(holder, folder));
        }
        let Some(path) = path_of(folder, lock) else { return Ok(()) };
        if !path.is_file() || self.files.iter().any(|(held, _)| *held == path) {
            return Ok(());
        }
        match self.try_take(&path) {
            Ok(()) => Ok(()),
            Err(Refused::Holder(holder)) => running(holder, &path),
            Err(Refused::Ourselves) => Err(WriteError::Busy { pid: own_pid() }),
            Err(Refused::System(error)) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(Refused::System(reason)) => Err(WriteError::CannotLock { path, client: client.to_owned(), reason }),
        }
    }

    /// Takes mailcfg's own lock, a file that is created for it. Where the file system knows no locks, we go without.
    pub(super) fn take_own(&mut self, path: &Path) -> Result<(), WriteError> {
        let guard = held();
        if !path.exists() {
            File::create(path).map_err(|error| WriteError::io(message!("create"), path, error))?;
        }
        drop(guard);
        let path = path.canonicalize().map_err(|error| WriteError::io(message!("find"), path, error))?;
        match self.try_take(&path) {
            Ok(()) | Err(Refused::System(_)) => Ok(()),
            Err(Refused::Ourselves) => Err(WriteError::Busy { pid: own_pid() }),
            Err(Refused::Holder(holder)) => Err(WriteError::Busy { pid: holder.pid }),
        }
    }

    fn try_take(&mut self, path: &Path) -> Result<(), Refused> {
        let mut held = held();
        if held.contains(path) {
            return Err(Refused::Ourselves);
        }
        self.files.push((path.to_path_buf(), system::lock(path)?));
        held.insert(path.to_path_buf());
        Ok(())
    }
}

impl Drop for Locks {
    fn drop(&mut self) {
        let mut held = held();
        for (path, file) in self.files.drain(..) {
            drop(file);
            held.remove(&path);
        }
    }
}

/// Why a lock was not taken.
#[derive(Debug)]
enum Refused {
    Holder(Holder),
    Ourselves,
    System(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

fn own_pid() -> Option<i32> {
    i32::try_from(std::process::id()).ok()
}

#[cfg(unix)]
mod system {
    //! POSIX record locks over the whole file, as in Mozilla's nsProfileLock.cpp.

    use std::fs::{File, OpenOptions};
    use std::path::Path;

    use rustix::fs::{FlockOperation, fcntl_lock};
    use rustix::io::Errno;
    use rustix::process::{Flock, FlockType, Pid, fcntl_getlk};

    use super::{Holder, Refused};

    /// A write lock needs a descriptor open for writing; the file is neither created nor emptied.
    pub(super) fn lock(path: &Path) -> Result<File, Refused> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(file),
            Err(Errno::AGAIN | Errno::ACCESS) => Err(Refused::Holder(blocker(&file).unwrap_or(Holder { pid: None }))),
            Err(error) => Err(Refused::System(error.into())),
        }
    }

    pub(super) fn holder(path: &Path) -> Option<Holder> {
        blocker(&File::open(path).ok()?)
    }

    /// The system gives 0 for a process outside our container.
    fn blocker(file: &File) -> Option<Holder> {
        let other = fcntl_getlk(file, &Flock::from(FlockType::WriteLock)).ok()??;
        Some(Holder { pid: other.pid.map(Pid::as_raw_pid).filter(|pid| *pid > 0) })
    }

    #[cfg(not(target_os = "macos"))]
    pub(super) fn process(_name: &str) -> Option<Holder> {
        None
    }

    /// `pgrep` belongs to the system; where it is absent, the answer is unknown.
    #[cfg(target_os = "macos")]
    pub(super) fn process(name: &str) -> Option<Holder> {
        let user = rustix::process::getuid().as_raw().to_string();
        let output =
            std::process::Command::new("/usr/bin/pgrep").args(["-x", "-U", &user, "--", name]).output().ok()?;
        let first = String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned)?;
        Some(Holder { pid: first.trim().parse().ok() })
    }
}

#[cfg(windows)]
mod system {
    //! Files opened without sharing, as in Mozilla's nsProfileLock.cpp.

    use std::fs::{File, OpenOptions};
    use std::os::windows::fs::OpenOptionsExt;
    use std::path::Path;

    use super::{Holder, Refused};

    /// `ERROR_SHARING_VIOLATION`.
    const SHARING_VIOLATION: i32 = 32;

    pub(super) fn lock(path: &Path) -> Result<File, Refused> {
        let opened = OpenOptions::new().read(true).write(true).share_mode(0).open(path);
        opened.map_err(|error| match error.raw_os_error() {
            Some(SHARING_VIOLATION) => Refused::Holder(Holder { pid: None }),
            _ => Refused::System(error),
        })
    }

    pub(super) fn holder(path: &Path) -> Option<Holder> {
        match lock(path) {
            Err(Refused::Holder(holder)) => Some(holder),
            _ => None,
        }
    }

    pub(super) fn process(_name: &str) -> Option<Holder> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn native(name: &str) -> LockFile {
        if cfg!(windows) { LockFile::Exclusive(name.into()) } else { LockFile::Fcntl(name.into()) }
    }

    #[test]
    fn a_client_that_never_ran_needs_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let mut locks = Locks::default();
        locks.take(folder.path(), &native("absent"), "Client").unwrap();
        assert!(locks.files.is_empty());
        assert!(!folder.path().join("absent").exists());
        assert_eq!(is_locked(folder.path(), &native("absent")), None);
    }

    #[test]
    fn our_own_lock_is_not_the_client_and_is_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::write(root.join("l"), "kept").unwrap();
        let mut ours = Locks::default();
        ours.take(&root, &native("l"), "Client").unwrap();
        ours.take(&root, &native("l"), "Client").unwrap();
        assert_eq!(ours.files.len(), 1);
        assert_eq!(is_locked(folder.path(), &native("l")), None);
        assert!(matches!(Locks::default().take(&root, &native("l"), "Client"), Err(WriteError::Busy { pid: Some(_) })));
        drop(ours);
        Locks::default().take(&root, &native("l"), "Client").unwrap();
        assert_eq!(std::fs::read(root.join("l")).unwrap(), b"kept");
    }

    #[cfg(windows)]
    #[test]
    fn a_file_opened_without_sharing_is_a_lock() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parent.lock");
        let _held = std::fs::OpenOptions::new().write(true).create_new(true).share_mode(0).open(path).unwrap();
        assert_eq!(is_locked(folder.path(), &native("parent.lock")), Some(Holder { pid: None }));
    }
}
