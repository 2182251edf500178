//! What error texts mean: short stems of messages, in the tables beside this file, and what each points to.
//!
//! A stem is never a whole message, so that wording that changes a little still fits. It is compared in the plain form of
//! [`super::plain`]; `*` stands for a host, an address or a few words. A new message is a new stem or a new line, nothing else.
//! Words decide first; the status codes of servers (`codes`) count where the words say nothing.

/// What is looked for in error texts: never shown, so never translated.
macro_rules! stems {
    ($($stem:literal),* $(,)?) => {
        &[$($stem),*]
    };
}

mod android;
mod apple;
mod codes;
mod delivery;
mod outlook;
mod pattern;
mod servers;
mod sign_in;
mod thunderbird;
mod transport;

use std::sync::LazyLock;

pub(super) use pattern::{Pattern, Sure};

use super::plain::{contains, is_binary, plain};
use super::{Cause, Client, Reading, Subject};
use crate::finding::{Argument, Message};
use crate::provider::PasswordKind;

/// Whose window a message stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    Outlook,
    Thunderbird,
    Apple,
    Android,
}

impl Program {
    const fn of(client: Client) -> Option<Self> {
        match client {
            Client::Thunderbird => Some(Self::Thunderbird),
            Client::AppleMail | Client::IosMail => Some(Self::Apple),
            Client::OutlookClassic | Client::OutlookNew | Client::OutlookMac => Some(Self::Outlook),
            Client::ThunderbirdAndroid | Client::AndroidMail => Some(Self::Android),
            Client::Other => None,
        }
    }

    /// At the beginning of a sentence.
    const fn name(self) -> &'static str {
        match self {
            Self::Outlook => "Outlook",
            Self::Thunderbird => "Thunderbird",
            Self::Apple => "Mail",
            Self::Android => "The mail app",
        }
    }
}

/// Messages of one program, or of none.
struct Table {
    program: Option<Program>,
    patterns: &'static [Pattern],
}

static TABLES: [Table; 8] = [
    Table { program: None, patterns: servers::PATTERNS },
    Table { program: None, patterns: delivery::PATTERNS },
    Table { program: Some(Program::Thunderbird), patterns: thunderbird::PATTERNS },
    Table { program: Some(Program::Apple), patterns: apple::PATTERNS },
    Table { program: Some(Program::Outlook), patterns: outlook::PATTERNS },
    Table { program: Some(Program::Android), patterns: android::PATTERNS },
    Table { program: None, patterns: transport::PATTERNS },
    Table { program: None, patterns: codes::PATTERNS },
];

/// A message that was recognised.
#[derive(Clone, Copy)]
struct Found {
    pattern: &'static Pattern,
    program: Option<Program>,
}

/// What was found in an error text.
#[derive(Default)]
pub(super) struct Triage {
    /// In the order of the tables; those that say little only where nothing better does.
    found: Vec<Found>,
    is_text: bool,
    is_binary: bool,
    /// Whether it has a word of names, passwords or signing in.
    speaks_of_sign_in: bool,
}

