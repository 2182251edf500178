//! `dangling-deferred-inbox`: a POP account that delivers into an account which is gone.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Reference, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "dangling-deferred-inbox",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A POP account delivers its mail into an account that does not exist",
    page: include_str!("dangling_deferred_inbox.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The account may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        let Seen::Dangling { reference: Reference::DeferredInbox, target, .. } = &observation.seen else { continue };
        let is_itself = observation.account.as_deref() == Some(target.as_str());
        let (what, why) = if is_itself {
            (
                message!(
                    "mail of this account is to be delivered into {target}, which is the account itself",
                    target = target
                ),
                "the program gives up with an error when it fetches mail",
            )
        } else {
            (
                message!(
                    "mail of this account is to be delivered into {target}, which does not exist",
                    target = target
                ),
                "the program then delivers it into the inbox of Local Folders, where nobody looks for it",
            )
        };
        out.push(
            RULE.seen(observation, what)
                .because(why)
                .help("choose the inbox again: account settings, Server Settings, Advanced")
                .found(target),
        );
    }
}
