//! `port-security-mismatch`: the port speaks one kind of encryption and the client another.

use super::view::{change, pair};
use super::{Context, Fixes, Group, Rule, ServerView, encryption, hosts, port_of_other_protocol};
use crate::account::Security;
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::{Grade, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "port-security-mismatch",
    group: Group::Port,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The port and the connection security do not belong together",
    page: include_str!("port_security_mismatch.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        let server = view.server;
        // A cleartext port without encryption does connect: `no-encryption` and `plaintext-by-default` report it.
        let Some(of_port) = of_port(&view) else { continue };
        let clash = (of_port == Security::Tls) != (server.security.value == Security::Tls);
        if !clash || !server.port.is_written() || is_left_to_others(cx, &view) {
            continue;
        }
        match view.current_set() {
            None => out.push(report(cx, &view, of_port)),
            // People are left in peace with what their provider says; who publishes such a file may want to look again.
            Some(set) if view.document.is_published() => out.push(published(&view, set)),
            Some(_) => {}
        }
    }
}

/// What the port speaks: as its registration says, or as the provider says of ports that have none. With one switch for both
/// kinds of encryption the latter cannot be chosen.
fn of_port(view: &ServerView<'_>) -> Option<Security> {
    let port = view.server.port_number()?;
    let own = || {
        let host = view.server.host_name();
        let on_port = |set: &&ServerSet| set.port == port && set.has_host(&host);
        view.usable_sets().into_iter().find(on_port).map(|set| set.security)
    };
    Security::of_port(port).or_else(|| own().filter(|_| !view.has_one_switch()))
}

/// A switch that is off, an old value, a value of the wrong type, the port of another protocol: each has its own rule.
fn is_left_to_others(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    let is_switched_off = view.has_one_switch() && view.server.security.value == Security::None;
    is_switched_off || encryption::is_left_to_others(cx, view) || port_of_other_protocol::whose(cx, view).is_some()
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, of_port: Security) -> Finding {
    let server = view.server;
    let (port, security) = (server.port.value, server.security.value);
    let set = view.nearest_set().filter(|_| view.is_at_provider());
    let by_port = vec![by_port(view, of_port)];
    let changes = set.map_or_else(|| by_port.clone(), |set| view.mend(set));
    let freedom = match set {
        Some(set) => freedom(cx, view, set, changes == by_port),
        None => freedom_by_port(of_port),
    };
    let expected = set.map_or_else(|| pair(port, of_port), |set| pair(set.port, set.security));
    let what = match security {
        Security::None => message!("port {port} takes only encrypted connections, and none is asked for", port = port),
        Security::StartTls | Security::Tls => {
            message!("port {port} does not speak {security}", port = port, security = security.name())
        }
    };
    let why = match security {
        Security::Tls => {
            "the program starts encrypting at once, the server waits for plain text first, and no connection comes about"
        }
        Security::None | Security::StartTls => {
            "the server expects encryption from the first byte, the program begins in plain text, and both wait until the connection times out"
        }
    };
    let finding = RULE
        .at(&server.security, what)
        .because(why)
        .help(message!("use {expected}", expected = expected))
        .words(pair(port, security), expected.clone())
        .fix(message!("set {expected}", expected = expected), freedom, changes);
    view.finish(finding, set, view.capped(Severity::Error, Confidence::High))
}

/// The odd pair is what the provider says, so nothing is called wrong.
fn published(view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let security = view.server.security.value.name();
    let what = message!("port {port} is seldom used with {security}", port = set.port, security = security);
    let finding = RULE
        .at(&view.server.security, what)
        .because("everywhere else the port speaks another kind of encryption; here this pair is what is known of the provider")
        .help("compare it with the provider's own page; nothing needs to change if mail works");
    view.finish(finding, Some(set), (Severity::Info, Confidence::Medium))
}

/// What follows from the port alone needs no provider; more than that needs one whose facts are sure.
fn freedom(cx: &Context<'_>, view: &ServerView<'_>, set: &ServerSet, is_by_port: bool) -> Applicability {
    let is_sure = view.provider().is_some_and(|provider| set.grade(provider) > Grade::Low);
    if is_by_port || is_sure { hosts::freedom(cx, view, set) } else { Applicability::Unsafe }
}

/// 993 speaks one kind of encryption whoever runs it. SSL/TLS with 143 may be either half of two right pairs: nobody but the
/// user can tell which half was meant.
const fn freedom_by_port(of_port: Security) -> Applicability {
    match of_port {
        Security::Tls => Applicability::Safe,
        Security::StartTls | Security::None => Applicability::Unsafe,
    }
}

/// Without a provider the port wins: it was typed, while the security is often a default.
fn by_port(view: &ServerView<'_>, of_port: Security) -> Change {
    change(&view.server.security, view.server.security.value.name(), Value::Security(of_port))
}
