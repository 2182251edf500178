//! One finding and its change, as `fix --interactive` puts it before somebody: what is wrong and why, what would change, how
//! safe that is, and the diff.
//!
//! Not here: the answers (`cli`).

use std::path::Path;

use anstyle::AnsiColor;

use super::Style;
use super::diff::Diff;
use super::notes::{applicability, caution, changes};
use super::paragraph::wrap;
use super::printable::printable;
use crate::finding::{Applicability, Finding, Message};
use crate::message;
use crate::source::path_text;

/// What somebody is asked.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The main file of the document.
    pub path: &'a Path,
    /// What was found, with its fix.
    pub finding: &'a Finding,
    /// The account it concerns, as people know it.
    pub account: Option<&'a str>,
    /// What the fix makes of each file, secrets masked.
    pub diffs: Vec<Diff>,
}

/// The question without the prompt. Ends with a line feed.
pub fn question(question: &Question<'_>, style: &Style) -> String {
    let finding = question.finding;
    let level = format!("{}[{}]", style.word(finding.severity.name()), finding.rule);
    let mut lines = vec![style.bold(&printable(&path_text(question.path)))];
    let mut head = wrap(&format!("{level}: {}", style.tell(&finding.message)), style.prose_width() - 2).into_iter();
    lines.extend(head.next().map(|first| first.replacen(&level, &style.severity(finding.severity, &level), 1)));
    lines.extend(head.map(|line| format!("  {line}")));
    let account = question.account.map(|account| message!("account: {account}", account = account));
    lines.extend(account.iter().chain([&finding.why]).flat_map(|text| prose(text, style)));
    lines.extend(change(finding, style));
    let diff: String = question.diffs.iter().map(|diff| diff.shown(style)).collect();
    format!("{}\n\n{diff}\n", lines.join("\n"))
}

/// What the fix does, setting by setting, and whether it is safe.
fn change(finding: &Finding, style: &Style) -> Vec<String> {
    let Some(fix) = &finding.fix else { return Vec::new() };
    let mut lines = prose(&message!("change: {title}", title = style.tell(&fix.title)), style);
    let settings = changes(&fix.changes, style);
    let settings = settings.iter().flat_map(|change| change.fit(style.prose_width() - 6));
    lines.extend(settings.map(|line| format!("      {line}")));
    let (ansi, text) = match applicability(fix) {
        Applicability::Safe => (AnsiColor::Green, Message::new("This change is safe.")),
        Applicability::Unsafe | Applicability::DisplayOnly => {
            (AnsiColor::Yellow, message!("This change is not safe: {why}", why = style.tell(&caution(finding, style))))
        }
    };
    lines.extend(prose(&text, style).iter().map(|line| style.paint(ansi.on_default(), line)));
    let remark = fix.remark.as_ref().filter(|_| applicability(fix) == Applicability::Safe);
    lines.extend(remark.iter().flat_map(|remark| prose(remark, style)));
    lines
}

fn prose(text: &Message, style: &Style) -> Vec<String> {
    let text = style.tell(text);
    let lines = wrap(&text, style.prose_width() - 4).into_iter().filter(|line| !line.is_empty()).enumerate();
    lines.map(|(index, line)| format!("{}{line}", if index == 0 { "  " } else { "    " })).collect()
}

#[cfg(test)]
mod tests {
    use super::super::diff::unified;
    use super::super::sample::{PREFS, full, span};
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_question_shows_everything_but_secrets() {
        let report = full();
        let before = Source::new("prefs.js", PREFS.as_bytes());
        let after = Source::new("prefs.js", PREFS.replace("143", "993").as_bytes());
        let (hidden, again) = (span(&before, "hunter2-secret"), span(&after, "hunter2-secret"));
        let diffs = vec![unified(&before, &after, &[hidden], &[again])];
        let asked =
            Question { path: Path::new("prefs.js"), finding: &report.findings[1], account: Some("taro"), diffs };
        let text = question(&asked, &Style::default());
        let (head, diff) = text.split_once("\n\n").unwrap();
        assert_eq!(
            head,
            "\
prefs.js
error[port-security-mismatch]: port 143 does not speak SSL/TLS
  account: taro
  the program starts encrypting at once, the server waits for plain text
    first, and no connection comes about
  change: set 993 with SSL/TLS
      mail.server.server1.port:       143 → 993
      mail.server.server1.socketType: STARTTLS → SSL/TLS
  This change is safe."
        );
        assert!(diff.contains("\n+user_pref(\"mail.server.server1.port\", 993);"), "{diff}");
        assert!(!text.contains("hunter2"), "{text}");
        assert!(text.ends_with("\n\n"), "{text:?}");
    }

    #[test]
    fn an_unsafe_change_says_why_it_is() {
        let report = full();
        let listed = report.findings.last().unwrap();
        let asked = Question { path: Path::new("f"), finding: listed, account: None, diffs: Vec::new() };
        let text = question(&asked, &Style::default()).replace("\n    ", " ");
        assert!(
            text.contains("This change is not safe: Apple Mail must be closed while the file is written"),
            "{text}"
        );
        assert!(question(&asked, &Style { color: true, ..Style::default() }).contains("\u{1b}[33m"));
    }
}
