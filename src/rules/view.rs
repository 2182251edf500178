//! What a rule sees: one document, its accounts matched to providers, and the other documents of the run.
//!
//! Here stands the policy on how much may be said ([`ServerView::graded`]) and how a server is mended as a whole
//! ([`ServerView::mend`]), so that no rule decides it alone.

use super::Demands;
use super::hosts::shown;
use super::run::Run;
use crate::account::{Account, Authentication, Security, Server, Setting, address_domain};
use crate::date::Date;
use crate::document::{Document, Observation, Seen};
use crate::finding::{Change, Confidence, Finding, Message, Severity, Value};
use crate::message;
use crate::provider::{
    AccountMatch, Grade, Match, MatchLevel, Oauth, Provider, Providers, STALE_AFTER_MONTHS, ServerSet, Status,
};

/// One document in the sight of a rule.
#[derive(Debug)]
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// All documents of the run, this one among them.
    pub run: &'a Run<'a>,
    /// Which of them this is.
    pub index: usize,
    /// Every provider.
    pub providers: &'a Providers,
    /// For each account, whose it is.
    pub matches: Vec<AccountMatch<'a>>,
    /// The day of the run.
    pub today: Date,
    /// What the company asks for.
    pub demands: &'a Demands,
}

static NO_DEMANDS: Demands = Demands::NONE;

impl<'a> Context<'a> {
    /// Looks at document `index` of `run`.
    pub fn new(run: &'a Run<'a>, index: usize, providers: &'a Providers, today: Date) -> Self {
        Self::of(&run.documents()[index], run, index, providers, today)
    }

    /// Looks at `document`, a later state of document `index` of `run`.
    pub fn of(document: &'a Document, run: &'a Run<'a>, index: usize, providers: &'a Providers, today: Date) -> Self {
        let matches = document.accounts.iter().map(|account| providers.match_account(account)).collect();
        Self { document, run, index, providers, matches, today, demands: &NO_DEMANDS }
    }

    /// The same under what a company asks for.
    #[must_use]
    pub fn under(self, demands: &'a Demands) -> Self {
        Self { demands, ..self }
    }

    /// Each account with what is known of its provider.
    pub fn accounts(&self) -> impl Iterator<Item = (&'a Account, &AccountMatch<'a>)> {
        self.document.accounts.iter().zip(&self.matches)
    }

    /// Every server of every account, incoming before outgoing.
    pub fn servers(&self) -> Vec<ServerView<'a>> {
        let mut views = Vec::new();
        for (account, matched) in self.document.accounts.iter().zip(&self.matches) {
            let view = |server, address, matched| ServerView {
                account,
                server,
                address,
                matched,
                document: self.document,
                today: self.today,
            };
            if let Some(server) = &account.incoming {
                views.push(view(server, account.address(), matched.incoming));
            }
            for (index, server) in account.outgoing.iter().enumerate() {
                views.push(view(server, account.address_for_outgoing(index), matched.outgoing[index]));
            }
        }
        views
    }

    /// The servers that rules about hosts, ports and encryption may judge: no bridges, no private hosts, no Exchange, nothing
    /// that the company's own provider file allows.
    pub fn public_servers(&self) -> Vec<ServerView<'a>> {
        self.servers().into_iter().filter(|view| view.server.is_public() && !self.is_allowed(view)).collect()
    }

    /// Whether the company says that this server is right, whatever the provider's facts are.
    pub fn is_allowed(&self, view: &ServerView<'_>) -> bool {
        let host = view.server.host_name();
        self.demands.allows(&host) || view.address.is_some_and(|address| self.providers.allows(&address.value, &host))
    }

    /// What the adapter saw.
    pub fn observations(&self) -> impl Iterator<Item = &'a Observation> {
        self.document.observations.iter()
    }

    /// The other documents among these, with their index.
    pub(super) fn others<'b>(&self, indices: &'b [usize]) -> impl Iterator<Item = (usize, &'a Document)> + use<'a, 'b> {
        let (own, documents) = (self.index, self.run.documents());
        indices.iter().copied().filter(move |index| *index != own).map(|index| (index, &documents[index]))
    }

    /// The server that a key is a setting of.
    pub fn server_of(&self, key: &str) -> Option<ServerView<'a>> {
        self.servers().into_iter().find(|view| view.has_setting(key))
    }

    /// Whether the file is damaged so that what seems to be missing may be there.
    pub fn loses_settings(&self) -> bool {
        self.document.refused
            || self.observations().any(|seen| matches!(&seen.seen, Seen::Unparseable { lost, .. } if !lost.is_empty()))
    }
}

