//! The report for people: every finding with the line it is about, why it matters, what to do and who says so.
//!
//! ```text
//! error[port-security-mismatch]: port 143 does not speak SSL/TLS
//!   --> prefs.js:12:39
//!    |
//! 12 | user_pref("mail.server.server1.port", 143);
//!    |                                       ^^^
//!    = why:      the program starts encrypting at once, the server waits for plain text first
//!    = official: 993 with SSL/TLS — https://support.example.jp/imap
//! ```
//!
//! Files in the order of the run; in a file errors first, then warnings, then what is only worth knowing, each in the
//! order of the text. Not here: the carets (`snippet`), the labelled lines (`notes`), the last lines (`summary`).

use super::notes::Notes;
use super::paragraph::wrap;
use super::place::Places;
use super::printable::printable;
use super::snippet::Quote;
use super::summary::summary;
use super::{Style, place};
use crate::finding::{CheckedFile, FileStatus, Finding, Message, Report, Severity};
use crate::message;
use crate::source::path_text;

/// Prints `report` for people. Ends with a line feed.
pub fn text(report: &Report, style: &Style) -> String {
    let mut blocks = findings(report, style);
    blocks.push(summary(report, style));
    blocks.join("\n\n")
}

/// Every finding, and every file that was not judged, as a block of its own; no summary.
pub fn findings(report: &Report, style: &Style) -> Vec<String> {
    let places = Places::to_act_on(report, style);
    let mut blocks = Vec::new();
    for (file, mut findings) in places.by_file() {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        blocks.extend(findings.into_iter().map(|finding| block(finding, file, &places, style)));
    }
    let unread: Vec<String> = report.files.iter().flat_map(|file| status(file, style)).collect();
    if !unread.is_empty() {
        blocks.push(unread.join("\n"));
    }
    blocks
}

fn block(finding: &Finding, file: Option<&CheckedFile>, places: &Places<'_>, style: &Style) -> String {
    if finding.severity == Severity::Info && !style.verbose {
        return brief(finding, file, places, style);
    }
    let range = places.range(finding);
    let opened = places.quotable(finding).zip(finding.location.span);
    let quote = opened.as_ref().and_then(|(opened, span)| Quote::new(opened, *span));
    let line = range.map_or(0, |range| range.start.0);
    // As wide as the number of the line, like the gutter of the snippet.
    let margin = line.to_string().len();
    let mut out = title(finding, style);
    if let Some(place) = place(finding, range, places) {
        out.push_str(&format!("\n{}{} {place}", " ".repeat(margin), style.gutter("-->")));
    }
    if let Some(quote) = &quote {
        out.push('\n');
        out.push_str(&quote.render(line, finding.severity, style));
        // Apart from the notes, so that the carets are not taken for a part of them.
        out.push_str(&format!("\n{} {}", " ".repeat(margin), style.gutter("|")));
    }
    let notes = Notes::of(finding, quote.as_ref(), account(finding, file), style);
    if !notes.is_empty() {
        out.push('\n');
        out.push_str(&notes.render(margin + 1));
    }
    out
}

/// `error[rule]: message`, wrapped.
fn title(finding: &Finding, style: &Style) -> String {
    let level = format!("{}[{}]", style.tell(&finding.severity.words()), finding.rule);
    let text = format!("{level}: {}", style.tell(&finding.message));
    let mut lines = wrap(&text, style.prose_width() - 2).into_iter();
    let first = lines.next().unwrap_or_default();
    let first = match first.strip_prefix(&level) {
        Some(rest) => format!("{}{}", style.severity(finding.severity, &level), style.bold(rest)),
        None => style.severity(finding.severity, &first),
    };
    std::iter::once(first).chain(lines.map(|line| format!("  {}", style.bold(&line)))).collect::<Vec<_>>().join("\n")
}

/// Two lines for what is only worth knowing.
fn brief(finding: &Finding, file: Option<&CheckedFile>, places: &Places<'_>, style: &Style) -> String {
    let place = place(finding, places.range(finding), places);
    let part = places.source(finding).and_then(|source| source.part()).map(|part| printable(&part.key).into_owned());
    let place = place.into_iter().chain(part).chain(account(finding, file)).collect::<Vec<_>>().join(", ");
    let help = style.tell(&finding.help);
    let joint = if place.is_empty() || help.is_empty() { "" } else { " — " };
    let lines = wrap(&format!("{place}{joint}{help}"), style.prose_width() - 2);
    let lines = lines.into_iter().filter(|line| !line.is_empty()).map(|line| format!("\n  {line}"));
    format!("{}{}", title(finding, style), lines.collect::<String>())
}

