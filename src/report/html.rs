//! One page that a help desk opens in any browser: no script, no request, nothing to install, nothing secret.
//!
//! A file is a section, a mailbox a card with what was found in it: wrong and right value side by side, why it matters, what to
//! do, who says so, and the change as a diff where it can be made automatically. What concerns no mailbox comes first. Text of
//! a file is escaped, and the page's own policy forbids every load, so that nothing in a file can act in the browser.

use std::cell::Cell;

use super::Style;
use super::diff::unified;
use super::edits;
use super::notes::{after, before, permission, shown};
use super::place::Places;
use super::printable::printable;
use super::summary::sentences;
use crate::finding::{AccountSummary, CheckedFile, FileStatus, Finding, Fix, Report};
use crate::message;

const CSS: &str = include_str!("html.css");

/// Prints `report` as one HTML page. Ends with a line feed.
pub fn html(report: &Report, style: &Style) -> String {
    let places = Places::new(report);
    let page = Page { places: &places, style, to_compare: Cell::new(MOST_COMPARED) };
    let language = style.language.code();
    let title = text(&style.word("Mail settings, checked"));
    let mut body = format!("<h1>{title}</h1>\n{}", page.summary(report));
    for (file, findings) in places.by_file() {
        body.push_str(&page.section(file, &findings));
    }
    body.push_str(&page.unread(report));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{CSS}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n<footer>mailcfg {}</footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// A change is compared with the whole file. After so many bytes of files it is told setting by setting only: thousands of changes in
/// one large file would take hours, and a page that nobody opens.
const MOST_COMPARED: usize = 50_000_000;

struct Page<'a> {
    places: &'a Places<'a>,
    style: &'a Style,
    /// How many bytes of files may still be compared.
    to_compare: Cell<usize>,
}

impl Page<'_> {
    fn summary(&self, report: &Report) -> String {
        let lines: String =
            sentences(report, self.style).iter().map(|line| format!("<p>{}</p>\n", text(line))).collect();
        format!("<div class=\"summary\">\n{lines}</div>\n")
    }

    /// One file with its mailboxes.
    fn section(&self, file: Option<&CheckedFile>, findings: &[&Finding]) -> String {
        let accounts: &[AccountSummary] = file.map_or(&[], |file| &file.accounts);
        let is_of =
            |finding: &Finding, account: &AccountSummary| finding.account.as_deref() == Some(account.id.as_str());
        let apart: Vec<&Finding> = findings
            .iter()
            .copied()
            .filter(|finding| !accounts.iter().any(|account| is_of(finding, account)))
            .collect();
        if accounts.is_empty() && apart.is_empty() {
            return String::new();
        }
        let mut cards = String::new();
        if !apart.is_empty() {
            cards.push_str(&self.card(&text(&self.style.word("The file as a whole")), None, &apart));
        }
        for account in accounts {
            let own: Vec<&Finding> = findings.iter().copied().filter(|finding| is_of(finding, account)).collect();
            let name = account.address.as_deref().unwrap_or(&account.id);
            cards.push_str(&self.card(&text(name), account.provider.as_deref(), &own));
        }
        let path = file.map(CheckedFile::label);
        let client = file.and_then(|file| file.client).unwrap_or_default();
        let heading = path.map_or_else(String::new, |path| {
            format!(
                "<h2><span class=\"path\">{}</span> <span class=\"client\">{}</span></h2>\n",
                text(&path),
                text(client)
            )
        });
        format!("<section>\n{heading}{cards}</section>\n")
    }

    fn card(&self, name: &str, provider: Option<&str>, findings: &[&Finding]) -> String {
        let mut findings = findings.to_vec();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let grade = findings.first().map_or("clean", |finding| finding.severity.name());
        let provider = provider.map_or_else(String::new, |id| format!(" <span class=\"provider\">{}</span>", text(id)));
        let body = if findings.is_empty() {
            format!("<p class=\"clean\">{}</p>\n", text(&self.style.word("Nothing to report.")))
        } else {
            findings.into_iter().map(|finding| self.finding(finding)).collect()
        };
        format!("<article class=\"card {grade}\">\n<h3>{name}{provider}</h3>\n{body}</article>\n")
    }

    fn finding(&self, finding: &Finding) -> String {
        let (style, severity) = (self.style, finding.severity);
        let mut out = format!(
            "<div class=\"finding {}\">\n<p class=\"what\"><span class=\"severity\">{}</span> {}</p>\n",
            severity.name(),
            text(&style.word(severity.name())),
            text(&style.tell(&finding.message)),
        );
        for (class, part) in [("why", &finding.why), ("help", &finding.help)] {
            let told = style.tell(part);
            if !told.is_empty() {
                out.push_str(&format!("<p class=\"{class}\">{}</p>\n", text(&told)));
            }
        }
        out.push_str(&self.values(finding));
        if let Some(fix) = &finding.fix {
            out.push_str(&self.fix(finding, fix));
        }
        out.push_str(&self.origin(finding));
        out.push_str("</div>\n");
        out
    }

    /// Wrong and right value side by side: each setting that would change, else what was found and expected.
    fn values(&self, finding: &Finding) -> String {
        let style = self.style;
        let heads = [message!("setting"), message!("now"), message!("should be")].map(|head| text(&style.tell(&head)));
        let changes = finding.fix.iter().flat_map(|fix| &fix.changes);
        let mut rows: Vec<String> =
            changes.map(|change| row(&heads, [&change.key, &before(change, style), &after(change, style)])).collect();
        if rows.is_empty()
            && let (Some(found), Some(expected)) = (&finding.found, &finding.expected)
        {
            rows.push(row(&heads, [&finding.location.key, &shown(found, style), &shown(expected, style)]));
        }
        if rows.is_empty() {
            return String::new();
        }
        let heads = heads.map(|head| format!("<th>{head}</th>")).concat();
        format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n", rows.concat())
    }

    /// The change as a diff, and what it takes to make it.
    fn fix(&self, finding: &Finding, fix: &Fix) -> String {
        let mut out = format!("<p class=\"permission\">{}</p>\n", text(&permission(fix, self.style)));
        let diff = self.diff(finding, fix);
        if !diff.is_empty() {
            let label = text(&self.style.word("The change in the file"));
            out.push_str(&format!(
                "<details>\n<summary>{label}</summary>\n<pre class=\"diff\">{diff}</pre>\n</details>\n"
            ));
        }
        out
    }

    fn diff(&self, finding: &Finding, fix: &Fix) -> String {
        let shown = self.places.file(finding).and_then(|file| edits::shown(file, fix));
        let mut out = String::new();
        for shown in shown.into_iter().flatten() {
            let left = self.to_compare.get().checked_sub(shown.source.bytes().len());
            let (Some(left), Ok(after)) = (left, shown.source.edited(&shown.edits)) else { continue };
            self.to_compare.set(left);
            let diff = unified(shown.source, &after, shown.hidden, &shown.hidden_after());
            out.extend(String::from_utf8_lossy(&diff.bytes).lines().map(diff_line));
        }
        out
    }

    /// Rule, place and source of a finding.
    fn origin(&self, finding: &Finding) -> String {
        let style = self.style;
        let mut parts = vec![format!("<code>{}</code>", text(finding.rule))];
        if let Some(range) = self.places.range(finding) {
            parts.push(text(&style.tell(&message!("line {n}", n = range.start.0))));
        }
        if !finding.location.key.is_empty() {
            parts.push(format!("<code>{}</code>", text(&finding.location.key)));
        }
        if let Some(url) = &finding.source {
            let label = text(&style.word(if finding.is_official { "official" } else { "listed" }));
            parts.push(format!("{label}: {}", link(url)));
        }
        format!("<p class=\"origin\">{}</p>\n", parts.join(" · "))
    }

    /// What was not judged, and why.
    fn unread(&self, report: &Report) -> String {
        let items: String = report.files.iter().filter_map(|file| self.unread_file(file)).collect();
        if items.is_empty() {
            return String::new();
        }
        let heading = text(&self.style.word("Not checked"));
        format!("<section>\n<h2>{heading}</h2>\n<ul class=\"unread\">\n{items}</ul>\n</section>\n")
    }

    fn unread_file(&self, file: &CheckedFile) -> Option<String> {
        let (class, reason) = match &file.status {
            FileStatus::Unreadable(reason) => ("error", reason),
            FileStatus::Skipped(reason) if file.client.is_some() => ("info", reason),
            FileStatus::Skipped(_) | FileStatus::Checked => return None,
        };
        let path = text(&file.label());
        Some(format!("<li class=\"{class}\"><code>{path}</code>: {}</li>\n", text(&self.style.tell(reason))))
    }
}

