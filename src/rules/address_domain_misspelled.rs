//! `address-domain-misspelled`: an address one letter off the provider whose server the account uses.

use super::view::change;
use super::{Context, Fixes, Group, Rule, login};
use crate::account::{Account, Server, Setting, address_domain, local_part};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::{Provider, Providers};

pub(super) const RULE: Rule = Rule {
    name: "address-domain-misspelled",
    group: Group::Username,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "The domain of the address is one letter off that of the provider whose server is used",
    page: include_str!("address_domain_misspelled.md"),
    check,
};

/// Domains whose first label is shorter have real neighbours everywhere.
const LONG_ENOUGH: usize = 5;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.is_published() {
        return; // Its address is only a sample.
    }
    for account in &cx.document.accounts {
        let Some(server) = account.incoming.as_ref().filter(|server| server.is_public()) else { continue };
        let Some(address) = account.address() else { continue };
        let Some(domain) = address_domain(&login::clean(&address.value)) else { continue };
        if let Some((provider, meant)) = meant(cx.providers, &domain, &server.host_name())
            && names_same_mailbox(account, address, &domain, meant)
        {
            out.push(report(account, address, meant, provider));
        }
    }
}

/// The domain of the host's provider that `domain` is one slip away from, unless `domain` is known itself.
fn meant<'a>(providers: &'a Providers, domain: &str, host: &str) -> Option<(&'a Provider, &'a str)> {
    if providers.for_domain(domain).is_some() {
        return None;
    }
    let of_host = providers.for_host(host).into_iter();
    let mut known = of_host.flat_map(|provider| provider.domains.iter().map(move |known| (provider, known.as_ref())));
    known.find(|(_, known)| {
        known.find('.').is_some_and(|label| label >= LONG_ENOUGH) && strsim::osa_distance(known, domain) == 1
    })
}

/// Whether the login agrees with the address in all but the slip: an own domain has a login of its own.
fn names_same_mailbox(account: &Account, address: &Setting<String>, domain: &str, meant: &str) -> bool {
    let Some(server) = &account.incoming else { return false };
    let (name, address) = (login::clean(&server.username.value), login::clean(&address.value));
    let Some(local) = local_part(&address) else { return false };
    let of_name = local_part(&name).unwrap_or(&name);
    let fits = address_domain(&name).is_none_or(|of_name| of_name == domain || of_name == meant);
    fits && of_name.eq_ignore_ascii_case(local)
}

fn report(account: &Account, address: &Setting<String>, meant: &str, provider: &Provider) -> Finding {
    let clean = login::clean(&address.value);
    let right = format!("{}@{meant}", local_part(&clean).unwrap_or_default());
    let servers = account.incoming.iter().chain(&account.outgoing);
    let logins = servers.filter(|server| server.username.value.trim() == address.value.trim());
    let mut changes = vec![change(address, &address.value, Value::Text(right.clone()))];
    changes.extend(logins.map(|server| renamed(server, &right)));
    RULE.at(address, message!("{address} is one letter off an address at {domain}", address = clean, domain = meant))
        .because("the server belongs to the provider of the other domain; answers to the misspelled address go to somebody else or come back")
        .help(message!("if the address is {address}, correct it; if the domain is really your own, ignore this", address = right))
        .values(&address.value, &right)
        .fix(message!("set the address to {address}", address = right), Applicability::Unsafe, changes)
        .on(&account.id)
        .published(provider.source())
        .graded(RULE.severity, Confidence::Medium)
}

fn renamed(server: &Server, right: &str) -> Change {
    change(&server.username, &server.username.value, Value::Text(right.to_owned()))
}
