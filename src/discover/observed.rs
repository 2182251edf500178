//! What only the disk tells of a configuration: folders that are there, which of two files is newer, who may read.
//!
//! Each is only a fact, handed on as an observation; whether it matters is for the rules to say.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::account::Place;
use crate::clients::Client;
use crate::document::{Observation, ProfileSeen, Seen};
use crate::source::Source;

/// Everything that can be seen around the main file.
pub(super) fn observe(sources: &[Source], client: &dyn Client) -> Vec<Observation> {
    let Some(folder) = sources[0].path().parent() else { return Vec::new() };
    let mut seen = unfinished_saves(sources);
    seen.extend(
        stores(folder, client.stores()).map(|folders| see(Seen::Profile(ProfileSeen::StoresOnDisk { folders }), 0)),
    );
    seen.extend(readable_by_others(folder, client.password_files()).map(|file| {
        let source = sources.iter().position(|source| source.file_name() == file).unwrap_or(0);
        see(Seen::Profile(ProfileSeen::ReadableByOthers { file }), source)
    }));
    seen
}

const fn see(seen: Seen, source: usize) -> Observation {
    Observation { seen, key: String::new(), place: Place { source, span: None }, account: None }
}

/// The mail folders there are; `None` where preferences lie alone, as a copy of them does.
fn stores(folder: &Path, names: &[&str]) -> Option<Vec<String>> {
    let mut found = None;
    for name in names {
        let Ok(entries) = fs::read_dir(folder.join(name)) else { continue };
        let is_folder = |entry: &fs::DirEntry| entry.path().is_dir();
        let inner = entries.filter_map(Result::ok).filter(is_folder);
        let inner = inner.map(|entry| format!("{name}/{}", entry.file_name().to_string_lossy()));
        found.get_or_insert_with(Vec::new).extend(inner);
    }
    found
}

/// `prefs-1.js` and the like, where they are newer than the file that they were to replace.
fn unfinished_saves(sources: &[Source]) -> Vec<Observation> {
    let Some(saved) = modified(&sources[0]) else { return Vec::new() };
    let is_newer = |source: &Source| is_numbered(source) && modified(source).is_some_and(|time| time > saved);
    let newer = sources.iter().enumerate().filter(|(_, source)| is_newer(source));
    newer
        .map(|(index, source)| {
            see(Seen::Profile(ProfileSeen::UnfinishedSave { file: source.file_name().to_owned() }), index)
        })
        .collect()
}

fn is_numbered(source: &Source) -> bool {
    let number = source.file_name().strip_prefix("prefs-").and_then(|rest| rest.strip_suffix(".js"));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

fn modified(source: &Source) -> Option<SystemTime> {
    fs::metadata(source.path()).ok()?.modified().ok()
}

/// The first of `names`, if everybody can read all of them.
#[cfg(unix)]
fn readable_by_others(folder: &Path, names: &[&str]) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let may = |path: &Path, bits: u32| fs::metadata(path).is_ok_and(|found| found.permissions().mode() & bits == bits);
    // First what mostly is not there.
    if names.is_empty() || !names.iter().all(|name| may(&folder.join(name), 0o004)) {
        return None;
    }
    // Modes of files say nothing below a folder that is closed to others.
    let folder = fs::canonicalize(folder).ok()?;
    folder.ancestors().all(|above| may(above, 0o001)).then(|| names[0].to_owned())
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path, _: &[&str]) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clients::find;

    fn observed(files: &[&str], folders: &[&str], set_up: impl Fn(&Path)) -> Vec<Seen> {
        let folder = tempfile::tempdir().unwrap();
        for name in folders {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        for name in files {
            fs::write(folder.path().join(name), "").unwrap();
        }
        set_up(folder.path());
        let sources: Vec<Source> = files.iter().map(|name| Source::new(folder.path().join(name), *b"")).collect();
        observe(&sources, find("thunderbird").unwrap()).into_iter().map(|seen| seen.seen).collect()
    }

    #[test]
    fn folders_for_mail_are_listed_where_there_are_any() {
        assert_eq!(observed(&["prefs.js"], &[], |_| ()), []);
        let seen = observed(&["prefs.js"], &["ImapMail/imap.example.jp"], |_| ());
        assert_eq!(
            seen,
            [Seen::Profile(ProfileSeen::StoresOnDisk { folders: vec!["ImapMail/imap.example.jp".to_owned()] })]
        );
    }

    #[test]
    fn only_a_copy_that_is_newer_is_an_unfinished_save() {
        let set = |path: &Path, seconds: u64| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
        };
        for (copy, is_newer) in [(999, false), (1001, true)] {
            let seen = observed(&["prefs.js", "prefs-1.js"], &[], |folder| {
                set(&folder.join("prefs.js"), 1000);
                set(&folder.join("prefs-1.js"), copy);
            });
            assert_eq!(!seen.is_empty(), is_newer, "{copy}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn passwords_are_open_only_if_file_and_key_and_every_folder_are() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for (folder_mode, key_mode, is_open) in [(0o755, 0o644, true), (0o755, 0o600, false), (0o700, 0o644, false)] {
            let folder = tempfile::tempdir().unwrap();
            for (name, bits) in [("logins.json", 0o644), ("key4.db", key_mode)] {
                fs::write(folder.path().join(name), "").unwrap();
                mode(&folder.path().join(name), bits);
            }
            mode(folder.path(), folder_mode);
            // Where temporary files lie in a folder of one's own, nobody else gets to them.
            let above = folder.path().parent().unwrap().canonicalize().unwrap();
            let may_enter = |above: &Path| fs::metadata(above).unwrap().permissions().mode() & 0o001 != 0;
            let is_open = is_open && above.ancestors().all(may_enter);
            let found = readable_by_others(folder.path(), &["logins.json", "key4.db"]);
            assert_eq!(found.is_some(), is_open, "{folder_mode:o} {key_mode:o}");
        }
    }
}
