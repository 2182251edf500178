//! `smtp-of-other-provider`: mail from an address of one provider that goes out through another.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Account, Identity, Protocol, Server, address_domain};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;
use crate::provider::{Access, Provider, ServerSet, Status};

pub(super) const RULE: Rule = Rule {
    name: "smtp-of-other-provider",
    group: Group::Sending,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Mail from an address at one provider goes out through the server of another",
    page: include_str!("smtp_of_other_provider.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for account in &cx.document.accounts {
        for identity in &account.identities {
            let server = identity.outgoing.and_then(|index| account.outgoing.get(index));
            let Some(server) = server.filter(|server| server.is_public()) else { continue };
            if cx.providers.allows(&identity.address.value, &server.host_name()) {
                continue;
            }
            let Some(own) = cx.providers.for_address(&identity.address.value) else { continue };
            let of_host = cx.providers.for_host(&server.host_name());
            let is_own = |other: &&Provider| other.id == own.id || other.is_sibling_of(own);
            let Some(other) = of_host.first().filter(|_| !of_host.iter().any(is_own)) else { continue };
            if let Some(set) = sending_set(own, identity) {
                out.push(report(account, identity, server, (own, set), other));
            }
        }
    }
}

/// The outgoing server that the provider of an address names for it.
fn sending_set<'a>(provider: &'a Provider, identity: &Identity) -> Option<&'a ServerSet> {
    let domain = address_domain(&identity.address.value);
    let fits = |set: &&ServerSet| {
        set.protocol == Protocol::Smtp
            && set.status == Status::Preferred
            && set.is_for(domain.as_deref())
            && !set.host.contains('*')
    };
    provider.servers.iter().find(fits).filter(|_| provider.access == Access::Servers && provider.ended.is_none())
}

fn report(
    account: &Account,
    identity: &Identity,
    server: &Server,
    own: (&Provider, &ServerSet),
    other: &Provider,
) -> Finding {
    let (provider, set) = own;
    let host = server.host_name();
    let severity = if provider.own_smtp_required { Severity::Warning } else { Severity::Info };
    let what = message!(
        "mail from {address} goes out through {host}, which belongs to {other}",
        address = identity.address.value.trim(),
        host = host,
        other = other.title()
    );
    RULE.at(&server.host, what)
        .because("many receivers check whether the server may send for the domain of the sender (SPF, DMARC) and refuse such mail or put it into the spam folder")
        .help(message!("if mail does not arrive, add {right} as an outgoing server and choose it for this address", right = set.host))
        .values(&host, &set.host)
        .on(&account.id)
        .published(set.source(provider))
        .graded(severity, Confidence::Medium)
}
