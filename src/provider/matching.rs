//! Which provider an account belongs to, and how surely.
//!
//! The address says one thing, each host may say another, and the two are kept apart: a company domain hosted at Google is
//! judged by Google's facts, an address at one provider with a server of another is judged server by server.

use super::{Provider, Providers, embedded, matches_pattern};
use crate::account::{Account, Protocol, Server, address_domain};

/// How a server meets a provider. The order is that of how much may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchLevel {
    /// The address belongs to the provider; the host is not one of its.
    Address,
    /// The host is the provider's; the address is not.
    Host,
    /// Address and host agree.
    Certain,
    /// The company's own provider file says so.
    Policy,
}

impl MatchLevel {
    /// As in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Host => "host",
            Self::Certain => "certain",
            Self::Policy => "policy",
        }
    }
}

/// The provider whose facts hold for one server.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    /// The provider.
    pub provider: &'a Provider,
    /// How surely.
    pub level: MatchLevel,
}

/// What is known of an account and its servers.
#[derive(Clone, Debug)]
pub struct AccountMatch<'a> {
    /// The provider of the main address.
    pub by_address: Option<&'a Provider>,
    /// For the incoming server.
    pub incoming: Option<Match<'a>>,
    /// For each outgoing server, in the account's order.
    pub outgoing: Vec<Option<Match<'a>>>,
}

impl<'a> AccountMatch<'a> {
    /// The match to name the account by: that of its incoming server, else of an outgoing one.
    pub fn overall(&self) -> Option<Match<'a>> {
        self.incoming.or_else(|| self.outgoing.iter().copied().flatten().next())
    }
}

impl Providers {
    /// Finds the providers of an account's servers.
    pub fn match_account(&self, account: &Account) -> AccountMatch<'_> {
        let by_address = account.address().and_then(|address| self.for_address(&address.value));
        let outgoing = account.outgoing.iter().enumerate().map(|(index, server)| {
            let address = account.address_for_outgoing(index);
            self.match_server(server, address.and_then(|address| self.for_address(&address.value)))
        });
        AccountMatch {
            by_address,
            incoming: account.incoming.as_ref().and_then(|server| self.match_server(server, by_address)),
            outgoing: outgoing.collect(),
        }
    }

    /// The provider of an address.
    pub fn for_address(&self, address: &str) -> Option<&Provider> {
        self.for_domain(&address_domain(address)?)
    }

    /// Whether the company's own file says that `host` (lower case) is right for `address`, whatever else is known.
    pub fn allows(&self, address: &str, host: &str) -> bool {
        if self.own.is_empty() {
            return false;
        }
        let provider = self.for_address(address).filter(|provider| self.is_own(provider));
        provider.is_some_and(|own| own.allowed_hosts.iter().any(|pattern| matches_pattern(pattern, host)))
    }

    /// The provider to which mail exchanger `host` (lower case) leads: the longest suffix wins, then an exact name.
    pub fn for_mx(&self, host: &str) -> Option<&Provider> {
        let by_suffix = |provider: &Provider| {
            let suffixes = provider.mx.iter().filter(|suffix| is_at_or_below(host, suffix));
            suffixes.map(|suffix| suffix.len()).max()
        };
        let known = self.iter().filter_map(|provider| Some((by_suffix(provider)?, provider)));
        // The first of equals: the company's own stand before the embedded ones.
        let longest = known.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let named = |provider: &&Provider| provider.mx_hosts.iter().any(|pattern| matches_pattern(pattern, host));
        longest.map(|(_, provider)| provider).or_else(|| self.iter().find(named))
    }

    fn match_server<'a>(&'a self, server: &Server, by_address: Option<&'a Provider>) -> Option<Match<'a>> {
        let host = server.host_name();
        if !server.is_public() || server.protocol.value == Protocol::Exchange {
            return None;
        }
        let named = self.for_host(&host);
        if let Some(own) = by_address.filter(|own| named.iter().any(|provider| std::ptr::eq(*own, *provider))) {
            return Some(self.matched(own, MatchLevel::Certain));
        }
        // The first of equals: the company's own stand before the embedded ones.
        let likeliest = named.into_iter().rev().max_by_key(|provider| (provider.custom_domains, provider.owns(&host)));
        match (likeliest, by_address) {
            (Some(provider), _) => Some(self.matched(provider, MatchLevel::Host)),
            (None, Some(provider)) => Some(self.matched(provider, MatchLevel::Address)),
            (None, None) => None,
        }
    }

    /// Every provider that names `host` (lower case) as a server, a former server, a web mail or an MX host.
    pub fn for_host(&self, host: &str) -> Vec<&Provider> {
        let own = self.own.iter().filter(|provider| provider.names_host(host));
        let embedded = embedded::find(&embedded::HOSTS, &embedded::HOST_PATTERNS, host);
        own.chain(embedded.map(|provider: &Provider| provider)).collect()
    }

    fn matched<'a>(&self, provider: &'a Provider, level: MatchLevel) -> Match<'a> {
        Match { provider, level: if self.is_own(provider) { MatchLevel::Policy } else { level } }
    }
}

impl Provider {
    /// Whether the host (lower case) lies in one of its own domains, or beside one of its servers.
    pub fn owns_or_has_beside(&self, host: &str) -> bool {
        let parent =
            |host: &str| host.split_once('.').map(|(_, parent)| parent.to_owned()).filter(|own| own.contains('.'));
        let own = parent(host);
        self.owns(host) || (own.is_some() && self.servers.iter().any(|set| parent(&set.host) == own))
    }

    /// Whether the host (lower case) lies in one of its own domains; a host that it only runs for others does not.
    pub fn owns(&self, host: &str) -> bool {
        self.domains.iter().any(|domain| is_at_or_below(host, domain))
    }
}

/// Whether `host` is `suffix` or a name below it.
fn is_at_or_below(host: &str, suffix: &str) -> bool {
    host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_exchanger_leads_to_the_provider_of_its_longest_suffix() {
        let providers = Providers::embedded();
        let cases = [
            ("aspmx.l.google.com", Some("google-workspace")),
            ("alt1.aspmx.l.google.com", Some("google-workspace")),
            ("example-jp.mail.protection.outlook.com", Some("microsoft-365")),
            ("hotmail-com.olc.protection.outlook.com", Some("outlook-com")),
            ("jp1-aspmx1.worksmobile.com", Some("line-works")),
            ("notgoogle.com", None),
            ("mx.example.jp", None),
        ];
        for (host, expected) in cases {
            assert_eq!(providers.for_mx(host).map(|provider| &*provider.id), expected, "{host}");
        }
    }
}
