//! Damage to ports, security, sign-in and user names.

use mailcfg::account::{Authentication, Protocol, Security, local_part};

use super::Damage;
use super::hosts::full_width;
use super::patient::{Cuts, Patient};

/// The rules on a port that fits nothing.
const PORTS: &[&str] = &[
    "port-security-mismatch",
    "ssl-off-on-tls-port",
    "port-of-other-protocol",
    "port-not-offered",
    "unusual-port",
    "port-out-of-range",
    "smtp-port-25",
];
const APART: &[&str] =
    &["port-security-mismatch", "ssl-off-on-tls-port", "no-encryption", "port-not-offered", "unusual-port"];
const PLAINTEXT: &[&str] = &["no-encryption", "plaintext-by-default", "ssl-off-on-tls-port"];
const IMPLIED: &[&str] =
    &["implied-outgoing-port", "port-not-offered", "port-security-mismatch", "missing-required-key"];
const USERNAME: &[&str] = &["username-not-full-address", "username-not-local-part"];
const MISSING_USERNAME: &[&str] =
    &["missing-username", "missing-required-key", "no-smtp-authentication", "dangling-outgoing-server"];
const OAUTH: &[&str] = &["oauth-without-issuer", "authentication-not-offered", "oauth-not-possible"];
const HASHED: &[&str] = &["challenge-response-password", "authentication-not-offered", "password-sign-in-retired"];

pub(super) const DAMAGES: &[Damage] = &[
    Damage::server("port and security apart", APART, apart),
    Damage::server("port of the other encryption", APART, other_port),
    Damage::server("plaintext, written", PLAINTEXT, |p| plaintext(p, p.with_security(Security::None))),
    Damage::server("plaintext, the line missing", PLAINTEXT, |p| plaintext(p, p.without_security())),
    Damage::server("port of another protocol", PORTS, foreign_port),
    Damage::server("port: 25 for sending", PORTS, |p| p.is_outgoing().then(|| p.with_port("25"))?)
        .missed_where("the provider has the port at another of its hosts, and may have it at this one"),
    Damage::server("port: a digit twice", PORTS, digit_twice)
        .missed_where("without encryption, where the port is the smaller trouble"),
    Damage::server("port: out of range", &["port-out-of-range"], |p| p.with_port("99300")),
    Damage::server("port for sending: missing", IMPLIED, implied_port)
        .missed_where("without encryption, where the port is the smaller trouble"),
    Damage::server("user name: wrong form", USERNAME, other_form)
        .missed_where("the provider also takes names that it issues, and those may look like anything"),
    Damage::server("user name: missing", MISSING_USERNAME, missing_username),
    Damage::server("user name: blank behind it", &["whitespace-in-username"], |p| named(p, |name| format!("{name} "))),
    Damage::server("user name: invisible sign", &["whitespace-in-username"], |p| {
        named(p, |name| format!("{name}\u{200B}"))
    }),
    Damage::server("user name: full-width", &["full-width-in-username"], |p| named(p, full_width)),
    Damage::server("OAuth2 where there is none", OAUTH, impossible_oauth)
        .missed_where("the host is none of the provider's, and that is what is said of it"),
    Damage::server("CRAM-MD5 where it is not offered", HASHED, hashed)
        .missed_where("no other way that the format has words for"),
    Damage::server("sending without signing in", &["no-smtp-authentication"], |p| {
        p.is_outgoing().then(|| p.with_authentication(Authentication::None))?
    }),
];

/// The port stays, the security changes.
fn apart(p: &Patient<'_>) -> Cuts {
    let standard = Security::of_port(p.server.port_number()?)?;
    (standard == p.server.security.value).then_some(())?;
    let other = match (p.document.client, standard) {
        // A switch knows on and off; the port says what on means.
        ("mobileconfig", _) => Security::None,
        (_, Security::Tls) => Security::StartTls,
        _ => Security::Tls,
    };
    p.with_security(other)
}

/// The security stays, the port is that of the other kind of encryption.
fn other_port(p: &Patient<'_>) -> Cuts {
    let security = match Security::of_port(p.server.port_number()?)? {
        Security::Tls => Security::StartTls,
        Security::StartTls | Security::None => Security::Tls,
    };
    // A port for TLS is taken at its word where nothing else is known: no program fills it in by itself.
    let is_judged = security == Security::StartTls || !p.known().is_empty();
    // A switch knows on and off; the port says what on means. A declaration knows the port alone.
    let has_words =
        !p.is_client("mobileconfig") && !p.is_client("declaration") && p.server.security.value != Security::None;
    (is_judged && has_words).then(|| p.with_port(&p.server.protocol.value.default_port(security).to_string()))?
}

/// The security is off, and the port is the one that goes with it.
fn plaintext(p: &Patient<'_>, off: Cuts) -> Cuts {
    let mut cuts = off.filter(|_| p.server.security.value != Security::None)?;
    cuts.extend(p.with_port(&p.server.protocol.value.default_port(Security::None).to_string()).unwrap_or_default());
    Some(cuts)
}

fn foreign_port(p: &Patient<'_>) -> Cuts {
    let port = match p.server.protocol.value {
        Protocol::Imap => 995,
        Protocol::Pop3 => 993,
        Protocol::Smtp => 993,
        Protocol::Exchange => return None,
    };
    p.with_port(&port.to_string())
}

fn digit_twice(p: &Patient<'_>) -> Cuts {
    let port = p.server.port.value.to_string();
    let digit = port.chars().nth(port.len() / 2)?;
    p.with_port(&port.replacen(digit, &format!("{digit}{digit}"), 1))
}

/// The line is missing, and what is assumed is another port, or depends on the device.
fn implied_port(p: &Patient<'_>) -> Cuts {
    let implied = p.server.protocol.value.default_port(p.server.security.value);
    let is_other =
        i64::from(implied) != p.server.port.value || p.is_client("mobileconfig") || p.is_client("declaration");
    (p.is_outgoing() && is_other).then(|| p.without(&p.server.port))?
}

fn other_form(p: &Patient<'_>) -> Cuts {
    let (name, address) = (p.server.username.value.as_str(), p.address());
    let local = local_part(address)?;
    let other = if name == address { local } else { address };
    [address, local].contains(&name).then(|| p.with_username(other))?
}

/// A profile without one asks whoever installs it, and is meant to.
fn missing_username(p: &Patient<'_>) -> Cuts {
    (!p.is_client("mobileconfig")).then(|| p.without(&p.server.username))?
}

fn named(p: &Patient<'_>, slip: fn(&str) -> String) -> Cuts {
    let name = &p.server.username.value;
    // A published file has a placeholder there.
    (!name.is_empty() && !p.is_client("autoconfig")).then(|| p.with_username(&slip(name)))?
}

fn impossible_oauth(p: &Patient<'_>) -> Cuts {
    (!p.document.oauth.covers(&p.server.host_name())).then(|| p.with_authentication(Authentication::Oauth2))?
}

/// Only where it is known what the provider takes.
fn hashed(p: &Patient<'_>) -> Cuts {
    let known = p.known();
    let mut sets = known.iter().flat_map(|provider| provider.servers.iter()).filter(|set| {
        set.protocol == p.server.protocol.value && set.has_host(&p.server.host_name()) && set.is_usable()
    });
    let is_known = sets.clone().count() > 0 && sets.all(|set| !set.authentication.is_empty());
    is_known.then(|| p.with_authentication(Authentication::Encrypted))?
}
