//! Files that are wrapped, encrypted, broken or no configuration at all: something true is said of each, a place in an export is a
//! place of the export, and no password gets out of one.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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

/// One file of each kind, and a folder and links beside them.
#[cfg(unix)]
fn mixed() -> TempDir {
    use std::os::unix::fs::symlink;
    let copy = |name: &str| fs::read(root().join(name)).unwrap();
    let good = copy("mobileconfig/configurator/mail.mobileconfig");
    let mixed = folder(&[
        ("good.mobileconfig", &good),
        ("broken.mobileconfig", &copy("mobileconfig/raw-ampersand/mail.mobileconfig")),
        ("signed.mobileconfig", &copy("mobileconfig/signed-der/mail.mobileconfig")),
        ("encrypted.mobileconfig", &copy("mobileconfig/encrypted-whole/mail.mobileconfig")),
        ("template.mobileconfig", &copy("mobileconfig/template/mail.mobileconfig")),
        ("closed.mobileconfig", &good),
        ("notes.txt", b"call Hanako"),
    ]);
    let at = |name: &str| mixed.path().join(name);
    fs::create_dir(at("closed")).unwrap();
    fs::write(at("closed/mail.mobileconfig"), &good).unwrap();
    // A link that Thunderbird makes in every profile, and others that should lead to a profile.
    symlink("127.0.1.1:+4711", at("lock")).unwrap();
    symlink("loop.mobileconfig", at("loop.mobileconfig")).unwrap();
    symlink("closed/mail.mobileconfig", at("into.mobileconfig")).unwrap();
    mixed
}

/// Runs as somebody who may not read what is closed. Whoever may read everything runs the program, copied to where others may
/// enter, as nobody.
#[cfg(unix)]
fn run_closed(work: &Path, closed: &[&str], args: &[&str]) -> Output {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let mode = |path: &Path, bits: u32| fs::set_permissions(path, fs::Permissions::from_mode(bits)).unwrap();
    let program = tempfile::tempdir().unwrap();
    let copy = program.path().join("mailcfg");
    fs::copy(env!("CARGO_BIN_EXE_mailcfg"), &copy).unwrap();
    [program.path(), &copy, work].iter().for_each(|path| mode(path, 0o755));
    closed.iter().for_each(|name| mode(&work.join(name), 0o000));
    let mut command = Command::new(&copy);
    if rustix::process::getuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.current_dir(work).args(["--today", "2026-11-24"]).args(args).env_clear();
    command.env("HOME", work).env("LC_ALL", "C").env("NO_COLOR", "1");
    let output = loop {
        match command.output() {
            // Another test that starts a program at this moment still holds the copy open for writing.
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            outcome => break outcome.unwrap(),
        }
    };
    // So that the folder can be taken away.
    closed.iter().for_each(|name| mode(&work.join(name), 0o755));
    output
}

#[cfg(unix)]
const CLOSED: [&str; 2] = ["closed.mobileconfig", "closed"];

const NO_PERMISSION: &str = "you have no permission to read it";

#[cfg(unix)]
#[test]
fn something_true_is_said_of_each_file_of_a_mixed_folder() {
    let mixed = mixed();
    let output = run_closed(mixed.path(), &CLOSED, &["lint", "--format", "json", "."]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let files: Vec<(&str, &str, &str)> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            let text = |key: &str| file[key].as_str().unwrap_or_default();
            (text("path").trim_start_matches("./"), text("status"), text("reason"))
        })
        .collect();
    let encrypted = "the whole profile is encrypted for one device; only that device can read it";
    let template =
        "it is a template (it contains {%) and nothing that a mail program reads; check the file that is made from it";
    assert_eq!(
        files,
        [
            ("broken.mobileconfig", "checked", ""),
            ("closed", "unreadable", NO_PERMISSION),
            ("closed.mobileconfig", "unreadable", NO_PERMISSION),
            ("encrypted.mobileconfig", "skipped", encrypted),
            ("good.mobileconfig", "checked", ""),
            ("into.mobileconfig", "unreadable", NO_PERMISSION),
            ("loop.mobileconfig", "unreadable", "it is a link that leads to no file"),
            ("notes.txt", "skipped", "it is no mail configuration that mailcfg reads"),
            ("signed.mobileconfig", "checked", ""),
            ("template.mobileconfig", "skipped", template),
        ]
    );
    let errors = |name: &str| {
        let found = of(&report["findings"], name).into_iter().filter(|finding| finding["severity"] == "error");
        found.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(errors("broken.mobileconfig"), ["secret-in-file", "syntax-error"]);
    for name in ["good.mobileconfig", "signed.mobileconfig", "encrypted.mobileconfig", "template.mobileconfig"] {
        assert_eq!(errors(name), [""; 0], "{name}");
    }
    // 2 outranks 1, as the README says.
    assert_eq!(output.status.code(), Some(2));
}

