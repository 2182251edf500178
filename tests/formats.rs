//! Every format is read as what it is, keeps its bytes, and no input brings the program down.
//!
//! What the rules find is not the matter here (`rules`), nor what is printed (`cli`, `secrets`).

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod fixture;
mod stock;
mod variants;

use std::collections::BTreeSet;
use std::fs;

use mailcfg::clients::{CLIENTS, Client, Editor, Environment, Info, Lowered, SearchPlace, find};
use mailcfg::discover;
use mailcfg::document::{Document, Editing};
use mailcfg::finding::{Applicability, Change, FileStatus, Finding, Severity, Value};
use mailcfg::fix::{Fixed, fix, fix_where};
use mailcfg::lint::{Input, lint, read};
use mailcfg::report::{Style, json, text};
use mailcfg::rules::Run;
use mailcfg::source::{Edit, Source, Span, View};
use proptest::prelude::*;

use fixture::{in_memory, options};

/// What is known of a fixture besides its findings.
struct Known {
    name: &'static str,
    accounts: usize,
    view: View,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Right in every way: no error, no warning.
    Clean,
    /// Works; a warning is in place, an error or a change is not.
    Warned,
    /// Read and judged; this rule finds what is wrong with it.
    Faulty(&'static str),
    /// Read and judged, and written only as a copy.
    Signed,
    /// The same, with something wrong about the signature.
    SignedWith(&'static str),
    /// A profile in the export of a management system: read and judged, and written only as a copy of its own.
    Export,
    /// Only looked at: a list of what is installed.
    Installed,
    /// Recognised, and nothing in it can be judged.
    Unchecked,
}

const fn known(name: &'static str, accounts: usize, view: View, state: State) -> Known {
    Known { name, accounts, view, state }
}

const UTF16_LE: View = View::Utf16 { little_endian: true };
const UTF16_BE: View = View::Utf16 { little_endian: false };

const KNOWN: &[Known] = &[
    known("apple-mail/accounts-xml", 2, View::Plain, State::Clean),
    known("apple-mail/binary", 2, View::BinaryPlist, State::Clean),
    known("apple-mail/modern-without-accounts", 0, View::Plain, State::Unchecked),
    known("autoconfig/comments", 2, View::Plain, State::Clean),
    known("autoconfig/crlf", 2, View::Plain, State::Clean),
    known("autoconfig/cut", 2, View::Plain, State::Faulty("syntax-error")),
    known("autoconfig/exchange", 3, View::Plain, State::Clean),
    known("autoconfig/mistakes", 2, View::Plain, State::Faulty("invalid-placeholder")),
    known("autoconfig/one-line", 2, View::Plain, State::Clean),
    known("autoconfig/placeholders", 1, View::Plain, State::Clean),
    known("autoconfig/plain", 2, View::Plain, State::Clean),
    known("autoconfig/raw-ampersand", 2, View::Plain, State::Faulty("syntax-error")),
    known("autoconfig/template", 0, View::Plain, State::Unchecked),
    known("autoconfig/two-providers", 2, View::Plain, State::Warned),
    known("autoconfig/utf16-le", 2, UTF16_LE, State::Clean),
    known("autoconfig/utf8-bom", 2, View::Plain, State::Clean),
    known("autoconfig/wrong-end-tag", 2, View::Plain, State::Faulty("syntax-error")),
    known("declaration/credentials", 0, View::Plain, State::Clean),
    known("declaration/exchange", 1, View::Plain, State::Clean),
    known("declaration/mail", 1, View::Plain, State::Clean),
    known("declaration/person", 0, View::Plain, State::Clean),
    known("declaration/trailing-comma", 1, View::Plain, State::Faulty("syntax-error")),
    known("mobileconfig/binary", 1, View::BinaryPlist, State::Clean),
    known("mobileconfig/configurator", 1, View::Plain, State::Clean),
    known("mobileconfig/crlf", 1, View::Plain, State::Clean),
    known("mobileconfig/encrypted-payloads", 0, View::Plain, State::Unchecked),
    known("mobileconfig/encrypted-whole", 0, View::Plain, State::Unchecked),
    known("mobileconfig/exchange", 2, View::Plain, State::Clean),
    known("mobileconfig/google-oauth", 1, View::Plain, State::Clean),
    known("mobileconfig/intune", 1, View::Export, State::Export),
    known("mobileconfig/jamf-computer", 1, View::Export, State::Export),
    known("mobileconfig/jamf-device", 1, View::Export, State::Export),
    known("mobileconfig/one-line", 1, View::Plain, State::Clean),
    known("mobileconfig/profiles-show", 1, View::Plain, State::Installed),
    known("mobileconfig/raw-ampersand", 1, View::Plain, State::Faulty("syntax-error")),
    known("mobileconfig/several-payloads", 3, View::Plain, State::Faulty("secret-in-file")),
    known("mobileconfig/signed-altered", 1, View::Signed, State::SignedWith("altered-after-signing")),
    known("mobileconfig/signed-ber", 1, View::Signed, State::Signed),
    known("mobileconfig/signed-der", 1, View::Signed, State::Signed),
    known("mobileconfig/signed-expired", 1, View::Signed, State::SignedWith("signature-out-of-date")),
    known("mobileconfig/signed-pem", 1, View::Signed, State::Signed),
    known("mobileconfig/signed-sha1", 1, View::Signed, State::SignedWith("weak-signature")),
    known("mobileconfig/signed-trailing-crlf", 1, View::Signed, State::Signed),
    known("mobileconfig/template", 0, View::Plain, State::Unchecked),
    known("mobileconfig/two-space", 1, View::Plain, State::Clean),
    known("mobileconfig/utf16-be", 1, UTF16_BE, State::Clean),
    known("mobileconfig/utf16-le", 1, UTF16_LE, State::Clean),
    known("mobileconfig/utf8-bom", 1, View::Plain, State::Clean),
    known("mobileconfig/workspace-one", 1, View::Plain, State::Clean),
    known("thunderbird/abandoned-host", 0, View::Plain, State::Faulty("abandoned-host")),
    known("thunderbird/bom", 1, View::Plain, State::Faulty("whitespace-in-host")),
    known("thunderbird/crlf", 1, View::Plain, State::Faulty("port-security-mismatch")),
    known("thunderbird/exchange-ews", 1, View::Plain, State::Clean),
    known("thunderbird/gmail", 1, View::Plain, State::Clean),
    known("thunderbird/host-with-port", 1, View::Plain, State::Faulty("port-in-host")),
    known("thunderbird/japanese-folders", 1, View::Plain, State::Clean),
    known("thunderbird/missing-semicolon", 1, View::Plain, State::Faulty("syntax-error")),
    known("thunderbird/multi-account", 3, View::Plain, State::Warned),
    known("thunderbird/nul-tail", 1, View::Plain, State::Faulty("dangling-outgoing-server")),
    known("thunderbird/old-is-secure", 1, View::Plain, State::Clean),
    known("thunderbird/pop", 1, View::Plain, State::Clean),
    known("thunderbird/socket-type-1", 1, View::Plain, State::Faulty("opportunistic-starttls")),
];

fn findings(input: &Input) -> Vec<Finding> {
    lint(std::slice::from_ref(input), &options()).findings
}

fn fixed(input: &Input, least: Applicability) -> Fixed {
    fix(&Run::new(&[read(input)]), 0, input.client, least, &options())
}

#[test]
fn every_fixture_is_read_as_what_it_is() {
    let listed: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
    assert_eq!(
        stock::names()
            .iter()
            .filter(|name| !name.starts_with("demo/") && !name.starts_with("mistakes/"))
            .collect::<Vec<_>>(),
        listed
    );
    for known in KNOWN {
        let input = stock::input(known.name);
        assert!(known.name.starts_with(input.client.info().id), "{}: {:?}", known.name, input.client);
        let document = read(&input);
        assert_eq!(document.accounts.len(), known.accounts, "{}", known.name);
        assert_eq!(document.main().view(), known.view, "{}", known.name);
        assert_eq!(document.unchecked.is_some(), known.state == State::Unchecked, "{}", known.name);
        let is_copy_only = matches!(document.editing, Editing::CopyOnly(_));
        let is_wrapped = matches!(known.state, State::Signed | State::SignedWith(_) | State::Export);
        assert_eq!(is_copy_only, is_wrapped, "{}: {:?}", known.name, document.editing);
        let is_never = matches!(document.editing, Editing::Never(_));
        assert_eq!(is_never, known.state == State::Installed, "{}: {:?}", known.name, document.editing);
    }
}

#[test]
fn working_configurations_get_no_alarm() {
    let mut failures = Vec::new();
    for known in KNOWN {
        let findings = findings(&stock::input(known.name));
        let allowed = if known.state == State::Warned { Severity::Warning } else { Severity::Info };
        let loud = findings
            .iter()
            .filter(|finding| finding.severity > allowed || finding.is_fixable(Applicability::Safe))
            .map(|finding| format!("{}: {} at {}", finding.rule, finding.message, finding.location.key));
        match known.state {
            State::Clean | State::Warned | State::Signed | State::Export | State::Installed | State::Unchecked => {
                failures.extend(loud.map(|finding| format!("{}: {finding}", known.name)));
            }
            State::Faulty(rule) | State::SignedWith(rule) if findings.iter().all(|finding| finding.rule != rule) => {
                failures.push(format!("{}: {rule} is not found", known.name));
            }
            State::Faulty(_) | State::SignedWith(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_same_file_gives_the_same_findings() {
    for (name, input) in stock::all().into_iter().chain(variants::all()) {
        assert_eq!(findings(&input), findings(&input), "{name}");
    }
}

#[test]
fn a_file_that_nothing_changes_keeps_its_bytes() {
    for (name, input) in stock::all().into_iter().chain(variants::all()) {
        let document = read(&input);
        for (source, read) in input.sources.iter().zip(&document.sources) {
            assert_eq!(read.disk(), source.disk(), "{name}: {}", source.file_name());
            if matches!(document.editing, Editing::InPlace) {
                assert_eq!(input.client.store(read).unwrap(), source.disk(), "{name}: {}", source.file_name());
            }
        }
        let untouched = fix_where(&Run::new(std::slice::from_ref(&document)), 0, input.client, &options(), |_| false);
        assert!(!untouched.is_changed(), "{name}");
    }
}

/// A signed profile, or one in an export, is stored as the profile inside it.
#[test]
fn what_was_wrapped_comes_out_whole() {
    let plain = fs::read(fixture::root().join("mobileconfig/configurator/mail.mobileconfig")).unwrap();
    let is_same = |known: &&Known| match known.state {
        State::Signed | State::SignedWith(_) => known.name != "mobileconfig/signed-altered",
        // Jamf takes the blanks out.
        State::Export => known.name != "mobileconfig/jamf-device",
        _ => false,
    };
    for known in KNOWN.iter().filter(is_same) {
        let input = stock::input(known.name);
        let document = read(&input);
        assert!(document.main().bytes() == plain, "{}", known.name);
        assert!(input.client.store(document.main()).unwrap() == plain, "{}", known.name);
    }
}

#[test]
fn the_same_profile_in_any_encoding_is_the_same_account() {
    let accounts = |name: &str| {
        let mut accounts = read(&stock::input(name)).accounts;
        let server = |account: &mut mailcfg::account::Account| {
            let servers = account.incoming.iter().chain(&account.outgoing);
            servers.map(|s| (s.host.value.clone(), s.port.value, s.security.value, s.username.value.clone())).collect()
        };
        accounts.iter_mut().map(server).collect::<Vec<Vec<_>>>()
    };
    let plain = accounts("mobileconfig/configurator");
    for case in [
        "binary",
        "crlf",
        "utf8-bom",
        "utf16-le",
        "utf16-be",
        "signed-der",
        "signed-ber",
        "signed-pem",
        "signed-sha1",
        "intune",
        "jamf-computer",
        "jamf-device",
        "profiles-show",
        "workspace-one",
    ] {
        assert_eq!(accounts(&format!("mobileconfig/{case}")), plain, "{case}");
    }
    assert_eq!(accounts("apple-mail/binary"), accounts("apple-mail/accounts-xml"));
}

#[test]
fn fixes_converge_and_keep_everything_else() {
    let (mut failures, mut mended) = (Vec::new(), BTreeSet::new());
    for (name, input) in stock::all().into_iter().chain(variants::all()) {
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let first = fixed(&input, least);
            failures.extend(
                faults_of(&input, &first, least).into_iter().map(|fault| format!("{name} ({least:?}): {fault}")),
            );
            if first.is_changed() {
                mended.insert((input.client.info().id, format!("{:?}", first.after[0].view())));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // Otherwise the test above would say nothing.
    for client in ["apple-mail", "mobileconfig"] {
        for view in [View::Plain, View::BinaryPlist, UTF16_LE, UTF16_BE] {
            assert!(mended.contains(&(client, format!("{view:?}"))), "no fix of {client} in {view:?}: {mended:?}");
        }
    }
    assert!(mended.contains(&("thunderbird", format!("{:?}", View::Plain))));
}

/// What is wrong with the outcome of a fix, whatever the rules.
fn faults_of(input: &Input, first: &Fixed, least: Applicability) -> Vec<String> {
    let mut faults = Vec::new();
    let before = read(input);
    // A file that is damaged already may swallow what is written into it; then it is put back, which is no harm.
    if let Some(reason) = first.reverted.as_ref().filter(|_| !before.is_damaged()) {
        faults.push(format!("reverted: {reason}"));
    }
    let again = match stored(input, first) {
        Ok(again) => again,
        Err(reason) => return vec![format!("cannot be stored: {reason}")],
    };
    let after = read(&again);
    for (stored, fixed) in after.sources.iter().zip(&first.after) {
        let is_same = match fixed.view() {
            // A binary list has an order of its own.
            View::BinaryPlist => said(stored) == said(fixed),
            _ => stored.bytes() == fixed.bytes(),
        };
        if !is_same {
            faults.push(format!("{} reads otherwise once it is stored", fixed.file_name()));
        }
    }
    if after.is_damaged() && !before.is_damaged() {
        faults.push("cannot be read any more".to_owned());
    }
    if after.accounts.len() != before.accounts.len() {
        faults.push(format!("had {} accounts, has {}", before.accounts.len(), after.accounts.len()));
    }
    let second = fixed(&again, least);
    if second.is_changed() {
        faults.push(format!("a second fix changes something: {:?}", second.applied));
    }
    faults
}

/// The result as the next run would read it from the disk.
fn stored(input: &Input, fixed: &Fixed) -> Result<Input, String> {
    let mut sources = Vec::new();
    for (before, after) in fixed.before.iter().zip(&fixed.after) {
        let is_changed = before.bytes() != after.bytes();
        let bytes = if is_changed {
            input.client.store(after).map_err(|error| error.to_string())?
        } else {
            before.disk().to_vec()
        };
        sources.push(Source::new(before.path(), bytes));
    }
    Ok(Input { sources, ..input.clone() })
}

/// Applies every fix alone: what lies before, between and after its edits is the same, byte for byte, and nothing is said
/// otherwise than before but the settings that it changes.
#[test]
fn a_fix_touches_nothing_but_its_edits() {
    let mut count = 0;
    for (name, input) in stock::all().into_iter().chain(variants::all()) {
        let document = read(&input);
        for finding in findings(&input).iter().filter(|finding| finding.is_fixable(Applicability::Unsafe)) {
            let is_it = |other: &Finding| other.rule == finding.rule && other.location == finding.location;
            let fixed = fix_where(&Run::new(std::slice::from_ref(&document)), 0, input.client, &options(), is_it);
            assert!(fixed.is_changed(), "{name}: {} changes nothing", finding.rule);
            if fixed.applied.len() == 1 {
                let fault = same_but_for(finding, &fixed);
                assert_eq!(fault, None, "{name}: {}", finding.rule);
                count += 1;
            }
        }
    }
    assert!(count > 100, "only {count} fixes were tried");
}

fn same_but_for(finding: &Finding, fixed: &Fixed) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    for (index, (before, after)) in fixed.before.iter().zip(&fixed.after).enumerate() {
        let edits: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.source == index).collect();
        let outside = same_outside(before.bytes(), after.bytes(), &edits).err();
        let changed = said_otherwise(before, after);
        let is_meant = |key: &String| fix.changes.iter().any(|change| change.key == *key);
        // A remark says that more than the named settings is changed.
        let extra = changed.into_iter().find(|key| fix.remark.is_none() && !is_meant(key));
        let extra = extra.map(|key| format!("{key} is changed too, of {:?}", fix.changes));
        if let Some(fault) = outside.or(extra) {
            return Some(fault);
        }
    }
    None
}

/// The names of the settings that differ, found without the program's own readers; none where those of `plist` cannot read it.
fn said_otherwise(before: &Source, after: &Source) -> BTreeSet<String> {
    match (said(before), said(after)) {
        (Some(before), Some(after)) => before.symmetric_difference(&after).map(|(key, _)| key.clone()).collect(),
        _ => BTreeSet::new(),
    }
}

/// Names and values, in no order.
fn said(source: &Source) -> Option<BTreeSet<(String, String)>> {
    if source.file_name().ends_with(".js") {
        return Some(prefs_said(source));
    }
    let text = source.bytes();
    let list = plist::Value::from_reader_xml(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)).ok()?;
    let mut said = BTreeSet::new();
    flatten(String::new(), &list, &mut said);
    Some(said)
}

fn prefs_said(source: &Source) -> BTreeSet<(String, String)> {
    let text = String::from_utf8_lossy(source.bytes());
    let lines = text.split("user_pref").skip(1).filter_map(|line| {
        let (key, value) = line.trim_start_matches([' ', '(']).split_once(',')?;
        Some((key.trim_matches(['"', '\'']).to_owned(), value.trim().to_owned()))
    });
    lines.collect()
}

fn flatten(path: String, value: &plist::Value, said: &mut BTreeSet<(String, String)>) {
    match value {
        plist::Value::Dictionary(dict) => {
            let joint = if path.is_empty() { "" } else { "." };
            dict.iter().for_each(|(key, value)| flatten(format!("{path}{joint}{key}"), value, said));
        }
        plist::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| flatten(format!("{path}[{index}]"), item, said));
        }
        value => {
            said.insert((path, format!("{value:?}")));
        }
    }
}

/// Thunderbird, but for changes that do nothing to what is wrong.
#[derive(Debug)]
struct Stubborn;

impl Client for Stubborn {
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
        let edit = Edit { source: 0, span: Span::at(0), text: b"// mended\n".to_vec() };
        Box::new(move |_: &[Change]| Ok(Lowered { edits: vec![edit.clone()], ..Lowered::default() }))
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}

/// Otherwise every round would leave its change behind.
#[test]
fn changes_that_never_help_are_taken_back() {
    let document = stock::input("thunderbird/crlf").client.read(stock::input("thunderbird/crlf").sources);
    let documents = [document];
    let fixed = fix(&Run::new(&documents), 0, &Stubborn, Applicability::Safe, &options());
    assert_eq!(fixed.reverted.map(|reason| reason.to_string()).as_deref(), Some("the fixes came to no end"));
    assert!(fixed.before == fixed.after && fixed.applied.is_empty());
}

/// Walks both texts: each stretch between edits must stand unchanged, each edit's text in its place.
fn same_outside(before: &[u8], after: &[u8], edits: &[&Edit]) -> Result<(), String> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| edit.span);
    let (mut at_before, mut at_after) = (0, 0);
    for edit in edits {
        let kept = &before[at_before..edit.span.start];
        if !after[at_after..].starts_with(kept) {
            return Err(format!("bytes before the edit at {} differ", edit.span.start));
        }
        at_after += kept.len();
        if !after[at_after..].starts_with(&edit.text) {
            return Err(format!("the edit at {} is not there", edit.span.start));
        }
        at_after += edit.text.len();
        at_before = edit.span.end;
    }
    if before[at_before..] == after[at_after..] { Ok(()) } else { Err("bytes after the last edit differ".to_owned()) }
}

/// A place is the same line and column whatever the encoding, and a byte order mark is no column.
#[test]
fn places_do_not_depend_on_the_encoding() {
    let text = fs::read_to_string(fixture::root().join("mobileconfig/configurator/mail.mobileconfig")).unwrap();
    let faulty = text.replacen("<true/>", "<false/>", 1);
    let line = 1 + faulty.lines().position(|line| line.trim() == "<false/>").unwrap();
    for (encoding, bytes) in variants::encodings(&faulty) {
        let report = lint(&[in_memory(find("mobileconfig").unwrap(), "a.mobileconfig", bytes)], &options());
        assert!(!report.findings.is_empty(), "{encoding}");
        let json: serde_json::Value = serde_json::from_str(&json(&report, &Style::default())).unwrap();
        let mut found = json["findings"].as_array().unwrap().iter();
        let key = "PayloadContent[0].IncomingMailServerUseSSL";
        let found = found.find(|finding| finding["key"] == key).unwrap();
        let place = (found["line"].as_u64(), found["column"].as_u64());
        let expected = if encoding == "binary" { (None, None) } else { (Some(line as u64), Some(4)) };
        assert_eq!(place, expected, "{encoding}: {found}");
    }
}

#[test]
fn a_place_in_the_first_line_does_not_count_the_byte_order_mark() {
    let line = "user_pref(\"mail.server.server1.port\", 143); user_pref(\"mail.server.server1.socketType\", 3);";
    let rest = "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n\
                user_pref(\"mail.account.account1.server\", \"server1\");\nuser_pref(\"mail.server.server1.type\", \"imap\");\n\
                user_pref(\"mail.server.server1.hostname\", \"mail.example.jp\");\n";
    for bom in ["", "\u{FEFF}"] {
        let input = in_memory(find("thunderbird").unwrap(), "prefs.js", format!("{bom}{line}\n{rest}"));
        let report = lint(&[input], &options());
        let json: serde_json::Value = serde_json::from_str(&json(&report, &Style::default())).unwrap();
        let mut found = json["findings"].as_array().unwrap().iter();
        let found = found.find(|finding| finding["rule"] == "port-security-mismatch").unwrap();
        let column = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap() - 1;
        let marked = &line[column("column")..column("end_column")];
        assert_eq!(found["line"], 1, "{bom:?}");
        assert!(["143", "3"].contains(&marked), "{bom:?}: {marked:?} is marked");
    }
}

/// Reads, judges, mends and prints whatever it is given.
fn survive(input: &Input) -> Vec<String> {
    let report = lint(std::slice::from_ref(input), &options());
    let style = Style { verbose: true, ..Style::default() };
    assert!(serde_json::from_str::<serde_json::Value>(&json(&report, &style)).is_ok());
    assert!(!text(&report, &style).is_empty());
    let mut faults = Vec::new();
    for least in [Applicability::Safe, Applicability::Unsafe] {
        let fixed = fixed(input, least);
        faults.extend(faults_of(input, &fixed, least));
    }
    faults
}

/// One slip of the hand, the editor or the disk.
#[derive(Clone, Debug)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Delete(prop::sample::Index, usize),
    Truncate(prop::sample::Index),
    RepeatLine(prop::sample::Index),
    DropLine(prop::sample::Index),
    SwapLines(prop::sample::Index, prop::sample::Index),
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Flip(at, mask) => {
                let at = at.index(bytes.len());
                bytes[at] ^= mask;
            }
            Self::Insert(at, new) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Self::Delete(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Self::Truncate(at) => bytes.truncate(at.index(bytes.len())),
            Self::RepeatLine(at) => {
                let mut lines = lines(bytes);
                let line = lines[at.index(lines.len())].clone();
                lines.insert(at.index(lines.len()), line);
                *bytes = lines.concat();
            }
            Self::DropLine(at) => {
                let mut lines = lines(bytes);
                lines.remove(at.index(lines.len()));
                *bytes = lines.concat();
            }
            Self::SwapLines(one, other) => {
                let mut lines = lines(bytes);
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
                *bytes = lines.concat();
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || any::<prop::sample::Index>();
    let pieces = prop::sample::select(vec![
        "\0",
        "\"",
        "'",
        "\\",
        ";",
        "(",
        ")",
        ",",
        "<",
        ">",
        "&",
        "&#0;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "/*",
        "*/",
        "//",
        "\r",
        "\n",
        "user_pref(",
        "</dict>",
        "<dict>",
        "<key>",
        "</string>",
        "<integer>",
        "\u{FEFF}",
        "\u{3000}",
        "-1",
        "99999999999999999999",
        "é",
    ]);
    let new = prop_oneof![pieces.prop_map(|piece| piece.as_bytes().to_vec()), prop::collection::vec(any::<u8>(), 1..6)];
    prop_oneof![
        (at(), 1_u8..).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        (at(), new).prop_map(|(at, new)| Damage::Insert(at, new)),
        (at(), 1_usize..40).prop_map(|(at, count)| Damage::Delete(at, count)),
        at().prop_map(Damage::Truncate),
        at().prop_map(Damage::RepeatLine),
        at().prop_map(Damage::DropLine),
        (at(), at()).prop_map(|(one, other)| Damage::SwapLines(one, other)),
    ]
}

/// Preferences that a power cut ended anywhere, with lines and without.
#[test]
fn preferences_that_end_anywhere_are_survived() {
    let client = find("thunderbird").unwrap();
    let text = String::from_utf8(stock::input("thunderbird/japanese-folders").sources[0].disk().to_vec()).unwrap();
    let settings: Vec<&str> = text.lines().filter(|line| line.contains("(\"mail.")).collect();
    let mut failures = Vec::new();
    for text in [settings.join("\n"), settings.join(" ")] {
        for (end, _) in text.char_indices().step_by(7) {
            let faults = survive(&in_memory(client, "prefs.js", &text[..end]));
            failures
                .extend(faults.into_iter().map(|fault| format!("…{}: {fault}", &text[end.saturating_sub(40)..end])));
        }
    }
    assert!(failures.is_empty(), "{} faults\n{}", failures.len(), failures.join("\n"));
}

/// In one line with it, an open quotation mark would swallow whatever is added.
#[test]
fn nothing_is_added_where_it_would_not_be_read() {
    let client = find("thunderbird").unwrap();
    let change = Change {
        key: "mail.server.server1.userName".to_owned(),
        from: String::new(),
        to: Value::Text("taro@example.jp".to_owned()),
    };
    let edit = |separator: &str| {
        let text = format!(
            "user_pref(\"mail.server.server1.type\", \"imap\");{separator}user_pref(\"mail.smtpservers\", \"sm"
        );
        let document = client.read(in_memory(client, "prefs.js", text).sources);
        client.edit(&document, std::slice::from_ref(&change))
    };
    assert!(edit("\n").is_ok());
    assert!(edit(" ").is_err());
}

/// A file that lost one line, or has one twice, is still mended to an end. Every line takes its turn.
#[test]
fn a_lost_or_repeated_line_is_survived() {
    let mut failures = Vec::new();
    for name in ["mobileconfig/configurator", "apple-mail/accounts-xml", "thunderbird/crlf", "thunderbird/bom"] {
        let whole = stock::input(name);
        let lines: Vec<&[u8]> = whole.sources[0].disk().split_inclusive(|byte| *byte == b'\n').collect();
        for (number, line) in lines.iter().enumerate() {
            for count in [0, 2] {
                let kept = [&lines[..number], &vec![*line; count], &lines[number + 1..]].concat().concat();
                let damaged = in_memory(whole.client, whole.sources[0].file_name(), kept);
                let faults = survive(&damaged).into_iter();
                failures.extend(faults.map(|fault| format!("{name}:{} {count} times: {fault}", number + 1)));
            }
        }
    }
    assert!(failures.is_empty(), "{} faults\n{}", failures.len(), failures.join("\n"));
}

fn client() -> impl Strategy<Value = &'static dyn Client> {
    prop::sample::select(CLIENTS.to_vec())
}

proptest! {
    /// A damaged file is still read, judged and mended by its own client: nothing panics, no fix makes it worse.
    #[test]
    fn damaged_fixtures_are_survived(
        which in any::<prop::sample::Index>(),
        file in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..5),
    ) {
        let pool = pool();
        let (name, mut input) = pool[which.index(pool.len())].clone();
        let file = file.index(input.sources.len());
        let mut bytes = input.sources[file].disk().to_vec();
        damages.iter().for_each(|damage| damage.apply(&mut bytes));
        input.sources[file] = Source::new(input.sources[file].path(), bytes);
        let faults = survive(&input);
        prop_assert!(faults.is_empty(), "{}: {:#?}", name, faults);
    }