/// `path:line:column`, or the path alone.
fn place(finding: &Finding, range: Option<place::Range>, places: &Places<'_>) -> Option<String> {
    let source = places.source(finding)?;
    let path = path_text(source.path());
    let path = printable(&path);
    Some(range.map_or_else(|| path.to_string(), |range| format!("{path}:{}:{}", range.start.0, range.start.1)))
}

/// Whose mailbox it is, where a file has several.
fn account(finding: &Finding, file: Option<&CheckedFile>) -> Option<String> {
    let id = finding.account.as_deref()?;
    let accounts = &file?.accounts;
    if accounts.len() < 2 {
        return None;
    }
    let address = accounts.iter().find(|account| account.id == id).and_then(|account| account.address.as_deref());
    Some(address.map_or_else(|| printable(id).into_owned(), |address| printable(address).into_owned()))
}

/// What became of a file that was not judged; with `verbose` also of one that was.
fn status(file: &CheckedFile, style: &Style) -> Vec<String> {
    let path = file.label();
    let line = |text: Message| wrap(&style.tell(&text.with("path", &path)), style.prose_width() - 2).join("\n  ");
    match &file.status {
        FileStatus::Unreadable(reason) => {
            let text = line(message!("unreadable: {path}: {reason}", reason = reason));
            vec![style.severity(Severity::Error, &text)]
        }
        FileStatus::Skipped(reason) if file.client.is_some() || style.verbose => {
            vec![line(message!("not checked: {path}: {reason}", reason = reason))]
        }
        FileStatus::Skipped(_) => Vec::new(),
        FileStatus::Checked if style.verbose => checked(file, &path, style),
        FileStatus::Checked => Vec::new(),
    }
}

/// `checked: prefs.js (thunderbird)` and its accounts.
fn checked(file: &CheckedFile, path: &str, style: &Style) -> Vec<String> {
    let head = message!("checked: {path} ({client})", path = path, client = file.client.unwrap_or("?"));
    let accounts = file.accounts.iter().map(|account| {
        let address = account.address.as_deref().unwrap_or("-");
        let provider = account.provider.as_deref().unwrap_or("-");
        let matched = style.tell(&matched(account.matched));
        format!("  {}  {}  {} ({matched})", printable(&account.id), printable(address), printable(provider))
    });
    std::iter::once(style.tell(&head)).chain(accounts).collect()
}

