//! `removal-date-passed`: the profile removes itself on a day that is past or near.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "removal-date-passed",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The day on which the profile removes itself is past, or less than a month ahead",
    page: include_str!("removal_date_passed.md"),
    check,
};

/// How many days ahead it is worth a warning.
const SOON: i64 = 30;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::RemovalDate(date) = observation.seen else { continue };
        let days = cx.today.days_until(date);
        let (what, severity) = match days {
            ..0 => (message!("the profile was to remove itself on {date}", date = date), Severity::Error),
            0..=SOON => (message!("the profile removes itself on {date}", date = date), Severity::Warning),
            _ => continue,
        };
        let mut finding = RULE
            .seen(observation, what)
            .because(
                "on that day the device removes the profile with its accounts, and the mail disappears from the device",
            )
            .help("set a later day or remove the key, and give the profile out again")
            .found(date);
        finding.severity = severity;
        out.push(finding);
    }
}
