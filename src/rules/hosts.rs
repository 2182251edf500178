//! How a host is written, and which host is meant by it.
//!
//! A damaged host name is damaged in one way: every rule about hosts asks here, so that one slip is reported once, and rules
//! about ports and encryption learn here whether there is a host to judge at all.

use std::net::Ipv6Addr;

use unicode_normalization::UnicodeNormalization;

use super::view::{change, pair};
use super::{Context, ServerView, not_a_mail_server};
use crate::account::{Authentication, Protocol, Reach, Server, host_reach};
use crate::document::Seen;
use crate::finding::{Applicability, Change, Confidence, MASK, Message, Severity, Value};
use crate::message;
use crate::provider::{Match, MatchLevel, Provider, ServerSet};

/// What is wrong with the writing of a host; the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// There is nothing but white space.
    Missing,
    /// A placeholder stands where the host should be.
    Template,
    /// A web address: scheme or path.
    Url,
    /// A mail address.
    Address,
    /// `host:port`.
    Port,
    /// An IPv6 address, with brackets or without.
    Literal,
    /// Letters of an East Asian input method.
    FullWidth,
    /// Blanks, line ends and signs without width.
    Blank,
    /// Nothing is wrong with the writing.
    Plain,
}

/// A host as it is written and as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// What is wrong with it.
    pub(super) form: Form,
    /// The host that is meant, in its own case; empty where that cannot be told.
    pub(super) host: String,
    /// The port that is written into it.
    pub(super) port: Option<u16>,
}

impl Written {
    const fn new(form: Form) -> Self {
        Self { form, host: String::new(), port: None }
    }
}

/// Reads a host as written.
pub(super) fn read(value: &str) -> Written {
    let visible: String = value.chars().filter(|c| !is_blank(*c)).collect();
    let text = narrow(&visible);
    if text.is_empty() {
        Written::new(Form::Missing)
    } else if is_template(&text) {
        Written::new(Form::Template)
    } else if text.starts_with('[') || text.parse::<Ipv6Addr>().is_ok() {
        Written { host: text.trim_matches(['[', ']']).to_owned(), ..Written::new(Form::Literal) }
    } else if text.contains("://") || text.contains(['/', '\\']) {
        parts(Form::Url, &text)
    } else if text.contains('@') {
        parts(Form::Address, &text)
    } else if text.contains(':') {
        parts(Form::Port, &text)
    } else {
        let form = if text != visible {
            Form::FullWidth
        } else if visible != value {
            Form::Blank
        } else {
            Form::Plain
        };
        Written { host: legal(&text), ..Written::new(form) }
    }
}

/// Host and port out of an address of any kind: RFC 3986 §3.2.
fn parts(form: Form, text: &str) -> Written {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest).trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    Written { form, host: legal(host), port: port.parse().ok().filter(|port| *port != 0) }
}

/// The text if it can be a host name, else nothing.
fn legal(text: &str) -> String {
    let is_legal = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && !text.starts_with('.')
        && !text.contains("..");
    if is_legal { text.to_owned() } else { String::new() }
}

/// White space of any kind, control characters, and signs that show nothing.
pub(super) fn is_blank(c: char) -> bool {
    let shows_nothing = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    c.is_whitespace() || c.is_control() || shows_nothing
}

/// Compatibility characters as the plain ones, with the full stops and hyphens of input methods. RFC 3490 §3.1 (1), UAX 15.
fn narrow(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => '.',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    });
    plain.nfkc().collect()
}

/// `%EMAILDOMAIN%`, `{{host}}`, `${HOST}`, `<server>`, `sv****.xserver.jp`.
fn is_template(text: &str) -> bool {
    let percent = text.split_once('%').is_some_and(|(_, rest)| rest.contains('%'));
    percent || text.contains("{{") || text.contains("${") || text.contains(['<', '>', '*'])
}

