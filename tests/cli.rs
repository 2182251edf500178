//! The program as people and scripts use it: what it prints, what it writes, how it ends.
//!
//! What is printed is in `tests/cmd/*.toml`; `TRYCMD=overwrite cargo test --test cli` writes it anew. Here is what takes more
//! than one call or another program.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
#[cfg(unix)]
use std::time::{Duration, Instant};

use program::program;
use tempfile::TempDir;

/// A folder with a copy of a fixture, and a home of its own.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new(fixture: &str) -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(bench.folder.path().join("home")).unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture), &bench.work());
        bench
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program(&self.folder.path().join("home"));
        command.current_dir(self.work()).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn lint(&self) -> serde_json::Value {
        serde_json::from_slice(&self.run(&["lint", "--format", "json", "."]).stdout).unwrap()
    }

    /// Every file and what it holds.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.work()).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(self.work()).unwrap().to_path_buf();
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        files
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn commands() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap().to_owned();
    let cases = trycmd::TestCases::new();
    cases
        .env("HOME", &path)
        .env("XDG_DATA_HOME", format!("{path}/data"))
        .env("XDG_CONFIG_HOME", format!("{path}/config"));
    cases.env("LC_ALL", "C").env("NO_COLOR", "1").env("COLUMNS", "80").env("CLICOLOR_FORCE", "");
    cases.insert_var("[HOME]", path).unwrap();
    cases.case("tests/cmd/*.toml");
    cases.case("tests/cmd/*.trycmd");
}

#[test]
fn apply_mends_and_a_second_run_changes_nothing_and_restore_brings_every_byte_back() {
    let bench = Bench::new("demo");
    let before = bench.files();
    let safe = |report: &serde_json::Value| report["summary"]["fixable"].as_u64().unwrap();
    assert!(safe(&bench.lint()) >= 7);

    let first = bench.run(&["fix", "--apply", "."]);
    assert_eq!(code(&first), 1, "what is not safe to mend is left: {}", stderr(&first));
    let mended = bench.files();
    let changed: Vec<&PathBuf> = before.keys().filter(|name| mended[*name] != before[*name]).collect();
    let expected =
        ["apple-mail/Accounts.plist", "profile/company-mail.mobileconfig", "thunderbird/prefs.js"].map(PathBuf::from);
    assert_eq!(changed, expected.iter().collect::<Vec<_>>());
    assert_eq!(mended.len(), before.len(), "no file beside them");

    let report = bench.lint();
    assert_eq!(safe(&report), 0, "{report:#}");
    let second = bench.run(&["fix", "--apply", "."]);
    assert_eq!(bench.files(), mended);
    let says_undo = |output: &Output| stdout(output).contains("Undo: mailcfg restore");
    assert!(says_undo(&first) && !says_undo(&second), "a run that writes nothing is no run: {}", stdout(&second));

    let list = stdout(&bench.run(&["restore", "--list"]));
    let restored = bench.run(&["restore", list.split_whitespace().next().unwrap()]);
    assert_eq!(code(&restored), 0, "{}", stderr(&restored));
    assert_eq!(bench.files(), before);
    let again = bench.run(&["restore"]);
    assert_eq!(code(&again), 2, "nothing is left to undo: {}", stdout(&again));
}

#[test]
fn apply_ends_with_what_the_programs_will_ask_and_a_diff_does_not() {
    let bench = Bench::new("demo");
    let shown = bench.run(&["fix", "."]);
    assert!(!stderr(&shown).contains("What happens next:"), "{}", stderr(&shown));
    let said = stdout(&bench.run(&["fix", "--apply", "."]));
    let (_, next) = said.split_once("\n\nWhat happens next:\n").unwrap();
    let next = next.replace("\n    ", " ");
    assert!(next.contains("  Thunderbird opens a window in which you sign in to smtp.gmail.com, unless"), "{next}");
    assert!(next.contains("  Install the profile again: "), "{next}");
    assert!(!next.contains("imap.gmail.com"), "its password stays valid: {next}");
    let again = stdout(&bench.run(&["fix", "--apply", "."]));
    assert!(!again.contains("What happens next:"), "{again}");
}

#[test]
fn without_a_name_restore_undoes_the_latest_run() {
    let bench = Bench::new("demo");
    let before = bench.files();
    bench.run(&["fix", "--apply", "thunderbird"]);
    let between = bench.files();
    bench.run(&["fix", "--apply", "profile"]);
    assert_eq!(code(&bench.run(&["restore"])), 0);
    assert_eq!(bench.files(), between);
    assert_eq!(code(&bench.run(&["restore"])), 0);
    assert_eq!(bench.files(), before);
    let list = stdout(&bench.run(&["restore", "--list"]));
    assert_eq!(list.matches("undone").count(), 2, "{list}");
}