/// How surely it is this provider's, in words; programs read them as they are.
fn matched(how: &'static str) -> Message {
    match how {
        "certain" => message!("certain"),
        "host" => message!("by its host"),
        "address" => message!("by its address"),
        "policy" => message!("by your own file"),
        _ => message!("not known"),
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::super::sample::{PREFS, at, checked, full, span, unjudged};
    use super::*;
    use crate::source::Source;

    #[cfg(unix)]
    const FULL: &str = "\
error[port-security-mismatch]: port 143 does not speak SSL/TLS
 --> プロファイル/prefs.js:4:39
  |
4 | user_pref(\"mail.server.server1.port\", 143);
  |                                       ^^^
  |
  = account:  taro@example.jp
  = why:      the program starts encrypting at once, the server waits for plain
              text first, and no connection comes about
  = help:     use 993 with SSL/TLS
  = official: 993 with SSL/TLS — https://support.example.jp/mail/imap
  = fix:      mail.server.server1.port:       143 → 993
              mail.server.server1.socketType: STARTTLS → SSL/TLS
              safe to apply

warning[odd-setting]: a setting that no version of the program reads
 --> プロファイル/prefs.js:5:68
  |
5 | user_pref(\"mail.server.server1.note\", \"••••\"); user_pref(\"x\", 1);
  |                                                          ^^^
  |
  = account:     hanako@example.org
  = help:        take it out
  = not certain: likely, but the file alone cannot prove it; if mail works,
                 leave it as it is

info[newer-version]: the file was written by a newer version of the program
  プロファイル/prefs.js:1:1 — nothing to do; settings that mailcfg does not know
  are left alone

error[blank-in-host]: サーバー名の最後に空白が入っています
 --> Accounts.plist
  = setting:  PayloadContent/0/IncomingMailServerHostName
  = found:    \"imap.example.jp \"
  = why:      空白を含む名前のサーバーは存在しないため、メールソフトは接続できま
              せん。設定画面では空白が見えないので、気付きにくい誤りです。
  = help:     空白を取り除いてください
  = official: imap.example.jp
              https://www.example.jp/support/mail/settings/imap-and-smtp-for-thunderbird-and-others.html
  = fix:      PayloadContent/0/IncomingMailServerHostName:
                \"imap.example.jp \" → imap.example.jp
              needs --unsafe: Apple Mail must be closed while the file is
              written

unreadable: broken.mobileconfig: permission denied
not checked: other/signed.mobileconfig: it is encrypted for another device

2 errors, 1 warning, 1 info in 3 accounts (2 files).
1 can be mended safely, 1 more with --unsafe.
Provider not known, so only checked for contradictions: hanako@example.org.
Next: mailcfg fix 'My Profile' Accounts.plist
";

    fn style(width: usize) -> Style {
        Style { paths: vec!["My Profile".into(), "Accounts.plist".into()], ..Style::of_width(Some(width)) }
    }

    #[cfg(unix)]
    #[test]
    fn a_report_at_80_columns() {
        assert_eq!(text(&full(), &style(80)), FULL);
    }

    #[test]
    fn only_a_single_word_is_wider_than_the_terminal() {
        for width in [50, 64, 80, 100, 132] {
            for line in text(&full(), &style(width)).lines() {
                let is_one_word = line.contains("https://www") || line.contains("PayloadContent");
                assert!(line.width() <= width || is_one_word, "{width}: {line}");
            }
        }
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let colored = text(&full(), &Style { color: true, ..style(80) });
        assert!(colored.contains("\u{1b}[1m\u{1b}[91merror[port-security-mismatch]\u{1b}[0m"), "{colored:?}");
        let mut plain = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            plain.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        assert_eq!(plain, text(&full(), &style(80)));
    }

    #[test]
    fn verbose_says_what_was_left_out() {
        let text = text(&full(), &Style { verbose: true, ..style(80) });
        for line in [
            "not checked: notes.txt: not a mail configuration",
            "checked: プロファイル/prefs.js (thunderbird)",
            "  account1  taro@example.jp  example-jp (certain)",
            "1 | // Mozilla User Preferences",
        ] {
            assert!(text.lines().any(|printed| printed == line), "{line}");
        }
    }

    #[test]
    fn nothing_from_a_file_acts_on_the_terminal_and_no_secret_shows() {
        let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
        let source = Source::new(format!("{evil}/prefs.js"), format!("{evil}{PREFS}{evil}\r").into_bytes());
        let (secret, port) = (span(&source, "hunter2-secret"), span(&source, "143"));
        let mut file = checked(source, vec![secret]);
        file.accounts[0].address = Some(evil.into());
        let finding = |span| {
            at(Finding::new("rule", evil, None, message!("host {host}", host = evil)), span)
                .on("account1")
                .because(message!("{x}", x = evil))
                .values(evil, evil)
                .published(Some(evil))
        };
        let findings = [Some(port), Some(secret), Some(crate::source::Span::new(0, 9999)), None].map(finding).to_vec();
        let mut report = Report { findings, files: vec![file], ..Report::default() };
        report.files.push(unjudged(evil, Some(evil), FileStatus::Unreadable(message!("{e}", e = evil))));
        for style in [style(80), Style { verbose: true, paths: vec![evil.into()], ..style(40) }] {
            for text in [text(&report, &style), super::super::json(&report, &style)] {
                assert!(!text.contains(|c| c != '\n' && super::super::printable::acts(c)), "{text:?}");
                assert!(!text.contains("hunter2"), "{text}");
            }
        }
    }

    #[test]
    fn a_finding_without_a_file_is_not_lost() {
        let mut report = full();
        report.files.clear();
        assert!(
            text(&report, &style(80))
                .starts_with("error[port-security-mismatch]: port 143 does not speak SSL/TLS\n  = setting:")
        );
    }
}