/// One server of one account, with what its provider offers.
#[derive(Clone, Copy, Debug)]
pub struct ServerView<'a> {
    /// The document it stands in.
    pub document: &'a Document,
    /// The account that uses it.
    pub account: &'a Account,
    /// The server.
    pub server: &'a Server,
    /// The address it is used for.
    pub address: Option<&'a Setting<String>>,
    /// Whose facts hold for it.
    pub matched: Option<Match<'a>>,
    /// The day of the run.
    pub today: Date,
}

impl<'a> ServerView<'a> {
    /// The provider, if one was found.
    pub fn provider(&self) -> Option<&'a Provider> {
        self.matched.map(|matched| matched.provider)
    }

    /// What the provider is called; nothing where none was found.
    pub fn provider_title(&self) -> Message {
        self.provider().map_or_else(|| Message::new(""), Provider::title)
    }

    /// Whether the provider's facts hold in full: the host is known to be its.
    pub fn is_at_provider(&self) -> bool {
        self.matched.is_some_and(|matched| matched.level != MatchLevel::Address)
    }

    /// The domain of the address, in lower case.
    pub fn domain(&self) -> Option<String> {
        self.address.and_then(|address| address_domain(&address.value))
    }

    /// Whether a mail program fetches mail from it.
    pub fn is_incoming(&self) -> bool {
        self.server.protocol.value.is_access()
    }

    /// The sets that are right for this server's protocol and address.
    pub fn usable_sets(&self) -> Vec<&'a ServerSet> {
        let domain = self.domain();
        let Some(provider) = self.provider() else { return Vec::new() };
        let protocol = self.server.protocol.value;
        provider
            .servers
            .iter()
            .filter(|set| set.protocol == protocol && set.is_usable() && set.is_for(domain.as_deref()))
            .collect()
    }

    /// The set this server is set up as, whatever its status.
    pub fn current_set(&self) -> Option<&'a ServerSet> {
        let host = self.server.host_name();
        let fits = |set: &&ServerSet| {
            set.protocol == self.server.protocol.value
                && set.has_host(&host)
                && i64::from(set.port) == self.server.port.value
                && set.security == self.server.security.value
        };
        let sets = self.provider()?.servers.iter();
        sets.filter(fits).min_by_key(|set| set.status)
    }

    /// Whether host, port and security are what the provider offers.
    pub fn is_official(&self) -> bool {
        self.current_set().is_some_and(ServerSet::is_usable)
    }

    /// The right set nearest to what the account already uses: the host weighs most, then the port, then the security.
    /// A pattern is no target unless the host already fits it.
    pub fn nearest_set(&self) -> Option<&'a ServerSet> {
        self.nearest_set_for(&self.server.host_name())
    }

    /// As [`Self::nearest_set`], as if the server's host were `host`.
    pub fn nearest_set_for(&self, host: &str) -> Option<&'a ServerSet> {
        self.nearest_set_where(host, |_| true)
    }

    /// As [`Self::nearest_set`], among the sets that encrypt.
    pub fn nearest_encrypted_set(&self) -> Option<&'a ServerSet> {
        self.nearest_set_where(&self.server.host_name(), |set| set.security != Security::None)
    }

    fn nearest_set_where(&self, host: &str, wanted: impl Fn(&ServerSet) -> bool) -> Option<&'a ServerSet> {
        let provider = self.provider()?;
        let sets = self.usable_sets().into_iter().filter(|set| wanted(set));
        sets.filter(|set| set.has_host(host) || !set.host.contains('*')).min_by_key(|set| {
            let host_cost = if set.has_host(host) { 0 } else { 16 };
            let grade_cost = if set.grade(provider) == Grade::Low { 8 } else { 0 };
            let port_cost = if i64::from(set.port) == self.server.port.value { 0 } else { 3 };
            let security_cost = if set.security == self.server.security.value { 0 } else { 2 };
            host_cost + grade_cost + port_cost + security_cost + i32::from(set.status != Status::Preferred)
        })
    }

    /// The official set of another protocol by which mail is fetched, with this very host, port and security, where the host does
    /// not speak the account's own: then the protocol is what does not fit.
    pub fn set_of_other_protocol(&self) -> Option<&'a ServerSet> {
        let server = self.server;
        let host = server.host_name();
        let fits = |set: &&ServerSet| {
            set.protocol != server.protocol.value
                && set.protocol.is_access()
                && set.is_usable()
                && set.has_host(&host)
                && i64::from(set.port) == server.port.value
                && set.security == server.security.value
        };
        let serves_both = self.usable_sets().iter().any(|set| set.has_host(&host));
        let is_judged = self.is_incoming() && self.is_at_provider() && !serves_both;
        self.provider().filter(|_| is_judged)?.servers.iter().find(fits)
    }

    /// Whether the host is right for some of the provider's domains: which mailbox goes through it is not for us to say.
    pub fn has_right_host(&self) -> bool {
        let (host, protocol) = (self.server.host_name(), self.server.protocol.value);
        let mut sets = self.provider().into_iter().flat_map(|provider| provider.servers.iter());
        sets.any(|set| set.protocol == protocol && set.is_usable() && set.has_host(&host))
    }

    /// Everything that must change so that this server is `set`. Values that already fit are left alone.
    pub fn mend(&self, set: &ServerSet) -> Vec<Change> {
        let server = self.server;
        let mut changes = Vec::new();
        let trimmed = server.host.value.trim();
        let host = if set.has_host(&server.host_name()) { trimmed } else { &*set.host };
        if host != server.host.value {
            changes.push(change(&server.host, shown(&server.host.value), Value::Text(host.to_owned())));
        }
        if server.port.value != i64::from(set.port) {
            changes.push(change(&server.port, server.port.value, Value::Number(i64::from(set.port))));
        }
        if server.security.value != set.security && !self.is_implied(set.security) {
            changes.push(change(&server.security, server.security.value.name(), Value::Security(set.security)));
        }
        if let Some(authentication) = self.better_authentication(set) {
            changes.push(change(
                &server.authentication,
                server.authentication.value.name(),
                Value::Authentication(authentication),
            ));
        }
        changes
    }

    /// Whether one switch means both kinds of encryption in this format, so that only "off" can be wrong, or no word at all.
    pub fn has_one_switch(&self) -> bool {
        matches!(self.document.client, "mobileconfig" | "apple-mail" | "declaration")
    }

    /// Whether the kind of encryption follows from the port, because there is one switch and it is on and stays so.
    fn is_implied(&self, security: Security) -> bool {
        let is_by_port = matches!(self.document.client, "mobileconfig" | "declaration");
        is_by_port && self.server.security.value != Security::None && security != Security::None
    }

    /// What to authenticate with where the present way is not offered: OAuth if the client can do it here, else the first the
    /// set names that the client has.
    fn better_authentication(&self, set: &ServerSet) -> Option<Authentication> {
        let current = self.server.authentication.value;
        if set.authentication.is_empty() || set.authentication.contains(&current) {
            return None;
        }
        // A password that is hashed stays so where the line is not encrypted.
        if set.security == Security::None && !current.sends_password() && current != Authentication::None {
            return None;
        }
        let can = |way: &&Authentication| **way != Authentication::Oauth2 || self.document.oauth.covers(&set.host);
        set.authentication.iter().find(can).copied()
    }

    /// How bad and how sure a contradiction to the provider's facts is: `severity` at its worst, less where the host is not the
    /// provider's, the fact is thin or old, or the client adjusts itself.
    pub fn graded(&self, severity: Severity, set: Option<&ServerSet>) -> (Severity, Confidence) {
        let Some(matched) = self.matched else { return (severity, Confidence::High) };
        let grade = set.map_or(matched.provider.confidence, |set| set.grade(matched.provider));
        self.graded_by(severity, grade)
    }

    /// As [`Self::graded`], with the grade of the fact given.
    pub fn graded_by(&self, severity: Severity, grade: Grade) -> (Severity, Confidence) {
        let mut doubts = u8::from(grade == Grade::Low);
        if let Some(matched) = self.matched {
            let stale = matched.provider.checked.months_until(self.today) >= STALE_AFTER_MONTHS;
            doubts += u8::from(stale && matched.level != MatchLevel::Policy);
            doubts += u8::from(matched.level == MatchLevel::Address);
        }
        let severity = (0..doubts).fold(severity, |severity, _| severity.lowered());
        let confidence = if doubts == 0 { Confidence::High } else { Confidence::Medium };
        self.capped(severity, confidence)
    }

    /// The milder severity for clients that adjust their settings themselves.
    pub fn capped(&self, severity: Severity, confidence: Confidence) -> (Severity, Confidence) {
        let ceiling = if self.account.self_adjusting { Severity::Warning } else { Severity::Error };
        (severity.min(ceiling), confidence)
    }

    /// Completes a finding with the account and the page where the right value is published. Of a host that is not the provider's
    /// its pages say nothing.
    pub fn finish(&self, finding: Finding, set: Option<&ServerSet>, graded: (Severity, Confidence)) -> Finding {
        let of_provider = |provider: &'a Provider| provider.source().filter(|_| self.is_at_provider());
        let url =
            self.provider().and_then(|provider| set.map_or_else(|| of_provider(provider), |set| set.source(provider)));
        finding.on(&self.account.id).published(url).graded(graded.0, graded.1)
    }

    /// What the provider publishes for this server and what must change for it, if the host is known to be the provider's and
    /// the connection will be encrypted.
    pub fn official_mend(&self) -> Option<(&'a ServerSet, Vec<Change>)> {
        let set = self.nearest_set().filter(|set| self.is_at_provider() && set.security != Security::None)?;
        Some((set, self.mend(set))).filter(|(_, changes)| !changes.is_empty())
    }

    /// Whether `key` is the name of one of its settings.
    pub fn has_setting(&self, key: &str) -> bool {
        let server = self.server;
        let others = [&server.host.key, &server.port.key, &server.security.key, &server.authentication.key];
        others.into_iter().chain([&server.protocol.key, &server.username.key]).any(|name| name == key)
    }

    /// How bad it is that the client cannot use what is written at `key`, one of this server's settings: what it falls back to
    /// may work. `meant` is what was surely meant.
    pub fn severity_of_unusable(&self, key: &str, meant: Option<&Value>) -> Severity {
        let server = self.server;
        let harmless = if key == server.security.key {
            !server.is_public()
        } else if key == server.authentication.key {
            server.authentication.value == Authentication::Any || !server.is_public()
        } else {
            false
        };
        if harmless || meant.is_some_and(|meant| self.uses(key, meant)) { Severity::Warning } else { Severity::Error }
    }

    /// Whether `value` is in force at `key` already, in whatever form it is written.
    pub fn uses(&self, key: &str, value: &Value) -> bool {
        let server = self.server;
        match value {
            Value::Number(number) => key == server.port.key && *number == server.port.value,
            Value::Flag(flag) => key == server.security.key && *flag == (server.security.value != Security::None),
            _ => false,
        }
    }

    /// "IMAP server", "outgoing server (SMTP)": how messages call it.
    pub const fn role(&self) -> Message {
        self.server.protocol.value.role()
    }

    /// The set this server is set up as, whatever its status, else the one nearest to it.
    pub fn set_in_use(&self) -> Option<&'a ServerSet> {
        self.current_set().or_else(|| self.nearest_set())
    }

    /// The set to mend it by: the one in use where that is right, else the nearest.
    pub fn target_set(&self) -> Option<&'a ServerSet> {
        self.current_set().filter(|set| set.is_usable()).or_else(|| self.nearest_set())
    }

    /// Whether the provider takes no password of any kind here, though the account would send one.
    pub fn is_password_retired(&self) -> bool {
        use Authentication::{Any, Encrypted, Ntlm, Oauth2, Password};
        let sends_one = matches!(self.server.authentication.value, Password | Encrypted | Ntlm | Any);
        let Some(provider) = self.provider().filter(|_| sends_one && self.is_at_provider()) else { return false };
        let has_begun = provider.password.login_refused_since.is_none_or(|since| since <= self.today);
        let only_oauth = match self.set_in_use() {
            Some(set) if !set.authentication.is_empty() => set.authentication.iter().all(|way| *way == Oauth2),
            _ => provider.password.oauth == Oauth::Required,
        };
        has_begun && only_oauth
    }

    /// What [`Self::mend`] would authenticate with where the present way is not offered, and whether nothing else comes into
    /// question: the set and the client have only this in common, or the account fetches its mail with it already.
    pub fn better_way(&self, set: &ServerSet) -> Option<(Authentication, bool)> {
        let way = self.better_authentication(set)?;
        let can = |way: &&Authentication| **way != Authentication::Oauth2 || self.document.oauth.covers(&set.host);
        let only = set.authentication.iter().filter(can).count() == 1;
        let incoming = self.account.incoming.as_ref().filter(|_| !self.is_incoming());
        Some((way, only || incoming.is_some_and(|incoming| incoming.authentication.value == way)))
    }
}

/// A change of `setting` from what it is.
pub(crate) fn change<T>(setting: &Setting<T>, from: impl std::fmt::Display, to: Value) -> Change {
    Change { key: setting.key.clone(), from: from.to_string(), to }
}

/// A change of what an adapter saw.
pub(crate) fn change_of(observation: &Observation, from: impl std::fmt::Display, to: &Value) -> Change {
    Change { key: observation.key.clone(), from: from.to_string(), to: to.clone() }
}

/// The first names of a list, and how many more there are; a file that sets everything is known to its owner.
pub(crate) fn some_of(names: &[&str]) -> Vec<String> {
    const SHOWN: usize = 5;
    let rest = names.len().saturating_sub(SHOWN);
    let more = (rest > 0).then(|| format!("… (+{rest})"));
    names.iter().take(SHOWN).map(|name| (*name).to_owned()).chain(more).collect()
}

/// "993 with SSL/TLS".
pub(crate) fn pair(port: impl std::fmt::Display, security: Security) -> Message {
    match security {
        Security::None => message!("{port} without encryption", port = port),
        Security::StartTls | Security::Tls => {
            message!("{port} with {security}", port = port, security = security.name())
        }
    }
}
