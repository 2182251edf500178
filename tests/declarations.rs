//! Declarations of mail accounts: what every provider publishes is left alone, what is wrong is found at its key, also in another
//! file, and a fix changes nothing else.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

#[allow(dead_code, reason = "shared with the tests that read fixtures")]
mod fixture;

use fixture::{in_memory, options};
use mailcfg::account::{Authentication, Protocol};
use mailcfg::clients::find;
use mailcfg::config::{self, Controls};
use mailcfg::discover::joined;
use mailcfg::finding::{Applicability, Confidence, Finding, Severity};
use mailcfg::fix::fix;
use mailcfg::lint::{Input, Options, lint, read};
use mailcfg::provider::{Providers, ServerSet};
use mailcfg::rules::Run;
use mailcfg::source::Source;
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

/// Which encryption a port stands for is an assumption, so that nothing may be said of a port that the provider names, whatever it
/// says of the encryption there.
#[test]
fn every_port_that_a_provider_publishes_is_left_alone() {
    let (mut count, mut failures) = (0, Vec::new());
    for provider in Providers::embedded().iter() {
        let takes_password =
            |set: &&ServerSet| set.authentication.is_empty() || set.authentication.contains(&Authentication::Password);
        let usable = || provider.servers.iter().filter(|set| set.is_usable() && !set.host.contains(['*', '{']));
        let usable = || usable().filter(takes_password);
        let incoming = usable().filter(|set| matches!(set.protocol, Protocol::Imap | Protocol::Pop3));
        let Some(outgoing) = usable().find(|set| set.protocol == Protocol::Smtp) else { continue };
        for set in incoming {
            count += 1;
            let text = declaration(set.protocol, (&set.host, set.port), (&outgoing.host, outgoing.port));
            let loud = findings(&text)
                .into_iter()
                .filter(|finding| finding.severity > Severity::Info || finding.is_fixable(Applicability::Safe));
            failures.extend(loud.map(|finding| format!("{}: {} {}", provider.id, finding.rule, finding.message)));
        }
    }
    assert!(count > 250, "only {count} declarations were made");
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

const PERSON: &str = r#"{"Type": "com.apple.asset.useridentity", "Identifier": "jp.example.person",
    "Payload": {"EmailAddress": "taro.yamada@gmail.com"}}"#;
const DATA: &str = "{\n  \"UserName\": \"taro.yamada@gmail.com\",\n  \"Password\": \"hunter2-hunter2\"\n}\n";

fn credentials(more: &str) -> String {
    format!(
        "{{\"Type\": \"com.apple.asset.credential.userpassword\", \"Identifier\": \"jp.example.credentials\",\n\
         \"Payload\": {{\"Reference\": {{\"DataURL\": \"https://mdm.example.jp/c/taro\"{more}}}}}}}\n"
    )
}

/// A mailbox at Gmail in four files, of which one is replaced.
fn whole(replaced: &str, by: &str) -> Input {
    let mail = declaration(Protocol::Imap, ("imap.gmail.com", 993), ("smtp.gmail.com", 465));
    let mail =
        mail.replacen("\"Payload\": {", "\"Payload\": {\"UserIdentityAssetReference\": \"jp.example.person\",", 1);
    let credentials = credentials("");
    let files =
        [("mail.json", &*mail), ("person.json", PERSON), ("credentials.json", &credentials), ("taro.json", DATA)];
    let files = files.map(|(name, text)| input(name, if name == replaced { by } else { text }));
    let [joined] = &joined(files.to_vec())[..] else { panic!("the files do not belong together") };
    joined.clone()
}

fn said(input: &Input, options: &Options) -> Vec<Finding> {
    lint(std::slice::from_ref(input), options).findings
}

#[test]
fn address_and_user_name_are_those_of_the_assets() {
    let document = read(&whole("", ""));
    let account = &document.accounts[0];
    assert_eq!(account.address().unwrap().key, "person.json:Payload.EmailAddress");
    for server in account.incoming.iter().chain(&account.outgoing) {
        assert_eq!((&*server.username.key, &*server.username.value), ("taro.json:UserName", "taro.yamada@gmail.com"));
        assert_eq!(document.sources[server.username.place().unwrap().source].file_name(), "taro.json");
    }
    let loud: Vec<_> =
        said(&whole("", ""), &options()).into_iter().filter(|finding| finding.severity > Severity::Info).collect();
    assert!(loud.iter().all(|finding| finding.rule == "secret-in-file"), "{loud:?}");
}

