//! `port-of-other-protocol`: a port of another mail protocol.

use super::view::{change, pair};
use super::{Context, Fixes, Group, Rule, ServerView, hosts, ports};
use crate::account::{Protocol, Security};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "port-of-other-protocol",
    group: Group::Port,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The port belongs to another mail protocol",
    page: include_str!("port_of_other_protocol.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        // Where the host is the other protocol's, too, `host-of-other-protocol` says both.
        if let Some(other) = whose(cx, &view).filter(|_| view.set_of_other_protocol().is_none()) {
            out.push(report(cx, &view, other));
        }
    }
}

/// The protocol that the port belongs to, unless the provider uses it for this one.
pub(super) fn whose(cx: &Context<'_>, view: &ServerView<'_>) -> Option<Protocol> {
    let server = view.server;
    let port = server.port_number().filter(|_| server.port.is_written())?;
    let other = ports::of_other(server.protocol.value, port)?;
    (!hosts::offers_port(cx, view, port)).then_some(other)
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, other: Protocol) -> Finding {
    let server = view.server;
    let what = message!(
        "port {port} is for {other}, not for {protocol}",
        port = server.port.value,
        other = other.name(),
        protocol = server.protocol.value.name()
    );
    let finding = RULE
        .at(&server.port, what)
        .because("what answers there speaks another language than the program, so no connection comes about");
    if let Some(set) = view.nearest_set().filter(|_| view.is_at_provider()) {
        let expected = pair(set.port, set.security);
        let finding =
            finding.help(message!("use {expected}", expected = expected)).values(server.port.value, set.port).fix(
                message!("use {server}", server = hosts::whole(view, set)),
                hosts::freedom(cx, view, set),
                view.mend(set),
            );
        return view.finish(finding, Some(set), view.graded(Severity::Error, Some(set)));
    }
    let (port, security) = ports::usual(server.protocol.value, server.port_number(), server.security.value);
    let expected = pair(port, security);
    let finding = finding
        .help(message!("try {expected}, and compare with what the provider publishes", expected = expected))
        .values(server.port.value, port)
        .fix(message!("set {expected}", expected = expected), Applicability::Unsafe, changes(view, port, security));
    view.finish(finding, None, view.capped(Severity::Warning, Confidence::High))
}

fn changes(view: &ServerView<'_>, port: u16, security: Security) -> Vec<Change> {
    let server = view.server;
    let mut changes = vec![change(&server.port, server.port.value, Value::Number(i64::from(port)))];
    if security != server.security.value {
        changes.push(change(&server.security, server.security.value.name(), Value::Security(security)));
    }
    changes
}
