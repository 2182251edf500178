//! Workflow commands: what a step of GitHub Actions prints to have findings shown beside the lines they are about.
//!
//! `::error file=…,line=…,col=…,title=…::message`. In a message `%`, CR and LF are written `%25`, `%0D` and `%0A`; in a property
//! `:` and `,` too (GitHub, "Workflow commands for GitHub Actions"). GitHub shows only the first ten of a kind per step, so
//! errors come first.

use super::Style;
use super::place::Places;
use super::printable::printable;
use crate::finding::{CheckedFile, FileStatus, Finding, Report, Severity};
use crate::source::path_text;

/// Prints `report` as workflow commands, one a line.
pub fn github(report: &Report, style: &Style) -> String {
    let places = Places::to_act_on(report, style);
    let mut findings = places.findings().to_vec();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let unread = report.files.iter().filter_map(|file| unread(file, style));
    unread.chain(findings.into_iter().map(|finding| command(finding, &places, style))).collect()
}

fn command(finding: &Finding, places: &Places<'_>, style: &Style) -> String {
    let mut properties = Vec::new();
    if let Some(source) = places.source(finding) {
        properties.push(("file", path_text(source.path()).into_owned()));
    }
    if let Some(range) = places.range_on_disk(finding) {
        properties.push(("line", range.start.0.to_string()));
        properties.push(("endLine", range.end.0.to_string()));
        // Columns are only taken where begin and end are on one line.
        if range.start.0 == range.end.0 {
            properties.push(("col", range.start.1.to_string()));
            properties.push(("endColumn", range.end.1.to_string()));
        }
    }
    properties.push(("title", finding.rule.to_owned()));
    let parts = [&finding.message, &finding.why, &finding.help].map(|part| style.tell(part));
    let text = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n");
    line(level(finding.severity), &properties, &text)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    }
}

/// A file that should have been judged and was not.
fn unread(file: &CheckedFile, style: &Style) -> Option<String> {
    let (level, reason) = match &file.status {
        FileStatus::Unreadable(reason) => ("error", reason),
        FileStatus::Skipped(reason) if file.client.is_some() => ("notice", reason),
        FileStatus::Skipped(_) | FileStatus::Checked => return None,
    };
    let path = path_text(file.sources.first()?.path()).into_owned();
    Some(line(level, &[("file", path)], &style.tell(reason)))
}

fn line(level: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(&printable(value)))).collect();
    format!("::{level} {}::{}\n", properties.join(","), data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;

    #[test]
    fn every_finding_is_one_line_errors_first() {
        let text = github(&full(), &Style::default());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[2],
            "::error file=プロファイル/prefs.js,line=4,endLine=4,col=39,endColumn=42,title=port-security-mismatch::port 143 does not speak SSL/TLS%0Athe program starts encrypting at once, the server waits for plain text first, and no connection comes about%0Ause 993 with SSL/TLS"
        );
        assert_eq!(lines[0], "::error file=broken.mobileconfig::permission denied");
        assert!(lines[1].starts_with("::notice file=other/signed.mobileconfig::"));
        assert!(lines[3].starts_with("::error file=Accounts.plist,title=blank-in-host::"));
        assert_eq!(lines.len(), 6, "{text}");
    }

    #[test]
    fn nothing_in_a_file_can_end_a_command() {
        assert_eq!(
            line("error", &[("file", "a:b,c%\n".into())], "x%0A\r\n::stop"),
            "::error file=a%3Ab%2Cc%25\\n::x%250A%0D%0A::stop\n"
        );
    }
}
