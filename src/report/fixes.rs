//! What `fix` did or would do, for people: what was mended, what is left and why.
//!
//! Takes plain data, since the engine that makes it (`fix`) is not for a report to know. Not here: the diff (`diff`).

use std::path::Path;

use anstyle::AnsiColor;

use super::Style;
use super::notes::{applicability, caution, changes};
use super::paragraph::{labelled, wrap};
use super::printable::printable;
use super::summary::{command_line, gravest};
use crate::finding::{Applicability, Change, Finding, Message, Severity};
use crate::message;
use crate::source::path_text;

/// One run of `fix`.
#[derive(Clone, Debug, Default)]
pub struct FixRun<'a> {
    /// Every document that was looked at.
    pub files: Vec<MendedFile<'a>>,
    /// Whether the files were written (`--apply`), or the result was only shown.
    pub written: bool,
    /// The run that can be undone, if something was replaced.
    pub run: Option<String>,
    /// Whether fixes that need it were allowed (`--unsafe`).
    pub allow_unsafe: bool,
    /// What the programs will ask for now, if the files were written.
    pub afterwards: Vec<Message>,
    /// Whether somebody chose among the fixes (`--interactive`).
    pub is_chosen: bool,
    /// How many more findings there are that somebody decided to ignore.
    pub suppressed: usize,
}

/// What became of one document.
#[derive(Clone, Debug)]
pub struct MendedFile<'a> {
    /// Its main file.
    pub path: &'a Path,
    /// What was mended, in the order in which it was.
    pub applied: Vec<Mended<'a>>,
    /// What is still found.
    pub left: &'a [Finding],
    /// Set when the result was thrown away because it was worse than before: a bug of ours.
    pub reverted: Option<&'a Message>,
    /// Set when the file could not be written: the client is running, the file changed meanwhile.
    pub refused: Option<&'a Message>,
}

/// One fix that was applied.
#[derive(Clone, Debug)]
pub struct Mended<'a> {
    /// The rule that asked for it.
    pub rule: &'a str,
    /// The account it concerns, as people know it: by its address if it has one.
    pub account: Option<&'a str>,
    /// What it did.
    pub title: &'a Message,
    /// The settings it changed.
    pub changes: &'a [Change],
    /// What else it touches.
    pub remark: Option<&'a Message>,
}

impl MendedFile<'_> {
    /// Whether its fixes hold.
    fn is_kept(&self) -> bool {
        self.reverted.is_none() && self.refused.is_none()
    }

    /// How many are left, hints aside: those are said of what is right, too.
    fn to_act_on(&self) -> usize {
        self.left.iter().filter(|finding| !finding.is_hint()).count()
    }

    /// How many findings are gone, and how many are left.
    fn counts(&self) -> (usize, usize) {
        if self.is_kept() { (self.applied.len(), self.to_act_on()) } else { (0, self.left.len() + self.applied.len()) }
    }

    /// What is left and worth a line here: `lint` shows the rest.
    fn listed(&self) -> impl Iterator<Item = &Finding> {
        self.left.iter().filter(|finding| finding.severity > Severity::Info || finding.fix.is_some())
    }
}

/// Says what was mended and what is left. Ends with a line feed.
pub fn fixes(run: &FixRun<'_>, style: &Style) -> String {
    let mut blocks: Vec<String> = run.files.iter().filter_map(|file| block(file, run, style)).collect();
    blocks.push(closing(run, style));
    blocks.join("\n\n")
}

