//! `ssl-off-on-tls-port`: SSL switched off, or not switched on, on a port for TLS from the first byte.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, encryption, hosts, port_of_other_protocol};
use crate::account::Security;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "ssl-off-on-tls-port",
    group: Group::Security,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "SSL is off on a port that speaks nothing else",
    page: include_str!("ssl_off_on_tls_port.md"),
    check,
};

/// Formats with one switch for both kinds of encryption; of the others `port-security-mismatch` tells.
fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        let is_off = view.has_one_switch() && view.server.security.value == Security::None;
        let is_tls_port = view.server.port.is_written() && encryption::is_tls_port(&view);
        let is_clear = view.current_set().is_none() && port_of_other_protocol::whose(cx, &view).is_none();
        if is_off && is_tls_port && is_clear && !encryption::is_left_to_others(cx, &view) {
            out.push(report(cx, &view));
        }
    }
}

fn report(cx: &Context<'_>, view: &ServerView<'_>) -> Finding {
    let server = view.server;
    let set = view.nearest_set().filter(|_| view.is_at_provider());
    let finding = RULE
        .at(&server.security, message!("SSL is off, and port {port} speaks nothing else", port = server.port.value))
        .because("the server expects encryption from the first byte, the device begins in plain text, and both wait until the connection times out")
        .help("switch SSL on")
        .words(message!("off"), message!("on"));
    let finding = match set {
        Some(set) => finding.fix(
            message!("use {server}", server = hosts::whole(view, set)),
            hosts::freedom(cx, view, set),
            view.mend(set),
        ),
        None => finding.fix(
            "switch SSL on",
            Applicability::Safe,
            vec![change(&server.security, "off", Value::Security(Security::Tls))],
        ),
    };
    view.finish(finding, set, view.capped(Severity::Error, Confidence::High))
}
