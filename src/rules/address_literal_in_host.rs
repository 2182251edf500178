//! `address-literal-in-host`: an IPv6 address as the host of an incoming server, which Thunderbird does not take.

use super::hosts::{self, Form};
use super::{Context, Fixes, Group, Rule};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "address-literal-in-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "Thunderbird takes no IPv6 address as a host",
    page: include_str!("address_literal_in_host.md"),
    check,
};

/// Bridges and private hosts too: what they have in common is the client that reads the name.
fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.client != "thunderbird" {
        return;
    }
    for (view, written) in hosts::written(cx) {
        if written.form != Form::Literal || !view.is_incoming() {
            continue;
        }
        let what = message!("the host {host} is an IPv6 address", host = hosts::name(&view));
        let finding = RULE
            .at(&view.server.host, what)
            .because("Thunderbird takes no IPv6 address as the host of an incoming server and removes the account at its next start")
            .help("write a host name; for this computer write localhost or 127.0.0.1")
            .found(hosts::name(&view));
        out.push(view.finish(finding, None, view.capped(Severity::Error, Confidence::High)));
    }
}
