//! Finds the `mailcfg.toml` of each file: in its folder, in the folders above, else in the user's own configuration folder.
//!
//! Each folder is looked at once, however many files lie below it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use mailcfg::account::Place;
use mailcfg::config::{Config, FILE_NAME, read, unread_providers};
use mailcfg::finding::{CheckedFile, FileStatus, Finding, Message, OWN_FILE, Report};
use mailcfg::message;
use mailcfg::report::{self, Style};
use mailcfg::source::Source;
use mailcfg::strict_toml::secrets;
use mailcfg::suppression::absolute;

use super::own::head;
use super::terminal::{complain, remark};

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It lies above the files that are judged.
    Above,
    /// It is the user's own, for all files that have no other.
    User,
    /// The command line names it.
    Named,
}

/// A `mailcfg.toml` that was read.
#[derive(Debug)]
pub(super) struct ConfigFile {
    pub(super) path: PathBuf,
    /// Its folder, from the root.
    pub(super) folder: PathBuf,
    pub(super) origin: Origin,
    pub(super) config: Config,
}

impl ConfigFile {
    /// Says where it names provider files that cannot be read, and why.
    pub(super) fn without_providers(
        &self,
        place: Option<Place>,
        error: &anyhow::Error,
        style: &Style,
    ) -> anyhow::Error {
        let reason = error.downcast_ref().cloned().unwrap_or_else(|| Message::verbatim(error.to_string()));
        let source = self.config.policy.file.clone().unwrap_or_else(|| Source::new(&self.path, *b""));
        refused(source, vec![unread_providers(place, reason)], style)
    }
}

/// All of a run.
pub(super) struct ConfigFiles {
    here: PathBuf,
    /// The first one is for files in none of `folders`.
    pub(super) found: Vec<ConfigFile>,
    /// By the folder of a file, as its path names it.
    pub(super) folders: HashMap<PathBuf, usize>,
    /// By folders from the root.
    known: HashMap<PathBuf, usize>,
}

impl ConfigFiles {
    /// None yet; relative paths begin at `here`.
    pub(super) fn new(here: PathBuf) -> Self {
        let nothing =
            ConfigFile { path: PathBuf::new(), folder: here.clone(), origin: Origin::User, config: Config::default() };
        Self { here, found: vec![nothing], folders: HashMap::new(), known: HashMap::new() }
    }

    /// Reads the one file that holds for all.
    pub(super) fn read_one(&mut self, file: &Path, style: &Style) -> anyhow::Result<()> {
        self.found = vec![self.opened(file, Origin::Named, style)?];
        Ok(())
    }

    /// Reads the file of each of `files`, and the user's own, if there is one, for those that have none.
    pub(super) fn search<'a>(
        &mut self,
        files: impl Iterator<Item = &'a Path>,
        own: Option<PathBuf>,
        style: &Style,
    ) -> anyhow::Result<()> {
        if let Some(own) = own.filter(|own| is_there(own)) {
            self.found[0] = self.opened(&own, Origin::User, style)?;
            tell(&own);
        }
        for file in files {
            let folder = file.parent().unwrap_or(Path::new(""));
            if !self.folders.contains_key(folder) {
                let number = self.above(&absolute(folder, &self.here), style)?;
                self.folders.insert(folder.to_owned(), number);
            }
        }
        Ok(())
    }

    /// The number of the file that holds in `folder`.
    fn above(&mut self, folder: &Path, style: &Style) -> anyhow::Result<usize> {
        let mut passed = Vec::new();
        let mut number = 0;
        for folder in folder.ancestors() {
            if let Some(known) = self.known.get(folder) {
                number = *known;
                break;
            }
            passed.push(folder.to_owned());
            let file = folder.join(FILE_NAME);
            if is_there(&file) {
                let opened = self.opened(&file, Origin::Above, style)?;
                tell(self.shown(&file));
                self.found.push(opened);
                number = self.found.len() - 1;
                break;
            }
        }
        self.known.extend(passed.into_iter().map(|folder| (folder, number)));
        Ok(number)
    }

    /// As short as somebody who works here would write it.
    fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.here).unwrap_or(path)
    }

    fn opened(&self, path: &Path, origin: Origin, style: &Style) -> anyhow::Result<ConfigFile> {
        let unread = |reason| message!("{file} cannot be read: {reason}", file = path.display(), reason = reason);
        let bytes = head(path).map_err(unread)?;
        let mut folder = absolute(path, &self.here);
        folder.pop();
        let path = self.shown(path);
        let source = Source::new(path, bytes);
        match read(&source) {
            Ok(config) => Ok(ConfigFile { path: path.to_owned(), folder, origin, config }),
            Err(findings) => Err(refused(source, findings, style)),
        }
    }
}