    /// A file read as another client's (`--client`) does no harm.
    #[test]
    fn a_damaged_fixture_of_another_client_is_survived(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 0..3),
        client in client(),
    ) {
        let pool = pool();
        let mut input = pool[which.index(pool.len())].1.clone();
        let mut bytes = input.sources[0].disk().to_vec();
        damages.iter().for_each(|damage| damage.apply(&mut bytes));
        input.sources[0] = Source::new(input.sources[0].path(), bytes);
        input.client = client;
        survive(&input);
    }

    #[test]
    fn arbitrary_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), client in client()) {
        survive(&in_memory(client, "file", bytes));
    }

    /// The beginnings that choose a reader, with anything behind them.
    #[test]
    fn arbitrary_bytes_behind_a_known_beginning_are_survived(
        head in prop::sample::select(HEADS.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        client in client(),
    ) {
        survive(&in_memory(client, "file", [head, &bytes].concat()));
    }
}

const HEADS: &[&[u8]] = &[
    b"bplist00",
    b"\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02",
    b"\x30\x82\x02\x00\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80",
    b"-----BEGIN CMS-----\n",
    b"\xFF\xFE<\0",
    b"\xFE\xFF\0<",
    b"\xEF\xBB\xBF",
    b"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>PayloadContent</key><array><dict><key>PayloadType</key>",
    b"user_pref(\"mail.accountmanager.accounts\", ",
];

