//! Which provider an account belongs to, and how surely.
//!
//! The address says one thing, each host may say another, and the two are kept apart: a company domain hosted at Google is
//! judged by Google's facts, an address at one provider with a server of another is judged server by server.

use super::{Provider, Providers, embedded};
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

    fn match_server<'a>(&'a self, server: &Server, by_address: Option<&'a Provider>) -> Option<Match<'a>> {
        let host = server.host_name();
        if !server.is_public() || server.protocol.value == Protocol::Exchange {
            return None;
        }
        let mut first = None;
        for provider in self.for_host(&host) {
            if by_address.is_some_and(|by_address| std::ptr::eq(by_address, provider)) {
                return Some(self.matched(provider, MatchLevel::Certain));
            }
            let better = first.is_none_or(|known: &Provider| !known.custom_domains && provider.custom_domains);
            if better {
                first = Some(provider);
            }
        }
        match (first, by_address) {
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
