//! `port-not-offered`: a port that fits the protocol and that the provider does not list.

use super::view::pair;
use super::{Context, Fixes, Group, Rule, ServerView, hosts, port_of_other_protocol, ports};
use crate::account::{Protocol, Security};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;
use crate::provider::{ServerSet, Status};

pub(super) const RULE: Rule = Rule {
    name: "port-not-offered",
    group: Group::Port,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "The provider does not offer this port",
    page: include_str!("port_not_offered.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        if let Some(set) = other_than(cx, &view) {
            out.push(report(&view, set));
        }
    }
}

/// The nearest set of the same host, where the host is listed and the port is not, and no rule has more to say of the port.
fn other_than<'a>(cx: &Context<'a>, view: &ServerView<'a>) -> Option<&'a ServerSet> {
    let server = view.server;
    let port = server.port_number()?;
    let fits = Security::of_port(port).is_none_or(|of_port| of_port == server.security.value);
    let is_25 = server.protocol.value == Protocol::Smtp && port == 25;
    let has_more = !fits || is_25 || server.security.value == Security::None;
    let is_listed = || hosts::offers_port(cx, view, port) || (!is_closed(view) && is_listed(cx, view, port));
    if has_more || !view.is_at_provider() || is_listed() {
        return None;
    }
    if port_of_other_protocol::whose(cx, view).is_some() {
        return None;
    }
    view.nearest_set().filter(|set| set.has_host(&server.host_name()))
}

/// Whether the provider says that nothing answers there.
fn is_closed(view: &ServerView<'_>) -> bool {
    view.current_set().is_some_and(|set| matches!(set.status, Status::Retired | Status::Never))
}

/// Whether the set is less private than what is in use: a list that is not complete is no reason to give that up.
fn is_weaker(view: &ServerView<'_>, set: &ServerSet) -> bool {
    set.security < view.server.security.value && !is_closed(view)
}

/// Whether any provider lists the port for this host, whatever the status.
fn is_listed(cx: &Context<'_>, view: &ServerView<'_>, port: u16) -> bool {
    let (host, protocol) = (view.server.host_name(), view.server.protocol.value);
    let providers = cx.providers.for_host(&host);
    providers
        .iter()
        .any(|provider| hosts::sets_of(provider, &host).any(|set| set.protocol == protocol && set.port == port))
}

fn report(view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let provider = view.provider_title();
    let what = message!(
        "{provider} does not list port {port} for its {role}",
        provider = provider,
        port = view.server.port.value,
        role = view.role()
    );
    let finding = RULE
        .at(&view.server.port, what)
        .because("a port that is not published may not answer, or may be closed without notice")
        .values(view.server.port.value, set.port);
    if is_weaker(view, set) {
        let help = "what encrypts from the first byte is better than what is published; change it only if the account does not connect";
        return view.finish(finding.help(help), Some(set), hosts::mildly(view.graded(Severity::Info, Some(set))));
    }
    let finding = finding
        .help(message!("if the account does not connect, use {expected}", expected = pair(set.port, set.security)))
        .fix(message!("use {server}", server = hosts::whole(view, set)), Applicability::Unsafe, view.mend(set));
    let graded = match view.server.port_number().and_then(|port| ports::meant(view.server.protocol.value, port)) {
        // What a slip of the finger looks like does not depend on how complete the provider's list is.
        Some(_) => view.capped(Severity::Warning, Confidence::Medium),
        None => hosts::mildly(view.graded(worst(view), Some(set))),
    };
    view.finish(finding, Some(set), graded)
}

/// What a web host publishes is often only the short form of what its servers do.
fn worst(view: &ServerView<'_>) -> Severity {
    let is_web_host = view.provider().is_some_and(|provider| provider.custom_domains);
    if is_web_host { Severity::Info } else { Severity::Warning }
}