fn block(file: &MendedFile<'_>, run: &FixRun<'_>, style: &Style) -> Option<String> {
    let failed = file.reverted.map(|reason| {
        message!("left as it was: {reason}. This is a bug of mailcfg; please report it.", reason = reason)
    });
    let failed = failed.or(file.refused.map(|reason| message!("not written: {reason}", reason = reason)));
    let mut lines = failed.map_or_else(Vec::new, |text| alarm(&style.tell(&text), style));
    let outcome = match (run.written, file.is_kept()) {
        (true, true) => message!("mended:"),
        (true, false) => message!("not mended:"),
        (false, _) => message!("would mend:"),
    };
    lines.extend(file.applied.iter().flat_map(|mended| done(mended, &outcome, style)));
    lines.extend(file.listed().flat_map(|finding| left(finding, file, run, style)));
    let path = path_text(file.path);
    (!lines.is_empty()).then(|| format!("{}\n{}", style.bold(&printable(&path)), lines.join("\n")))
}

/// `mended: set 993 with SSL/TLS [port-security-mismatch, account1]` and the settings.
fn done(mended: &Mended<'_>, outcome: &Message, style: &Style) -> Vec<String> {
    let title = style.tell(mended.title);
    // Some are advice as well, and then a whole sentence.
    let title = title.trim_end_matches('。');
    let account = mended.account.map(|account| format!(", {}", printable(account))).unwrap_or_default();
    let mark = style.tell(outcome);
    let head = labelled(&mark, &format!("{title} [{}{account}]", mended.rule));
    let mut lines = indented(&head, 2, style);
    if let Some(first) = lines.first_mut() {
        *first = first.replacen(&mark, &style.paint(AnsiColor::Green.on_default(), &mark), 1);
    }
    lines.extend(
        changes(mended.changes, style).iter().flat_map(|change| shifted(change.fit(style.prose_width() - 6), 6)),
    );
    let remark = mended.remark.map(|remark| style.tell(remark)).filter(|remark| !remark.is_empty());
    lines.extend(remark.iter().flat_map(|remark| indented(remark, 6, style)));
    lines
}

/// `left: error[rule]: message`, and why it was not mended.
fn left(finding: &Finding, file: &MendedFile<'_>, run: &FixRun<'_>, style: &Style) -> Vec<String> {
    let level = format!("{}[{}]", style.tell(&finding.severity.words()), finding.rule);
    let mut lines =
        indented(&labelled(&style.word("left:"), &format!("{level}: {}", style.tell(&finding.message))), 2, style);
    if let Some(first) = lines.first_mut() {
        *first = first.replacen(&level, &style.severity(finding.severity, &level), 1);
    }
    lines.extend(indented(&style.tell(&reason(finding, file, run, style)), 6, style));
    lines
}

/// Why a finding is left.
fn reason(finding: &Finding, file: &MendedFile<'_>, run: &FixRun<'_>, style: &Style) -> Message {
    let Some(fix) = &finding.fix else {
        let help = style.tell(&finding.help);
        return if help.is_empty() {
            Message::new("no automatic fix")
        } else {
            message!("no automatic fix: {help}", help = help)
        };
    };
    let applicability = applicability(fix);
    match applicability {
        Applicability::DisplayOnly => match &fix.remark {
            Some(why) => message!("shown only: {why}", why = style.tell(why)),
            None => Message::new("shown only: mailcfg does not write this"),
        },
        _ if file.reverted.is_some() => Message::new("nothing was changed in this file, see above"),
        _ if run.is_chosen => Message::new("not chosen"),
        _ if applicability == Applicability::Safe || run.allow_unsafe => {
            Message::new("not reached this time: run mailcfg fix again")
        }
        _ => message!("needs --unsafe: {why}", why = style.tell(&caution(finding, style))),
    }
}

/// What is left and was not listed: it is only worth knowing.
fn unlisted(run: &FixRun<'_>) -> Option<Message> {
    let left: usize = run.files.iter().map(|file| file.to_act_on() - file.listed().count()).sum();
    match left {
        0 => None,
        1 => Some(message!("1 of what is left is only worth knowing and has no automatic fix: mailcfg lint shows it.")),
        n => Some(message!(
            "{n} of what is left are only worth knowing and have no automatic fix: mailcfg lint shows them.",
            n = n
        )),
    }
}

