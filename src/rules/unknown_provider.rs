//! `unknown-provider`: an account of whose provider nothing is known.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unknown-provider",
    group: Group::Host,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "Nothing is known of the provider, so only the form was checked",
    page: include_str!("unknown_provider.md"),
    check,
};

/// Once for each account, at its first server that is neither private nor a placeholder.
fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.is_published() {
        return; // The provider wrote it.
    }
    let views = hosts::reachable(cx);
    for (account, matched) in cx.accounts() {
        if matched.overall().is_some() || matched.by_address.is_some() {
            continue;
        }
        let mut own = views.iter().filter(|view| std::ptr::eq(view.account, account));
        let first = own.next().filter(|first| is_unknown(cx, first) && own.all(|other| is_unknown(cx, other)));
        out.extend(first.map(report));
    }
}

/// A host that is damaged is judged as what it is meant to be.
fn is_unknown(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    let host = hosts::read(&view.server.host.value).host.to_ascii_lowercase();
    !host.is_empty() && !hosts::is_reserved(&host) && cx.providers.for_host(&host).is_empty()
}

fn report(view: &ServerView<'_>) -> Finding {
    let what = message!("nothing is known of the provider behind {host}", host = hosts::name(view));
    let finding = RULE
        .at(&view.server.host, what)
        .because("host, port and password could not be compared with official values; only what holds for every server was checked")
        .help("compare the settings with what the provider or the administrator publishes, or describe it in a provider file of your own")
        .found(hosts::name(view));
    view.finish(finding, None, (Severity::Info, Confidence::High))
}
