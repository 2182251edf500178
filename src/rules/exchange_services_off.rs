//! `exchange-services-off`: an Exchange account of which every part is switched off.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "exchange-services-off",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Every part of an Exchange account is switched off",
    page: include_str!("exchange_services_off.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // What is published of profiles is not of declarations.
    let (why, confidence) = match cx.document.client {
        "declaration" => ("an account of which nothing is on shows nothing", Confidence::Medium),
        _ => (
            "Apple asks for one of them at least; an account of which nothing is on shows nothing, or the profile is refused",
            Confidence::High,
        ),
    };
    for observation in cx.observations().filter(|observation| observation.seen == Seen::NothingEnabled) {
        let finding = RULE
            .seen(
                observation,
                message!("mail, contacts, calendars, reminders and notes of this account are switched off"),
            )
            .because(why)
            .help(message!("set {key} to true, or take it out", key = observation.key))
            .found("false");
        out.push(finding.graded(Severity::Warning, confidence));
    }
}