/// What is damaged: the fixtures and the faulty variants, read from the disk once.
fn pool() -> &'static [(String, Input)] {
    static POOL: std::sync::OnceLock<Vec<(String, Input)>> = std::sync::OnceLock::new();
    POOL.get_or_init(|| {
        // One variant in seven keeps every fault and every encoding in the pool, and leaves room for the fixtures.
        let variants = variants::all().into_iter().step_by(5);
        stock::all().into_iter().chain(variants).collect()
    })
}

#[test]
fn a_file_larger_than_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prefs.js");
    fs::File::create(&path).unwrap().set_len(65 << 20).unwrap();
    let reason = mailcfg::message!("it is larger than {limit} MB, the most that is read", limit = 64);
    // Who names a file wants to know; in a folder it is one of many.
    for (named, expected) in [
        (path.clone(), FileStatus::Unreadable(reason.clone())),
        (folder.path().to_path_buf(), FileStatus::Skipped(reason)),
    ] {
        let found = discover::in_paths(&[named], None);
        assert!(found.inputs.is_empty());
        assert_eq!(found.others[0].status, expected);
    }
    fs::File::create(&path).unwrap().set_len(discover::MAX_FILE).unwrap();
    assert_eq!(discover::in_paths(&[path], None).inputs.len(), 1, "the limit itself is allowed");
}

