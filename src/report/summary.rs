//! The last lines: how much of what, and what to type next.
//!
//! A run without findings says what was looked at, since an empty success is no evidence.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::Style;
use super::hints::{self, hints};
use super::paragraph::{in_a_row, labelled, wrap};
use crate::finding::{Applicability, Argument, CheckedFile, Counts, Finding, Message, Report};
use crate::message;

/// The closing paragraph, ending with a line feed.
pub(super) fn summary(report: &Report, style: &Style) -> String {
    let sentences = sentences(report, style);
    // Rather a line for each sentence than a break inside one.
    let whole = in_a_row(&sentences);
    let fits = whole.width() <= style.prose_width();
    let mut lines = wrap(&if fits { whole } else { sentences.join("\n") }, style.prose_width());
    let is_quiet = told(Counts::of(report), style) == 0;
    if !is_quiet {
        lines.iter_mut().for_each(|line| *line = style.bold(line));
    }
    lines.extend(strangers(report, style));
    lines.extend(hints(report, style));
    let next = if is_quiet { hints::next(report, style) } else { Some(next(report, Counts::of(report), style)) };
    lines.extend(next.map(|command| command_line(&message!("Next:"), &command, style)));
    lines.push(String::new());
    lines.join("\n")
}

/// How much was found, or that there was nothing and what was looked at; sentence by sentence.
pub(super) fn sentences(report: &Report, style: &Style) -> Vec<String> {
    let counts = Counts::of(report);
    if told(counts, style) > 0 {
        return result(report, counts, style);
    }
    let ignored = || style.count(counts.suppressed, "{n} finding is ignored.", "{n} findings are ignored.");
    let hidden = || {
        let one = "{n} finding is hidden by the choice of rules.";
        style.count(counts.deselected, one, "{n} findings are hidden by the choice of rules.")
    };
    let rest = (counts.suppressed > 0).then(ignored).into_iter().chain((counts.deselected > 0).then(hidden));
    std::iter::once(nothing(report, counts, style)).chain(rest).collect()
}

/// How many findings are printed one by one.
const fn told(counts: Counts, style: &Style) -> usize {
    counts.errors + counts.warnings + counts.infos + if style.verbose { counts.hints } else { 0 }
}

/// `3 errors, 1 warning in 2 accounts (2 files).` `2 can be mended safely, 1 more with --unsafe.`
fn result(report: &Report, counts: Counts, style: &Style) -> Vec<String> {
    let hints = if style.verbose { counts.hints } else { 0 };
    let found = tally(Counts { hints, ..counts }, style);
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
    let mut sentences: Vec<String> =
        std::iter::once(found).chain(mendable).map(|sentence| style.tell(&sentence)).collect();
    sentences.extend(ignored(counts, style));
    let hidden = || {
        let one = "{n} more is hidden by the choice of rules.";
        style.count(counts.deselected, one, "{n} more are hidden by the choice of rules.")
    };
    sentences.extend((counts.deselected > 0).then(hidden));
    sentences
}

/// `3 more are ignored.`: what nobody sees is still there.
fn ignored(counts: Counts, style: &Style) -> Option<String> {
    let sentence = || style.count(counts.suppressed, "{n} more is ignored.", "{n} more are ignored.");
    (counts.suppressed > 0).then(sentence)
}

/// `3 errors, 1 warning`; nothing where nothing was found.
pub fn tally(counts: Counts, style: &Style) -> String {
    let found = [
        (counts.errors, message!("{n} error"), message!("{n} errors")),
        (counts.warnings, message!("{n} warning"), message!("{n} warnings")),
        (counts.infos, message!("{n} info"), message!("{n} infos")),
        (counts.hints, message!("{n} hint"), message!("{n} hints")),
    ];
    let found = found.into_iter().filter(|(n, ..)| *n > 0);
    let found = found.map(|(n, one, many)| style.tell(&if n == 1 { one } else { many }.with("n", n)));
    found.collect::<Vec<_>>().join(&style.word(", "))
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
    let filled = |message: Message| {
        style.tell(&message.with("accounts", &checked).with("settings", &settings).with("files", &files))
    };
    if providers.is_empty() {
        return filled(message!("Checked {accounts} ({settings}) in {files}: nothing to report."));
    }
    let providers = Argument::List(providers.into_iter().map(str::to_owned).collect());
    let text = message!("Checked {accounts} ({settings}) in {files} against {providers}: nothing to report.");
    filled(text.with_argument("providers", providers))
}

/// More of them are counted, not named: a folder may hold thousands.
const NAMED_STRANGERS: usize = 10;

/// The accounts nobody publishes settings for: only their structure was judged.
fn strangers(report: &Report, style: &Style) -> Vec<String> {
    let accounts = report.files.iter().flat_map(|file: &CheckedFile| &file.accounts);
    let unknown: Vec<_> = accounts.filter(|account| account.provider.is_none()).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let names: BTreeSet<&str> =
        unknown.iter().map(|account| account.address.as_deref().unwrap_or(&account.id)).collect();
    let more = names.len().saturating_sub(NAMED_STRANGERS);
    let names: Vec<_> = names.into_iter().take(NAMED_STRANGERS).collect();
    let text = match more {
        0 => message!("Provider not known, so only checked for contradictions: {names}.", names = names),
        n => message!(
            "Provider not known, so only checked for contradictions: {names}, and {n} more.",
            names = names,
            n = n
        ),
    };
    wrap(&style.tell(&text), style.prose_width())
}

/// What to type next: `mailcfg fix …`.
fn next(report: &Report, counts: Counts, style: &Style) -> String {
    if counts.fixable > 0 {
        style.command("mailcfg fix")
    } else if fixable(report, Applicability::Unsafe) > 0 {
        style.command("mailcfg fix --unsafe")
    } else {
        format!("mailcfg explain {}", gravest(report.findings.iter()).map_or("", |finding| finding.rule))
    }
}

/// The line that tells what to type, never wrapped, so that it can be copied.
pub(super) fn command_line(label: &Message, command: &str, style: &Style) -> String {
    let label = style.tell(label);
    labelled(&label, command).replacen(&label, &style.bold(&label), 1)
}

/// The first of the most severe ones.
pub(super) fn gravest<'a>(findings: impl DoubleEndedIterator<Item = &'a Finding>) -> Option<&'a Finding> {
    findings.rev().max_by_key(|finding| finding.severity)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{PREFS, checked, full, unjudged};
    use super::*;
    use crate::finding::{AccountSummary, FileStatus, Severity};
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

    #[test]
    fn of_thousands_of_unknown_accounts_a_few_are_named() {
        let mut report = clean(1..2);
        let stranger = report.files[0].accounts[0].clone();
        report.files[0].accounts = (10..5010)
            .map(|n| AccountSummary { address: Some(format!("{n}@example.org")), ..stranger.clone() })
            .collect();
        let said = summary(&report, &Style::default());
        assert_eq!(said.matches("@example.org").count(), NAMED_STRANGERS, "{said}");
        assert!(said.replace('\n', " ").contains(", and 4990 more."), "{said}");
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
    fn what_is_ignored_is_counted() {
        let last = |report: &Report| summary(report, &Style::of_width(Some(100)));
        let said = last(&Report { suppressed: 2, ..clean(0..1) });
        assert!(said.ends_with("nothing to report.\n2 findings are ignored.\n"), "{said}");
        let said = last(&Report { suppressed: 1, ..full() });
        assert!(said.contains("1 more with --unsafe.\n1 more is ignored.\n"), "{said}");
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
