//! `saved-login-for-old-host`: a saved password that no account of the program uses.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "saved-login-for-old-host",
    group: Group::Password,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A password is saved for a server that no account uses",
    page: include_str!("saved_login_for_old_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for seen in cx.observations() {
        if let Seen::OrphanLogin { origin } = &seen.seen {
            out.push(report(cx, seen, origin));
        }
    }
}

fn report(cx: &Context<'_>, seen: &Observation, origin: &str) -> Finding {
    const WHERE: &str =
        "to delete it: Settings, Privacy & Security, Passwords, Saved Passwords, choose the line, Remove";
    let finding = |what| RULE.at_place(&seen.key, Some(seen.place), what).found(origin).help(WHERE);
    match nearly(cx, origin) {
        Some(host) => {
            finding(message!("a password is saved for {origin}, but the account says {host}", origin = origin, host = host))
                .because("names are compared letter by letter, capitals and spaces included, so this password is not found and is asked for again")
                .graded(Severity::Warning, Confidence::High)
        }
        None => finding(message!("a password is saved for {origin}, which no account uses", origin = origin))
            .because("it is most likely left from an old setting; it does no harm, but it may be mistaken for the password of today")
            .graded(Severity::Info, Confidence::High),
    }
}

/// The host of an account that is the same but for capitals and spaces.
fn nearly<'a>(cx: &Context<'a>, origin: &str) -> Option<&'a str> {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host).trim().to_ascii_lowercase();
    let servers = cx.document.accounts.iter().flat_map(|account| account.incoming.iter().chain(&account.outgoing));
    servers.into_iter().find(|server| server.host_name() == host).map(|server| server.host.value.as_str())
}
