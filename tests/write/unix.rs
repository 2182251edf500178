//! Writing to the disk where there are modes, owners, links and record locks.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use mailcfg::write::{WriteError, is_locked};

use crate::bench::{Bench, FIXED, PREFS, at, locks};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_mode_is_kept_and_backups_are_private() {
    for wanted in [0o600, 0o644, 0o640] {
        let bench = Bench::new(&[("prefs.js", PREFS)]);
        set_mode(&bench.path("prefs.js"), wanted);
        let run = bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]).run.unwrap();
        assert_eq!((bench.read("prefs.js").as_str(), mode(&bench.path("prefs.js"))), (FIXED, wanted));
        let folder = bench.store.folder(&run);
        assert_eq!((mode(&folder), mode(bench.store.root())), (0o700, 0o700));
        assert_eq!((mode(&folder.join("1.1-prefs.js")), mode(&folder.join("journal.jsonl"))), (0o600, 0o600));
        bench.store.restore(None, false, at(1)).unwrap();
        assert_eq!((bench.read("prefs.js").as_str(), mode(&bench.path("prefs.js"))), (PREFS, wanted));
    }
}

/// Whoever may write in the folder could replace it; it says that it is to stay.
#[test]
fn a_write_protected_file_is_refused() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    set_mode(&bench.path("prefs.js"), 0o444);
    let refused = bench.refused(bench.plan(&[("prefs.js", FIXED)]));
    assert!(matches!(refused, WriteError::WriteProtected { .. }), "{refused}");
    assert_eq!((bench.read("prefs.js").as_str(), mode(&bench.path("prefs.js"))), (PREFS, 0o444));
}

#[test]
fn a_file_that_comes_back_has_its_old_mode() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    set_mode(&bench.path("prefs.js"), 0o640);
    bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]);
    fs::remove_file(bench.path("prefs.js")).unwrap();
    bench.store.restore(None, true, at(1)).unwrap();
    assert_eq!(mode(&bench.path("prefs.js")), 0o640);
}

#[test]
fn a_link_stays_a_link() {
    let bench = Bench::new(&[]);
    let real = bench.folder.path().join("dotfiles.js");
    fs::write(&real, PREFS).unwrap();
    symlink("../dotfiles.js", bench.path("prefs.js")).unwrap();
    let applied = bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]);
    assert_eq!(applied.plans[0].as_ref().unwrap(), &[bench.path("prefs.js")]);
    assert_eq!(fs::read_link(bench.path("prefs.js")).unwrap(), Path::new("../dotfiles.js"));
    assert!(fs::symlink_metadata(&real).unwrap().is_file());
    assert_eq!(fs::read_to_string(&real).unwrap(), FIXED);
    bench.store.restore(None, false, at(1)).unwrap();
    assert_eq!(fs::read_link(bench.path("prefs.js")).unwrap(), Path::new("../dotfiles.js"));
    assert_eq!(fs::read_to_string(&real).unwrap(), PREFS);
}

#[test]
fn one_file_under_two_names_is_written_once() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    symlink("prefs.js", bench.path("link.js")).unwrap();
    let refused = bench.refused(bench.plan(&[("prefs.js", FIXED), ("link.js", FIXED)]));
    assert!(matches!(refused, WriteError::Twice { .. }));
}

/// Only the superuser can give a file away, and no folder is read-only for it: of this test and the next, each has its user.
#[test]
fn the_owner_is_kept() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    let path = bench.path("prefs.js");
    if std::os::unix::fs::chown(&path, Some(12_345), Some(54_321)).is_err() {
        return;
    }
    bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]).plans.remove(0).unwrap();
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!((metadata.uid(), metadata.gid(), bench.read("prefs.js").as_str()), (12_345, 54_321, FIXED));
}

#[test]
fn a_read_only_folder_is_refused() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    set_mode(&bench.path(""), 0o555);
    if fs::write(bench.path("probe"), "").is_ok() {
        return;
    }
    let refused = bench.refused(bench.plan(&[("prefs.js", FIXED)]));
    set_mode(&bench.path(""), 0o755);
    assert!(matches!(refused, WriteError::NotAllowed { .. }), "{refused}");
}

#[cfg(target_os = "linux")]
#[test]
fn extended_attributes_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    let path = bench.path("prefs.js");
    if setxattr(&path, "user.note", b"kept", XattrFlags::empty()).is_err() {
        return; // This file system has none.
    }
    bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]);
    let mut value = [0; 16];
    let length = getxattr(&path, "user.note", value.as_mut_slice()).unwrap();
    assert_eq!(&value[..length], b"kept");
}

