//! Places are told as people count them: whatever the encoding, and without counting the byte order mark.

use std::fs;

use mailcfg::clients::find;
use mailcfg::lint::lint;
use mailcfg::report::{Style, json};

use crate::fixture::{self, in_memory, options};
use crate::variants;

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