/// The host for messages: what shows nothing is made visible, and a password that was pasted with it is not.
pub(super) fn shown(value: &str) -> String {
    let mut text = value.to_owned();
    if let Some(at) = text.rfind('@') {
        let start = text.find("://").map_or(0, |scheme| scheme + 3).min(at);
        if text[start..at].contains(':') {
            text.replace_range(start..at, MASK);
        }
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => out.push('\u{2423}'),
            c if is_blank(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The server's host for messages.
pub(super) fn name(view: &ServerView<'_>) -> String {
    shown(view.server.host.value.trim())
}

/// Servers whose host may be judged for its writing: none for which a placeholder was reported. Exchange may find its host by
/// itself, so that only what is written can be wrong.
pub(super) fn written<'a>(cx: &Context<'a>) -> Vec<(ServerView<'a>, Written)> {
    let views = cx.servers().into_iter().filter(|view| !is_left_to_others(cx, view));
    let views = views.map(|view| (view, read(&view.server.host.value)));
    let is_found = |view: &ServerView<'_>| view.server.protocol.value == Protocol::Exchange;
    views.filter(|(view, written)| written.form != Form::Missing || !is_found(view)).collect()
}

/// Whether the file itself has a fault here that other rules report: no key, a wrong type, a placeholder, a host given up.
fn is_left_to_others(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    cx.observations().any(|seen| {
        seen.key == view.server.host.key
            && matches!(
                seen.seen,
                Seen::MissingKey { .. } | Seen::WrongType { .. } | Seen::Variable(_) | Seen::AbandonedHost { .. }
            )
    })
}

/// Public servers whose host is written properly: those that rules about the meaning of a host judge.
pub(super) fn plain<'a>(cx: &Context<'a>) -> Vec<ServerView<'a>> {
    let views = written(cx)
        .into_iter()
        .filter(|(view, written)| written.form == Form::Plain && view.server.is_public() && !cx.is_allowed(view));
    views.map(|(view, _)| view).filter(|view| !is_reserved(&view.server.host_name())).collect()
}

/// Public servers that a program could reach once the host is written properly: those that rules about ports and encryption
/// judge. `127.0.0.1:1143` is a bridge, whatever it looks like; a host that is no mail server is the matter of another rule.
pub(super) fn reachable<'a>(cx: &Context<'a>) -> Vec<ServerView<'a>> {
    let views = written(cx).into_iter().filter(|(view, written)| {
        let meant = written.host.to_ascii_lowercase();
        let is_bridge = !meant.is_empty() && host_reach(&meant) != Reach::Public;
        view.server.is_public()
            && !is_bridge
            && written.form != Form::Missing
            && !cx.is_allowed(view)
            && !not_a_mail_server::is_one(cx, view)
    });
    views.map(|(view, _)| view).collect()
}

/// Names that RFC 2606 and RFC 6761 keep out of the public DNS.
pub(super) fn is_reserved(host: &str) -> bool {
    is_documentation(host) || host.ends_with(".invalid") || host.ends_with(".test")
}

/// Names that RFC 2606 keeps for examples.
pub(super) fn is_documentation(host: &str) -> bool {
    ["example.com", "example.net", "example.org", "example"]
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Whether `host` lies under the domain of the account's own address: then it is whatever its owner made it.
pub(super) fn is_own_domain(view: &ServerView<'_>, host: &str) -> bool {
    let Some(domain) = view.domain() else { return false };
    host.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether the host is one provider's and the address another's. Nothing is said there that would swap one for the other.
pub(super) fn is_mixed(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    let of_address = view.domain().and_then(|domain| cx.providers.for_domain(&domain));
    match (of_address, view.provider()) {
        (Some(of_address), Some(provider)) => of_address.id != provider.id,
        _ => false,
    }
}

/// Whether several providers of no one family name the host and nothing says whose the account is.
pub(super) fn is_shared(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    let Some(matched) = view.matched.filter(|matched| matched.level == MatchLevel::Host) else { return false };
    let others = cx.providers.for_host(&view.server.host_name());
    others.iter().any(|other| other.id != matched.provider.id)
}

/// The same server in the sight of somebody who knows that its host is the provider's: a typo leads to it, the facts hold.
pub(super) fn as_provider<'a>(view: &ServerView<'a>) -> ServerView<'a> {
    let matched = view.matched.map(|matched| Match { level: matched.level.max(MatchLevel::Certain), ..matched });
    ServerView { matched, ..*view }
}

/// Only the host becomes another.
pub(super) fn rename(server: &Server, host: &str) -> Change {
    change(&server.host, shown(&server.host.value), Value::Text(host.to_owned()))
}

/// Whether any provider that names `host` has it as a server for `protocol`, whatever its status.
pub(super) fn serves(cx: &Context<'_>, host: &str, protocol: Protocol) -> bool {
    let providers = cx.providers.for_host(host);
    providers.iter().any(|provider| sets_of(provider, host).any(|set| set.protocol == protocol))
}

/// Whether the server's provider offers `port` for its protocol, on this host or another.
pub(super) fn offers_port(cx: &Context<'_>, view: &ServerView<'_>, port: u16) -> bool {
    let protocol = view.server.protocol.value;
    let own = || view.usable_sets().iter().any(|set| set.port == port);
    let providers = || cx.providers.for_host(&view.server.host_name());
    let of_host = || {
        let host = view.server.host_name();
        let mut sets = providers().into_iter().flat_map(|provider| &*provider.servers);
        sets.any(|set| set.has_host(&host) && set.protocol == protocol && set.port == port && set.is_usable())
    };
    view.is_at_provider() && (own() || of_host())
}