/// Each cell carries the name of its column, which a narrow window shows instead of the heads.
fn row(heads: &[String; 3], cells: [&str; 3]) -> String {
    let classes = ["key", "from", "to"];
    let cells = classes.iter().zip(heads).zip(cells);
    let cells = cells
        .map(|((class, head), content)| format!("<td class=\"{class}\" data-label=\"{head}\">{}</td>", text(content)));
    format!("<tr>{}</tr>\n", cells.collect::<String>())
}

fn diff_line(line: &str) -> String {
    let class = match line.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "name",
        [b'@', ..] => "place",
        [b'-', ..] => "old",
        [b'+', ..] => "new",
        _ => "same",
    };
    format!("<span class=\"{class}\">{}</span>\n", text(line))
}

/// A link only where it leads to a page; anything else stays text.
fn link(url: &str) -> String {
    let shown = text(url);
    let is_page = url.starts_with("https://") || url.starts_with("http://");
    if is_page { format!("<a href=\"{shown}\" rel=\"noreferrer noopener\">{shown}</a>") } else { shown }
}

/// Text that is to stay text, in elements and in attributes.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for line in raw.split('\n') {
        if !out.is_empty() {
            out.push_str("<br>");
        }
        for character in printable(line).chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(character),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;

    #[test]
    fn a_mailbox_is_a_card_with_both_values_and_the_diff() {
        let page = html(&full(), &Style::default());
        for part in [
            "<article class=\"card error\">\n<h3>taro@example.jp <span class=\"provider\">example-jp</span></h3>",
            "<article class=\"card warning\">\n<h3>hanako@example.org</h3>",
            "data-label=\"now\">143</td><td class=\"to\" data-label=\"should be\">993</td>",
            "<span class=\"old\">-user_pref(&quot;mail.server.server1.port&quot;, 143);</span>",
            "<li class=\"error\"><code>broken.mobileconfig</code>: permission denied</li>",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn nothing_is_loaded_and_nothing_acts() {
        let mut report = full();
        report.findings[1].message = crate::message!("{x}", x = "</p><script>alert(1)</script>\u{202e}");
        report.findings[1].source = Some("javascript:alert(1)".into());
        let page = html(&report, &Style::default());
        assert!(!page.contains("<script") && !page.contains("href=\"javascript"), "{page}");
        assert!(page.contains("&lt;script&gt;") && page.contains("\\u{202e}"), "{page}");
        for load in ["src=", "@import", "url(", "<link"] {
            assert!(!page.contains(load), "{load}");
        }
    }

    #[test]
    fn no_secret_is_on_the_page() {
        let page = html(&full(), &Style::default());
        assert!(!page.contains("hunter2"), "{page}");
    }
}
