//! Which findings somebody wants to see, and how grave they are to be: rules and groups, severities, how sure at least.
//!
//! What is hidden here is not there for `fix` either. Not here: single findings that are ignored (`suppression`), what the
//! command line and `mailcfg.toml` call all this (`cli`, `config`).

use crate::finding::{Confidence, Finding, Severity};
use crate::rules::Name;

/// A severity, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Findings of the rule have this severity.
    At(Severity),
    /// The rule is switched off.
    Off,
}

impl Level {
    /// All of them, the gravest first.
    pub const ALL: &[Self] = &[
        Self::At(Severity::Error),
        Self::At(Severity::Warning),
        Self::At(Severity::Info),
        Self::At(Severity::Hint),
        Self::Off,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::At(severity) => severity.name(),
            Self::Off => "off",
        }
    }

    /// The level of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.name() == name)
    }
}

/// What somebody wants to see. Nothing said: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these; empty for all.
    pub select: Vec<Name>,
    /// Not these.
    pub ignore: Vec<Name>,
    /// Severities that people decided. Of two that fit a rule, its own name outranks its group, and a later one an earlier one.
    pub severity: Vec<(Name, Level)>,
    /// Only findings at least this sure.
    pub min_confidence: Option<Confidence>,
}

impl Selection {
    /// The same with what outranks it: a new choice of rules takes the place of the old one, what is left out is added.
    #[must_use]
    pub fn overruled_by(&self, other: &Self) -> Self {
        let mut own = if other.select.is_empty() {
            self.clone()
        } else {
            Self { select: other.select.clone(), ignore: Vec::new(), ..self.clone() }
        };
        own.ignore.extend_from_slice(&other.ignore);
        own.severity.extend_from_slice(&other.severity);
        own.min_confidence = other.min_confidence.or(own.min_confidence);
        own
    }

    /// The finding as it is to be seen; `None` if it is not.
    pub fn seen(&self, mut finding: Finding) -> Option<Finding> {
        match self.level(finding.rule) {
            Some(Level::Off) => return None,
            Some(Level::At(severity)) => finding.severity = severity,
            None => {}
        }
        let is_sure = self.min_confidence.is_none_or(|least| finding.confidence >= least);
        (is_sure && self.includes(finding.rule)).then_some(finding)
    }

    /// Whether the rule is among the chosen ones. Its own name outranks its group; where both lists have it, it is left out.
    fn includes(&self, rule: &str) -> bool {
        match (rank(&self.select, rule), rank(&self.ignore, rule)) {
            (None, _) if !self.select.is_empty() => false,
            (selected, ignored) => ignored.is_none() || selected > ignored,
        }
    }

    fn level(&self, rule: &str) -> Option<Level> {
        let fits = self.severity.iter().filter(|(name, _)| name.includes(rule));
        fits.max_by_key(|(name, _)| precision(*name)).map(|(_, level)| *level)
    }
}

/// How precisely a list names a rule, if it does.
fn rank(names: &[Name], rule: &str) -> Option<u8> {
    names.iter().filter(|name| name.includes(rule)).map(|name| precision(*name)).max()
}

const fn precision(name: Name) -> u8 {
    match name {
        Name::Group(_) => 0,
        Name::Rule(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Message;
    use crate::rules::{Group, named};

    fn names(list: &str) -> Vec<Name> {
        list.split_whitespace().map(|name| named(name).unwrap()).collect()
    }

    fn chosen(select: &str, ignore: &str) -> Selection {
        Selection { select: names(select), ignore: names(ignore), ..Selection::default() }
    }

    fn finding(rule: &'static str) -> Finding {
        Finding::new(rule, "", None, Message::new("m")).graded(Severity::Warning, Confidence::Medium)
    }

    #[test]
    fn a_name_outranks_its_group_and_ignoring_outranks_selecting() {
        for (select, ignore, rule, is_seen) in [
            ("", "", "no-encryption", true),
            ("port", "", "no-encryption", false),
            ("security", "", "no-encryption", true),
            ("", "security", "no-encryption", false),
            ("no-encryption", "security", "no-encryption", true),
            ("security", "no-encryption", "no-encryption", false),
            ("no-encryption", "no-encryption", "no-encryption", false),
        ] {
            let seen = chosen(select, ignore).seen(finding(rule));
            assert_eq!(seen.is_some(), is_seen, "select {select:?}, ignore {ignore:?}");
        }
    }

    #[test]
    fn a_severity_is_the_one_that_was_decided() {
        let own = |severity| Selection { severity, ..Selection::default() };
        let rule = Name::Rule("no-encryption");
        let group = Name::Group(Group::Security);
        let at = |selection: Selection| selection.seen(finding("no-encryption")).map(|finding| finding.severity);
        assert_eq!(at(own(vec![(group, Level::At(Severity::Info))])), Some(Severity::Info));
        let both = vec![(rule, Level::At(Severity::Error)), (group, Level::Off)];
        assert_eq!(at(own(both)), Some(Severity::Error));
        assert_eq!(at(own(vec![(rule, Level::At(Severity::Error)), (rule, Level::Off)])), None);
    }

    #[test]
    fn what_is_not_sure_enough_is_not_seen() {
        for (least, is_seen) in [(Confidence::Low, true), (Confidence::Medium, true), (Confidence::High, false)] {
            let selection = Selection { min_confidence: Some(least), ..Selection::default() };
            assert_eq!(selection.seen(finding("no-encryption")).is_some(), is_seen, "{least:?}");
        }
    }

    #[test]
    fn a_new_choice_takes_the_place_of_the_old_one() {
        let file = chosen("security port", "no-encryption");
        let all = file.overruled_by(&chosen("", "port"));
        assert_eq!(all, chosen("security port", "no-encryption port"));
        assert_eq!(file.overruled_by(&chosen("no-encryption", "")), chosen("no-encryption", ""));
    }
}
