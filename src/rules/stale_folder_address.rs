//! `stale-folder-address`: copies of sent mail, drafts or templates go to a folder of an account that does not exist.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::account::Account;
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::message;
use crate::provider::MatchLevel;

pub(super) const RULE: Rule = Rule {
    name: "stale-folder-address",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Sometimes,
    summary: "Sent, Drafts, Archives or Templates is a folder of an account that does not exist",
    page: include_str!("stale_folder_address.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The account may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        if let Seen::StaleFolder { uri, to } = &observation.seen
            && !is_server_broken(cx, observation)
        {
            let to = to.as_deref().filter(|_| !is_host_doubtful(cx, observation));
            out.push(report(observation, uri, to));
        }
    }
}

fn report(observation: &Observation, uri: &str, to: Option<&str>) -> Finding {
    let finding = RULE
        .seen(observation, message!("no account has the folder {folder}", folder = uri))
        .because("what should be kept there is kept in some other folder that the program picks, or not at all");
    let Some(to) = to else {
        return finding.help("choose the folder again in the settings of the account (Copies & Folders)").found(uri);
    };
    let fix = message!("use the folder of this account: {folder}", folder = to);
    let applicability = if is_rename(uri, to) { Applicability::Safe } else { Applicability::Unsafe };
    let change = change_of(observation, uri, &Value::Text(to.to_owned()));
    finding.help(fix.clone()).values(uri, to).fix(fix, applicability, vec![change])
}

/// Whether one of user and host stayed: then the address was left behind when the other was changed. If both differ, it may
/// have been the folder of another account.
fn is_rename(old: &str, new: &str) -> bool {
    let (Some((old_user, old_host)), Some((new_user, new_host))) = (user_and_host(old), user_and_host(new)) else {
        return false;
    };
    let is_same_user = old_user.replace("%40", "@") == new_user.replace("%40", "@");
    is_same_user || old_host.eq_ignore_ascii_case(new_host)
}

fn user_and_host(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.split_once("://")?.1;
    rest.split('/').next()?.rsplit_once('@')
}

fn account<'a>(cx: &Context<'a>, observation: &Observation) -> Option<&'a Account> {
    let id = observation.account.as_deref()?;
    cx.document.accounts.iter().find(|account| account.id == id)
}

/// A host that no server can have is the fault, and the folder still tells what it was.
fn is_server_broken(cx: &Context<'_>, observation: &Observation) -> bool {
    let Some(server) = account(cx, observation).and_then(|account| account.incoming.as_ref()) else { return false };
    let host = &server.host.value;
    let is_name = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    let is_abandoned =
        cx.observations().any(|seen| matches!(seen.seen, Seen::AbandonedHost { .. }) && seen.key == server.host.key);
    !is_name || is_abandoned
}

/// A host that the provider of the address does not know may be the one that is wrong.
fn is_host_doubtful(cx: &Context<'_>, observation: &Observation) -> bool {
    let mut views =
        cx.servers().into_iter().filter(|view| observation.account.as_deref() == Some(view.account.id.as_str()));
    views.any(|view| view.is_incoming() && view.matched.is_some_and(|matched| matched.level == MatchLevel::Address))
}
