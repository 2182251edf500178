//! What mail services officially offer, and which service an account belongs to.
//!
//! The facts come from `profiles/*.toml` and are embedded by the build script; lookups by domain and host are binary searches
//! in tables made then. How an account meets a provider decides how much may be said of it: see [`MatchLevel`].

mod check;
mod embedded;
#[cfg(test)]
mod json_schema;
mod matching;
mod pattern;
mod publisher;
mod reading;
mod schema;
mod username;

pub use check::{ProviderFile, check};
#[cfg(test)]
pub(crate) use json_schema::without_null;
pub use matching::{AccountMatch, Match, MatchLevel};
pub use pattern::matches_pattern;
pub use publisher::is_official;
pub use reading::read;
pub use schema::*;

use crate::account::Protocol;
use crate::finding::Message;

/// Facts older than this are said to be old, and count one step less.
pub const STALE_AFTER_MONTHS: u32 = 18;

/// All providers of a run: the company's own first, then the embedded ones.
#[derive(Clone, Debug, Default)]
pub struct Providers {
    own: Vec<Provider>,
}

impl Providers {
    /// The embedded providers alone.
    pub const fn embedded() -> Self {
        Self { own: Vec::new() }
    }

    /// With the company's own, which outrank the embedded ones.
    pub const fn with_own(own: Vec<Provider>) -> Self {
        Self { own }
    }

    /// Every provider, own ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.own.iter().chain(embedded::PROVIDERS.iter())
    }

    /// The provider with this id.
    pub fn get(&self, id: &str) -> Option<&Provider> {
        self.iter().find(|provider| provider.id == id)
    }

    /// The provider of addresses under `domain` (lower case).
    pub fn for_domain(&self, domain: &str) -> Option<&Provider> {
        let own = self.own.iter().find(|provider| provider.has_domain(domain));
        own.or_else(|| embedded::find(&embedded::DOMAINS, &embedded::DOMAIN_PATTERNS, domain).next())
    }

    /// Whether `provider` is one of the company's own.
    pub(crate) fn is_own(&self, provider: &Provider) -> bool {
        self.own.iter().any(|own| std::ptr::eq(own, provider))
    }
}

impl Note {
    /// As it was written, in the languages in which it was. An embedded one is a sentence of ours too: in any other language the
    /// catalogue has it.
    pub fn message(&self) -> Message {
        let english = match &self.en {
            Text::Borrowed(text) => Message::new(text),
            Text::Owned(text) => Message::verbatim(text.clone()),
        };
        or_in_japanese(english, self.ja.as_deref())
    }
}

fn or_in_japanese(message: Message, ja: Option<&str>) -> Message {
    match ja {
        Some(ja) => message.or_in("ja", ja.to_owned()),
        None => message,
    }
}

impl Provider {
    /// What it is called, in the languages in which it has a name.
    pub fn title(&self) -> Message {
        or_in_japanese(Message::verbatim(self.name.to_string()), self.name_ja.as_deref())
    }

    /// Every note in the file.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        let of_sets = self.servers.iter().filter_map(|set| set.note.as_ref());
        let of_hosts = self.retired_hosts.iter().filter_map(|host| host.note.as_ref());
        let of_switches = self.switches.iter().map(|switch| &switch.what);
        self.note.iter().chain(&self.password.get).chain(of_sets).chain(of_hosts).chain(of_switches)
    }

    /// Whether addresses under `domain` belong here.
    pub fn has_domain(&self, domain: &str) -> bool {
        self.domains.iter().any(|pattern| matches_pattern(pattern, domain))
    }

    /// Whether `host` is named anywhere in the file.
    pub fn names_host(&self, host: &str) -> bool {
        let servers = self.servers.iter().map(|set| &set.host);
        let retired = self.retired_hosts.iter().map(|retired| &retired.host);
        let others = self.webmail.iter().chain(self.mx_hosts.iter());
        servers.chain(retired).chain(others).any(|pattern| matches_pattern(pattern, host))
    }

    /// Where the facts are published: the most telling page.
    pub fn source(&self) -> Option<&str> {
        self.sources.first().map(AsRef::as_ref)
    }

    /// Whether this is one of a family in which nothing is swapped.
    pub fn is_sibling_of(&self, other: &Self) -> bool {
        self.siblings.contains(&other.id) || other.siblings.contains(&self.id)
    }

    /// The entry for a host that went away or never was one, for `protocol`.
    pub fn retired_host(&self, host: &str, protocol: Protocol) -> Option<&RetiredHost> {
        self.retired_hosts.iter().find(|retired| {
            matches_pattern(&retired.host, host)
                && (retired.protocols.is_empty() || retired.protocols.contains(&protocol))
        })
    }
}

impl ServerSet {
    /// Whether a mailbox set up like this is right.
    pub const fn is_usable(&self) -> bool {
        matches!(self.status, Status::Preferred | Status::Accepted)
    }

    /// Whether it holds for addresses under `domain`; yes where nothing says no.
    pub fn is_for(&self, domain: Option<&str>) -> bool {
        self.domains.is_empty()
            || domain.is_none_or(|domain| self.domains.iter().any(|pattern| matches_pattern(pattern, domain)))
    }

    /// Whether `host` (lower case) is this set's.
    pub fn has_host(&self, host: &str) -> bool {
        matches_pattern(&self.host, host)
    }

    /// How sure this set is.
    pub fn grade(&self, provider: &Provider) -> Grade {
        self.confidence.unwrap_or(provider.confidence)
    }

    /// Where this set is published.
    pub fn source<'a>(&'a self, provider: &'a Provider) -> Option<&'a str> {
        self.sources.first().map(AsRef::as_ref).or_else(|| provider.source())
    }
}
