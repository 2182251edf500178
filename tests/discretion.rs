//! What people write beside their mail settings gives no password away either, and is not written over: `mailcfg.toml`, provider
//! files, baselines, comments, files to import, and whatever was named in their place by mistake.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod program;

use std::fs;
use std::path::Path;
use std::process::Output;

use mailcfg::config;
use mailcfg::source::Source;
use mailcfg::strict_toml::secrets;
use mailcfg::suppression::Baseline;
use program::program;
use proptest::prelude::*;

/// Letters only, so that no escaping changes it.
const MARKER: &str = "HunterTwoMarker";

/// A folder with one mailbox and these files.
fn bench(files: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/thunderbird/crlf/prefs.js");
    fs::copy(fixture, folder.path().join("prefs.js")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    program(folder).current_dir(folder).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned()).concat()
}

#[test]
fn no_file_of_ours_and_none_in_its_place_gives_a_password_away() {
    let m = MARKER;
    let lint: &[&str] = &["lint", "."];
    let check: &[&str] = &["profiles", "check", "own"];
    let baseline: &[&str] = &["lint", "--baseline", "known.json", "."];
    let import: &[&str] = &["profiles", "import", "mail.xml"];
    let cases: Vec<(&str, String, &[&str])> = vec![
        ("mailcfg.toml", format!("password = \"{m}\"\n"), lint),
        ("mailcfg.toml", format!("password = \"{m}\n"), lint),
        ("mailcfg.toml", format!("password = {m}\n"), lint),
        ("mailcfg.toml", format!("select = []\nselect = [] # password = {m}\n"), lint),
        ("mailcfg.toml", format!("[policy]\nsecret = '''\n{m}'''\n"), lint),
        (
            "mailcfg.toml",
            format!("[providers]\nallowed-hosts = [\"a\", 1, \"imaps://taro:{m}@mail.example.jp\"]\n"),
            lint,
        ),
        ("mailcfg.toml", format!("ignore = [{{ rule = \"host\", reason = \"x\", token = \"{m}\" }}]\n"), lint),
        ("own/x.toml", format!("name = \"X\"\npassword = \"{m}\"\n"), check),
        ("own/x.toml", format!("name = \"X\"\n[password]\napp-password = \"{m}\"\n"), check),
        ("own/x.toml", format!("name = \"X\"\n[password]\nkind = 1 # password = {m}\n"), check),
        ("known.json", format!("{{\"version\":1,\"findings\":\"{m}\"}}"), baseline),
        ("known.json", format!("{{\"version\":\"{m}\",\"findings\":[]}}"), baseline),
        ("known.json", format!("{{\"{m}\":1}}"), baseline),
        ("mail.xml", format!("<clientConfig><password>{m}</password></clientConfig>"), import),
        ("mail.xml", format!("<clientConfig><emailProvider><password>{m}</password>"), import),
        ("mail.xml", format!("<plist><dict><key>IncomingPassword</key><string>{m}</string></dict></plist>"), import),
        ("mail.xml", format!("user_pref(\"mail.server.server1.password\", \"{m}\");"), import),
    ];
    for (name, text, args) in cases {
        let folder = bench(&[(name, text.clone())]);
        for language in ["en", "ja"] {
            let output = run(folder.path(), &[&["--lang", language], args].concat());
            let said = said(&output);
            assert_ne!(output.status.code(), Some(0), "{text}\n{said}");
            assert!(!said.contains(m), "{text}\n{said}");
            assert!(said.contains(name), "what is wrong is said: {text}\n{said}");
        }
    }
}

/// A `mailcfg.toml` may come with files from somebody else.
#[test]
fn a_settings_file_cannot_have_other_files_quoted() {
    for name in ["notes.txt", "id_rsa", ".netrc"] {
        let files = [
            (name, format!("machine example.jp {MARKER}\n")),
            ("mailcfg.toml", format!("[providers]\npath = \"{name}\"\n")),
        ];
        let output = run(bench(&files).path(), &["lint", "."]);
        assert_eq!(output.status.code(), Some(2));
        assert!(!said(&output).contains(MARKER), "{}", said(&output));
        assert!(said(&output).contains("is no provider file"), "{}", said(&output));
    }
}

#[test]
fn a_baseline_is_written_over_a_baseline_only() {
    for text in [
        "",
        "notes\n",
        "{}",
        "{\"version\":1}",
        "{\"version\":1,\"findings\":[],\"of\":\"another program\"}",
        "{\"version\":2,\"findings\":[]}",
        "{\"version\":1,\"findings\":[]} and more",
    ] {
        let folder = bench(&[("known.json", text.to_owned())]);
        let output = run(folder.path(), &["lint", "--write-baseline", "known.json", "."]);
        assert_eq!(output.status.code(), Some(2), "{text}: {}", said(&output));
        assert_eq!(fs::read_to_string(folder.path().join("known.json")).unwrap(), text);
        assert!(said(&output).contains("is not replaced"), "{}", said(&output));
    }
    let folder = bench(&[("known.json", "{\"version\":1,\"findings\":[]}".to_owned())]);
    for _ in 0..2 {
        assert_eq!(run(folder.path(), &["lint", "--write-baseline", "known.json", "."]).status.code(), Some(0));
        assert_eq!(run(folder.path(), &["lint", "--baseline", "known.json", "."]).status.code(), Some(0));
    }
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!names.into_iter().any(|name| name.contains(".tmp")), "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_baseline_behind_a_link_is_replaced_where_it_is() {
    let folder = bench(&[("real/known.json", "{\"version\":1,\"findings\":[]}".to_owned())]);
    std::os::unix::fs::symlink("real/known.json", folder.path().join("known.json")).unwrap();
    assert_eq!(run(folder.path(), &["lint", "--write-baseline", "known.json", "."]).status.code(), Some(0));
    assert!(folder.path().join("known.json").is_symlink());
    assert!(fs::read_to_string(folder.path().join("real/known.json")).unwrap().contains("prefs.js"));
}

proptest! {
    #[test]
    fn a_password_in_a_settings_file_is_hidden_whatever_stands_around_it(
        before in "[ -~\n]{0,40}",
        name in "(smtp\\.|\")?(password|Passwort|secret|api_key|pwd2)\"?",
        sign in "[ \t]?=[ \t]?(\"|\"\"\"\n?|'|''')?",
        behind in "[ -~\n]{0,40}",
    ) {
        let text = format!("{before}\n{name}{sign}{MARKER}{behind}");
        let source = Source::new("mailcfg.toml", text.as_bytes());
        prop_assert!(!source.masked(&secrets(source.bytes())).text().contains(MARKER), "{}", text);
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let source = Source::new("mailcfg.toml", bytes.clone());
        prop_assert!(secrets(&bytes).iter().all(|span| span.end <= bytes.len()));
        let _ = source.masked(&secrets(&bytes));
        let _ = config::read(&source);
        let _ = Baseline::read(Path::new("known.json"), Path::new("/srv"), &bytes);
    }
}