const DEPTH: usize = 100_000;

/// Nested lists and containers, deeper than any stack.
fn nested() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let list = |open: &str, close: &str| {
        format!("<plist version=\"1.0\">{}{}</plist>", open.repeat(DEPTH), close.repeat(DEPTH)).into_bytes()
    };
    let binary = {
        // Each array holds the next one; the last holds itself.
        let mut bytes = b"bplist00".to_vec();
        let mut offsets = Vec::new();
        for index in 0..DEPTH {
            offsets.push(u32::try_from(bytes.len()).unwrap());
            let next = u32::try_from((index + 1).min(DEPTH - 1)).unwrap();
            bytes.extend([&[0xA1], next.to_be_bytes().as_slice()].concat());
        }
        let table = bytes.len() as u64;
        offsets.iter().for_each(|offset| bytes.extend(offset.to_be_bytes()));
        bytes.extend([0, 0, 0, 0, 0, 0, 4, 4]);
        [DEPTH as u64, 0, table].iter().for_each(|number| bytes.extend(number.to_be_bytes()));
        bytes
    };
    let signed = [HEADS[1], &[0xA0, 0x80].repeat(DEPTH)].concat();
    vec![
        ("arrays", "mobileconfig", list("<array>", "</array>")),
        ("dictionaries", "mobileconfig", list("<dict><key>PayloadContent</key>", "</dict>")),
        ("dictionaries that never end", "mobileconfig", b"<dict><key>a</key>".repeat(DEPTH)),
        ("arrays of another client", "apple-mail", list("<dict><key>MailAccounts</key><array>", "</array></dict>")),
        ("binary", "mobileconfig", binary.clone()),
        ("binary of another client", "apple-mail", binary),
        ("signed", "mobileconfig", signed),
        ("parentheses", "thunderbird", b"user_pref(".repeat(DEPTH)),
        ("comments", "thunderbird", b"/*".repeat(DEPTH)),
    ]
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    for (name, client, bytes) in nested() {
        let input = in_memory(find(client).unwrap(), "file", bytes);
        println!("{name}");
        let _ = survive(&input);
    }
}
