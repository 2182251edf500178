//! Finds configuration on the disk: in the paths a user names, or where the known clients keep theirs.
//!
//! The only place where files to judge are read. Nothing outside the given paths is opened, except the companions of a named
//! file (`user.js` beside `prefs.js`), the files that a named declaration refers to, and, where no path is named, an administrator's
//! files for the known clients. A file that cannot be read is said to be so and the others go on.

mod companions;
mod joined;
mod observed;
mod opening;
mod walk;

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::clients::{CLIENTS, Client, Environment, SearchPlace, System, profile_list};
use crate::finding::{CheckedFile, FileStatus, Message};
use crate::lint::Input;
use crate::message;
use crate::progress::{Progress, Stage};
use crate::source::Source;
pub use joined::joined;
pub use opening::MAX_FILE;
use opening::{Failure, read};
use walk::{files_within, walk};

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Configurations to judge, in the order of their paths.
    pub inputs: Vec<Input>,
    /// Files that are none, or could not be read.
    pub others: Vec<CheckedFile>,
    /// Where known clients' files were looked for, if no path was named.
    pub places: Vec<Searched>,
    /// Files that are configuration only beside others of their client; decided when all are read.
    beside: Vec<Input>,
}

/// A place where a client keeps its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// Whose.
    pub client: &'static str,
    /// The folder or file.
    pub path: PathBuf,
    /// How many configurations were found there.
    pub found: usize,
    /// Something worth saying about it.
    pub note: Option<Message>,
}

/// Reads every configuration under `paths`; with `only`, those of one client.
pub fn in_paths(paths: &[PathBuf], only: Option<&'static dyn Client>) -> Found {
    in_paths_watched(paths, only, &Progress::default())
}

/// As [`in_paths`], counting in `progress`.
pub fn in_paths_watched(paths: &[PathBuf], only: Option<&'static dyn Client>, progress: &Progress) -> Found {
    let (mut found, mut asked) = (Found::default(), Vec::new());
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let (files, failures) = walk(path, progress);
                found.others.extend(failures);
                found.take(look_at_all(files, progress, only));
            }
            Ok(_) => {
                found.take(vec![named(path, only)]);
                asked.push(path.clone());
            }
            Err(error) => found.others.push(unreadable(path, &error)),
        }
    }
    found.drop_repeats();
    found.join(&asked, only);
    found
}

/// Reads what the known clients keep on this computer.
pub fn on_this_computer(env: &Environment, only: Option<&'static dyn Client>) -> Found {
    let mut found = Found::default();
    let clients = CLIENTS.iter().filter(|client| only.is_none_or(|only| only.info().id == client.info().id));
    for client in clients.copied() {
        let first = found.inputs.len();
        for place in client.places(env) {
            found.search(client, &place);
        }
        add_installed(&mut found.inputs[first..], &client.installed(env));
    }
    found.drop_repeats();
    found
}

/// What an administrator laid down for all profiles belongs to each of them.
fn add_installed(inputs: &mut [Input], files: &[PathBuf]) {
    let readable = files.iter().filter_map(|file| Some(Source::new(file, read(file, true).ok()??)));
    let sources: Vec<Source> = readable.collect();
    inputs.iter_mut().for_each(|input| input.sources.extend(sources.iter().cloned()));
}

/// The folders and the system that the clients' places are named from.
pub fn environment() -> Environment {
    let system = if cfg!(windows) {
        System::Windows
    } else if cfg!(target_os = "macos") {
        System::Macos
    } else {
        System::Unix
    };
    Environment { home: dirs::home_dir(), config: dirs::config_dir(), system }
}

/// A configuration or not, from one file.
enum Looked {
    /// Perhaps with files that belong to it and could not be read.
    Input(Input, Vec<CheckedFile>),
    /// The same, if what lies beside it is of its client.
    Beside(Input, Vec<CheckedFile>),
    Other(CheckedFile),
}

impl Found {
    fn take(&mut self, looked: Vec<Looked>) {
        for one in looked {
            match one {
                Looked::Input(input, failures) => {
                    self.inputs.push(input);
                    self.others.extend(failures);
                }
                Looked::Beside(input, failures) => {
                    self.beside.push(input);
                    self.others.extend(failures);
                }
                Looked::Other(file) => self.others.push(file),
            }
        }
    }

