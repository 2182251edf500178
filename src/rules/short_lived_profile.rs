//! `short-lived-profile`: the profile removes itself within a day of its installation.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "short-lived-profile",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The profile removes itself within a day of its installation",
    page: include_str!("short_lived_profile.md"),
    check,
};

/// A day in seconds. The key counts seconds, and people take it for days or hours.
const DAY: i64 = 86_400;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.accounts.is_empty() {
        return; // Without a mailbox in it nothing is lost.
    }
    for observation in cx.observations() {
        let Seen::RemovalAfter(seconds) = observation.seen else { continue };
        if (1..DAY).contains(&seconds) {
            let finding = RULE
                .seen(observation, message!("the profile removes itself {seconds} seconds after it is installed", seconds = seconds))
                .because("the mailbox disappears from the device together with the profile; the number counts seconds, and is easily taken for days")
                .help("write the number of seconds that is meant, or take the key out")
                .found(seconds);
            out.push(finding.graded(Severity::Warning, Confidence::High));
        }
    }
}
