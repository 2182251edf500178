//! Markdown for the summary page of a CI job and for comments on a change: a line of counts, then a table for each file.
//!
//! GitHub, GitLab and Gitea read it alike: only headings, paragraphs, tables, code and links are used. Text of a file can
//! neither end a cell nor become markup.

use super::Style;
use super::notes::{after, before};
use super::place::Places;
use super::printable::printable;
use super::summary::sentences;
use crate::finding::{CheckedFile, FileStatus, Finding, Report, Severity};
use crate::message;
use crate::source::path_text;

/// Prints `report` as Markdown. Ends with a line feed.
pub fn markdown(report: &Report, style: &Style) -> String {
    let places = Places::to_act_on(report, style);
    let mut blocks = vec![
        "## mailcfg".to_owned(),
        sentences(report, style).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\n"),
    ];
    for (file, findings) in places.by_file() {
        blocks.extend(table(file, findings, &places, style));
    }
    let unread: Vec<String> = report.files.iter().filter_map(|file| unread(file, style)).collect();
    if !unread.is_empty() {
        blocks.push(unread.join("\n"));
    }
    blocks.join("\n\n") + "\n"
}

fn table(
    file: Option<&CheckedFile>,
    mut findings: Vec<&Finding>,
    places: &Places<'_>,
    style: &Style,
) -> Option<String> {
    if findings.is_empty() {
        return None;
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let path = file.and_then(|file| file.sources.first()).map(|source| path_text(source.path()));
    let title = path.map_or_else(String::new, |path| format!("### {}\n\n", code(&path)));
    let heads =
        [message!("severity"), message!("line"), message!("rule"), message!("what is wrong"), message!("what to do")]
            .map(|head| style.tell(&head));
    let mut lines = vec![row(&heads), row(&["---"; 5])];
    lines.extend(findings.into_iter().map(|finding| row(&cells(finding, places, style))));
    Some(format!("{title}{}", lines.join("\n")))
}

fn row<T: AsRef<str>>(cells: &[T]) -> String {
    format!("| {} |", cells.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" | "))
}

fn cells(finding: &Finding, places: &Places<'_>, style: &Style) -> [String; 5] {
    let mark = match finding.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Info | Severity::Hint => "ℹ️",
    };
    let place = places.range(finding).map_or_else(|| code(&finding.location.key), |range| range.start.0.to_string());
    let what = [&finding.message, &finding.why].map(|part| escaped(&style.tell(part)));
    let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("<br>");
    [format!("{mark} {}", style.word(finding.severity.name())), place, code(finding.rule), what, remedy(finding, style)]
}

/// What to do, the old and the new values, and who says so.
fn remedy(finding: &Finding, style: &Style) -> String {
    let mut parts = vec![escaped(&style.tell(&finding.help))];
    let changes = finding.fix.iter().flat_map(|fix| &fix.changes);
    parts.extend(changes.map(|change| {
        format!("{}: {} → {}", code(&change.key), code(&before(change, style)), code(&after(change, style)))
    }));
    if let Some(url) = &finding.source {
        let label = style.word(if finding.is_official { "official" } else { "listed" });
        parts.push(format!("{label}: {}", escaped(url)));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("<br>")
}

fn unread(file: &CheckedFile, style: &Style) -> Option<String> {
    let path = code(&path_text(file.sources.first()?.path()));
    let text = match &file.status {
        FileStatus::Unreadable(reason) => {
            message!("unreadable: {path}: {reason}", path = path, reason = style.tell(reason))
        }
        FileStatus::Skipped(reason) if file.client.is_some() => {
            message!("not checked: {path}: {reason}", path = path, reason = style.tell(reason))
        }
        FileStatus::Skipped(_) | FileStatus::Checked => return None,
    };
    Some(format!("- {}", style.tell(&text)))
}

/// Text that is to stay text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '|' | '[' | ']' | '#' | '~' | '!' => out.extend(['\\', character]),
            // A name after it would be told of the report.
            '@' => out.push_str("&#64;"),
            _ => out.push(character),
        }
    }
    out
}

/// A value as code. A bar ends a cell even there, so it is written with a backslash; a backquote cannot stand in it at all.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = printable(text).replace('|', "\\|");
    if text.contains('`') { format!("<code>{}</code>", escaped(&text)) } else { format!("`{text}`") }
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;

    #[test]
    fn every_finding_is_a_row_below_its_file() {
        let text = markdown(&full(), &Style::default());
        assert!(text.starts_with("## mailcfg\n\n2 errors, 1 warning, 1 info in 3 accounts (2 files)."), "{text}");
        assert!(
            text.contains(
                "### `プロファイル/prefs.js`\n\n| severity | line | rule | what is wrong | what to do |\n| --- |"
            ),
            "{text}"
        );
        assert!(
            text.contains("| ❌ error | 4 | `port-security-mismatch` | port 143 does not speak SSL/TLS<br>"),
            "{text}"
        );
        assert!(text.contains("`mail.server.server1.port`: `143` → `993`"), "{text}");
        assert!(text.contains("- unreadable: `broken.mobileconfig`: permission denied\n"), "{text}");
        assert!(!text.contains("hunter2") && !text.contains("notes.txt"), "{text}");
    }

    #[test]
    fn text_of_a_file_is_no_markup() {
        for (raw, shown) in [
            ("a|b", "a\\|b"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("**[x](y)**", "\\*\\*\\[x\\](y)\\*\\*"),
            ("taro@example.jp\n", "taro&#64;example.jp\\\\n"),
        ] {
            assert_eq!(escaped(raw), shown);
        }
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a`b"), "<code>a\\`b</code>");
    }
}
