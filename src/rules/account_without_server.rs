//! `account-without-server`: an account in the list that has no server any more; the client drops it.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Reference, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "account-without-server",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "An account has no server, so the client drops it at the next start",
    page: include_str!("account_without_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The server may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        let Seen::Dangling { reference, target, .. } = &observation.seen else { continue };
        let (what, severity) = match reference {
            // Of an account that is only a name in a list, nothing is lost.
            Reference::Account => {
                (message!("the account {target} is listed and has no server", target = target), Severity::Warning)
            }
            Reference::Server => {
                (message!("the server {target} of this account does not exist", target = target), Severity::Error)
            }
            _ => continue,
        };
        let mut finding = RULE
            .seen(observation, what)
            .because("the program removes an account without a server from its list at the next start; the mail stays on the disk and is not shown")
            .help("before the next start, put the settings of the server back from a backup, or set the account up again")
            .found(target);
        finding.severity = severity;
        out.push(finding);
    }
}
