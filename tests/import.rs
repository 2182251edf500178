//! `mailcfg profiles import` through the program: what is written where, and that one bad file holds up no other.

#![expect(clippy::unwrap_used, reason = "the lint knows test functions, not what they call")]

mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use program::program;
use tempfile::TempDir;

const AUTOCONFIG: &str = r#"<?xml version="1.0"?>
<clientConfig version="1.1">
  <emailProvider id="example.co.jp">
    <domain>example.co.jp</domain>
    <displayName>Example Corp</displayName>
    <incomingServer type="imap">
      <hostname>imap.example.co.jp</hostname><port>993</port><socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.example.co.jp</hostname><port>465</port><socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>
    </outgoingServer>
    <documentation url="https://intranet.example.co.jp/mail"/>
  </emailProvider>
</clientConfig>
"#;

const EXPECTED: &str = r##"# Imported from config-v1.1.xml. Comments name what that file does not say.
name = "Example Corp"
domains = ["example.co.jp"]
# The day of the import. Set it anew when somebody has compared every value with the page that publishes it.
checked = 2026-11-24
# One file says so. Write "high" when the values are those of the page that publishes them.
confidence = "low"
sources = ["https://intranet.example.co.jp/mail"]

[password]
# Say which password it is: app-password, dedicated-mail-password, mail-account-password, login-password, company; and
# with get = { en = "…", ja = "…" } how people come by it.
kind = "unknown"

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
"##;

fn run(args: &[&str]) -> Output {
    let home = TempDir::new().unwrap();
    program(home.path()).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn put(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_file_becomes_a_provider_file_on_standard_output() {
    let folder = TempDir::new().unwrap();
    let file = put(folder.path(), "config-v1.1.xml", AUTOCONFIG);
    let made = run(&["profiles", "import", &file]);
    assert_eq!((text(&made.stdout).as_str(), text(&made.stderr).as_str()), (EXPECTED, ""));
    assert_eq!(made.status.code(), Some(0));
    let utf16: Vec<u8> = format!("\u{feff}{AUTOCONFIG}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = put(folder.path(), "config-v1.1.xml", utf16);
    assert_eq!(text(&run(&["profiles", "import", &file]).stdout), EXPECTED);
}

#[test]
fn standard_input_is_a_file_too() {
    let home = TempDir::new().unwrap();
    let mut command = program(home.path());
    command.args(["profiles", "import", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(AUTOCONFIG.as_bytes()).unwrap();
    let made = child.wait_with_output().unwrap();
    assert_eq!(text(&made.stdout), EXPECTED.replace("config-v1.1.xml", "stdin"));
}

#[test]
fn what_is_written_is_read_and_never_overwritten() {
    let folder = TempDir::new().unwrap();
    let file = put(folder.path(), "config-v1.1.xml", AUTOCONFIG);
    let out = folder.path().join("company");
    let args = ["profiles", "import", &file, "--output", out.to_str().unwrap()];
    let made = run(&args);
    let said = text(&made.stderr).replace('\n', " ");
    assert_eq!(made.status.code(), Some(0), "{said}");
    assert!(said.contains("wrote ") && said.contains("mailcfg profiles check"), "{said}");
    let written = out.join("example-co-jp.toml");
    assert_eq!(fs::read_to_string(&written).unwrap(), EXPECTED);
    assert_eq!(run(&args).status.code(), Some(0), "the same again");

    let shown = run(&["show", "taro@example.co.jp", "--profiles", out.to_str().unwrap()]);
    assert!(text(&shown.stdout).contains("imap.example.co.jp"));

    let kept = format!("{EXPECTED}# by hand\n");
    fs::write(&written, &kept).unwrap();
    let refused = run(&args);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    assert_eq!(fs::read_to_string(&written).unwrap(), kept);
}

#[test]
fn a_bad_file_is_named_and_the_others_are_done() {
    let folder = TempDir::new().unwrap();
    let good = put(folder.path(), "good.xml", AUTOCONFIG);
    let bad = [
        put(folder.path(), "cut.xml", AUTOCONFIG.split_at(400).0),
        put(folder.path(), "other.xml", "<plist/>"),
        put(folder.path(), "binary.xml", [0, 159, 146, 150]),
        put(folder.path(), "huge.xml", "<a>".repeat(4 << 20)),
        put(folder.path(), "empty.xml", ""),
        folder.path().join("absent.xml").to_str().unwrap().to_owned(),
        folder.path().to_str().unwrap().to_owned(),
    ];
    let out = folder.path().join("company");
    let mut args = vec!["profiles", "import", "--output", out.to_str().unwrap()];
    args.extend(bad.iter().map(String::as_str));
    args.push(&good);
    let made = run(&args);
    let said = text(&made.stderr);
    assert_eq!(made.status.code(), Some(2), "{said}");
    assert!(out.join("example-co-jp.toml").exists(), "{said}");
    for part in ["cut.xml:9:5", "error[broken-xml]", "other.xml:1:1", "error[unknown-format]", "help:"] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    for name in ["binary.xml", "huge.xml", "empty.xml", "absent.xml"] {
        assert!(said.contains(name), "{name} is not in\n{said}");
    }
}

#[test]
fn several_files_need_a_folder() {
    let made = run(&["profiles", "import", "a.xml", "b.xml"]);
    assert_eq!(made.status.code(), Some(2));
    assert!(text(&made.stderr).contains("--output DIR"), "{}", text(&made.stderr));
}

#[test]
fn a_password_in_the_file_is_never_shown() {
    let folder = TempDir::new().unwrap();
    let with = AUTOCONFIG.replacen("</username>", "</username><password>hunter2!</password>", 1);
    let good = put(folder.path(), "good.xml", &with);
    let broken = put(folder.path(), "broken.xml", with.replace("hunter2!</password>", "hunter2!</passwrod>"));
    let no_host = put(folder.path(), "no-host.xml", with.replace(".example.co.jp</hostname>", "[]</hostname>"));
    let out = folder.path().join("company");
    let made = run(&["profiles", "import", &good, &broken, &no_host, "--output", out.to_str().unwrap()]);
    let said = text(&made.stdout) + &text(&made.stderr);
    assert!(said.contains("broken-xml") && said.contains("no-server"), "{said}");
    let written = fs::read_to_string(out.join("example-co-jp.toml")).unwrap();
    assert!(!said.contains("hunter2") && !written.contains("hunter2"), "{said}{written}");
}
