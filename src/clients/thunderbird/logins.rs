//! Which hosts a password is saved for: the clear fields of `logins.json`. Nothing is decrypted.

use serde::Deserialize;

use crate::account::Place;
use crate::clients::secrets::in_json;
use crate::document::{Document, Observation, Seen};

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

/// Saved mail passwords for servers that no account uses.
pub(super) fn orphans(document: &Document) -> Vec<Observation> {
    let Some(index) = file(document) else { return Vec::new() };
    // Thunderbird moves a file it cannot read out of the way by itself; there is nothing for us to say about it.
    let Ok(file) = serde_json::from_slice::<Logins>(document.sources[index].bytes()) else { return Vec::new() };
    let mut origins: Vec<String> = file.logins.into_iter().filter_map(|login| login.hostname).collect();
    origins.retain(|origin| is_mail(origin) && !is_used(document, origin));
    origins.sort_unstable();
    origins.dedup();
    origins
        .into_iter()
        .map(|origin| Observation {
            seen: Seen::OrphanLogin { origin },
            key: "logins".to_owned(),
            place: Place { source: index, span: None },
            account: None,
        })
        .collect()
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
