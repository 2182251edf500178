//! `port-out-of-range`: a number that is no port.

use super::view::{change, pair};
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::account::Protocol;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "port-out-of-range",
    group: Group::Port,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "There is no port of that number",
    page: include_str!("port_out_of_range.md"),
    check,
};

/// Bridges and private hosts too: no network has such a port.
fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, _) in hosts::written(cx) {
        if view.server.port_number().is_none() {
            out.push(report(&view));
        }
    }
    // What else may be said of a server for mail may not be said of Exchange; this holds for every server.
    let exchange = cx.servers().into_iter().filter(|view| view.server.protocol.value == Protocol::Exchange);
    out.extend(
        exchange
            .filter(|view| view.server.port.is_written() && view.server.port_number().is_none())
            .map(|view| report(&view)),
    );
}

fn report(view: &ServerView<'_>) -> Finding {
    let server = view.server;
    let finding = RULE
        .at(&server.port, message!("there is no port {port}", port = server.port.value))
        .because("ports are numbered from 1 to 65535; the program cannot connect, or takes a port of its own choice");
    let graded = view.capped(Severity::Error, Confidence::High);
    if let Some(set) = view.nearest_set().filter(|_| view.is_at_provider()) {
        let finding = finding
            .help(message!("use {expected}", expected = pair(set.port, set.security)))
            .values(server.port.value, set.port)
            .fix(message!("use {server}", server = hosts::whole(view, set)), Applicability::Safe, view.mend(set));
        let (_, confidence) = view.graded(Severity::Error, Some(set));
        return view.finish(finding, Some(set), (graded.0, confidence));
    }
    let port = server.protocol.value.default_port(server.security.value);
    let finding = finding
        .help(message!("use the port that the provider publishes, usually {port}", port = port))
        .values(server.port.value, port)
        .fix(
            message!("set port {port}", port = port),
            Applicability::Unsafe,
            vec![change(&server.port, server.port.value, Value::Number(i64::from(port)))],
        );
    view.finish(finding, None, graded)
}
