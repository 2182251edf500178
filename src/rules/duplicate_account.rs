//! `duplicate-account`: the same mailbox set up twice.

use std::path::Path;

use super::{Context, Fixes, Group, Rule, login};
use crate::account::{Account, Server};
use crate::document::{Document, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-account",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The same mailbox is set up twice",
    page: include_str!("duplicate_account.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.is_published() {
        return; // It describes one mailbox for each way to fetch mail.
    }
    for (index, account) in cx.document.accounts.iter().enumerate() {
        let Some(server) = login(cx.document, account) else { continue };
        let earlier = cx.document.accounts[..index].iter();
        let twin = earlier
            .filter_map(|other| Some((other, login(cx.document, other)?)))
            .find(|(_, other)| is_same((cx.document, server), (cx.document, other)));
        match twin {
            // Two accounts on one server entry: `shared-server-key`.
            Some((_, other)) if other.host.key == server.host.key => {}
            // Declarations that share their assets, each of which may be for other devices.
            Some((_, other)) if source(other) != source(server) => {
                out.push(elsewhere(account, server, cx.document.sources[source(other)].path()));
            }
            Some((other, _)) => out.push(within(cx, account, server, other)),
            None => out.extend(across(cx, account, server)),
        }
    }
}

/// The incoming server of an account whose user name is known: a placeholder stands for many people.
fn login<'a>(document: &Document, account: &'a Account) -> Option<&'a Server> {
    let server = account.incoming.as_ref()?;
    let is_placeholder = |key: &str| login::has_variable(document, key);
    let is_known = !server.username.value.trim().is_empty() && !server.host.value.trim().is_empty();
    (is_known && !is_placeholder(&server.username.key) && !is_placeholder(&server.host.key)).then_some(server)
}

/// Ports tell bridges and tunnels on this computer apart; public servers show the same mailbox on each of theirs.
fn is_same((of_a, a): (&Document, &Server), (of_b, b): (&Document, &Server)) -> bool {
    payload_type(of_a, a) == payload_type(of_b, b)
        && a.protocol.value == b.protocol.value
        && a.host_name() == b.host_name()
        && a.username.value.trim() == b.username.value.trim()
        && (a.is_public() || a.port.value == b.port.value)
}

/// A profile for every device sets up Exchange twice: iOS takes only the one payload, macOS only the other.
fn payload_type<'a>(document: &'a Document, server: &Server) -> Option<&'a str> {
    let payload = |key: &str| key.rsplit_once('.').map(|(payload, _)| payload.to_owned());
    let own = payload(&server.protocol.key);
    document.observations.iter().find_map(|seen| match &seen.seen {
        Seen::PayloadId { payload_type, .. } if payload(&seen.key) == own => Some(payload_type.as_str()),
        _ => None,
    })
}

fn within(cx: &Context<'_>, account: &Account, server: &Server, other: &Account) -> Finding {
    let is_deleted = cx.observations().any(|seen| {
        matches!(&seen.seen, Seen::DuplicateAccount { .. }) && seen.account.as_deref() == Some(account.id.as_str())
    });
    let what = message!("{account} is the same mailbox as {other}", account = account.id, other = other.id);
    let finding = RULE
        .at(&server.host, what)
        .on(&account.id)
        .help("keep one of the two and remove the other in the mail program");
    if is_deleted {
        return finding.because("the program takes the two for one and deletes the second account at the next start");
    }
    let mut finding = finding.because(
        "both sign in and fetch the same mail; after a change of the password the forgotten one goes on with the old one, until the provider locks the mailbox",
    );
    finding.severity = Severity::Warning;
    finding
}

/// The same mailbox in an earlier file of the same kind.
fn across(cx: &Context<'_>, account: &Account, server: &Server) -> Option<Finding> {
    let sharing = cx.others(cx.run.with_login(server));
    let mut earlier = sharing.filter(|(index, other)| *index < cx.index && other.client == cx.document.client);
    let (_, twin) = earlier.find(|(_, document)| {
        let servers = document.accounts.iter().filter_map(|other| login(document, other));
        servers.into_iter().any(|other| is_same((cx.document, server), (document, other)))
    })?;
    Some(elsewhere(account, server, twin.main().path()))
}

/// In which file of a document a server is written.
fn source(server: &Server) -> usize {
    server.host.place().map_or(0, |place| place.source)
}

fn elsewhere(account: &Account, server: &Server, file: &Path) -> Finding {
    let what = message!("the same mailbox is set up in {file} too", file = file.display());
    let mut finding = RULE
        .at(&server.host, what)
        .on(&account.id)
        .because("after a change of the password the forgotten one goes on with the old one, until the provider locks the mailbox")
        .help("if only one of the two is still used, remove the other");
    finding.severity = Severity::Info;
    finding
}
