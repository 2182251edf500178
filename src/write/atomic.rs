//! Replaces the bytes of files so that a reader, or a crash, sees the old ones or the new ones and never a mixture.
//!
//! A set is prepared whole: each new text is written to a temporary file in the folder of its target and flushed to the disk, and so
//! is what would put the target back. After that only renames are left, which need no space. A crash between two renames of a set
//! leaves it half renamed; the journal knows it, and `restore` puts it right. Files named `.mailcfg-….tmp` are what a crash leaves.
//!
//! Not here: other names (hard links) of a replaced file, which keep the old bytes; locks; backups.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

use super::attributes;
use super::error::WriteError;
use crate::message;

/// One file that is to change.
#[derive(Debug)]
pub(super) struct Swap<'a> {
    /// As the user knows it.
    pub(super) path: PathBuf,
    /// The file itself, all links resolved.
    pub(super) target: PathBuf,
    /// What it must hold now; none if it must not exist.
    pub(super) before: Option<Cow<'a, [u8]>>,
    /// What it will hold.
    pub(super) after: Cow<'a, [u8]>,
    /// The mode it gets if it does not exist.
    pub(super) mode: Option<u32>,
}

impl Swap<'_> {
    /// Refuses if the file is not as expected.
    pub(super) fn check(&self) -> Result<(), WriteError> {
        match (present(&self.target)?, &self.before) {
            (Some(now), Some(before)) if now.bytes == before.as_ref() => Ok(()),
            (None, None) => Ok(()),
            (None, Some(_)) => Err(WriteError::Vanished { path: self.path.clone() }),
            (Some(_), _) => Err(WriteError::Changed { path: self.path.clone() }),
        }
    }
}

/// What stands on the disk.
pub(super) struct Present {
    pub(super) bytes: Vec<u8>,
    pub(super) mode: Option<u32>,
}

/// Reads a regular file; none if there is none.
pub(super) fn present(path: &Path) -> Result<Option<Present>, WriteError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(WriteError::io(message!("read"), path, error)),
    };
    if !metadata.is_file() {
        return Err(WriteError::NotAFile { path: path.to_path_buf() });
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
    read.map_err(|error| WriteError::io(message!("read"), path, error))?;
    Ok(Some(Present { bytes, mode: attributes::mode(&metadata) }))
}

/// The file that `path` leads to, all links resolved.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    path.canonicalize().map_err(|error| WriteError::io(message!("find"), path, error))
}

/// A set of replacements of which everything but the renames is done. Dropping it removes the temporary files.
#[derive(Debug)]
pub(super) struct Prepared {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    target: PathBuf,
    new: TempPath,
    /// None for the last step, after which nothing can fail.
    undo: Option<Undo>,
}

#[derive(Debug)]
enum Undo {
    PutBack(TempPath),
    Remove,
}

impl Prepared {
    /// Writes all that is needed beside the targets.
    pub(super) fn new(swaps: &[Swap<'_>]) -> Result<Self, WriteError> {
        let steps = swaps.iter().enumerate().map(|(index, swap)| {
            let new = temporary(&swap.target, &swap.after, swap.mode)?;
            let undo = match &swap.before {
                _ if index + 1 == swaps.len() => None,
                Some(before) => Some(Undo::PutBack(temporary(&swap.target, before, None)?)),
                None => Some(Undo::Remove),
            };
            Ok(Step { target: swap.target.clone(), new, undo })
        });
        Ok(Self { steps: steps.collect::<Result<_, _>>()? })
    }

    /// Renames all, or none: if one fails, those before it are put back.
    pub(super) fn commit(self) -> Result<(), WriteError> {
        let mut done = Vec::with_capacity(self.steps.len());
        for step in self.steps {
            if let Err(error) = step.new.persist(&step.target) {
                return Err(roll_back(done, WriteError::io(message!("replace"), &step.target, error.error)));
            }
            done.push((step.target, step.undo));
        }
        let folders: BTreeSet<&Path> = done.iter().map(|(target, _)| folder_of(target)).collect();
        for folder in folders {
            // The rename has happened. If flushing the folder fails, only a power cut could still undo it: no reason to.
            let _ = sync_folder(folder);
        }
        Ok(())
    }
}

fn roll_back(done: Vec<(PathBuf, Option<Undo>)>, reason: WriteError) -> WriteError {
    let mut left = Vec::new();
    for (target, undo) in done.into_iter().rev() {
        let undone = match undo {
            Some(Undo::PutBack(old)) => old.persist(&target).map_err(|error| error.error),
            Some(Undo::Remove) => fs::remove_file(&target),
            None => Ok(()),
        };
        if undone.and_then(|()| sync_folder(folder_of(&target))).is_err() {
            left.push(target);
        }
    }
    if left.is_empty() { reason } else { WriteError::HalfWritten { left, reason: Box::new(reason) } }
}

/// A temporary file with these bytes, on the disk, that could take the place of `target`: with its attributes if it exists, else
/// with `mode`, else for the user alone.
fn temporary(target: &Path, bytes: &[u8], mode: Option<u32>) -> Result<TempPath, WriteError> {
    let mut temporary = temporary_beside(target)?;
    fill(&mut temporary, bytes).map_err(|error| WriteError::io(message!("write"), target, error))?;
    match File::open(target) {
        Ok(old) => attributes::copy(&old, temporary.as_file())
            .map_err(|reason| WriteError::Ownership { path: target.to_path_buf(), reason })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let set = mode.map_or(Ok(()), |mode| attributes::set_mode(temporary.as_file(), mode));
            set.map_err(|error| WriteError::io(message!("set the mode of"), target, error))?;
        }
        Err(error) => return Err(WriteError::io(message!("read"), target, error)),
    }
    temporary.as_file().sync_all().map_err(|error| WriteError::io(message!("write"), target, error))?;
    Ok(temporary.into_temp_path())
}

