//! What to judge: the paths of the command line, standard input, or what the known clients keep on this computer.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use mailcfg::account::Place;
use mailcfg::clients::{self, CLIENTS, Client, Lock};
use mailcfg::config::Controls;
use mailcfg::discover::{self, Found, MAX_FILE, Searched};
use mailcfg::document::{Observation, Seen};
use mailcfg::finding::{CheckedFile, FileStatus, Message};
use mailcfg::lint::Input;
use mailcfg::message;
use mailcfg::report::Style;
use mailcfg::source::Source;
use mailcfg::suppression::{Baseline, absolute};
use mailcfg::write::{LockFile, is_locked};

use super::Color;
use super::bar::Bar;
use super::changed::{Changed, revision};
use super::terminal::{complain, remark, style, told};

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

    /// Report only on files that changed since this commit, branch or tag, committed or not; asks git. Without a path: in
    /// the current folder
    #[arg(long, value_name = "REV", value_parser = revision)]
    changed_since: Option<String>,
}

/// What was read.
#[derive(Debug)]
pub(super) struct Selected {
    pub(super) found: Found,
    /// What is to be reported on, if not everything.
    changed: Option<Changed>,
}

impl Selected {
    /// Unchanged files go first: of two that do not go together the later one is reported, and that is to be the changed one.
    fn new(mut found: Found, changed: Option<Changed>) -> Self {
        if let Some(changed) = &changed {
            found.inputs.sort_by_key(|input| is_changed(input, changed));
            found.others.retain(|file| {
                let path = file.sources[0].path();
                // Nobody can tell what changed in a folder that cannot be opened.
                changed.has(path) || path.is_dir()
            });
        }
        Self { found, changed }
    }

    /// With the files that are reported on.
    pub(super) fn choose(&self, controls: Controls) -> Controls {
        let Some(changed) = &self.changed else { return controls };
        let inputs = self.found.inputs.iter().filter(|input| is_changed(input, changed));
        let mut files: HashSet<PathBuf> = inputs.map(|input| input.sources[0].path().to_owned()).collect();
        let own = controls.policies().iter().filter_map(|policy| Some(policy.file.as_ref()?.path()));
        let own = own.chain(controls.baseline().map(Baseline::file));
        files.extend(own.filter(|file| changed.has(file)).map(Path::to_owned));
        controls.only(files)
    }

    /// Says so where there is nothing to judge.
    pub(super) fn say_if_nothing(&self) {
        let Found { inputs, places, others, .. } = &self.found;
        let is_unreadable =
            |file: &CheckedFile| matches!(file.status, FileStatus::Unreadable(_)) && file.sources[0].path().exists();
        if inputs.is_empty() && others.iter().any(is_unreadable) {
            // Something is there, and why it was not read is said of it.
        } else if inputs.is_empty() {
            say_nothing_found(&places.iter().map(|place| place.path.clone()).collect::<Vec<PathBuf>>());
        } else if let Some(changed) = &self.changed
            && !inputs.iter().any(|input| is_changed(input, changed))
        {
            complain(&message!("no mail configuration has changed since {revision}", revision = changed.since));
        }
    }
}

/// Whether one of the files that make up a configuration changed.
fn is_changed(input: &Input, changed: &Changed) -> bool {
    input.sources.iter().any(|source| changed.has(source.path()))
}

fn known_client(text: &str) -> Result<&'static str, String> {
    let ids: Vec<&str> = CLIENTS.iter().map(|client| client.info().id).collect();
    clients::find(text)
        .map(|client| client.info().id)
        .ok_or_else(|| told(&message!("known clients: {list}", list = ids)))
}

impl Selection {
    /// How to print results, with what was typed for the line that says what to type next.
    pub(super) fn style(&self, color: Color, verbose: bool) -> Style {
        let paths: Vec<String> = self.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        Style { since: self.changed_since.clone(), ..style(color, verbose, &paths) }
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
    pub(super) fn read(&self) -> anyhow::Result<Selected> {
        let only = self.client.and_then(clients::find);
        let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
            self.paths.iter().partition(|path| path.as_os_str() == "-");
        let mut paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
        let changed = self.changed(&mut paths)?;
        let mut found = if paths.is_empty() && stdin.is_empty() {
            discover::on_this_computer(&discover::environment(), only)
        } else {
            discover::in_paths_watched(&paths, only, &Bar::new().progress)
        };
        if !stdin.is_empty() {
            found.inputs.extend(self.read_stdin(only)?.parts());
        }
        for input in &mut found.inputs {
            let running = running(input);
            input.observed.extend(running);
        }
        say_where(&found.places);
        Ok(Selected::new(found, changed))
    }

    /// What changed in `paths`; without one, in the current folder.
    fn changed(&self, paths: &mut Vec<PathBuf>) -> anyhow::Result<Option<Changed>> {
        let Some(revision) = &self.changed_since else { return Ok(None) };
        if self.is_stdin() {
            bail!(message!("standard input has no history, so --changed-since cannot be used with it"));
        }
        if paths.is_empty() {
            paths.push(PathBuf::from("."));
        }
        Changed::since(revision, paths).map(Some)
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
fn say_nothing_found(searched: &[PathBuf]) {
    if searched.is_empty() {
        return complain(&message!(
            "no mail configuration was found there; `mailcfg list clients` says which files are read"
        ));
    }
    complain(&message!("no mail configuration was found; looked in"));
    searched.iter().for_each(|place| remark(&format!("  {}", place.display())));
    complain(&message!("Name a file or a folder to look elsewhere."));
}
