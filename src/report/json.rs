//! The report for programs: schema 1. Keys are only ever added.
//!
//! Lines and columns count from 1, columns count characters, the end is one past the last character; they are `null`
//! where the file has no lines. Keys and rule names are English in every language; sentences are in the user's.

use serde::Serialize;

use super::place::Places;
use super::printable::acts;
use super::{Style, notes};
use crate::finding::{
    AccountSummary, Applicability, CheckedFile, Confidence, Counts, FileStatus, Finding, Fix, Report, Severity,
};
use crate::source::path_text;

/// The version of the form; a program that knows it can read all later additions.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    summary: Counts,
    files: Vec<File<'a>>,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: String,
    client: Option<&'a str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    accounts: Vec<Account<'a>>,
}

#[derive(Serialize)]
struct Account<'a> {
    id: &'a str,
    address: Option<&'a str>,
    provider: Option<&'a str>,
    #[serde(rename = "match")]
    matched: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: Severity,
    confidence: Confidence,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    key: &'a str,
    account: Option<&'a str>,
    message: String,
    why: String,
    help: String,
    found: Option<String>,
    expected: Option<String>,
    source: Option<&'a str>,
    official: Option<bool>,
    fix: Option<Mending<'a>>,
}

#[derive(Serialize)]
struct Mending<'a> {
    applicability: Applicability,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    changes: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    key: &'a str,
    from: &'a str,
    to: String,
}

/// Prints `report` as one JSON object. Ends with a line feed.
pub fn json(report: &Report, style: &Style) -> String {
    let places = Places::new(report);
    let document = Document {
        schema: SCHEMA,
        summary: Counts::of(report),
        files: report.files.iter().map(|file| self::file(file, style)).collect(),
        findings: report.findings.iter().map(|finding| entry(finding, &places, style)).collect(),
    };
    // Strings, numbers and lists of them: there is nothing in it that could fail.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    harmless(&text) + "\n"
}

fn file<'a>(file: &'a CheckedFile, style: &Style) -> File<'a> {
    let (status, reason) = match &file.status {
        FileStatus::Checked => ("checked", None),
        FileStatus::Skipped(reason) => ("skipped", Some(reason)),
        FileStatus::Unreadable(reason) => ("unreadable", Some(reason)),
    };
    File {
        path: file.sources.first().map(|source| path_text(source.path()).into_owned()).unwrap_or_default(),
        client: file.client,
        status,
        reason: reason.map(|reason| style.tell(reason)),
        accounts: file.accounts.iter().map(account).collect(),
    }
}

fn account(account: &AccountSummary) -> Account<'_> {
    Account {
        id: &account.id,
        address: account.address.as_deref(),
        provider: account.provider.as_deref(),
        matched: account.matched,
    }
}

fn entry<'a>(finding: &'a Finding, places: &Places<'_>, style: &Style) -> Entry<'a> {
    let range = places.range(finding);
    Entry {
        rule: finding.rule,
        severity: finding.severity,
        confidence: finding.confidence,
        path: places.source(finding).map(|source| path_text(source.path()).into_owned()),
        line: range.map(|range| range.start.0),
        column: range.map(|range| range.start.1),
        end_line: range.map(|range| range.end.0),
        end_column: range.map(|range| range.end.1),
        key: &finding.location.key,
        account: finding.account.as_deref(),
        message: style.tell(&finding.message),
        why: style.tell(&finding.why),
        help: style.tell(&finding.help),
        found: finding.found.as_ref().map(ToString::to_string),
        expected: finding.expected.as_ref().map(ToString::to_string),
        source: finding.source.as_deref(),
        official: finding.source.as_ref().map(|_| finding.is_official),
        fix: finding.fix.as_ref().map(|fix| mending(fix, style)),
    }
}

fn mending<'a>(fix: &'a Fix, style: &Style) -> Mending<'a> {
    let step =
        |change: &'a crate::finding::Change| Step { key: &change.key, from: &change.from, to: change.to.to_string() };
    Mending {
        applicability: notes::applicability(fix),
        title: style.tell(&fix.title),
        remark: fix.remark.as_ref().map(|remark| style.tell(remark)),
        changes: fix.changes.iter().map(step).collect(),
    }
}

