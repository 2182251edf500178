//! `weaker-server-first`: a published file lists a server without encryption before one with it.

use super::{Context, Fixes, Group, Rule, ServerView, server_order};
use crate::account::Security;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "weaker-server-first",
    group: Group::Security,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "New accounts get the server without encryption, though one with it is listed",
    page: include_str!("weaker_server_first.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if !cx.document.is_published() {
        return; // Only there does the order of servers mean anything.
    }
    for list in server_order::lists(cx) {
        out.extend(weaker_first(&list).map(|(first, better)| report(first, better)));
    }
}

/// The first server, if it is not encrypted and a later one for the same protocol is.
fn weaker_first<'a, 'b>(list: &'b [ServerView<'a>]) -> Option<(&'b ServerView<'a>, &'b ServerView<'a>)> {
    let (first, rest) = list.split_first()?;
    let is_better = |view: &&ServerView<'_>| {
        view.server.protocol.value == first.server.protocol.value && view.server.security.value != Security::None
    };
    rest.iter().find(is_better).filter(|_| first.server.security.value == Security::None).map(|better| (first, better))
}

fn report(first: &ServerView<'_>, better: &ServerView<'_>) -> Finding {
    let what = message!(
        "the {role} without encryption on port {port} stands before the one with {security} on port {other}",
        role = first.role(),
        port = first.server.port.value,
        security = better.server.security.value.name(),
        other = better.server.port.value
    );
    let finding = RULE
        .at(&first.server.protocol, what)
        .because("mail programs take the first server of the file that they can use, so every account made from it sends its password readable")
        .help("move the encrypted server to the front, or take the other one out");
    first.finish(finding, None, (Severity::Warning, Confidence::High)).published(None)
}
