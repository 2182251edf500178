//! `account-without-identity`: a mail account with no address to send as.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Reference, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "account-without-identity",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A mail account names no identity, or one that does not exist, so it cannot send",
    page: include_str!("account_without_identity.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The identity may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        let Seen::Dangling { reference: Reference::Identity, target, .. } = &observation.seen else { continue };
        let what = if target.is_empty() {
            message!("this account has no identity")
        } else {
            message!("the identity {target} of this account does not exist", target = target)
        };
        let mut finding = RULE
            .seen(observation, what)
            .because("an identity holds the address and the outgoing server; without one the account can receive and not send")
            .help("add an identity in the settings of the account (Manage Identities)");
        if target.is_empty() {
            // Some people have accounts only to read.
            finding.severity = Severity::Info;
        }
        out.push(finding);
    }
}