#[test]
fn what_is_wrong_in_an_asset_is_found_in_its_file() {
    for (file, text, rule, key) in [
        (
            "person.json",
            PERSON.replace("gmail", "gmial"),
            "address-domain-misspelled",
            "person.json:Payload.EmailAddress",
        ),
        ("person.json", PERSON.replace("@g", "\u{ff20}g"), "invalid-address", "person.json:Payload.EmailAddress"),
        ("taro.json", DATA.replace("@gmail.com", "@yahoo.com"), "username-domain-differs", "taro.json:UserName"),
        ("taro.json", DATA.replace(".com\"", ".com \""), "whitespace-in-username", "taro.json:UserName"),
        ("taro.json", DATA.replace("hunter2\"", "hunter2 \""), "password-shape", "taro.json:Password"),
        ("taro.json", DATA.replace("\"taro.yamada@gmail.com\"", "1"), "wrong-value-type", "taro.json:UserName"),
        ("taro.json", "{\"Password\": \"hunter2\"}".to_owned(), "missing-required-key", "taro.json:UserName"),
        (
            "credentials.json",
            credentials("").replace("https", "http"),
            "plain-web-address",
            "credentials.json:Payload.Reference.DataURL",
        ),
        (
            "credentials.json",
            credentials(", \"Hash\": \"00\""),
            "unknown-declaration-key",
            "credentials.json:Payload.Reference.Hash",
        ),
    ] {
        let found = said(&whole(file, &text), &options());
        let is_found = found.iter().any(|finding| finding.rule == rule && finding.location.key == key);
        assert!(is_found, "no {rule} at {key} in {found:?}");
    }
}

