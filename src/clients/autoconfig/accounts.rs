//! From servers to accounts: one for each way to fetch mail, with the servers for handing it in.

use super::element::{Provider, Server, place, place_of};
use super::words::{Kind, taken};
use super::{OAUTH, placeholder};
use crate::account::{self, Account, Authentication, Identity, Protocol, Security, Setting};
use crate::document::StandIn;

/// The accounts that the file makes, and the values in them that stand in for placeholders.
pub(super) fn read(providers: &[Provider<'_>]) -> (Vec<Account>, Vec<StandIn>) {
    let (mut accounts, mut stand_ins) = (Vec::new(), Vec::new());
    for provider in providers {
        of_provider(provider, &mut accounts);
        stand_ins.extend(own_stand_ins(provider));
        stand_ins.extend(placeholder::stand_ins(&provider.sample_domain()));
    }
    stand_ins.sort_by_key(|one: &StandIn| std::cmp::Reverse(one.value.len()));
    stand_ins.dedup();
    (accounts, stand_ins)
}

/// Hosts and user names in which a domain stands in for its placeholder.
fn own_stand_ins(provider: &Provider<'_>) -> Vec<StandIn> {
    let domain = provider.sample_domain();
    let texts = provider.servers.iter().flat_map(|server| [Some(server.host()), server.text("username")]);
    let texts = texts.flatten().filter(|text| text.contains("%EMAILDOMAIN%"));
    let one = |text: &str| {
        let value = placeholder::expand(text, &domain);
        StandIn { value, written: text.to_owned(), whole_only: true }
    };
    // A domain alone is a value of its own: it is in the list of domains too.
    texts.map(one).filter(|one| one.value != domain).collect()
}

fn of_provider(provider: &Provider<'_>, accounts: &mut Vec<Account>) {
    let domain = provider.sample_domain();
    let outgoing: Vec<account::Server> =
        provider.outgoing().map(|server| mail(server, Protocol::Smtp, &domain)).collect();
    let before = accounts.len();
    for server in provider.incoming() {
        let (incoming, outgoing) = match server.kind() {
            Some(Kind::Mail(protocol)) => (mail(server, protocol, &domain), outgoing.clone()),
            Some(Kind::Exchange) => (exchange(server, &domain), Vec::new()),
            Some(Kind::Other) | None => continue,
        };
        let id = unique(&id(provider, server), accounts);
        accounts.push(account(provider, id, Some(incoming), outgoing));
    }
    if accounts.len() == before && !outgoing.is_empty() {
        let id = unique(&format!("{}/smtp", name(provider)), accounts);
        accounts.push(account(provider, id, None, outgoing));
    }
}

fn account(
    provider: &Provider<'_>,
    id: String,
    incoming: Option<account::Server>,
    outgoing: Vec<account::Server>,
) -> Account {
    let first = provider.element.child("domain");
    let near = first.map_or_else(|| place(provider.element.opening), place_of);
    let address = placeholder::sample(&provider.sample_domain());
    let identity = Identity {
        id: "sample".to_owned(),
        address: Setting::default(format!("{}.domain[0]", provider.key), address, Some(near)),
        outgoing: (!outgoing.is_empty()).then_some(0),
    };
    Account { id, identities: vec![identity], incoming, outgoing, self_adjusting: false }
}

/// `example.jp/imap`: what people would call it.
fn id(provider: &Provider<'_>, server: &Server<'_>) -> String {
    let written = server.element.attribute("type").map_or("mail", |kind| kind.value.trim());
    format!("{}/{}", name(provider), written.to_ascii_lowercase())
}

fn name(provider: &Provider<'_>) -> String {
    let id = provider.element.attribute("id").map(|id| id.value.trim()).filter(|id| !id.is_empty());
    id.map_or_else(|| provider.key.clone(), str::to_owned)
}

fn unique(id: &str, accounts: &[Account]) -> String {
    let is_free = |id: &str| !accounts.iter().any(|account| account.id == id);
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| is_free(id)).unwrap_or_default()
}

/// A server of the public mail system. What is absent or unusable takes the value that goes with the rest: rules need not say
/// twice what the survey says.
fn mail(server: &Server<'_>, protocol: Protocol, domain: &str) -> account::Server {
    let security = server.security();
    let assumed = server.security_by_port().unwrap_or(Security::Tls);
    let port = i64::from(protocol.default_port(security.unwrap_or(assumed)));
    build(server, protocol, domain, security.unwrap_or(assumed), port)
}

/// Exchange: where there is no host, that of the web address.
fn exchange(server: &Server<'_>, domain: &str) -> account::Server {
    build(server, Protocol::Exchange, domain, Security::Tls, 443)
}

fn build(server: &Server<'_>, protocol: Protocol, domain: &str, security: Security, port: i64) -> account::Server {
    let kind = server.element.attribute("type");
    let kind_place = kind.map_or_else(|| place(server.element.opening), |kind| place(kind.value_span));
    let expand = |text: &str| placeholder::expand(text, domain);
    let host = setting(server, "hostname", expand(server.host()));
    let ways = server.texts("authentication");
    let ways: Vec<&str> = ways.iter().map(|way| way.trim()).collect();
    let authentication = taken(&ways, &host.value.to_ascii_lowercase(), OAUTH);
    account::Server {
        id: server.key.rsplit('.').next().unwrap_or_default().to_owned(),
        protocol: match kind {
            Some(_) => Setting::written(server.part("type"), protocol, kind_place),
            None => Setting::default(server.part("type"), protocol, Some(kind_place)),
        },
        host: if protocol == Protocol::Exchange && host.value.is_empty() { web_host(server) } else { host },
        port: setting(server, "port", server.port().unwrap_or(port)),
        security: setting(server, "socketType", security),
        authentication: setting_at(
            server,
            "authentication",
            authentication.map_or(0, |(at, _)| at),
            authentication.map_or(Authentication::Password, |(_, way)| way),
        ),
        username: setting(server, "username", expand(server.text("username").unwrap_or_default())),
    }
}

/// A value that counts as written where the element is there, whatever is in it.
fn setting<T>(server: &Server<'_>, name: &str, value: T) -> Setting<T> {
    setting_at(server, name, 0, value)
}

fn setting_at<T>(server: &Server<'_>, name: &str, index: usize, value: T) -> Setting<T> {
    match server.element.all(name).nth(index) {
        Some(element) => Setting::written(server.part(name), value, place_of(element)),
        None => Setting::default(server.part(name), value, Some(server.near())),
    }
}

/// The host of an Exchange server's web address.
fn web_host(server: &Server<'_>) -> Setting<String> {
    let found = ["url", "ewsURL", "owaURL", "easURL"].into_iter().find_map(|name| server.element.child(name));
    let Some(element) = found else { return setting(server, "hostname", String::new()) };
    let address = element.text.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    Setting::written(server.part(&element.name), host.to_owned(), place_of(element))
}
