//! Files that refer to each other become one document.
//!
//! Only within a folder, and only where a name leads to exactly one file: two files that offer the same name are left to the rules.
//! Not here: which names a file has (`clients`), opening files (`discover`).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Found, Looked, look_at, not_mail, skipped};
use crate::clients::{Client, Tie, Ties};
use crate::lint::Input;

impl Found {
    /// Joins what was found, with what lies beside files that the user named: whoever names one file of several means them all.
    pub(super) fn join(&mut self, asked: &[PathBuf], only: Option<&'static dyn Client>) {
        let known = paths(self.inputs.iter().chain(&self.beside));
        for folder in self.folders_of(asked) {
            let looked = beside_in(&folder, &known);
            self.take(looked.into_iter().filter(|one| one.is_of(only)).collect());
        }
        let beside = std::mem::take(&mut self.beside);
        let homes: HashSet<Home> = self.inputs.iter().map(home).collect();
        let (own, strange): (Vec<Input>, Vec<Input>) =
            beside.into_iter().partition(|input| homes.contains(&home(input)));
        let strange = strange.iter().map(|input| input.sources[0].path()).filter(|path| known.contains(*path));
        self.others.extend(strange.map(|path| skipped(path, not_mail())));
        self.inputs.extend(own);
        self.inputs = joined(std::mem::take(&mut self.inputs));
        // The others were read only in case that they are referred to.
        self.inputs.retain(|input| input.sources.iter().any(|source| known.contains(source.path())));
    }

    /// Where the named files lie that refer to others or may be referred to.
    fn folders_of(&self, asked: &[PathBuf]) -> BTreeSet<PathBuf> {
        let asked: HashSet<&Path> = asked.iter().map(PathBuf::as_path).collect();
        let is_tied = |input: &&Input| asked.contains(input.sources[0].path()) && ties(input) != Ties::default();
        self.inputs.iter().chain(&self.beside).filter(is_tied).map(|input| folder(input).to_owned()).collect()
    }
}

impl Looked {
    /// Whether it is a configuration, and of the client that is wanted.
    fn is_of(&self, only: Option<&'static dyn Client>) -> bool {
        match self {
            Self::Input(input, _) | Self::Beside(input, _) => {
                only.is_none_or(|only| only.info().id == input.client.info().id)
            }
            Self::Other(_) => false,
        }
    }
}

/// A client, and a folder with files of it.
type Home = (&'static str, PathBuf);

fn home(input: &Input) -> Home {
    (input.client.info().id, folder(input).to_owned())
}

/// What lies in a folder beside what is known, however the user named that.
fn beside_in(folder: &Path, known: &HashSet<PathBuf>) -> Vec<Looked> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(here) else { return Vec::new() };
    let known: HashSet<PathBuf> = known.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_new = |path: &PathBuf| fs::canonicalize(path).is_ok_and(|path| !known.contains(&path));
    let names = entries.filter_map(|entry| Some(folder.join(entry.ok()?.file_name())));
    let mut files: Vec<PathBuf> = names.filter(|path| path.is_file() && is_new(path)).collect();
    files.sort();
    files.par_iter().map(|path| look_at(path, false, None)).collect()
}

fn folder(input: &Input) -> &Path {
    input.sources[0].path().parent().unwrap_or(Path::new(""))
}

/// Joins the inputs that are tied to each other. The order of the main files stays.
pub fn joined(inputs: Vec<Input>) -> Vec<Input> {
    let ties: Vec<Ties> = inputs.par_iter().map(ties).collect();
    if ties.iter().all(|ties| ties.needs.is_empty()) {
        return inputs;
    }
    let mut groups = Groups::new(inputs.len());
    for (from, to) in links(&inputs, &ties) {
        groups.unite(from, to);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..inputs.len()).for_each(|index| members.entry(groups.of(index)).or_default().push(index));
    let mut merged: Vec<(usize, Input)> = members.into_values().map(|group| merge(&inputs, &ties, group)).collect();
    merged.sort_by_key(|(main, _)| *main);
    merged.into_iter().map(|(_, input)| input).collect()
}