/// A device compares the credentials with what the asset says of them.
#[test]
fn a_change_of_credentials_is_written_with_its_size_and_digest() {
    let name = DATA.replace("@gmail.com", "@gmail.com ");
    let digest = |text: &str| -> String {
        use sha2::Digest as _;
        sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let described =
        |text: &str| credentials(&format!(", \"Size\": {}, \"Hash-SHA-256\": \"{}\"", text.len(), digest(text)));
    for (asset, expected) in [
        (described(&name), described("{\n  \"UserName\": \"taro.yamada@gmail.com\"\n}\n")),
        (credentials(", \"Size\": 7"), credentials(", \"Size\": 7")),
    ] {
        let mut input = whole("taro.json", &name);
        let at = input.sources.iter().position(|source| source.file_name() == "credentials.json").unwrap();
        input.sources[at] = Source::new("credentials.json", asset.clone().into_bytes());
        let documents = [read(&input)];
        let fixed = |least| fix(&Run::new(&documents), 0, input.client, least, &options());
        assert!(!fixed(Applicability::Safe).is_changed(), "the server still serves the old file");
        let fixed = fixed(Applicability::Unsafe);
        assert_eq!(fixed.reverted, None);
        assert_eq!(String::from_utf8_lossy(fixed.after[at].bytes()), expected);
    }
}

#[test]
fn a_password_beside_declarations_is_never_shown() {
    for text in [
        DATA.to_owned(),
        DATA.replace("hunter2-hunter2", "hunter2-hunter2 "),
        DATA.replace("taro.yamada@gmail.com", "hunter2-hunter2"),
        DATA.replace("hunter2-hunter2", "4711").replace("\"4711\"", "4711"),
    ] {
        let input = whole("taro.json", &text);
        let report = lint(std::slice::from_ref(&input), &options());
        assert!(report.findings.iter().any(|finding| finding.rule == "secret-in-file"));
        let style = mailcfg::report::Style::default();
        for format in mailcfg::report::Format::ALL {
            let said = mailcfg::report::render(&report, *format, &style);
            assert!(!said.contains("hunter2") && !said.contains("4711"), "{format:?}: {said}");
        }
    }
}

/// What is only assumed of the encryption is never said for certain.
#[test]
fn what_follows_from_the_port_is_not_certain() {
    let policy = config::read(&Source::new("mailcfg.toml", *b"[policy]\nrequire-implicit-tls = true\n")).unwrap();
    let mut options = options();
    options.controls = Controls::one(policy.policy);
    let text = declaration(Protocol::Imap, ("imap.example.jp", 143), ("smtp.example.jp", 587));
    let found = said(&input("mail.json", text), &options);
    let found: Vec<_> = found.iter().filter(|finding| finding.rule == "no-implicit-tls").collect();
    assert_eq!(found.len(), 2);
    assert!(
        found.iter().all(|one| (one.severity, one.confidence) == (Severity::Warning, Confidence::Medium)),
        "{found:?}"
    );
}

/// The rule finds something in this; without a rule, none may.
fn holds(text: &str, rule: Option<&str>) {
    let found = findings(text);
    let is_loud =
        |finding: &&Finding| finding.severity > Severity::Info || finding.rule == "credentials-without-sign-in";
    let loud: Vec<&str> = found.iter().filter(is_loud).map(|finding| finding.rule).collect();
    assert_eq!(loud.is_empty(), rule.is_none(), "{text}: {loud:?}");
    assert!(rule.is_none_or(|rule| loud.contains(&rule)), "{text}: no {rule:?} in {loud:?}");
}

fn asset(kind: &str, payload: &str) -> String {
    format!(r#"{{"Type": "com.apple.asset.{kind}", "Identifier": "a", "Payload": {payload}}}"#)
}

#[test]
fn assets_are_held_to_their_schema() {
    let reference = |more: &str| format!(r#"{{"Reference": {{"DataURL": "https://example.jp/c"{more}}}}}"#);
    let long = |len: usize| asset("useridentity", "{}").replace("\"a\"", &format!("\"{}\"", "a".repeat(len)));
    for (text, rule) in [
        (long(64), None),
        (long(65), Some("identifier-too-long")),
        (asset("credential.userpassword", &reference("")), None),
        (asset("credential.identity", &reference(r#", "ContentType": "application/json""#)), None),
        (asset("credential.scep", &reference(r#", "Sise": 1"#)), Some("unknown-declaration-key")),
        (asset("credential.userpassword", &reference("").replace("https", "http")), Some("plain-web-address")),
        (asset("credential.userpassword", &reference("").replace("https://", "")), Some("unknown-value")),
        (asset("credential.acme", r#"{"Reference": {}}"#), Some("missing-required-key")),
        (format!("[{}, {}]", long(3), long(3)), Some("duplicate-declaration")),
        (format!("[{}, {}]", long(3), long(4)), None),
    ] {
        holds(&text, rule);
    }
}

#[test]
fn accounts_are_held_to_their_schema_and_to_what_they_name() {
    let mail = declaration(Protocol::Imap, ("imap.example.jp", 993), ("smtp.example.jp", 465));
    let smime = |name: &str, kind: &str| {
        let signing = format!(r#""SMIME": {{"Signing": {{"Enabled": true, "IdentityAssetReference": "{name}"}}}},"#);
        let whole = mail.replacen("\"Payload\": {", &format!("\"Payload\": {{{signing}"), 1);
        let identity = asset(kind, r#"{"Reference": {"DataURL": "https://example.jp/i"}}"#);
        format!("[{whole}, {}, {identity}]", credentials(""))
    };
    let google = |payload: &str| {
        let account = r#"{"Type": "com.apple.configuration.account.google", "Identifier": "g",
            "Payload": {"UserIdentityAssetReference": "a"}}"#;
        format!("[{account}, {}]", asset("useridentity", payload))
    };
    for (text, rule) in [
        (mail.replace("\"Password\"", "\"None\""), Some("credentials-without-sign-in")),
        (smime("a", "credential.identity"), None),
        (smime("b", "credential.identity"), Some("dangling-asset")),
        (smime("a", "useridentity"), Some("dangling-asset")),
        (google(r#"{"EmailAddress": "taro@example.jp"}"#), None),
        (google(r#"{"EmailAddress": "$EMAIL"}"#), None),
        (google(r#"{"FullName": "Taro"}"#), Some("missing-required-key")),
        (google(r#"{"EmailAddress": ""}"#), Some("missing-required-key")),
    ] {
        holds(&text, rule);
    }
}

#[test]
fn exchange_accounts_are_held_to_their_schema() {
    const HOST: &str = r#""HostName": "mail.example.jp""#;
    for (payload, rule) in [
        (HOST, None),
        (r#""OAuth": {"Enabled": true}"#, None),
        (r#""OAuth": {"Enabled": true, "SignInURL": "https://example.jp"}"#, Some("exchange-oauth-conflict")),
        (r#""OAuth": {"Enabled": false, "SignInURL": "https://example.jp"}"#, Some("exchange-oauth-conflict")),
        (
            r#""HostName": "mail.example.jp", "OAuth": {"Enabled": true, "SignInURL": "http://example.jp"}"#,
            Some("plain-web-address"),
        ),
        (r#""OAuth": {}"#, Some("missing-required-key")),
        (r#""HostName": "mail.example.jp", "Port": 99443"#, Some("port-out-of-range")),
        (r#""ExternalPort": 0"#, Some("unknown-value")),
        (r#""VisibleName": "Mail""#, None),
    ] {
        let text = |types: &str| {
            format!(
                r#"{{"Type": "com.apple.configuration.account.exchange", "Identifier": "e",
                    "Payload": {{"EnabledProtocolTypes": {types}, {payload}}}}}"#
            )
        };
        holds(&text(r#"["EWS"]"#), rule);
        let needs_host = !payload.contains("HostName") && !payload.contains("\"Enabled\": true");
        holds(&text(r#"["EAS"]"#), rule.or(needs_host.then_some("missing-required-key")));
        holds(&text("[]"), rule.or(Some("missing-required-key")));
        holds(&text(r#"["EWT"]"#), rule.or(Some("unknown-value")));
    }
}
