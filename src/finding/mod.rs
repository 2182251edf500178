//! What a rule reports, and what it asks to change.
//!
//! A finding says what is wrong, why it matters and what to do; where it is, as a key path and, if the format has text, as a
//! span; how bad it would be (severity) and how sure we are (confidence), which are two things.
//!
//! Not here: deciding (`rules`), lowering a change to bytes (`clients`), printing (`report`).

mod outcome;
mod words;

use std::fmt;

use serde::Serialize;

use crate::account::{Authentication, Place, Protocol, Security};
pub use crate::message::{Argument, Message};
pub use crate::source::MASK;
use crate::source::{Edit, Span};
pub use outcome::{AccountSummary, CheckedFile, Counts, FileStatus, OWN_FILE, Report};

/// How bad it is if it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What the provider asks for and no file can show: said of mailboxes that are right, too.
    Hint,
    /// Worth knowing.
    Info,
    /// Works now and should not stay so, or may be wrong.
    Warning,
    /// Does not work, or puts mail or password at risk.
    Error,
}

impl Severity {
    /// One step milder.
    #[must_use]
    pub const fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
            Self::Hint => Self::Hint,
        }
    }

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
        }
    }
}

/// How sure we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A hint.
    Low,
    /// Likely; worded as a question.
    Medium,
    /// Certain as far as a file can tell.
    High,
}

/// How freely a fix may be applied. Ordered: a higher one may be applied wherever a lower one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Shown, never written.
    DisplayOnly,
    /// Written only with `--unsafe`: it may have effects beyond the file.
    Unsafe,
    /// Written by `fix --apply`: the old value had no meaning, or the provider offers exactly this.
    Safe,
}

/// What a setting should become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// A connection security, which the client writes in its own way.
    Security(Security),
    /// A way to authenticate, likewise.
    Authentication(Authentication),
    /// A protocol, likewise.
    Protocol(Protocol),
    /// The setting is taken out.
    Removed,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Security(security) => f.write_str(security.name()),
            Self::Authentication(authentication) => f.write_str(authentication.name()),
            Self::Protocol(protocol) => f.write_str(protocol.name()),
            Self::Removed => f.write_str("(removed)"),
        }
    }
}

/// "This setting becomes this value": all that a rule may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The setting's full name, as in [`crate::account::Setting::key`].
    pub key: String,
    /// What it is now, for people. Never a secret.
    pub from: String,
    /// What it should be.
    pub to: Value,
}

/// A way to mend what a finding found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: Message,
    /// How freely it may be applied.
    pub applicability: Applicability,
    /// The settings it changes.
    pub changes: Vec<Change>,
    /// What the client's adapter made of the changes; empty when it cannot write them.
    pub edits: Vec<Edit>,
    /// Why it is not safe, or what else it touches.
    pub remark: Option<Message>,
    /// Whether the edits write or replace a secret, so that no report may show them.
    pub is_secret: bool,
}

impl Fix {
    /// Leaves it to people, and says why.
    pub(crate) fn show_only(&mut self, reason: Message) {
        self.edits.clear();
        self.applicability = Applicability::DisplayOnly;
        self.remark = Some(reason);
    }
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Which of the document's sources.
    pub source: usize,
    /// The setting's full name; empty for the file as a whole.
    pub key: String,
    /// Where in the text, if the format has text.
    pub span: Option<Span>,
}

