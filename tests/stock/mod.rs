//! The files under `fixtures/`, read the way the program reads them.

use std::fs;
use std::path::{Path, PathBuf};

use mailcfg::discover;
use mailcfg::lint::Input;

use crate::fixture::root;

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// `client/case` of every fixture, sorted.
pub(crate) fn names() -> Vec<String> {
    let cases = folders_in(&root()).into_iter().flat_map(|client| folders_in(&client));
    let name = |path: PathBuf| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    cases.map(name).collect()
}

/// The one configuration of a fixture.
pub(crate) fn input(name: &str) -> Input {
    let mut inputs = discover::in_paths(&[root().join(name)], None).inputs;
    assert_eq!(inputs.len(), 1, "{name} holds one configuration");
    inputs.remove(0)
}

/// Every configuration of every fixture, with its path; of those that only differ in who signed, some.
pub(crate) fn all() -> Vec<(String, Input)> {
    let found = discover::in_paths(&[root()], None);
    let inputs = found.inputs.into_iter().filter(|input| !input.sources[0].path().starts_with(root().join("chains")));
    inputs.map(|input| (input.sources[0].path().strip_prefix(root()).unwrap().display().to_string(), input)).collect()
}
