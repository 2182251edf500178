//! `dangling-outgoing-server`: an account or identity names an outgoing server that does not exist, so it cannot send.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Reference, Seen};
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "dangling-outgoing-server",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "An account names an outgoing server that does not exist",
    page: include_str!("dangling_outgoing_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The server may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        if let Seen::Dangling { reference: Reference::OutgoingServer, target, to } = &observation.seen {
            let mut finding = report(observation, target, to.as_ref());
            if adjusts_itself(cx, observation) {
                finding.severity = Severity::Warning;
            }
            out.push(finding);
        }
    }
}

fn report(observation: &Observation, target: &str, to: Option<&Value>) -> Finding {
    let what = message!("there is no outgoing server {target}", target = target);
    let finding = RULE.seen(observation, what).because(
        "mail from this address cannot be sent: the program finds no server for it and does not take another one",
    );
    match to {
        Some(to) => finding
            .help(message!("use the only outgoing server there is: {server}", server = to))
            .values(target, to)
            .fix(
                message!("use {server}", server = to),
                Applicability::Unsafe,
                vec![change_of(observation, target, to)],
            ),
        None => finding.help("choose an outgoing server for this address in the settings of the account").found(target),
    }
}

fn adjusts_itself(cx: &Context<'_>, observation: &Observation) -> bool {
    let mut accounts = cx.document.accounts.iter();
    accounts.any(|account| account.self_adjusting && observation.account.as_deref() == Some(account.id.as_str()))
}
