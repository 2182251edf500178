//! The names by which rules are chosen: of one rule, or of a group for all in it.

use super::{Group, RULES, Rule};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// One rule.
    Rule(&'static str),
    /// All rules of a group.
    Group(Group),
}

impl Name {
    /// Whether the rule of this name is meant.
    pub fn includes(self, rule: &str) -> bool {
        match self {
            Self::Rule(name) => name == rule,
            Self::Group(group) => super::find(rule).is_some_and(|rule| rule.group == group),
        }
    }

    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Rule(name) => name,
            Self::Group(group) => group.name(),
        }
    }
}

/// What `name` stands for.
pub fn named(name: &str) -> Option<Name> {
    let rule = super::find(name).map(|rule| Name::Rule(rule.name));
    rule.or_else(|| Group::named(name).map(Name::Group))
}

/// The rule or group whose name is nearest to `name`, if one is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    let names = RULES.iter().map(|rule: &&Rule| rule.name).chain(Group::ALL.iter().map(|group| group.name()));
    let distance = |other: &str| strsim::damerau_levenshtein(other, name);
    let nearest = names.min_by_key(|other| distance(other))?;
    // In a short word a few letters make another one.
    (distance(nearest) <= 4 && distance(nearest) * 2 < nearest.len()).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rules_or_groups() {
        assert_eq!(named("port-security-mismatch"), Some(Name::Rule("port-security-mismatch")));
        assert_eq!(named("security"), Some(Name::Group(Group::Security)));
        assert_eq!(named("Security"), None);
        assert!(named("security").is_some_and(|name| name.includes("no-encryption")));
        assert!(RULES.iter().all(|rule| Group::ALL.contains(&rule.group)));
        for group in Group::ALL {
            assert!(super::super::find(group.name()).is_none(), "{group:?} is a rule as well");
        }
    }

    #[test]
    fn a_slip_is_understood_and_a_guess_is_not() {
        for (written, meant) in [
            ("port-securty-mismatch", Some("port-security-mismatch")),
            ("secruity", Some("security")),
            ("hosts", Some("host")),
            ("everything", None),
            ("", None),
        ] {
            assert_eq!(nearest(written), meant, "{written}");
        }
    }
}