fn temporary_beside(target: &Path) -> Result<NamedTempFile, WriteError> {
    let folder = folder_of(target);
    let made = Builder::new().prefix(".mailcfg-").suffix(".tmp").tempfile_in(folder);
    made.map_err(|error| WriteError::io(message!("write a file in"), folder, error))
}

fn fill(file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.flush()
}

/// The folder of a path; the current one for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Flushes a folder's entries, so that a rename in it survives a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network file systems cannot.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

/// The bytes of a regular file; none if there is none.
///
/// # Errors
/// When it is no regular file, or the system refuses.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    Ok(present(path)?.map(|there| there.bytes))
}

/// Replaces a file of ours that holds `before`, or writes it where there is none, for everybody to read. It appears whole or stays as
/// it is.
///
/// # Errors
/// [`WriteError::Changed`] when it holds something else by now; others when the system refuses.
pub fn replace(path: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<(), WriteError> {
    let target = if before.is_some() { resolve(path)? } else { path.to_path_buf() };
    let (before, after) = (before.map(Cow::Borrowed), Cow::Borrowed(after));
    let swap = Swap { path: path.to_path_buf(), target, before, after, mode: Some(0o644) };
    swap.check()?;
    Prepared::new(&[swap])?.commit()
}

/// What became of a file that was to be new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewFile {
    /// It was written.
    Created,
    /// It was there already, with the same bytes.
    Identical,
}

/// Writes a file that must not exist yet, and the folders above it. It appears whole or not at all and is for the user alone (mode
/// 0600 on Unix), because a client's configuration may hold passwords.
///
/// # Errors
/// [`WriteError::Exists`] when it exists with other bytes; others when the system refuses.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<NewFile, WriteError> {
    if let Some(there) = present(path)? {
        return same_or_refuse(path, &there, bytes);
    }
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| WriteError::io(message!("create"), folder, error))?;
    let mut temporary = temporary_beside(path)?;
    let written = fill(&mut temporary, bytes).and_then(|()| temporary.as_file().sync_all());
    written.map_err(|error| WriteError::io(message!("write"), path, error))?;
    match temporary.into_temp_path().persist_noclobber(path) {
        Ok(()) => {
            let _ = sync_folder(folder_of(path)); // As in `Prepared::commit`.
            Ok(NewFile::Created)
        }
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => match present(path)? {
            Some(there) => same_or_refuse(path, &there, bytes),
            None => Err(WriteError::Exists { path: path.to_path_buf() }),
        },
        Err(error) => Err(WriteError::io(message!("create"), path, error.error)),
    }
}

fn same_or_refuse(path: &Path, present: &Present, bytes: &[u8]) -> Result<NewFile, WriteError> {
    if present.bytes == bytes { Ok(NewFile::Identical) } else { Err(WriteError::Exists { path: path.to_path_buf() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swap<'a>(folder: &Path, name: &str, before: Option<&'a str>, after: &'a str) -> Swap<'a> {
        let target = folder.join(name);
        if let Some(before) = before {
            fs::write(&target, before).unwrap();
        }
        let before = before.map(|text| Cow::Borrowed(text.as_bytes()));
        Swap { path: target.clone(), target, before, after: Cow::Borrowed(after.as_bytes()), mode: None }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    #[test]
    fn a_rename_that_fails_puts_the_others_back() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let set =
            [swap(root, "a", Some("old"), "new"), swap(root, "b", None, "new"), swap(root, "c", Some("old"), "new")];
        let prepared = Prepared::new(&set).unwrap();
        fs::remove_file(root.join("c")).unwrap();
        fs::create_dir(root.join("c")).unwrap();
        let error = prepared.commit().unwrap_err();
        assert!(error.to_string().contains("cannot replace it"), "{error}");
        assert_eq!(fs::read(root.join("a")).unwrap(), b"old");
        assert_eq!(names(root), ["a", "c"]);
    }

    #[test]
    fn what_cannot_be_put_back_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let set = [swap(root, "a", Some("old"), "new"), swap(root, "b", Some("old"), "new")];
        let prepared = Prepared::new(&set).unwrap();
        fs::remove_file(root.join("b")).unwrap();
        fs::create_dir(root.join("b")).unwrap();
        if let Some(Undo::PutBack(old)) = &prepared.steps[0].undo {
            fs::remove_file(old).unwrap();
        }
        let WriteError::HalfWritten { left, .. } = prepared.commit().unwrap_err() else { panic!("rolled back") };
        assert_eq!(left, [root.join("a")]);
    }

    #[test]
    fn dropping_a_prepared_set_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let prepared = Prepared::new(&[swap(folder.path(), "a", Some("old"), "new")]).unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        drop(prepared);
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_new_file_never_overwrites() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out/sub/f");
        assert_eq!(write_new(&path, b"x").unwrap(), NewFile::Created);
        assert_eq!(write_new(&path, b"x").unwrap(), NewFile::Identical);
        assert!(matches!(write_new(&path, b"y"), Err(WriteError::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert_eq!(names(path.parent().unwrap()), ["f"]);
    }
}
