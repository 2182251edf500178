//! A password that was typed behind the user name: `hanako@example.jp:password`, as web addresses and some programs write the two.

use std::collections::HashSet;

use super::{Document, Observation, Seen};
use crate::account::{Place, Setting};
use crate::source::Span;

/// Marks each such password as a secret, and notes it.
pub(super) fn observe(document: &mut Document) {
    let (mut found, mut noted) = (Vec::new(), HashSet::new());
    for account in &document.accounts {
        let servers = account.incoming.iter().chain(&account.outgoing);
        let addresses = account.identities.iter().map(|identity| &identity.address);
        for setting in servers.map(|server| &server.username).chain(addresses) {
            found.extend(of_setting(document, &account.id, setting));
        }
    }
    for (place, observation) in found {
        document.secrets.push(place);
        // Accounts may share an outgoing server.
        if noted.insert(observation.key.clone()) {
            document.observations.push(observation);
        }
    }
}

fn of_setting(document: &Document, account: &str, setting: &Setting<String>) -> Option<(Place, Observation)> {
    let place = setting.place().filter(|_| setting.is_written())?;
    let (name, _) = split(&setting.value)?;
    let written = document.sources.get(place.source)?.bytes().get(place.span?.range())?;
    let at = memchr::memchr(b'@', written).unwrap_or(0);
    let start = place.span?.start + at + memchr::memchr(b':', &written[at..])? + 1;
    let end = place.span?.start + written.trim_ascii_end().len();
    let end = if written.ends_with(b"\"") || written.ends_with(b"'") { end - 1 } else { end };
    let secret = Place { source: place.source, span: (start < end).then(|| Span::new(start, end)) };
    let seen = Seen::PasswordBehindName { name: name.to_owned() };
    Some((secret, Observation { seen, key: setting.key.clone(), place, account: Some(account.to_owned()) }))
}

/// The address and what follows the colon behind it, unless that is a port.
fn split(value: &str) -> Option<(&str, &str)> {
    let value = value.trim();
    let at = value.find('@').filter(|at| *at > 0 && !value.contains("://"))?;
    let (domain, rest) = value[at + 1..].split_once(':')?;
    let is_domain = domain.contains('.') && !domain.contains(char::is_whitespace);
    let is_port = rest.len() <= 5 && rest.chars().all(|c| c.is_ascii_digit());
    (is_domain && !is_port && !rest.starts_with('/')).then(|| (&value[..at + 1 + domain.len()], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_password_is_parted() {
        for (value, expected) in [
            ("ab@gmail.com:Hunter2!", Some(("ab@gmail.com", "Hunter2!"))),
            (" ab@gmail.com:abcd efgh ", Some(("ab@gmail.com", "abcd efgh"))),
            ("ab@gmail.com:a:b@c", Some(("ab@gmail.com", "a:b@c"))),
            ("ab@gmail.com:993", None),
            ("ab@gmail.com:", None),
            ("ab@gmail.com", None),
            ("imap://ab@gmail.com:993x", None),
            ("EXAMPLE\\ab", None),
            ("ab", None),
        ] {
            assert_eq!(split(value), expected, "{value}");
        }
    }
}