#[test]
fn the_diff_is_one_that_git_applies_to_the_same_end() {
    for fixture in ["demo", "thunderbird/crlf", "thunderbird/bom", "thunderbird/socket-type-1"] {
        let (patched, written) = (Bench::new(fixture), Bench::new(fixture));
        // A diff that holds a secret is for reading only; here the secret keeps away from what is mended.
        let level: &[&str] = if fixture == "demo" { &[] } else { &["--unsafe"] };
        let diff = patched.run(&[&["fix"], level, &["."]].concat());
        written.run(&[&["fix", "--apply"], level, &["."]].concat());
        assert!(diff.stdout.starts_with(b"--- a/"), "{fixture}: no diff");
        fs::write(patched.folder.path().join("fix.diff"), &diff.stdout).unwrap();
        let git = |args: &[&str]| {
            let output = Command::new("git").current_dir(patched.work()).args(args).output().unwrap();
            assert!(output.status.success(), "{fixture}: git {args:?}: {}", stderr(&output));
        };
        git(&["init", "--quiet"]);
        git(&["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "../fix.diff"]);
        fs::remove_dir_all(patched.work().join(".git")).unwrap();
        assert!(patched.files() == written.files(), "{fixture}: {}", String::from_utf8_lossy(&diff.stdout));
    }
}

#[test]
fn unsafe_changes_wait_for_the_flag() {
    let bench = Bench::new("demo");
    let holds = |word: &str| {
        let text = fs::read_to_string(bench.work().join("profile/company-mail.mobileconfig")).unwrap();
        text.contains(word)
    };
    bench.run(&["fix", "--apply", "profile"]);
    assert!(holds("not-a-real-password"));
    let applied = bench.run(&["fix", "--apply", "--unsafe", "profile/company-mail.mobileconfig"]);
    assert!(!holds("IncomingPassword</key>\n\t\t\t<string>"), "{}", stderr(&applied));
    assert!(!holds("not-a-real-password"));
    assert_eq!(code(&applied), 0, "nothing is left: {}", stdout(&applied));
}

#[test]
fn a_signed_profile_is_copied_without_its_signature_and_stays_as_it_is() {
    let bench = Bench::new("demo");
    let before = bench.files();
    let signed = "profile/sales-signed.mobileconfig";
    let output = bench.run(&["fix", "--output", "mended", signed]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut after = bench.files();
    let copy = after.remove(Path::new("mended/sales-signed.mobileconfig")).unwrap();
    assert_eq!(after, before);
    assert!(copy.starts_with(b"<?xml"), "the copy is the profile alone");
    assert!(plist::Value::from_reader_xml(copy.as_slice()).is_ok());
    let report = bench.run(&["lint", "--format", "json", "mended"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["summary"]["errors"], 0, "{report:#}");

    assert_eq!(code(&bench.run(&["fix", "--output", "mended", signed])), 0, "the same copy again is no fault");
    fs::write(bench.work().join("mended/sales-signed.mobileconfig"), "mine").unwrap();
    let refused = bench.run(&["fix", "--output", "mended", signed]);
    assert_eq!(code(&refused), 2);
    let kept = fs::read_to_string(bench.work().join("mended/sales-signed.mobileconfig")).unwrap();
    assert_eq!(kept, "mine", "{}", stderr(&refused));
}

/// What ends with 2 has done the rest of its job.
#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_said_to_be_unreadable_at_once() {
    let bench = Bench::new("thunderbird/crlf");
    let made = Command::new("mkfifo").arg(bench.work().join("pipe.mobileconfig")).status().unwrap();
    assert!(made.success());
    for path in ["pipe.mobileconfig", "/dev/null"] {
        let mut child = bench.command(&["lint", path, "prefs.js"]).stdout(Stdio::piped()).spawn().unwrap();
        let started = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if started.elapsed() > Duration::from_secs(20) {
                child.kill().unwrap();
                panic!("{path}: waits for somebody to write");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 2, "{path}");
        let text = stdout(&output);
        assert!(text.contains(&format!("unreadable: {path}: it cannot be read: it is not a regular file")), "{text}");
        assert!(text.contains("port-security-mismatch"), "{text}");
    }
    assert_eq!(code(&bench.run(&["lint", "."])), 1, "in a folder it is no file to judge");
}

#[test]
fn a_file_beyond_the_limit_is_said_to_be_left_out() {
    let bench = Bench::new("thunderbird/crlf");
    fs::File::create(bench.work().join("big.mobileconfig")).unwrap().set_len(65 << 20).unwrap();
    let output = bench.run(&["lint", "."]);
    assert_eq!(code(&output), 2);
    let text = stdout(&output).replace("\n  ", " ");
    assert!(text.contains("big.mobileconfig: it is larger than 64 MB, the most that is read"), "{text}");
    assert!(text.contains("port-security-mismatch"), "{text}");
}

/// Runs the program at a terminal of its own, with somebody who typed `answers` ahead. Gives its output, and what the terminal showed.
#[cfg(unix)]
fn at_terminal(mut command: Command, answers: &str) -> (Output, String) {
    use std::io::{Read, Write};
    use std::os::unix::ffi::OsStrExt;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap();
    let name = std::ffi::OsStr::from_bytes(name.as_bytes());
    let theirs = fs::File::options().read(true).write(true).open(name).unwrap();
    command.stdin(theirs.try_clone().unwrap()).stderr(theirs).stdout(Stdio::piped());
    let child = command.spawn().unwrap();
    // Holds the other end of the terminal open.
    drop(command);
    let mut ours = fs::File::from(ours);
    ours.write_all(answers.as_bytes()).unwrap();
    let mut shown = Vec::new();
    // Linux ends a terminal that nobody holds open with an error.
    let _ = ours.read_to_end(&mut shown);
    (child.wait_with_output().unwrap(), String::from_utf8_lossy(&shown).replace("\r\n", "\n"))
}

#[cfg(unix)]
#[test]
fn interactive_writes_what_was_said_yes_to_and_nothing_else() {
    let bench = Bench::new("demo");
    let before = bench.files();
    let (output, shown) = at_terminal(bench.command(&["fix", "--interactive", "thunderbird"]), "?\nn\ny\nq\n");
    let said = stdout(&output);
    assert_eq!(shown.matches("Make this change?").count(), 4, "{shown}");
    assert!(shown.contains("\n+user_pref(") && shown.contains("This change is safe."), "{shown}");
    assert_eq!((said.matches("  mended: ").count(), said.matches("not chosen").count() > 0), (1, true), "{said}");
    let mended = bench.files();
    let changed: Vec<&PathBuf> = before.keys().filter(|name| mended[*name] != before[*name]).collect();
    assert_eq!(changed, [Path::new("thunderbird/prefs.js")]);
    assert_eq!(code(&bench.run(&["restore"])), 0);
    assert_eq!(bench.files(), before, "there is a backup as after --apply");

    let (output, _) = at_terminal(bench.command(&["fix", "-i", "thunderbird"]), "y\ny\n\u{4}");
    assert!(stdout(&output).contains("2 mended"), "the end of the input means quit: {}", stdout(&output));
    bench.run(&["restore"]);
    let (output, _) = at_terminal(bench.command(&["fix", "-i", "."]), "q\n");
    assert!(stdout(&output).contains("Nothing was mended"), "{}", stdout(&output));
    assert_eq!(bench.files(), before);
}

#[test]
fn interactive_needs_somebody_to_ask() {
    let bench = Bench::new("demo");
    let before = bench.files();
    let output = bench.run(&["fix", "-i", "thunderbird"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--interactive asks questions and needs a terminal"), "{}", stderr(&output));
    assert_eq!(bench.files(), before);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let bench = Bench::new("demo");
    let mut child =
        bench.command(&["list", "providers"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""));
}

#[test]
fn a_file_that_changed_meanwhile_is_not_restored_over() {
    let bench = Bench::new("demo");
    bench.run(&["fix", "--apply", "thunderbird"]);
    let prefs = bench.work().join("thunderbird/prefs.js");
    let mut text = fs::read_to_string(&prefs).unwrap();
    text.push_str("user_pref(\"mail.spam.version\", 1);\n");
    fs::write(&prefs, &text).unwrap();
    let refused = bench.run(&["restore"]);
    assert_eq!(code(&refused), 2, "{}", stdout(&refused));
    assert_eq!(fs::read_to_string(&prefs).unwrap(), text);
    assert_eq!(code(&bench.run(&["restore", "--force"])), 0);
    assert!(!fs::read_to_string(&prefs).unwrap().contains("mail.spam.version"));
}
