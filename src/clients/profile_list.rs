//! `profiles.ini`: which profiles a program of Mozilla's family has, and which of them its installations open.
//!
//! Read with `serde_ini`, which takes less than the programs do, so the text is cleaned first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProfileList {
    /// Every profile.
    pub(crate) profiles: Vec<Profile>,
    /// The paths of those that an installation opens, as written.
    pub(crate) opened: Vec<String>,
    /// Whether people are asked for the profile at every start.
    pub(crate) asks: bool,
}

/// One profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    /// What people call it.
    pub(crate) name: String,
    /// As written.
    pub(crate) path: String,
    is_relative: bool,
}

impl Profile {
    /// Its folder, where `root` holds the list. Paths have slashes on every system.
    pub(crate) fn folder(&self, root: &Path) -> PathBuf {
        if self.is_relative {
            self.path.split('/').fold(root.to_path_buf(), |folder, part| folder.join(part))
        } else {
            PathBuf::from(&self.path)
        }
    }
}

/// Reads the list; the fault, if it cannot be read.
pub(crate) fn read(text: &str) -> Result<ProfileList, String> {
    let sections: BTreeMap<String, BTreeMap<String, String>> =
        serde_ini::from_str(&cleaned(text)).map_err(|error| error.to_string())?;
    let of = |prefix: &'static str| sections.iter().filter(move |(name, _)| name.starts_with(prefix));
    let asks = sections.get("General").and_then(|keys| keys.get("StartWithLastProfile"));
    Ok(ProfileList {
        profiles: of("Profile").filter_map(|(_, keys)| profile(keys)).collect(),
        opened: of("Install").filter_map(|(_, keys)| keys.get("Default").cloned()).collect(),
        asks: asks.is_some_and(|value| value == "0"),
    })
}

fn profile(keys: &BTreeMap<String, String>) -> Option<Profile> {
    let path = keys.get("Path")?.clone();
    let is_relative = keys.get("IsRelative").is_none_or(|value| value != "0");
    Some(Profile { name: keys.get("Name").unwrap_or(&path).clone(), path, is_relative })
}

/// What `serde_ini` takes: no byte order mark, no `#` comments, no line without `=`.
fn cleaned(text: &str) -> String {
    let text = text.trim_start_matches('\u{FEFF}');
    let keeps = |line: &&str| {
        let line = line.trim();
        line.starts_with('[') || (line.contains('=') && !line.starts_with(['#', ';']))
    };
    text.lines().filter(keeps).flat_map(|line| [line.trim(), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_and_what_is_opened_are_told_apart() {
        let ini = "\u{FEFF}# by hand\n[Install4F96D1932A9F858E]\nDefault=Profiles/b.release\nLocked=1\n\n[Profile1]\nName=old\n\
                   IsRelative=1\nPath=Profiles/a.default\nDefault=1\n\n[Profile0]\nName=new\nPath=Profiles/b.release\n\
                   [Profile2]\nIsRelative=0\nPath=/srv/mail\n[General]\nStartWithLastProfile=1\nVersion=2\nbroken line\n";
        let list = read(ini).unwrap();
        let folders: Vec<PathBuf> = list.profiles.iter().map(|profile| profile.folder(Path::new("root"))).collect();
        assert_eq!(folders, ["root/Profiles/b.release", "root/Profiles/a.default", "/srv/mail"].map(PathBuf::from));
        assert_eq!(
            list.profiles.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>(),
            ["new", "old", "/srv/mail"]
        );
        assert_eq!(list.opened, ["Profiles/b.release"]);
        assert!(!list.asks);
    }

    #[test]
    fn a_list_without_installations_opens_nothing_of_its_own() {
        let list =
            read("[Profile0]\nName=default\nPath=a.default\nDefault=1\n[General]\nStartWithLastProfile=0\n").unwrap();
        assert!(list.opened.is_empty() && list.asks);
    }
}
