//! What to judge: the paths of the command line, standard input, or what the known clients keep on this computer.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use mailcfg::account::Place;
use mailcfg::clients::{self, CLIENTS, Client, Lock};
use mailcfg::discover::{self, Found, MAX_FILE, Searched};
use mailcfg::document::{Observation, Seen};
use mailcfg::finding::Message;
use mailcfg::lint::Input;
use mailcfg::message;
use mailcfg::source::Source;
use mailcfg::suppression::absolute;
use mailcfg::write::{LockFile, is_locked};

use super::terminal::{complain, remark, told};

/// The arguments that choose what to judge.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Files or folders; `-` for standard input. Without any: where the known clients keep their files
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Read the files as this client's, whatever they look like
    #[arg(long, value_name = "CLIENT", value_parser = known_client)]
    client: Option<&'static str>,

    /// The name to go by for what is read from standard input
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
}

fn known_client(text: &str) -> Result<&'static str, String> {
    let ids: Vec<&str> = CLIENTS.iter().map(|client| client.info().id).collect();
    clients::find(text)
        .map(|client| client.info().id)
        .ok_or_else(|| told(&message!("known clients: {list}", list = ids.join(", "))))
}

impl Selection {
    /// The paths as they were typed, for the line that says what to type next.
    pub(super) fn typed(&self) -> Vec<String> {
        self.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect()
    }

    /// Whether something is read from standard input.
    pub(super) fn is_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// Whether everything in `folder` is looked at; a user's own configuration is for all that is on this computer.
    pub(super) fn is_everything_in(&self, is_users: bool, folder: &Path, here: &Path) -> bool {
        let is_above = |path: &PathBuf| path.is_dir() && folder.starts_with(absolute(path, here));
        let is_all = if is_users { self.paths.is_empty() } else { self.paths.iter().any(is_above) };
        is_all && self.client.is_none()
    }

    /// Reads everything that was selected.
    pub(super) fn read(&self) -> anyhow::Result<Found> {
        let only = self.client.and_then(clients::find);
        let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
            self.paths.iter().partition(|path| path.as_os_str() == "-");
        let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
        let mut found = if self.paths.is_empty() {
            discover::on_this_computer(&discover::environment(), only)
        } else {
            discover::in_paths(&paths, only)
        };
        if !stdin.is_empty() {
            found.inputs.push(self.read_stdin(only)?);
        }
        for input in &mut found.inputs {
            let running = running(input);
            input.observed.extend(running);
        }
        say_where(&found.places);
        Ok(found)
    }

    fn read_stdin(&self, only: Option<&'static dyn Client>) -> anyhow::Result<Input> {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes);
        read.map_err(|error| message!("standard input cannot be read: {reason}", reason = Message::from(&error)))?;
        if bytes.len() as u64 > MAX_FILE {
            bail!(message!("standard input is larger than {limit} MB, the most that is read", limit = MAX_FILE >> 20));
        }
        let name = self.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin"));
        let file_name = name.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let by_content = || CLIENTS.iter().copied().find(|client| client.recognises(file_name, &bytes));
        let Some(client) = only.or_else(by_content).or_else(|| by_preference(&bytes)) else {
            bail!(message!(
                "standard input is no mail configuration that mailcfg reads; say what it is with --client or --stdin-filename"
            ));
        };
        Ok(Input { client, sources: vec![Source::new(name, bytes)], named: false, observed: Vec::new() })
    }
}

/// Preferences are known by their file's name; standard input has none.
fn by_preference(bytes: &[u8]) -> Option<&'static dyn Client> {
    let first = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let text = String::from_utf8_lossy(&bytes[first..]);
    text.contains("user_pref(").then(|| clients::find("thunderbird")).flatten()
}

/// Whether the client of a configuration runs now.
fn running(input: &Input) -> Vec<Observation> {
    let Some(folder) = input.sources[0].path().parent() else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let holder = input.client.locks().iter().find_map(|lock| is_locked(folder, &lock_file(*lock)));
    let seen = holder.map(|holder| Seen::ClientRunning { pid: holder.pid });
    let observe =
        |seen| Observation { seen, key: String::new(), place: Place { source: 0, span: None }, account: None };
    seen.map(observe).into_iter().collect()
}

/// The lock in the words of the writing side.
pub(super) fn lock_file(lock: Lock) -> LockFile {
    match lock {
        Lock::Fcntl(name) => LockFile::Fcntl(name.to_owned()),
        Lock::Exclusive(name) => LockFile::Exclusive(name.to_owned()),
        Lock::Process(name) => LockFile::Process(name.to_owned()),
    }
}

/// Without a path, people should know where was looked.
fn say_where(places: &[Searched]) {
    for place in places {
        if place.found > 0 || place.note.is_some() {
            let path = place.path.display();
            complain(&match place.found {
                0 => message!("looked in {path}: nothing read", path = path),
                1 => message!("looked in {path}: 1 configuration", path = path),
                n => message!("looked in {path}: {n} configurations", path = path, n = n),
            });
        }
        if let Some(note) = &place.note {
            remark(&format!("  {}", told(note)));
        }
    }
}

/// Says that there was nothing to judge, and what to do.
pub(super) fn say_nothing_found(searched: &[PathBuf]) {
    if searched.is_empty() {
        return complain(&message!(
            "no mail configuration was found there; `mailcfg list clients` says which files are read"
        ));
    }
    complain(&message!("no mail configuration was found; looked in"));
    searched.iter().for_each(|place| remark(&format!("  {}", place.display())));
    complain(&message!("Name a file or a folder to look elsewhere."));
}

/// Where was looked without a path.
pub(super) fn searched(found: &Found) -> Vec<PathBuf> {
    found.places.iter().map(|place| place.path.clone()).collect()
}
