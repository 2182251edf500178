//! `misspelled-host`: a host name that is one or two letters away from an official one.

use strsim::damerau_levenshtein;

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView, look_alike_host};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;
use crate::provider::{MatchLevel, Provider, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "misspelled-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A host name is a slip of the pen away from an official one",
    page: include_str!("misspelled_host.md"),
    check,
};

/// Names of services that come in several spellings: another one under the same domain is an alias rather than a slip.
const SERVICES: [&str; 12] =
    ["imap", "imaps", "imap4", "pop", "pops", "pop3", "pop3s", "smtp", "smtps", "mail", "smtp-auth", "smtpauth"];

/// Endings under which a brand of one country runs another system in the next one.
const REGIONS: [&str; 28] = [
    "at", "au", "be", "br", "ca", "ch", "cn", "com", "cz", "de", "dk", "es", "eu", "fr", "ie", "in", "it", "jp", "mx",
    "net", "nl", "org", "pl", "pt", "ru", "se", "uk", "us",
];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        if look_alike_host::meant(cx, &view).is_some() {
            continue;
        }
        if let Some((official, set)) = own(&view) {
            out.push(of_own_provider(&view, &official, set));
        } else if let Some((provider, set)) = of_anyone(cx, &view) {
            out.push(of_some_provider(&view, provider, set));
        }
    }
}

/// The official host that was meant, where the address says whose it is, and its set.
pub(super) fn own<'a>(view: &ServerView<'a>) -> Option<(String, &'a ServerSet)> {
    if view.matched.is_none_or(|matched| matched.level != MatchLevel::Address) {
        return None;
    }
    let host = view.server.host_name();
    let sets = view.usable_sets().into_iter().filter_map(|set| Some((concrete(view, set)?, set)));
    let near = sets.filter(|(official, _)| is_slip(&host, official, if official.len() < 13 { 1 } else { 2 }));
    // A host is often listed with several ports: then the nearest pair is meant.
    near.min_by_key(|(official, set)| {
        let port = usize::from(i64::from(set.port) != view.server.port.value);
        (damerau_levenshtein(&host, official), port, set.status)
    })
}

/// The host of a set; for a pattern the domain of the address, if that is a host of it (`taro@name.sakura.ne.jp`).
fn concrete(view: &ServerView<'_>, set: &ServerSet) -> Option<String> {
    if set.host.contains('*') {
        view.domain().filter(|domain| set.has_host(domain))
    } else {
        Some(set.host.to_string())
    }
}

/// Whether `host` is `official` with at most `slips` slips of the pen.
fn is_slip(host: &str, official: &str, slips: usize) -> bool {
    if host.len().abs_diff(official.len()) > slips {
        return false;
    }
    let distance = damerau_levenshtein(host, official);
    distance > 0 && distance <= slips && !is_sibling(host, official) && !is_region(host, official)
}

/// Whether the two may be machines side by side in one domain: another service, another number, one more letter (`smtpa`).
fn is_sibling(host: &str, official: &str) -> bool {
    let (Some((name, domain)), Some((official, official_domain))) = (host.split_once('.'), official.split_once('.'))
    else {
        return false;
    };
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let has_one_more =
        || name.strip_prefix(official).or_else(|| name.strip_suffix(official)).is_some_and(|more| more.len() == 1);
    let is_doubled = || name.as_bytes().windows(2).any(|pair| pair[0] == pair[1]);
    domain == official_domain
        && (SERVICES.contains(&name) || letters(name) == letters(official) || (has_one_more() && !is_doubled()))
}

fn is_region(host: &str, official: &str) -> bool {
    match (host.rsplit_once('.'), official.rsplit_once('.')) {
        (Some((name, ending)), Some((official_name, _))) => name == official_name && REGIONS.contains(&ending),
        _ => false,
    }
}

