//! `pop-forbidden`: POP, where the company wants none.

use super::{Context, Fixes, Group, Rule};
use crate::account::Protocol;
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "pop-forbidden",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The company forbids POP, and the account uses it",
    page: include_str!("pop_forbidden.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if !cx.demands.no_pop {
        return;
    }
    for view in cx.servers().into_iter().filter(|view| view.server.protocol.value == Protocol::Pop3) {
        let finding = RULE
            .at(&view.server.protocol, message!("POP is used, and the company forbids it"))
            .because("forbid-pop is set in mailcfg.toml: what POP has fetched lies on one computer alone and is in no backup of the company")
            .help("fetch what lies on the server, then add the account anew with IMAP; the old one keeps the mail it has")
            .values("POP3", "IMAP");
        out.push(finding.on(&view.account.id));
    }
}
