//! `ip-address-as-host`: a public IPv4 address in place of a host name.

use std::net::Ipv4Addr;

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "ip-address-as-host",
    group: Group::Host,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A number stands in place of the host name, and no certificate fits it",
    page: include_str!("ip_address_as_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let is_number = |view: &ServerView<'_>| view.server.host_name().parse::<Ipv4Addr>().is_ok();
    out.extend(hosts::plain(cx).iter().filter(|view| is_number(view)).map(report));
}

fn report(view: &ServerView<'_>) -> Finding {
    let host = hosts::name(view);
    let finding = RULE
        .at(&view.server.host, message!("the {role} is given by the number {host}", role = view.role(), host = host))
        .because("certificates are made out to names, hardly ever to numbers: the program warns at each connection or refuses it, and after a move of the server the number leads to a stranger")
        .help("write the name of the server, as the provider publishes it")
        .found(&host);
    view.finish(finding, None, view.capped(Severity::Warning, Confidence::Medium)).published(None)
}
