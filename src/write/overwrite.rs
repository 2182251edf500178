//! Writes reports: over the former one if there is one, and to wherever people point, be it a pipe or a device.
//!
//! A report that cannot be written whole leaves the former one as it is. Where no file can be put in the place of another (a folder
//! in which the user may not write, a file that a container shares alone), the report is written into the file itself.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::atomic::folder_of;
use super::attributes;

/// Makes `bytes` what the file holds.
///
/// # Errors
/// What the system says; without the name of a temporary file.
pub fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        // A link to a file that does not exist yet is written through.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => None,
        Err(_) => return fs::write(path, bytes),
    };
    let is_replaceable = there.as_ref().is_none_or(Metadata::is_file);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if !is_replaceable || is_of_a_process(path) || is_of_a_process(&target) {
        return fs::write(path, bytes);
    }
    // Who may replace a file by way of its folder may still not be allowed to write to it.
    let old = there.map(|_| OpenOptions::new().write(true).open(&target)).transpose()?;
    let Some(new) = beside(&target, old.as_ref()) else { return fs::write(path, bytes) };
    replaced(new, &target, bytes).or_else(|error| match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => fs::write(path, bytes),
        _ => Err(error),
    })
}

/// `/dev/stdout` and its like may be regular files, into which other programs write too.
fn is_of_a_process(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder))
}

/// An empty file that can take the place of `target`; none where the folder takes none.
fn beside(target: &Path, old: Option<&File>) -> Option<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".mailcfg-").suffix(".tmp");
    // As any new file: the mask of the process takes its share.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let made = builder.tempfile_in(folder_of(target)).ok()?;
    old.is_none_or(|old| attributes::copy(old, made.as_file()).is_ok()).then_some(made)
}

fn replaced(mut new: NamedTempFile, target: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = new.as_file_mut();
    file.write_all(bytes)?;
    file.flush()?;
    new.persist(target).map(drop).map_err(|error| error.error)
}

/// Whether two paths lead to one file, through whatever links.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let metadata = |path| fs::metadata(path).ok();
    if cfg!(unix) {
        return metadata(one).zip(metadata(other)).is_some_and(|(one, other)| is_one_inode(&one, &other));
    }
    // Elsewhere the standard library tells no number of a file, so hard links are not seen.
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Whether a file has other names (hard links), which keep the old bytes when it is replaced.
pub fn has_other_names(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && names(&metadata) > 1)
}

#[cfg(unix)]
fn is_one_inode(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn is_one_inode(_: &Metadata, _: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_and_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.json");
        for text in ["first and longer", "second"] {
            overwrite(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        assert!(overwrite(&folder.path().join("no/r.json"), b"x").is_err());
        assert!(overwrite(folder.path(), b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
        fs::write(at("plain"), "").unwrap();
        overwrite(&at("new"), b"x").unwrap();
        assert_eq!(mode("new"), mode("plain"));
        fs::set_permissions(at("new"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("new", at("link")).unwrap();
        symlink("later", at("dangling")).unwrap();
        overwrite(&at("link"), b"y").unwrap();
        overwrite(&at("dangling"), b"z").unwrap();
        assert!(at("link").is_symlink() && at("dangling").is_symlink());
        assert_eq!((mode("new"), fs::read(at("new")).unwrap()), (0o640, b"y".to_vec()));
        assert_eq!(fs::read(at("later")).unwrap(), b"z");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_under_two_names_is_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "x").unwrap();
        fs::write(at("c"), "x").unwrap();
        assert!(!has_other_names(&at("a")));
        fs::hard_link(at("a"), at("b")).unwrap();
        std::os::unix::fs::symlink("a", at("s")).unwrap();
        assert!(has_other_names(&at("a")) && has_other_names(&at("b")) && !has_other_names(&at("c")));
        assert!(is_same_file(&at("a"), &at("b")) && is_same_file(&at("s"), &at("b")));
        assert!(!is_same_file(&at("a"), &at("c")) && !is_same_file(&at("a"), &at("none")));
    }
}
