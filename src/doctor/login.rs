//! The servers a password is for, and the user name beside it.

use super::{INCOMING, Login, Question, Server};
use crate::account::Protocol;
use crate::provider::{PasswordKind, ServerSet, UsernameForm};

/// The host by which the sign-in is decided: that of the incoming server the provider prefers.
pub(super) fn host<'a>(question: &'a Question<'_>) -> Option<&'a str> {
    let incoming = protocols_of(question).into_iter().find(|protocol| INCOMING.contains(protocol))?;
    first_set(question, incoming).map(|set| set.host.as_ref())
}

/// The server that the provider tells people first, for each protocol in use. A bridge has servers of its own.
pub(super) fn servers(question: &Question<'_>, kind: PasswordKind) -> Vec<Server> {
    if kind == PasswordKind::BridgePassword {
        return Vec::new();
    }
    let first = protocols_of(question).into_iter().filter_map(|protocol| first_set(question, protocol));
    let server = |set: &ServerSet| Server {
        protocol: set.protocol,
        host: set.host.to_string(),
        port: set.port,
        security: set.security,
    };
    first.map(server).collect()
}

fn first_set<'a>(question: &'a Question<'_>, protocol: Protocol) -> Option<&'a ServerSet> {
    sets(question).filter(|set| set.protocol == protocol).min_by_key(|set| set.status)
}

/// The servers for which the password is: one incoming, one outgoing.
pub(super) fn protocols(question: &Question<'_>, kind: PasswordKind) -> Vec<Protocol> {
    match (kind, question.provider) {
        (PasswordKind::NonePossible | PasswordKind::Company, _) => Vec::new(),
        (PasswordKind::BridgePassword, _) | (_, None) => vec![Protocol::Imap, Protocol::Smtp],
        (_, Some(_)) => protocols_of(question),
    }
}

fn protocols_of(question: &Question<'_>) -> Vec<Protocol> {
    let has = |protocol: &Protocol| sets(question).any(|set| set.protocol == *protocol);
    let incoming = INCOMING.into_iter().find(has);
    incoming.into_iter().chain(Some(Protocol::Smtp).filter(has)).collect()
}

/// What to type beside the password, for each server.
pub(super) fn logins(question: &Question<'_>, kind: PasswordKind) -> Vec<Login> {
    // The bridge shows a name of its own beside its password.
    if question.provider.is_none() || kind == PasswordKind::BridgePassword {
        return Vec::new();
    }
    let login = |protocol| {
        let mut forms: Vec<UsernameForm> = Vec::new();
        for form in sets(question).filter(|set| set.protocol == protocol).flat_map(|set| set.username.iter()) {
            if !forms.contains(form) {
                forms.push(*form);
            }
        }
        let mut names = forms.iter().map(|form| form.in_words(question.address.as_deref()));
        let (name, others) = (names.next(), names.collect());
        Login { protocol, forms, name, others }
    };
    protocols(question, kind).into_iter().map(login).collect()
}

/// The provider's sets that are right for the address, what it tells people first.
fn sets<'a>(question: &'a Question<'_>) -> impl Iterator<Item = &'a ServerSet> {
    let servers = question.provider.map_or(&[][..], |provider| &provider.servers[..]);
    servers.iter().filter(|set| set.is_usable() && set.is_for(question.domain.as_deref()))
}
