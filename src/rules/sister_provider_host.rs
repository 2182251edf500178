//! `sister-provider-host`: the address is at one provider of a family, the server at another.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;
use crate::provider::{Access, MatchLevel, Provider, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "sister-provider-host",
    group: Group::Host,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The server belongs to another brand or region of the same name",
    page: include_str!("sister_provider_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        if let Some((own, sister, set)) = family(cx, &view) {
            out.push(report(&view, own, sister, set));
        }
    }
}

/// The provider of the address, its sister that names the host, and what it offers for this protocol itself.
fn family<'a>(cx: &Context<'a>, view: &ServerView<'a>) -> Option<(&'a Provider, &'a Provider, &'a ServerSet)> {
    let domain = view.domain().filter(|_| view.matched.is_some_and(|matched| matched.level == MatchLevel::Host))?;
    let own = cx.providers.for_domain(&domain).filter(|own| own.access == Access::Servers)?;
    // Providers that are not related name the host too, where one service runs the mail of many.
    let sister = cx.providers.for_host(&view.server.host_name()).into_iter().find(|other| own.is_sibling_of(other))?;
    let protocol = view.server.protocol.value;
    let offered = |set: &&ServerSet| set.protocol == protocol && set.is_usable() && set.is_for(Some(&domain));
    own.servers.iter().find(offered).map(|set| (own, sister, set))
}

fn report(view: &ServerView<'_>, own: &Provider, sister: &Provider, set: &ServerSet) -> Finding {
    let host = hosts::name(view);
    let what = message!(
        "{host} belongs to {sister}, and the address to {provider}",
        host = host,
        sister = sister.name,
        provider = own.name
    );
    let finding = RULE
        .at(&view.server.host, what)
        .because(
            "they look like one service and keep their mailboxes apart: a mailbox of one is not known at the other",
        )
        .help(message!(
            "if no mail arrives, compare with the server of {provider}: {host}",
            provider = own.name,
            host = set.host
        ))
        .found(&host);
    // Where a mailbox lives is decided when it is made, and its address may stay when it moves: this is no more than a hint.
    finding.on(&view.account.id).published(set.source(own)).graded(Severity::Info, Confidence::Medium)
}
