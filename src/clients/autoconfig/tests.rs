//! Whole files, read and edited.

use super::*;
use crate::account::{Account, Authentication, Protocol, Security};
use crate::document::Seen;
use crate::finding::{Change, Value};
use proptest::prelude::*;

const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- kept by hand -->
<clientConfig version="1.1">
  <emailProvider id="example.jp">
    <domain>example.jp</domain>
    <displayName>Example &amp; Co</displayName>
    <incomingServer type="imap">
      <hostname>imap.%EMAILDOMAIN%</hostname>
      <port>993</port> <!-- TLS -->
      <socketType>SSL</socketType>
      <authentication>OAuth2</authentication>
      <authentication>password-cleartext</authentication>
      <username>%EMAILADDRESS%</username>
    </incomingServer>
    <incomingServer type="pop3">
      <hostname> pop.example.jp </hostname>
      <port>110</port>
      <socketType>STARTTLS</socketType>
      <authentication>secure</authentication>
      <username>%EMAILLOCALPART%</username>
    </incomingServer>
    <incomingServer type="ews">
      <username>%EMAILADDRESS%</username>
      <authentication>NTLM</authentication>
      <url>https://mail.example.jp/ews/exchange.asmx</url>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.example.jp</hostname>
      <port>587</port>
      <socketType>STARTTLS</socketType>
      <authentication>password-cleartext</authentication>
      <username>%EMAILADDRESS%</username>
    </outgoingServer>
  </emailProvider>
</clientConfig>
"#;

fn read(text: &str) -> Document {
    Autoconfig.read(vec![Source::new("config-v1.1.xml", text.as_bytes())])
}

fn account<'a>(document: &'a Document, id: &str) -> &'a Account {
    document.accounts.iter().find(|account| account.id == id).unwrap()
}

/// The keys of the observations, with their kinds.
fn seen(text: &str) -> Vec<String> {
    let kind = |seen: &Seen| format!("{seen:?}").split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned();
    read(text).observations.iter().map(|seen| format!("{} {}", kind(&seen.seen), seen.key)).collect()
}

/// The file after the change, or the reason why it cannot be made.
fn changed(text: &str, key: &str, to: Value) -> Result<String, String> {
    let document = read(text);
    let change = Change { key: key.to_owned(), from: String::new(), to };
    let lowered = Autoconfig.edit(&document, &[change]).map_err(|reason| reason.to_string())?;
    let after = document.main().edited(&lowered.edits).unwrap();
    Ok(String::from_utf8(after.bytes().to_vec()).unwrap())
}

#[test]
fn each_way_to_fetch_mail_is_an_account() {
    let document = read(FILE);
    let ids: Vec<&str> = document.accounts.iter().map(|account| account.id.as_str()).collect();
    assert_eq!(ids, ["example.jp/imap", "example.jp/pop3", "example.jp/ews"]);
    let imap = account(&document, "example.jp/imap").incoming.as_ref().unwrap();
    assert_eq!((imap.host.value.as_str(), imap.port.value), ("imap.example.jp", 993));
    assert_eq!((imap.security.value, imap.authentication.value), (Security::Tls, Authentication::Password));
    assert_eq!(imap.username.value, account(&document, "example.jp/imap").address().unwrap().value);
    assert_eq!(document.as_written(&imap.username.value), "%EMAILADDRESS%");
    assert_eq!(document.as_written(&imap.host.value), "imap.%EMAILDOMAIN%");
    let pop = account(&document, "example.jp/pop3").incoming.as_ref().unwrap();
    assert_eq!((pop.host.value.as_str(), pop.authentication.value), ("pop.example.jp", Authentication::Encrypted));
    let ews = account(&document, "example.jp/ews");
    let server = ews.incoming.as_ref().unwrap();
    assert_eq!((server.protocol.value, server.host.value.as_str()), (Protocol::Exchange, "mail.example.jp"));
    assert_eq!((ews.outgoing.len(), account(&document, "example.jp/pop3").outgoing.len()), (0, 1));
    assert_eq!(seen(FILE), [] as [String; 0]);
}