/// Whether anything has that name. A link that leads nowhere, or a folder, is a fault to be told: passing over it would switch a
/// policy off without a word.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Where the user's own file lies.
pub(super) fn users_own() -> Option<PathBuf> {
    dirs::config_dir().map(|folder| folder.join("mailcfg").join(FILE_NAME))
}

/// Whoever gets files from somewhere else should see that a `mailcfg.toml` came with them.
fn tell(file: &Path) {
    complain(&message!("settings from {file}", file = file.display()));
}

/// Prints what is wrong with a `mailcfg.toml`.
fn refused(source: Source, findings: Vec<Finding>, style: &Style) -> anyhow::Error {
    let file = source.path().display().to_string();
    remark(&report::findings(&faults(source, findings), style).join("\n\n"));
    message!("nothing was checked: {file} has errors; --no-config goes on without it", file = file).into()
}

fn faults(source: Source, mut findings: Vec<Finding>) -> Report {
    findings.sort_by_key(|finding| finding.location.span);
    let file = CheckedFile {
        secrets: vec![secrets(source.bytes())],
        sources: vec![source],
        client: Some(OWN_FILE),
        status: FileStatus::Checked,
        accounts: Vec::new(),
        document: Some(0),
    };
    Report { findings, files: vec![file], ..Report::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_holds_and_each_folder_is_looked_at_once() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        std::fs::create_dir_all(root.join("a/b/c")).unwrap();
        std::fs::create_dir_all(root.join("d")).unwrap();
        std::fs::write(root.join("a").join(FILE_NAME), "fail-on = \"never\"\n").unwrap();
        std::fs::write(root.join("a/b").join(FILE_NAME), "fail-on = \"info\"\n").unwrap();
        let mut files = ConfigFiles::new(root.to_owned());
        let below = |folder: &str| (0..500).map(|n| Path::new(folder).join(format!("{n}.xml"))).collect::<Vec<_>>();
        let all = [below("a"), below("a/b/c"), below("./a/b"), below("d")].concat();
        files.search(all.iter().map(PathBuf::as_path), None, &Style::default()).unwrap();
        let of = |folder: &str| files.found[files.folders[Path::new(folder)]].path.to_owned();
        assert_eq!(of("a"), Path::new("a").join(FILE_NAME));
        assert_eq!(of("a/b/c"), Path::new("a/b").join(FILE_NAME));
        assert_eq!(of("./a/b"), of("a/b/c"));
        assert_eq!(files.folders.len(), 4);
        // `a`, `a/b`, `a/b/c`, `d` and the folders above, none of them twice.
        assert_eq!(files.known.len(), 4 + root.ancestors().count());
    }
    #[test]
    fn what_is_no_file_under_that_name_is_a_fault() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        std::fs::create_dir_all(root.join("folder").join(FILE_NAME)).unwrap();
        std::fs::create_dir(root.join("link")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere", root.join("link").join(FILE_NAME)).unwrap();
        for folder in if cfg!(unix) { &["folder", "link"][..] } else { &["folder"] } {
            let file = Path::new(folder).join("prefs.js");
            let mut files = ConfigFiles::new(root.to_owned());
            let read = files.search(std::iter::once(file.as_path()), None, &Style::default());
            assert!(read.is_err(), "{folder}");
        }
    }
}
