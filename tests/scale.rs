//! Thousands of files in one run: all of them are judged, in the same order every time, and one that fails stops nothing. And one file
//! with thousands of faults, which is read once and not once for each: counted, and of a size at which the square would not end.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

#[allow(dead_code, reason = "nothing here needs git")]
mod checkout;
#[allow(dead_code, reason = "nothing here reads a fixture")]
mod fixture;
mod program;

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use checkout::{Checkout, bad, good};
use fixture::{in_memory, options};
use mailcfg::clients::{Client, Editor, Environment, Info, Lowered, SearchPlace, find};
use mailcfg::document::Document;
use mailcfg::finding::{Applicability, Change, Finding};
use mailcfg::fix::fix;
use mailcfg::lint::{check, lint, read};
use mailcfg::report::{Format, Style, render};
use mailcfg::rules::{Context, Run};
use mailcfg::source::Source;

/// Every tenth profile has a fault.
const PROFILES: usize = 2000;

fn folder() -> Checkout {
    let checkout = Checkout::new();
    let template = good("person");
    let faulty = bad("person");
    for number in 0..PROFILES {
        let text = if number % 10 == 0 { &faulty } else { &template };
        let person = format!("person{number}");
        let text = text.replace("person@", &format!("{person}@")).replace("4C1D-4E3B", &format!("{number:04X}-4E3B"));
        checkout.write(&format!("{:02}/{person}.mobileconfig", number % 40), &text);
    }
    // What is broken lies in the midst of it.
    checkout.write("20/cut.mobileconfig", &template[..template.len() / 2]);
    checkout.write("20/empty.mobileconfig", "");
    checkout.write("20/noise.mobileconfig", "\u{0}\u{1}<plist>\u{fffd}</dict>");
    fs::File::create(checkout.root().join("20/huge.mobileconfig")).unwrap().set_len(65 << 20).unwrap();
    checkout
}

#[test]
fn thousands_of_files_are_judged_in_one_order_and_none_stops_the_run() {
    let checkout = folder();
    let lint = ["lint", "--format=json", ".", "nowhere.mobileconfig"];
    let first = checkout.run("", &lint);
    assert_eq!(first.code, 2, "one path is not there: {}", first.err);
    let found = first.findings();
    let faulty = found.iter().filter(|(rule, _)| rule == "ssl-off-on-tls-port").count();
    assert_eq!(faulty, PROFILES / 10);
    let paths: Vec<&String> = found.iter().map(|(_, path)| path).collect();
    assert!(paths.is_sorted(), "findings come in the order of the files");
    let report: serde_json::Value = serde_json::from_str(&first.out).unwrap();
    let checked = report["files"].as_array().unwrap().iter().filter(|file| file["status"] == "checked").count();
    assert!(checked >= PROFILES, "{checked}");
    assert!(!first.err.contains(['\r', '\u{1b}']), "a pipe sees no progress bar: {}", first.err);

    let second = checkout.run("", &lint);
    assert!(second.out == first.out && second.err == first.err, "a second run says something else");
}

/// As many accounts as nobody has, each with something to mend.
fn accounts(count: usize) -> String {
    let account = |n: usize| {
        format!(
            "user_pref(\"mail.account.account{n}.identities\", \"id{n}\");\n\
             user_pref(\"mail.account.account{n}.server\", \"server{n}\");\n\
             user_pref(\"mail.identity.id{n}.smtpServer\", \"smtp{n}\");\n\
             user_pref(\"mail.identity.id{n}.useremail\", \"a{n}@gmail.com\");\n\
             user_pref(\"mail.server.server{n}.hostname\", \"imap.gmail.com\");\n\
             user_pref(\"mail.server.server{n}.type\", \"imap\");\n\
             user_pref(\"mail.server.server{n}.userName\", \"a{n}@gmail.com\");\n\
             user_pref(\"mail.smtpserver.smtp{n}.hostname\", \"smtp.gmail.com\");\n\
             user_pref(\"mail.smtpserver.smtp{n}.username\", \"a{n}@gmail.com\");\n"
        )
    };
    let list = |name: &str| (0..count).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(",");
    let lines: String = (0..count).map(account).collect();
    format!(
        "{lines}user_pref(\"mail.accountmanager.accounts\", \"{}\");\nuser_pref(\"mail.smtpservers\", \"{}\");\n",
        list("account"),
        list("smtp")
    )
}

#[test]
fn thousands_of_accounts_in_one_file_are_judged_and_mended() {
    const ACCOUNTS: usize = 1_500;
    let client = find("thunderbird").unwrap();
    let input = in_memory(client, "prefs.js", accounts(ACCOUNTS));
    let report = lint(std::slice::from_ref(&input), &options());
    assert_eq!(report.files[0].accounts.len(), ACCOUNTS);
    let missing = report.findings.iter().filter(|finding| finding.rule == "plaintext-by-default").count();
    assert_eq!(missing, 2 * ACCOUNTS);
    for format in Format::ALL {
        assert!(!render(&report, *format, &Style::default()).is_empty());
    }
    let fixed = fix(&Run::new(&[read(&input)]), 0, client, Applicability::Unsafe, &options());
    assert!(fixed.reverted.is_none() && fixed.applied.len() >= 2 * ACCOUNTS, "{}", fixed.applied.len());
}

#[test]
fn a_hundred_thousand_unknown_keys_in_one_line_are_told() {
    const KEYS: usize = 100_000;
    let keys: String = (0..KEYS).map(|n| format!("<key>k{n}</key><string>v</string>")).collect();
    let text = format!(
        "<plist><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.mail.managed</string>\
         {keys}</dict></array></dict></plist>"
    );
    let report = lint(&[in_memory(find("mobileconfig").unwrap(), "a.mobileconfig", text)], &options());
    assert_eq!(report.findings.iter().filter(|finding| finding.rule == "unknown-key").count(), KEYS);
    for format in [Format::Json, Format::Text, Format::Sarif] {
        assert!(render(&report, format, &Style::default()).len() > KEYS);
    }
}

/// Thunderbird's adapter, and how often it is told to read a file for its edits.
#[derive(Debug)]
struct Counting(AtomicUsize);

impl Client for Counting {
    fn info(&self) -> &'static Info {
        find("thunderbird").unwrap().info()
    }

    fn recognises(&self, _: &str, _: &[u8]) -> bool {
        false
    }

    fn read(&self, sources: Vec<Source>) -> Document {
        find("thunderbird").unwrap().read(sources)
    }

    fn editor<'a>(&'a self, _: &'a Document) -> Editor<'a> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::new(|_: &[Change]| Ok(Lowered::default()))
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}

#[test]
fn a_file_is_read_once_for_all_its_edits_and_not_at_all_without_any() {
    let options = options();
    for (text, expected) in [(accounts(20), 1), ("user_pref(\"mail.smtpservers\", \"\");\n".to_owned(), 0)] {
        let client = Counting(AtomicUsize::new(0));
        let documents = [read(&in_memory(find("thunderbird").unwrap(), "prefs.js", text))];
        let run = Run::new(&documents);
        let findings: Vec<Finding> = check(&Context::new(&run, 0, &options.providers, options.today), &client);
        let fixes = findings.iter().filter(|finding| finding.fix.is_some()).count();
        assert!(expected == 0 || fixes > 20, "{fixes}");
        assert_eq!(client.0.load(Ordering::Relaxed), expected);
    }
}
