//! `outgoing-server-of-other-account`: an address sends through the default server, though one of its own is there.

use super::{Context, Fixes, Group, Rule};
use crate::document::{OutgoingEntry, ProfileSeen, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "outgoing-server-of-other-account",
    group: Group::Sending,
    severity: Severity::Info,
    fixes: Fixes::Unsafe,
    summary: "Mail goes out through the default server, though the address has one of its own",
    page: include_str!("outgoing_server_of_other_account.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return;
    }
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::InheritedOutgoing { address, in_use, others }) = &observation.seen else {
            continue;
        };
        let is_own = |entry: &&OutgoingEntry| entry.username.trim().eq_ignore_ascii_case(address.trim());
        // A server that many addresses share is normal; only one that waits for this very address shows a slip.
        let Some(own) = others.iter().find(is_own).filter(|_| !is_own(&in_use) && !in_use.username.is_empty()) else {
            continue;
        };
        let what = message!(
            "mail from {address} goes out through the default server {host}, signed in as {user}",
            address = address.trim(),
            host = in_use.host,
            user = in_use.username
        );
        let change = Change { key: observation.key.clone(), from: String::new(), to: Value::Text(own.key.clone()) };
        let title = message!("send mail from {address} through {host}", address = address.trim(), host = own.host);
        out.push(
            RULE.seen(observation, what)
                .because("the address names no outgoing server, though one is set up with its user name; the other provider may refuse the sender, or rewrite it")
                .help(title.clone())
                .values(&in_use.host, &own.host)
                .fix(title, Applicability::Unsafe, vec![change])
                .graded(Severity::Info, Confidence::High),
        );
    }
}
