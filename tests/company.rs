//! A company's own provider files and its `mailcfg.toml`: `--profiles`, `mailcfg profiles check`, `[providers]`, through the program.

#![expect(clippy::unwrap_used, reason = "the lint knows test functions, not what they call")]

mod program;

use std::fs;
use std::path::Path;
use std::process::Output;

use mailcfg::date::Date;
use mailcfg::finding::{Finding, Severity};
use mailcfg::provider::{ProviderFile, check};
use program::program;
use tempfile::TempDir;

const COMPANY: &str = r#"name = "Example Corp"
domains = ["example.co.jp"]
allowed-hosts = ["relay.example.co.jp", "*.vpn.example.co.jp"]
checked = 2026-11-01
confidence = "high"
sources = ["https://intranet.example.co.jp/mail"]

[password]
kind = "company"

[[server]]
protocol = "imap"
host = "imap.example.co.jp"
port = 993
security = "tls"
status = "preferred"
authentication = ["password"]
username = ["full-address"]

[[server]]
protocol = "smtp"
host = "smtp.example.co.jp"
port = 465
security = "tls"
status = "preferred"
authentication = ["password"]
username = ["full-address"]
"#;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A mailbox that sends through `smtp_host` on port 25 without encryption.
fn prefs(imap_host: &str, smtp_host: &str) -> String {
    format!(
        r#"// Mozilla User Preferences
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.identity.id1.fullName", "Yamada Taro");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.identity.id1.useremail", "taro@example.co.jp");
user_pref("mail.identity.id1.valid", true);
user_pref("mail.server.server1.directory-rel", "[ProfD]ImapMail/{imap_host}");
user_pref("mail.server.server1.hostname", "{imap_host}");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "taro@example.co.jp");
user_pref("mail.smtpserver.smtp1.authMethod", 3);
user_pref("mail.smtpserver.smtp1.hostname", "{smtp_host}");
user_pref("mail.smtpserver.smtp1.port", 25);
user_pref("mail.smtpserver.smtp1.try_ssl", 0);
user_pref("mail.smtpserver.smtp1.username", "taro@example.co.jp");
user_pref("mail.smtpservers", "smtp1");
user_pref("mail.smtp.defaultserver", "smtp1");
"#
    )
}

