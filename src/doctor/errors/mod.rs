//! What error texts mean: short stems of messages, in the tables beside this file, and what each points to.
//!
//! A stem is never a whole message, so that wording that changes a little still fits. It is compared in the plain form of
//! [`super::plain`]; `*` stands for a host, an address or a few words. A new message is a new stem or a new line, nothing else.

/// What is looked for in error texts: never shown, so never translated.
macro_rules! stems {
    ($($stem:literal),* $(,)?) => {
        &[$($stem),*]
    };
}

mod outlook;
mod programs;
mod servers;
mod transport;

use std::sync::LazyLock;

use super::plain::{contains, is_binary, plain};
use super::{Cause, Reading};
use crate::finding::Message;
use crate::provider::PasswordKind;

/// How much a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// It names its cause.
    Certain,
    /// It mostly has the first of its causes.
    Likely,
    /// It fits many causes, and counts only where nothing better is said.
    Open,
}

/// Messages of one meaning.
pub(super) struct Pattern {
    /// What it says, for people.
    label: &'static str,
    /// Any of these stands in it.
    stems: &'static [&'static str],
    /// What it points to, likeliest first.
    pub(super) causes: &'static [Cause],
    pub(super) sure: Sure,
    /// The kind of password that the server asks for by it.
    implies: Option<PasswordKind>,
    /// What to do besides what the cause says.
    pub(super) todo: &'static [&'static str],
    /// What it means here, where the words of the cause would mislead; then `todo` is all there is to do.
    pub(super) instead: Option<&'static str>,
}

impl Pattern {
    const fn certain(label: &'static str, causes: &'static [Cause], stems: &'static [&'static str]) -> Self {
        Self { label, stems, causes, sure: Sure::Certain, implies: None, todo: &[], instead: None }
    }

    const fn likely(label: &'static str, causes: &'static [Cause], stems: &'static [&'static str]) -> Self {
        Self { label, stems, causes, sure: Sure::Likely, implies: None, todo: &[], instead: None }
    }

    const fn open(label: &'static str, causes: &'static [Cause], stems: &'static [&'static str]) -> Self {
        Self { label, stems, causes, sure: Sure::Open, implies: None, todo: &[], instead: None }
    }

    const fn implies(mut self, kind: PasswordKind) -> Self {
        self.implies = Some(kind);
        self
    }

    const fn instead(mut self, meaning: &'static str) -> Self {
        self.instead = Some(meaning);
        self
    }

    const fn todo(mut self, todo: &'static [&'static str]) -> Self {
        self.todo = todo;
        self
    }
}

/// What was found in an error text.
#[derive(Default)]
pub(super) struct Triage {
    /// The messages, in the order of the tables; those that say little only where nothing better does.
    pub(super) found: Vec<&'static Pattern>,
    is_text: bool,
    is_binary: bool,
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
        let all = STEMS.iter().filter(|(_, stems)| stems.iter().any(|stem| contains(&text, stem)));
        let mut found: Vec<&'static Pattern> = all.map(|(pattern, _)| *pattern).collect();
        if found.iter().any(|pattern| pattern.sure != Sure::Open) {
            found.retain(|pattern| pattern.sure != Sure::Open);
        }
        Self { found, is_text: true, is_binary: false }
    }

    /// The kind of password that the server asks for.
    pub(super) fn implied(&self) -> Option<PasswordKind> {
        self.found.iter().find_map(|pattern| pattern.implies)
    }

    /// Whether there was a text, and nothing in it is known.
    pub(super) const fn is_unknown(&self) -> bool {
        self.is_text && self.found.is_empty()
    }

    /// Whether it only says that signing in failed.
    pub(super) fn is_about_signing_in(&self) -> bool {
        let about =
            |pattern: &&Pattern| pattern.sure != Sure::Certain && pattern.causes.contains(&Cause::WrongPassword);
        self.found.iter().copied().any(|pattern| about(&pattern))
    }

    /// What to say of the text.
    pub(super) fn reading(&self) -> Reading {
        if self.is_binary {
            return Reading::Binary;
        }
        if !self.is_text {
            return Reading::NoText;
        }
        let mut labels: Vec<Message> = Vec::new();
        for label in self.found.iter().map(|pattern| Message::new(pattern.label)) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        if labels.is_empty() { Reading::Unknown } else { Reading::Known(labels) }
    }
}

/// The stems in plain form.
static STEMS: LazyLock<Vec<(&'static Pattern, Vec<String>)>> = LazyLock::new(|| {
    let plain = |pattern: &'static Pattern| (pattern, pattern.stems.iter().map(|stem| plain(stem)).collect());
    tables().map(plain).collect()
});

fn tables() -> impl Iterator<Item = &'static Pattern> {
    [servers::PATTERNS, programs::PATTERNS, outlook::PATTERNS, transport::PATTERNS].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_short_and_stand_once() {
        let mut seen = std::collections::BTreeSet::new();
        for pattern in tables() {
            assert!(!pattern.causes.is_empty() && !pattern.label.is_empty());
            for stem in pattern.stems {
                assert!(stem.chars().count() <= 70, "a stem is no sentence: {stem}");
                assert!(plain(stem).len() >= 3, "too short to mean anything: {stem}");
                assert!(seen.insert(plain(stem)), "twice: {stem}");
            }
        }
        assert!(seen.len() >= 110, "{} stems", seen.len());
    }
}
