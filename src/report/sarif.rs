//! SARIF 2.1.0, the form in which code scanning services and editors read findings (OASIS, 27 March 2020).
//!
//! Files are named relative to the folder of the run, lines and columns count Unicode code points from 1, and a finding keeps
//! its fingerprint when lines move: it hangs on rule, file, account and key. A fix is written out only where the text of the
//! file is what stands on the disk. What could not be checked is a notification, so that an empty list of results is no
//! evidence by itself.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::{Component, Path};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Style;
use super::edits::{self, Shown};
use super::json::pretty_json;
use super::place::{Places, Range};
use super::rule_help::RuleHelp;
use crate::finding::{CheckedFile, Confidence, FileStatus, Finding, Fix, Message, Report, Severity};
use crate::source::{Edit, LineIndex, View};

/// Where the format is defined.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Prints `report` as one SARIF log. Ends with a line feed.
pub fn sarif(report: &Report, style: &Style) -> String {
    let places = Places::to_act_on(report, style);
    let rules = used_rules(&places);
    let index = |name: &str| rules.iter().position(|rule| *rule == name);
    let mut seen = HashMap::new();
    let results: Vec<Value> = places
        .findings()
        .iter()
        .map(|finding| result(finding, index(finding.rule), &places, style, &mut seen))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "mailcfg",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule, style)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(report, style)],
            "artifacts": artifacts(report, style),
            "results": results,
        }],
    });
    pretty_json(&log)
}

/// The rules that found something, in alphabetical order.
fn used_rules(places: &Places<'_>) -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = places.findings().iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn descriptor(name: &str, style: &Style) -> Value {
    let mut rule = json!({ "id": name, "name": name });
    if let Some(help) = RuleHelp::of(name, style) {
        rule["shortDescription"] = json!({ "text": help.summary });
        rule["fullDescription"] = json!({ "text": help.finds });
        rule["help"] = json!({ "text": help.text, "markdown": help.markdown });
        rule["defaultConfiguration"] = json!({ "level": level(help.severity) });
        rule["properties"] = json!({ "tags": ["mail", help.group] });
    }
    rule
}

fn result(
    finding: &Finding,
    rule: Option<usize>,
    places: &Places<'_>,
    style: &Style,
    seen: &mut HashMap<String, usize>,
) -> Value {
    let parts = [&finding.message, &finding.why, &finding.help].map(|part| style.tell(part));
    let text = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n");
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "rank": rank(finding.confidence),
        "message": plain(&text),
        "locations": [location(finding, places, style)],
        "partialFingerprints": { "mailcfg/v1": fingerprint(finding, places, style, seen) },
        "properties": properties(finding),
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    let fix = finding.fix.as_ref().and_then(|fix| written_out(finding, fix, places, style));
    if let Some(fix) = fix {
        result["fixes"] = json!([fix]);
    }
    result
}

/// A message without links: brackets would begin one (SARIF 2.1.0, 3.11.6), and what stands in them comes from the file.
fn plain(text: &str) -> Value {
    json!({ "text": text.replace('[', "\\[").replace(']', "\\]") })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Hint => "none",
    }
}

/// SARIF ranks results from 0 to 100 by how much they deserve attention; ours differ only by how sure they are.
const fn rank(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::High => 90.0,
        Confidence::Medium => 60.0,
        Confidence::Low => 30.0,
    }
}

fn properties(finding: &Finding) -> Value {
    let text = |message: &Option<Message>| message.as_ref().map(ToString::to_string);
    let named = [("found", text(&finding.found)), ("expected", text(&finding.expected))];
    let named = named.into_iter().chain([("account", finding.account.clone()), ("source", finding.source.clone())]);
    let mut bag: Map<String, Value> =
        named.filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect();
    bag.insert("confidence".into(), json!(finding.confidence));
    Value::Object(bag)
}

fn location(finding: &Finding, places: &Places<'_>, style: &Style) -> Value {
    let mut location = json!({});
    if let Some(source) = places.source(finding) {
        let mut physical = json!({ "artifactLocation": artifact(source.path(), style) });
        if let Some(range) = places.range_on_disk(finding) {
            physical["region"] = region(range);
        }
        location["physicalLocation"] = physical;
    }
    if !finding.location.key.is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": finding.location.key, "kind": "member" }]);
    }
    location
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.start.0, "startColumn": range.start.1,
        "endLine": range.end.0, "endColumn": range.end.1,
    })
}

fn artifact(path: &Path, style: &Style) -> Value {
    json!({ "uri": uri(path, style.root.as_deref()) })
}

