//! `implied-outgoing-port`: a profile that names no port for sending.

use super::view::{change, pair};
use super::{Context, Fixes, Group, Rule, ServerView, encryption, hosts};
use crate::account::{Protocol, Security};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "implied-outgoing-port",
    group: Group::Port,
    severity: Severity::Warning,
    fixes: Fixes::Sometimes,
    summary: "The port for sending is not written, so the device tries 25 first",
    page: include_str!("implied_outgoing_port.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if !matches!(cx.document.client, "mobileconfig" | "declaration") {
        return;
    }
    for view in hosts::reachable(cx) {
        if view.server.protocol.value == Protocol::Smtp && !view.server.port.is_written() {
            out.push(report(cx, &view));
        }
    }
}

/// What a device does without a port is published for profiles, and for declarations it is not.
fn because(view: &ServerView<'_>) -> &'static str {
    if encryption::is_assumed(view) {
        "which port the device then takes is not published; of profiles it is known that it tries 25 first, which is blocked in many networks"
    } else {
        "the device then tries 25, 587 and 465 one after the other; 25 is blocked in many networks, or answers with an error that looks like a wrong password"
    }
}

fn graded(view: &ServerView<'_>, graded: (Severity, Confidence)) -> (Severity, Confidence) {
    if encryption::is_assumed(view) { (Severity::Info, Confidence::Medium) } else { graded }
}

fn report(cx: &Context<'_>, view: &ServerView<'_>) -> Finding {
    let finding = RULE.at(&view.server.port, message!("the port for sending is not written")).because(because(view));
    if let Some(set) = view.nearest_set().filter(|_| view.is_at_provider()) {
        let finding = finding
            .help(message!("write {expected}", expected = pair(set.port, set.security)))
            .values("", set.port)
            .fix(
                message!("use {server}", server = hosts::whole(view, set)),
                hosts::freedom(cx, view, set),
                with_port(view, view.mend(set), set),
            );
        return view.finish(finding, Some(set), graded(view, view.graded(Severity::Warning, Some(set))));
    }
    let finding = finding.help("write the port that the provider publishes: 587 or 465").values("", 587).fix(
        "write port 587",
        Applicability::Unsafe,
        unknown(view),
    );
    view.finish(finding, None, graded(view, view.capped(Severity::Warning, Confidence::High)))
}

/// The port is written even where it is the one that would be assumed.
fn with_port(view: &ServerView<'_>, mut changes: Vec<Change>, set: &ServerSet) -> Vec<Change> {
    let port = &view.server.port;
    if changes.iter().all(|change| change.key != port.key) {
        changes.insert(0, change(port, "", Value::Number(i64::from(set.port))));
    }
    changes
}

/// Whether a server that nobody knows encrypts is for other rules to say.
fn unknown(view: &ServerView<'_>) -> Vec<Change> {
    let encrypts = view.server.security.value != Security::None;
    if encrypts { vec![change(&view.server.port, "", Value::Number(587))] } else { Vec::new() }
}
