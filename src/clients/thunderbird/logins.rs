//! Which hosts a password is saved for: the clear fields of `logins.json`. Nothing is decrypted.

use serde::Deserialize;

use super::prefs::Prefs;
use crate::account::Place;
use crate::document::{Document, Observation, ProfileSeen, Seen};
use crate::secrets::in_json;

#[derive(Deserialize)]
struct Logins {
    #[serde(default)]
    logins: Vec<Login>,
}

#[derive(Deserialize)]
struct Login {
    #[serde(default)]
    hostname: Option<String>,
}

/// The passwords, which are encrypted, and other tokens.
pub(super) fn secrets(document: &Document) -> Vec<Place> {
    let Some(index) = file(document) else { return Vec::new() };
    let spans = in_json(document.sources[index].bytes()).into_iter();
    spans.map(|span| Place { source: index, span: Some(span) }).collect()
}

fn file(document: &Document) -> Option<usize> {
    document.sources.iter().position(|source| source.file_name() == "logins.json")
}

/// For which servers a password is saved, and whether an account uses them.
pub(super) fn survey(document: &Document, prefs: &Prefs) -> Vec<Observation> {
    let Some(index) = file(document) else { return Vec::new() };
    // Thunderbird moves a file it cannot read out of the way by itself; there is nothing for us to say about it.
    let Ok(file) = serde_json::from_slice::<Logins>(document.sources[index].bytes()) else { return Vec::new() };
    let mut origins: Vec<String> = file.logins.into_iter().filter_map(|login| login.hostname).collect();
    origins.retain(|origin| is_mail(origin));
    origins.sort_unstable();
    origins.dedup();
    let saved = origins.into_iter().map(|origin| match is_used(document, &origin) {
        true => Seen::Profile(ProfileSeen::SavedLogin { origin }),
        false => Seen::OrphanLogin { origin },
    });
    let shared = Seen::Profile(ProfileSeen::SavedLogins { shared_with_outgoing: shares_with_outgoing(prefs) });
    std::iter::once(shared)
        .chain(saved)
        .map(|seen| Observation {
            seen,
            key: "logins".to_owned(),
            place: Place { source: index, span: None },
            account: None,
        })
        .collect()
}

/// Settings that make the program send with the password for receiving. `SmtpServer.sys.mjs` (`get password`).
fn shares_with_outgoing(prefs: &Prefs) -> bool {
    let by_name = ["mail.smtp.useMatchingHostNameServer", "mail.smtp.useMatchingDomainServer"];
    let outgoing = prefs.names_under("mail.smtpserver.").into_iter();
    by_name.iter().any(|name| prefs.flag(name) == Some(true))
        || outgoing.filter(|name| name.ends_with(".incomingAccount")).any(|name| prefs.text(name).is_some())
}

fn is_mail(origin: &str) -> bool {
    ["imap://", "mailbox://", "smtp://"].iter().any(|scheme| origin.starts_with(scheme))
}

/// Thunderbird compares the host letter by letter, case included.
fn is_used(document: &Document, origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let servers = document.accounts.iter().flat_map(|account| account.incoming.iter().chain(&account.outgoing));
    servers.into_iter().any(|server| server.host.value == host)
}
