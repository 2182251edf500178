//! JUnit XML: what nearly every CI system shows as a list of tests.
//!
//! A file is a suite. Each error and warning in it is a failed test, each remark a passed one with its text, and a file with
//! neither has one passed test, so that it is seen to have been checked. What could not be read is an error, what is known and
//! was not judged is skipped. There is no official schema; this is what the readers of Jenkins, GitLab and GitHub agree on.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Style;
use super::place::Places;
use super::printable::printable;
use crate::finding::{CheckedFile, FileStatus, Finding, Message, Report, Severity};
use crate::source::path_text;

/// Prints `report` as JUnit XML. Ends with a line feed.
pub fn junit(report: &Report, style: &Style) -> String {
    let places = Places::to_act_on(report, style);
    let suites: Vec<Suite<'_>> = places
        .by_file()
        .into_iter()
        .filter(|(file, findings)| file.is_some_and(is_shown) || !findings.is_empty())
        .map(|(file, findings)| Suite { file, findings })
        .collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // A vector takes every byte: there is nothing in it that could fail.
    let _ = write(&mut writer, &suites, &places, style);
    String::from_utf8_lossy(&writer.into_inner()).into_owned() + "\n"
}

/// Files that are no mail configuration are nobody's test.
fn is_shown(file: &CheckedFile) -> bool {
    file.client.is_some() || matches!(file.status, FileStatus::Unreadable(_))
}

struct Suite<'a> {
    file: Option<&'a CheckedFile>,
    findings: Vec<&'a Finding>,
}

impl Suite<'_> {
    fn failures(&self) -> usize {
        self.findings.iter().filter(|finding| is_failure(finding)).count()
    }

    fn unread(&self) -> Option<(&'static str, &Message)> {
        match &self.file?.status {
            FileStatus::Unreadable(reason) => Some(("error", reason)),
            FileStatus::Skipped(reason) => Some(("skipped", reason)),
            FileStatus::Checked => None,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.unread().is_some_and(|(known, _)| known == name)
    }

    /// One for each finding, one for a file without any.
    fn tests(&self) -> usize {
        self.findings.len().max(1)
    }

    fn name(&self) -> String {
        let path = self.file.and_then(|file| file.sources.first()).map(|source| path_text(source.path()));
        printable(&path.unwrap_or("mailcfg".into())).into_owned()
    }
}

fn is_failure(finding: &Finding) -> bool {
    finding.severity > Severity::Info
}

fn write<W: Write>(writer: &mut Writer<W>, suites: &[Suite<'_>], places: &Places<'_>, style: &Style) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let sum = |count: fn(&Suite<'_>) -> usize| suites.iter().map(count).sum::<usize>().to_string();
    writer
        .create_element("testsuites")
        .with_attribute(("name", "mailcfg"))
        .with_attribute(("tests", sum(|suite| suite.tests()).as_str()))
        .with_attribute(("failures", sum(|suite| suite.failures()).as_str()))
        .with_attribute(("errors", sum(|suite| usize::from(suite.has("error"))).as_str()))
        .with_attribute(("skipped", sum(|suite| usize::from(suite.has("skipped"))).as_str()))
        .write_inner_content(|writer| suites.iter().try_for_each(|one| suite(writer, one, places, style)))?;
    Ok(())
}

fn suite<W: Write>(writer: &mut Writer<W>, suite: &Suite<'_>, places: &Places<'_>, style: &Style) -> io::Result<()> {
    let name = suite.name();
    writer
        .create_element("testsuite")
        .with_attribute(("name", name.as_str()))
        .with_attribute(("tests", suite.tests().to_string().as_str()))
        .with_attribute(("failures", suite.failures().to_string().as_str()))
        .with_attribute(("errors", usize::from(suite.has("error")).to_string().as_str()))
        .with_attribute(("skipped", usize::from(suite.has("skipped")).to_string().as_str()))
        .write_inner_content(|writer| {
            if suite.findings.is_empty() {
                return whole(writer, suite, &name, style);
            }
            suite.findings.iter().try_for_each(|finding| case(writer, finding, &name, places, style))
        })?;
    Ok(())
}

/// The one test of a file without findings.
fn whole<W: Write>(writer: &mut Writer<W>, suite: &Suite<'_>, name: &str, style: &Style) -> io::Result<()> {
    let client = suite.file.and_then(|file| file.client).unwrap_or("mailcfg");
    let case = writer.create_element("testcase").with_attribute(("name", name)).with_attribute(("classname", client));
    match suite.unread() {
        None => case.write_empty()?,
        Some((kind, reason)) => case.write_inner_content(|writer| {
            let reason = style.tell(reason);
            writer.create_element(kind).with_attribute(("message", reason.as_str())).write_empty()?;
            Ok(())
        })?,
    };
    Ok(())
}

fn case<W: Write>(
    writer: &mut Writer<W>,
    finding: &Finding,
    file: &str,
    places: &Places<'_>,
    style: &Style,
) -> io::Result<()> {
    let name = match finding.location.key.as_str() {
        "" => finding.rule.to_owned(),
        key => format!("{} {}", finding.rule, printable(key)),
    };
    let (message, text) = (style.tell(&finding.message), text(finding, file, places, style));
    writer
        .create_element("testcase")
        .with_attribute(("name", name.as_str()))
        .with_attribute(("classname", finding.rule))
        .with_attribute(("file", file))
        .write_inner_content(|writer| {
            let element = if is_failure(finding) {
                let failure = writer.create_element("failure").with_attribute(("message", message.as_str()));
                failure.with_attribute(("type", finding.severity.name()))
            } else {
                writer.create_element("system-out")
            };
            element.write_text_content(BytesText::new(&text))?;
            Ok(())
        })?;
    Ok(())
}

/// Where it is, what is wrong, why, what to do: a line each.
fn text(finding: &Finding, file: &str, places: &Places<'_>, style: &Style) -> String {
    let place = places
        .range(finding)
        .map_or_else(|| file.to_owned(), |range| format!("{file}:{}:{}", range.start.0, range.start.1));
    let parts = [&finding.message, &finding.why, &finding.help].map(|part| style.tell(part));
    let lines = std::iter::once(place).chain(parts).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;

    #[test]
    fn findings_are_tests_and_counts_agree() {
        let text = junit(&full(), &Style::default());
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mailcfg\" tests=\"6\" failures=\"3\" errors=\"1\" skipped=\"1\">\n"), "{text}");
        assert_eq!(text.matches("<testcase ").count(), 6);
        assert_eq!(text.matches("<failure ").count(), 3);
        assert_eq!(text.matches("<system-out>").count(), 1);
        assert!(!text.contains("notes.txt") && !text.contains("hunter2"), "{text}");
        assert!(text.contains("<error message=\"permission denied\"/>"), "{text}");
    }

    #[test]
    fn text_of_a_file_stays_text() {
        let mut report = full();
        report.findings[1].message = crate::message!("<a & \"b\" {x}>", x = "\u{0}\u{1b}]]>");
        let text = junit(&report, &Style::default());
        assert!(text.contains("message=\"&lt;a &amp; &quot;b&quot; \\u{0}\\u{1b}]]&gt;&gt;\""), "{text}");
    }
}
