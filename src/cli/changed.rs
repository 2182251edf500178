//! `--changed-since`: which files differ from a commit, asked of the program `git`.
//!
//! What counts is the text on the disk: committed since, staged, edited and new files are all changed, files that git ignores are
//! not. A commit on another branch stands for the point at which the two parted, so that what happened there meanwhile is not
//! taken for a change of ours. Nothing is written, not even git's own index.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::bail;
use mailcfg::finding::Message;
use mailcfg::message;

use super::terminal::{complain, told};

/// Where a caller such as a hook tells git to look; we ask about the repository in which the files lie.
const INHERITED: [&str; 6] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"];

/// What differs from a commit.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) since: String,
    /// Files, and folders that git knows only as a whole: repositories within the repository.
    paths: HashSet<PathBuf>,
}

/// A name for a commit; one that begins with `-` would be an option of git.
pub(super) fn revision(text: &str) -> Result<String, String> {
    match text {
        "" => Err(told(&message!("name a commit, a branch or a tag"))),
        _ if text.starts_with('-') => Err(told(&message!("no commit, branch or tag begins with a hyphen"))),
        _ => Ok(text.to_owned()),
    }
}

impl Changed {
    /// What changed since `revision` in the repositories in which `paths` lie.
    pub(super) fn since(revision: &str, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut changed = Self { since: revision.to_owned(), paths: HashSet::new() };
        let places: BTreeSet<PathBuf> = paths.iter().map(|path| likely_root(path)).collect();
        let roots = places.iter().map(|place| Repository::around(place)).collect::<anyhow::Result<BTreeSet<_>>>()?;
        for repository in roots {
            let base = repository.base(revision)?;
            changed.paths.extend(repository.changed(&base)?);
        }
        Ok(changed)
    }

    /// Whether `path` is among it.
    pub(super) fn has(&self, path: &Path) -> bool {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        path.ancestors().any(|above| self.paths.contains(above))
    }
}

/// The nearest folder above that holds a `.git`, so that git is asked once for each repository; else the folder of the path.
fn likely_root(path: &Path) -> PathBuf {
    let existing = path.ancestors().find(|above| above.is_dir()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(existing).unwrap_or_else(|_| existing.to_owned());
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    root.unwrap_or(&folder).to_owned()
}

/// A repository with its files beside it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Repository {
    root: PathBuf,
}

impl Repository {
    fn around(folder: &Path) -> anyhow::Result<Self> {
        let output = git(folder, &["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            bail!(message!(
                "--changed-since needs a git repository, and git does not take {folder} for a part of one: {reason}",
                folder = folder.display(),
                reason = complaint(&output)
            ));
        }
        let root = path_from(output.stdout.strip_suffix(b"\n").unwrap_or(&output.stdout));
        Ok(Self { root: fs::canonicalize(&root).unwrap_or(root) })
    }

    /// The commit to compare with: where this branch and `revision` parted.
    fn base(&self, revision: &str) -> anyhow::Result<String> {
        let commit = git(&self.root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        if !commit.status.success() {
            return Err(self.unknown(revision)?.into());
        }
        let commit = line(&commit);
        let parted = git(&self.root, &["merge-base", &commit, "HEAD"])?;
        if parted.status.success() {
            return Ok(line(&parted));
        }
        complain(&message!(
            "git knows no common ancestor of this branch and {revision}; files are compared with {revision} itself",
            revision = revision
        ));
        Ok(commit)
    }

    /// Why git does not know a commit.
    fn unknown(&self, revision: &str) -> anyhow::Result<Message> {
        let folder = self.root.display();
        let is_empty = !git(&self.root, &["rev-parse", "--verify", "--quiet", "HEAD"])?.status.success();
        let is_shallow = line(&git(&self.root, &["rev-parse", "--is-shallow-repository"])?) == "true";
        Ok(match (is_empty, is_shallow) {
            (true, _) => message!(
                "the branch in {folder} has no commit yet, so there is nothing to compare with",
                folder = folder
            ),
            (false, true) => message!(
                "git knows no commit {revision} in {folder}, which is a shallow clone; fetch the commit first",
                revision = revision,
                folder = folder
            ),
            (false, false) => message!(
                "git knows no commit, branch or tag {revision} in {folder}; check how it is written",
                revision = revision,
                folder = folder
            ),
        })
    }

    /// Paths that differ from `commit` and are there. A renamed file counts under its new name.
    fn changed(&self, commit: &str) -> anyhow::Result<Vec<PathBuf>> {
        let tracked = [
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--ignore-submodules=none",
            "--diff-filter=d",
            commit,
            "--",
        ];
        let mut paths = self.list(&tracked)?;
        paths.extend(self.list(&["ls-files", "--others", "--exclude-standard", "-z"])?);
        Ok(paths)
    }

    fn list(&self, args: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
        let output = git(&self.root, args)?;
        if !output.status.success() {
            bail!(message!("git cannot tell what changed: {reason}", reason = complaint(&output)));
        }
        let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        let paths = names.map(|name| self.root.join(path_from(name)));
        Ok(paths.map(|path| fs::canonicalize(&path).unwrap_or(path)).collect())
    }
}

/// Runs git in `folder`. A folder of somebody else's may name programs for git to start; none is needed here.
fn git(folder: &Path, args: &[&str]) -> anyhow::Result<Output> {
    let mut command = Command::new("git");
    INHERITED.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("GIT_OPTIONAL_LOCKS", "0").arg("-C").arg(folder).args(["-c", "core.fsmonitor=false"]).args(args);
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => message!("--changed-since asks the program git, which is not installed here").into(),
        _ => message!("git cannot be started: {reason}", reason = error).into(),
    })
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The first line of what git complains of.
fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned()
}

#[cfg(unix)]
fn path_from(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_from(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
