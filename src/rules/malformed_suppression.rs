//! `malformed-suppression`: a comment that speaks to mailcfg and cannot be understood, so that it ignores nothing.

use super::{Context, Fixes, Group, Rule};
use crate::account::Place;
use crate::finding::{Finding, Message, Severity};
use crate::message;

/// The rule's name.
pub(crate) const MALFORMED_SUPPRESSION: &str = "malformed-suppression";

pub(super) const RULE: Rule = Rule {
    name: MALFORMED_SUPPRESSION,
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A comment for mailcfg cannot be understood",
    page: include_str!("malformed_suppression.md"),
    check,
};

/// Comments are no settings: they are read where findings are ignored, and told from there.
fn check(_: &Context<'_>, _: &mut Vec<Finding>) {}

/// What is wrong with a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// No rule in brackets.
    NoBracket,
    /// Another word than those that are known.
    UnknownWord(String),
    /// No reason.
    NoReason,
    /// No rule of this name.
    UnknownRule {
        /// As written.
        name: String,
        /// The rule that was perhaps meant.
        nearest: Option<&'static str>,
    },
    /// A group of rules.
    Group(String),
}

const FORM: &str = "write: mailcfg: ignore[rule, other-rule] and why";

/// A finding about the comment at `place`.
pub(crate) fn malformed_suppression(misread: &Misread, place: Place) -> Finding {
    let (what, help): (Message, Message) = match misread {
        Misread::NoBracket => (message!("this comment names no rule in brackets"), FORM.into()),
        Misread::UnknownWord(word) => (
            message!("mailcfg does not know the word {word} in a comment", word = word),
            "the words are ignore[…] for what the comment stands at and ignore-file[…] for the whole file".into(),
        ),
        Misread::NoReason => (
            message!("this comment gives no reason"),
            "write behind the bracket why it is right so, for whoever reads the file next".into(),
        ),
        Misread::UnknownRule { name, nearest } => (message!("there is no rule {name}", name = name), meant(*nearest)),
        Misread::Group(name) => (
            message!("{name} is a group of rules", name = name),
            "a comment names single rules; groups are switched off in mailcfg.toml or with --ignore".into(),
        ),
    };
    RULE.at_place("", Some(place), what).because("a comment that cannot be understood ignores nothing").help(help)
}

fn meant(nearest: Option<&'static str>) -> Message {
    match nearest {
        Some(nearest) => message!("did you mean {nearest}? `mailcfg list rules` names them all", nearest = nearest),
        None => "`mailcfg list rules` names them all".into(),
    }
}
