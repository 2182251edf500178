//! Declarations of mail accounts: what every provider publishes is left alone, what is wrong is found at its key, and a fix changes
//! nothing else.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

#[allow(dead_code, reason = "shared with the tests that read fixtures")]
mod fixture;

use fixture::{in_memory, options};
use mailcfg::account::{Authentication, Protocol, Security};
use mailcfg::clients::find;
use mailcfg::finding::{Applicability, Finding, Severity};
use mailcfg::fix::fix;
use mailcfg::lint::{Input, lint, read};
use mailcfg::provider::{Providers, ServerSet};
use mailcfg::rules::Run;
use serde_json::json;

fn input(name: &str, text: impl Into<Vec<u8>>) -> Input {
    in_memory(find("declaration").unwrap(), name, text)
}

/// A declaration with these servers: host and port.
fn declaration(protocol: Protocol, incoming: (&str, u16), outgoing: (&str, u16)) -> String {
    let server = |(host, port): (&str, u16)| {
        json!({
            "HostName": host, "Port": port, "AuthenticationMethod": "Password",
            "AuthenticationCredentialsAssetReference": "jp.example.credentials",
        })
    };
    let (mut incoming, outgoing) = (server(incoming), server(outgoing));
    incoming["ServerType"] = if protocol == Protocol::Pop3 { "POP" } else { "IMAP" }.into();
    let whole = json!({
        "Type": "com.apple.configuration.account.mail",
        "Identifier": "jp.example.mail",
        "Payload": { "IncomingServer": incoming, "OutgoingServer": outgoing },
    });
    serde_json::to_string_pretty(&whole).unwrap()
}

fn findings(text: &str) -> Vec<Finding> {
    lint(&[input("mail.json", text)], &options()).findings
}

/// Whether the port says how the set encrypts, and a password is taken, as it must be in a declaration.
fn can_be_declared(set: &ServerSet) -> bool {
    if !set.authentication.is_empty() && !set.authentication.contains(&Authentication::Password) {
        return false;
    }
    let is_tls_port = matches!(set.port, 993 | 995 | 465);
    set.is_usable() && set.security == if is_tls_port { Security::Tls } else { Security::StartTls }
}

#[test]
fn what_a_provider_publishes_is_left_alone() {
    let (mut count, mut failures) = (0, Vec::new());
    for provider in Providers::embedded().iter() {
        let usable = || provider.servers.iter().filter(|set| can_be_declared(set) && !set.host.contains(['*', '{']));
        let incoming = usable().filter(|set| matches!(set.protocol, Protocol::Imap | Protocol::Pop3));
        let Some(outgoing) = usable().find(|set| set.protocol == Protocol::Smtp) else { continue };
        for set in incoming {
            count += 1;
            let text = declaration(set.protocol, (&set.host, set.port), (&outgoing.host, outgoing.port));
            let loud = findings(&text)
                .into_iter()
                .filter(|finding| finding.severity > Severity::Warning || finding.is_fixable(Applicability::Safe));
            failures.extend(loud.map(|finding| format!("{}: {} {}", provider.id, finding.rule, finding.message)));
        }
    }
    assert!(count > 200, "only {count} declarations were made");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_is_wrong_is_found_at_its_key() {
    let right = declaration(Protocol::Imap, ("imap.example.jp", 993), ("smtp.example.jp", 465));
    let loud: Vec<_> = findings(&right).into_iter().filter(|finding| finding.severity > Severity::Info).collect();
    assert!(loud.is_empty(), "{loud:?}");
    for (old, new, rule, key) in [
        ("\"Port\": 993", "\"Port\": 99393", "port-out-of-range", "Payload.IncomingServer.Port"),
        ("\"Port\": 993", "\"Port\": \"993\"", "wrong-value-type", "Payload.IncomingServer.Port"),
        ("\"IMAP\"", "\"IMAPS\"", "unknown-value", "Payload.IncomingServer.ServerType"),
        ("\"ServerType\": \"IMAP\"", "\"UseSSL\": true", "missing-required-key", "Payload.IncomingServer.ServerType"),
        ("\"ServerType\": \"IMAP\"", "\"UseSSL\": true", "unknown-declaration-key", "Payload.IncomingServer.UseSSL"),
        ("\"smtp.example.jp\"", "\"https://smtp.example.jp\"", "url-in-host", "Payload.OutgoingServer.HostName"),
        ("\"Identifier\": \"jp.example.mail\",", "", "missing-required-key", "Identifier"),
        ("\"smtp.example.jp\",", "\"smtp.example.jp\"", "syntax-error", ""),
    ] {
        assert!(right.contains(old), "{old}");
        let found = findings(&right.replacen(old, new, 1));
        let is_found = found.iter().any(|finding| finding.rule == rule && finding.location.key == key);
        assert!(is_found, "{new}: no {rule} at {key} in {found:?}");
    }
    let method = "\"AuthenticationMethod\": \"Password\"";
    let unsigned = right.replacen("\"AuthenticationCredentialsAssetReference\"", "\"HostName\"", 1);
    assert!(unsigned.contains(method));
    assert!(findings(&unsigned).iter().any(|finding| {
        finding.rule == "missing-required-key"
            && finding.location.key.ends_with("AuthenticationCredentialsAssetReference")
    }));
}

#[test]
fn a_fix_changes_one_value() {
    let right = declaration(Protocol::Imap, ("imap.gmail.com", 993), ("smtp.gmail.com", 465));
    for (least, old, new) in [
        (Applicability::Safe, "\"imap.gmail.com\"", "\" imap.gmail.com\""),
        (Applicability::Unsafe, "\"Port\": 993", "\"Port\": \"993\""),
        (Applicability::Unsafe, "\"HostName\"", "\"Hostname\""),
    ] {
        let wrong = right.replacen(old, new, 1);
        let input = input("mail.json", wrong);
        let fixed = fix(&Run::new(&[read(&input)]), 0, input.client, least, &options());
        assert_eq!(fixed.reverted, None);
        assert_eq!(String::from_utf8_lossy(fixed.after[0].bytes()), right, "{new}");
    }
}

#[test]
fn a_password_in_an_asset_is_never_shown() {
    let text = "{\"Type\": \"com.apple.asset.useridentity\", \"Identifier\": \"a\", \"Payload\": {\"Password\": \"hunter2-hunter2\"}}";
    let input = input("a.json", text);
    let report = lint(std::slice::from_ref(&input), &options());
    assert!(report.findings.iter().any(|finding| finding.rule == "unknown-declaration-key"));
    let said = mailcfg::report::text(&report, &mailcfg::report::Style::default());
    assert!(
        !said.contains("hunter2")
            && !mailcfg::report::json(&report, &mailcfg::report::Style::default()).contains("hunter2"),
        "{said}"
    );
}
