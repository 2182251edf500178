//! `port-in-host`: a port that is written into the host name (`imap.example.jp:993`).

use super::hosts::{self, Form, Written};
use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Protocol, Security};
use crate::finding::{Applicability, Change, Confidence, Finding, Message, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "port-in-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A port is written into the host name",
    page: include_str!("port_in_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        if view.server.protocol.value == Protocol::Exchange {
            continue; // It has no port of its own everywhere, and the host may carry one.
        }
        if written.form == Form::Port {
            out.push(report(&view, &written));
        }
    }
}

fn report(view: &ServerView<'_>, written: &Written) -> Finding {
    let found = hosts::shown(&view.server.host.value);
    let what = message!("the host name {host} has a colon in it", host = found);
    let finding = RULE.at(&view.server.host, what).because(why(view)).found(&found);
    let finding = if written.host.is_empty() {
        finding.help("write the host name alone, and the port into its own field")
    } else {
        let freedom = if moved_port(view, written).is_none() { Applicability::Safe } else { Applicability::Unsafe };
        finding.help(help(written)).values(&found, &written.host).fix(
            "move the port out of the host name",
            freedom,
            changes(view, written),
        )
    };
    view.finish(finding, None, view.capped(Severity::Error, Confidence::High))
}

fn help(written: &Written) -> Message {
    match written.port {
        Some(port) => {
            message!("write {host} as the host name, and {port} as the port", host = written.host, port = port)
        }
        None => message!("write {host} as the host name", host = written.host),
    }
}

/// The port in the host name, if it is not the account's own.
fn moved_port(view: &ServerView<'_>, written: &Written) -> Option<u16> {
    written.port.filter(|port| i64::from(*port) != view.server.port.value)
}

/// Host and port part; a security that the port cannot have follows it.
fn changes(view: &ServerView<'_>, written: &Written) -> Vec<Change> {
    let server = view.server;
    let mut changes = vec![hosts::rename(server, &written.host)];
    let Some(port) = moved_port(view, written) else { return changes };
    changes.push(change(&server.port, server.port.value, Value::Number(i64::from(port))));
    let of_port = Security::of_port(port)
        .filter(|of_port| (*of_port == Security::Tls) != (server.security.value == Security::Tls));
    if let Some(security) = of_port {
        changes.push(change(&server.security, server.security.value.name(), Value::Security(security)));
    }
    changes
}

fn why(view: &ServerView<'_>) -> Message {
    match (view.document.client, view.is_incoming()) {
        ("thunderbird", true) => {
            message!("Thunderbird crashes at every start over it in an IMAP account, and deletes a POP account")
        }
        ("thunderbird", false) => {
            message!("Thunderbird cannot make an address of it, and every message fails to be sent")
        }
        _ => message!("the whole text is looked up as a name, and there is no server of that name"),
    }
}
