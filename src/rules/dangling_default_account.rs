//! `dangling-default-account`: the account that is marked as the default does not exist.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Reference, Seen};
use crate::finding::{Applicability, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "dangling-default-account",
    group: Group::References,
    severity: Severity::Info,
    fixes: Fixes::Sometimes,
    summary: "The default account does not exist",
    page: include_str!("dangling_default_account.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The account may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        let Seen::Dangling { reference: Reference::DefaultAccount, target, to } = &observation.seen else { continue };
        let finding = RULE
            .seen(observation, message!("the default account {target} does not exist", target = target))
            .because("new messages begin with another account's address than you may expect");
        out.push(match to {
            Some(to) => finding
                .help(message!("use the first account, as the program does: {account}", account = to))
                .values(target, to)
                .fix(
                    message!("use {account}", account = to),
                    Applicability::Safe,
                    vec![change_of(observation, target, to)],
                ),
            None => finding.help("choose a default account in the settings of the mail program").found(target),
        });
    }
}