/// The counts and the next command.
fn closing(run: &FixRun<'_>, style: &Style) -> String {
    let counts = run.files.iter().map(MendedFile::counts);
    let (mended, left) = counts.fold((0, 0), |sum, file| (sum.0 + file.0, sum.1 + file.1));
    let files = run.files.iter().filter(|file| file.counts().0 > 0).count();
    let files = style.count(files, "{n} file", "{n} files");
    let mended = match (mended, run.written) {
        (0, true) => Message::new("Nothing was mended"),
        (0, false) => Message::new("Nothing to mend"),
        (_, true) => message!("{n} mended in {files}", n = mended, files = files),
        (_, false) => message!("{n} would be mended in {files}", n = mended, files = files),
    };
    let text = match left {
        0 => message!("{mended}; nothing is left.", mended = mended),
        _ => message!("{mended}; {n} left.", mended = mended, n = left),
    };
    let mut lines = vec![style.bold(&style.tell(&text))];
    let ignored = || style.count(run.suppressed, "{n} finding is ignored.", "{n} findings are ignored.");
    lines.extend((run.suppressed > 0).then(ignored));
    lines.extend(unlisted(run).iter().flat_map(|text| wrap(&style.tell(text), style.prose_width())));
    lines.extend(advice(run, style).map(|(label, command)| command_line(&label, &command, style)));
    lines.extend(afterwards(run, style));
    lines.push(String::new());
    lines.join("\n")
}

/// What the programs will ask for now, a paragraph below everything else.
fn afterwards(run: &FixRun<'_>, style: &Style) -> Vec<String> {
    if run.afterwards.is_empty() {
        return Vec::new();
    }
    let head = [String::new(), style.bold(&style.word("What happens next:"))];
    let lines = run.afterwards.iter().flat_map(|message| indented(&style.tell(message), 2, style));
    head.into_iter().chain(lines).collect()
}

/// What to type: undo, try again or apply, allow more, read more.
fn advice(run: &FixRun<'_>, style: &Style) -> Option<(Message, String)> {
    let left = || run.files.iter().flat_map(|file| file.left);
    let is_mended = run.files.iter().any(|file| file.counts().0 > 0);
    let is_refused = run.files.iter().any(|file| file.refused.is_some());
    if run.written && (is_mended || is_refused) {
        // What was refused says what must be done first; the same command would only fail again.
        return run.run.as_ref().map(|id| (message!("Undo:"), format!("mailcfg restore {id}")));
    }
    if style.paths.iter().any(|path| path == "-") && (is_mended || is_refused) {
        // What was read from a pipe cannot be written to: the diff is all there is.
        return None;
    }
    let command = if is_mended || is_refused {
        style.command(match (run.is_chosen, run.allow_unsafe) {
            (true, _) => "mailcfg fix --interactive",
            (false, true) => "mailcfg fix --apply --unsafe",
            (false, false) => "mailcfg fix --apply",
        })
    } else if !run.allow_unsafe && !run.is_chosen && left().any(|finding| finding.is_fixable(Applicability::Unsafe)) {
        style.command("mailcfg fix --unsafe")
    } else {
        format!("mailcfg explain {}", gravest(left())?.rule)
    };
    Some((message!("Next:"), command))
}

fn alarm(text: &str, style: &Style) -> Vec<String> {
    indented(text, 2, style).iter().map(|line| style.severity(Severity::Error, line)).collect()
}

fn shifted(lines: Vec<String>, by: usize) -> impl Iterator<Item = String> {
    lines.into_iter().map(move |line| format!("{}{line}", " ".repeat(by)))
}

