//! Every fixture is read as what it is, what works gets no alarm, and nothing is written where nothing is changed.

use std::fs;

use mailcfg::account::Account;
use mailcfg::document::Editing;
use mailcfg::finding::{Applicability, Severity};
use mailcfg::fix::fix_where;
use mailcfg::lint::read;
use mailcfg::rules::Run;
use mailcfg::source::View;

use crate::fixture::{self, options};
use crate::{UTF16_BE, UTF16_LE, findings, stock, variants};

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
    known("declaration/mailbox", 1, View::Plain, State::Clean),
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
        let server = |account: &mut Account| {
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