fn run(args: &[&str]) -> Output {
    let home = folder(&[]);
    program(home.path()).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn path(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

/// The rules that fire, with the company's files or without.
fn rules(imap_host: &str, smtp_host: &str, profiles: Option<&Path>) -> Vec<String> {
    let mailbox = folder(&[("prefs.js", &prefs(imap_host, smtp_host))]);
    let mut args = vec!["lint", "--format", "json", path(mailbox.path())];
    if let Some(profiles) = profiles {
        args.extend(["--profiles", path(profiles)]);
    }
    let report: serde_json::Value = serde_json::from_slice(&run(&args).stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut rules: Vec<String> = findings.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
    rules.sort();
    rules
}

#[test]
fn a_host_that_the_company_allows_is_never_judged() {
    let company = folder(&[("example-corp.toml", COMPANY)]);
    for relay in ["relay.example.co.jp", "mail.vpn.example.co.jp"] {
        let without = rules("imap.example.co.jp", relay, None);
        assert!(without.iter().any(|rule| rule != "unknown-provider"), "{without:?}");
        let mut with = rules("imap.example.co.jp", relay, Some(company.path()));
        // Which password it wants is worth saying of any account.
        with.retain(|rule| rule != "password-kind");
        assert_eq!(with, [""; 0], "{relay}");
    }
    let elsewhere = rules("imap.example.co.jp", "relay.example.org", Some(company.path()));
    assert!(!elsewhere.is_empty(), "a host that nobody allowed");
}

#[test]
fn the_company_outranks_what_is_built_in() {
    let gmail = COMPANY.replace("example.co.jp\"]\nallowed", "example.co.jp\", \"gmail.com\"]\nallowed");
    let company = folder(&[("example-corp.toml", &gmail)]);
    let shown = run(&["show", "taro@gmail.com", "--profiles", path(company.path())]);
    assert!(text(&shown.stdout).contains("imap.example.co.jp"), "{}", text(&shown.stdout));
    assert_eq!(shown.status.code(), Some(0));
    let listed = text(&run(&["list", "providers", "--profiles", path(company.path())]).stdout);
    assert!(listed.lines().nth(1).unwrap().starts_with("example-corp"), "{listed}");
}

#[test]
fn a_bad_file_is_left_out_and_said_to_be_so() {
    let bad = COMPANY.replace("security = \"tls\"", "security = \"ssl\"").replace("port = 465", "port = \"465\"");
    let company = folder(&[("bad.toml", &bad), ("good.toml", COMPANY)]);
    let shown = run(&["show", "taro@example.co.jp", "--profiles", path(company.path())]);
    let complaint = text(&shown.stderr);
    assert_eq!(shown.status.code(), Some(2), "{complaint}");
    assert!(text(&shown.stdout).contains("imap.example.co.jp"));
    for part in
        ["bad.toml:15:12", "did you mean", "tls", "bad.toml:23:8", "port is a number from 1 to 65535", "left out"]
    {
        assert!(complaint.contains(part), "{part} is not in\n{complaint}");
    }
}

#[test]
fn nothing_is_written_while_a_file_of_the_company_is_bad() {
    let company = folder(&[("bad.toml", "name = ")]);
    let mailbox = folder(&[("prefs.js", &prefs("imap.gmail.com", "smtp.gmail.com"))]);
    let before = fs::read(mailbox.path().join("prefs.js")).unwrap();
    let fixed = run(&["fix", "--apply", "--unsafe", path(mailbox.path()), "--profiles", path(company.path())]);
    assert_eq!(fixed.status.code(), Some(2));
    assert!(text(&fixed.stderr).contains("nothing is written"), "{}", text(&fixed.stderr));
    assert_eq!(fs::read(mailbox.path().join("prefs.js")).unwrap(), before);
}

#[test]
fn a_folder_that_is_none_is_said_to_be_none() {
    let empty = TempDir::new().unwrap();
    for (folder, part) in [(path(empty.path()), "no provider file"), ("/does/not/exist", "cannot be read")] {
        let shown = run(&["show", "gmail.com", "--profiles", folder]);
        assert_eq!(shown.status.code(), Some(2));
        assert!(text(&shown.stderr).contains(part), "{}", text(&shown.stderr));
    }
}

#[test]
fn check_says_file_line_and_column() {
    let wrong =
        COMPANY.replace("port = 993", "port = 995").replace("domains = [\"example.co.jp", "domains = [\"*.co.jp");
    let company = folder(&[("a.toml", &wrong), ("b.toml", "nmae = 1\n"), ("c.toml", COMPANY)]);
    let checked = run(&["profiles", "check", path(company.path())]);
    let out = text(&checked.stdout);
    assert_eq!(checked.status.code(), Some(1), "{out}");
    for part in
        ["a.toml:14:8", "error[impossible-port]", "b.toml:1:1", "error[unknown-key]", "Checked 3 provider files"]
    {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    let good = folder(&[("c.toml", COMPANY)]);
    let checked = run(&["profiles", "check", path(good.path())]);
    assert_eq!(
        (checked.status.code(), text(&checked.stdout).as_str()),
        (Some(0), "Checked 1 provider file: nothing to report.\n")
    );
}

#[test]
fn a_huge_or_binary_file_is_a_message_and_no_hang() {
    let company = folder(&[("text.toml", &"a = [\n".repeat(2 << 20))]);
    fs::write(company.path().join("binary.toml"), vec![0x9f; 10 << 20]).unwrap();
    fs::write(company.path().join("small.toml"), [0, 159, 146, 150]).unwrap();
    fs::write(company.path().join("nested.toml"), format!("a = {}", "[".repeat(900_000))).unwrap();
    let started = std::time::Instant::now();
    let checked = run(&["profiles", "check", path(company.path())]);
    let out = text(&checked.stdout);
    assert_eq!(checked.status.code(), Some(1), "{out}{}", text(&checked.stderr));
    assert!(out.contains("too-large") && out.contains("not-text") && out.contains("toml-syntax"), "{out}");
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn the_embedded_files_have_no_error() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let texts: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let ids = paths.iter().map(|path| path.file_stem().unwrap().to_str().unwrap());
    let files: Vec<ProviderFile<'_>> = ids.zip(&texts).map(|(id, bytes)| ProviderFile { id, bytes }).collect();
    let told = |finding: &Finding| format!("{}: {}", paths[finding.document].display(), finding.message);
    // The day on which most were checked: growing old is no fault of the build.
    let findings = check(&files, Date::new(2026, 11, 24));
    let errors: Vec<String> = findings.iter().filter(|finding| finding.severity == Severity::Error).map(told).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn each_project_has_its_own_providers_and_policy() {
    let work = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = work.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mailbox = prefs("imap.example.co.jp", "relay.example.co.jp");
    for project in ["one/a/prefs.js", "two/b/prefs.js", "three/prefs.js"] {
        write(project, &mailbox);
    }
    write("one/own/example-corp.toml", COMPANY);
    write("one/mailcfg.toml", "fail-on = \"never\"\n[providers]\npath = \"own\"\n");
    write("two/mailcfg.toml", "[providers]\nallowed-hosts = [\"*.example.co.jp\"]\n[policy]\nforbid-pop = true\n");
    let run = |args: &[&str]| run(&[&["lint", "--format", "json", path(work.path())], args].concat());
    let rules = |output: &Output, project: &str| -> Vec<String> {
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let own = findings.filter(|finding| finding["path"].as_str().unwrap().contains(project));
        // The three are one mailbox; only the later ones say so.
        let rules = own.map(|finding| finding["rule"].as_str().unwrap().to_owned());
        rules.filter(|rule| rule != "duplicate-account").collect()
    };
    let output = run(&[]);
    assert_eq!(rules(&output, "/one/"), ["password-kind"], "{}", text(&output.stderr));
    let (two, three) = (rules(&output, "/two/"), rules(&output, "/three/"));
    assert!(
        !two.contains(&"no-encryption".to_owned()) && three.contains(&"no-encryption".to_owned()),
        "{two:?} {three:?}"
    );
    assert_eq!(text(&output.stderr).matches("settings from ").count(), 2, "{}", text(&output.stderr));
    // Without them all three are the same, and so they are under one that the command line names.
    let none = run(&["--no-config"]);
    assert_eq!(rules(&none, "/one/"), rules(&none, "/three/"));
    let named = work.path().join("two/mailcfg.toml");
    let one = run(&["--config", path(&named)]);
    assert_eq!((rules(&one, "/one/"), text(&one.stderr).as_str()), (rules(&one, "/three/"), ""));
}

#[test]
fn a_bad_provider_file_of_a_project_keeps_fix_from_writing() {
    let work = folder(&[
        ("prefs.js", &prefs("imap.gmail.com", "smtp.gmail.com")),
        ("mailcfg.toml", "[providers]\npath = \"own\"\n"),
    ]);
    let linted = run(&["lint", path(work.path())]);
    assert_eq!(linted.status.code(), Some(2), "a folder that is not there");
    fs::create_dir(work.path().join("own")).unwrap();
    fs::write(work.path().join("own/bad.toml"), "name = ").unwrap();
    let before = fs::read(work.path().join("prefs.js")).unwrap();
    let fixed = run(&["fix", "--apply", "--unsafe", path(work.path())]);
    assert_eq!(fixed.status.code(), Some(2));
    assert!(text(&fixed.stderr).contains("nothing is written"), "{}", text(&fixed.stderr));
    assert_eq!(fs::read(work.path().join("prefs.js")).unwrap(), before);
}

#[test]
fn an_idle_entry_is_said_only_in_a_run_over_everything() {
    let entry = "[[ignore]]\nrule = \"smtp-port-25\"\naccount = \"hanako@example.co.jp\"\nreason = \"the scanner\"\n";
    let work = folder(&[("prefs.js", &prefs("imap.example.co.jp", "smtp.example.co.jp")), ("mailcfg.toml", entry)]);
    let says = |args: &[&str]| text(&run(&[&["lint"], args].concat()).stdout).contains("unused-suppression");
    assert!(says(&[path(work.path())]));
    assert!(!says(&[path(&work.path().join("prefs.js"))]));
    assert!(!says(&["--client", "thunderbird", path(work.path())]));
}

#[cfg(unix)]
#[test]
fn a_users_own_file_holds_where_there_is_no_other() {
    let home = folder(&[]);
    // Where `dirs` looks: below XDG_CONFIG_HOME on Linux, below HOME on macOS.
    for place in ["config/mailcfg", "Library/Application Support/mailcfg"] {
        fs::create_dir_all(home.path().join(place)).unwrap();
        fs::write(home.path().join(place).join("mailcfg.toml"), "[policy]\nrequire-implicit-tls = true\n").unwrap();
    }
    let work = folder(&[("prefs.js", &prefs("imap.example.co.jp", "smtp.example.co.jp"))]);
    let says = |args: &[&str]| {
        let mut command = program(home.path());
        command.args(["lint", path(work.path())]).args(args).env("XDG_CONFIG_HOME", home.path().join("config"));
        text(&command.output().unwrap().stdout).contains("no-implicit-tls")
    };
    assert!(says(&[]) && !says(&["--no-config"]));
    fs::write(work.path().join("mailcfg.toml"), "").unwrap();
    assert!(!says(&[]), "the nearest one holds alone");
}