/// The sets of a provider on one host.
pub(super) fn sets_of<'p>(provider: &'p Provider, host: &'p str) -> impl Iterator<Item = &'p ServerSet> {
    provider.servers.iter().filter(move |set| set.has_host(host))
}

/// How freely a server may be set up as an official set: not by itself where host and address are different providers', or
/// where the host is that of several. That a right host is not exchanged is seen to for all rules (`lint`).
pub(super) fn freedom(cx: &Context<'_>, view: &ServerView<'_>, set: &ServerSet) -> Applicability {
    let keeps_host = set.has_host(&view.server.host_name());
    let is_clear = !is_mixed(cx, view) && (keeps_host || !is_shared(cx, view)) && !lacks_name(view, set);
    if is_clear { Applicability::Safe } else { Applicability::Unsafe }
}

/// Whether the set asks for a sign-in, and the account has none and no name for one.
fn lacks_name(view: &ServerView<'_>, set: &ServerSet) -> bool {
    let is_anonymous = view.server.authentication.value == Authentication::None;
    let takes_anyone = set.authentication.is_empty() || set.authentication.contains(&Authentication::None);
    is_anonymous && !takes_anyone && view.server.username.value.trim().is_empty()
}

/// "imap.gmail.com, port 993 with SSL/TLS".
pub(super) fn whole(view: &ServerView<'_>, set: &ServerSet) -> Message {
    let host = if set.has_host(&view.server.host_name()) { view.server.host_name() } else { set.host.to_string() };
    message!("{host}, port {port}", host = host, port = pair(set.port, set.security))
}

/// A set by itself: "imap.gmail.com, port 993 with SSL/TLS".
pub(super) fn of_set(set: &ServerSet) -> Message {
    message!("{host}, port {port}", host = set.host, port = pair(set.port, set.security))
}

/// At most a warning, and not sure enough to act on.
pub(super) fn mildly((severity, confidence): (Severity, Confidence)) -> (Severity, Confidence) {
    (severity.min(Severity::Warning), confidence.min(Confidence::Medium))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_by_their_writing() {
        let cases = [
            ("imap.example.jp", Form::Plain, "imap.example.jp", None),
            ("IMAP.Example.JP", Form::Plain, "IMAP.Example.JP", None),
            ("m\u{fc}nchen.example", Form::Plain, "m\u{fc}nchen.example", None),
            ("", Form::Missing, "", None),
            (" \u{200b}", Form::Missing, "", None),
            ("%EMAILDOMAIN%", Form::Template, "", None),
            ("sv****.xserver.jp", Form::Template, "", None),
            ("imap.example.jp ", Form::Blank, "imap.example.jp", None),
            ("\u{feff}imap.example.jp", Form::Blank, "imap.example.jp", None),
            ("imap.example.jp\n", Form::Blank, "imap.example.jp", None),
            (
                "\u{ff49}\u{ff4d}\u{ff41}\u{ff50}\u{ff0e}example\u{3002}jp\u{3000}",
                Form::FullWidth,
                "imap.example.jp",
                None,
            ),
            ("imaps://imap.example.jp:993/", Form::Url, "imap.example.jp", Some(993)),
            ("imaps://taro:pass@imap.example.jp/", Form::Url, "imap.example.jp", None),
            ("imap.example.jp/", Form::Url, "imap.example.jp", None),
            ("taro@example.jp", Form::Address, "example.jp", None),
            ("imap.example.jp:993", Form::Port, "imap.example.jp", Some(993)),
            ("imap.example.jp:", Form::Port, "imap.example.jp", None),
            ("::1", Form::Literal, "::1", None),
            ("[2001:db8::1]", Form::Literal, "2001:db8::1", None),
            ("imap,example.jp", Form::Plain, "", None),
        ];
        for (value, form, host, port) in cases {
            assert_eq!(read(value), Written { form, host: host.to_owned(), port }, "{value:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_shown_and_passwords_are_not() {
        assert_eq!(shown("a b\u{200b}"), "a\u{2423}b<U+200B>");
        assert_eq!(shown("imaps://taro:hunter2@imap.example.jp"), format!("imaps://{MASK}@imap.example.jp"));
        assert_eq!(shown("taro@example.jp"), "taro@example.jp");
    }
}
