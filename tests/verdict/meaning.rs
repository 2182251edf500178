//! What a configuration means: the servers and addresses that a mail program takes from it, and whether that is right.

use std::collections::BTreeMap;

use mailcfg::account::{Authentication, Protocol, Security, Server, address_domain, local_part};
use mailcfg::document::Document;
use mailcfg::provider::{Providers, ServerSet, UsernameForm};

/// Every server of a document by the name of its host setting.
fn servers(document: &Document) -> BTreeMap<&str, &Server> {
    let all = document.accounts.iter().flat_map(|account| account.incoming.iter().chain(&account.outgoing));
    all.map(|server| (server.host.key.as_str(), server)).collect()
}

/// Each identity with its address and the key of its outgoing server.
fn identities(document: &Document) -> BTreeMap<String, (String, Option<&str>)> {
    let mut out = BTreeMap::new();
    for account in &document.accounts {
        for (index, identity) in account.identities.iter().enumerate() {
            let server =
                identity.outgoing.and_then(|at| account.outgoing.get(at)).map(|server| server.host.key.as_str());
            let place = account.incoming.as_ref().map_or("", |server| server.host.key.as_str());
            out.insert(format!("{place}/{index}"), (identity.address.value.clone(), server));
        }
    }
    out
}

/// Everything that a mail program uses of a server, in the form in which it is compared.
#[derive(Debug, PartialEq, Eq)]
struct Meaning {
    protocol: Protocol,
    host: String,
    port: i64,
    security: Security,
    way: Authentication,
    username: String,
}

fn meaning(server: &Server) -> Meaning {
    Meaning {
        protocol: server.protocol.value,
        host: server.host.value.to_ascii_lowercase(),
        port: server.port.value,
        security: server.security.value,
        way: server.authentication.value,
        // Who does not sign in has no use for a name.
        username: if server.authentication.value == Authentication::None {
            String::new()
        } else {
            server.username.value.clone()
        },
    }
}

/// Whether a document means the same as the sound one, or another official set of the same provider.
pub(super) fn is_right(sound: &Document, document: &Document, providers: &Providers) -> bool {
    let (sound_servers, servers) = (servers(sound), servers(document));
    let addresses = |document| identities(document);
    sound_servers.len() == servers.len()
        && addresses(sound) == addresses(document)
        && servers.iter().all(|(key, server)| {
            sound_servers.get(key).is_some_and(|sound_server| {
                meaning(sound_server) == meaning(server)
                    || is_offered(sound, sound_server, server, providers, Part::Whole)
            })
        })
}

/// What must fit besides the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Connection,
    Authentication,
    Username,
    Whole,
}

/// Whether the providers of the sound server offer the connection of the other one, and take `part` of it.
fn is_offered(sound: &Document, sound_server: &Server, server: &Server, providers: &Providers, part: Part) -> bool {
    let address = sound.accounts.first().and_then(|account| account.address()).map_or("", |address| &address.value);
    let domain = address_domain(address);
    let mut known = providers.for_host(&sound_server.host_name());
    known.extend(domain.as_deref().and_then(|domain| providers.for_domain(domain)));
    let takes = |set: &ServerSet| {
        let (ways, name) = (&set.authentication, &server.username.value);
        let takes_way = ways.is_empty() || ways.contains(&server.authentication.value);
        let takes_name = *name == sound_server.username.value || takes_name(set, name, address);
        match part {
            Part::Connection => true,
            Part::Authentication => takes_way,
            Part::Username => takes_name,
            Part::Whole => takes_way && takes_name,
        }
    };
    let mut sets = known.iter().flat_map(|provider| provider.servers.iter());
    sets.any(|set| set.is_usable() && set.is_for(domain.as_deref()) && connects_as(server, set) && takes(set))
}

/// A host with blanks in it is none.
fn connects_as(server: &Server, set: &ServerSet) -> bool {
    set.protocol == server.protocol.value
        && set.has_host(&server.host.value.to_ascii_lowercase())
        && i64::from(set.port) == server.port.value
        && set.security == server.security.value
}

/// Whether the set takes a name in the form of this one. Nobody can tell of a name that is issued.
fn takes_name(set: &ServerSet, name: &str, address: &str) -> bool {
    let is_of = |form: UsernameForm| match form {
        UsernameForm::FullAddress => name == address,
        UsernameForm::LocalPart => Some(name) == local_part(address),
        UsernameForm::LocalDotDomain => name == address.replace('@', "."),
        UsernameForm::IssuedId => false,
    };
    let any = [UsernameForm::FullAddress, UsernameForm::LocalPart];
    let forms = if set.username.is_empty() { &any[..] } else { &set.username[..] };
    forms.iter().copied().any(is_of)
}

/// What a safe fix must never do: give a setting that it changed a value that is neither the old right one nor, with the rest
/// of the server, one that the provider offers.
pub(super) fn wrongly_mended(
    sound: &Document,
    before: &Document,
    after: &Document,
    providers: &Providers,
) -> Option<String> {
    let (sound_servers, before_servers) = (servers(sound), servers(before));
    for (key, server) in servers(after) {
        let now = meaning(server);
        let was = before_servers.get(key).map(|server| meaning(server));
        if was.as_ref() == Some(&now) {
            continue;
        }
        let Some(sound_server) = sound_servers.get(key) else { return Some(format!("a new server {key}")) };
        let right = meaning(sound_server);
        let is_old = |same: fn(&Meaning, &Meaning) -> bool| {
            same(&now, &right) || was.as_ref().is_some_and(|was| same(&now, was))
        };
        let offers = |part| is_offered(sound, sound_server, server, providers, part);
        let is_host_old = is_old(|a, b| (a.protocol, &a.host) == (b.protocol, &b.host));
        let is_old_connection =
            is_host_old && is_old(|a, b| a.port == b.port) && is_old(|a, b| a.security == b.security);
        let is_right = (is_old_connection || offers(Part::Connection))
            && (is_old(|a, b| a.way == b.way) || offers(Part::Authentication))
            && (is_old(|a, b| a.username == b.username) || offers(Part::Username));
        if !is_right {
            return Some(format!("{now:?} instead of {right:?}"));
        }
    }
    let (sound, before) = (identities(sound), identities(before));
    let changed = identities(after)
        .into_iter()
        .find(|(key, identity)| before.get(key) != Some(identity) && sound.get(key) != Some(identity));
    changed.map(|identity| format!("{identity:?}"))
}
