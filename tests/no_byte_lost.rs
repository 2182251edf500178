//! What is written stays whole: no report takes the place of a file that was checked, none destroys a former one, two never meet in one
//! file, and what could not be written is said with its true cause.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

struct Bench(TempDir);

impl Bench {
    /// A folder with a copy of a profile that has something to mend under each of these names.
    fn new(files: &[&str]) -> Self {
        let bench = Self(tempfile::tempdir().unwrap());
        for file in files {
            bench.write(file, &fs::read(fixture()).unwrap());
        }
        bench
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join("work").join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.at(name)).unwrap()
    }

    fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        let home = self.0.path().join("home");
        command.current_dir(self.at("")).args(args).stdin(Stdio::null());
        command.env("HOME", &home).env("XDG_DATA_HOME", home.join("data")).env_remove("XDG_CONFIG_HOME");
        command.env("LC_ALL", "C").env("NO_COLOR", "1").env("COLUMNS", "400");
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let args = [&["--today", "2026-11-24"], args].concat();
        parts(&self.command(env!("CARGO_BIN_EXE_mailcfg"), &args).output().unwrap())
    }
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/thunderbird/crlf/prefs.js")
}

fn parts(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[cfg(unix)]
#[test]
fn a_report_is_not_written_through_any_link_to_a_checked_file() {
    let bench = Bench::new(&["p/prefs.js"]);
    let before = bench.read("p/prefs.js");
    fs::hard_link(bench.at("p/prefs.js"), bench.at("hard.txt")).unwrap();
    std::os::unix::fs::symlink("p/prefs.js", bench.at("soft.txt")).unwrap();
    for file in ["hard.txt", "soft.txt", "txt:p/prefs.js"] {
        let (code, _, said) = bench.run(&["lint", "--output", &file.replace("txt:", "text:"), "p"]);
        assert_eq!(code, 2, "{file}: {said}");
        assert!(said.contains("is one of the files that were checked"), "{said}");
        assert_eq!(bench.read("p/prefs.js"), before);
    }
}

/// The limit on the size of a file stands for a full disk: both are met in the middle of writing.
#[cfg(unix)]
#[test]
fn a_former_report_outlives_one_that_cannot_be_written() {
    let bench = Bench::new(&["p/prefs.js"]);
    bench.write("r.html", b"the former one");
    let program = env!("CARGO_BIN_EXE_mailcfg");
    let script = format!("trap '' XFSZ; ulimit -f 1; exec '{program}' lint --output r.html p");
    let (code, _, said) = parts(&bench.command("sh", &["-c", &script]).output().unwrap());
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("r.html cannot be written: ") && !said.contains(".tmp"), "{said}");
    assert_eq!(bench.read("r.html"), b"the former one");
    assert_eq!(fs::read_dir(bench.at("")).unwrap().count(), 2, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_report_goes_to_a_pipe_as_well() {
    let bench = Bench::new(&["p/prefs.js"]);
    let (code, shown, said) = bench.run(&["lint", "--output", "json:/dev/stdout", "p"]);
    assert!(code < 2, "{said}");
    assert!(shown.contains("\"schema\": 1") && shown.contains("error["), "both reports: {shown}");
}

#[test]
fn two_reports_never_meet_in_one_file() {
    let bench = Bench::new(&["p/prefs.js"]);
    for there in [false, true] {
        if there {
            bench.write("a.sarif", b"former");
        }
        let (code, _, said) = bench.run(&["lint", "--output", "a.sarif", "--output", "junit:./a.sarif", "p"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("is named for two reports"), "{said}");
        assert!(!bench.at("a.sarif").exists() || bench.read("a.sarif") == b"former");
    }
    assert!(bench.run(&["lint", "--output", "b.sarif", "--output", "b.xml", "p"]).0 < 2);
}

#[test]
fn two_copies_of_one_name_do_not_meet_in_one_folder() {
    let bench = Bench::new(&["x/prefs.js", "y/prefs.js"]);
    let (code, shown, _) = bench.run(&["fix", "--output", "out", "x/prefs.js", "y/prefs.js"]);
    assert_eq!(code, 2, "{shown}");
    assert!(shown.contains("not written: the copy of x/prefs.js has the same name there"), "{shown}");
    assert!(shown.contains(" in 1 file;"), "only what was written counts: {shown}");
    let (code, shown, _) = bench.run(&["fix", "--output", "all", "."]);
    assert!(code < 2 && bench.at("all/x/prefs.js").exists() && bench.at("all/y/prefs.js").exists(), "{shown}");
}

#[test]
fn a_write_protected_file_is_left_alone() {
    let bench = Bench::new(&["p/prefs.js"]);
    let before = bench.read("p/prefs.js");
    let mut permissions = fs::metadata(bench.at("p/prefs.js")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(bench.at("p/prefs.js"), permissions).unwrap();
    let (code, shown, _) = bench.run(&["fix", "--apply", "p"]);
    assert_eq!(code, 2, "{shown}");
    assert!(shown.contains("prefs.js is write-protected and is left alone"), "{shown}");
    assert!(shown.contains("not mended:") && shown.contains("Nothing was mended"), "{shown}");
    assert!(!shown.contains("Next:"), "the same command would fail again: {shown}");
    assert_eq!(bench.read("p/prefs.js"), before);
}

#[cfg(unix)]
#[test]
fn other_names_of_a_file_are_told_before_and_after() {
    let bench = Bench::new(&["p/prefs.js"]);
    let before = bench.read("p/prefs.js");
    fs::hard_link(bench.at("p/prefs.js"), bench.at("dotfile")).unwrap();
    for args in [&["fix", "p"][..], &["fix", "--apply", "p"]] {
        let (_, _, said) = bench.run(args);
        assert!(said.contains("p/prefs.js has other names (hard links)"), "{said}");
    }
    assert_ne!(bench.read("p/prefs.js"), before);
    assert_eq!(bench.read("dotfile"), before);
    let (_, _, said) = bench.run(&["fix", "--apply", "--unsafe", "p"]);
    assert!(!said.contains("other names"), "now they are two files: {said}");
}

/// Nobody is refused anything where root runs the tests.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_was_found() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new(&["p/prefs.js"]);
    fs::set_permissions(bench.at("p/prefs.js"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(bench.at("p/prefs.js")).is_ok() {
        return;
    }
    let (code, shown, said) = bench.run(&["lint", "--format", "json", "p"]);
    assert_eq!(code, 2);
    assert!(!said.contains("no mail configuration was found"), "{said}");
    let report: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        (&report["files"][0]["client"], &report["files"][0]["status"]),
        (&"thunderbird".into(), &"unreadable".into())
    );
}

#[test]
fn a_wiped_profile_is_told_as_what_it_is() {
    let whole = fs::read(fixture()).unwrap();
    let cut = [&whole[..], b"user_pr"].concat();
    let wide: Vec<u8> = whole.iter().flat_map(|byte| [*byte, 0]).collect();
    let all = "every setting is lost";
    for (bytes, expected) in [
        (vec![0; 3_000], all),
        (Vec::new(), all),
        (b"\n\n".to_vec(), all),
        (wide, all),
        (cut, "ends in the middle of a setting"),
    ] {
        let bench = Bench::new(&[]);
        bench.write("prefs.js", &bytes);
        let (code, shown, _) = bench.run(&["lint", "prefs.js"]);
        assert_eq!(code, 1, "{shown}");
        assert!(shown.contains("error[syntax-error]") && shown.contains(expected), "{shown}");
        assert!(!shown.contains("no mail setting is lost"), "{shown}");
    }
    let bench = Bench::new(&[]);
    bench.write("prefs.js", &[&whole[..], &[0; 64]].concat());
    let (_, shown, _) = bench.run(&["lint", "prefs.js"]);
    assert!(shown.contains("warning[syntax-error]") && shown.contains("what stood here is lost"), "{shown}");
}

#[test]
fn what_comes_next_is_said_once() {
    let bench = Bench::new(&["a/prefs.js", "b/prefs.js", "c/prefs.js"]);
    let (_, shown, _) = bench.run(&["fix", "--apply", "."]);
    let next = shown.split("What happens next:").nth(1).unwrap();
    let mut lines: Vec<&str> = next.lines().filter(|line| !line.trim().is_empty()).collect();
    let count = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), count, "{shown}");
}

#[test]
fn provider_files_that_are_not_there_are_told_with_their_line() {
    let bench = Bench::new(&["p/prefs.js"]);
    bench.write("mailcfg.toml", b"select = [\"security\"]\n\n[providers]\npath = \"nope\"\n");
    let (code, _, said) = bench.run(&["lint", "p"]);
    assert_eq!(code, 2);
    assert!(said.contains("mailcfg.toml:4:8") && said.contains("[unread-providers]"), "{said}");
    assert!(said.contains("nope cannot be read: there is no such file or folder"), "{said}");
}

#[test]
fn a_repository_without_a_commit_is_told_as_that() {
    let bench = Bench::new(&["p/prefs.js"]);
    let git = |args: &[&str]| bench.command("git", args).output().unwrap();
    assert!(git(&["init", "-q"]).status.success());
    let (code, _, said) = bench.run(&["lint", "--changed-since", "HEAD", "."]);
    assert_eq!(code, 2);
    assert!(said.contains("has no commit yet"), "{said}");
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.jp"];
    assert!(git(&[&identity[..], &["commit", "-q", "--allow-empty", "-m", "x"]].concat()).status.success());
    let (_, _, said) = bench.run(&["lint", "--changed-since", "mian", "."]);
    assert!(said.contains("git knows no commit, branch or tag mian") && !said.contains("shallow"), "{said}");
}
