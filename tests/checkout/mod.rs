//! A git repository of configuration profiles, made up for a test, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::program;

pub(crate) struct Checkout {
    folder: TempDir,
}

impl Checkout {
    pub(crate) fn new() -> Self {
        let checkout = Self { folder: tempfile::tempdir().unwrap() };
        for folder in [checkout.home(), checkout.root()] {
            fs::create_dir(folder).unwrap();
        }
        checkout.git(&["init", "--quiet", "--initial-branch=main"]);
        checkout
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root().join(name)).unwrap()
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        let person = ["-c", "user.name=Hanako", "-c", "user.email=hanako@example.jp", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.current_dir(self.root()).args(person).args(args);
        self.isolate(&mut command);
        let output = command.output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn commit(&self, what: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", what]);
    }

    /// The program in `folder` of the repository.
    pub(crate) fn command(&self, folder: &str, args: &[&str]) -> Command {
        let mut command = program(&self.home());
        command.current_dir(self.root().join(folder)).args(args).env("COLUMNS", "200");
        self.isolate(&mut command);
        command
    }

    pub(crate) fn run(&self, folder: &str, args: &[&str]) -> Said {
        Said::from(self.command(folder, args).output().unwrap())
    }

    /// No git configuration of whoever runs the tests, and no hook that runs them.
    fn isolate(&self, command: &mut Command) {
        for name in ["XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command.env("HOME", self.home()).env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C");
    }
}

/// What the program said, and how it ended.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    /// Rule and file of each finding of a JSON report.
    pub(crate) fn findings(&self) -> Vec<(String, String)> {
        let report: serde_json::Value = serde_json::from_str(&self.out).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let findings = report["findings"].as_array().unwrap().iter();
        findings.map(|finding| (text(&finding["rule"]), text(&finding["path"]))).collect()
    }
}

/// The profile of one mailbox, in which nothing is wrong.
pub(crate) fn good(person: &str) -> String {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mobileconfig/configurator/mail.mobileconfig");
    let number = person.bytes().fold(0u32, |sum, byte| (sum * 31 + u32::from(byte)) % 0xFFFF);
    let text = fs::read_to_string(fixture).unwrap();
    text.replace("taro@", &format!("{person}@")).replace("6B1F0001", &format!("6B1F{number:04X}"))
}

/// The same with an incoming server on 993 that is not encrypted.
pub(crate) fn bad(person: &str) -> String {
    good(person).replacen("<true/>", "<false/>", 1)
}
