//! `duplicate-account`: the same mailbox set up twice.

use std::collections::HashMap;
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
    let types = payload_types(cx.document);
    let mut first: HashMap<Mailbox<'_>, (&Account, &Server)> = HashMap::new();
    for account in &cx.document.accounts {
        let Some(server) = login(cx.document, account) else { continue };
        let twin = *first.entry(mailbox(&types, server)).or_insert((account, server));
        match twin {
            (other, _) if std::ptr::eq(other, account) => out.extend(across(cx, &types, account, server)),
            // Two accounts on one server entry: `shared-server-key`.
            (_, other) if other.host.key == server.host.key => {}
            // Declarations that share their assets, each of which may be for other devices.
            (_, other) if source(other) != source(server) => {
                out.push(elsewhere(account, server, cx.document.sources[source(other)].path()));
            }
            (other, _) => out.push(within(cx, account, server, other)),
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

/// What two accounts have in common that are the same mailbox: the type of the payload, the protocol, host, user name and port.
/// Ports tell bridges and tunnels on this computer apart; public servers show the same mailbox on each of theirs.
type Mailbox<'a> = (Option<&'a str>, &'static str, String, &'a str, Option<i64>);

fn mailbox<'a>(types: &HashMap<&str, &'a str>, server: &'a Server) -> Mailbox<'a> {
    let port = (!server.is_public()).then_some(server.port.value);
    let kind = payload(&server.protocol.key).and_then(|payload| types.get(payload)).copied();
    (kind, server.protocol.value.name(), server.host_name(), server.username.value.trim(), port)
}

/// A profile for every device sets up Exchange twice: iOS takes only the one payload, macOS only the other.
fn payload_types(document: &Document) -> HashMap<&str, &str> {
    let types = document.observations.iter().filter_map(|seen| match &seen.seen {
        Seen::PayloadId { payload_type, .. } => Some((payload(&seen.key)?, payload_type.as_str())),
        _ => None,
    });
    // Of a name that is there twice the first one counts.
    types.collect::<Vec<_>>().into_iter().rev().collect()
}

/// The payload that a setting stands in.
fn payload(key: &str) -> Option<&str> {
    key.rsplit_once('.').map(|(payload, _)| payload)
}

fn within(cx: &Context<'_>, account: &Account, server: &Server, other: &Account) -> Finding {
    let is_deleted = cx.observations().any(|seen| {
        matches!(&seen.seen, Seen::DuplicateAccount { .. }) && seen.account.as_deref() == Some(account.id.as_str())
    });
    let what = message!("{account} is the same mailbox as {other}", account = account.id, other = other.id);
    let finding = RULE.at(&server.host, what).on(&account.id).help(match cx.document.client {
        "mobileconfig" | "declaration" => "keep one of the two and take the other out of the file",
        _ => "keep one of the two and remove the other in the mail program",
    });
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
fn across(cx: &Context<'_>, types: &HashMap<&str, &str>, account: &Account, server: &Server) -> Option<Finding> {
    let own = mailbox(types, server);
    let sharing = cx.others(cx.run.with_login(server));
    let mut earlier = sharing.filter(|(index, other)| *index < cx.index && other.client == cx.document.client);
    let (_, twin) = earlier.find(|(_, document)| {
        let types = payload_types(document);
        let servers = document.accounts.iter().filter_map(|other| login(document, other));
        servers.into_iter().any(|other| mailbox(&types, other) == own)
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
