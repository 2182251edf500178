//! `pop-listed-first`: a published file lists POP before IMAP.

use super::{Context, Fixes, Group, Rule, ServerView, server_order};
use crate::account::{Protocol, Security};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "pop-listed-first",
    group: Group::Safety,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "New accounts fetch mail by POP, though IMAP is listed too",
    page: include_str!("pop_listed_first.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if !cx.document.is_published() {
        return; // Only there does the order of servers mean anything.
    }
    let [incoming, _] = server_order::lists(cx);
    let Some((first, rest)) = incoming.split_first() else { return };
    // A readable password would be a poor exchange.
    let is_as_safe = |view: &&ServerView<'_>| {
        view.server.protocol.value == Protocol::Imap
            && (view.server.security.value != Security::None || first.server.security.value == Security::None)
    };
    if first.server.protocol.value == Protocol::Pop3
        && let Some(imap) = rest.iter().find(is_as_safe)
    {
        out.push(report(first, imap));
    }
}

fn report(first: &ServerView<'_>, imap: &ServerView<'_>) -> Finding {
    let finding = RULE
        .at(&first.server.protocol, message!("POP3 stands before IMAP ({host})", host = imap.server.host_name()))
        .because("mail programs offer the first server of the file, and people with several devices then find their mail on one of them only")
        .help("move the IMAP server to the front, unless POP is what most people shall use");
    first.finish(finding, None, (Severity::Info, Confidence::High)).published(None)
}
