//! `port-security-mismatch`: the port speaks one kind of encryption and the client another.

use super::view::{change, pair};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Security;
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

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
    for view in cx.public_servers() {
        let server = view.server;
        // A cleartext port without encryption does connect: `no-encryption` and `plaintext-by-default` report it.
        let Some(of_port) = server.port_number().and_then(Security::of_port) else { continue };
        let clash = (of_port == Security::Tls) != (server.security.value == Security::Tls);
        if clash && view.current_set().is_none() && server.port.is_written() {
            out.push(report(&view, of_port));
        }
    }
}

fn report(view: &ServerView<'_>, of_port: Security) -> Finding {
    let server = view.server;
    let (port, security) = (server.port.value, server.security.value);
    let set = view.nearest_set().filter(|_| view.is_at_provider());
    let changes = set.map_or_else(|| vec![by_port(view, of_port)], |set| view.mend(set));
    let expected = set.map_or_else(|| pair(port, of_port), |set| pair(set.port, set.security));
    let what = message!("port {port} does not speak {security}", port = port, security = security.name());
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
        .values(pair(port, security), &expected)
        .fix(message!("set {expected}", expected = expected), Applicability::Safe, changes);
    view.finish(finding, set, view.capped(Severity::Error, Confidence::High))
}

/// Without a provider the port wins: it was typed, while the security is often a default.
fn by_port(view: &ServerView<'_>, of_port: Security) -> Change {
    change(&view.server.security, view.server.security.value.name(), Value::Security(of_port))
}
