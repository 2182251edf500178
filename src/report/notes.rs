//! What stands below a snippet: labels in one column, their text wrapped beside them.
//!
//! ```text
//!    = why:      the server waits for plain text first
//!    = official: 993 with SSL/TLS — https://support.example.jp/imap
//!    = fix:      mail.server.server1.port: 143 → 993
//!                safe to apply
//! ```

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::UnicodeWidthStr;

use super::paragraph::wrap;
use super::printable::{printable, value};
use super::{Style, snippet::Quote};
use crate::finding::{Applicability, Change, Confidence, Finding, Fix, Message, Value};
use crate::message;
use crate::source::MASK;

/// Labels and their lines of text, in the order in which they are printed.
pub(super) struct Notes<'a> {
    style: &'a Style,
    items: Vec<(String, Vec<Line>)>,
}

/// A line of a note: prose, and perhaps a part that goes to the next line whole where it does not fit on this one.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    /// What joins it if it fits, how far it is indented if not, and the part itself.
    tail: Option<(&'static str, usize, String)>,
    ansi: Ansi,
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl Line {
    /// The line in `width` columns.
    pub(super) fn fit(&self, width: usize) -> Vec<String> {
        let Some((joint, indent, tail)) = &self.tail else { return wrap(&self.text, width) };
        let whole = format!("{}{joint}{tail}", self.text);
        if whole.width() <= width {
            return vec![whole];
        }
        let mut lines = wrap(self.text.trim_end(), width);
        lines.extend(
            wrap(tail, width.saturating_sub(*indent)).iter().map(|line| format!("{}{line}", " ".repeat(*indent))),
        );
        lines
    }
}

impl<'a> Notes<'a> {
    pub(super) fn new(style: &'a Style) -> Self {
        Self { style, items: Vec::new() }
    }

    /// All that is to be said about `finding` beside its message.
    pub(super) fn of(finding: &Finding, quote: Option<&Quote<'_>>, account: Option<String>, style: &'a Style) -> Self {
        let mut notes = Self::new(style);
        notes.place(finding, quote);
        notes.push(&message!("account"), account);
        notes.prose(&message!("why"), &finding.why);
        notes.prose(&message!("help"), &finding.help);
        notes.official(finding);
        if let Some(fix) = &finding.fix {
            notes.fix(fix);
        }
        notes.prose(&message!("not certain"), &doubt(finding.confidence));
        notes
    }

    /// The setting and its value, as far as the quoted line does not show them.
    fn place(&mut self, finding: &Finding, quote: Option<&Quote<'_>>) {
        let key = &finding.location.key;
        if !key.is_empty() && !quote.is_some_and(|quote| quote.names(key)) {
            self.push(&message!("setting"), Some(printable(key).into_owned()));
        }
        if quote.is_none() {
            self.push(&message!("found"), finding.found.as_ref().map(|found| shown(found, self.style)));
        }
    }

    fn push(&mut self, label: &Message, text: Option<String>) {
        if let Some(text) = text {
            self.items.push((self.style.tell(label), vec![text.into()]));
        }
    }

    fn prose(&mut self, label: &Message, message: &Message) {
        let text = self.style.tell(message);
        self.push(label, Some(text).filter(|text| !text.is_empty()));
    }

    /// The right value and who says so: the provider, or somebody else. Without a source it is ours, not official, and said only
    /// if the help does not.
    fn official(&mut self, finding: &Finding) {
        let expected = finding.expected.as_ref().map(|expected| shown(expected, self.style));
        let url = finding.source.as_deref().map(|url| printable(url).into_owned());
        let label = if finding.is_official { message!("official") } else { message!("listed") };
        match (expected, url) {
            (Some(expected), Some(url)) => {
                let line = Line { text: expected, tail: Some((" — ", 0, url)), ..Line::default() };
                self.items.push((self.style.tell(&label), vec![line]));
            }
            (None, Some(url)) => self.push(&label, Some(url)),
            (Some(expected), None) if !self.style.tell(&finding.help).contains(&expected) => {
                self.push(&message!("expected"), Some(expected));
            }
            (_, None) => {}
        }
    }

    fn fix(&mut self, fix: &Fix) {
        let mut lines = changes(&fix.changes, self.style);
        let ansi = match applicability(fix) {
            Applicability::Safe => AnsiColor::Green.on_default(),
            Applicability::Unsafe => AnsiColor::Yellow.on_default(),
            Applicability::DisplayOnly => Ansi::new(),
        };
        lines.push(Line { text: permission(fix, self.style), ansi, tail: None });
        self.items.push((self.style.tell(&message!("fix")), lines));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The block, `margin` columns from the left. No line feed at the end.
    pub(super) fn render(&self, margin: usize) -> String {
        let column = self.items.iter().map(|(label, _)| label.width() + 2).max().unwrap_or(0);
        let indent = margin + 2 + column;
        let width = self.style.prose_width().saturating_sub(indent).max(20);
        let mut out = Vec::new();
        for (label, lines) in &self.items {
            let pad = " ".repeat(column - label.width() - 1);
            let mark = format!(
                "{}{} {}{pad}",
                " ".repeat(margin),
                self.style.gutter("="),
                self.style.bold(&format!("{label}:"))
            );
            let texts = lines
                .iter()
                .flat_map(|line| line.fit(width).into_iter().map(|text| self.style.paint(line.ansi, &text)));
            for (index, text) in texts.enumerate() {
                let lead = if index == 0 { mark.clone() } else { " ".repeat(indent) };
                out.push(format!("{lead}{text}").trim_end().to_owned());
            }
        }
        out.join("\n")
    }
}

/// How far a fix really may go: what has no edits cannot be written.
pub(super) fn applicability(fix: &Fix) -> Applicability {
    if fix.edits.is_empty() { Applicability::DisplayOnly } else { fix.applicability }
}

/// Who may apply the fix, and what it does beyond the file.
pub(super) fn permission(fix: &Fix, style: &Style) -> String {
    let remark = fix.remark.as_ref().filter(|remark| !remark.is_empty());
    style.tell(&match (remark, applicability(fix)) {
        (Some(remark), Applicability::Safe) => {
            message!("safe to apply\n{remark}", remark = remark)
        }
        (None, Applicability::Safe) => message!("safe to apply"),
        (Some(remark), Applicability::Unsafe) => message!("needs --unsafe: {remark}", remark = remark),
        (None, Applicability::Unsafe) => message!("needs --unsafe"),
        (Some(remark), Applicability::DisplayOnly) => message!("shown only: {remark}", remark = remark),
        (None, Applicability::DisplayOnly) => message!("shown only: mailcfg does not write this"),
    })
}

/// Why a fix is not safe.
pub(super) fn caution(finding: &Finding, style: &Style) -> Message {
    let remark = finding.fix.as_ref().and_then(|fix| fix.remark.as_ref());
    match remark.map(|remark| style.tell(remark)).filter(|remark| !remark.is_empty()) {
        Some(remark) => Message::verbatim(remark),
        None if finding.confidence < Confidence::High => {
            Message::new("it is likely right, but the file alone cannot prove it")
        }
        None => Message::new("it may have effects beyond the file, or only you can know whether it is wanted"),
    }
}

/// `key: from → to`, one line each; the values in one column if that leaves them room.
pub(super) fn changes(changes: &[Change], style: &Style) -> Vec<Line> {
    let keys: Vec<_> = changes.iter().map(|change| printable(&change.key)).collect();
    let longest = keys.iter().map(|key| key.width()).max().unwrap_or(0);
    let column = if longest <= style.width / 2 { longest } else { 0 };
    let lines = keys.iter().zip(changes).map(|(key, change)| {
        let pad = " ".repeat(column.saturating_sub(key.width()));
        let values = format!("{} → {}", before(change, style), after(change, style));
        Line { text: format!("{key}:{pad}"), tail: Some((" ", 2, values)), ..Line::default() }
    });
    lines.collect()
}

/// A value as the file has it, or words of ours.
pub(super) fn shown(message: &Message, style: &Style) -> String {
    if message.is_verbatim() { value(&message.to_string()) } else { style.tell(message) }
}

/// What a change finds, for people.
pub(super) fn before(change: &Change, style: &Style) -> String {
    match &change.to {
        _ if change.from.is_empty() => style.word("(not set)"),
        // The old one is named in the same words of ours as the new one.
        Value::Security(_) | Value::Authentication(_) => {
            style.language.sentence(&change.from).map_or_else(|| value(&change.from), str::to_owned)
        }
        _ => value(&change.from),
    }
}

pub(super) fn after(change: &Change, style: &Style) -> String {
    match &change.to {
        Value::Removed => style.word("(removed)"),
        Value::Security(security) => style.tell(&security.words()),
        Value::Authentication(way) => style.tell(&way.words()),
        _ => value(&target(change)),
    }
}

/// What the setting becomes. Where the old value held a secret, the new one may hold it too.
pub(super) fn target(change: &Change) -> String {
    if change.from.contains(MASK) { MASK.to_owned() } else { change.to.to_string() }
}

/// What our doubt means for the reader.
fn doubt(confidence: Confidence) -> Message {
    match confidence {
        Confidence::High => Message::new(""),
        Confidence::Medium => {
            message!("likely, but the file alone cannot prove it; if mail works, leave it as it is")
        }
        Confidence::Low => message!("only a hint; if mail works, there is nothing to do"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Edit, Span};

    fn fix(applicability: Applicability, remark: Option<Message>, is_written: bool) -> Fix {
        let edit = Edit { source: 0, span: Span::at(0), text: Vec::new() };
        let edits = if is_written { vec![edit] } else { Vec::new() };
        Fix { title: "".into(), applicability, changes: Vec::new(), edits, remark, is_secret: false }
    }

    #[test]
    fn who_may_apply_a_fix() {
        let remark = || Some(Message::new("the server is shared"));
        for (fix, expected) in [
            (fix(Applicability::Safe, None, true), "safe to apply"),
            (fix(Applicability::Safe, remark(), true), "safe to apply\nthe server is shared"),
            (fix(Applicability::Unsafe, None, true), "needs --unsafe"),
            (fix(Applicability::Unsafe, remark(), true), "needs --unsafe: the server is shared"),
            (fix(Applicability::DisplayOnly, remark(), true), "shown only: the server is shared"),
            (fix(Applicability::Safe, None, false), "shown only: mailcfg does not write this"),
        ] {
            assert_eq!(permission(&fix, &Style::default()), expected);
        }
    }

    #[test]
    fn changes_show_blanks_nothing_and_secrets_as_what_they_are() {
        let change = |key: &str, from: &str, to| Change { key: key.into(), from: from.into(), to };
        let list = [
            change("port", "", Value::Number(993)),
            change("host.name", "imap.example.jp ", Value::Text("imap.example.jp".into())),
            change("note", "x", Value::Removed),
            change("user", &format!("{MASK}x"), Value::Text("hunter2x".into())),
        ];
        let lines: Vec<_> = changes(&list, &Style::default()).iter().flat_map(|line| line.fit(60)).collect();
        assert_eq!(
            lines,
            [
                "port:      (not set) → 993",
                "host.name: \"imap.example.jp \" → imap.example.jp",
                "note:      x → (removed)",
                "user:      ••••x → ••••",
            ]
        );
    }

    #[test]
    fn an_expected_value_without_a_source_is_not_called_official() {
        let finding = |help| Finding::new("r", "", None, Message::new("m")).values("1", "993").help(Message::new(help));
        let style = Style::default();
        let shown = |help| Notes::of(&finding(help), None, None, &style).render(2);
        assert_eq!(shown("see the page"), "  = found:    1\n  = help:     see the page\n  = expected: 993");
        assert_eq!(shown("use 993"), "  = found: 1\n  = help:  use 993");
    }
}
