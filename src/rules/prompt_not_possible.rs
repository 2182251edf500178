//! `prompt-not-possible`: a profile that a management system fills in leaves something to be asked for at installation.

use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::{Account, Setting};
use crate::document::{Observation, Seen};
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
        if is_left_open(cx, &view) {
            out.push(missing(cx, &view.server.username, view.account));
        }
    }
    for account in cx.document.accounts.iter().filter(|account| is_pushed(cx, account)) {
        let addresses = account.identities.iter().map(|identity| &identity.address);
        let unwritten = addresses.filter(|address| !address.is_written() && account.incoming.is_some());
        out.extend(unwritten.map(|address| missing(cx, address, account)));
    }
    for observation in cx.observations() {
        if let Seen::OutgoingPassword { same_as_incoming: true, .. } = observation.seen {
            let own = |account: &&Account| observation.account.as_ref() == Some(&account.id);
            let account = cx.document.accounts.iter().find(own);
            out.extend(account.filter(|account| is_pushed(cx, account)).map(|_| one_password(cx, observation)));
        }
    }
}

/// Whether a management system installs the account: it is named, or a placeholder in the account shows that one fills it in.
pub(super) fn is_pushed(cx: &Context<'_>, account: &Account) -> bool {
    let is_filled_in = cx.observations().any(|seen| {
        matches!(&seen.seen, Seen::Variable(variable) if !variable.is_misplaced())
            && seen.account.as_ref() == Some(&account.id)
    });
    is_filled_in || is_told(cx)
}

/// Whether somebody said which management system installs the profiles.
fn is_told(cx: &Context<'_>) -> bool {
    cx.document.client == "mobileconfig" && !cx.demands.mdm.is_empty()
}

/// A user name that is not there, though the account signs in with one and nobody can be asked for it.
pub(super) fn is_left_open(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    let server = view.server;
    !server.username.is_written()
        && login::uses_name(server.authentication.value)
        && !server.host_name().is_empty()
        && is_pushed(cx, view.account)
}

fn missing(cx: &Context<'_>, setting: &Setting<String>, account: &Account) -> Finding {
    let why = if is_told(cx) {
        "a management system installs the profile, and a device asks nothing then: the account stays without it and does not work"
    } else {
        "the placeholders show that a management system installs the profile, and a device asks nothing then: the account stays without it and does not work"
    };
    RULE.at(setting, message!("{key} is left to be asked for", key = setting.key))
        .because(why)
        .help("write the placeholder of the management system for it")
        .on(&account.id)
        .graded(Severity::Warning, Confidence::Medium)
}

/// The switch counts where somebody types the first password, and a pushed profile has nobody.
fn one_password(cx: &Context<'_>, observation: &Observation) -> Finding {
    let why = if is_told(cx) {
        "a management system installs the profile; the device then asks for the password of the outgoing server by itself, and people wonder which one it means"
    } else {
        "the placeholders show that a management system installs the profile; the device then asks for the password of the outgoing server by itself, and people wonder which one it means"
    };
    RULE.seen(observation, message!("one password for both servers counts at installation by hand only"))
        .because(why)
        .help("tell people that both servers take the same password")
        .found("true")
        .graded(Severity::Info, Confidence::Medium)
}
