//! Damage to host names, as hands and copying do it.

use mailcfg::account::Protocol;
use mailcfg::provider::{Provider, RetiredHost, Status, Text};

use super::Damage;
use super::patient::{Cuts, Patient};
use crate::corpus::official::filled;

/// The rules that may find a host which is none.
const MISSPELLED: &[&str] =
    &["misspelled-host", "host-not-official", "look-alike-host", "retired-host", "not-a-mail-server"];
const OTHER_PROTOCOL: &[&str] =
    &["host-of-other-protocol", "misspelled-host", "not-a-mail-server", "host-not-official"];

const OWN_DOMAIN: &str = "the address is at a domain of one's own, so only a near miss of a long official name without a pattern tells the slip";

pub(super) const DAMAGES: &[Damage] = &[
    Damage::server("host: a letter missing", MISSPELLED, |p| typo(p, |letter, _| String::from(letter)))
        .missed_where(OWN_DOMAIN),
    Damage::server("host: a letter doubled", MISSPELLED, |p| typo(p, |one, two| format!("{one}{two}{two}")))
        .missed_where(OWN_DOMAIN),
    Damage::server("host: two letters swapped", MISSPELLED, |p| typo(p, |one, two| format!("{two}{one}")))
        .missed_where(OWN_DOMAIN),
    Damage::server("host: wrong ending", MISSPELLED, wrong_ending).missed_where(OWN_DOMAIN),
    Damage::server("host: that of the other protocol", OTHER_PROTOCOL, other_protocol).missed_where(
        "the other host is a bridge on this computer, or serves both protocols though the provider lists another",
    ),
    Damage::server("host: blank before it", &["whitespace-in-host"], |p| around_host(p, " ", "")),
    Damage::server("host: blank behind it", &["whitespace-in-host"], |p| around_host(p, "", " ")),
    Damage::server("host: no-break space", &["whitespace-in-host"], |p| around_host(p, "", "\u{A0}")),
    Damage::server("host: invisible sign", &["whitespace-in-host"], |p| around_host(p, "\u{200B}", "")),
    Damage::server("host: full-width", &["full-width-in-host"], |p| p.with_host(&full_width(&p.server.host.value))),
    Damage::server("host: letter of another alphabet", &["look-alike-host"], homoglyph)
        .missed_where("hosts with a number of the customer's are known by a pattern, and a pattern has no look"),
    Damage::server("host: full stop behind it", &["trailing-dot-in-host"], |p| around_host(p, "", ".")),
    Damage::server("host: web address", &["url-in-host"], |p| around_host(p, "https://", "/")),
    Damage::server("host: port in it", &["port-in-host"], port_in_host),
    Damage::server("host: retired", &["retired-host"], retired),
    Damage::server("host: web mail", &["not-a-mail-server"], |p| named_by_provider(p, |provider| &provider.webmail)),
    Damage::server("host: MX", &["not-a-mail-server"], |p| named_by_provider(p, |provider| &provider.mx_hosts)),
    Damage::server("host: never filled in", &["placeholder-host"], |p| p.with_host("imap.example.com")),
];

/// A slip in the middle of the name's longest label: what becomes of two letters that differ.
fn typo(p: &Patient<'_>, slip: fn(char, char) -> String) -> Cuts {
    let host = &p.server.host.value;
    let label = host.split('.').max_by_key(|label| label.len()).filter(|label| label.len() > 3 && label.is_ascii())?;
    let start = host.find(label)?;
    let letters: Vec<char> = label.chars().collect();
    let differ = |at: &usize| letters[*at].is_ascii_lowercase() && letters[*at] != letters[*at + 1];
    let at = (1..letters.len() - 1).rev().find(differ)?;
    let (before, behind) = (&host[..start + at], &host[start + at + 2..]);
    p.with_host(&format!("{before}{}{behind}", slip(letters[at], letters[at + 1])))
}

/// `.con` for `.com`, `.jo` for `.jp`: the last letter becomes its neighbour on the keyboard.
fn wrong_ending(p: &Patient<'_>) -> Cuts {
    let host = &p.server.host.value;
    let last = host.chars().last().filter(char::is_ascii_lowercase)?;
    let row = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].into_iter().find(|row| row.contains(last))?;
    let at = row.find(last)?;
    let neighbour = row[at + 1..].chars().next().or_else(|| row[..at].chars().last())?;
    p.with_host(&format!("{}{neighbour}", &host[..host.len() - 1]))
}

fn other_protocol(p: &Patient<'_>) -> Cuts {
    let other = if p.is_outgoing() { p.account.incoming.as_ref() } else { p.account.outgoing.first() }?;
    p.with_host(&other.host.value)
}

fn around_host(p: &Patient<'_>, before: &str, behind: &str) -> Cuts {
    p.with_host(&format!("{before}{}{behind}", p.server.host.value))
}

/// As an input method for Japanese leaves it.
pub(super) fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
    text.chars().map(wide).collect()
}

fn homoglyph(p: &Patient<'_>) -> Cuts {
    const ALIKE: [(char, char); 6] = [('a', 'а'), ('o', 'о'), ('e', 'е'), ('i', 'і'), ('p', 'р'), ('c', 'с')];
    let host = &p.server.host.value;
    let (latin, cyrillic) = ALIKE.into_iter().find(|(latin, _)| host.contains(*latin))?;
    p.with_host(&host.replacen(latin, &cyrillic.to_string(), 1))
}

fn port_in_host(p: &Patient<'_>) -> Cuts {
    // An IPv6 address has colons of its own.
    (!p.server.host.value.contains(':')).then(|| around_host(p, "", &format!(":{}", p.server.port.value)))?
}

fn named_by_provider(p: &Patient<'_>, list: fn(&Provider) -> &[Text]) -> Cuts {
    p.known().into_iter().find_map(|provider| list(provider).first()).and_then(|host| p.with_host(&filled(host)))
}

fn retired(p: &Patient<'_>) -> Cuts {
    let serves = |retired: &&RetiredHost| {
        let protocol = p.server.protocol.value;
        retired.status == Status::Retired && (retired.protocols.is_empty() || retired.protocols.contains(&protocol))
    };
    let gone = p.known().into_iter().flat_map(|provider| provider.retired_hosts.iter()).find(serves)?;
    (p.server.protocol.value != Protocol::Exchange).then(|| p.with_host(&filled(&gone.host)))?
}
