//! `protocol-not-offered`: an account of a protocol that the provider says it does not speak.

use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::account::Protocol;
use crate::finding::{Finding, Severity};
use crate::message;
use crate::provider::{Provider, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "protocol-not-offered",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The provider does not speak the protocol of the account",
    page: include_str!("protocol_not_offered.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        // A host that is nobody's may be one that fetches the mail for its owner.
        let known = view
            .provider()
            .filter(|provider| view.is_at_provider() || provider.owns_or_has_beside(&view.server.host_name()));
        if let Some(provider) = known.filter(|provider| provider.not_offered.contains(&view.server.protocol.value)) {
            out.push(report(&hosts::as_provider(&view), provider));
        }
    }
}

fn report(view: &ServerView<'_>, provider: &Provider) -> Finding {
    let protocol = view.server.protocol.value.name();
    let what = message!("{provider} does not offer {protocol}", provider = provider.title(), protocol = protocol);
    let finding = RULE
        .at(&view.server.protocol, what)
        .because("there is no server that would answer, whatever the host, the port and the password");
    let finding = match instead(view, provider) {
        Some(set) => finding.help(message!(
            "set the account up anew with {protocol}: {server}",
            protocol = set.protocol.name(),
            server = hosts::of_set(set)
        )),
        None => finding.help("look on the provider's page for what it offers instead"),
    };
    view.finish(finding, None, view.graded(Severity::Error, None))
}

/// The way in that is there, if it is fetched by another protocol.
fn instead<'a>(view: &ServerView<'_>, provider: &'a Provider) -> Option<&'a ServerSet> {
    let is_wanted = |set: &&ServerSet| {
        matches!(set.protocol, Protocol::Imap | Protocol::Pop3) && set.is_usable() && !set.host.contains('*')
    };
    provider.servers.iter().filter(|_| view.is_incoming()).filter(is_wanted).min_by_key(|set| set.status)
}
