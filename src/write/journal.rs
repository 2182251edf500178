//! What a run did, one JSON object a line, appended and flushed before the files are touched.
//!
//! The journal holds paths, lengths and SHA-256 sums, never a byte of a file. Sums tell whether a file is as the run left it, and
//! whether a backup copy is whole. A line that a crash cut off says nothing: what it would have announced did not happen.
//!
//! Not here: the backup copies beside the journal (`store`).

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::WriteError;
use super::lock::LockFile;
use crate::message;

/// The journal's name in the folder of a run.
const FILE_NAME: &str = "journal.jsonl";

/// Goes up when an older mailcfg would misread the journal.
const VERSION: u32 = 1;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum Event {
    /// The first line.
    Run(Opening),
    /// These files are about to be replaced.
    Plan(Entry),
    /// They were not, or were put back.
    Undone { plan: usize },
    /// The run was restored.
    Restored { time: String },
}

/// Why a run was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// To change files.
    Change,
    /// To keep what a restore overwrote.
    Restore,
}

/// What is true of the whole run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Opening {
    version: u32,
    pub(super) run: String,
    pub(super) time: String,
    pub(super) kind: Kind,
    pub(super) purpose: String,
}

impl Opening {
    pub(super) fn new(run: String, time: String, kind: Kind, purpose: String) -> Self {
        Self { version: VERSION, run, time, kind, purpose }
    }
}

/// One plan: files that change together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) plan: usize,
    pub(super) client: String,
    pub(super) locks: Vec<LockFile>,
    /// Where the locks lie, if there are any.
    pub(super) folders: Vec<StoredPath>,
    pub(super) files: Vec<FileEntry>,
}

/// One file of a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FileEntry {
    /// As the user knows it, absolute.
    pub(super) path: StoredPath,
    /// All links resolved.
    pub(super) target: StoredPath,
    /// The name of the backup copy in the run's folder.
    pub(super) backup: String,
    /// Permission bits, on Unix.
    pub(super) mode: Option<u32>,
    pub(super) before: Sum,
    pub(super) after: Sum,
}

/// A path that need not be Unicode: text where it is, what the system uses where it is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum StoredPath {
    Text(String),
    Raw(OsString),
}

impl From<&Path> for StoredPath {
    fn from(path: &Path) -> Self {
        path.to_str().map_or_else(|| Self::Raw(path.into()), |text| Self::Text(text.to_owned()))
    }
}

impl From<&StoredPath> for PathBuf {
    fn from(stored: &StoredPath) -> Self {
        match stored {
            StoredPath::Text(text) => text.into(),
            StoredPath::Raw(raw) => raw.into(),
        }
    }
}

/// Length and SHA-256 of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    bytes: usize,
    sha256: String,
}

impl Sum {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { bytes: bytes.len(), sha256 }
    }
}

/// A journal, read.
#[derive(Debug, Default)]
pub(super) struct Journal {
    pub(super) opening: Option<Opening>,
    /// The plans that were carried out.
    pub(super) entries: Vec<Entry>,
    /// When it was restored, as RFC 3339.
    pub(super) restored: Option<String>,
}

impl Journal {
    /// Reads the journal in the folder of a run. Without one, nothing was done.
    pub(super) fn read(folder: &Path) -> Result<Self, WriteError> {
        let path = folder.join(FILE_NAME);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(WriteError::io(message!("read"), &path, error)),
        };
        let mut journal = Self::default();
        for line in text.split(|byte| *byte == b'\n') {
            let Ok(value) = serde_json::from_slice::<serde_json::Value>(line) else { continue };
            let event = serde_json::from_value(value).map_err(|error| error.to_string());
            let added = event.and_then(|event| journal.add(event));
            added.map_err(|reason| WriteError::Journal { path: path.clone(), reason })?;
        }
        Ok(journal)
    }

    fn add(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Run(opening) if opening.version > VERSION => return Err(format!("version {}", opening.version)),
            Event::Run(opening) => self.opening = Some(opening),
            Event::Plan(entry) => self.entries.push(entry),
            Event::Undone { plan } => self.entries.retain(|entry| entry.plan != plan),
            Event::Restored { time } => self.restored = Some(time),
        }
        Ok(())
    }

    /// Appends one line and waits until it is on the disk.
    pub(super) fn append(folder: &Path, event: &Event) -> Result<(), WriteError> {
        let path = folder.join(FILE_NAME);
        let failed = |error: io::Error| WriteError::io(message!("write"), &path, error);
        let line = serde_json::to_string(event).map_err(|error| failed(error.into()))?;
        // The newline first ends a line that a crash cut off.
        let written = open_to_append(&path).and_then(|mut file| {
            file.write_all(format!("\n{line}\n").as_bytes())?;
            file.sync_all()
        });
        written.map_err(failed)
    }
}

fn open_to_append(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().append(true).create(true)).open(path)
}

/// For the user alone, on Unix.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(version: u32) -> Event {
        let text = String::new;
        Event::Run(Opening { version, run: text(), time: text(), kind: Kind::Change, purpose: text() })
    }

    #[test]
    fn a_line_cut_off_by_a_crash_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        Journal::append(folder.path(), &opening(VERSION)).unwrap();
        let mut file = open_to_append(&folder.path().join(FILE_NAME)).unwrap();
        file.write_all(br#"{"event":"restored","ti"#).unwrap();
        assert_eq!(Journal::read(folder.path()).unwrap().restored, None);
        Journal::append(folder.path(), &Event::Restored { time: "now".into() }).unwrap();
        assert_eq!(Journal::read(folder.path()).unwrap().restored.as_deref(), Some("now"));
    }

    #[test]
    fn a_newer_journal_is_refused() {
        for line in [r#"{"event":"from-the-future"}"#.to_owned(), serde_json::to_string(&opening(2)).unwrap()] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(FILE_NAME), line).unwrap();
            assert!(matches!(Journal::read(folder.path()), Err(WriteError::Journal { .. })));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_unicode_survives() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/m\xFFail"));
        let json = serde_json::to_string(&StoredPath::from(path)).unwrap();
        assert_eq!(PathBuf::from(&serde_json::from_str::<StoredPath>(&json).unwrap()), path);
    }
}
