//! Writes providers out as Rust constants, for the build script alone.
//!
//! Lists become statics of their own, because a `Cow` may borrow a static but a temporary in it would not live long enough.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::date::Date;
use super::schema::{Note, Password, Provider, RetiredHost, ServerSet, Switch, Text};

/// The whole generated file: `PROVIDERS`, `DOMAINS`, `DOMAIN_PATTERNS`, `HOSTS`, `HOST_PATTERNS`.
pub(crate) fn render(providers: &[Provider]) -> String {
    let mut out = String::new();
    let mut list = String::new();
    for (index, provider) in providers.iter().enumerate() {
        let lists = Lists { out: &mut out, prefix: format!("P{index}") };
        list.push_str(&provider_literal(provider, lists));
        list.push_str(",\n");
    }
    let _ = writeln!(out, "pub(super) static PROVIDERS: [Provider; {}] = [\n{list}];", providers.len());
    render_index(&mut out, "DOMAIN", providers, |provider| provider.domains.iter().collect());
    render_index(&mut out, "HOST", providers, hosts);
    out
}

fn hosts(provider: &Provider) -> Vec<&Text> {
    let servers = provider.servers.iter().map(|set| &set.host);
    let retired = provider.retired_hosts.iter().map(|host| &host.host);
    servers.chain(retired).chain(provider.webmail.iter()).chain(provider.mx_hosts.iter()).collect()
}

fn render_index(out: &mut String, name: &str, providers: &[Provider], names: impl Fn(&Provider) -> Vec<&Text>) {
    let (mut exact, mut patterns) = (BTreeMap::<&str, Vec<usize>>::new(), Vec::new());
    for (index, provider) in providers.iter().enumerate() {
        for text in names(provider) {
            let of_name = if text.contains('*') {
                patterns.push((text.as_ref(), index));
                continue;
            } else {
                exact.entry(text).or_default()
            };
            if of_name.last() != Some(&index) {
                of_name.push(index);
            }
        }
    }
    patterns.sort_unstable();
    patterns.dedup();
    let _ = writeln!(out, "pub(super) static {name}S: [(&str, &[usize]); {}] = {:?};", exact.len(), Tuples(&exact));
    let _ = writeln!(out, "pub(super) static {name}_PATTERNS: [(&str, usize); {}] = {patterns:?};", patterns.len());
}

struct Tuples<'a>(&'a BTreeMap<&'a str, Vec<usize>>);

impl std::fmt::Debug for Tuples<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[")?;
        for (name, indices) in self.0 {
            writeln!(f, "({name:?}, &{indices:?}),")?;
        }
        f.write_str("]")
    }
}

/// Collects the statics of one provider.
struct Lists<'a> {
    out: &'a mut String,
    prefix: String,
}

impl Lists<'_> {
    /// Declares a static list and gives the expression that borrows it.
    fn add<T>(
        &mut self,
        name: &str,
        kind: &str,
        items: &[T],
        mut literal: impl FnMut(&T, &mut Self) -> String,
    ) -> String {
        if items.is_empty() {
            return "Cow::Borrowed(&[])".to_owned();
        }
        let items: Vec<String> = items.iter().map(|item| literal(item, self)).collect();
        let name = format!("{}_{name}", self.prefix);
        let _ = writeln!(self.out, "static {name}: [{kind}; {}] = [{}];", items.len(), items.join(", "));
        format!("Cow::Borrowed(&{name})")
    }

    fn texts(&mut self, name: &str, items: &[Text]) -> String {
        self.add(name, "Text", items, |item, _| text(item))
    }
}

fn provider_literal(provider: &Provider, mut lists: Lists<'_>) -> String {
    let p = provider;
    let servers = numbered(&mut lists, "SERVERS", "ServerSet", &p.servers, server);
    let retired = numbered(&mut lists, "RETIRED", "RetiredHost", &p.retired_hosts, retired_host);
    let switches = numbered(&mut lists, "SWITCHES", "Switch", &p.switches, switch);
    format!(
        "Provider {{ id: {}, name: {}, name_ja: {}, domains: {}, custom_domains: {}, mx: {}, webmail: {}, mx_hosts: {}, \
         allowed_hosts: {}, siblings: {}, ended: {}, access: Access::{:?}, own_smtp_required: {}, not_offered: {}, checked: {}, \
         confidence: Grade::{:?}, sources: {}, note: {}, password: {}, switches: {switches}, servers: {servers}, retired_hosts: {retired} }}",
        text(&p.id),
        text(&p.name),
        option(p.name_ja.as_ref(), text),
        lists.texts("DOMAINS", &p.domains),
        p.custom_domains,
        lists.texts("MX", &p.mx),
        lists.texts("WEBMAIL", &p.webmail),
        lists.texts("MX_HOSTS", &p.mx_hosts),
        lists.texts("ALLOWED_HOSTS", &p.allowed_hosts),
        lists.texts("SIBLINGS", &p.siblings),
        option(p.ended.as_ref(), date),
        p.access,
        p.own_smtp_required,
        lists.add("NOT_OFFERED", "Protocol", &p.not_offered, |item, _| format!("Protocol::{item:?}")),
        date(&p.checked),
        p.confidence,
        lists.texts("SOURCES", &p.sources),
        option(p.note.as_ref(), note),
        password(&p.password, &mut lists),
    )
}

