//! `opportunistic-starttls`: the old value for "STARTTLS if available", which Thunderbird now takes for no encryption.

use super::encryption::Case;
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::document::Seen;
use crate::finding::{Applicability, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "opportunistic-starttls",
    group: Group::Security,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "An old value for encryption now means none",
    page: include_str!("opportunistic_starttls.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let views = hosts::reachable(cx);
    for seen in cx.observations() {
        let Seen::OpportunisticTls { found } = &seen.seen else { continue };
        out.extend(
            views.iter().filter(|view| view.server.security.key == seen.key).map(|view| report(cx, view, found)),
        );
    }
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, found: &str) -> Finding {
    let case = Case::of(view);
    let finding = RULE
        .at(&view.server.security, message!("the value {found} once meant STARTTLS if available and now means no encryption", found = found))
        .because("the program sends the password and all mail readable, without a word, even where the server offers encryption")
        .found(found);
    let finding = match case.expected(view) {
        Some(expected) => finding
            .words(Message::verbatim(found.to_owned()), expected.clone())
            .help(message!("use {expected}", expected = expected))
            .fix(message!("set {expected}", expected = expected), freedom(cx, view, case), case.changes(view)),
        None => finding.help("ask the provider for the settings with SSL/TLS or STARTTLS"),
    };
    view.finish(finding, case.set(), case.graded(view))
}

/// On an unknown server Thunderbird's own migration does the same: 1 becomes 2.
fn freedom(cx: &Context<'_>, view: &ServerView<'_>, case: Case<'_>) -> Applicability {
    match case {
        Case::Against(set) => hosts::freedom(cx, view, set),
        Case::Unknown => Applicability::Safe,
        _ => Applicability::Unsafe,
    }
}
