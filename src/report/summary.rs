//! The last lines: how much of what, and what to type next.
//!
//! A run without findings says what was looked at, since an empty success is no evidence.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::Style;
use super::paragraph::wrap;
use super::printable::printable;
use crate::finding::{Applicability, CheckedFile, Counts, Finding, Report};
use crate::message;

/// The closing paragraph, ending with a line feed.
pub(super) fn summary(report: &Report, style: &Style) -> String {
    let counts = Counts::of(report);
    let mut lines = Vec::new();
    let sentences = sentences(report, style);
    if report.findings.is_empty() {
        lines.extend(wrap(&sentences.join(" "), style.prose_width()));
        lines.extend(strangers(report, style));
    } else {
        // Rather a line for each sentence than a break inside one.
        let fits = sentences.join(" ").width() <= style.prose_width();
        let sentences = sentences.join(if fits { " " } else { "\n" });
        lines.extend(wrap(&sentences, style.prose_width()).iter().map(|line| style.bold(line)));
        lines.extend(strangers(report, style));
        lines.push(next(report, counts, style));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// `3 errors, 1 warning in 2 accounts (2 files).` `2 can be mended safely, 1 more with --unsafe.`
/// How much was found, or that there was nothing and what was looked at; sentence by sentence.
pub(super) fn sentences(report: &Report, style: &Style) -> Vec<String> {
    let counts = Counts::of(report);
    if report.findings.is_empty() { vec![nothing(report, counts, style)] } else { tally(report, counts, style) }
}

fn tally(report: &Report, counts: Counts, style: &Style) -> Vec<String> {
    let found = [
        (counts.errors, "{n} error", "{n} errors"),
        (counts.warnings, "{n} warning", "{n} warnings"),
        (counts.infos, "{n} info", "{n} infos"),
    ];
    let found = found.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| style.count(n, one, many));
    let found = found.collect::<Vec<_>>().join(&style.word(", "));
    let files = style.count(counts.files, "{n} file", "{n} files");
    let accounts = style.count(counts.accounts, "{n} account", "{n} accounts");
    let found = match (counts.files, counts.accounts) {
        (0, _) => message!("{found}.", found = found),
        (_, 0) => message!("{found} in {files}.", found = found, files = files),
        _ => message!("{found} in {accounts} ({files}).", found = found, accounts = accounts, files = files),
    };
    let mendable = match (counts.fixable, fixable(report, Applicability::Unsafe) - counts.fixable) {
        (0, 0) => None,
        (n, 0) => Some(message!("{n} can be mended safely.", n = n)),
        (0, n) => Some(message!("{n} can be mended with --unsafe.", n = n)),
        (n, more) => Some(message!("{n} can be mended safely, {more} more with --unsafe.", n = n, more = more)),
    };
    std::iter::once(found).chain(mendable).map(|sentence| style.tell(&sentence)).collect()
}

fn fixable(report: &Report, least: Applicability) -> usize {
    report.findings.iter().filter(|finding| finding.is_fixable(least)).count()
}

/// `Checked 2 accounts (14 settings) in 1 file against gmail, icloud: nothing to report.`
fn nothing(report: &Report, counts: Counts, style: &Style) -> String {
    let files = style.count(counts.files, "{n} file", "{n} files");
    if counts.files == 0 {
        return style.word("No mail configuration was checked.");
    }
    if counts.accounts == 0 {
        return style.tell(&message!("Checked {files}: no mail account in it, nothing to report.", files = files));
    }
    let accounts = report.files.iter().flat_map(|file| &file.accounts);
    let settings = accounts.clone().map(|account| account.settings).sum();
    let settings = style.count(settings, "{n} setting", "{n} settings");
    let checked = style.count(counts.accounts, "{n} account", "{n} accounts");
    let providers: BTreeSet<&str> = accounts.filter_map(|account| account.provider.as_deref()).collect();
    let providers = providers.into_iter().map(printable).collect::<Vec<_>>().join(&style.word(", "));
    let filled = |message: crate::finding::Message| {
        style.tell(&message.with("accounts", &checked).with("settings", &settings).with("files", &files))
    };
    if providers.is_empty() {
        return filled(message!("Checked {accounts} ({settings}) in {files}: nothing to report."));
    }
    let text = message!("Checked {accounts} ({settings}) in {files} against {providers}: nothing to report.");
    filled(text.with("providers", providers))
}

/// The accounts nobody publishes settings for: only their structure was judged.
fn strangers(report: &Report, style: &Style) -> Vec<String> {
    let accounts = report.files.iter().flat_map(|file: &CheckedFile| &file.accounts);
    let unknown: Vec<_> = accounts.filter(|account| account.provider.is_none()).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let names: BTreeSet<&str> =
        unknown.iter().map(|account| account.address.as_deref().unwrap_or(&account.id)).collect();
    let names = names.into_iter().map(printable).collect::<Vec<_>>().join(&style.word(", "));
    let text = message!("Provider not known, so only checked for contradictions: {names}.", names = names);
    wrap(&style.tell(&text), style.prose_width())
}

/// `Next: mailcfg fix …`, never wrapped, so that it can be copied.
fn next(report: &Report, counts: Counts, style: &Style) -> String {
    let command = if counts.fixable > 0 {
        style.command("mailcfg fix")
    } else if fixable(report, Applicability::Unsafe) > 0 {
        style.command("mailcfg fix --unsafe")
    } else {
        format!("mailcfg explain {}", gravest(report.findings.iter()).map_or("", |finding| finding.rule))
    };
    command_line("Next:", &command, style)
}

/// The line that tells what to type.
pub(super) fn command_line(label: &'static str, command: &str, style: &Style) -> String {
    format!("{} {command}", style.bold(&style.word(label)))
}

/// The first of the most severe ones.
pub(super) fn gravest<'a>(findings: impl DoubleEndedIterator<Item = &'a Finding>) -> Option<&'a Finding> {
    findings.rev().max_by_key(|finding| finding.severity)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{PREFS, checked, full, unjudged};
    use super::*;
    use crate::finding::{FileStatus, Severity};
    use crate::source::Source;

    fn clean(accounts: std::ops::Range<usize>) -> Report {
        let mut file = checked(Source::new("prefs.js", PREFS.as_bytes()), Vec::new());
        file.accounts = file.accounts.drain(accounts).collect();
        Report { files: vec![file], ..Report::default() }
    }

    #[test]
    fn an_empty_success_says_what_was_checked() {
        let unjudged = |client, status| Report { files: vec![unjudged("f", client, status)], ..Report::default() };
        for (report, expected) in [
            (clean(0..1), "Checked 1 account (7 settings) in 1 file against example-jp: nothing to report.\n"),
            (
                clean(0..2),
                "Checked 2 accounts (14 settings) in 1 file against example-jp: nothing to report.\n\
                 Provider not known, so only checked for contradictions: hanako@example.org.\n",
            ),
            (
                clean(1..2),
                "Checked 1 account (7 settings) in 1 file: nothing to report.\n\
                 Provider not known, so only checked for contradictions: hanako@example.org.\n",
            ),
            (clean(0..0), "Checked 1 file: no mail account in it, nothing to report.\n"),
            (Report::default(), "No mail configuration was checked.\n"),
            (unjudged(None, FileStatus::Skipped("no".into())), "No mail configuration was checked.\n"),
        ] {
            assert_eq!(summary(&report, &Style::of_width(Some(100))), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_next_command_is_the_one_that_helps() {
        let style = Style { paths: vec!["a b".into()], ..Style::default() };
        let mut report = full();
        let last = |report: &Report| summary(report, &style).lines().last().unwrap_or_default().to_owned();
        assert_eq!(last(&report), "Next: mailcfg fix 'a b'");
        report.findings.retain(|finding| !finding.is_fixable(Applicability::Safe));
        assert_eq!(last(&report), "Next: mailcfg fix --unsafe 'a b'");
        report.findings.retain(|finding| finding.fix.is_none());
        assert_eq!(last(&report), "Next: mailcfg explain odd-setting");
    }

    #[test]
    fn counts_are_said_as_people_say_them() {
        let mut report = full();
        report.findings.retain(|finding| finding.severity == Severity::Error);
        let first = |report: &Report| summary(report, &Style::default()).lines().next().unwrap_or_default().to_owned();
        assert_eq!(first(&report), "2 errors in 3 accounts (2 files). 1 can be mended safely, 1 more with --unsafe.");
        report.findings.truncate(1);
        assert_eq!(first(&report), "1 error in 3 accounts (2 files). 1 can be mended safely.");
        report.files.iter_mut().for_each(|file| file.accounts.clear());
        assert_eq!(first(&report), "1 error in 2 files. 1 can be mended safely.");
        report.files.truncate(1);
        report.files[0].status = FileStatus::Skipped("damaged".into());
        assert_eq!(first(&report), "1 error. 1 can be mended safely.");
    }
}
