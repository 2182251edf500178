//! `identifier-too-long`: an identifier or a token of a declaration with more octets than Apple advises.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "identifier-too-long",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "An identifier of a declaration is longer than Apple advises",
    page: include_str!("identifier_too_long.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::TooLong { octets, most } = observation.seen else { continue };
        let what = message!(
            "{key} has {octets} octets, and should have {most} at most",
            key = observation.key,
            octets = octets,
            most = most
        );
        let finding = RULE
            .seen(observation, what)
            .because("a device need not keep more; what it cuts off makes two identifiers one, or a reference that leads nowhere")
            .help("give it a shorter name, and write the same in everything that refers to it; a UUID has 36 octets")
            .found(octets);
        // Apple says that it should not be longer, and not what comes of it.
        out.push(finding.graded(Severity::Warning, Confidence::Medium));
    }
}