/// What an input needs and offers. One with companions of its own is whole already.
fn ties(input: &Input) -> Ties {
    match &input.sources[..] {
        [only] => input.client.ties(only.file_name(), only.bytes()),
        _ => Ties::default(),
    }
}

/// What more files refer to than one person has accounts, such as the credentials of a relay, belongs to none of them; thousands of
/// mailboxes would become one document.
const MOST: usize = 20;

/// A name in a folder, as one client means it.
type Name<'a> = (&'static str, &'a Path, &'a Tie);

/// Which input needs which.
fn links(inputs: &[Input], ties: &[Ties]) -> Vec<(usize, usize)> {
    let name = |index: usize, tie| -> Name<'_> {
        let input = &inputs[index];
        (input.client.info().id, folder(input), tie)
    };
    let mut offered: HashMap<Name<'_>, Vec<usize>> = HashMap::new();
    let mut needed: BTreeMap<Name<'_>, Vec<usize>> = BTreeMap::new();
    for (index, ties) in ties.iter().enumerate() {
        ties.offers.iter().for_each(|tie| offered.entry(name(index, tie)).or_default().push(index));
        for tie in &ties.needs {
            let from = needed.entry(name(index, tie)).or_default();
            // Both servers of an account refer to the same credentials; two assets that name one file differ.
            if from.last() != Some(&index) || matches!(tie, Tie::FileName(_)) {
                from.push(index);
            }
        }
    }
    let mut links = Vec::new();
    for (name, from) in &needed {
        let Some([to]) = offered.get(name).map(Vec::as_slice) else { continue };
        let most = if matches!(name.2, Tie::Identifier(_)) { MOST } else { 1 };
        if from.len() <= most {
            links.extend(from.iter().map(|from| (*from, *to)));
        }
    }
    links
}

/// One input with all sources: the main file, then the others in the order of their paths.
fn merge(inputs: &[Input], ties: &[Ties], mut group: Vec<usize>) -> (usize, Input) {
    group.sort_by_key(|index| (!ties[*index].is_main, inputs[*index].sources[0].path()));
    let main = group[0];
    let mut input = inputs[main].clone();
    for other in &group[1..] {
        input.sources.extend(inputs[*other].sources.iter().cloned());
        input.named |= inputs[*other].named;
    }
    (main, input)
}

/// The files of these inputs.
fn paths<'a>(inputs: impl Iterator<Item = &'a Input>) -> HashSet<PathBuf> {
    inputs.flat_map(|input| &input.sources).map(|source| source.path().to_owned()).collect()
}

/// Which inputs belong together, as trees that point at their root.
struct Groups(Vec<usize>);