/// A list whose items have lists of their own: each item gets its number into the names of its statics.
fn numbered<T>(
    lists: &mut Lists<'_>,
    name: &str,
    kind: &str,
    items: &[T],
    literal: impl Fn(&T, &mut Lists<'_>) -> String,
) -> String {
    let prefix = lists.prefix.clone();
    let mut index = 0;
    let expression = lists.add(name, kind, items, |item, lists| {
        lists.prefix = format!("{prefix}_{name}{index}");
        index += 1;
        let literal = literal(item, lists);
        lists.prefix.clone_from(&prefix);
        literal
    });
    lists.prefix = prefix;
    expression
}

fn server(set: &ServerSet, lists: &mut Lists<'_>) -> String {
    format!(
        "ServerSet {{ protocol: Protocol::{:?}, host: {}, port: {}, security: Security::{:?}, status: Status::{:?}, \
         authentication: {}, username: {}, domains: {}, since: {}, until: {}, confidence: {}, sources: {}, note: {} }}",
        set.protocol,
        text(&set.host),
        set.port,
        set.security,
        set.status,
        lists.add("AUTH", "Authentication", &set.authentication, |item, _| format!("Authentication::{item:?}")),
        lists.add("USER", "UsernameForm", &set.username, |item, _| format!("UsernameForm::{item:?}")),
        lists.texts("DOMAINS", &set.domains),
        option(set.since.as_ref(), date),
        option(set.until.as_ref(), date),
        option(set.confidence.as_ref(), |grade| format!("Grade::{grade:?}")),
        lists.texts("SOURCES", &set.sources),
        option(set.note.as_ref(), note),
    )
}

fn retired_host(host: &RetiredHost, lists: &mut Lists<'_>) -> String {
    format!(
        "RetiredHost {{ host: {}, protocols: {}, status: Status::{:?}, until: {}, successor: {}, same_login: {}, \
         confidence: {}, sources: {}, note: {} }}",
        text(&host.host),
        lists.add("PROTOCOLS", "Protocol", &host.protocols, |item, _| format!("Protocol::{item:?}")),
        host.status,
        option(host.until.as_ref(), date),
        option(host.successor.as_ref(), text),
        host.same_login,
        option(host.confidence.as_ref(), |grade| format!("Grade::{grade:?}")),
        lists.texts("SOURCES", &host.sources),
        option(host.note.as_ref(), note),
    )
}

fn switch(switch: &Switch, lists: &mut Lists<'_>) -> String {
    format!(
        "Switch {{ protocols: {}, what: {}, url: {} }}",
        lists.add("PROTOCOLS", "Protocol", &switch.protocols, |item, _| format!("Protocol::{item:?}")),
        note(&switch.what),
        option(switch.url.as_ref(), text),
    )
}

fn password(password: &Password, lists: &mut Lists<'_>) -> String {
    format!(
        "Password {{ kind: PasswordKind::{:?}, kind_with_two_factor: {}, oauth: Oauth::{:?}, login_refused_since: {}, \
         needs_two_factor: {}, get: {}, url: {}, shown_again: Answer::{:?}, reissue: {}, confidence: {}, sources: {} }}",
        password.kind,
        option(password.kind_with_two_factor.as_ref(), |kind| format!("PasswordKind::{kind:?}")),
        password.oauth,
        option(password.login_refused_since.as_ref(), date),
        password.needs_two_factor,
        option(password.get.as_ref(), note),
        option(password.url.as_ref(), text),
        password.shown_again,
        option(password.reissue.as_ref(), note),
        option(password.confidence.as_ref(), |grade| format!("Grade::{grade:?}")),
        lists.texts("PASSWORD_SOURCES", &password.sources),
    )
}

fn note(note: &Note) -> String {
    format!("Note {{ en: {}, ja: {} }}", text(&note.en), option(note.ja.as_ref(), text))
}

fn date(date: &Date) -> String {
    format!("Date::new({}, {}, {})", date.year, date.month, date.day)
}

fn text(text: &Text) -> String {
    format!("Cow::Borrowed({text:?})")
}

fn option<T>(value: Option<&T>, literal: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({})", literal(value)))
}
