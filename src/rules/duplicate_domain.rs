//! `duplicate-domain`: a domain that a file of settings for many people lists twice.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Change, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-domain",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Sometimes,
    summary: "The same domain is listed twice",
    page: include_str!("duplicate_domain.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::DuplicateDomain { domain } = &observation.seen else { continue };
        let removal = Change { key: observation.key.clone(), from: domain.clone(), to: Value::Removed };
        let finding = RULE
            .seen(observation, message!("the domain {domain} is listed a second time", domain = domain))
            .because("nothing breaks by it, but often another domain was meant, and its people find no settings")
            .help("write the domain that was meant, or take the line out")
            .found(domain)
            .fix("take the second one out", Applicability::Safe, vec![removal]);
        out.push(finding);
    }
}
