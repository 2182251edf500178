//! Files that are wrapped, encrypted, broken or no configuration at all: something true is said of each, a place in an export is a
//! place of the export, and no password gets out of one.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use program::program;
use serde_json::Value;
use tempfile::TempDir;

const SECRET: &str = "hunter2-hunter2";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn fixture(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// A profile with a wrong host and a password.
fn faulty() -> String {
    let plain = fixture("mobileconfig/configurator/mail.mobileconfig");
    let password = format!(
        "<key>IncomingPassword</key>\n\t\t\t<string>{SECRET}</string>\n\t\t\t<key>IncomingMailServerHostName</key>"
    );
    plain.replacen("<key>IncomingMailServerHostName</key>", &password, 1).replacen(
        "<integer>993</integer>",
        "<integer>99393</integer>",
        1,
    )
}

fn jamf(profile: &str) -> String {
    let text = profile.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\"?>\n<os_x_configuration_profile>\n<general>\n<payloads>{text}</payloads>\n</general>\n\
         </os_x_configuration_profile>\n"
    )
}

fn intune(profile: &str) -> String {
    let payload = STANDARD.encode(profile);
    format!("{{\n  \"@odata.type\": \"#microsoft.graph.iosCustomConfiguration\",\n  \"payload\": \"{payload}\"\n}}\n")
}

fn run(folder: &Path, args: &[&str]) -> Output {
    program(folder).current_dir(folder).args(args).output().unwrap()
}

fn json(folder: &Path) -> (Value, i32) {
    let output = run(folder, &["lint", "--format", "json", "."]);
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

fn of<'a>(list: &'a Value, name: &str) -> Vec<&'a Value> {
    let all = list.as_array().unwrap().iter();
    all.filter(|entry| entry["path"].as_str().unwrap().ends_with(name)).collect()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
    folder
}

#[test]
fn something_true_is_said_of_each_file_of_a_mixed_folder() {
    let copy = |name: &str| fs::read(root().join(name)).unwrap();
    let mixed = folder(&[
        ("good.mobileconfig", &copy("mobileconfig/configurator/mail.mobileconfig")),
        ("broken.mobileconfig", &copy("mobileconfig/raw-ampersand/mail.mobileconfig")),
        ("signed.mobileconfig", &copy("mobileconfig/signed-der/mail.mobileconfig")),
        ("encrypted.mobileconfig", &copy("mobileconfig/encrypted-whole/mail.mobileconfig")),
        ("template.mobileconfig", &copy("mobileconfig/template/mail.mobileconfig")),
        ("notes.txt", b"call Hanako"),
    ]);
    // Whoever runs the tests may read everything, so that only what is no file can stand for what is unreadable.
    #[cfg(unix)]
    std::os::unix::fs::symlink("unreadable.mobileconfig", mixed.path().join("unreadable.mobileconfig")).unwrap();
    let (report, code) = json(mixed.path());
    let status = |name: &str| of(&report["files"], name)[0]["status"].as_str().unwrap().to_owned();
    for (name, expected) in [
        ("good.mobileconfig", "checked"),
        ("broken.mobileconfig", "checked"),
        ("signed.mobileconfig", "checked"),
        ("encrypted.mobileconfig", "skipped"),
        ("template.mobileconfig", "skipped"),
        ("notes.txt", "skipped"),
    ] {
        assert_eq!(status(name), expected, "{name}");
    }
    for name in ["good.mobileconfig", "signed.mobileconfig", "encrypted.mobileconfig", "template.mobileconfig"] {
        let loud = of(&report["findings"], name).into_iter().filter(|finding| finding["severity"] == "error");
        assert_eq!(loud.count(), 0, "{name}");
    }
    let broken = of(&report["findings"], "broken.mobileconfig");
    assert!(broken.iter().any(|finding| finding["rule"] == "syntax-error"), "{broken:?}");
    assert_eq!(code, 1);
}

/// Named, a file that cannot be read is said to be so; the others are judged all the same, and the exit status is 2.
#[test]
fn a_file_that_cannot_be_read_outranks_findings_and_stops_nothing() {
    let mixed = folder(&[("broken.mobileconfig", faulty().as_bytes())]);
    let output = run(mixed.path(), &["lint", "broken.mobileconfig", "absent.mobileconfig"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("unreadable: absent.mobileconfig"), "{text}");
    assert!(text.contains("error["), "{text}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_finding_in_an_export_has_the_line_of_the_export_and_the_key_of_the_profile() {
    let profile = faulty();
    let line = |text: &str, needle: &str| text.lines().position(|line| line.contains(needle)).unwrap() + 1;
    let exports = [
        ("jamf.xml", jamf(&profile), line(&jamf(&profile), "99393")),
        ("intune.json", intune(&profile), line(&intune(&profile), "payload")),
    ];
    for (name, text, expected) in exports {
        let (report, _) = json(folder(&[(name, text.as_bytes())]).path());
        let findings = of(&report["findings"], name);
        let port = findings.iter().find(|finding| finding["rule"] == "port-out-of-range").unwrap();
        assert_eq!(port["key"], "PayloadContent[0].IncomingMailServerPortNumber", "{name}");
        assert_eq!(port["line"], expected, "{name}");
    }
}

#[test]
fn no_password_leaves_an_export_in_any_form() {
    let profile = faulty();
    let packed = STANDARD.encode(&profile);
    let cut = intune(&profile).replace(&packed, &format!("!{packed}"));
    let files = [("jamf.xml", jamf(&profile)), ("intune.json", intune(&profile)), ("cut.json", cut)];
    for (name, text) in files {
        let work = folder(&[(name, text.as_bytes())]);
        for args in [
            &["lint", "-v", "."][..],
            &["lint", "--format", "json", "."],
            &["fix", "."],
            &["fix", "--unsafe", "."],
            &["fix", "--unsafe", "--output", "out", "."],
        ] {
            let output = run(work.path(), args);
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            assert!(!said.contains(SECRET) && !said.contains(&packed[400..440]), "{name} {args:?}: {said}");
        }
        assert_eq!(fs::read_to_string(work.path().join(name)).unwrap(), text, "{name} was changed");
    }
}

#[test]
fn the_corrected_profile_of_an_export_is_written_beside_and_the_export_stays() {
    let profile = fixture("mobileconfig/configurator/mail.mobileconfig");
    let wrong = profile.replacen("<string>mail.example.jp</string>", "<string> mail.example.jp </string>", 1);
    assert_ne!(profile, wrong);
    for (name, text) in [("jamf.xml", jamf(&wrong)), ("intune.json", intune(&wrong))] {
        let work = folder(&[(name, text.as_bytes())]);
        let applied = run(work.path(), &["fix", "--apply", name]);
        assert_eq!(fs::read_to_string(work.path().join(name)).unwrap(), text, "{name}: {applied:?}");
        run(work.path(), &["fix", "--output", "out", name]);
        let copy = Path::new("out").join(name).with_extension("mobileconfig");
        assert_eq!(fs::read_to_string(work.path().join(copy)).unwrap(), profile, "{name}");
    }
}
