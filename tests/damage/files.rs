//! Damage to the file around the servers: lines missing, doubled, misspelled, references that lead nowhere, text cut off.

use mailcfg::account::{Protocol, Security};

use super::Damage;
use super::hosts::full_width;
use super::patient::{Cuts, Patient, cut};
use super::surgery::{element, value_of_key};

const MISSING_ADDRESS: &[&str] = &["invalid-address", "missing-required-key", "account-without-identity"];
/// Apple Mail names an outgoing server by its host, so the name leads nowhere.
const MISSING_HOST: &[&str] = &["missing-host", "missing-required-key", "dangling-outgoing-server"];
const MISSING_PROTOCOL: &[&str] = &["account-without-server", "missing-required-key", "unknown-value"];
const DANGLING: &[&str] = &["dangling-outgoing-server"];
const VALUES: &[&str] = &["unknown-value", "opportunistic-starttls"];
const MISSPELLED_KEY: &[&str] =
    &["misspelled-key", "unknown-value", "missing-host", "missing-required-key", "dangling-outgoing-server"];

const SENDING_ONLY: &str = "every entry of Apple Mail's list of outgoing servers is one, whether or not it says so";

pub(super) const DAMAGES: &[Damage] = &[
    Damage::file("host: missing", MISSING_HOST, |p| p.without(&p.server.host)),
    Damage::file("protocol: missing", MISSING_PROTOCOL, |p| p.without(&p.server.protocol)).missed_where(SENDING_ONLY),
    Damage::file("required key missing", &["missing-required-key", "invalid-payload-uuid"], required_key),
    Damage::file("address: missing", MISSING_ADDRESS, missing_address),
    Damage::address("address: slip in the domain", |p| address(p, slip_in_domain)).missed_where(
        "short domains have real neighbours everywhere, and a login in another name tells a domain of one's own",
    ),
    Damage::address("address: @ missing", |p| address(p, |address| Some(address.replace('@', "")))),
    Damage::address("address: full-width", |p| address(p, |address| Some(full_width(address)))),
    Damage::file("reference to no server", &["account-without-server"], |p| {
        reference(p, "mail.account.account1.server", "server7")
    }),
    Damage::file("reference to no outgoing server", DANGLING, |p| {
        reference(p, "mail.identity.id1.smtpServer", "smtp7")
    }),
    Damage::file("reference to no identity", &["account-without-identity"], |p| {
        reference(p, "mail.account.account1.identities", "id7")
    }),
    Damage::file("setting twice, another value", &["duplicate-setting"], twice),
    Damage::file("wrong type", &["wrong-value-type"], wrong_type),
    Damage::file("unknown value", VALUES, unknown_value),
    Damage::file("misspelled key", MISSPELLED_KEY, misspelled_key),
    Damage::file("file cut off", &["syntax-error"], |p| {
        Some(vec![cut(p.range(&p.server.host)?.end - 1..p.text.len(), "")])
    }),
    Damage::file("bare & in XML", &["syntax-error"], bare_ampersand),
    Damage::file("UUID twice", &["duplicate-payload-uuid"], uuid_twice),
];

fn required_key(p: &Patient<'_>) -> Cuts {
    if p.is_client("declaration") {
        return p.without(&p.server.authentication);
    }
    let key = ["PayloadUUID", "PayloadIdentifier", "PayloadVersion", "PayloadType"][p.text.len() % 4];
    let value = value_of_key(p.text, key, 0).filter(|_| p.is_client("mobileconfig"))?;
    Some(vec![cut(p.grammar.setting(p.text, value)?, "")])
}

/// A profile without one asks whoever installs it, and is meant to. Of a declaration it is not known what comes of it.
fn missing_address(p: &Patient<'_>) -> Cuts {
    (!p.is_client("mobileconfig") && !p.is_client("declaration")).then(|| p.without(p.account.address()?))?
}

