//! `shared-server-key`: two accounts that name one and the same server entry.

use super::{Context, Fixes, Group, Rule};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "shared-server-key",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "Two accounts name the same server entry, so the client deletes one",
    page: include_str!("shared_server_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let accounts = &cx.document.accounts;
    for (index, account) in accounts.iter().enumerate() {
        let Some(server) = &account.incoming else { continue };
        let uses = |other: &&crate::account::Account| {
            other.incoming.as_ref().is_some_and(|incoming| incoming.host.key == server.host.key)
        };
        let Some(other) = accounts[..index].iter().find(uses) else { continue };
        let what = message!(
            "{account} uses the same server entry {server} as {other}",
            account = account.id,
            server = server.id,
            other = other.id
        );
        out.push(
            RULE.at(&server.host, what)
                .on(&account.id)
                .because("a server belongs to one account; the program deletes the second account at the next start")
                .help("if both addresses belong to one mailbox, make the second an identity of the first account; else set it up again with a server of its own"),
        );
    }
}