/// An official host of any provider that was probably meant: one slip, in a long name, in the same place of it.
fn of_anyone<'a>(cx: &Context<'a>, view: &ServerView<'a>) -> Option<(&'a Provider, &'a ServerSet)> {
    let host = view.server.host_name();
    if view.matched.is_some() || hosts::is_own_domain(view, &host) || !host.is_ascii() {
        return None;
    }
    let (service, rest) = host.split_once('.')?;
    let is_near = |set: &&ServerSet| {
        let begins_alike = set.host.split_once('.').is_some_and(|(official_service, official)| {
            official_service == service && official.len() >= 8 && official.bytes().next() == rest.bytes().next()
        });
        set.protocol == view.server.protocol.value
            && set.is_usable()
            && !set.host.contains('*')
            && begins_alike
            && is_slip(&host, &set.host, 1)
    };
    cx.providers.iter().find_map(|provider| provider.servers.iter().find(is_near).map(|set| (provider, set)))
}

fn of_own_provider(view: &ServerView<'_>, official: &str, set: &ServerSet) -> Finding {
    let view = &hosts::as_provider(view);
    let host = hosts::name(view);
    let is_one_slip = damerau_levenshtein(&view.server.host_name(), official) == 1;
    let freedom = if is_one_slip { Applicability::Safe } else { Applicability::Unsafe };
    let changes = if set.has_host(official) && *set.host != *official {
        vec![hosts::rename(view.server, official)]
    } else {
        view.mend(set)
    };
    let what = message!("the host {host} is probably {official} misspelled", host = host, official = official);
    let finding = RULE.at(&view.server.host, what).values(&host, official).fix(
        message!("use {official}", official = official),
        freedom,
        changes,
    );
    let finding = if is_in_one_domain(&view.server.host_name(), official) {
        finding
            .because("the provider publishes no host of that name, and a host that does not exist cannot be reached")
            .help(message!("write {official}", official = official))
    } else {
        finding
            .because("either there is no such host, or it belongs to somebody else, who then receives the password")
            .help(message!("write {official}; change the password if the account ever connected", official = official))
    };
    view.finish(finding, Some(set), view.graded(Severity::Error, Some(set)))
}

/// Whether both lie in a domain that is the provider's own.
fn is_in_one_domain(host: &str, official: &str) -> bool {
    let domain = |name: &str| name.split_once('.').map(|(_, domain)| domain.to_owned());
    domain(host).is_some_and(|host| host.contains('.') && Some(host) == domain(official))
}

fn of_some_provider(view: &ServerView<'_>, provider: &Provider, set: &ServerSet) -> Finding {
    let host = hosts::name(view);
    let what = message!("is the host {host} perhaps {official} misspelled?", host = host, official = set.host);
    let finding = RULE
        .at(&view.server.host, what)
        .because("the two differ by one letter; a misspelled host may belong to somebody else, who then receives the password")
        .help(message!("compare it with what {provider} publishes", provider = provider.title()))
        .values(&host, &set.host);
    let graded = view.capped(Severity::Warning, Confidence::Medium);
    finding.on(&view.account.id).published(set.source(provider)).graded(graded.0, graded.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_aliases_and_regions() {
        let cases = [
            ("imap.gmial.com", "imap.gmail.com", true),
            ("imap.gmail.co", "imap.gmail.com", true),
            ("imao.gmail.com", "imap.gmail.com", true),
            ("imap,gmail.com", "imap.gmail.com", true),
            ("imap.gmail.com", "imap.gmail.com", false),
            ("pop3.gmx.net", "pop.gmx.net", false),
            ("imap2.spmode.ne.jp", "imap.spmode.ne.jp", false),
            ("smtp1.ocn.ne.jp", "smtp.ocn.ne.jp", false),
            ("smtpa.example.jp", "smtp.example.jp", false),
            ("smtpp.example.jp", "smtp.example.jp", true),
            ("imp.gmail.com", "imap.gmail.com", true),
            ("imap.gmail1.com", "imap.gmail.com", true),
            ("imap.ionos.es", "imap.ionos.de", false),
            ("imap.example.jp", "imap.gmail.com", false),
        ];
        for (host, official, expected) in cases {
            assert_eq!(is_slip(host, official, 2), expected, "{host}");
        }
    }
}