impl Triage {
    /// Reads an error text.
    pub(super) fn of(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::default();
        }
        if is_binary(text) {
            return Self { is_binary: true, ..Self::default() };
        }
        let text = plain(text);
        let codes = codes::of(&text);
        let fits = |line: &&Line| {
            line.stems.iter().any(|stem| contains(&text, stem))
                || line.found.pattern.codes.iter().any(|code| codes.contains(code))
        };
        let found = LINES.iter().filter(fits).map(|line| line.found).collect();
        Self { found: telling(found), is_text: true, is_binary: false, speaks_of_sign_in: sign_in::speaks_of_it(&text) }
    }

    /// The messages that were recognised.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &'static Pattern> + Clone {
        self.found.iter().map(|found| found.pattern)
    }

    /// The kind of password that the server asks for.
    pub(super) fn implied(&self) -> Option<PasswordKind> {
        self.patterns().find_map(|pattern| pattern.implies)
    }

    /// Whether there was a text, and nothing in it is known.
    pub(super) const fn is_unknown(&self) -> bool {
        self.is_text && self.found.is_empty()
    }

    /// Whether nothing in it is known, nor any word of it speaks of signing in.
    pub(super) const fn is_silent(&self) -> bool {
        self.is_unknown() && !self.speaks_of_sign_in
    }

    /// Whether a password may have to do with it.
    pub(super) fn may_be_password(&self) -> bool {
        self.found.is_empty() || self.causes().any(Cause::is_about_password)
    }

    /// Whether the account's settings may have to do with it, and not only a mail or the device.
    pub(super) fn may_be_account(&self) -> bool {
        let is_beside = |cause: Cause| matches!(cause.subject(), Subject::Mail | Subject::Device);
        self.found.is_empty() || !self.causes().all(is_beside)
    }

    /// What the messages point to.
    fn causes(&self) -> impl Iterator<Item = Cause> {
        self.patterns().flat_map(|pattern| pattern.causes).copied()
    }

    /// Whether it only says that signing in failed.
    pub(super) fn is_about_signing_in(&self) -> bool {
        self.patterns().any(|pattern| pattern.sure != Sure::Certain && pattern.causes.contains(&Cause::WrongPassword))
    }

    /// Whether its messages are of this program and of no other.
    fn is_of(&self, program: Program) -> bool {
        self.found.iter().filter_map(|found| found.program).all(|other| other == program)
    }

    /// What to say of the text.
    pub(super) fn reading(&self, client: Option<Client>) -> Reading {
        if self.is_binary {
            return Reading::Binary;
        }
        if !self.is_text {
            return Reading::NoText;
        }
        // Programs share their sentences, so what the person named counts more, and of two neither is named.
        let speaks =
            |program| client.map_or_else(|| self.is_of(program), |client| Program::of(client) == Some(program));
        let mut labels: Vec<Message> = Vec::new();
        for found in &self.found {
            let label = found.label(speaks);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        if labels.is_empty() { Reading::Unknown } else { Reading::Known(labels) }
    }
}

impl Found {
    fn label(self, speaks: impl Fn(Program) -> bool) -> Message {
        let label = Message::new(self.pattern.label);
        let Some(program) = self.program else { return label };
        let name = Some(program).filter(|program| speaks(*program)).map_or("The program", Program::name);
        label.with_argument("program", Argument::Message(Message::new(name)))
    }
}

/// Without what says less than the rest: words before codes, and what names a cause before what only says that it failed.
fn telling(mut found: Vec<Found>) -> Vec<Found> {
    let names_cause = |found: &Found| found.pattern.sure != Sure::Open;
    if found.iter().any(|found| names_cause(found) && !found.pattern.is_code) {
        found.retain(|found| !found.pattern.is_code);
    }
    if found.iter().any(names_cause) {
        found.retain(names_cause);
    }
    if found.iter().any(|found| !found.pattern.gives_way) {
        found.retain(|found| !found.pattern.gives_way);
    }
    found
}

/// A pattern with its stems in plain form.
struct Line {
    found: Found,
    stems: Vec<String>,
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let line = |found: Found| Line { found, stems: found.pattern.stems.iter().map(|stem| plain(stem)).collect() };
    all().map(line).collect()
});

fn all() -> impl Iterator<Item = Found> {
    let of = |table: &'static Table| table.patterns.iter().map(|pattern| Found { pattern, program: table.program });
    TABLES.iter().flat_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_short_and_stand_once() {
        let mut seen = std::collections::BTreeSet::new();
        let mut codes = std::collections::BTreeSet::new();
        for Found { pattern, program } in all() {
            assert!(!pattern.causes.is_empty() && !pattern.label.is_empty());
            assert_eq!(
                program.is_some() && pattern.label.starts_with("{program}"),
                pattern.label.contains("{program}")
            );
            for stem in pattern.stems {
                assert!(stem.chars().count() <= 70, "a stem is no sentence: {stem}");
                assert!(plain(stem).len() >= 3, "too short to mean anything: {stem}");
                assert!(seen.insert(plain(stem)), "twice: {stem}");
            }
            for code in pattern.codes {
                assert!(codes.insert(code), "twice: {code:?}");
            }
        }
        assert!(seen.len() >= 300 && codes.len() >= 60, "{} stems, {} codes", seen.len(), codes.len());
    }

    #[test]
    fn words_count_more_than_codes_and_reasons_more_than_refusals() {
        for (text, labels) in [
            ("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect", 1),
            ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled", 1),
            ("535 5.7.139 Authentication unsuccessful", 1),
            ("552 5.2.2 Relay access denied", 1),
            ("Cannot Send Mail 552 5.2.2", 1),
            ("Cannot Get Mail. The user name or password for iCloud is incorrect.", 1),
            ("550 5.7.8 Authentication credentials invalid", 1),
            ("421 4.7.0 too many failed login attempts", 1),
            ("535 5.7.8", 1),
        ] {
            assert_eq!(Triage::of(text).found.len(), labels, "{text}");
        }
    }
}
