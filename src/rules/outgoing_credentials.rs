//! `outgoing-credentials`: where a configuration profile takes the password for sending from.

use super::{Context, Fixes, Group, Rule, login, prompt_not_possible};
use crate::account::{Account, Server};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::UsernameForm;

pub(super) const RULE: Rule = Rule {
    name: "outgoing-credentials",
    group: Group::Sending,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "The password of the outgoing server does not fit its user name, or is asked for twice",
    page: include_str!("outgoing_credentials.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for seen in cx.observations() {
        let Seen::OutgoingPassword { same_as_incoming, own, own_is_incoming, .. } = seen.seen else { continue };
        let account = cx.document.accounts.iter().find(|account| Some(&account.id) == seen.account.as_ref());
        let Some(account) = account else { continue };
        let (Some(incoming), Some(outgoing)) = (&account.incoming, account.outgoing.first()) else { continue };
        if outgoing.host_name().is_empty() || !outgoing.is_public() {
            continue;
        }
        if same_as_incoming && are_two_mailboxes(cx, incoming, outgoing) {
            out.push(other_name(seen, account, incoming, outgoing));
        } else if own_is_incoming && are_two_mailboxes(cx, incoming, outgoing) {
            out.push(copied(seen, account, incoming, outgoing));
        } else if !same_as_incoming
            && !own
            && !prompt_not_possible::is_pushed(cx, account)
            && is_one_mailbox(incoming, outgoing)
            && is_one_host(incoming, outgoing)
        {
            out.push(asked_twice(seen, account));
        }
    }
}

fn other_name(seen: &Observation, account: &Account, incoming: &Server, outgoing: &Server) -> Finding {
    let what = message!(
        "the password of {incoming} is used to send as {outgoing}",
        incoming = incoming.username.value.trim(),
        outgoing = outgoing.username.value.trim()
    );
    RULE.at_place(&seen.key, Some(seen.place), what)
        .because(
            "the user names differ, and two mailboxes seldom have one password: receiving works and sending is refused",
        )
        .help("let the device ask for the password of the outgoing server, or make the user names agree")
        .values("true", "false")
        .fix("ask for the password of the outgoing server", Applicability::Unsafe, vec![set(seen, true, false)])
        .on(&account.id)
        .graded(Severity::Warning, Confidence::Medium)
}

/// Tools fill in the password of the mailbox they know; nothing can be said of it but that it is the same.
fn copied(seen: &Observation, account: &Account, incoming: &Server, outgoing: &Server) -> Finding {
    let what = message!(
        "the password of {incoming} is used to send as {outgoing}",
        incoming = incoming.username.value.trim(),
        outgoing = outgoing.username.value.trim()
    );
    RULE.at_place(&seen.key, Some(seen.place), what)
        .because(
            "the user names differ, and two mailboxes seldom have one password: receiving works and sending is refused",
        )
        .help("take OutgoingPassword out, so that the device asks for it, or make the user names agree")
        .on(&account.id)
        .graded(Severity::Warning, Confidence::Medium)
}

fn asked_twice(seen: &Observation, account: &Account) -> Finding {
    RULE.at_place(&seen.key, Some(seen.place), message!("the same password is asked for twice"))
        .because("when the profile is installed by hand, the device asks for the password of the outgoing server as well, and people leave it empty or type another one")
        .help("set OutgoingPasswordSameAsIncomingPassword to true, if both servers take the same password")
        .values("false", "true")
        .fix("take the password of the incoming server", Applicability::Unsafe, vec![set(seen, false, true)])
        .on(&account.id)
        .graded(Severity::Info, Confidence::High)
}

fn set(seen: &Observation, from: bool, to: bool) -> Change {
    Change { key: seen.key.clone(), from: from.to_string(), to: Value::Flag(to) }
}

/// Whether both names are whole addresses, and different ones. A name without a domain may belong to any mailbox, and where
/// the provider gives out names, an address may be one.
fn are_two_mailboxes(cx: &Context<'_>, incoming: &Server, outgoing: &Server) -> bool {
    let (a, b) = (name(incoming), name(outgoing));
    if [incoming, outgoing].iter().any(|server| login::has_variable(cx.document, &server.username.key)) {
        return false; // Two variables may come to one name.
    }
    let gives_out_names = cx
        .providers
        .for_host(&outgoing.host_name())
        .iter()
        .any(|provider| provider.servers.iter().any(|set| set.username.contains(&UsernameForm::IssuedId)));
    a.contains('@') && b.contains('@') && a != b && !gives_out_names
}

/// Whether both names are sure to be those of one mailbox.
fn is_one_mailbox(incoming: &Server, outgoing: &Server) -> bool {
    let (a, b) = (name(incoming), name(outgoing));
    a == b || a.is_empty() || b.is_empty()
}

fn name(server: &Server) -> String {
    login::clean(&server.username.value).to_lowercase()
}

/// Whether both servers are in one domain, as `imap.example.jp` and `smtp.example.jp` are.
fn is_one_host(incoming: &Server, outgoing: &Server) -> bool {
    let (a, b) = (incoming.host_name(), outgoing.host_name());
    let domain = |host: &str| host.split_once('.').map(|(_, domain)| domain.to_owned());
    a == b || (domain(&a).is_some_and(|domain| domain.contains('.')) && domain(&a) == domain(&b))
}
