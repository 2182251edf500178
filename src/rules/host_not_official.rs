//! `host-not-official`: a host that is not among those of the provider of the address.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView, look_alike_host, misspelled_host};
use crate::finding::{Finding, Severity};
use crate::message;
use crate::provider::{Access, MatchLevel, Provider};

pub(super) const RULE: Rule = Rule {
    name: "host-not-official",
    group: Group::Host,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The address is at a known provider, the host is none of its hosts",
    page: include_str!("host_not_official.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        let Some(provider) = stranger(&view) else { continue };
        if look_alike_host::meant(cx, &view).is_none() && misspelled_host::own(&view).is_none() {
            out.push(report(&view, provider));
        }
    }
}

/// The provider of the address, where it is known what it offers and the host belongs to nobody known.
fn stranger<'a>(view: &ServerView<'a>) -> Option<&'a Provider> {
    let matched = view.matched.filter(|matched| matched.level == MatchLevel::Address)?;
    let is_known = matched.provider.access == Access::Servers && !view.usable_sets().is_empty();
    is_known.then_some(matched.provider)
}

fn report(view: &ServerView<'_>, provider: &Provider) -> Finding {
    let what = message!(
        "the host {host} is not among those of {provider}",
        host = hosts::name(view),
        provider = provider.title()
    );
    let finding = RULE
        .at(&view.server.host, what)
        .because("the address belongs to that provider, and its mail is fetched from and sent through its own servers")
        .found(hosts::name(view));
    let set = view.nearest_set();
    let finding = match set {
        Some(set) => finding
            .help(message!(
                "if this account is not meant to go through another service, use {server}",
                server = hosts::whole(view, set)
            ))
            .values(hosts::name(view), &set.host),
        None => finding.help("compare it with what the provider publishes"),
    };
    view.finish(finding, set, hosts::mildly(view.graded(worst(view, provider), set)))
}

/// Hosts under the provider's own domains may be old names that still answer; sending through another service is common.
fn worst(view: &ServerView<'_>, provider: &Provider) -> Severity {
    let is_family = hosts::is_own_domain(view, &view.server.host_name());
    let may_differ = !view.is_incoming() && !provider.own_smtp_required;
    if is_family || may_differ { Severity::Warning } else { Severity::Error }
}
