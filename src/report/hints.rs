//! What the provider asks for and no file can show: a line a mailbox, after the findings.
//!
//! The right password and a switch at the provider are the same reminder for a mailbox that works and for one that does not,
//! so they are told apart from what is wrong. `--verbose` prints them like other findings instead.

use super::Style;
use super::paragraph::wrap;
use super::printable::{printable, shell_word};
use crate::finding::{AccountSummary, CheckedFile, Finding, Report};
use crate::message;

/// More lines than these are counted, not printed: a folder may hold thousands of mailboxes.
const TOLD: usize = 10;

/// The closing lines about hints; none if there are none, or if they were printed already.
pub(super) fn hints(report: &Report, style: &Style) -> Vec<String> {
    let hints = report.findings.iter().filter(|finding| finding.is_hint() && !style.verbose);
    // The same mailbox may be set up in several files.
    let mut told: Vec<String> = Vec::new();
    for text in hints.map(|finding| text(report, finding, style)) {
        if !told.contains(&text) {
            told.push(text);
        }
    }
    let more = told.len().saturating_sub(TOLD);
    told.truncate(TOLD);
    if more > 0 {
        told.push(style.tell(&message!("and {n} more; --verbose tells all", n = more)));
    }
    let title = (!told.is_empty()).then(|| style.word("Good to know:"));
    title.into_iter().chain(told.iter().flat_map(|text| indented(text, style))).collect()
}

/// `hanako@example.jp: which password it is`.
fn text(report: &Report, finding: &Finding, style: &Style) -> String {
    let told = style.tell(&finding.message);
    let name = account(report, finding).map(|account| account.address.as_deref().unwrap_or(&account.id));
    name.map_or_else(|| told.clone(), |name| format!("{}: {told}", printable(name)))
}

fn indented(text: &str, style: &Style) -> Vec<String> {
    let lines = wrap(text, style.prose_width() - 4).into_iter().enumerate();
    lines.map(|(n, line)| format!("{}{line}", if n == 0 { "  " } else { "    " })).collect()
}

/// What to type to learn more about the first one.
pub(super) fn next(report: &Report, style: &Style) -> Option<String> {
    let hint = report.findings.iter().find(|finding| finding.is_hint() && !style.verbose)?;
    let whom = account(report, hint).and_then(|account| {
        // An address of one's own domain does not tell whose it is.
        let address =
            account.address.as_deref().filter(|address| address.contains('@') && account.matched == "certain");
        address.or(account.provider.as_deref())
    });
    Some(match whom {
        Some(whom) => format!("mailcfg doctor {}", shell_word(whom)),
        None => style.command("mailcfg lint --verbose"),
    })
}

fn account<'a>(report: &'a Report, finding: &Finding) -> Option<&'a AccountSummary> {
    let id = finding.account.as_deref()?;
    let of = |file: &&CheckedFile| file.document == Some(finding.document);
    report.files.iter().find(of)?.accounts.iter().find(|account| account.id == id)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{PREFS, at, checked, span};
    use super::*;
    use crate::finding::{Confidence, Severity};
    use crate::source::Source;

    fn report(hints: usize) -> Report {
        let source = Source::new("prefs.js", PREFS.as_bytes());
        let place = span(&source, "143");
        let hint = |n: usize| {
            let told = message!("{n}: the provider wants a password of its own", n = n);
            at(Finding::new("password-kind", "", None, told), Some(place))
                .on("account1")
                .graded(Severity::Hint, Confidence::High)
        };
        Report {
            findings: (0..hints).map(hint).collect(),
            files: vec![checked(source, Vec::new())],
            ..Report::default()
        }
    }

    fn lines(report: &Report) -> Vec<String> {
        hints(report, &Style::default())
    }

    #[test]
    fn every_mailbox_has_its_line_and_no_line_comes_twice() {
        assert!(lines(&report(0)).is_empty());
        let mut one = report(1);
        one.findings.push(one.findings[0].clone());
        let line = "  taro@example.jp: 0: the provider wants a password of its own";
        assert_eq!(lines(&one), ["Good to know:", line]);
        assert!(hints(&one, &Style { verbose: true, ..Style::default() }).is_empty());
    }

    #[test]
    fn of_thousands_a_few_are_told() {
        let lines = lines(&report(5000));
        assert_eq!(lines.len(), TOLD + 2);
        assert_eq!(lines[TOLD + 1], "  and 4990 more; --verbose tells all");
    }

    #[test]
    fn a_provider_is_asked_for_where_the_address_does_not_tell_it() {
        let mut report = report(1);
        let next = |report: &Report| next(report, &Style::default()).unwrap();
        assert_eq!(next(&report), "mailcfg doctor taro@example.jp");
        report.files[0].accounts[0].matched = "host";
        assert_eq!(next(&report), "mailcfg doctor example-jp");
        report.files[0].accounts[0].provider = None;
        assert_eq!(next(&report), "mailcfg lint --verbose");
    }
}
