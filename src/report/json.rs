//! The report for programs: schema 1. Keys are only ever added.
//!
//! Lines and columns count from 1, columns count characters, the end is one past the last character; they are `null`
//! where the file has no lines. Keys and rule names are English in every language; sentences are in the user's.

use std::io;

use serde::{Serialize, Serializer};

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
    files: Files<'a>,
    findings: Entries<'a>,
}

/// Each made when it is written, as findings are: a run may have tens of thousands of both.
struct Files<'a>(&'a Report, &'a Style);

impl Serialize for Files<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.files.iter().map(|file| self::file(file, self.1)))
    }
}

struct Entries<'a>(&'a Report, &'a Places<'a>, &'a Style);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.findings.iter().map(|finding| entry(finding, self.1, self.2)))
    }
}

#[derive(Serialize)]
struct File<'a> {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
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
    let mut out = Vec::new();
    // Into memory nothing fails, and what is written is UTF-8.
    let _ = write_json(report, style, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The same, written piece by piece: the report of a large run is larger than the run.
///
/// # Errors
/// What `out` says.
pub(super) fn write_json(report: &Report, style: &Style, out: impl io::Write) -> io::Result<()> {
    let places = Places::new(report);
    let document = Document {
        schema: SCHEMA,
        summary: Counts::of(report),
        files: Files(report, style),
        findings: Entries(report, &places, style),
    };
    write_pretty(&document, out)
}

fn file<'a>(file: &'a CheckedFile, style: &Style) -> File<'a> {
    let (status, reason) = match &file.status {
        FileStatus::Checked => ("checked", None),
        FileStatus::Skipped(reason) => ("skipped", Some(reason)),
        FileStatus::Unreadable(reason) => ("unreadable", Some(reason)),
    };
    File {
        path: file.sources.first().map(|source| path_text(source.path()).into_owned()).unwrap_or_default(),
        part: file.sources.first().and_then(|source| source.part()).map(|part| part.key.as_str()),
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

/// A value as JSON for people and programs, with every character escaped that can act on a terminal. Ends with a line feed.
///
/// serde_json escapes the control characters below U+0020 only. Outside of strings there are none but line feeds, so the
/// text stays the same JSON.
pub fn pretty_json(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    // Strings, numbers and lists of them: there is nothing in it that could fail.
    let _ = write_pretty(value, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn write_pretty(value: &impl Serialize, out: impl io::Write) -> io::Result<()> {
    let mut out = Harmless(out);
    serde_json::to_writer_pretty(&mut out, value)?;
    out.0.write_all(b"\n")
}

/// Takes JSON in pieces, none of which serde_json ends inside of a character.
struct Harmless<W>(W);

impl<W: io::Write> io::Write for Harmless<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(piece).map_err(|_| io::ErrorKind::InvalidData)?;
        let mut done = 0;
        for (at, character) in text.char_indices().filter(|(_, character)| *character != '\n' && acts(*character)) {
            self.0.write_all(&piece[done..at])?;
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                write!(self.0, "\\u{unit:04x}")?;
            }
            done = at + character.len_utf8();
        }
        self.0.write_all(&piece[done..])?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
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
        let report = Report {
            findings: vec![mismatch(&source)],
            files: vec![checked(source, Vec::new())],
            suppressed: 2,
            ..Report::default()
        };
        let expected = json!({
            "schema": 1,
            "summary": { "files": 1, "accounts": 2, "errors": 1, "warnings": 0, "infos": 0, "hints": 0, "fixable": 1, "suppressed": 2, "deselected": 0 },
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