fn address(p: &Patient<'_>, slip: fn(&str) -> Option<String>) -> Cuts {
    let address = p.account.address().filter(|_| !p.is_client("autoconfig"))?;
    p.with_text(address, &slip(&address.value)?)
}

/// The last letter but one of the domain's first label goes missing.
fn slip_in_domain(address: &str) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    let label = domain.split('.').next().filter(|label| label.len() > 3 && label.is_ascii())?;
    let at = label.len() - 2;
    Some(format!("{local}@{}{}", &label[..at], &domain[at + 1..]))
}

/// A preference refers to something that does not exist.
pub(super) fn reference(p: &Patient<'_>, name: &str, to: &str) -> Cuts {
    let open = format!("user_pref(\"{name}\", ");
    let at = p.text.find(&open)? + open.len();
    Some(vec![cut(at..at + p.text[at..].find(");")?, &p.grammar.quoted(to))])
}

fn twice(p: &Patient<'_>) -> Cuts {
    let value = p.range(&p.server.host)?;
    let setting = p.grammar.setting(p.text, value.clone())?;
    let (before, behind) = (&p.text[setting.start..value.start], &p.text[value.end..setting.end]);
    let other = if p.server.host.value == "mail.example.jp" { "mail2.example.jp" } else { "mail.example.jp" };
    let comma = if p.is_client("declaration") { ",\n" } else { "" };
    let second = format!("{comma}{before}{}{behind}", p.grammar.quoted(other));
    // A published file may name several; the first counts.
    (!p.is_client("autoconfig")).then(|| vec![cut(setting.end..setting.end, &second)])
}

fn wrong_type(p: &Patient<'_>) -> Cuts {
    let port = p.range(&p.server.port)?;
    let new = match p.document.client {
        "thunderbird" => format!("\"{}\"", p.server.port.value),
        "mobileconfig" => {
            return Some(vec![cut(element(p.text, port)?, &format!("<string>{}</string>", p.server.port.value))]);
        }
        "autoconfig" => "imaps".to_owned(),
        "declaration" => format!("\"{}\"", p.server.port.value),
        _ => return None,
    };
    Some(vec![cut(port, &new)])
}

fn unknown_value(p: &Patient<'_>) -> Cuts {
    let word = match (p.document.client, p.server.security.value) {
        ("thunderbird", _) => "7",
        ("autoconfig", Security::StartTls) => "TLS",
        ("autoconfig", _) => "SSL/TLS",
        _ => return (!p.is_outgoing()).then(|| p.range(&p.server.protocol)).flatten().map(|at| vec![cut(at, "IMAPS")]),
    };
    (p.server.protocol.value != Protocol::Exchange).then_some(())?;
    Some(vec![cut(p.range(&p.server.security)?, word)])
}

/// A letter of the name of the host's setting twice.
fn misspelled_key(p: &Patient<'_>) -> Cuts {
    let value = p.range(&p.server.host)?;
    let name = p.grammar.name(p.text, value.clone())?;
    let middle = name.start + name.len() / 2;
    let letter = &p.text[middle..=middle];
    let mut cuts = vec![cut(middle..middle, letter)];
    if p.is_client("autoconfig") {
        let end = value.end + 2 + name.len() / 2;
        cuts.push(cut(end..end, letter));
    }
    Some(cuts)
}

fn bare_ampersand(p: &Patient<'_>) -> Cuts {
    let name = ["<string>Mail</string>", "<displayName>Mail"].into_iter().find(|name| p.text.contains(name))?;
    let at = p.text.find(name)? + name.find('>')? + 1;
    Some(vec![cut(at..at, "Smith & Sons ")])
}

fn uuid_twice(p: &Patient<'_>) -> Cuts {
    let first = value_of_key(p.text, "PayloadUUID", 0).filter(|_| p.is_client("mobileconfig"))?;
    let second = value_of_key(p.text, "PayloadUUID", first.end)?;
    Some(vec![cut(first, &p.text[second])])
}
