//! `unusual-port`: a port that is none of those for mail, on a host of which nothing is known.

use super::{Context, Fixes, Group, Rule, ServerView, hosts, ports};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unusual-port",
    group: Group::Port,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The port is none that mail servers usually have",
    page: include_str!("unusual_port.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        let server = view.server;
        let Some(port) = server.port_number().filter(|_| server.port.is_written() && !view.is_at_provider()) else {
            continue;
        };
        let protocol = server.protocol.value;
        if !ports::own(protocol).contains(&port) && ports::of_other(protocol, port).is_none() {
            out.push(report(&view, port));
        }
    }
}

fn report(view: &ServerView<'_>, port: u16) -> Finding {
    let Some(meant) = ports::meant(view.server.protocol.value, port) else {
        let what = message!("port {port} is not a usual one for the {role}", port = port, role = view.role());
        let finding = RULE
            .at(&view.server.port, what)
            .because("some servers have such ports, and then it is right; it is said because it may also be a slip")
            .help("compare it with what the provider or the administrator publishes")
            .found(port);
        return view.finish(finding, None, (Severity::Info, Confidence::Medium));
    };
    let what = message!("is port {port} perhaps {meant} misspelled?", port = port, meant = meant);
    let finding = RULE
        .at(&view.server.port, what)
        .because("the two differ by one digit, and mail servers seldom listen on the one that is set")
        .help(message!("compare it with what the provider publishes; {meant} is usual", meant = meant))
        .values(port, meant);
    view.finish(finding, None, view.capped(Severity::Warning, Confidence::Medium))
}
