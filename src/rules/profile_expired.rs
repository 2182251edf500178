//! `profile-expired`: the day is past from which on the profile counts as no longer valid.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "profile-expired",
    group: Group::Managed,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The profile counts as no longer valid",
    page: include_str!("profile_expired.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.accounts.is_empty() {
        return;
    }
    for observation in cx.observations() {
        let Seen::ExpirationDate(date) = observation.seen else { continue };
        if cx.today.days_until(date) < 0 {
            let finding = RULE
                .seen(observation, message!("the profile counts as no longer valid since {date}", date = date))
                .because("the device keeps the account and offers to update the profile, which leads nowhere if the profile was not loaded from a server")
                .help("set a later day or take the key out when you make the next version")
                .found(date);
            out.push(finding.graded(Severity::Info, Confidence::High));
        }
    }
}
