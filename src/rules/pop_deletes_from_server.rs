//! `pop-deletes-from-server`: mail that is taken off the server when it is fetched.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Account, Protocol};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "pop-deletes-from-server",
    group: Group::Safety,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "Mail is deleted from the server once it is fetched",
    page: include_str!("pop_deletes_from_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for seen in cx.observations() {
        let Seen::PopDeletes { by_default } = seen.seen else { continue };
        let account = cx.document.accounts.iter().find(|account| Some(&account.id) == seen.account.as_ref());
        let Some(account) = account else { continue };
        if account.incoming.as_ref().is_some_and(crate::account::Server::is_public) {
            out.push(report(seen, account, by_default, is_used_elsewhere(cx, account)));
        }
    }
}

fn report(seen: &Observation, account: &Account, by_default: bool, elsewhere: bool) -> Finding {
    let what = if by_default {
        message!("mail is deleted from the server when it is fetched, because nothing says otherwise")
    } else {
        message!("mail is deleted from the server when it is fetched")
    };
    let (severity, why) = if elsewhere {
        (
            Severity::Warning,
            "the same mailbox is used in another place too, and what this account has fetched will be missing there",
        )
    } else {
        (
            Severity::Info,
            "this computer then holds the only copy; a phone, a second computer or the web page no longer shows it",
        )
    };
    let change = Change { key: seen.key.clone(), from: "false".to_owned(), to: Value::Flag(true) };
    RULE.at_place(&seen.key, Some(seen.place), what)
        .because(why)
        .help("leave messages on the server, unless this computer is meant to be the only place for them and has a backup")
        .values("false", "true")
        .fix("leave messages on the server", Applicability::Unsafe, vec![change])
        .on(&account.id)
        .graded(severity, Confidence::High)
}

/// Whether another account of this or another file opens the same mailbox.
fn is_used_elsewhere(cx: &Context<'_>, account: &Account) -> bool {
    let here =
        cx.document.accounts.iter().filter(|other| other.id != account.id && protocol(other) == Some(Protocol::Imap));
    let Some(own) = address(account) else { return false };
    let is_there = cx.others(cx.run.with_address(&own)).next().is_some();
    is_there || here.into_iter().any(|other| address(other).as_ref() == Some(&own))
}

fn address(account: &Account) -> Option<String> {
    account.address().map(|address| address.value.trim().to_lowercase())
}

fn protocol(account: &Account) -> Option<Protocol> {
    account.incoming.as_ref().map(|server| server.protocol.value)
}