impl Groups {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn of(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::super::in_paths;
    use super::*;

    const ACCOUNT: &str = r#"{"Type": "com.apple.configuration.account.google", "Identifier": "a",
        "Payload": {"UserIdentityAssetReference": "person"}}"#;
    const MAIL: &str = r#"{"Type": "com.apple.configuration.account.exchange", "Identifier": "b",
        "Payload": {"AuthenticationCredentialsAssetReference": "credentials"}}"#;
    const PERSON: &str = r#"{"Type": "com.apple.asset.useridentity", "Identifier": "person", "Payload": {}}"#;
    const CREDENTIALS: &str = r#"{"Type": "com.apple.asset.credential.userpassword", "Identifier": "credentials",
        "Payload": {"Reference": {"DataURL": "https://mdm.example.jp/credentials/7f3a?v=2"}}}"#;
    const DATA: &str = r#"{"UserName": "hanako@example.jp"}"#;

    /// The files of each document that is found, where `asked` are named; of everything, where none is.
    fn found(files: &[(&str, &str)], asked: &[&str]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("x")).unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let asked: Vec<PathBuf> = asked.iter().map(|name| folder.path().join(name)).collect();
        let paths = if asked.is_empty() { vec![folder.path().to_owned()] } else { asked };
        let names = |input: Input| -> Vec<String> {
            let paths = input.sources.iter().map(|source| source.path().strip_prefix(folder.path()).unwrap());
            paths.map(|path| path.to_string_lossy().into_owned()).collect()
        };
        in_paths(&paths, None).inputs.into_iter().map(names).collect()
    }

    #[test]
    fn what_is_referred_to_belongs_to_the_file_that_refers_to_it() {
        let all =
            [("a.json", PERSON), ("b.json", ACCOUNT), ("c.json", MAIL), ("d.json", CREDENTIALS), ("7f3a.json", DATA)];
        assert_eq!(found(&all, &[]), [vec!["b.json", "a.json"], vec!["c.json", "7f3a.json", "d.json"]]);
    }

    #[test]
    fn whoever_names_one_of_several_files_means_them_all() {
        let all = [("b.json", MAIL), ("d.json", CREDENTIALS), ("7f3a.json", DATA), ("other.json", PERSON)];
        for name in ["b.json", "d.json", "7f3a.json"] {
            assert_eq!(found(&all, &[name]), [["b.json", "7f3a.json", "d.json"]], "{name}");
        }
        assert_eq!(found(&all, &["other.json"]), [["other.json"]]);
        assert_eq!(found(&all, &["d.json", "7f3a.json", "b.json"]), [["b.json", "7f3a.json", "d.json"]]);
        let twice = found(&all, &["x/../b.json", "d.json"]);
        assert_eq!(twice.concat().iter().filter(|name| name.ends_with("d.json")).count(), 1, "read once: {twice:?}");
    }

    #[test]
    fn a_name_that_may_mean_two_files_joins_none() {
        let twice = [("a.json", PERSON), ("b.json", ACCOUNT), ("c.json", PERSON)];
        assert_eq!(found(&twice, &[]), [["a.json"], ["b.json"], ["c.json"]]);
        let second = CREDENTIALS.replace("credentials/7f3a", "other/7f3a").replace("\"credentials\"", "\"c\"");
        let wanted_twice = [("d.json", CREDENTIALS), ("e.json", second.as_str()), ("7f3a.json", DATA)];
        assert_eq!(found(&wanted_twice, &[]).len(), 3);
    }

    #[test]
    fn what_everybody_refers_to_joins_nobody() {
        let files = |count: usize| -> Vec<(String, String)> {
            let account = |n| (format!("{n}.json"), MAIL.replace("\"b\"", &format!("\"b{n}\"")));
            let asset = ("x.json".to_owned(), CREDENTIALS.to_owned());
            (0..count).map(account).chain([asset]).collect()
        };
        for (count, documents) in [(MOST, 1), (MOST + 1, MOST + 2)] {
            let files = files(count);
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
            assert_eq!(found(&files, &[]).len(), documents);
        }
    }

    #[test]
    fn folders_are_worlds_of_their_own() {
        let apart = [("x/a.json", PERSON), ("y/b.json", ACCOUNT)];
        assert_eq!(found(&apart, &[]).len(), 2);
    }

    #[test]
    fn a_user_name_with_a_password_counts_only_beside_declarations() {
        assert!(found(&[("7f3a.json", DATA)], &[]).is_empty());
        assert!(found(&[("7f3a.json", DATA), ("prefs.js", "")], &["7f3a.json"]).is_empty());
        assert_eq!(found(&[("7f3a.json", DATA), ("x.json", PERSON)], &[]).len(), 2);
        assert_eq!(found(&[("7f3a.json", r#"{"UserName": "a", "Role": "b"}"#), ("x.json", PERSON)], &[]).len(), 1);
    }

    #[test]
    fn what_is_damaged_or_a_template_stands_alone() {
        for broken in [PERSON.replace("{}}", "{}"), PERSON.replace("{}", "{\"FullName\": \"{% name %}\"}")] {
            assert_eq!(found(&[("a.json", &broken), ("b.json", ACCOUNT)], &[]), [["a.json"], ["b.json"]]);
        }
    }
}
