//! `local-bridge`: a server on this computer: a bridge, whose settings are its own affair.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Account, Protocol, Reach, Server};
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;
use crate::provider::{Access, Provider};

pub(super) const RULE: Rule = Rule {
    name: "local-bridge",
    group: Group::Host,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The account goes through a program on this computer",
    page: include_str!("local_bridge.md"),
    check,
};

/// Once for each account: incoming and outgoing go through one program.
fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (account, matched) in cx.accounts() {
        let servers = account.incoming.iter().chain(&account.outgoing);
        let mut local =
            servers.filter(|server| server.reach() == Reach::Loopback && server.protocol.value != Protocol::Exchange);
        if let Some(server) = local.next() {
            out.push(report(account, server, matched.by_address));
        }
    }
}

fn report(account: &Account, server: &Server, provider: Option<&Provider>) -> Finding {
    let (what, help) = words(server, provider);
    RULE.at(&server.host, what)
        .because("such a program decides itself about ports and encryption, so these are not compared with what the provider publishes")
        .help(help)
        .found(server.host_name())
        .on(&account.id)
        .graded(Severity::Info, Confidence::High)
}

fn words(server: &Server, provider: Option<&Provider>) -> (Message, Message) {
    if provider.is_some_and(|provider| provider.access == Access::Bridge) {
        return (
            message!("the account goes through a bridge of the provider on this computer"),
            message!("the bridge must run, and the password is the one that it shows, not that of the web page"),
        );
    }
    match usual_program(server.protocol.value, server.port.value) {
        Some(program) => (
            message!(
                "the account goes through a program on this computer, to judge by port {port}: {program}",
                port = server.port.value,
                program = program
            ),
            message!("that program must run, and it says which password it wants"),
        ),
        None => (
            message!("the account goes through a program on this computer, on port {port}", port = server.port.value),
            message!("that program must run; a bridge, a tunnel and a virus scanner each want their own password"),
        ),
    }
}

/// Who listens on a port unless told otherwise: the documentation and sample settings of each program.
const fn usual_program(protocol: Protocol, port: i64) -> Option<&'static str> {
    match (protocol, port) {
        (Protocol::Imap, 1143) | (Protocol::Smtp, 1025) => Some("Proton Mail Bridge, hydroxide or DavMail"),
        (Protocol::Pop3, 1110) => Some("DavMail"),
        (Protocol::Imap, 1993 | 2993) | (Protocol::Pop3, 1995) | (Protocol::Smtp, 1465 | 1587 | 2465 | 2587) => {
            Some("email-oauth2-proxy")
        }
        _ => None,
    }
}