/// The path as a URI reference (RFC 3986): relative below `root` and where it was given relative, else with the scheme `file`.
fn uri(path: &Path, root: Option<&Path>) -> String {
    let below = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
    let mut out = String::new();
    for part in below.components() {
        match part {
            Component::CurDir => continue,
            Component::RootDir => out.push_str("file://"),
            Component::Prefix(prefix) => {
                out = format!("file:///{}", encoded(prefix.as_os_str()));
                continue;
            }
            Component::ParentDir | Component::Normal(_) => {}
        }
        if !matches!(part, Component::RootDir) {
            if !out.is_empty() {
                out.push('/');
            }
            out.push_str(&encoded(part.as_os_str()));
        }
    }
    out
}

/// One part of a path, every byte but those of unreserved characters as `%XX`.
fn encoded(part: &OsStr) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// What stays when lines move. Findings alike in all of it are told apart by their order.
fn fingerprint(finding: &Finding, places: &Places<'_>, style: &Style, seen: &mut HashMap<String, usize>) -> String {
    let file = places.source(finding).map(|source| uri(source.path(), style.root.as_deref())).unwrap_or_default();
    let account = finding.account.as_deref().unwrap_or_default();
    let key = [finding.rule, &file, account, &finding.location.key].join("\0");
    let hash = Sha256::digest(key.as_bytes());
    let text: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let count = seen.entry(key).or_default();
    *count += 1;
    if *count == 1 { text } else { format!("{text}/{count}") }
}

/// The fix as replacements, where the text we worked on is what stands on the disk and no secret is in it.
fn written_out(finding: &Finding, fix: &Fix, places: &Places<'_>, style: &Style) -> Option<Value> {
    let shown = edits::shown(places.file(finding)?, fix)?;
    let changes: Option<Vec<Value>> = shown
        .iter()
        .map(|shown| {
            let artifact = artifact(shown.source.path(), style);
            Some(json!({ "artifactLocation": artifact, "replacements": replacements(shown, places)? }))
        })
        .collect();
    Some(json!({ "description": plain(&style.tell(&fix.title)), "artifactChanges": changes? }))
}

fn replacements(shown: &Shown<'_>, places: &Places<'_>) -> Option<Vec<Value>> {
    let bytes = shown.source.bytes();
    if shown.source.view() != View::Plain {
        return None;
    }
    // A file without a finding of its own, such as a filter, was not asked for.
    let lines = places.lines_of(shown.source).unwrap_or_else(|| LineIndex::new(bytes).into());
    let at = |offset| lines.line_column(bytes, offset);
    let replacement = |edit: &Edit| {
        let text = std::str::from_utf8(&edit.text).ok()?;
        let range = Range { start: at(edit.span.start), end: at(edit.span.end) };
        Some(json!({ "deletedRegion": region(range), "insertedContent": { "text": text } }))
    };
    shown.edits.iter().map(replacement).collect()
}

/// Whether the run did all it should, and what it did not.
fn invocation(report: &Report, style: &Style) -> Value {
    let mut notices: Vec<Value> = report.files.iter().filter_map(|file| notice(file, style)).collect();
    // Results of a run that saw nothing would close every alert. Where only changes count there may be none.
    let is_empty = style.since.is_none() && !report.files.iter().any(CheckedFile::is_judged);
    if is_empty {
        let text = style.word("No mail configuration was checked.");
        notices.push(json!({ "level": "error", "message": { "text": text } }));
    }
    let is_unread = |file: &CheckedFile| matches!(file.status, FileStatus::Unreadable(_));
    let is_complete = !is_empty && !report.files.iter().any(is_unread);
    json!({ "executionSuccessful": is_complete, "toolExecutionNotifications": notices })
}

fn notice(file: &CheckedFile, style: &Style) -> Option<Value> {
    let (level, reason) = match &file.status {
        FileStatus::Checked => return None,
        FileStatus::Skipped(_) if file.client.is_none() => return None,
        FileStatus::Skipped(reason) => ("note", reason),
        FileStatus::Unreadable(reason) => ("error", reason),
    };
    let source = file.sources.first()?;
    Some(json!({
        "level": level,
        "message": plain(&style.tell(reason)),
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(source.path(), style) } }],
    }))
}