/// The same JSON with every character escaped that can act on a terminal.
///
/// serde_json escapes the control characters below U+0020 only. Outside of strings there are none but line feeds, so the
/// text stays the same JSON.
pub fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && acts(character) {
            let mut units = [0; 2];
            out.extend(character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::sample::{checked, full, mismatch, unjudged};
    use super::*;
    use crate::source::Source;

    fn parsed(report: &Report) -> Value {
        serde_json::from_str(&super::json(report, &Style::default())).unwrap()
    }

    #[test]
    fn schema_1() {
        let source = Source::new("prefs.js", super::super::sample::PREFS.as_bytes());
        let report =
            Report { findings: vec![mismatch(&source)], files: vec![checked(source, Vec::new())], suppressed: 2 };
        let expected = json!({
            "schema": 1,
            "summary": { "files": 1, "accounts": 2, "errors": 1, "warnings": 0, "infos": 0, "hints": 0, "fixable": 1, "suppressed": 2 },
            "files": [{ "path": "prefs.js", "client": "thunderbird", "status": "checked", "accounts": [
                { "id": "account1", "address": "taro@example.jp", "provider": "example-jp", "match": "certain" },
                { "id": "account2", "address": "hanako@example.org", "provider": null, "match": "unknown" },
            ] }],
            "findings": [{
                "rule": "port-security-mismatch", "severity": "error", "confidence": "high",
                "path": "prefs.js", "line": 4, "column": 39, "end_line": 4, "end_column": 42,
                "key": "mail.server.server1.port", "account": "account1",
                "message": "port 143 does not speak SSL/TLS",
                "why": "the program starts encrypting at once, the server waits for plain text first, and no connection comes about",
                "help": "use 993 with SSL/TLS",
                "found": "143", "expected": "993 with SSL/TLS", "source": "https://support.example.jp/mail/imap", "official": true,
                "fix": { "applicability": "safe", "title": "set 993 with SSL/TLS", "changes": [
                    { "key": "mail.server.server1.port", "from": "143", "to": "993" },
                    { "key": "mail.server.server1.socketType", "from": "STARTTLS", "to": "SSL/TLS" },
                ] },
            }],
        });
        assert_eq!(parsed(&report), expected);
    }

    #[test]
    fn the_order_of_the_keys_is_that_of_the_documentation() {
        let text = super::json(&full(), &Style::default());
        let keys = [
            "\"schema\"",
            "\"summary\"",
            "\"files\": [",
            "\"findings\"",
            "\"rule\"",
            "\"line\"",
            "\"message\"",
            "\"fix\"",
        ];
        let places: Vec<_> = keys.iter().map(|key| text.find(key).unwrap()).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(text.ends_with("}\n"));
    }

    #[test]
    fn what_is_not_there_is_null() {
        let value = parsed(&full());
        let listed = &value["findings"][3];
        assert_eq!(listed["path"], "Accounts.plist");
        assert!(["line", "column", "end_line", "end_column"].iter().all(|key| listed[key].is_null()));
        assert_eq!(listed["fix"]["remark"], "Apple Mail must be closed while the file is written");
        assert!(value["findings"][0]["fix"].is_null() && value["findings"][0]["source"].is_null());
        assert_eq!(value["files"][1]["reason"], "permission denied");
        assert_eq!(value["files"][2]["status"], "skipped");
        assert!(value["files"][3]["client"].is_null());
    }

    #[test]
    fn control_characters_above_ascii_are_escaped_and_read_back_unchanged() {
        let path = "a\u{9b}2J\u{202e}\u{7f}\u{e0001}\n/f";
        let report = Report { files: vec![unjudged(path, None, FileStatus::Checked)], ..Report::default() };
        assert!(super::json(&report, &Style::default()).contains(r"a\u009b2J\u202e\u007f\udb40\udc01\n/f"));
        assert_eq!(parsed(&report)["files"][0]["path"], path);
    }
}