#[test]
fn the_same_is_read_from_every_encoding() {
    let expected = read(FILE).accounts;
    let crlf = FILE.replace('\n', "\r\n");
    for text in [format!("\u{FEFF}{FILE}"), crlf] {
        let document = read(&text);
        assert_eq!(document.accounts.len(), expected.len());
        assert!(document.observations.is_empty());
    }
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(FILE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(Autoconfig.recognises("mail.xml", &utf16));
    let document = Autoconfig.read(vec![Source::new("mail.xml", utf16.clone())]);
    assert_eq!(document.accounts, expected);
    assert_eq!(Autoconfig.store(document.main()).unwrap(), utf16);
}

#[test]
fn files_are_recognised_by_their_root() {
    for (name, text, expected) in [
        ("x.xml", "<clientConfig version='1.1'/>", true),
        ("x.xml", "\u{FEFF}<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE clientConfig>\n<clientConfig>", true),
        ("config-v1.1.xml", "", true),
        ("x.xml", "<clientConfiguration/>", false),
        ("README.md", "# How to\n\n```xml\n<clientConfig version=\"1.1\">\n```\n", false),
        ("x.xml", "<html><clientConfig/></html>", false),
        ("x.xml", "<!-- <clientConfig>", false),
    ] {
        assert_eq!(Autoconfig.recognises(name, text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn templates_are_not_judged() {
    for (from, to) in
        [("<port>993", "<port>{{ port }}"), ("%EMAILADDRESS%", "${USER}"), ("<domain>", "<?php x ?><domain>")]
    {
        assert!(read(&FILE.replacen(from, to, 1)).unchecked.is_some(), "{to}");
    }
}

#[test]
fn faults_are_seen_where_they_are() {
    let imap = "emailProvider[0].incomingServer[0]";
    let cases: &[(&str, &str, &[&str])] = &[
        (" id=\"example.jp\"", "", &["MissingKey emailProvider[0].id"]),
        ("id=\"example.jp\"", "id=\"Example Inc.\"", &["WrongType emailProvider[0].id"]),
        ("<domain>example.jp</domain>", "", &["MissingKey emailProvider[0].domain"]),
        ("<domain>example.jp", "<domain>@example.jp", &["WrongType emailProvider[0].domain[0]"]),
        ("</domain>", "</domain><domain>EXAMPLE.jp</domain>", &["DuplicateDomain emailProvider[0].domain[1]"]),
        ("<port>993</port>", "", &["MissingKey {imap}.port"]),
        ("<port>993</port>", "<port/>", &["MissingKey {imap}.port"]),
        ("<port>993", "<port>imaps", &["WrongType {imap}.port"]),
        ("<port>993", "<port> 993 ", &[]),
        ("<socketType>SSL", "<socketType>ssl", &["UnknownValue {imap}.socketType"]),
        ("<socketType>SSL", "<socketType>SSL\n", &["UnknownValue {imap}.socketType"]),
        ("type=\"imap\"", "type=\"IMAP\"", &["UnknownValue {imap}.type"]),
        (" type=\"imap\"", "", &["MissingKey {imap}.type"]),
        ("%EMAILADDRESS%", "%EMAILADDRESS", &["BadPlaceholder {imap}.username"]),
        ("<port>993", "<port>995</port><port>993", &["DuplicateKey {imap}.port"]),
        ("<username>", "<password>hunter2</password><username>", &["Secret {imap}.password"]),
        ("<displayName>Example &amp;", "<displayName>Example &", &["Unparseable "]),
    ];
    for (from, to, expected) in cases {
        let expected: Vec<String> = expected.iter().map(|key| key.replace("{imap}", imap)).collect();
        assert_eq!(seen(&FILE.replacen(from, to, 1)), expected, "{to}");
    }
}

#[test]
fn faults_of_the_whole_file() {
    assert_eq!(seen(""), ["Unparseable "]);
    assert_eq!(seen("<clientConfig/>"), ["MissingKey emailProvider"]);
    assert_eq!(seen("<config/>"), ["Unparseable "]);
    let empty =
        "<clientConfig><emailProvider id='example.jp'><domain>example.jp</domain></emailProvider></clientConfig>";
    assert_eq!(
        seen(empty),
        ["MissingKey emailProvider[0].incomingServer", "MissingKey emailProvider[0].outgoingServer"]
    );
    let second = "<emailProvider id='example.com'><domain>example.com</domain><incomingServer type='imap'/>\
                  <outgoingServer type='smtp'/></emailProvider></clientConfig>";
    let two = read(&FILE.replace("</clientConfig>", second));
    assert!(matches!(two.observations[0].seen, Seen::DuplicateKey { differs: true, first_counts: true }));
    assert_eq!(two.accounts.len(), 4);
}

#[test]
fn a_damaged_file_is_refused_and_the_rest_of_it_still_read() {
    let cut = read(&FILE[..FILE.find("<outgoingServer").unwrap()]);
    assert!(cut.refused && cut.is_damaged());
    assert_eq!(cut.accounts.len(), 3);
    assert!(!read(FILE).refused);
}

#[test]
fn passwords_are_hidden_in_broken_files_too() {
    for text in ["<clientConfig><password>hunter2&</password>", "<!-- <Password>hunter2& -->", "<password>hunter2&\n<x"]
    {
        let source = Source::new("config-v1.1.xml", text.as_bytes());
        let spans: Vec<_> = secrets(&source).into_iter().filter_map(|place| place.span).collect();
        assert!(!source.masked(&spans).text().contains("hunter2"), "{text}");
    }
}

#[test]
fn changes_become_edits_of_the_text() {
    let imap = |part: &str| format!("emailProvider[0].incomingServer[0].{part}");
    let cases = [
        (imap("port"), Value::Number(143), "<port>993", "<port>143"),
        (imap("socketType"), Value::Security(Security::StartTls), "<socketType>SSL", "<socketType>STARTTLS"),
        (
            imap("authentication"),
            Value::Authentication(Authentication::Encrypted),
            "<authentication>password-cleartext",
            "<authentication>password-encrypted",
        ),
        (imap("type"), Value::Protocol(Protocol::Pop3), "type=\"imap\"", "type=\"pop3\""),
        (
            "emailProvider[0].incomingServer[1].username".to_owned(),
            Value::Text(placeholder::sample("example.jp")),
            "%EMAILLOCALPART%",
            "%EMAILADDRESS%",
        ),
        ("emailProvider[0].domain[0]".to_owned(), Value::Removed, "    <domain>example.jp</domain>\n", ""),
        ("emailProvider[0].id".to_owned(), Value::Text("a.jp".to_owned()), "id=\"example.jp\"", "id=\"a.jp\""),
    ];
    for text in [FILE.to_owned(), FILE.replace('\n', "\r\n"), format!("\u{FEFF}{FILE}")] {
        for (key, to, from, into) in &cases {
            let line_end = |part: &str| if text.contains('\r') { part.replace('\n', "\r\n") } else { part.to_owned() };
            let expected = text.replacen(&line_end(from), &line_end(into), 1);
            assert_eq!(changed(&text, key, to.clone()), Ok(expected), "{key}");
        }
    }
}

#[test]
fn what_is_absent_is_inserted_in_the_usual_order() {
    let text = FILE.replacen("      <socketType>SSL</socketType>\n", "", 1);
    let key = "emailProvider[0].incomingServer[0].socketType";
    assert_eq!(changed(&text, key, Value::Security(Security::Tls)), Ok(FILE.to_owned()));
    let text = FILE.replacen("<incomingServer type=\"imap\">", "<incomingServer>", 1);
    let key = "emailProvider[0].incomingServer[0].type";
    assert_eq!(changed(&text, key, Value::Text("imap".to_owned())), Ok(FILE.to_owned()));
}

#[test]
fn what_has_no_word_is_refused() {
    let key = "emailProvider[0].incomingServer[0].authentication";
    for way in [Authentication::Any, Authentication::None] {
        assert!(changed(FILE, key, Value::Authentication(way)).is_err(), "{way:?}");
    }
    let outgoing = "emailProvider[0].outgoingServer[0].authentication";
    assert!(changed(FILE, outgoing, Value::Authentication(Authentication::None)).unwrap().contains(">none<"));
    assert!(changed(FILE, "emailProvider[7].incomingServer[0].port", Value::Number(1)).is_err());
}

proptest! {
    #[test]
    fn damage_of_any_kind_is_survived(start in 0..FILE.len(), len in 0..200usize, put in "[<>&%/a\\n]{0,5}") {
        let bytes = FILE.as_bytes();
        let end = (start + len).min(bytes.len());
        let damaged = [&bytes[..start], put.as_bytes(), &bytes[end..]].concat();
        let document = Autoconfig.read(vec![Source::new("config-v1.1.xml", damaged)]);
        for account in &document.accounts {
            for server in account.incoming.iter().chain(&account.outgoing) {
                let change = Change { key: server.port.key.clone(), from: String::new(), to: Value::Number(1) };
                if let Ok(lowered) = Autoconfig.edit(&document, &[change]) {
                    prop_assert!(document.main().edited(&lowered.edits).is_ok());
                }
            }
        }
    }
}
