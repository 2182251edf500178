//! `sending-by-network`: the provider takes mail without a sign-in, and so from its own network only.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Protocol};
use crate::finding::{Finding, Severity};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "sending-by-network",
    group: Group::Sending,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "Sending works only in the provider's own network",
    page: include_str!("sending_by_network.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers().into_iter().filter(ServerView::is_at_provider) {
        let is_anonymous =
            view.server.protocol.value == Protocol::Smtp && view.server.authentication.value == Authentication::None;
        let official = view.current_set().filter(|set| is_anonymous && set.is_usable() && takes_anyone(set));
        out.extend(official.map(|set| report(&view, set)));
    }
}

/// Whether the provider itself publishes that nobody signs in here.
fn takes_anyone(set: &ServerSet) -> bool {
    set.authentication.contains(&Authentication::None)
}

fn report(view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let provider = view.provider_title();
    let finding = RULE
        .at(&view.server.authentication, message!("{provider} takes mail only from its own network", provider = provider))
        .because("the server asks nobody who they are and trusts the lines of its own customers; with a mobile phone on the way or in another network sending fails")
        .help("this is how the provider publishes it: send from the line of the contract, or ask the provider for a server that takes a sign-in")
        .found(Authentication::None.name());
    view.finish(finding, Some(set), view.graded(Severity::Info, Some(set)))
}
