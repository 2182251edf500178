//! `dangling-default-outgoing-server`: the outgoing server that everybody falls back to does not exist.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Reference, Seen};
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "dangling-default-outgoing-server",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Sometimes,
    summary: "The default outgoing server does not exist",
    page: include_str!("dangling_default_outgoing_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The server may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        if let Seen::Dangling { reference: Reference::DefaultOutgoingServer, target, to } = &observation.seen {
            let mut finding = report(observation, target, to.as_ref());
            if !is_needed(cx) {
                finding.severity = Severity::Info;
            }
            out.push(finding);
        }
    }
}

/// Whether an address has no outgoing server of its own.
fn is_needed(cx: &Context<'_>) -> bool {
    let mut identities = cx.document.accounts.iter().flat_map(|account| &account.identities);
    identities.any(|identity| identity.outgoing.is_none())
}

fn report(observation: &Observation, target: &str, to: Option<&Value>) -> Finding {
    let what = message!("the default outgoing server {target} does not exist", target = target);
    let finding = RULE
        .seen(observation, what)
        .because("an address that has no outgoing server of its own cannot send without it");
    match to {
        Some(to) => finding
            .help(message!("use the only outgoing server there is: {server}", server = to))
            .values(target, to)
            .fix(message!("use {server}", server = to), Applicability::Safe, vec![change_of(observation, target, to)]),
        None => finding.help("choose a default outgoing server in the settings of the mail program").found(target),
    }
}