/// What was said, in one line.
fn unwrapped(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(unix)]
#[test]
fn people_read_of_each_file_of_a_mixed_folder_what_became_of_it() {
    let mixed = mixed();
    let said = |args: &[&str]| {
        let output = run_closed(mixed.path(), &CLOSED, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        unwrapped(&output)
    };
    let (brief, full) = (said(&["lint", "."]), said(&["lint", "-v", "."]));
    for text in [&brief, &full] {
        for words in [
            "error[syntax-error]",
            "--> ./broken.mobileconfig:",
            "unreadable: ./closed: you have no permission to read it",
            "unreadable: ./closed.mobileconfig: you have no permission to read it",
            "unreadable: ./into.mobileconfig: you have no permission to read it",
            "unreadable: ./loop.mobileconfig: it is a link that leads to no file",
            "not checked: ./encrypted.mobileconfig: the whole profile is encrypted for one device",
            "not checked: ./template.mobileconfig: it is a template (it contains {%)",
        ] {
            assert!(text.contains(words), "{words}\n{text}");
        }
    }
    for words in [
        "checked: ./good.mobileconfig (mobileconfig)",
        "checked: ./signed.mobileconfig (mobileconfig)",
        "not checked: ./notes.txt: it is no mail configuration that mailcfg reads",
    ] {
        assert!(full.contains(words) && !brief.contains(words), "{words}\n{full}");
    }
    assert!(!full.contains("/lock:"), "{full}");
}

/// `fix` goes on with the others, too, and its status says that it did not see all.
#[cfg(unix)]
#[test]
fn what_is_closed_does_not_stop_fix_and_makes_its_status_2() {
    let mixed = mixed();
    let output = run_closed(mixed.path(), &CLOSED, &["fix", "."]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr.matches("unreadable: ").count(), 4, "{stderr}");
    assert_eq!(output.status.code(), Some(2));
}

/// Settings in a `user.js` that nobody can look into may overrule all that was judged.
#[cfg(unix)]
#[test]
fn a_companion_that_cannot_be_read_is_said_to_be_so() {
    let work = folder(&[("prefs.js", b"user_pref(\"mail.smtpservers\", \"\");\n"), ("user.js", b"")]);
    for path in [".", "prefs.js"] {
        let output = run_closed(work.path(), &["user.js"], &["lint", path]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.matches("user.js: you have no permission to read it").count(), 1, "{text}");
        assert_eq!(output.status.code(), Some(2), "{path}");
    }
}

/// Only the beginning of such a file is read, and it tells whose it is.
#[test]
fn a_configuration_that_is_too_large_is_said_to_be_so_in_a_folder_too() {
    let work = folder(&[
        ("prefs.js", b"user_pref(\"mail.smtpservers\", \"\");\n"),
        ("mail.mobileconfig", b"<plist version=\"1.0\">"),
        ("Library.xml", b"<plist version=\"1.0\"><dict><key>Tracks</key>"),
        (
            "profile.xml",
            b"<plist><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key>",
        ),
    ]);
    for name in ["prefs.js", "mail.mobileconfig", "Library.xml", "profile.xml"] {
        fs::File::options().write(true).open(work.path().join(name)).unwrap().set_len(65 << 20).unwrap();
    }
    fs::write(work.path().join("user.js"), "").unwrap();
    let output = run(work.path(), &["lint", "."]);
    let text = unwrapped(&output);
    for name in ["prefs.js", "mail.mobileconfig", "profile.xml"] {
        assert!(
            text.contains(&format!("unreadable: ./{name}: it is larger than 64 MB, the most that is read")),
            "{text}"
        );
    }
    assert!(!text.contains("Library.xml"), "{text}");
    assert_eq!(output.status.code(), Some(2));
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

/// What Graph returns of several configurations: one is no profile, one cannot be unpacked.
fn graph(profiles: &[(&str, String)]) -> String {
    let mut items = vec![serde_json::json!({
        "@odata.type": "#microsoft.graph.iosEasEmailProfileConfiguration", "displayName": "Exchange", "hostName": "outlook.office365.com"
    })];
    items.extend(profiles.iter().map(|(name, profile)| {
        serde_json::json!({
            "@odata.type": "#microsoft.graph.macOSCustomConfiguration",
            "displayName": name,
            "payloadFileName": "mail.mobileconfig",
            "payload": STANDARD.encode(profile),
        })
    }));
    items.push(serde_json::json!({
        "@odata.type": "#microsoft.graph.iosCustomConfiguration", "displayName": "cut", "payload": "!"
    }));
    serde_json::to_string_pretty(&serde_json::json!({ "value": items })).unwrap()
}

fn untrimmed(identifier: &str) -> String {
    let profile = fixture("mobileconfig/configurator/mail.mobileconfig");
    let wrong = profile.replacen("<string>mail.example.jp</string>", "<string> mail.example.jp </string>", 1);
    wrong.replace("jp.example.mail", identifier)
}

/// What is encrypted or a template is right where it belongs; what is broken is right nowhere.
#[test]
fn a_broken_wrapping_is_an_error() {
    let signed = fs::read(root().join("mobileconfig/signed-der/mail.mobileconfig")).unwrap();
    let packed = intune(&faulty()).replacen("\"payload\": \"", "\"payload\": \"!", 1);
    let list = graph(&[("Mail", faulty()), ("Sales", untrimmed("jp.example.sales"))]);
    let work = folder(&[
        ("cut.mobileconfig", &signed[..signed.len() / 2]),
        ("packed.json", packed.as_bytes()),
        ("list.json", &list.as_bytes()[..list.len() / 2]),
    ]);
    let (report, code) = json(work.path());
    assert_eq!(code, 1);
    for name in ["cut.mobileconfig", "list.json", "packed.json"] {
        let found = of(&report["findings"], name);
        let rules: Vec<_> = found.iter().map(|finding| (&finding["rule"], &finding["severity"])).collect();
        assert_eq!(rules, [(&Value::from("syntax-error"), &Value::from("error"))], "{name}");
    }
}

#[test]
fn each_profile_of_a_list_is_judged_with_its_line_and_its_key() {
    let text = graph(&[("Mail", faulty()), ("Sales / 東京", untrimmed("jp.example.sales"))]);
    let work = folder(&[("list.json", text.as_bytes())]);
    let (report, code) = json(work.path());
    assert_eq!(code, 1);
    let files: Vec<(&str, &str)> = of(&report["files"], "list.json")
        .iter()
        .map(|file| (file["part"].as_str().unwrap(), file["status"].as_str().unwrap()))
        .collect();
    let expected = [("value[1].payload", "checked"), ("value[2].payload", "checked"), ("value[3].payload", "checked")];
    assert_eq!(files, expected);
    // The third is no base64.
    let damaged = of(&report["findings"], "list.json").into_iter().filter(|finding| finding["rule"] == "syntax-error");
    assert_eq!(damaged.map(|finding| finding["key"].as_str().unwrap()).collect::<Vec<_>>(), ["value[3].payload"]);
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(report["summary"]["accounts"], 2);
    let findings = of(&report["findings"], "list.json");
    let lines: Vec<usize> =
        text.lines().enumerate().filter(|(_, line)| line.contains("\"payload\"")).map(|(index, _)| index + 1).collect();
    for (rule, key, line) in [
        ("port-out-of-range", "value[1].payload.PayloadContent[0].IncomingMailServerPortNumber", lines[0]),
        ("whitespace-in-host", "value[2].payload.PayloadContent[0].IncomingMailServerHostName", lines[1]),
    ] {
        let found: Vec<_> = findings.iter().filter(|finding| finding["rule"] == rule).collect();
        assert_eq!(found.len(), 1, "{rule}");
        assert_eq!((found[0]["key"].as_str(), found[0]["line"].as_u64()), (Some(key), Some(line as u64)), "{rule}");
        for change in found[0]["fix"]["changes"].as_array().into_iter().flatten() {
            assert!(change["key"].as_str().unwrap().starts_with(&key[..17]), "{change}");
        }
    }
    let text = unwrapped(&run(work.path(), &["lint", "."]));
    assert!(
        text.contains("error[syntax-error]: the profile in the export of Intune is damaged: it is no base64"),
        "{text}"
    );
    assert!(!text.contains(SECRET));
    let ignored = "[[ignore]]\nrule = \"whitespace-in-host\"\nkey = \"value[2].*\"\nreason = \"x\"\n";
    fs::write(work.path().join("mailcfg.toml"), ignored).unwrap();
    assert_eq!(json(work.path()).0["summary"]["suppressed"], 1);
}

#[test]
fn the_corrected_profiles_of_a_list_are_written_under_their_names_and_the_list_stays() {
    let of_name = |name| (name, untrimmed("jp.example.mail"));
    let good = ("Right", fixture("mobileconfig/configurator/mail.mobileconfig"));
    let list = graph(&[of_name("Sales / 東京"), of_name("sales ../東京"), of_name(" "), good]);
    let work = folder(&[("list.json", list.as_bytes())]);
    for args in [&["fix", "--apply", "."][..], &["fix", "."]] {
        run(work.path(), args);
        assert_eq!(fs::read_to_string(work.path().join("list.json")).unwrap(), list, "{args:?}");
    }
    let output = run(work.path(), &["fix", "--output", "out", "list.json"]);
    let mut names: Vec<String> = fs::read_dir(work.path().join("out"))
        .unwrap_or_else(|_| panic!("{output:?}"))
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "list-Sales-東京.mobileconfig",
        "list-macbook-pro-6B1F0001-4C1D-4E3B-9A5F-3D5E7F000000.mobileconfig",
        "list-sales-東京-2.mobileconfig",
    ];
    assert_eq!(names, expected);
    let corrected = fixture("mobileconfig/configurator/mail.mobileconfig");
    for name in names {
        assert_eq!(fs::read_to_string(work.path().join("out").join(&name)).unwrap(), corrected, "{name}");
    }
    let piped = run_piped(work.path(), &list);
    assert!(piped.contains("value[2].payload.PayloadContent[0].IncomingMailServerHostName"), "{piped}");
}

/// What is said of a list on standard input.
fn run_piped(work: &Path, text: &str) -> String {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcfg"));
    command.current_dir(work).args(["--today", "2026-11-24", "lint", "--no-config", "-"]).env("LC_ALL", "C");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}