/// The bytes of an access list (version 2, then tag, permissions and identifier of each entry) that lets user 12345 read.
#[cfg(target_os = "linux")]
fn access_list(mask: u16) -> Vec<u8> {
    let anyone = u32::MAX;
    let entries = [(1, 6, anyone), (2, 4, 12_345), (4, 0, anyone), (0x10, mask, anyone), (0x20, 0, anyone)];
    let entries = entries.iter().flat_map(|(tag, permissions, id): &(u16, u16, u32)| {
        [&tag.to_le_bytes()[..], &permissions.to_le_bytes(), &id.to_le_bytes()].concat()
    });
    2_u32.to_le_bytes().into_iter().chain(entries).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn the_access_list_is_that_of_the_file_and_not_of_its_folder() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let bench = Bench::new(&[("shared", "old"), ("private", "old")]);
    let set = |name: &str, kind: &str| setxattr(bench.path(name), kind, &access_list(4), XattrFlags::empty());
    if set("shared", "system.posix_acl_access").is_err() || set("", "system.posix_acl_default").is_err() {
        return; // This file system has none.
    }
    set_mode(&bench.path("private"), 0o644);
    bench.apply(&[bench.plan(&[("shared", "new"), ("private", "new")])]).plans.remove(0).unwrap();
    let mut value = [0; 128];
    let length = getxattr(bench.path("shared"), "system.posix_acl_access", value.as_mut_slice()).unwrap();
    assert_eq!(value[..length], access_list(4));
    assert!(getxattr(bench.path("private"), "system.posix_acl_access", value.as_mut_slice()).is_err());
    assert_eq!(mode(&bench.path("private")), 0o644);
}

/// This test binary again, as a client that holds the lock until its input ends.
struct Client {
    child: Child,
    /// Kept open, or the test binary complains.
    _lines: Lines<BufReader<ChildStdout>>,
}

impl Client {
    fn holding(path: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "unix::hold_a_lock", "--nocapture"]).env("LOCK_TO_HOLD", path);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().ends_with("locked")), "the client took its lock");
        Self { child, _lines: lines }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// No test by itself: run by [`Client::holding`] as the client that holds a lock. Without its variable it has nothing to do.
#[test]
fn hold_a_lock() {
    let Some(path) = std::env::var_os("LOCK_TO_HOLD") else { return };
    let file = fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    rustix::fs::fcntl_lock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
    println!("locked");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_running_client_is_seen_and_its_files_are_left_alone() {
    let bench = Bench::new(&[("prefs.js", PREFS), (".parentlock", "")]);
    let client = Client::holding(&bench.path(".parentlock"));
    let pid = i32::try_from(client.child.id()).unwrap();
    assert_eq!(is_locked(&bench.path(""), &locks()[0]).unwrap().pid, Some(pid));
    let refused = bench.refused(bench.plan(&[("prefs.js", FIXED)]));
    let expected = format!("Thunderbird is running (process {pid}): quit it and run the command again");
    assert_eq!(refused.to_string(), expected);

    drop(client);
    assert_eq!(is_locked(&bench.path(""), &locks()[0]), None);
    bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]).plans.remove(0).unwrap();
    let client = Client::holding(&bench.path(".parentlock"));
    assert!(matches!(bench.store.restore(None, true, at(1)), Err(WriteError::Running { .. })));
    assert_eq!(bench.read("prefs.js"), FIXED);
    drop(client);
    bench.store.restore(None, false, at(1)).unwrap();
    assert_eq!(bench.read("prefs.js"), PREFS);
}

#[test]
fn the_lock_counts_beside_the_link_too() {
    let bench = Bench::new(&[(".parentlock", "")]);
    let real = bench.folder.path().join("dotfiles.js");
    fs::write(&real, PREFS).unwrap();
    symlink(&real, bench.path("prefs.js")).unwrap();
    let _client = Client::holding(&bench.path(".parentlock"));
    assert!(matches!(bench.refused(bench.plan(&[("prefs.js", FIXED)])), WriteError::Running { .. }));
}

#[test]
fn another_mailcfg_that_writes_is_not_disturbed() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    bench.apply(&[]);
    let _other = Client::holding(&bench.store.root().join("lock"));
    let refused = bench.store.apply(&[bench.plan(&[("prefs.js", FIXED)])], "fix", at(0));
    assert!(matches!(refused, Err(WriteError::Busy { pid: Some(_) })));
    assert_eq!(bench.read("prefs.js"), PREFS);
}