/// A rule's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// Which document of the run.
    pub document: usize,
    /// Where.
    pub location: Location,
    /// The account it concerns.
    pub account: Option<String>,
    /// What is wrong.
    pub message: Message,
    /// Why it matters.
    pub why: Message,
    /// What to do.
    pub help: Message,
    /// The value found.
    pub found: Option<Message>,
    /// The right value.
    pub expected: Option<Message>,
    /// Where the right value is published.
    pub source: Option<String>,
    /// Whether the provider itself publishes it there.
    pub is_official: bool,
    /// How to mend it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding of `rule` at a setting; `what` is wrong. Severity error, confidence high until said otherwise.
    pub fn new(rule: &'static str, key: impl Into<String>, place: Option<Place>, what: Message) -> Self {
        let place = place.unwrap_or(Place { source: 0, span: None });
        Self {
            rule,
            severity: Severity::Error,
            confidence: Confidence::High,
            document: 0,
            location: Location { source: place.source, key: key.into(), span: place.span },
            account: None,
            message: what,
            why: Message::new(""),
            help: Message::new(""),
            found: None,
            expected: None,
            source: None,
            is_official: true,
            fix: None,
        }
    }

    /// How bad and how sure.
    #[must_use]
    pub const fn graded(mut self, severity: Severity, confidence: Confidence) -> Self {
        self.severity = severity;
        self.confidence = confidence;
        self
    }

    /// The account it concerns.
    #[must_use]
    pub fn on(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    /// Why it matters.
    #[must_use]
    pub fn because(mut self, why: impl Into<Message>) -> Self {
        self.why = why.into();
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = help.into();
        self
    }

    /// The value found and the right one.
    #[must_use]
    pub fn values(self, found: impl fmt::Display, expected: impl fmt::Display) -> Self {
        self.words(Message::verbatim(found.to_string()), Message::verbatim(expected.to_string()))
    }

    /// As [`Self::values`], where they are words of ours and no values as the file has them.
    #[must_use]
    pub fn words(mut self, found: Message, expected: Message) -> Self {
        self.found = Some(found);
        self.expected = Some(expected);
        self
    }

    /// The value found, where no right one is known.
    #[must_use]
    pub fn found(mut self, found: impl fmt::Display) -> Self {
        self.found = Some(Message::verbatim(found.to_string()));
        self
    }

    /// As [`Self::found`], where it is words of ours and no value as the file has it.
    #[must_use]
    pub fn found_words(mut self, found: Message) -> Self {
        self.found = Some(found);
        self
    }

    /// Where the right value is published.
    #[must_use]
    pub fn published(mut self, url: Option<&str>) -> Self {
        self.source = url.map(str::to_owned);
        self
    }

    /// How to mend it. No change, no fix.
    #[must_use]
    pub fn fix(mut self, title: impl Into<Message>, applicability: Applicability, changes: Vec<Change>) -> Self {
        if !changes.is_empty() {
            self.fix = Some(Fix {
                title: title.into(),
                applicability,
                changes,
                edits: Vec::new(),
                remark: None,
                is_secret: false,
            });
        }
        self
    }

    /// Whether it is no more than a hint.
    pub fn is_hint(&self) -> bool {
        self.severity == Severity::Hint
    }

    /// Whether a run that applies `least` and freer fixes would mend it.
    pub fn is_fixable(&self, least: Applicability) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.applicability >= least && !fix.edits.is_empty())
    }

    /// Names the settings as those of one configuration among several in a file, which stands there at `key`.
    pub(crate) fn put_below(&mut self, key: &str) {
        let changed = self.fix.iter_mut().flat_map(|fix| &mut fix.changes).map(|change| &mut change.key);
        for own in std::iter::once(&mut self.location.key).chain(changed) {
            *own = if own.is_empty() { key.to_owned() } else { format!("{key}.{own}") };
        }
    }

    /// Passes everything that may be printed through `hide`, names of settings included: people mistake the place of a name for
    /// that of a value. After the client has made edits of the changes, which it finds by their names.
    pub(crate) fn hide(&mut self, hide: &dyn Fn(&str) -> String) {
        self.rewrite(hide);
        self.location.key = hide(&self.location.key);
        for change in self.fix.iter_mut().flat_map(|fix| &mut fix.changes) {
            change.key = hide(&change.key);
        }
    }

    /// Passes every value that may be printed through `rewrite`.
    pub(crate) fn rewrite(&mut self, rewrite: &dyn Fn(&str) -> String) {
        let values = [&mut self.found, &mut self.expected].into_iter().flatten();
        for message in [&mut self.message, &mut self.why, &mut self.help].into_iter().chain(values) {
            message.rewrite(rewrite);
        }
        let Some(fix) = &mut self.fix else { return };
        fix.title.rewrite(rewrite);
        if let Some(remark) = &mut fix.remark {
            remark.rewrite(rewrite);
        }
        for change in &mut fix.changes {
            change.from = rewrite(&change.from);
            if let Value::Text(text) = &mut change.to {
                *text = rewrite(text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    #[test]
    fn a_secret_is_hidden_wherever_it_stands() {
        let mut finding =
            Finding::new("r", "hunter2!", None, message!("user {u}", u = "hunter2!")).values("hunter2!", "x").fix(
                "t",
                Applicability::Safe,
                vec![Change { key: "hunter2!".into(), from: "hunter2!".into(), to: Value::Removed }],
            );
        finding.hide(&|text| text.replace("hunter2!", MASK));
        assert!(!format!("{finding:?}").contains("hunter2!"));
    }
}
