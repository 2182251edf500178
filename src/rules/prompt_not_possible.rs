//! `prompt-not-possible`: a profile that a management system fills in leaves something to be asked for at installation.

use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::{Account, Setting};
use crate::document::{Document, Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "prompt-not-possible",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Something is left to be asked for, in a profile that is pushed and cannot ask",
    page: include_str!("prompt_not_possible.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // What is missing may stand in the part that cannot be read.
    }
    for view in cx.servers() {
        if is_left_open(&view) {
            out.push(missing(&view.server.username, view.account));
        }
    }
    for account in cx.document.accounts.iter().filter(|account| is_pushed(cx.document, account)) {
        let addresses = account.identities.iter().map(|identity| &identity.address);
        let unwritten = addresses.filter(|address| !address.is_written() && account.incoming.is_some());
        out.extend(unwritten.map(|address| missing(address, account)));
    }
    for observation in cx.observations() {
        if let Seen::OutgoingPassword { same_as_incoming: true, .. } = observation.seen {
            let own = |account: &&Account| observation.account.as_ref() == Some(&account.id);
            let account = cx.document.accounts.iter().find(own);
            out.extend(account.filter(|account| is_pushed(cx.document, account)).map(|_| one_password(observation)));
        }
    }
}

/// Whether a placeholder in the account shows that a management system fills it in and installs it.
fn is_pushed(document: &Document, account: &Account) -> bool {
    document.observations.iter().any(|seen| {
        matches!(&seen.seen, Seen::Variable(variable) if !variable.misplaced)
            && seen.account.as_ref() == Some(&account.id)
    })
}

/// A user name that is not there, though the account signs in with one and nobody can be asked for it.
pub(super) fn is_left_open(view: &ServerView<'_>) -> bool {
    let server = view.server;
    !server.username.is_written()
        && login::uses_name(server.authentication.value)
        && !server.host_name().is_empty()
        && is_pushed(view.document, view.account)
}

fn missing(setting: &Setting<String>, account: &Account) -> Finding {
    RULE.at(setting, message!("{key} is left to be asked for", key = setting.key))
        .because("the placeholders show that a management system installs the profile, and a device asks nothing then: the account stays without it and does not work")
        .help("write the placeholder of the management system for it")
        .on(&account.id)
        .graded(Severity::Warning, Confidence::Medium)
}

/// The switch counts where somebody types the first password, and a pushed profile has nobody.
fn one_password(observation: &Observation) -> Finding {
    RULE.seen(observation, message!("one password for both servers counts at installation by hand only"))
        .because("the placeholders show that a management system installs the profile; the device then asks for the password of the outgoing server by itself, and people wonder which one it means")
        .help("tell people that both servers take the same password")
        .found("true")
        .graded(Severity::Info, Confidence::Medium)
}
