//! `unused-suppression`: something is to be ignored that is not there any more, or whose time is over.

use super::{Context, Fixes, Group, Rule};
use crate::account::Place;
use crate::date::Date;
use crate::finding::{Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unused-suppression",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Something is ignored that is not found any more",
    page: include_str!("unused_suppression.md"),
    check,
};

/// What is ignored is known only when every rule has spoken: it is told from where findings are ignored.
fn check(_: &Context<'_>, _: &mut Vec<Finding>) {}

const WHY: &str = "it would hide the next fault of this kind, which nobody has judged";

/// A comment at `place` that ignores findings of `rule`, where there are none.
pub(crate) fn unused_comment(rule: &str, place: Place) -> Finding {
    let what = message!("{rule} finds nothing here, so there is nothing to ignore", rule = rule);
    at(Some(place), "", what, "delete the comment, or take the rule out of it")
}

/// A comment that ignores a password in the file, where the company allows none.
pub(crate) fn overruled_comment(rule: &str, place: Place) -> Finding {
    let what = message!("{rule} cannot be ignored here", rule = rule);
    let mut finding = at(Some(place), "", what, "take the password out of the file");
    finding.why = Message::new("mailcfg.toml forbids passwords in files, whatever a comment says");
    finding
}

/// An entry of `mailcfg.toml` that fits no finding.
pub(crate) fn unused_entry(key: &str, place: Option<Place>, rule: &str, reason: &str) -> Finding {
    let what = message!("nothing that {rule} finds fits this entry ({reason})", rule = rule, reason = reason);
    at(place, key, what, "delete the entry, or correct its account, key or path")
}

/// An entry of `mailcfg.toml` whose last day is over.
pub(crate) fn ended_entry(key: &str, place: Option<Place>, until: Date, reason: &str) -> Finding {
    let what = message!("this entry ended with {day} ({reason})", day = until, reason = reason);
    let help = "judge anew: delete the entry and mend what it ignored, or give it another day";
    let mut finding = at(place, key, what, help);
    finding.why = Message::new("what it ignored is reported again");
    finding
}

/// Findings of a baseline that are gone.
pub(crate) fn stale_baseline(gone: usize) -> Finding {
    let what = if gone == 1 {
        message!("1 finding of the baseline is gone")
    } else {
        message!("{n} findings of the baseline are gone", n = gone)
    };
    let mut finding = at(None, "", what, "write the baseline anew with --write-baseline");
    finding.why = Message::new("as long as it stands there, the same fault may come back unseen");
    finding.severity = Severity::Info;
    finding
}

fn at(place: Option<Place>, key: &str, what: Message, help: &'static str) -> Finding {
    RULE.at_place(key, place, what).because(WHY).help(help)
}