fn indented(text: &str, by: usize, style: &Style) -> Vec<String> {
    let width = style.prose_width() - by - 2;
    let lines = wrap(text, width).into_iter().enumerate();
    lines.map(|(index, line)| format!("{}{line}", " ".repeat(if index == 0 { by } else { by + 2 }))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;
    use crate::finding::{Confidence, Report};

    /// One file where the first fix was applied, one where nothing could be.
    fn run<'a>(report: &'a Report, refused: Option<&'a Message>, reverted: Option<&'a Message>) -> FixRun<'a> {
        let fix = report.findings[1].fix.as_ref().unwrap();
        let mended = Mended {
            rule: "port-security-mismatch",
            account: Some("account1"),
            title: &fix.title,
            changes: &fix.changes,
            remark: None,
        };
        let file = |path, applied, left| MendedFile { path: Path::new(path), applied, left, reverted, refused };
        let files = vec![
            file("プロファイル/prefs.js", vec![mended], &report.findings[2..3]),
            file("Accounts.plist", Vec::new(), &report.findings[3..]),
        ];
        FixRun { files, ..FixRun::default() }
    }

    #[test]
    fn what_would_be_mended_and_what_is_left() {
        let report = full();
        let style = Style { paths: vec!["prefs.js".into()], ..Style::default() };
        assert_eq!(
            fixes(&run(&report, None, None), &style),
            "\
プロファイル/prefs.js
  would mend: set 993 with SSL/TLS [port-security-mismatch, account1]
      mail.server.server1.port:       143 → 993
      mail.server.server1.socketType: STARTTLS → SSL/TLS
  left: warning[odd-setting]: a setting that no version of the program reads
      no automatic fix: take it out

Accounts.plist
  left: error[blank-in-host]: サーバー名の最後に空白が入っています
      needs --unsafe: Apple Mail must be closed while the file is written

1 would be mended in 1 file; 2 left.
Next: mailcfg fix --apply prefs.js
"
        );
    }

    #[test]
    fn nothing_is_left_without_a_reason() {
        let report = full();
        let mended = &report.findings[1];
        let with = |applicability, confidence, remark: Option<&'static str>| {
            let mut finding = mended.clone();
            finding.confidence = confidence;
            let fix = finding.fix.as_mut().unwrap();
            (fix.applicability, fix.remark) = (applicability, remark.map(Message::new));
            finding
        };
        let (safe, high) = (Applicability::Safe, Confidence::High);
        let run = FixRun::default;
        let reason_of = |finding: &Finding, run: &FixRun<'_>, reverted: Option<&Message>| {
            let file = MendedFile { path: Path::new("f"), applied: Vec::new(), left: &[], reverted, refused: None };
            reason(finding, &file, run, &Style::default()).to_string()
        };
        let bug = Message::new("x");
        let (allow_unsafe, is_chosen) = (true, true);
        for (finding, run, reverted, expected) in [
            (with(safe, high, None), run(), None, "not reached this time: run mailcfg fix again"),
            (with(safe, high, None), run(), Some(&bug), "nothing was changed in this file, see above"),
            (with(safe, high, None), FixRun { is_chosen, ..run() }, None, "not chosen"),
            (
                with(Applicability::Unsafe, high, None),
                run(),
                None,
                "needs --unsafe: it may have effects beyond the file, or only you can know whether it is wanted",
            ),
            (
                with(Applicability::Unsafe, Confidence::Medium, None),
                run(),
                None,
                "needs --unsafe: it is likely right, but the file alone cannot prove it",
            ),
            (with(Applicability::Unsafe, high, Some("folders move")), run(), None, "needs --unsafe: folders move"),
            (
                with(Applicability::Unsafe, high, None),
                FixRun { allow_unsafe, ..run() },
                None,
                "not reached this time: run mailcfg fix again",
            ),
            (with(Applicability::DisplayOnly, high, Some("signed")), run(), Some(&bug), "shown only: signed"),
            (with(Applicability::DisplayOnly, high, None), run(), None, "shown only: mailcfg does not write this"),
            (report.findings[2].clone(), run(), None, "no automatic fix: take it out"),
            (report.findings[2].clone().help(""), run(), None, "no automatic fix"),
        ] {
            assert_eq!(reason_of(&finding, &run, reverted), expected);
        }
    }

    #[test]
    fn what_is_only_worth_knowing_is_counted_with_the_reason() {
        let report = full();
        let mut infos = vec![report.findings[0].clone()];
        let closing = |left: &[Finding]| {
            let file = MendedFile { path: Path::new("f"), applied: Vec::new(), left, reverted: None, refused: None };
            let text = fixes(&FixRun { files: vec![file], ..FixRun::default() }, &Style::default());
            text.replace("\n", " ")
        };
        let one = "Nothing to mend; 1 left. 1 of what is left is only worth knowing and has no automatic fix: mailcfg lint shows it. ";
        assert!(closing(&infos).starts_with(one), "{}", closing(&infos));
        infos.push(infos[0].clone());
        assert!(closing(&infos).contains("2 of what is left are only worth knowing"), "{}", closing(&infos));
    }

    #[test]
    fn what_came_from_a_pipe_is_not_to_be_written() {
        let report = full();
        let style = Style { paths: vec!["-".into()], ..Style::default() };
        let text = fixes(&run(&report, None, None), &style);
        assert!(text.ends_with("1 would be mended in 1 file; 2 left.\n"), "{text}");
        let nothing = FixRun { files: run(&report, None, None).files.split_off(1), ..FixRun::default() };
        let text = fixes(&nothing, &style);
        assert!(text.ends_with("Next: mailcfg fix --unsafe -\n"), "{text}");
    }

    #[test]
    fn a_run_that_wrote_says_how_to_undo_it() {
        let report = full();
        let run = FixRun { written: true, run: Some("20261124T021500Z-1".to_owned()), ..run(&report, None, None) };
        let text = fixes(&run, &Style::default());
        assert!(text.contains("\n  mended: set 993"), "{text}");
        assert!(text.ends_with("1 mended in 1 file; 2 left.\nUndo: mailcfg restore 20261124T021500Z-1\n"), "{text}");
    }

    #[test]
    fn a_run_that_wrote_ends_with_what_the_program_will_ask() {
        let report = full();
        let asked = "Thunderbird will ask for the password of imap.example.jp, unless it has one saved for it already.";
        let run = FixRun { written: true, afterwards: vec![Message::new(asked)], ..run(&report, None, None) };
        let text = fixes(&run, &Style::default());
        let expected = "2 left.\n\nWhat happens next:\n  Thunderbird will ask for the password of imap.example.jp, unless it has one\n    saved for it already.\n";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn what_is_ignored_is_counted() {
        let report = full();
        let text = fixes(&FixRun { suppressed: 3, ..run(&report, None, None) }, &Style::default());
        assert!(text.contains("; 2 left.\n3 findings are ignored.\n"), "{text}");
    }

    #[test]
    fn a_file_that_was_not_written_counts_for_nothing() {
        let report = full();
        let reason = Message::new("Thunderbird is running");
        let text = fixes(&FixRun { written: true, ..run(&report, Some(&reason), None) }, &Style::default());
        assert!(
            text.starts_with("プロファイル/prefs.js\n  not written: Thunderbird is running\n  not mended: "),
            "{text}"
        );
        assert!(text.ends_with("\n\nNothing was mended; 3 left.\n"), "{text}");
        let text = fixes(&run(&report, None, Some(&reason)), &Style::default());
        assert!(
            text.replace("\n   ", "")
                .contains("  left as it was: Thunderbird is running. This is a bug of mailcfg; please report it.\n"),
            "{text}"
        );
    }

    #[test]
    fn colour_does_not_change_the_lines() {
        let report = full();
        let reason =
            Message::new("the file was changed by another program in the meantime, so that nothing was written to it");
        let plain = fixes(&run(&report, Some(&reason), None), &Style::default());
        let colored = fixes(&run(&report, Some(&reason), None), &Style { color: true, ..Style::default() });
        assert_eq!(plain.lines().count(), colored.lines().count());
        assert!(plain.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{plain}");
    }
}
