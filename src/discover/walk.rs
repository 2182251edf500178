//! The files below a folder, without the folders in which no configuration lies.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::opening::is_named_as_configuration;
use super::{dangling, unreadable};
use crate::finding::CheckedFile;
use crate::progress::{Progress, Stage};

/// Folders in which no configuration lies and which may be huge.
const SKIPPED_FOLDERS: [&str; 4] = [".git", ".hg", ".svn", "node_modules"];

/// Mail stores and caches, where they lie beside the preferences of a profile. Elsewhere they are folders like any other.
const PROFILE_FOLDERS: [&str; 8] =
    ["ImapMail", "Mail", "News", "cache2", "startupCache", "storage", "datareporting", "minidumps"];

/// `prefs.js` files at most `depth` levels below `root`.
pub(super) fn files_within(root: &Path, depth: usize) -> Vec<PathBuf> {
    let entries = WalkDir::new(root).max_depth(depth).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry)).filter_map(Result::ok);
    entries.filter(|entry| entry.file_name() == "prefs.js").map(DirEntry::into_path).collect()
}

fn is_skipped(entry: &DirEntry) -> bool {
    let Some(name) = entry.file_name().to_str().filter(|_| entry.file_type().is_dir()) else { return false };
    let is_of_profile =
        || PROFILE_FOLDERS.contains(&name) && entry.path().with_file_name("prefs.js").symlink_metadata().is_ok();
    // Our own backups are copies of what was wrong once; mending them would spoil them.
    let is_backup = || name == "backups" && entry.path().parent().is_some_and(|parent| parent.ends_with("mailcfg"));
    SKIPPED_FOLDERS.contains(&name) || is_of_profile() || is_backup()
}

/// Every file below a folder, sorted, and what could not be opened.
pub(super) fn walk(root: &Path, progress: &Progress) -> (Vec<PathBuf>, Vec<CheckedFile>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    progress.begin(Stage::Finding, 0);
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry)) {
        match entry {
            Ok(entry) => match leads_to_file(&entry) {
                Ok(true) => {
                    files.push(entry.into_path());
                    progress.advance();
                }
                Ok(false) => {}
                Err(failure) => failures.push(*failure),
            },
            Err(error) => {
                let path = error.path().unwrap_or(root).to_path_buf();
                let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links"));
                failures.push(unreadable(&path, &cause));
            }
        }
    }
    (files, failures)
}

/// A regular file, or a link to one: preferences are often linked. Pipes and devices would block.
///
/// Links that lead nowhere are everywhere (Thunderbird locks its profile with one), so that one counts as a failure only where its
/// name is that of a configuration.
fn leads_to_file(entry: &DirEntry) -> Result<bool, Box<CheckedFile>> {
    if !entry.file_type().is_symlink() {
        return Ok(entry.file_type().is_file());
    }
    let path = entry.path();
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_file()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(unreadable(path, &error).into()),
        Err(_) if is_named_as_configuration(&entry.file_name().to_string_lossy()) => Err(dangling(path).into()),
        Err(_) => Ok(false),
    }
}
