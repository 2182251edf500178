//! `mail-sync-days`: Exchange mail is to be fetched for a number of days that ActiveSync does not have.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "mail-sync-days",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The number of days to fetch mail for is none of those there are",
    page: include_str!("mail_sync_days.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::SyncDays(days) = observation.seen else { continue };
        let finding = RULE
            .seen(observation, message!("mail cannot be fetched for {days} days back", days = days))
            .because("ActiveSync knows 1, 3, 7, 14 and 31 days, and 0 for all there is; a device refuses another number or takes one week, and older mail seems to be lost")
            .help("write 31 for a month, or 0 for everything")
            .found(days);
        out.push(finding.graded(Severity::Warning, Confidence::Medium));
    }
}
