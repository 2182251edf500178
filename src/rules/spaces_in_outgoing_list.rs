//! `spaces-in-outgoing-list`: blanks in the list of outgoing servers, which the client takes for part of the names.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "spaces-in-outgoing-list",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "Blanks in the list of outgoing servers make another server of the name behind them",
    page: include_str!("spaces_in_outgoing_list.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::UntrimmedList { found, to } = &observation.seen else { continue };
        let fix = message!("write {list}", list = to);
        let mut finding = RULE
            .seen(observation, message!("there are blanks in the list of outgoing servers"))
            .because("the program takes a blank for a part of the name: it shows a server without a host, and does not find the one that is meant")
            .help(fix.clone())
            .fix(fix, Applicability::Safe, vec![change_of(observation, found, to)]);
        finding = finding.values(found, to);
        if !is_used(cx) {
            finding.severity = Severity::Warning;
        }
        out.push(finding);
    }
}

/// Whether an address is left without an outgoing server.
fn is_used(cx: &Context<'_>) -> bool {
    let mut identities = cx.document.accounts.iter().flat_map(|account| &account.identities);
    identities.any(|identity| identity.outgoing.is_none())
}
