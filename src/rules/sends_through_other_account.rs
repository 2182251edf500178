//! `sends-through-other-account`: new accounts are told to send through the server of an account that is there already.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "sends-through-other-account",
    group: Group::Sending,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "New accounts send through the server of another account of the person",
    page: include_str!("sends_through_other_account.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let seen = cx.observations().filter(|observation| matches!(observation.seen, Seen::SendsThroughOther));
    out.extend(seen.map(report));
}

fn report(observation: &Observation) -> Finding {
    let to = Value::Text("false".to_owned());
    RULE.seen(observation, message!("new accounts are told to use the default outgoing server of the program"))
        .because("that is the server of whatever account the person set up first, at work or at another provider: it refuses the address, or sends it where its owner did not mean to")
        .help("write false, so that the account brings its own outgoing server along")
        .values("true", "false")
        .fix("let new accounts use the server in this file", Applicability::Unsafe, vec![change_of(observation, "true", &to)])
}
