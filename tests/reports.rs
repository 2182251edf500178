//! The forms of a report as their readers see them: SARIF by its official schema, JUnit by a reader of JUnit, the page by a
//! browser.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod fixture;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use fixture::{in_memory, options, root};
use mailcfg::discover;
use mailcfg::finding::{FileStatus, Report, Severity};
use mailcfg::lint::lint;
use mailcfg::report::{Format, Style, html, junit, render, sarif};
use serde_json::Value;

/// Everything there is to report: every fixture, and files that cannot be read.
fn report() -> Report {
    let found = discover::in_paths(&[root(), root().join("no-such-file.mobileconfig")], None);
    let mut report = lint(&found.inputs, &options());
    report.files.extend(found.others);
    report
}

fn style() -> Style {
    Style { root: Some(Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()), ..Style::default() }
}

/// The official schema, as the crate `serde-sarif` brings it along.
fn official_schema() -> Value {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Only what this machine needs is here; the packages of other systems were never fetched.
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let mut schema: Value =
        serde_json::from_slice(&fs::read(manifest.with_file_name("src").join("schema.json")).unwrap()).unwrap();
    // One pattern, used twice, is no regular expression ("]?" without "["). It is about a property that is not written.
    for owner in ["run", "toolComponent"] {
        let language = schema["definitions"][owner]["properties"]["language"].as_object_mut().unwrap();
        assert!(language.remove("pattern").is_some());
    }
    schema
}

#[test]
fn sarif_is_what_its_schema_says() {
    let schema = jsonschema::validator_for(&official_schema()).unwrap();
    for report in [report(), Report::default()] {
        let log: Value = serde_json::from_str(&sarif(&report, &style())).unwrap();
        let errors: Vec<String> =
            schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let told = report.findings.iter().filter(|finding| !finding.is_hint()).count();
        assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), told);
    }
    assert!(!schema.is_valid(&serde_json::json!({ "version": "2.1.0" })), "the schema checks nothing");
}

#[test]
fn sarif_names_every_file_relative_to_the_project() {
    let log: Value = serde_json::from_str(&sarif(&report(), &style())).unwrap();
    for artifact in log["runs"][0]["artifacts"].as_array().unwrap() {
        let uri = artifact["location"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("fixtures/") && !uri.contains(' '), "{uri}");
    }
}

#[test]
fn a_reader_of_junit_counts_what_was_found() {
    let report = report();
    let read = quick_junit::Report::deserialize_from_str(&junit(&report, &style())).unwrap();
    let failures = report.findings.iter().filter(|finding| finding.severity > Severity::Info).count();
    assert_eq!(read.failures, failures);
    assert_eq!(read.errors, report.files.iter().filter(|f| matches!(f.status, FileStatus::Unreadable(_))).count());
    let cases = read.test_suites.iter().map(|suite| suite.test_cases.len()).sum::<usize>();
    assert_eq!(read.tests, cases);
}

#[test]
fn every_form_is_the_same_each_time() {
    let (first, second) = (report(), report());
    for format in Format::ALL {
        let text = render(&first, *format, &style());
        assert!(text.ends_with('\n'), "{}", format.name());
        assert_eq!(text, render(&second, *format, &style()), "{}", format.name());
    }
}

#[test]
fn no_form_shows_a_password() {
    const MARKER: &str = "HunterTwoMarker";
    let line = format!(
        "user_pref(\"mail.server.server1.password\", \"{MARKER}\");\nuser_pref(\"mail.server.server1.port\", 143);\n"
    );
    let input = in_memory(mailcfg::clients::find("thunderbird").unwrap(), "prefs.js", DAMAGED.replace("//\n", &line));
    let report = lint(&[input], &options());
    assert!(report.findings.iter().any(|finding| finding.fix.is_some()), "nothing to show a change of");
    for format in Format::ALL {
        assert!(!render(&report, *format, &style()).contains(MARKER), "{}", format.name());
    }
}

/// A port that goes with another encryption, right below the place for a secret.
const DAMAGED: &str = "//\nuser_pref(\"mail.account.account1.server\", \"server1\");\n\
    user_pref(\"mail.accountmanager.accounts\", \"account1\");\nuser_pref(\"mail.server.server1.hostname\", \"imap.gmail.com\");\n\
    user_pref(\"mail.server.server1.socketType\", 3);\nuser_pref(\"mail.server.server1.type\", \"imap\");\n\
    user_pref(\"mail.server.server1.userName\", \"taro.yamada@gmail.com\");\n";

/// Chromium, where there is one. In CI there must be.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file());
    assert!(found.is_some() || env::var_os("CI").is_none(), "CI has no Chromium; .ci/run installs it");
    found
}

/// The page as the browser has it after loading it in a window of that width.
fn opened(browser: &Path, page: &str, width: usize) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    fs::write(&file, page).unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=2000"])
        .arg(format!("--window-size={width},900"))
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_browser_shows_every_mailbox_and_nothing_sticks_out() {
    let Some(browser) = browser() else {
        println!("NOT CHECKED: there is no Chromium to open the page in");
        return;
    };
    let report = report();
    let page = html(&report, &style());
    // The page itself runs no script; this copy of it measures itself.
    let policy = page.find("<meta http-equiv").unwrap()..page.find("<meta name=\"viewport\"").unwrap();
    let measure = "<script>onload = () => { document.title = 'width ' + (document.documentElement.scrollWidth - innerWidth); }</script></body>";
    let measured = page.replace(&page[policy], "").replace("</body>", measure);
    for width in [1200, 500] {
        let dom = opened(&browser, &measured, width);
        let cards = report.files.iter().map(|file| file.accounts.len()).sum::<usize>();
        assert!(
            dom.matches("<article class=\"card").count() >= cards,
            "{width}: {} cards",
            dom.matches("<article").count()
        );
        let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
        let over: i64 = title.strip_prefix("width ").and_then(|n| n.parse().ok()).unwrap_or(i64::MAX);
        assert!(over <= 0, "{width}: something is {over} pixels too wide ({title})");
    }
}
