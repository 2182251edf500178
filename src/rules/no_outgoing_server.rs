//! `no-outgoing-server`: an account that can receive and not send.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Account, Protocol, Server, address_domain};
use crate::document::{Reference, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;
use crate::provider::{Provider, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "no-outgoing-server",
    group: Group::Sending,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The account has no outgoing server",
    page: include_str!("no_outgoing_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // What a damaged file has lost may be just this, and a file of outgoing servers alone has no accounts to speak of.
    if cx.document.is_damaged() {
        return;
    }
    for (account, matched) in cx.accounts() {
        let Some(server) = fetching(account) else { continue };
        let has_outgoing = account.outgoing.iter().any(|server| !server.host_name().is_empty());
        if !has_outgoing && account.address().is_some() && !is_told(cx, account) {
            out.push(report(account, server, matched.by_address));
        }
    }
}

fn report(account: &Account, server: &Server, provider: Option<&Provider>) -> Finding {
    let domain = account.address().and_then(|address| address_domain(&address.value));
    let fits = |set: &&ServerSet| {
        set.protocol == Protocol::Smtp && set.is_usable() && set.is_for(domain.as_deref()) && !set.host.contains('*')
    };
    let set = provider.and_then(|provider| provider.servers.iter().find(fits));
    let help = match set {
        Some(set) => {
            message!("add {host} as the outgoing server, unless the account is only for reading", host = set.host)
        }
        None => message!("add the outgoing server (SMTP) of the provider, unless the account is only for reading"),
    };
    let url = provider.and_then(|provider| set.and_then(|set| set.source(provider)));
    RULE.at(&server.host, message!("the account has no outgoing server"))
        .because("it can receive mail and not send any")
        .help(help)
        .on(&account.id)
        .published(url)
        .graded(Severity::Warning, Confidence::High)
}

/// The incoming server, where sending needs a server of its own.
fn fetching(account: &Account) -> Option<&Server> {
    account.incoming.as_ref().filter(|server| server.is_public() && server.protocol.value.is_access())
}

/// Whether a missing or misspelled reference was seen, which other rules report.
fn is_told(cx: &Context<'_>, account: &Account) -> bool {
    cx.observations().any(|seen| {
        let is_here = seen.account.as_ref().is_none_or(|id| *id == account.id);
        let is_host = |key: &str| key.to_ascii_lowercase().contains("outgoing") || key.contains("smtp");
        is_here
            && match &seen.seen {
                Seen::Dangling { reference, .. } => {
                    matches!(
                        reference,
                        Reference::OutgoingServer | Reference::DefaultOutgoingServer | Reference::Identity
                    )
                }
                Seen::UntrimmedList { .. } => true,
                Seen::MissingKey { .. } | Seen::MisspelledKey { .. } | Seen::WrongType { .. } => is_host(&seen.key),
                _ => false,
            }
    })
}