/// Every file that was judged, with findings or without.
fn artifacts(report: &Report, style: &Style) -> Vec<Value> {
    let judged = report.files.iter().filter(|file| file.status == FileStatus::Checked);
    // A file may hold several configurations, and belong to several.
    let mut seen = BTreeSet::new();
    judged
        .flat_map(|file| &file.sources)
        .filter(|source| seen.insert(source.path()))
        .map(|source| json!({ "location": artifact(source.path(), style), "length": source.disk().len() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;

    fn log(style: &Style) -> Value {
        serde_json::from_str(&sarif(&full(), style)).unwrap()
    }

    #[test]
    fn a_finding_keeps_its_place_its_grade_and_its_fix() {
        let log = log(&Style::default());
        let result = &log["runs"][0]["results"][1];
        assert_eq!(result["ruleId"], "port-security-mismatch");
        assert_eq!(result["level"], "error");
        let place = &result["locations"][0];
        assert_eq!(
            place["physicalLocation"]["artifactLocation"]["uri"],
            "%E3%83%97%E3%83%AD%E3%83%95%E3%82%A1%E3%82%A4%E3%83%AB/prefs.js"
        );
        let region = json!({ "startLine": 4, "startColumn": 39, "endLine": 4, "endColumn": 42 });
        assert_eq!(place["physicalLocation"]["region"], region);
        assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "mail.server.server1.port");
        let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(replacement, &json!({ "deletedRegion": region, "insertedContent": { "text": "993" } }));
    }

    #[test]
    fn what_is_no_text_has_no_region_and_no_replacement() {
        let log = log(&Style::default());
        let result = &log["runs"][0]["results"][3];
        assert_eq!(result["ruleId"], "blank-in-host");
        assert!(result["locations"][0]["physicalLocation"]["region"].is_null());
        assert!(result["fixes"].is_null());
    }

    #[test]
    fn what_was_not_checked_is_said() {
        let log = log(&Style::default());
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        let levels: Vec<_> =
            invocation["toolExecutionNotifications"].as_array().unwrap().iter().map(|n| &n["level"]).collect();
        assert_eq!(levels, ["error", "note"]);
    }

    #[test]
    fn a_run_that_saw_nothing_is_no_success() {
        let invocation = |style: &Style| {
            let log: Value = serde_json::from_str(&sarif(&Report::default(), style)).unwrap();
            log["runs"][0]["invocations"][0].clone()
        };
        let empty = invocation(&Style::default());
        assert_eq!(empty["executionSuccessful"], false);
        assert_eq!(empty["toolExecutionNotifications"][0]["message"]["text"], "No mail configuration was checked.");
        let unchanged = invocation(&Style { since: Some("main".into()), ..Style::default() });
        assert_eq!(unchanged["executionSuccessful"], true);
    }

    #[test]
    fn fingerprints_hold_when_lines_move_and_differ_between_findings() {
        let prints = |report: &Report| {
            let log: Value = serde_json::from_str(&sarif(report, &Style::default())).unwrap();
            let results = log["runs"][0]["results"].as_array().unwrap().clone();
            results.iter().map(|result| result["partialFingerprints"]["mailcfg/v1"].to_string()).collect::<Vec<_>>()
        };
        let mut report = full();
        let before = prints(&report);
        for finding in &mut report.findings {
            finding.location.span = None;
        }
        assert_eq!(prints(&report), before);
        report.findings.push(report.findings[1].clone());
        let mut all = prints(&report);
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn paths_are_relative_to_the_folder_of_the_run() {
        for (path, root, expected) in [
            ("a b/prefs.js", None, "a%20b/prefs.js"),
            ("./x/../y.plist", None, "x/../y.plist"),
            ("/home/hanako/p/prefs.js", Some("/home/hanako"), "p/prefs.js"),
            ("/home/hanako/p.xml", Some("/srv"), "file:///home/hanako/p.xml"),
        ] {
            assert_eq!(uri(Path::new(path), root.map(Path::new)), expected, "{path}");
        }
    }

    #[test]
    fn no_text_of_a_file_becomes_a_link() {
        let mut report = full();
        report.findings[1].message = Message::verbatim("**b**[l](javascript:alert(1))".to_owned());
        let log: Value = serde_json::from_str(&sarif(&report, &Style::default())).unwrap();
        let text = log["runs"][0]["results"][1]["message"]["text"].as_str().unwrap();
        assert!(text.starts_with("**b**\\[l\\](javascript:alert(1))"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_of_a_path_that_are_no_utf8_stay_what_they_are() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(OsStr::from_bytes(b"odd\xFF\xFE/prefs.js"));
        assert_eq!(uri(path, None), "odd%FF%FE/prefs.js");
    }

    #[test]
    fn no_secret_is_in_it() {
        assert!(!sarif(&full(), &Style::default()).contains("hunter2"));
    }
}