    /// A file that was reached twice, by a link or a repeated argument, is judged once; then each configuration in it. One that belongs to several configurations
    /// and cannot be read is said to be so once.
    fn drop_repeats(&mut self) {
        let mut seen = HashSet::new();
        self.others.retain(|file| seen.insert(file.sources[0].path().to_path_buf()));
        let mut seen = HashSet::new();
        self.inputs.retain(|input| {
            let path = input.sources[0].path();
            seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()))
        });
        self.inputs = std::mem::take(&mut self.inputs).into_iter().flat_map(Input::parts).collect();
    }

    fn search(&mut self, client: &'static dyn Client, place: &SearchPlace) {
        let before = self.inputs.len();
        let (path, note) = match place {
            SearchPlace::File(path) => (path, self.search_file(path, client)),
            SearchPlace::Folder { folder, depth } => {
                let files = files_within(folder, *depth);
                self.take(look_at_all(files, &Progress::default(), Some(client)));
                (folder, None)
            }
            SearchPlace::MozillaRoot { folder, program } => (folder, self.search_profiles(folder, program, client)),
        };
        let found = self.inputs.len() - before;
        self.places.push(Searched { client: client.info().id, path: path.clone(), found, note });
    }

    fn search_file(&mut self, path: &Path, client: &'static dyn Client) -> Option<Message> {
        match fs::metadata(path) {
            Ok(_) => {
                self.take(vec![look_at(path, false, Some(client))]);
                None
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => Some(reason(path, &error)),
        }
    }

    fn search_profiles(&mut self, root: &Path, program: &str, client: &'static dyn Client) -> Option<Message> {
        if !root.is_dir() {
            return None;
        }
        let listed = listed_profiles(root);
        let note = listed.as_ref().err().map(|fault| {
            message!(
                "profiles.ini of {program} cannot be read ({fault}); its folders were searched instead",
                program = program,
                fault = fault
            )
        });
        // Folders that profiles.ini does not name are looked at too: the accounts somebody misses may be in one of them.
        let mut folders = listed.unwrap_or_default();
        folders.extend(files_within(root, 3).iter().filter_map(|file| file.parent().map(Path::to_path_buf)));
        let mut seen = HashSet::new();
        folders.retain(|folder| seen.insert(fs::canonicalize(folder).unwrap_or_else(|_| folder.clone())));
        let files = folders.iter().map(|folder| folder.join("prefs.js")).filter(|file| file.is_file()).collect();
        self.take(look_at_all(files, &Progress::default(), Some(client)));
        note
    }
}

/// The profile folders that `profiles.ini` names, defaults or not.
fn listed_profiles(root: &Path) -> Result<Vec<PathBuf>, String> {
    let text = match fs::read_to_string(root.join("profiles.ini")) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.to_string()),
    };
    let list = profile_list::read(&text)?;
    Ok(list.profiles.iter().map(|profile| profile.folder(root)).collect())
}

fn look_at_all(files: Vec<PathBuf>, progress: &Progress, only: Option<&'static dyn Client>) -> Vec<Looked> {
    let mains: HashSet<&PathBuf> = files.iter().collect();
    let is_companion = |path: &PathBuf| companion_of(path).is_some_and(|main| mains.contains(&main));
    let own: Vec<&PathBuf> = files.iter().filter(|path| !is_companion(path)).collect();
    progress.begin(Stage::Reading, own.len());
    own.into_par_iter().map(|path| look_at(path, false, only)).inspect(|_| progress.advance()).collect()
}

/// The main file that a companion belongs to, as far as the name tells.
fn companion_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let is_companion = CLIENTS.iter().any(|client| client.companions().contains(&name));
    is_companion.then(|| path.with_file_name("prefs.js"))
}

/// A file that the user named: with its main file, if it is a companion.
fn named(path: &Path, only: Option<&'static dyn Client>) -> Looked {
    match companion_of(path).filter(|main| main.is_file()) {
        Some(main) => look_at(&main, true, only),
        None => look_at(path, true, only),
    }
}

fn look_at(path: &Path, named: bool, only: Option<&'static dyn Client>) -> Looked {
    let bytes = match read(path, named || only.is_some()) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Looked::Other(skipped(path, not_mail())),
        Err(Failure::TooLarge(head)) => return Looked::Other(too_large(path, named || only.is_some(), &head)),
        Err(Failure::Io(error)) => return Looked::Other(unreadable(path, &error)),
    };
    if let Some(client) = only.or_else(|| client_of(path, &bytes)) {
        let (input, failures) = input(path, bytes, client, named);
        return Looked::Input(input, failures);
    }
    match CLIENTS.iter().copied().find(|client| client.recognises_beside(&bytes)) {
        Some(client) => {
            let (input, failures) = input(path, bytes, client, named);
            Looked::Beside(input, failures)
        }
        None => Looked::Other(skipped(path, not_mail())),
    }
}

