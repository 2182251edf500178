//! Mailboxes made from provider files: every official pair of servers, in the format of every client that can hold it.

use std::collections::HashSet;

use mailcfg::account::{Authentication, Protocol};
use mailcfg::provider::{Provider, Providers, ServerSet, UsernameForm};

use super::Member;
use super::sketch::{Format, Sketch, Written};

/// Every official mailbox.
pub(crate) fn members() -> Vec<Member> {
    Providers::embedded().iter().flat_map(of_provider).collect()
}

fn of_provider(provider: &Provider) -> Vec<Member> {
    let mut seen = HashSet::new();
    let mut members = Vec::new();
    for sketch in sample_domains(provider).iter().flat_map(|domain| sketches(provider, domain)) {
        for format in Format::ALL.into_iter().filter(|format| format.can_hold(&sketch)) {
            let files = format.files(&sketch);
            if seen.insert(files.clone()) {
                members.push(Member::of_files(format!("{} {format:?} {sketch}", provider.id), format, files));
            }
        }
    }
    members
}

/// Every pair of usable sets of a provider that belong to one domain: each incoming set with the first outgoing one, and each
/// outgoing one with the first incoming one, with every way to authenticate and every form of user name.
fn sketches(provider: &Provider, domain: &str) -> Vec<Sketch> {
    let usable = |incoming: bool| {
        let sets = provider.servers.iter().filter(|set| set.is_usable() && set.is_for(Some(domain)));
        sets.filter(|set| set.protocol.is_access() == incoming && set.protocol != Protocol::Exchange)
            .collect::<Vec<_>>()
    };
    let (incoming, outgoing) = (usable(true), usable(false));
    let (Some(first_in), Some(first_out)) = (incoming.first(), outgoing.first()) else { return Vec::new() };
    let pairs = incoming.iter().map(|set| (*set, *first_out)).chain(outgoing.iter().map(|set| (*first_in, *set)));
    pairs.flat_map(|pair| variants(&format!("taro.yamada@{domain}"), pair)).collect()
}

/// One domain of each kind: the plain one, one for each set that has domains of its own, one of somebody's own.
pub(crate) fn sample_domains(provider: &Provider) -> Vec<String> {
    let own = provider.domains.first().into_iter();
    let of_sets = provider.servers.iter().filter_map(|set| set.domains.first());
    let mut domains: Vec<String> = own.chain(of_sets).map(|domain| filled(domain)).collect();
    if provider.custom_domains {
        domains.push("kogyo.example.jp".to_owned());
    }
    domains.dedup();
    domains
}

/// A pattern with its stars filled in.
pub(crate) fn filled(pattern: &str) -> String {
    pattern.replace('*', "abc1")
}

pub(crate) fn variants(address: &str, set: (&ServerSet, &ServerSet)) -> Vec<Sketch> {
    let (incoming, outgoing) = (written(set.0, address), written(set.1, address));
    let sketch = |incoming: &Written, outgoing: &Written| Sketch {
        address: address.to_owned(),
        incoming: incoming.clone(),
        outgoing: outgoing.clone(),
    };
    // What one server takes does not depend on how the other is signed in to: no need for the full product. The ways that most
    // formats have stand with each other way.
    let plain = |all: &[Written]| {
        let password = all.iter().find(|one| one.authentication == Authentication::Password);
        password.or_else(|| all.first()).cloned()
    };
    let (Some(plain_in), Some(plain_out)) = (plain(&incoming), plain(&outgoing)) else { return Vec::new() };
    let firsts = [&plain_out, &outgoing[0]];
    let pairs = incoming.iter().flat_map(|one| firsts.map(|other| sketch(one, other)));
    pairs.chain(outgoing.iter().flat_map(|one| [&plain_in, &incoming[0]].map(|other| sketch(other, one)))).collect()
}

fn written(set: &ServerSet, address: &str) -> Vec<Written> {
    let ways = if set.authentication.is_empty() { &[Authentication::Password] } else { &set.authentication[..] };
    let forms = if set.username.is_empty() { &[UsernameForm::FullAddress] } else { &set.username[..] };
    let pairs = ways.iter().flat_map(|way| forms.iter().map(move |form| (*way, *form)));
    let one = |(authentication, form)| Written {
        protocol: set.protocol,
        host: filled(&set.host),
        port: set.port,
        security: set.security,
        authentication,
        username: username(form, address),
    };
    pairs.map(one).collect()
}

fn username(form: UsernameForm, address: &str) -> String {
    match form {
        UsernameForm::FullAddress => address.to_owned(),
        UsernameForm::LocalPart => address.split('@').next().unwrap_or_default().to_owned(),
        UsernameForm::LocalDotDomain => address.replace('@', "."),
        UsernameForm::IssuedId => "x7k2q9w4".to_owned(),
    }
}
