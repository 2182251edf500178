//! Where the files lie that belong to a main file: beside it, below it, above it.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where companions of these names may lie, for those whose first part is there at all: a folder is listed once, and most have
/// none of the files.
pub(super) fn of(path: &Path, names: &[&str]) -> Vec<PathBuf> {
    if names.is_empty() {
        return Vec::new();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder may be closed to listing and its files open all the same.
    let there: Option<HashSet<OsString>> = fs::read_dir(folder)
        .ok()
        .map(|entries| entries.filter_map(Result::ok).map(|entry| entry.file_name()).collect());
    let may_be = |name: &&&str| {
        let first = name.split('/').next().unwrap_or_default();
        matches!(first, ".." | "*") || there.as_ref().is_none_or(|there| there.contains(OsStr::new(first)))
    };
    names.iter().filter(may_be).flat_map(|name| beside(path, name)).collect()
}

/// The paths that a companion's name stands for. `..` leads to the folder above, as far as the path of the main file names one;
/// `*` is each folder there is.
fn beside(path: &Path, name: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = path.parent().map(Path::to_path_buf).into_iter().collect();
    for part in name.split('/') {
        paths = paths.into_iter().flat_map(|path| step(path, part)).collect();
    }
    paths
}

fn step(path: PathBuf, part: &str) -> Vec<PathBuf> {
    match part {
        ".." if matches!(path.components().next_back(), Some(Component::Normal(_))) => {
            path.parent().map(Path::to_path_buf).into_iter().collect()
        }
        ".." => Vec::new(),
        "*" => {
            let entries = fs::read_dir(&path).into_iter().flatten().filter_map(Result::ok);
            let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|inner| inner.is_dir()).collect();
            folders.sort();
            folders
        }
        _ => vec![path.join(part)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companions_are_found_above_and_below_the_profile() {
        let cases = [
            ("root/a.default/prefs.js", "../profiles.ini", Some("root/profiles.ini")),
            ("root/Profiles/a/prefs.js", "../../profiles.ini", Some("root/profiles.ini")),
            ("a/prefs.js", "distribution/policies.json", Some("a/distribution/policies.json")),
            ("a/prefs.js", "../profiles.ini", Some("profiles.ini")),
            ("prefs.js", "../profiles.ini", None),
            ("./prefs.js", "../profiles.ini", None),
            ("../prefs.js", "../profiles.ini", None),
        ];
        for (main, name, expected) in cases {
            let expected: Vec<PathBuf> = expected.map(PathBuf::from).into_iter().collect();
            assert_eq!(beside(Path::new(main), name), expected, "{main} {name}");
        }
    }

    #[test]
    fn a_star_is_every_folder_there_is() {
        let root = tempfile::tempdir().unwrap();
        for name in ["ImapMail/b", "ImapMail/a"] {
            fs::create_dir_all(root.path().join(name)).unwrap();
        }
        fs::write(root.path().join("ImapMail/file"), "").unwrap();
        let found = beside(&root.path().join("prefs.js"), "ImapMail/*/x.dat");
        assert_eq!(found, ["ImapMail/a/x.dat", "ImapMail/b/x.dat"].map(|name| root.path().join(name)));
    }
}