fn client_of(path: &Path, bytes: &[u8]) -> Option<&'static dyn Client> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    CLIENTS.iter().copied().find(|client| client.recognises(name, bytes))
}

/// A configuration that is too large was not read, and people must know. Of other large files the beginning only resembles one, as
/// that of any property list does.
fn too_large(path: &Path, is_wanted: bool, head: &[u8]) -> CheckedFile {
    let limit = MAX_FILE >> 20;
    let reason = message!("it is larger than {limit} MB, the most that is read", limit = limit);
    let is_configuration = is_wanted || client_of(path, head).is_some();
    other(path, if is_configuration { FileStatus::Unreadable(reason) } else { FileStatus::Skipped(reason) })
}

fn not_mail() -> Message {
    message!("it is no mail configuration that mailcfg reads")
}

/// A configuration with the companions that lie beside it, and what the disk tells of it.
fn input(path: &Path, bytes: Vec<u8>, client: &'static dyn Client, named: bool) -> (Input, Vec<CheckedFile>) {
    let (mut sources, mut failures) = (vec![Source::new(path, bytes)], Vec::new());
    for companion in companions::of(path, client.companions()) {
        // Where it is a folder or a pipe, it is not the file that is meant.
        if companion == path || fs::metadata(&companion).is_ok_and(|found| !found.is_file()) {
            continue;
        }
        match read(&companion, true) {
            Ok(bytes) => sources.extend(bytes.map(|bytes| Source::new(companion, bytes))),
            Err(Failure::TooLarge(head)) => failures.push(too_large(&companion, true, &head)),
            Err(Failure::Io(error)) if is_absent(&error) => {}
            Err(Failure::Io(error)) => failures.push(unreadable(&companion, &error)),
        }
    }
    let observed = observed::observe(&sources, client);
    (Input { client, sources, named, observed }, failures)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn skipped(path: &Path, reason: Message) -> CheckedFile {
    other(path, FileStatus::Skipped(reason))
}

/// Whose it is may be told by its name alone.
fn unreadable(path: &Path, error: &io::Error) -> CheckedFile {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let client = CLIENTS.iter().find(|client| !path.is_dir() && client.recognises(name, b""));
    let client = client.map(|client| client.info().id);
    CheckedFile { client, ..other(path, FileStatus::Unreadable(reason(path, error))) }
}

/// A link whose end is not there, or that leads back to itself.
fn dangling(path: &Path) -> CheckedFile {
    other(path, FileStatus::Unreadable(message!("it is a link that leads to no file")))
}

fn other(path: &Path, status: FileStatus) -> CheckedFile {
    let sources = vec![Source::new(path, Vec::new())];
    CheckedFile { sources, secrets: vec![Vec::new()], client: None, status, accounts: Vec::new(), document: None }
}

/// macOS says "operation not permitted" where a terminal lacks Full Disk Access, which tells most people nothing.
fn reason(path: &Path, error: &io::Error) -> Message {
    let is_protected = cfg!(target_os = "macos") && path.to_string_lossy().contains("/Library/");
    match error.kind() {
        io::ErrorKind::PermissionDenied if is_protected => message!(
            "macOS does not let this terminal read it: System Settings, Privacy & Security, Full Disk Access, turn on the terminal, and open it again"
        ),
        io::ErrorKind::PermissionDenied => message!("you have no permission to read it"),
        io::ErrorKind::NotFound => message!("there is no such file or folder"),
        _ => message!("it cannot be read: {fault}", fault = error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profiles(ini: &str) -> Result<Vec<PathBuf>, String> {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("profiles.ini"), ini).unwrap();
        let strip = |folder: PathBuf| folder.strip_prefix(root.path()).map(Path::to_path_buf).unwrap_or(folder);
        listed_profiles(root.path()).map(|folders| folders.into_iter().map(strip).collect())
    }

    #[test]
    fn every_listed_profile_is_found_default_or_not() {
        let ini = "[Install4F96D1932A9F858E]\nDefault=Profiles/b.release\n[Profile1]\nIsRelative=1\n\
                   Path=Profiles/a.default\nDefault=1\n[Profile0]\nPath=Profiles/b.release\n[Profile2]\n\
                   IsRelative=0\nPath=/srv/mail\n";
        let expected = ["Profiles/b.release", "Profiles/a.default", "/srv/mail"].map(PathBuf::from);
        assert_eq!(profiles(ini).unwrap(), expected);
    }

    #[test]
    fn a_folder_without_profiles_ini_has_none() {
        assert_eq!(listed_profiles(Path::new("no such folder")), Ok(Vec::new()));
    }

    #[test]
    fn a_companion_is_judged_with_its_main_file() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["prefs.js", "user.js"] {
            fs::write(folder.path().join(name), "user_pref(\"mail.smtpservers\", \"\");\n").unwrap();
        }
        for path in [folder.path().to_path_buf(), folder.path().join("user.js")] {
            let found = in_paths(&[path], None);
            assert_eq!(found.inputs.len(), 1);
            assert_eq!(found.inputs[0].sources.len(), 2);
            assert_eq!(found.inputs[0].sources[0].file_name(), "prefs.js");
        }
    }

    #[test]
    fn everything_that_belongs_to_a_profile_is_read_with_it() {
        let root = tempfile::tempdir().unwrap();
        let companions = [
            "Profiles/a.default/user.js",
            "Profiles/a.default/cert_override.txt",
            "Profiles/a.default/Invalidprefs.js",
            "Profiles/a.default/prefs-1.js",
            "Profiles/a.default/distribution/policies.json",
            "Profiles/a.default/mozilla.cfg",
            "Profiles/a.default/ImapMail/imap.example.jp/msgFilterRules.dat",
            "Profiles/a.default/virtualFolders.dat",
            "profiles.ini",
        ];
        for name in companions.iter().chain(&["Profiles/a.default/prefs.js", "Profiles/b.default/prefs.js"]) {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "user_pref(\"mail.smtpservers\", \"\");\n").unwrap();
        }
        let found = in_paths(&[root.path().to_path_buf()], None);
        let sources = |input: &Input| -> HashSet<PathBuf> {
            let paths = input.sources[1..].iter().map(|source| source.path());
            paths.map(|path| path.strip_prefix(root.path()).unwrap().to_path_buf()).collect()
        };
        assert_eq!(found.inputs.len(), 2, "copies are no configurations of their own");
        assert_eq!(sources(&found.inputs[0]), companions.iter().map(PathBuf::from).collect());
        assert_eq!(sources(&found.inputs[1]), HashSet::from([PathBuf::from("profiles.ini")]));
    }

    #[test]
    fn autoconfig_is_known_by_its_root_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("mail.xml", "<?xml version=\"1.0\"?>\n<clientConfig version=\"1.1\"/>"),
            ("config-v1.1.xml", ""),
            ("README.md", "Publish this:\n\n<clientConfig version=\"1.1\"/>"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let found = in_paths(&[folder.path().to_path_buf()], None);
        let names: Vec<&str> = found.inputs.iter().map(|input| input.sources[0].file_name()).collect();
        assert_eq!(names, ["config-v1.1.xml", "mail.xml"]);
    }

    #[test]
    fn the_same_file_named_twice_is_judged_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prefs.js");
        fs::write(&file, "").unwrap();
        assert_eq!(in_paths(&[file.clone(), file, folder.path().to_path_buf()], None).inputs.len(), 1);
    }

    #[test]
    fn mail_stores_and_our_backups_are_passed_over_and_a_folder_of_the_same_name_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "user_pref(\"mail.smtpservers\", \"\");\n").unwrap();
        };
        let all = ["profile/prefs.js", "profile/Mail/prefs.js", "share/mailcfg/backups/1/prefs.js", "it/Mail/prefs.js"];
        all.into_iter().for_each(write);
        let found = in_paths(&[folder.path().to_path_buf()], None);
        let paths: Vec<_> = found.inputs.iter().map(|input| input.sources[0].path().to_path_buf()).collect();
        assert_eq!(paths, ["it/Mail/prefs.js", "profile/prefs.js"].map(|path| folder.path().join(path)));
    }

    #[test]
    fn a_missing_path_is_unreadable_and_the_others_go_on() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("prefs.js"), "").unwrap();
        let found = in_paths(&[folder.path().join("nothing"), folder.path().to_path_buf()], None);
        assert!(matches!(found.others[0].status, FileStatus::Unreadable(_)));
        assert_eq!(found.inputs.len(), 1);
    }
}
